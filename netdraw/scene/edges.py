"""Lines between cells as primitives: their dots and heads, and the tags in which some end."""

from __future__ import annotations

from ..layout.base import PlacedEdge, PlacedTag
from ..themes.model import Theme
from ..type.paths import Point, head, polyline, shortened
from ..type.primitives import Ellipse, Item, Paint, Path, Rectangle, Step, Text

# In D.
HEADS = {"flow": (0.18, 0.088, 0.05), "residual": (0.155, 0.075, 0.07), "skip": (0.145, 0.07, 0.06)}
"""Length and half of the width of an arrow head, and how far before its tip the line ends."""
JUNCTION = 0.075
"""Radius of the dot where a residual leaves the line."""

LETTER = 0.78
"""The size of a letter by the height of its circle."""
MIDDLE = 0.28
"""The middle of a small letter, with and without an ascender, by its size."""

Data = tuple[tuple[str, str], ...]


def drawn(edge: PlacedEdge, data: Data, theme: Theme, d: float) -> list[Item]:
    """One path for the whole edge, and its dot and heads; a piece that is not the last one ends in a head."""
    color = theme.colors.line if edge.kind == "flow" else theme.colors.text
    length, half, back = (part * d for part in HEADS[edge.kind])
    lines: list[Step] = []
    heads: list[Step] = []
    for index, points in enumerate(edge.pieces):
        headed = edge.head or index + 1 < len(edge.pieces)
        if headed:
            heads += head(points, length, half)
        lines += polyline(shortened(points, back) if headed else points, edge.radius)
    width = theme.strokes.residual if edge.kind == "residual" else theme.strokes.flow
    role = "residual" if edge.kind == "residual" else "edge"
    bent = any(len(points) > 2 for points in edge.pieces)
    items: list[Item] = [Path(tuple(lines), Paint("", color, width * d), role, data, round=bent)]
    if edge.dot:
        items.append(_dot(edge.pieces[0][0], color, d))
    if heads:
        items.append(Path(tuple(heads), Paint(color)))
    return items


def _dot(at: Point, color: str, d: float) -> Ellipse:
    return Ellipse(*at, JUNCTION * d, JUNCTION * d, Paint(color))


def lettered(mark: PlacedTag, theme: Theme, d: float) -> tuple[Item, ...]:
    """The circle with its letter, and the line that ends in it."""
    colors, hair = theme.colors, theme.strokes.structure * d
    width, high, round = mark.width - hair, mark.height - hair, (mark.height - hair) / 2
    paint = Paint(colors.page, colors.line, hair)
    circle = Rectangle(mark.x - width / 2, mark.y - high / 2, width, high, radius=round, paint=paint)
    size = LETTER * mark.height
    y = mark.y + MIDDLE * size
    text = Text(mark.x, y, mark.letter, size, weight=600, anchor="middle", color=colors.text, role="kernel")
    if not mark.stub:
        return circle, text
    line = Paint("", colors.line, theme.strokes.flow * d)
    dot = (_dot(mark.stub[0], colors.line, d),) if mark.dot else ()
    return (Path(polyline(mark.stub, mark.radius), line, round=len(mark.stub) > 2), *dot, circle, text)
