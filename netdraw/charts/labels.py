"""Where the labels of points stand, so that none touches another, a point, a line or the border.

Each takes the first free place on rings around its point, near ones first; one that stands apart has a leader to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Corner = tuple[float, float]


class Area(NamedTuple):
    """A rectangle by its borders."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Area) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def grown(self, by: float) -> Area:
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Placed(NamedTuple):
    """A label's area; `far` says that it needs a leader."""

    area: Area
    far: bool


class Board:
    """What is taken: the marks of all points, labels, and lines between two corners. `radius` is that of a mark."""

    def __init__(
        self, inside: Area, lines: Sequence[tuple[Corner, Corner]], points: Sequence[Corner], radius: float
    ) -> None:
        self.inside, self.lines, self.radius = inside, list(lines), radius
        self.marks = [self.mark(*point) for point in points]
        self.labels: list[Area] = []

    def free(self, area: Area) -> bool:
        """Whether a label may stand there."""
        if not self.inside.holds(area) or any(area.meets(other) for other in (*self.marks, *self.labels)):
            return False
        return not any(crosses(area, *line) for line in self.lines)

    def leads(self, start: Corner, end: Corner) -> bool:
        """Whether a leader from a point to its label touches no label."""
        return not any(crosses(area, start, end) for area in self.labels)

    def leads_clear(self, start: Corner, end: Corner) -> bool:
        """Whether it touches no other mark and no line either."""
        beside = any(crosses(area, start, end) for area in self.marks if not area.meets(self.mark(*start)))
        return self.leads(start, end) and not beside and not any(_cut(line, start, end) for line in self.lines)

    def mark(self, x: float, y: float) -> Area:
        r = self.radius
        return Area(x - r, y - r, x + r, y + r)


def place(board: Board, points: Sequence[Corner], sizes: Sequence[tuple[float, float]], air: float) -> list[Placed]:
    """The places of labels of those sizes, in order; `air` is the least distance between two."""
    found = []
    for (x, y), (width, height) in zip(points, sizes, strict=True):
        placed = _first(board, x, y, width, height, air)
        board.labels.append(placed.area.grown(air / 2))
        if placed.far:
            board.lines.append(((x, y), nearest(placed.area, x, y)))
        found.append(placed)
    return found


def _first(board: Board, x: float, y: float, width: float, height: float, air: float) -> Placed:
    """The first free area; where a leader to it must cross something, a line rather than a label."""
    for may in (board.leads_clear, board.leads, None):
        for ring in range(RINGS):
            for area in _around(x, y, width, height, board.radius + air * (1 + 2 * ring)):
                if board.free(area) and (ring < LED or may is None or may((x, y), nearest(area, x, y))):
                    return Placed(area, ring >= LED)
    return Placed(next(_around(x, y, width, height, board.radius + air)), False)


LED = 2
"""From this ring on a label has a leader to its point."""
RINGS = 60
"""So far from its point is a label looked for."""
TURNS = 16
"""So many places on a ring."""


def _around(x: float, y: float, width: float, height: float, away: float) -> Iterator[Area]:
    """Areas about a point: right, left, over and under it, then all round."""
    turns = [0, TURNS // 2, 3 * TURNS // 4, TURNS // 4, *range(1, TURNS)]
    for turn in turns:
        angle = 2 * math.pi * turn / TURNS
        cos, sin = math.cos(angle), math.sin(angle)
        middle_x, middle_y = x + cos * (away + width / 2), y + sin * (away + height / 2)
        yield Area(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)


def nearest(area: Area, x: float, y: float) -> Corner:
    """The point of an area's border nearest to a point outside it."""
    return min(max(x, area.left), area.right), min(max(y, area.top), area.bottom)


def crosses(area: Area, start: Corner, end: Corner) -> bool:
    """Whether a line passes through an area: what is left of it after cutting it at all four borders."""
    low, high = 0.0, 1.0
    (x, y), (to_x, to_y) = start, end
    for step, before, behind in (
        (to_x - x, area.left - x, area.right - x),
        (to_y - y, area.top - y, area.bottom - y),
    ):
        if step == 0:
            if before >= 0 or behind <= 0:
                return False
            continue
        first, last = sorted((before / step, behind / step))
        low, high = max(low, first), min(high, last)
    return low < high


def _cut(line: tuple[Corner, Corner], start: Corner, end: Corner) -> bool:
    """Whether two lines cut each other, other than at the start of the second."""
    if start in line:
        return False

    def side(a: Corner, b: Corner, c: Corner) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(*line, start) * side(*line, end) < 0 and side(start, end, line[0]) * side(start, end, line[1]) < 0
