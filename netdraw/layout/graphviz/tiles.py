"""What the layout `dot` gives Graphviz to place: a cell with its texts and its bar as one rectangle. In D.

Downwards the texts stand at the right of the cell, to the right below it.
"""

from collections.abc import Sequence

from ...core.records import NamedTuple
from ...diagram.model import Bar, Box, Cell
from ...styles.base import Extent, Side
from .. import sizes as s
from ..base import Role
from ..collector import Collector
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


class TileText(NamedTuple):
    """A text by its left end, or by its middle where `middle` says so, and its baseline."""

    role: Role
    text: str
    size: float
    weight: int = 400
    x: float = 0.0
    y: float = 0.0
    middle: bool = False


Texts = Sequence[TileText]


class Tile(NamedTuple):
    """A rectangle: the cell's middle, what the cell takes of it, the texts, the bar's place and height, and the side at
    which the line comes in.
    """

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    cell: tuple[float, float] = (0.0, 0.0)
    texts: tuple[TileText, ...] = ()
    bar: tuple[float, float, float] | None = None
    entry: Side = "left"

    def draw(self, collector: Collector, id: str, left: float, top: float) -> None:
        """The cell and all that is its own; `left` and `top` are where the rectangle was placed."""
        collector.cell(id, left + self.x, top + self.y, entry=self.entry)
        if self.bar:
            x, y, high = self.bar
            collector.rect(collector.bars, id, left + x, top + y, s.BAR_WIDTH, high)
        self.write(collector, id, left, top)

    def write(self, collector: Collector, id: str, left: float, top: float) -> None:
        for role, text, size, weight, x, y, middle in self.texts:
            collector.write(id, role, text, left + x, top + y, "middle" if middle else "start", size, weight=weight)


def _width(texts: Texts, ruler: Ruler) -> float:
    return max([ruler.width(one.text, one.size, one.weight) for one in texts], default=0.0)


def _beside(texts: Texts, left: float, middle: float) -> tuple[TileText, ...]:
    """From `left` on, about a level."""
    first = middle - s.LINE * len(texts) / 2 + s.LINE / 2
    return tuple([t._replace(x=left, y=first + s.LINE * at + t.size * s.BASELINE) for at, t in enumerate(texts)])


def _below(texts: Texts, middle: float, top: float) -> tuple[TileText, ...]:
    """From `top` downwards, about an upright."""
    return tuple([t._replace(x=middle, y=top + s.LINE * (at + 1), middle=True) for at, t in enumerate(texts)])


def tile(cell: Cell, bar: Bar | None, most: int, ruler: Ruler, down: bool) -> Tile:
    """The rectangle of a cell; `most` is the highest value of a bar in the figure."""
    labels = [TileText("times", cell.times, ruler.repeat, 600)] if cell.times else []
    labels += [TileText(role, text, size) for role, text, size in ruler.sized(cell) if text]
    lines = [text for text in bar.text if text and (text,) != cell.label[:1]] if bar else []
    shapes = [TileText("shape", text, ruler.caption) for text in lines]
    width, height = ruler.extent(cell)
    size, high = Extent(width + 2 * PAD, height + 2 * PAD), bar_height(bar.value, most) if bar else None
    return (_down if down else _right)(size, labels, shapes, high, ruler)


def _down(cell: Extent, labels: Texts, shapes: Texts, bar: float | None, ruler: Ruler) -> Tile:
    high = max(cell.height, s.LINE * max(len(labels), len(shapes)), (bar or 0.0) + 2 * PAD)
    middle, x, place = high / 2, cell.width, None
    texts = _beside(labels, x + LABEL, middle)
    x += LABEL + _width(labels, ruler) if labels else 0.0
    if bar is not None:
        place = (x + BESIDE, high / 2 - bar / 2, bar)
        x += BESIDE + s.BAR_WIDTH
        texts += _beside(shapes, x + BESIDE, middle)
        x += BESIDE + _width(shapes, ruler)
    wide = x + PAD * (x > cell.width)
    taken = (cell.width, high)
    return Tile(wide, high, x=cell.width / 2, y=middle, cell=taken, texts=texts, bar=place, entry="top")


def _right(cell: Extent, labels: Texts, shapes: Texts, bar: float | None, ruler: Ruler) -> Tile:
    wide = max(_width(labels, ruler), _width(shapes, ruler)) + 2 * PAD
    wide = max(cell.width, wide, s.BAR_WIDTH if bar is not None else 0.0)
    middle, y, place = wide / 2, cell.height, None
    texts = _below(labels, middle, y)
    y += s.LINE * len(labels)
    if bar is not None:
        y += OVER_BAR
        place = (middle - s.BAR_WIDTH / 2, y, bar)
        texts += _below(shapes, middle, y + bar)
        y += bar + s.LINE * len(shapes)
    y += s.DESCENT * bool(texts)
    return Tile(width=wide, height=y, x=middle, y=cell.height / 2, cell=(wide, cell.height), texts=texts, bar=place)


def heading(box: Box, ruler: Ruler) -> Tile | None:
    """What a box says, as a rectangle without a cell: its name, how often it repeats, why nothing is added."""
    name, reason = TileText("name", box.name or "", ruler.caption), TileText("reason", box.reason, ruler.caption)
    texts = [one for one in (name, TileText("repeat", repeat_text(box), ruler.repeat, 600), reason) if one.text]
    high = s.LINE * len(texts)
    return Tile(width=_width(texts, ruler), height=high, texts=_beside(texts, 0.0, high / 2)) if texts else None
