"""The widths of a unit in terms of its input: `C`, `6C`, `C/4`, `C′` for an output of its own, else numbers.

A unit stands for several blocks of one structure; a width is a multiple where it is the same one in all of them.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

INPUT, OUTPUT = "C", "C′"
MOST = 16
"""A multiple by more, or a smaller part, says nothing that a number would not."""
LISTED = 3
"""So many different numbers are listed; of more, the least and the largest are said."""


class Width(NamedTuple):
    """One width in all blocks of a unit. `of` is what it is a multiple of, "" where it is the `numbers` themselves."""

    of: Literal["C", "C′", ""]
    ratio: Fraction
    numbers: tuple[int, ...]

    @property
    def text(self) -> str:
        """As a figure says it."""
        if not self.of:
            distinct = list(dict.fromkeys(self.numbers))
            if len(distinct) > LISTED:
                return f"{min(distinct)}…{max(distinct)}"
            return ", ".join(map(str, distinct))
        times, part = self.ratio.numerator, self.ratio.denominator
        return f"{times if times > 1 else ''}{self.of}{f'/{part}' if part > 1 else ''}"

    def at(self, channels: int) -> Fraction:
        """The width where input and output have so many channels; of numbers the first block's."""
        return self.ratio * channels if self.of else Fraction(self.numbers[0])


def width(values: Sequence[int], inputs: Sequence[int], outputs: Sequence[int]) -> Width:
    """The width that is `values` in blocks whose inputs and outputs have those channels, block by block."""
    for of, bases in ((INPUT, inputs), (OUTPUT, outputs)):
        ratios = {Fraction(value, base) for value, base in zip(values, bases, strict=True) if base}
        if len(ratios) == 1 and all(bases):
            ratio = ratios.pop()
            if _plain(ratio):
                return Width(of, ratio, tuple(values))  # type: ignore[arg-type]
    return Width("", Fraction(1), tuple(values))


def _plain(ratio: Fraction) -> bool:
    """Whether a ratio is a multiple, a part, or so many and a half."""
    times, part = ratio.numerator, ratio.denominator
    return 0 < times <= MOST and part <= MOST and (times == 1 or part <= 2)
