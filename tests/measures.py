"""What a layout gets, for tests that call one."""

from netdraw.styles.base import STYLES, Metrics, Setting
from netdraw.themes.model import Theme
from netdraw.type.typeface import OURS, Fonts


def metrics(theme: Theme, d: float, fonts: Fonts = OURS, style: str = "cells", language: str = "en") -> Metrics:
    """Of a style, where a plain cell is `d` units wide."""
    return Metrics(d, STYLES[style], Setting(theme, fonts, language))
