"""Which group a box around a fork belongs to, and where the cells of a group stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ...core.records import NamedTuple
from ...graph.model import Group
from ..folding.barecells import BareCells
from ..folding.index import Index
from ..model import Fork, all_cells
from .lineparts import LineParts

UNIT = 6
"""A block with one fork is its box where at most as many cells stand on its line."""


class ForkGroups(NamedTuple):
    """`groups` are the ids of those that stand for the outermost forks, `bare` the joins of forks without a group."""

    groups: set[str]
    bare: tuple[int, ...]


class _Joins(NamedTuple):
    """The joins of forks on the line by their position, and by position where each fork begins."""

    places: list[int]
    first: dict[int, int]
    line: list[int]


def fork_groups(parts: LineParts) -> ForkGroups:
    """For every fork that joins the group around it; a written fork with one branch and an identity has one too."""
    index, made = parts.table, parts.made
    numbers = {cell.id: number for number, cell in enumerate(made.cells)} if parts.forks else {}
    first: dict[int, int] = {}
    joins: dict[int, int] = {}
    for fork in parts.forks:
        if fork.join is not None:
            number = numbers[fork.join]
            ids = [id for branch in fork.branches for id in all_cells(branch)]
            own = [number, *(numbers[id] for id in ids if id in numbers)]
            first[made.places[number]] = min([made.places[one] for one in own])
            joins[made.places[number]] = number
    line = [made.places[number] for number in parts.on_line]
    table = _Joins(sorted(first), first, line)
    found: set[str] = set()
    bare = []
    for place in table.places:
        group = _around(index, index.nodes[place].group, first[place], place)
        if group is None:
            bare.append(joins[place])
        else:
            found.add(_block(index, table, group).id)
    return ForkGroups(found | _identities(parts, table), tuple(bare))


def _identities(parts: LineParts, table: _Joins) -> set[str]:
    """The written forks of which only one branch has cells, and which are no gates."""
    index, made = parts.table, parts.made
    found = set()
    for group in index.graph.groups:
        span = index.spans.get(group.id) if group.kind == "parallel" else None
        if span and bisect_left(table.places, span[0]) == bisect_left(table.places, span[1]):
            join = made.numbers.get(span[1] - 1)
            if join is not None and parts.where[join] == "line" and made.cells[join].category != "mul":
                found.add(_block(index, table, group).id)
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


def _block(index: Index, table: _Joins, group: Group) -> Group:
    """The block around a fork, where it holds little else."""
    while group.parent and index.groups[group.parent].kind == "block":
        outer = index.groups[group.parent]
        span = index.spans.get(outer.id)
        if span is None or _between(table.places, span) > 1 or _between(table.line, span) > UNIT:
            break
        group = outer
    return group


def _between(places: list[int], span: tuple[int, int]) -> int:
    return bisect_right(places, span[1] - 1) - bisect_left(places, span[0])


def branch_places(forks: Sequence[Fork]) -> dict[str, tuple[int, int]]:
    """By the id of a cell on a branch: how deep its branch lies, and which it is."""
    found = {}
    todo = [(branch, 1) for fork in forks for branch in fork.branches]
    for number, (branch, depth) in enumerate(todo):
        found.update(dict.fromkeys(branch.cells, (depth, number)))
        todo += [(inner, depth + 1) for fork in branch.forks for inner in fork.branches]
    return found


def ends_on_branch(
    made: BareCells, tracks: dict[str, tuple[int, int]], span: tuple[int, int]
) -> tuple[str, str] | None:
    """The first and last cell of a group of which none stands on the line: of those on its outermost branch."""
    ids = [id for number in made.within(span) if (id := made.cells[number].id) in tracks]
    depth = min([tracks[id][0] for id in ids], default=0)
    outer = [id for id in ids if tracks[id][0] == depth]
    return (outer[0], outer[-1]) if len({tracks[id] for id in outer}) == 1 else None
