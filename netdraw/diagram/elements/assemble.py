"""From a graph to the parts of its line."""

from collections.abc import Mapping

from ...analysis.model import Analysis
from ...graph.model import Graph
from ..branches.forks import find_forks
from ..folding.barecells import BlockFace, find_cells, find_members, find_pairs, line_order, run_starts
from ..folding.fuse import Fused, fuse
from ..folding.index import Index, index
from ..folding.members import Drawn, draw_all, draw_folded
from ..folding.pieces import with_pieces
from ..said.glossary import Glossary, glossary
from ..view import View
from .boxes import make_boxes, make_shared
from .edges import make_edges
from .lineparts import LineParts


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
    parts = LineParts(
        table=table,
        fused=fused,
        drawn=drawn,
        made=made,
        where=tuple([shape.where.get(number, "arc" if cell.arc else "line") for number, cell in enumerate(made.cells)]),
        order=order,
        forks=shape.forks,
        shelves=shape.shelves,
        tags=shape.tags,
    )
    boxes = (*make_boxes(parts, words), *make_shared(parts, once))
    return parts._replace(boxes=boxes, edges=make_edges(parts, pairs, find_members(drawn, made)))
