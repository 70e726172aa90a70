"""The layout `stack`: the strip turned, so that the line runs downwards and its rows are columns.

The strip is laid out as ever, along and across its line. What is turned is what a text takes: along the line its lines,
across it its width; and what a silhouette takes. On the page along becomes down, and across to the right: labels,
bars and brackets stand at the right, arcs and lanes at the left. Texts and silhouettes keep upright. All in D.
"""

from __future__ import annotations

from math import inf
from typing import TypeVar

from ..diagram.model import Cell, Diagram
from ..styles.base import Extent, Metrics, Side
from ..type.primitives import Anchor
from . import headfoot
from . import sizes as s
from .base import LAYOUTS, Page, PlacedTag, Placement, Point, Rect, Role, TooNarrow
from .collector import Collector
from .sizes import Ruler
from .strip.lanes import most_open
from .strip.rows import Breaks, Row, TooWide, split
from .strip.strip import common_of, draw_all, line_strips, open_panels

BESIDE = 0.14
"""From a cell, the ground of a bar or a bracket to the text at its right."""
CAPITAL = 0.68
"""The height of a capital, by its size."""
FRAME = 2.0
"""What stands around the columns takes at least."""
TURNED: dict[Side, Side] = {"left": "top", "right": "bottom", "top": "left", "bottom": "right"}
"""By side of the strip, what it is here."""
TRIES = 5
"""How often the size and the height of the columns are taken anew, when what stands around them turns out higher."""


class TurnedRuler(Ruler):
    """What texts and cells take where the line runs downwards."""

    def under(self, cell: Cell) -> tuple[str, ...]:
        """A closed block says how often it follows on itself first."""
        return (cell.times, *super().under(cell)) if cell.times else super().under(cell)

    def over(self, cell: Cell) -> str:
        return ""

    def rise(self, cell: Cell) -> float:
        return 0.0

    def lines(self, cell: Cell) -> list[float]:
        return [s.LINE * len(self.under(cell))] if any(self.under(cell)) else []

    def shapes(self, texts: tuple[str, ...]) -> list[float]:
        return [s.LINE * len(texts)] if texts else []

    def told(self, texts: tuple[str, ...]) -> float:
        return s.LINE * len(texts)

    def note(self, text: str) -> float:
        return s.LINE if text else 0.0

    def corner(self, text: str) -> float:
        return self.repeat * CAPITAL if text else 0.0

    def letter(self, text: str) -> float:
        return self.caption * CAPITAL if text else 0.0

    def lane_side(self, text: str) -> float:
        return max(s.LANE, self.strong(text, self.caption) + s.AIR) / 2

    def label_end(self, cell: Cell, line: int) -> float:
        widths = [self.metrics.width(text, size, 400) for _, text, size in self.sized(cell)]
        return self.reach(cell) + BESIDE + max(widths, default=0.0)

    def corner_end(self, text: str, beside: float, reach: float) -> float:
        return (beside or reach) + s.PADDING + self.strong(text, self.repeat)

    def note_height(self, text: str) -> float:
        return self.small(text)

    def said_height(self, texts: tuple[str, ...]) -> float:
        wide = max(map(self.small, texts), default=0.0)
        return s.OVER_SIDE + wide + s.AIR if wide else 0.0

    def shapes_height(self, texts: tuple[str, ...]) -> float:
        return BESIDE + max(map(self.small, texts), default=0.0)

    def told_height(self, texts: tuple[str, ...]) -> float:
        return BESIDE + max(map(self.small, texts))

    def _measured(self, cell: Cell, small: bool) -> Extent:
        return Extent(*reversed(super()._measured(cell, small)))

    def border(self, cell: Cell, side: Side, across: float = 0.0, headed: bool = False, small: bool = False) -> float:
        return super().border(cell, TURNED[side], across, headed, small)


class TurnedCollector(Collector):
    """Takes what a strip draws, its texts already turned; see `_paste`."""

    def label(self, cell: Cell, x: float, y: float, ruler: Ruler, reach: float) -> None:
        self.beside(cell.id, ruler.sized(cell), y + reach + BESIDE, x)

    def lines(self, id: str, role: Role, texts: tuple[str, ...], x: float, y: float, first: float, size: float) -> None:
        self.beside(id, [(role, text, size) for text in texts], y + BESIDE, x)

    def note(self, id: str, role: Role, text: str, x: float, y: float, size: float) -> None:
        self.write(id, role, text, y, x + size * s.BASELINE, "end", size)

    def corner(self, id: str, text: str, x: float, y: float, size: float, underline: float = 0.0) -> None:
        self.write(id, "repeat", text, y, x, "end", size, weight=600)

    def letter(self, id: str, text: str, x: float, y: float, anchor: Anchor, size: float) -> None:
        along = x + size * s.BASELINE * 2 if anchor == "start" else x
        self.write(id, "letter", text, y, along, "middle", size, weight=600)


def stack(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a diagram out downwards, in columns where the page's height is limited.

    What is wider than the page is drawn smaller, down to the page's least D; raises TooNarrow where that is not enough.
    """
    least = min(page.least or metrics.d, metrics.d) / metrics.d
    width, height = page.width or inf, page.height or inf
    shrink, spare = 1.0, 0.0
    for _ in range(TRIES):
        laid = _laid(diagram, metrics._replace(d=metrics.d * shrink), page, spare)
        over, excess = laid.width / width, laid.height - height
        if over <= 1.0 + 1e-9 and excess <= 1e-6:
            break
        shrink, spare = max(shrink / max(over, 1.0), least), spare + max(excess, 0.0) / (metrics.d * shrink)
    if laid.width > width + 1e-6:
        raise TooNarrow(laid.width * least / shrink)
    return laid


def _laid(diagram: Diagram, metrics: Metrics, page: Page, spare: float) -> Placement:
    """The figure at one size; `spare` is what its columns leave free of the height beside what is known to need it."""
    upright = Ruler(metrics)
    panels = open_panels(diagram, upright)
    columns, across, along, rows, lanes = _columns(diagram, metrics, page, spare)
    room = page.room(metrics.d)
    words = headfoot.least(diagram, upright, room), headfoot.unbroken(diagram, upright)
    width = max(*words, across + 2 * s.MARGIN)
    if panels:
        width = max(width, panels.least, panels.width(width if room == inf else max(width, room)))
    collector = Collector(metrics.d)
    y = headfoot.header(collector, diagram.words, upright, width, room) - s.MARGIN / 2
    _paste(collector, columns, (width - across) / 2, y)
    y += along - s.MARGIN
    if panels:
        y = panels.draw(collector, y, width)
    placed = headfoot.finished(collector, diagram, upright, width, y)
    return placed._replace(rows=rows, lanes=lanes)


def _columns(diagram: Diagram, metrics: Metrics, page: Page, spare: float) -> tuple[Collector, float, float, int, int]:
    """The lines of a diagram, turned, from (0, 0) on; what they take across and along; how many columns they are, and
    how many lanes run side by side.
    """
    strips = line_strips(diagram, TurnedRuler(metrics))
    room = (page.height or inf) / metrics.d - FRAME - spare
    rows = [_split(strip.breaks, room) for strip in strips]
    along = max([one.breaks.width(*row) for one, own in zip(strips, rows, strict=True) for row in own], default=0.0)
    collector = TurnedCollector(metrics.d)
    across = draw_all(collector, strips, rows, 0.0, common_of(diagram, along))
    return collector, across, along, sum(map(len, rows)), most_open(strip.grid.order for strip in strips)


def _split(breaks: Breaks, room: float) -> list[Row]:
    """The rows of a line; where a part of it needs more room, in that."""
    try:
        return split(breaks, room)
    except TooWide as fault:
        return split(breaks, fault.least)


RectOrTag = TypeVar("RectOrTag", Rect, PlacedTag)


def _paste(onto: Collector, drawn: Collector, left: float, top: float) -> None:
    """All that was drawn but its texts turned, and moved to the right and down."""
    x, y = left * onto.d, top * onto.d

    def turned(rect: RectOrTag) -> RectOrTag:
        return rect._replace(x=rect.y + x, y=rect.x + y, width=rect.height, height=rect.width)

    def turned_path(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple([(py + x, px + y) for px, py in points])

    onto.texts += [text._replace(x=text.x + x, y=text.y + y) for text in drawn.texts]
    onto.cells += [cell._replace(x=cell.y + x, y=cell.x + y, entry=TURNED[cell.entry]) for cell in drawn.cells]
    onto.boxes += [turned(rect)._replace(down=True) for rect in drawn.boxes]
    onto.ticks += map(turned, drawn.ticks)
    onto.bars += map(turned, drawn.bars)
    onto.tags += map(turned, drawn.tags)
    onto.edges += [edge._replace(pieces=tuple(map(turned_path, edge.pieces))) for edge in drawn.edges]
    onto.brackets += [one._replace(points=turned_path(one.points)) for one in drawn.brackets]


LAYOUTS.add("stack", stack)
