"""What a figure is drawn with and on: its theme, the page, the fonts, and the language of its words."""

from __future__ import annotations

from typing import NamedTuple

from .errors import Fault, OptionError
from .fontoption import Font, read_fonts
from .page import UNITS, Width, read_width
from .scene.compose import length
from .themes.base import Source as ThemeSource
from .themes.base import load
from .themes.model import Theme
from .typeface import OURS, Fonts


class Medium(NamedTuple):
    """Lengths are in the unit of the drawing, in which a cell is `d` wide."""

    theme: Theme
    page: Width
    fonts: Fonts = OURS
    language: str = "en"

    @property
    def d(self) -> float:
        return self.page.d

    def width(self, said: str, size: float, weight: int = 400) -> float:
        """The advance width of a line of text."""
        return self.fonts.width(said, size, weight)

    def physical(self, width: float, height: float) -> tuple[str, str]:
        """Both lengths on paper, with their unit."""
        unit = self.page.unit
        return length(width / UNITS[unit].scale, unit), length(height / UNITS[unit].scale, unit)

    def too_narrow(self, least: float) -> OptionError:
        """What to raise where a figure needs that width and has less."""
        works = self.page.at(self.page.steps(least)).asked
        message = f"the figure does not fit a width of {self.page.asked}; the least that works is {works}"
        return OptionError([Fault("ND622", message, where="--width")])


def read_medium(
    theme: ThemeSource = "default", width: str | float = "screen", font: Font | None = None, language: str = "en"
) -> Medium:
    """From the options of figures. Raises OptionError and SpecError for what they do not allow."""
    return Medium(load(theme), read_width(width), read_fonts(font), language)
