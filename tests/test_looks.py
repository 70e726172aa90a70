"""Cells that look alike: none in grey where a theme is for print, none to a colour-blind eye."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pytest

from netdraw.styles.cells import measures as style
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.themes.base import load, names

PARENTS = {"pool", "norm", "recurrent"}
"""Only what an unknown kind falls back to; it may look as one of its kinds."""

RED_BLIND = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
GREEN_BLIND = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
BLUE_BLIND = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB."""

Triple = tuple[float, float, float]


class Seen(NamedTuple):
    """What an eye without colours tells apart, and the colours."""

    form: tuple[object, ...]
    colors: tuple[str, ...]
    category: str


def _seen(theme_name: str) -> list[Seen]:
    """Every cell, linear and activated, with the colours that its form shows."""
    theme = load(theme_name)
    found = []
    for category, glyph in GLYPHS.items():
        if category in PARENTS:
            continue
        for form in dict.fromkeys((glyph.linear, glyph.activated)):
            look = theme.look(category)
            drawn = style.glyph(category, theme.shapes.lean)
            key = (form, drawn.rx, drawn.ry, drawn.angle, drawn.letters, drawn.mark, drawn.loop)
            found.append(Seen(key, (look.core,) if form == "disc" else (look.core, look.ring), category))
    return found


def _linear(color: str) -> Triple:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return r, g, b


def _lab(rgb: Triple) -> Triple:
    """CIE L*a*b*, D65, of linear RGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * max(b, 0.0) for a, b in zip(row, rgb, strict=True)) for row in rows]
    scaled = [value / white for value, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _blind(color: str, matrix: tuple[Triple, Triple, Triple]) -> Triple:
    rgb = _linear(color)
    r, g, b = (sum(a * part for a, part in zip(row, rgb, strict=True)) for row in matrix)
    return _lab((r, g, b))


def _apart(a: Triple, b: Triple) -> float:
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def _alike(name: str) -> list[tuple[Seen, Seen]]:
    """The pairs that only colour tells apart."""
    pairs = combinations(_seen(name), 2)
    return [(one, other) for one, other in pairs if one.form == other.form and one.category != other.category]


def test_in_print_no_two_cells_turn_the_same_grey() -> None:
    for one, other in _alike("print"):
        steps = [abs(_lab(_linear(a))[0] - _lab(_linear(b))[0]) for a, b in zip(one.colors, other.colors, strict=True)]
        assert max(steps) >= 25, (one.category, other.category)


def test_print_has_two_greys() -> None:
    used = {color for seen in _seen("print") for color in seen.colors}
    assert all(color[1:3] == color[3:5] == color[5:7] for color in used)
    greys = {color for color in used if color not in ("#ffffff", "#1a1a1a", "#f2f2f2", "#595959")}
    assert greys == {"#b4b4b4", "#707070"}


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("matrix", [RED_BLIND, GREEN_BLIND, BLUE_BLIND])
def test_the_colour_blind_tell_cells_apart(name: str, matrix: tuple[Triple, Triple, Triple]) -> None:
    for one, other in _alike(name):
        steps = [_apart(_blind(a, matrix), _blind(b, matrix)) for a, b in zip(one.colors, other.colors, strict=True)]
        assert max(steps) >= 10, (one.category, other.category, max(steps))


def test_joins_and_norms_are_told_apart_by_their_signs_alone() -> None:
    joins = ["add", "sub", "mul", "div", "pow", "matmul", "concat", "split", "slice", "crop", "shuffle"]
    assert len({GLYPHS[name].letters for name in joins}) == len(joins)
    norms = [name for name in GLYPHS if name.startswith("norm")]
    assert len({GLYPHS[name].letters for name in norms}) == len(norms)
