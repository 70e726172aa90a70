"""The graph by position, so that fusing, folding and drawing need no look-up by id."""

from collections.abc import Hashable

from ...core.records import NamedTuple
from ...graph.model import Graph, Group, Node, free_title
from ...ops.base import Face, OpDef, Types
from ...ops.tensor import UNKNOWN, TensorType
from ..model import by_key

Value = tuple[int, int]
"""A value by the position of the node or input that gives it, and its port there."""
Span = tuple[int, int]
"""The positions of nodes, stop excluded."""


class Index(NamedTuple):
    """A graph's nodes by their position. An input of the network has a negative one: the first -1, the second -2, …

    `sources` are the positions that a node reads, `readers` how many inputs read it (outputs of the network included),
    `last` the position of its last reader (the number of nodes for an output). `spans` are the positions of a group's
    nodes, stop excluded; a group without nodes, or whose nodes do not stand together, has none. `faces` are those that
    were asked for, by what nodes that are alike have in common.
    """

    graph: Graph
    nodes: tuple[Node, ...]
    places: dict[str, int]
    ops: list[OpDef]
    sources: list[tuple[int, ...]]
    readers: list[int]
    last: list[int]
    groups: dict[str, Group]
    spans: dict[str, Span]
    children: dict[str, list[Group]]
    faces: dict[Hashable, Face]

    def carried(self, place: int, sources: tuple[int, ...]) -> tuple[int, ...]:
        """Of what a node reads what hands on elements; the others only give a size, and are no edges."""
        return sources[: self.ops[place].carries]

    def reads(self, place: int) -> list[Value]:
        """The values that a node reads."""
        return [(at, port) for at, (_, port) in zip(self.sources[place], self.nodes[place].inputs, strict=True)]

    def wiring(self, place: int, start: int, outside: dict[Value, int]) -> tuple[Value, ...]:
        """What a node of a part that begins at `start` reads, by place in it; what lies before the part is numbered in
        `outside`, in order of first use.
        """
        found = []
        for at, (_, port) in zip(self.sources[place], self.nodes[place].inputs, strict=True):
            inside = at >= start
            found.append((at - start, port) if inside else (-1 - outside.setdefault((at, port), len(outside)), 0))
        return tuple(found)

    def source_types(self, place: int) -> Types:
        """The types that a node reads."""
        return tuple([self.type_at(at, port) for at, port in self.reads(place)])

    def face(self, place: int) -> Face:
        """What a figure says of a node; of one whose rule failed only that."""
        node, inputs = self.nodes[place], self.source_types(place)
        if UNKNOWN in inputs or UNKNOWN in node.outputs:
            return Face("other", kernel="?")
        key = node.key(inputs)
        face = self.faces.get(key) or self.faces.setdefault(key, self.ops[place].face(node.attrs, inputs, node.outputs))
        return face._replace(title=free_title(node) or face.title) if face.title else face

    def counted(self, place: int) -> bool:
        """Whether the MACs of a node are known."""
        node, inputs = self.nodes[place], self.source_types(place)
        known = UNKNOWN not in inputs and UNKNOWN not in node.outputs
        return known and self.ops[place].counted(node.attrs, inputs, node.outputs) is not None

    def type_at(self, place: int, port: int = 0) -> TensorType:
        """The type of a value by the position of its node or input."""
        return self.nodes[place].outputs[port] if place >= 0 else self.graph.inputs[-1 - place][1]


def index(graph: Graph) -> Index:
    """The index of a graph; groups stand after their parents."""
    nodes, count = graph.nodes, len(graph.nodes)
    places = {name: -1 - number for number, (name, _) in enumerate(graph.inputs)}
    readers, last = [0] * count, [-1] * count
    sources: list[tuple[int, ...]] = []
    for place, node in enumerate(nodes):
        sources.append(tuple([places[ref.node] for ref in node.inputs]))
        places[node.id] = place
    for reader, read in enumerate([*sources, [places[ref.node] for _, ref in graph.outputs]]):
        for at in read:
            if at >= 0:
                readers[at] += 1
                last[at] = reader
    return Index(
        graph=graph,
        nodes=nodes,
        places=places,
        ops=[node.definition for node in nodes],
        sources=sources,
        readers=readers,
        last=last,
        groups={group.id: group for group in graph.groups},
        spans=_spans(graph),
        children=by_key((group.parent, group) for group in graph.groups),
        faces={},
    )


def _spans(graph: Graph) -> dict[str, Span]:
    found: dict[str, tuple[int, int, int]] = {}  # start, stop, how many
    for place, node in enumerate(graph.nodes):
        start, _, count = found.get(node.group, (place, place, 0))
        found[node.group] = start, place + 1, count + 1
    for group in reversed(graph.groups):
        if group.id in found:
            start, stop, count = found[group.id]
            first, last, others = found.get(group.parent, (start, stop, 0))
            found[group.parent] = min(first, start), max(last, stop), others + count
    return {key: (start, stop) for key, (start, stop, count) in found.items() if count == stop - start}
