"""A graph in an order of its own, so that nothing depends on where independent statements stand in the file.

Stages follow one another; in a stage a node stands behind all that it reads, the way of its first input before that of
its second; what only leads to an output stands right behind what it leaves. Groups stay together. Branches, heads, and
what a block inside one stage holds keep the order in which they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from ..core.records import NamedTuple
from ..graph.model import Graph, Group
from .stages.division import Rank

KEPT = ("parallel", "heads")
"""Kinds of groups whose members have an order by themselves."""

Name = int | str
"""The position of a node, or the id of a group."""
Member = tuple[Name, str]
"""What stands in a list, and the id of the group whose list that is."""
Reads = dict[Name, set[Name]]


class Item(NamedTuple):
    """What stands in a list: the node at a position, or a group, whose nodes begin there and are of these stages.

    `key` sorts the items of one list.
    """

    place: int
    key: Rank
    stages: tuple[int, int]
    group: Group | None = None


def ordered(graph: Graph, keys: list[Rank]) -> Graph:
    """The graph in its order; `keys` are those of its nodes, by position."""
    items = list(_walk(graph, keys))
    nodes = [item.place for item in items if item.group is None]
    if nodes == list(range(len(nodes))):
        return graph
    groups = [item.group for item in items if item.group is not None]
    return graph._replace(nodes=tuple([graph.nodes[place] for place in nodes]), groups=tuple(groups))


def _walk(graph: Graph, keys: list[Rank]) -> Iterator[Item]:
    """All groups and nodes, each group before what it holds."""
    held = _held(graph, keys)
    reads = _reads(graph)
    stack = [iter(_sorted(held[""], reads))]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
            continue
        yield item
        if item.group is not None:
            own, (first, last) = held[item.group.id], item.stages
            free = item.group.kind not in KEPT and (item.group.kind == "layers" or first < last)
            stack.append(iter(_sorted(own, reads) if free else own))


def _held(graph: Graph, keys: list[Rank]) -> dict[str, list[Item]]:
    """By group what it holds, as written."""
    held: dict[str, list[Item]] = {"": [], **{group.id: [] for group in graph.groups}}
    for place, node in enumerate(graph.nodes):
        held[node.group].append(Item(place, keys[place], (keys[place][0],) * 2))
    begin = len(graph.nodes)
    for group in reversed(graph.groups):
        own = held[group.id]
        # One without nodes stands before what is written next.
        begin = min([item.place for item in own], default=begin)
        full = [item for item in own if item.key]
        key = min([item.key for item in full], default=())
        stages = min([item.stages[0] for item in full], default=0), max([item.stages[1] for item in full], default=0)
        held[group.parent].insert(0, Item(begin, key, stages, group))
    for own in held.values():
        own.sort(key=lambda item: item.place)
    return held


def _reads(graph: Graph) -> Reads:
    """What each reads of its own list."""
    parents = {group.id: group.parent for group in graph.groups}
    depth = {"": 0}
    for group in graph.groups:
        depth[group.id] = depth[group.parent] + 1
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    found: Reads = {}
    for place, node in enumerate(graph.nodes):
        for source in [places[name] for name, _ in node.inputs if name in places]:
            mine: Member = place, node.group
            its: Member = source, graph.nodes[source].group
            while mine[1] != its[1]:
                if depth[mine[1]] >= depth[its[1]]:
                    mine = mine[1], parents[mine[1]]
                else:
                    its = its[1], parents[its[1]]
            if mine[0] != its[0]:
                found.setdefault(mine[0], set()).add(its[0])
    return found


def _sorted(items: list[Item], reads: Reads) -> list[Item]:
    """Each behind what it reads, of those that may come next the one with the lowest key."""
    names: list[Name] = [item.place if item.group is None else item.group.id for item in items]
    left = [len(reads.get(name, ())) for name in names]
    readers: dict[Name, list[int]] = {}
    for number, name in enumerate(names):
        for source in reads.get(name, ()):
            readers.setdefault(source, []).append(number)
    ready = [(items[number].key, number) for number, count in enumerate(left) if not count]
    heapify(ready)
    found = []
    while ready:
        number = heappop(ready)[1]
        found.append(items[number])
        for reader in readers.get(names[number], ()):
            left[reader] -= 1
            if not left[reader]:
                heappush(ready, (items[reader].key, reader))
    return found
