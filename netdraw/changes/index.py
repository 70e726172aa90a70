"""One of two networks by id: what stands where, and what of it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Set

from ..analysis.model import Figures
from ..core.records import NamedTuple
from ..graph.model import Group, Node, around
from ..ops.base import Types
from .model import Side


class Sum(NamedTuple):
    """Numbers of some layers; `params` and `macs` are None where one alone is meant, of which they are not known."""

    params: int | None = 0
    macs: int | None = 0
    layers: int = 0

    def plus(self, other: Sum) -> Sum:
        params, macs = (self.params or 0) + (other.params or 0), (self.macs or 0) + (other.macs or 0)
        return Sum(params, macs, self.layers + other.layers)


class SideIndex(NamedTuple):
    """`sums` are by group over all layers in it; `kept` are the groups that have a partner, or hold what has one.

    `ends` are what the last layer of a group gives, `leaves` the layers right in a group, `members` how often it
    repeats what it holds, `previous` what stands before a node or group in its list.
    """

    side: Side
    nodes: Mapping[str, Node]
    groups: Mapping[str, Group]
    sums: Mapping[str, Sum]
    kept: Set[str]
    ends: Mapping[str, Types]
    leaves: Mapping[str, list[str]]
    members: Mapping[str, int]
    previous: Mapping[str, str | None]

    def sum(self, id: str) -> Sum:
        """The numbers of a group."""
        return self.sums.get(id, Sum())

    def cost(self, id: str | None) -> Sum:
        """The numbers of a layer, nothing where there is none."""
        if id is None:
            return Sum()
        found = _sum(self.side.analysis.nodes[id])
        return found._replace(params=None) if id in self.side.analysis.unknown else found

    def around(self, id: str) -> Iterator[str]:
        """A group and those around it, innermost first."""
        return around(self.groups, id)

    def whole(self, id: str) -> str:
        """The outermost group around, or the group itself, that came or went with all it holds; "" where none did."""
        found = ""
        for one in self.around(id):
            if one in self.kept:
                break
            found = one
        return found


def index(side: Side, partners: Container[str]) -> SideIndex:
    """`partners` are the ids of this side that have one."""
    graph, analysis = side.graph, side.analysis
    groups = {group.id: group for group in graph.groups}
    sums: dict[str, Sum] = {}
    ends: dict[str, Types] = {}
    leaves: dict[str, list[str]] = {}
    for node in graph.nodes:
        row = _sum(analysis.nodes[node.id])
        leaves.setdefault(node.group, []).append(node.id)
        for id in around(groups, node.group):
            sums[id], ends[id] = sums.get(id, Sum()).plus(row), node.outputs
    kept = {node.group for node in graph.nodes if node.id in partners}
    for group in reversed(graph.groups):  # parents stand before their children
        if group.id in kept or group.id in partners:
            kept.update((group.id, group.parent))
    members = Counter([group.parent for group in graph.groups if group.member is not None])
    members.update({id: len(leaves.get(id, ())) for id, group in groups.items() if group.kind == "repeat"})
    nodes = {node.id: node for node in graph.nodes}
    return SideIndex(
        side=side,
        nodes=nodes,
        groups=groups,
        sums=sums,
        kept=kept,
        ends=ends,
        leaves=leaves,
        members=members,
        previous=_previous(nodes, groups),
    )


def _sum(row: Figures) -> Sum:
    """The numbers of one layer."""
    return Sum(row.params, row.macs, 1)


def _previous(nodes: Mapping[str, Node], groups: Mapping[str, Group]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    last: dict[str, str] = {}
    for node in nodes.values():
        id, parent = node.id, node.group
        while id and id not in found:
            found[id] = last.get(parent)
            last[parent] = id
            id, parent = parent, groups[parent].parent if parent else ""
    return found
