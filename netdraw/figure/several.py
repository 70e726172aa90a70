"""Diagrams of several lines as a picture, in common columns: as wide as asked, or as few rows need."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ..core.lengths import UNITS, read_height, read_width
from ..diagram.model import Diagram
from ..layout.base import Page, Placement, TooNarrow
from ..layout.score.aligned import aligned
from ..scene.compose import compose
from ..scene.model import Scene
from .ladder import SLIP, Fitted, too_high
from .medium import Medium

BROAD = 1.5
"""A figure without a width may be so many times as wide as a screen, where that gives it fewer systems."""
LOWER = 1.1
"""Where none is low enough, one that is so many times as high as the lowest does, so that less is closed."""


def line_up(diagrams: Iterable[Diagram], medium: Medium) -> Scene:
    """The picture of the first diagram that is low enough: for the height asked, else for a page or a screen.

    Where none is, it is one of the lowest; raises OptionError, with the least that works, where a height was asked, and
    where all are wider than the width asked.
    """
    height = medium.height
    if height is None:  # that of a page, or of a screen that is no higher than wide
        limit = read_height(None, medium.page).drawn or read_width("screen").drawn or 0.0
    else:
        limit = math.inf if height.drawn is None else height.drawn + SLIP
    found: list[Fitted] = []
    narrow: list[float] = []
    for diagram in diagrams:
        try:
            found.append(Fitted(diagram, _place(diagram, medium)))
        except TooNarrow as fault:
            narrow.append(fault.least)
            continue
        if found[-1].placement.height <= limit:
            return _composed(found[-1], medium)
    if not found:
        raise medium.too_narrow(min(narrow))
    lowest = min(one.placement.height for one in found)
    if height is not None:
        raise too_high(height, lowest)
    return _composed(next(one for one in found if one.placement.height <= LOWER * lowest), medium)


def _place(diagram: Diagram, medium: Medium) -> Placement:
    """Raises TooNarrow where it is wider than the page and not free."""
    page, sizes = medium.page, medium.metrics
    try:
        return aligned(diagram, sizes, Page(page.drawn), BROAD if medium.free else 1.0)
    except TooNarrow as fault:
        if not medium.free:
            raise
        return aligned(diagram, sizes, Page(fault.least))


def _composed(one: Fitted, medium: Medium) -> Scene:
    unit = medium.page.unit
    return compose(one.diagram, one.placement, medium.metrics, unit=unit, scale=UNITS[unit].scale, engine="aligned")
