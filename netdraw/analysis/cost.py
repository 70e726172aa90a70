"""Counts what every node costs and sees, and adds up by group."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from ..graph.model import Graph, Node
from ..ops.base import OPS, OpDef, Types, total
from .model import Analysis, Figures, Subtotal
from .receptive import EVERYTHING, Field, at_input, through
from .stages import find_stages


def analyse(graph: Graph) -> Analysis:
    """The costs of a graph: a side table by node id, subtotals by group, stages, the total, and what was not counted."""
    types: dict[str, Types] = {name: (kind,) for name, kind in graph.inputs}
    fields: dict[str, Field | None] = {name: at_input(len(kind.spatial)) for name, kind in graph.inputs}
    nodes: dict[str, Figures] = {}
    for node in graph.nodes:
        op = OPS[node.op]
        inputs = tuple([types[ref.node][ref.port] for ref in node.inputs])
        known = all([kind.known for kind in (*inputs, *node.outputs)])
        window = op.window(node.attrs, inputs) if known else None
        fields[node.id] = field = through(window, [fields[ref.node] for ref in node.inputs]) if node.inputs else None
        types[node.id] = node.outputs
        nodes[node.id] = _figures(op, node, inputs, field if known else None) if known else _UNKNOWN
    groups = _subtotals(graph, nodes)
    whole = groups.pop("")
    stages = find_stages(graph, nodes, groups, whole)
    return Analysis(nodes, groups, stages, whole, tuple([key for key, row in nodes.items() if row.macs is None]))


_UNKNOWN = Figures(0, None, 0, None, None)
"""A node whose rule failed: nothing is known, and its MACs are not counted."""


def _figures(op: OpDef, node: Node, inputs: Types, field: Field | None) -> Figures:
    extent, stride = field or EVERYTHING
    return Figures(
        0 if node.shares else total(op.params(node.attrs, inputs, node.outputs)),
        None if op.macs is None else total(op.macs(node.attrs, inputs, node.outputs)),
        sum([kind.elements for kind in node.outputs]),
        None if extent is None else tuple([ceil(size) for size in extent]),
        stride,
    )


def _subtotals(graph: Graph, nodes: Mapping[str, Figures]) -> dict[str, Subtotal]:
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
