"""Which cells leave the line: branches that meet again in one cell, gates, side ways, and what begins with a letter.

Found by structure alone. What is left over stays on the line.
"""

from collections.abc import Collection, Sequence

from ...core.records import NamedTuple
from ..folding.barecells import BareCell
from ..model import Fork, Shelf, Tag, Where


class Branching(NamedTuple):
    """The cells that do not stand on the line, by number, the forks on it, the shelves over it, and the tags."""

    where: dict[int, Where]
    forks: tuple[Fork, ...]
    shelves: tuple[Shelf, ...] = ()
    tags: tuple[Tag, ...] = ()


def find_forks(
    cells: Sequence[BareCell],
    pairs: Collection[tuple[int, int]],
    order: Sequence[int],
    starts: Sequence[int],
    once: Collection[int],
    towers: Collection[int] | None = None,
) -> Branching:
    """`pairs` are all edges from cell to cell, by number and forwards; `order` is that of the cells on the line.

    `starts` are by cell the first cell of the ×n around it: no fork begins before that and ends inside. `once` are the
    first cells of chains that are drawn for several, and read what all of these do. Where `towers` are given, the ways
    from several inputs to the cell where all meet are branches, if they are short or hold one of these cells, which use
    the weights of others.
    """
    if not once and is_series(cells, pairs):
        return Branching({}, ())
    from .forks import search  # late: start-up time

    return search(cells, pairs, order, starts, once, towers)


def is_series(cells: Sequence[BareCell], pairs: Collection[tuple[int, int]]) -> bool:
    """Whether one chain holds all cells but those of arcs, and what runs beside it is nested: then nothing leaves it.

    What is multiplied onto the line may, and is left to the search.
    """
    before: list[list[int]] = [[] for _ in cells]
    for source, target in pairs:
        before[target].append(source)
    begins: dict[int, int] = {}  # by the last cell of an arc that has not come down: where it begins
    chain: list[int] = []  # the cells so far that nothing runs past
    for number, cell in enumerate(cells):
        sources = sorted([begins.pop(one, one) for one in before[number]])
        if cell.arc and len(sources) == 1:
            begins[number] = sources[0]
            continue
        beside = len(sources) > 1 and (cell.category == "mul" or len({*sources}) < len(sources))
        if cell.arc or beside or (sources[-1:] != chain[-1:] if number else cell.category != "input"):
            return False
        for source in reversed(sources):
            while chain[-1] > source:
                chain.pop()
            if chain[-1] != source:
                return False
        chain.append(number)
    return not begins
