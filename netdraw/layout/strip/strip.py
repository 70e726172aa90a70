"""The layout `strip`: one line read from left to right, broken into rows, with arcs and lanes above it.

Everything in this folder but the placement is measured in D.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ...diagram.model import Diagram, Line
from ...styles.base import Metrics
from .. import frame
from .. import sizes as s
from ..base import LAYOUTS, Page, Placement, TooNarrow
from ..canvas import Canvas
from ..sizes import Ruler
from . import bands, boxes, branches, lanes
from .axis import ordered
from .bodies import Body, Ledge, measured
from .brackets import Stage, stages, widening
from .grid import Grid
from .heights import Heights, Spot, tops, under
from .levels import stack
from .rows import Breaks, Row, TooWide, moves, split
from .wires import Wires

if TYPE_CHECKING:
    from .panels import Panels


def strip(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a diagram out, its lines one under the other. Raises TooNarrow where a box is wider than the page."""
    ruler = Ruler(metrics)
    room = None if page.width is None else page.width / metrics.d
    lines = [line for line in diagram.lines if line.cells and not line.name]
    strips = [LineStrip(line, diagram, ruler, first=not number) for number, line in enumerate(lines)]
    open_blocks = open_panels(diagram, ruler)
    words = max(frame.unbroken(diagram, ruler), open_blocks.least if open_blocks else 0.0)
    _break(strips, room, words, metrics.d)
    natural = [strip.breaks.width(*row) for strip in strips for row in strip.rows]
    width = max([frame.least(diagram, ruler, room), *natural])
    if open_blocks:
        width = max(width, open_blocks.width(width if room is None else room))
    canvas = Canvas(metrics.d)
    titled = diagram.words.titled and (room is None or room > s.COLUMN)
    y = frame.header(canvas, diagram.words, ruler, width, titled)
    most = max((bar.value for line in diagram.lines for bar in line.bars), default=1)
    taken = {tag.letter for line in diagram.lines for tag in line.tags}
    for number, strip in enumerate(strips):
        y = strip.draw(canvas, y + (s.ROW_GAP if number else 0.0), width, max(most, 1), taken)
    if open_blocks:
        y = open_blocks.draw(canvas, y, width)
    canvas.name(tag for line in diagram.lines for tag in line.tags)
    canvas.reorder(cell.id for line in diagram.lines for cell in line.cells)
    height = frame.footer(canvas, diagram, ruler, width, y)
    most_open = max((lanes.most_open(strip.grid.axis) for strip in strips), default=0)
    placed = canvas.placement(width, height, sum(len(strip.rows) for strip in strips))
    return placed._replace(lanes=most_open)


def open_panels(diagram: Diagram, ruler: Ruler) -> Panels | None:
    """The blocks that are drawn open below the lines."""
    named = [line for line in diagram.lines if line.name]
    if not named:
        return None
    from .panels import Panels  # not on the way of most figures

    return Panels(named, ruler)


def _break(strips: list[LineStrip], room: float | None, words: float, d: float) -> None:
    """Breaks every line into rows; says the least width of all, that of the words too, where something is wider."""
    least = words if room is not None and words > room else 0.0
    for strip in strips:
        told = max((stage.width for stage in strip.stages), default=0.0) + 2 * s.EDGE
        least = max(least, told if room is not None and told > room else 0.0)
        try:
            strip.rows = split(strip.breaks, room)
        except TooWide as fault:
            least = max(least, fault.least)
    if least:
        raise TooNarrow(least * d)


class LineStrip:
    """One line on its way: measured first, drawn when the figure's width is known."""

    def __init__(self, line: Line, diagram: Diagram, ruler: Ruler, first: bool) -> None:
        self.line = line
        self.grid = measured(ordered(line), ruler)
        self.stages: list[Stage] = stages(self.grid, diagram.words, ruler, first)
        self.grid.shift(widening(self.grid, self.stages))
        self.breaks = Breaks(self.grid, self.stages)
        self.rows: list[Row] = []

    def draw(self, canvas: Canvas, y: float, width: float, most: int, taken: set[str]) -> float:
        """Draws the rows from `y` on; returns where they end. `most` is the highest bar, `taken` the tags' letters."""
        # What is how high in a box does not change where the box is broken, but what stands where does.
        pen = Pen(self, canvas, moves(self.breaks, self.rows, width), width, most, taken)
        for number in range(len(self.rows)):
            y = pen.row(y + (s.ROW_GAP if number else 0.0))
        pen.finish()
        return y


class Pen:
    """Draws a strip whose cells are moved by `by`, one row after the other, and then what leads from row to row.

    `taken` are the letters of tags, `left` is where a further row begins.
    """

    def __init__(
        self,
        strip: LineStrip,
        canvas: Canvas,
        by: list[float],
        width: float,
        most: int,
        taken: set[str],
        left: float = 0.0,
    ) -> None:
        self.grid, self.rows, self.canvas, self.width, self.most = strip.grid, strip.rows, canvas, width, most
        self.left = left
        self.heights = Heights(self.grid)
        self.grid.shift(by)
        self.pieces = lanes.pieces(self.grid, strip.breaks, self.rows, width, left)
        self.letters = lanes.letters(self.pieces, taken)
        self.parts = bands.split_stages(self.grid, self.rows, strip.stages)
        self.lines: list[float] = []
        self.over: list[dict[int, float]] = []

    def row(self, y: float) -> float:
        """The next row, from `y` downwards; returns where it ends."""
        number = len(self.lines)
        canvas, grid, heights, row, parts = self.canvas, self.grid, self.heights, self.rows[number], self.parts[number]
        hulls = boxes.outermost(grid.axis, row)
        heights.share(hulls)
        found, reach = _above(grid, heights, hulls, row, self.pieces[number], self.letters)
        line = y + reach
        band = bands.measure(grid, heights, row, hulls, parts, self.most)
        boxes.draw(canvas, grid, heights, row, line, self.width)
        bands.draw(canvas, grid, row, line, band, self.most)
        if band.brackets is not None:
            bands.draw_brackets(canvas, grid.ruler, parts, line + band.brackets, self.width)
        self.lines.append(line)
        self.over.append(found)
        return line + band.end

    def finish(self) -> None:
        """The lines from cell to cell, and what stands on branches."""
        wires = Wires(self.canvas, self.grid, self.rows, self.lines, self.width, left=self.left)
        wires.flows()
        wires.ticks()
        wires.arcs(self.heights)
        wires.lanes(self.pieces, self.over, self.letters)
        branches.draw(self.canvas, wires)


def _above(
    grid: Grid, heights: Heights, hulls: list[int], row: Row, pieces: list[lanes.Piece], letters: dict[int, str]
) -> tuple[dict[int, float], float]:
    """The heights of a row's lanes, and how far the row reaches above its line; lifts its shelves and taps."""
    crown = grid.crown(*row)
    loose = grid.loose(*row)
    spots = _spots(grid, heights, hulls, row)
    reach = max([crown, *(heights.top[hull] for hull in hulls), *(body.top for body in loose)])
    own = [ledge for place in range(*row) if grid.axis.nest.inner[place] == -1 for ledge in grid.perched.get(place, ())]
    reach = heights.lift(own, spots, loose, crown, reach)
    taps = [body for place in range(*row) for body in grid.hung.get(place, ())]
    spans = [(body.trunk, body.far) for body in taps]
    things: list[Body | Ledge] = [*loose, *own]
    base = max([crown, *under(spots, spans), *tops(things, spans)])
    for body in taps:
        body.lifted = base + body.bottom
        reach = max(reach, body.lifted + body.top + s.OVER_TAP)
    if not pieces:
        return {}, reach
    cut = {piece.link: heights.arc[piece.link] for piece in pieces if piece.link in heights.arc}
    lanes_of = {piece.link: (piece.low, piece.high) for piece in pieces if piece.link not in cut}
    if not lanes_of:
        return cut, reach
    spans = list(lanes_of.values())
    high = [*tops([*taps, *things], spans), *under(spots, spans)]
    found, top, _ = stack(lanes_of, grid.axis.links, max([crown, *high]), grid.ruler, letters)
    return found | cut, max(reach, top + s.EDGE)


def _spots(grid: Grid, heights: Heights, hulls: list[int], row: Row) -> list[Spot]:
    """Where the hulls of a row stand in it; one that goes on reaches to the row's end."""
    found = []
    for hull in hulls:
        first, last = grid.axis.nest.hulls[hull].first, grid.axis.nest.hulls[hull].last
        left = grid.left[hull] if first >= row.first else 0.0
        right = grid.right[hull] if last < row.until else inf
        found.append((left, right, heights.top[hull]))
    return found


LAYOUTS.add("strip", strip)
