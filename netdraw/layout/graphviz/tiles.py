"""What the layout `dot` gives Graphviz to place: a cell with its texts and its bar as one rectangle. In D.

Downwards the texts stand at the right of the cell, to the right below it.
"""

from __future__ import annotations

from ...core.records import NamedTuple
from ...diagram.model import Bar, Box, Cell
from .. import sizes as s
from ..base import Role
from ..canvas import Canvas
from ..sizes import Ruler
from ..strip.bands import bar_height
from ..strip.nest import repeat_text

PAD = 0.09
"""What is kept free around a cell, and at the other end of its texts: a way may come as near."""
BESIDE = 0.14
"""From a bar to the text at its right, and to it from that at its left."""
LABEL = 0.05
"""From what is kept free around a cell to its label."""
OVER_BAR = 0.18
BASELINE = 0.34
"""A text's baseline under its middle, by its size."""


class TileText(NamedTuple):
    """A text by its left end, or by its middle where `middle` says so, and its baseline."""

    role: Role
    text: str
    x: float
    y: float
    size: float
    weight: int = 400
    middle: bool = False


class Tile(NamedTuple):
    """A rectangle: the disc's middle, what the disc takes of it, the texts by id, the bar's place and height."""

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    disc: tuple[float, float] = (0.0, 0.0)
    notes: tuple[TileText, ...] = ()
    bar: tuple[float, float, float] | None = None
    shape: tuple[TileText, ...] = ()

    def draw(self, canvas: Canvas, id: str, left: float, top: float) -> None:
        """The cell and all that is its own; `left` and `top` are where the rectangle was placed."""
        canvas.cell(id, left + self.x, top + self.y)
        if self.bar:
            x, y, high = self.bar
            canvas.rect(canvas.bars, id, left + x, top + y, s.BAR_WIDTH, high)
        self.write(canvas, id, left, top)

    def write(self, canvas: Canvas, id: str, left: float, top: float) -> None:
        for role, text, x, y, size, weight, middle in (*self.notes, *self.shape):
            canvas.write(id, role, text, left + x, top + y, "middle" if middle else "start", size, weight=weight)


class _TextLines:
    """Lines of text, each with its role, size and weight."""

    def __init__(self, ruler: Ruler) -> None:
        self.ruler = ruler
        self.lines: list[tuple[Role, str, float, int]] = []

    def add(self, role: Role, text: str, size: float, weight: int = 400) -> None:
        if text:
            self.lines.append((role, text, size, weight))

    @property
    def width(self) -> float:
        return max([self.ruler.width(text, size, weight) for _, text, size, weight in self.lines], default=0.0)

    @property
    def height(self) -> float:
        return s.LINE * len(self.lines)

    def beside(self, left: float, middle: float) -> tuple[TileText, ...]:
        """From `left` on, about a level."""
        first = middle - self.height / 2 + s.LINE / 2
        return tuple(
            TileText(role=role, text=text, x=left, y=first + s.LINE * at + size * BASELINE, size=size, weight=weight)
            for at, (role, text, size, weight) in enumerate(self.lines)
        )

    def below(self, middle: float, top: float) -> tuple[TileText, ...]:
        """From `top` downwards, about an upright."""
        return tuple(
            TileText(role=role, text=text, x=middle, y=top + s.LINE * (at + 1), size=size, weight=weight, middle=True)
            for at, (role, text, size, weight) in enumerate(self.lines)
        )


def tile(cell: Cell, bar: Bar | None, most: int, ruler: Ruler, down: bool) -> Tile:
    """The rectangle of a cell; `most` is the highest value of a bar in the figure."""
    labels, shapes = _TextLines(ruler), _TextLines(ruler)
    labels.add("times", cell.times, ruler.repeat, 600)
    for line, text in enumerate(ruler.under(cell)):
        labels.add("sublabel" if line else "label", text, ruler.caption if line else ruler.base)
    said = cell.label[:1]
    for text in [text for text in bar.text if (text,) != said] if bar else ():
        shapes.add("shape", text, ruler.caption)
    high = bar_height(bar.value, most) if bar else 0.0
    disc = ruler.extent(cell)
    place = _down if down else _right
    return place(disc.width + 2 * PAD, disc.height + 2 * PAD, labels, shapes, high if bar else None)


def _down(width: float, height: float, labels: _TextLines, shapes: _TextLines, bar: float | None) -> Tile:
    high = max(height, labels.height, shapes.height, (bar or 0.0) + 2 * PAD)
    middle, x = high / 2, width
    notes = labels.beside(x + LABEL, middle)
    x += LABEL + labels.width if notes else 0.0
    place: tuple[float, float, float] | None = None
    shape: tuple[TileText, ...] = ()
    if bar is not None:
        place = (x + BESIDE, high / 2 - bar / 2, bar)
        x += BESIDE + s.BAR_WIDTH
        shape = shapes.beside(x + BESIDE, middle)
        x += BESIDE + shapes.width
    return Tile(
        width=x + PAD * (x > width), height=high, x=width / 2, y=middle, disc=(width, high),
        notes=notes, bar=place, shape=shape,
    )  # fmt: skip


def _right(width: float, height: float, labels: _TextLines, shapes: _TextLines, bar: float | None) -> Tile:
    wide = max(width, labels.width + 2 * PAD, shapes.width + 2 * PAD, s.BAR_WIDTH if bar is not None else 0.0)
    middle, y = wide / 2, height
    notes = labels.below(middle, y)
    y += labels.height
    place: tuple[float, float, float] | None = None
    shape: tuple[TileText, ...] = ()
    if bar is not None:
        y += OVER_BAR
        place = (middle - s.BAR_WIDTH / 2, y, bar)
        shape = shapes.below(middle, y + bar)
        y += bar + shapes.height
    return Tile(
        width=wide, height=y + s.DESCENT * bool(notes or shape), x=middle, y=height / 2, disc=(wide, height),
        notes=notes, bar=place, shape=shape,
    )  # fmt: skip


def heading(box: Box, ruler: Ruler) -> Tile | None:
    """What a box says, as a rectangle without a cell: its name, how often it repeats, why nothing is added."""
    said = _TextLines(ruler)
    said.add("name", box.name or "", ruler.caption)
    said.add("repeat", repeat_text(box), ruler.repeat, 600)
    said.add("reason", box.reason, ruler.caption)
    return Tile(width=said.width, height=said.height, notes=said.beside(0.0, said.height / 2)) if said.lines else None
