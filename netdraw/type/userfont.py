"""A font file of the user's: which characters it has, how wide and high they are, and subsets of it.

TrueType and OpenType outlines, alone, in a collection (its first font), or packed as WOFF; a variable font stands for
one weight after the other. Kerning and ligatures are left out, in measuring and in what is drawn.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from ..core.errors import Fault, OptionError
from . import fontfiles

T = TypeVar("T")
Box = tuple[float, float, float, float]

EM = 1000.0
BOLD = 550
"""From this weight on a file is for what is set in bold."""
_PARTS = 100_000
"""A glyph may have so many contours and parts."""
_MAGIC = 0x5F0F3CF5
"""What every font's table `head` has."""
_OUTLINES = ("glyf", "CFF ", "CFF2")

_KINDS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"\x1f\x8b", "packed by gzip; unpack it first"),
    (b"%!PS-AdobeFont", "a Type 1 font, of a kind that browsers do not know"),
    (b"\x80\x01", "a Type 1 font, of a kind that browsers do not know"),
)


class FontFile:
    """One font at one weight, measured when it is asked."""

    def __init__(self, path: str, data: bytes, font: Any, weight: int, place: dict[str, float]) -> None:
        self.path, self.weight = path, weight
        self.family = _family(font, path)
        self.forbids = _forbids(font)
        self._data, self._place = data, place
        self._cmap: dict[int, str] = font.getBestCmap()
        self._glyphs: Any = font.getGlyphSet(location=place or None)
        self._scale = EM / font["head"].unitsPerEm
        self._known: dict[str, tuple[float, Box]] = {}
        self.cap_height = _cap_height(self)

    def __repr__(self) -> str:
        return f"FontFile({self.path!r}, {self.weight})"

    @property
    def bold(self) -> bool:
        return self.weight >= BOLD

    def has(self, character: str) -> bool:
        return ord(character) in self._cmap

    def glyph(self, character: str) -> tuple[float, Box]:
        """The advance and the ink box (x0, y0, x1, y1, y up) of a character that it has, in 1/1000 em."""
        found = self._known.get(character)
        if found is None:
            found = self._known[character] = guarded(self.path, self._measure, character)
        return found

    def _measure(self, character: str) -> tuple[float, Box]:
        glyph, pen, scale = self._glyphs[self._cmap[ord(character)]], _pen()(self._glyphs), self._scale
        glyph.draw(pen)
        x0, y0, x1, y1 = pen.bounds or (0, 0, 0, 0)
        return glyph.width * scale, (x0 * scale, y0 * scale, x1 * scale, y1 * scale)

    def woff2(self, characters: str) -> bytes:
        """These characters as a WOFF2 for an SVG."""
        return guarded(self.path, lambda: fontfiles.saved(self._cut(characters), "woff2"))

    def ttf(self, characters: str, family: str, weight: int) -> bytes:
        """These characters as a TTF of quadratic outlines, for programs that ask for it by a family and a weight."""

        def make() -> bytes:
            font = self._cut(characters)
            fontfiles.quadratic(font)
            fontfiles.rename(font, family, weight)
            return fontfiles.saved(font)

        return guarded(self.path, make)

    def _cut(self, characters: str) -> Any:
        font = fontfiles.cut(characters, _opened(self._data))
        if "fvar" in font:
            from fontTools.varLib import instancer

            font = instancer.instantiateVariableFont(font, self._place, inplace=True)
        return font


@cache
def _pen() -> Any:
    """The class that measures outlines; it gives up on a glyph that is made of too many parts, and these of parts."""
    from fontTools.pens.boundsPen import BoundsPen

    class Pen(BoundsPen):  # type: ignore[misc]
        parts = 0

        def addComponent(self, *component: Any) -> None:
            self._count()
            super().addComponent(*component)

        def _moveTo(self, pt: tuple[float, float]) -> None:
            self._count()
            super()._moveTo(pt)

        def _count(self) -> None:
            self.parts += 1
            if self.parts > _PARTS:
                raise ValueError(f"a glyph of more than {_PARTS:,} parts")

    return Pen


def read(path: str, data: bytes) -> tuple[FontFile, ...]:
    """The font of a file; a variable one at each of our weights that it has. Raises OptionError for what is none."""
    return guarded(path, _read, path, data)


def _read(path: str, data: bytes) -> tuple[FontFile, ...]:
    import logging

    from fontTools.ttLib import TTLibError

    # What a font file is not quite right in is no news to who draws a network.
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    try:
        font = _opened(data)
    except TTLibError:
        raise _none(path, f"no font, but {_kind(data)}; give a .ttf, .otf, .ttc, .woff or .woff2") from None
    if not any(tag in font for tag in _OUTLINES):
        raise _none(path, "a font without outlines, of bitmaps or pictures alone; give one that can be scaled")
    head = font["head"]
    if head.magicNumber != _MAGIC or int(head.tableVersion) != 1 or font["hhea"].tableVersion >> 16 != 1:
        raise _none(path, "a font that is damaged (in its tables head or hhea)")  # browsers would refuse it in silence
    if not font.getBestCmap():
        raise _none(path, "a font that does not say which characters it has (a symbol font); give one with Unicode")
    return tuple([FontFile(path, data, font, weight, place) for weight, place in _places(font).items()])


def _opened(data: bytes) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), recalcTimestamp=False, fontNumber=0, lazy=True)


def _places(font: Any) -> dict[int, dict[str, float]]:
    """By weight, where on its axes the font is taken; nowhere for one without axes."""
    if "fvar" not in font:
        return {_weight(font): {}}
    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    place = {tag: axis.defaultValue for tag, axis in axes.items()}
    if "wght" not in axes:
        return {_weight(font): place}
    low, high = axes["wght"].minValue, axes["wght"].maxValue
    found = [min(max(weight, low), high) for weight in fontfiles.WEIGHTS]
    return {round(weight): {**place, "wght": weight} for weight in found}


def _weight(font: Any) -> int:
    """What the file says of its weight; of two places that disagree the bolder."""
    said = font["OS/2"].usWeightClass if "OS/2" in font else 400
    return max(said, 700) if font["head"].macStyle & 1 else said


def _family(font: Any, path: str) -> str:
    """The family's name as CSS can quote it, else the file's."""
    name = font["name"].getBestFamilyName() if "name" in font else None
    for text in (name or "", os.path.splitext(os.path.basename(path))[0]):
        plain = " ".join("".join(one if one.isalnum() or one in "._-" else " " for one in text).split())
        if plain:
            return plain
    return "Font"


def _forbids(font: Any) -> str:
    """What the file's licence bits forbid of what is done with it: `embedding` or `subsetting`; "" for nothing."""
    bits = font["OS/2"].fsType if "OS/2" in font else 0
    if bits & 0x000F == 0x0002 or bits & 0x0200:
        return "embedding"
    return "subsetting" if bits & 0x0100 else ""


def _cap_height(file: FontFile) -> float:
    """The height of a capital in em, by which what stands in a core is centred."""
    tall = next((file.glyph(one)[1][3] for one in "HE0x" if file.has(one)), 0.0)
    return (tall or 700.0) / EM


def _kind(data: bytes) -> str:
    """What the bytes are instead of a font."""
    if not data.strip():
        return "empty"
    for start, kind in _KINDS:
        if data.startswith(start):
            return kind
    try:
        head = data[:1000].decode("utf-8", "strict" if len(data) <= 1000 else "ignore")
    except UnicodeDecodeError:
        return "some other binary file"
    return "a text" if head.isprintable() or head.replace("\n", "").replace("\r", "").isprintable() else "binary"


def _none(path: str, what: str) -> OptionError:
    return OptionError([Fault("ND610", f"this is {what}", where=path)])


def guarded(path: str, action: Callable[..., T], *args: object) -> T:
    """Runs one step; whatever a damaged file makes fontTools raise becomes one fault."""
    try:
        return action(*args)
    except OptionError:
        raise
    except Exception as error:
        detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise _none(path, f"a font that is damaged ({detail})") from None
