"""What stages are called that nobody wrote as such: by what the author named in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from ...graph.model import Graph, Group, Node, around
from ..model import Stage

LISTED = 2
"""More titles are said by the first and the last."""
OPEN = ("layers", "stages", "repeat")
"""The kinds of groups whose members an author names for the network; names in a block or a branch are its own."""


def joined(titles: Iterable[str | None], listed: int = LISTED) -> str | None:
    """Several titles as one: `mixed_5c, mixed_5d`, of more than are listed `4a–4e`."""
    different = list(dict.fromkeys(filter(None, titles)))
    if len(different) > listed:
        return f"{different[0]}–{different[-1]}"
    return ", ".join(different) or None


def titled(graph: Graph, stages: Iterable[Stage], line: Collection[str]) -> tuple[Stage, ...]:
    """Stages, those without a title called after what is named in them on the line, whose nodes these are."""
    titles, on = Titles(graph), frozenset(line)
    return tuple([one if one.title else one._replace(title=titles.called(one.nodes, on)) for one in stages])


class Titles:
    """The titles of a network's groups and nodes, to call parts of it by."""

    def __init__(self, graph: Graph) -> None:
        self.any = any(one.title for one in graph.groups) or any(one.title for one in graph.nodes)
        self.groups = {group.id: group for group in graph.groups} if self.any else {}
        self.nodes = {node.id: node for node in graph.nodes} if self.any else {}
        self.sizes = self._sizes(self.nodes.values())
        self.outputs = tuple([name for name, _ in graph.outputs if "." in name])

    def called(self, ids: Iterable[str], on: Collection[str] | None = None, listed: int = LISTED) -> str | None:
        """A part by the outermost groups and layers in it that have a title, of those that are `on` alone. A block by
        which outputs are named, as `large` is in `large.box`, says it only where nothing else does.
        """
        if not self.any:
            return None
        own = [self.nodes[id] for id in ids]
        whole = {id for id, size in self._sizes(own).items() if size == self.sizes[id]}
        named = [self._named(node, whole) for node in own if on is None or node.id in on]
        found = [one for one in named if one is not None]
        others = [one for one in found if one.title and not self._ends(one)]
        return joined([one.title for one in others or found], listed)

    def _sizes(self, nodes: Iterable[Node]) -> Counter[str]:
        """By group how many of some nodes it holds."""
        return Counter([id for node in nodes for id in around(self.groups, node.group)])

    def _named(self, node: Node, whole: Collection[str]) -> Node | Group | None:
        """The outermost group with a title around a node that lies in the part whole, else the node itself."""
        for id in reversed([*around(self.groups, node.group)]):
            group = self.groups[id]
            if group.title and id in whole:
                return group
            if group.kind not in OPEN:
                return None
        return node

    def _ends(self, one: Node | Group) -> bool:
        named = isinstance(one, Group) and one.kind == "block"
        return named and any(name.startswith(f"{one.id}.") for name in self.outputs)
