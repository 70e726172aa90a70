"""Fonts made on the spot: squares as wide and high as a test asks, in every kind of file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

EM = 2048
ASCII = "".join(map(chr, range(0x20, 0x7F)))
SIGNS = "×·²³→−≥≤±‖…′–“”’"


def wild(character: str) -> int:
    """A width from 0.15 to 1.25 em that follows from the character, in units of the font."""
    return EM * (15 + ord(character) * 37 % 111) // 100


def square(pen: Any, width: int, height: int) -> None:
    pen.moveTo((width // 20, 0))
    for point in ((width // 20, height), (width - width // 20, height), (width - width // 20, 0)):
        pen.lineTo(point)
    pen.closePath()


def made(
    characters: Iterable[str] = ASCII + SIGNS,
    *,
    family: str = "Wild Squares",
    weight: int = 400,
    cubic: bool = False,
    embedding: int = 0,
    axis: tuple[int, int, int] | None = None,
) -> TTFont:
    """A font with these characters, each `wild` units wide; with an axis of weights, they are wider the bolder."""
    chars = sorted(set(characters))
    names = {one: f"u{ord(one):04X}" for one in chars}
    order = [".notdef", *names.values()]
    widths = {".notdef": EM, **{names[one]: wild(one) for one in chars}}
    heights = {name: 0 if name == names.get(" ") else 1400 for name in order}
    build = FontBuilder(EM, isTTF=not cubic)
    build.setupGlyphOrder(order)
    build.setupCharacterMap({ord(one): name for one, name in names.items()})
    glyphs: dict[str, Any] = {}
    for name in order:
        pen: Any = T2CharStringPen(widths[name], None) if cubic else TTGlyphPen(None)
        if heights[name]:
            square(pen, widths[name], heights[name])
        glyphs[name] = pen.getCharString() if cubic else pen.glyph()
    if cubic:
        build.setupCFF(family, {"FullName": family}, glyphs, {})
    else:
        build.setupGlyf(glyphs)
    build.setupHorizontalMetrics({name: (widths[name], widths[name] // 20) for name in order})
    build.setupHorizontalHeader(ascent=1600, descent=-400)
    build.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    build.setupOS2(usWeightClass=weight, fsType=embedding, sTypoAscender=1600, sTypoDescender=-400)
    build.setupPost()
    if axis:
        build.setupFvar([("wght", *axis, "Weight")], [])
        build.setupGvar({name: [_wider(widths[name])] if heights[name] else [] for name in order})
    return build.font


def _wider(width: int) -> Any:
    """Half as wide again at the bold end: the two right corners and the advance move."""
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    by = width // 2
    moves = [(0, 0), (0, 0), (by, 0), (by, 0), (0, 0), (by, 0), (0, 0), (0, 0)]
    return TupleVariation({"wght": (0.0, 1.0, 1.0)}, moves)


def data(font: TTFont, flavor: str | None = None) -> bytes:
    font.flavor = flavor
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def collection(*fonts: TTFont) -> bytes:
    whole = TTCollection()
    whole.fonts = list(fonts)
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()
