"""A chart as a Scene: axes with named values, marks told apart by shape and colour, labels, a key and a caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import text
from ..layout.wrap import balanced
from ..page import UNITS, Width
from ..scene.compose import length
from ..scene.model import Ellipse, Group, Item, Paint, Path, Rectangle, Scene, Text
from ..scene.paths import number
from ..themes.model import Theme
from .labels import Area, Board, Placed, nearest, place
from .model import Chart, Point, Series
from .scale import scale, value_text

# In D.
MARGIN = 0.4
MARK = 0.17
"""Half of the width of a point's mark."""
LABEL_AIR = 0.09
ABOVE_AXIS = 0.42
"""From the plot's top to the baseline of the name of the upright axis."""
TICK = 0.12
TICK_GAP = 0.14
LINE = 0.56
KEY_GAP = 0.7
NATURAL, RATIO, LEAST = 24.0, 0.62, 8.0
"""A chart's width where none is asked, its height by its width, and the least height."""
SHAPES = ("disc", "square", "triangle", "diamond")
HUES = ("conv", "linear", "conv.transposed", "softmax", "pool", "concat", "mul", "add")
"""The categories whose cores colour the series, one after the other."""


def draw(chart: Chart, theme: Theme, page: Width, language: str = "en") -> Scene:
    """The chart on a page of that width; its texts are as large as those of a network's figure there."""
    width = NATURAL * page.d if page.drawn is None else page.drawn
    height = max(RATIO * width, LEAST * page.d)
    artist = _Artist(chart, theme, page.d, width, height)
    items = tuple(artist.items())
    physical = [length(size / UNITS[page.unit].scale, page.unit) for size in (width, height)]
    meta = (("chart", chart.to_dict()), ("theme", theme.name))
    ground = theme.colors.page
    return Scene(
        width, height, (physical[0], physical[1]), ground, items, chart.title, chart.description, language, meta
    )


class _Artist:
    """The plot's place is settled first, from the widths of what stands around it."""

    def __init__(self, chart: Chart, theme: Theme, d: float, width: float, height: float) -> None:
        self.chart, self.theme, self.d, self.width, self.height = chart, theme, d, width, height
        self.colors = theme.colors
        self.base, self.small, self.large = (
            size * d for size in (theme.font.base, theme.font.caption, theme.font.title)
        )
        self.x = scale(chart.x, [point.x for point in chart.points])
        self.y = scale(chart.y, [point.y for point in chart.points])
        margin = MARGIN * d
        self.title = balanced(chart.title, width - 2 * margin, lambda line: text.width(line, self.large, 600))
        self.caption = balanced(chart.caption, width - 2 * margin, lambda line: text.width(line, self.small, 400))
        self.keys = list(self._keys()) if len(chart.series) > 1 else []
        names = max(text.width(value_text(tick), self.small, 400) for tick in self.y.ticks)
        top = margin + len(self.title) * LINE * 1.2 * d + (ABOVE_AXIS + 0.5) * d
        rows = 1 + max((row for row, *_ in self.keys), default=-1)
        below = (TICK + TICK_GAP + 0.95) * d + (rows + len(self.caption)) * LINE * d + 0.2 * d * bool(rows)
        self.plot = Area(margin + names + (TICK + TICK_GAP) * d, top, width - margin, height - margin - below)

    def at(self, point: Point) -> tuple[float, float]:
        plot = self.plot
        return (
            plot.left + self.x.at(point.x) * (plot.right - plot.left),
            plot.bottom - self.y.at(point.y) * (plot.bottom - plot.top),
        )

    def items(self) -> Iterator[Item]:
        """From what lies lowest to what lies highest."""
        yield from self._axes()
        for number_, series in enumerate(self.chart.series):
            if series.joined and len(series.points) > 1:
                yield self._line(number_, series)
        yield from self._points()
        yield from self._words()

    def _text(
        self, x: float, y: float, words: str, role: str, anchor: str = "start", muted: bool = True, weight: int = 400
    ) -> Text:  # fmt: skip
        size = {"title": self.large, "label": self.base}.get(role, self.small)
        color = self.colors.muted if muted else self.colors.text
        return Text(x, y, words, size, weight, anchor, color, role)  # type: ignore[arg-type]

    def _axes(self) -> Iterator[Item]:
        """Both axes, faint lines at the named values, and their names at their ends."""
        plot, d = self.plot, self.d
        line = self.theme.strokes.structure * d
        faint, strong = Paint("", self.colors.edge, line / 2), Paint("", self.colors.line, line)
        grid, marks, names = [], [], []
        for tick in self.x.ticks:
            x = plot.left + self.x.at(tick) * (plot.right - plot.left)
            grid.append(f"M{number(x)} {number(plot.top)}V{number(plot.bottom)}")
            marks.append(f"M{number(x)} {number(plot.bottom)}V{number(plot.bottom + TICK * d)}")
            y = plot.bottom + (TICK + TICK_GAP) * d + 0.72 * self.small
            names.append(self._text(x, y, value_text(tick), "tick", "middle"))
        for tick in self.y.ticks:
            y = plot.bottom - self.y.at(tick) * (plot.bottom - plot.top)
            grid.append(f"M{number(plot.left)} {number(y)}H{number(plot.right)}")
            marks.append(f"M{number(plot.left - TICK * d)} {number(y)}H{number(plot.left)}")
            x = plot.left - (TICK + TICK_GAP) * d
            names.append(self._text(x, y + 0.34 * self.small, value_text(tick), "tick", "end"))
        yield Path("".join(grid), faint, "grid")
        frame = f"M{number(plot.left)} {number(plot.top)}V{number(plot.bottom)}H{number(plot.right)}"
        yield Path(frame + "".join(marks), strong, "axis")
        yield from names
        yield self._text(MARGIN * d, plot.top - ABOVE_AXIS * d, self.chart.y.name, "axis", muted=False, weight=600)
        low = plot.bottom + (TICK + TICK_GAP + 0.62) * d + 0.72 * self.small
        yield self._text(plot.right, low, self.chart.x.name, "axis", "end", muted=False, weight=600)

    def _line(self, number_: int, series: Series) -> Path:
        steps = [f"{number(x)} {number(y)}" for x, y in map(self.at, series.points)]
        paint = Paint("", self.hue(number_), self.theme.strokes.flow * self.d)
        return Path(f"M{'L'.join(steps)}", paint, "series", (("name", series.name),), round=True)

    def hue(self, number_: int) -> str:
        return self.theme.look(HUES[number_ % len(HUES)]).core

    def _points(self) -> Iterator[Item]:
        """Marks with their labels, each a group that says what it stands for."""
        named = [(number_, point) for number_, series in enumerate(self.chart.series) for point in series.points]
        for (number_, point), placed in zip(named, self._placed(named), strict=True):
            x, y = self.at(point)
            items: list[Item] = []
            area = placed.area
            if placed.far:
                to_x, to_y = nearest(area, x, y)
                d = f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}"
                items.append(Path(d, Paint("", self.colors.muted, self.theme.strokes.structure * self.d / 2)))
            items.append(self._mark(number_, x, y, MARK * self.d))
            # The faint lines of the grid give way.
            ground = Rectangle(
                area.left, area.top, area.right - area.left, area.bottom - area.top, 0.0, Paint(self.colors.page)
            )
            items.insert(0, ground)
            baseline = area.bottom - 0.24 * self.base
            items.append(self._text(area.left, baseline, point.label, "label", muted=False))
            data = (("id", point.id), ("x", f"{point.x:g}"), ("y", f"{point.y:g}"))
            yield Group("point", data, tuple(items))

    def _placed(self, named: Sequence[tuple[int, Point]]) -> list[Placed]:
        lines = [
            (self.at(one), self.at(other))
            for series in self.chart.series
            if series.joined
            for one, other in zip(series.points, series.points[1:], strict=False)
        ]
        points = [self.at(point) for _, point in named]
        inside = self.plot.grown(-0.04 * self.d)._replace(right=self.width - 0.1 * self.d)
        board = Board(inside, lines, points, MARK * self.d)
        sizes = [(text.width(point.label, self.base, 400), 1.05 * self.base) for _, point in named]
        return place(board, points, sizes, LABEL_AIR * self.d)

    def _mark(self, number_: int, x: float, y: float, r: float) -> Item:
        paint = Paint(self.hue(number_), self.colors.page, self.theme.strokes.structure * self.d)
        shape = SHAPES[number_ % len(SHAPES)]
        if shape == "disc":
            return Ellipse(x, y, r, r, paint)
        if shape == "square":
            side = r * 0.89
            return Rectangle(x - side, y - side, 2 * side, 2 * side, 0.0, paint)
        if shape == "triangle":
            corners = [(0.0, -1.2), (1.1, 0.85), (-1.1, 0.85)]
        else:
            corners = [(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]
        steps = [f"{number(x + a * r)} {number(y + b * r)}" for a, b in corners]
        return Path(f"M{'L'.join(steps)}Z", paint)

    def _keys(self) -> Iterator[tuple[int, float, int, str]]:
        """The key: the row of each series, its x, its number, and its name."""
        margin = MARGIN * self.d
        row, x = 0, margin
        for number_, series in enumerate(self.chart.series):
            wide = 3 * MARK * self.d + text.width(series.name, self.small, 400)
            if x > margin and x + wide > self.width - margin:
                row, x = row + 1, margin
            yield row, x, number_, series.name
            x += wide + KEY_GAP * self.d

    def _words(self) -> Iterator[Item]:
        """Title above, key and caption below."""
        d, margin = self.d, MARGIN * self.d
        for row, line in enumerate(self.title):
            y = margin + 0.8 * self.large + row * LINE * 1.2 * d
            yield self._text(margin, y, line, "title", muted=False, weight=600)
        y = (
            self.height
            - margin
            - LINE * d * (len(self.caption) + max((row for row, *_ in self.keys), default=-1))
            - 0.1 * d
        )
        for row, x, number_, name in self.keys:
            middle = y + row * LINE * d - 0.1 * d * bool(self.caption)
            mark = self._mark(number_, x + MARK * d, middle - 0.34 * self.small, MARK * d)
            yield Group("legend", (), (mark, self._text(x + 3 * MARK * d, middle, name, "legend")))
        for row, line in enumerate(reversed(self.caption)):
            yield self._text(margin, self.height - margin - row * LINE * d, line, "caption")
