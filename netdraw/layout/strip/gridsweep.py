"""The one pass from the left that gives a grid its places. In D."""

from __future__ import annotations

from .. import sizes as s
from ..sizes import TAG
from .grid import Grid, PlacedFork
from .nest import repeat_text
from .ports import foot, leaving, walls
from .slots import NOWHERE, BarRoom, fit, side_width, widened


class Above:
    """What stands over the line so far: its right end, and that of the shelves over the last cell, and in each box.

    `way` is the last place where a way leads up from the line, or down to it.
    """

    def __init__(self) -> None:
        self.right = self.shelves = self.way = NOWHERE
        self.inside: dict[int, float] = {}

    def lead(self, x: float) -> float:
        """Takes in a way that leads up or down at `x`."""
        self.way = max(self.way, x)
        return x


class GridSweep:
    """The pass: fills a grid from the left, in which what stands beside the line has no place yet.

    `edge` is the right border of what stands, `labels` how far each line of text reaches.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid, self.order, self.ruler = grid, grid.order, grid.ruler
        self.leaving, self.bars, self.above = leaving(grid.order), BarRoom(grid.order, grid.ruler, grid.bars), Above()
        self.edge = 0.0
        self.labels = [NOWHERE] * max([1, *(len(widths) for widths in grid.widths)])

    def run(self) -> Grid:
        """The grid with all places."""
        if -1 in self.leaving.line:
            self._leave(-1)
            self.edge = s.PORT_STEP * (len(self.leaving.line[-1]) - 1) + 2 * s.PORT
        for place in range(len(self.order.cells)):
            if place:
                self.edge += self._gap(place)
            for box_index in self.order.nest.opens[place]:
                self._open(box_index)
            self._cell(place)
            for box_index in self.order.nest.closes[place]:
                self._close(box_index)
            self._leave(place)
        fan = self.grid.fan
        if fan:
            # What leads into its branches begins a bend before them, which a cell hides, but not a port.
            self.edge = max(self.edge, self.above.right) + (s.BEND - s.TRUNK) * (self.order.cells[-1].where == "port")
            fan = self._behind(fan)
        return self.grid._replace(fan=fan)

    def _gap(self, place: int) -> float:
        order = self.order
        if order.cells[place - 1].category == order.cells[place].category == TAG:
            return s.TAG_GAP
        ports = len(self.leaving.line.get(place - 1, ()))
        if order.border(place):
            gap = s.STAGE_GAP
        else:
            spacing = self.ruler.spacing
            cells = max(spacing.outside if order.nest.inner[place] == -1 else spacing.inside, 2 * s.PORT * (ports > 0))
            gap = s.BLOCK_GAP if order.nest.opens[place] or order.nest.closes[place - 1] else cells
        return gap + (s.PORT_STEP * (ports - 1) + s.TICK * (place - 1 in order.ticks) if ports else 0.0)

    def _leave(self, place: int) -> None:
        """The ports behind a cell and the boxes that end with it; a tick comes first."""
        first = self.edge + s.PORT + s.TICK * (place in self.order.ticks)
        if place in self.leaving.line and first < self.above.shelves + s.AIR:
            # What stands over the cell hides the way up.
            self.edge += self.above.shelves + s.AIR - first
            first = self.above.shelves + s.AIR
        for number in self.leaving.line.get(place, ()):
            self._port(number, first)
            if number in self.grid.taps:
                fork = self.grid.taps[number].stand(self.grid.port[number], s.TAP)
                for lane in self.leaving.chains.get(place, ()):
                    # Behind all that stands on side chains.
                    self._port(lane, fork.right + s.LEAD)
                    fork = fork._replace(far=self.grid.port[lane])
                self.grid.taps[number] = fork
                self.above.right = fork.far + s.PADDING

    def _port(self, number: int, first: float) -> None:
        """The port of a route, of those that leave from `first` on."""
        self.grid.port[number] = self.above.lead(first + s.PORT_STEP * self.order.routes[number].leave)

    def _behind(self, fork: PlacedFork) -> PlacedFork:
        """A fork behind what stands."""
        # What stands over the line before it may be lower than its branches.
        over = self.above.right + s.AIR if self.grid.shelves else NOWHERE
        trunk = max(self.edge + s.TRUNK, over, *self.labels)
        if fork.ordered.fork.start:
            return fork.stand(trunk, s.FAN)
        return fork.stand(trunk, s.BEGIN_GAP) if self.grid.x else fork.stand(0.0, 0.0)

    def _open(self, box_index: int) -> None:
        left = max(self.edge, *self.labels)
        self.grid.left[box_index] = left
        self.labels = [left + s.AIR] * len(self.labels)
        ports = self.leaving.boxes.get(box_index, ())
        for number in ports:
            self._port(number, left + self.ruler.spacing.port)
        padding = self.ruler.spacing.entry if ports else s.PADDING
        self.edge = left + padding + s.PORT_STEP * max(0, len(ports) - 1)

    def _cell(self, place: int) -> None:
        half, widths = self.grid.half[place], self.grid.widths[place]
        if place in self.grid.forks:
            fork = self.grid.forks[place] = self._behind(self.grid.forks[place])
            self.edge = fork.end()
            self.labels = [max(fork.turns()) + s.AIR] * len(self.labels)
        x = self.edge + half
        if place in self.leaving.lanes:
            # No way between the cell and a lane may run through a tap before it.
            x = max(x, self.above.right + s.AIR + s.PORT_STEP * 2)
        x = max([x, *(reach + width / 2 for reach, width in zip(self.labels, widths, strict=False))])
        for number in self.leaving.arched.get(place, ()):
            route = self.order.routes[number]
            beside = s.PORT_STEP * route.crowd
            wide = side_width(route, self.ruler)
            x = max(x, widened(self.grid.port[number], walls(self.grid, number), x - beside, wide) + beside)
        if place in self.order.shelves_over:
            x = self._shelves(place, x)
        if place in self.leaving.steps:
            self.above.lead(x + s.PORT_STEP * self.leaving.steps[place])
        if place in self.order.bars:
            x = self.bars.take(place, x)
        for line, width in enumerate(widths):
            self.labels[line] = x + width / 2 + s.AIR
        self.grid.x.append(x)
        self.edge = x + half

    def _shelves(self, place: int, x: float) -> float:
        """Places the shelves over a cell; the x at which it has room behind what leads down from them."""
        from . import shelves  # late: only figures with shelves need it

        order, numbers = self.order, self.order.shelves_over[place]
        routes = [order.routes[drop] for number in numbers for drop in order.drops.get(number, ())]
        beside = [s.PORT_STEP * route.arrive for route in routes]
        free = not beside and place not in self.leaving.steps
        boxes = [self.grid.left[box_index] for box_index in order.nest.around(place)]
        low = max(self.above.way, self.above.right) + s.LEAD
        stood, x = shelves.stand(order, {number: self.grid.shelves[number] for number in numbers}, x, low, boxes, free)
        for number, shelf in stood.items():
            self.grid.shelves[number] = shelf
        self.above.shelves = max(shelf.right for shelf in stood.values()) if free else NOWHERE
        box_index = order.nest.inner[place]
        self.above.inside[box_index] = max(self.above.shelves, self.above.inside.get(box_index, NOWHERE))
        self.above.right = self.above.way = max([self.above.shelves, x, *(x + by for by in beside)])
        return x

    def _close(self, box_index: int) -> None:
        left, box = self.grid.left[box_index], self.order.nest.boxes[box_index].box
        right = max(self.edge + s.PADDING, self.above.inside.get(box_index, NOWHERE) + s.PADDING, *self.labels)
        corner = self.ruler.corner(repeat_text(box))
        right = max(right, left + corner + 2 * s.REPEAT_RIGHT if corner else 0.0)
        notes = [(role, width) for role, width in self._notes(box_index) if width]
        legs = sorted(foot(self.grid, number, begins) for number, begins in self.order.legs.get(box_index, ()))
        for _, width in notes:
            right = max(right, left + width + 2 * s.NOTE_INSET)
            right = max(right, widened(left, legs, right, width))
        for role, width in notes:
            wish = (left + right) / 2 if role == "reason" else left + s.NOTE_INSET + width / 2
            self.grid.notes[box_index, role] = fit(wish, width, [left, *legs, right])
        self.grid.right[box_index] = self.edge = right
        self.labels = [right + s.AIR] * len(self.labels)

    def _notes(self, box_index: int) -> tuple[tuple[str, float], ...]:
        """The texts at the top of a box, by role, with what they take."""
        box, ruler = self.order.nest.boxes[box_index].box, self.ruler
        marks = [(str(number), ruler.strong(text, ruler.caption)) for number, text in enumerate(box.marks)]
        return ("name", ruler.note(box.name or "")), ("reason", ruler.note(box.reason)), *marks
