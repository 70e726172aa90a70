"""Sizes by which a diagram is laid out: a style's glyph extents and the theme's fonts. No colours."""

from collections.abc import Callable
from typing import NamedTuple


class Extent(NamedTuple):
    """Width and height of a glyph, in D."""

    width: float
    height: float


class Metrics(NamedTuple):
    """All lengths in D, the diameter of a cell; `d` is D in the unit of the drawing (44 px, 15 pt).

    `extent` gives a cell's size by category; `width(text, size, weight)` a text's advance width in the unit of `size`.
    """

    d: float
    extent: Callable[[str], Extent]
    width: Callable[[str, float, int], float]
    base: float
    caption: float
    title: float
