"""A chart as a Scene: axes with named values, marks told apart by shape and colour, labels, a key and a caption."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..figure.medium import Medium
from ..scene.model import Scene
from ..type.paths import closed, joined, polyline
from ..type.primitives import Anchor, Ellipse, Group, Item, Paint, Path, Rectangle, Step, Text, ratio
from .model import Chart
from .occupied import PlacedLabel
from .plan import Plan, plan
from .scale import value_text
from .sheet import ABOVE_AXIS, LINE, MARK, TICK, TICK_GAP, Sheet, across, rows_of, upwards

NATURAL = 24.0
"""A chart's width in D where none is asked."""
SEEN = 3.0
"""The contrast of graphics with the page that WCAG 2 asks for."""
CAPITAL = 0.34
"""Half of the height of a capital, by the size of its text."""
SHAPES = ("disc", "square", "triangle", "diamond")
CORNERS = {
    "triangle": ((0.0, -1.2), (1.1, 0.85), (-1.1, 0.85)),
    "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
}
"""By half of a mark."""
HUES = ("conv", "linear", "conv.transposed", "softmax", "pool", "concat", "mul", "add")
"""The categories whose cores colour the series, one after the other."""


def draw(chart: Chart, medium: Medium) -> Scene:
    """The chart on a page of that width; its texts are as large as those of a network's figure there."""
    sheet = Sheet(chart, medium, medium.page.drawn or NATURAL * medium.d)
    found = plan(sheet)
    sheet.items += _ChartDrawer(sheet, found).items()
    return sheet.scene(sheet.wide, found.height, chart.title, chart.description, {"chart": chart.to_dict()})


class _ChartDrawer:
    """Draws what is planned."""

    def __init__(self, sheet: Sheet, found: Plan) -> None:
        self.sheet, self.plan, self.chart, self.d = sheet, found, sheet.chart, sheet.d
        self.colors, self.base, self.small = sheet.colors, sheet.base, sheet.small

    def items(self) -> Iterator[Item]:
        """From what lies lowest to what lies highest."""
        yield from self._axes()
        points = iter(self.plan.points)
        for number_, series in enumerate(self.chart.series):
            own = [*islice(points, len(series.points))]
            if series.joined and len(own) > 1:
                paint = Paint("", self.hue(number_), self.sheet.theme.strokes.flow * self.d)
                yield Path(joined(own), paint, "series", (("name", series.name),), round=True)
        yield from self._points()
        yield from self._words()

    def _text(
        self, x: float, y: float, words: str, role: str, anchor: Anchor = "start", muted: bool = True, weight: int = 400
    ) -> Text:  # fmt: skip
        size = {"title": self.sheet.large, "label": self.base}.get(role, self.small)
        color = self.colors.muted if muted else ""
        return self.sheet.text(x, y, words, size, role, weight=weight, anchor=anchor, color=color)

    def _axes(self) -> Iterator[Item]:
        """Both axes, faint lines at the named values, and their names at their ends."""
        plot, d, sheet = self.plan.plot, self.d, self.sheet
        faint, strong = Paint("", self.colors.edge, sheet.line / 2), Paint("", self.colors.line, sheet.line)
        grid: list[Step] = []
        marks: list[Step] = []
        names = []
        for tick in sheet.x.ticks:
            x = across(plot, sheet.x, tick)
            grid += polyline(((x, plot.top), (x, plot.bottom)))
            marks += polyline(((x, plot.bottom), (x, plot.bottom + TICK * d)))
            y = plot.bottom + (TICK + TICK_GAP) * d + 0.72 * self.small
            half = sheet.small_width(value_text(tick)) / 2
            x = min(max(x, half), sheet.wide - half)  # one at the end stays on the page
            names.append(self._text(x, y, value_text(tick), "tick", "middle"))
        for tick in sheet.y.ticks:
            y = upwards(plot, sheet.y, tick)
            grid += polyline(((plot.left, y), (plot.right, y)))
            marks += polyline(((plot.left - TICK * d, y), (plot.left, y)))
            x = plot.left - (TICK + TICK_GAP) * d
            names.append(self._text(x, y + CAPITAL * self.small, value_text(tick), "tick", "end"))
        yield Path(tuple(grid), faint, "grid")
        frame = polyline(((plot.left, plot.top), (plot.left, plot.bottom), (plot.right, plot.bottom)))
        yield Path((*frame, *marks), strong, "axis")
        yield from names
        yield self._text(sheet.margin, plot.top - ABOVE_AXIS * d, sheet.y_name, "axis", muted=False, weight=600)
        low = plot.bottom + (TICK + TICK_GAP + 0.62) * d + 0.72 * self.small
        yield self._text(plot.right, low, sheet.x_name, "axis", "end", muted=False, weight=600)

    def hue(self, number_: int) -> str:
        """The core's colour, or the ring's where that is seen better: a core stands in its ring, a mark on the page.

        Once every mark had one, the hues go on with the next, so that no mark comes back in the same hue.
        """
        turn = number_ + number_ // (2 * len(SHAPES))
        look, page = self.sheet.theme.look(HUES[turn % len(HUES)]), self.colors.page
        return look.core if ratio(look.core, page) >= SEEN else max(look.core, look.ring, key=lambda c: ratio(c, page))

    def _points(self) -> Iterator[Item]:
        """Marks with their labels, each a group that says what it stands for."""
        named = [(number_, point) for number_, series in enumerate(self.chart.series) for point in series.points]
        places = zip(named, self.plan.points, self.plan.labels, self.plan.places, strict=True)
        for (number_, point), (x, y), label, placed in places:
            mark = self._mark(number_, x, y, MARK * self.d)
            items = self._labelled(label, placed, mark) if placed else (mark,)
            yield Group("point", (("id", point.id), ("x", f"{point.x:g}"), ("y", f"{point.y:g}")), items)

    def _labelled(self, label: str, placed: PlacedLabel, mark: Item) -> tuple[Item, ...]:
        """A mark with its label, under which the faint lines of the grid give way, and its leader."""
        area = placed.area
        size = (area.right - area.left, area.bottom - area.top)
        items: list[Item] = [self.sheet.box(area.left, area.top, *size, self.colors.page)]
        if placed.leader:
            paint = Paint("", self.colors.muted, self.sheet.line / 2)
            items.append(Path(joined(placed.leader), paint, "leader"))
        baseline = area.middle + CAPITAL * self.base
        return (*items, mark, self._text(area.left, baseline, label, "label", muted=False))

    def _mark(self, number_: int, x: float, y: float, r: float) -> Item:
        """Series are told apart by shape, then by whether it is filled, then by hue."""
        line, hue = self.sheet.line, self.hue(number_)
        shape, hollow = SHAPES[number_ % len(SHAPES)], number_ // len(SHAPES) % 2
        paint = Paint(self.colors.page, hue, 2 * line) if hollow else Paint(hue, self.colors.page, line)
        if shape == "disc":
            return Ellipse(cx=x, cy=y, rx=r, ry=r, paint=paint)
        if shape == "square":
            side = r * 0.89
            return Rectangle(x=x - side, y=y - side, width=2 * side, height=2 * side, radius=0.0, paint=paint)
        return Path(closed([(x + a * r, y + b * r) for a, b in CORNERS[shape]]), paint)

    def _words(self) -> Iterator[Item]:
        """Title above, key and caption below."""
        d, margin, caption = self.d, self.sheet.margin, self.sheet.caption
        for row, line in enumerate(self.sheet.title):
            y = margin + 0.8 * self.sheet.large + row * LINE * 1.2 * d
            yield self._text(margin, y, line, "title", muted=False, weight=600)
        low = self.plan.height - margin
        y = low - LINE * d * (len(caption) + rows_of(self.plan.keys) - 1) - 0.1 * d - 0.1 * d * bool(caption)
        for row, x, number_, name in self.plan.keys:
            middle = y + row * LINE * d
            mark = self._mark(number_, x + MARK * d, middle - CAPITAL * self.small, MARK * d)
            yield Group("legend", (), (mark, self._text(x + 3 * MARK * d, middle, name, "legend")))
        for row, line in enumerate(reversed(caption)):
            yield self._text(margin, low - row * LINE * d, line, "caption")
