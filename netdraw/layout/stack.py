"""The layout `stack`: the strip turned, so that the line runs downwards and its rows are columns.

The strip is laid out as ever, along and across its line. What is turned is what a text takes: along the line its lines,
across it its width; and what a silhouette takes. On the canvas along becomes down, and across to the right: labels,
bars and brackets stand at the right, arcs and lanes at the left. Texts and silhouettes keep upright. All in D.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..diagram.model import Cell, Diagram
from ..styles.base import Extent, Metrics, Side
from . import frame
from . import sizes as s
from .base import Anchor, Page, Placement, Point, Rect, Role, TooNarrow
from .canvas import LABELS, Canvas
from .sizes import Ruler
from .strip import lanes
from .strip.rows import TooWide, split
from .strip.strip import LineStrip, open_panels

BESIDE = 0.14
"""From a cell, the ground of a bar or a bracket to the text at its right."""
BASELINE = 0.34
"""A text's baseline under its middle, by its size."""
CAPITAL = 0.68
"""The height of a capital, by its size."""
FRAME = 2.0
"""What stands around the columns takes at least."""
TURNED: dict[Side, Side] = {"left": "top", "right": "bottom", "top": "left", "bottom": "right"}
"""By side of the strip, what it is here."""
TRIES = 5
"""How often the size and the height of the columns are taken anew, when what stands around them turns out higher."""


class Sideways(Ruler):
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
        return self.reach(cell) + BESIDE + max(_widths(self, self.under(cell)), default=0.0)

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

    def extent(self, cell: Cell, small: bool = False) -> Extent:
        width, height = super().extent(cell, small)
        return Extent(height, width)

    def border(self, cell: Cell, side: Side, across: float = 0.0, headed: bool = False, small: bool = False) -> float:
        return super().border(cell, TURNED[side], across, headed, small)


def _widths(ruler: Ruler, texts: tuple[str, ...]) -> list[float]:
    """The first is a label, those below are small."""
    return [ruler.small(text) if line else ruler.label(text) for line, text in enumerate(texts)]


class TurnedCanvas(Canvas):
    """Takes what a strip draws, and turns it."""

    def disc(self, id: str, x: float, y: float, small: bool = False) -> None:
        super().disc(id, y, x, small)

    def rect(self, onto: list[Rect], id: str, x: float, y: float, width: float, height: float, depth: int = 0) -> None:
        super().rect(onto, id, y, x, height, width, depth)

    def box(self, id: str, x: float, y: float, width: float, height: float, depth: int, cut: tuple[bool, bool]) -> None:
        super().box(id, y, x, height, width, depth, cut)
        self.boxes[-1] = self.boxes[-1]._replace(down=True)

    def mark(self, id: str, letter: str, x: float, y: float, size: Extent) -> None:
        super().mark(id, letter, y, x, Extent(size.height, size.width))

    def span(self, id: str, points: Iterable[Point], cost: int | None) -> None:
        super().span(id, self._turned(points), cost)

    def wire(
        self,
        ends: tuple[str, str],
        kind: Literal["flow", "residual", "skip"],
        pieces: Iterable[Iterable[Point]],
        *,
        dot: bool = False,
        head: bool = False,
        radius: float = s.CORNER,
        member: int = 0,
    ) -> None:
        turned = [self._turned(piece) for piece in pieces]
        super().wire(ends, kind, turned, dot=dot, head=head, radius=radius, member=member)

    def label(self, cell: Cell, x: float, y: float, ruler: Ruler, reach: float) -> None:
        label = ruler.under(cell)
        first = x - s.LINE * (len(label) - 1) / 2
        for line, text in enumerate(label):
            if text:
                size = ruler.caption if line else ruler.base
                self._text(cell.id, LABELS[line > 0], text, y + reach + BESIDE, first + s.LINE * line, "start", size)

    def lines(self, id: str, role: Role, texts: tuple[str, ...], x: float, y: float, first: float, size: float) -> None:
        middle = x - s.LINE * (len(texts) - 1) / 2
        for line, text in enumerate(texts):
            self._text(id, role, text, y + BESIDE, middle + s.LINE * line, "start", size)

    def note(self, id: str, role: Role, text: str, x: float, y: float, size: float) -> None:
        self._text(id, role, text, y, x, "end", size)

    def corner(self, id: str, text: str, x: float, y: float, size: float, underline: float = 0.0) -> None:
        self._text(id, "repeat", text, y, x - size * BASELINE, "end", size, 600)

    def letter(self, id: str, text: str, x: float, y: float, anchor: Anchor, size: float) -> None:
        self._text(id, "letter", text, y, x + size * BASELINE * (1 if anchor == "start" else -1), "middle", size, 600)

    def _text(
        self, id: str, role: Role, text: str, across: float, along: float, anchor: Anchor, size: float, bold: int = 400
    ) -> None:
        """A text about a height."""
        self.words(id, role, text, across, along + size * BASELINE, anchor, size, bold)

    def _turned(self, points: Iterable[Point]) -> list[Point]:
        return [(y, x) for x, y in points]


def stack(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a diagram out downwards, in columns where the page's height is limited.

    What is wider than the page is drawn smaller, down to the page's least D; raises TooNarrow where that is not enough.
    """
    least = min(page.least or metrics.d, metrics.d) / metrics.d
    shrink, spare = 1.0, 0.0
    for _ in range(TRIES):
        laid = _laid(diagram, metrics._replace(d=metrics.d * shrink), page, spare)
        over = 1.0 if page.width is None else laid.width / page.width
        excess = 0.0 if page.height is None else laid.height - page.height
        if over <= 1.0 + 1e-9 and excess <= 1e-6:
            break
        shrink, spare = max(shrink / max(over, 1.0), least), spare + max(excess, 0.0) / (metrics.d * shrink)
    if page.width is not None and laid.width > page.width + 1e-6:
        raise TooNarrow(laid.width * least / shrink)
    return laid


def _laid(diagram: Diagram, metrics: Metrics, page: Page, spare: float) -> Placement:
    """The figure at one size; `spare` is what its columns leave free of the height beside what is known to need it."""
    upright = Ruler(metrics)
    panels = open_panels(diagram, upright)
    columns, across, along, strips = _columns(diagram, metrics, page, spare)
    room = None if page.width is None else page.width / metrics.d
    width = max(frame.least(diagram, upright, room), across + 2 * s.MARGIN)
    if panels:
        width = max(width, panels.least, panels.width(max(width, room or 0.0)))
    canvas = Canvas(metrics.d)
    titled = diagram.words.titled and (room is None or room > s.COLUMN)
    y = frame.header(canvas, diagram.words, upright, width, titled) - s.MARGIN / 2
    _paste(canvas, columns, (width - across) / 2, y)
    y += along - s.MARGIN
    if panels:
        y = panels.draw(canvas, y, width)
    canvas.name(tag for line in diagram.lines for tag in line.tags)
    canvas.reorder(cell.id for line in diagram.lines for cell in line.cells)
    height = frame.footer(canvas, diagram, upright, width, y)
    most_open = max((lanes.most_open(strip.grid.axis) for strip in strips), default=0)
    placed = canvas.placement(width, height, sum(len(strip.rows) for strip in strips))
    return placed._replace(lanes=most_open)


def _columns(
    diagram: Diagram, metrics: Metrics, page: Page, spare: float
) -> tuple[Canvas, float, float, list[LineStrip]]:
    """The lines of a diagram, turned, from (0, 0) on; what they take across and along; and they themselves."""
    sideways = Sideways(metrics)
    lines = [line for line in diagram.lines if line.cells and not line.name]
    strips = [LineStrip(line, diagram, sideways, first=not number) for number, line in enumerate(lines)]
    room = None if page.height is None else page.height / metrics.d - FRAME - spare
    for strip in strips:
        try:
            strip.rows = split(strip.breaks, room)
        except TooWide as fault:
            strip.rows = split(strip.breaks, fault.least)
    along = max([strip.breaks.width(*row) for strip in strips for row in strip.rows], default=0.0)
    most = max((bar.value for line in lines for bar in line.bars), default=1)
    taken = {tag.letter for line in diagram.lines for tag in line.tags}
    canvas, across = TurnedCanvas(metrics.d), 0.0
    for number, strip in enumerate(strips):
        across = strip.draw(canvas, across + (s.ROW_GAP if number else 0.0), along, max(most, 1), taken)
    return canvas, across, along, strips


def _paste(onto: Canvas, drawn: Canvas, left: float, top: float) -> None:
    """All that was drawn, moved to the right and down."""
    x, y = left * onto.d, top * onto.d
    onto.discs += [disc._replace(x=disc.x + x, y=disc.y + y) for disc in drawn.discs]
    onto.texts += [words._replace(x=words.x + x, y=words.y + y) for words in drawn.texts]
    for mine, rects in ((onto.boxes, drawn.boxes), (onto.ticks, drawn.ticks), (onto.bars, drawn.bars)):
        mine += [rect._replace(x=rect.x + x, y=rect.y + y) for rect in rects]

    def moved(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple((px + x, py + y) for px, py in points)

    onto.marks += [mark._replace(x=mark.x + x, y=mark.y + y) for mark in drawn.marks]
    onto.wires += [wire._replace(pieces=tuple(map(moved, wire.pieces))) for wire in drawn.wires]
    onto.spans += [span._replace(points=moved(span.points)) for span in drawn.spans]
