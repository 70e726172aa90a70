"""The line of a network: its longest path, and what every part beside it leads to, or leaves.

Nothing here depends on the order in which independent statements are written: what decides is what reads what, in the
order of a node's inputs and of the network's outputs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

from ...core.records import NamedTuple
from ...graph.model import Graph

END = "output"
"""The name of the output in which a chain of layers ends."""


class UnitGraph(NamedTuple):
    """A network in units, each of nodes that stand together, by their positions; all lists are by unit, in the order of
    positions.

    `before` are the units that one reads, `carried` those whose elements it hands on (-1 is the first input of the
    network), `after` those that read it. `length` is how many cells it has in a figure, about, and `plain` how many of
    them are in no `heads`; `turns` is 1 where it does not go on with the stage of what it reads first. `outputs` are
    the network's by unit, in their order, `inputs` by input the units that read it. `rank` tells apart what is equal:
    it grows from what is read to what reads it, as `ranks` do, which are by position.
    """

    units: Sequence[Sequence[int]]
    before: list[list[int]]
    carried: list[list[int]]
    after: list[list[int]]
    length: list[int]
    plain: list[int]
    turns: list[int]
    outputs: list[tuple[str, int]]
    inputs: dict[str, list[int]]
    rank: list[int]
    ranks: list[int]


class MainLine(NamedTuple):
    """The units of a line in order, and the output that it ends in ("" for none).

    By unit of the part of the network that is connected with it: `with_` is the one that it goes with, which it enters
    or leaves, itself or through others; on the line, or `fixed`, itself. `place` is that on the line which it enters,
    and of `taps`, which lead to outputs alone, the last that they leave (-1: they read the network's inputs alone).
    """

    units: list[int]
    end: str
    with_: dict[int, int]
    place: dict[int, int]
    taps: set[int]


def unit_graph(graph: Graph, units: Sequence[Sequence[int]], keys: Sequence[Hashable]) -> UnitGraph:
    """The graph of units, which stand in the order of their nodes; `keys` are what those of one run have in common."""
    unit_of = {graph.nodes[place].id: number for number, unit in enumerate(units) for place in unit}
    inputs: dict[str, list[int]] = {name: [] for name, _ in graph.inputs}
    first = next(iter(inputs), "")
    heads = _in_heads(graph)
    before: list[list[int]] = []
    carried: list[list[int]] = []
    after: list[list[int]] = [[] for _ in units]
    length, plain = [0] * len(units), [0] * len(units)
    for number, unit in enumerate(units):
        reads, hands = [], []
        for node in [graph.nodes[place] for place in unit]:
            op = node.definition
            cell = op.fuse not in ("norm", "activation")
            length[number] += cell
            plain[number] += cell and not heads[node.group]
            names = [name for name, _ in node.inputs]
            if len(names) == 1 and unit_of.get(names[0]) == number:
                continue
            reads += [unit_of[name] for name in names if name in unit_of]
            hands += [unit_of.get(name, -1 if name == first else number) for name in names[: op.carries]]
            for name in names:
                if name in inputs:
                    inputs[name].append(number)
        before.append([one for one in dict.fromkeys(reads) if one != number])
        carried.append([one for one in dict.fromkeys(hands) if one != number])
        for one in before[-1]:
            after[one].append(number)
    firsts = [next((one for one in sources if one >= 0), number) for number, sources in enumerate(carried)]
    turns = [int(keys[number] not in (None, keys[one])) for number, one in enumerate(firsts)]
    outputs = [(name, unit_of[ref.node]) for name, ref in graph.outputs if ref.node in unit_of]
    ranks = node_ranks(graph)
    rank = [max([ranks[place] for place in unit]) for unit in units]
    return UnitGraph(
        units=units, before=before, carried=carried, after=after, length=length, plain=plain, turns=turns,
        outputs=outputs, inputs=inputs, rank=rank, ranks=ranks,
    )  # fmt: skip


def _in_heads(graph: Graph) -> dict[str, bool]:
    """By group id: whether it lies in `heads`, which a chain passes by."""
    found = {"": False}
    for group in graph.groups:
        found[group.id] = group.kind == "heads" or found[group.parent]
    return found


def is_chain(graph: Graph) -> bool:
    """Whether each node reads the one before, so that no two can change places."""
    return all(before.id in [name for name, _ in node.inputs] for before, node in pairwise(graph.nodes))


def node_ranks(graph: Graph) -> list[int]:
    """By position a number that is higher than those of all that the node reads: their order if one goes back from the
    outputs, as these and the inputs of each node are ordered.
    """
    if is_chain(graph):
        return list(range(len(graph.nodes)))
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    sources = [[places[name] for name, _ in node.inputs if name in places] for node in graph.nodes]
    ranks, count = [-1] * len(sources), 0
    roots = [places[ref.node] for _, ref in graph.outputs if ref.node in places]
    for root in (*roots, *range(len(sources))):
        stack = [(root, iter(sources[root]))] if ranks[root] < 0 else []
        while stack:
            place, left = stack[-1]
            source = next((one for one in left if ranks[one] < 0), None)
            if source is None:
                ranks[place], count = count, count + 1
                stack.pop()
            else:
                stack.append((source, iter(sources[source])))
    return ranks


def find_lines(graph: UnitGraph, fixed: Sequence[bool]) -> list[MainLine]:
    """The line of the network; where parts of it are not connected one of each, in the order of their outputs.

    `fixed` units go with none but themselves.
    """
    links = [[unit] for unit in range(len(graph.units) - 1)]
    if graph.before[1:] == graph.carried[1:] == links and [unit for _, unit in graph.outputs] == [len(links)]:
        own = {unit: unit for unit in range(len(graph.units))}
        return [MainLine(units=list(own), end=graph.outputs[0][0], with_=own, place=own, taps=set())]
    return [_line(graph, part, fixed) for part in _connected(graph)]


def _connected(graph: UnitGraph) -> list[list[int]]:
    """The units of each connected part, in their order; the one with the first output first."""
    part = list(range(len(graph.units)))

    def root(one: int) -> int:
        while part[one] != one:
            part[one] = part[part[one]]
            one = part[one]
        return one

    for unit, sources in enumerate(graph.before):
        for one in sources:
            part[root(one)] = root(unit)
    for readers in graph.inputs.values():
        for one in readers[1:]:
            part[root(one)] = root(readers[0])
    found: dict[int, list[int]] = {root(unit): [] for _, unit in graph.outputs}
    for unit in range(len(graph.units)):
        found.setdefault(root(unit), []).append(unit)
    return list(found.values())


def _line(graph: UnitGraph, part: Sequence[int], fixed: Sequence[bool]) -> MainLine:
    inside = set(part)
    end, last = _end(graph, part, [one for one in graph.outputs if one[1] in inside])
    _, came = _longest(graph, part, [(length,) for length in graph.length])
    line = [last]
    while came[line[-1]] >= 0:
        line.append(came[line[-1]])
    found = MainLine(units=line[::-1], end=end, with_={}, place={}, taps=set())
    return _with_sides(graph, part, found, fixed)


Score = tuple[int, ...]


def _longest(
    graph: UnitGraph, part: Iterable[int], lengths: Sequence[Score]
) -> tuple[dict[int, Score], dict[int, int]]:
    """By unit the longest path to it, rather from the network's first input, and the unit before it there (-1: none).

    Of equals the one read first.
    """
    best: dict[int, Score] = {}
    came: dict[int, int] = {}
    for unit in part:
        length = lengths[unit]
        found: tuple[Score, int] = ((-1,), -1)
        for one in graph.carried[unit]:
            score = best[one] if one >= 0 else (1, *[0] * len(length))
            if score > found[0]:
                found = score, one
        before, came[unit] = found if found[0] != (-1,) else ((0, *[0] * len(length)), -1)
        best[unit] = (before[0], *[a + b for a, b in zip(before[1:], length, strict=True)])
    return best, came


def _end(graph: UnitGraph, part: Sequence[int], outputs: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """The output in which the line ends, and its unit: the chain's end, else that of the path that most outputs have in
    common; of equals the one that most stages lie on, then the one that is longest without `heads`, then with them.
    """
    if not outputs:
        return "", part[-1]
    named = [one for one in outputs if one[0] == END]
    if named or len(outputs) == 1:
        return (named or outputs)[0]
    several = _several(graph, part, outputs)
    rows = zip(graph.turns, graph.plain, graph.length, strict=True)
    scores = [(unit in several, *row) for unit, row in enumerate(rows)]
    best, _ = _longest(graph, part, scores)
    return max(outputs, key=lambda one: best[one[1]])


def _several(graph: UnitGraph, part: Sequence[int], outputs: Sequence[tuple[str, int]]) -> set[int]:
    """The units that lead to several units with outputs."""
    sole: dict[int, int] = {unit: unit for _, unit in outputs}
    several: set[int] = set()
    for unit in reversed(part):
        ends = {sole[one] for one in graph.after[unit] if one in sole} | {sole.get(unit, -1)} - {-1}
        if len(ends) > 1 or any(one in several for one in graph.after[unit]):
            several.add(unit)
        if ends:
            sole[unit] = min(ends)
    return several


def _with_sides(graph: UnitGraph, part: Sequence[int], line: MainLine, fixed: Sequence[bool]) -> MainLine:
    """The line with what every unit goes with."""
    place = {unit: at for at, unit in enumerate(line.units)}
    on = frozenset(place)
    with_ = {unit: unit for unit in part if unit in on or fixed[unit]}
    for unit in reversed(part):
        readers = [one for one in graph.after[unit] if one in place]
        if unit not in on and readers:
            to = min(readers, key=lambda one: (place[one], one in on, graph.rank[one]))
            place[unit] = place[to]
            with_.setdefault(unit, with_[to])
    taps = {unit for unit in part if unit not in place}

    def late(unit: int) -> tuple[int, bool, int]:
        return place[unit], unit in on or unit in taps, graph.rank[unit]

    for unit in part:
        if unit in taps:
            left = max(graph.before[unit], key=late, default=None)
            place[unit] = -1 if left is None else place[left]
            with_.setdefault(unit, line.units[0] if left is None else with_[left])
    return line._replace(with_=with_, place=place, taps=taps)
