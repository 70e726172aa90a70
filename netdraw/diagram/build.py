"""From a graph and its costs to a Diagram: one pure pass for one View."""

from __future__ import annotations

from ..analysis.model import Analysis
from ..graph.model import Graph
from .bars import make_bars
from .boxes import make_boxes
from .brackets import make_brackets, stage_reaches
from .cells import find_pairs, line_order, make_cells, make_edges, place_cells
from .forks import find_forks
from .fuse import fuse
from .glossary import glossary
from .index import index
from .legend import make_legend
from .members import draw_all, draw_folded
from .model import Diagram, Line
from .relabel import relabel
from .values import bar_key, view_bars
from .view import View
from .words import CONVENTIONS, About, make_words


def build(graph: Graph, analysis: Analysis, view: View, about: About) -> Diagram:
    """The figure of one network, on one line."""
    table = index(graph)
    fused = fuse(table, view.fuse_pool)
    drawn = draw_all(table, analysis) if view.unfold else draw_folded(table, fused, analysis)
    made = make_cells(table, fused, drawn)
    pairs = find_pairs(table, fused, drawn, made)
    order = line_order(made, pairs)
    shape = find_forks(made.cells, pairs, order)
    place_cells(made, shape)
    boxes = make_boxes(table, drawn, made, shape.forks)
    reaches = stage_reaches(analysis, table, drawn, made)
    boxes = relabel(table, made, boxes, view)
    bars = view_bars(view, make_bars(reaches, table, drawn, made, boxes), made, analysis)
    brackets = make_brackets(reaches, made, view.cost)
    edges = make_edges(made, pairs, shape.forks, order)
    words = make_words(graph, analysis, view, about, bars)
    line = Line(tuple([made.cells[number] for number in order]), made.ticks, edges, boxes, brackets, bars, shape.forks)
    total = analysis.total
    meta = (
        ("view", view._asdict()),
        ("totals", {"params": total.params, "macs": total.macs, "not_counted": list(analysis.not_counted)}),
        ("convention", CONVENTIONS[view.cost]),
    )
    said = glossary(view.lang)
    legend = (*make_legend(table, made, said), *bar_key(view, bars, said)) if view.legend else ()
    return Diagram((line,), legend, words, meta)
