"""Cells, the ticks between them, and the edges from cell to cell."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from ...ops.base import Face
from ..branches.forks import Shape
from ..folding.fuse import Fused
from ..folding.index import Index
from ..folding.members import Drawn
from ..model import Branch, Cell, Edge, EdgeKind, Tick
from ..said.labels import cell_label, input_label, kernel_text
from .closed import Closed, shut
from .outputs import add_outputs


class Cells(NamedTuple):
    """The cells in order. `numbers` gives a node's cell by its position (a tick's is the cell before it).

    `places` gives the position of the node that a cell is named after: negative for an input, the number of nodes for
    an output; it grows from cell to cell.
    """

    cells: list[Cell]
    places: list[int]
    numbers: dict[int, int]
    ticks: tuple[Tick, ...]
    outputs: dict[str, int]
    """The cells of outputs that have one of their own, by name."""
    faces: Mapping[int, Face] = {}
    """What the figure says of the cells that are closed blocks, by number."""


def make_cells(
    index: Index, fused: Fused, drawn: Drawn, closed: Mapping[int, tuple[Closed, Face]] | None = None
) -> Cells:
    """All cells: inputs, drawn nodes in graph order, outputs that are no Softmax. `closed` are by their owner."""
    faces: dict[int, Face] = {}
    made = Cells([], [], {}, (), {}, faces)
    for number, (name, kind) in enumerate(index.graph.inputs):
        made.numbers[-1 - number] = number
        made.places.append(number - len(index.graph.inputs))
        made.cells.append(Cell(name, (name,), "input", "", "", input_label(kind), kind))
    arcs = _arcs(index)
    for owner, places in _members(fused, drawn).items():
        made.numbers.update(dict.fromkeys(places, len(made.cells)))
        made.places.append(owner)
        cell = _cell(index, drawn, owner, places, arcs[index.nodes[owner].group])
        if closed and owner in closed:
            one, faces[len(made.cells)] = closed[owner]
            cell = shut(cell, one, closed[owner][1])
        made.cells.append(cell)
    for place in sorted(fused.ticks):
        if drawn.shown[place]:
            made.numbers[place] = made.numbers[drawn.sources[place][0]]
    add_outputs(index, drawn, made)
    return made._replace(ticks=_ticks(index, fused, drawn, made))


def find_pairs(index: Index, fused: Fused, drawn: Drawn, made: Cells) -> dict[tuple[int, int], bool]:
    """Every edge from cell to cell once, by their numbers; whether it is the identity of a residual."""
    numbers = made.numbers
    starts = _residual_starts(index)
    alike = {*drawn.alike.values()}
    pairs: dict[tuple[int, int], bool] = {}
    for place, node in enumerate(index.nodes):
        if not drawn.shown[place] or place in fused.ticks:
            continue
        target, start = numbers[place], starts.get(node.id)
        sources = drawn.sources[place]
        for number, at in enumerate(sources if place in alike else index.carried(place, sources)):
            source = numbers[at]
            if source != target and (place, number) not in drawn.members:
                # Into a closed block there is no arc: what it adds is inside.
                pairs[source, target] = start is not None and at < start and target not in made.faces
    ends = dict(index.graph.outputs)
    for name, number in made.outputs.items():
        pairs[numbers[index.places[ends[name].node]], number] = False
    return pairs


def find_members(drawn: Drawn, made: Cells) -> dict[tuple[int, int], int]:
    """The edges of what is read of a member that is not drawn, by the cells' numbers: which member it is."""
    found = {}
    for (place, number), member in drawn.members.items():
        source, target = made.numbers[drawn.sources[place][number]], made.numbers[place]
        if source != target:
            found[source, target] = member
    return found


def run_starts(index: Index, drawn: Drawn, made: Cells) -> list[int]:
    """By cell: the number of the first cell of the innermost run that holds it, 0 outside."""
    starts = [0] * len(made.cells)
    for group in index.graph.groups:
        if group.id in drawn.runs:
            first, stop = (bisect_left(made.places, place) for place in index.spans[group.id])
            starts[first:stop] = [first] * (stop - first)
    return starts


def place_cells(made: Cells, shape: Shape) -> None:
    """Takes the cells of forks off the line."""
    for number, where in shape.where.items():
        made.cells[number] = made.cells[number]._replace(where=where)


def line_order(made: Cells, pairs: dict[tuple[int, int], bool]) -> list[int]:
    """The cells as they stand on the line: in graph order, but a further input right before what reads it first."""
    order = list(range(len(made.cells)))
    further = [number for number in order[1:] if made.cells[number].category == "input"]
    if further:
        first = {number: min([target for source, target in pairs if source == number], default=0) for number in further}
        order.sort(key=lambda number: (first.get(number) or number, number))
    return order


def make_edges(
    made: Cells,
    pairs: dict[tuple[int, int], bool],
    members: dict[tuple[int, int], int],
    shape: Shape,
    order: list[int],
) -> tuple[Edge, ...]:
    """The edges with their kinds: an edge flows along its line, branch or shelf, in and out of forks, on a gate.

    Those of members that are not drawn run over the line.
    """
    line = tuple([made.cells[number].id for number in order if made.cells[number].where == "line"])
    sources = {tag.id: tag.source for tag in shape.tags}
    flows = _flows(Branch(line, shape.forks), "", sources)
    for shelf in shape.shelves:
        flows |= _flows(shelf.branch, "", sources)
        last = shelf.branch.cells[-1]
        flows.add((sources.get(last, last), shelf.over))
    edges = []
    for (source, target), identity in pairs.items():
        one, other = made.cells[source], made.cells[target]
        kind: EdgeKind = "flow" if (one.id, other.id) in flows else "skip"
        if identity or "arc" in (one.where, other.where):
            kind = "residual"
        elif "gate" in (one.where, other.where):
            kind = "flow"
        edges.append(Edge(one.id, other.id, kind))
    for (source, target), member in members.items():
        edges.append(Edge(made.cells[source].id, made.cells[target].id, "skip", member))
    return tuple(edges)


def _flows(branch: Branch, start: str, sources: dict[str, str]) -> set[tuple[str, str]]:
    """The steps along a branch that begins behind `start`, and along the branches in it; a tag is its source."""
    cells = [one for one in branch.cells if one not in sources]
    tags = [sources[one] for one in branch.cells if one in sources]
    flows = set(pairwise((start, *cells)))
    flows.update((tag, cells[0]) for tag in tags if cells)
    before = dict(zip(cells[1:], cells, strict=False))
    for fork in branch.forks:
        begin, join = sources.get(fork.start, fork.start), fork.join or ""
        # What runs beside a fork is a link.
        flows.discard((begin or before.get(join, ""), join))
        for inner in fork.branches:
            flows |= _flows(inner, begin, sources)
            last = inner.cells[-1]
            flows.add((sources.get(last, last), join))
    return flows


def _residual_starts(index: Index) -> dict[str, int]:
    """By the id of a node that adds a residual: where its group begins; what it reads from before is the identity."""
    rules = [(group.residual.add, group.id) for group in index.graph.groups if group.residual]
    return {add: index.spans[group][0] for add, group in rules if add is not None and group in index.spans}


def _members(fused: Fused, drawn: Drawn) -> dict[int, list[int]]:
    """The nodes of each cell, by the node that it is named after, in the order of these."""
    members: dict[int, list[int]] = {}
    early = False
    for place, owner in enumerate(fused.owners):
        if drawn.shown[place] and place not in fused.ticks:
            members.setdefault(owner, []).append(place)
            early = early or owner > place
    for place, own in drawn.alike.items():
        if place not in fused.ticks:
            members[fused.owners[own]].append(place)
            members[fused.owners[own]].sort()
    return dict(sorted(members.items())) if early else members


def _arcs(index: Index) -> dict[str, bool]:
    """By group id: whether it lies in a shortcut."""
    arcs = {"": False}
    for group in index.graph.groups:
        arcs[group.id] = group.kind == "shortcut" or arcs[group.parent]
    return arcs


def _cell(index: Index, drawn: Drawn, owner: int, places: list[int], arc: bool) -> Cell:
    face = index.face(owner)
    ids = tuple([index.nodes[place].id for place in places])
    activations = [
        index.nodes[place].op for place in places if place != owner and index.ops[place].fuse == "activation"
    ]
    summed = [place for place in places if drawn.shown[place]]
    counted = [macs for place in summed if (macs := drawn.macs[place]) is not None]
    return Cell(
        id=ids[0],
        ids=ids,
        category=face.category,
        kernel=kernel_text(face),
        activation=activations[-1] if activations else "",
        label=cell_label(face),
        shape=index.nodes[places[-1]].outputs[0],
        params=sum([drawn.params[place] for place in summed]),
        macs=sum(counted) if counted else None,
        repeat=drawn.repeats[owner],
        where="arc" if arc else "line",
    )


def _ticks(index: Index, fused: Fused, drawn: Drawn, made: Cells) -> tuple[Tick, ...]:
    """Nodes without a cell, those on one wire together."""
    found: dict[tuple[int, int], list[str]] = {}
    targets = _targets(index, fused, drawn, made)
    for place, ends in sorted(targets.items()):
        if drawn.shown[place]:
            target = ends.pop() if len(ends) == 1 else -1
            found.setdefault((made.numbers[place], target), []).append(index.nodes[place].id)
    names = [*(cell.id for cell in made.cells), ""]
    return tuple([Tick(tuple(ids), names[number], names[target]) for (number, target), ids in found.items()])


def _targets(index: Index, fused: Fused, drawn: Drawn, made: Cells) -> dict[int, set[int]]:
    """By the position of a node without a cell, the cells that it leads to."""
    found: dict[int, set[int]] = {place: set() for place in fused.ticks}
    if not found:
        return found
    ends = dict(index.graph.outputs)
    for name, number in made.outputs.items():
        if (place := index.places[ends[name].node]) in found:
            found[place].add(number)
    for place in reversed(range(len(index.nodes))):
        if drawn.shown[place]:
            own = found[place] if place in found else {made.numbers[place]}
            for at in index.carried(place, drawn.sources[place]):
                if at in found:
                    found[at] |= own
    return found
