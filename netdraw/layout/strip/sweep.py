"""The one pass from the left that gives a grid its places. In D."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import sizes as s
from ..sizes import TAG, Ruler
from .axis import Axis
from .grid import Body, Grid, Ledge
from .nest import repeat_text
from .ports import foot, leaving, walls
from .slots import NOWHERE, BarRoom, fit, halves, side_width, widened


class Sweep:
    """The pass: `edge` is the right border of what stands, `labels` how far each line of text reaches.

    It gets what stands beside the line as a grid has it, but in no place yet.
    """

    def __init__(
        self,
        axis: Axis,
        ruler: Ruler,
        bodies: Mapping[int, Body],
        fan: Body | None,
        taps: Mapping[int, Body],
        ledges: Sequence[Ledge],
    ) -> None:
        self.axis, self.ruler = axis, ruler
        self.leaving = leaving(axis)
        self.half = halves(axis, ruler)
        self.widths = [ruler.lines(cell) for cell in axis.cells]
        self.x: list[float] = []
        self.left = [0.0] * len(axis.nest.hulls)
        self.right = [0.0] * len(axis.nest.hulls)
        self.port = [0.0] * len(axis.links)
        self.notes: dict[tuple[int, str], float] = {}
        self.bars = BarRoom(axis, ruler)
        self.bodies, self.fan, self.taps, self.ledges = {**bodies}, fan, {**taps}, [*ledges]
        self.edge = 0.0
        self.labels = [NOWHERE] * max([1, *(len(widths) for widths in self.widths)])
        self.over = NOWHERE
        """The right end of what stands above the line so far."""
        self.chained = NOWHERE
        """The right end of the shelves over the last cell."""
        self.sheltered: dict[int, float] = {}
        """By hull, the right end of the shelves in it."""
        self.upright = NOWHERE
        """The last place where a way leads up from the line, or down to it."""

    def grid(self) -> Grid:
        """All that stands so far."""
        return Grid(
            axis=self.axis, ruler=self.ruler, x=self.x, half=self.half, widths=self.widths, left=self.left,
            right=self.right, port=self.port, notes=self.notes, bars=self.bars.bars,
            bodies=self.bodies, fan=self.fan, taps=self.taps, ledges=tuple(self.ledges),
        )  # fmt: skip

    def run(self) -> Grid:
        """All places; a sweep runs once."""
        if -1 in self.leaving.line:
            self._leave(-1)
            self.edge = s.PORT_STEP * (len(self.leaving.line[-1]) - 1) + 2 * s.PORT
        for place in range(len(self.axis.cells)):
            if place:
                self.edge += self._gap(place)
            for hull in self.axis.nest.opens[place]:
                self._open(hull)
            self._cell(place)
            for hull in self.axis.nest.closes[place]:
                self._close(hull)
            self._leave(place)
        if self.fan:
            # What leads into its branches begins a bend before them, which a cell hides, but not a port.
            self.edge = max(self.edge, self.over) + (s.BEND - s.TRUNK) * (self.axis.cells[-1].where == "port")
            self.fan = self._behind(self.fan)
        return self.grid()

    def _gap(self, place: int) -> float:
        axis = self.axis
        if axis.cells[place - 1].category == axis.cells[place].category == TAG:
            return s.BEAD
        if axis.border(place):
            gap = s.STAGE_GAP
        else:
            spacing = self.ruler.spacing
            cells = spacing.outside if axis.nest.inner[place] == -1 else spacing.inside
            gap = s.BLOCK_GAP if axis.nest.opens[place] or axis.nest.closes[place - 1] else cells
        ports = len(self.leaving.line.get(place - 1, ()))
        return gap + (s.PORT_STEP * (ports - 1) + s.TICK * (place - 1 in axis.ticks) if ports else 0.0)

    def _leave(self, place: int) -> None:
        """The ports behind a cell and the boxes that end with it; a tick comes first."""
        first = self.edge + s.PORT + s.TICK * (place in self.axis.ticks)
        if place in self.leaving.line and first < self.chained + s.AIR:
            # What stands over the cell hides the way up.
            self.edge += self.chained + s.AIR - first
            first = self.chained + s.AIR
        for number in self.leaving.line.get(place, ()):
            self._port(number, first)
            if number in self.taps:
                body = self.taps[number].stand(self.port[number], s.TAP)
                for lane in self.leaving.chains.get(place, ()):
                    # Behind all that stands on side chains.
                    self._port(lane, body.right + s.LEAD)
                    body = body._replace(far=self.port[lane])
                self.taps[number] = body
                self.over = body.far + s.PADDING

    def _port(self, number: int, first: float) -> None:
        """The port of a link, of those that leave from `first` on."""
        self.port[number] = first + s.PORT_STEP * self.axis.links[number].leave
        self.upright = max(self.upright, self.port[number])

    def _behind(self, body: Body) -> Body:
        """A body behind what stands."""
        # What stands over the line before it may be lower than its branches.
        over = self.over + s.AIR if self.ledges else NOWHERE
        trunk = max(self.edge + s.TRUNK, over, *self.labels)
        if body.sub.fork.start:
            return body.stand(trunk, s.FAN)
        return body.stand(trunk, s.BEGIN_GAP) if self.x else body.stand(0.0, 0.0)

    def _open(self, hull: int) -> None:
        left = max(self.edge, *self.labels)
        self.left[hull] = left
        self.labels = [left + s.AIR] * len(self.labels)
        ports = self.leaving.boxes.get(hull, ())
        for number in ports:
            self._port(number, left + self.ruler.spacing.port)
        padding = self.ruler.spacing.entry if ports else s.PADDING
        self.edge = left + padding + s.PORT_STEP * max(0, len(ports) - 1)

    def _cell(self, place: int) -> None:
        half, widths = self.half[place], self.widths[place]
        if place in self.bodies:
            body = self.bodies[place] = self._behind(self.bodies[place])
            self.edge = body.end()
            self.labels = [max(body.turns()) + s.AIR] * len(self.labels)
        x = self.edge + half
        if place in self.leaving.lanes:
            # No way between the cell and a lane may run through a tap before it.
            x = max(x, self.over + s.AIR + s.PORT_STEP * 2)
        x = max([x, *(reach + width / 2 for reach, width in zip(self.labels, widths, strict=False))])
        for number in self.leaving.arched.get(place, ()):
            link = self.axis.links[number]
            beside = s.PORT_STEP * link.crowd
            wide = side_width(link, self.ruler)
            x = max(x, widened(self.port[number], walls(self.grid(), number), x - beside, wide) + beside)
        if place in self.axis.perched:
            x = self._shelves(place, x)
        if place in self.leaving.steps:
            self.upright = max(self.upright, x + s.PORT_STEP * self.leaving.steps[place])
        if place in self.axis.bars:
            x = self.bars.take(place, x)
        for line, width in enumerate(widths):
            self.labels[line] = x + width / 2 + s.AIR
        self.x.append(x)
        self.edge = x + half

    def _shelves(self, place: int, x: float) -> float:
        """Places the shelves over a cell; the x at which it has room behind what leads down from them."""
        from . import shelves  # late: only figures with shelves need it

        axis, numbers = self.axis, self.axis.perched[place]
        links = [axis.links[drop] for number in numbers for drop in axis.drops.get(number, ())]
        beside = [s.PORT_STEP * link.arrive for link in links]
        free = not beside and place not in self.leaving.steps
        boxes = [self.left[hull] for hull in axis.nest.around(place)]
        under = shelves.Under(x, max(self.upright, self.over) + s.LEAD, boxes, free)
        stood, x = shelves.stand(axis, {number: self.ledges[number] for number in numbers}, under)
        for number, ledge in stood.items():
            self.ledges[number] = ledge
        self.chained = max(ledge.right for ledge in stood.values()) if free else NOWHERE
        hull = axis.nest.inner[place]
        self.sheltered[hull] = max(self.chained, self.sheltered.get(hull, NOWHERE))
        self.over = self.upright = max([self.chained, x, *(x + by for by in beside)])
        return x

    def _close(self, hull: int) -> None:
        left, box = self.left[hull], self.axis.nest.hulls[hull].box
        right = max(self.edge + s.PADDING, self.sheltered.get(hull, NOWHERE) + s.PADDING, *self.labels)
        corner = self.ruler.corner(repeat_text(box))
        right = max(right, left + corner + 2 * s.REPEAT_RIGHT if corner else 0.0)
        notes = [(role, width) for role, width in self._notes(hull) if width]
        standing = self.grid()
        legs = sorted(foot(standing, number, begins) for number, begins in self.axis.legs.get(hull, ()))
        for _, width in notes:
            right = max(right, left + width + 2 * s.NOTE_INSET)
            right = max(right, widened(left, legs, right, width))
        for role, width in notes:
            wish = (left + right) / 2 if role == "reason" else left + s.NOTE_INSET + width / 2
            self.notes[hull, role] = fit(wish, width, [left, *legs, right])
        self.right[hull] = self.edge = right
        self.labels = [right + s.AIR] * len(self.labels)

    def _notes(self, hull: int) -> tuple[tuple[str, float], ...]:
        """The texts at the top of a box, by role, with what they take."""
        box, ruler = self.axis.nest.hulls[hull].box, self.ruler
        marks = [(str(number), ruler.strong(text, ruler.caption)) for number, text in enumerate(box.marks)]
        return ("name", ruler.note(box.name or "")), ("reason", ruler.note(box.reason)), *marks
