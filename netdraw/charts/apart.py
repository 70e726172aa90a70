"""Where one label stands apart from its point."""

from __future__ import annotations

from .candidates import Candidates, first, ray
from .geometry import Area, Line
from .occupied import MARKS, Occupied, PlacedLabel, Size

SLACK = 1e-6
"""Sets leave what is nearer to a border than this to the exact tests."""


class Apart:
    """The candidates of one label; what else than leaders takes them away is found once for all rounds.

    Its leader crosses nothing worse than `worst`.
    """

    def __init__(self, board: Occupied, candidates: Candidates, number: int, size: Size, worst: int) -> None:
        self.board, self.candidates, self.number, self.size, self.worst = board, candidates, number, size, worst
        self.point = board.points[number]
        self.standing: int | None = None
        """Those that neither leave the border nor meet a mark, as far as sets can tell."""
        self.barred: dict[Area, int] = {}
        """By the area of another label, those that it takes away."""
        self.known: dict[int, tuple[Area, Line, int] | None] = {}

    def find(self) -> PlacedLabel | None:
        """The nearest free place of those to which the leader crosses least."""
        found, worst, left = None, self.worst, self._left()
        while left:
            candidate = first(left)
            left &= left - 1
            known = self._known(candidate)
            if known is None:
                continue
            area, leader, crossed = known
            if crossed <= worst:
                crossed = max(crossed, self.board.crossed(leader))
            if crossed > worst:
                left &= ~ray(candidate)  # what a leader crosses, a longer one does too
            elif self.board.free(area):
                found, worst = PlacedLabel(area, leader), crossed - 1
                if not crossed:
                    break
        return found

    def _left(self) -> int:
        """Those that no border, mark or label takes away, as far as sets can tell."""
        if self.standing is None:
            self.standing = self._standing()
        left, room = self.standing, self.board.room
        for label in self.board.taken:
            if label not in self.barred:
                met = self.candidates.meeting(label, room.between - SLACK, self.point, self.size)
                self.barred[label] = met | self.candidates.behind(label, room.other - SLACK, self.point)
            left &= ~self.barred[label]
        return left

    def _standing(self) -> int:
        board, own = self.board, self.board.own[self.number]
        found = self.candidates.within(board.inside, SLACK, self.point, self.size)
        for mark in board.own:
            if mark != own:
                found &= ~self.candidates.meeting(mark, board.room.other - SLACK, self.point, self.size)
            if self.worst < MARKS and not mark.meets(own):
                found &= ~self.candidates.behind(mark, -SLACK, self.point)
        return found

    def _known(self, candidate: int) -> tuple[Area, Line, int] | None:
        """A candidate's label, leader, and what of lines and marks this crosses; None where a label may not stand."""
        if candidate not in self.known:
            area, leader = self.candidates.placed(candidate, self.point, self.size)
            stands = self.board.stands(area, self.number)
            self.known[candidate] = (area, leader, self.board.passed(leader, self.number)) if stands else None
        return self.known[candidate]
