"""Whether a layer reads something else than before, apart from what came between, went or moved."""

from __future__ import annotations

from collections.abc import Mapping, Set

from ..core.records import NamedTuple
from ..graph.model import Graph, Ref


class _Source(NamedTuple):
    """A value that stays, by its name in the second network; `direct` where nothing lies between."""

    ref: Ref | None
    direct: bool


class WayBack(NamedTuple):
    """One network's way back from a value to one that stays: `passed` are looked through, by their first input."""

    first: Mapping[str, Ref | None]
    passed: Set[str]
    names: Mapping[str, str]
    """The names in the second network of what stays."""

    def source(self, ref: Ref) -> _Source:
        """What a value is, or what it comes from."""
        direct = True
        while ref.node in self.passed:
            before, direct = self.first[ref.node], False
            if before is None:
                return _Source(None, False)
            ref = before
        name = self.names.get(ref.node)
        return _Source(None if name is None else Ref(name, ref.port), direct)


class ReadValues:
    """Compares what pairs read. What was added, removed or moved is passed; a chain of those is walked once."""

    def __init__(self, one: Graph, other: Graph, names: Mapping[str, str], moved: Set[str]) -> None:
        back = {its: its for its in names.values()}
        kept = {mine for mine in names if mine not in moved}
        self.one = _side(one, {node.id for node in one.nodes} - kept, names)
        stays = {names[mine] for mine in kept}
        self.other = _side(other, {node.id for node in other.nodes} - stays, back)

    def same(self, mine: tuple[Ref, ...], its: tuple[Ref, ...]) -> bool:
        """Whether two lists of values are the same, but for what was put between them or taken out."""
        if [Ref(self.one.names.get(ref.node, ""), ref.port) for ref in mine] == list(its):
            return True
        one, other = [self.one.source(ref) for ref in mine], [self.other.source(ref) for ref in its]
        if [source.ref for source in one] == [source.ref for source in other]:
            return True
        return [source for source in one if source.direct] == [source for source in other if source.direct]


def _side(graph: Graph, passed: set[str], names: Mapping[str, str]) -> WayBack:
    """With the way through chains of passed nodes cut short, so that walking it costs one step."""
    first: dict[str, Ref | None] = {}
    for node in graph.nodes:
        if node.id in passed:
            before = node.inputs[0] if node.inputs else None
            first[node.id] = first[before.node] if before and before.node in first else before
    return WayBack(first, passed, names)
