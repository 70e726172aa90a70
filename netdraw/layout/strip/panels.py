"""Blocks that are drawn open once: side by side under the lines, each with its name and the widths it has. In D."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf

from ...diagram.model import Line
from .. import sizes as s
from ..base import Anchor, Role
from ..canvas import Canvas
from ..sizes import Ruler
from . import bands, boxes, branches
from .axis import ordered
from .bodies import Track
from .heights import SHARED
from .rows import Row
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
TABLE_LINE = 0.455
COLUMN_GAP = 0.35
PARTING = 0.3
"""What it is wider where another branch begins."""
FEW = 5
"""Of so many tables all places are tried."""

_ALIGNED: tuple[tuple[float, Anchor], ...] = ((1.0, "start"), (0.0, "end"))
"""For the first column and the others: how much of its width before its end it is anchored, and how."""


class Panel:
    """One block, laid out from x = 0, with its table beside it or under it.

    `high` is over its line, `deep` under it, `wide` with its name and its table.
    """

    def __init__(self, line: Line, ruler: Ruler, beside: bool) -> None:
        self.line, self.ruler, self.beside = line, ruler, beside
        self.track = Track(ordered(line), ruler)
        self.track.grid.shift([-self.track.left] * len(self.track.grid.x))
        self.open = self.track.right - self.track.left
        self.name = ruler.strong(line.name, ruler.base)
        self.columns = [max(map(ruler.small, column)) for column in zip(*line.table, strict=True)]
        self.gaps = [self._gap(number) for number in range(len(self.columns))]
        table = sum(self.columns) + sum(self.gaps)
        drawn = self.open + BESIDE + table if beside and line.table else max(self.open, table)
        self.wide = max(drawn, self.name + NOTE_GAP + ruler.small(line.note))
        self.high, self.deep = self.track.up, self.track.down

    def _gap(self, number: int) -> float:
        """Before a column of the table."""
        if not number or not self.columns[number]:
            return 0.0
        return COLUMN_GAP + PARTING * (number in self.line.parting)

    def share(self, top: float, bottom: float) -> None:
        """Gives the box the top and bottom of its neighbours."""
        heights = self.track.heights
        for hull, one in enumerate(self.track.grid.axis.nest.hulls):
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

    def draw(self, canvas: Canvas, x: float, name: float, y: float) -> None:
        """With its name on that baseline, its line at `y`, and its table beside it or under it."""
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
            self._table(canvas, words, x, y + self.deep + OVER_TABLE)

    def _table(self, canvas: Canvas, words: str, x: float, y: float) -> None:
        """Its columns are right-aligned, but for the first."""
        right = x
        for number, width in enumerate(self.columns):
            right += width + self.gaps[number]
            at, anchor = _ALIGNED[number > 0]
            for count, row in enumerate(self.line.table):
                if row[number]:
                    baseline = y + TABLE_LINE * count
                    role: Role = "table" if count else "head"
                    canvas.words(words, role, row[number], right - at * width, baseline, anchor, self.ruler.caption)


class Panels:
    """All of them, in rows as wide as the page; `least` is what the widest needs."""

    def __init__(self, lines: Sequence[Line], ruler: Ruler) -> None:
        self.panels = [Panel(line, ruler, False) for line in lines]
        self.beside = [
            Panel(line, ruler, True) if line.table else under for line, under in zip(lines, self.panels, strict=True)
        ]
        self.least = max(panel.wide for panel in self.panels) + 2 * s.MARGIN

    def width(self, room: float) -> float:
        """What their widest row takes; with each table where the whole is least high, else under its block."""
        least = inf
        for panels in self._ways(room):
            height = sum(map(_height, _rows(panels, room)))
            if height < least - 1e-6:
                least, best = height, panels
        self.panels = best
        rows = _rows(best, room)
        return max(sum(panel.wide for panel in row) + APART * (len(row) - 1) for row in rows) + 2 * s.MARGIN

    def _ways(self, room: float) -> Iterator[list[Panel]]:
        """The panels with their tables under or beside them: all ways for a few of them, else all tables alike."""
        pairs = [
            (under, beside) if beside is not under and beside.wide <= room - 2 * s.MARGIN + 1e-6 else (under,)
            for under, beside in zip(self.panels, self.beside, strict=True)
        ]
        if sum(len(pair) > 1 for pair in pairs) <= FEW:
            yield from map(list, product(*pairs))
        else:
            yield [pair[0] for pair in pairs]
            yield [pair[-1] for pair in pairs]

    def draw(self, canvas: Canvas, y: float, width: float) -> float:
        """Draws them from `y` downwards; returns where they end."""
        for row in _rows(self.panels, width):
            _share(row)
            name = y + OVER
            line = name + UNDER_NAME + max(panel.high for panel in row)
            x = s.MARGIN
            for panel in row:
                panel.draw(canvas, x, name, line)
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
    high = max(panel.high for panel in row)
    deep = max(panel.deep + (0.0 if panel.beside else panel.rows) for panel in row)
    beside = max((high - panel.high + panel.rows for panel in row if panel.beside), default=0.0)
    return OVER + UNDER_NAME + max(high + deep, beside)


def _share(row: Sequence[Panel]) -> None:
    """Gives the boxes of a row that differ by little the same top and bottom, so that their tables stand alike."""
    left = sorted(row, key=lambda panel: sum(panel.box))
    while left:
        alike = [panel for panel in left if sum(left[-1].box) - sum(panel.box) < SHARED]
        top, bottom = (max(panel.box[side] for panel in alike) for side in (0, 1))
        for panel in alike:
            panel.share(top, bottom)
        deep = max(panel.deep for panel in alike)
        for panel in alike:
            panel.deep = deep
        left = left[: len(left) - len(alike)]
