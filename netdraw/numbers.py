"""How numbers are written: three significant digits with their zeros kept, and the sign of a unit."""

from __future__ import annotations

_STEPS = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"))


def short(number: int) -> str:
    """Three significant digits and a prefix: `118 M`, `2.05 M`, `1.00 k`; below 1,000 the number itself."""
    for index, (step, prefix) in enumerate(_STEPS):
        if number < step:
            continue
        text = _three(number / step)
        if text == "1000":  # rounded up into the next prefix
            return f"1.00 {_STEPS[index - 1][1]}" if index else f"1000 {prefix}"
        return f"{text} {prefix}"
    return str(number)


def _three(value: float) -> str:
    for digits, bound in ((2, 9.995), (1, 99.95), (0, 999.5)):
        if value < bound:
            return f"{value:.{digits}f}"
    return f"{value:.0f}"


def share(part: int, whole: int) -> str:
    """A share in whole per cent: `18 %`; `<1 %` for what is more than nothing and rounds to it."""
    if whole == 0:
        return "0 %"
    percent = 100 * part / whole
    return "<1 %" if 0 < percent < 0.5 else f"{percent:.0f} %"


def grouped(number: int) -> str:
    """All digits, in groups of three: `3,504,872`."""
    return f"{number:,}"
