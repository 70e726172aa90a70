"""The page box of a figure as it is asked for: px on a screen, mm or inches on paper."""

from __future__ import annotations

import math

from .errors import Fault, OptionError, near_miss, option
from .records import NamedTuple

D_SCREEN, D_PAPER = 44.0, 15.0
"""The diameter of a cell: px on a screen, points on paper, where the least text then has 6 points."""

NAMED = {"screen": "1440px", "page": "174mm", "column": "3.5in"}
"""Widths by name; `none` is one row as long as it needs."""

TALL = "240mm"
"""The height of a figure on paper where none is asked."""


class LengthUnit(NamedTuple):
    """How many units of the drawing (px or points) make one, the cell's diameter in them, and the least step named.

    `inch` is how many of it make an inch.
    """

    scale: float
    d: float
    step: float
    inch: float


UNITS = {
    "px": LengthUnit(1.0, D_SCREEN, 1.0, 96.0),
    "mm": LengthUnit(72 / 25.4, D_PAPER, 1.0, 25.4),
    "in": LengthUnit(72.0, D_PAPER, 0.1, 1.0),
    "pt": LengthUnit(1.0, D_PAPER, 1.0, 72.0),
}


class Width(NamedTuple):
    """A width in one of the UNITS; `value` is None for one row as long as it needs."""

    value: float | None
    unit: str

    @property
    def d(self) -> float:
        """The diameter of a cell, in the drawing's unit."""
        return UNITS[self.unit].d

    @property
    def least(self) -> float:
        """The least diameter of a cell, in the drawing's unit: that on paper, where texts have their least size."""
        unit = UNITS[self.unit]
        return D_PAPER * unit.inch * unit.scale / 72

    @property
    def written(self) -> str:
        """The width as one would write it."""
        return _said(self.value, self.unit)

    @property
    def drawn(self) -> float | None:
        """The width in the drawing's unit."""
        return None if self.value is None else self.value * UNITS[self.unit].scale

    def steps(self, drawn: float) -> int:
        """A width in the drawing's unit as so many of the steps that one would write, rounded up."""
        unit = UNITS[self.unit]
        return math.ceil(drawn / unit.scale / unit.step - 1e-9)

    def at(self, steps: int) -> Width:
        """The width of so many steps."""
        return self._replace(value=round(steps * UNITS[self.unit].step, 6))


class Height(NamedTuple):
    """A height in one of the UNITS, beside a width in another; `value` is None where there is no limit."""

    value: float | None
    unit: str
    beside: str

    @property
    def written(self) -> str:
        """The height as one would write it."""
        return _said(self.value, self.unit)

    @property
    def scale(self) -> float:
        """How many units of the drawing make one."""
        own, page = UNITS[self.unit], UNITS[self.beside]
        return page.inch * page.scale / own.inch

    @property
    def drawn(self) -> float | None:
        """The height in the drawing's unit."""
        return None if self.value is None else self.value * self.scale

    def least(self, drawn: float) -> str:
        """A height in the drawing's unit as one would write it, rounded up."""
        step = UNITS[self.unit].step
        return _said(math.ceil(drawn / self.scale / step - 1e-9) * step, self.unit)


def read_width(value: str | float) -> Width:
    """A bare number or a text such as 174mm, 3.5in, page. Raises OptionError for anything else."""
    text = NAMED.get(value, value) if isinstance(value, str) else f"{value}"
    if text == "none":
        return Width(None, "px")
    number, unit = _length(value, text)
    if number is None:
        raise _no_length("ND621", "width", value, near_miss(text, [*NAMED, "none"]), "174mm, 3.5in, page, column")
    return Width(number, unit)


def read_height(value: str | float | None, width: Width) -> Height:
    """A bare number or a text such as 240mm, 9in, none; where nothing is asked, TALL on paper.

    Raises OptionError for anything else.
    """
    if value is None:
        value = TALL if width.unit in ("mm", "in") else "none"
    text = f"{value}"
    if text == "none":
        return Height(None, width.unit, width.unit)
    number, unit = _length(value, text)
    if number is None:
        raise _no_length("ND626", "height", value, near_miss(text, ["none"]), "240mm, 9in")
    return Height(number, unit, width.unit)


def _length(value: str | float, text: str) -> tuple[float | None, str]:
    """A length above 0 and its unit; None for another text."""
    unit = next((unit for unit in UNITS if text.endswith(unit)), "")
    try:
        number = float(text.removesuffix(unit))
    except ValueError:
        number = math.nan
    good = math.isfinite(number) and number > 0 and not isinstance(value, bool)
    return number if good else None, unit or "px"


def _no_length(code: str, what: str, value: object, near: str | None, examples: str) -> OptionError:
    hint = f"did you mean '{near}'?" if near else f"write px as a bare number, {examples} or none"
    return OptionError([Fault(code, f"'{value}' is no {what}; {hint}", where=option(what))])


def _said(value: float | None, unit: str) -> str:
    return "none" if value is None else f"{value:g}{'' if unit == 'px' else unit}"
