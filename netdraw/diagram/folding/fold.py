"""Which groups fold: consecutive siblings that are equal; they are drawn once, with ×n.

Two groups are equal where their ops, resolved attributes, wiring by position, inner groups and cells are; names and
ids do not matter. They fold where their types are equal too (the first may differ in its input's channels; or all grow
by one constant through a concat), where each reads only the one before, or the one before that, and values common to
all, and where only the last is read outside. Where members read the two before them, what follows may do so too.
"""

from collections.abc import Iterator
from typing import Any

from ...core.records import NamedTuple
from ...graph.model import Group
from ...ops.base import Types
from ...ops.tensor import TensorType
from .fuse import Fused
from .index import Index


class Fold(NamedTuple):
    """Groups that fold; the last is drawn. `growth` is what each adds to the channels, else 0.

    `paired` tells that the output of the last but one is read outside, too.
    """

    groups: tuple[Group, ...]
    growth: int = 0
    paired: bool = False


class GroupSignature(NamedTuple):
    """What must be equal of two groups: `key`; `reads` are (position, port) outside, in order of first use."""

    key: tuple[Any, ...]
    reads: tuple[tuple[int, int], ...]
    inputs: Types
    output: TensorType
    reach: int
    """The position of the last reader of any of its nodes."""


def find_folds(index: Index, fused: Fused, siblings: list[Group]) -> Iterator[Fold]:
    """The runs of two or more among the groups of one parent, in order."""
    shapes: dict[str, GroupSignature] = {}
    run: list[Group] = []
    growth = 0
    for group in siblings:
        step = _step(index, fused, shapes, run, group, growth) if run else None
        if step is None:
            yield from _closed(index, fused, shapes, run, growth)
            run, growth = [group], 0
        else:
            run.append(group)
            growth = step
    yield from _closed(index, fused, shapes, run, growth)


def _closed(
    index: Index, fused: Fused, shapes: dict[str, GroupSignature], run: list[Group], growth: int
) -> Iterator[Fold]:
    """The run without its end, as long as the member before the last is read outside.

    Where members read the two before them, a shorter run would have the same before it.
    """
    if len(run) > 1 and _outlasts(index, shapes, run):
        relation = _relation(index, shapes, run[-3:-1], run[-1])
        if relation is not None and _two_back(relation):
            # Of two members both stand for what is read outside, so that both must read alike.
            alike = len(run) > 2 or shapes[run[0].id].inputs == shapes[run[1].id].inputs
            if alike and _drawable(index, fused, run):
                yield Fold(tuple(run), growth, True)
            return
    while len(run) > 1 and _outlasts(index, shapes, run):
        run.pop()
    if len(run) > 1:
        yield Fold(tuple(run), growth)


def _outlasts(index: Index, shapes: dict[str, GroupSignature], run: list[Group]) -> bool:
    """Whether the last but one is read behind the last."""
    return shapes[run[-2].id].reach >= index.spans[run[-1].id][1]


def _drawable(index: Index, fused: Fused, run: list[Group]) -> bool:
    """Whether the output of the last but one is all that is read of it behind the last, and that by cells."""
    start, stop = index.spans[run[-2].id]
    end = index.spans[run[-1].id][1]
    last = index.last[stop - 1]
    if max(index.last[start : stop - 1]) >= end or last == len(index.nodes):
        return False
    return not any(stop - 1 in index.sources[place] for place in range(end, last + 1) if place in fused.ticks)


def _two_back(relation: list[tuple[int, int, int]]) -> bool:
    return any(back == 2 for back, _, _ in relation)


def _step(
    index: Index, fused: Fused, shapes: dict[str, GroupSignature], run: list[Group], group: Group, growth: int
) -> int | None:
    """The growth of the channels from member to member where a group continues a run, else None."""
    if not _alike(index, run[-1], group):
        return None
    for one in (run[-1], group):
        if one.id not in shapes:
            shape = _shape(index, fused, one)
            if shape is None:
                return None
            shapes[one.id] = shape
    before, shape = shapes[run[-1].id], shapes[group.id]
    relation = _reads_the_run(index, shapes, run, group) if before.key == shape.key else None
    if relation is None or not _read_in_run(index, shapes, run, group, _two_back(relation)):
        return None
    step = _growth(before, shape, len(run) == 1)
    return step if step is not None and (len(run) == 1 or step == growth) else None


def _read_in_run(
    index: Index, shapes: dict[str, GroupSignature], run: list[Group], group: Group, two_back: bool
) -> bool:
    """Whether the members before are read by the two behind them alone; the last two of a run are judged at its end."""
    start, stop = index.spans[group.id]
    if two_back:
        return len(run) == 1 or shapes[run[-2].id].reach < stop
    # A member that is read further on ends its run, and the next begins one: as long as it is what may read it.
    return shapes[run[-1].id].reach < stop + stop - start


def _alike(index: Index, before: Group, group: Group) -> bool:
    """What can be told without looking inside."""
    if group.kind in ("row", "branch", "shortcut", "after") or (group.kind, group.block) != (before.kind, before.block):
        return False
    one, other = index.spans.get(before.id), index.spans.get(group.id)
    return one is not None and other is not None and one[1] == other[0] and one[1] - one[0] == other[1] - other[0]


def _shape(index: Index, fused: Fused, group: Group) -> GroupSignature | None:
    """The shape of a group; None where it has a single cell, or shares one with what stands outside."""
    start, stop = index.spans[group.id]
    reads: dict[tuple[int, int], int] = {}
    entries = []
    cells = 0
    for place in range(start, stop):
        node, owner = index.nodes[place], fused.owners[place]
        if not start <= owner < stop:
            return None
        cells += owner == place and place not in fused.ticks
        wiring = []
        for at, ref in zip(index.sources[place], node.inputs, strict=True):
            wiring.append((at - place, ref.port) if at >= start else (reads.setdefault((at, ref.port), len(reads)), -1))
        entries.append(
            (node.op, tuple(node.attrs.values()), owner - place, tuple(wiring), _shared(index, place, start))
        )
    edges = (*fused.owners[max(start - 1, 0) : start], *fused.owners[stop : stop + 1])
    if cells < 2 or any(start <= owner < stop for owner in edges):
        return None
    inputs = tuple([index.type_at(at, port) for at, port in reads])
    key = (tuple(entries), _structure(index, group, start))
    return GroupSignature(
        key=key,
        reads=tuple(reads),
        inputs=inputs,
        output=index.nodes[stop - 1].outputs[0],
        reach=max(index.last[start:stop]),
    )


def _shared(index: Index, place: int, start: int) -> Any:
    """The node whose weights are shared: by its place in the group, else by its id."""
    shares = index.nodes[place].shares
    at = -1 if shares is None else index.places[shares]
    return at - start if at >= start else shares


def _structure(index: Index, group: Group, start: int) -> tuple[Any, ...]:
    """Kinds, places and residuals of the groups inside."""
    rule = group.residual
    first, stop = index.spans.get(group.id, (start, start))
    inner = tuple([_structure(index, child, start) for child in index.children.get(group.id, ())])
    return (group.kind, group.block, first - start, stop - start, rule and (rule.done, rule.reason), inner)


def _reads_the_run(
    index: Index, shapes: dict[str, GroupSignature], run: list[Group], group: Group
) -> list[tuple[int, int, int]] | None:
    """What a group reads of the run; None unless every value is of the member before, the one before that, or common
    to all, as it was for the members so far.
    """
    relation = _relation(index, shapes, run[-2:], group)
    if relation is None or len(run) == 1:
        return relation
    before = _relation(index, shapes, run[-3:-1], run[-1])
    # The second member's read of the one before the first has no place in the run.
    same = before is not None and all(
        one == other or (one[0] == other[0] == 2 and len(run) == 2) for one, other in zip(before, relation, strict=True)
    )
    return relation if same else None


def _relation(
    index: Index, shapes: dict[str, GroupSignature], before: list[Group], group: Group
) -> list[tuple[int, int, int]] | None:
    """For each value read: how many members back (0: common to all), its place there, its port; None where it is else.

    `before` are the member before, and the one before that where the run has it.
    """
    found = []
    start = index.spans[before[-1].id][0]
    earlier = index.spans[before[0].id][0]
    reads = shapes[before[-1].id].reads
    for number, (at, port) in enumerate(shapes[group.id].reads):
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
