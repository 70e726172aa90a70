"""Links that run above a whole row, or in a box that goes on in the next, and on there under the same letter. In D."""

import itertools
from collections.abc import Container

from ...core.records import NamedTuple
from ...diagram.tags import letter
from .. import sizes as s
from .axis import Axis
from .grid import Grid
from .links import LANE
from .ports import arrival, low
from .rows import Breaks, Row

FROM_LEFT = 0.68
"""Where a lane begins that enters from the row before, and its letter stands before that."""
TO_RIGHT = 0.75
"""From the figure's right edge to the head of a lane that goes on."""
LETTER = 0.06
LETTERS = "abcdefhiklnorstuvxz"
"""Without those that reach under their line, into the lane below, and those of which no two have room."""


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
        if not link.runs:
            continue
        begin, end = row_of[max(grid.axis.begins(link), 0)], row_of[link.end]
        if link.host != LANE and begin == end:
            continue
        port = low(grid, number)
        waits = link.host == LANE and grid.axis.goes_on(link.start) and not (link.from_member or link.leaf)
        if waits and rows[begin].until == link.start + 1:
            begin += 1
            place = link.start + 1
            lead = grid.start(place) if grid.axis.cut(place) else breaks.lead(place)  # a box goes on before its cell
            port = lead - s.PORT - s.PORT_STEP * (breaks.ports[place] - 1 - link.leave)
        for row in range(begin, end + 1):
            first, last = row == begin, row == end
            from_x = port if first else left + FROM_LEFT
            to_x = arrival(grid, number) if last else width - TO_RIGHT
            found[row].append(Piece(link=number, low=from_x, high=to_x, begins=first, ends=last))
    return found


def letters(rows: list[list[Piece]], taken: Container[str]) -> dict[int, str]:
    """A letter for each lane that is open at a break: a, b, … z, aa, … but for those that are taken."""
    opened = sorted({piece.link for row in rows for piece in row if not piece.ends})
    free = (one for one in (letter(count, LETTERS) for count in itertools.count()) if one not in taken)
    return dict(zip(opened, free, strict=False))


def most_open(axis: Axis) -> int:
    """How many lanes to different cells run side by side at most, over the line, in one of its boxes or beside it.

    That is how hard it is to follow one; those that come down on one cell side by side are read as one.
    """
    found = 0
    for numbers in axis.hosted.values():
        begins: dict[tuple[int, str], int] = {}
        for link in (axis.links[number] for number in numbers):
            end = link.end, link.spot
            begins[end] = min(begins.get(end, link.start), link.start)
        change: dict[int, int] = {}
        for (place, _), start in begins.items():
            change[start] = change.get(start, 0) + 1
            change[place] = change.get(place, 0) - 1
        found = max([found, *itertools.accumulate(change[at] for at in sorted(change))])
    return max([found, *map(most_open, axis.beside())])
