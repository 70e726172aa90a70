"""Blocks that are drawn open once: side by side under the lines, each with its name and the widths it has. In D."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagram.model import Line
from . import bands, boxes, branches
from . import sizes as s
from .axis import Axis
from .base import Anchor
from .bodies import Track
from .canvas import Canvas
from .heights import SHARED
from .parts import tagged
from .rows import Row
from .sizes import Ruler
from .wires import Wires

OVER = 0.75
"""From what stands above to the baseline of a name."""
UNDER_NAME = 0.28
"""From there to what stands under it."""
NOTE_GAP = 0.25
APART = 0.7
"""Between two blocks."""
BESIDE = 0.5
"""Between a block and its table beside it."""
OVER_TABLE = 0.46
"""From what stands above a table to its first baseline."""
TABLE_LINE = 0.42
COLUMN_GAP = 0.35

_ALIGNED: tuple[tuple[float, Anchor], ...] = ((1.0, "start"), (0.0, "end"))
"""For the first column and the others: how much of its width before its end it is anchored, and how."""


class Panel:
    """One block, laid out from x = 0, with its table beside it or under it.

    `high` is over its line, `deep` under it, `wide` with its name and its table.
    """

    def __init__(self, line: Line, ruler: Ruler, beside: bool) -> None:
        self.line, self.ruler, self.beside = line, ruler, beside
        self.track = Track(Axis(tagged(line)), ruler)
        self.track.grid.shift([-self.track.left] * len(self.track.grid.x))
        self.open = self.track.right - self.track.left
        self.name = ruler.strong(line.name, ruler.base)
        self.columns = [max(map(ruler.small, column)) for column in zip(*line.table, strict=True)]
        table = sum(self.columns) + COLUMN_GAP * max(0, sum(width > 0 for width in self.columns) - 1)
        drawn = self.open + BESIDE + table if beside and line.table else max(self.open, table)
        self.wide = max(drawn, self.name + NOTE_GAP + ruler.small(line.note))
        self.high, self.deep = self.track.up, self.track.down

    def share(self, top: float, bottom: float) -> None:
        """Gives the box the top and bottom of its neighbours."""
        heights = self.track.heights
        for hull, one in enumerate(self.track.grid.axis.hulls):
            if one.parent == -1:
                heights.top[hull], heights.bottom[hull] = top, bottom
        self.high, self.deep = max(self.high, top), max(self.deep, bottom)

    @property
    def box(self) -> tuple[float, float]:
        """The top and the bottom of its outermost box; nothing where it has none."""
        heights = self.track.heights
        return (heights.top[0], heights.bottom[0]) if heights.top else (0.0, 0.0)

    @property
    def rows(self) -> float:
        """How high its table is."""
        return OVER_TABLE + TABLE_LINE * (len(self.line.table) - 1) + s.DESCENT if self.line.table else 0.0

    def draw(self, canvas: Canvas, x: float, name: float, y: float, low: float) -> None:
        """With its name on that baseline, its line at `y`, and its table beside it or from `low` on."""
        grid, ruler, words = self.track.grid, self.ruler, self.line.cells[0].id
        row = Row(0, len(grid.x))
        canvas.words(words, "kind", self.line.name, x, name, "start", ruler.base, 600)
        canvas.words(words, "kind", self.line.note, x + self.name + NOTE_GAP, name, "start", ruler.caption)
        grid.shift([x] * row.until)
        boxes.draw(canvas, grid, self.track.heights, row, y)
        bands.draw(canvas, grid, row, y, bands.Band(None, None, 0.0), 1)
        wires = Wires(canvas, grid, [row], [y], 0.0)
        wires.flows()
        wires.ticks()
        wires.arcs(self.track.heights)
        branches.draw(canvas, wires)
        if self.beside:
            self._table(canvas, words, x + self.open + BESIDE, y - self.high + TABLE_LINE)
        else:
            self._table(canvas, words, x, low + OVER_TABLE)

    def _table(self, canvas: Canvas, words: str, x: float, y: float) -> None:
        """Its columns are right-aligned, but for the first."""
        right = x
        for number, width in enumerate(self.columns):
            right += width + (COLUMN_GAP if number and width else 0.0)
            at, anchor = _ALIGNED[number > 0]
            for count, row in enumerate(self.line.table):
                if row[number]:
                    baseline = y + TABLE_LINE * count
                    canvas.words(words, "table", row[number], right - at * width, baseline, anchor, self.ruler.caption)


class Panels:
    """All of them, in rows as wide as the page; `least` is what the widest needs."""

    def __init__(self, lines: Sequence[Line], ruler: Ruler) -> None:
        self.ways = [[Panel(line, ruler, beside) for line in lines] for beside in (False, True)]
        self.panels = self.ways[0]
        self.least = max(panel.wide for panel in self.panels) + 2 * s.MARGIN

    def width(self, room: float) -> float:
        """What their widest row takes; with the tables where the whole is less high."""
        under, beside = self.ways
        fits = all(panel.wide <= room - 2 * s.MARGIN + 1e-6 for panel in beside)
        heights = [sum(map(_height, _rows(panels, room))) for panels in (under, beside)]
        self.panels = beside if fits and heights[1] < heights[0] else under
        rows = _rows(self.panels, room)
        return max(sum(panel.wide for panel in row) + APART * (len(row) - 1) for row in rows) + 2 * s.MARGIN

    def draw(self, canvas: Canvas, y: float, width: float) -> float:
        """Draws them from `y` downwards; returns where they end."""
        for row in _rows(self.panels, width):
            _share(row)
            name = y + OVER
            line = name + UNDER_NAME + max(panel.high for panel in row)
            low = line + max(panel.deep for panel in row)
            x = s.MARGIN
            for panel in row:
                panel.draw(canvas, x, name, line, low)
                x += panel.wide + APART
            y += _height(row)
        return y


def _rows(panels: Sequence[Panel], room: float) -> list[list[Panel]]:
    rows: list[list[Panel]] = []
    x = 0.0
    for panel in panels:
        if rows and x + APART + panel.wide <= room - 2 * s.MARGIN + 1e-6:
            rows[-1].append(panel)
            x += APART + panel.wide
        else:
            rows.append([panel])
            x = panel.wide
    return rows


def _height(row: Sequence[Panel]) -> float:
    """What a row takes from what stands above it."""
    high, deep = max(panel.high for panel in row), max(panel.deep for panel in row)
    rows = max(panel.rows for panel in row)
    beside = any(panel.beside for panel in row)
    return OVER + UNDER_NAME + (max(high + deep, rows) if beside else high + deep + rows)


def _share(row: Sequence[Panel]) -> None:
    """Gives the boxes of a row that differ by little the same top and bottom."""
    left = sorted(row, key=lambda panel: sum(panel.box))
    while left:
        alike = [panel for panel in left if sum(left[-1].box) - sum(panel.box) < SHARED]
        top, bottom = (max(panel.box[side] for panel in alike) for side in (0, 1))
        for panel in alike:
            panel.share(top, bottom)
        left = left[: len(left) - len(alike)]
