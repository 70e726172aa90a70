"""Folding where no groups are written: equal pieces of loose layers that follow one another become groups.

Loose are the layers of the top list, or of a plain group of layers, that stand there by themselves: nodes, forks, and
blocks of one cell. They are cut where a single value goes on. Whether such groups fold is judged as for written ones.
The id of one is that of its first node, a colon, and that of its last.
"""

from collections.abc import Hashable, Iterable, Iterator
from itertools import accumulate, groupby, pairwise

from ...analysis.model import Analysis
from ...core.records import NamedTuple
from ...graph.model import Group
from ...ops.base import Types
from .drawn import stage_numbers
from .fold import find_folds, part_entry
from .fuse import Fused
from .index import Index, Span, Value
from .index import index as index_of

LONGEST = 32
"""A period has no more pieces."""


class LooseLayer(NamedTuple):
    """A layer of a list; `fork` tells whether it is one that is written there."""

    start: int
    stop: int
    fork: bool


class LoosePiece(NamedTuple):
    """The nodes between two cuts, from `start` up to but without `stop`.

    `key` is what must be equal, `into` are the types of the one node that it reads; `whole` tells that it is one
    written group, which folds by itself.
    """

    start: int
    stop: int
    key: Hashable
    into: Types
    whole: bool


def with_pieces(index: Index, fused: Fused, analysis: Analysis) -> Index:
    """The same graph with a group around every piece that folds."""
    # By position, how many cells begin before it.
    cells = [0, *accumulate(owner == at and at not in fused.ticks for at, owner in enumerate(fused.owners))]
    parts = [(parent, part) for parent in _lists(index) for part in _parts(index, cells, parent)]
    if not parts:
        return index
    cuts, stages = _cuts(index, fused), stage_numbers(index, analysis)
    found: list[list[Group]] = []
    spans: dict[str, Span] = {}
    for parent, part in parts:
        for run in _periods(_pieces(index, fused, part, cuts), stages, cells):
            named = {f"{index.nodes[start].id}:{index.nodes[stop - 1].id}": (start, stop) for start, stop in run}
            spans.update(named)
            found.append([Group(id, "layers", parent=parent) for id in named])
    if not found:
        return index
    table = _grouped(index, found, spans)
    # Those that fold, as the rules for groups have it.
    kept = [list(run.groups) for groups in found for run in find_folds(table, fused, groups)]
    return table if kept == found else _grouped(index, kept, spans)


def _lists(index: Index) -> list[str]:
    """The ids of the lists that are looked through: the top, and groups of layers that are nothing but that."""
    found = {"": True}
    for group in index.graph.groups:
        plain = group.kind == "layers" and group.residual is None and group.member is None
        found[group.id] = plain and found[group.parent]
    return [id for id, plain in found.items() if plain]


def _parts(index: Index, cells: list[int], parent: str) -> Iterator[list[LooseLayer]]:
    """The loose layers of a list, where two or more are neighbours."""
    children = {index.spans[group.id][0]: group for group in index.children.get(parent, ()) if group.id in index.spans}
    place, end = index.spans.get(parent, (0, len(index.nodes)))
    layers: list[tuple[bool, LooseLayer]] = []
    while place < end:
        child = children.get(place)
        stop = index.spans[child.id][1] if child else place + 1
        layer = LooseLayer(place, stop, child is not None and child.kind == "parallel")
        layers.append((_loose(index, cells, child, place, parent), layer))
        place = layer.stop
    for loose, run in groupby(layers, key=lambda pair: pair[0]):
        part = [layer for _, layer in run]
        if loose and len(part) > 1:
            yield part


def _loose(index: Index, cells: list[int], child: Group | None, place: int, parent: str) -> bool:
    if child is None:
        return index.nodes[place].group == parent
    if child.residual is not None or child.member is not None:
        return False
    first, stop = index.spans[child.id]
    return child.kind == "parallel" or (child.kind in ("block", "layers") and cells[stop] - cells[first] < 2)


def _cuts(index: Index, fused: Fused) -> list[bool]:
    """By position, whether one value alone goes on there, outputs apart, and no cell has nodes on both sides."""
    last: dict[int, int] = {}
    for place, sources in enumerate(index.sources):
        last.update(dict.fromkeys(sources, place))
    live = _spanning(index, last.items())
    held = _spanning(index, [(min(pair), max(pair)) for pair in enumerate(fused.owners)])
    return [values == 1 and not cells for values, cells in zip(live, held, strict=True)]


def _spanning(index: Index, pairs: Iterable[tuple[int, int]]) -> Iterator[int]:
    """By position, how many of the pairs have their first before it, and their second not."""
    change = [0] * (len(index.nodes) + 2)
    for first, second in pairs:
        change[max(first + 1, 0)] += 1
        change[second + 1] -= 1
    return accumulate(change)


def _pieces(index: Index, fused: Fused, part: list[LooseLayer], cuts: list[bool]) -> Iterator[LoosePiece]:
    """The pieces of neighbouring loose layers."""
    borders = [(start, number) for number, (start, _, _) in enumerate(part) if cuts[start]]
    end = part[-1].stop
    if end == len(index.nodes) or cuts[end]:
        borders.append((end, len(part)))
    keys: dict[Hashable, int] = {}
    for (start, number), (stop, following) in pairwise(borders):
        whole = following == number + 1 and part[number].fork
        key, into = _key(index, fused, start, stop)
        yield LoosePiece(start=start, stop=stop, key=keys.setdefault(key, len(keys)), into=into, whole=whole)


def _key(index: Index, fused: Fused, start: int, stop: int) -> tuple[Hashable, Types]:
    """What must be equal of two pieces, names and types apart, and the types of what the piece reads."""
    outside: dict[Value, int] = {}
    entries = [part_entry(index, fused, place, start, outside) for place in range(start, stop)]
    ports = tuple([port for _, port in outside])
    at = next((at for at, _ in outside), None)
    into = () if at is None else index.nodes[at].outputs if at >= 0 else (index.type_at(at),)
    return (*entries, ports), into


def _periods(loose: Iterable[LoosePiece], stages: list[int], cells: list[int]) -> Iterator[list[Span]]:
    """From left to right, the spans of the members of each run of equal periods, which begin in one stage."""
    for _, stretch in groupby(loose, key=lambda piece: stages[piece.start]):
        pieces = list(stretch)
        keys = [piece.key for piece in pieces]
        at = 0
        while at < len(keys) - 1:
            found = _period(pieces, keys, cells, at)
            if found is None:
                at += 1
                continue
            at, length, stop = found
            if length > 1 or not pieces[at].whole:
                yield [(pieces[one].start, pieces[one + length - 1].stop) for one in range(at, stop, length)]
            at = stop


def _period(pieces: list[LoosePiece], keys: list[Hashable], cells: list[int], at: int) -> tuple[int, int, int] | None:
    """Where the shortest period that repeats begins, its length, and where its run ends."""
    for length in range(1, min(LONGEST, (len(keys) - at) // 2) + 1):
        word = keys[at : at + length]
        if word != keys[at + length : at + 2 * length] or _repeats(word):
            continue
        if cells[pieces[at + length - 1].stop] - cells[pieces[at].start] < 2:
            continue
        end = at + 2 * length
        while end < len(keys) and keys[end] == keys[end - length]:
            end += 1
        begin = _begin(pieces, at, length, end)
        return begin, length, end - (end - begin) % length
    return None


def _begin(pieces: list[LoosePiece], at: int, length: int, end: int) -> int:
    """Of the places where as many members fit, the first at which the first member's input is as the others'."""
    begins = range(at, at + (end - at) % length + 1)
    return next((begin for begin in begins if pieces[begin].into == pieces[begin + length].into), at)


def _repeats(word: list[Hashable]) -> bool:
    """Whether a period is a shorter one several times."""
    length = len(word)
    return any(length % part == 0 and word == word[:part] * (length // part) for part in range(1, length // 2 + 1))


def _grouped(index: Index, found: list[list[Group]], spans: dict[str, Span]) -> Index:
    """The index of the graph with these groups, each before what it holds."""
    new = sorted([group for groups in found for group in groups], key=lambda group: spans[group.id])
    nodes = list(index.nodes)
    parents: dict[str, str] = {}
    for group in new:
        for place in range(*spans[group.id]):
            inner = nodes[place].group
            if inner == group.parent:
                nodes[place] = nodes[place]._replace(group=group.id)
            while inner != group.parent:
                above = index.groups[inner].parent
                if above == group.parent:
                    parents[inner] = group.id
                inner = above
    groups: list[Group] = []
    seen, place = {""}, 0
    for one in index.graph.groups:
        start = index.spans.get(one.id, (0, 0))[0]
        while place < len(new) and spans[new[place].id][0] <= start and new[place].parent in seen:
            groups.append(new[place])
            place += 1
        groups.append(one._replace(parent=parents.get(one.id, one.parent)))
        seen.add(one.id)
    graph = index.graph._replace(nodes=tuple(nodes), groups=(*groups, *new[place:]))
    return index_of(graph)
