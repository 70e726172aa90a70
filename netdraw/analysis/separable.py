"""Depthwise separable pairs: a depthwise convolution and the pointwise one behind it, beside a standard convolution.

Source: Howard et al., arXiv:1704.04861, Section 3.1. A pair costs Dk·Dk·M·DF·DF + M·N·DF·DF, the standard convolution
Dk·Dk·M·N·DF·DF, so that their ratio is 1/N + 1/Dk². Here kernels and maps may have any sizes, and the depthwise one may
give several channels for each that it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from ..core.records import NamedTuple
from ..graph.model import Graph, Node, type_table
from ..ops.base import Face, Types, total
from ..ops.tensor import UNKNOWN
from .cost import weights
from .model import Analysis


class SeparablePair(NamedTuple):
    """A pair and what it costs. `kernel` is Dk by axis, `places` DF by axis, `into` M and `out` N.

    `multiplier` is how many channels the depthwise convolution gives for each that it reads, nearly always 1. MACs and
    weights are counted by the ops' own rules: those of the pair, and those of the standard convolution with the
    depthwise one's attributes that reads M channels and gives N.
    """

    depthwise: str
    pointwise: str
    kernel: tuple[int, ...]
    places: tuple[int, ...]
    into: int
    out: int
    multiplier: int
    depthwise_macs: int
    pointwise_macs: int
    standard_macs: int
    weights: int
    standard_weights: int

    @property
    def macs(self) -> int:
        """The pair's MACs as counted."""
        return self.depthwise_macs + self.pointwise_macs

    @property
    def counted(self) -> Fraction:
        """The MACs of the pair over those of the standard convolution."""
        return Fraction(self.macs, self.standard_macs)

    @property
    def ratio(self) -> Fraction:
        """The paper's formula: 1/N + 1/Dk², times the multiplier."""
        return self.multiplier * (Fraction(1, self.out) + Fraction(1, prod(self.kernel)))


class Comparison(NamedTuple):
    """A network beside the same with a standard convolution for each pair: MACs and weights of both."""

    macs: int
    weights: int
    standard_macs: int
    standard_weights: int


def find_pairs(graph: Graph, analysis: Analysis) -> tuple[SeparablePair, ...]:
    """All pairs, in the order of the graph.

    Between the two may stand norms and activations that nobody else reads. The pointwise convolution has a kernel of 1
    and keeps the map's size.
    """
    finder = _Finder(graph)
    pairs = []
    for node in graph.nodes:
        if finder.face(node).category == "conv.depthwise":
            after = finder.pointwise(node)
            if after is not None:
                pairs.append(finder.pair(node, after, analysis))
    return tuple(pairs)


def compare(graph: Graph, analysis: Analysis, pairs: tuple[SeparablePair, ...]) -> Comparison:
    """The whole network with and without its pairs."""
    types = type_table(graph)
    kernels = sum(_weights(node, tuple(types[ref] for ref in node.inputs)) for node in graph.nodes)
    macs = analysis.total.macs
    return Comparison(
        macs,
        kernels,
        macs + sum(pair.standard_macs - pair.macs for pair in pairs),
        kernels + sum(pair.standard_weights - pair.weights for pair in pairs),
    )


def _weights(node: Node, inputs: Types) -> int:
    if node.shares or UNKNOWN in inputs or UNKNOWN in node.outputs:
        return 0
    return weights(node.definition, node.attrs, inputs, node.outputs)


class _Finder:
    """Looks things up: types, and who reads what."""

    def __init__(self, graph: Graph) -> None:
        self.types = type_table(graph)
        self.readers: dict[str, list[Node]] = {}
        for node in graph.nodes:
            for ref in dict.fromkeys(node.inputs):
                self.readers.setdefault(ref.node, []).append(node)
        self.ends = {ref.node for _, ref in graph.outputs}

    def inputs(self, node: Node) -> Types:
        return tuple(self.types[ref] for ref in node.inputs)

    def face(self, node: Node) -> Face:
        inputs = self.inputs(node)
        if UNKNOWN in inputs or UNKNOWN in node.outputs:
            return Face(category="other")
        return node.definition.face(node.attrs, inputs, node.outputs)

    def pointwise(self, node: Node) -> Node | None:
        """The pointwise convolution behind a depthwise one, or None."""
        for after in self._chain(node):
            if after.definition.fuse in ("norm", "activation"):
                continue
            kernel = self._kernel(after)
            alone = self.face(after).category == "conv" and set(kernel) == {1}
            return after if alone and after.outputs[0].sizes == node.outputs[0].sizes else None
        return None

    def _chain(self, node: Node) -> Iterator[Node]:
        """What follows, as long as each is read by one node alone."""
        while node.id not in self.ends and len(self.readers.get(node.id, ())) == 1:
            (node,) = self.readers[node.id]
            if len(node.inputs) != 1:
                return
            yield node

    def _kernel(self, node: Node) -> tuple[int, ...]:
        found = node.attrs.get("kernel_size", ())
        return found if isinstance(found, tuple) else ()

    def pair(self, depthwise: Node, pointwise: Node, analysis: Analysis) -> SeparablePair:
        op, inputs = depthwise.definition, self.inputs(depthwise)
        into, middle, end = inputs[0].shape[0], depthwise.outputs[0], pointwise.outputs[0]
        outputs = (middle.replace(c=end.shape[0]),)
        attrs = {**depthwise.attrs, "groups": 1, "out_channels": end.shape[0]}
        own = (_weights(depthwise, inputs), _weights(pointwise, self.inputs(pointwise)))
        shared = bool(depthwise.shares and pointwise.shares)  # then the standard one shares its weights, too
        return SeparablePair(
            depthwise=depthwise.id,
            pointwise=pointwise.id,
            kernel=self._kernel(depthwise),
            places=middle.sizes,
            into=into,
            out=end.shape[0],
            multiplier=middle.shape[0] // into,
            depthwise_macs=analysis.nodes[depthwise.id].macs or 0,
            pointwise_macs=analysis.nodes[pointwise.id].macs or 0,
            standard_macs=total(op.macs(attrs, inputs, outputs)) if op.macs else 0,
            weights=sum(own),
            standard_weights=0 if shared else weights(op, attrs, inputs, outputs),
        )
