"""The figure of a diff with its options, as something that saves and shows itself."""

from __future__ import annotations

from .. import options
from ..collector import paused
from ..diagram.view import CostUnit, View
from ..drawing import Drawing
from ..lining import line_up
from ..page import Width, read_width
from ..scene.model import Scene
from ..themes.base import load
from ..themes.model import Theme
from .figure import figure
from .model import Diff


def draw(
    diff: Diff,
    *,
    theme: str = "default",
    width: str | float | None = None,
    cost: CostUnit = "macs",
    legend: bool = True,
    title: bool = True,
    caption: bool = True,
    lang: str = "en",
    fonts: str = "embed",
    **unknown: object,
) -> Drawing:
    """The first network above the second. Without a width it is as wide as a screen, or as it needs.

    Raises OptionError for an unknown option or value, and for a width that it does not fit.
    """
    options.known(unknown, draw.__kwdefaults__)
    options.texts(theme=theme, fonts=fonts)
    options.choices(cost=cost, lang=lang)
    view = View(cost=cost, legend=legend, title=title, caption=caption, lang=lang)
    page = read_width("screen" if width is None else width)
    return Drawing(_drawn(diff, view, load(theme), page, width is None), fonts)


@paused()
def _drawn(diff: Diff, view: View, theme: Theme, page: Width, free: bool) -> Scene:
    return line_up(figure(diff, view), theme, page, free=free, language=view.lang)
