"""A cell as primitives: silhouette, ring and core, and what stands in the core."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ..styles import cells as style
from ..styles.cells import Form, Glyph
from ..text import CAP_HEIGHT
from ..themes.model import Look
from .model import Ellipse, Item, Paint, Path, Text
from .paths import closed, number

_HAIR = "#ffffff"
_SQRT3_2 = 3**0.5 / 2

_Oval = tuple[float, float, Paint]
_Mark = tuple[tuple[tuple[tuple[float, float], ...], ...], Paint, bool]


class _Parts(NamedTuple):
    """A glyph around the origin: ovals by half axes, marks by their lines (closed or not), the text under its y."""

    ovals: tuple[_Oval, ...]
    marks: tuple[_Mark, ...]
    angle: float
    text: tuple[float, float, str] | None


def glyph(
    category: str, kernel: str, activated: bool, look: Look, page: str, x: float, y: float, d: float
) -> tuple[Item, ...]:
    """The primitives of a cell whose centre is (x, y) and whose diameter is d.

    `page` is the colour that shows in an outlined ring.
    """
    parts = _parts(category, kernel, activated, look, page, d)
    items: list[Item] = [Ellipse(x, y, rx, ry, paint, parts.angle) for rx, ry, paint in parts.ovals]
    items += [Path(_data(lines, shut, x, y), paint, round=True) for lines, paint, shut in parts.marks]
    if parts.text is not None:
        below, size, ink = parts.text
        items.append(Text(x, y + below, kernel, size, style.KERNEL_WEIGHT, "middle", ink, "kernel"))
    return tuple(items)


@lru_cache(maxsize=1 << 10)
def _parts(category: str, kernel: str, activated: bool, look: Look, page: str, d: float) -> _Parts:
    shape = style.glyph(category)
    form = shape.activated if activated else shape.linear
    ovals = _FORMS[form](shape, look, page, d)
    marks: tuple[_Mark, ...] = ()
    text = None
    if form == "triangle":
        marks = (_triangle(look, d),)
    elif arms := style.sign(category, kernel):
        marks = (_sign(arms, look, d),)
    elif kernel:
        size = style.kernel_size(category, kernel) * d
        text = (CAP_HEIGHT * size / 2, size, look.ink)
    return _Parts(ovals, marks, shape.angle, text)


def _ring(shape: Glyph, look: Look, page: str, d: float) -> tuple[_Oval, ...]:
    inner = _oval(shape, style.RING, Paint(look.core, _HAIR, style.HAIRLINE * d), d)
    return _oval(shape, 0.0, Paint(look.ring), d), inner


def _outline(shape: Glyph, look: Look, page: str, d: float) -> tuple[_Oval, ...]:
    outer = _oval(shape, style.RING_LINE / 2, Paint(page, look.ring, style.RING_LINE * d), d)
    return outer, _oval(shape, style.GAP, Paint(look.core), d)


def _disc(shape: Glyph, look: Look, page: str, d: float) -> tuple[_Oval, ...]:
    if not look.outline:
        return (_oval(shape, 0.0, Paint(look.core), d),)
    return (_oval(shape, style.OUTLINE / 2, Paint(look.core, look.outline, style.OUTLINE * d), d),)


_FORMS: dict[Form, Callable[[Glyph, Look, str, float], tuple[_Oval, ...]]] = {
    "ring": _ring,
    "outline": _outline,
    "disc": _disc,
    "triangle": _disc,
}


def _oval(shape: Glyph, inside: float, paint: Paint, d: float) -> _Oval:
    """The silhouette, its border moved inwards by `inside` D."""
    return (shape.rx - inside) * d, (shape.ry - inside) * d, paint


def _triangle(look: Look, d: float) -> _Mark:
    r = style.TRIANGLE * d
    corners = ((0.0, -r), (r * _SQRT3_2, r / 2), (-r * _SQRT3_2, r / 2))
    return (corners,), Paint(look.ring, look.ink, 0.05 * d), True


def _sign(arms: tuple[style.Arm, ...], look: Look, d: float) -> _Mark:
    r = style.SIGN * d
    lines = tuple(tuple((r * px, r * py) for px, py in arm) for arm in arms)
    return lines, Paint("", look.ink, style.SIGN_LINE * d), False


def _data(lines: tuple[tuple[tuple[float, float], ...], ...], shut: bool, x: float, y: float) -> str:
    """Path data of the lines, moved to (x, y)."""
    if shut:
        return "".join(closed([(x + px, y + py) for px, py in line]) for line in lines)
    return "".join(
        f"M{number(x + ax)} {number(y + ay)}L{number(x + bx)} {number(y + by)}" for (ax, ay), (bx, by) in lines
    )
