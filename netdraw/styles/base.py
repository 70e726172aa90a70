"""Sizes by which a diagram is laid out: a style's glyph extents and the theme's fonts. No colours."""

from collections.abc import Callable
from typing import NamedTuple


class Extent(NamedTuple):
    """Width and height of a glyph, in D."""

    width: float
    height: float


def _nothing(category: str) -> float:
    return 0.0


class Metrics(NamedTuple):
    """All lengths in D, the diameter of a cell; `d` is D in the unit of the drawing (44 px, 15 pt).

    `extent(category, kernel="")` gives a cell's size: a closed block is as wide as its name, its kernel. `rise` gives
    by category what stands over the cell. `width(text, size, weight)` is a text's advance width in the unit of `size`.
    """

    d: float
    extent: Callable[..., Extent]
    width: Callable[[str, float, int], float]
    base: float
    caption: float
    title: float
    rise: Callable[[str], float] = _nothing
