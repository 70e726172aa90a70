"""The cells of a line before anything is said of them: which nodes they hold, and what leads from cell to cell."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ...core.records import NamedTuple
from ...graph.model import Ref
from ...ops.base import Face
from ...ops.tensor import TensorType
from ..model import Tick
from .drawn import DrawnNodes
from .fuse import Fused, is_pool
from .index import Index


class ClosedBlock(NamedTuple):
    """The nodes of a `span` as one cell with a `name`. `title` is what its group is called (`3a`).

    `times` is how many equal ones it stands for, `repeat` the product of all ×n around it, `growth` what each adds to
    the channels.
    """

    id: str
    name: str
    title: str
    span: tuple[int, int]
    times: int = 1
    repeat: int = 1
    growth: int = 0

    @property
    def said(self) -> str:
        """What stands over its right end."""
        grows = f", +{self.growth}" if self.growth else ""
        return f"×{self.times}{grows}" if self.times > 1 else ""


class BlockFace(NamedTuple):
    """A closed block, what a figure says of it, and the type of the value that it gives on."""

    block: ClosedBlock
    face: Face
    shape: TensorType


class BareCell(NamedTuple):
    """A cell: `nodes` are the positions of those in it, `place` is that of the one that gives it its `face`.

    An input has a negative place, an output without a node the number of nodes; places grow from cell to cell.
    `repeat` is the product of the ×n around it, `arc` tells that it lies in a shortcut; `names` are those of the
    outputs that it is, None for a cell that is none; `last` says that the line ends in it. `stage` is the number of its
    stage, -1 in none.
    """

    id: str
    place: int
    nodes: tuple[int, ...]
    category: str
    shape: TensorType
    repeat: int = 1
    face: Face | None = None
    arc: bool = False
    names: tuple[str, ...] | None = None
    last: bool = False
    stage: int = -1
    block: ClosedBlock | None = None

    @property
    def output(self) -> str | None:
        """The names of the outputs in one, "" for the end of a line that is no output of the network."""
        return None if self.names is None else " ".join(self.names)


class BareCells(NamedTuple):
    """The cells in order. `ids` gives a cell by its id, `numbers` a node's cell by its position (a tick's is the cell
    before it), `places` the place of each cell, and `outputs` by its first name the cell of an output that has one of
    its own.
    """

    cells: tuple[BareCell, ...]
    ids: dict[str, int]
    places: tuple[int, ...]
    numbers: dict[int, int]
    ticks: tuple[Tick, ...]
    outputs: dict[str, int]

    def within(self, span: tuple[int, int]) -> range:
        """The numbers of the cells between two positions."""
        return range(bisect_left(self.places, span[0]), bisect_left(self.places, span[1]))


def find_cells(
    index: Index, fused: Fused, drawn: DrawnNodes, closed: Mapping[int, BlockFace] | None = None
) -> BareCells:
    """All cells: inputs, drawn nodes in graph order, outputs that are no Softmax. `closed` are by their owner.

    Of chains that are drawn once there is one output, for all.
    """
    inputs = index.graph.inputs
    cells = [
        BareCell(id=name, place=place, nodes=(), category="input", shape=kind)
        for place, (name, kind) in enumerate(inputs, -len(inputs))
    ]
    numbers = {-1 - number: number for number in range(len(inputs))}
    named, arcs = _named(index, drawn), _arcs(index)
    ends = {index.places[ref.node]: names for names, ref in named}
    for owner, places in _members(fused, drawn).items():
        numbers.update(dict.fromkeys(places, len(cells)))
        shut = closed.get(owner) if closed else None
        cell = _cell(index, drawn, owner, places, arcs[index.nodes[owner].group], shut)
        # A Softmax that is an output needs no other cell.
        softmax = cell.category == "softmax" and places[-1] in ends
        names = ends[places[-1]] if softmax else ()
        cells.append(cell._replace(names=names, last=drawn.end in names) if softmax else cell)
    for place in sorted(fused.ticks):
        if drawn.shown[place]:
            numbers[place] = numbers[drawn.sources[place][0]]
    outputs = {}
    for names, ref in named:
        place = index.places[ref.node]
        if cells[numbers[place]].names != names:
            outputs[names[0]] = len(cells)
            kind = index.type_at(place, ref.port)
            # A node may have the name of the output that it is.
            id = f"{names[0]}:output" if names[0] in index.places else names[0]
            end = BareCell(id=id, place=len(index.nodes), nodes=(), category="output", shape=kind, names=names)
            cells.append(end._replace(last=drawn.end in names))
    found = BareCells(
        cells=tuple(cells),
        ids={cell.id: number for number, cell in enumerate(cells)},
        places=tuple([cell.place for cell in cells]),
        numbers=numbers,
        ticks=(),
        outputs=outputs,
    )
    return found._replace(ticks=_ticks(index, fused, drawn, found))


def _cell(
    index: Index, drawn: DrawnNodes, owner: int, places: Sequence[int], arc: bool, closed: BlockFace | None
) -> BareCell:
    """The cell of nodes that share one."""
    face, last = closed.face if closed else index.face(owner), places[-1]
    pooled = face.category == "conv" and index.ops[last].fuse == "none" and is_pool(index, last)
    return BareCell(
        id=closed.block.id if closed else index.nodes[places[0]].id,
        place=owner,
        nodes=tuple(places),
        category="conv.pool" if pooled else face.category,
        shape=closed.shape if closed else index.nodes[last].outputs[0],
        repeat=closed.block.repeat if closed else drawn.repeats[owner],
        face=face,
        arc=arc,
        stage=drawn.stages[owner],
        block=closed.block if closed else None,
    )


def find_pairs(index: Index, fused: Fused, drawn: DrawnNodes, made: BareCells) -> dict[tuple[int, int], bool]:
    """Every edge from cell to cell once, by their numbers; whether it is the identity of a residual."""
    numbers, alike = made.numbers, {*drawn.alike.values()}
    rules = [(group.residual.add, group.id) for group in index.graph.groups if group.residual]
    # Where the group of a node that adds begins: what it reads from before is the identity.
    starts = {add: index.spans[group][0] for add, group in rules if add is not None and group in index.spans}
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
                identity = start is not None and at < start and made.cells[target].block is None
                pairs[source, target] = identity
    ends = dict(index.graph.outputs)
    for name, number in made.outputs.items():
        pairs[numbers[index.places[ends[name].node]], number] = False
    return pairs


def find_members(drawn: DrawnNodes, made: BareCells) -> dict[tuple[int, int], int]:
    """The edges of what is read of a member that is not drawn, by the cells' numbers: which member it is."""
    edges = {
        (made.numbers[drawn.sources[place][number]], made.numbers[place]): member
        for (place, number), member in drawn.members.items()
    }
    return {(source, target): member for (source, target), member in edges.items() if source != target}


def run_starts(index: Index, drawn: DrawnNodes, made: BareCells) -> list[int]:
    """By cell: the number of the first cell of the innermost run that holds it, 0 outside."""
    starts = [0] * len(made.cells)
    for group in index.graph.groups:
        if group.id in drawn.folds:
            for number in (inside := made.within(index.spans[group.id])):
                starts[number] = inside.start
    return starts


def line_order(made: BareCells, pairs: Mapping[tuple[int, int], bool], inputs_first: bool) -> tuple[int, ...]:
    """The cells as they stand on the line: in graph order, but a further input right before what reads it first, or
    with all inputs at the beginning, the first one last.
    """
    order = range(len(made.cells))
    further = [number for number in order[1:] if made.cells[number].category == "input"]
    if inputs_first:
        return (*reversed(further), *order[:1], *order[len(further) + 1 :])
    first = {number: min([target for source, target in pairs if source == number], default=0) for number in further}
    return tuple(sorted(order, key=lambda number: (first.get(number) or number, number)))


def _members(fused: Fused, drawn: DrawnNodes) -> dict[int, list[int]]:
    """The nodes of each cell, by the node that it is named after, in the order of these."""
    members: dict[int, list[int]] = {}
    drawn_as = [*((place, place) for place, shown in enumerate(drawn.shown) if shown), *drawn.alike.items()]
    for place, own in drawn_as:
        if place not in fused.ticks:
            members.setdefault(fused.owners[own], []).append(place)
    return {owner: sorted(places) for owner, places in sorted(members.items())}


def _arcs(index: Index) -> dict[str, bool]:
    """By group id: whether it lies in a shortcut."""
    arcs = {"": False}
    for group in index.graph.groups:
        arcs[group.id] = group.kind == "shortcut" or arcs[group.parent]
    return arcs


def _named(index: Index, drawn: DrawnNodes) -> list[tuple[tuple[str, ...], Ref]]:
    """The outputs with the names of those that they are drawn for, each where that is drawn, its own name first."""
    found: dict[Ref, list[str]] = {}
    for name, ref in index.graph.outputs:
        shown = drawn.alike.get(index.places[ref.node])
        if shown is None:
            found.setdefault(ref, []).insert(0, name)
        else:
            found.setdefault(Ref(index.nodes[shown].id, ref.port), []).append(name)
    return [(tuple(names), ref) for ref, names in found.items()]


def _ticks(index: Index, fused: Fused, drawn: DrawnNodes, made: BareCells) -> tuple[Tick, ...]:
    """Nodes without a cell, those on one edge together."""
    found: dict[tuple[str, str], list[str]] = {}
    for place, ends in sorted(_targets(index, fused, drawn, made).items()):
        if drawn.shown[place]:
            before = made.cells[ends.pop()].id if len(ends) == 1 else ""
            found.setdefault((made.cells[made.numbers[place]].id, before), []).append(index.nodes[place].id)
    return tuple([Tick(tuple(ids), after, before) for (after, before), ids in found.items()])


def _targets(index: Index, fused: Fused, drawn: DrawnNodes, made: BareCells) -> dict[int, set[int]]:
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
