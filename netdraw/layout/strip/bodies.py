"""Lines measured from the inside out: first what stands beside a line, then the line itself. In D."""

from __future__ import annotations

from itertools import pairwise

from .. import sizes as s
from ..sizes import TAG, TAG_END, Ruler
from .axis import Axis, Sub
from .grid import Body, End, Grid, Ledge, Track
from .heights import of_branch, under_branch
from .slots import halves
from .sweep import Sweep


def measured(axis: Axis, ruler: Ruler) -> Grid:
    """The grid of a line and of all that stands beside it."""
    count = len(axis.nest.hulls)
    grid = Grid(
        axis=axis, ruler=ruler, half=halves(axis, ruler), widths=[ruler.lines(cell) for cell in axis.cells],
        x=[], left=[0.0] * count, right=[0.0] * count, port=[0.0] * len(axis.links), notes={}, bars={},
        bodies={place: _body(sub, ruler) for place, sub in axis.forks.items()},
        fan=_body(axis.fan, ruler) if axis.fan else None,
        taps={number: _body(sub, ruler) for number, sub in axis.taps.items()},
        ledges=[Ledge(track_of(perch.axis, ruler)) for perch in axis.perches],
    )  # fmt: skip
    return Sweep(grid).run()


def track_of(axis: Axis, ruler: Ruler) -> Track:
    """A line that begins at x = 0, with how far it reaches."""
    grid = measured(axis, ruler)
    heights, up = of_branch(grid)
    down, deep = under_branch(grid, heights)
    bare = all(cell.category in (TAG, TAG_END) for cell in axis.cells)
    if bare:
        up = deep = max(ruler.extent(cell).height for cell in axis.cells) / 2
        down = deep + s.PADDING
    left, right = grid.reach()
    return Track(
        grid=grid, heights=heights, up=up, down=down, deep=deep, left=left, right=right,
        bare=bare, begins=axis.cells[0].category == TAG,
    )  # fmt: skip


def _body(sub: Sub, ruler: Ruler) -> Body:
    """The branches of a fork as one piece: in the middle of their room between a cell and a join, else flush where
    they begin, and those that do not join flush where they end, too.
    """
    tracks, joins = tuple([track_of(axis, ruler) for axis in sub.axes]), sub.fork.join is not None
    wide = max(track.right - track.left for track in tracks)
    if not joins:
        end = max([track.grid.x[-1] for track in tracks if track.grid.axis.fan is None], default=0.0)
        tracks = tuple([_stretched(track, end) for track in tracks])
    middle = joins and sub.fork.start
    spare = [wide - (track.right - track.left) if middle else 0.0 for track in tracks]
    low = 0.0 if joins else min(track.left for track in tracks)
    lefts = [extra / 2 - (track.left if joins else low) for extra, track in zip(spare, tracks, strict=True)]
    ys = _rows(tracks, bool(sub.fork.start))
    rows = list(zip(ys, tracks, strict=True))
    ends = [
        End(end.cell, left + end.x, y + end.y)
        for left, (y, track) in zip(lefts, rows, strict=True)
        for end in (track.grid.ends() if track.grid.axis.cells[-1].category != TAG_END else ())
    ]
    return Body(
        sub=sub,
        tracks=tracks,
        lefts=tuple(lefts),
        ys=tuple(ys),
        ends=tuple(ends),
        width=max(left + track.right for left, track in zip(lefts, tracks, strict=True)),
        top=max(track.up - y for y, track in rows),
        bottom=max(track.down + y for y, track in rows),
        deep=max(track.deep + y for y, track in rows),
    )


def _stretched(track: Track, x: float) -> Track:
    """With its last cell moved to the right, to where the outputs stand."""
    axis, by = track.grid.axis, x - track.grid.x[-1]
    last = len(axis.cells) - 1
    if axis.fan is not None or axis.nest.inner[-1] != -1 or by <= 0 or last in axis.forks:
        return track
    grid = track.grid.shifted([0.0] * last + [by])
    left, right = grid.reach()
    return track._replace(grid=grid, left=left, right=right)


def _rows(tracks: tuple[Track, ...], begun: bool) -> list[float]:
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
