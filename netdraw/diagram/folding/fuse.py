"""Which nodes share a cell: norms and activations join the convolution, linear or add that they belong to.

A norm or activation joins the anchor before it when it is that node's only reader, else the anchor after it when that
is its only reader (pre-activation; a norm without an activation is none); an activation joins a norm that has a cell of
its own. A cell holds one norm and one activation. Nothing moves across the border of a block instance, but a block that
is a mere chain (ConvBNAct) has no border.

Between two anchors, what was written in one block with the second belongs to that; and a chain that begins with an
activation goes on so: BN, ReLU, conv, BN, ReLU, conv is two cells of one kind (docs/decisions/preactivation.md).
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from ...core.records import NamedTuple
from ...graph.model import Graph, around
from .index import Index, Span, index

When = Literal["before", "after"]
JOINS = NORM, ACTIVATION = "norm", "activation"


class Fused(NamedTuple):
    """By position. `owners` is the node that gives the cell its face; `ticks` are the nodes that have no cell."""

    owners: list[int]
    ticks: set[int]


def fuse(index: Index, pools: bool = False) -> Fused:
    """The owner of every node; one that joins no other owns itself. `pools` join the convolution before, too."""
    fuser = _Fuser(index)
    owners, ticks = fuser.owners, set[int]()
    for place, op in enumerate(index.ops):
        sources = index.carried(place, index.sources[place])
        if len(sources) != 1:
            continue
        if op.fuse == "none" and index.face(place).category == "tick":
            ticks.add(place)
        elif sources[0] < 0:
            continue
        elif op.fuse == "anchor":
            fuser.take(place)
        elif fuser.alone(sources[0], place):
            if op.fuse != "none":
                fuser.join(place)
            elif pools and is_pool(index, place) and not is_pool(index, sources[0]):
                # Only a convolution's cell takes one, which then is no cell of its own.
                owner = owners[sources[0]]
                owners[place] = owner if index.face(owner).category == "conv" else place
    return Fused(owners, ticks)


class _Fuser:
    """The owners so far. `held` are the roles that joined a node; `before` are those that stand before an anchor, or
    did so where its chain began, and `begun` the anchors where it begins.
    """

    def __init__(self, index: Index) -> None:
        borders = _borders(index)
        self.index, self.roles = index, [op.fuse for op in index.ops]
        self.scopes = [borders[node.group] for node in index.nodes]
        self.owners = list(range(len(index.nodes)))
        self.held: dict[int, set[str]] = {}
        self.before: dict[int, frozenset[str]] = {}
        self.begun: set[int] = set()
        self.bare: dict[int, bool] = {}

    def alone(self, place: int, reader: int) -> bool:
        """Whether that reader is the only one of a node, and in its scope."""
        return place >= 0 and self.index.readers[place] == 1 and self.scopes[place] == self.scopes[reader]

    def join(self, place: int) -> None:
        """Joins the cell before, once as a norm and once as an activation; a norm's own cell, and one in which values
        meet, takes activations only.
        """
        role, owner = self.roles[place], self.owners[self.index.sources[place][0]]
        holds, held = self.roles[owner], self.held.setdefault(owner, set())
        takes = JOINS if holds == "anchor" and len(self.index.sources[owner]) == 1 else (ACTIVATION,)
        if holds in ("anchor", NORM) and role in takes and role not in held:
            held.add(role)
            self.owners[place] = owner

    def take(self, anchor: int) -> None:
        """Takes the activation before an anchor, and the norm beside it."""
        taken: dict[str, int] = {}
        reader, at = anchor, self.index.sources[anchor][0]
        while self.alone(at, reader) and self.roles[at] not in taken and self._goes_with(at, anchor):
            taken[self.roles[at]] = at
            reader, at = at, next(iter(self.index.sources[at]), -1)
        if ACTIVATION in taken and self._activates(taken, anchor):
            for place in taken.values():
                self.owners[place] = anchor
            self.held[anchor] = set(taken)
            self._begin(anchor, taken)
        else:
            self._go_on(anchor, self.index.sources[anchor][0])

    def _goes_with(self, place: int, anchor: int) -> bool:
        """Whether what stands between two anchors, or behind none, belongs to the one behind it."""
        owner, role = self.owners[place], self.roles[place]
        if role not in JOINS or self.roles[owner] != "anchor":
            return role in JOINS
        usual, spans = role in self.before.get(owner, ()), self._spans(place)
        if owner in self.begun:
            return usual
        if any(owner < start and anchor < stop for start, stop in spans):
            return True
        return usual and not any(start <= owner and stop <= anchor for start, stop in spans)

    def _activates(self, taken: Mapping[str, int], anchor: int) -> bool:
        """Whether an anchor is activated by what stands before it: not where its own block does that behind it, unless
        the chain is one of norms and activations, each before an anchor.
        """
        behind = max([stop for start, stop in self._spans(anchor) if start > taken[ACTIVATION]], default=0)
        roles = [role for role in self.roles[anchor + 1 : behind] if role in (ACTIVATION, "anchor")]
        return roles[:1] != [ACTIVATION] or (NORM in taken and self._ends_bare(anchor))

    def _spans(self, place: int) -> list[Span]:
        """Those of the groups around a node."""
        groups = around(self.index.groups, self.index.nodes[place].group)
        return [self.index.spans[id] for id in groups if id in self.index.spans]

    def _go_on(self, anchor: int, at: int) -> None:
        """An anchor that takes nothing is as the one right before it; behind a norm and an activation that others read,
        too, it is activated by these.
        """
        owner = self.owners[at]
        if self.roles[owner] == "anchor":
            if self.roles[at] != ACTIVATION and self.alone(at, anchor) and owner in self.before:
                self.before[anchor] = self.before[owner]
        elif self.roles[owner] == NORM and self.held.get(owner) and self._ends_bare(anchor):
            self._begin(anchor, JOINS)

    def _begin(self, anchor: int, roles: Iterable[str]) -> None:
        self.before[anchor] = frozenset(roles)
        self.begun.add(anchor)

    def _ends_bare(self, anchor: int) -> bool:
        """Whether the last anchor of a chain, of which this is one, is not activated behind."""
        if anchor not in self.bare:
            index, place, chain, bare = self.index, anchor, [anchor], True
            while index.last[place] < len(index.nodes) and self.alone(place, index.last[place]):
                place = index.last[place]
                if self.roles[place] == "none" or len(index.sources[place]) != 1:
                    break
                if self.roles[place] == "anchor":
                    chain.append(place)
                    bare = True
                else:
                    bare = bare and self.roles[place] != ACTIVATION
            self.bare.update(dict.fromkeys(chain, bare))
        return self.bare[anchor]


def activated(graph: Graph) -> dict[str, When]:
    """By the id of every layer that shares a cell with an activation: whether that comes before it or after."""
    table = index(graph)
    return {table.nodes[owner].id: when for owner, when in activations(table, fuse(table)).items()}


def activations(table: Index, fused: Fused) -> dict[int, When]:
    """The same by position."""
    joined = {owner: place for place, owner in enumerate(fused.owners) if table.ops[place].fuse == ACTIVATION}
    return {owner: "before" if place < owner else "after" for owner, place in joined.items() if owner != place}


def is_pool(index: Index, place: int) -> bool:
    """Whether a node is a pooling with a window that slides."""
    face = index.face(place)
    return face.category.startswith("pool.") and bool(face.size)


def _borders(index: Index) -> dict[str, str]:
    """By group id: the innermost group around that fusing does not leave."""
    breaks = [0]
    for place, sources in enumerate(index.sources):
        breaks.append(breaks[-1] + (sources != (place - 1,) or place == 0 or index.readers[place - 1] != 1))
    borders = {"": ""}
    for group in index.graph.groups:
        span = index.spans.get(group.id)
        chain = span is not None and breaks[span[1]] == breaks[span[0] + 1]
        member = group.kind != "block" and group.member is not None
        own = group.residual is not None or member or (group.kind == "block" and not chain)
        borders[group.id] = group.id if own else borders[group.parent]
    return borders
