"""What a figure is drawn with and on: its theme, the page, the fonts, and the language of its words."""

from ..core.errors import Fault, OptionError, option
from ..core.lengths import UNITS, Height, Width
from ..core.records import NamedTuple
from ..scene.compose import length
from ..styles.base import DEFAULT, STYLES, Metrics, Setting, Style
from ..themes.model import Theme
from ..type.typeface import OURS, Fonts


class Medium(NamedTuple):
    """Lengths are in the unit of the drawing, in which a cell is `d` wide."""

    theme: Theme
    page: Width
    fonts: Fonts = OURS
    language: str = "en"
    style: Style = STYLES[DEFAULT]
    height: Height | None = None
    """The most that the figure may be high, where it was asked for."""
    free: bool = False
    """Whether it may be wider than the page, since no width was asked for."""

    @property
    def d(self) -> float:
        return self.page.d

    @property
    def metrics(self) -> Metrics:
        """What cells and texts take, for a layout."""
        return Metrics(self.d, self.style, Setting(self.theme, self.fonts, self.language))

    def width(self, said: str, size: float, weight: int = 400) -> float:
        """The advance width of a line of text."""
        return self.fonts.width(said, size, weight)

    def physical(self, width: float, height: float) -> tuple[str, str]:
        """Both lengths on paper, with their unit."""
        unit = self.page.unit
        return length(width / UNITS[unit].scale, unit), length(height / UNITS[unit].scale, unit)

    def too_narrow(self, least: float) -> OptionError:
        """What to raise where a figure needs that width and has less."""
        works = self.page.at(self.page.steps(least)).written
        message = f"the figure does not fit a width of {self.page.written}; the least that works is {works}"
        return OptionError([Fault("ND622", message, where=option("width"))])
