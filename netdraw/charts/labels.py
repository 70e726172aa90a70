"""Where the labels of points stand, so that none touches another, a mark, a line or the border.

A label stands beside its point where there is room: those with the fewest places choose first. The others stand apart,
with a leader that ends at the nearer side of the text's middle height and crosses no label, mark or other leader.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .geometry import Area, Corner, Line, Near, around, crosses, cuts, spanned

Size = tuple[float, float]


class Room(NamedTuple):
    """The distances that labels keep: between two, from their own mark and from other marks; `reach` of a leader."""

    between: float
    own: float
    other: float
    reach: float


class Placed(NamedTuple):
    """A label's area, and the line to it from its point where it stands apart."""

    area: Area
    leader: Line | None = None


class Choice(NamedTuple):
    """A point with its label's size and the areas beside it where the label could stand."""

    number: int
    size: Size
    areas: list[Area]


ROUNDS, HOPELESS = 6, 8
"""Labels that found no place choose first in the next of so many rounds, unless there are more of them."""
STEPS, TURNS = 16, 24
"""Apart, a label is looked for at so many distances up to the reach, and so many angles."""
PLACES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
"""Beside a point: right, left, over, under, and between."""
CELL = 8.0
"""What is taken is looked up by cells, so many times as wide as half a mark."""
LINES, MARKS, LEADERS = 1, 2, 3
"""What a leader may cross, the less the better."""
SHORT = 4
"""A leader is at least as long as half a mark and so many times the distance of a label from its mark."""


class Board:
    """What is taken: the marks of all points, labels, and lines between two corners. `radius` is that of a mark."""

    def __init__(
        self, inside: Area, lines: Sequence[Line], points: Sequence[Corner], radius: float, room: Room
    ) -> None:
        self.inside, self.points, self.radius, self.room = inside, list(points), radius, room
        self.own = [around(*point, radius) for point in points]
        side = CELL * radius
        self.marks = Near(side, [(mark, mark) for mark in self.own])
        self.lines = Near(side, [(spanned(line), line) for line in lines])
        self.standing: dict[tuple[int, Size], list[tuple[Area, Line]]] = {}
        """Where a label may stand apart, but for other labels: found once for all rounds."""
        self.clear()

    def clear(self) -> None:
        """Takes all labels away."""
        self.labels: Near[Area] = Near(self.marks.side)
        self.leaders: Near[Line] = Near(self.marks.side)

    def beside(self, number: int, width: float, height: float) -> list[Area]:
        """The areas beside a point that no mark, line or border takes, best first."""
        (x, y), away = self.points[number], self.radius + self.room.own
        found = []
        for across, down in PLACES:
            slant = 0.8 if across and down else 1.0
            left = x + slant * across * away - (1 - across) / 2 * width
            top = y + slant * down * away - (1 - down) / 2 * height
            area = Area(left, top, left + width, top + height)
            if self._stands(area, number):
                found.append(area)
        return found

    def _stands(self, area: Area, number: int) -> bool:
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

    def apart(self, number: int, size: Size, worst: int) -> Placed | None:
        """The nearest free place to which the leader crosses least, up to the `worst` that is borne (see _crossed)."""
        found: Placed | None = None
        key = (number, size)
        if key not in self.standing:
            self.standing[key] = [one for one in self._apart(number, *size) if self._stands(one[0], number)]
        for area, leader in self.standing[key]:
            if self.free(area) and self._clear(leader):
                crossed = self._crossed(leader, number)
                if crossed <= worst:
                    found, worst = Placed(area, leader), crossed - 1
                    if not crossed:
                        break
        return found

    def _apart(self, number: int, width: float, height: float) -> Iterator[tuple[Area, Line]]:
        (x, y), gap = self.points[number], self.room.own
        if not self.room.reach:
            return
        least = self.radius + SHORT * gap
        for step in range(STEPS):
            away = least * (self.room.reach / least) ** (step / (STEPS - 1))
            for turn in range(TURNS):
                angle = 2 * math.pi * (turn + 0.5) / TURNS
                end_x, end_y = x + away * math.cos(angle), y + away * math.sin(angle)
                left = end_x + gap if end_x >= x else end_x - gap - width
                yield Area(left, end_y - height / 2, left + width, end_y + height / 2), ((x, y), (end_x, end_y))

    def _clear(self, leader: Line) -> bool:
        """Whether a leader touches no label."""
        span, air = spanned(leader).grown(self.room.other), self.room.other
        return not any(crosses(label.grown(air), *leader) for label in self.labels.find(span))

    def _crossed(self, leader: Line, number: int) -> int:
        """What a leader crosses: 0 nothing, 1 lines, 2 marks that do not overlap its own, 3 other leaders."""
        own, span = self.own[number], spanned(leader)
        if any(cuts(other, *leader) for other in self.leaders.find(span)):
            return LEADERS
        if any(crosses(mark, *leader) for mark in self.marks.find(span) if not mark.meets(own)):
            return MARKS
        return LINES if any(cuts(line, *leader) for line in self.lines.find(span)) else 0

    def take(self, placed: Placed) -> Placed:
        self.labels.add(placed.area, placed.area)
        if placed.leader:
            self.leaders.add(spanned(placed.leader), placed.leader)
        return placed


def place(board: Board, sizes: Sequence[Size | None], whole: bool = True) -> list[Placed | None] | None:
    """The places of labels of those sizes, in the order of the board's points; None for a point without a label.

    None where one finds no place; where they need not be `whole`, leaders may cross all but labels, and only those
    have none that find no place even so.
    """
    choices = [Choice(n, size, board.beside(n, *size)) for n, size in enumerate(sizes) if size is not None]
    choices.sort(key=lambda choice: (len(choice.areas), choice.number))
    worst = LINES if whole else LEADERS
    best: dict[int, Placed] = {}
    urgent: list[int] = []
    for _ in range(ROUNDS):
        found = _placed(board, choices, worst, urgent)
        best = max(best, found, key=len)
        missed = [choice.number for choice in choices if choice.number not in found]
        if not missed or len(missed) > HOPELESS:
            break
        urgent = [*missed, *(number for number in urgent if number not in missed)]
    return None if whole and len(best) < len(choices) else [best.get(number) for number in range(len(sizes))]


def _placed(board: Board, choices: Sequence[Choice], worst: int, urgent: Sequence[int]) -> dict[int, Placed]:
    """First the `urgent` labels, then those beside their points, then those apart."""
    board.clear()
    found: dict[int, Placed] = {}
    own = {choice.number: choice for choice in choices}
    rest = [choice for choice in choices if choice.number not in set(urgent)]
    steps = [(own[number], True, True) for number in urgent]
    steps += [(choice, True, False) for choice in rest] + [(choice, False, True) for choice in rest]
    for (number, size, areas), beside, apart in steps:
        if number in found:
            continue
        area = next(filter(board.free, areas), None) if beside else None
        placed = Placed(area) if area else board.apart(number, size, worst) if apart else None
        if placed:
            found[number] = board.take(placed)
    return found
