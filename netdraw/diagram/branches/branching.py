"""What leaves the line, and whether that is nothing, so that no search is needed (`forks.py`)."""

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
