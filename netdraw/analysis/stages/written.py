"""Stages that are written: rows of `stages` and named groups of the top list, and what stands between them."""

from collections.abc import Callable, Mapping, Sequence

from ...graph.model import Graph, Group, Node
from ..model import Figures
from .runs import StageUnits, Unit


def written_groups(graph: Graph) -> list[Group]:
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


def joined(
    graph: Graph, nodes: Mapping[str, Figures], line: Sequence[Unit], is_pooling: Callable[[Node], bool]
) -> list[StageUnits]:
    """The stages on a line, by the places of its units: one a group, the stem and the head around them; what is loose
    between two joins one of them.
    """
    inside = [place for place, unit in enumerate(line) if unit.owner is not None]
    first, last = inside[0], inside[-1]
    pieces = [StageUnits("stem", list(range(first)))] if first else []
    for place, owner in zip(
        range(first, last + 1), _joined(graph, nodes, line[first : last + 1], is_pooling), strict=True
    ):
        if pieces and pieces[-1].owner == owner and pieces[-1].kind == "stage":
            pieces[-1].units.append(place)
        else:
            pieces.append(StageUnits("stage", [place], owner))
    head = list(range(last + 1, len(line)))
    return [*pieces, StageUnits("head", head)] if head else pieces


def _joined(
    graph: Graph, nodes: Mapping[str, Figures], units: Sequence[Unit], is_pooling: Callable[[Node], bool]
) -> list[int | None]:
    """The owner of each unit: of loose ones that of the group before; from the first that changes the stride on that of
    the next. A pooling belongs to what stands before it.
    """
    owners = [unit.owner for unit in units]
    ahead = list(owners)
    for place in reversed(range(len(units) - 1)):
        if ahead[place] is None:
            ahead[place] = ahead[place + 1]
    turned = False
    for place, unit in enumerate(units):
        if owners[place] is not None:
            turned = False
            continue
        before, node = (graph.nodes[one.nodes[-1]] for one in (units[place - 1], unit))
        turned = turned or (nodes[before.id].stride != nodes[node.id].stride and not is_pooling(node))
        owners[place] = ahead[place] if turned else owners[place - 1]
    return owners
