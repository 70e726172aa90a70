"""How numbers are written: three significant digits with their zeros kept, and the sign of a unit."""

from __future__ import annotations

from collections.abc import Sequence

_PREFIXES = "kMGTPE"
MOST_DIGITS = 5
"""What numbers under each other have at most, so that unequal ones are told apart."""


def short(number: int, digits: int = 3) -> str:
    """Three significant digits, or more, and a prefix: `118 M`, `2.05 M`, `1.00 k`; below 1,000 the number itself.

    Beyond the prefixes, from 10²¹ on, as a power of ten: `1.23×10³³`.
    """
    if number < 1000:
        return str(number)
    power = len(str(number)) - 1
    lead = (number * 2 * 10**digits // 10**power + 10) // 20  # so many digits, halves up, in whole numbers
    if lead == 10**digits:
        lead, power = lead // 10, power + 1
    place, behind = divmod(power, 3)
    if place > len(_PREFIXES):
        return f"{_pointed(lead, 0)}×10{str(power).translate(_RAISED)}"
    return f"{_pointed(lead, behind)} {_PREFIXES[place - 1]}"


def short_column(numbers: Sequence[int]) -> list[str]:
    """Numbers that stand under each other, with so many digits that unequal ones are told apart, up to MOST_DIGITS."""
    written = [[short(number, digits) for number in numbers] for digits in range(3, MOST_DIGITS + 1)]
    return max(written, key=lambda texts: len(set(texts)))


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _pointed(lead: int, behind: int) -> str:
    """The digits with the point behind the first `behind + 1`."""
    digits = str(lead)
    return digits if len(digits) == behind + 1 else f"{digits[: behind + 1]}.{digits[behind + 1 :]}"


def share(part: int, whole: int) -> str:
    """A share in whole per cent: `18 %`; `<1 %` for what is more than nothing and rounds to it; "" of nothing."""
    if whole == 0:
        return ""
    percent = 100 * part / whole
    return "<1 %" if 0 < percent < 0.5 else f"{percent:.0f} %"


LEAST = "≥ "
"""Before a number of which a part is not known."""


def least(lacks: object) -> str:
    """The sign before a number of which something is missing; "" where nothing is."""
    return LEAST if lacks else ""


def grouped(number: int) -> str:
    """All digits, in groups of three: `3,504,872`."""
    return f"{number:,}"


def power(number: int) -> str:
    """Three significant digits and a power of a thousand: `1.81×10⁹`; below a thousand the number itself."""
    if number < 1000:
        return str(number)
    lead = str(round(number, 3 - len(str(number))))
    digits = (len(lead) - 1) // 3 * 3
    whole = len(lead) - digits
    tail = lead[whole : max(3, whole)]
    return f"{lead[:whole]}{'.' if tail else ''}{tail}×10{str(digits).translate(_RAISED)}"


def number(value: float) -> str:
    """A coordinate with at most two decimals, without trailing zeros: `12`, `0.5`, never `-0`."""
    text = f"{value:.2f}"
    if text[-1] == "0":
        text = text[:-3] if text[-2] == "0" else text[:-1]
    return "0" if text == "-0" else text
