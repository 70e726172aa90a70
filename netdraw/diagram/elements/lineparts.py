"""What stands on one line, before it says anything: its cells, their order, and what holds and joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...analysis.model import Analysis
from ...graph.model import Graph
from ..branches.forks import find_forks
from ..folding.barecells import BareCells, BlockFace, find_cells, find_members, find_pairs, line_order, run_starts
from ..folding.fuse import Fused, fuse
from ..folding.index import Index, index
from ..folding.members import Drawn, draw_all, draw_folded
from ..folding.pieces import with_pieces
from ..model import Box, Cell, Edge, Fork, Line, Shelf, Tag, Where
from ..said.glossary import Glossary, glossary
from ..view import View
from .boxes import make_boxes, make_shared
from .edges import make_edges


class LineParts(NamedTuple):
    """The parts of a line. `where` is by the number of a cell, `order` that of the cells as they stand on the line."""

    table: Index
    fused: Fused
    drawn: Drawn
    made: BareCells
    where: tuple[Where, ...]
    order: tuple[int, ...]
    forks: tuple[Fork, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    shelves: tuple[Shelf, ...]
    tags: tuple[Tag, ...]

    @property
    def ports(self) -> frozenset[int]:
        """The cells of inputs, and of outputs that have one of their own."""
        return frozenset([*range(len(self.table.graph.inputs)), *self.made.outputs.values()])

    def line(self, cells: Sequence[Cell], boxes: tuple[Box, ...] | None = None) -> Line:
        """The line with these cells, which are by number, and with other boxes where these are given."""
        return Line(
            cells=tuple([cells[number] for number in self.order]),
            ticks=self.made.ticks,
            edges=self.edges,
            boxes=self.boxes if boxes is None else boxes,
            brackets=(),
            bars=(),
            forks=self.forks,
            shelves=self.shelves,
            tags=self.tags,
        )


def line_parts(graph: Graph, analysis: Analysis, view: View) -> LineParts:
    """The parts of a graph's line, with repeats folded where the view folds them."""
    table = index(graph)
    fused, words = fuse(table, view.fuse_pool), glossary(view.lang)
    if view.unfold:
        return assemble(table, fused, draw_all(table, analysis), words)
    table = with_pieces(table, fused, analysis)
    return assemble(table, fused, draw_folded(table, fused, analysis), words)


def assemble(
    table: Index,
    fused: Fused,
    drawn: Drawn,
    words: Glossary,
    closed: Mapping[int, BlockFace] | None = None,
    inputs_first: bool = False,
) -> LineParts:
    """The line of the cells that `fused` makes of the nodes that are drawn; `closed` are by their owner.

    Under `inputs_first` all inputs stand at its beginning, the first one last.
    """
    made = find_cells(table, fused, drawn, closed)
    pairs = find_pairs(table, fused, drawn, made)
    order = line_order(made, pairs, inputs_first)
    once = {made.numbers[place] for place in {*drawn.alike.values()} if len(drawn.sources[place]) > 1}
    shape = find_forks(made.cells, pairs, order, run_starts(table, drawn, made), once)
    where: list[Where] = ["arc" if cell.arc else "line" for cell in made.cells]
    for number, off in shape.where.items():
        where[number] = off
    boxes = make_boxes(table, drawn, made, where, shape.forks, words)
    return LineParts(
        table=table,
        fused=fused,
        drawn=drawn,
        made=made,
        where=tuple(where),
        order=order,
        forks=shape.forks,
        boxes=(*boxes, *make_shared(made, shape.forks, once)),
        edges=make_edges(made, where, pairs, find_members(drawn, made), shape, order),
        shelves=shape.shelves,
        tags=shape.tags,
    )
