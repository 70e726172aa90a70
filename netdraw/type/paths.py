"""Lines through points, as the steps of a path."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .primitives import Step, Steps

Point = tuple[float, float]


def polyline(points: Sequence[Point], radius: float = 0.0) -> Steps:
    """A line through the points, its inner corners rounded by at most `radius`: no more than half of a side."""
    at = points[0]
    steps: list[Step] = [("M", *at)]
    for corner, after in pairwise(points[1:]):
        cut = min(radius, _distance(at, corner), _distance(corner, after) / 2)
        begin, end = _toward(corner, at, cut), _toward(corner, after, cut)
        if at != begin:
            steps.append(_line(at, begin))
        if cut > 0:
            steps.append(("Q", *corner, *end))
        at = end
    if at != points[-1]:
        steps.append(_line(at, points[-1]))
    return tuple(steps)


def opened(
    frame: tuple[float, float, float, float], cut: tuple[bool, bool], radius: float, down: bool = False
) -> tuple[Steps, Steps]:
    """The area and the outline of a rounded rectangle (left, top, right, bottom) that is open on its left or right.

    `down` opens its top or bottom instead.
    """
    left, top, right, bottom = (frame[1], frame[0], frame[3], frame[2]) if down else frame

    def line(*points: Point) -> Steps:
        return polyline([(y, x) for x, y in points] if down else points, radius)

    if all(cut):
        lines = line((left, top), (right, top)) + line((left, bottom), (right, bottom))
        corners = [(frame[place], frame[1]) for place in (0, 2)] + [(frame[place], frame[3]) for place in (2, 0)]
        return closed(corners), lines
    begin, turn = (right, left) if cut[1] else (left, right)
    one = line((begin, top), (turn, top), (turn, bottom), (begin, bottom))
    return (*one, ("Z",)), one


def joined(points: Sequence[Point]) -> Steps:
    """Straight lines from point to point."""
    first, *others = points
    return (("M", *first), *[("L", *other) for other in others])


def closed(points: Sequence[Point]) -> Steps:
    """A polygon."""
    return (*joined(points), ("Z",))


def head(points: Sequence[Point], length: float, half: float) -> Steps:
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


def _line(a: Point, b: Point) -> Step:
    """A step from a to b: a level or an upright one where less than half of a hundredth lies between them."""
    if abs(a[1] - b[1]) < 0.005:
        return ("H", b[0])
    if abs(a[0] - b[0]) < 0.005:
        return ("V", b[1])
    return ("L", *b)


def outlines(steps: Steps) -> list[list[Point]]:
    """The points that each piece of a path goes through, handles of curves included."""
    pieces: list[list[Point]] = []
    x = y = 0.0
    for step in steps:
        if step[0] == "Z":
            continue
        if step[0] == "M":
            pieces.append([])
        if step[0] == "Q":
            pieces[-1].append(step[1:3])
        x, y = (step[1], y) if step[0] == "H" else (x, step[1]) if step[0] == "V" else step[-2:]
        pieces[-1].append((x, y))
    return pieces
