"""Cells of several lines in common columns: how far each moves to the right for it. In D.

Column by column from the left, the cells of one move to where the rightmost of them stands. Distances only grow.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..diagram.model import Edge
from . import sizes as s
from .sizes import Ruler
from .strip import LineStrip

WIDTH_AIR = 0.3
"""What is said of a value on the line keeps so much free on both sides."""


class Columns:
    """By line: the column of every cell in `of`, and in `shifts` how far it moves. `at` is the x of every column."""

    def __init__(self, strips: Sequence[LineStrip], ruler: Ruler) -> None:
        self.strips, self.ruler = strips, ruler
        self.of = [[cell.column for cell in strip.grid.axis.cells] for strip in strips]
        self.shifts = [self._spread(strip) for strip in strips]
        self.at: dict[int, float] = {}
        self._align()

    def _spread(self, strip: LineStrip) -> list[float]:
        """How far every cell moves so that what is said of the values between them has room."""
        grid, moved, by = strip.grid, 0.0, [0.0] * len(strip.grid.x)
        for place in range(1, len(by)):
            edge = grid.axis.flows.get(place - 1)
            if edge and edge.text:
                free = grid.x[place] - grid.half[place] - grid.x[place - 1] - grid.half[place - 1]
                moved += max(0.0, self.said(edge) + 2 * WIDTH_AIR - free)
            by[place] = moved
        return by

    def said(self, edge: Edge) -> float:
        """What the text on a step takes."""
        size = self.ruler.caption
        return self.ruler.strong(edge.text, size) if edge.marked else self.ruler.small(edge.text)

    def _align(self) -> None:
        """Moves the cells of a column under each other, from the left; what is missing there takes its room, too."""
        places, lost = self._members()
        moved = [0.0] * len(self.strips)
        done = [-1] * len(self.strips)
        reach = [float("-inf")] * len(self.strips)
        x = float("-inf")
        for column in sorted(places):
            members, missing = places[column], lost.get(column, [])
            x = max([x, *(self.x(number, place) + moved[number] for number, place in members)])
            x = max([x, *(reach[number] + half for number, place in members for half in self._half(number, place))])
            x = max([x, *(reach[number] + wide / 2 for number, wide in missing)])
            for number, place in members:
                by = x - self.x(number, place)
                begin = self.strips[number].grid.axis.leads(place, done[number])
                self.move(number, max(done[number], 0), begin, moved[number])
                self.move(number, begin, place, by)
                moved[number], done[number] = by, place
                reach[number] = max([reach[number], *(x + half + s.AIR for half in self._half(number, place))])
            for number, wide in missing:
                reach[number] = x + wide / 2 + s.AIR
            self.at[column] = x
        for number in range(len(self.strips)):
            self.move(number, max(done[number], 0), len(self.shifts[number]), moved[number])

    def _members(self) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, float]]]]:
        """By column, its cells as (line, place), and the texts of what is missing as (line, width)."""
        places: dict[int, list[tuple[int, int]]] = {}
        lost: dict[int, list[tuple[int, float]]] = {}
        for number, columns in enumerate(self.of):
            for place, column in enumerate(columns):
                if column >= 0:
                    places.setdefault(column, []).append((number, place))
            for edge in self.strips[number].grid.axis.flows.values():
                for column, text in edge.missing:
                    lost.setdefault(column, []).append((number, self.ruler.strong(text, self.ruler.base)))
        return places, lost

    def _half(self, number: int, place: int) -> list[float]:
        """Half of the widths of a cell's texts."""
        return [width / 2 for width in self.strips[number].grid.widths[place]]

    def x(self, number: int, place: int) -> float:
        return self.strips[number].grid.x[place] + self.shifts[number][place]

    def move(self, number: int, first: int, until: int, by: float) -> None:
        shifts = self.shifts[number]
        for place in range(first, until):
            shifts[place] += by
