"""What a unit costs at an input of any width and size: its layers with other widths, by the rules of their ops."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from ...analysis.model import Subtotal
from ...core.records import NamedTuple
from ...graph.model import Graph, Node
from ...ops.base import OpDef, RuleError, Types, total
from ...ops.rules import infer
from ...ops.tensor import TensorType
from .widths import ChannelWidth


class Scale(NamedTuple):
    """A common input: its channels, and its size along every spatial axis (tokens: as many as a map has places)."""

    channels: int = 64
    size: int = 56

    def at(self, width: ChannelWidth) -> Fraction:
        """A width where inputs and outputs have so many channels."""
        return width.at(self.channels, self.channels)


class Lack(NamedTuple):
    """Why a layer, by its position, cannot be counted: its width is no whole number, its rule refuses it, or it has no
    rule for what it costs.
    """

    what: Literal["width", "fit", "rule"]
    place: int


class ScaledCost(NamedTuple):
    """The outputs of the layers by their position, as far as they could be had, and what all cost together."""

    types: dict[int, Types]
    cost: Subtotal | None
    lack: Lack | None = None


def resized(kinds: Sequence[TensorType], size: int) -> list[TensorType]:
    """What a block reads with so large a first input; the others keep their sizes in terms of that."""
    found = []
    for kind in kinds:
        sizes = {}
        for axis in kind.axes:
            base = kinds[0].size(axis)
            if axis in kind.spatial or axis == "t":
                whole, own = size if axis in kind.spatial else size**2, kind.size(axis) or 1
                sizes[axis] = max(1, (2 * whole * own + base) // (2 * base)) if base else whole  # the nearest
        found.append(kind.replace(**sizes))
    return found


def measure(
    graph: Graph,
    kinds: Sequence[TensorType],
    into: Sequence[ChannelWidth | None],
    widths: Mapping[int, ChannelWidth],
    at: Callable[[ChannelWidth], Fraction],
) -> ScaledCost:
    """A block as a graph of its own, with inputs of these kinds and the widths that `at` gives.

    `into` are the widths of the inputs, `widths` those of the nodes by their position.
    """
    types: dict[str, Types] = {}
    found = ScaledCost({}, None)
    for (name, _), kind, width in zip(graph.inputs, kinds, into, strict=True):
        channels = _whole(at(width)) if width else kind.size("c")
        if channels is None:
            return found._replace(lack=Lack("width", -1))
        types[name] = (kind.replace(c=channels) if "c" in kind.axes else kind,)
    params = macs = 0
    for place, node in enumerate(graph.nodes):
        op = node.definition
        inputs = tuple([types[ref.node][ref.port] for ref in node.inputs])
        attrs = _attrs(op, node, inputs, graph, at(widths[place]) if place in widths else None)
        if attrs is None:
            return found._replace(lack=Lack("width", place))
        try:
            found.types[place] = types[node.id] = infer(op, attrs, inputs)
        except RuleError:
            return found._replace(lack=Lack("fit", place))
        done, learned = op.counted(attrs, inputs, types[node.id]), op.params(attrs, inputs, types[node.id])
        if done is None or learned is None:
            return found._replace(lack=Lack("rule", place))
        macs += total(done)
        params += 0 if node.shares else total(learned)
    return found._replace(cost=Subtotal(params, macs))


def _attrs(op: OpDef, node: Node, inputs: Types, graph: Graph, width: Fraction | None) -> dict[str, Any] | None:
    """The attributes of a layer with its width, and what follows its input's; None where the width is no integer.

    An attribute that is 1 where the input has one channel is no more than its default: it follows nothing.
    """
    attrs = dict(node.attrs)
    for name in op.widths:
        count = attrs[name] if width is None else _whole(width)
        if count is None:
            return None
        attrs[name] = count
    if op.follows and node.inputs:
        before, channels = graph.type_of(node.inputs[0]).size("c") or 1, inputs[0].size("c")
        attrs.update({name: channels for name in op.follows if before > 1 and attrs[name] == before})
    return attrs


def _whole(value: Fraction) -> int | None:
    return value.numerator if value.denominator == 1 and value > 0 else None
