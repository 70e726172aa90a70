"""Where the line breaks into rows, and how far every cell moves for it. In D."""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import itemgetter

from ...core.records import NamedTuple
from .. import sizes as s
from ..base import TooNarrow
from ..sizes import TAG, TAG_END
from .brackets import OrderedBracket
from .grid import Grid
from .order import LineOrder
from .routes import LANE
from .slots import side_width

SLACK = 100.0
INSIDE_STAGE = 20.0
BESIDE_NO_BOX = 5.0
"""Added where the break inside a stage stands beside a cell that no box holds."""
SHORT_LAST = 30.0
"""For a last row of less than a quarter; up to twice as much for one of almost nothing."""
OPEN_LANE = 5.0


class Row(NamedTuple):
    """The cells from `first` up to but without `until`."""

    first: int
    until: int


def row_of(rows: Sequence[Row], place: int) -> int:
    """The number of the row in which a cell stands; of what is before the first cell the first."""
    return max(bisect(rows, place, key=itemgetter(0)) - 1, 0)


class Extents(NamedTuple):
    """By cell: the left border of a row that begins with it, with and without its texts, and the right ones."""

    start: list[float]
    end: list[float]
    low: list[float]
    high: list[float]


class TooWide(TooNarrow):
    """A part that cannot be cut needs `least` D."""


class Breaks:
    """The places where a row may begin, and what a row between two of them takes."""

    def __init__(self, grid: Grid, stages: list[OrderedBracket]) -> None:
        order, count = grid.order, len(grid.x)
        self.order, self.count = order, count
        self.extents = _extents(grid, stages)
        self.fresh = _fresh(order)
        """Where a further input, or what else reads nothing, begins a row of its own."""
        short = without_room(grid)
        self.places = [place for place in range(count) if not place or (order.cut(place) and place not in short)]
        self.places.append(count)
        held = held_together(order) | short
        self.inner = {n: len(order.crossed(n)) for n in range(1, count) if not order.cut(n) and n not in held}
        """The places inside boxes where a row may begin where it must, and how many boxes that leaves open."""
        self.borders = [0, *accumulate(order.border(place) for place in range(1, count))]
        self.open = _open_lanes(order)
        lanes = [
            route for route in order.routes if route.host == LANE and route.runs and not route.leaf and route.lane < 0
        ]
        self.ports = Counter(route.start + 1 for route in lanes)
        self.said = {route.start + 1: route.leave + 1 for route in order.routes if route.from_member}
        cuts = [*self.places[1:-1], *self.inner]
        self._left = {place: self.extents.start[place] - self.lead(place) for place in [0, *cuts]}
        self._right = {place: self._trail(place) for place in [*cuts, count]}

    def lead(self, first: int) -> float:
        """From the figure's left edge to the first border of a row."""
        over = s.EDGE + self.extents.start[first] - self.extents.low[first]
        if not first or first in self.fresh:
            return max(s.MARGIN, over)
        return max(s.BEGIN + s.TAIL + s.PORT_STEP * max(0, self.ports[first] - 3), over)

    def fitting(self, width: float) -> list[int]:
        """The places where a row may begin on a page of that width; inside a box only where the box is wider, and where
        that leaves the fewest open.
        """
        found = [0]
        todo = [*pairwise(self.places)][::-1]
        while todo:
            first, until = todo.pop()
            wide = self.width(first, until) > width + 1e-6
            inside = [place for place in range(first + 1, until) if place in self.inner] if wide else []
            if inside:
                least = min(self.inner[place] for place in inside)
                cuts = [place for place in inside if self.inner[place] == least]
                todo += [*pairwise([first, *cuts, until])][::-1]
            else:
                found.append(until)
        return found

    def width(self, first: int, until: int) -> float:
        """What a row takes, from edge to edge, before its gaps are stretched."""
        return self._right[until] - self._left[first]

    def _trail(self, until: int) -> float:
        """The figure's right edge for a row that ends before the cell."""
        end = self.extents.end[until - 1]
        if not self.order.goes_on(until - 1):
            # What leaves for the next row rises here, left of the letters.
            end += s.PORT_STEP * max(0, self.ports[until] - 1)
        elif until in self.said:
            # Behind the text that it begins with it needs a piece of way in its own row.
            end += s.SAID + s.PORT_STEP * self.said[until]
        return max(end + (s.MARGIN if until == self.count else s.HEAD + s.TAIL), self.extents.high[until - 1] + s.EDGE)

    def stretch(self, first: int, until: int) -> float:
        """By how much its gaps can grow together."""
        return s.STRETCH * (self.borders[until - 1] - self.borders[first])

    def price(self, place: int) -> float:
        """Of a break before the cell."""
        price = OPEN_LANE * self.open[place]
        if self.order.border(place):
            return price
        bare = not self.order.nest.opens[place] or not self.order.nest.closes[place - 1]
        return price + INSIDE_STAGE + BESIDE_NO_BOX * bare


def _fresh(order: LineOrder) -> set[int]:
    """The places of what reads nothing, but for the first cell and for tags."""
    led = {edge.target for edge in order.line.edges}
    bare = [n for n, cell in enumerate(order.cells) if n and cell.id not in led and cell.category != TAG]
    return {n for n in bare if n not in order.forks and order.cut(n)}


def held_together(order: LineOrder) -> set[int]:
    """Where no row may begin inside a box: before branches and what stands under a shelf, at a port or a letter,
    where cells on an arc need room.
    """
    found = {*order.forks, *order.tied, *(one.over for one in order.shelves)}
    found.update(place for place, cell in enumerate(order.cells) if cell.category == TAG_END)
    for route in order.routes:
        if route.host != LANE and route.runs:
            begin = order.begins(route)
            if begin == route.start:
                found.add(begin + 1)
            if route.cells:
                found.update(range(begin + 1, min(route.end, begin + 2) + 1))
    return found


def without_room(grid: Grid) -> set[int]:
    """Where no row may begin since the cells on a way above the line, which stand in the row where this begins, would
    have no room in it.
    """
    found: set[int] = set()
    for number, route in enumerate(grid.order.routes):
        if route.cells:
            need = grid.port[number] + side_width(route, grid.ruler) + 2 * s.AIR
            places = range(grid.order.begins(route) + 1, route.end + 1)
            found.update(place for place in places if grid.end(place - 1) + s.HEAD + s.TAIL - s.TO_RIGHT < need)
    return found


def _extents(grid: Grid, stages: list[OrderedBracket]) -> Extents:
    count = len(grid.x)
    start = [min([grid.start(place), *grid.opened(place, -1)]) for place in range(count)]
    end = [max([grid.end(place), *grid.opened(place, 1)]) for place in range(count)]
    low, high = start[:], end[:]
    for place, x in enumerate(grid.x):
        texts = grid.bars[place].text if place in grid.bars else ()
        wide = max([*grid.widths[place], *grid.ruler.shapes(texts)], default=0.0)
        low[place] = min(low[place], x - wide / 2)
        high[place] = max(high[place], x + wide / 2)
    for place in [*grid.order.hung, *([count - 1] if grid.fan else [])]:
        high[place] = max(high[place], grid.over(place) + (s.MARGIN - s.EDGE))
    for number, route in enumerate(grid.order.routes):
        # A lane that does not wait for the next row must have room for its letter.
        if route.leaf or (route.host == LANE and route.runs and not grid.order.goes_on(route.start)):
            high[route.start] = max(high[route.start], grid.port[number] + s.LETTERED)
    lanes = {route.shelf for route in grid.order.routes if route.spot}
    for number, ((_, over), shelf) in enumerate(zip(grid.order.shelves, grid.shelves, strict=True)):
        room = s.LETTERED if number in lanes else s.MARGIN
        low[over] = min(low[over], shelf.x - (room - s.EDGE))
        high[over] = max(high[over], shelf.right + (s.MARGIN - s.EDGE))
    for stage in stages:
        middle = (grid.start(stage.first) + grid.finish(stage.last)) / 2
        low[stage.first] = min(low[stage.first], middle - stage.width / 2)
        high[stage.last] = max(high[stage.last], middle + stage.width / 2)
    return Extents(start, end, [*accumulate(reversed(low), min)][::-1], [*accumulate(high, max)])


def _open_lanes(order: LineOrder) -> list[int]:
    """By place: how many lanes would be open at a break there; one that leaves right there waits for the next row."""
    change = [0] * (len(order.cells) + 2)
    for route in order.routes:
        if route.end > route.start + 1 and route.lane < 0:
            change[route.start + 2] += 1
            change[route.end + 1] -= 1
    return list(accumulate(change))


def split(breaks: Breaks, room: float) -> list[Row]:
    """The rows of least cost on a page of that width; of an endless one those that have to begin. Raises TooWide."""
    fresh = breaks.fresh
    if room == inf:
        return [Row(a, b) for a, b in pairwise([0, *sorted(fresh), breaks.count])]
    places = breaks.fitting(room)
    least = max(breaks.width(a, b) for a, b in pairwise(places))
    if least > room + 1e-6:
        raise TooWide(least)

    def rows(begin: int, cost: float) -> Iterator[tuple[int, float]]:
        first = places[begin]
        cost += breaks.price(first) if begin else 0.0
        goes_on = breaks.width(first, breaks.count) > room + 1e-6
        for stop in range(begin + 1, len(places)):
            if stop > begin + 1 and places[stop - 1] in fresh:
                break
            natural = breaks.width(first, places[stop])
            if natural <= room + 1e-6:
                yield stop, cost + _row_cost(breaks, first, places[stop], natural, room)
            elif goes_on:
                break

    return [Row(places[a], places[b]) for a, b in pairwise(cheapest(len(places) - 1, rows))]


def cheapest(last: int, steps: Callable[[int, float], Iterable[tuple[int, float]]]) -> list[int]:
    """The numbers from 0 to the last over which that is reached at the least cost; nothing where it is not reached.

    `steps` gives those that may follow one that is reached at a cost, each with what it costs to reach.
    """
    best, came = [0.0] + [inf] * last, [-1] * (last + 1)
    for number in range(last):
        for stop, cost in steps(number, best[number]):
            if cost < best[stop]:
                best[stop], came[stop] = cost, number
    found = [last]
    while found[-1] > 0:
        found.append(came[found[-1]])
    return found[::-1] if found[-1] == 0 else []


def _row_cost(breaks: Breaks, first: int, until: int, natural: float, width: float) -> float:
    if until == breaks.count:
        missing = 1.0 - natural / (width / 4)
        return SHORT_LAST * (1.0 + missing) if first and missing > 0 else 0.0
    slack = (width - natural - breaks.stretch(first, until)) / width
    return SLACK * slack * slack if slack > 0 else 0.0


def moves(breaks: Breaks, rows: list[Row], width: float) -> list[float]:
    """By cell, how far it moves from the one long row to its own; all rows but the last are stretched to the width."""
    by: list[float] = []
    for row in rows:
        gaps = breaks.borders[row.until - 1] - breaks.borders[row.first]
        spare = max(0.0, width - breaks.width(*row)) if row.until < breaks.count else 0.0
        step = min(s.STRETCH, spare / gaps) if gaps else 0.0
        move = breaks.lead(row.first) - breaks.extents.start[row.first]
        passed = breaks.borders[row.first]
        by.extend(move + step * (breaks.borders[place] - passed) for place in range(row.first, row.until))
    return by
