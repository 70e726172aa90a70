"""Path data as SVG writes it: absolute M, L, H, V, Q and Z, two decimals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]


def number(value: float) -> str:
    """At most two decimals, without trailing zeros: `12`, `0.5`, never `-0`."""
    text = f"{value:.2f}"
    if text[-1] == "0":
        text = text[:-3] if text[-2] == "0" else text[:-1]
    return "0" if text == "-0" else text


def polyline(points: Sequence[Point], radius: float = 0.0) -> str:
    """A line through the points, its inner corners rounded by at most `radius`: no more than half of a side."""
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    at = points[0]
    for corner, after in pairwise(points[1:]):
        cut = min(radius, _distance(at, corner), _distance(corner, after) / 2)
        begin, end = _toward(corner, at, cut), _toward(corner, after, cut)
        parts.append(_line(at, begin))
        if cut > 0:
            parts.append(f"Q{number(corner[0])} {number(corner[1])} {number(end[0])} {number(end[1])}")
        at = end
    parts.append(_line(at, points[-1]))
    return "".join(parts)


def opened(
    frame: tuple[float, float, float, float], cut: tuple[bool, bool], radius: float, down: bool = False
) -> tuple[str, str]:
    """The area and the outline of a rounded rectangle (left, top, right, bottom) that is open on its left or right.

    `down` opens its top or bottom instead.
    """
    left, top, right, bottom = (frame[1], frame[0], frame[3], frame[2]) if down else frame

    def line(*points: Point) -> str:
        return polyline([(y, x) for x, y in points] if down else points, radius)

    if all(cut):
        lines = line((left, top), (right, top)) + line((left, bottom), (right, bottom))
        corners = [(frame[place], frame[1]) for place in (0, 2)] + [(frame[place], frame[3]) for place in (2, 0)]
        return closed(corners), lines
    begin, turn = (right, left) if cut[1] else (left, right)
    one = line((begin, top), (turn, top), (turn, bottom), (begin, bottom))
    return one + "Z", one


def closed(points: Sequence[Point]) -> str:
    """A polygon."""
    first, *others = (f"{number(x)} {number(y)}" for x, y in points)
    return f"M{first}" + "".join(f"L{other}" for other in others) + "Z"


def head(points: Sequence[Point], length: float, half: float) -> str:
    """The arrow head that ends a line through the points, its tip on the last one."""
    tip = points[-1]
    back = _toward(tip, points[-2], length)
    run = _distance(tip, back) or 1.0
    dx, dy = (tip[0] - back[0]) / run * half, (tip[1] - back[1]) / run * half
    return closed((tip, (back[0] - dy, back[1] + dx), (back[0] + dy, back[1] - dx)))


def shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """The line that ends `by` before its last point, so that it does not show beside a head's tip."""
    return (*points[:-1], _toward(points[-1], points[-2], by))


def _distance(a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    return abs(dx) if dy == 0 else abs(dy) if dx == 0 else float((dx * dx + dy * dy) ** 0.5)


def _toward(a: Point, b: Point, by: float) -> Point:
    """The point `by` from a on the way to b."""
    run = _distance(a, b)
    if run == 0:
        return a
    share = by / run
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _line(a: Point, b: Point) -> str:
    if a == b:
        return ""
    if abs(a[1] - b[1]) < 0.005:
        return f"H{number(b[0])}"
    if abs(a[0] - b[0]) < 0.005:
        return f"V{number(b[1])}"
    return f"L{number(b[0])} {number(b[1])}"


def outlines(data: str) -> list[list[Point]]:
    """The points that each piece of path data goes through, handles of curves included."""
    pieces: list[list[Point]] = []
    x = y = 0.0
    for part in _split(data):
        letter, values = part[0], [float(value) for value in part[1:].split()]
        if letter == "M":
            pieces.append([])
        pairs = zip(values[::2], values[1::2], strict=False)
        steps = [(values[0], y)] if letter == "H" else [(x, values[0])] if letter == "V" else list(pairs)
        pieces[-1] += steps
        x, y = steps[-1] if steps else (x, y)
    return pieces


def _split(data: str) -> list[str]:
    """Path data by command."""
    parts: list[str] = []
    for character in data:
        if character.isalpha():
            parts.append(character)
        else:
            parts[-1] += character
    return parts
