"""The branches of a fork as one body: their lines one under the other, about the line that they leave. In D."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

from ...diagram.model import Cell
from .. import sizes as s
from ..sizes import Ruler
from .axis import Axis, Sub
from .grid import Grid
from .heights import Heights
from .parts import TAG, TAG_END
from .sweep import Sweep

SLIP = 1e-9


class Track:
    """The line of one branch, laid out from x = 0: how far it reaches to all sides of its beginning."""

    def __init__(self, axis: Axis, ruler: Ruler) -> None:
        self.grid = measured(axis, ruler)
        self.heights = Heights(self.grid)
        self.up = self.heights.lift_all()
        self.down, self.deep = self.heights.under()
        self.bare = all(cell.category in (TAG, TAG_END) for cell in axis.cells)
        """Whether nothing stands on it but a tag."""
        self.begins = axis.cells[0].category == TAG
        if self.bare:
            self.up = self.deep = max(ruler.extent(cell).height for cell in axis.cells) / 2
            self.down = self.deep + s.PADDING
        self.left, self.right = self.grid.reach()

    def align(self, x: float) -> None:
        """Moves the last cell to the right, to where the outputs stand."""
        axis, by = self.grid.axis, x - self.grid.x[-1]
        if axis.fan is None and axis.nest.inner[-1] == -1 and by > 0 and len(axis.cells) - 1 not in axis.forks:
            self.grid.shift([0.0] * (len(axis.cells) - 1) + [by])
            self.left, self.right = self.grid.reach()


class End(NamedTuple):
    """The last cell of a branch: where its right side is."""

    cell: str
    x: float
    y: float


class Ledge:
    """A shelf over the line; the layout gives it `x`, where it begins, and `lifted` over the line."""

    def __init__(self, axis: Axis, ruler: Ruler) -> None:
        self.track = Track(axis, ruler)
        self.width = self.track.right - self.track.left
        self.top, self.bottom = self.track.up, self.track.down
        self.x = self.lifted = 0.0
        self.below: Ledge | None = None
        """The one over the same cell that it must stand higher than."""
        self.rank = 0

    @property
    def trunk(self) -> float:
        return self.x

    @property
    def right(self) -> float:
        return self.x + self.width

    far = right

    def move(self, by: float) -> None:
        self.x += by

    def spread(self, by: float) -> None:
        """Moves its first cell to the left of the others."""
        self.track.grid.shift([0.0] + [by] * (len(self.track.grid.x) - 1))
        self.track.left, self.track.right = self.track.grid.reach()
        self.width = self.track.right - self.track.left

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
        grid = self.track.grid
        if grid.fan is None:
            return [End(grid.axis.cells[-1].id, grid.side(len(grid.x) - 1, 1) - self.track.left, 0.0)]
        x = grid.fan.x - self.track.left
        return [End(end.cell, x + end.x, end.y) for end in grid.fan.ends()]

    def spot(self, cell: str) -> float:
        """The x of one of its cells."""
        grid = self.track.grid
        return self.x - self.track.left + grid.x[grid.axis.place_of[cell]]

    def cell(self, id: str) -> Cell:
        axis = self.track.grid.axis
        return axis.cells[axis.place_of[id]]


class Body:
    """`lefts` and `ys` place the branches in it; the layout gives it `x`, the `trunk` before it, and `lifted` over the
    line.
    """

    def __init__(self, sub: Sub, ruler: Ruler) -> None:
        self.sub = sub
        self.tracks = [Track(axis, ruler) for axis in sub.axes]
        joins = sub.fork.join is not None
        self.width = max(track.right - track.left for track in self.tracks)
        if not joins:
            ends = [track.grid.x[-1] for track in self.tracks if track.grid.axis.fan is None]
            for track in self.tracks:
                track.align(max(ends, default=0.0))
        middle = joins and sub.fork.start
        spare = [self.width - (track.right - track.left) if middle else 0.0 for track in self.tracks]
        low = 0.0 if joins else min(track.left for track in self.tracks)
        self.lefts = [
            extra / 2 - (track.left if joins else low) for extra, track in zip(spare, self.tracks, strict=True)
        ]
        self.width = max(left + track.right for left, track in zip(self.lefts, self.tracks, strict=True))
        self.ys = _rows(self.tracks, bool(sub.fork.start))
        rows = list(zip(self.ys, self.tracks, strict=True))
        self.top = max(track.up - y for y, track in rows)
        self.bottom = max(track.down + y for y, track in rows)
        self.deep = max(track.deep + y for y, track in rows)
        self.x = self.trunk = self.lifted = 0.0
        self.far = 0.0
        """How far it reaches with the lanes that lead on from it."""

    @property
    def right(self) -> float:
        return self.x + self.width

    def finish(self) -> float:
        """The right border of the last cells, where its tracks still stand at their beginning."""
        pairs = zip(self.lefts, self.tracks, strict=True)
        return self.x + max(left + track.grid.finish(len(track.grid.x) - 1) for left, track in pairs)

    def stand(self, trunk: float, gap: float) -> None:
        """Takes its place behind a trunk."""
        self.trunk = trunk
        self.x = trunk + gap
        self.far = self.right

    def move(self, by: float) -> None:
        self.x += by
        self.trunk += by
        self.far += by

    def ends(self) -> list[End]:
        """The last cells of the branches, in order, from the body's own place; of one that fans out those behind it."""
        found = []
        for track, left, y in zip(self.tracks, self.lefts, self.ys, strict=True):
            grid = track.grid
            if grid.axis.cells[-1].category == TAG_END:
                continue
            if grid.fan:
                x = left + grid.fan.x
                found += [End(one.cell, x + one.x, y + one.y) for one in grid.fan.ends()]
            else:
                found.append(End(grid.axis.cells[-1].id, left + grid.side(len(grid.x) - 1, 1), y))
        return found

    def ports(self) -> list[float]:
        """How far under the line each branch arrives on its join; many arrive closer."""
        count = len(self.ends())
        step = min(s.PORT_STEP, s.PORTS / max(count - 1, 1))
        return [step * (number - (count - 1) / 2) for number in range(count)]

    def turns(self) -> list[float]:
        """Where each branch turns to its join, behind the others: outer ones last, so that none crosses another."""
        first = self.right + s.FAN
        ends = list(zip(self.ends(), self.ports(), strict=True))
        over = [*accumulate(end.y < port - SLIP for end, port in reversed(ends))][::-1]
        under = accumulate(end.y > port + SLIP for end, port in ends)
        return [first + s.PORT_STEP * max(0, above - 1, below - 1) for above, below in zip(over, under, strict=True)]

    def end(self) -> float:
        """Where the last of them has turned."""
        return max(self.turns()) + s.SIDED


def _rows(tracks: list[Track], begun: bool) -> list[float]:
    """The ys of the branches, their ends symmetric about 0.

    All are where they begin in one cell, unless that would leave the room of half a row.
    """
    steps = [
        max(s.TAG_ROW if above.bare or below.bare else s.ROW, above.deep + s.UNDER_ROW + below.up)
        for above, below in pairwise(tracks)
    ]
    alike = [max(pair) for pair in zip(steps, reversed(steps), strict=True)]
    steps = alike if begun and sum(alike) - sum(steps) < s.ROW / 2 else steps
    ys = [-sum(steps) / 2]
    for step in steps:
        ys.append(ys[-1] + step)
    return [0.0 if abs(y) < 1e-9 else y for y in ys]


def measured(axis: Axis, ruler: Ruler) -> Grid:
    """The grid of a line and of all branches in it."""
    bodies = {place: Body(sub, ruler) for place, sub in axis.forks.items()}
    fan = Body(axis.fan, ruler) if axis.fan else None
    taps = {number: Body(sub, ruler) for number, sub in axis.taps.items()}
    ledges = [Ledge(perch.axis, ruler) for perch in axis.perches]
    grid = Grid(axis, ruler, bodies, fan, taps, ledges)
    Sweep(grid).run()
    return grid
