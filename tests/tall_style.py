"""A style as somebody else would write it, in one file: a rectangle a layer, high and narrow."""

from netdraw.diagram.model import Cell
from netdraw.styles.base import Extent, Setting, Spot, Style
from netdraw.type.primitives import Item, Paint, Rectangle

WIDTH, HEIGHT, SMALL = 0.6, 2.0, 0.5
"""In D; a cell on a way above the line is smaller by SMALL."""


def extent(cell: Cell, setting: Setting, small: bool) -> Extent:
    size = SMALL if small else 1.0
    return Extent(WIDTH * size, HEIGHT * size)


def paint(cell: Cell, setting: Setting, spot: Spot) -> tuple[Item, ...]:
    wide, high = (side * spot.d for side in extent(cell, setting, spot.small))
    look = setting.theme.look(cell.category, cell.ids)
    return (Rectangle(spot.x - wide / 2, spot.y - high / 2, wide, high, 0.0, Paint(look.core)),)


TALL = Style("tall", extent, paint)
