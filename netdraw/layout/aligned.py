"""Several lines with their cells in common columns: the layout of comparisons. In D.

Each line is laid out by itself; then, column by column from the left, the cells of a column move to where the
rightmost of them stands. Distances only grow, so that nothing comes to touch. What is wider than the page is broken
into systems, each of which holds a row of every line, as in a score.
"""

from __future__ import annotations

from ..diagram.model import Diagram, Edge
from ..styles.base import Metrics
from . import frame
from . import sizes as s
from .base import Page, Placement, TooNarrow
from .canvas import Canvas
from .rows import Row
from .sizes import Ruler
from .strip import Pen, Strip

NAME_GAP = 0.6
"""Between the names of lines and where these begin."""
UNDER_NAME = 0.46
TOTAL_GAP = 0.5
"""Between a line and its totals, and between these."""
INSIDE_STAGE, SLACK, SYSTEM, SHORT_LAST = 20.0, 100.0, 5.0, 100.0
"""What a break inside a stage costs, a row that ends early, a system as such, and a last one of less than a half."""
LINE_GAP = 0.3
"""Between two lines of one system."""
SYSTEM_GAP = 0.9
OVER_LINE = 0.16
"""From a line to the baseline of what is said of the value on it."""
WIDTH_AIR = 0.3
"""What such a text keeps free on both sides."""
MIDDLE = 0.15
"""From a line to the baseline of a name that stands at its height."""


def aligned(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a comparison out. Raises TooNarrow where a part that cannot be broken is wider than the page."""
    ruler = Ruler(metrics)
    score = Score(diagram, ruler)
    room = None if page.width is None else page.width / metrics.d
    score.split(room, metrics.d)
    width = max(score.width, frame.least(diagram, ruler, room))
    canvas = Canvas(metrics.d)
    y = frame.header(canvas, diagram.words, ruler, width, diagram.words.titled)
    y = score.draw(canvas, y, width)
    canvas.reorder(cell.id for line in diagram.lines for cell in line.cells)
    height = frame.footer(canvas, diagram, ruler, width, y)
    return canvas.placement(width, height, len(score.systems))


class Score:
    """All lines; `columns` are their places, `systems` the first columns of the rows that they are broken into."""

    def __init__(self, diagram: Diagram, ruler: Ruler) -> None:
        self.diagram, self.ruler = diagram, ruler
        self.lines = diagram.lines
        self.strips = [Strip(line, diagram, ruler, first=not number) for number, line in enumerate(self.lines)]
        names = [max(ruler.strong(line.name, ruler.base), ruler.small(line.note)) for line in self.lines]
        self.left = s.MARGIN + max(names) + NAME_GAP if any(names) else s.MARGIN
        totals = [*(line.totals for line in self.lines), diagram.words.heads]
        self.totals = [
            max(ruler.label(texts[place]) for texts in totals if place < len(texts))
            for place in range(max(map(len, totals)))
        ]
        self.right = sum(self.totals) + TOTAL_GAP * len(self.totals) + s.MARGIN
        self.columns = [[cell.column for cell in strip.grid.axis.cells] for strip in self.strips]
        self.shifts = [self._spread(strip) for strip in self.strips]
        self.at: dict[int, float] = {}
        self._align()
        self.systems = [0]
        self.offsets = [0.0]
        self.width = 0.0

    def _spread(self, strip: Strip) -> list[float]:
        """How far every cell moves so that what is said of the values between them has room."""
        grid, moved, by = strip.grid, 0.0, [0.0] * len(strip.grid.x)
        for place in range(1, len(by)):
            edge = grid.axis.flows.get(place - 1)
            if edge and edge.text:
                free = grid.x[place] - grid.half[place] - grid.x[place - 1] - grid.half[place - 1]
                moved += max(0.0, self._said(edge) + 2 * WIDTH_AIR - free)
            by[place] = moved
        return by

    def _said(self, edge: Edge) -> float:
        size = self.ruler.caption
        return self.ruler.strong(edge.text, size) if edge.marked else self.ruler.small(edge.text)

    def _align(self) -> None:
        """Moves the cells of a column under each other, from the left; what is missing there takes its room, too."""
        places, lost = self._members()
        moved = [0.0] * len(self.strips)
        done = [0] * len(self.strips)
        reach = [float("-inf")] * len(self.strips)
        for column in sorted(places):
            members, missing = places[column], lost.get(column, [])
            x = max(self._x(number, place) + moved[number] for number, place in members)
            x = max([x, *(reach[number] + half for number, place in members for half in self._half(number, place))])
            x = max([x, *(reach[number] + wide / 2 for number, wide in missing)])
            for number, place in members:
                by = x - self._x(number, place)
                begin = self._begin(number, done[number], place)
                self._move(number, done[number], begin, moved[number])
                self._move(number, begin, place, by)
                moved[number], done[number] = by, place
                reach[number] = max([reach[number], *(x + half + s.AIR for half in self._half(number, place))])
            for number, wide in missing:
                reach[number] = x + wide / 2 + s.AIR
            self.at[column] = x
        for number in range(len(self.strips)):
            self._move(number, done[number], len(self.shifts[number]), moved[number])

    def _begin(self, number: int, done: int, place: int) -> int:
        """Of the cells behind those done, the first that goes with the one at the place: nothing leads to it."""
        axis = self.strips[number].grid.axis
        begin = place
        while begin > done and axis.goes_on(begin - 1):
            begin -= 1
        return place if begin == done and done else begin

    def _members(self) -> tuple[dict[int, list[tuple[int, int]]], dict[int, list[tuple[int, float]]]]:
        """By column, its cells as (line, place), and the texts of what is missing as (line, width)."""
        places: dict[int, list[tuple[int, int]]] = {}
        lost: dict[int, list[tuple[int, float]]] = {}
        for number, columns in enumerate(self.columns):
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

    def _x(self, number: int, place: int) -> float:
        return self.strips[number].grid.x[place] + self.shifts[number][place]

    def _move(self, number: int, first: int, until: int, by: float) -> None:
        shifts = self.shifts[number]
        for place in range(first, until):
            shifts[place] += by

    def split(self, room: float | None, d: float) -> None:
        """Breaks the lines into systems that fit the page, rather between stages than in them."""
        cuts = self._cuts()
        bounds = self._bounds(cuts)
        chosen = [0] if room is None else self._chosen(cuts, bounds, room)
        if not chosen:
            least = max(self._wide(bounds, number, number + 1) for number in range(len(cuts)))
            raise TooNarrow(max(least, frame.unbroken(self.diagram, self.ruler)) * d)
        ends = [*chosen[1:], len(cuts)]
        self.width = max(self._wide(bounds, first, until) for first, until in zip(chosen, ends, strict=True))
        self.systems = [cuts[number] for number in chosen]
        self._place(bounds, cuts)

    def _wide(self, bounds: list[tuple[float, float]], first: int, until: int) -> float:
        """What a system of some parts takes, from edge to edge."""
        lead = self.left + (s.TAIL if first else 0.0)
        end = self.right if until == len(bounds) else s.HEAD + s.TAIL
        return lead + bounds[until - 1][1] - bounds[first][0] + end

    def _chosen(self, cuts: list[int], bounds: list[tuple[float, float]], room: float) -> list[int]:
        """The parts that begin a system, for the least cost; nothing where one is too wide."""
        count = len(cuts)
        borders = self._borders()
        best, came = [0.0] + [float("inf")] * count, [-1] * (count + 1)
        for first in range(count):
            price = 0.0 if not first or cuts[first] in borders else INSIDE_STAGE
            for until in range(first + 1, count + 1):
                wide = self._wide(bounds, first, until)
                if wide > room + 1e-6 and until < count:
                    continue
                slack = (room - wide) / room
                short = 1.0 - wide / (room / 2)
                end = SHORT_LAST * max(0.0, short) if first else 0.0
                cost = best[first] + price + SYSTEM + (SLACK * slack * slack if until < count else end)
                if wide <= room + 1e-6 and cost < best[until]:
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
            for strip, columns in zip(self.strips, self.columns, strict=True)
            for place, column in enumerate(columns)
            if place and column >= 0 and strip.grid.axis.border(place)
        }

    def _cuts(self) -> list[int]:
        """The columns before which every line may be broken, the first one included."""
        count = max((max(columns) for columns in self.columns), default=-1) + 1
        free = [True] * (count + 1)
        for strip, columns in zip(self.strips, self.columns, strict=True):
            last = -1
            for place, column in enumerate(columns):
                if column < 0:
                    continue
                if place and not strip.grid.axis.cut(place):
                    free[last + 1 : column + 1] = [False] * (column - last)
                last = column
        return [0, *(column for column in range(1, count) if free[column])]

    def _bounds(self, cuts: list[int]) -> list[tuple[float, float]]:
        """What the parts between two cuts take, from x to x."""
        found = [(float("inf"), float("-inf"))] * len(cuts)
        for number, (strip, columns) in enumerate(zip(self.strips, self.columns, strict=True)):
            part = 0
            grid, shifts = strip.grid, self.shifts[number]
            for place, column in enumerate(columns):
                while part + 1 < len(cuts) and column >= cuts[part + 1]:
                    part += 1
                low, high = found[part]
                reach = max([grid.half[place], *(width / 2 for width in grid.widths[place])])
                x = grid.x[place] + shifts[place]
                start, end = grid.start(place) + shifts[place], grid.over(place) + shifts[place]
                found[part] = min(low, start, x - reach), max(high, end, x + reach)
        return found

    def _place(self, bounds: list[tuple[float, float]], cuts: list[int]) -> None:
        """Moves every system to its left edge, and gives every line its rows."""
        lows = {cut: low for cut, (low, _) in zip(cuts, bounds, strict=True)}
        self.offsets = [
            self.left + (s.TAIL if system else 0.0) - lows[first] for system, first in enumerate(self.systems)
        ]
        for number, strip in enumerate(self.strips):
            columns, rows = self.columns[number], []
            begin, system = 0, 0
            for place, column in enumerate([*columns, -2]):
                ahead = system + 1 < len(self.systems) and column >= self.systems[system + 1]
                if column == -2 or ahead:
                    self._move(number, begin, place, self.offsets[system])
                    rows.append(Row(begin, place))
                    begin = place
                while system + 1 < len(self.systems) and column >= self.systems[system + 1]:
                    system += 1
            strip.rows = [row for row in rows if row.until > row.first]

    def draw(self, canvas: Canvas, y: float, width: float) -> float:
        """Draws system after system from `y` downwards; returns where they end."""
        most = max((bar.value for line in self.lines for bar in line.bars), default=1)
        pens = [
            Pen(strip, canvas, by, width, max(most, 1), self.left - s.BEGIN)
            for strip, by in zip(self.strips, self.shifts, strict=True)
        ]
        owners = [self._owners(number) for number in range(len(self.strips))]
        for system in range(len(self.systems)):
            y += SYSTEM_GAP if system else 0.0
            if system == len(self.systems) - 1:
                y = self._heads(canvas, y, width)
            for number, pen in enumerate(pens):
                if system in owners[number]:
                    y = pen.row(y + (LINE_GAP if number else 0.0))
                    last = system == owners[number][-1]
                    self._beside(canvas, number, pen.lines[-1], width, not pen.lines[1:], last)
        for number, pen in enumerate(pens):
            pen.finish()
            self._values(canvas, number, pen)
        return y

    def _owners(self, number: int) -> list[int]:
        """The systems in which a line has a row."""
        found = []
        for row in self.strips[number].rows:
            column = next(column for column in self.columns[number][row.first : row.until] if column >= 0)
            found.append(max(place for place, first in enumerate(self.systems) if first <= column))
        return found

    def _heads(self, canvas: Canvas, y: float, width: float) -> float:
        """What stands over the totals."""
        heads = self.diagram.words.heads
        if not heads:
            return y
        for x, text in zip(self._rights(width), heads, strict=False):
            canvas.words("", "head", text, x, y + self.ruler.caption * 0.75, "end", self.ruler.caption)
        return y + UNDER_NAME

    def _rights(self, width: float) -> list[float]:
        """Where the totals end."""
        return [
            width - s.MARGIN - sum(self.totals[place + 1 :]) - TOTAL_GAP * (len(self.totals) - place - 1)
            for place in range(len(self.totals))
        ]

    def _beside(self, canvas: Canvas, number: int, y: float, width: float, first: bool, last: bool) -> None:
        """The name of a line, with its note where it begins, and its totals where it ends."""
        line, ruler = self.lines[number], self.ruler
        id = line.cells[0].id
        canvas.words(
            id, "kind", line.name, s.MARGIN, y + MIDDLE * (not line.note or not first), "start", ruler.base, 600
        )
        if line.note and first:
            canvas.words(id, "kind", line.note, s.MARGIN, y + UNDER_NAME, "start", ruler.caption)
        if last:
            for x, text in zip(self._rights(width), line.totals, strict=False):
                canvas.words(id, "table", text, x, y + MIDDLE, "end", ruler.base)

    def _values(self, canvas: Canvas, number: int, pen: Pen) -> None:
        """What is said of the values, in the middle of the free line before each cell."""
        grid = self.strips[number].grid
        rows = [row for row, (first, until) in enumerate(pen.rows) for _ in range(first, until)]
        for place, edge in grid.axis.flows.items():
            if place < 0:
                continue
            self._missing(canvas, number, pen, place, edge, rows)
            if not edge.text:
                continue
            here = rows[place] == rows[place + 1]
            end = grid.x[place + 1] - grid.half[place + 1]
            begin = grid.x[place] + grid.half[place] if here else self.left
            weight, under = (600, self._said(edge)) if edge.marked else (400, 0.0)
            y = pen.lines[rows[place + 1]] - OVER_LINE
            canvas.words(
                edge.target, "width", edge.text, (begin + end) / 2, y, "middle", self.ruler.caption, weight, under
            )

    def _missing(self, canvas: Canvas, number: int, pen: Pen, place: int, edge: Edge, rows: list[int]) -> None:
        """What the line above has between two cells, in its columns."""
        row = rows[place + 1]
        by = self.offsets[self._owners(number)[row]]
        for column, text in edge.missing:
            wide = self.ruler.strong(text, self.ruler.base)
            y = pen.lines[row] + s.LABEL
            canvas.words(edge.target, "label", text, self.at[column] + by, y, "middle", self.ruler.base, 600, wide)
