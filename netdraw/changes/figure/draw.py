"""The figure of a diff with its options, as something that saves and shows itself."""

from __future__ import annotations

from ...core.gc_pause import paused
from ...diagram.view import CostUnit, View
from ...figure.drawing import Drawing, drawing
from ...figure.font_option import Font
from ...figure.medium import Medium, asked
from ...figure.several import line_up
from ...scene.model import Scene
from ...themes.base import Source as ThemeSource
from ..model import Diff
from .figure import figure


def draw(
    diff: Diff,
    *,
    theme: ThemeSource = "default",
    width: str | float | None = None,
    cost: CostUnit = "macs",
    legend: bool = True,
    title: bool = True,
    caption: bool = True,
    lang: str = "en",
    fonts: str = "embed",
    font: Font | None = None,
    **unknown: object,
) -> Drawing:
    """The first network above the second. Without a width it is as wide as a comparison.

    Raises OptionError for an unknown option or value, and for a width that it does not fit.
    """
    page = "screen" if width is None else width
    medium = asked(unknown, draw.__kwdefaults__, theme, page, fonts, font, cost=cost, lang=lang)
    view = View(cost=cost, legend=legend, title=title, caption=caption, lang=lang)
    return drawing(_drawn(diff, view, medium, width is None), medium, fonts)


@paused()
def _drawn(diff: Diff, view: View, medium: Medium, free: bool) -> Scene:
    return line_up([figure(diff, view)], medium, free=free)
