"""Routes that run above a whole row, or in a box that goes on in the next, and on there under the same letter. In D."""

import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from ...core.records import NamedTuple
from .. import sizes as s
from .grid import Grid
from .order import LineOrder
from .ports import arrival, low
from .routes import LANE, Route
from .rows import Breaks, Row, row_of

FROM_LEFT = 0.68
"""Where a lane begins that enters from the row before, and its letter stands before that."""
LETTER = 0.06
LETTERS = "abcdefhiklnorstuvxz"
"""Without those that reach under their line, into the lane below, and those of which no two have room."""


MOST_PASSING = 12
"""As many lanes at most are drawn in a row that they only pass. Of more nobody could follow one: the row says how many
pass, and each goes on under its letter where it ends.
"""


class LanePiece(NamedTuple):
    """What one row has of a lane: from x to x; `begins` with its start, `ends` with its end. Of a route on the lane of
    another it is the end alone, which begins on that.
    """

    route: int
    low: float
    high: float
    begins: bool
    ends: bool


class RowLanes(NamedTuple):
    """The pieces of lanes in a row, and how many lanes that only pass it are too many to be drawn."""

    pieces: list[LanePiece]
    undrawn: int


def row_lanes(grid: Grid, breaks: Breaks, rows: list[Row], width: float, left: float = 0.0) -> list[RowLanes]:
    """By row, each of which begins at `left`; the grid has its final places.

    A lane that leaves at a row's end begins with the next row instead.
    """
    reaches, routes = list(_reaches(grid, breaks, rows)), grid.order.routes
    ends = {reach.route: reach.end for reach in reaches}
    passing = _passing([reach for reach in reaches if routes[reach.route].lane < 0], len(rows))
    found = [RowLanes([], count if count > MOST_PASSING else 0) for count in passing]
    for number, begin, end, port in reaches:
        if routes[number].lane >= 0:
            x = arrival(grid, number)
            found[end].pieces.append(LanePiece(route=number, low=x, high=x, begins=True, ends=True))
            continue
        left_in = {ends[other] for other in routes[number].sharing}
        for row in range(begin, end + 1):
            first, last = row == begin, row == end
            if found[row].undrawn and not (first or last):
                if row not in left_in:
                    continue
                found[row] = found[row]._replace(undrawn=found[row].undrawn - 1)
            from_x = port if first else left + FROM_LEFT
            to_x = arrival(grid, number) if last else width - s.TO_RIGHT
            found[row].pieces.append(LanePiece(route=number, low=from_x, high=to_x, begins=first, ends=last))
    return found


class Reach(NamedTuple):
    """A lane by its route: the rows in which it begins and ends, and from which x it runs in the first."""

    route: int
    begin: int
    end: int
    port: float


def _reaches(grid: Grid, breaks: Breaks, rows: list[Row]) -> Iterator[Reach]:
    """All lanes, by number of their route."""
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
        yield Reach(number, begin, end, port)


def _passing(lanes: Iterable[Reach], rows: int) -> list[int]:
    """How many lanes pass each row, neither beginning nor ending in it."""
    change = [0] * (rows + 1)
    for lane in lanes:
        change[min(lane.begin + 1, lane.end)] += 1
        change[lane.end] -= 1
    return list(itertools.accumulate(change[:rows]))


def letters(rows: list[RowLanes], taken: Container[str]) -> dict[int, str]:
    """A letter for each lane that is open at a break: a, b, … z, aa, … but for those that are taken."""
    opened = sorted({piece.route for row in rows for piece in row.pieces if not piece.ends})
    if not opened:
        return {}
    from ...diagram.tags import letter  # late: start-up time

    free = (one for one in (letter(count, LETTERS) for count in itertools.count()) if one not in taken)
    return dict(zip(opened, free, strict=False))


def most_open(orders: Iterable[LineOrder]) -> int:
    """How many lanes run side by side at most, over a line, in one of its boxes or beside it.

    That is how hard it is to follow one. Those that come down on one cell side by side are read as one, and so are
    those of one cell.
    """
    found = 0
    for order in orders:
        for routes in ([order.routes[number] for number in numbers] for numbers in order.hosted.values()):
            found = max([found, *map(min, zip(_open(routes, True), _open(routes, False), strict=True))])
        found = max(found, most_open(order.beside()))
    return found


def _open(routes: Sequence[Route], of_one_source: bool) -> Iterator[int]:
    """How many are open behind each place where one of some lanes begins or ends, those of one source or to one cell
    counted once.
    """
    spans: dict[tuple[int, str], tuple[int, int]] = {}
    for route in routes:
        key = (route.start, route.leaf) if of_one_source else (route.end, route.spot)
        start, end = spans.get(key, (route.start, route.end))
        spans[key] = min(start, route.start), max(end, route.end)
    change = Counter(start for start, _ in spans.values())
    change.subtract(end for _, end in spans.values())
    places = sorted({place for route in routes for place in (route.start, route.end)})
    return itertools.accumulate(change[at] for at in places)
