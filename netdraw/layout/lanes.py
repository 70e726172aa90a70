"""Links that run above a whole row, or in a box that goes on in the next, and on there under the same letter. In D."""

from typing import NamedTuple

from . import sizes as s
from .axis import LANE, Axis
from .grid import Grid
from .rows import Breaks, Row

FROM_LEFT = 0.68
"""Where a lane begins that enters from the row before, and its letter stands before that."""
TO_RIGHT = 0.75
"""From the figure's right edge to the head of a lane that goes on."""
LETTER = 0.06
LETTERS = "abcdefhiklmnorstuvwxz"
"""Without those that reach under their line, into the lane below."""


class Piece(NamedTuple):
    """What one row has of a lane: from x to x; `begins` with its start, `ends` with its end."""

    link: int
    low: float
    high: float
    begins: bool
    ends: bool


def pieces(grid: Grid, breaks: Breaks, rows: list[Row], width: float, left: float = 0.0) -> list[list[Piece]]:
    """By row, each of which begins at `left`; the grid has its final places.

    A lane that leaves at a row's end begins with the next row instead.
    """
    found: list[list[Piece]] = [[] for _ in rows]
    row_of = [number for number, row in enumerate(rows) for _ in range(row.first, row.until)]
    for number, link in enumerate(grid.axis.links):
        begin, end = row_of[max(grid.axis.begins(link), 0)], row_of[link.end]
        if link.tap or (link.host != LANE and begin == end):
            continue
        port = grid.low(number)
        if (
            link.host == LANE
            and rows[begin].until == link.start + 1
            and grid.axis.goes_on(link.start)
            and not link.from_member
        ):
            begin += 1
            place = link.start + 1
            lead = grid.start(place) if grid.axis.cut(place) else breaks.lead(place)  # a box goes on before its cell
            port = lead - s.PORT - s.PORT_STEP * (breaks.ports[place] - 1 - link.leave)
        for row in range(begin, end + 1):
            low = port if row == begin else left + FROM_LEFT
            high = grid.arrival(number) if row == end else width - TO_RIGHT
            found[row].append(Piece(number, low, high, row == begin, row == end))
    return found


def letters(axis: Axis, rows: list[list[Piece]]) -> dict[int, str]:
    """A letter for each lane that is open at a break: a, b, … z, aa, …"""
    opened = sorted({piece.link for row in rows for piece in row if not piece.ends})
    return {link: _letter(count) for count, link in enumerate(opened)}


def _letter(count: int) -> str:
    text = ""
    count += 1
    while count:
        count, rest = divmod(count - 1, len(LETTERS))
        text = LETTERS[rest] + text
    return text
