"""Runs of one total stride, and in token networks of one block kind: stages where none are written."""

from collections.abc import Callable, Hashable, Mapping

from ..core.records import NamedTuple
from ..graph.model import Graph, Group, Node
from .model import Figures


class StageNodes(NamedTuple):
    """A stage before it is summed up: `nodes` are positions in the graph; `kind` is `stem`, `stage` or `head`."""

    kind: str
    nodes: list[int]
    group: Group | None = None
    """The one that it was written as, if any."""


class Indivisible(NamedTuple):
    """What no run's border divides: a node, or the outermost fork or residual group around it.

    `key` is what a run has in common: the total stride, the block kind of tokens, None where there is neither.
    """

    key: Hashable
    pooling: bool
    nodes: list[int]


def find_stride_runs(
    graph: Graph, nodes: Mapping[str, Figures], is_pooling: Callable[[Node], bool]
) -> list[StageNodes]:
    """The runs in order; every node is in exactly one."""
    units = _units(graph, nodes, is_pooling)
    told = [place for place, unit in enumerate(units) if unit.key is not None]
    if not told:
        return [StageNodes("stage", list(range(len(graph.nodes))))]
    first, last = told[0], told[-1]
    runs = [StageNodes("stem", _flat(units[:first]))] if first else []
    runs += [StageNodes("stage", run) for run in _grouped(units[first : last + 1])]
    return [*runs, StageNodes("head", _flat(units[last + 1 :]))] if last + 1 < len(units) else runs


def _grouped(units: list[Indivisible]) -> list[list[int]]:
    """Runs of one key; a pooling that changes it closes the run that it ends."""
    runs: list[list[int]] = []
    key: Hashable = None
    closed = True
    for unit in units:
        changes = unit.key is not None and unit.key != key
        if runs and changes and unit.pooling:
            runs[-1] += unit.nodes
            closed = True
        elif not runs or ((changes or closed) and unit.key is not None):
            runs.append(list(unit.nodes))
            closed = False
        else:
            runs[-1] += unit.nodes
        key = unit.key if unit.key is not None else key
    return runs


def _flat(units: list[Indivisible]) -> list[int]:
    return [place for unit in units for place in unit.nodes]


def _units(graph: Graph, nodes: Mapping[str, Figures], is_pooling: Callable[[Node], bool]) -> list[Indivisible]:
    atoms, blocks = _atoms(graph)
    members: list[list[int]] = []
    current: str | None = None
    for place, node in enumerate(graph.nodes):
        atom = atoms[node.group]
        if not atom or atom != current:
            members.append([])
        members[-1].append(place)
        current = atom
    units = []
    before: Hashable = None
    for places in members:
        node = graph.nodes[places[-1]]
        key = blocks[node.group] if "t" in node.outputs[0].axes else nodes[node.id].stride or None
        units.append(Indivisible(key, len(places) == 1 and key != before and is_pooling(node), places))
        before = key
    return units


def _atoms(graph: Graph) -> tuple[dict[str, str], dict[str, str | None]]:
    """By group id: the outermost fork or residual group around it (or ""), and the outermost block's name."""
    atoms: dict[str, str] = {"": ""}
    blocks: dict[str, str | None] = {"": None}
    for group in graph.groups:
        atomic = group.kind in ("parallel", "heads") or group.residual is not None
        atoms[group.id] = atoms[group.parent] or (group.id if atomic else "")
        blocks[group.id] = blocks[group.parent] or group.block
    return atoms, blocks
