"""The texts around a figure: title, totals, convention, and a description for those who cannot see it."""

from collections.abc import Collection, Sequence

from ..analysis.model import Analysis
from ..core.numbers import least, short
from ..core.records import NamedTuple
from ..graph.model import Graph
from .folding.fuse import When
from .model import BLOCK, FigureTexts, Line
from .said.alt import alt_text
from .said.glossary import Glossary, glossary, sentences
from .said.labels import shape_text
from .view import CostUnit, View, cost_of, lacking


class About(NamedTuple):
    """What a spec says of itself; an empty title is the graph's name. `note` is what the caption says of its own."""

    title: str = ""
    source: str = ""
    year: int | None = None
    note: str = ""


def convention(unit: CostUnit, words: Glossary) -> str:
    """What a cost counts; "" where none is shown."""
    return "" if unit == "none" else words.say(f"convention.{unit}")


def further_products(graph: Graph, unit: CostUnit, words: Glossary) -> list[str]:
    """What else counts in a network: recurrent layers, the products of attention and of matrices."""
    found = {node.definition.counts for node in graph.nodes} if unit in ("macs", "flops") else set()
    return [words.say(f"convention.{kind}") for kind in ("recurrent", "attention", "matmul") if kind in found]


CONVENTIONS = {unit: convention(unit, glossary("en")) for unit in ("macs", "flops", "params", "none")}


def make_texts(
    graph: Graph,
    analysis: Analysis,
    view: View,
    about: About,
    lines: Sequence[Line],
    activated: Collection[When] | None = None,
) -> FigureTexts:
    """All texts around some lines, in the unit and the language of the view; `activated` is as in `alt_text`."""
    said = glossary(view.lang)
    title = about.title or graph.name
    return FigureTexts(
        title=title,
        subtitle=inputs(graph, view),
        totals=_totals(analysis, view.cost, said),
        caption=_caption(graph, analysis, view, about, lines),
        unit="" if view.cost == "none" else said.say(f"unit.{view.cost}"),
        cost_total=cost_of(analysis.total, view.cost) or 0,
        description=alt_text(graph, analysis, title, about.year, view.lang, view.shape_order, activated),
        titled=view.title,
        least=bool(lacking(analysis, view.cost)),
    )


def inputs(graph: Graph, view: View) -> str:
    """`3×224²`; several with their names: `src 64 · tgt 64`."""
    if len(graph.inputs) == 1:
        return shape_text(graph.inputs[0][1], view.shape_order)
    return " · ".join([f"{name} {shape_text(kind, view.shape_order)}" for name, kind in graph.inputs])


def _totals(analysis: Analysis, unit: CostUnit, words: Glossary) -> str:
    """`3.50 M parameters · 301 M MACs`; `≥` where something was not counted."""
    if unit == "none":
        return ""
    params = words.say("totals.params", count=least(analysis.unknown) + short(analysis.total.params))
    if unit == "params":
        return params
    count = least(analysis.not_counted) + short(cost_of(analysis.total, unit) or 0)
    return f"{params} · {words.say(f'totals.{unit}', count=count)}"


def _caption(graph: Graph, analysis: Analysis, view: View, about: About, lines: Sequence[Line]) -> str:
    if not view.caption:
        return ""
    words = glossary(view.lang)
    bars = any(bar.value > 1 for line in lines for bar in line.bars)
    closed = any(cell.category == BLOCK for line in lines for cell in line.cells)
    parts = [f"{about.source.rstrip('.')}." if about.source else "", convention(view.cost, words)]
    parts += [*further_products(graph, view.cost, words), about.note]
    if view.bars == "macs" and view.cost not in ("macs", "flops"):
        parts.append(convention("macs", words))
    units = {view.cost, *((view.bars,) if view.bars in ("params", "macs") else ())}
    macs, params = not units.isdisjoint(("macs", "flops")), units != {"none"}
    missing = {*(analysis.not_counted if macs else ()), *(analysis.unknown if params else ())}
    if missing:
        names = sorted({node.op for node in graph.nodes if node.id in missing})
        parts.append(words.say("caption.not_counted", ops=", ".join(names)))
    parts.append(words.say(f"caption.bars.{view.bars}") if bars else "")
    whole = bars and view.bars == "receptive" and any(row.receptive_field is None for row in analysis.nodes.values())
    parts.append(words.say("caption.bars.whole") if whole else "")
    parts.append(words.say(f"caption.closed.{view.depth}") if closed else "")
    return sentences(parts)
