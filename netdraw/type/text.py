"""Measure text in the fonts that we ship, from tables made at build time; nothing is asked from the system.

Lengths are in the unit of `size`. Kerning is that of the core characters (ASCII and our signs) alone, because the
fonts have no other: what is computed is what resvg and browsers draw. The tables are read on first use: `core` by any
text, `rest` (Latin, Greek) and `sc` (Chinese) by a text with a character outside the ones before. There is one weight
of Chinese: it stands for 600 too. Text is measured as given: normalise (NFC) and strip white space at the door.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, TypeVar

from netdraw.core import resources
from netdraw.core.compiled import data
from netdraw.type.fontfiles import FALLBACK, FAMILY, FAMILY_SC, SLICES, WEIGHTS

from ..core.records import NamedTuple

__all__ = [
    "ASCENT", "CAP_HEIGHT", "DESCENT", "FALLBACK", "FAMILY", "FAMILY_SC", "SLICES", "WEIGHTS", "X_HEIGHT",
    "ink", "missing", "slices", "steps", "unicode_range", "width",
]  # fmt: skip

ASCENT = 1.024
"""Per em, above the baseline; with DESCENT the height of a line in a browser. Latin ink lies well within."""
DESCENT = 0.4
CAP_HEIGHT = 0.66
X_HEIGHT = 0.486

_EM = 1000
_PARTS = (*SLICES, "sc")
_Box = tuple[int, int, int, int]
Unit = TypeVar("Unit", int, float)


class _Face(NamedTuple):
    """One part at one weight, in units of 1/1000 em: by character the advance and the ink box x0 y0 x1 y1 (y up)."""

    advance: dict[str, int]
    ink: dict[str, _Box]
    kern: dict[str, int]  # by pair of characters


def width(text: str, size: float, weight: int = 400) -> float:
    """The advance width of a line of text, kerning included; a character that no font has counts as one em."""
    return _units(text, weight) * size / _EM


def ink(text: str, size: float, weight: int = 400) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of what is drawn, from the start of the baseline, y downwards (top is negative).

    All zero for a text without ink. A character that no font has counts as a full box of one em.
    """
    left, top, right, bottom = _ink_units(text, weight)
    scale = size / _EM
    return left * scale, top * scale, right * scale, bottom * scale


def steps(text: str, weight: int = 400) -> list[tuple[int, int]]:
    """Of each character its advance and the kerning behind it, in 1/1000 em; their sum is the width of the text."""
    kern = _face("core", weight).kern
    behind = [kern.get(pair, 0) for pair in map(str.__add__, text, text[1:])]
    return list(zip([_glyph(character, weight)[0] for character in text], [*behind, 0], strict=False))


def missing(text: str) -> tuple[str, ...]:
    """The characters that none of our fonts has, each once, in the order of the text."""
    return tuple(dict.fromkeys(character for character in text if _part(character) is None))


def slices(text: str) -> tuple[str, ...]:
    """The parts of our fonts that draw the text: of `core`, `rest` and `sc`, in this order."""
    touched = {_part(character) for character in set(text)}
    return tuple(part for part in _PARTS if part in touched)


def unicode_range(part: str) -> str:
    """The CSS unicode-range of a Latin slice, `core` or `rest`."""
    if part not in SLICES:
        raise ValueError(f"no slice {part!r}")
    found: str = _table(part)["range"]
    return found


@lru_cache(maxsize=1 << 14)
def _units(text: str, weight: int) -> int:
    core = _face("core", weight)
    try:
        total = sum(map(core.advance.__getitem__, text))
    except KeyError:
        total = sum([_glyph(character, weight)[0] for character in text])
    kern = core.kern
    return total + sum([kern[pair] for pair in map(str.__add__, text, text[1:]) if pair in kern])


@lru_cache(maxsize=1 << 12)
def _ink_units(text: str, weight: int) -> _Box:
    kern = _face("core", weight).kern
    boxes = []
    pen, before = 0, ""
    for character in text:
        pen += kern.get(before + character, 0)
        advance, (x0, y0, x1, y1) = _glyph(character, weight)
        boxes.append((pen + x0, -y1, pen + x1, -y0))
        pen += advance
        before = character
    return union(boxes)


def union(boxes: Iterable[tuple[Unit, Unit, Unit, Unit]]) -> tuple[Unit, Unit, Unit, Unit]:
    """The box around those that have ink; all zero where none has."""
    lefts, tops, rights, bottoms = zip(*[box for box in boxes if box[2] > box[0]] or [(0, 0, 0, 0)], strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@cache
def _glyph(character: str, weight: int) -> tuple[int, _Box]:
    """Advance and ink box of a character in the font that draws it."""
    part = _part(character)
    if part is None:
        return _EM, (0, -120, _EM, 880)
    face = _face(part, weight)
    return face.advance[character], face.ink[character]


def _part(character: str) -> str | None:
    """The part that draws the character; reads no table behind the one that has it."""
    return next((part for part in _PARTS if character in _face(part, 400).advance), None)


@cache
def _face(part: str, weight: int) -> _Face:
    if weight not in WEIGHTS:
        raise ValueError(f"no font of weight {weight}; there are {WEIGHTS}")
    if part == "sc" and weight != 400:
        return _face(part, 400)
    table = _table(part)[str(weight)]
    characters, numbers = table["characters"], iter(table["ink"])
    boxes = zip(numbers, numbers, numbers, numbers, strict=True)
    kern: dict[str, int] = {}
    for value, pairs in table.get("kern", {}).items():
        kern.update(dict.fromkeys(map(str.__add__, pairs[::2], pairs[1::2]), int(value)))
    return _Face(dict(zip(characters, table["advance"], strict=True)), dict(zip(characters, boxes, strict=True)), kern)


@cache
def _table(part: str) -> Any:
    return data(resources.package_path("type", "fonts", f"metrics-{part}.json"))
