"""Compares two networks: aligns them, and says of every layer and group what was done to it, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..analysis.align import Pair, align
from ..diagram.folding.fuse import activated
from ..graph.model import Group
from ..tables.summary.phrases import stated
from . import edits
from .index import SideIndex, Sum, index
from .model import Change, Diff, Edit, Kind, Level, Number, Side
from .readvalues import ReadValues

NAMES = frozenset(("id", "title"))
"""Fields of edits that change nothing but a name."""
INHERITED = frozenset(("block", "title"))
"""Fields of edits that are not said of a group where they are said of the one around it."""


def compare(one: Side, other: Side) -> Diff:
    """What differs between two networks. `compare(b, a)` says the same, turned round."""
    comparison = _Comparison(one, other)
    return Diff(one, other, (*comparison.inputs(), *comparison.body(), *comparison.outputs()))


class _Comparison:
    def __init__(self, one: Side, other: Side) -> None:
        self.pairs = align(one.graph, other.graph)
        both = [pair for pairs in (self.pairs.nodes, self.pairs.groups, self.pairs.inputs) for pair in pairs]
        self.names = {pair.one: pair.other for pair in both if pair.one and pair.other}
        self.back = {its: mine for mine, its in self.names.items()}
        self.first = {pair.one: pair for pair in self.pairs.groups}
        self.second = {pair.other: pair for pair in self.pairs.groups}
        self.one, self.other = index(one, self.names), index(other, self.back)
        found = {pair.one for pair in (*self.pairs.nodes, *self.pairs.groups) if pair.moved}
        self.moved = {
            node.id for node in one.graph.nodes if not found.isdisjoint((node.id, *self.one.around(node.group)))
        }
        """The nodes of the first network that moved, alone or in a group."""
        self.activated = activated(one.graph), activated(other.graph)
        self.wiring = ReadValues(one.graph, other.graph, self.names, self.moved)
        self.sums: dict[str, tuple[Sum, Sum]] = {}

    def inputs(self) -> Iterator[Change]:
        """The inputs of the networks."""
        kinds = [dict(side.side.graph.inputs) for side in (self.one, self.other)]
        for pair in self.pairs.inputs:
            mine, its = (kinds[number].get(id or "") for number, id in enumerate(pair.ids))
            found = [Edit("id", pair.one, pair.other)] if pair.renamed else []
            if mine and its and mine != its:
                found.append(Edit("shape", (mine,), (its,)))
            yield _end("input", pair, "changed" if mine != its else "same", found)

    def outputs(self) -> Iterator[Change]:
        """The outputs of the networks: by name, those that are left in order."""
        mine, its = (dict(side.side.graph.outputs) for side in (self.one, self.other))
        left, right = ([name for name in names if name not in others] for names, others in ((mine, its), (its, mine)))
        renamed = dict(zip(left, right, strict=False))
        for name, ref in mine.items():
            there = renamed.get(name, name)
            if there not in its:
                yield _end("output", Pair(name, None), "same", [Edit("inputs", str(ref), None)])
                continue
            same = self.wiring.same((ref,), (its[there],))
            found = [] if same else [Edit("inputs", str(ref), str(its[there]))]
            found += [Edit("id", name, there)] if name != there else []
            yield _end("output", Pair(name, there, renamed=name != there), "same" if same else "changed", found)
        for name in right[len(renamed) :]:
            yield _end("output", Pair(None, name), "same", [Edit("inputs", None, str(its[name]))])

    def body(self) -> Iterator[Change]:
        """Groups before what they hold, layers in order."""
        layers = [self._layer(pair) for pair in self.pairs.nodes]
        self.sums = self._sums(layers)
        touched = {pair for row in layers if row.differs for pair in self._around(row)}
        opened = set[Pair]()
        for row in layers:
            for pair in reversed([*self._around(row)]):
                if pair not in opened:
                    opened.add(pair)
                    yield from self._group(pair, pair in touched)
            yield row

    def _sums(self, layers: Iterable[Change]) -> dict[str, tuple[Sum, Sum]]:
        """By a group of the second network, the numbers of the layers in it and in the group that it goes with.

        A layer that both networks have counts where it is in both: what left a group is no loss of that group.
        """
        found: dict[str, tuple[Sum, Sum]] = {}
        for row in layers:
            before = [*self.one.around(self.one.nodes[row.before].group)] if row.before else []
            after = [*self.other.around(self.other.nodes[row.after].group)] if row.after else []
            partners = [self.names[id] for id in before if id in self.names]
            inside = set(partners).intersection(after) if before and after else {*partners, *after}
            costs = self.one.cost(row.before), self.other.cost(row.after)
            for id in inside:
                sums = found.get(id, (Sum(), Sum()))
                found[id] = sums[0].plus(costs[0]), sums[1].plus(costs[1])
        return found

    def _around(self, row: Change) -> Iterator[Pair]:
        """The groups around a layer in the second network, else in the first; innermost first."""
        side, pairs = (self.other, self.second) if row.after is not None else (self.one, self.first)
        return (pairs[id] for id in side.around(side.nodes[row.id].group))

    def _layer(self, pair: Pair) -> Change:
        one, other = pair.ids
        if one is not None and other is not None:
            return self._kept_layer(pair, one, other)
        side, id = (self.other, other) if other else (self.one, one or "")
        row = _change(_kind(pair, "same"), "layer", pair.ids, (self.one.cost(one), self.other.cost(other)))
        node = side.nodes[id]
        attributes = stated(node).items()
        found = [Edit(name, value, None, attribute=True) for name, value in attributes]
        found.append(Edit("shape", node.outputs, None))
        return row._replace(what=node.op, edits=_one_sided(pair, found), within=side.whole(node.group))

    def _kept_layer(self, pair: Pair, one: str, other: str) -> Change:
        pair = self._told(pair)
        mine, its = self.one.nodes[one], self.other.nodes[other]
        found = [*edits.of_nodes(mine, its, self.names)]
        stays = one not in self.moved or self._follows(pair)
        if stays and not self.wiring.same(mine.inputs, its.inputs):
            found.append(Edit("inputs", tuple(map(str, mine.inputs)), tuple(map(str, its.inputs))))
        when = self.activated[0].get(one), self.activated[1].get(other)
        if None not in when and when[0] != when[1]:
            found.append(Edit("activated", *when))
        shape = [Edit("shape", mine.outputs, its.outputs)] if mine.outputs != its.outputs else []
        costs = self.one.cost(one), self.other.cost(other)
        kind: Kind = "shape" if shape or costs[0] != costs[1] else "same"
        if found:
            kind = "changed" if any(edit.part not in NAMES for edit in found) else "renamed"
        edited = (*self._names(pair), *found, *shape)
        return _change(_kind(pair, kind), "layer", pair.ids, costs)._replace(what=its.op, edits=edited)

    def _told(self, pair: Pair) -> Pair:
        """What stands right behind the same part as before has moved only with it, and is not said to have."""
        return pair._replace(moved=pair.moved and not self._follows(pair))

    def _follows(self, pair: Pair) -> bool:
        before, after = self.one.previous.get(pair.one or ""), self.other.previous.get(pair.other or "")
        return before is not None and after is not None and self.names.get(before) == after

    def _names(self, pair: Pair) -> Iterator[Edit]:
        """Another name, another place."""
        if pair.renamed:
            yield Edit("id", pair.one, pair.other)
        if pair.moved:
            yield Edit("behind", self.one.previous.get(pair.one or ""), self.other.previous.get(pair.other or ""))

    def _group(self, pair: Pair, touched: bool) -> Iterator[Change]:
        """The row of a group; none where only the group came or went, and its layers are in others."""
        mine, its = self.one.groups.get(pair.one or ""), self.other.groups.get(pair.other or "")
        if mine and its:
            yield self._kept_group(pair, mine, its, touched)
        elif lone := its or mine:
            yield from self._lone_group(self.other if its else self.one, lone, pair)

    def _kept_group(self, pair: Pair, mine: Group, its: Group, touched: bool) -> Change:
        pair = self._told(pair)
        sums = self.sums.get(its.id, (Sum(), Sum()))
        repeats = self.one.members.get(mine.id, 1), self.other.members.get(its.id, 1)
        found = [edit for edit in edits.of_groups(mine, its, repeats) if not self._inherited(mine, its, edit)]
        changed = any(edit.part not in NAMES and (touched or edit.part != "block") for edit in found)
        kind: Kind = "changed" if changed else "renamed" if found else "shape" if sums[0] != sums[1] else "same"
        names = [*self._names(pair)]
        found = [*names, *(edit for edit in found if edit.part not in NAMES or not names)]
        row = _change(_kind(pair, kind), "group", pair.ids, sums)
        return row._replace(what=edits.what(its), edits=tuple(found))

    def _lone_group(self, side: SideIndex, group: Group, pair: Pair) -> Iterator[Change]:
        """A group that came or went with all it holds, or a repeat around a layer that stays; of another the layers
        are told one by one.
        """
        whole, partners = side.whole(group.id), self.back if side is self.other else self.names
        if whole:
            within = "" if whole == group.id else whole
            kind, found = _kind(pair, "same"), _one_sided(pair, [Edit("shape", side.ends[group.id], None)])
            row = _change(kind, "group", pair.ids, (self.one.sum(pair.one or ""), self.other.sum(pair.other or "")))
            yield row._replace(what=edits.what(group), edits=found, within=within)
        elif group.kind == "repeat":
            stays = [id for id in side.leaves.get(group.id, ()) if id in partners]
            if 0 < len(stays) < side.members[group.id]:
                yield self._repeated(side, group, partners[stays[0]])

    def _repeated(self, side: SideIndex, group: Group, single: str) -> Change:
        """A layer that came to repeat, or that repeats no more: it and the group around it go together."""
        count, whole = side.members[group.id], side.sum(group.id)
        if side is self.other:
            ids, edit, sums = (single, group.id), Edit("repeat", 1, count), (self.one.cost(single), whole)
        else:
            ids, edit, sums = (group.id, single), Edit("repeat", count, 1), (whole, self.other.cost(single))
        return _change("changed", "group", ids, sums)._replace(what=edits.what(group), edits=(edit,))

    def _inherited(self, mine: Group, its: Group, edit: Edit) -> bool:
        """Whether it is the same of the group around: all members of a row are of its block, and a repeat has the title
        of what it repeats.
        """
        around = self.one.groups.get(mine.parent), self.other.groups.get(its.parent)
        if edit.part not in INHERITED or around[0] is None or around[1] is None:
            return False
        values = tuple(getattr(group, edit.field) for group in around)
        return self.names.get(mine.parent) == its.parent and values == edit.sides


Ids = tuple[str | None, str | None]


def _change(kind: Kind, level: Level, ids: Ids, sums: tuple[Sum, Sum] = (Sum(), Sum())) -> Change:
    """A row with its params, MACs and layers before and after; what it is, and its edits, are still to be said."""
    params, macs, layers = (Number(*values) for values in zip(*sums, strict=True))
    return Change(kind=kind, level=level, before=ids[0], after=ids[1], what="", params=params, macs=macs, layers=layers)


def _end(level: Level, pair: Pair, kind: Kind, found: Sequence[Edit]) -> Change:
    """The row of an input or an output, which costs nothing."""
    return _change(_kind(pair, kind), level, pair.ids)._replace(what=level, edits=tuple(found))


def _one_sided(pair: Pair, there: Iterable[Edit]) -> tuple[Edit, ...]:
    """What something that came or went is, from what it was."""
    return tuple(one if pair.other is None else one._replace(before=None, after=one.before) for one in there)


def _kind(pair: Pair, kind: Kind) -> Kind:
    """What is to be said first of a pair."""
    if pair.one is None or pair.other is None:
        return "added" if pair.one is None else "removed"
    if pair.moved:
        return "moved"
    return "renamed" if pair.renamed and kind != "changed" else kind
