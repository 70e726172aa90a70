"""`shares`: lets the nodes of one layer use the weights of another's."""

from __future__ import annotations

from ..ops.base import total
from ..spec.model import Source
from .context import Context, Site
from .model import Node, around
from .state import State
from .values import Silent

Range = tuple[int, int]
"""The places of nodes, the second excluded."""


def share(context: Context, source: Source, site: Site, first: int) -> None:
    """Lets the nodes built since `first` use the weights of the layer that `source` names, one after the other.

    A branch can name what stands in the branches before it, too, though it cannot read from these.
    """
    state, nodes, chain = context.state, context.state.nodes, site.chain
    named = any(source.name in at.names for at in chain.around())
    if source.step or source.port or (source.name == "input" and not named):
        context.faults.add("ND412", f"shares: '{source.text}' is a value; write the name of a layer", source.span)
        return
    found = None if named else _beside(state, source.text, site.place.group)
    if found is None:
        try:
            other = context.wiring.outcome(source, chain)
        except Silent:
            return
        found = other.first, other.last
    theirs, ours = _with_weights(state, *found), _with_weights(state, first, len(nodes))
    if not all(kind.known for node in nodes[first:] for kind in node.outputs):
        return
    if list(ours.values()) != list(theirs.values()):
        counts = f"'{source.text}' has {sum(theirs.values()):,} weights, this layer {sum(ours.values()):,}"
        context.faults.add("ND412", f"shares: {counts}; shared weights are equal in count", source.span)
        return
    if not ours:
        context.faults.add("ND412", f"shares: neither '{source.text}' nor this layer has weights", source.span)
    for mine, other_place in zip(ours, theirs, strict=True):
        nodes[mine] = nodes[mine]._replace(shares=nodes[other_place].shares or nodes[other_place].id)


def _beside(state: State, path: str, group: str) -> Range | None:
    """The nodes of the layer of that path in the branches beside those that a group lies in, up to the border of its
    block; None where there is none.
    """
    groups = {one.id: one for one in state.groups}
    for id in around(groups, group):
        own = groups[id]
        if own.kind == "block":
            break
        if own.kind == "branch" or (own.parent and groups[own.parent].kind in ("parallel", "heads")):
            beside = [one.id for one in state.groups if one.parent == own.parent and one is not own]
            for around_it in (*reversed(beside), own.parent):
                target = f"{around_it}.{path}"
                places = [at for at, node in enumerate(state.nodes) if f"{node.id}.".startswith(f"{target}.")]
                if places and not f"{group}.".startswith(f"{target}."):
                    return places[0], places[-1] + 1
    return None


def _with_weights(state: State, first: int, last: int) -> dict[int, int]:
    """The places of the nodes from `first` to before `last` that have weights, each with how many."""
    counts = {place: _weights(state, state.nodes[place]) for place in range(first, last)}
    return {place: count for place, count in counts.items() if count}


def _weights(state: State, node: Node) -> int:
    types = tuple(state.type(ref) for ref in node.inputs)
    if not all(kind.known for kind in (*types, *node.outputs)):
        return 0
    return total(node.definition.params(node.attrs, types, node.outputs))
