"""The measures of the style `cells`: what a silhouette takes, and what stands in its core."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from ...diagram.model import Cell
from ...ops.categories import nearest
from ...themes.model import SHAPES, Shapes
from ...type.typeface import OURS, Fonts
from ..base import Extent, Setting, Side, oval
from .glyphs import FINE, GLYPHS, SIGNS, Arm, Glyph

# All in D.
TRIANGLE = 0.31
"""From the centre of a triangle to its corners."""
SQUARE = 0.25
"""Half of the side of a square."""
MARK_LINE = 0.05
SIGN = 0.1375
"""Half of the length of a sign's arm in a small disc; in a large one it is LARGE times that."""
SIGN_LINE = 0.055
FINE_LINE = 0.036
LARGE = 1.5
LOOP = 0.22
"""How far a loop handle rises over its disc."""
LOOP_WIDTH = 0.29
"""Half of its width."""
LOOP_LINE = 0.05
BOX_INSET = 0.3
"""Between the side of a closed block and its name."""
BLOCK_SIZE = 0.36
SMALL = 0.62
"""The size of a cell on a way above the line, by that of others."""
GAP = SHAPES.gap

_KERNEL_SIZES = (0.42, 0.36, 0.30, 0.24)
"""By number of characters."""
KERNEL_WEIGHT = 600


@cache
def glyph(category: str, lean: float = SHAPES.lean) -> Glyph:
    """The silhouette of a category, or of the one above it (`conv` for `conv.dilated`).

    `lean` is the short axis of a leaning ellipse, in D.
    """
    found = GLYPHS[nearest(category, GLYPHS)]
    return found._replace(ry=lean / 2) if found.angle else found


def content(category: str, kernel: str) -> str:
    """What stands in the core: the cell's kernel, else the category's letters."""
    return kernel or glyph(category).letters


def sign(category: str, kernel: str) -> tuple[Arm, ...]:
    """The strokes that stand in the core instead of a text; none where it is a text or empty."""
    return SIGNS.get(content(category, kernel), ())


def sign_line(category: str, kernel: str) -> float:
    """The width of a sign's strokes in a small disc, in D."""
    return FINE_LINE if content(category, kernel) in FINE else SIGN_LINE


def extent(cell: Cell, setting: Setting, small: bool = False) -> Extent:
    """Width and height of the silhouette; only a closed block, whose kernel is its name, is wider for it."""
    size = silhouette(cell.category, cell.kernel, setting.theme.shapes.lean, setting.fonts)
    return Extent(SMALL * size.width, SMALL * size.height) if small else size


def silhouette(category: str, kernel: str = "", lean: float = SHAPES.lean, fonts: Fonts = OURS) -> Extent:
    """The same of a category and what stands in its core."""
    shape = glyph(category, lean)
    if shape.linear == "box":
        return Extent(max(1.0, fonts.width(kernel, BLOCK_SIZE, KERNEL_WEIGHT) + 2 * BOX_INSET), 1.0)
    return _extent(shape.rx, shape.ry, shape.angle)


def border(cell: Cell, side: Side, across: float, size: Extent, headed: bool) -> float:
    """The frame's ellipse: what leans is met as if it did not."""
    return oval(side, across, size, headed)


@cache
def _extent(rx: float, ry: float, angle: float) -> Extent:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return Extent(2 * math.hypot(rx * cos, ry * sin), 2 * math.hypot(rx * sin, ry * cos))


def rise(cell: Cell) -> float:
    """How far a loop handle stands over the silhouette; 0 where there is none."""
    return LOOP + LOOP_LINE / 2 if glyph(cell.category).loop else 0.0


@lru_cache(maxsize=1 << 10)
def kernel_size(category: str, kernel: str, fonts: Fonts = OURS, shapes: Shapes = SHAPES) -> float:
    """The size in D of what stands in a core, so that its width stays within the core.

    Where a theme's cores are smaller than those of the default one it is smaller, too.
    """
    shape = glyph(category)
    if shape.linear == "box":
        return BLOCK_SIZE
    return _default_size(shape, kernel, fonts) * _room(glyph(category, shapes.lean), shapes, shape)


def _room(shape: Glyph, shapes: Shapes, default: Glyph) -> float:
    """How much smaller a core is than the default one; 1 where it is not."""
    inset = max(shapes.gap, shapes.ring + shapes.hairline / 2)
    pairs = ((shape.rx - inset, default.rx - GAP), (shape.ry - inset, default.ry - GAP))
    return max(0.1, min(1.0, *(own / usual for own, usual in pairs)))


def _default_size(shape: Glyph, kernel: str, fonts: Fonts) -> float:
    slope = math.radians(shape.angle)
    core_x, core_y = shape.rx - GAP, shape.ry - GAP
    chord = 2 / math.hypot(math.cos(slope) / core_x, math.sin(slope) / core_y)
    size = _KERNEL_SIZES[min(len(kernel), len(_KERNEL_SIZES)) - 1]
    return min(size, size * 0.95 * chord / (fonts.width(kernel, size, KERNEL_WEIGHT) or 1.0))
