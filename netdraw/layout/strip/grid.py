"""Where cells and boxes stand from left to right, in one row that never ends, and what stands beside it. All in D.

Each cell stands as near to the one before as its gap allows, and far enough for every text under it; what is not
needed gives way (see `sweep`). Cutting the row leaves all distances as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ...core.records import NamedTuple
from ...diagram.model import Bar, Cell
from .. import sizes as s
from ..sizes import TAG_END, Ruler
from .axis import Axis, Sub

SLIP = 1e-9


class Heights(NamedTuple):
    """How far things reach from the line, both ways: up to a hull's `top`, down to its `bottom`.

    By link that runs in a hull its `arc`, by hull with a reason the baseline of that; by link and by shelf how far over
    the line the middle of a tap stands, and the line of a shelf.
    """

    top: list[float]
    bottom: list[float]
    arc: dict[int, float]
    reason: dict[int, float]
    taps: dict[int, float]
    ledges: dict[int, float]


class Track(NamedTuple):
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


class End(NamedTuple):
    """The last cell of a branch: where its right side is."""

    cell: str
    x: float
    y: float


class Body(NamedTuple):
    """The branches of a fork as one piece: their lines one under the other, about the line that they leave.

    From its own place, `lefts` and `ys` are where each branch begins, `ends` where their last cells are, in order (of
    a branch that fans out those behind it); `deep` is the baseline of the lowest label. In the grid that it stands in:
    what leads to it turns off to the branches at the `trunk`, it begins at `x`, and ends at `far` with the lanes that
    lead on from it.
    """

    sub: Sub
    tracks: tuple[Track, ...]
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

    def stand(self, trunk: float, gap: float) -> Body:
        """In its place behind a trunk."""
        return self._replace(trunk=trunk, x=trunk + gap, far=trunk + gap + self.width)

    def moved(self, by: float) -> Body:
        return self._replace(trunk=self.trunk + by, x=self.x + by, far=self.far + by)

    def finish(self) -> float:
        """The right border of the last cells, where its tracks still stand at their beginning."""
        pairs = zip(self.lefts, self.tracks, strict=True)
        return self.x + max(left + track.grid.finish(len(track.grid.x) - 1) for left, track in pairs)

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


class Ledge(NamedTuple):
    """A shelf over the line, which begins at `x` in the grid that it stands in.

    `below` is the number of the shelf over the same cell that it must stand higher than, or -1, and `rank` says how
    many such shelves are under it.
    """

    track: Track
    x: float = 0.0
    below: int = -1
    rank: int = 0

    @property
    def width(self) -> float:
        return self.track.right - self.track.left

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def first(self) -> Cell:
        return self.track.grid.axis.cells[0]

    @property
    def head(self) -> float:
        """From where it begins to the middle of its last cell, a tag behind that apart."""
        grid = self.track.grid
        last = -2 if grid.axis.cells[-1].category == TAG_END and len(grid.x) > 1 else -1
        return grid.x[last] - self.track.left

    def ends(self) -> list[End]:
        """Where its ways end, from its own place."""
        return [end._replace(x=end.x - self.track.left) for end in self.track.grid.ends()]

    def spot(self, cell: str) -> float:
        """The x of one of its cells."""
        grid = self.track.grid
        return self.x - self.track.left + grid.x[grid.axis.place_of[cell]]

    def cell(self, id: str) -> Cell:
        axis = self.track.grid.axis
        return axis.cells[axis.place_of[id]]


class Grid(NamedTuple):
    """By cell: centre `x` and half of its slot, and the widths of its label's lines; by hull: `left` and `right`; by
    link: the x of its port.

    `notes` are the texts at the top of a box, by (hull, role): the x of their middle. `bars` are those that have room.
    `bodies` stand before a cell, the `fan` behind the last one, `taps` over the line at the port of a link, `ledges`
    are the shelves.
    """

    axis: Axis
    ruler: Ruler
    x: list[float]
    half: list[float]
    widths: list[list[float]]
    left: list[float]
    right: list[float]
    port: list[float]
    notes: dict[tuple[int, str], float]
    bars: dict[int, Bar]
    bodies: dict[int, Body]
    fan: Body | None
    taps: dict[int, Body]
    ledges: list[Ledge]

    def start(self, place: int) -> float:
        """The left border of a cell, or of the outermost box that begins with it."""
        opens = self.axis.nest.opens[place]
        if opens or place not in self.bodies:
            return self.left[opens[0]] if opens else self.x[place] - self.half[place]
        return self.bodies[place].trunk

    def end(self, place: int) -> float:
        """The right border of a cell, or of the outermost box that ends with it."""
        closes = self.axis.nest.closes[place]
        return self.right[closes[-1]] if closes else self.x[place] + self.half[place]

    def finish(self, place: int) -> float:
        """The right border of a stage that ends with a cell: the last one's holds the cells of the fan behind it."""
        if self.fan and place == len(self.x) - 1:
            return self.fan.finish()
        return self.end(place)

    def ends(self) -> list[End]:
        """The right sides of the cells in which the line ends, from above."""
        if self.fan is None:
            return [End(self.axis.cells[-1].id, self.side(len(self.x) - 1, 1), 0.0)]
        return [end._replace(x=self.fan.x + end.x) for end in self.fan.ends]

    def opened(self, place: int, side: int) -> list[float]:
        """The borders of the boxes that a row break beside a cell leaves open, innermost first: on the cell's left
        (`side` -1), or on its right (1).
        """
        wide = max(self.widths[place], default=0.0) / 2 + s.AIR
        if side < 0:
            first = min(self.start(place), self.x[place] - wide + s.PADDING)
        else:
            first = max(self.end(place), self.x[place] + wide - s.PADDING)
        count = len(self.axis.crossed(place if side < 0 else place + 1))
        return [first + side * s.PADDING * (number + 1) for number in range(count)]

    def loose(self, first: int, until: int) -> list[Body]:
        """The bodies between two places that no box holds."""
        inner = self.axis.nest.inner
        found = [body for place, body in self.bodies.items() if first <= place < until and inner[place] == -1]
        return [*found, self.fan] if self.fan and until == len(self.x) else found

    def crown(self, first: int, until: int) -> float:
        """How far the cells between two places reach up, the ×n over a closed block included."""
        ruler, times = self.ruler, s.TIMES + s.TIMES_HEIGHT
        cells = self.axis.cells[first:until]
        ups = [ruler.reach(cell) + (times if ruler.over(cell) else 0.0) + ruler.rise(cell) for cell in cells]
        return max(ups, default=s.RADIUS)

    def deep(self, first: int, until: int) -> float:
        """How far the cells between two places reach down, their labels apart."""
        return max(map(self.ruler.reach, self.axis.cells[first:until]), default=s.RADIUS)

    def over(self, place: int) -> float:
        """How far to the right a cell and what hangs on it reach, brackets apart."""
        ends = [self.taps[number].far for number in self.axis.hung.get(place, ())]
        if self.fan and place == len(self.x) - 1:
            ends.append(self.fan.right)
        return max([self.end(place), *ends])

    def reach(self) -> tuple[float, float]:
        """Where the whole line begins and ends, with all that hangs on it."""
        places = range(len(self.x))
        halves = [max([self.half[place], *(width / 2 for width in self.widths[place])]) for place in places]
        ledges = self.ledges
        low = min([0.0, *(x - half for x, half in zip(self.x, halves, strict=True)), *(one.x for one in ledges)])
        ends = [self.over(place) for place in places] + [self.x[n] + halves[n] for n in places]
        return low, max([*ends, *(one.right for one in ledges)])

    def shifted(self, by: Sequence[float]) -> Grid:
        """With every cell moved to the right, and with it what hangs on it; `by` never falls."""
        axis, hulls = self.axis, self.axis.nest.hulls
        overs = [by[perch.over] for perch in axis.perches]
        return self._replace(
            x=[x + move for x, move in zip(self.x, by, strict=True)],
            left=[x + by[hull.first] for x, hull in zip(self.left, hulls, strict=True)],
            right=[x + by[hull.last] for x, hull in zip(self.right, hulls, strict=True)],
            port=[x + by[max(axis.begins(link), 0)] for x, link in zip(self.port, axis.links, strict=True)],
            notes={(hull, role): x + by[hulls[hull].first] for (hull, role), x in self.notes.items()},
            bodies={place: body.moved(by[place]) for place, body in self.bodies.items()},
            fan=self.fan and self.fan.moved(by[-1]),
            taps={number: body.moved(by[axis.links[number].start]) for number, body in self.taps.items()},
            ledges=[ledge._replace(x=ledge.x + move) for ledge, move in zip(self.ledges, overs, strict=True)],
        )

    def side(self, place: int, side: int) -> float:
        """Where the line meets a cell, on its left (-1) or its right (1)."""
        return self.x[place] + side * self.ruler.border(self.axis.cells[place], "left" if side < 0 else "right")
