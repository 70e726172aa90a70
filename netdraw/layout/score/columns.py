"""Cells of several lines in common columns: how far each moves to the right for it. In D.

Column by column from the left, the cells of one move to where the rightmost of them stands. Distances only grow.
"""

from collections.abc import Sequence
from math import inf

from ...diagram.model import Edge, Fork, by_key
from .. import sizes as s
from ..sizes import Ruler
from ..strip.grid import Grid
from ..strip.strip import LineStrip

WIDTH_AIR = 0.3
"""What is said of a value on the line keeps so much free on both sides."""
MISSING_AIR = 0.3
"""Beside a text of what is missing, which has no cell over it."""


class Columns:
    """By line: the column of every cell in `of`, and in `shifts` how far it moves. `at` is the x of every column."""

    def __init__(self, strips: Sequence[LineStrip], ruler: Ruler) -> None:
        self.strips, self.ruler = strips, ruler
        self.of = [[cell.column for cell in strip.grid.order.cells] for strip in strips]
        self.shifts = [self._spread(strip) for strip in strips]
        self.at: dict[int, float] = {}
        self._align()

    def _spread(self, strip: LineStrip) -> list[float]:
        """How far every cell moves so that what is said of the values between them has room."""
        grid, moved, by = strip.grid, 0.0, [0.0] * len(strip.grid.x)
        for place in range(1, len(by)):
            said = value(grid, place - 1)
            if said and said.text:
                begin, end = free(grid, place - 1, self.said(said))
                moved += max(0.0, self.said(said) + 2 * WIDTH_AIR - (end - begin))
            by[place] = moved
        return by

    def said(self, said: Edge | Fork) -> float:
        """What the text on a step takes."""
        size = self.ruler.caption
        return self.ruler.strong(said.text, size) if said.marked else self.ruler.small(said.text)

    def _align(self) -> None:
        """Moves the cells of a column under each other, from the left; what is missing there takes its room, too."""
        places, lost = self._members()
        count, x = len(self.strips), -inf
        moved, done, reach = [0.0] * count, [-1] * count, [-inf] * count
        for column in sorted(places):
            members, missing = places[column], lost.get(column, [])
            x = max([x, *(self.x(number, place) + moved[number] for number, place in members)])
            half = {at: max(self.strips[at[0]].grid.widths[at[1]], default=-inf) / 2 for at in members}
            x = max([x, *(reach[number] + half[number, place] for number, place in members)])
            x = max([x, *(reach[number] + wide / 2 + MISSING_AIR - s.AIR for number, wide in missing)])
            for number, place in members:
                by = x - self.x(number, place)
                begin = self.strips[number].grid.order.leads(place, done[number])
                self.move(number, max(done[number], 0), begin, moved[number])
                self.move(number, begin, place, by)
                moved[number], done[number] = by, place
                reach[number] = max(reach[number], x + half[number, place] + s.AIR)
            for number, wide in missing:
                reach[number] = x + wide / 2 + MISSING_AIR
            self.at[column] = x
        for number in range(count):
            self.move(number, max(done[number], 0), len(self.shifts[number]), moved[number])

    def _members(self) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, float]]]]:
        """By column, its cells as (line, place), and the texts of what is missing as (line, width)."""
        width, size = self.ruler.strong, self.ruler.base
        cells = [(at, (number, place)) for number, own in enumerate(self.of) for place, at in enumerate(own) if at >= 0]
        edges = [(number, edge) for number, strip in enumerate(self.strips) for edge in strip.grid.order.flows.values()]
        lost = [(at, (number, width(text, size))) for number, edge in edges for at, text in edge.missing]
        return by_key(cells), by_key(lost)

    def x(self, number: int, place: int) -> float:
        return self.strips[number].grid.x[place] + self.shifts[number][place]

    def move(self, number: int, first: int, until: int, by: float) -> None:
        for place in range(first, until):
            self.shifts[number][place] += by


def value(grid: Grid, place: int) -> Edge | Fork | None:
    """What tells of the value behind a cell: the fork that it leads into, else its step to the next."""
    placed = grid.forks.get(place + 1)
    return placed.fork if placed and placed.fork.start else grid.order.flows.get(place)


def free(grid: Grid, place: int, wide: float) -> tuple[float, float]:
    """From where to where the line behind a cell is free for a text: behind the ways that leave it, before the next
    cell or fork. Where a way leaves in the padding of a box, which does not grow, and leaves no room, before that.
    """
    boxes, placed, begin = grid.order.nest.boxes, grid.forks.get(place + 1), grid.x[place] + grid.half[place]
    end = placed.trunk - s.BEND if placed and placed.fork.start else grid.x[place + 1] - grid.half[place + 1]
    for number, route in enumerate(grid.order.routes):
        inside, port = route.inside_port(boxes), grid.port[number]
        if route.leaf or route.drops or (boxes[route.host].first - 1 if inside else route.start) != place:
            continue
        if inside and end - port < wide + 2 * s.AIR:
            end = min(end, port)
        else:
            begin = max(begin, port)
    return begin, end
