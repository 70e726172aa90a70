"""The sign at a cell whose weights others have too: a small disc with `=`, or a number, on the cell's border."""

from __future__ import annotations

from math import sqrt

from ..diagram.model import Cell
from ..styles.base import Metrics, Spot
from ..type.primitives import Ellipse, Item, Paint, Text

# In D.
RADIUS = 0.19
SMALL = 0.8
"""How large it is at a small cell, by others."""
SIZE = 1.8
"""The size of what stands in it, by its radius."""
ACROSS = sqrt(0.5)
"""How far it stands beside the middle of a round cell, by half of its width; else it stands on a corner."""


def sign_at(cell: Cell, spot: Spot, metrics: Metrics) -> tuple[Item, ...]:
    """The sign of a cell on its border, at the upper right; at the upper left where a ×n stands over that."""
    width, height = metrics.extent(cell, spot.small)
    across = ACROSS * width / 2
    up = metrics.border(cell, "top", across, True, spot.small)
    across = (width / 2 if up >= height / 2 else across) * (-1 if cell.times else 1)
    at = Spot(spot.x + across * spot.d, spot.y - up * spot.d, spot.d * (SMALL if spot.small else 1.0))
    return sign(cell.sign, at, metrics)


def sign(text: str, spot: Spot, metrics: Metrics) -> tuple[Item, ...]:
    """A sign about a spot."""
    theme, fonts = metrics.setting.theme, metrics.setting.fonts
    radius, hair = RADIUS * spot.d, theme.strokes.structure * spot.d
    size, ink = SIZE * radius, theme.colors.text
    y = spot.y + fonts.cap_height * size / 2
    return (
        Ellipse(cx=spot.x, cy=spot.y, rx=radius, ry=radius, paint=Paint(theme.colors.page, ink, hair)),
        Text(spot.x, y, text, size, weight=600, anchor="middle", color=ink, role="kernel"),
    )
