"""Which group a box around a fork belongs to, and where the cells of a group stand."""

from bisect import bisect_left
from collections.abc import Sequence

from ...core.records import NamedTuple
from ...graph.model import Group
from ..folding.barecells import BareCells
from ..folding.index import Index, Span
from ..model import Fork, all_cells
from .lineparts import LineParts

BLOCK_MOST = 6
"""A block with one fork is its box where at most as many cells stand on its line."""


class ForkGroups(NamedTuple):
    """`groups` are the ids of those that stand for the outermost forks, `bare` the joins of forks without a group,
    but for those that inputs begin, or that outputs leave.
    """

    groups: set[str]
    bare: tuple[int, ...]


def fork_groups(parts: LineParts) -> ForkGroups:
    """For every fork that joins the group around it; a written fork with one branch and an identity has one too."""
    index, made = parts.table, parts.made
    outputs = {number for number, cell in enumerate(made.cells) if cell.names is not None}
    begins: dict[int, int] = {}
    """By the position of a join on the line, where its fork begins."""
    left: set[int] = set()
    """The joins of forks that outputs leave."""
    for fork in parts.forks:
        if fork.join is not None:
            ids = [fork.join, *(id for branch in fork.branches for id in all_cells(branch))]
            own = [made.places[made.ids[id]] for id in ids if id in made.ids]
            begins[own[0]] = min(own)
            if any(made.ids[id] in outputs for id in ids if id in made.ids):
                left.add(own[0])
    joins, line = sorted(begins), [made.places[number] for number in parts.on_line]
    around = {place: _around(index, index.nodes[place].group, begins[place], place) for place in joins}
    found = {_block(index, joins, line, group).id for group in around.values() if group}
    # What inputs begin, or outputs leave, is no unit: positions of inputs are negative.
    bare = [place for place, group in around.items() if group is None and begins[place] >= 0 and place not in left]
    return ForkGroups(found | _identities(parts, joins, line), tuple([made.numbers[place] for place in bare]))


def _identities(parts: LineParts, joins: list[int], line: list[int]) -> set[str]:
    """The written forks of which only one branch has cells, and which are no gates; a branch left alone has no join."""
    index, made = parts.table, parts.made
    found = set()
    for group in index.graph.groups:
        span = index.spans.get(group.id) if group.kind == "parallel" else None
        if span and not _between(joins, span):
            join = made.numbers.get(span[1] - 1) if len(index.nodes[span[1] - 1].inputs) > 1 else None
            if join is not None and parts.where[join] == "line" and made.cells[join].category != "mul":
                found.add(_block(index, joins, line, group).id)
    return found


def _around(index: Index, id: str, first: int, last: int) -> Group | None:
    """The innermost group that holds two positions and is no part of a larger list."""
    while id:
        group = index.groups[id]
        span = index.spans.get(id)
        if span is not None and span[0] <= first and last < span[1]:
            return group if group.kind in ("block", "parallel", "layers") and span[1] == last + 1 else None
        id = group.parent
    return None


def _block(index: Index, joins: list[int], line: list[int], group: Group) -> Group:
    """The block around a fork, where it holds little else."""
    while group.parent and index.groups[group.parent].kind == "block":
        outer = index.groups[group.parent]
        span = index.spans.get(outer.id)
        if span is None or _between(joins, span) > 1 or _between(line, span) > BLOCK_MOST:
            break
        group = outer
    return group


def _between(places: list[int], span: Span) -> int:
    return bisect_left(places, span[1]) - bisect_left(places, span[0])


def branch_places(forks: Sequence[Fork]) -> dict[str, tuple[int, int]]:
    """By the id of a cell on a branch: how deep its branch lies, and which it is."""
    found = {}
    todo = [(branch, 1) for fork in forks for branch in fork.branches]
    for number, (branch, depth) in enumerate(todo):
        found.update(dict.fromkeys(branch.cells, (depth, number)))
        todo += [(inner, depth + 1) for fork in branch.forks for inner in fork.branches]
    return found


def ends_on_branch(made: BareCells, branches: dict[str, tuple[int, int]], span: Span) -> tuple[str, str] | None:
    """The first and last cell of a group of which none stands on the line: of those on its outermost branch."""
    ids = [id for number in made.within(span) if (id := made.cells[number].id) in branches]
    depth = min([branches[id][0] for id in ids], default=0)
    outer = [id for id in ids if branches[id][0] == depth]
    return (outer[0], outer[-1]) if len({branches[id] for id in outer}) == 1 else None
