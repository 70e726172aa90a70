"""The cells of a row and the boxes around them, with the texts that stand in a box. In D."""

from __future__ import annotations

from ...styles.base import Extent
from .. import sizes as s
from ..canvas import Canvas
from ..sizes import TAG, TAG_END
from .axis import Axis
from .grid import Grid, Heights
from .nest import repeat_text
from .ports import foot
from .rows import Row
from .slots import fit, times_reach


def outermost(axis: Axis, row: Row) -> list[int]:
    """The hulls of a row that no other holds, from left to right."""
    return [hull for hull in _hulls(axis, row) if axis.nest.hulls[hull].parent == -1]


def _hulls(axis: Axis, row: Row) -> list[int]:
    """The hulls of a row: those that a break before it left open, outermost first, and those that begin in it."""
    opened = axis.crossed(row.first)[::-1] if row.first else []
    return [*opened, *(hull for place in range(row.first, row.until) for hull in axis.nest.opens[place])]


def draw(canvas: Canvas, grid: Grid, heights: Heights, row: Row, y: float, width: float = 0.0) -> None:
    """Of a row whose line is at `y`, in a figure of that width: a box that goes on reaches to its right end."""
    for place in range(row.first, row.until):
        cell = grid.axis.cells[place]
        if cell.category in (TAG, TAG_END):
            canvas.mark(cell.id, cell.kernel, grid.x[place], y, grid.ruler.extent(cell))
        else:
            canvas.disc(cell.id, grid.x[place], y)
        if grid.ruler.over(cell):
            _times(canvas, grid, place, y)
    for hull in _hulls(grid.axis, row):
        _box(canvas, grid, heights, hull, row, y, width)


def _times(canvas: Canvas, grid: Grid, place: int, y: float) -> None:
    """The ×n over the right end of a closed block."""
    cell, ruler = grid.axis.cells[place], grid.ruler
    right = grid.x[place] + max(ruler.extent(cell).width / 2, times_reach(grid.axis, ruler, place))
    over = y - ruler.reach(cell) - s.TIMES
    canvas.words(cell.id, "times", cell.times, right, over, "end", ruler.repeat, weight=600)


def _box(canvas: Canvas, grid: Grid, heights: Heights, hull: int, row: Row, y: float, width: float) -> None:
    """A box, or what a row has of it: its name and reason stand in the first, its ×n in the last."""
    (box, first, last, _, depth), ruler = grid.axis.nest.hulls[hull], grid.ruler
    begins, ends = first >= row.first, last < row.until
    left = grid.left[hull] if begins else _opened(grid, hull, row.first)
    right = grid.right[hull] if ends else _going_on(grid, hull, row.until, width - s.HEAD - s.TAIL)
    top, bottom = heights.top[hull], heights.bottom[hull]
    if box.drawn:
        canvas.box(box.id, left, y - top, Extent(right - left, top + bottom), depth, (not begins, not ends))
    repeat = repeat_text(box)
    if repeat and ends:
        baseline = y + bottom - s.REPEAT_UP
        under = ruler.corner(repeat) if box.mark else 0.0
        canvas.corner(box.id, repeat, right - s.REPEAT_RIGHT, baseline, ruler.repeat, under)
    baseline = y - top + s.OVER_NOTE
    for number, text in enumerate(box.marks if begins else ()):
        baseline += ruler.note_height(text)
        x, size = grid.notes[hull, str(number)], ruler.caption
        canvas.words(box.id, "name", text, x, baseline, "middle", size, underline=ruler.strong(text, size))
        baseline += s.NOTE
    if box.name and begins:
        baseline += ruler.note_height(box.name)
        canvas.note(box.id, "name", box.name, grid.notes[hull, "name"], baseline, ruler.caption)
    if box.reason and begins:
        baseline = y - heights.reason[hull]
        x = grid.notes[hull, "reason"] if ends else _middle(grid, hull, box.reason, row, right)
        canvas.note(box.id, "reason", box.reason, x, baseline, ruler.caption)


def _opened(grid: Grid, hull: int, place: int) -> float:
    """Where a box begins that comes from the row before."""
    return grid.opened(place, -1)[grid.axis.crossed(place).index(hull)]


def _going_on(grid: Grid, hull: int, until: int, end: float) -> float:
    """Where a box ends that goes on in the next row: the outermost at `end`, so that the rows are flush."""
    borders = grid.opened(until - 1, 1)
    return borders[grid.axis.crossed(until).index(hull)] + max(0.0, end - borders[-1])


def _middle(grid: Grid, hull: int, text: str, row: Row, right: float) -> float:
    """Where a reason stands in the first of a box's rows: clear of the links that go through its top."""
    left, links, legs = grid.left[hull], grid.axis.links, grid.axis.legs.get(hull, ())
    feet = [foot(grid, number, begins) for number, begins in legs if links[number].place(begins) in range(*row)]
    walls = sorted(x for x in feet if left < x < right)
    return fit((left + right) / 2, grid.ruler.note(text), [left, *walls, right])
