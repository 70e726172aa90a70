"""From a graph and its costs to a Diagram: one pure pass for one View."""

from collections.abc import Mapping
from typing import NamedTuple

from ..analysis.model import Analysis
from ..graph.model import Graph
from ..ops.base import Face
from .branches.forks import find_forks
from .elements.bars import every_bar, make_bars
from .elements.boxes import make_boxes, make_shared
from .elements.brackets import lacking, make_brackets, stage_reaches
from .elements.cells import Cells, find_members, find_pairs, line_order, make_cells, make_edges, place_cells, run_starts
from .elements.closed import Closed
from .elements.legend import Keyed, make_legend
from .folding.fuse import Fused, fuse
from .folding.index import Index, index
from .folding.members import Drawn, draw_all, draw_folded
from .folding.pieces import with_pieces
from .model import Box, Diagram, Edge, Fork, LegendEntry, Line, Mark, Shelf, Tag
from .said.glossary import glossary
from .view import View
from .words import CONVENTIONS, About, make_words

AS_ASKED = "as asked"
"""The name of the rung on which nothing is changed."""


class Parts(NamedTuple):
    """What stands on one line, before it says anything: its cells, their order, and what holds and joins them."""

    table: Index
    fused: Fused
    drawn: Drawn
    made: Cells
    order: list[int]
    forks: tuple[Fork, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    shelves: tuple[Shelf, ...]
    tags: tuple[Tag, ...]


def build(graph: Graph, analysis: Analysis, view: View, about: About, rung: str = AS_ASKED) -> Diagram:
    """The figure of one network, on one line; where blocks are drawn open once, on a line each below it.

    `rung` is the name of the view on the ladder of those that are tried.
    """
    parts = take_parts(graph, analysis, view)
    said = glossary(view.lang)
    lines: tuple[Line, ...] = ()
    keyed: list[Keyed] = []
    if view.depth != "layer":
        from .closing.closing import close

        parts, lines, keyed = close(parts, analysis, view, said)
    table, made = parts.table, parts.made
    reaches = stage_reaches(analysis, table, parts.drawn, made)
    boxes = parts.boxes
    if view.changes_labels:
        from .elements.relabel import relabel

        boxes = relabel(table, made, boxes, view)
    bars = every_bar(table, made, boxes) if view.every_bar else make_bars(reaches, table, parts.drawn, made, boxes)
    key: tuple[LegendEntry, ...] = ()
    if view.changes_bars:
        from .elements.values import bar_key, view_bars

        bars = view_bars(view, bars, made, analysis)
        key = bar_key(view, bars, said)
    brackets = make_brackets(reaches, made, view.cost, lacking(analysis, view.cost))
    words = make_words(graph, analysis, view, about, bars, bool(made.faces))
    cells = tuple([made.cells[number] for number in parts.order])
    line = Line(
        cells, made.ticks, parts.edges, boxes, brackets, bars, parts.forks, shelves=parts.shelves, tags=parts.tags
    )
    legend = (*make_legend([(table, made), *keyed], said, view.depth), *key) if view.legend else ()
    marks: tuple[Mark, ...] = ()
    if view.highlight:
        from .parts.highlight import find_marks

        marks = find_marks(parts, view.highlight)
    return Diagram(_lettered((line, *lines)), legend, words, meta(analysis, view, rung), marks)


def _lettered(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with letters in their tags, if they have any."""
    if not any(line.tags for line in lines):
        return lines
    from .branches.tags import lettered  # not on the way of most figures

    return lettered(lines)


def take_parts(graph: Graph, analysis: Analysis, view: View) -> Parts:
    """The parts of a graph's line, with repeats folded where the view folds them."""
    table = index(graph)
    fused = fuse(table, view.fuse_pool)
    if view.unfold:
        return assemble(table, fused, draw_all(table, analysis))
    table = with_pieces(table, fused, analysis)
    return assemble(table, fused, draw_folded(table, fused, analysis))


def assemble(
    table: Index,
    fused: Fused,
    drawn: Drawn,
    closed: Mapping[int, tuple[Closed, Face]] | None = None,
    order: list[int] | None = None,
) -> Parts:
    """The line of the cells that `fused` makes of the nodes that are drawn; in graph order unless an order is given."""
    made = make_cells(table, fused, drawn, closed)
    pairs = find_pairs(table, fused, drawn, made)
    order = line_order(made, pairs) if order is None else order
    once = {made.numbers[place] for place in {*drawn.alike.values()} if len(drawn.sources[place]) > 1}
    shape = find_forks(made.cells, pairs, order, run_starts(table, drawn, made), once)
    place_cells(made, shape)
    boxes = (*make_boxes(table, drawn, made, shape.forks), *make_shared(made, shape.forks, once))
    edges = make_edges(made, pairs, find_members(drawn, made), shape, order)
    return Parts(table, fused, drawn, made, order, shape.forks, boxes, edges, shape.shelves, shape.tags)


def meta(analysis: Analysis, view: View, rung: str) -> tuple[tuple[str, object], ...]:
    total = analysis.total
    return (
        ("view", view.chosen()),
        ("rung", rung),
        ("totals", {"params": total.params, "macs": total.macs, "not_counted": list(analysis.not_counted)}),
        ("convention", CONVENTIONS[view.cost]),
    )
