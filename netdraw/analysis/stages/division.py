"""Stages: what a figure brackets, a cost table sums up and a comparison aligns. This is the one notion of them.

A stage is a row of `stages` or a named group of the top list where these hold at least 75 % of the MACs, else a run of
one total stride (a pooling closes its run), or of one block kind where values are tokens. What stands on the line
before the first is the stem, what stands behind the last the head. What stands beside the line belongs to the stage
that it enters, or where it leads to outputs alone to the last that it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.records import NamedTuple
from ...graph.model import Graph, Group, Node
from ...ops.base import Types
from ...ops.tensor import UNKNOWN, squared
from ..model import Figures, Stage, Subtotal, subtotal
from .line import MainLine, UnitGraph, find_lines, unit_graph
from .runs import StageUnits, Unit, find_units, run_keys, stride_runs
from .written import joined, written_groups

Rank = tuple[int, ...]


class Division(NamedTuple):
    """The stages in order, every node in exactly one; the ids of the nodes on the line, and the output that it ends in.

    `order` sorts the nodes, by position: by stage, and what only leads to an output right behind what it leaves.
    """

    stages: tuple[Stage, ...]
    line: tuple[str, ...]
    end: str
    order: list[Rank]


def find_stages(
    graph: Graph,
    types: Mapping[str, Types],
    nodes: Mapping[str, Figures],
    groups: Mapping[str, Subtotal],
    whole: Subtotal,
) -> Division:
    """The division of a network. `types` are the outputs of nodes and inputs by id."""

    def is_pooling(node: Node) -> bool:
        inputs = tuple([types[name][port] for name, port in node.inputs])
        if UNKNOWN in inputs:
            return False
        return node.definition.face(node.attrs, inputs, node.outputs).category.startswith("pool.")

    written = written_groups(graph)
    macs = sum([groups[group.id].macs for group in written])
    if not any(groups[group.id].activations for group in written) or 4 * macs < 3 * whole.macs:
        written = []
    units = find_units(graph, written)
    owners, keys = [unit.owner for unit in units], run_keys(graph, nodes, units)
    table = unit_graph(graph, [unit.nodes for unit in units], keys)
    lines = find_lines(table, [owner is not None for owner in owners])
    pieces: list[StageUnits] = []
    for line in lines:
        divide = joined if any(owners[unit] is not None for unit in line.units) else stride_runs
        found = divide(graph, nodes, [units[number] for number in line.units], is_pooling)
        pieces += _with_sides(line, table, owners, [_numbered(piece, line) for piece in found])
    main = lines[0].units if lines else ()
    return Division(
        stages=tuple([_stage(graph, nodes, units, written, piece) for piece in pieces]),
        line=tuple([graph.nodes[place].id for number in main for place in units[number].nodes]),
        end=lines[0].end if lines else "",
        order=_order(table, lines, pieces),
    )


def _numbered(piece: StageUnits, line: MainLine) -> StageUnits:
    """With the numbers of its units instead of their places on the line."""
    units = [line.units[place] for place in piece.units]
    return piece._replace(units=units, last=units[-1])


def _with_sides(
    line: MainLine, table: UnitGraph, owners: Sequence[int | None], found: list[StageUnits]
) -> list[StageUnits]:
    """The stages on a line with what goes with them, and between them those that were written beside it."""
    on = {unit: number for number, piece in enumerate(found) for unit in piece.units}
    numbers = [on[unit] for unit in line.units]
    keyed = [((number, 1, 0), piece) for number, piece in enumerate(found)]
    beside: dict[int, list[int]] = {}
    for unit, owner in enumerate(owners):
        if owner is not None and unit in line.with_ and unit not in on:
            beside.setdefault(owner, []).append(unit)
    of = {unit: piece.units for piece in found for unit in piece.units}
    for owner, own in beside.items():
        first = min(own, key=table.rank.__getitem__)
        key = numbers[max(line.place[first], 0)], 2 * (first in line.taps), table.rank[first]
        piece = StageUnits("stage", own, owner, max(own, key=table.rank.__getitem__))
        keyed.append((key, piece))
        of.update(dict.fromkeys(own, piece.units))
    # What leaves the end of the last stage stands behind it, as the head does.
    ends = {found[-2].units[-1]: found[-1].units} if found[-1].kind == "head" and len(found) > 1 else {}
    for unit, goes in line.with_.items():
        if unit != goes:
            (ends.get(goes, of[goes]) if unit in line.taps else of[goes]).append(unit)
    return [piece for _, piece in sorted(keyed, key=lambda pair: pair[0])]


def _stage(
    graph: Graph, nodes: Mapping[str, Figures], units: Sequence[Unit], written: Sequence[Group], piece: StageUnits
) -> Stage:
    """A stage summed up: it is called after its first unit on the line, and ends with the last of these."""
    ids = tuple(
        [graph.nodes[place].id for place in sorted(place for unit in piece.units for place in units[unit].nodes)]
    )
    end = graph.nodes[units[piece.last].nodes[-1]].outputs[0]
    id, title = graph.nodes[units[piece.units[0]].nodes[0]].id, None
    if piece.owner is not None:
        id, title = written[piece.owner].id, written[piece.owner].title
    size, sums = squared(end.sizes) if end.known else "", subtotal([nodes[key] for key in ids])
    return Stage(id=id, kind=piece.kind, title=title, nodes=ids, total=sums, resolution=size)


def _order(table: UnitGraph, lines: Sequence[MainLine], pieces: Sequence[StageUnits]) -> list[Rank]:
    """By position. What leaves the line last, in its last stage, stands beside the end of the line, as outputs do."""
    stage = {unit: number for number, piece in enumerate(pieces) for unit in piece.units}
    found: list[Rank] = [()] * len(table.ranks)
    for line in lines:
        end, last = stage[line.units[-1]], max([line.place[tap] for tap in line.taps], default=-1)
        for unit, goes in line.with_.items():
            tap = unit in line.taps and not (stage[unit] == end and line.place[unit] == last)
            for place in table.units[unit]:
                found[place] = stage[unit], table.rank[goes if tap else unit], tap, table.ranks[place]
    return found
