"""Stages: what a figure brackets, a cost table sums up and a comparison aligns. This is the one notion of them.

A stage is a row of `stages` or a named group of the top list where these hold at least 75 % of the MACs, else a run of
one total stride (a pooling closes its run), or of one block kind where values are tokens. What stands before the
first is the stem, what stands after the last the head.
"""

from collections.abc import Callable, Mapping

from ..graph.model import Graph, Group, Node
from ..ops.base import Types
from ..ops.tensor import UNKNOWN, TensorType
from .model import Figures, Stage, Subtotal, subtotal
from .runs import StageNodes, find_stride_runs


def find_stages(
    graph: Graph,
    types: Mapping[str, Types],
    nodes: Mapping[str, Figures],
    groups: Mapping[str, Subtotal],
    whole: Subtotal,
) -> tuple[Stage, ...]:
    """The stages in order; every node is in exactly one. `types` are the outputs of nodes and inputs by id."""

    def is_pooling(node: Node) -> bool:
        inputs = tuple([types[name][port] for name, port in node.inputs])
        if UNKNOWN in inputs:
            return False
        return node.definition.face(node.attrs, inputs, node.outputs).category.startswith("pool.")

    written = _written(graph)
    macs = sum([groups[group.id].macs for group in written])
    if any(groups[group.id].activations for group in written) and 4 * macs >= 3 * whole.macs:
        pieces = _by_groups(graph, nodes, written, is_pooling)
    else:
        pieces = find_stride_runs(graph, nodes, is_pooling)
    return tuple([_stage(graph, nodes, piece) for piece in pieces if piece.nodes])


def sizes_text(kind: TensorType) -> str:
    """The spatial sizes of a value: `56²`, `160×224`, `16³`; empty where it has none."""
    sizes = kind.sizes
    if 2 <= len(sizes) <= 3 and len(set(sizes)) == 1:
        return f"{sizes[0]}{'²' if len(sizes) == 2 else '³'}"
    return "×".join(map(str, sizes))


def _stage(graph: Graph, nodes: Mapping[str, Figures], piece: StageNodes) -> Stage:
    ids = tuple([graph.nodes[place].id for place in piece.nodes])
    sums = subtotal([nodes[key] for key in ids])
    end = graph.nodes[piece.nodes[-1]].outputs[0]
    size = sizes_text(end) if end.known else ""
    id, title = (piece.group.id, piece.group.title) if piece.group else (ids[0], None)
    return Stage(id=id, kind=piece.kind, title=title, nodes=ids, total=sums, resolution=size)


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


def _by_groups(
    graph: Graph, nodes: Mapping[str, Figures], written: list[Group], is_pooling: Callable[[Node], bool]
) -> list[StageNodes]:
    """One piece a group, the stem and the head around them; loose nodes between join a neighbour."""
    pieces = [StageNodes("stage", [], group) for group in written]
    owner: dict[str, int | None] = {"": None}
    order = {group.id: number for number, group in enumerate(written)}
    for group in graph.groups:
        owner[group.id] = order.get(group.id, owner[group.parent])
    owners = [owner[node.group] for node in graph.nodes]
    inside = [place for place, number in enumerate(owners) if number is not None]
    first, last = inside[0], inside[-1]
    _join_loose(graph, nodes, owners, range(first, last + 1), is_pooling)
    for place in range(first, last + 1):
        number = owners[place]
        if number is not None:
            pieces[number].nodes.append(place)
    return [StageNodes("stem", list(range(first))), *pieces, StageNodes("head", list(range(last + 1, len(owners))))]


def _join_loose(
    graph: Graph,
    nodes: Mapping[str, Figures],
    owners: list[int | None],
    places: range,
    is_pooling: Callable[[Node], bool],
) -> None:
    """Gives the loose nodes between groups to the group before; from the first that changes the stride to the next.

    A pooling belongs to what stands before it, and so does what only leads to an output.
    """
    ahead: dict[int, int | None] = {}
    following = None
    for place in reversed(places):
        following = ahead[place] = following if owners[place] is None else owners[place]
    onward = _onward(graph, owners, places)
    turned = False
    for place in places:
        if owners[place] is not None:
            turned = False
            continue
        node = graph.nodes[place]
        if node.id in onward:
            before = nodes.get(node.inputs[0].node) if node.inputs else None
            turned = turned or (before is not None and before.stride != nodes[node.id].stride and not is_pooling(node))
        owners[place] = ahead[place] if turned else owners[place - 1]


def _onward(graph: Graph, owners: list[int | None], places: range) -> set[str]:
    """The ids of what groups read, at once or through loose nodes; the others lead to outputs only."""
    found: set[str] = set()
    for place in reversed(places):
        node = graph.nodes[place]
        if owners[place] is not None or node.id in found:
            found.update([ref.node for ref in node.inputs])
    return found
