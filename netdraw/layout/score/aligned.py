"""Several lines with their cells in common columns: the layout of comparisons. In D.

Each line is laid out by itself, then moved into the columns; what is wider than the page is broken into systems.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from ...diagram.model import Diagram, Edge
from ...styles.base import Metrics
from .. import frame
from .. import sizes as s
from ..base import Page, Placement, TooNarrow
from ..canvas import Canvas
from ..sizes import Ruler
from ..strip.strip import LineStrip, Pen
from .barred import alike_bars
from .columns import Columns, free, value
from .systems import Systems

NAME_GAP = 0.6
"""Between the names of lines and where these begin."""
UNDER_NAME = 0.46
TOTAL_GAP = 0.5
"""Between a line and its totals, and between these."""
LINE_GAP = 0.3
"""Between two lines of one system."""
SYSTEM_GAP = 0.9
OVER_TOTAL = 0.66
"""From a line to the baseline of what stands over its totals."""
UNDER_TOTAL = 0.6
"""From a line to the baseline of what stands under its totals."""
OVER_LINE = 0.16
"""From a line to the baseline of what is said of the value on it."""
MIDDLE = 0.15
"""From a line to the baseline of a name that stands at its height."""


def aligned(diagram: Diagram, metrics: Metrics, page: Page, broad: float = 1.0) -> Placement:
    """Lays a comparison out. Raises TooNarrow where a part that cannot be broken is wider than the page.

    It may be so many times as wide as the page as `broad` says, where that gives fewer systems.
    """
    ruler = Ruler(metrics)
    room = None if page.width is None else page.width / metrics.d
    score = Score(diagram, ruler, room, broad)
    if score.systems.least:
        raise TooNarrow(max(score.systems.least, frame.unbroken(diagram, ruler)) * metrics.d)
    width = max(score.systems.width, frame.least(diagram, ruler, room))
    canvas = Canvas(metrics.d)
    y = frame.header(canvas, diagram.words, ruler, width, diagram.words.titled)
    y = score.draw(canvas, y, width)
    canvas.name(tag for line in diagram.lines for tag in line.tags)
    canvas.reorder(cell.id for line in diagram.lines for cell in line.cells)
    height = frame.footer(canvas, diagram, ruler, width, y)
    return canvas.placement(width, height, len(score.systems.firsts))


class Score:
    """All lines, with their names to the left and their totals to the right."""

    def __init__(self, diagram: Diagram, ruler: Ruler, room: float | None, broad: float) -> None:
        self.diagram, self.ruler, self.lines = diagram, ruler, diagram.lines
        self.strips = alike_bars(
            [LineStrip(line, diagram, ruler, first=not number) for number, line in enumerate(self.lines)],
            lambda number, line: LineStrip(line, diagram, ruler, first=not number),
        )
        self.names = Counter(line.name for line in self.lines)
        names = [max(ruler.strong(line.name, ruler.base), ruler.small(line.note)) for line in self.lines]
        names += [ruler.strong(text, ruler.caption) for line in self.lines for text in line.gone]
        self.left = s.MARGIN + (max(names) + NAME_GAP if any(names) else 0.0)
        totals = [*(one for line in self.lines for one in (line.totals, line.deltas)), diagram.words.heads]
        self.totals = [
            max(ruler.label(texts[place]) for texts in totals if place < len(texts))
            for place in range(max(map(len, totals)))
        ]
        right = sum(self.totals) + TOTAL_GAP * len(self.totals) + s.MARGIN
        self.columns = Columns(self.strips, ruler)
        self.systems = Systems(self.columns, self.left, right, room and room * broad, balanced=broad > 1)

    def draw(self, canvas: Canvas, y: float, width: float) -> float:
        """Draws system after system from `y` downwards; returns where they end."""
        most = max((bar.value for line in self.lines for bar in line.bars), default=1)
        taken = {tag.letter for line in self.lines for tag in line.tags}
        pens = [
            Pen(strip, canvas, by, width, max(most, 1), taken, self.left - s.BEGIN)
            for strip, by in zip(self.strips, self.columns.shifts, strict=True)
        ]
        owners = [self.systems.of(number) for number in range(len(self.strips))]
        for system in range(len(self.systems.firsts)):
            y += SYSTEM_GAP if system else 0.0
            ends = [number for number, owned in enumerate(owners) if owned[-1] == system]
            for number, pen in enumerate(pens):
                first = number in ends[:1] and bool(self.diagram.words.heads)
                y += UNDER_NAME * first
                if system in owners[number]:
                    y = pen.row(y + (LINE_GAP if number else 0.0))
                    self._name(canvas, number, pen.lines[-1], not pen.lines[1:])
                    if gone := len(self.lines[number].gone):
                        y = max(y, pen.lines[-1] + UNDER_NAME + s.LINE * gone + s.DESCENT)
                if first:
                    self._heads(canvas, pen.lines[-1] - OVER_TOTAL, system)
                if number in ends:
                    self._totals(canvas, number, pen.lines[-1], system)
        for number, pen in enumerate(pens):
            pen.finish()
            self._values(canvas, number, pen)
        return y

    def _heads(self, canvas: Canvas, y: float, system: int) -> None:
        """What stands over the totals."""
        for x, text in zip(self._rights(system), self.diagram.words.heads, strict=False):
            canvas.words("", "head", text, x, y, "end", self.ruler.caption)

    def _rights(self, system: int) -> list[float]:
        """Where the totals of a system end, behind the last of its lines that end."""
        return [
            self.systems.ends[system] + TOTAL_GAP + x for x in accumulate(self.totals, lambda a, b: a + TOTAL_GAP + b)
        ]

    def _name(self, canvas: Canvas, number: int, y: float, first: bool) -> None:
        """The name of a line, with its note where it begins, and what it has not of the line above.

        Where another line has the same name the note stands in every system: it tells them apart.
        """
        line, ruler = self.lines[number], self.ruler
        id = line.cells[0].id
        noted = line.note != "" and (first or self.names[line.name] > 1)
        canvas.words(id, "kind", line.name, s.MARGIN, y + MIDDLE * (not noted), "start", ruler.base, 600)
        if noted:
            canvas.words(id, "kind", line.note, s.MARGIN, y + UNDER_NAME, "start", ruler.caption)
        for place, text in enumerate(line.gone if first else (), 1):
            wide, at = ruler.strong(text, ruler.caption), y + UNDER_NAME + s.LINE * place
            canvas.words(id, "kind", text, s.MARGIN, at, "start", ruler.caption, 600, wide)

    def _totals(self, canvas: Canvas, number: int, y: float, system: int) -> None:
        """The totals of a line where it ends."""
        line, ruler = self.lines[number], self.ruler
        id = line.cells[0].id
        for x, text in zip(self._rights(system), line.totals, strict=False):
            canvas.words(id, "table", text, x, y + MIDDLE, "end", ruler.base)
        for x, text in zip(self._rights(system), line.deltas, strict=False):
            canvas.words(id, "head", text, x, y + UNDER_TOTAL, "end", ruler.caption)

    def _values(self, canvas: Canvas, number: int, pen: Pen) -> None:
        """What is said of the values, in the middle of the free line before each cell."""
        grid = self.strips[number].grid
        rows = [row for row, (first, until) in enumerate(pen.rows) for _ in range(first, until)]
        for place in range(len(grid.x) - 1):
            if edge := grid.axis.flows.get(place):
                self._missing(canvas, number, pen, place, edge, rows)
            said = value(grid, place)
            if not said or not said.text:
                continue
            begin, end = free(grid, place, self.columns.said(said))
            if rows[place] != rows[place + 1]:
                begin = self.left
            weight, under = (600, self.columns.said(said)) if said.marked else (400, 0.0)
            y = pen.lines[rows[place + 1]] - OVER_LINE
            id = said.target if isinstance(said, Edge) else said.start
            canvas.words(id, "width", said.text, (begin + end) / 2, y, "middle", self.ruler.caption, weight, under)

    def _missing(self, canvas: Canvas, number: int, pen: Pen, place: int, edge: Edge, rows: list[int]) -> None:
        """What the line above has between two cells, in its columns."""
        row = rows[place + 1]
        by = self.systems.offsets[self.systems.of(number)[row]]
        for column, text in edge.missing:
            wide = self.ruler.strong(text, self.ruler.base)
            y = pen.lines[row] + (s.RADIUS + s.UNDER_CELL)
            canvas.words(
                edge.target, "label", text, self.columns.at[column] + by, y, "middle", self.ruler.base, 600, wide
            )
