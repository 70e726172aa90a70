"""Counts what every node costs and sees, and adds up by group; the weights of a layer."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import ceil

from ..core.records import NamedTuple
from ..graph.model import Graph, Node
from ..ops.base import Attrs, Cost, OpDef, Types, Window, total
from ..ops.tensor import UNKNOWN
from .model import Analysis, Figures, Subtotal
from .receptive import EVERYTHING, Field, at_input, through
from .stages.division import Division, find_stages
from .stages.line import is_chain
from .stages.titles import titled


def analyse(graph: Graph) -> Analysis:
    """The costs of a graph: by node, by group, by stage and in total, and what was not counted."""
    return _divided(graph)[0]


def arranged(graph: Graph) -> tuple[Graph, Analysis]:
    """The graph in an order that does not depend on where independent statements stand in the file, and its costs."""
    analysis, division = _divided(graph)
    if is_chain(graph):
        return graph, analysis
    from .order import ordered  # late: start-up time

    made = ordered(graph, division.order)
    return (graph, analysis) if made is graph else (made, analyse(made))


def _divided(graph: Graph) -> tuple[Analysis, Division]:
    """The same, and how the graph was divided into stages."""
    types: dict[str, Types] = {name: (kind,) for name, kind in graph.inputs}
    fields: dict[str, Field | None] = {name: at_input(len(kind.spatial)) for name, kind in graph.inputs}
    nodes: dict[str, Figures] = {}
    unknown: list[str] = []
    alike: dict[Hashable, Rules] = {}
    for node in graph.nodes:
        op = node.definition
        inputs = tuple([types[name][port] for name, port in node.inputs])
        types[node.id] = node.outputs
        if UNKNOWN in inputs or UNKNOWN in node.outputs:
            fields[node.id], nodes[node.id] = EVERYTHING, _UNKNOWN
            unknown.append(node.id)
            continue
        before = [fields[name] for name, _ in node.inputs[: op.slides_over or op.carries]]
        key = node.key(inputs)
        rules = alike.get(key)
        if rules is None:
            rules = alike[key] = asked(op, node.attrs, inputs, node.outputs)
        fields[node.id] = field = through(rules.window, before) if before else None
        nodes[node.id] = _figures(node, rules, field or EVERYTHING)
        if rules.params is None and not node.shares:
            unknown.append(node.id)
    groups = subtotals(graph, nodes)
    whole = groups.pop("")
    division = find_stages(graph, types, nodes, groups, whole)
    lost = tuple([key for key, row in nodes.items() if row.macs is None])
    found = Analysis(
        nodes=nodes, groups=groups, stages=titled(graph, division.stages, division.line), total=whole,
        not_counted=lost, unknown=tuple(unknown), line=division.line, end=division.end,
    )  # fmt: skip
    return found, division


_UNKNOWN = Figures(params=0, macs=None, activations=0, receptive_field=None, stride=None)
"""A node whose rule failed: nothing is known, and its MACs are not counted."""


class Rules(NamedTuple):
    """What an op's rules say of one layer; a cost is None where it is not known."""

    window: Window | None
    params: int | None
    macs: int | None


def asked(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> Rules:
    """What the rules of an op say; one that reads nothing has no window."""
    learned, done = op.params(attrs, inputs, outputs), op.counted(attrs, inputs, outputs)
    window = op.window(attrs, inputs) if inputs else None
    return Rules(window, None if learned is None else total(learned), None if done is None else total(done))


def _figures(node: Node, rules: Rules, field: Field) -> Figures:
    """The numbers of a node; weights that it shares count where they stand first."""
    outputs = node.outputs
    elements = outputs[0].elements if len(outputs) == 1 else sum([kind.elements for kind in outputs])
    extent = None if field.extent is None else tuple([ceil(size) for size in field.extent])
    params = 0 if node.shares else rules.params or 0
    return Figures(params=params, macs=rules.macs, activations=elements, receptive_field=extent, stride=field.stride)


def subtotals(graph: Graph, nodes: Mapping[str, Figures]) -> dict[str, Subtotal]:
    """By group id, bottom-up; `""` is the whole. Groups stand after their parents."""
    sums: dict[str, list[int]] = {"": [0, 0, 0]}
    for group in graph.groups:
        sums[group.id] = [0, 0, 0]
    for node in graph.nodes:
        row, here = nodes[node.id], sums[node.group]
        here[0] += row.params
        here[1] += row.macs or 0
        here[2] += row.activations
    for group in reversed(graph.groups):
        above = sums[group.parent]
        for place, value in enumerate(sums[group.id]):
            above[place] += value
    return {key: Subtotal(*row) for key, row in sums.items()}


def weights(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> int:
    """The weights of a layer: those of its parameters that its products multiply, without biases and norms.

    A kernel is multiplied at every place, so that its factors are among those of the MACs; a bias and the scale of a
    norm are not. 0 for an op without a rule for its MACs.
    """
    return total(_kernels(op, attrs, inputs, outputs))


def weight_term(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> tuple[int, ...]:
    """The sizes of a layer's first kernel, `kernel … × in × out`; empty where there is none."""
    found = _kernels(op, attrs, inputs, outputs)
    return tuple(size for _, size in found[0].factors) if found else ()


def _kernels(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """The terms of the parameters whose factors all stand in one term of the MACs."""
    products = [frozenset(term.factors) for term in op.counted(attrs, inputs, outputs) or ()]
    terms = op.params(attrs, inputs, outputs) or () if products else ()
    return tuple([term for term in terms if any(product.issuperset(term.factors) for product in products)])
