"""The texts around a figure: title, totals, convention, and a description for those who cannot see it."""

from typing import NamedTuple

from ..analysis.model import Analysis
from ..graph.model import Graph
from ..numbers import short
from .brackets import cost_of
from .glossary import Glossary, glossary
from .labels import shape_text
from .model import Bar, Words
from .view import CostUnit, View

LONGEST = 150
"""A description has no more characters."""


class About(NamedTuple):
    """What a spec says of itself; an empty title is the graph's name. `note` is what the caption says of its own."""

    title: str = ""
    source: str = ""
    year: int | None = None
    note: str = ""


def convention(unit: CostUnit, words: Glossary) -> str:
    """What a cost counts; "" where none is shown."""
    return "" if unit == "none" else words.say(f"convention.{unit}")


CONVENTIONS = {unit: convention(unit, glossary("en")) for unit in ("macs", "flops", "params", "none")}


def make_words(
    graph: Graph, analysis: Analysis, view: View, about: About, bars: tuple[Bar, ...], closed: bool = False
) -> Words:
    """All texts in the unit and the language of the view; `closed` says that something is drawn closed."""
    said = glossary(view.lang)
    title = about.title or graph.name
    named = said.say("about.year", title=title, year=about.year) if about.year else title
    return Words(
        title=title,
        subtitle=_inputs(graph, view),
        totals=_totals(analysis, view.cost, said),
        caption=_caption(graph, analysis, view, about, any(bar.value > 1 for bar in bars), closed),
        unit="" if view.cost == "none" else said.say(f"unit.{view.cost}"),
        cost_total=cost_of(analysis.total, view.cost) or 0,
        description=_description(graph, analysis, named, view, said),
        titled=view.title,
    )


def _inputs(graph: Graph, view: View) -> str:
    """`3×224²`; several with their names: `src 64 · tgt 64`."""
    if len(graph.inputs) == 1:
        return shape_text(graph.inputs[0][1], view.shape_order)
    return " · ".join([f"{name} {shape_text(kind, view.shape_order)}" for name, kind in graph.inputs])


def _totals(analysis: Analysis, unit: CostUnit, words: Glossary) -> str:
    """`3.50 M parameters · 301 M MACs`; `≥` where something was not counted."""
    if unit == "none":
        return ""
    params = words.say("totals.params", count=short(analysis.total.params))
    if unit == "params":
        return params
    least = "≥ " if analysis.not_counted else ""
    return f"{params} · {words.say(f'totals.{unit}', count=least + short(cost_of(analysis.total, unit) or 0))}"


def _caption(graph: Graph, analysis: Analysis, view: View, about: About, bars: bool, closed: bool) -> str:
    if not view.caption:
        return ""
    words = glossary(view.lang)
    parts = [f"{about.source.rstrip('.')}." if about.source else "", convention(view.cost, words), about.note]
    if analysis.not_counted and view.cost in ("macs", "flops"):
        ops = {node.id: node.op for node in graph.nodes}
        names = sorted({ops[key] for key in analysis.not_counted})
        parts.append(words.say("caption.not_counted", ops=", ".join(names)))
    parts.append(words.say(f"caption.bars.{view.bars}") if bars else "")
    parts.append(words.say(f"caption.closed.{view.depth}") if closed else "")
    # A Chinese full stop has its space in itself.
    return " ".join(filter(None, parts)).replace("。 ", "。")


def _description(graph: Graph, analysis: Analysis, title: str, view: View, words: Glossary) -> str:
    """Where there is no room for all, the flow goes first, then the blocks."""
    types = {name: (kind,) for name, kind in graph.inputs} | {node.id: node.outputs for node in graph.nodes}
    ends = [types[ref.node][ref.port] for _, ref in graph.outputs]
    done = [group.residual.done for group in graph.groups if group.residual]
    stages = len([stage for stage in analysis.stages if stage.kind == "stage"])
    total = short(analysis.total.params), short(analysis.total.macs)
    values = {
        "title": title,
        "start": words.say("about.and").join([shape_text(kind, view.shape_order) for _, kind in graph.inputs]),
        "end": words.say("about.and").join([shape_text(kind, view.shape_order) for kind in ends]),
        "layers": words.say(f"about.layers{'.one' if stages == 1 else ''}", count=len(graph.nodes), stages=stages),
        "blocks": words.say("about.blocks", adds=len(done) - done.count("none"), blocks=len(done)) if done else "",
        "costs": words.say(f"about.costs{'.least' if analysis.not_counted else ''}", params=total[0], macs=total[1]),
    }
    texts = (words.say(f"about.{key}", **values) for key in ("whole", "middle", "short"))
    fitting = next((text for text in texts if len(text) <= LONGEST), None)
    room = LONGEST - len(words.say("about.least", **{**values, "title": ""}))
    return fitting or words.say("about.least", **{**values, "title": title[:room]})
