"""Cells by number, what leads from one to another, and where the line of a network ends."""

from collections.abc import Iterable, Sequence

from ...core.records import NamedTuple
from ..folding.barecells import BareCell

FAN_MOST = 8
"""Behind its last tap the line fans out with it, where at most as many cells are left."""


class CellGraph(NamedTuple):
    """What leads from cell to cell, forwards. `live` are the cells that reach `end`, that of the line; the others are
    *taps*, or lie behind one. Where `towers` are tried, inputs may begin branches. `fresh` are the cells that read
    nothing and begin a row of their own, as further inputs do.
    """

    cells: Sequence[BareCell]
    after: list[list[int]]
    before: list[list[int]]
    end: int
    live: list[bool]
    towers: bool = False
    fresh: frozenset[int] = frozenset()

    def begins(self, cell: int) -> bool:
        """Whether a cell reads nothing and is no input on the line."""
        if self.before[cell] or cell in self.fresh:
            return False
        return self.towers or self.cells[cell].category != "input"

    def onward(self, cell: int) -> list[int]:
        """What reads a cell; of one that reaches the end of the line what reaches that, too."""
        return [one for one in self.after[cell] if self.live[one] == self.live[cell]]

    def crosses(self, before: int, cell: int) -> bool:
        """Whether a stage begins with a cell, behind one of another."""
        return self.cells[cell].stage not in (-1, self.cells[before].stage)

    def tapped(self, cells: Iterable[int]) -> bool:
        """Whether something hangs on one of some cells."""
        return any(not self.live[after] for one in cells if self.live[one] for after in self.after[one])

    def chain_back(self) -> list[int]:
        """From the last cell with a tap, it included, to the end, where that is a short chain; else nothing."""
        found = [self.end]
        while len(found) <= FAN_MOST and len(self.before[found[-1]]) == 1:
            (before,) = self.before[found[-1]]
            if self.crosses(before, found[-1]):
                break
            found.append(before)
            targets = self.after[found[-1]]
            if any(not self.live[one] for one in targets):
                return found[::-1] if sum(self.live[one] for one in targets) == 1 else []
            if len(targets) > 1:
                break
        return []


def cell_graph(cells: Sequence[BareCell], pairs: Iterable[tuple[int, int]]) -> CellGraph:
    """`pairs` are all edges from cell to cell, by number and forwards."""
    after: list[list[int]] = [[] for _ in cells]
    before: list[list[int]] = [[] for _ in cells]
    for source, target in pairs:
        after[source].append(target)
        before[target].append(source)
    end = _end(cells, after, before)
    live = [False] * len(cells)
    live[end] = True
    for number in reversed(range(end + 1)):
        for source in before[number] if live[number] else ():
            live[source] = True
    return CellGraph(cells=cells, after=after, before=before, end=end, live=live)


def depths(before: Sequence[Sequence[int]]) -> list[int]:
    """By cell, how many cells the longest path to it passes."""
    found: list[int] = []
    for sources in before:
        found.append(max([0, *(found[one] + 1 for one in sources)]))
    return found


def _end(cells: Sequence[BareCell], after: Sequence[Sequence[int]], before: Sequence[Sequence[int]]) -> int:
    """The cell in which the line ends: where its network's does, else that of the longest path, by written order."""
    ends = [number for number, cell in enumerate(cells) if cell.names is not None and not after[number]]
    named = [number for number in ends if cells[number].last]
    if named or len(ends) < 2:
        return (named or ends or [len(cells) - 1])[0]
    return max(ends, key=depths(before).__getitem__)
