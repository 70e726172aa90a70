"""The one pass from the left that gives a grid its places. In D."""

from __future__ import annotations

from .. import sizes as s
from ..sizes import TAG
from .grid import Grid, PlacedFork, PlacedShelf
from .nest import repeat_text
from .ports import foot, leaving, walls
from .slots import NOWHERE, BarRoom, fit, side_width, widened


class GridSweep:
    """The pass: fills a grid from the left, in which what stands beside the line has no place yet.

    `edge` is the right border of what stands, `labels` how far each line of text reaches. Above the line `above` is the
    right end of what stands there, `over_cell` that of the shelves over the last cell, `inside` the same by box, and
    `last_way` where the last way leads up from the line, or down to it.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid, self.order, self.ruler = grid, grid.order, grid.ruler
        self.leaving, self.bars = leaving(grid.order), BarRoom(grid.order, grid.ruler, grid.bars)
        self.edge, self.inside = 0.0, dict.fromkeys(range(-1, len(grid.left)), NOWHERE)
        self.above = self.over_cell = self.last_way = NOWHERE
        self.labels = [NOWHERE] * max([1, *(len(widths) for widths in grid.widths)])

    def run(self) -> Grid:
        """The grid with all places."""
        if -1 in self.leaving.line:
            self._leave(-1)
            self.edge = s.PORT_STEP * (len(self.leaving.line[-1]) - 1) + 2 * s.PORT
        for place in range(len(self.order.cells)):
            if place:
                self.edge += self._gap(place)
            for box in self.order.nest.opens[place]:
                self._open(box)
            self._cell(place)
            for box in self.order.nest.closes[place]:
                self._close(box)
            self._leave(place)
        if self.grid.fan is None:
            return self.grid
        # What leads into its branches begins a bend before them, which a cell hides, but not a port.
        self.edge = max(self.edge, self.above) + (s.BEND - s.TRUNK) * (self.order.cells[-1].where == "port")
        return self.grid._replace(fan=self._behind(self.grid.fan))

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
        if place in self.leaving.line and first < self.over_cell + s.AIR:
            # What stands over the cell hides the way up.
            self.edge += self.over_cell + s.AIR - first
            first = self.over_cell + s.AIR
        for number in self.leaving.line.get(place, ()):
            self._port(number, first)
            if number in self.grid.taps:
                fork = self.grid.taps[number].stand(self.grid.port[number], s.TAP)
                for lane in self.leaving.chains.get(place, ()):
                    # Behind all that stands on side chains.
                    self._port(lane, fork.right + s.LEAD)
                    fork = fork._replace(far=self.grid.port[lane])
                self.grid.taps[number] = fork
                self.above = fork.far + s.PADDING

    def _port(self, number: int, first: float) -> None:
        """The port of a route, of those that leave from `first` on."""
        self.grid.port[number] = x = first + s.PORT_STEP * self.order.routes[number].leave
        for other in self.order.routes[number].sharing:
            self.grid.port[other] = x
        self.last_way = max(self.last_way, x)

    def _behind(self, placed: PlacedFork) -> PlacedFork:
        """A fork behind what stands."""
        # What stands over the line before it may be lower than its branches.
        over = self.above + s.AIR if self.grid.shelves else NOWHERE
        trunk = max(self.edge + s.TRUNK, over, *self.labels)
        if placed.fork.start:
            return placed.stand(trunk, s.FAN)
        return placed.stand(trunk, s.BEGIN_GAP) if self.grid.x else placed.stand(0.0, 0.0)

    def _open(self, box: int) -> None:
        self.grid.left[box] = left = max(self.edge, *self.labels)
        self.labels = [left + s.AIR] * len(self.labels)
        ports = self.leaving.boxes.get(box, ())
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
            x = max(x, self.above + s.AIR + s.PORT_STEP * 2)
        x = max([x, *(reach + width / 2 for reach, width in zip(self.labels, widths, strict=False))])
        for number in self.leaving.arched.get(place, ()):
            route = self.order.routes[number]
            beside, wide = s.PORT_STEP * route.crowd, side_width(route, self.ruler)
            x = max(x, widened(self.grid.port[number], walls(self.grid, number), x - beside, wide) + beside)
        if place in self.order.shelves_over:
            x = self._shelves(place, self.bars.wish(place, x) if place in self.order.bars else x)
        if place in self.leaving.steps:
            self.last_way = max(self.last_way, x + s.PORT_STEP * self.leaving.steps[place])
        if place in self.order.bars:
            x = self.bars.take(place, x)
        for line, width in enumerate(widths):
            self.labels[line] = x + width / 2 + s.AIR
        self.grid.x.append(x)
        self.edge = x + half

    def _shelves(self, place: int, x: float) -> float:
        """Places the shelves over a cell that would stand at `x`; the x of the cell at which all have room.

        Those that end in a letter stand over the cell, one behind the other; where something comes down on it, all
        stand before it.
        """
        order, shelves, numbers = self.order, self.grid.shelves, self.order.shelves_over[place]
        drops = sorted((n for n in numbers if n in order.drops), key=lambda n: order.routes[order.drops[n][0]].arrive)
        beside = [s.PORT_STEP * order.routes[drop].arrive for number in drops for drop in order.drops[number]]
        free = not drops and place not in self.leaving.steps
        boxes = [self.grid.left[box] for box in order.nest.around(place)]
        low = max(self.last_way, self.above) + s.LEAD
        for number in numbers if free else ():
            shelves[number], x = _over(shelves[number], x, low, boxes)
            low = shelves[number].right + s.AIR
        if not free:
            low = max([low, *(left + s.PADDING for left in boxes[:1])])
            x = self._before([*drops, *(n for n in numbers if n not in order.drops)], x, low)
        self.over_cell = max(shelves[number].right for number in numbers) if free else NOWHERE
        box = order.nest.inner[place]
        self.inside[box] = max(self.over_cell, self.inside[box])
        self.above = self.last_way = max([self.over_cell, x, *(x + by for by in beside)])
        return x

    def _before(self, numbers: list[int], x: float, low: float) -> float:
        """Places shelves before a cell, behind `low`: each further to the left and higher than the one before, so that
        its way passes over that.
        """
        order, shelves = self.order, self.grid.shelves
        first, drops = shelves[numbers[0]], order.drops.get(numbers[0])
        beside = s.PORT_STEP * order.routes[drops[0]].arrive if drops else -s.PORTS / 2
        gap = max(s.AIR, s.LEAD - (first.width - max([end.x for end in first.ends()], default=0.0)))
        wide = sum(shelves[number].width for number in numbers) + s.AIR * (len(numbers) - 1)
        x = max(x, low + wide + gap - beside)
        right, below = x + beside - gap, -1
        for rank, number in enumerate(numbers):
            shelves[number] = shelves[number]._replace(x=right - shelves[number].width, below=below, rank=rank)
            right, below = shelves[number].x - s.AIR, number
        return x

    def _close(self, number: int) -> None:
        left, box, ruler = self.grid.left[number], self.order.nest.boxes[number].box, self.ruler
        right = max(self.edge + s.PADDING, self.inside[number] + s.PADDING, *self.labels)
        corner = ruler.corner(repeat_text(box))
        right = max(right, left + corner + 2 * s.REPEAT_RIGHT if corner else 0.0)
        notes = {"name": ruler.note(box.name or ""), "reason": ruler.note(box.reason)}
        notes |= {str(line): ruler.strong(text, ruler.caption) for line, text in enumerate(box.marks)}
        notes = {role: width for role, width in notes.items() if width}
        legs = sorted(foot(self.grid, route, begins) for route, begins in self.order.legs.get(number, ()))
        for width in notes.values():
            right = max(right, left + width + 2 * s.NOTE_INSET)
            right = max(right, widened(left, legs, right, width))
        for role, width in notes.items():
            wish = (left + right) / 2 if role == "reason" else left + s.NOTE_INSET + width / 2
            self.grid.notes[number, role] = fit(wish, width, [left, *legs, right])
        self.grid.right[number] = self.edge = right
        self.labels = [right + s.AIR] * len(self.labels)


def _over(shelf: PlacedShelf, x: float, low: float, boxes: list[float]) -> tuple[PlacedShelf, float]:
    """A shelf that ends in a letter, behind `low`, its last cell over the one at `x`; and the x of that for it.

    An input stands before the `boxes` around the cell, whose left borders they are, innermost first.
    """
    left, grid = x - shelf.head, shelf.placed.grid
    first = grid.order.cells[0]
    if boxes and first.category == "input":
        right = shelf._replace(x=left).spot(first.id) + grid.ruler.extent(first).width / 2
        by = max(0.0, right + s.BLOCK_GAP - boxes[-1])
        shelf = shelf._replace(placed=shelf.placed.shifted([0.0] + [by] * (len(grid.x) - 1)))
        left = x - shelf.head
    elif boxes:
        left = max(left, boxes[0] + s.PADDING)
    moved = max(0.0, low - left)
    return shelf._replace(x=left + moved), x + moved
