"""Stages: what a figure brackets, a cost table sums up and a comparison aligns. This is the one notion of them.

A stage is a row of `stages` or a named group of the top list where these hold at least 75 % of the MACs, else a run of
one total stride (a pooling closes its run), or of one block kind where values are tokens. What stands before the
first is the stem, what stands after the last the head.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..graph.model import Graph, Group
from ..ops.tensor import TensorType
from .model import Figures, Stage, Subtotal
from .runs import find_runs, is_pooling


class Piece(NamedTuple):
    """A stage before it is summed up: its nodes are positions in the graph."""

    id: str
    kind: str
    title: str | None
    nodes: list[int]


def find_stages(
    graph: Graph, nodes: Mapping[str, Figures], groups: Mapping[str, Subtotal], whole: Subtotal
) -> tuple[Stage, ...]:
    """The stages in order; every node is in exactly one."""
    written = _written(graph)
    if written and 4 * sum(groups[group.id].macs for group in written) >= 3 * whole.macs:
        pieces = _by_groups(graph, nodes, written)
    else:
        pieces = [
            Piece(graph.nodes[run.nodes[0]].id, run.kind, None, run.nodes) for run in find_runs(graph, nodes)
        ]
    return tuple([_stage(graph, nodes, piece) for piece in pieces if piece.nodes])


def sizes_text(kind: TensorType) -> str:
    """The spatial sizes of a value: `56²`, `160×224`, `16³`; empty where it has none."""
    sizes = [size for axis, size in zip(kind.axes, kind.shape, strict=True) if axis in "dhw"]
    if 2 <= len(sizes) <= 3 and len(set(sizes)) == 1:
        return f"{sizes[0]}{'²' if len(sizes) == 2 else '³'}"
    return "×".join(map(str, sizes))


def _stage(graph: Graph, nodes: Mapping[str, Figures], piece: Piece) -> Stage:
    ids = tuple([graph.nodes[place].id for place in piece.nodes])
    rows = [nodes[key] for key in ids]
    sums = Subtotal(
        sum([row.params for row in rows]), sum([row.macs or 0 for row in rows]), sum([row.activations for row in rows])
    )
    end = graph.nodes[piece.nodes[-1]].outputs[0]
    return Stage(piece.id, piece.kind, piece.title, ids, sums, sizes_text(end) if end.known else "")


def _written(graph: Graph) -> list[Group]:
    """Rows of `stages`, and named groups of the top list that hold no rows."""
    roots: dict[str, str] = {"": ""}
    rows: list[Group] = []
    named: dict[str, Group] = {}
    inside: set[str] = set()
    for group in graph.groups:
        roots[group.id] = roots[group.parent] or group.id
        if group.kind == "row" and group.parent not in inside:
            rows.append(group)
        if group.kind == "row" or group.parent in inside:
            inside.add(group.id)
        if not group.parent and group.title and group.kind in ("layers", "repeat"):
            named[group.id] = group
    for row in rows:
        named.pop(roots[row.id], None)
    chosen = {group.id for group in (*rows, *named.values())}
    return [group for group in graph.groups if group.id in chosen]


def _by_groups(graph: Graph, nodes: Mapping[str, Figures], written: list[Group]) -> list[Piece]:
    """One piece a group, the stem and the head around them; loose nodes between join a neighbour."""
    pieces = [Piece(group.id, "stage", group.title, []) for group in written]
    owner: dict[str, int | None] = {"": None}
    order = {group.id: number for number, group in enumerate(written)}
    for group in graph.groups:
        owner[group.id] = order.get(group.id, owner[group.parent])
    owners = [owner[node.group] for node in graph.nodes]
    inside = [place for place, number in enumerate(owners) if number is not None]
    first, last = inside[0], inside[-1]
    stem = Piece(graph.nodes[0].id, "stem", None, list(range(first)))
    after = range(last + 1, len(owners))
    head = Piece(graph.nodes[after[0]].id if after else "", "head", None, list(after))
    _join_loose(owners, first, last, _turns(graph, nodes))
    for place in range(first, last + 1):
        number = owners[place]
        if number is not None:
            pieces[number].nodes.append(place)
    return [stem, *pieces, head]


def _join_loose(owners: list[int | None], first: int, last: int, turns: Callable[[int], bool]) -> None:
    """Gives every loose node between groups to the one before, from the first that changes the stride to the next."""
    place = first
    while place <= last:
        if owners[place] is not None:
            place += 1
            continue
        stop = next(later for later in range(place, last + 1) if owners[later] is not None)
        number = owners[place - 1]
        for loose in range(place, stop):
            if turns(loose):
                number = owners[stop]
            owners[loose] = number
        place = stop


def _turns(graph: Graph, nodes: Mapping[str, Figures]) -> Callable[[int], bool]:
    """Whether a node changes the stride and is no pooling, which belongs to what stands before it."""

    def turns(place: int) -> bool:
        before, node = graph.nodes[place - 1], graph.nodes[place]
        return nodes[before.id].stride != nodes[node.id].stride and not is_pooling(node)

    return turns
