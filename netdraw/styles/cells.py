"""The style `cells`: the silhouette of every category of cell, as data, and the sizes that a layout needs."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from .. import text
from ..themes.model import Theme, nearest
from .base import Extent, Metrics

Form = Literal["ring", "outline", "disc", "triangle"]
"""A filled ring around a core, an outlined ring around it, a disc, a disc with a triangle."""


class Glyph(NamedTuple):
    """A silhouette: an ellipse by its half axes in D, turned by `angle` degrees clockwise.

    `linear` is its form alone, `activated` where an activation is fused in.
    """

    linear: Form
    activated: Form
    rx: float = 0.5
    ry: float = 0.5
    angle: float = 0.0


_NARROW = 0.29
_SMALL = 0.25
_CONV = Glyph("outline", "ring")
_POOL = Glyph("ring", "ring")
_DISC = Glyph("disc", "disc")
_DOT = Glyph("disc", "disc", _SMALL, _SMALL)

GLYPHS: dict[str, Glyph] = {
    "input": _DISC,
    "parameter": _DOT,
    "output": _DISC,
    "softmax": Glyph("triangle", "triangle"),
    "conv": _CONV,
    "conv.group": _CONV,
    "conv.depthwise": _CONV._replace(ry=0.3, angle=-60.0),
    "conv.row": _CONV._replace(ry=_NARROW),
    "conv.column": _CONV._replace(rx=_NARROW),
    "conv.transposed": _CONV,
    "pool": _POOL,
    "pool.max": _POOL,
    "pool.max.row": _POOL._replace(ry=_NARROW),
    "pool.max.column": _POOL._replace(rx=_NARROW),
    "pool.avg": _POOL,
    "pool.avg.row": _POOL._replace(ry=_NARROW),
    "pool.avg.column": _POOL._replace(rx=_NARROW),
    "linear": Glyph("disc", "ring"),
    "norm": _CONV,
    "norm.batch": _CONV,
    "norm.group": _CONV,
    "norm.instance": _CONV,
    "norm.layer": _CONV,
    "norm.rms": _CONV,
    "norm.lrn": _DISC,
    "activation": _DOT,
    "add": _DOT,
    "mul": _DOT,
    "matmul": _DOT,
    "concat": _DOT,
    "split": _DOT,
    "slice": _DOT,
    "crop": _DOT,
    "attention": _POOL,
    "embedding": _DISC,
    "recurrent": _POOL,
    "other": _DISC,
}

# All in D.
RING = 0.105
"""Width of a filled ring."""
HAIRLINE = 0.022
"""White line between a filled ring and its core."""
RING_LINE = 0.045
"""Width of an outlined ring."""
GAP = 0.12
"""From the border of a cell with an outlined ring to its core."""
OUTLINE = 0.04
"""Width of the darker line around a disc."""
TRIANGLE = 0.31
"""From the centre of a triangle to its corners."""
SIGN = 0.1375
"""Half of the length of a sign's arm."""
SIGN_LINE = 0.055

_KERNEL_SIZES = (0.42, 0.36, 0.30, 0.24)
"""By number of characters."""
KERNEL_WEIGHT = 600

Arm = tuple[tuple[float, float], tuple[float, float]]
_ASKEW = 0.74
SIGNS: dict[str, tuple[Arm, ...]] = {
    "+": (((-1, 0), (1, 0)), ((0, -1), (0, 1))),
    "×": (((-_ASKEW, -_ASKEW), (_ASKEW, _ASKEW)), ((-_ASKEW, _ASKEW), (_ASKEW, -_ASKEW))),
    "‖": (((-0.45, -1), (-0.45, 1)), ((0.45, -1), (0.45, 1))),
    "−": (((-1, 0), (1, 0)),),
    "split": (((-1, 0), (-0.2, 0)), ((-0.2, 0), (0.8, -0.8)), ((-0.2, 0), (0.8, 0.8))),
    "slice": (((-0.5, 0.9), (0.5, -0.9)),),
    "crop": (((-0.4, -1), (-0.4, 0.5)), ((-0.4, 0.5), (1, 0.5)), ((-1, -0.5), (0.4, -0.5)), ((0.4, -0.5), (0.4, 1))),
}
"""The strokes of the signs in small discs, in units of SIGN, by what stands in the core, else by category."""


def glyph(category: str) -> Glyph:
    """The silhouette of a category, or of the one above it (`conv` for `conv.dilated`)."""
    return GLYPHS[nearest(category, GLYPHS)]


def sign(category: str, kernel: str) -> tuple[Arm, ...]:
    """The strokes that stand in the core instead of a text; none where it is a text or empty."""
    return SIGNS.get(kernel or category, ())


@cache
def extent(category: str) -> Extent:
    """Width and height of the silhouette, in D."""
    _, _, rx, ry, angle = glyph(category)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return Extent(2 * math.hypot(rx * cos, ry * sin), 2 * math.hypot(rx * sin, ry * cos))


@lru_cache(maxsize=1 << 10)
def kernel_size(category: str, kernel: str) -> float:
    """The size in D of what stands in a core, so that its width stays within the core."""
    _, _, rx, ry, angle = glyph(category)
    slope = math.radians(angle)
    core_x, core_y = rx - GAP, ry - GAP
    chord = 2 / math.hypot(math.cos(slope) / core_x, math.sin(slope) / core_y)
    size = _KERNEL_SIZES[min(len(kernel), len(_KERNEL_SIZES)) - 1]
    return min(size, size * 0.95 * chord / (text.width(kernel, size, KERNEL_WEIGHT) or 1.0))


def metrics(theme: Theme, d: float) -> Metrics:
    """What a layout needs of this style and a theme, where a cell is `d` units wide."""
    return Metrics(d, extent, text.width, theme.font.base, theme.font.caption, theme.font.title)
