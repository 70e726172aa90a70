"""The order of one line: which cells stand on it, which boxes hold them, and what runs above it. No measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...core.records import NamedTuple
from ...diagram.model import Bar, Cell, Edge, Fork, Line, Tick, all_cells
from ..sizes import TAG_END
from .links import LANE, Ends, Link, ways, with_ports
from .nest import Nest, grouped, nested
from .parts import SIDES, Part, Parted, parted, tagged


class Sub(NamedTuple):
    """A fork, and the order of each of its branches."""

    fork: Fork
    axes: tuple[Axis, ...]


class Perch(NamedTuple):
    """The order of a shelf, and the place of the cell that it stands over."""

    axis: Axis
    over: int


class Axis(NamedTuple):
    """One line. Of its cells those on it, by their places from 0; -1 is the cell that a branch comes from.

    By place: `flows` are the steps to the next cell, `beads` those from a tag past other tags to the same cell; `forks`
    stand before it, where they join; `hung` are the links at whose ports forks stand above the line, the `taps` by
    these numbers; `perched` are the numbers of the `perches` over it; `ticks` stand behind it, but for those on links;
    `stage` is the bracket that it stands in. At a place that is `tied` no row may begin, boxes apart.
    By hull: `hosted` are the links that run in it, `legs` those that go through its top, each with whether it does so
    with its start. By shelf: `drops` are the ways down from it, from the left. The line may end in a `fan`.
    """

    line: Line
    cells: tuple[Cell, ...]
    place_of: dict[str, int]
    nest: Nest
    flows: dict[int, Edge]
    beads: dict[int, Edge]
    links: tuple[Link, ...]
    hosted: dict[int, list[int]]
    legs: dict[int, list[tuple[int, bool]]]
    drops: dict[int, list[int]]
    forks: dict[int, Sub]
    fan: Sub | None
    taps: dict[int, Sub]
    hung: dict[int, list[int]]
    perches: tuple[Perch, ...]
    perched: dict[int, list[int]]
    ticks: dict[int, list[Tick]]
    side_ticks: tuple[Tick, ...]
    bars: dict[int, Bar]
    stage: dict[int, int]
    tied: frozenset[int]

    def cut(self, place: int) -> bool:
        """Whether a row may begin here: no box holds both the cell and the one before, no way with cells begins."""
        return not (place in self.tied or self.cells[place].category == TAG_END or self.crossed(place))

    def crossed(self, place: int) -> list[int]:
        """The hulls that hold both the cell and the one before, innermost first: what a row break here leaves open."""
        around = self.nest.around(place) if place < len(self.cells) else ()
        return [hull for hull in around if self.nest.hulls[hull].first < place]

    def begins(self, link: Link) -> int:
        """The place whose row a link begins in."""
        return self.nest.hulls[link.host].first if link.inside_port(self.nest.hulls) else link.start

    def goes_on(self, place: int) -> bool:
        """Whether a line leads on behind the cell, from which links can leave."""
        fork = self.forks.get(place + 1)
        return place < 0 or place in self.flows or (fork is not None and bool(fork.fork.start))

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
        if self.fan is None:
            return [self.cells[-1].id]
        return [end for axis in self.fan.axes for end in axis.ends()]

    def beside(self) -> list[Axis]:
        """The orders of all that stands beside the line."""
        subs = [*self.forks.values(), *self.taps.values(), *([self.fan] if self.fan else [])]
        return [*(axis for sub in subs for axis in sub.axes), *(perch.axis for perch in self.perches)]


def line_order(whole: Line, begin: str = "", joins: bool = False) -> Axis:
    """The order of a line, and of all that stands beside it.

    `begin` is the cell that a branch comes from, `joins` whether it goes on behind its last cell.
    """
    split = parted(tagged(whole))
    line, parts = split.line, split.parts
    shelves, ends = _ends(split, begin)
    flows, beads, raised = ways(line.edges, ends)
    forks, fan, taps = _forks(parts, ends.place_of, joins)
    stems = [Link(edges=(), cells=(), start=place, end=place, host=LANE, tap=True) for place, _ in taps]
    links = with_ports([*raised, *stems], ends.nest.hulls)
    above = {(link.edges[-1].source, link.edges[-1].target) for link in links if link.edges}

    def on_link(tick: Tick) -> bool:
        """One that several ways pass, or whose way has none, is on the line."""
        return tick.after in ends.sides or (tick.after, tick.before) in above

    spans = [(ends.place_of[one.first], ends.place_of[one.last] + 1) for one in line.brackets]
    arriving = sorted(enumerate(links), key=lambda numbered: numbered[1].arrive)
    return Axis(
        line=line, cells=ends.cells, place_of=ends.place_of, nest=ends.nest, flows=flows, beads=beads, links=links,
        hosted=grouped((link.host, number) for number, link in enumerate(links) if link.runs),
        legs=grouped(_legs(links, ends.nest)),
        drops=grouped((link.perch, number) for number, link in arriving if link.drops),
        forks=forks, fan=fan, perches=shelves,
        taps={number: sub for number, (_, sub) in enumerate(taps, len(raised))},
        hung=grouped((place, number) for number, (place, _) in enumerate(taps, len(raised))),
        perched=grouped((perch.over, number) for number, perch in enumerate(shelves)),
        ticks=grouped((ends.place_of.get(tick.after, -1), tick) for tick in line.ticks if not on_link(tick)),
        side_ticks=tuple(filter(on_link, line.ticks)),
        bars={ends.place_of[bar.cell]: bar for bar in line.bars if bar.cell in ends.place_of},
        stage={place: number for number, span in enumerate(spans) for place in range(*span)},
        tied=_tied(links, shelves, ends.nest),
    )  # fmt: skip


def _ends(split: Parted, begin: str) -> tuple[tuple[Perch, ...], Ends]:
    """The shelves of a line, and where its edges may begin and end."""
    cells = tuple([cell for cell in split.line.cells if cell.where in ("line", "port")])
    places = {cell.id: place for place, cell in enumerate(cells)}
    shelves = tuple([Perch(line_order(own, joins=True), places[shelf.over]) for shelf, own in split.shelves])
    side_chains = [part.fork for part in split.parts if part.fork.join is None]
    ends = Ends(
        cells=cells, place_of=places, nest=nested(split.line.boxes, places), begin=begin,
        sides={cell.id: cell for cell in split.line.cells if cell.where in SIDES},
        leaves={id: fork.start for fork in side_chains for branch in fork.branches for id in all_cells(branch)},
        spots={id: number for number, (shelf, _) in enumerate(split.shelves) for id in all_cells(shelf.branch)},
        rows={id: row for perch in shelves for row, id in enumerate(reversed(perch.axis.ends()))},
        under=tuple([perch.over for perch in shelves]),
    )  # fmt: skip
    return shelves, ends


def _forks(
    parts: Sequence[Part], places: Mapping[str, int], joins: bool
) -> tuple[dict[int, Sub], Sub | None, list[tuple[int, Sub]]]:
    """The forks by the place of their join, the one that ends the line, and the others with the place they leave at."""
    forks: dict[int, Sub] = {}
    fan, taps = None, []
    for fork, lines in parts:
        sub = Sub(fork, tuple([line_order(line, fork.start, fork.join is not None) for line in lines]))
        place = places.get(fork.start, -1)
        if fork.join and fork.join in places:
            forks[places[fork.join]] = sub
        elif fork.join is not None or not fork.start or (place == len(places) - 1 and not joins):
            fan = sub
        else:
            taps.append((place, sub))
    return forks, fan, taps


def _legs(links: Sequence[Link], nest: Nest) -> Iterator[tuple[int, tuple[int, bool]]]:
    """The hulls through whose top a link goes, with it and whether that is with its start."""
    for number, link in enumerate(links):
        for begins in (True, False):
            place = link.place(begins)
            if place < 0 or (link.tap and not begins) or (link.leaf and begins):
                continue
            for hull in nest.around(place):
                if hull == link.host:
                    break
                if not (begins and nest.hulls[hull].last == place):
                    yield hull, (number, begins)


def _tied(links: Sequence[Link], shelves: Sequence[Perch], nest: Nest) -> frozenset[int]:
    """So that cells on a lane have room behind its start, and that what comes down on a shelf, or goes up before one,
    does so behind where the row begins.
    """
    lanes = [link for link in links if link.host == LANE and link.runs]
    begun = {n for one in lanes if one.cells for n in range(one.start + 1, min(one.end, one.start + 2) + 1)}
    # In a box they stand behind its border.
    over = {one.over for one in shelves if not nest.opens[one.over] or one.axis.cells[0].category == "input"}
    return frozenset(
        begun | {n for one in lanes for n in (one.end, one.start + 1) if n in over and (one.spot or n != one.end)}
    )
