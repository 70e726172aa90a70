"""Diagrams of several lines as a picture, in common columns: as wide as asked, or as few rows need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..core.lengths import UNITS, read_height, read_width
from ..diagram.model import Diagram
from ..layout.base import Page, Placement, TooNarrow
from ..layout.score.aligned import aligned
from ..scene.compose import compose
from ..scene.model import Scene
from .medium import Medium

BROAD = 1.5
"""A figure without a width may be so many times as wide as a screen, where that gives it fewer systems."""
LOWER = 1.1
"""Where none is low enough, one that is so many times as high as the lowest does, so that less is closed."""


class _Placed(NamedTuple):
    diagram: Diagram
    placement: Placement


def line_up(diagrams: Iterable[Diagram], medium: Medium, *, free: bool) -> Scene:
    """The picture of the first diagram that is no higher than a page, on a screen no higher than that is wide.

    Where none is low enough it is one of the lowest. Where it is `free` it may be wider than the page; else raises
    OptionError, with the least width, where all are.
    """
    page = medium.page
    limit = read_height(None, page).drawn or read_width("screen").drawn or 0.0
    found: list[_Placed] = []
    narrow: list[float] = []
    for diagram in diagrams:
        try:
            found.append(_Placed(diagram, _place(diagram, medium, free)))
        except TooNarrow as fault:
            narrow.append(fault.least)
            continue
        if found[-1].placement.height <= limit:
            return _composed(found[-1], medium)
    if not found:
        raise medium.too_narrow(min(narrow))
    lowest = min(one.placement.height for one in found)
    return _composed(next(one for one in found if one.placement.height <= LOWER * lowest), medium)


def _place(diagram: Diagram, medium: Medium, free: bool) -> Placement:
    """Raises TooNarrow where it is wider than the page and not free."""
    page, sizes = medium.page, medium.metrics
    try:
        return aligned(diagram, sizes, Page(page.drawn), BROAD if free else 1.0)
    except TooNarrow as fault:
        if not free:
            raise
        return aligned(diagram, sizes, Page(fault.least))


def _composed(one: _Placed, medium: Medium) -> Scene:
    unit = medium.page.unit
    return compose(one.diagram, one.placement, medium.metrics, unit=unit, scale=UNITS[unit].scale, engine="aligned")
