"""Routes that run above a whole row, or in a box that goes on in the next, and on there under the same letter. In D."""

import itertools
from collections import Counter
from collections.abc import Container, Iterable

from ...core.records import NamedTuple
from ...diagram.model import by_key
from ...diagram.tags import letter
from .. import sizes as s
from .grid import Grid
from .order import LineOrder
from .ports import arrival, low
from .routes import LANE
from .rows import Breaks, Row, row_of

FROM_LEFT = 0.68
"""Where a lane begins that enters from the row before, and its letter stands before that."""
TO_RIGHT = 0.75
"""From the figure's right edge to the head of a lane that goes on."""
LETTER = 0.06
LETTERS = "abcdefhiklnorstuvxz"
"""Without those that reach under their line, into the lane below, and those of which no two have room."""


class LanePiece(NamedTuple):
    """What one row has of a lane: from x to x; `begins` with its start, `ends` with its end."""

    route: int
    low: float
    high: float
    begins: bool
    ends: bool


def pieces(grid: Grid, breaks: Breaks, rows: list[Row], width: float, left: float = 0.0) -> list[list[LanePiece]]:
    """By row, each of which begins at `left`; the grid has its final places.

    A lane that leaves at a row's end begins with the next row instead.
    """
    found: list[list[LanePiece]] = [[] for _ in rows]
    for number, route in enumerate(grid.order.routes):
        if not route.runs:
            continue
        begin, end = row_of(rows, grid.order.begins(route)), row_of(rows, route.end)
        if route.host != LANE and begin == end:
            continue
        port = low(grid, number)
        waits = route.host == LANE and grid.order.goes_on(route.start) and not (route.from_member or route.leaf)
        if waits and rows[begin].until == route.start + 1:
            begin += 1
            place = route.start + 1
            lead = grid.start(place) if grid.order.cut(place) else breaks.lead(place)  # a box goes on before its cell
            port = lead - s.PORT - s.PORT_STEP * (breaks.ports[place] - 1 - route.leave)
        for row in range(begin, end + 1):
            first, last = row == begin, row == end
            from_x = port if first else left + FROM_LEFT
            to_x = arrival(grid, number) if last else width - TO_RIGHT
            found[row].append(LanePiece(route=number, low=from_x, high=to_x, begins=first, ends=last))
    return found


def letters(rows: list[list[LanePiece]], taken: Container[str]) -> dict[int, str]:
    """A letter for each lane that is open at a break: a, b, … z, aa, … but for those that are taken."""
    opened = sorted({piece.route for row in rows for piece in row if not piece.ends})
    free = (one for one in (letter(count, LETTERS) for count in itertools.count()) if one not in taken)
    return dict(zip(opened, free, strict=False))


def most_open(orders: Iterable[LineOrder]) -> int:
    """How many lanes to different cells run side by side at most, over a line, in one of its boxes or beside it.

    That is how hard it is to follow one; those that come down on one cell side by side are read as one.
    """
    found = 0
    for order in orders:
        for routes in ([order.routes[number] for number in numbers] for numbers in order.hosted.values()):
            begins = by_key(((route.end, route.spot), route.start) for route in routes)
            change = Counter(map(min, begins.values()))
            change.subtract(place for place, _ in begins)
            found = max([found, *itertools.accumulate(change[at] for at in sorted(change))])
        found = max(found, most_open(order.beside()))
    return found
