"""The cells of a row and the boxes around them, with the texts that stand in a box. In D."""

from __future__ import annotations

from itertools import chain

from ...styles.base import Extent
from .. import sizes as s
from ..collector import Collector
from ..sizes import TAG, TAG_END
from .grid import Grid, Heights
from .nest import repeat_text
from .order import LineOrder
from .ports import foot
from .rows import Row
from .slots import fit, times_reach


def outermost(order: LineOrder, row: Row) -> list[int]:
    """The boxes of a row that no other holds, from left to right."""
    return [box for box in _boxes_of(order, row) if order.nest.boxes[box].parent == -1]


def _boxes_of(order: LineOrder, row: Row) -> list[int]:
    """The boxes of a row: those that a break before it left open, outermost first, and those that begin in it."""
    opened = order.crossed(row.first)[::-1] if row.first else []
    return [*opened, *chain.from_iterable(order.nest.opens[row.first : row.until])]


def draw(collector: Collector, grid: Grid, heights: Heights, row: Row, y: float, width: float = 0.0) -> None:
    """Of a row whose line is at `y`, in a figure of that width: a box that goes on reaches to its right end."""
    ruler = grid.ruler
    for place in range(*row):
        cell = grid.order.cells[place]
        if cell.category in (TAG, TAG_END):
            collector.tag(cell.id, cell.kernel, grid.x[place], y, ruler.extent(cell))
        else:
            collector.cell(cell.id, grid.x[place], y)
        if ruler.over(cell):
            right = grid.x[place] + max(ruler.extent(cell).width / 2, times_reach(grid.order, ruler, place))
            over = y - ruler.reach(cell) - s.TIMES
            collector.write(cell.id, "times", cell.times, right, over, "end", ruler.repeat, weight=600)
    for number in _boxes_of(grid.order, row):
        _box(collector, grid, heights, number, row, y, width)


def _box(collector: Collector, grid: Grid, heights: Heights, number: int, row: Row, y: float, width: float) -> None:
    """A box, or what a row has of it: its name and reason stand in the first, its ×n in the last."""
    (box, first, last, _, depth), ruler = grid.order.nest.boxes[number], grid.ruler
    begins, ends = first >= row.first, last < row.until
    left = grid.left[number] if begins else grid.opened(row.first, -1)[grid.order.crossed(row.first).index(number)]
    right = grid.right[number] if ends else _going_on(grid, number, row.until, width - s.HEAD - s.TAIL)
    top, bottom = heights.top[number], heights.bottom[number]
    if box.drawn:
        collector.box(box.id, left, y - top, Extent(right - left, top + bottom), depth, (not begins, not ends))
    repeat = repeat_text(box)
    if repeat and ends:
        under = ruler.corner(repeat) if box.mark else 0.0
        collector.corner(box.id, repeat, right - s.REPEAT_RIGHT, y + bottom - s.REPEAT_UP, ruler.repeat, under)
    if not begins:
        return
    baseline = y - top + s.OVER_NOTE
    for line, text in enumerate(box.marks):
        baseline += ruler.note_height(text)
        x, size = grid.notes[number, str(line)], ruler.caption
        collector.write(box.id, "name", text, x, baseline, "middle", size, underline=ruler.strong(text, size))
        baseline += s.NOTE
    if box.name:
        baseline += ruler.note_height(box.name)
        inset = left + s.NOTE_INSET + ruler.note(box.name) / 2
        x = grid.notes[number, "name"] if ends else _clear(grid, number, box.name, row, inset, right)
        collector.note(box.id, "name", box.name, x, baseline, ruler.caption)
    if box.reason:
        middle = (left + right) / 2
        x = grid.notes[number, "reason"] if ends else _clear(grid, number, box.reason, row, middle, right)
        collector.note(box.id, "reason", box.reason, x, y - heights.reason[number], ruler.caption)


def _going_on(grid: Grid, number: int, until: int, end: float) -> float:
    """Where a box ends that goes on in the next row: the outermost at `end`, so that the rows are flush."""
    borders = grid.opened(until - 1, 1)
    return borders[grid.order.crossed(until).index(number)] + max(0.0, end - borders[-1])


def _clear(grid: Grid, number: int, text: str, row: Row, wish: float, right: float) -> float:
    """Where a name or a reason stands in the first of a box's rows: clear of the routes that go through its top."""
    left, routes, legs = grid.left[number], grid.order.routes, grid.order.legs.get(number, ())
    feet = [foot(grid, route, begins) for route, begins in legs if routes[route].place(begins) in range(*row)]
    walls = sorted(x for x in feet if left < x < right)
    return fit(wish, grid.ruler.note(text), [left, *walls, right])
