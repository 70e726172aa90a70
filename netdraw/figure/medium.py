"""What a figure is drawn with and on: its theme, the page, the fonts, and the language of its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..core.errors import Fault, OptionError, both, gather
from ..core.lengths import UNITS, Width, read_width
from ..scene.compose import length
from ..styles.all import find_style, metrics
from ..styles.base import DEFAULT, Metrics, Style
from ..styles.cells import CELLS
from ..themes.base import Source as ThemeSource
from ..themes.base import load
from ..themes.model import Theme
from ..type.typeface import OURS, Fonts
from . import options
from .font_option import Font, read_fonts


class Medium(NamedTuple):
    """Lengths are in the unit of the drawing, in which a cell is `d` wide."""

    theme: Theme
    page: Width
    fonts: Fonts = OURS
    language: str = "en"
    style: Style = CELLS

    @property
    def metrics(self) -> Metrics:
        """What cells and texts take, for a layout."""
        return metrics(self.theme, self.d, self.fonts, self.style, self.language)

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


def asked(
    unknown: Mapping[str, object],
    names: Mapping[str, object] | None,
    theme: ThemeSource,
    width: str | float,
    fonts: str,
    font: Font | None,
    style: str = DEFAULT,
    **words: object,
) -> Medium:
    """The medium of a figure whose options are `names`; checks `fonts`, and the words that have choices, `lang` too.

    Raises OptionError and SpecError for all that they do not allow.
    """
    language = words["lang"] if isinstance(words["lang"], str) else ""
    checks = (
        lambda: options.known(unknown, names),
        lambda: options.texts(fonts=fonts),
        lambda: options.choices(**words),
    )
    return both(lambda: gather(*checks), lambda: read_medium(theme, width, font, language, style))[1]


def read_medium(
    theme: ThemeSource = "default",
    width: str | float = "screen",
    font: Font | None = None,
    language: str = "en",
    style: str = DEFAULT,
) -> Medium:
    """From the options of figures. Raises OptionError and SpecError for what they do not allow, all in one."""
    (look, page), (fonts, cells) = both(
        lambda: both(lambda: load(theme), lambda: read_width(width)),
        lambda: both(lambda: read_fonts(font), lambda: read_style(style)),
    )
    return Medium(look, page, fonts, language, cells)


def read_style(name: str) -> Style:
    """Raises OptionError where there is no style of that name."""
    options.texts(style=name)
    return find_style(name)
