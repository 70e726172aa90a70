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
from .rows import Row
from .sizes import Ruler
from .wires import Wires

OVER = 0.75
"""From what stands above to the baseline of a name."""
UNDER_NAME = 0.3
"""From there to what stands under it."""
NOTE_GAP = 0.25
APART = 0.7
"""Between two blocks, and between a block and a table beside it."""
OVER_TABLE = 0.5
"""From what stands above a table to its first baseline."""
TABLE_LINE = 0.43
COLUMN_GAP = 0.35


class Panel:
    """One block, laid out from x = 0: `high` over its line, `deep` under it, `wide` with its name and its table."""

    def __init__(self, line: Line, ruler: Ruler) -> None:
        self.line, self.ruler = line, ruler
        self.track = Track(Axis(line), ruler)
        self.track.grid.shift([-self.track.left] * len(self.track.grid.x))
        self.name = ruler.strong(line.name, ruler.base)
        self.columns = [max(map(ruler.small, column)) for column in zip(*line.table, strict=True)]
        self.table = sum(self.columns) + COLUMN_GAP * max(0, len([one for one in self.columns if one]) - 1)
        named = self.name + NOTE_GAP + ruler.small(line.note)
        self.wide = max(self.track.right - self.track.left, named, self.table)
        self.high, self.deep = self.track.up, self.track.down

    def share(self, top: float, bottom: float) -> None:
        """Gives the box the top and bottom of its neighbours."""
        heights = self.track.heights
        for hull in [hull for hull, one in enumerate(self.track.grid.axis.hulls) if one.parent == -1]:
            heights.top[hull], heights.bottom[hull] = top, bottom

    @property
    def box(self) -> tuple[float, float]:
        """The top and the bottom of its outermost box."""
        return self.track.heights.top[0], self.track.heights.bottom[0]

    def draw(self, canvas: Canvas, x: float, name: float, y: float, table: float) -> None:
        """With its name and its table on these baselines, and its line at `y`."""
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
        self._table(canvas, words, x, table)

    def _table(self, canvas: Canvas, words: str, x: float, y: float) -> None:
        """Its columns are right-aligned, the first apart."""
        right = x
        for number, width in enumerate(self.columns):
            right += width + (COLUMN_GAP if number and width else 0.0)
            for count, row in enumerate(self.line.table):
                at = right if number else x
                if row[number]:
                    anchor: Anchor = "end" if number else "start"
                    baseline = y + TABLE_LINE * count
                    canvas.words(words, "table", row[number], at, baseline, anchor, self.ruler.caption)


class Panels:
    """All of them, in rows as wide as the page; `least` is what the widest needs."""

    def __init__(self, lines: Sequence[Line], ruler: Ruler) -> None:
        self.panels = [Panel(line, ruler) for line in lines]
        self.least = max(panel.wide for panel in self.panels) + 2 * s.MARGIN

    def width(self, room: float) -> float:
        """What their widest row takes."""
        rows = self._rows(room)
        return max(sum(panel.wide for panel in row) + APART * (len(row) - 1) for row in rows) + 2 * s.MARGIN

    def draw(self, canvas: Canvas, y: float, width: float) -> float:
        """Draws them from `y` downwards; returns where they end."""
        for row in self._rows(width):
            _share(row)
            name = y + OVER
            line = name + UNDER_NAME + max(panel.high for panel in row)
            low = line + max(panel.deep for panel in row)
            x = s.MARGIN
            for panel in row:
                panel.draw(canvas, x, name, line, low + OVER_TABLE)
                x += panel.wide + APART
            lines = max(len(panel.line.table) for panel in row)
            y = low + (OVER_TABLE + TABLE_LINE * (lines - 1) + s.DESCENT if lines else 0.0)
        return y

    def _rows(self, room: float) -> list[list[Panel]]:
        rows: list[list[Panel]] = []
        x = 0.0
        for panel in self.panels:
            if rows and x + APART + panel.wide <= room - 2 * s.MARGIN + 1e-6:
                rows[-1].append(panel)
                x += APART + panel.wide
            else:
                rows.append([panel])
                x = panel.wide
        return rows


def _share(row: list[Panel]) -> None:
    """Gives the boxes of a row that differ by little the same top and bottom."""
    left = sorted(row, key=lambda panel: sum(panel.box))
    while left:
        alike = [panel for panel in left if sum(left[-1].box) - sum(panel.box) < SHARED]
        top, bottom = (max(panel.box[side] for panel in alike) for side in (0, 1))
        for panel in alike:
            panel.share(top, bottom)
            panel.high, panel.deep = max(panel.high, top), max(panel.deep, bottom)
        left = left[: len(left) - len(alike)]
