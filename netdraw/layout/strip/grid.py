"""Where cells and boxes stand from left to right, in one row that never ends, and what stands beside it. All in D.

Each cell stands as near to the one before as its gap allows, and far enough for every text under it; what is not
needed gives way (see `sweep`). Cutting the row leaves all distances as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ...core.records import NamedTuple
from ...diagram.model import Bar, Fork
from .. import sizes as s
from ..sizes import TAG_END, Ruler
from .order import LineOrder

SLIP = 1e-9


class Heights(NamedTuple):
    """How far things reach from the line, both ways: up to a box's `top`, down to its `bottom`.

    By route that runs in a box its `arc`, by box with a reason the baseline of that; by route and by shelf how far over
    the line the middle of a tap stands, and the line of a shelf.
    """

    top: list[float]
    bottom: list[float]
    arc: dict[int, float]
    reason: dict[int, float]
    taps: dict[int, float]
    shelves: dict[int, float]


class PlacedLine(NamedTuple):
    """The line of one branch, laid out from x = 0: how far it reaches to all sides of its beginning.

    `deep` is where its last label's baseline is; `bare` whether nothing stands on it but a tag, `begins` whether it
    begins with one.
    """

    grid: Grid
    heights: Heights
    up: float
    down: float
    deep: float
    left: float
    right: float
    bare: bool
    begins: bool

    def shifted(self, by: Sequence[float]) -> PlacedLine:
        """With every cell moved to the right."""
        grid = self.grid.shifted(by)
        left, right = grid.reach()
        return self._replace(grid=grid, left=left, right=right)


class End(NamedTuple):
    """The last cell of a branch: where its right side is."""

    cell: str
    x: float
    y: float


class PlacedFork(NamedTuple):
    """The branches of a fork as one piece: their lines one under the other, about the line that they leave.

    From its own place, `lefts` and `ys` are where each branch begins, `ends` where their last cells are, in order (of
    a branch that fans out those behind it); `deep` is the baseline of the lowest label. In the grid that it stands in:
    what leads to it turns off to the branches at the `trunk`, it begins at `x`, and ends at `far` with the lanes that
    lead on from it.
    """

    fork: Fork
    branches: tuple[PlacedLine, ...]
    lefts: tuple[float, ...]
    ys: tuple[float, ...]
    ends: tuple[End, ...]
    width: float
    top: float
    bottom: float
    deep: float
    trunk: float = 0.0
    x: float = 0.0
    far: float = 0.0

    @property
    def right(self) -> float:
        return self.x + self.width

    def stand(self, trunk: float, gap: float) -> PlacedFork:
        """In its place behind a trunk."""
        return self._replace(trunk=trunk, x=trunk + gap, far=trunk + gap + self.width)

    def moved(self, by: float) -> PlacedFork:
        return self._replace(trunk=self.trunk + by, x=self.x + by, far=self.far + by)

    def finish(self) -> float:
        """The right border of the last cells, where its tracks still stand at their beginning."""
        pairs = zip(self.lefts, self.branches, strict=True)
        return self.x + max(left + placed.grid.finish(len(placed.grid.x) - 1) for left, placed in pairs)

    def ports(self) -> list[float]:
        """How far under the line each branch arrives on its join; many arrive closer."""
        count = len(self.ends)
        step = min(s.PORT_STEP, s.PORTS / max(count - 1, 1))
        return [step * (number - (count - 1) / 2) for number in range(count)]

    def turns(self) -> list[float]:
        """Where each branch turns to its join, behind the others: outer ones last, so that none crosses another."""
        first = self.right + s.FAN
        ends = list(zip(self.ends, self.ports(), strict=True))
        over = [*accumulate(end.y < port - SLIP for end, port in reversed(ends))][::-1]
        under = accumulate(end.y > port + SLIP for end, port in ends)
        return [first + s.PORT_STEP * max(0, above - 1, below - 1) for above, below in zip(over, under, strict=True)]

    def end(self) -> float:
        """Where the last of them has turned."""
        return max(self.turns()) + s.SIDED


class PlacedShelf(NamedTuple):
    """A shelf over the line, which begins at `x` in the grid that it stands in.

    `below` is the number of the shelf over the same cell that it must stand higher than, or -1, and `rank` says how
    many such shelves are under it.
    """

    placed: PlacedLine
    x: float = 0.0
    below: int = -1
    rank: int = 0

    @property
    def width(self) -> float:
        return self.placed.right - self.placed.left

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def head(self) -> float:
        """From where it begins to the middle of its last cell, a tag behind that apart."""
        grid = self.placed.grid
        last = -2 if grid.order.cells[-1].category == TAG_END and len(grid.x) > 1 else -1
        return grid.x[last] - self.placed.left

    def ends(self) -> list[End]:
        """Where its ways end, from its own place."""
        return [end._replace(x=end.x - self.placed.left) for end in self.placed.grid.ends()]

    def spot(self, cell: str) -> float:
        """The x of one of its cells."""
        grid = self.placed.grid
        return self.x - self.placed.left + grid.x[grid.order.place_of[cell]]


class Grid(NamedTuple):
    """By cell: centre `x` and half of its slot, and the widths of its label's lines; by box: `left` and `right`; by
    route: the x of its port.

    `notes` are the texts at the top of a box, by (box, role): the x of their middle. `bars` are those that have room.
    `forks` stand before a cell, the `fan` behind the last one, `taps` over the line at the port of a route, `shelves`
    are the shelves.
    """

    order: LineOrder
    ruler: Ruler
    x: list[float]
    half: list[float]
    widths: list[list[float]]
    left: list[float]
    right: list[float]
    port: list[float]
    notes: dict[tuple[int, str], float]
    bars: dict[int, Bar]
    forks: dict[int, PlacedFork]
    fan: PlacedFork | None
    taps: dict[int, PlacedFork]
    shelves: list[PlacedShelf]

    def start(self, place: int) -> float:
        """The left border of a cell, or of the outermost box that begins with it."""
        opens = self.order.nest.opens[place]
        if opens or place not in self.forks:
            return self.left[opens[0]] if opens else self.x[place] - self.half[place]
        return self.forks[place].trunk

    def end(self, place: int) -> float:
        """The right border of a cell, or of the outermost box that ends with it."""
        closes = self.order.nest.closes[place]
        return self.right[closes[-1]] if closes else self.x[place] + self.half[place]

    def finish(self, place: int) -> float:
        """The right border of a stage that ends with a cell: the last one's holds the fan behind it, where that is all
        its own.
        """
        return self.fan.finish() if self.fan and self.order.held and place == len(self.x) - 1 else self.end(place)

    def ends(self) -> list[End]:
        """The right sides of the cells in which the line ends, from above."""
        if self.fan is None:
            return [End(self.order.cells[-1].id, self.side(len(self.x) - 1, 1), 0.0)]
        return [end._replace(x=self.fan.x + end.x) for end in self.fan.ends]

    def opened(self, place: int, side: int) -> list[float]:
        """The borders of the boxes that a row break beside a cell leaves open, innermost first: on the cell's left
        (`side` -1), or on its right (1).
        """
        wide, x = max(self.widths[place], default=0.0) / 2 + s.AIR, self.x[place]
        left, right = min(self.start(place), x - wide + s.PADDING), max(self.end(place), x + wide - s.PADDING)
        count = len(self.order.crossed(place if side < 0 else place + 1))
        return [(left if side < 0 else right) + side * s.PADDING * (number + 1) for number in range(count)]

    def loose(self, first: int, until: int) -> list[PlacedFork]:
        """The forks between two places that no box holds."""
        inner = self.order.nest.inner
        found = [fork for place, fork in self.forks.items() if first <= place < until and inner[place] == -1]
        return [*found, self.fan] if self.fan and until == len(self.x) else found

    def crown(self, first: int, until: int) -> float:
        """How far the cells between two places reach up, the ×n over a closed block included."""
        ruler, times = self.ruler, s.TIMES + s.TIMES_HEIGHT
        cells = self.order.cells[first:until]
        ups = [ruler.reach(cell) + (times if ruler.over(cell) else 0.0) + ruler.rise(cell) for cell in cells]
        return max(ups, default=s.RADIUS)

    def deep(self, first: int, until: int) -> float:
        """How far the cells between two places reach down, their labels apart."""
        return max(map(self.ruler.reach, self.order.cells[first:until]), default=s.RADIUS)

    def over(self, place: int) -> float:
        """How far to the right a cell and what hangs on it reach, brackets apart."""
        ends = [self.taps[number].far for number in self.order.hung.get(place, ())]
        if self.fan and place == len(self.x) - 1:
            ends.append(self.fan.right)
        return max([self.end(place), *ends])

    def reach(self) -> tuple[float, float]:
        """Where the whole line begins and ends, with all that hangs on it."""
        places = range(len(self.x))
        halves = [max([self.half[place], *(width / 2 for width in self.widths[place])]) for place in places]
        low = min([0.0, *(x - half for x, half in zip(self.x, halves, strict=True)), *(one.x for one in self.shelves)])
        ends = [self.over(place) for place in places] + [self.x[n] + halves[n] for n in places]
        return low, max([*ends, *(one.right for one in self.shelves)])

    def shifted(self, by: Sequence[float]) -> Grid:
        """With every cell moved to the right, and with it what hangs on it; `by` never falls."""
        order, boxes = self.order, self.order.nest.boxes
        overs = [by[shelf.over] for shelf in order.shelves]
        return self._replace(
            x=[x + move for x, move in zip(self.x, by, strict=True)],
            left=[x + by[box.first] for x, box in zip(self.left, boxes, strict=True)],
            right=[x + by[box.last] for x, box in zip(self.right, boxes, strict=True)],
            port=[x + by[max(order.begins(route), 0)] for x, route in zip(self.port, order.routes, strict=True)],
            notes={(box, role): x + by[boxes[box].first] for (box, role), x in self.notes.items()},
            forks={place: fork.moved(by[place]) for place, fork in self.forks.items()},
            fan=self.fan and self.fan.moved(by[-1]),
            taps={number: fork.moved(by[order.routes[number].start]) for number, fork in self.taps.items()},
            shelves=[shelf._replace(x=shelf.x + move) for shelf, move in zip(self.shelves, overs, strict=True)],
        )

    def side(self, place: int, side: int) -> float:
        """Where the line meets a cell, on its left (-1) or its right (1)."""
        return self.x[place] + side * self.ruler.border(self.order.cells[place], "left" if side < 0 else "right")
