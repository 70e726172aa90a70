"""Letters in circles, in the colour of the flow."""

from __future__ import annotations

from ..layout.base import TagMark
from ..themes.model import Theme
from ..type.paths import polyline
from ..type.primitives import Ellipse, Item, Paint, Path, Rectangle, Text
from .compose import JUNCTION

LETTER = 0.78
"""The size of a letter by the height of its circle."""
MIDDLE = 0.28
"""The middle of a small letter, with and without an ascender, by its size."""


def lettered(mark: TagMark, theme: Theme, d: float) -> tuple[Item, ...]:
    """The circle with its letter, and the line that ends in it."""
    colors, hair = theme.colors, theme.strokes.structure * d
    width, high, round = mark.width - hair, mark.height - hair, (mark.height - hair) / 2
    paint = Paint(colors.page, colors.line, hair)
    circle = Rectangle(mark.x - width / 2, mark.y - high / 2, width, high, round, paint)
    size = LETTER * mark.height
    text = Text(mark.x, mark.y + MIDDLE * size, mark.letter, size, 600, "middle", colors.text, "kernel")
    return (*_stub(mark, Paint("", colors.line, theme.strokes.flow * d), d), circle, text)


def _stub(mark: TagMark, paint: Paint, d: float) -> tuple[Item, ...]:
    if not mark.stub:
        return ()
    line = Path(polyline(mark.stub, mark.radius), paint, round=len(mark.stub) > 2)
    x, y = mark.stub[0]
    return (line, Ellipse(x, y, JUNCTION * d, JUNCTION * d, Paint(paint.stroke))) if mark.dot else (line,)
