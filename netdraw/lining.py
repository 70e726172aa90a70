"""A diagram of several lines as a picture, in common columns: as wide as asked, or as it needs."""

from __future__ import annotations

from .diagram.model import Diagram
from .layout.aligned import aligned
from .layout.base import Page, TooNarrow
from .medium import Medium
from .page import UNITS
from .scene.compose import compose
from .scene.model import Scene
from .styles.cells import metrics


BROAD = 1.4
"""A figure without a width may be so many times as wide as a screen, where that gives it fewer systems."""


def line_up(diagram: Diagram, medium: Medium, *, free: bool) -> Scene:
    """The picture. Where it is `free` it may be wider than the page; else raises OptionError with the least width."""
    page = medium.page
    sizes = metrics(medium.theme, medium.d, medium.fonts)
    try:
        placement = aligned(diagram, sizes, Page(page.drawn), BROAD if free else 1.0)
    except TooNarrow as fault:
        if not free:
            raise medium.too_narrow(fault.least) from None
        placement = aligned(diagram, sizes, Page(fault.least))
    scale = UNITS[page.unit].scale
    return compose(
        diagram, placement, medium.theme, unit=page.unit, scale=scale, language=medium.language, engine="aligned",
        fonts=medium.fonts,
    )  # fmt: skip
