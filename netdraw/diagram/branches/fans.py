"""The side ways to outputs, and the end of the line where it fans out with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..model import Branch, Fork, Where
from .reduction import Reduction
from .taps import chain_back
from .ways import Way, cells_of


class Fans:
    """The side ways to outputs: trees that hang on a cell of the line or of a branch, or end the line.

    `shaped` makes the branch of a way.
    """

    def __init__(self, reduction: Reduction, shaped: Callable[[Way, Where], Branch]) -> None:
        self.reduction, self.shaped = reduction, shaped
        self.children: dict[int, list[tuple[Way, int]]] = {}
        self.mixed: set[int] = set()
        for cell, ins in enumerate(reduction.ins):
            if not reduction.live[cell]:
                for source, ways in ins.items():
                    self.children.setdefault(source, []).extend((way, cell) for way in ways)
                    if len(ins) > 1 or len(ways) > 1:
                        self.mixed.add(cell)
        self.roots = {cell: True for cell in self.children if reduction.live[cell] and self._tree(cell)}
        self.done: set[int] = set()
        self.tail = self._tail()
        """Of the cells whose taps are trees, those done; and what is left of the line behind the last of them."""
        for cell in self.roots:
            for way, end in self._below(cell):
                reduction.where.update(dict.fromkeys([*cells_of(way), end], "tap"))
        reduction.where.update(dict.fromkeys(self.tail.cells, "tap"))

    def _below(self, cell: int) -> Iterator[tuple[Way, int]]:
        """All that hangs on a cell."""
        for way, end in self.children.get(cell, ()):
            yield way, end
            yield from self._below(end)

    def fork(self, cell: int) -> Fork:
        """What hangs on a cell, as a fork."""
        self.done.add(cell)
        return self._fan(cell, self.tail if cell == self.tail.start else None)

    def _tail(self) -> Tail:
        """The end of the line behind the last tap, which fans out with it."""
        reduction = self.reduction
        cells = chain_back(reduction.before, reduction.after, reduction.live, reduction.main)
        start = cells.pop(0) if cells else -1
        return Tail(start, cells) if start in self.roots else Tail(-1, [])

    def _tree(self, cell: int) -> bool:
        """Whether nothing that hangs on a cell reads anything else."""
        return all(end not in self.mixed and self._tree(end) for _, end in self.children.get(cell, ()))

    def _fan(self, cell: int, tail: Tail | None) -> Fork:
        branches = [(way.first if way.cells else end, self._branch(way, end)) for way, end in self.children[cell]]
        if tail:
            ids = tuple([self.reduction.cells[one].id for one in tail.cells])
            branches.append((tail.cells[0], Branch(ids, ())))
        branches.sort(key=lambda pair: pair[0])
        return Fork(self.reduction.cells[cell].id, None, tuple([branch for _, branch in branches]))

    def _branch(self, way: Way, end: int) -> Branch:
        way.cells.append(end)
        branch = self.shaped(way, "tap")
        more = (self._fan(end, None),) if end in self.children else ()
        return branch._replace(forks=branch.forks + more)


class Tail(NamedTuple):
    """The last cells of the line behind `start` (-1: they stay there)."""

    start: int
    cells: list[int]
