"""A diagram of several lines as a picture, in common columns: as wide as asked, or as it needs."""

from __future__ import annotations

from .diagram.model import Diagram
from .errors import Fault, OptionError
from .layout.aligned import aligned
from .layout.base import Page, TooNarrow
from .page import UNITS, Width
from .scene.compose import compose
from .scene.model import Scene
from .styles.cells import metrics
from .themes.model import Theme


def line_up(diagram: Diagram, theme: Theme, page: Width, *, free: bool, language: str = "en") -> Scene:
    """The picture. Where it is `free` it may be wider than the page; else raises OptionError with the least width."""
    sizes = metrics(theme, page.d)
    try:
        placement = aligned(diagram, sizes, Page(page.drawn))
    except TooNarrow as fault:
        if not free:
            least = page.at(page.steps(fault.least)).asked
            message = f"the figure does not fit a width of {page.asked}; the least that works is {least}"
            raise OptionError([Fault("ND622", message, where="--width")]) from None
        placement = aligned(diagram, sizes, Page(fault.least))
    scale = UNITS[page.unit].scale
    return compose(diagram, placement, theme, unit=page.unit, scale=scale, language=language, engine="aligned")
