"""A graph with the positions that Graphviz gave it, and how it is drawn. In D, from the graph's top left corner."""

from collections.abc import Mapping, Sequence

from ...core.records import NamedTuple
from ...diagram.inside import Inside
from ...diagram.model import Box, Cell, Edge, EdgeKind, Line, Tick
from ...styles.base import Extent, Side
from .. import sizes as s
from ..base import Point
from ..collector import Collector
from ..sizes import Ruler
from . import room, splines
from .answer import Answer, Asked
from .sidespans import StageSpan, side_spans
from .tiles import Tile

HEADED = ("residual", "skip")
SIDES: tuple[tuple[Side, Side], tuple[Side, Side]] = (("left", "right"), ("top", "bottom"))
"""Where ways come in and go out: to the right, and downwards."""
APART = 0.03
"""What a box is drawn smaller than its place on all sides: Graphviz leaves little between two."""
SIDE = 0.14
"""Between a shortcut and the side of its box."""
CELL_APART, BOX_APART, TEXT_APART = 0.21, 0.11, 0.0
"""What a cell with all that it keeps free around it, a box, and a text keep from a box that they are not in."""

Frame = tuple[float, float, float, float]
"""Left, top, width, height."""
DrawnEdge = tuple[Edge, list[Point]]
"""An edge of the kind as which it is drawn, and its points from border to border."""


class TileGraph(NamedTuple):
    """The lines that make a graph, all that is in them, and the rectangles that Graphviz is to place.

    `headings` are what boxes say, by box; `inside` tells what lies in which box. The edges that are `entering`, by
    number, come into the box of their target at a point that is held in it, so that the way from there is, too.
    """

    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    inside: Inside
    tiles: dict[str, Tile]
    headings: dict[str, Tile]
    down: bool
    entering: tuple[int, ...] = ()

    def shortcuts(self) -> tuple[int, ...]:
        """The edges that could be: those that end in a box outside which they begin, behind its first cell."""
        found, cells = [], self.inside.cells
        first = {box.id: box.first for box in self.boxes}
        for number, edge in enumerate(self.edges):
            box = cells[edge.target]
            outside = box and box not in self.around(cells[edge.source])
            if edge.kind == "residual" and outside and first[box] != edge.target:
                found.append(number)
        return tuple(found)

    def around(self, box: str) -> frozenset[str]:
        """A box and those around it; none for ""."""
        return frozenset([box, *self.around(self.inside.boxes[box])]) if box else frozenset()

    @property
    def asked(self) -> Asked:
        """What Graphviz is to place, by the names that the graph gives it."""
        headed = [f"box_{number}" for number, box in enumerate(self.boxes) if box.id in self.headings]
        return Asked(
            nodes=frozenset([*(f"cell_{number}" for number in range(len(self.cells))), *headed]),
            clusters=frozenset(f"cluster_{number}" for number in range(len(self.boxes))),
            edges=len(self.edges) + len(self.entering),
        )


class PlacedTile(NamedTuple):
    """A rectangle by its top left corner."""

    x: float
    y: float
    tile: Tile


def _sides(frame: Frame) -> room.Sides:
    x, y, width, height = frame
    return (x, x + width), (y, y + height)


def _moved(place: PlacedTile, right: Sequence[room.Cut], down: Sequence[room.Cut]) -> PlacedTile:
    """A rectangle goes with its middle."""
    (x, y, tile), half, middle = place, place.tile.width / 2, place.tile.height / 2
    return PlacedTile(room.moved(x + half, right) - half, room.moved(y + middle, down) - middle, tile)


def _stretched(frame: Frame, right: Sequence[room.Cut], down: Sequence[room.Cut]) -> Frame:
    (low, high), (top, bottom) = _sides(frame)
    left, above = room.moved(low, right), room.moved(top, down)
    return left, above, room.moved(high, right) - left, room.moved(bottom, down) - above


class PlacedGraph:
    """Cells, headings, boxes (left, top, width, height) and ways by what they are of."""

    def __init__(self, graph: TileGraph, found: Answer, unit: float) -> None:
        """`found` is what Graphviz says to what the graph has asked, `unit` to the D."""
        self.graph = graph
        self.width, self.height = found.width / unit, found.height / unit
        self.places: dict[str, PlacedTile] = {}
        self.told: dict[str, PlacedTile] = {}
        self.frames: dict[str, Frame] = {}
        for name, sides in found.clusters.items():
            low, bottom, high, over = (side / unit for side in sides)
            left, above = low + APART, self.height - over + APART
            box = graph.boxes[int(name.rpartition("_")[2])].id
            self.frames[box] = left, above, high - APART - left, over - bottom - 2 * APART
        for name, point in found.nodes.items():
            kind, _, number = name.partition("_")
            id = (graph.cells if kind == "cell" else graph.boxes)[int(number)].id
            tile = (graph.tiles if kind == "cell" else graph.headings)[id]
            x, y = (part / unit for part in point)
            place = PlacedTile(x - tile.width / 2, self.height - y - tile.height / 2, tile)
            (self.places if kind == "cell" else self.told)[id] = place
        self.routes = [splines.sampled(spline, unit, found.height) for spline in found.edges]
        for entering, behind in zip(graph.entering, self.routes[len(graph.edges) :], strict=True):
            self.routes[entering] += behind
        del self.routes[len(graph.edges) :]
        self.meeting = False
        """Whether things meet that cannot be drawn apart."""

    def stages(self) -> list[StageSpan]:
        """The brackets, and from where to where each reaches along the graph."""
        brackets = [one for line in self.graph.lines for one in line.brackets if not one.more]
        own = [cell.id for cell in self.graph.cells if cell.ids and cell.category != "input"]
        return side_spans(brackets, [(id, *self._along(id)) for id in own])

    def backwards(self) -> int:
        """How many edges lead to a cell that does not stand behind their source."""
        spans = {cell: self._along(cell) for cell in self.places}
        return sum(spans[edge.target][0] < spans[edge.source][1] for edge in self.graph.edges)

    def _along(self, cell: str) -> tuple[float, float]:
        """From where to where a cell reaches along the graph."""
        x, y, tile = self.places[cell]
        return (y, y + tile.height) if self.graph.down else (x, x + tile.width)

    def draw(self, collector: Collector, ruler: Ruler, left: float, top: float) -> None:
        """All of it, with its top left corner there."""
        ways = self._ways(ruler)
        for box in self.graph.boxes:
            x, y, width, height = self.frames[box.id]
            collector.box(box.id, left + x, top + y, Extent(width, height), self._depth(box.id), (False, False))
        for id, (x, y, tile) in self.told.items():
            tile.write(collector, id, left + x, top + y)
        for id, (x, y, tile) in self.places.items():
            tile.draw(collector, id, left + x, top + y)
        for edge, points in ways:
            way = [(left + x, top + y) for x, y in points]
            collector.edge(edge, [way], head=edge.kind in HEADED, radius=splines.ROUND)
        for tick in (tick for line in self.graph.lines for tick in line.ticks):
            self._tick(collector, tick, ways, left, top)

    def _depth(self, box: str) -> int:
        """How many boxes are around one."""
        parent = self.graph.inside.boxes[box]
        return self._depth(parent) + 1 if parent else 0

    def _ways(self, ruler: Ruler) -> list[DrawnEdge]:
        """Every edge from border to border of its cells; what is no short cut is a flow, on the line or not."""
        graph = self.graph
        cells = {cell.id: cell for cell in graph.cells}
        short = splines.short_cuts([(edge.source, edge.target) for edge in graph.edges])
        found: list[DrawnEdge] = []
        for number, (edge, points) in enumerate(zip(graph.edges, self.routes, strict=True)):
            kind: EdgeKind = "flow" if edge.kind == "skip" and number not in short else edge.kind
            ends = []
            for id, way in ((edge.source, 1), (edge.target, -1)):
                left, top, tile = self.places[id]
                x, y = left + tile.x, top + tile.y
                far = way * ruler.border(cells[id], SIDES[graph.down][way > 0], headed=kind in HEADED)
                ends.append((x, y + far) if graph.down else (x + far, y))
            inner = [self._between(edge, point) for point in points]
            found.append((edge._replace(kind=kind, member=0), splines.thinned([ends[0], *inner, ends[1]])))
        return found

    def settle(self, ruler: Ruler) -> None:
        """Widens boxes to hold their shortcuts, which begin outside, so that Graphviz counts them to no box; and draws
        the graph apart where one then comes too near to something else.
        """
        placed, held = self.frames, self._held(ruler, 0.0)
        self.frames = self._held(ruler, SIDE)
        right, down, self.meeting = room.cuts(self._things(held))
        if not (right or down):
            return
        self.width, self.height = room.moved(self.width, right), room.moved(self.height, down)
        self.routes = [[(room.moved(x, right), room.moved(y, down)) for x, y in points] for points in self.routes]
        self.places = {id: _moved(tile, right, down) for id, tile in self.places.items()}
        self.told = {id: _moved(tile, right, down) for id, tile in self.told.items()}
        self.frames = {id: _stretched(frame, right, down) for id, frame in placed.items()}
        self.frames = self._held(ruler, SIDE)

    def _held(self, ruler: Ruler, side: float) -> dict[str, Frame]:
        """The boxes with their shortcuts, so far from the sides of each."""
        frames, around, down = dict(self.frames), self.graph.inside, self.graph.down
        for edge, points in self._ways(ruler):
            id, air = around.cells[edge.target], 0.0
            while edge.kind == "residual" and id:
                air += side
                x, y, width, height = frames[id]
                if down:
                    low, high, sides = x, x + width, [px for px, py in points if y <= py <= y + height]
                else:
                    low, high, sides = y, y + height, [py for px, py in points if x <= px <= x + width]
                low, high = min([low, *(side - air for side in sides)]), max([high, *(side + air for side in sides)])
                frames[id] = (low, y, high - low, height) if down else (x, low, width, high - low)
                id = around.boxes[id]
        return frames

    def _things(self, held: Mapping[str, Frame]) -> list[room.Thing]:
        """All that keeps apart from boxes: these with what they hold, cells, and all rectangles with their texts."""
        inside = self.graph.inside
        found = [
            room.Thing(_sides(frame), _sides(held[id]), BOX_APART, self.graph.around(id), id)
            for id, frame in self.frames.items()
        ]
        for id, (x, y, tile) in self.places.items():
            around, (wide, high) = self.graph.around(inside.cells[id]), tile.cell
            left, top = (x, y + tile.y - high / 2) if self.graph.down else (x + tile.x - wide / 2, y)
            for frame, apart in (((left, top, wide, high), CELL_APART), ((x, y, tile.width, tile.height), TEXT_APART)):
                found.append(room.Thing(_sides(frame), _sides(frame), apart, around))
        for id, (x, y, tile) in self.told.items():
            sides = _sides((x, y, tile.width, tile.height))
            found.append(room.Thing(sides, sides, TEXT_APART, self.graph.around(id)))
        return found

    def _between(self, edge: Edge, point: Point) -> Point:
        """A point of a way: Graphviz may lead one back beside its own cell, over its label."""
        (x, y), (left, top, above), (right, bottom, _) = point, self.places[edge.source], self.places[edge.target]
        if self.graph.down:
            return x, max(min(y, bottom), top + above.height)
        return max(min(x, right), left + above.width), y

    def _tick(self, collector: Collector, tick: Tick, ways: list[DrawnEdge], left: float, top: float) -> None:
        """Behind its cell; in the middle of its own way where it has one."""
        all_ways = [(edge.target, points) for edge, points in ways if edge.source == tick.after]
        own = [points for target, points in all_ways if target == tick.before]
        points = own[0] if own else all_ways[0][1]
        (x, y), upright = splines.along(points, None if own else s.TICK * 2)
        collector.tick(tick.ids[0], left + x, top + y, upright)
