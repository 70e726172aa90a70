"""The measures of a chart before it is drawn: its texts' sizes, what stands around the plot, and where the plot is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.records import NamedTuple
from ..diagram.said.glossary import glossary
from ..figure.medium import Medium
from ..layout.wrap import balanced
from .geometry import Area
from .model import Axis, Chart, Point
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


class Sheet:
    """A chart at a width: everything but the height and the labels' places is settled."""

    def __init__(self, chart: Chart, medium: Medium, width: float) -> None:
        self.chart, self.medium, self.width = chart, medium, width
        self.theme, self.d = medium.theme, medium.d
        self.base, self.small, self.large = (
            size * self.d for size in (self.theme.font.base, self.theme.font.caption, self.theme.font.title)
        )
        self.x = scale(chart.x, [point.x for point in chart.points])
        self.y = scale(chart.y, [point.y for point in chart.points])
        self.x_name, self.y_name = self._named(chart.x, self.x), self._named(chart.y, self.y)
        self.margin = MARGIN * self.d
        self.room = width - 2 * self.margin
        self.title = balanced(chart.title, self.room, lambda line: medium.width(line, self.large, 600))
        self.caption = balanced(chart.caption, self.room, self.small_width)
        self._check()

    def _named(self, axis: Axis, scale: AxisScale) -> str:
        return glossary(self.medium.language).say("chart.log", axis=axis.name) if scale.log else axis.name

    def _check(self) -> None:
        """Raises OptionError where the plot, the names of its axes or an entry of the key have no room."""
        names = [self.medium.width(name, self.small, 600) for name in (self.x_name, self.y_name)]
        names += [self._entry(one.name) for one in self.chart.series if len(self.chart.series) > 1]
        least = max([self.left() + NARROWEST * self.d, *(2 * self.margin + name for name in names)]) + self.margin
        if self.width < least:
            raise self.medium.too_narrow(least)

    def left(self) -> float:
        """Where the plot begins, behind the values on its upright axis."""
        names = max(self.small_width(value_text(tick)) for tick in self.y.ticks)
        return self.margin + names + (TICK + TICK_GAP) * self.d

    def small_width(self, words: str) -> float:
        return self.medium.width(words, self.small)

    def plot(self, keys: Sequence[KeyEntry], ratio: float) -> tuple[Area, float]:
        """Where the plot is, and the chart's height: `ratio` of its width, and more where much stands below."""
        d, margin = self.d, self.margin
        rows = rows_of(keys)
        lines = rows + len(self.caption)
        height = max(ratio * self.width, LEAST * d) + max(0, lines - SPARED) * LINE * d
        top = margin + len(self.title) * LINE * 1.2 * d + (ABOVE_AXIS + 0.5) * d
        below = (TICK + TICK_GAP + 0.95) * d + lines * LINE * d + 0.2 * d * bool(rows)
        return Area(self.left(), top, self.width - margin, height - margin - below), height

    def series_keys(self) -> list[KeyEntry]:
        """An entry for each series, one after the other; none for one alone."""
        if len(self.chart.series) < 2:
            return []
        found, row, x = [], 0, self.margin
        for number, series in enumerate(self.chart.series):
            wide = self._entry(series.name)
            if x > self.margin and x + wide > self.width - self.margin:
                row, x = row + 1, self.margin
            found.append(KeyEntry(row, x, number, series.name))
            x += wide + KEY_GAP * self.d
        return found

    def point_keys(self, labels: Sequence[str]) -> list[KeyEntry]:
        """An entry for each point that has a number, in columns, from top to bottom."""
        entries = list(self._numbered(labels))
        column = max((self._entry(words) for _, words in entries), default=0.0) + KEY_GAP * self.d
        columns = max(1, int((self.room + KEY_GAP * self.d) // column))
        rows = -(-len(entries) // columns)
        return [
            KeyEntry(place % rows, self.margin + place // rows * column, number, words)
            for place, (number, words) in enumerate(entries)
        ]

    def _numbered(self, labels: Sequence[str]) -> Iterator[tuple[int, str]]:
        points = [(number, point) for number, series in enumerate(self.chart.series) for point in series.points]
        said = [point.label for (_, point), label in zip(points, labels, strict=True) if label]
        alike = len(said) > len(set(said))
        for (number, point), label in zip(points, labels, strict=True):
            if label:
                series = f"{self.chart.series[number].name} · " if alike else ""
                yield number, f"{label} {series}{point.label}"

    def _entry(self, words: str) -> float:
        return 3 * MARK * self.d + self.small_width(words)


def rows_of(keys: Sequence[KeyEntry]) -> int:
    return 1 + max((key.row for key in keys), default=-1)


def at(plot: Area, x: AxisScale, y: AxisScale, point: Point) -> tuple[float, float]:
    """Where a point is."""
    return (
        plot.left + x.at(point.x) * (plot.right - plot.left),
        plot.bottom - y.at(point.y) * (plot.bottom - plot.top),
    )
