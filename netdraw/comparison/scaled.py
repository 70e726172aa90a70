"""What a unit costs at an input of any width and size: its layers with other widths, by the rules of their ops."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from ..graph.model import Graph, Node
from ..ops.base import OPS, OpDef, RuleError, Types, infer, total
from ..ops.tensor import TensorType
from .widths import Width

SPATIAL = "dhw"


class Scale(NamedTuple):
    """A common input: its channels, and its size along every spatial axis (tokens: as many as a map has places)."""

    channels: int = 64
    size: int = 56

    def of(self, kind: TensorType, channels: int) -> TensorType:
        """A type with so many channels, and the sizes of the scale."""
        sizes = {axis: self.size for axis in kind.axes if axis in SPATIAL}
        if "t" in kind.axes:
            sizes["t"] = self.size**2
        if "c" in kind.axes:
            sizes["c"] = channels
        return kind.replace(**sizes)


def scaled_cost(graph: Graph, widths: Mapping[int, Width], scale: Scale) -> int | None:
    """The MACs of a block as a graph of its own; None where a layer takes no such width, or has no rule.

    `widths` are by the position of a node. What the block reads besides its first input keeps its part of that.
    """
    base = graph.inputs[0][1].size("c") or 1
    types: dict[str, Types] = {}
    for name, kind in graph.inputs:
        part = Fraction((kind.size("c") or 1) * scale.channels, base)
        types[name] = (scale.of(kind, _whole(part) or 1),)
    macs = 0
    for place, node in enumerate(graph.nodes):
        op = OPS[node.op]
        inputs = tuple([types[ref.node][ref.port] for ref in node.inputs])
        attrs = _attrs(op, node, inputs, graph, place, widths, scale)
        if attrs is None or op.macs is None:
            return None
        try:
            types[node.id] = infer(op, attrs, inputs)
        except RuleError:
            return None
        macs += total(op.macs(attrs, inputs, types[node.id]))
    return macs


def _attrs(
    op: OpDef, node: Node, inputs: Types, graph: Graph, place: int, widths: Mapping[int, Width], scale: Scale
) -> dict[str, Any] | None:
    """The attributes of a layer with its width, and what follows its input's; None where the width is no integer."""
    attrs = dict(node.attrs)
    for name in op.widths:
        count = _whole(widths[place].at(scale.channels)) if place in widths else attrs[name]
        if count is None:
            return None
        attrs[name] = count
    if op.follows and node.inputs:
        before = graph.type_of(node.inputs[0]).size("c")
        attrs.update({name: inputs[0].size("c") for name in op.follows if attrs[name] == before})
    return attrs


def _whole(value: Fraction) -> int | None:
    return value.numerator if value.denominator == 1 else None
