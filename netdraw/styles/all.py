"""The styles of this package by name, and what a layout gets of one."""

from ..themes.model import Theme
from ..type.typeface import OURS, Fonts
from .base import STYLES, Metrics, Setting, Style
from .cells import CELLS

__all__ = ["STYLES", "metrics"]


def metrics(theme: Theme, d: float, fonts: Fonts = OURS, style: Style = CELLS, language: str = "en") -> Metrics:
    """What a layout gets where a plain cell is `d` units wide."""
    return Metrics(d, style, Setting(theme, fonts, language))
