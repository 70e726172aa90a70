"""From a graph and its costs to a Diagram: one pure pass for one View."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..analysis.model import Analysis
from ..core.records import NamedTuple
from ..graph.model import Graph
from .elements.assemble import line_parts
from .elements.bars import every_bar, make_bars
from .elements.brackets import StageCells, make_brackets, stage_cells, unsaid
from .elements.cells import Sayer, make_cells
from .elements.legend import Keyed, make_legend
from .elements.lineparts import LineParts
from .folding.fuse import activations
from .model import Bar, Cell, Diagram, Highlight, LegendEntry, Line, Meta, Totals
from .said.glossary import Glossary, glossary
from .texts import CONVENTIONS, About, make_texts
from .view import View

if TYPE_CHECKING:
    from .only import Only

AS_ASKED = "as asked"
"""The name of the rung on which nothing is changed."""


class BuiltDiagram(NamedTuple):
    """A diagram with the parts that its first line is made of, and that line's cells by number."""

    diagram: Diagram
    parts: LineParts
    cells: tuple[Cell, ...]


def build(graph: Graph, analysis: Analysis, view: View, about: About, rung: str = AS_ASKED) -> Diagram:
    """The figure of one network, on one line; where blocks are drawn open once, on a line each below it.

    `rung` is the name of the view on the ladder of those that are tried.
    """
    return build_parts(graph, analysis, view, about, rung).diagram


def build_parts(graph: Graph, analysis: Analysis, view: View, about: About, rung: str = AS_ASKED) -> BuiltDiagram:
    """The same, with what it is made of."""
    said = glossary(view.lang)
    whole = line_parts(graph, analysis, view)
    parts, below, keyed = _closed(whole, analysis, view)
    sayer = Sayer(parts, parts.boxes, view)
    cells = _signed(make_cells(parts, sayer), graph, analysis)
    stages = stage_cells(analysis, parts)
    bars = _bars(parts, cells, stages, analysis, view)
    brackets = unsaid(make_brackets(stages, parts, analysis, view.cost), parts, cells)
    line = parts.line(cells, sayer.boxes)._replace(brackets=brackets, bars=bars)
    diagram = Diagram(
        lines=_lettered((line, *below)),
        legend=_legend([(parts, cells), *keyed], bars, view, said),
        words=make_texts(graph, analysis, view, about, (line,), activations(whole.table, whole.fused).values()),
        meta=_meta(analysis, view, rung),
        marks=_marks(parts, view),
    )
    return BuiltDiagram(diagram, parts, cells)


def build_only(chosen: "Only", view: View, about: About, rung: str = AS_ASKED) -> Diagram:
    """The figure of parts of a network, each on a line with its name and input, with one legend and totals over all."""
    figures = [build(part.graph, part.analysis, view, about, rung) for part in chosen.parts]
    if len(figures) == 1:
        return figures[0]
    graph, analysis = chosen.whole
    lines: list[Line] = []
    for part, figure in zip(chosen.parts, figures, strict=True):
        first, *others = figure.lines
        # Under its input a part says its name.
        head = first.cells[0]._replace(label=(*first.cells[0].label[:1], part.graph.name))
        lines += [first._replace(cells=(head, *first.cells[1:])), *others]
    return Diagram(
        lines=_lettered(lines),
        legend=tuple(dict.fromkeys([entry for figure in figures for entry in figure.legend])),
        words=make_texts(graph, analysis, view, about, lines)._replace(subtitle=""),
        meta=_meta(analysis, view, rung),
        marks=tuple([mark for figure in figures for mark in figure.marks]),
    )


def _closed(parts: LineParts, analysis: Analysis, view: View) -> tuple[LineParts, tuple[Line, ...], list[Keyed]]:
    """What the view's depth closes, with a line for each kind of block where it draws them once below."""
    if view.depth == "layer":
        return parts, (), []
    from .closing.closing import close  # late: start-up time

    said = glossary(view.lang)
    closed, kinds = close(parts, analysis, view, said)
    if not kinds:
        return closed, (), []
    from .closing.openblocks import make_lines  # late: start-up time

    return closed, *make_lines(parts.table, analysis, kinds, view, said)


def _lettered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """With a letter for every value that has one."""
    if not any(line.tags for line in lines):
        return tuple(lines)
    from .tags import lettered  # late: start-up time

    return lettered(lines)


def _signed(cells: tuple[Cell, ...], graph: Graph, analysis: Analysis) -> tuple[Cell, ...]:
    """With signs at cells whose weights are used more than once."""
    if not any(node.shares for node in graph.nodes):
        return cells
    from .elements.signs import with_signs  # late: few networks share weights

    return with_signs(cells, graph, analysis)


def _bars(
    parts: LineParts, cells: Sequence[Cell], stages: list[StageCells], analysis: Analysis, view: View
) -> tuple[Bar, ...]:
    if view.bars == "none":
        return ()
    if view.bars != "shape":
        from .elements.valuebars import value_bars  # late: start-up time

        return value_bars(view, cells, analysis)
    return every_bar(parts, view.shape_order) if view.every_bar else make_bars(stages, parts, view.shape_order)


def _legend(keyed: Sequence[Keyed], bars: tuple[Bar, ...], view: View, said: Glossary) -> tuple[LegendEntry, ...]:
    if not view.legend:
        return ()
    entries = make_legend(keyed, said, view.depth)
    if view.bars in ("shape", "none"):
        return entries
    from .elements.valuebars import bar_key  # late: start-up time

    return (*entries, *bar_key(view, bars, said))


def _marks(parts: LineParts, view: View) -> tuple[Highlight, ...]:
    if not view.highlight:
        return ()
    from .elements.highlight import find_highlights  # late: start-up time

    return find_highlights(parts, view.highlight)


def _meta(analysis: Analysis, view: View, rung: str) -> Meta:
    totals = Totals(analysis.total.params, analysis.total.macs, analysis.not_counted, analysis.unknown)
    return Meta(view, rung, totals, CONVENTIONS[view.cost])
