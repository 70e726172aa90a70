"""Runs of one total stride, and in token networks of one block kind: stages where none are written."""

from collections.abc import Callable, Hashable, Mapping, Sequence

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
    runs += [StageUnits("stage", run) for run in _grouped(keys, pooled, range(first, last + 1))]
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
