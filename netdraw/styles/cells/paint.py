"""A cell as primitives: silhouette, ring and core, and what stands in the core."""

from collections.abc import Callable
from functools import lru_cache

from ...core.records import NamedTuple
from ...diagram.model import Cell
from ...themes.model import SHAPES, Look, Shapes
from ...type.paths import closed, joined
from ...type.primitives import Ellipse, Item, Paint, Path, Rectangle, Steps, Text
from ...type.typeface import OURS, Fonts
from ..base import BOX_RADIUS, Setting, Side, Spot
from . import measures as style
from .glyphs import Arm, Form, Glyph, Mark

_HAIR = "#ffffff"
_SQRT3_2 = 3**0.5 / 2

_Oval = tuple[float, float, float, Paint]
_Line = tuple[tuple[tuple[float, float], ...], Paint]
_Kind = tuple[str, str, bool, Side | None]
"""Category, kernel, whether it is activated, and at which side where that comes before its own op."""


class _Parts(NamedTuple):
    """A glyph around the origin: ovals by y and half axes, half a ring in D, a box by its half width, lines, a text by
    its y.
    """

    ovals: tuple[_Oval, ...]
    half: tuple[Steps, Paint] | None
    box: tuple[float, Paint] | None
    signs: tuple[tuple[tuple[tuple[float, float], ...], ...], Paint] | None
    mark: _Line | None
    angle: float
    text: tuple[float, float, str, str] | None


def paint(cell: Cell, setting: Setting, spot: Spot) -> tuple[Item, ...]:
    """A cell at its spot; a small one is a smaller picture of the same."""
    theme, d = setting.theme, style.SMALL * spot.d if spot.small else spot.d
    form = cell.category, cell.kernel, bool(cell.activation)
    look, before = theme.look(cell.category, cell.ids), spot.entry if cell.early else None
    page, x, y = theme.colors.page, spot.x, spot.y
    return glyph(*form, look, page, x, y, d, before=before, shapes=theme.shapes, fonts=setting.fonts)


def glyph(
    category: str,
    kernel: str,
    activated: bool,
    look: Look,
    page: str,
    x: float,
    y: float,
    d: float,
    *,
    before: Side | None = None,
    shapes: Shapes = SHAPES,
    fonts: Fonts = OURS,
) -> tuple[Item, ...]:
    """The primitives of a cell whose centre is (x, y) and whose diameter is d.

    `page` is the colour that shows in an outlined ring; `before` the side at which the line comes into a cell whose
    activation comes before its own op.
    """
    return _placed(_parts((category, kernel, activated, before), look, page, d, shapes, fonts), x, y, d)


def _placed(parts: _Parts, x: float, y: float, d: float) -> tuple[Item, ...]:
    """Parts about (x, y)."""
    items: list[Item] = [
        Ellipse(cx=x, cy=y + dy, rx=rx, ry=ry, paint=paint, angle=parts.angle) for dy, rx, ry, paint in parts.ovals
    ]
    if parts.half is not None:
        from .halfring import placed  # late: few cells are activated before their own op

        steps, paint = parts.half
        items.append(Path(placed(steps, x, y, d), paint))
    if parts.box is not None:
        half, paint = parts.box
        high, radius = d - paint.width, BOX_RADIUS * d
        items.append(Rectangle(x=x - half, y=y - high / 2, width=2 * half, height=high, radius=radius, paint=paint))
    if parts.mark is not None:
        corners, paint = parts.mark
        items.append(Path(closed([(x + px, y + py) for px, py in corners]), paint, round=True))
    if parts.signs is not None:
        arms, paint = parts.signs
        items.append(Path(_strokes(arms, x, y), paint, round=True))
    if parts.text is not None:
        below, size, ink, said = parts.text
        weight, at = style.KERNEL_WEIGHT, y + below
        items.append(Text(x=x, y=at, text=said, size=size, weight=weight, anchor="middle", color=ink, role="kernel"))
    return tuple(items)


@lru_cache(maxsize=1 << 10)
def _parts(kind: _Kind, look: Look, page: str, d: float, shapes: Shapes, fonts: Fonts) -> _Parts:
    category, kernel, activated, before = kind
    shape = style.glyph(category, shapes.lean)
    form, half = shape.activated if activated else shape.linear, None
    if before and shape.activated != shape.linear:
        from . import halfring  # late: few cells are activated before their own op

        form, shapes = "outline", shapes._replace(gap=halfring.core_inset(shapes), edge=0.0)
        filled, pale = halfring.colors(look, page)
        look = look._replace(ring=pale)
        steps = halfring.half_ring(shape.rx, shape.ry, shape.angle, shapes.ring, before)
        half = steps, Paint(filled)
    said = style.content(category, kernel)
    arms = style.sign(category, kernel)
    ovals = _FORMS[form](shape, look, page, d, shapes) if form in _FORMS else ()
    text = None
    if said and not arms and not shape.mark:
        size = style.kernel_size(category, said, fonts, shapes) * d
        text = (fonts.cap_height * size / 2, size, look.ink, said)
    return _Parts(
        ovals=((_loop(look, d), *ovals) if shape.loop else ovals),
        half=half,
        box=_box(category, kernel, look, d, fonts) if form == "box" else None,
        signs=_sign(arms, style.sign_line(category, kernel), shape, look, d) if arms and not shape.mark else None,
        mark=_mark(shape.mark, look, d) if shape.mark else None,
        angle=shape.angle,
        text=text,
    )


def _ring(shape: Glyph, look: Look, page: str, d: float, shapes: Shapes) -> tuple[_Oval, ...]:
    inner = _oval(shape, shapes.ring, Paint(look.core, _HAIR, shapes.hairline * d), d)
    if look.outline and shapes.edge:
        edge = Paint(look.ring, look.outline, shapes.edge * d)
        return _oval(shape, shapes.edge / 2, edge, d), inner
    return _oval(shape, 0.0, Paint(look.ring), d), inner


def _outline(shape: Glyph, look: Look, page: str, d: float, shapes: Shapes) -> tuple[_Oval, ...]:
    line = look.outline if look.outline and shapes.edge else look.ring
    outer = _oval(shape, shapes.line / 2, Paint(page, line, shapes.line * d), d)
    return outer, _oval(shape, shapes.gap, Paint(look.core), d)


def _disc(shape: Glyph, look: Look, page: str, d: float, shapes: Shapes) -> tuple[_Oval, ...]:
    if not look.outline:
        return (_oval(shape, 0.0, Paint(look.core), d),)
    return (_oval(shape, shapes.outline / 2, Paint(look.core, look.outline, shapes.outline * d), d),)


_FORMS: dict[Form, Callable[[Glyph, Look, str, float, Shapes], tuple[_Oval, ...]]] = {
    "ring": _ring,
    "outline": _outline,
    "disc": _disc,
}


def _oval(shape: Glyph, inside: float, paint: Paint, d: float) -> _Oval:
    """The silhouette, its border moved inwards by `inside` D; what a theme leaves no room for is nothing."""
    return 0.0, max(shape.rx - inside, 0.0) * d, max(shape.ry - inside, 0.0) * d, paint


def _loop(look: Look, d: float) -> _Oval:
    """The handle: an oval behind the disc, of which the upper part is seen."""
    return -0.5 * d, style.LOOP_WIDTH * d, style.LOOP * d, Paint("", look.core, style.LOOP_LINE * d)


def _box(category: str, name: str, look: Look, d: float, fonts: Fonts) -> tuple[float, Paint]:
    """A closed block, the line around it inside its extent."""
    width = style.SIGN_LINE * 0.6 * d
    return (style.silhouette(category, name, fonts=fonts).width * d - width) / 2, Paint(look.core, look.outline, width)


def _mark(mark: Mark, look: Look, d: float) -> _Line:
    r, s = style.TRIANGLE * d, style.SQUARE * d
    corners: tuple[tuple[float, float], ...] = ((-s, -s), (s, -s), (s, s), (-s, s))
    if mark == "triangle":
        corners = ((0.0, -r), (r * _SQRT3_2, r / 2), (-r * _SQRT3_2, r / 2))
    elif mark == "triangles":  # two that meet in the middle
        corners = ((-r, -s), (r, s), (r, -s), (-r, s))
    return corners, Paint(look.ring, look.ink, style.MARK_LINE * d)


def _sign(
    arms: tuple[Arm, ...], line: float, shape: Glyph, look: Look, d: float
) -> tuple[tuple[tuple[tuple[float, float], ...], ...], Paint]:
    scale = style.LARGE if shape.rx > style.SIGN * 2 else 1.0
    r = style.SIGN * scale * d
    lines = tuple(tuple((r * px, r * py) for px, py in arm) for arm in arms)
    return lines, Paint("", look.ink, line * scale * d)


def _strokes(lines: tuple[tuple[tuple[float, float], ...], ...], x: float, y: float) -> Steps:
    """Strokes as steps, moved to (x, y)."""
    ends = [((x + ax, y + ay), (x + bx, y + by)) for (ax, ay), (bx, by) in lines]
    return tuple([step for line in ends for step in joined(line)])
