"""Where cells and boxes stand from left to right, in one row that never ends. All in D.

One pass from the left: each cell stands as near to the one before as its gap allows, and far enough for every text
under it; what is not needed gives way. Cutting the row leaves all distances as they are.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..diagram.model import Bar
from ..styles.base import Metrics
from . import sizes as s
from .axis import LANE, Axis, repeat_text
from .sizes import Ruler

if TYPE_CHECKING:
    from .bodies import Body


class Grid:
    """By cell: centre `x` and half of its slot; by hull: `left` and `right`; by link: the x of its port.

    `notes` are the texts at the top of a box, by (hull, role): (x, anchor). `bars` are those that have room. `bodies`
    stand before a cell, the `fan` behind the last one, `taps` over the line at the port of a link.
    """

    def __init__(
        self, axis: Axis, ruler: Ruler, bodies: dict[int, Body], fan: Body | None, taps: dict[int, Body]
    ) -> None:
        self.bodies, self.fan, self.taps = bodies, fan, taps
        self.axis, self.ruler = axis, ruler
        self.x: list[float] = []
        self.half = _halves(axis, ruler.metrics)
        self.widths = [ruler.lines(cell.label) for cell in axis.cells]
        self.left = [0.0] * len(axis.hulls)
        self.right = [0.0] * len(axis.hulls)
        self.port = [0.0] * len(axis.links)
        self.notes: dict[tuple[int, str], float] = {}
        self.bars: dict[int, Bar] = {}
        _Sweep(self).run()

    def start(self, place: int) -> float:
        """The left border of a cell, or of the outermost box that begins with it."""
        opens = self.axis.opens[place]
        if opens or place not in self.bodies:
            return self.left[opens[0]] if opens else self.x[place] - self.half[place]
        return self.bodies[place].trunk

    def end(self, place: int) -> float:
        """The right border of a cell, or of the outermost box that ends with it."""
        closes = self.axis.closes[place]
        return self.right[closes[-1]] if closes else self.x[place] + self.half[place]

    def arrival(self, link: int) -> float:
        """The x where a link comes down on its target."""
        return self.x[self.axis.links[link].end] + s.PORT_STEP * self.axis.links[link].arrive

    def loose(self, first: int, until: int) -> list[Body]:
        """The bodies between two places that no box holds."""
        found = [body for place, body in self.bodies.items() if first <= place < until and self.axis.inner[place] == -1]
        return [*found, self.fan] if self.fan and until == len(self.x) else found

    def over(self, place: int) -> float:
        """How far to the right a cell and what hangs on it reach, brackets apart."""
        ends = [body.right for number, body in self.taps.items() if self.axis.links[number].start == place]
        if self.fan and place == len(self.x) - 1:
            ends.append(self.fan.right)
        return max([self.end(place), *ends])

    def reach(self) -> tuple[float, float]:
        """Where the whole line begins and ends, with all that hangs on it."""
        places = range(len(self.x))
        halves = [max([self.half[place], *(width / 2 for width in self.widths[place])]) for place in places]
        low = min([0.0, *(x - half for x, half in zip(self.x, halves, strict=True))])
        return low, max([self.over(place) for place in places] + [self.x[n] + halves[n] for n in places])

    def walls(self, number: int) -> list[float]:
        """Where other links go through the arc of this one, from left to right; of those placed so far."""
        axis, link = self.axis, self.axis.links[number]
        ends = [*axis.legs.get(link.host, ())]
        ends += [(n, begins) for n in axis.hosted.get(link.host, ()) if n != number for begins in (True, False)]
        if link.host == LANE:
            ends += [(n, True) for n in self.taps]
        places = [(axis.links[n].start if begins else axis.links[n].end, n, begins) for n, begins in ends]
        found = [self.port[n] if begins else self.arrival(n) for place, n, begins in places if place < len(self.x)]
        low, high = self.port[number], self.arrival(number) if link.end < len(self.x) else float("inf")
        return sorted(x for x in found if low < x < high)

    def shift(self, by: list[float]) -> None:
        """Moves every cell to the right, and with it what hangs on it; `by` never falls."""
        axis = self.axis
        for number, link in enumerate(axis.links):
            place = axis.hulls[link.host].first if link.inside_port(axis.hulls) else max(link.start, 0)
            self.port[number] += by[place]
        for place, body in self.bodies.items():
            body.move(by[place])
        for number, body in self.taps.items():
            body.move(by[axis.links[number].start])
        if self.fan:
            self.fan.move(by[-1])
        for place, hull in enumerate(axis.hulls):
            self.left[place] += by[hull.first]
            self.right[place] += by[hull.last]
        for (place, role), x in self.notes.items():
            self.notes[place, role] = x + by[axis.hulls[place].first]
        self.x = [x + shift for x, shift in zip(self.x, by, strict=True)]


def side_width(count: int) -> float:
    """What the cells of an arc take, side by side."""
    return count * s.SIDE_CELL + (count - 1) * s.AIR


def _halves(axis: Axis, metrics: Metrics) -> list[float]:
    """Half of each cell's slot: cells keep one pitch whatever their silhouette, only small discs take less."""
    known: dict[str, float] = {}
    for cell in axis.cells:
        if cell.category not in known:
            width, height = metrics.extent(cell.category)
            known[cell.category] = (width if max(width, height) < 0.75 else max(width, 1.0)) / 2
    return [known[cell.category] for cell in axis.cells]


class _Sweep:
    """The pass: `edge` is the right border of what stands, `labels` and `shapes` how far each line of text reaches."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.axis, self.ruler = grid, grid.axis, grid.ruler
        self.edge = 0.0
        self.labels = [-9.0] * max([1, *(len(widths) for widths in grid.widths)])
        bars = self.axis.bars.values()
        self.shapes = [-9.0] * max([1, *(len(bar.text) for bar in bars)])
        self.spare: tuple[int, list[float]] | None = None
        self.leaving: dict[int, list[int]] = {}
        self.entering: dict[int, list[int]] = {}
        self.arched: dict[int, list[int]] = {}
        for number, link in enumerate(self.axis.links):
            ports, key = (self.entering, link.host) if link.inside_port(self.axis.hulls) else (self.leaving, link.start)
            ports.setdefault(key, []).append(number)
            if link.cells:
                self.arched.setdefault(link.end, []).append(number)
        self.over = -9.0
        """The right end of what stands above the line so far."""
        self.lanes = [link for link in self.axis.links if link.host == LANE] if grid.taps else []

    def run(self) -> None:
        if -1 in self.leaving:
            self._leave(-1)
            self.edge = s.PORT_STEP * (len(self.leaving[-1]) - 1) + 2 * s.PORT
        for place in range(len(self.axis.cells)):
            if place:
                self.edge += self._gap(place)
            for hull in self.axis.opens[place]:
                self._open(hull)
            self._cell(place)
            for hull in self.axis.closes[place]:
                self._close(hull)
            self._leave(place)
        if fan := self.grid.fan:
            self.edge = max(self.edge, self.over)
            self._trunk(fan)

    def _gap(self, place: int) -> float:
        axis = self.axis
        if axis.border(place):
            gap = s.STAGE_GAP
        else:
            gap = s.BLOCK_GAP if axis.opens[place] or axis.closes[place - 1] else s.CELL_GAP
        ports = len(self.leaving.get(place - 1, ()))
        return gap + (s.PORT_STEP * (ports - 1) + s.TICK * (place - 1 in axis.ticks) if ports else 0.0)

    def _leave(self, place: int) -> None:
        """The ports behind a cell and the boxes that end with it; a tick comes first."""
        first = self.edge + s.PORT + s.TICK * (place in self.axis.ticks)
        for number in self.leaving.get(place, ()):
            self.grid.port[number] = first + s.PORT_STEP * self.axis.links[number].leave
            if number in self.grid.taps:
                body = self.grid.taps[number]
                body.trunk = self.grid.port[number]
                body.x = body.trunk + s.TAP
                self.over = body.right + s.PADDING

    def _trunk(self, body: Body) -> None:
        """The place of a body behind what stands."""
        body.trunk = max(self.edge + s.TRUNK, *self.labels)
        body.x = body.trunk + s.FAN

    def _body(self, place: int) -> None:
        """The branches before their join."""
        body = self.grid.bodies[place]
        self._trunk(body)
        self.edge = body.end()
        self.labels = [max(body.turns()) + s.AIR] * len(self.labels)

    def _clear(self, place: int, x: float) -> float:
        """The x at which no way between a cell and a lane runs through a tap before it."""
        for link in self.lanes:
            if place in (link.start, link.end):
                x = max(x, self.over + s.AIR + s.PORT_STEP * 2)
        return x

    def _open(self, hull: int) -> None:
        left = max(self.edge, *self.labels)
        self.grid.left[hull] = left
        self.labels = [left + s.AIR] * len(self.labels)
        ports = self.entering.get(hull, ())
        for number in ports:
            self.grid.port[number] = left + s.BOX_PORT + s.PORT_STEP * self.axis.links[number].leave
        self.edge = left + s.PADDING + s.PORT_STEP * max(0, len(ports) - 1)

    def _cell(self, place: int) -> None:
        grid = self.grid
        half, widths = grid.half[place], grid.widths[place]
        if place in grid.bodies:
            self._body(place)
        x = self._clear(place, self.edge + half) if self.lanes else self.edge + half
        for line, width in enumerate(widths):
            x = max(x, self.labels[line] + width / 2)
        for number in self.arched.get(place, ()):
            port, walls = grid.port[number], grid.walls(number)
            beside = s.PORT_STEP * self.axis.links[number].crowd
            x = max(x, _after(port, walls, x - beside, side_width(len(self.axis.links[number].cells))) + beside)
        if place in self.axis.bars:
            x = self._bar(place, x)
        for line, width in enumerate(widths):
            self.labels[line] = x + width / 2 + s.AIR
        grid.x.append(x)
        self.edge = x + half

    def _bar(self, place: int, x: float) -> float:
        """Takes the bar in, if need be for a spare one before it; the x at which its text has room."""
        bar = self.axis.bars[place]
        widths = [self.ruler.small(text) for text in bar.text]
        room = max([x, *(reach + width / 2 for reach, width in zip(self.shapes, widths, strict=False))])
        if room > x + s.YIELD and not bar.needed:
            return x
        if room > x + s.YIELD and self.spare is not None:
            spare, self.shapes = self.spare
            del self.grid.bars[spare]
            self.spare = None
            return self._bar(place, x)
        self.spare = None if bar.needed else (place, self.shapes[:])
        self.grid.bars[place] = bar
        for line, width in enumerate(widths):
            self.shapes[line] = room + width / 2 + s.AIR
        return room

    def _close(self, hull: int) -> None:
        grid, left, box = self.grid, self.grid.left[hull], self.axis.hulls[hull].box
        right = max(self.edge + s.PADDING, *self.labels)
        corner = self.ruler.strong(repeat_text(box), self.ruler.repeat)
        right = max(right, left + corner + 2 * s.REPEAT_RIGHT if corner else 0.0)
        notes = [(role, width) for role, width in self._notes(hull) if width]
        legs = sorted(grid.port[n] if begins else grid.arrival(n) for n, begins in self.axis.legs.get(hull, ()))
        for _, width in notes:
            right = max(right, left + width + 2 * s.NOTE_INSET)
            right = max(right, _after(left, legs, right, width))
        for role, width in notes:
            wish = (left + right) / 2 if role == "reason" else left + s.NOTE_INSET + width / 2
            grid.notes[hull, role] = fit(wish, width, [left, *legs, right])
        grid.right[hull] = self.edge = right
        self.labels = [right + s.AIR] * len(self.labels)

    def _notes(self, hull: int) -> tuple[tuple[str, float], ...]:
        box = self.axis.hulls[hull].box
        return ("name", self.ruler.small(box.name or "")), ("reason", self.ruler.small(box.reason))


def _after(left: float, legs: list[float], right: float, width: float) -> float:
    """The right border with which a text of that width has room between two legs or borders."""
    walls = [left, *legs, right]
    need = width + 2 * s.AIR
    if any(b - a >= need for a, b in pairwise(walls)):
        return right
    return walls[-2] + need


def fit(wish: float, width: float, walls: list[float]) -> float:
    """The centre nearest to the wish at which a text (or a disc) keeps clear of all walls; the wish where none does."""
    best, reach = wish, float("inf")
    for a, b in pairwise(walls):
        low, high = a + s.AIR + width / 2, b - s.AIR - width / 2
        centre = min(max(wish, low), high)
        if low <= high + 1e-9 and abs(centre - wish) < reach:
            best, reach = centre, abs(centre - wish)
    return best
