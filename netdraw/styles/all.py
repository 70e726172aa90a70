"""The styles of this package by name, and what a layout gets of one."""

from ..core.errors import Fault, OptionError, did_you_mean, option
from ..themes.model import Theme
from ..type.typeface import OURS, Fonts
from .base import DEFAULT, STYLES, Metrics, Setting, Style
from .cells import CELLS

__all__ = ["STYLES", "find_style", "metrics"]

STYLES.late("boxes", "netdraw.styles.boxes")


def find_style(name: str = DEFAULT) -> Style:
    """The style of a name. Raises OptionError, with what is near, where there is none."""
    found = STYLES.get(name)
    if found is None:
        raise OptionError(
            [Fault("ND623", f"unknown style '{name}'{did_you_mean(name, STYLES)}", where=option("style"))]
        )
    return found


def metrics(theme: Theme, d: float, fonts: Fonts = OURS, style: Style = CELLS, language: str = "en") -> Metrics:
    """What a layout gets where a plain cell is `d` units wide."""
    return Metrics(d, style, Setting(theme, fonts, language))
