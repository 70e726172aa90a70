"""The one pass from the left that gives a grid its places. In D."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from . import sizes as s
from .axis import LANE, repeat_text
from .grid import Grid, fit, side_width

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
            # What leads into its branches begins a bend before them, which a cell hides, but not a port.
            self.edge = max(self.edge, self.over) + (s.BEND - s.TRUNK) * (self.axis.cells[-1].where == "port")
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
            x = max(x, _after(port, walls, x - beside, side_width(self.axis.links[number], self.ruler)) + beside)
        if place in self.axis.bars:
            x = self._bar(place, x)
        for line, width in enumerate(widths):
            self.labels[line] = x + width / 2 + s.AIR
        grid.x.append(x)
        self.edge = x + half

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
        right = max(self.edge + s.PADDING, *self.labels)
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
