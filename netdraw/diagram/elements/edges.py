"""The edges from cell to cell, with their kinds."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..branches.forks import Shape
from ..folding.barecells import BareCells
from ..model import Branch, Edge, EdgeKind, Where

Pair = tuple[int, int]
"""The numbers of two cells."""


def make_edges(
    made: BareCells,
    where: Sequence[Where],
    pairs: Mapping[Pair, bool],
    members: Mapping[Pair, int],
    shape: Shape,
    order: Sequence[int],
) -> tuple[Edge, ...]:
    """The edges with their kinds: an edge flows along its line, branch or shelf, in and out of forks, on a gate.

    Those of members that are not drawn run over the line.
    """
    ids = [cell.id for cell in made.cells]
    flows = _all_flows([ids[number] for number in order if where[number] == "line"], shape)
    edges = []
    for (source, target), identity in pairs.items():
        kind: EdgeKind = "flow" if (ids[source], ids[target]) in flows else "skip"
        ends = where[source], where[target]
        if identity or "arc" in ends:
            kind = "residual"
        elif "gate" in ends:
            kind = "flow"
        edges.append(Edge(ids[source], ids[target], kind))
    edges += [Edge(ids[source], ids[target], "skip", member) for (source, target), member in members.items()]
    return tuple(edges)


def _all_flows(line: Sequence[str], shape: Shape) -> set[tuple[str, str]]:
    """The steps along the line, the branches and the shelves."""
    sources = {tag.id: tag.source for tag in shape.tags}
    flows = _flows(Branch(tuple(line), shape.forks), "", sources)
    for shelf in shape.shelves:
        flows |= _flows(shelf.branch, "", sources)
        last = shelf.branch.cells[-1]
        flows.add((sources.get(last, last), shelf.over))
    return flows


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
