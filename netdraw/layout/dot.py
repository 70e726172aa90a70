"""The layout `dot`: any graph. Graphviz places cells and boxes and leads the edges; sizes and pictures are ours.

All in D.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagram.inside import Inside, inside
from ..diagram.model import Box, Cell, Diagram, Edge, Line, Tick
from ..styles.base import Metrics
from . import engine, frame, margin, route, tiles
from . import sizes as s
from .base import LAYOUTS, Page, Placement, Point, TooNarrow
from .canvas import Canvas
from .sizes import Ruler
from .tiles import Tile

if TYPE_CHECKING:
    from graphviz import Digraph

UNIT = 100.0
"""Graphviz's points to the D: it takes whole points alone for the parts of a rectangle."""
SPACE = {"nodesep": 0.34, "ranksep": 0.6}
"""Between things side by side, and between one rank and the next."""
WEIGHTS = {"flow": "6", "residual": "1", "skip": "1"}
"""How much an edge wants to be short and straight."""
BORDER = 0.24
"""Between what stands in a box and its border."""
FORWARD, ACROSS = ("p:s", "p:n"), ("p:e", "p:w")
"""The ports of an edge's tail and head: downwards, and to the right."""
HEADED = ("residual", "skip")


def dot(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a diagram out by Graphviz: to the right on a page wider than high, else downwards.

    What is wider than the page is drawn smaller, down to the page's least D; raises TooNarrow where that is not
    enough, and OptionError where there is no Graphviz. Past its limit of time the figure is a stack, and says so.
    """
    program = engine.engine()
    ruler = Ruler(metrics)
    try:
        graph = _Graph(diagram, ruler, down=not page.landscape)
        graph.place(engine.positions(program, graph.source()))
    except engine.Late:
        return _instead(diagram, metrics, page)
    return _drawn(graph, diagram, metrics, page)._replace(engine=f"dot, {program.name}")


def _instead(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """The figure as a stack, with a word on why."""
    said = diagram.words.caption
    note = f"Graphviz took more than {engine.LIMIT:g} s: drawn as a stack."
    words = diagram.words._replace(caption=f"{said} {note}".strip())
    return LAYOUTS["stack"](diagram._replace(words=words), metrics, page)


def _drawn(graph: _Graph, diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    ruler, lines = graph.ruler, [line for line in diagram.lines if line.name]
    panels = None
    if lines:
        from .panels import Panels

        panels = Panels(lines, ruler)
    side = margin.Margin(graph.stages(), diagram.words, ruler, graph.down)
    room = math.inf if page.width is None else page.width / metrics.d
    least = panels.least if panels else 0.0
    natural = max(graph.width + side.wide + 2 * s.MARGIN, least, frame.unbroken(diagram, ruler))
    least = min(page.least or metrics.d, metrics.d) / metrics.d
    if natural > room / least + 1e-6:
        raise TooNarrow(natural * least * metrics.d)
    shrink = min(1.0, room / natural)
    room = room / shrink
    width = max(natural, frame.least(diagram, ruler, None if math.isinf(room) else room))
    if panels:
        width = max(width, panels.width(width if math.isinf(room) else room))
    canvas = Canvas(metrics.d * shrink)
    titled = diagram.words.titled and room > s.COLUMN
    y = frame.header(canvas, diagram.words, ruler, width, titled)
    left = (width - graph.width - side.wide) / 2
    graph.draw(canvas, left, y)
    side.draw(canvas, left, y, graph.width, graph.height)
    y += graph.height + side.high
    if panels:
        y = panels.draw(canvas, y, width)
    canvas.reorder(cell.id for line in diagram.lines for cell in line.cells)
    height = frame.footer(canvas, diagram, ruler, width, y)
    return canvas.placement(width, height, 1)


class _Placed(NamedTuple):
    """A rectangle by its top left corner."""

    x: float
    y: float
    tile: Tile


class _Graph:
    """All lines of a diagram that have no name as one graph: its source, then its places."""

    def __init__(self, diagram: Diagram, ruler: Ruler, down: bool) -> None:
        self.ruler, self.down = ruler, down
        self.lines = [line for line in diagram.lines if not line.name]
        bars = {bar.cell: bar for line in self.lines for bar in line.bars}
        most = max([bar.value for bar in bars.values()], default=1)
        self.cells: list[Cell] = [cell for line in self.lines for cell in line.cells]
        self.boxes: list[Box] = [box for line in self.lines for box in line.boxes]
        self.edges: list[Edge] = [edge for line in self.lines for edge in line.edges]
        self.names = {cell.id: f"n{number}" for number, cell in enumerate(self.cells)}
        self.tiles = {cell.id: tiles.tile(cell, bars.get(cell.id), most, ruler, down) for cell in self.cells}
        self.headings = {box.id: found for box in self.boxes if (found := tiles.heading(box, ruler))}
        self.width = self.height = 0.0
        self.places: dict[str, _Placed] = {}
        self.told: dict[str, _Placed] = {}
        self.frames: dict[str, tuple[float, float, float, float]] = {}
        self.routes: list[list[Point]] = []

    def source(self) -> str:
        """The graph as Graphviz reads it: names of our own, sizes, and no text."""
        from graphviz import Digraph

        graph = Digraph()
        space = {key: f"{value * UNIT / 72:.3f}" for key, value in SPACE.items()}
        graph.attr("graph", rankdir="TB" if self.down else "LR", splines="true", **space)
        graph.attr("node", shape="plain", margin="0")
        graph.attr("edge", dir="none")
        for line in self.lines:
            self._line(graph, line, inside(line))
        tail, head = FORWARD if self.down else ACROSS
        for number, edge in enumerate(self.edges):
            source, target = self.names[edge.source], self.names[edge.target]
            ends = {"tailport": tail, "headport": head, "id": str(number), "weight": WEIGHTS[edge.kind]}
            graph.edge(source, target, **ends)
        return str(graph.source)

    def _line(self, graph: Digraph, line: Line, found: Inside) -> None:
        held: dict[str, list[Cell]] = {}
        for cell in line.cells:
            held.setdefault(found.cells[cell.id], []).append(cell)
        boxes: dict[str, list[Box]] = {}
        for box in line.boxes:
            boxes.setdefault(found.boxes[box.id], []).append(box)
        numbers = {box.id: number for number, box in enumerate(self.boxes)}

        def fill(graph: Digraph, id: str) -> None:
            for cell in held.get(id, ()):
                group = {"group": "line"} if cell.where == "line" else {}
                graph.node(self.names[cell.id], _table(self.tiles[cell.id], self.down), **group)
            for box in boxes.get(id, ()):
                with graph.subgraph(name=f"cluster_{numbers[box.id]}") as part:
                    part.attr("graph", margin=f"{BORDER * UNIT:g}")
                    fill(part, box.id)
                    if box.id in self.headings:
                        part.node(f"b{numbers[box.id]}", _table(self.headings[box.id], self.down))

        fill(graph, "")

    def place(self, found: dict[str, Any]) -> None:
        """Takes the positions over."""
        _, _, right, top = (float(part) for part in found["bb"].split(","))
        self.width, self.height = right / UNIT, top / UNIT
        names = {name: id for id, name in self.names.items()}
        for item in found.get("objects", ()):
            name = item["name"]
            if name.startswith("cluster_"):
                low, bottom, high, over = (float(part) / UNIT for part in item["bb"].split(","))
                self.frames[self.boxes[int(name[8:])].id] = (low, self.height - over, high - low, over - bottom)
            elif name in names:
                self.places[names[name]] = self._placed(item, self.tiles[names[name]])
            else:
                id = self.boxes[int(name[1:])].id
                self.told[id] = self._placed(item, self.headings[id])
        self.routes = [[] for _ in self.edges]
        for item in found.get("edges", ()):
            self.routes[int(item["id"])] = route.sampled(item["pos"], UNIT, top)

    def _placed(self, item: dict[str, Any], tile: Tile) -> _Placed:
        x, y = (float(part) / UNIT for part in item["pos"].split(","))
        return _Placed(x - tile.width / 2, self.height - y - tile.height / 2, tile)

    def stages(self) -> Iterator[tuple[Any, float, float]]:
        """The brackets, and from where to where each reaches along the graph."""
        for line in self.lines:
            order = {cell.id: place for place, cell in enumerate(line.cells)}
            for bracket in line.brackets:
                first = order[bracket.first]
                while first and line.cells[first - 1].where not in ("line", "port"):
                    first -= 1  # branches stand before their join
                spans = [
                    (place.y, place.y + place.tile.height) if self.down else (place.x, place.x + place.tile.width)
                    for cell in line.cells[first : order[bracket.last] + 1]
                    for place in (self.places[cell.id],)
                ]
                yield bracket, min(low for low, _ in spans), max(high for _, high in spans)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """All of it, with its top left corner there."""
        depths = {box.id: 0 for box in self.boxes}
        for line in self.lines:
            around = inside(line).boxes
            for box in line.boxes:
                outer = around[box.id]
                while outer:
                    depths[box.id] += 1
                    outer = around[outer]
        for box in self.boxes:
            x, y, width, height = self.frames[box.id]
            canvas.rect(canvas.boxes, box.id, left + x, top + y, width, height, depths[box.id])
            if box.id in self.told:
                x, y, tile = self.told[box.id]
                tile.write(canvas, box.id, left + x, top + y)
        for id, (x, y, tile) in self.places.items():
            tile.draw(canvas, id, left + x, top + y)
        for edge, points in zip(self.edges, self.routes, strict=True):
            way = [(left + x, top + y) for x, y in self._ended(edge, points)]
            ends = (edge.source, edge.target)
            canvas.wire(ends, edge.kind, [way], head=edge.kind in HEADED, radius=route.ROUND)
        for line in self.lines:
            for tick in line.ticks:
                self._tick(canvas, tick, left, top)

    def _ended(self, edge: Edge, points: list[Point]) -> list[Point]:
        """A way from border to border of the discs; a silhouette that is no disc is drawn over the end of its flow."""
        cells = {cell.id: cell for cell in self.cells}
        ends = []
        for id, side in ((edge.source, 1), (edge.target, -1)):
            x, y, tile = self.places[id]
            extent = self.ruler.extent(cells[id])
            share = 0.5 if extent.width == extent.height or edge.kind in HEADED else 0.25
            across, deep = (0.0, extent.height * share) if self.down else (extent.width * share, 0.0)
            ends.append((x + tile.x + side * across, y + tile.y + side * deep))
        return route.thinned([ends[0], *points, ends[1]])

    def _tick(self, canvas: Canvas, tick: Tick, left: float, top: float) -> None:
        """Behind its cell; in the middle of its own way where it has one."""
        at = [n for n, edge in enumerate(self.edges) if edge.source == tick.after and edge.target == tick.before]
        ways = at or [n for n, edge in enumerate(self.edges) if edge.source == tick.after]
        points = self._ended(self.edges[ways[0]], self.routes[ways[0]])
        (x, y), upright = route.along(points, route.length(points) / 2 if at else s.TICK * 2)
        canvas.tick(tick.ids[0], left + x, top + y, upright)


def _table(tile: Tile, down: bool) -> str:
    """A rectangle as Graphviz takes it: a part with the port `p` for the disc, and the rest."""
    width, height = math.ceil(tile.width * UNIT), math.ceil(tile.height * UNIT)
    across, deep = (math.ceil(side * UNIT) for side in tile.disc)
    first = _part(across or 1, deep or 1, ' PORT="p"')
    rest = _part(width - across, height) if down else _part(width, height - deep)
    more = width > across if down else height > deep
    if not across:
        inner = f"<TR>{_part(width, height)}</TR>"
    elif not more:
        inner = f"<TR>{first}</TR>"
    else:
        inner = f"<TR>{first}{rest}</TR>" if down else f"<TR>{first}</TR><TR>{rest}</TR>"
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{inner}</TABLE>>'


def _part(width: int, height: int, port: str = "") -> str:
    return f'<TD{port} FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}"></TD>'
