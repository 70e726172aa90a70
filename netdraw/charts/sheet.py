"""The measures of a chart before it is drawn: its texts' sizes, what stands around the plot, and where the plot is."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.records import NamedTuple
from ..figure.canvas import Canvas
from ..figure.medium import Medium
from ..layout.wrap import balanced
from .geometry import Area
from .model import Axis, Chart
from .scale import AxisScale, scale, value_text

# In D.
MARGIN = 0.4
MARK = 0.17
"""Half of the width of a point's mark."""
ABOVE_AXIS = 0.42
"""From the plot's top to the baseline of the name of the upright axis."""
TICK = 0.12
TICK_GAP = 0.14
LINE = 0.56
KEY_GAP = 0.7
LEAST = 8.0
"""The least height of a chart."""
NARROWEST = 4.0
"""A plot is no narrower."""
SPARED = 3
"""So many lines of key and caption does a chart's height hold; it grows by those beyond."""


class KeyEntry(NamedTuple):
    """One entry below the plot: its row and x, the number of its series, and its words."""

    row: int
    x: float
    series: int
    words: str


class Sheet(Canvas):
    """A chart at a width: everything but the height and the labels' places is settled."""

    def __init__(self, chart: Chart, medium: Medium, wide: float) -> None:
        super().__init__(medium, MARGIN)
        self.chart, self.wide = chart, wide
        self.x = scale(chart.x, [point.x for point in chart.points])
        self.y = scale(chart.y, [point.y for point in chart.points])
        self.x_name, self.y_name = self._named(chart.x, self.x), self._named(chart.y, self.y)
        self.room = wide - 2 * self.margin
        self.title = balanced(chart.title, self.room, lambda line: self.width(line, self.large, 600))
        self.caption = balanced(chart.caption, self.room, self.small_width)
        # The plot, the names of its axes and the entries of the key need room.
        names = [self.width(name, self.small, 600) for name in (self.x_name, self.y_name)]
        names += [self._entry(one.name) for one in chart.series if len(chart.series) > 1]
        least = max([self.left() + NARROWEST * self.d, *(2 * self.margin + name for name in names)]) + self.margin
        self.check_width(least, wide)

    def _named(self, axis: Axis, scale: AxisScale) -> str:
        return self.words.say("chart.log", axis=axis.name) if scale.log else axis.name

    def left(self) -> float:
        """Where the plot begins, behind the values on its upright axis."""
        names = max(self.small_width(value_text(tick)) for tick in self.y.ticks)
        return self.margin + names + (TICK + TICK_GAP) * self.d

    def small_width(self, words: str) -> float:
        return self.width(words, self.small)

    def plot(self, keys: Sequence[KeyEntry], ratio: float) -> tuple[Area, float]:
        """Where the plot is, and the chart's height: `ratio` of its width, and more where much stands below."""
        d, margin = self.d, self.margin
        rows = rows_of(keys)
        lines = rows + len(self.caption)
        height = max(ratio * self.wide, LEAST * d) + max(0, lines - SPARED) * LINE * d
        top = margin + len(self.title) * LINE * 1.2 * d + (ABOVE_AXIS + 0.5) * d
        below = (TICK + TICK_GAP + 0.95) * d + lines * LINE * d + 0.2 * d * bool(rows)
        return Area(self.left(), top, self.wide - margin, height - margin - below), height

    def series_keys(self) -> list[KeyEntry]:
        """An entry for each series, one after the other; none for one alone."""
        if len(self.chart.series) < 2:
            return []
        found, row, x = [], 0, self.margin
        for number, series in enumerate(self.chart.series):
            wide = self._entry(series.name)
            if x > self.margin and x + wide > self.wide - self.margin:
                row, x = row + 1, self.margin
            found.append(KeyEntry(row, x, number, series.name))
            x += wide + KEY_GAP * self.d
        return found

    def point_keys(self, labels: Sequence[str]) -> list[KeyEntry]:
        """An entry for each point that has a number, in columns, from top to bottom."""
        points = [(number, point) for number, series in enumerate(self.chart.series) for point in series.points]
        shown = [(*one, label) for one, label in zip(points, labels, strict=True) if label]
        alike = len(shown) > len({point.label for _, point, _ in shown})
        entries = [
            (number, f"{label} {f'{self.chart.series[number].name} · ' if alike else ''}{point.label}")
            for number, point, label in shown
        ]
        column = max((self._entry(words) for _, words in entries), default=0.0) + KEY_GAP * self.d
        columns = max(1, int((self.room + KEY_GAP * self.d) // column))
        rows = -(-len(entries) // columns)
        return [
            KeyEntry(place % rows, self.margin + place // rows * column, number, words)
            for place, (number, words) in enumerate(entries)
        ]

    def _entry(self, words: str) -> float:
        return 3 * MARK * self.d + self.small_width(words)


def rows_of(keys: Sequence[KeyEntry]) -> int:
    return 1 + max((key.row for key in keys), default=-1)


def across(plot: Area, x: AxisScale, value: float) -> float:
    """Where a value of the level axis is."""
    return plot.left + x.at(value) * (plot.right - plot.left)


def upwards(plot: Area, y: AxisScale, value: float) -> float:
    """Where a value of the upright axis is."""
    return plot.bottom - y.at(value) * (plot.bottom - plot.top)
