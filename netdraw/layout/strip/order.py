"""The order of one line: which cells stand on it, which boxes hold them, and what runs above it. No measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...core.records import NamedTuple
from ...diagram.model import Bar, Cell, Edge, Fork, Line, Tick, all_cells, by_key
from ..sizes import TAG_END
from .nest import Nest, nested
from .routes import LANE, Ends, Route, ways, with_ports
from .splitting import SIDES, SplitLine, split_line, tagged


class OrderedFork(NamedTuple):
    """A fork, and the order of each of its branches."""

    fork: Fork
    branches: tuple[LineOrder, ...]


class OrderedShelf(NamedTuple):
    """The order of a shelf, and the place of the cell that it stands over."""

    order: LineOrder
    over: int


class LineOrder(NamedTuple):
    """One line. Of its cells those on it, by their places from 0; -1 is the cell that a branch comes from.

    By place: `flows` are the steps to the next cell, `tag_edges` those from a tag past other tags to the same cell;
    `forks` stand before it, where they join; `hung` are the routes at whose ports forks stand above the line, the
    `taps` by these numbers; `shelves_over` are the numbers of the `shelves` over it; `ticks` stand behind it, but for
    those on routes; `stage` is the bracket that it stands in. At a place that is `tied` no row may begin, boxes apart.
    By box: `hosted` are the routes that run in it, `legs` those that go through its top, each with whether it does so
    with its start. By shelf: `drops` are the ways down from it, from the left. The line may end in a `fan`; `held` says
    that the last bracket's stages have all cells of that.
    """

    line: Line
    cells: tuple[Cell, ...]
    place_of: dict[str, int]
    nest: Nest
    flows: dict[int, Edge]
    tag_edges: dict[int, Edge]
    routes: tuple[Route, ...]
    hosted: dict[int, list[int]]
    legs: dict[int, list[tuple[int, bool]]]
    drops: dict[int, list[int]]
    forks: dict[int, OrderedFork]
    fan: OrderedFork | None
    taps: dict[int, OrderedFork]
    hung: dict[int, list[int]]
    shelves: tuple[OrderedShelf, ...]
    shelves_over: dict[int, list[int]]
    ticks: dict[int, list[Tick]]
    side_ticks: tuple[Tick, ...]
    bars: dict[int, Bar]
    stage: dict[int, int]
    tied: frozenset[int]
    held: bool

    def cut(self, place: int) -> bool:
        """Whether a row may begin here: no box holds both the cell and the one before, no way with cells begins."""
        return not (place in self.tied or self.cells[place].category == TAG_END or self.crossed(place))

    def crossed(self, place: int) -> list[int]:
        """The boxes that hold both the cell and the one before, innermost first: what a row break here leaves open."""
        around = self.nest.around(place) if place < len(self.cells) else ()
        return [box for box in around if self.nest.boxes[box].first < place]

    def begins(self, route: Route) -> int:
        """The place whose row a route begins in."""
        return self.nest.boxes[route.host].first if route.inside_port(self.nest.boxes) else route.start

    def goes_on(self, place: int) -> bool:
        """Whether a line leads on behind the cell, from which routes can leave."""
        ordered = self.forks.get(place + 1)
        return place < 0 or place in self.flows or (ordered is not None and bool(ordered.fork.start))

    def leads(self, place: int, done: int) -> int:
        """Of the cells behind `done`, the first that goes with the one at the place: nothing leads to it."""
        begin = place
        while begin > done and self.goes_on(begin - 1):
            begin -= 1
        return place if begin == done else max(begin, 0)

    def border(self, place: int) -> bool:
        """Whether a stage ends before the cell and another begins with it."""
        before, here = self.stage.get(place - 1), self.stage.get(place)
        return before != here and before is not None and here is not None and self.cut(place)

    def ends(self) -> list[str]:
        """The cells in which it ends, from above."""
        return [end for order in self.fan.branches for end in order.ends()] if self.fan else [self.cells[-1].id]

    def beside(self) -> list[LineOrder]:
        """The orders of all that stands beside the line."""
        forks = [*self.forks.values(), *self.taps.values(), *filter(None, [self.fan])]
        return [*(order for fork in forks for order in fork.branches), *(shelf.order for shelf in self.shelves)]


def line_order(whole: Line, begin: str = "", joins: bool = False) -> LineOrder:
    """The order of a line, and of all that stands beside it.

    `begin` is the cell that a branch comes from, `joins` whether it goes on behind its last cell.
    """
    split = split_line(tagged(whole))
    shelves, ends = _ends(split, begin)
    flows, tag_edges, above = ways(split.line.edges, ends)
    forks, fan, taps = _forks(split, ends.place_of, joins)
    stems = [Route(edges=(), start=place, end=place, host=LANE, tap=True) for place, _ in taps]
    routes = with_ports([*above, *stems], ends.nest.boxes)
    routed = {(route.edges[-1].source, route.edges[-1].target) for route in above}

    def on_route(tick: Tick) -> bool:
        """One that several ways pass, or whose way has none, is on the line."""
        return tick.after in ends.sides or (tick.after, tick.before) in routed

    spans = [(ends.place_of[one.first], ends.place_of[one.last] + 1) for one in split.line.brackets]
    arriving = sorted(enumerate(routes), key=lambda numbered: numbered[1].arrive)
    return LineOrder(
        line=split.line, cells=ends.cells, place_of=ends.place_of, nest=ends.nest, flows=flows, tag_edges=tag_edges,
        hosted=by_key((route.host, number) for number, route in enumerate(routes) if route.runs),
        legs=by_key(_legs(routes, ends.nest)),
        drops=by_key((route.shelf, number) for number, route in arriving if route.drops),
        routes=routes, forks=forks, fan=fan, shelves=shelves,
        taps={number: ordered for number, (_, ordered) in enumerate(taps, len(above))},
        hung=by_key((place, number) for number, (place, _) in enumerate(taps, len(above))),
        shelves_over=by_key((ordered.over, number) for number, ordered in enumerate(shelves)),
        ticks=by_key((ends.place_of.get(tick.after, -1), tick) for tick in split.line.ticks if not on_route(tick)),
        side_ticks=tuple(filter(on_route, split.line.ticks)),
        bars={ends.place_of[bar.cell]: bar for bar in split.line.bars if bar.cell in ends.place_of},
        stage={place: number for number, span in enumerate(spans) for place in range(*span)},
        tied=_tied(routes, shelves, ends.nest),
        held=fan is not None and _held(split.line, fan),
    )  # fmt: skip


def _held(line: Line, fan: OrderedFork) -> bool:
    """Whether a fan has no cells of another stage than the last bracket's; outputs are of none."""
    own, orders = line.brackets[-1].cells if line.brackets else (), [*fan.branches]
    while own and orders:
        order = orders.pop()
        orders += order.beside()
        if not {cell.id for cell in order.cells if cell.ids}.issubset(own):
            return False
    return True


def _ends(split: SplitLine, begin: str) -> tuple[tuple[OrderedShelf, ...], Ends]:
    """The shelves of a line, and where its edges may begin and end."""
    cells = tuple([cell for cell in split.line.cells if cell.where in ("line", "port")])
    places = {cell.id: place for place, cell in enumerate(cells)}
    shelves = tuple([OrderedShelf(line_order(own, joins=True), places[shelf.over]) for shelf, own in split.shelves])
    side_chains = [fork for fork, _ in split.forks if fork.join is None]
    ends = Ends(
        cells=cells, place_of=places, nest=nested(split.line.boxes, places), begin=begin,
        sides={cell.id: cell for cell in split.line.cells if cell.where in SIDES},
        leaves={id: fork.start for fork in side_chains for branch in fork.branches for id in all_cells(branch)},
        spots={id: number for number, (shelf, _) in enumerate(split.shelves) for id in all_cells(shelf.branch)},
        rows={id: row for ordered in shelves for row, id in enumerate(reversed(ordered.order.ends()))},
        under=tuple([ordered.over for ordered in shelves]),
    )  # fmt: skip
    return shelves, ends


def _forks(
    split: SplitLine, places: Mapping[str, int], joins: bool
) -> tuple[dict[int, OrderedFork], OrderedFork | None, list[tuple[int, OrderedFork]]]:
    """The forks by the place of their join, the one that ends the line, and the others with the place they leave at."""
    forks: dict[int, OrderedFork] = {}
    fan, taps = None, []
    for fork, lines in split.forks:
        ordered = OrderedFork(fork, tuple([line_order(line, fork.start, fork.join is not None) for line in lines]))
        place = places.get(fork.start, -1)
        if fork.join and fork.join in places:
            forks[places[fork.join]] = ordered
        elif fork.join is not None or not fork.start or (place == len(places) - 1 and not joins):
            fan = ordered
        else:
            taps.append((place, ordered))
    return forks, fan, taps


def _legs(routes: Sequence[Route], nest: Nest) -> Iterator[tuple[int, tuple[int, bool]]]:
    """The boxes through whose top a route goes, with it and whether that is with its start."""
    for number, route in enumerate(routes):
        for begins in (True, False):
            place = route.place(begins)
            if place < 0 or (route.tap and not begins) or (route.leaf and begins):
                continue
            for box in nest.around(place):
                if box == route.host:
                    break
                if not (begins and nest.boxes[box].last == place):
                    yield box, (number, begins)


def _tied(routes: Sequence[Route], shelves: Sequence[OrderedShelf], nest: Nest) -> frozenset[int]:
    """So that cells on a lane have room behind its start, and that what comes down on a shelf, or goes up before one,
    does so behind where the row begins.
    """
    lanes = [route for route in routes if route.host == LANE and route.runs]
    begun = {n for one in lanes if one.cells for n in range(one.start + 1, min(one.end, one.start + 2) + 1)}
    # In a box they stand behind its border.
    over = {one.over for one in shelves if not nest.opens[one.over] or one.order.cells[0].category == "input"}
    return frozenset(
        begun | {n for one in lanes for n in (one.end, one.start + 1) if n in over and (one.spot or n != one.end)}
    )
