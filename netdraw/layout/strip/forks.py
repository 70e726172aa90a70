"""Lines measured from the inside out: first what stands beside a line, then the line itself. In D."""

from __future__ import annotations

from itertools import accumulate, pairwise

from .. import sizes as s
from ..sizes import TAG, TAG_END, Ruler
from .grid import End, Grid, PlacedFork, PlacedLine, PlacedShelf
from .gridsweep import GridSweep
from .heights import of_branch, under_branch
from .order import LineOrder, OrderedFork
from .slots import halves


def measured(order: LineOrder, ruler: Ruler) -> Grid:
    """The grid of a line and of all that stands beside it."""
    count = len(order.nest.boxes)
    grid = Grid(
        order=order, ruler=ruler, half=halves(order, ruler), widths=[ruler.lines(cell) for cell in order.cells],
        x=[], left=[0.0] * count, right=[0.0] * count, port=[0.0] * len(order.routes), notes={}, bars={},
        forks={place: _placed_fork(ordered, ruler) for place, ordered in order.forks.items()},
        fan=_placed_fork(order.fan, ruler) if order.fan else None,
        taps={number: _placed_fork(ordered, ruler) for number, ordered in order.taps.items()},
        shelves=[PlacedShelf(placed_line(ordered.order, ruler)) for ordered in order.shelves],
    )  # fmt: skip
    return GridSweep(grid).run()


def placed_line(order: LineOrder, ruler: Ruler) -> PlacedLine:
    """A line that begins at x = 0, with how far it reaches."""
    grid = measured(order, ruler)
    heights, up = of_branch(grid)
    down, deep = under_branch(grid, heights)
    bare = all(cell.category in (TAG, TAG_END) for cell in order.cells)
    if bare:
        up = deep = max(ruler.extent(cell).height for cell in order.cells) / 2
        down = deep + s.PADDING
    left, right = grid.reach()
    return PlacedLine(
        grid=grid, heights=heights, up=up, down=down, deep=deep, left=left, right=right,
        bare=bare, begins=order.cells[0].category == TAG,
    )  # fmt: skip


def _placed_fork(ordered: OrderedFork, ruler: Ruler) -> PlacedFork:
    """The branches of a fork as one piece: in the middle of their room between a cell and a join, else with their first
    cells under each other, and those that do not join flush where they end, too.
    """
    branches, joins = tuple([placed_line(order, ruler) for order in ordered.branches]), ordered.fork.join is not None
    begun = bool(ordered.fork.start)
    if not joins:
        end = max([placed.grid.x[-1] for placed in branches if placed.grid.order.fan is None], default=0.0)
        branches = tuple([_stretched(placed, end) for placed in branches])
    wide = max(placed.right - placed.left for placed in branches)
    low = min(placed.left for placed in branches)
    lefts = [(wide - placed.right - placed.left) / 2 if joins and begun else -low for placed in branches]
    rows = list(zip(lefts, _rows(branches, begun), branches, strict=True))
    ends = [
        End(end.cell, left + end.x, y + end.y)
        for left, y, placed in rows
        for end in (placed.grid.ends() if placed.grid.order.cells[-1].category != TAG_END else ())
    ]
    return PlacedFork(
        fork=ordered.fork,
        branches=branches,
        lefts=tuple(lefts),
        ys=tuple([y for _, y, _ in rows]),
        ends=tuple(ends),
        width=max(left + placed.right for left, _, placed in rows),
        top=max(placed.up - y for _, y, placed in rows),
        bottom=max(placed.down + y for _, y, placed in rows),
        deep=max(placed.deep + y for _, y, placed in rows),
    )


def _stretched(placed: PlacedLine, x: float) -> PlacedLine:
    """With its last cell moved to the right, to where the outputs stand."""
    order, by = placed.grid.order, x - placed.grid.x[-1]
    last = len(order.cells) - 1
    if order.fan is not None or order.nest.inner[-1] != -1 or by <= 0 or last in order.forks:
        return placed
    return placed.shifted([0.0] * last + [by])


def _rows(branches: tuple[PlacedLine, ...], begun: bool) -> list[float]:
    """The ys of the branches, their ends symmetric about 0.

    All are where they begin in one cell, unless that would leave the room of half a row.
    """
    steps = [
        max(s.TAG_ROW if above.bare or below.bare else s.ROW, above.deep + s.UNDER_ROW + below.up)
        for above, below in pairwise(branches)
    ]
    alike = [max(pair) for pair in zip(steps, reversed(steps), strict=True)]
    steps = alike if begun and sum(alike) - sum(steps) < s.ROW / 2 else steps
    return [0.0 if abs(y) < 1e-9 else y for y in accumulate(steps, initial=-sum(steps) / 2)]
