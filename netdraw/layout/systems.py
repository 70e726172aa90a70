"""Where lines in common columns break into systems: rows of all lines under each other, as in a score. In D."""

from __future__ import annotations

from . import sizes as s
from .columns import Columns
from .rows import Row
from .strip import LineStrip

INSIDE_STAGE, SLACK, SYSTEM, SHORT_LAST = 20.0, 100.0, 5.0, 100.0
"""What a break inside a stage costs, a row that ends early, a system as such, and a last one of less than a half."""


class Systems:
    """`firsts` are the columns that systems begin with; `left` and `right` what stands beside the lines.

    Moves the cells of every system to its left edge, and gives every line its rows. Where a part that cannot be broken
    is wider than the room, `least` says what it takes.
    """

    def __init__(self, columns: Columns, left: float, right: float, room: float | None) -> None:
        self.columns, self.left, self.right = columns, left, right
        self.cuts = self._cuts()
        self.ends: set[int] = set()
        """The parts in which a line ends, beside which its totals stand."""
        self.bounds = self._bounds()
        chosen = [0] if room is None else self._chosen(room)
        self.least = 0.0
        if not chosen:
            self.least = max(self._wide(number, number + 1) for number in range(len(self.cuts)))
            return
        ends = [*chosen[1:], len(self.cuts)]
        self.width = max(self._wide(first, until) for first, until in zip(chosen, ends, strict=True))
        self.firsts = [self.cuts[number] for number in chosen]
        lows = [min(low for low, _ in self.bounds[first:until]) for first, until in zip(chosen, ends, strict=True)]
        self.offsets = [left + (s.TAIL if system else 0.0) - low for system, low in enumerate(lows)]
        """How far the columns of each system move."""
        self._place()

    def _wide(self, first: int, until: int) -> float:
        """What a system of some parts takes, from edge to edge."""
        low = min(low for low, _ in self.bounds[first:until])
        high = max(high for _, high in self.bounds[first:until])
        return self._whole(first, until, low, high)

    def _whole(self, first: int, until: int, low: float, high: float) -> float:
        lead = self.left + (s.TAIL if first else 0.0)
        ends = any(first <= part < until for part in self.ends)
        return lead + high - low + (self.right if ends else s.HEAD + s.TAIL)

    def _chosen(self, room: float) -> list[int]:
        """The parts that begin a system, for the least cost; nothing where one is too wide."""
        count = len(self.cuts)
        borders = self._borders()
        best, came = [0.0] + [float("inf")] * count, [-1] * (count + 1)
        for first in range(count):
            price = 0.0 if not first or self.cuts[first] in borders else INSIDE_STAGE
            low, high = self.bounds[first]
            for until in range(first + 1, count + 1):
                low, high = min(low, self.bounds[until - 1][0]), max(high, self.bounds[until - 1][1])
                wide = self._whole(first, until, low, high)
                if wide > room + 1e-6:
                    if until < count:
                        continue
                    break
                slack, short = (room - wide) / room, 1.0 - wide / (room / 2)
                end = SHORT_LAST * max(0.0, short) if first else 0.0
                cost = best[first] + price + SYSTEM + (SLACK * slack * slack if until < count else end)
                if cost < best[until]:
                    best[until], came[until] = cost, first
        if came[count] < 0:
            return []
        found, at = [], count
        while at > 0:
            at = came[at]
            found.append(at)
        return found[::-1]

    def _borders(self) -> set[int]:
        """The columns with which a stage begins in some line."""
        return {
            column
            for strip, columns in zip(self.columns.strips, self.columns.of, strict=True)
            for place, column in enumerate(columns)
            if place and column >= 0 and strip.grid.axis.border(place)
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
                if place and not (strip.grid.axis.cut(place) and _apart(strip, place)):
                    free[last + 1 : column + 1] = [False] * (column - last)
                last = column
        return [0, *(column for column in range(1, count) if free[column])]

    def _bounds(self) -> list[tuple[float, float]]:
        """What the parts between two cuts take, from x to x."""
        found = [(float("inf"), float("-inf"))] * len(self.cuts)
        for number, (strip, columns) in enumerate(zip(self.columns.strips, self.columns.of, strict=True)):
            part = 0
            grid, shifts = strip.grid, self.columns.shifts[number]
            told = _told(strip, shifts)
            for place, column in enumerate(columns):
                while part + 1 < len(self.cuts) and column >= self.cuts[part + 1]:
                    part += 1
                low, high = found[part]
                texts = grid.bars[place].text if place in grid.bars else ()
                widths = [*grid.widths[place], *map(grid.ruler.small, texts)]
                reach = max([grid.half[place], *(width / 2 for width in widths)])
                x = grid.x[place] + shifts[place]
                start, end = grid.start(place) + shifts[place], grid.over(place) + shifts[place]
                low, high = min(low, start, x - reach), max(high, end, x + reach)
                for begin, until in told.get(place, ()):
                    low, high = min(low, begin), max(high, until)
                found[part] = low, high
            self.ends.add(part)
        return found

    def _place(self) -> None:
        """Moves every system to its left edge, and gives every line its rows."""
        for number, strip in enumerate(self.columns.strips):
            rows, begin, system = [], 0, 0
            for place, column in enumerate([*self.columns.of[number], None]):
                if column is None or self._ahead(system, column):
                    self.columns.move(number, begin, place, self.offsets[system])
                    rows.append(Row(begin, place))
                    begin = place
                while column is not None and self._ahead(system, column):
                    system += 1
            strip.rows = [row for row in rows if row.until > row.first]

    def _ahead(self, system: int, column: int) -> bool:
        """Whether a column lies in a later system."""
        return system + 1 < len(self.firsts) and column >= self.firsts[system + 1]

    def of(self, number: int) -> list[int]:
        """The systems in which a line has a row, row by row."""
        found = []
        for row in self.columns.strips[number].rows:
            column = next(column for column in self.columns.of[number][row.first : row.until] if column >= 0)
            found.append(max(place for place, first in enumerate(self.firsts) if first <= column))
        return found


def _told(strip: LineStrip, shifts: list[float]) -> dict[int, list[tuple[float, float]]]:
    """By the place of its first cell, from where to where the text of a bracket goes."""
    grid = strip.grid
    found: dict[int, list[tuple[float, float]]] = {}
    for stage in strip.stages:
        middle = (grid.start(stage.first) + shifts[stage.first] + grid.finish(stage.last) + shifts[stage.last]) / 2
        found.setdefault(stage.first, []).append((middle - stage.width / 2, middle + stage.width / 2))
    return found


def _apart(strip: LineStrip, place: int) -> bool:
    """Whether a row may end before a cell: not where it, or the one before it, is an end of the line."""
    axis = strip.grid.axis
    return not axis.goes_on(place - 1) or "port" not in (axis.cells[place - 1].where, axis.cells[place].where)
