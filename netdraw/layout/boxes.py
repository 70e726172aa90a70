"""The cells of a row and the boxes around them, with the texts that stand in a box. In D."""

from __future__ import annotations

from . import sizes as s
from .axis import Axis, repeat_text
from .canvas import Canvas
from .grid import Grid, times_reach
from .heights import Heights
from .parts import TAG, TAG_END
from .rows import Row


def outermost(axis: Axis, row: Row) -> list[int]:
    """The hulls of a row that no other holds, from left to right."""
    found = [hull for place in range(row.first, row.until) for hull in axis.opens[place][:1]]
    return [hull for hull in found if axis.hulls[hull].parent == -1]


def draw(canvas: Canvas, grid: Grid, heights: Heights, row: Row, y: float) -> None:
    """Of a row whose line is at `y`."""
    for place in range(row.first, row.until):
        cell = grid.axis.cells[place]
        if cell.category in (TAG, TAG_END):
            canvas.mark(cell.id, cell.kernel, grid.x[place], y, grid.ruler.extent(cell))
        else:
            canvas.disc(cell.id, grid.x[place], y)
        if grid.axis.cells[place].times:
            _times(canvas, grid, place, y)
        for hull in grid.axis.opens[place]:
            _box(canvas, grid, heights, hull, y)


def _times(canvas: Canvas, grid: Grid, place: int, y: float) -> None:
    """The ×n over the right end of a closed block."""
    cell, ruler = grid.axis.cells[place], grid.ruler
    right = grid.x[place] + max(ruler.extent(cell).width / 2, times_reach(grid.axis, ruler, place))
    canvas.words(cell.id, "times", cell.times, right, y - s.RADIUS - s.TIMES, "end", ruler.repeat, 600)


def _box(canvas: Canvas, grid: Grid, heights: Heights, hull: int, y: float) -> None:
    box, ruler = grid.axis.hulls[hull].box, grid.ruler
    left, right, top, bottom = grid.left[hull], grid.right[hull], heights.top[hull], heights.bottom[hull]
    canvas.rect(canvas.boxes, box.id, left, y - top, right - left, top + bottom, grid.axis.hulls[hull].depth)
    repeat = repeat_text(box)
    if repeat:
        baseline = y + bottom - s.REPEAT_UP
        canvas.words(box.id, "repeat", repeat, right - s.REPEAT_RIGHT, baseline, "end", ruler.repeat, 600)
    if box.name:
        baseline = y - top + s.OVER_NOTE + s.NOTE_HEIGHT
        canvas.words(box.id, "name", box.name, grid.notes[hull, "name"], baseline, "middle", ruler.caption)
    if box.reason:
        baseline = y - heights.reason[hull]
        canvas.words(box.id, "reason", box.reason, grid.notes[hull, "reason"], baseline, "middle", ruler.caption)
