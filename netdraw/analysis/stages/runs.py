"""Runs of one total stride, and in token networks of one block kind: stages where none are written.

A run ends, too, where one named part of the network that began before it does and another begins; and where dilated
blocks grow wider: their dilation stands for the stride of the stage that begins there.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise

from ...core.records import NamedTuple
from ...graph.model import Graph, Group, Node
from ..model import Figures


class Unit(NamedTuple):
    """What no border of a stage divides, by positions: a node, the outermost fork or residual group around it, or all
    of a written stage, whose number is `owner`.
    """

    nodes: list[int]
    owner: int | None = None


class StageUnits(NamedTuple):
    """A stage before it is summed up: `kind` is `stem`, `stage` or `head`.

    `units` are in the order of the line, up to the `last`, and then those beside it; `owner` is the number of the group
    that it was written as, if any.
    """

    kind: str
    units: list[int]
    owner: int | None = None
    last: int = -1


def find_units(graph: Graph, written: Sequence[Group]) -> list[Unit]:
    """The units of a network, in order."""
    numbers = {group.id: number for number, group in enumerate(written)}
    owners: dict[str, int | None] = {"": None}
    for group in graph.groups:
        owners[group.id] = numbers.get(group.id, owners[group.parent])
    atoms = _atoms(graph, _around(graph, written))
    units: list[Unit] = []
    current: str | int | None = None
    for place, node in enumerate(graph.nodes):
        owner, atom = owners[node.group], atoms[node.group]
        key = owner if owner is not None else atom
        if key is None or key != current:
            units.append(Unit([], owner))
        units[-1].nodes.append(place)
        current = key
    return units


def _around(graph: Graph, written: Sequence[Group]) -> set[str]:
    """The groups around written stages."""
    parents = {group.id: group.parent for group in graph.groups}
    found: set[str] = set()
    for group in written:
        id = group.parent
        while id and id not in found:
            found.add(id)
            id = parents[id]
    return found


def _atoms(graph: Graph, divided: set[str]) -> dict[str, str | None]:
    """By group id: the outermost fork or residual group around it, if any; none of those that are `divided`."""
    atoms: dict[str, str | None] = {"": None}
    for group in graph.groups:
        atomic = (group.kind in ("parallel", "heads") or group.residual is not None) and group.id not in divided
        atoms[group.id] = atoms[group.parent] or (group.id if atomic else None)
    return atoms


def stride_runs(
    graph: Graph, nodes: Mapping[str, Figures], line: Sequence[Unit], is_pooling: Callable[[Node], bool]
) -> list[StageUnits]:
    """The runs of a line in order, by the places of its units on it; every one is in exactly one."""
    keys = run_keys(graph, nodes, line)
    told = [place for place, key in enumerate(keys) if key is not None]
    if not told:
        return [StageUnits("stage", list(range(len(line))))]
    first, last = told[0], told[-1]
    stem, head = list(range(first)), list(range(last + 1, len(line)))

    def pooled(place: int) -> bool:
        return len(line[place].nodes) == 1 and is_pooling(graph.nodes[line[place].nodes[0]])

    runs = [StageUnits("stem", stem)] if stem else []
    parts, wider = _parts(graph, line), _wider(graph, line)
    for run in _grouped(keys, pooled, range(first, last + 1)):
        runs += [StageUnits("stage", own) for own in _divided(run, parts, wider)]
    return [*runs, StageUnits("head", head)] if head else runs


def run_keys(graph: Graph, nodes: Mapping[str, Figures], units: Sequence[Unit]) -> list[Hashable]:
    """What a run has in common: the total stride, the block kind of tokens, None where there is neither."""
    blocks: dict[str, str | None] = {"": None}
    for group in graph.groups:
        blocks[group.id] = blocks[group.parent] or group.block
    last = [graph.nodes[unit.nodes[-1]] for unit in units]
    return [blocks[one.group] if one.outputs[0].is_tokens else nodes[one.id].stride or None for one in last]


def _grouped(keys: Sequence[Hashable], pooled: Callable[[int], bool], places: range) -> list[list[int]]:
    """Runs of one key; a pooling that changes it closes the run that it ends."""
    runs: list[list[int]] = []
    key: Hashable = None
    closed = True
    for place in places:
        own = keys[place]
        changes = own is not None and own != key
        if runs and changes and own != keys[place - 1] and pooled(place):
            runs[-1].append(place)
            closed = True
        elif not runs or ((changes or closed) and own is not None):
            runs.append([place])
            closed = False
        else:
            runs[-1].append(place)
        key = own if own is not None else key
    return runs


def _parts(graph: Graph, line: Sequence[Unit]) -> list[str]:
    """By place the named group of the top list that it lies in, "" for none."""
    roots: dict[str, str] = {"": ""}
    for group in graph.groups:
        named = not group.parent and group.title and group.kind in ("layers", "repeat")
        roots[group.id] = group.id if named else roots[group.parent]
    return [roots[graph.nodes[unit.nodes[-1]].group] for unit in line]


def _wider(graph: Graph, line: Sequence[Unit]) -> set[int]:
    """The places of residual blocks that are wider than the one before, where they or those behind them that are as
    wide dilate.
    """
    residual = {"": False}
    for group in graph.groups:
        residual[group.id] = residual[group.parent] or group.residual is not None
    found: set[int] = set()
    begin, before = -1, 0
    for place, unit in enumerate(line):
        nodes = [graph.nodes[number] for number in unit.nodes]
        if not residual[nodes[-1].group]:
            continue
        width = nodes[-1].outputs[0].size("c") or 0
        if width != before:
            begin, before = place if 0 < before < width else -1, width
        if begin >= 0 and any(max(node.attrs.get("dilation", (1,))) > 1 for node in nodes):
            found.add(begin)
    return found


def _divided(run: list[int], parts: Sequence[str], wider: Collection[int]) -> Iterator[list[int]]:
    """A run of one stride, divided where a part that reaches into it gives way to another, and at `wider`."""
    begin = 0
    for at, (before, place) in enumerate(pairwise(run), 1):
        left, entered = parts[before], parts[place]
        reaches = left != entered and left and entered and parts.index(left) < run[0]
        if reaches or place in wider:
            yield run[begin:at]
            begin = at
    yield run[begin:]
