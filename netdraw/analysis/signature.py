"""What a layer or a group is, apart from its name: signatures by which parts of two networks are told alike.

`exact` says ops, resolved attributes, wiring by position and the signatures inside; `loose` leaves out widths, counts,
wiring and how often a part repeats; `nature` is the op with its category (depthwise or not) and its kernel, of a group
those of the layers in it that set a width; `kind` is the op alone, or what was written and of which block; `role` the
family of the op. Each says less than the one before it. Equal signatures have equal numbers, for all networks that one
Signer reads.
"""

from collections.abc import Hashable, Iterable, Mapping
from itertools import groupby
from typing import Any

from ..core.records import NamedTuple
from ..graph.model import Graph, Group, Node, Ref, type_table
from ..ops.base import Types
from ..ops.tensor import UNKNOWN
from ..spec.keywords import snake


class TreeItem(NamedTuple):
    """A node or a group in the list of its parent, "" at the top.

    `name` is what its writer called it, "" where its id follows from what it is and where it stands; `stem` is the last
    segment of its id without what tells it from its like: `conv2d_2` has the stem `conv2d`, a member none. `size` is
    how many nodes it has, `place` the position of the first; `types` and `channels` are what its last node gives.
    `heavy` says that it sets a width, or holds what does; `joins` that it is a norm or an activation, `follows` that it
    is one that reads nothing but what stands right before it.
    """

    id: str
    parent: str
    group: Group | None
    name: str
    stem: str
    exact: int
    loose: int
    nature: int
    kind: int
    role: int
    types: int
    size: int
    place: int
    channels: int | None = None
    heavy: bool = False
    joins: bool = False
    follows: bool = False

    @property
    def is_member(self) -> bool:
        """Whether it is a group of a repeat."""
        return self.group is not None and self.group.member is not None

    @property
    def is_repeat(self) -> bool:
        """Whether it is the group around the members of a repeat."""
        return self.group is not None and self.group.kind == "repeat"


class Tree(NamedTuple):
    """A network as lists of parts, each in the order of its first nodes; the whole is the list of ""."""

    graph: Graph
    parts: Mapping[str, TreeItem]
    lists: Mapping[str, list[TreeItem]]


class Signer:
    """Gives equal things equal numbers, over several networks."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._looks: dict[Hashable, tuple[str, str]] = {}

    def number(self, *key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def tree(self, graph: Graph) -> Tree:
        """Reads a network; groups stand after their parents."""
        return _Reader(self, graph).tree()

    def look(self, node: Node, inputs: Types) -> tuple[str, str]:
        """The op's category and the size of its kernel; of what has no face the op."""
        if UNKNOWN in inputs or UNKNOWN in node.outputs:
            return node.op, ""
        key = node.op, tuple(node.attrs.values()), inputs
        if key not in self._looks:
            face = node.definition.face(node.attrs, inputs, node.outputs)
            self._looks[key] = face.category, face.size or face.kernel
        return self._looks[key]


class _Reader:
    def __init__(self, signer: Signer, graph: Graph) -> None:
        self.signer, self.graph = signer, graph
        self.types = type_table(graph)
        self.places = {name: -1 - place for place, (name, _) in enumerate(graph.inputs)}
        self.places.update({node.id: place for place, node in enumerate(graph.nodes)})
        self.lists: dict[str, list[TreeItem]] = {"": []}
        self.parts: dict[str, TreeItem] = {}
        self.reads: dict[str, tuple[Ref, ...]] = {}
        """By group, what it reads outside, in order of first use."""

    def tree(self) -> Tree:
        for group in self.graph.groups:
            self.lists[group.id] = []
        for node in self.graph.nodes:
            self._add(self._node(node))
        at = len(self.graph.nodes)
        for group in reversed(self.graph.groups):
            part = self._group(group, at)
            at = part.place
            self._add(part)
        self._sort(self.lists[""])
        return Tree(self.graph, self.parts, self.lists)

    def _sort(self, parts: list[TreeItem]) -> None:
        """Nodes came first, then groups from the last to the first; one without nodes stands before its neighbour."""
        parts.reverse()
        parts.sort(key=lambda part: (part.place, part.size))

    def _add(self, part: TreeItem) -> None:
        self.parts[part.id] = part
        self.lists[part.parent].append(part)

    def _node(self, node: Node) -> TreeItem:
        number, op, place = self.signer.number, node.definition, self.places[node.id]
        attrs = tuple(node.attrs.items())
        narrow = tuple([(name, value) for name, value in attrs if type(value) is not int])
        inputs = tuple([self.types.get(ref, UNKNOWN) for ref in node.inputs])
        category, size = self.signer.look(node, inputs)
        joins = op.fuse in ("norm", "activation")
        name, stem = _named(node.id, op.snake)
        return TreeItem(
            id=node.id,
            parent=node.group,
            group=None,
            name=name,
            stem=stem,
            exact=number("node", node.op, attrs, len(node.inputs), node.shares is None),
            loose=number("loose", node.op, category, size, narrow),
            nature=number("nature", node.op, category, size),
            kind=number("op", node.op),
            role=number("family", category.partition(".")[0]),
            types=number("types", node.outputs),
            size=1,
            place=place,
            channels=node.outputs[0].size("c"),
            heavy=bool(op.widths),
            joins=joins,
            follows=joins and [self.places[ref.node] for ref in node.inputs] == [place - 1],
        )

    def _group(self, group: Group, behind: int) -> TreeItem:
        """`behind` is the place of what stands behind a group without nodes."""
        number, parts = self.signer.number, self.lists[group.id]
        self._sort(parts)
        rule = group.residual
        done = rule and (rule.rule, rule.done)
        last = max(parts, key=lambda part: part.place + part.size, default=None)
        name, stem = _group_named(group)
        loose, nature, kind, role = self._likeness(group, parts)
        return TreeItem(
            id=group.id,
            parent=group.parent,
            group=group,
            name=name,
            stem=stem,
            exact=number("group", group.kind, done, self._wiring(group, parts)),
            loose=loose,
            nature=nature,
            kind=kind,
            role=role,
            types=last.types if last else number("types", None),
            size=sum([part.size for part in parts]),
            place=parts[0].place if parts else behind,
            channels=last.channels if last else None,
            heavy=any(part.heavy for part in parts),
        )

    def _likeness(self, group: Group, parts: list[TreeItem]) -> tuple[int, int, int, int]:
        """The signatures loose, nature, kind and role; a repeat has those of what it repeats, which may come to stand
        once.
        """
        number = self.signer.number
        distinct = _distinct(part.loose for part in parts)
        loose = number("distinct", group.kind, group.block, distinct)
        if group.kind == "repeat" and parts and parts[0].is_member:
            first = parts[0]
            return first.loose if len(distinct) == 1 else loose, first.nature, first.kind, first.role
        natures = _distinct(part.nature for part in parts if part.heavy)
        nature = number("natures", group.kind, group.block, natures)
        return loose, nature, number("kind", group.kind, group.block), number("groups", group.kind)

    def _wiring(self, group: Group, parts: list[TreeItem]) -> tuple[Any, ...]:
        """The parts' signatures, and what each reads: by its distance inside the group, else by its turn outside."""
        start = parts[0].place if parts else 0
        turns: dict[Ref, int] = {}
        rows = []
        for part in parts:
            reads = self.reads[part.id] if part.group else self.graph.nodes[part.place].inputs
            wires = []
            for ref in reads:
                at = self.places[ref.node]
                inside = at >= start and (at - start, ref.port)
                wires.append(inside or (-1, turns.setdefault(ref, len(turns))))
            rows.append((part.exact, tuple(wires)))
        self.reads[group.id] = tuple(turns)
        return tuple(rows)


def _distinct(signatures: Iterable[int]) -> tuple[int, ...]:
    """Without those that stand right before themselves."""
    return tuple([one for one, _ in groupby(signatures)])


_WORDS = {"layers": "group"}
"""The segment of what has no name, where it is not the word of the language."""


def _group_named(group: Group) -> tuple[str, str]:
    """The name and the stem of a group; where its segment is no name, its title is."""
    if group.member is not None or group.kind == "row":
        return ("" if group.member is not None else group.title or ""), ""
    segment = group.id.rpartition(".")[2]
    word = snake(group.block) if group.block else _WORDS.get(group.kind, group.kind)
    if group.kind == "repeat":  # its segment is the one of what repeats, of which it knows only whether it has a name
        word = segment if not group.title else ""
        word = _without_count(word)
    name, stem = _named(group.id, word)
    return name or group.title or "", stem


def _named(id: str, word: str) -> tuple[str, str]:
    """The last segment of an id as name and stem; no name where it is a number, or `word` with or without `_k`."""
    segment = id.rpartition(".")[2]
    if segment.isdecimal():
        return "", ""
    if word in (segment, _without_count(segment)):
        return "", word
    return segment, segment


def _without_count(segment: str) -> str:
    head, _, count = segment.rpartition("_")
    return head if head and count.isdecimal() else segment
