"""The font files that travel with the package: names, paths, and subsets cut on the fly.

Two families: `Netdraw Sans` (Latin and Greek, weights 400 and 600; as whole TTFs, and as WOFF2 in the slices `core`
and `rest`) and `Netdraw Sans SC` (Chinese, weight 400, TTF only: SVGs embed a subset of what they use).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from netdraw.core import resources
from netdraw.core.records import NamedTuple

FAMILY = "Netdraw Sans"
FAMILY_SC = "Netdraw Sans SC"
SIMILAR = (
    "Source Sans 3", "Source Sans Pro", "Calibri", "Carlito", "Roboto Condensed", "Arial Narrow",
    "Liberation Sans Narrow", "Nimbus Sans Narrow", "Arial", "Liberation Sans", "DejaVu Sans Condensed",
)  # fmt: skip
"""Common faces for programs that have not ours, those first whose texts are no wider (docs/decisions/fontless.md)."""
FALLBACK = ", ".join([*(f"'{name}'" for name in (FAMILY, FAMILY_SC, *SIMILAR)), "sans-serif"])
"""The `font-family` to write: names quoted and a generic one last, else resvg drops a text without a word."""
WEIGHTS = (400, 600)
SLICES = ("core", "rest")


class TTF(NamedTuple):
    """A file that characters are drawn from: its path, and its bytes where it is cut from the file there."""

    path: str
    data: bytes = b""


_LEFT_OUT = (
    "BASE", "CBDT", "CBLC", "COLR", "CPAL", "EBDT", "EBLC", "GDEF", "GPOS", "GSUB", "MATH", "STAT", "SVG ", "feat",
    "kern", "kerx", "meta", "mort", "morx", "sbix", "trak", "vhea", "vmtx",
)  # fmt: skip
"""Tables that would change a width, or that nothing of ours asks for."""
_NAMES = (1, 4, 6, 16)
"""The records of a font's name that programs look for."""
_POSTSCRIPT, _LONGEST = 6, 63
"""The one of them that is ASCII, and how long it may be."""


def font_files() -> list[str]:
    """The paths of all our TTFs, for renderers that load fonts themselves."""
    names = [f"NetdrawSans-{weight}.ttf" for weight in WEIGHTS]
    return [resources.package_path("type", "fonts", name) for name in [*names, "NetdrawSansSC-400.ttf"]]


def font_file(weight: int) -> str:
    """The path of the Latin TTF of weight 400 or 600."""
    return font_files()[WEIGHTS.index(weight)]


def font_file_sc() -> str:
    """The path of the Chinese TTF, to cut a subset from."""
    return font_files()[-1]


def slice_file(weight: int, part: str) -> str:
    """The path of the WOFF2 of one Latin slice, `core` or `rest`, of weight 400 or 600."""
    if weight not in WEIGHTS or part not in SLICES:
        raise ValueError(f"no slice {part!r} of weight {weight}")
    return resources.package_path("type", "fonts", f"NetdrawSans-{weight}-{part}.woff2")


def subset_woff2(characters: Iterable[str], file: str) -> bytes:
    """A WOFF2 of only these characters of a font file; the same bytes every time for one fonttools and brotli.

    Characters that the font lacks are passed over.
    """
    from fontTools.ttLib import TTFont  # 80 ms to import, needed by few figures

    return saved(cut(characters, TTFont(file, recalcTimestamp=False, fontNumber=0)), "woff2")


def cut(characters: Iterable[str], font: Any) -> Any:
    """The font with these characters alone. Hints and layout features are left out: widths are the plain advances."""
    from fontTools import subset

    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += _LEFT_OUT
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(set(characters))))
    subsetter.subset(font)
    return font


def saved(font: Any, flavor: str | None = None) -> bytes:
    """The bytes of a font file."""
    font.flavor = flavor
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def rename(font: Any, family: str, weight: int) -> None:
    """Gives a font another family's name, and says how bold it is."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID not in _NAMES]
    plain = "".join(filter(str.isascii, family.replace(" ", "")))[:_LONGEST] or "Font"
    for number in _NAMES:
        names.setName(plain if number == _POSTSCRIPT else family, number, 3, 1, 0x409)
    if "OS/2" in font:
        font["OS/2"].usWeightClass = weight


def quadratic(font: Any) -> None:
    """Cubic outlines become quadratic ones, within 1/1000 em: few programs beside browsers read the others."""
    if "glyf" in font:
        return
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    made = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, made
    for name in order:
        made[name].recalcBounds(font["glyf"])
        font["hmtx"][name] = font["hmtx"][name][0], getattr(made[name], "xMin", 0)
    for tag in ("CFF ", "CFF2", "VORG"):
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones, maxp.numGlyphs = 0x00010000, 1, len(order)
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
        "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, field, 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    font["post"].glyphOrder = order
    font.sfntVersion = "\x00\x01\x00\x00"


Point = tuple[float, float]
Contour = tuple[tuple[Point, ...], ...]
"""Where it begins, then its segments: a line by its end, a curve by its handle and its end. It is closed."""


@cache
def contours(character: str, file: TTF) -> tuple[Contour, ...]:
    """The outlines of a character of a TTF, in 1/1000 em, y upwards; none if it lacks it."""
    glyphs, names, scale = _glyphs(file)
    if ord(character) not in names:
        return ()
    pen = _pen()(glyphs)
    glyphs[names[ord(character)]].draw(pen)
    found: tuple[Contour, ...] = tuple(map(tuple, pen.contours))
    if scale == 1:
        return found
    return tuple(
        [tuple([tuple([(x * scale, y * scale) for x, y in segment]) for segment in contour]) for contour in found]
    )


@cache
def _glyphs(file: TTF) -> tuple[Any, dict[int, str], float]:
    from fontTools.ttLib import TTFont

    data = file.data
    if not data:
        with open(file.path, "rb") as handle:
            data = handle.read()
    font = TTFont(io.BytesIO(data), lazy=True)
    return font.getGlyphSet(), font.getBestCmap(), 1000 / font["head"].unitsPerEm


@cache
def _pen() -> Any:
    """The class that keeps contours; what it stands on is imported only where outlines are asked for."""
    from fontTools.pens.basePen import BasePen

    class Pen(BasePen):  # type: ignore[misc]
        def __init__(self, glyphs: Any) -> None:
            super().__init__(glyphs)
            self.contours: list[list[tuple[Point, ...]]] = []

        def _moveTo(self, pt: Point) -> None:
            self.contours.append([(pt,)])

        def _lineTo(self, pt: Point) -> None:
            self.contours[-1].append((pt,))

        def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:
            self.contours[-1].append((pt1, pt2))

    return Pen
