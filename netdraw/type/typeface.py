"""The fonts of one figure: ours, or files of the user's. It is measured and drawn by this one value."""

from functools import lru_cache
from typing import TYPE_CHECKING

from ..core.records import NamedTuple
from . import text as own
from .fontfiles import FAMILY, FAMILY_SC

if TYPE_CHECKING:
    from .userfont import FontFile

_EM = 1000
_NO_GLYPH = 1000.0, (0.0, -120.0, 1000.0, 880.0)
"""A character that no font has counts as a full box of one em."""


class Fonts(NamedTuple):
    """A character is drawn in the first of `files` that has it, in bold texts in the first bold one; else in `ours`.

    Lengths are in the unit of `size`. `weight` is 400, or 600 for what is bold.
    """

    files: "tuple[FontFile, ...]" = ()
    ours: bool = True

    def width(self, said: str, size: float, weight: int = 400) -> float:
        """The advance width of a line of text."""
        if not self.files:
            return own.width(said, size, weight)
        return _units(self, said, weight) * size / _EM

    def ink(self, said: str, size: float, weight: int = 400) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of what is drawn, from the start of the baseline, y downwards."""
        if not self.files:
            return own.ink(said, size, weight)
        left, top, right, bottom = _ink(self, said, weight)
        scale = size / _EM
        return left * scale, top * scale, right * scale, bottom * scale

    @property
    def cap_height(self) -> float:
        """The height of a capital of bold texts, by the size."""
        return self.ordered(600)[0].cap_height if self.files else own.CAP_HEIGHT

    def missing(self, said: str) -> tuple[str, ...]:
        """The characters that none of the fonts has, each once, in the order of the text."""
        found = own.missing(said) if self.ours else tuple(dict.fromkeys(said))
        return tuple([one for one in found if not any(file.has(one) for file in self.files)])

    def ordered(self, weight: int) -> "list[FontFile]":
        """The user's files in the order in which they are asked."""
        bold = weight > 500
        return sorted(self.files, key=lambda file: file.bold != bold)

    def file(self, character: str, weight: int) -> "FontFile | None":
        """The file of the user's that draws a character; None where ours does."""
        return next((file for file in self.ordered(weight) if file.has(character)), None)

    def steps(self, said: str, weight: int = 400) -> list[tuple[float, float]]:
        """Of each character its advance and the kerning behind it, in 1/1000 em; their sum is the width of the text."""
        found: list[tuple[float, float]] = []
        for file, run in _runs(self, said, weight) if self.files else ((None, said),):
            found += [(file.glyph(one)[0], 0) for one in run] if file else own.steps(run, weight)
        return found

    def families(self) -> tuple[str, ...]:
        """The names under which the user's files are asked for, one a place in the order: no two are the same.

        What is bold and what is not may be two files under one name.
        """
        taken = {FAMILY, FAMILY_SC} if self.ours else set()
        names: list[str] = []
        for file in self.ordered(400):
            name, number = file.family, 2
            while name in taken:
                name, number = f"{file.family} {number}", number + 1
            taken.add(name)
            names.append(name)
        return tuple(names)


OURS = Fonts()


@lru_cache(maxsize=1 << 14)
def _runs(fonts: Fonts, said: str, weight: int) -> "tuple[tuple[FontFile | None, str], ...]":
    found: list[tuple[FontFile | None, str]] = []
    for character in said:
        file = fonts.file(character, weight)
        if found and found[-1][0] is file:
            found[-1] = file, found[-1][1] + character
        else:
            found.append((file, character))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _units(fonts: Fonts, said: str, weight: int) -> float:
    total = 0.0
    for file, run in _runs(fonts, said, weight):
        if file is None and fonts.ours:
            total += own.width(run, _EM, weight)
        else:
            total += sum([file.glyph(one)[0] if file else _NO_GLYPH[0] for one in run])
    return total


@lru_cache(maxsize=1 << 12)
def _ink(fonts: Fonts, said: str, weight: int) -> tuple[float, float, float, float]:
    boxes = []
    pen = 0.0
    for file, run in _runs(fonts, said, weight):
        if file is None and fonts.ours:
            left, top, right, bottom = own.ink(run, _EM, weight)
            boxes.append((pen + left, top, pen + right, bottom))
            pen += own.width(run, _EM, weight)
            continue
        for one in run:
            advance, (x0, y0, x1, y1) = file.glyph(one) if file else _NO_GLYPH
            boxes.append((pen + x0, -y1, pen + x1, -y0))
            pen += advance
    return own.union(boxes)
