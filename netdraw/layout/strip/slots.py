"""What cells, and the texts that stand over them, take along the line. In D."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...diagram.model import Bar, Cell
from .. import sizes as s
from ..sizes import Ruler
from .order import LineOrder
from .routes import Route

NOWHERE = -9.0
"""Left of all that stands."""


def halves(order: LineOrder, ruler: Ruler) -> list[float]:
    """Half of each cell's slot: cells keep one pitch whatever their silhouette, only small ones take less."""
    found = []
    for place, cell in enumerate(order.cells):
        width, height = ruler.extent(cell)
        half = (width if max(width, height) < 0.75 else max(width, 1.0)) / 2
        found.append(max(half, times_reach(order, ruler, place)) if ruler.over(cell) else half)
    return found


def times_reach(order: LineOrder, ruler: Ruler, place: int) -> float:
    """How far to the right of a cell's middle the ×n over it must reach: it stands beside what comes down there."""
    wide = ruler.strong(ruler.over(order.cells[place]), ruler.repeat)
    beside = [s.PORT_STEP * route.arrive for route in order.routes if route.end == place and not route.tap]
    return max(beside) + s.TIMES_LEFT + wide if beside else wide / 2


class BarRoom:
    """Takes bars in from the left; one that is not needed gives way to a later one. `bars` are those taken so far.

    `reach` is how far each line of the texts under them reaches.
    """

    def __init__(self, order: LineOrder, ruler: Ruler, bars: dict[int, Bar]) -> None:
        self.ruler, self.offered, self.bars = ruler, order.bars, bars
        self.reach = [NOWHERE] * max([1, *(len(bar.text) for bar in order.bars.values())])
        self.spare: tuple[int, list[float]] | None = None
        """The last bar that is not needed, and how far the texts before it reach."""

    def take(self, place: int, x: float) -> float:
        """Takes a cell's bar, if need be for a spare one before it; the x of the cell at which its text has room."""
        bar = self.offered[place]
        widths = self.ruler.shapes(bar.text)
        room = self._room(widths, x, self.reach)
        if room > x + s.YIELD and not bar.needed:
            return x
        if room > x + s.YIELD and self.spare is not None:
            spare, self.reach = self.spare
            del self.bars[spare]
            self.spare = None
            return self.take(place, x)
        self.spare = None if bar.needed else (place, self.reach[:])
        self.bars[place] = bar
        for line, width in enumerate(widths):
            self.reach[line] = room + width / 2 + s.AIR
        return room

    def wish(self, place: int, x: float) -> float:
        """What `take` would give, before it is known where the cell stands: at `x` at the least."""
        bar = self.offered[place]
        widths = self.ruler.shapes(bar.text)
        room = self._room(widths, x, self.reach)
        if room <= x + s.YIELD:
            return room
        if not bar.needed:
            return x
        return room if self.spare is None else self._room(widths, x, self.spare[1])

    def _room(self, widths: Sequence[float], x: float, reached: Sequence[float]) -> float:
        return max([x, *(reach + width / 2 for reach, width in zip(reached, widths, strict=False))])


def side_gap(route: Route, ruler: Ruler) -> float:
    """The least gap between two cells of an arc, so that what is said over them keeps apart."""
    said = [_said_width(cell, ruler) for cell in route.cells]
    pairs = zip(pairwise(said), pairwise(_slots(route, ruler)), strict=True)
    excess = [(sum(texts) - sum(cells)) / 2 for texts, cells in pairs]
    return max([0.0, *excess]) + ruler.spacing.beside_small


def _slots(route: Route, ruler: Ruler) -> list[float]:
    """What each cell of an arc takes along the line."""
    return [ruler.slot(cell).width for cell in route.cells]


def _said_width(cell: Cell, ruler: Ruler) -> float:
    """What is said over a small cell takes along the line."""
    if cell.told:
        return told_width(cell, ruler)
    text = ruler.said(cell)
    return ruler.strong(text, ruler.caption) if cell.marked else ruler.note(text)


def told_width(cell: Cell, ruler: Ruler) -> float:
    """What a label takes that is said in one, its marked lines semibold."""
    widths = [
        ruler.strong(text, ruler.caption) if line in cell.marked else ruler.small(text)
        for line, text in enumerate(ruler.under(cell))
    ]
    return sum(widths) + ruler.small(s.SEPARATOR) * (len(widths) - 1) + 2 * s.AIR


def side_width(route: Route, ruler: Ruler) -> float:
    """What the cells of an arc take, side by side, with what they keep free beside them, and marks over them."""
    around = 2 * (ruler.spacing.beside_small - s.AIR)
    ends = (route.cells[0], route.cells[-1])
    over = [_said_width(cell, ruler) - ruler.slot(cell).width for cell in ends if cell.told or cell.marked]
    apart = (len(route.cells) - 1) * side_gap(route, ruler)
    return sum(_slots(route, ruler)) + apart + max(around, *over, 0.0)


def stand(route: Route, low: float, high: float, walls: Sequence[float], ruler: Ruler) -> list[float]:
    """Where the cells of a route stand between low and high: evenly over its run, together where it has little room."""
    widths, count = _slots(route, ruler), len(route.cells)
    mean, wide = sum(widths) / count, side_width(route, ruler)
    pitch = mean + side_gap(route, ruler)
    first = fit((low + high) / 2, wide, [low, *walls, high]) - (mean + (count - 1) * pitch) / 2 + mean / 2
    if not walls and high - low >= count * pitch * 1.5:
        pitch = (high - low) / (count + 1)
        first = low + pitch
    # What is wider than others moves the rest aside.
    aside = [sum(widths[:k]) + widths[k] / 2 - (k + 0.5) * mean for k in range(count)]
    return [first + pitch * k + aside[k] for k in range(count)]


def fit(wish: float, width: float, walls: Sequence[float]) -> float:
    """The centre nearest to the wish at which a text (or a cell) keeps clear of all walls; the wish where none does."""
    rooms = [(a + s.AIR + width / 2, b - s.AIR - width / 2) for a, b in pairwise(walls)]
    centres = [min(max(wish, low), high) for low, high in rooms if low <= high + 1e-9]
    return min(centres, key=lambda centre: abs(centre - wish), default=wish)


def widened(left: float, legs: Sequence[float], right: float, width: float) -> float:
    """The right border with which a text of that width has room between two legs or borders."""
    walls, need = [left, *legs, right], width + 2 * s.AIR
    return right if any(b - a >= need for a, b in pairwise(walls)) else walls[-2] + need
