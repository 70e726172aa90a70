"""Which groups fold: consecutive siblings that are equal; they are drawn once, with ×n.

Two groups are equal where their ops, resolved attributes, wiring by position, inner groups and cells are; names and
ids do not matter. They fold where their types are equal too (the first may differ in its input's channels; or all grow
by one constant through a concat), where each reads only the one before, or the one before that, and values common to
all, and where only the last is read outside. Where members read the two before them, what follows may do so too.
"""

from collections.abc import Hashable, Iterator
from typing import Any

from ...core.records import NamedTuple
from ...graph.model import Group
from ...ops.base import Types
from ...ops.tensor import TensorType
from .fuse import Fused
from .index import Index, Value


class Fold(NamedTuple):
    """Groups that fold; the last is drawn. `growth` is what each adds to the channels, else 0.

    `paired` tells that the output of the last but one is read outside, too.
    """

    groups: tuple[Group, ...]
    growth: int = 0
    paired: bool = False


class GroupSignature(NamedTuple):
    """What must be equal of two groups: `key`; `reads` are the values outside, in order of first use."""

    key: tuple[Any, ...]
    reads: tuple[Value, ...]
    inputs: Types
    output: TensorType
    reach: int
    """The position of the last reader of any of its nodes."""


Relation = list[tuple[int, int, int]]
"""For each value that a group reads: how many members back (0: common to all), its place there, and its port."""


def find_folds(index: Index, fused: Fused, siblings: list[Group]) -> Iterator[Fold]:
    """The runs of two or more among the groups of one parent, in order."""
    search = _FoldSearch(index, fused)
    for group in siblings:
        step = search.step(group)
        if step is None:
            yield from search.closed()
            search.groups, search.growth = [group], 0
        else:
            search.groups.append(group)
            search.growth = step
    yield from search.closed()


class _FoldSearch:
    """The groups that fold so far, and what each adds to the channels."""

    def __init__(self, index: Index, fused: Fused) -> None:
        self.index, self.fused = index, fused
        self.groups: list[Group] = []
        self.growth = 0
        self.signatures: dict[str, GroupSignature] = {}

    def closed(self) -> Iterator[Fold]:
        """The run without its end, as long as the member before the last is read outside.

        Where members read the two before them, a shorter run would have the same before it.
        """
        run = self.groups
        if len(run) > 1 and self._outlasts():
            relation = self._relation(run[-3:-1], run[-1])
            if relation is not None and _two_back(relation):
                # Of two members both stand for what is read outside, so that both must read alike.
                alike = len(run) > 2 or self.signatures[run[0].id].inputs == self.signatures[run[1].id].inputs
                if alike and self._drawable():
                    yield Fold(tuple(run), self.growth, True)
                return
        while len(run) > 1 and self._outlasts():
            run.pop()
        if len(run) > 1:
            yield Fold(tuple(run), self.growth)

    def _outlasts(self) -> bool:
        """Whether the last but one is read behind the last."""
        return self.signatures[self.groups[-2].id].reach >= self.index.spans[self.groups[-1].id][1]

    def _drawable(self) -> bool:
        """Whether the output of the last but one is all that is read of it behind the last, and that by cells."""
        index, (start, stop) = self.index, self.index.spans[self.groups[-2].id]
        end, last = index.spans[self.groups[-1].id][1], index.last[stop - 1]
        if max(index.last[start : stop - 1]) >= end or last == len(index.nodes):
            return False
        return not any(stop - 1 in index.sources[place] for place in range(end, last + 1) if place in self.fused.ticks)

    def step(self, group: Group) -> int | None:
        """The growth of the channels from member to member where a group continues the run, else None."""
        run = self.groups
        if not run or not _alike(self.index, run[-1], group):
            return None
        for one in (run[-1], group):
            if one.id not in self.signatures:
                signature = _signature(self.index, self.fused, one)
                if signature is None:
                    return None
                self.signatures[one.id] = signature
        before, own = self.signatures[run[-1].id], self.signatures[group.id]
        relation = self._reads(group) if before.key == own.key else None
        if relation is None or not self._read_in_run(group, _two_back(relation)):
            return None
        step = _growth(before, own, len(run) == 1)
        return step if len(run) == 1 or step == self.growth else None

    def _read_in_run(self, group: Group, two_back: bool) -> bool:
        """Whether the members before are read by the two behind them alone; its end judges the last two of a run."""
        start, stop = self.index.spans[group.id]
        if two_back:
            return len(self.groups) == 1 or self.signatures[self.groups[-2].id].reach < stop
        # A member that is read further on ends its run, and the next begins one: as long as it is what may read it.
        return self.signatures[self.groups[-1].id].reach < stop + stop - start

    def _reads(self, group: Group) -> Relation | None:
        """What a group reads of the run; None unless that is as it was for the members so far."""
        run = self.groups
        relation = self._relation(run[-2:], group)
        if relation is None or len(run) == 1:
            return relation
        before = self._relation(run[-3:-1], run[-1])
        # The second member's read of the one before the first has no place in the run.
        same = before is not None and all(
            one == other or (one[0] == other[0] == 2 and len(run) == 2)
            for one, other in zip(before, relation, strict=True)
        )
        return relation if same else None

    def _relation(self, before: list[Group], group: Group) -> Relation | None:
        """What a group reads; None where a value is neither of a member in `before`, nor common to all.

        These are the member before, and the one before that where the run has it.
        """
        found = []
        start, earlier = self.index.spans[before[-1].id][0], self.index.spans[before[0].id][0]
        reads = self.signatures[before[-1].id].reads
        for number, (at, port) in enumerate(self.signatures[group.id].reads):
            if at >= start:
                found.append((1, at - start, port))
            elif at >= earlier:
                found.append((2, at - earlier, port))
            elif reads[number] == (at, port):
                found.append((0, at, port))
            elif len(before) == 1 and (at, port) in reads:
                found.append((2, at, port))
            else:
                return None
        return found


def _two_back(relation: Relation) -> bool:
    return any(back == 2 for back, _, _ in relation)


def _alike(index: Index, before: Group, group: Group) -> bool:
    """What can be told without looking inside."""
    if group.kind in ("row", "branch", "shortcut", "after") or (group.kind, group.block) != (before.kind, before.block):
        return False
    one, other = index.spans.get(before.id), index.spans.get(group.id)
    return one is not None and other is not None and one[1] == other[0] and one[1] - one[0] == other[1] - other[0]


def _signature(index: Index, fused: Fused, group: Group) -> GroupSignature | None:
    """What must be equal of a group; None where it has a single cell, or shares one with what stands outside."""
    start, stop = index.spans[group.id]
    owners = fused.owners
    around = (*owners[max(start - 1, 0) : start], *owners[stop : stop + 1])
    if min(owners[start:stop]) < start or max(owners[start:stop]) >= stop:
        return None
    places = range(start, stop)
    cells = [place for place in places if owners[place] == place and place not in fused.ticks]
    if len(cells) < 2 or any(start <= owner < stop for owner in around):
        return None
    outside: dict[Value, int] = {}
    entries = [(part_entry(index, fused, place, start, outside), _shared(index, place, start)) for place in places]
    return GroupSignature(
        key=(tuple(entries), _structure(index, group, start)),
        reads=tuple(outside),
        inputs=tuple([index.type_at(at, port) for at, port in outside]),
        output=index.nodes[stop - 1].outputs[0],
        reach=max(index.last[start:stop]),
    )


def part_entry(index: Index, fused: Fused, place: int, start: int, outside: dict[Value, int]) -> tuple[Hashable, ...]:
    """What must be equal of two nodes in equal parts of a graph that begin at `start`; for `outside` see Index."""
    node = index.nodes[place]
    return node.op, tuple(node.attrs.values()), fused.owners[place] - start, index.wiring(place, start, outside)


def _shared(index: Index, place: int, start: int) -> Any:
    """The node whose weights are shared: by its place in the group, else by what is around it where the user's path is
    another: the k-th member of one repeat may use the weights of the k-th of another.
    """
    user, owner = index.nodes[place].id, index.nodes[place].shares
    if owner is None or (at := index.places[owner]) >= start:
        return None if owner is None else at - start
    while user.rpartition(".")[2] == owner.rpartition(".")[2]:
        user, owner = user.rpartition(".")[0], owner.rpartition(".")[0]
    return owner


def _structure(index: Index, group: Group, start: int) -> tuple[Any, ...]:
    """Kinds, places and residuals of the groups inside."""
    rule = group.residual
    first, stop = index.spans.get(group.id, (start, start))
    inner = tuple([_structure(index, child, start) for child in index.children.get(group.id, ())])
    return (group.kind, group.block, first - start, stop - start, rule and (rule.done, rule.reason), inner)


def _growth(one: GroupSignature, other: GroupSignature, first: bool) -> int | None:
    """0 where the types are equal, the step where all channels grow by one, else None."""
    steps = [_channels(a, b) for a, b in zip(one.inputs, other.inputs, strict=True)]
    out = _channels(one.output, other.output)
    if out is None or None in steps:
        return None
    if out == 0:
        return 0 if first or not any(steps) else None
    adds = _channels(other.inputs[0], other.output) if steps == [out] else None
    return out if out > 0 and adds == out == _channels(one.inputs[0], one.output) else None


def _channels(one: TensorType, other: TensorType) -> int | None:
    """By how much the channels differ, where that is all that differs."""
    if one == other:
        return 0
    if one.axes != other.axes or one.dtype != other.dtype or "c" not in one.axes:
        return None
    before, after = one.size("c") or 0, other.size("c") or 0
    return after - before if one.replace(c=after) == other else None
