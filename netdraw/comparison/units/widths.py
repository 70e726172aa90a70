"""The widths of a unit in terms of its input: `C`, `6C`, `C/4`, `C′` for an output of its own, else numbers.

A unit stands for several blocks of one structure; a width is a multiple where it is the same one in all of them.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from ...core.records import NamedTuple

INPUT: Literal["C"] = "C"
OUTPUT: Literal["C′"] = "C′"
MOST = 16
"""A multiple by more, or a smaller part, says nothing that a number would not."""
LISTED = 3
"""So many different numbers are listed; of more, the least and the largest are said."""


class ChannelWidth(NamedTuple):
    """One width in all blocks of a unit. `of` is what it is a multiple of, "" where it is the `numbers` themselves.

    `plus` is what it has more than that in every block.
    """

    of: Literal["C", "C′", ""]
    ratio: Fraction
    numbers: tuple[int, ...]
    plus: int = 0

    @property
    def text(self) -> str:
        """As a figure says it."""
        if not self.of:
            distinct = list(dict.fromkeys(self.numbers))
            if len(distinct) > LISTED:
                return f"{min(distinct)}…{max(distinct)}"
            return ", ".join(map(str, distinct))
        times, part = self.ratio.numerator, self.ratio.denominator
        more = f" + {self.plus}" if self.plus else ""
        return f"{times if times > 1 else ''}{self.of}{f'/{part}' if part > 1 else ''}{more}"

    @property
    def listed(self) -> bool:
        """Whether it is another number in other blocks."""
        return not self.of and len(set(self.numbers)) > 1

    def at(self, channels: int, out: int) -> Fraction:
        """The width where input and output have so many channels; of numbers the first block's."""
        if not self.of:
            return Fraction(self.numbers[0])
        return self.ratio * (channels if self.of == INPUT else out) + self.plus


def width(values: Sequence[int], inputs: Sequence[int], outputs: Sequence[int]) -> ChannelWidth:
    """The width that is `values` in blocks whose inputs and outputs have those channels, block by block.

    Without `outputs`, the output's width is no free one. Where all outputs are alike, a part of them is a coincidence.
    """
    ratio = _ratio(values, inputs)
    if ratio:
        return ChannelWidth(INPUT, ratio, tuple(values))
    ratio = _ratio(values, outputs) if outputs else None
    if ratio and (ratio == 1 or len(set(outputs)) > 1):
        return ChannelWidth(OUTPUT, ratio, tuple(values))
    return ChannelWidth("", Fraction(1), tuple(values)) if outputs else more(values, inputs)


def more(values: Sequence[int], inputs: Sequence[int]) -> ChannelWidth:
    """The width as the input's and so many more, where that is the same in blocks of several widths; else numbers."""
    differences = {value - base for value, base in zip(values, inputs, strict=True)}
    if len(differences) == 1 and min(differences) > 0 and len(set(inputs)) > 1:
        return ChannelWidth(INPUT, Fraction(1), tuple(values), differences.pop())
    return ChannelWidth("", Fraction(1), tuple(values))


def _ratio(values: Sequence[int], bases: Sequence[int]) -> Fraction | None:
    """What all values are of their bases: a multiple, a part, or so many and a half; None where they are none."""
    if not all(bases):
        return None
    ratios = {Fraction(value, base) for value, base in zip(values, bases, strict=True)}
    if len(ratios) != 1:
        return None
    times, part = ratios.copy().pop().as_integer_ratio()
    return ratios.pop() if 0 < times <= MOST and part <= MOST and (times == 1 or part <= 2) else None
