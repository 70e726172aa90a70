"""The font files that travel with the package: names, paths, and subsets cut on the fly.

Two families: `Netdraw Sans` (Latin and Greek, weights 400 and 600; as whole TTFs, and as WOFF2 in the slices `core`
and `rest`) and `Netdraw Sans SC` (Chinese, weight 400, TTF only: SVGs embed a subset of what they use).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from netdraw import resources

FAMILY = "Netdraw Sans"
FAMILY_SC = "Netdraw Sans SC"
FALLBACK = f"'{FAMILY}', '{FAMILY_SC}', sans-serif"
"""The `font-family` to write: names quoted and a generic one last, else resvg drops a text without a word."""
WEIGHTS = (400, 600)
SLICES = ("core", "rest")


def font_files() -> list[str]:
    """The paths of all our TTFs, for renderers that load fonts themselves."""
    names = [f"NetdrawSans-{weight}.ttf" for weight in WEIGHTS]
    return [resources.package_path("fonts", name) for name in [*names, "NetdrawSansSC-400.ttf"]]


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
    return resources.package_path("fonts", f"NetdrawSans-{weight}-{part}.woff2")


def subset_woff2(characters: Iterable[str], file: str) -> bytes:
    """A WOFF2 of only these characters of a font file; the same bytes every time for one fonttools and brotli.

    Hints and layout features are left out, so that widths are the plain advances; characters that the font lacks
    are passed over.
    """
    from fontTools import subset  # 80 ms to import, needed by few figures
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx"]
    options.recalc_timestamp = False
    font = TTFont(file, recalcTimestamp=False, fontNumber=0)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(set(characters))))
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


Point = tuple[float, float]
Contour = tuple[tuple[Point, ...], ...]
"""Where it begins, then its segments: a line by its end, a curve by its handle and its end. It is closed."""


@cache
def contours(character: str, file: str) -> tuple[Contour, ...]:
    """The outlines of a character, in 1/1000 em, y upwards; none for one that the font file lacks."""
    glyphs, names = _glyphs(file)
    if ord(character) not in names:
        return ()
    pen = _pen()(glyphs)
    glyphs[names[ord(character)]].draw(pen)
    return tuple(map(tuple, pen.contours))


@cache
def _glyphs(file: str) -> tuple[Any, dict[int, str]]:
    from fontTools.ttLib import TTFont

    with open(file, "rb") as handle:
        font = TTFont(io.BytesIO(handle.read()), lazy=True)
    return font.getGlyphSet(), font.getBestCmap()


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
