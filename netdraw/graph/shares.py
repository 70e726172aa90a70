"""`shares`: lets the nodes of one layer use the weights of another's."""

from __future__ import annotations

from ..ops.base import total
from ..spec.model import Source
from .context import Context
from .model import Node
from .state import State
from .values import Silent
from .wiring import Chain


def share(context: Context, source: Source, chain: Chain, first: int) -> None:
    """Lets the nodes built since `first` use the weights of the layer that `source` names, one after the other."""
    try:
        other = context.wiring.outcome(source, chain)
    except Silent:
        return
    state, nodes = context.state, context.state.nodes
    theirs = _with_weights(state, other.first, other.last)
    ours = _with_weights(state, first, len(nodes))
    if not all(kind.known for node in nodes[first:] for kind in node.outputs):
        return
    if list(ours.values()) != list(theirs.values()):
        counts = f"'{source.text}' has {sum(theirs.values()):,} weights, this layer {sum(ours.values()):,}"
        context.faults.add("ND412", f"shares: {counts}; shared weights are equal in count", source.span)
        return
    for mine, other_place in zip(ours, theirs, strict=True):
        nodes[mine] = nodes[mine]._replace(shares=nodes[other_place].shares or nodes[other_place].id)


def _with_weights(state: State, first: int, last: int) -> dict[int, int]:
    """The places of the nodes from `first` to before `last` that have weights, each with how many."""
    counts = {place: _weights(state, state.nodes[place]) for place in range(first, last)}
    return {place: count for place, count in counts.items() if count}


def _weights(state: State, node: Node) -> int:
    types = tuple(state.type(ref) for ref in node.inputs)
    if not all(kind.known for kind in (*types, *node.outputs)):
        return 0
    return total(node.definition.params(node.attrs, types, node.outputs))
