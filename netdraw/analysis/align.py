"""Which layer of one network is which of another: by name, by what it is, and by where it stands.

List by list, from the top: what has a name of its own goes with its namesake; between those the best pairs in order are
found by signature, so that an insertion, a change of width or another repeat count leaves the rest in place; what is
left may have moved. At last what reads the same in both networks goes together, wherever it is written.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from ..core.records import NamedTuple
from ..graph.model import Graph
from .lists import pair_lists, steady
from .signature import Signer, Tree, TreeItem

MOST = 32
"""Of the readers of one value that are equal but for widths, so many are looked at for one that is equal."""


class Pair(NamedTuple):
    """A node or group of one network and of the other by their ids; None where the other has none.

    `moved` says that it stands elsewhere among its neighbours, `renamed` that its name is another, or that it is in
    another group; a count that follows from the place (`conv2d_2`) is no name.
    """

    one: str | None
    other: str | None
    moved: bool = False
    renamed: bool = False

    @property
    def ids(self) -> tuple[str | None, str | None]:
        """In the one network and in the other."""
        return self.one, self.other


class Alignment(NamedTuple):
    """Every node, group and input of both networks, each in one pair; in the order of the second network, with what
    only the first has behind what it follows there. What is in a moved or renamed group has not itself moved, nor has
    it another name.
    """

    nodes: tuple[Pair, ...]
    groups: tuple[Pair, ...]
    inputs: tuple[Pair, ...]

    def to_dict(self) -> dict[str, Any]:
        return {key: [list(pair) for pair in pairs] for key, pairs in self._asdict().items()}


def align(one: Graph, other: Graph) -> Alignment:
    """The pairs of two networks. `align(b, a)` has the same pairs, turned round."""
    turned = _order(other) < _order(one)
    first, second = (other, one) if turned else (one, other)
    signer = Signer()
    aligner = _Aligner(signer.tree(first), signer.tree(second))
    aligner.lists()
    aligner.moved_lists()
    aligner.flow()
    aligner.part_the_unlike()
    aligner.groups()
    pairs = [Pair(*ids, ids[0] in aligner.moved, aligner.renamed(*ids)) for ids in aligner.there.items()]
    pairs = [pair._replace(one=pair.other, other=pair.one) for pair in pairs] if turned else pairs
    inputs = [Pair(mine, its, renamed=mine != its) for mine, its in _inputs(one, other).items()]
    return Alignment(
        _ordered([node.id for node in one.nodes], [node.id for node in other.nodes], pairs),
        _ordered([group.id for group in one.groups], [group.id for group in other.groups], pairs),
        _ordered([name for name, _ in one.inputs], [name for name, _ in other.inputs], inputs),
    )


def _order(graph: Graph) -> tuple[Any, ...]:
    """Decides which network is read first, so that the pairs do not depend on who is asked for first."""
    nodes = [(node.id, node.op, str(node.attrs), node.inputs, node.shares or "") for node in graph.nodes]
    groups = [(one.id, one.kind, one.block or "", one.title or "", str(one.residual)) for one in graph.groups]
    inputs = [(name, kind.shape, kind.axes, kind.dtype) for name, kind in graph.inputs]
    return len(nodes), nodes, groups, inputs, graph.outputs


def _ordered(one: Sequence[str], other: Sequence[str], pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs of these ids, and one for each id that has no partner."""
    there = {pair.one: pair.other for pair in pairs}
    back = {pair.other: pair for pair in pairs}
    behind: dict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for id in one:
        if id in there:
            last = there[id]
        else:
            behind[last].append(id)
    found = [Pair(id, None) for id in behind[None]]
    for id in other:
        found.append(back.get(id) or Pair(None, id))
        found += [Pair(left, None) for left in behind.get(id, ())]
    return tuple(found)


class _Aligner:
    """Pairs the parts of two trees; `there` is by the id of the first, `moved` are ids of the first."""

    def __init__(self, one: Tree, other: Tree) -> None:
        self.one, self.other = one, other
        self.there: dict[str, str] = {}
        self.back: dict[str, str] = {}
        self.moved: set[str] = set()

    def lists(self, start: Sequence[tuple[str, str]] = (("", ""),)) -> None:
        """Pairs the lists of these groups, and those of all groups that are paired on the way."""
        work = list(start)
        while work:
            mine, its = self._opened(*work.pop())
            for one, other in self._list(mine, its):
                if one.group and other.group:
                    work.append((one.id, other.id))

    def _opened(self, one: str, other: str) -> tuple[list[TreeItem], list[TreeItem]]:
        """The lists of two groups; where only one of them repeats, of its first member."""
        mine, its = self.one.lists[one], self.other.lists[other]
        repeats = [bool(parts) and parts[0].is_member for parts in (mine, its)]
        if repeats == [True, False]:
            return self.one.lists[mine[0].id], its
        if repeats == [False, True]:
            return mine, self.other.lists[its[0].id]
        return mine, its

    def _list(self, mine: list[TreeItem], its: list[TreeItem]) -> list[tuple[TreeItem, TreeItem]]:
        """The pairs of two lists."""
        mine = [part for part in mine if part.id not in self.there]
        its = [part for part in its if part.id not in self.back]
        pairs = pair_lists(mine, its)
        kept = steady(mine, its, pairs)
        for place, (at, to) in enumerate(pairs):
            self._pair(mine[at].id, its[to].id, place not in kept)
        return [(mine[at], its[to]) for at, to in pairs]

    def _pair(self, one: str, other: str, moved: bool = False) -> None:
        self.there[one], self.back[other] = other, one
        if moved:
            self.moved.add(one)

    def renamed(self, one: str, other: str) -> bool:
        """Whether the names of a pair differ, one of them at least being a name, or their groups are no pair."""
        mine, its = self.one.parts[one], self.other.parts[other]
        named = bool(mine.name or its.name) and mine.stem != its.stem
        return named or not self._go_together(mine.parent, its.parent)

    def _go_together(self, one: str, other: str) -> bool:
        """Whether two groups are a pair, or one is a member of what the other goes with."""
        if self.there.get(one) == other or one == other == "":
            return True
        mine, its = self.one.parts.get(one), self.other.parts.get(other)
        if its and its.is_repeat and other not in self.back:
            return self._go_together(one, its.parent)
        if mine and mine.is_repeat and one not in self.there:
            return self._go_together(mine.parent, other)
        if its and its.is_member and one:
            return self.there.get(one) == its.parent
        return bool(mine and mine.is_member and other and self.back.get(other) == mine.parent)

    def moved_lists(self) -> None:
        """What is left in both networks, equal and alone with its name in each, moved from one list into another."""
        left, right = _alone(self.one.parts.values()), _alone(self.other.parts.values())
        for name, mine in left.items():
            its = right.get(name)
            if its and mine.exact == its.exact and mine.id not in self.there and its.id not in self.back:
                self._pair(mine.id, its.id, moved=True)
                if mine.group:
                    self.lists([(mine.id, its.id)])

    def flow(self) -> None:
        """Pairs nodes that are left where they read the same and are equal, or equal but for widths."""
        readers = defaultdict[tuple[str, int], deque[TreeItem]](deque)
        for node in self.one.graph.nodes:
            if node.inputs and node.id not in self.there:
                part = self.one.parts[node.id]
                readers[node.inputs[0].node, part.loose].append(part)
        inputs = _inputs(self.other.graph, self.one.graph)
        for node in self.other.graph.nodes:
            before = node.inputs[0].node if node.inputs else ""
            its = self.other.parts[node.id]
            ways = readers.get((self.back.get(before) or inputs.get(before, ""), its.loose))
            if ways and node.id not in self.back:
                equal = (place for place, mine in enumerate(islice(ways, MOST)) if mine.exact == its.exact)
                ways.rotate(-next(equal, 0))
                self._pair(ways.popleft().id, node.id)

    def part_the_unlike(self) -> None:
        """Undoes pairs of groups of two kinds in which no layers go together, unless they have one name."""
        shared = {node.group for node in self.one.graph.nodes if node.id in self.there}
        for group in reversed(self.one.graph.groups):  # parents stand before their children
            if group.id in shared:
                shared.add(group.parent)
            elif group.id in self.there:
                mine, its = self.one.parts[group.id], self.other.parts[self.there[group.id]]
                if mine.kind != its.kind and not (mine.name and mine.name == its.name):
                    del self.there[mine.id], self.back[its.id]
                    self.moved.discard(mine.id)

    def groups(self) -> None:
        """Pairs groups that are left where all in them goes with all in one other."""
        for group in reversed(self.one.graph.groups):
            parts = self.one.lists[group.id]
            partners = [self.there.get(part.id, "") for part in parts]
            around = {self.other.parts[id].parent if id else "" for id in partners}
            its = around.pop() if len(around) == 1 else ""
            if group.id not in self.there and its not in self.back and len(self.other.lists[its]) == len(parts) and its:
                self._pair(group.id, its)


def _inputs(one: Graph, other: Graph) -> dict[str, str]:
    """The inputs of two networks: by name, those that are left in order."""
    mine, its = [name for name, _ in one.inputs], [name for name, _ in other.inputs]
    rest = zip([name for name in mine if name not in its], [name for name in its if name not in mine], strict=False)
    return {**{name: name for name in mine if name in its}, **dict(rest)}


def _alone(parts: Iterable[TreeItem]) -> dict[str, TreeItem]:
    """By name what is alone with it in its network."""
    found = {part.name: part for part in parts if part.name}
    often = Counter([part.name for part in parts])
    return {name: part for name, part in found.items() if often[name] == 1}
