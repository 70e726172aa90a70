"""Where lines in common columns break into systems: rows of all lines under each other, as in a score. In D."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import accumulate, groupby
from math import inf

from ...core.records import NamedTuple
from .. import sizes as s
from ..strip.grid import Grid
from ..strip.rows import Row, TooWide, cheapest
from ..strip.strip import LineStrip
from .columns import Columns

INSIDE_STAGE, SLACK, SYSTEM, SHORT_LAST = 20.0, 100.0, 5.0, 100.0
"""What a break inside a stage costs, a row that ends early, a system as such, and a last one of less than a half."""
ROOMS = 40
"""So many widths are tried for balanced systems."""


class Bounds(NamedTuple):
    """What the cells between two cuts take, from x to x; where the texts of brackets end, and the lines that end there.

    These are -inf where nothing does.
    """

    low: float = inf
    high: float = -inf
    told: float = -inf
    end: float = -inf

    def around(self, other: Bounds) -> Bounds:
        """Both."""
        return Bounds(min(self.low, other.low), *map(max, self[1:], other[1:]))


class Systems(NamedTuple):
    """By system: the column that it begins with, how far its columns move to its left edge, where its last line ends.

    By line: what the systems hold of it, which systems these are, and how far each of its cells moves.
    """

    width: float
    firsts: list[int]
    offsets: list[float]
    ends: list[float]
    rows: list[list[Row]]
    owners: list[list[int]]
    shifts: list[list[float]]


def systems(columns: Columns, left: float, right: float, room: float, balanced: bool = False) -> Systems:
    """Breaks lines with so much `left` and `right` of them. Raises TooWide where a part is wider than the room.

    Where they are `balanced`, they are as few as the room allows, and no wider than so many need.
    """
    parts = _Parts(columns, left, right)
    chosen = [0] if room == inf else parts.balanced(room) if balanced else parts.chosen(room)
    if not chosen:
        raise TooWide(max(parts.wide(number, number + 1, one) for number, one in enumerate(parts.bounds)))
    spans = parts.spans(chosen)
    found = [parts.over(*span) for span in spans]
    offsets = [left + (s.TAIL if system else 0.0) - one.low for system, one in enumerate(found)]
    firsts = [parts.cuts[number] for number in chosen]
    rows = [_rows(of, firsts) for of in columns.of]
    return Systems(
        width=max(parts.wide(*span, one) for span, one in zip(spans, found, strict=True)),
        firsts=firsts,
        offsets=offsets,
        ends=[one.end + by for one, by in zip(found, offsets, strict=True)],
        rows=[[row for row, _ in own] for own in rows],
        owners=[[system for _, system in own] for own in rows],
        shifts=[
            [move + offsets[system] for (first, until), system in own for move in by[first:until]]
            for own, by in zip(rows, columns.shifts, strict=True)
        ],
    )


def _rows(columns: Sequence[int], firsts: Sequence[int]) -> list[tuple[Row, int]]:
    """The rows of a line whose cells stand in those columns, each with its system."""
    found, begin = [], 0
    for system, cells in groupby(_between(columns, firsts)):
        until = begin + len(list(cells))
        found.append((Row(begin, until), system))
        begin = until
    return found


def _between(columns: Sequence[int], cuts: Sequence[int]) -> list[int]:
    """By cell of a line, between which cuts it stands."""
    return [bisect(cuts, column, 1) - 1 for column in accumulate(columns, max)]


class _Parts:
    """What the lines may be broken into: `cuts` are the columns that parts begin with, `bounds` what they take."""

    def __init__(self, columns: Columns, left: float, right: float) -> None:
        self.columns, self.left, self.right = columns, left, right
        self.cuts, self.borders = self._cuts(), self._borders()
        self.bounds = self._bounds()
        self.goes_on = max(part for part, one in enumerate(self.bounds) if one.end > -inf)
        """The last part in which a line ends."""

    def wide(self, first: int, until: int, bounds: Bounds) -> float:
        """What a system of some parts takes, from edge to edge."""
        lead = self.left + (s.TAIL if first else 0.0) - bounds.low
        behind = s.HEAD + s.TAIL if until <= self.goes_on else s.MARGIN
        return lead + max(bounds.high + behind, bounds.told + s.MARGIN, bounds.end + self.right)

    def balanced(self, room: float) -> list[int]:
        """Of what fits into parts of the room, the fewest systems, and of these the narrowest; nothing where none does.

        A system that begins inside a stage counts as two.
        """
        tried = [self.chosen(room * step / ROOMS) for step in range(1, ROOMS + 1)]

        def worth(chosen: list[int]) -> tuple[int, float]:
            inside = sum(self.cuts[number] not in self.borders for number in chosen[1:])
            return len(chosen) + inside, max(self.wide(*span, self.over(*span)) for span in self.spans(chosen))

        return min(filter(None, tried), key=worth, default=[])

    def spans(self, chosen: list[int]) -> list[tuple[int, int]]:
        return list(zip(chosen, [*chosen[1:], len(self.cuts)], strict=True))

    def over(self, first: int, until: int) -> Bounds:
        """What several parts take."""
        return reduce(Bounds.around, self.bounds[first:until])

    def chosen(self, room: float) -> list[int]:
        """The parts that begin a system, for the least cost; nothing where one is too wide."""
        count = len(self.cuts)

        def following(first: int, cost: float) -> Iterator[tuple[int, float]]:
            cost += 0.0 if not first or self.cuts[first] in self.borders else INSIDE_STAGE
            bounds = Bounds()
            for until in range(first + 1, count + 1):
                bounds = bounds.around(self.bounds[until - 1])
                wide = self.wide(first, until, bounds)
                if wide > room + 1e-6:
                    if self.wide(first, count, bounds) > room + 1e-6:  # even with nothing behind them
                        break
                    continue
                slack, short = (room - wide) / room, 1.0 - wide / (room / 2)
                end = SHORT_LAST * max(0.0, short) if first else 0.0
                yield until, cost + SYSTEM + (SLACK * slack * slack if until < count else end)

        return cheapest(count, following)[:-1]

    def _borders(self) -> set[int]:
        """The columns with which a stage begins in some line."""
        return {
            column
            for strip, columns in zip(self.columns.strips, self.columns.of, strict=True)
            for place, column in enumerate(columns)
            if place and column >= 0 and strip.grid.order.border(place)
        }

    def _cuts(self) -> list[int]:
        """The columns before which every line may be broken, the first one included."""
        count = max((max(columns) for columns in self.columns.of), default=-1) + 1
        free = [True] * (count + 1)
        for strip, columns in zip(self.columns.strips, self.columns.of, strict=True):
            last = -1
            for place, column in enumerate(columns):
                if column < 0:
                    continue
                if place and not (strip.grid.order.cut(place) and _apart(strip, place)):
                    free[last + 1 : column + 1] = [False] * (column - last)
                last = column
        return [0, *(column for column in range(1, count) if free[column])]

    def _bounds(self) -> list[Bounds]:
        """What the parts between two cuts take."""
        found = [Bounds()] * len(self.cuts)
        for number, (strip, columns) in enumerate(zip(self.columns.strips, self.columns.of, strict=True)):
            shifts, grid = self.columns.shifts[number], strip.grid
            parts = _between(columns, self.cuts)
            taken = [(place, _reach(grid, place, by)) for place, by in enumerate(shifts)]
            taken.append((len(shifts) - 1, Bounds(end=taken[-1][1].high)))
            for stage in strip.brackets:
                low, high = grid.start(stage.first) + shifts[stage.first], grid.finish(stage.last) + shifts[stage.last]
                taken.append((stage.first, Bounds(low=(low + high - stage.width) / 2)))
                taken.append((stage.last, Bounds(told=(low + high + stage.width) / 2)))
            for place, bounds in taken:
                found[parts[place]] = found[parts[place]].around(bounds)
        return found


def _reach(grid: Grid, place: int, by: float) -> Bounds:
    """What a cell takes that moves by so much, with its box, its label, its bar, and what hangs on it."""
    texts = grid.bars[place].text if place in grid.bars else ()
    widths = [*grid.widths[place], *map(grid.ruler.small, texts)]
    reach = max([grid.half[place], *(width / 2 for width in widths)])
    x = grid.x[place] + by
    return Bounds(min(grid.start(place) + by, x - reach), max(grid.end(place) + by, grid.over(place) + by, x + reach))


def _apart(strip: LineStrip, place: int) -> bool:
    """Whether a row may end before a cell: not where it, or the one before it, is an end of the line."""
    order = strip.grid.order
    return not order.goes_on(place - 1) or "port" not in (order.cells[place - 1].where, order.cells[place].where)
