"""The ways that Graphviz gives, as polylines of ours: splines sampled, and led on to the borders of the cells."""

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from graphlib import TopologicalSorter
from itertools import pairwise
from operator import or_

from ..base import Point

SAMPLES = 6
"""Points on each cubic piece of a spline; the scene rounds the corners between them."""
ROUND = 1e3
"""A radius, in D, that leaves nothing of a side straight but its middle."""
STRAIGHT = 0.01
"""What lies no further from a straight line, in D, is on it."""


def sampled(spline: Iterable[Point], scale: float, height: float) -> list[Point]:
    """The points of a way, in D from the top left; Graphviz counts from the bottom left, `scale` to the D."""
    controls = [(x / scale, (height - y) / scale) for x, y in spline]
    points = [controls[0]]
    for at in range(0, len(controls) - 3, 3):
        points += [_bezier(controls[at : at + 4], step / SAMPLES) for step in range(1, SAMPLES + 1)]
    return thinned(points)


def _bezier(controls: Sequence[Point], t: float) -> Point:
    """The point of a cubic at t."""
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(share * at for share, at in zip(shares, axis, strict=True)) for axis in zip(*controls, strict=True))
    return x, y


def thinned(points: Sequence[Point]) -> list[Point]:
    """Without the points between which the line goes straight on."""
    kept = [points[0]]
    for point, after in pairwise(points[1:]):
        if _off(kept[-1], point, after) > STRAIGHT:
            kept.append(point)
    return [*kept, points[-1]]


def _off(a: Point, b: Point, c: Point) -> float:
    """How far b lies from the line through a and c; nothing where it stands on one of them."""
    run = math.dist(a, c)
    return abs((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / run if run else 0.0


def along(points: Sequence[Point], distance: float | None = None) -> tuple[Point, bool]:
    """The point that lies so far along a way, or in its middle, and whether the way runs rather upright there."""
    distance = sum(math.dist(a, b) for a, b in pairwise(points)) / 2 if distance is None else distance
    for (ax, ay), (bx, by) in pairwise(points):
        run = math.hypot(bx - ax, by - ay)
        if run and distance <= run:
            share = distance / run
            return (ax + (bx - ax) * share, ay + (by - ay) * share), abs(by - ay) >= abs(bx - ax)
        distance -= run
    return points[-1], True


def short_cuts(edges: Sequence[tuple[str, str]]) -> set[int]:
    """The edges, by number, beside which another way leads from their source to their target."""
    after: dict[str, list[str]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
    bits: dict[str, int] = {}
    beyond: dict[str, int] = {}
    """By node, the bits of all that can be reached from it: sets of them would take long in large graphs."""
    for node in TopologicalSorter(after).static_order():  # targets come before their sources
        bits[node] = 1 << len(bits)
        beyond[node] = reduce(or_, [bits[target] | beyond[target] for target in after.get(node, ())], 0)
    return {
        number
        for number, (source, target) in enumerate(edges)
        if any(beyond[other] & bits[target] for other in after[source])
    }
