"""How numbers are written: three significant digits with their zeros kept, and the sign of a unit."""

from __future__ import annotations

_PREFIXES = "kMGTPE"


def short(number: int) -> str:
    """Three significant digits and a prefix: `118 M`, `2.05 M`, `1.00 k`; below 1,000 the number itself.

    Beyond the prefixes, from 10²¹ on, as a power of ten: `1.23×10³³`.
    """
    if number < 1000:
        return str(number)
    power = len(str(number)) - 1
    lead = (number * 2 + 10 ** (power - 2)) // (2 * 10 ** (power - 2))  # three digits, halves up, in whole numbers
    if lead == 1000:
        lead, power = 100, power + 1
    place, behind = divmod(power, 3)
    if place > len(_PREFIXES):
        return f"{_pointed(lead, 0)}×10{str(power).translate(_RAISED)}"
    return f"{_pointed(lead, behind)} {_PREFIXES[place - 1]}"


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _pointed(lead: int, behind: int) -> str:
    """Three digits with the point behind the first `behind + 1`."""
    digits = str(lead)
    return digits if behind == 2 else f"{digits[: behind + 1]}.{digits[behind + 1 :]}"


def share(part: int, whole: int) -> str:
    """A share in whole per cent: `18 %`; `<1 %` for what is more than nothing and rounds to it."""
    if whole == 0:
        return "0 %"
    percent = 100 * part / whole
    return "<1 %" if 0 < percent < 0.5 else f"{percent:.0f} %"


def grouped(number: int) -> str:
    """All digits, in groups of three: `3,504,872`."""
    return f"{number:,}"
