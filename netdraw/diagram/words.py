"""The texts around a figure: title, totals, convention, and a description for those who cannot see it."""

from __future__ import annotations

from typing import NamedTuple

from ..analysis.model import Analysis
from ..graph.model import Graph
from ..numbers import short
from .brackets import cost_of
from .labels import shape_text
from .model import Bar, Words
from .view import CostUnit

UNITS = {"macs": "MACs", "flops": "FLOPs", "params": "parameters", "none": ""}

CONVENTIONS = {
    "macs": "One MAC is one multiply-add; convolution and linear layers count.",
    "flops": "One multiply-add is two FLOPs; convolution and linear layers count.",
    "params": "Parameters are what is learned; running statistics are not.",
    "none": "",
}


class About(NamedTuple):
    """What a spec says of itself; an empty title is the graph's name."""

    title: str = ""
    source: str = ""
    year: int | None = None


def make_words(graph: Graph, analysis: Analysis, unit: CostUnit, about: About, bars: tuple[Bar, ...]) -> Words:
    """All texts in the unit of the view."""
    title = about.title or graph.name
    totals = _totals(analysis, unit)
    return Words(
        title=title,
        subtitle=_inputs(graph),
        totals=totals,
        caption=_caption(graph, analysis, unit, about, any(bar.value > 1 for bar in bars)),
        unit=UNITS[unit],
        cost_total=cost_of(analysis.total, unit) or 0,
        description=_description(graph, analysis, f"{title} ({about.year})" if about.year else title),
    )


def _inputs(graph: Graph) -> str:
    """`3×224²`; several with their names: `src 64 · tgt 64`."""
    if len(graph.inputs) == 1:
        return shape_text(graph.inputs[0][1])
    return " · ".join([f"{name} {shape_text(kind)}" for name, kind in graph.inputs])


def _totals(analysis: Analysis, unit: CostUnit) -> str:
    """`3.50 M parameters · 301 M MACs`; `≥` where something was not counted."""
    if unit == "none":
        return ""
    params = f"{short(analysis.total.params)} parameters"
    if unit == "params":
        return params
    least = "≥ " if analysis.not_counted else ""
    return f"{params} · {least}{short(cost_of(analysis.total, unit) or 0)} {UNITS[unit]}"


def _caption(graph: Graph, analysis: Analysis, unit: CostUnit, about: About, bars: bool) -> str:
    parts = [f"{about.source.rstrip('.')}." if about.source else "", CONVENTIONS[unit]]
    if analysis.not_counted and unit in ("macs", "flops"):
        ops = {node.id: node.op for node in graph.nodes}
        names = sorted({ops[key] for key in analysis.not_counted})
        parts.append(f"Not counted: {', '.join(names)}.")
    parts.append("A bar is as high as its feature map." if bars else "")
    return " ".join(filter(None, parts))


def _description(graph: Graph, analysis: Analysis, title: str) -> str:
    """At most 150 characters; where that is too short for all, the flow goes first, then the blocks."""
    types = {name: (kind,) for name, kind in graph.inputs} | {node.id: node.outputs for node in graph.nodes}
    starts = " and ".join([shape_text(kind) for _, kind in graph.inputs])
    ends = " and ".join([shape_text(types[ref.node][ref.port]) for _, ref in graph.outputs])
    done = [group.residual.done for group in graph.groups if group.residual]
    adds = len(done) - done.count("none")
    blocks = f", {adds} of {len(done)} blocks with a residual add" if done else ""
    stages = len([stage for stage in analysis.stages if stage.kind == "stage"])
    layers = f"{len(graph.nodes)} layers in {stages} stage{'s' if stages != 1 else ''}"
    least = "at least " if analysis.not_counted else ""
    costs = f"{short(analysis.total.params)} parameters, {least}{short(analysis.total.macs)} MACs"
    texts = (
        f"{title}, a neural network from {starts} to {ends}: {layers}{blocks}; {costs}.",
        f"{title}, a neural network: {layers}{blocks}; {costs}.",
        f"{title}: {layers}; {costs}.",
    )
    return next((text for text in texts if len(text) <= 150), f"{title[: 146 - len(costs)]}…: {costs}.")
