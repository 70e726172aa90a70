"""Texts as shapes, for readers that have no fonts and read none that are embedded."""

from __future__ import annotations

from functools import lru_cache

from ..core.numbers import number
from ..type import fontfiles
from ..type.primitives import Text
from ..type.typeface import Fonts
from ..type.userfont import guarded
from . import fonts
from .base import NO_GLYPH
from .escape import attribute


def outlined(item: Text, used: Fonts, find: fonts.Finder, *, label: bool = True) -> str:
    """One path for the whole text, which is its label; in 1/1000 em, turned upright and to its size by a transform.

    Without a label it is hidden from those who read aloud: the text then stands beside it.
    """
    said = item.text
    drawn = fonts.replaced(item, dict.fromkeys(map(ord, used.missing(said)), NO_GLYPH))
    parts, pen = [], 0.0
    for character, (advance, kern) in zip(drawn.text, used.steps(drawn.text, drawn.weight), strict=True):
        for x, y, rest in _contours(character, find(character, drawn.weight)):
            parts.append(f"M{_whole(pen + x)} {_whole(y)}{rest}")
        pen += advance + kern
    size = f"{item.size / 1000:.5f}".rstrip("0")
    place = f'transform="matrix({size} 0 0 -{size} {number(fonts.start(drawn, used))} {number(item.y)})"'
    aria = f'aria-label="{attribute(said)}"' if label else 'aria-hidden="true"'
    return f'<path class="{item.role}" {aria} {place} d="{"".join(parts)}" fill="{item.color}"/>\n'


@lru_cache(maxsize=1 << 10)
def _contours(character: str, file: fontfiles.TTF) -> tuple[tuple[float, float, str], ...]:
    """Where each outline of a character begins, and how it goes on from there."""
    found = []
    for (start,), *segments in guarded(file.path, fontfiles.contours, character, file):
        x, y = start
        steps = []
        for segment in segments:
            steps.append("lq"[len(segment) - 1] + " ".join(f"{_whole(px - x)} {_whole(py - y)}" for px, py in segment))
            x, y = segment[-1]
        found.append((*start, "".join(steps) + "z"))
    return tuple(found)


def _whole(value: float) -> str:
    return number(value) if value % 1 else str(int(value))
