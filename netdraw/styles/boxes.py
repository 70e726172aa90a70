"""The style `boxes`: a rounded box a layer, with what it is in words; norm and activation are bands in it.

What comes before the layer is a band on top, what comes behind it one at the foot. A band has the ring's hue where
something is activated, and is empty where a norm alone stands in it. What joins values stays a small disc, as in the
style `cells`.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Literal

from ..core.records import NamedTuple
from ..diagram.model import Cell, LegendEntry
from ..diagram.said.glossary import Glossary, glossary
from ..themes.model import Colors, Look
from ..type.paths import polyline
from ..type.primitives import Item, Paint, Path, Rectangle, Text, mix, ratio
from ..type.typeface import Fonts
from .base import BOX_RADIUS, STYLES, Extent, Sample, Setting, Side, Sketch, Spacing, Spot, Style, unshared
from .cells import CELLS

LINE = 0.48
"""All lengths in D."""
BESIDE, OVER = 0.18, 0.14
"""Between the border and the words, at the sides, and above and below."""
BAND = 0.52
SMALL = 0.68
"""The height of a box of one line on a way above the line, which a projection has; a gate has a line more."""
STEP = 0.1
"""Boxes are as wide as a multiple of this, so that those with nearly the same words are alike."""
OUTLINE = 0.035
UNDERLINE = 0.08
"""From the baseline of a marked text to the line under it."""

LIGHT, DARK = (0.62, 0.0, 1.45), (0.82, 0.62, 1.8)
"""How far face and band go from the ring's hue to the page's colour, by that page; the face as far as its contrast with
the page needs to be below the last."""
READABLE = 4.5
BOLD, PLAIN = 600, 400

JOINS = frozenset(("add", "sub", "mul", "div", "pow", "maximum", "minimum", "matmul", "concat"))
"""What is drawn as in the style `cells`."""


class Phrase(NamedTuple):
    """A part of a line of words; `marked` is whether it differs from another network."""

    text: str
    weight: int = PLAIN
    marked: bool = False


Row = tuple[Phrase, ...]
SEPARATOR = Phrase(", ")
_FIRST = "{size} "
"""What the words in a box begin with where the kernel is told first."""


class BoxText(NamedTuple):
    """A box in words: its lines, those in the bands on top and at the foot, and what it takes."""

    lines: tuple[Row, ...]
    top: str
    foot: str
    width: float
    height: float


def is_join(cell: Cell) -> bool:
    """Whether it is a small disc."""
    return cell.category.partition(".")[0] in JOINS


@lru_cache(maxsize=1 << 11)
def written(cell: Cell, small: bool, language: str, size: float, fonts: Fonts) -> BoxText:
    """The words in a box, of that size in D; all of them on one line where it is small."""
    words = glossary(language)
    rows = _worded(cell, words)
    top, foot = words.fused(cell.before), words.fused(cell.after)
    if small:
        rows, top, foot = _in_few(rows, top, foot, cell.where == "gate"), "", ""
    lines = tuple([row for row in rows if any(part.text for part in row)])
    wide = max([_width(row, size, fonts) for row in lines] + [fonts.width(band, size, PLAIN) for band in (top, foot)])
    bands = BAND * (bool(top) + bool(foot))
    high = SMALL + LINE * (len(lines) - 1) if small else 2 * OVER + LINE * len(lines) + bands
    width = ceil((wide + 2 * BESIDE) / STEP - 1e-9) * STEP
    return BoxText(lines=lines, top=top, foot=foot, width=width, height=high)


def _in_few(rows: list[Row], top: str, foot: str, two: bool) -> list[Row]:
    """The words of a small box in one line, or its title over the others, what comes before it first."""
    first, *others = [part for row in rows for part in row if part.text and part.text != SEPARATOR.text]
    before, rest = Phrase(top), [*others, Phrase(foot)]
    if two:
        return [(before,), (first,), _joined(rest)]
    return [_joined([part._replace(weight=BOLD) for part in (before, first, *rest)])]


def _worded(cell: Cell, words: Glossary) -> list[Row]:
    """The title, its further lines, and what it leaves unsaid: the kernel, the lines of the label, the groups."""
    pattern, name = "{label}" if cell.title else words.box(cell.category), cell.first.rpartition("/")[2]
    own = words.cell(name) if name == cell.category else name
    first = cell.title or (cell.label[0] if cell.label else words.cell(cell.category))
    if pattern.startswith(_FIRST) and cell.size.isdigit():
        pattern = f"{pattern.removeprefix(_FIRST)} {{size}}"  # `1 conv` would be how many.
    title = pattern.format(size=cell.size, shape=cell.size, kernel=cell.kernel, name=own, label=first)
    parts = [Phrase("" if "{size}" in pattern else cell.size)]
    for line, text in enumerate(cell.label):
        said = _behind(_behind(text, cell.title), cell.size)
        parts.append(Phrase(said, BOLD if line in cell.marked else PLAIN, line in cell.marked))
    grouped = (
        cell.size and cell.kernel[:1].isalpha() and cell.kernel[1:].isdigit()
    )  # `G32`; else the core says the size.
    parts.append(Phrase(cell.kernel if grouped and "{kernel}" not in pattern else ""))
    left = [] if "{shape}" in pattern else parts[2:] if "{label}" in pattern and not cell.title else parts
    return [
        *((Phrase(text.strip(), PLAIN if line else BOLD),) for line, text in enumerate(title.split(" | "))),
        _joined(left),
    ]


def _behind(text: str, start: str) -> str:
    """A line of a label without its first part, where that is said elsewhere: not the 1 of 128."""
    rest = text.removeprefix(start)
    return rest.strip(", ") if not rest or rest[0] in ", " else text


def _joined(parts: list[Phrase]) -> Row:
    """Parts with commas between them."""
    found = [one for part in parts if part.text for one in (SEPARATOR._replace(weight=part.weight), part)]
    return tuple(found[1:])


def _width(row: Row, size: float, fonts: Fonts) -> float:
    return sum([fonts.width(part.text, size, part.weight) for part in row])


def _written(cell: Cell, setting: Setting, small: bool) -> BoxText:
    return written(cell, small, setting.language, setting.theme.font.caption, setting.fonts)


def extent(cell: Cell, setting: Setting, small: bool = False) -> Extent:
    if is_join(cell):
        return CELLS.extent(cell, setting, small)
    found = _written(cell, setting, small)
    return Extent(found.width, found.height)


def border(cell: Cell, side: Side, across: float, size: Extent, headed: bool) -> float:
    if is_join(cell):
        return CELLS.border(cell, side, across, size, headed)
    return (size.width if side in ("left", "right") else size.height) / 2


def label(cell: Cell) -> tuple[str, ...]:
    """All that a box says stands in it; beside a disc its label stays."""
    return unshared(cell) if is_join(cell) else ()


def sample(entry: LegendEntry) -> Sample | None:
    """Boxes say themselves what they are."""
    found = CELLS.sample(entry)
    return found if found and is_join(found.cell) else None


def sketch(cell: Cell, setting: Setting) -> Sketch:
    """The same words and the face's colour."""
    if is_join(cell):
        return CELLS.sketch(cell, setting)
    found, colors = _written(cell, setting, False), setting.theme.colors
    rows = ["".join([part.text for part in row]) for row in found.lines]
    face, _ = _tones(setting.theme.look(cell.category, cell.ids).ring, colors.page)
    return Sketch(lines=(found.top, *rows, found.foot), fill=face, ink=_ink(colors, face))


def paint(cell: Cell, setting: Setting, spot: Spot) -> tuple[Item, ...]:
    if is_join(cell):
        return CELLS.paint(cell, setting, spot)
    return _Pen(cell, setting, spot).items()


def _tones(hue: str, page: str) -> tuple[str, str]:
    """The colours of face and band."""
    face, band, most = DARK if ratio(page, "#000000") < ratio(page, "#ffffff") else LIGHT
    paler = [mix(hue, page, face + (1 - face) * step / 8) for step in range(8)]
    return next((color for color in paler if ratio(color, page) <= most), paler[-1]), mix(hue, page, band)


def _ink(colors: Colors, ground: str) -> str:
    """The theme's voice where it can be read on a ground, else what is read best there."""
    if ratio(colors.text, ground) >= READABLE:
        return colors.text
    return max((colors.page, "#000000", "#ffffff"), key=lambda color: ratio(color, ground))


class _Pen:
    """Draws one box; lengths are in the drawing's unit from here on."""

    def __init__(self, cell: Cell, setting: Setting, spot: Spot) -> None:
        self.cell, self.spot, self.d, self.fonts = cell, spot, spot.d, setting.fonts
        self.colors: Colors = setting.theme.colors
        self.look: Look = setting.theme.look(cell.category, cell.ids)
        self.size, self.stroke = setting.theme.font.caption * spot.d, setting.theme.strokes.structure * spot.d
        self.words = _written(cell, setting, spot.small)
        self.wide, self.high = self.words.width * self.d, self.words.height * self.d
        self.face, self.filled = _tones(self.look.ring, self.colors.page)
        self.line = self.look.outline or self.look.core

    def items(self) -> tuple[Item, ...]:
        """Its shapes, then its words as they are read."""
        edge, said = OUTLINE * self.d, self.words
        shift = BAND * self.d * (bool(said.top) - bool(said.foot)) / 2
        middle = self.spot.y + shift - LINE * self.d * (len(said.lines) - 1) / 2
        wide, high, paint = self.wide - edge, self.high - edge, Paint(self.face, self.line, edge)
        left, top = self.spot.x - wide / 2, self.spot.y - high / 2
        shapes: list[Item] = [
            Rectangle(x=left, y=top, width=wide, height=high, radius=BOX_RADIUS * self.d, paint=paint)
        ]
        over, under = self._band(said.top, self.cell.before, -1, left), self._band(said.foot, self.cell.after, 1, left)
        rows = [
            item
            for number, row in enumerate(said.lines)
            for item in self._row(row, middle + LINE * self.d * number, self.face)
        ]
        return (*shapes, *over[:1], *under[:1], *over[1:], *rows, *under[1:])

    def _band(self, text: str, ops: tuple[str, ...], below: int, left: float) -> list[Item]:
        """The shape of a band and its words: at the foot, or on top where `below` is -1. Nothing where it has none."""
        if not text:
            return []
        ground = self.filled if self.cell.activation in ops else self.colors.page
        far = self.spot.y + below * (self.high - OUTLINE * self.d) / 2
        near = self.spot.y + below * (self.high / 2 - BAND * self.d)
        right = 2 * self.spot.x - left
        around = polyline(((left, near), (left, far), (right, far), (right, near)), BOX_RADIUS * self.d)
        paint = Paint(ground, self.line, OUTLINE * self.d)
        return [Path((*around, ("Z",)), paint), *self._row((Phrase(text),), (near + far) / 2, ground)]

    def _row(self, row: Row, middle: float, ground: str) -> list[Item]:
        """A line of words about a height; what differs is marked as in the texts around."""
        x, y = self.spot.x - _width(row, self.size, self.fonts) / 2, middle + self.fonts.cap_height * self.size / 2
        if len({(part.weight, part.marked) for part in row}) == 1 and not row[0].marked:
            said = "".join([part.text for part in row])
            return [self._text(self.spot.x, y, Phrase(said, row[0].weight), "middle", _ink(self.colors, ground))]
        items: list[Item] = []
        for part in row:
            wide = self.fonts.width(part.text, self.size, part.weight)
            color = _ink(self.colors, ground)
            if part.marked:
                color = self.colors.highlight if ratio(self.colors.highlight, ground) >= READABLE else color
                under = y + UNDERLINE * self.d
                items.append(Path(polyline(((x, under), (x + wide, under))), Paint("", color, self.stroke), "mark"))
            items.append(self._text(x, y, part, "start", color))
            x += wide
        return items

    def _text(self, x: float, y: float, said: Phrase, anchor: Literal["start", "middle"], color: str) -> Text:
        text, weight, _ = said
        return Text(x=x, y=y, text=text, size=self.size, weight=weight, anchor=anchor, color=color, role="label")


BOXES = Style("boxes", extent, paint, label=label, border=border, sample=sample, sketch=sketch)
SPACING = Spacing(0.2, 0.32, arc=0.3, under_small=0.41, over_small=0.32, beside_small=0.2, entry=0.45, port=0.23)
STYLES.add("boxes", BOXES._replace(spacing=SPACING))
