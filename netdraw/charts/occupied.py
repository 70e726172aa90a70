"""What is taken on a chart, and whether a label or a leader may stand somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.records import NamedTuple
from .geometry import Area, AreaIndex, Corner, Line, around, crosses, cuts, spanned

Size = tuple[float, float]


class Room(NamedTuple):
    """The distances that labels keep: between two, from their own mark and from other marks; `reach` of a leader."""

    between: float
    own: float
    other: float
    reach: float


class PlacedLabel(NamedTuple):
    """A label's area, and the line to it from its point where it stands apart."""

    area: Area
    leader: Line | None = None


PLACES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""Beside a point: right, left, over, under, and between."""
CELL = 8.0
"""What is taken is looked up by cells, so many times as wide as half a mark."""
LINES, MARKS, LEADERS, LABELS = 1, 2, 3, 4
"""What a leader may cross, the less the better; never labels."""


class Occupied:
    """What is taken: the marks of all points, labels, and lines between two corners. `radius` is that of a mark."""

    def __init__(
        self, inside: Area, lines: Sequence[Line], points: Sequence[Corner], radius: float, room: Room
    ) -> None:
        self.inside, self.points, self.radius, self.room = inside, list(points), radius, room
        self.own = [around(*point, radius) for point in points]
        side = CELL * radius
        self.marks = AreaIndex(side, [(mark, mark) for mark in self.own])
        self.lines = AreaIndex(side, [(spanned(line), line) for line in lines])
        self.clear()

    def clear(self) -> None:
        """Takes all labels away."""
        self.labels: AreaIndex[Area] = AreaIndex(self.marks.side)
        self.leaders: AreaIndex[Line] = AreaIndex(self.marks.side)
        self.taken: list[Area] = []

    def beside(self, number: int, width: float, height: float) -> list[Area]:
        """The areas beside a point that no mark, line or border takes, best first."""
        (x, y), away = self.points[number], self.radius + self.room.own
        found = []
        for across, down in PLACES:
            slant = 0.8 if across and down else 1.0
            left = x + slant * across * away - (1 - across) / 2 * width
            top = y + slant * down * away - (1 - down) / 2 * height
            area = Area(left, top, left + width, top + height)
            if self.stands(area, number):
                found.append(area)
        return found

    def stands(self, area: Area, number: int) -> bool:
        """Whether a label may stand there, but for other labels."""
        wide, own = area.grown(self.room.other), self.own[number]
        if not self.inside.holds(area) or area.meets(own):
            return False
        if any(wide.meets(mark) for mark in self.marks.find(wide) if mark != own):
            return False
        return not any(crosses(wide, *line) for line in self.lines.find(wide))

    def free(self, area: Area) -> bool:
        """Whether no label or leader is there."""
        wide, less = area.grown(self.room.between), area.grown(self.room.other)
        return not (
            any(wide.meets(label) for label in self.labels.find(wide))
            or any(crosses(less, *leader) for leader in self.leaders.find(less))
        )

    def passed(self, leader: Line, number: int) -> int:
        """Whether a leader crosses marks that do not overlap its own, or lines."""
        own, span = self.own[number], spanned(leader)
        if any(crosses(mark, *leader) for mark in self.marks.find(span) if not mark.meets(own)):
            return MARKS
        return LINES if any(cuts(line, *leader) for line in self.lines.find(span)) else 0

    def crossed(self, leader: Line) -> int:
        """Whether a leader crosses labels or other leaders."""
        span, air = spanned(leader), self.room.other
        if any(crosses(label.grown(air), *leader) for label in self.labels.find(span.grown(air))):
            return LABELS
        return LEADERS if any(cuts(other, *leader) for other in self.leaders.find(span)) else 0

    def take(self, placed: PlacedLabel) -> PlacedLabel:
        self.labels.add(placed.area, placed.area)
        self.taken.append(placed.area)
        if placed.leader:
            self.leaders.add(spanned(placed.leader), placed.leader)
        return placed
