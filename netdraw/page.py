"""The width of a figure as it is asked for: px on a screen, mm or inches on paper."""

from __future__ import annotations

import math
from typing import NamedTuple

from .errors import Fault, OptionError, near_miss

D_SCREEN, D_PAPER = 44.0, 15.0
"""The diameter of a cell: px on a screen, points on paper, where the least text then has 6 points."""

NAMED = {"screen": "1440px", "page": "174mm", "column": "3.5in"}
"""Widths by name; `none` is one row as long as it needs."""


class Unit(NamedTuple):
    """How many units of the drawing (px or points) make one, the cell's diameter in them, and the least step named."""

    scale: float
    d: float
    step: float


UNITS = {
    "px": Unit(1.0, D_SCREEN, 1.0),
    "mm": Unit(72 / 25.4, D_PAPER, 1.0),
    "in": Unit(72.0, D_PAPER, 0.1),
    "pt": Unit(1.0, D_PAPER, 1.0),
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
    def asked(self) -> str:
        """The width as one would ask for it."""
        return "none" if self.value is None else f"{self.value:g}{'' if self.unit == 'px' else self.unit}"

    @property
    def drawn(self) -> float | None:
        """The width in the drawing's unit."""
        return None if self.value is None else self.value * UNITS[self.unit].scale

    def least(self, drawn: float) -> str:
        """A width in the drawing's unit as one would ask for it, rounded up."""
        scale, _, step = UNITS[self.unit]
        count = math.ceil(drawn / scale / step - 1e-9)
        return f"{count * step:g}{'' if self.unit == 'px' else self.unit}"


def read_width(asked: str | float) -> Width:
    """A bare number or a text such as 174mm, 3.5in, page. Raises OptionError for anything else."""
    text = NAMED.get(asked, asked) if isinstance(asked, str) else f"{asked}"
    if text == "none":
        return Width(None, "px")
    unit = next((unit for unit in UNITS if text.endswith(unit)), "")
    try:
        value = float(text.removesuffix(unit))
    except ValueError:
        value = math.nan
    if isinstance(asked, bool) or not math.isfinite(value) or value <= 0:
        near = near_miss(text, [*NAMED, "none"])
        hint = f"did you mean '{near}'?" if near else "write px as a bare number, 174mm, 3.5in, page, column or none"
        raise OptionError([Fault("ND621", f"'{asked}' is no width; {hint}", where="--width")])
    return Width(value, unit or "px")
