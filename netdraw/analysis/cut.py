"""Cuts stretches out of a graph: what they read become inputs, what is read of them outputs."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.records import NamedTuple
from ..graph.model import Graph, Group, Node, Ref, around, type_table
from .cost import subtotals
from .model import Analysis, subtotal


class Subnetwork(NamedTuple):
    """A stretch of a network, and its numbers."""

    graph: Graph
    analysis: Analysis


class Stretch(NamedTuple):
    """A stretch of nodes, from `first` up to `stop`, and what it is called."""

    id: str
    title: str
    first: int
    stop: int


class Cutter:
    """Cuts stretches out of one graph."""

    def __init__(self, graph: Graph, analysis: Analysis) -> None:
        self.graph, self.analysis = graph, analysis
        self.types = type_table(graph)
        self.groups = {group.id: group for group in graph.groups}
        self.nodes = {node.id: node for node in graph.nodes}
        self.inputs = {name for name, _ in graph.inputs}
        self.sizes = _sizes(graph, graph.nodes)
        self.taken: set[str] = set()
        self.readers: dict[Ref, list[Node]] = {}
        for node in graph.nodes:
            for ref in node.inputs:
                self.readers.setdefault(ref, []).append(node)

    def part(self, run: Stretch, name: str) -> Subnetwork:
        """A stretch as a graph; the names of its ends differ from those of other parts."""
        nodes = list(self.graph.nodes[run.first : run.stop])
        own = {node.id for node in nodes}
        groups = self._groups(nodes)
        kept = {group.id for group in groups}
        names = self._names(nodes, own)
        cut = [
            node._replace(
                inputs=tuple([Ref(names[ref]) if ref in names else ref for ref in node.inputs]),
                group=node.group if node.group in kept else "",
                shares=node.shares if node.shares in own else None,
            )
            for node in nodes
        ]
        inputs = tuple([(names[ref], self.types[ref]) for ref in names])
        outputs = self._outputs(nodes, own)
        graph = Graph(name=name, inputs=inputs, nodes=tuple(cut), groups=groups, outputs=outputs)
        return Subnetwork(graph, self._analysis(graph))

    def _groups(self, nodes: list[Node]) -> tuple[Group, ...]:
        """The groups that lie in the part whole, empty ones in these too; those above them are left out."""
        sizes = _sizes(self.graph, nodes)
        kept: dict[str, Group] = {}
        for group in self.graph.groups:
            size = self.sizes.get(group.id)
            if group.parent in kept if size is None else sizes.get(group.id) == size:
                kept[group.id] = group if group.parent in kept else group._replace(parent="")
        return tuple(kept.values())

    def _names(self, nodes: list[Node], own: set[str]) -> dict[Ref, str]:
        """What the part reads from outside, in order of first use, each with its name as an input."""
        refs = list(dict.fromkeys(ref for node in nodes for ref in node.inputs if ref.node not in own))
        single = len(refs) == 1 and refs[0].node not in self.inputs
        # A name is one word: it stands among the ids of cells.
        said = ["input" if single else "_".join(self._said(ref.node, nodes).split()) for ref in refs]
        return {ref: self._free(name, "_") for ref, name in zip(refs, said, strict=True)}

    def _outputs(self, nodes: list[Node], own: set[str]) -> tuple[tuple[str, Ref], ...]:
        """The network's outputs in the part, then what is read of it outside; the value of its last node is `output`.

        The others are named by who reads them.
        """
        found = {ref: name for name, ref in self.graph.outputs if ref.node in own}
        for node in reversed(nodes):
            for ref in [Ref(node.id, port) for port in range(len(node.outputs))]:
                outside = [reader for reader in self.readers.get(ref, ()) if reader.id not in own]
                if outside and ref not in found:
                    last = node is nodes[-1] and "output" not in found.values()
                    found[ref] = "output" if last else f"→ {self._said(outside[0].id, nodes)}"
        return tuple([(self._free(name, " "), ref) for ref, name in found.items()])

    def _free(self, name: str, join: str) -> str:
        """The name, with a number where another end of any part has it."""
        free, number = name, 2
        while free in self.taken:
            free, number = f"{name}{join}{number}", number + 1
        self.taken.add(free)
        return free

    def _said(self, id: str, nodes: list[Node]) -> str:
        """What a node outside the part is called in it: by the outermost group that does not hold the part too."""
        if id in self.inputs:
            return id
        shared = set(around(self.groups, nodes[0].group))
        chain = [self.groups[name] for name in around(self.groups, self.nodes[id].group) if name not in shared]
        title = next((group.title for group in reversed(chain) if group.title), None)
        return title or (chain[-1].id if chain else id)

    def _analysis(self, graph: Graph) -> Analysis:
        nodes = {node.id: self.analysis.nodes[node.id] for node in graph.nodes}
        groups = subtotals(graph, nodes)
        whole = groups.pop("")
        lost, unknown = (
            tuple([id for id in ids if id in nodes]) for ids in (self.analysis.not_counted, self.analysis.unknown)
        )
        kept = []
        for stage in self.analysis.stages:
            ids = tuple([id for id in stage.nodes if id in nodes])
            kept += [stage._replace(nodes=ids, total=subtotal([nodes[id] for id in ids]))] if ids else []
        # One bracket around everything would say what the totals say.
        stages = tuple(kept) if len(kept) > 1 else ()
        return Analysis(nodes=nodes, groups=groups, stages=stages, total=whole, not_counted=lost, unknown=unknown)


def _sizes(graph: Graph, nodes: Iterable[Node]) -> dict[str, int]:
    """How many of the nodes lie in each group, those of groups in it included; groups without any are left out."""
    sizes = dict.fromkeys([group.id for group in graph.groups], 0)
    for node in nodes:
        if node.group:
            sizes[node.group] += 1
    for group in reversed(graph.groups):
        if group.parent:
            sizes[group.parent] += sizes[group.id]
    return {id: size for id, size in sizes.items() if size}
