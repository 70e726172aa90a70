"""The graph by position, so that fusing, folding and drawing need no look-up by id."""

from ...core.records import NamedTuple
from ...graph.model import Graph, Group, Node
from ...ops.base import OPS, Face, OpDef, Types
from ...ops.tensor import UNKNOWN, TensorType


class Index(NamedTuple):
    """A graph's nodes by their position. An input of the network has a negative one: the first -1, the second -2, …

    `sources` are the positions that a node reads, `readers` how many inputs read it (outputs of the network included),
    `last` the position of its last reader (the number of nodes for an output). `spans` are the positions of a group's
    nodes, stop excluded; a group without nodes, or whose nodes do not stand together, has none.
    """

    graph: Graph
    nodes: tuple[Node, ...]
    places: dict[str, int]
    ops: list[OpDef]
    sources: list[tuple[int, ...]]
    readers: list[int]
    last: list[int]
    groups: dict[str, Group]
    spans: dict[str, tuple[int, int]]
    children: dict[str, list[Group]]

    def carried(self, place: int, sources: tuple[int, ...]) -> tuple[int, ...]:
        """Of what a node reads what hands on elements; the others only give a size, and are no wires."""
        return sources[: self.ops[place].carries]

    def source_types(self, place: int) -> Types:
        """The types that a node reads."""
        node = self.nodes[place]
        return tuple([self.type_at(at, ref.port) for at, ref in zip(self.sources[place], node.inputs, strict=True)])

    def face(self, place: int) -> Face:
        """What a figure says of a node; of one whose rule failed only that."""
        node, inputs = self.nodes[place], self.source_types(place)
        if UNKNOWN in inputs or UNKNOWN in node.outputs:
            return Face("other", kernel="?")
        return self.ops[place].face(node.attrs, inputs, node.outputs)

    def counted(self, place: int) -> bool:
        """Whether the MACs of a node are known."""
        known = UNKNOWN not in self.source_types(place) and UNKNOWN not in self.nodes[place].outputs
        return known and self.ops[place].macs is not None

    def type_at(self, place: int, port: int = 0) -> TensorType:
        """The type of a value by the position of its node or input."""
        return self.nodes[place].outputs[port] if place >= 0 else self.graph.inputs[-1 - place][1]


def index(graph: Graph) -> Index:
    """The index of a graph; groups stand after their parents."""
    nodes = graph.nodes
    places = {name: -1 - number for number, (name, _) in enumerate(graph.inputs)}
    count = len(nodes)
    readers, last = [0] * count, [-1] * count
    sources: list[tuple[int, ...]] = []
    for place, node in enumerate(nodes):
        found = tuple([places[ref.node] for ref in node.inputs])
        sources.append(found)
        places[node.id] = place
        for at in found:
            if at >= 0:
                readers[at] += 1
                last[at] = place
    for _, ref in graph.outputs:
        at = places[ref.node]
        if at >= 0:
            readers[at] += 1
            last[at] = count
    children: dict[str, list[Group]] = {}
    for group in graph.groups:
        children.setdefault(group.parent, []).append(group)
    groups = {group.id: group for group in graph.groups}
    known: dict[str, OpDef] = {}
    ops = [known.get(node.op) or known.setdefault(node.op, OPS[node.op]) for node in nodes]
    return Index(
        graph=graph,
        nodes=nodes,
        places=places,
        ops=ops,
        sources=sources,
        readers=readers,
        last=last,
        groups=groups,
        spans=_spans(graph),
        children=children,
    )


def _spans(graph: Graph) -> dict[str, tuple[int, int]]:
    found: dict[str, list[int]] = {}  # first, last, how many
    for place, node in enumerate(graph.nodes):
        span = found.get(node.group)
        if span is None:
            found[node.group] = [place, place, 1]
        else:
            span[1] = place
            span[2] += 1
    for group in reversed(graph.groups):
        span = found.get(group.id)
        if span is None:
            continue
        above = found.get(group.parent)
        if above is None:
            found[group.parent] = list(span)
        else:
            found[group.parent] = [min(above[0], span[0]), max(above[1], span[1]), above[2] + span[2]]
    return {key: (first, last + 1) for key, (first, last, count) in found.items() if count == last + 1 - first}
