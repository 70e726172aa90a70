"""The ring of a cell that is activated before its own op: filled at the side where the line comes in, outlined behind.

Two half ellipses make it, cut at the cell's middle across the way of the line, whatever the silhouette leans to.
"""

from __future__ import annotations

import math
from functools import cache

from ...themes.model import Look, Shapes
from ...type.primitives import Step, Steps, mix, ratio
from ..base import Side

ARCS = 8
"""A half of an ellipse is made of so many curves."""
STRONG, SEEN = 6.0, 1.7
"""The least contrast with the page, of the filled half and of the line."""
TOWARD: dict[Side, tuple[float, float]] = {
    "left": (-1.0, 0.0), "right": (1.0, 0.0), "top": (0.0, -1.0), "bottom": (0.0, 1.0),
}  # fmt: skip
"""The way to a side."""

Point = tuple[float, float]


def colors(look: Look, page: str) -> tuple[str, str]:
    """Of the filled half and of the line around the other: of ring and outline, what stands out from the page more and
    what does less; by STRONG and SEEN at least.
    """
    pale, hue = sorted((look.ring, look.outline or look.core), key=lambda one: ratio(one, page))
    far = max(("#000000", "#ffffff"), key=lambda one: ratio(one, page))
    return _toward(far, hue, page, STRONG), _toward(hue, pale, page, SEEN)


def _toward(far: str, color: str, page: str, least: float) -> str:
    """A colour, as far on the way to another as its contrast with the page needs."""
    found = (mix(color, far, step / 8) for step in range(8))
    return next((one for one in found if ratio(one, page) >= least), far)


def core_inset(shapes: Shapes) -> float:
    """How far inside the silhouette the core begins, in D: behind the ring and a gap as wide as the exit's line."""
    return shapes.ring + shapes.line


@cache
def half_ring(rx: float, ry: float, angle: float, width: float, side: Side) -> Steps:
    """The half at a side of the ring inside an ellipse about the origin, turned by `angle` degrees clockwise."""
    outer = _half(rx, ry, angle, side)
    inner = _half(max(rx - width, 0.0), max(ry - width, 0.0), angle, side)[::-1]
    there: list[Step] = [("Q", *outer[at], *outer[at + 1]) for at in range(1, len(outer), 2)]
    back: list[Step] = [("Q", *inner[at], *inner[at + 1]) for at in range(1, len(inner), 2)]
    return (("M", *outer[0]), *there, ("L", *inner[0]), *back, ("Z",))


def _half(rx: float, ry: float, angle: float, side: Side) -> list[Point]:
    """Half of an ellipse: where it begins, then the handle and the end of each curve."""
    (ux, uy), cos, sin = TOWARD[side], math.cos(math.radians(angle)), math.sin(math.radians(angle))
    far = math.atan2(ry * (uy * cos - ux * sin), rx * (ux * cos + uy * sin))
    step = math.pi / ARCS / 2
    found = []
    for number in range(2 * ARCS + 1):
        at, out = far - math.pi / 2 + step * number, 1 / math.cos(step) if number % 2 else 1.0
        x, y = out * rx * math.cos(at), out * ry * math.sin(at)
        found.append((x * cos - y * sin, x * sin + y * cos))
    return found


def placed(steps: Steps, x: float, y: float, d: float) -> Steps:
    """Steps of lines and curves in D about (x, y)."""
    found: list[Step] = []
    for step in steps:
        if step[0] == "Q":
            found.append(("Q", x + step[1] * d, y + step[2] * d, x + step[3] * d, y + step[4] * d))
        elif step[0] == "M" or step[0] == "L":
            found.append((step[0], x + step[1] * d, y + step[2] * d))
        else:
            found.append(step)
    return tuple(found)
