"""The one pass from the left that gives a grid its places. In D."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .. import sizes as s
from .grid import Grid, fit, side_width
from .links import LANE, repeat_text
from .parts import TAG

if TYPE_CHECKING:
    from .bodies import Body


class Sweep:
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
        self.rising: dict[int, list[int]] = {}
        self.arched: dict[int, list[int]] = {}
        self.arriving: dict[int, float] = {}
        self._sort()
        self.over = -9.0
        """The right end of what stands above the line so far."""
        self.chained = -9.0
        """The right end of the shelves over the last cell."""
        self.sheltered: dict[int, float] = {}
        """By hull, the right end of the shelves in it."""
        self.upright = -9.0
        """The last place where a way leads up from the line, or down to it."""
        taps, ledges = bool(grid.taps), bool(grid.ledges)
        lanes = [link for link in self.axis.links if not link.drops and (ledges or (taps and link.host == LANE))]
        self.lanes = {link.end for link in lanes} | {link.start for link in lanes if not link.leaf}
        self.shelves: dict[int, list[int]] = {}
        for number, perch in enumerate(self.axis.perches):
            self.shelves.setdefault(perch.over, []).append(number)

    def _sort(self) -> None:
        """The links by where they begin and end."""
        for number, link in enumerate(self.axis.links):
            if link.drops:
                continue
            ports, key = (self.entering, link.host) if link.inside_port(self.axis.hulls) else (self.leaving, link.start)
            if link.leaf:
                ports = self.rising
            ports.setdefault(key, []).append(number)
            if link.cells:
                self.arched.setdefault(link.end, []).append(number)
            if not link.spot and link.runs:
                self.arriving[link.end] = max(self.arriving.get(link.end, link.arrive), link.arrive)

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
            # What leads into its branches begins a bend before them, which a cell hides, but not a port.
            self.edge = max(self.edge, self.over) + (s.BEND - s.TRUNK) * (self.axis.cells[-1].where == "port")
            self._trunk(fan)

    def _gap(self, place: int) -> float:
        axis = self.axis
        if axis.cells[place - 1].category == axis.cells[place].category == TAG:
            return s.BEAD
        if axis.border(place):
            gap = s.STAGE_GAP
        else:
            spacing, inside = self.ruler.spacing, axis.inner[place] != -1
            cells = spacing.inside if inside else spacing.outside
            gap = s.BLOCK_GAP if axis.opens[place] or axis.closes[place - 1] else cells
        ports = len(self.leaving.get(place - 1, ()))
        return gap + (s.PORT_STEP * (ports - 1) + s.TICK * (place - 1 in axis.ticks) if ports else 0.0)

    def _leave(self, place: int) -> None:
        """The ports behind a cell and the boxes that end with it; a tick comes first."""
        first = self.edge + s.PORT + s.TICK * (place in self.axis.ticks)
        if place in self.leaving and first < self.chained + s.AIR:
            # What stands over the cell hides the way up.
            self.edge += self.chained + s.AIR - first
            first = self.chained + s.AIR
        for number in self.leaving.get(place, ()):
            self.grid.port[number] = first + s.PORT_STEP * self.axis.links[number].leave
            self.upright = max(self.upright, self.grid.port[number])
            if number in self.grid.taps:
                body = self.grid.taps[number]
                body.stand(self.grid.port[number], s.TAP)
                self._rise(place, body)
                self.over = body.far + s.PADDING

    def _rise(self, place: int, body: Body) -> None:
        """The ports of the lanes that lead on from side chains, behind all that stands on these."""
        for number in self.rising.get(place, ()):
            body.far = self.grid.port[number] = body.right + s.LEAD + s.PORT_STEP * self.axis.links[number].leave
            self.upright = max(self.upright, body.far)

    def _trunk(self, body: Body) -> None:
        """The place of a body behind what stands."""
        # What stands over the line before it may be lower than its branches.
        over = self.over + s.AIR if self.grid.ledges else -9.0
        trunk = max(self.edge + s.TRUNK, over, *self.labels)
        if body.sub.fork.start:
            body.stand(trunk, s.FAN)
        elif self.grid.x:
            body.stand(trunk, s.BEGIN_GAP)
        else:
            body.stand(0.0, 0.0)

    def _body(self, place: int) -> None:
        """The branches before their join."""
        body = self.grid.bodies[place]
        self._trunk(body)
        self.edge = body.end()
        self.labels = [max(body.turns()) + s.AIR] * len(self.labels)

    def _clear(self, place: int, x: float) -> float:
        """The x at which no way between a cell and a lane runs through a tap before it."""
        return max(x, self.over + s.AIR + s.PORT_STEP * 2) if place in self.lanes else x

    def _open(self, hull: int) -> None:
        left = max(self.edge, *self.labels)
        self.grid.left[hull] = left
        self.labels = [left + s.AIR] * len(self.labels)
        ports = self.entering.get(hull, ())
        for number in ports:
            self.grid.port[number] = left + self.ruler.spacing.port + s.PORT_STEP * self.axis.links[number].leave
            self.upright = max(self.upright, self.grid.port[number])
        padding = self.ruler.spacing.entry if ports else s.PADDING
        self.edge = left + padding + s.PORT_STEP * max(0, len(ports) - 1)

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
            x = max(x, _after(port, walls, x - beside, side_width(self.axis.links[number], self.ruler)) + beside)
        if place in self.shelves:
            x = self._shelves(place, x)
        if place in self.arriving:
            self.upright = max(self.upright, x + s.PORT_STEP * self.arriving[place])
        if place in self.axis.bars:
            x = self._bar(place, x)
        for line, width in enumerate(widths):
            self.labels[line] = x + width / 2 + s.AIR
        grid.x.append(x)
        self.edge = x + half

    def _shelves(self, place: int, x: float) -> float:
        """Places the shelves over a cell; the x at which it has room behind what leads down from them."""
        from . import shelves  # not on the way of most figures

        numbers, drops = self.shelves[place], self.axis.drops
        links = [self.axis.links[drop] for number in numbers for drop in drops.get(number, ())]
        beside = [s.PORT_STEP * link.arrive for link in links]
        free = not beside and place not in self.arriving
        low = max(self.upright, self.over) + s.LEAD
        x = shelves.stand(self.grid, numbers, x, low, self.axis.inner[place], free)
        self.chained = max(self.grid.ledges[number].right for number in numbers) if free else -9.0
        hull = self.axis.inner[place]
        self.sheltered[hull] = max(self.chained, self.sheltered.get(hull, -9.0))
        self.over = self.upright = max([self.chained, x, *(x + by for by in beside)])
        return x

    def _bar(self, place: int, x: float) -> float:
        """Takes the bar in, if need be for a spare one before it; the x at which its text has room."""
        bar = self.axis.bars[place]
        widths = self.ruler.shapes(bar.text)
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
        right = max(self.edge + s.PADDING, self.sheltered.get(hull, -9.0) + s.PADDING, *self.labels)
        corner = self.ruler.corner(repeat_text(box))
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
        box, ruler = self.axis.hulls[hull].box, self.ruler
        marks = [(str(number), ruler.strong(text, ruler.caption)) for number, text in enumerate(box.marks)]
        return ("name", ruler.note(box.name or "")), ("reason", ruler.note(box.reason)), *marks


def _after(left: float, legs: list[float], right: float, width: float) -> float:
    """The right border with which a text of that width has room between two legs or borders."""
    walls = [left, *legs, right]
    need = width + 2 * s.AIR
    if any(b - a >= need for a, b in pairwise(walls)):
        return right
    return walls[-2] + need
