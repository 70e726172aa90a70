"""Who uses whose weights: layers that share, told by the largest parts of the network that correspond."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.records import NamedTuple
from ..graph.model import Graph, around
from .model import Analysis


class Sharing(NamedTuple):
    """One set of weights: the layer or group that has it, and those that use it, by id.

    `nodes` are all nodes with these weights, those that have them and those that use them.
    """

    owner: str
    users: tuple[str, ...]
    nodes: frozenset[str]


def find_sharing(graph: Graph, analysis: Analysis) -> tuple[Sharing, ...]:
    """The sets of weights that are used more than once, in the order of their first users.

    Where all weights of a group are those of another, layer by layer, the groups are told.
    """
    shares = {node.id: node.shares for node in graph.nodes if node.shares}
    if not shares:
        return ()
    pairs = _Pairs(graph, shares, analysis)
    found: dict[str, tuple[dict[str, None], set[str]]] = {}
    for user, owner in shares.items():
        one, other = pairs.widest(user, owner)
        users, nodes = found.setdefault(other, ({}, set()))
        users[one] = None
        nodes.update((user, owner))
    return tuple([Sharing(owner, tuple(users), frozenset(nodes)) for owner, (users, nodes) in found.items()])


def whose(graph: Graph, found: tuple[Sharing, ...]) -> dict[str, str]:
    """By the id of a node, and of a group without weights of its own, whose weights it uses."""
    groups = {group.id: group for group in graph.groups}
    users = {user: one.owner for one in found for user in one.users}
    owners: dict[str, str] = {}
    for node in graph.nodes:
        if node.shares:
            path = (node.id, *around(groups, node.group))
            widest = next(id for id in path if id in users)
            for id in path[: path.index(widest) + 1]:
                owners[id] = users[widest] + id[len(widest) :]
    return owners


class _Pairs:
    """Groups beside each other; an id is the path of the groups around it. `users` are by group the nodes in it that
    use weights of others.
    """

    def __init__(self, graph: Graph, shares: Mapping[str, str], analysis: Analysis) -> None:
        self.shares, self.costs = shares, analysis.groups
        groups = {group.id: group for group in graph.groups}
        self.users: dict[str, list[str]] = {}
        for node in graph.nodes:
            for id in around(groups, node.group) if node.shares else ():
                self.users.setdefault(id, []).append(node.id)
        self.known: dict[tuple[str, str], bool] = {}

    def widest(self, user: str, owner: str) -> tuple[str, str]:
        """The outermost groups around two nodes of which one has all its weights from the other, else the nodes."""
        while True:
            (one, _, tail), (other, _, end) = user.rpartition("."), owner.rpartition(".")
            if tail != end or not self._whole(one, other):
                return user, owner
            user, owner = one, other

    def _whole(self, one: str, other: str) -> bool:
        """Whether a group has no weights but those of another."""
        if (one, other) not in self.known:
            bare = one in self.costs and other in self.costs and not self.costs[one].params
            users = self.users.get(one, ())
            self.known[one, other] = bare and all(self.shares[id] == other + id[len(one) :] for id in users)
        return self.known[one, other]


def numbered(found: tuple[Sharing, ...]) -> dict[str, int]:
    """By node the number of its set of weights, from 0."""
    return {node: number for number, one in enumerate(found) for node in one.nodes}
