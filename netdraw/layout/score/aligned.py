"""Several lines with their cells in common columns: the layout of comparisons. In D.

Each line is laid out by itself, then moved into the columns; what is wider than the page is broken into systems.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate
from math import inf

from ...diagram.model import Diagram, Edge, Line, by_key
from ...styles.base import Metrics
from .. import headfoot
from .. import sizes as s
from ..base import Page, Placement, TooNarrow
from ..collector import Collector
from ..sizes import Ruler
from ..strip.rows import TooWide, row_of
from ..strip.strip import LineStrip, RowDrawer, common_of, line_strip, row_drawer
from .columns import Columns, free, value
from .systems import systems

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
    room = page.room(metrics.d)
    try:
        score = Score(diagram, ruler, room, broad)
    except TooWide as fault:
        raise TooNarrow(max(fault.least, headfoot.unbroken(diagram, ruler)) * metrics.d) from None
    width = max(score.systems.width, headfoot.least(diagram, ruler, room))
    collector = Collector(metrics.d)
    y = headfoot.header(collector, diagram.words, ruler, width, inf)
    y = score.draw(collector, y, width)
    return headfoot.finished(collector, diagram, ruler, width, y)._replace(rows=len(score.systems.firsts))


class Score:
    """All lines, with their names to the left and their totals to the right."""

    def __init__(self, diagram: Diagram, ruler: Ruler, room: float, broad: float) -> None:
        self.diagram, self.ruler, self.lines = diagram, ruler, diagram.lines
        self.strips = _strips(diagram, ruler)
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
        self.systems = systems(self.columns, self.left, right, room * broad, balanced=broad > 1)

    def draw(self, collector: Collector, y: float, width: float) -> float:
        """Draws system after system from `y` downwards; returns where they end."""
        common = common_of(self.diagram, width, self.left - s.BEGIN)
        by_line = zip(self.strips, self.systems.rows, self.systems.shifts, strict=True)
        drawers = [row_drawer(strip, rows, by, common) for strip, rows, by in by_line]
        ys: list[list[float]] = [[] for _ in drawers]
        """By line, where its rows stand."""
        owners = self.systems.owners
        for system in range(len(self.systems.firsts)):
            y += SYSTEM_GAP if system else 0.0
            ends = [number for number, owned in enumerate(owners) if owned[-1] == system]
            for number, drawer in enumerate(drawers):
                first = number in ends[:1] and bool(self.diagram.words.heads)
                y += UNDER_NAME * first
                if system in owners[number]:
                    place = len(ys[number])
                    at = drawer.row(collector, place, y + (LINE_GAP if number else 0.0))
                    ys[number].append(at)
                    self._name(collector, number, at, not place)
                    y = at + drawer.across[place].band.end
                    if gone := len(self.lines[number].gone):
                        y = max(y, at + UNDER_NAME + s.LINE * gone + s.DESCENT)
                if number in ends:
                    self._totals(collector, number, ys[number][-1], system, first)
        for number, drawer in enumerate(drawers):
            drawer.finish(collector, ys[number])
            self._values(collector, number, drawer, ys[number])
        return y

    def _name(self, collector: Collector, number: int, y: float, first: bool) -> None:
        """The name of a line, with its note where it begins, and what it has not of the line above.

        Where another line has the same name the note stands in every system: it tells them apart.
        """
        line, ruler = self.lines[number], self.ruler
        id = line.cells[0].id
        noted = line.note != "" and (first or self.names[line.name] > 1)
        collector.write(id, "kind", line.name, s.MARGIN, y + MIDDLE * (not noted), "start", ruler.base, weight=600)
        if noted:
            collector.write(id, "kind", line.note, s.MARGIN, y + UNDER_NAME, "start", ruler.caption)
        for place, text in enumerate(line.gone if first else (), 1):
            wide, at = ruler.strong(text, ruler.caption), y + UNDER_NAME + s.LINE * place
            collector.write(id, "kind", text, s.MARGIN, at, "start", ruler.caption, underline=wide)

    def _totals(self, collector: Collector, number: int, y: float, system: int, headed: bool) -> None:
        """The totals of a line where it ends, behind the last of those that end in that system."""
        line, ruler, first = self.lines[number], self.ruler, self.systems.ends[system] + TOTAL_GAP
        rights = [first + x for x in accumulate(self.totals, lambda a, b: a + TOTAL_GAP + b)]
        id, heads = line.cells[0].id, self.diagram.words.heads if headed else ()
        for x, text in zip(rights, heads, strict=False):
            collector.write("", "head", text, x, y - OVER_TOTAL, "end", ruler.caption)
        for x, text in zip(rights, line.totals, strict=False):
            collector.write(id, "table", text, x, y + MIDDLE, "end", ruler.base)
        for x, text in zip(rights, line.deltas, strict=False):
            collector.write(id, "head", text, x, y + UNDER_TOTAL, "end", ruler.caption)

    def _values(self, collector: Collector, number: int, drawer: RowDrawer, ys: list[float]) -> None:
        """What is said of the values, in the middle of the free line before each cell."""
        grid = drawer.grid
        for place in range(len(grid.x) - 1):
            row = row_of(drawer.rows, place + 1)
            if edge := grid.order.flows.get(place):
                self._missing(collector, edge, self.systems.owners[number][row], ys[row])
            said = value(grid, place)
            if not said or not said.text:
                continue
            wide = self.columns.said(said)
            begin, end = free(grid, place, wide)
            begin = begin if place >= drawer.rows[row].first else self.left
            id, x, under = said.target if isinstance(said, Edge) else said.start, (begin + end) / 2, wide * said.marked
            collector.write(
                id, "width", said.text, x, ys[row] - OVER_LINE, "middle", self.ruler.caption, underline=under
            )

    def _missing(self, collector: Collector, edge: Edge, system: int, y: float) -> None:
        """What the line above has between two cells, in its columns, under a row whose line is at `y`."""
        by, y, size = self.systems.offsets[system], y + (s.RADIUS + s.UNDER_CELL), self.ruler.base
        for column, text in edge.missing:
            wide, x = self.ruler.strong(text, size), self.columns.at[column] + by
            collector.write(edge.target, "label", text, x, y, "middle", size, underline=wide)


def _strips(diagram: Diagram, ruler: Ruler) -> list[LineStrip]:
    """The lines, where in each column all bars have room, or none has: the half that has decides."""
    strips = [line_strip(line, diagram, ruler, first=not number) for number, line in enumerate(diagram.lines)]
    bars = [(strip.grid, place) for strip in strips for place in strip.grid.order.bars]
    votes = by_key((grid.order.cells[place].column, place in grid.bars) for grid, place in bars)
    split = {at: 2 * sum(votes) >= len(votes) for at, votes in votes.items() if at != -1 and len({*votes}) > 1}
    lines = [_barred(strip, split) for strip in strips]
    return [
        strip if line is strip.line else line_strip(line, diagram, ruler, first=not number)
        for number, (line, strip) in enumerate(zip(lines, strips, strict=True))
    ]


def _barred(strip: LineStrip, split: Mapping[int, bool]) -> Line:
    """A line with the bars that it keeps, whether there is room or not; as it was where none has to come or to go."""
    line, columns = strip.line, {cell.id: cell.column for cell in strip.line.cells}
    order, has = strip.grid.order, strip.grid.bars
    if all(split.get(order.cells[place].column, place in has) == (place in has) for place in order.bars):
        return line
    kept = [bar for bar in line.bars if split.get(columns[bar.cell], True)]
    kept = [bar._replace(needed=bar.needed or split.get(columns[bar.cell], False)) for bar in kept]
    return line._replace(bars=tuple(kept))
