"""What stages are called that nobody wrote as such: by what the author named in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..graph.model import Graph, Group, Node, around
from .model import Stage

LISTED = 2
"""More titles are said by the first and the last."""
OPEN = ("layers", "stages", "repeat")
"""The kinds of groups whose members an author names for the network; names in a block or a branch are its own."""


def joined(titles: Iterable[str | None]) -> str | None:
    """Several titles as one: `mixed_5c, mixed_5d`, of more than two `4a–4e`."""
    different = list(dict.fromkeys(filter(None, titles)))
    if len(different) > LISTED:
        return f"{different[0]}–{different[-1]}"
    return ", ".join(different) or None


def titled(graph: Graph, stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages, those without a title called after the outermost groups and the layers in them that have one."""
    if not any(one.title for one in graph.groups) and not any(one.title for one in graph.nodes):
        return tuple(stages)
    groups, nodes = {group.id: group for group in graph.groups}, {node.id: node for node in graph.nodes}
    sizes = _sizes(groups, graph.nodes)

    def called(stage: Stage) -> Stage:
        own = [nodes[id] for id in stage.nodes]
        inside = _sizes(groups, own)
        whole = {id for id, size in inside.items() if size == sizes[id]}
        return stage._replace(title=joined([_title(node, groups, whole) for node in own]))

    return tuple([stage if stage.title else called(stage) for stage in stages])


def _sizes(groups: Mapping[str, Group], nodes: Iterable[Node]) -> Counter[str]:
    """By group how many of some nodes it holds."""
    return Counter([id for node in nodes for id in around(groups, node.group)])


def _title(node: Node, groups: Mapping[str, Group], whole: set[str]) -> str | None:
    """The title of the outermost group around a node that lies in its stage whole, else the node's own."""
    for id in reversed([*around(groups, node.group)]):
        group = groups[id]
        if group.title and id in whole:
            return group.title
        if group.kind not in OPEN:
            return None
    return node.title
