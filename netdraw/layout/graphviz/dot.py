"""The layout `dot`: any graph. Graphviz places cells and boxes and leads the edges; sizes and pictures are ours.

All in D.
"""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...diagram.inside import Inside, inside
from ...diagram.model import Box, Cell, Diagram, by_key
from ...diagram.said.glossary import glossary
from ...styles.base import Metrics
from .. import headfoot
from .. import sizes as s
from ..base import LAYOUTS, Page, Placement, TooNarrow
from ..collector import Collector
from ..sizes import Ruler
from ..strip.strip import open_panels
from . import engine, sidebrackets, tiles
from .placed import APART, PlacedGraph, TileGraph
from .tiles import Tile

if TYPE_CHECKING:
    from graphviz import Digraph

UNIT = 100.0
"""Graphviz's points to the D: it takes whole points alone for the parts of a rectangle."""
SPACE = {"nodesep": 0.18, "ranksep": 0.42}
"""Between things side by side, and between one rank and the next."""
WEIGHTS = {"flow": "6", "residual": "1", "skip": "1"}
"""How much an edge wants to be short and straight."""
BORDER = 0.16
"""Between what stands in a box and its border."""
ENTRY = "0.01"
"""How wide the point is, in inches, at which a shortcut comes into its box: beside the first cell of that, where it
would else stand right before its end."""
FORWARD, ACROSS = ("p:s", "p:n"), ("p:e", "p:w")
"""The ports of an edge's tail and head: downwards, and to the right."""


def dot(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a diagram out by Graphviz: to the right on a page wider than high, else downwards.

    What is wider than the page is drawn smaller, down to the page's least D; raises TooNarrow where that is not
    enough, and OptionError where there is no Graphviz. Past its limit of time the figure is a stack, and says so.
    """
    program = engine.engine()
    down = page.width is not None and page.width <= (page.height or math.inf)
    try:
        ruler = Ruler(metrics)
        placed = _placed(program, _graph(diagram, ruler, down), ruler)
    except engine.Late:
        return _instead(diagram, metrics, page)
    return _drawn(placed, diagram, metrics, page)._replace(engine=f"dot, {program.name}")


def _placed(program: engine.Engine, graph: TileGraph, ruler: Ruler) -> PlacedGraph:
    """The graph with its places. That its line is straight weighs more with Graphviz than that all ways lead onwards:
    where some do not, it is asked once more, without that. And where boxes meet once they are widened for their
    shortcuts, with the shortcuts held in them, which makes it higher.
    """

    def ask(graph: TileGraph, straight: bool) -> PlacedGraph:
        found = PlacedGraph(graph, engine.positions(program, _source(graph, straight), graph.asked), UNIT)
        found.settle(ruler)
        return found

    def best(graph: TileGraph) -> PlacedGraph:
        found = ask(graph, True)
        return min(found, ask(graph, False), key=PlacedGraph.backwards) if found.backwards() else found

    found = best(graph)
    return best(graph._replace(entering=graph.shortcuts())) if found.meeting else found


def _instead(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """The figure as a stack, with a word on why."""
    from ..stack import stack  # late: only a graph that is not laid out in time

    note = glossary(diagram.meta.view.lang if diagram.meta else "en").say("caption.late", seconds=f"{engine.LIMIT:g}")
    words = diagram.words._replace(caption=f"{diagram.words.caption} {note}".strip())
    return stack(diagram._replace(words=words), metrics, page)._replace(engine="stack")


def _drawn(graph: PlacedGraph, diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """The graph on its page, with what stands around it."""
    ruler = Ruler(metrics)
    panels = open_panels(diagram, ruler)
    side = sidebrackets.SideBrackets(graph.stages(), diagram.words, ruler, graph.graph.down)
    room, words = page.room(metrics.d), headfoot.unbroken(diagram, ruler)
    natural = max(graph.width + side.wide + 2 * s.MARGIN, panels.least if panels else 0.0, words)
    least = min(page.least or metrics.d, metrics.d) / metrics.d
    if natural > room / least + 1e-6:
        raise TooNarrow(natural * least * metrics.d)
    shrink = min(1.0, room / natural)
    room = room / shrink
    width = max(natural, headfoot.least(diagram, ruler, room))
    if panels:
        width = max(width, panels.width(width if math.isinf(room) else room))
    collector = Collector(metrics.d * shrink)
    y = headfoot.header(collector, diagram.words, ruler, width, room)
    left = (width - graph.width - side.wide) / 2
    graph.draw(collector, ruler, left, y)
    side.draw(collector, left, y, graph.width, graph.height)
    y += graph.height + side.high
    if panels:
        y = panels.draw(collector, y, width)
    return headfoot.finished(collector, diagram, ruler, width, y)


def _graph(diagram: Diagram, ruler: Ruler, down: bool) -> TileGraph:
    """All lines of a diagram that have no name as one graph."""
    lines = tuple(line for line in diagram.lines if not line.name)
    bars = {bar.cell: bar for line in lines for bar in line.bars}
    most = max([bar.value for bar in bars.values()], default=1)
    cells = tuple(cell for line in lines for cell in line.cells)
    boxes = tuple(box for line in lines for box in line.boxes)
    around = [inside(line) for line in lines]
    return TileGraph(
        lines=lines,
        cells=cells,
        boxes=boxes,
        edges=tuple(edge for line in lines for edge in line.edges),
        inside=Inside(
            cells=dict(ChainMap(*(one.cells for one in around))), boxes=dict(ChainMap(*(one.boxes for one in around)))
        ),
        tiles={cell.id: tiles.tile(cell, bars.get(cell.id), most, ruler, down) for cell in cells},
        headings={box.id: found for box in boxes if (found := tiles.heading(box, ruler))},
        down=down,
    )


def _source(graph: TileGraph, straight: bool) -> str:
    """The graph as Graphviz reads it, its line `straight` or not: names of our own, sizes, and no text."""
    from graphviz import Digraph

    down, inside, made = graph.down, graph.inside, Digraph()
    names = {cell.id: f"cell_{number}" for number, cell in enumerate(graph.cells)}
    numbers = {box.id: number for number, box in enumerate(graph.boxes)}
    entries = by_key((inside.cells[graph.edges[number].target], number) for number in graph.entering)

    def fill(made: Digraph, id: str, held: dict[str, list[Cell]], boxes: dict[str, list[Box]]) -> None:
        """The cells of a box, and the boxes in it; what a box says is a node in it, which no edge can cross."""
        for cell in held.get(id, ()):
            group = {"group": "line"} if straight and cell.where == "line" else {}
            made.node(names[cell.id], _table(graph.tiles[cell.id], down), **group)
        for box in boxes.get(id, ()):
            with made.subgraph(name=f"cluster_{numbers[box.id]}") as part:
                part.attr("graph", margin=f"{(BORDER + APART) * UNIT:g}")
                fill(part, box.id, held, boxes)
                if own := entries.get(box.id, ()):
                    with part.subgraph(graph_attr={"rank": "same"}) as row:
                        row.node(names[box.first])
                        for number in own:
                            row.node(f"entry_{number}", "", shape="point", width=ENTRY)
                if box.id in graph.headings:
                    part.node(f"box_{numbers[box.id]}", _table(graph.headings[box.id], down))

    space = {key: f"{value * UNIT / 72:.3f}" for key, value in SPACE.items()}
    made.attr("graph", rankdir="TB" if down else "LR", splines="true", **space)
    made.attr("node", shape="plain", margin="0")
    made.attr("edge", dir="none")
    for line in graph.lines:
        held = by_key((inside.cells[cell.id], cell) for cell in line.cells)
        fill(made, "", held, by_key((inside.boxes[box.id], box) for box in line.boxes))
    _lead(made, graph, names)
    return str(made.source)


def _lead(made: Digraph, graph: TileGraph, names: Mapping[str, str]) -> None:
    """The edges, by the names of their cells; one that is led by an entry of its box is two, of which the second counts
    behind all edges.
    """
    tail, head = FORWARD if graph.down else ACROSS
    for number, edge in enumerate(graph.edges):
        source, target, weight = names[edge.source], names[edge.target], WEIGHTS[edge.kind]
        if number in graph.entering:
            entry, behind = f"entry_{number}", len(graph.edges) + graph.entering.index(number)
            made.edge(source, entry, tailport=tail, id=str(number), weight=weight)
            made.edge(entry, target, headport=head, id=str(behind), weight=weight)
        else:
            made.edge(source, target, tailport=tail, headport=head, id=str(number), weight=weight)


def _table(tile: Tile, down: bool) -> str:
    """A rectangle as Graphviz takes it: a part with the port `p` for the cell, and the rest."""
    width, height = math.ceil(tile.width * UNIT), math.ceil(tile.height * UNIT)
    across, deep = (math.ceil(side * UNIT) for side in tile.cell)
    parts = [_part(across, deep, ' PORT="p"')] if across else [_part(width, height)]
    if across and (width > across if down else height > deep):
        parts.append(_part(width - across, height) if down else _part(width, height - deep))
    inner = ("" if down else "</TR><TR>").join(parts)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR>{inner}</TR></TABLE>>'


def _part(width: int, height: int, port: str = "") -> str:
    return f'<TD{port} FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}"></TD>'


LAYOUTS.add("dot", dot)
