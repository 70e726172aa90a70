"""Where the labels of points stand, so that none touches another, a mark, a line or the border.

A label stands beside its point where there is room: those with the fewest places choose first. The others stand apart,
with a leader that ends at the nearer side of the text's middle height and crosses no label, mark or other leader.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.records import NamedTuple
from .apart import Apart
from .candidates import Candidates
from .geometry import Area
from .occupied import LEADERS, LINES, Occupied, PlacedLabel, Size


class LabelPlaces(NamedTuple):
    """A point with the areas beside it where its label could stand, and where it could stand apart."""

    number: int
    beside: list[Area]
    apart: Apart


ROUNDS, HOPELESS = 6, 8
"""Labels that found no place choose first in the next of so many rounds, unless there are more of them."""
SHORT = 4
"""A leader is at least as long as half a mark and so many times the distance of a label from its mark."""


def place(board: Occupied, sizes: Sequence[Size | None], whole: bool = True) -> list[PlacedLabel | None] | None:
    """The places of labels of those sizes, in the order of the board's points; None for a point without a label.

    None where one finds no place; where they need not be `whole`, leaders may cross all but labels, and only those
    have none that find no place even so.
    """
    worst, room = LINES if whole else LEADERS, board.room
    candidates = Candidates(board.radius + SHORT * room.own, room.reach, room.own)
    choices = [
        LabelPlaces(number, board.beside(number, *size), Apart(board, candidates, number, size, worst))
        for number, size in enumerate(sizes)
        if size is not None
    ]
    choices.sort(key=lambda choice: (len(choice.beside), choice.number))
    best: dict[int, PlacedLabel] = {}
    urgent: list[int] = []
    for later in reversed(range(ROUNDS)):
        borne = len(choices) if not whole else HOPELESS if later else 0
        found = _placed(board, choices, urgent, borne)
        best = max(best, found, key=len)
        missed = [choice.number for choice in choices if choice.number not in found]
        if not missed or len(missed) > HOPELESS:
            break
        urgent = [*missed, *(number for number in urgent if number not in missed)]
    return None if whole and len(best) < len(choices) else [best.get(number) for number in range(len(sizes))]


def _placed(
    board: Occupied, choices: Sequence[LabelPlaces], urgent: Sequence[int], borne: int
) -> dict[int, PlacedLabel]:
    """First the `urgent` labels, then those beside their points, then those apart.

    Given up where more labels than are `borne` find no place.
    """
    board.clear()
    found: dict[int, PlacedLabel] = {}
    own = {choice.number: choice for choice in choices}
    rest = [choice for choice in choices if choice.number not in set(urgent)]
    steps = [(own[number], True, True) for number in urgent]
    steps += [(choice, True, False) for choice in rest] + [(choice, False, True) for choice in rest]
    for choice, beside, apart in steps:
        if choice.number in found:
            continue
        area = next(filter(board.free, choice.beside), None) if beside else None
        placed = PlacedLabel(area) if area else choice.apart.find() if apart else None
        if placed:
            found[choice.number] = board.take(placed)
        elif apart:
            borne -= 1
            if borne < 0:
                break
    return found
