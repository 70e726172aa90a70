"""Where a label may stand apart from its point, as sets: an int has a bit for each candidate, the nearest first."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import or_

from .geometry import Area, Corner, Line
from .occupied import Size

STEPS, TURNS = 16, 24
"""A label is looked for at so many distances up to the reach, and so many angles."""
RAY = sum(1 << step * TURNS for step in range(STEPS))
"""The candidates at the first of the angles."""


class Candidates:
    """The ends of leaders from `least` to `reach` long around any point; labels stand `gap` behind them.

    A label stands to the right of its leader's end where that is to the right of the point, else to the left.
    """

    def __init__(self, least: float, reach: float, gap: float) -> None:
        self.gap = gap
        self.ends: list[Corner] = []
        angles = [2 * math.pi * (turn + 0.5) / TURNS for turn in range(TURNS)]
        for step in range(STEPS) if reach else ():
            away = least * (reach / least) ** (step / (STEPS - 1))
            self.ends += [(away * math.cos(angle), away * math.sin(angle)) for angle in angles]
        self.rows = _Ordered([y for _, y in self.ends])
        self.columns = _Ordered([x for x, _ in self.ends])
        self.right = self.columns.between(0.0, math.inf)

    def placed(self, candidate: int, point: Corner, size: Size) -> tuple[Area, Line]:
        """A candidate's label and leader."""
        (x, y), (across, down), (width, height) = point, self.ends[candidate], size
        end_x, end_y = x + across, y + down
        left = end_x + self.gap if end_x >= x else end_x - self.gap - width
        return Area(left, end_y - height / 2, left + width, end_y + height / 2), (point, (end_x, end_y))

    def meeting(self, area: Area, air: float, point: Corner, size: Size) -> int:
        """Those whose labels come nearer to an area than `air`."""
        (x, y), (width, height) = point, size
        far = height / 2 + air
        rows = self.rows.between(area.top - y - far, area.bottom - y + far)
        if not rows:
            return 0
        low, high = area.left - x - air, area.right - x + air
        right = self.columns.between(low - self.gap - width, high - self.gap) & self.right
        left = self.columns.between(low + self.gap, high + self.gap + width) & ~self.right
        return rows & (right | left)

    def within(self, area: Area, air: float, point: Corner, size: Size) -> int:
        """Those whose labels an area that is larger by `air` holds: they meet it even less a label all round."""
        width, height = size
        less = Area(area.left + width, area.top + height, area.right - width, area.bottom - height)
        return self.meeting(less, air, point, size)

    def behind(self, area: Area, air: float, point: Corner) -> int:
        """Those whose leaders pass an area nearer than `air`, as far as a leader at the same angle ends there."""
        (x, y) = point
        found = self.rows.between(area.top - y - air, area.bottom - y + air)
        if found:
            found &= self.columns.between(area.left - x - air, area.right - x + air)
        for step in (1, 2, 4, 8) if found else ():
            found |= found << step * TURNS
        return found


class _Ordered:
    """Numbers from 0 by their values, found again by a range of values."""

    def __init__(self, values: Sequence[float]) -> None:
        numbers = sorted(range(len(values)), key=values.__getitem__)
        self.values = [values[number] for number in numbers]
        self.below = list(accumulate((1 << number for number in numbers), or_, initial=0))

    def between(self, low: float, high: float) -> int:
        """The numbers of the values between two, as a set."""
        return self.below[bisect_left(self.values, high)] & ~self.below[bisect_right(self.values, low)]


def first(candidates: int) -> int:
    """The nearest of a set."""
    return (candidates & -candidates).bit_length() - 1


def ray(candidate: int) -> int:
    """Those at the same angle as one."""
    return RAY << candidate % TURNS
