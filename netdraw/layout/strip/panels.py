"""Blocks that are drawn open once: side by side under the lines, each with its name and the widths it has. In D."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import inf

from ...core.records import NamedTuple
from ...diagram.model import Line
from ...type.primitives import Anchor
from .. import sizes as s
from ..base import Role
from ..collector import Collector
from ..sizes import Ruler
from ..wrap import filled
from . import branches
from .forks import placed_line
from .grid import PlacedLine
from .heights import alike
from .order import line_order

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


class Panel(NamedTuple):
    """One block, laid out from x = 0, with its table `beside` it or under it.

    `title` is how wide its name is with its note; `high` is over its line, `deep` under it.
    """

    line: Line
    ruler: Ruler
    placed: PlacedLine
    title: float
    high: float
    deep: float
    columns: list[float]
    gaps: list[float]
    """Before each column."""
    beside: bool = False

    @property
    def open(self) -> float:
        """How wide it is alone."""
        return self.placed.right - self.placed.left

    @property
    def wide(self) -> float:
        """How wide it is with its name and its table."""
        table = sum(self.columns) + sum(self.gaps)
        return max(self.open + BESIDE + table if self.beside else max(self.open, table), self.title)

    @property
    def box(self) -> tuple[float, float]:
        """The top and the bottom of its outermost box; nothing where it has none."""
        heights = self.placed.heights
        return (heights.top[0], heights.bottom[0]) if heights.top else (0.0, 0.0)

    @property
    def rows(self) -> float:
        """How high its table is."""
        return OVER_TABLE + TABLE_LINE * (len(self.line.table) - 1) + s.DESCENT if self.line.table else 0.0

    def sharing(self, top: float, bottom: float, deep: float) -> Panel:
        """With the top and bottom of its neighbours' boxes, as deep as the deepest of them."""
        heights, boxes = self.placed.heights, self.placed.grid.order.nest.boxes
        tops = [top if box.parent == -1 else own for box, own in zip(boxes, heights.top, strict=True)]
        bottoms = [bottom if box.parent == -1 else own for box, own in zip(boxes, heights.bottom, strict=True)]
        placed = self.placed._replace(heights=heights._replace(top=tops, bottom=bottoms))
        return self._replace(placed=placed, high=max(self.high, top), deep=deep)

    def draw(self, collector: Collector, x: float, name: float, y: float) -> None:
        """With its name on that baseline, its line at `y`, and its table beside it or under it."""
        ruler, id = self.ruler, self.line.cells[0].id
        wide = ruler.strong(self.line.name, ruler.base)
        collector.write(id, "kind", self.line.name, x, name, "start", ruler.base, weight=600)
        collector.write(id, "kind", self.line.note, x + wide + NOTE_GAP, name, "start", ruler.caption)
        branches.draw_line(collector, self.placed, x, y)
        left, first = (self.open + BESIDE, TABLE_LINE - self.high) if self.beside else (0.0, self.deep + OVER_TABLE)
        self._table(collector, id, x + left, y + first)

    def _table(self, collector: Collector, id: str, right: float, y: float) -> None:
        """Its columns are right-aligned, but for the first."""
        for number, width in enumerate(self.columns):
            right += width + self.gaps[number]
            anchor: Anchor = "end" if number else "start"
            at = right if number else right - width
            for count, row in enumerate(self.line.table):
                if text := row[number]:
                    role: Role = "table" if count else "head"
                    collector.write(id, role, text, at, y + TABLE_LINE * count, anchor, self.ruler.caption)


def _panel(line: Line, ruler: Ruler) -> Panel:
    placed = placed_line(line_order(line), ruler)
    placed = placed._replace(grid=placed.grid.shifted([-placed.left] * len(placed.grid.x)))
    columns = [max(map(ruler.small, column)) for column in zip(*line.table, strict=True)]
    gaps = [COLUMN_GAP + PARTING * (n in line.parting) if n and wide else 0.0 for n, wide in enumerate(columns)]
    return Panel(
        line=line, ruler=ruler, placed=placed, high=placed.up, deep=placed.down, columns=columns, gaps=gaps,
        title=ruler.strong(line.name, ruler.base) + NOTE_GAP + ruler.small(line.note),
    )  # fmt: skip


class Panels:
    """All of them, in rows as wide as the page; `least` is what the widest needs."""

    def __init__(self, lines: Sequence[Line], ruler: Ruler) -> None:
        self.panels = [_panel(line, ruler) for line in lines]
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
        pairs = [[panel, panel._replace(beside=True)] if panel.line.table else [panel] for panel in self.panels]
        most = room - 2 * s.MARGIN + 1e-6
        pairs = [[under, *(one for one in beside if one.wide <= most)] for under, *beside in pairs]
        if sum(len(pair) > 1 for pair in pairs) <= FEW:
            yield from map(list, product(*pairs))
        else:
            yield [pair[0] for pair in pairs]
            yield [pair[-1] for pair in pairs]

    def draw(self, collector: Collector, y: float, width: float) -> float:
        """Draws them from `y` downwards; returns where they end."""
        for row in map(_shared, _rows(self.panels, width)):
            name = y + OVER
            line = name + UNDER_NAME + max(panel.high for panel in row)
            x = s.MARGIN
            for panel in row:
                panel.draw(collector, x, name, line)
                x += panel.wide + APART
            y += _height(row)
        return y


def _rows(panels: Sequence[Panel], room: float) -> list[list[Panel]]:
    taken = iter(panels)
    counts = filled([panel.wide for panel in panels], APART, room - 2 * s.MARGIN + 1e-6)
    return [[*islice(taken, count)] for count in counts]


def _height(row: Sequence[Panel]) -> float:
    """What a row takes from what stands above it."""
    high = max(panel.high for panel in row)
    deep = max(panel.deep + (0.0 if panel.beside else panel.rows) for panel in row)
    beside = max((high - panel.high + panel.rows for panel in row if panel.beside), default=0.0)
    return OVER + UNDER_NAME + max(high + deep, beside)


def _shared(row: Sequence[Panel]) -> list[Panel]:
    """A row whose boxes that differ by little have the same top and bottom, so that their tables stand alike."""
    found = [*row]
    for places in alike([sum(panel.box) for panel in row]):
        top, bottom = (max(row[place].box[side] for place in places) for side in (0, 1))
        deep = max(bottom, *(row[place].deep for place in places))
        for place in places:
            found[place] = row[place].sharing(top, bottom, deep)
    return found
