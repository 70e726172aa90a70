"""Whether texts can be read: the contrast of each with what it stands on, as WCAG 2 computes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import cos, radians, sin

from ..core.records import NamedTuple
from ..type.paths import Point, outlines
from ..type.primitives import BEFORE, Ellipse, Group, Item, Path, Rectangle, Text, ratio
from .model import Scene

LEAST = 4.5
"""The ratio that WCAG 2 asks of texts of these sizes (level AA)."""
_PAPER = "#ffffff"
_SHARES = (0.02, 0.5, 0.98)
"""Where in the frame of a text it is looked at what lies under it, across and down."""

Fill = Ellipse | Rectangle | Path
Box = tuple[float, float, float, float]


class Seen(NamedTuple):
    """A text and a ground that it stands on; `category` is that of the cell that it belongs to, "" for none."""

    text: Text
    ground: str
    ratio: float
    category: str = ""


def seen(scene: Scene) -> Iterator[Seen]:
    """Every text with every ground under it: what was filled last before the text was drawn."""
    drawn = list(_flat(scene.items))
    sizes = sorted(item.size for item, _ in drawn if isinstance(item, Text))
    step = 4 * sizes[len(sizes) // 2] if sizes else 1.0
    squares: dict[tuple[int, int], list[Fill]] = {}
    for item, category in drawn:
        if not isinstance(item, Text):
            for square in _squares(_box(item), step):
                squares.setdefault(square, []).append(item)
            continue
        grounds = {}
        for x, y in _places(scene, item):
            under = squares.get((int(x // step), int(y // step)), ())
            top = next((shape.paint.fill for shape in reversed(under) if _holds(shape, x, y)), scene.background)
            grounds[top or _PAPER] = True
        yield from (Seen(item, ground, ratio(item.color, ground), category) for ground in grounds)


def poor(scene: Scene) -> list[Seen]:
    """The texts that cannot be read by all, the worst first; of those alike in colours and role one."""
    found: dict[tuple[str, str, str], Seen] = {}
    for one in seen(scene):
        if one.ratio < LEAST:
            found.setdefault((one.text.color, one.ground, one.text.role), one)
    return sorted(found.values(), key=lambda one: (one.ratio, one.text.color, one.ground, one.text.role))


def _flat(items: Iterable[Item], category: str = "") -> Iterator[tuple[Fill | Text, str]]:
    """All texts and filled shapes in the order of drawing, with the category of the cell around them."""
    for item in items:
        if isinstance(item, Group):
            yield from _flat(item.items, dict(item.data).get("category", ""))
        elif isinstance(item, Text) or item.paint.fill:
            yield item, category


def _places(scene: Scene, item: Text) -> list[tuple[float, float]]:
    """Points in the frame of a text's ink."""
    left, top, right, bottom = scene.fonts.ink(item.text, item.size, item.weight)
    share = BEFORE[item.anchor]
    x = item.x - share * scene.fonts.width(item.text, item.size, item.weight) if share else item.x
    across = [x + left + part * (right - left) for part in _SHARES]
    return [(at, item.y + top + part * (bottom - top)) for at in across for part in _SHARES]


def _squares(box: Box, step: float) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // step) for side in box)
    return product(range(left, right + 1), range(top, bottom + 1))


def _box(shape: Fill) -> Box:
    """A frame that holds the shape."""
    if isinstance(shape, Rectangle):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Ellipse):
        r = max(shape.rx, shape.ry)
        return shape.cx - r, shape.cy - r, shape.cx + r, shape.cy + r
    xs, ys = zip(*(point for piece in outlines(shape.steps) for point in piece), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _holds(shape: Fill, x: float, y: float) -> bool:
    if isinstance(shape, Rectangle):
        return shape.x <= x <= shape.x + shape.width and shape.y <= y <= shape.y + shape.height
    if isinstance(shape, Ellipse):
        if not shape.rx or not shape.ry:
            return False
        turn, dx, dy = radians(shape.angle), x - shape.cx, y - shape.cy
        along, beside = dx * cos(turn) + dy * sin(turn), dy * cos(turn) - dx * sin(turn)
        return (along / shape.rx) ** 2 + (beside / shape.ry) ** 2 <= 1
    return any(_around(corners, x, y) for corners in outlines(shape.steps))


def _around(corners: list[Point], x: float, y: float) -> bool:
    """Whether a polygon goes around a point."""
    sides = zip(corners, [*corners[1:], corners[0]], strict=True)
    crossed = [x < (bx - ax) * (y - ay) / (by - ay) + ax for (ax, ay), (bx, by) in sides if (ay > y) != (by > y)]
    return sum(crossed) % 2 == 1
