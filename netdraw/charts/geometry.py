"""Rectangles and lines of a chart: what holds, meets, crosses and cuts what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Generic, TypeVar

from ..core.records import NamedTuple

Corner = tuple[float, float]
Line = tuple[Corner, Corner]


class Area(NamedTuple):
    """A rectangle by its borders."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height's middle."""
        return (self.top + self.bottom) / 2

    def meets(self, other: Area) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Area) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def grown(self, by: float) -> Area:
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)


Item = TypeVar("Item")


class AreaIndex(Generic[Item]):
    """Things by their areas, found again by an area that they may meet; `side` is about as large as what is asked."""

    def __init__(self, side: float, things: Iterable[tuple[Area, Item]] = ()) -> None:
        self.side = side
        self.cells: dict[tuple[int, int], list[Item]] = {}
        for area, item in things:
            self.add(area, item)

    def add(self, area: Area, item: Item) -> None:
        for cell in self._cells(area):
            self.cells.setdefault(cell, []).append(item)

    def find(self, area: Area) -> list[Item]:
        """What may meet it; one thing more than once."""
        return [item for cell in self._cells(area) for item in self.cells.get(cell, ())]

    def _cells(self, area: Area) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = area
        columns = range(math.floor(left / self.side), math.floor(right / self.side) + 1)
        return product(columns, range(math.floor(top / self.side), math.floor(bottom / self.side) + 1))


def spanned(line: Line) -> Area:
    """The least rectangle around a line."""
    (x, y), (to_x, to_y) = line
    return Area(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def around(x: float, y: float, radius: float) -> Area:
    """The square about a point."""
    return Area(x - radius, y - radius, x + radius, y + radius)


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


def cuts(line: Line, start: Corner, end: Corner) -> bool:
    """Whether two lines cut each other, other than at the start of the second."""
    if start in line:
        return False

    def side(a: Corner, b: Corner, c: Corner) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(*line, start) * side(*line, end) < 0 and side(start, end, line[0]) * side(start, end, line[1]) < 0
