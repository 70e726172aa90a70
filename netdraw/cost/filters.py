"""A separable pair as a figure: the filters of the standard convolution, and those of the two that stand for it.

A filter is a block: its front is the kernel, its depth the channels that it reads. All are drawn where they are few,
else three and the last one.
"""

from __future__ import annotations

from itertools import chain

from ..analysis.separable import SeparablePair
from ..core.numbers import grouped
from ..core.records import NamedTuple
from ..diagram.said.glossary import Glossary
from ..figure.canvas import Canvas
from ..figure.medium import Medium
from ..scene.model import Scene
from ..type.paths import closed, head, polyline
from ..type.primitives import Anchor, Ellipse, Group, Item, Paint, Path, Rectangle, mix
from .formulas import FormulaLine, letters_of, lines_of, ratio_of
from .phrases import place_of

# In D.
CELL = 0.36
"""The side of one place of a kernel, smaller where the kernel has many."""
FRONT = 1.3
"""The most that a front is wide and high."""
DEEP = 1.9
"""The depth of a block that reads many channels; CELL is that of one."""
SLANT = (0.57, -0.82)
"""The direction of depth."""
GAP = 0.34
"""Between two blocks, and between a block and its label."""
LEFT = 2.6
"""Room for the labels before the first block."""
NATURAL = 17.0
FEW = 4
"""So many filters are all drawn."""
GRID = 7
"""Kernels of more places a side have no lines between them."""


class Filters(NamedTuple):
    """One row: the kernel's sides and the channels that a filter reads with their names, and how many filters."""

    category: str
    kernel: tuple[int, ...]
    sides: tuple[str, ...]
    deep: int
    depth: str
    name: str
    number: int
    line: FormulaLine

    @property
    def many(self) -> str:
        """How many filters there are, with the name of that number."""
        return f"{self.name} = {self.number}"


def draw(pair: SeparablePair, number: int, title: str, medium: Medium) -> Scene:
    """The figure of a pair. Raises OptionError where the width is too small."""
    canvas = Canvas(medium)
    words = canvas.words
    width = medium.page.drawn or NATURAL * canvas.d
    rows = [_Row(canvas, filters) for filters in _rows(pair, words)]
    canvas.check_width(max(row.width for row in rows) + 2 * canvas.margin, width)
    said = words.say("cost.pair", number=number, place=place_of(pair))
    y = canvas.header(title, said, width)
    for row in rows:
        y = row.draw(y + 0.55 * canvas.d, width)
    y = _told(canvas, ratio_of(pair, words), y + 0.3 * canvas.d, width)
    # Nothing is stretched: the figure is as wide as its longest line, and no wider than asked.
    blocks = max(row.width for row in rows) + canvas.margin
    width = min(width, max(blocks, canvas.reach()) + canvas.margin)
    meta = {"pair": [pair.depthwise, pair.pointwise], "macs": pair.macs, "standard": pair.standard_macs}
    about = words.say("cost.pair.about", title=title, macs=grouped(pair.macs), standard=grouped(pair.standard_macs))
    return canvas.scene(width, y + canvas.margin, f"{title}: {said}", about, meta)


def _rows(pair: SeparablePair, words: Glossary) -> tuple[Filters, ...]:
    sides, ones = letters_of(pair).kernel, (1,) * len(pair.kernel)
    wide = pair.into * pair.multiplier
    middle = "M" if pair.multiplier == 1 else "m·M"
    standard, depthwise, pointwise = lines_of(pair, words)
    whole = Filters(
        category="conv",
        kernel=pair.kernel,
        sides=sides,
        deep=pair.into,
        depth="M",
        name="N",
        number=pair.out,
        line=standard,
    )
    return (
        whole,
        whole._replace(category="conv.depthwise", deep=1, depth="", name=middle, number=wide, line=depthwise),
        whole._replace(kernel=ones, sides=("",) * len(ones), deep=wide, depth=middle, line=pointwise),
    )


def _label(name: str, size: int) -> str:
    return f"{name} = {size}" if name else str(size)


def _told(canvas: Canvas, line: FormulaLine, top: float, width: float) -> float:
    """A line and the formula below it, wrapped; where they end."""
    room, y = width - 2 * canvas.margin, top
    for said, weight, color in ((line.said, 600, canvas.colors.text), (line.formula, 400, canvas.colors.muted)):
        for text in canvas.wrapped(said, canvas.base, room):
            y += 1.4 * canvas.base
            canvas.write(canvas.margin, y, text, canvas.base, "caption", weight=weight, color=color)
    return y


class _Row:
    """One row of filters, measured before it is drawn."""

    def __init__(self, canvas: Canvas, filters: Filters) -> None:
        self.canvas, self.filters, d = canvas, filters, canvas.d
        cell = min(CELL, FRONT / max(filters.kernel)) * d
        tall, wide = (1, *filters.kernel)[-2:]
        self.cell, self.wide, self.tall = cell, wide * cell, tall * cell
        deep = (DEEP if filters.deep > 1 else CELL) * d
        self.dx, self.dy = SLANT[0] * deep, SLANT[1] * deep
        # Blocks side by side do not hide each other where they are so far apart.
        hidden = min(self.tall * SLANT[0] / -SLANT[1], self.dx)
        under = canvas.width(_label(filters.sides[-1], filters.kernel[-1]), canvas.base, 600)
        self.pitch = max(self.wide + hidden + GAP * d, under + GAP * d)
        self.few = filters.number <= FEW
        self.last = (filters.number - 1) * self.pitch if self.few else 3 * self.pitch + 1.1 * d
        self.beside = self.few and filters.number < 3
        """Whether there is no room for the count under the blocks."""
        more = GAP * d + canvas.width(filters.many, canvas.base, 600) if self.beside else 0.0
        self.width = LEFT * d + self.last + self.wide + self.dx + more

    def draw(self, top: float, width: float) -> float:
        """The blocks with their labels, and what they cost; where they end."""
        canvas, d = self.canvas, self.canvas.d
        left, front = canvas.margin + LEFT * d, top - self.dy
        items: list[Item] = []
        drawn = range(self.filters.number) if self.few else range(3)
        for x in [*(place * self.pitch for place in drawn), *([] if self.few else [self.last])]:
            items += self._block(left + x, front)
        middle = front + (self.tall + self.dy) / 2
        between = left + (2 * self.pitch + self.wide + self.last + self.dx) / 2
        dots = [
            Ellipse(cx=between + step * 0.24 * d, cy=middle, rx=0.06 * d, ry=0.06 * d, paint=Paint(canvas.colors.text))
            for step in (() if self.few else (-1, 0, 1))
        ]
        under = front + self.tall + 0.28 * d + canvas.base * 0.66
        items += [*dots, *self._labels(left, front, under), *self._count(left, under, middle)]
        data = (("category", self.filters.category), ("count", str(self.filters.number)))
        canvas.items.append(Group("filters", data, tuple(items)))
        return _told(canvas, self.filters.line, under + 0.1 * d, width)

    def _block(self, x: float, y: float) -> list[Item]:
        """A block whose front has its upper left corner at (x, y)."""
        look, line = self.canvas.theme.look(self.filters.category), self.canvas.line
        edge = look.outline or self.canvas.colors.text
        wide, tall, dx, dy = self.wide, self.tall, self.dx, self.dy
        top = closed(((x, y), (x + dx, y + dy), (x + wide + dx, y + dy), (x + wide, y)))
        right = x + wide
        side = closed(((right, y), (right + dx, y + dy), (right + dx, y + dy + tall), (right, y + tall)))
        return [
            Path(top, Paint(look.ring, edge, line), round=True),
            Path(side, Paint(mix(look.core, look.ring, 0.5), edge, line), round=True),
            Rectangle(x=x, y=y, width=wide, height=tall, radius=0.0, paint=Paint(look.core, edge, line)),
            *self._grid(x, y, look.ring),
        ]

    def _grid(self, x: float, y: float, color: str) -> list[Item]:
        """The lines between the places of a kernel."""
        tall, wide = (1, *self.filters.kernel)[-2:]
        if max(tall, wide) > GRID or (tall, wide) == (1, 1):
            return []
        lines = [((x + step * self.cell, y), (x + step * self.cell, y + self.tall)) for step in range(1, wide)]
        lines += [((x, y + step * self.cell), (x + self.wide, y + step * self.cell)) for step in range(1, tall)]
        return [Path(tuple(chain.from_iterable(map(polyline, lines))), Paint("", color, self.canvas.line))]

    def _labels(self, left: float, front: float, under: float) -> list[Item]:
        """The sides of the first block."""
        canvas, filters, gap = self.canvas, self.filters, GAP * self.canvas.d / 2
        cap = canvas.base * 0.66
        lean = cap / 2 * SLANT[0] / -SLANT[1]  # the edge beside the text leans towards it
        tall, wide = (1, *filters.kernel)[-2:]
        names = ("", *filters.sides)[-2:]
        depth = front + self.dy / 2 + (0.0 if filters.deep == 1 else cap / 2)
        return [
            self._side(left - gap, front + (self.tall + cap) / 2, _label(names[0], tall), "end"),
            self._side(left + self.wide / 2, under, _label(names[1], wide), "middle"),
            self._side(left + self.dx / 2 - gap - lean, depth, _label(filters.depth, filters.deep), "end"),
        ]

    def _side(self, x: float, y: float, said: str, anchor: Anchor) -> Item:
        return self.canvas.text(x, y, said, self.canvas.base, "label", weight=600, anchor=anchor)

    def _count(self, left: float, under: float, level: float) -> list[Item]:
        """How many filters there are: between two arrows, beside the blocks where these are too few."""
        canvas, d = self.canvas, self.canvas.d
        if self.beside:
            x = left + self.last + self.wide + self.dx + GAP * d
            return [self._side(x, level + canvas.base * 0.33, self.filters.many, "start")]
        said, y = self.filters.many, under - canvas.base * 0.33
        half = canvas.width(said, canvas.base, 600) / 2 + 0.14 * d
        middle = left + (self.pitch + self.last + self.wide) / 2
        items: list[Item] = [canvas.text(middle, under, said, canvas.base, "repeat", weight=600, anchor="middle")]
        for way in (-1, 1):
            points = ((middle + way * half, y), (middle + way * (half + 0.8 * d), y))
            items.append(canvas.stroke(points))
            items.append(Path(head(points, 0.18 * d, 0.08 * d), Paint(canvas.colors.line)))
        return items
