"""From a graph to the parts of its line, and the edges between its cells."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from ...analysis.model import Analysis
from ...graph.model import Graph, around
from ..branches.branching import Branching, is_series
from ..folding.barecells import BareCell, BlockFace, find_cells, find_members, find_pairs, line_order, run_starts
from ..folding.drawn import DrawnNodes, draw_all, draw_folded
from ..folding.fuse import Fused, fuse
from ..folding.index import Index, index
from ..folding.ungrouped import with_pieces
from ..model import Box, Branch, Edge, EdgeKind, Shelf
from ..said.glossary import Glossary, glossary
from ..view import View
from .boxes import make_boxes, make_shared
from .lineparts import LineParts


def line_parts(graph: Graph, analysis: Analysis, view: View) -> LineParts:
    """The parts of a graph's line, with repeats folded where the view folds them."""
    table = index(graph)
    fused, words = fuse(table, view.fuse_pool), glossary(view.lang)
    if view.unfold:
        return assemble(table, fused, draw_all(table, analysis), words, towers=view.towers)
    table = with_pieces(table, fused, analysis)
    return assemble(table, fused, draw_folded(table, fused, analysis), words, towers=view.towers)


def assemble(
    table: Index,
    fused: Fused,
    drawn: DrawnNodes,
    words: Glossary,
    closed: Mapping[int, BlockFace] | None = None,
    inputs_first: bool = False,
    towers: bool = False,
) -> LineParts:
    """The line of the cells that `fused` makes of the nodes that are drawn; `closed` are by their owner.

    Under `inputs_first` all inputs stand at its beginning, the first one last; under `towers` they may begin branches.
    """
    made = find_cells(table, fused, drawn, closed)
    pairs = find_pairs(table, fused, drawn, made)
    order = line_order(made, pairs, inputs_first)
    once = {made.numbers[place] for place in {*drawn.alike.values()} if len(drawn.sources[place]) > 1}
    users = [made.numbers[place] for place, node in enumerate(table.nodes) if node.shares and drawn.shown[place]]
    starts, members, shared = run_starts(table, drawn, made), find_members(drawn, made), users if towers else None
    shape = _branching(made.cells, pairs, order, starts, once, shared)
    if any(shape.where.get(target) == "branch" for _, target in members):
        # No lane leads into a branch: what reads a member then counts as a reader of the run.
        shape = _branching(made.cells, {*pairs, *members}, order, starts, once, shared)
    parts = LineParts(
        table=table,
        fused=fused,
        drawn=drawn,
        made=made,
        where=tuple([shape.where.get(number, "arc" if cell.arc else "line") for number, cell in enumerate(made.cells)]),
        order=order,
        forks=shape.forks,
        shelves=shape.shelves,
        tags=shape.tags,
    )
    boxes = (*make_boxes(parts, words), *make_shared(parts, once))
    parts = parts._replace(boxes=boxes, shelves=tuple([_before_boxes(shelf, parts, boxes) for shelf in parts.shelves]))
    return parts._replace(edges=_edges(parts, pairs, members))


def _before_boxes(shelf: Shelf, parts: LineParts, boxes: Iterable[Box]) -> Shelf:
    """A shelf that begins with an input stands over the last cell before a box that holds nothing of it."""
    table, cells = parts.table, parts.made.cells
    line = {
        cells[number].id: place
        for place, number in enumerate([number for number in parts.order if parts.where[number] == "line"])
    }
    if shelf.branch.cells[0] not in dict(table.graph.inputs) or shelf.over not in line:
        return shelf
    nodes = [table.nodes[table.places[id]] for id in shelf.branch.cells if id in table.places]
    own = {id for node in nodes for id in around(table.groups, node.group)}
    others = [box for box in boxes if box.id in table.groups and box.id not in own and box.first in line]
    place = line[shelf.over]
    for first, last in sorted([(line[box.first], line[box.last]) for box in others], reverse=True):
        place = max(first - 1, 0) if first <= place <= last else place
    return shelf._replace(over=list(line)[place])


def _branching(
    cells: Sequence[BareCell],
    pairs: Collection[tuple[int, int]],
    order: Sequence[int],
    starts: Sequence[int],
    once: Collection[int],
    towers: Collection[int] | None,
) -> Branching:
    """What `find_forks` finds; it is loaded only where there is something to find."""
    if not once and is_series(cells, pairs):
        return Branching({}, ())
    from ..branches.forks import find_forks  # late: start-up time

    return find_forks(cells, pairs, order, starts, once, towers)


def _edges(
    parts: LineParts, pairs: Mapping[tuple[int, int], bool], members: Mapping[tuple[int, int], int]
) -> tuple[Edge, ...]:
    """The edges with their kinds: an edge flows along its line, branch or shelf, in and out of forks, on a gate; those
    of members that are not drawn run over the line.
    """
    ids, where = [cell.id for cell in parts.made.cells], parts.where
    sources = {tag.id: tag.source for tag in parts.tags}
    line = Branch(tuple([ids[number] for number in parts.order if where[number] == "line"]), parts.forks)
    ways = [(line, ""), *((shelf.branch, shelf.over) for shelf in parts.shelves)]
    flows = {flow for branch, end in ways for flow in _flows(branch, "", end, sources)}
    edges = []
    for (source, target), identity in pairs.items():
        ends = where[source], where[target]
        flow = "gate" in ends or (ids[source], ids[target]) in flows
        kind: EdgeKind = "residual" if identity or "arc" in ends else "flow" if flow else "skip"
        edges.append(Edge(ids[source], ids[target], kind))
    edges += [
        Edge(source=ids[source], target=ids[target], kind="skip", member=member)
        for (source, target), member in members.items()
    ]
    return tuple(edges)


def _flows(branch: Branch, start: str, end: str, sources: dict[str, str]) -> set[tuple[str, str]]:
    """The steps along a branch from `start` to `end`, and along the branches in it; a tag is its source."""
    cells = [one for one in branch.cells if one not in sources]
    tags = [sources[one] for one in branch.cells if one in sources]
    last = branch.cells[-1]
    flows = {*pairwise((start, *cells)), (sources.get(last, last), end)}
    flows.update((tag, cells[0]) for tag in tags if cells)
    before = dict(zip(cells[1:], cells, strict=False))
    for fork in branch.forks:
        begin, join = sources.get(fork.start, fork.start), fork.join or ""
        # What runs beside a fork is a direct edge.
        flows.discard((begin or before.get(join, ""), join))
        flows = flows.union(*(_flows(inner, begin, join, sources) for inner in fork.branches))
    return flows
