"""Which cells leave the line: branches that meet again in one cell, gates, and side ways to outputs.

Found by structure alone, by series-parallel reduction in graph order: a cell with one way in and one way out joins the
two; ways between the same two cells become a fork. What is left over stays on the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .model import Branch, Cell, Fork, Where
from .taps import chain_back, main_output, reaching
from .ways import Knot, Way, cells_of, flat, opened, size

GATE_MOST = 6
"""A gate has at most as many cells; what is longer is a branch."""
LONG, SHORT = 10, 3
"""Beside a way of more than LONG cells, or with taps, one of at most SHORT is no branch: its cells stand small on a
lane over it.
"""


class Shape(NamedTuple):
    """The cells that do not stand on the line, by number, and the forks on the line."""

    where: dict[int, Where]
    forks: tuple[Fork, ...]


def find_forks(
    cells: Sequence[Cell], pairs: Iterable[tuple[int, int]], order: Sequence[int], starts: Sequence[int] = ()
) -> Shape:
    """`pairs` are all edges from cell to cell, by number and forwards; `order` is that of the cells on the line.

    `starts` are by cell the first cell of the ×n around it: no fork begins before that and ends inside.
    """
    return _Reduction(cells, pairs, starts).shape(order)


class _Reduction:
    """Cells that reach the main output are *live*; the others are taps, reduced apart from them."""

    def __init__(self, cells: Sequence[Cell], pairs: Iterable[tuple[int, int]], starts: Sequence[int]) -> None:
        count = len(cells)
        self.cells = cells
        self.starts = starts or [0] * count
        self.after: list[list[int]] = [[] for _ in range(count)]
        self.before: list[list[int]] = [[] for _ in range(count)]
        for source, target in pairs:
            self.after[source].append(target)
            self.before[target].append(source)
        self.main = main_output(cells, self.after)
        self.live = reaching(self.before, self.main)
        live = self.live
        self.out = [len([w for w in after if live[w]]) if live[v] else len(after) for v, after in enumerate(self.after)]
        self.ins: list[dict[int, list[Way]]] = [{} for _ in range(count)]
        self.pending: list[list[tuple[int, Way]]] = [[] for _ in range(count)]
        self.where: dict[int, Where] = {}

    def shape(self, order: Sequence[int]) -> Shape:
        for cell in range(len(self.cells)):
            self._arrive(cell)
            self._leave(cell)
        self.fans = _Fans(self)
        kernel = [ways for cell, ins in enumerate(self.ins) if self.live[cell] for ways in ins.values()]
        forks = self._adjacent([fork for ways in kernel for way in ways for fork in way.forks], order)
        found = [self._fork(fork) for fork in forks]
        taps = [self.fans.fork(cell) for cell in self.fans.roots if cell not in self.fans.done]
        return Shape(self.where, (*found, *taps))

    def _adjacent(self, forks: list[Knot], order: Sequence[int]) -> list[Knot]:
        """Those of which nothing stands on the line between start and join; of others the cells stay on the line."""
        while forks:
            off = set(self.where).union(*(cells_of(way) for fork in forks for way in fork.ways))
            line = [one for one in order if one not in off and self.cells[one].where == "line"]
            before = dict(zip(line[1:], line, strict=False))
            fits = [before.get(fork.end) == fork.start and self._within(fork) for fork in forks]
            if all(fits):
                break
            kept = [fork for fork, fit in zip(forks, fits, strict=True) if fit]
            lost = [fork for fork, fit in zip(forks, fits, strict=True) if not fit]
            forks = [*kept, *(inner for fork in lost for way in fork.ways for inner in way.forks)]
        return forks

    def _within(self, fork: Knot) -> bool:
        """Whether the ×n around the join holds the whole fork."""
        return min(min(cells_of(way)) for way in fork.ways) >= self.starts[fork.end]

    def _arrive(self, cell: int) -> None:
        """Takes the ways that end in a cell: those from one cell are joined, then what became a series is."""
        ways = self.ins[cell]
        todo = self.pending[cell]
        self.pending[cell] = []
        while todo:
            for source, way in todo:
                ways.setdefault(source, []).append(way)
            todo = []
            for source in list(ways):
                found = ways[source]
                joined = self._join(source, cell, found) if len(found) > 1 else None
                if joined is not None:
                    self.out[source] -= len(found) - 1
                    found = ways[source] = [joined]
                if len(found) == 1 and self._inner(source) and self.live[source] == self.live[cell]:
                    ((begin, (way,)),) = self.ins[source].items()
                    way.extend(source, ways.pop(source)[0])
                    self.ins[source] = {}
                    todo.append((begin, way))

    def _inner(self, cell: int) -> bool:
        """Whether a cell has one way in and one way out."""
        return self.out[cell] == 1 and self._entered_once(cell)

    def _entered_once(self, cell: int) -> bool:
        return len(self.ins[cell]) == 1 and all(len(ways) == 1 for ways in self.ins[cell].values())

    def _leave(self, cell: int) -> None:
        through = self._inner(cell)
        for after in self.after[cell]:
            if through and self.live[cell] == self.live[after]:
                ((begin, (way,)),) = self.ins[cell].items()
                way.extend(cell, Way([], []))
                self.ins[cell] = {}
                self.pending[after].append((begin, way))
            else:
                self.pending[after].append((cell, Way([], [])))

    def _join(self, start: int, end: int, ways: list[Way]) -> Way | None:
        """One way for several between the same cells; None where they cannot be branches."""
        beside = [way for way in ways if not way.forks and all(self.cells[one].where == "arc" for one in way.cells)]
        mains = [way for way in ways if way not in beside]
        if any(way.open and way.empty for way in ways):
            return None
        if not mains:
            return opened(Way([], []))
        if len(mains) == 1:
            return self._beside(end, mains[0])
        if any(way.trails or way.splits(end) for way in mains):
            return None
        mains.sort(key=lambda way: way.first)
        if longest := self._uneven(mains):
            return opened(longest)
        way = Way([], [Knot(start, end, flat(start, end, mains))])
        return opened(way) if beside or any(way.open for way in mains) else way

    def _beside(self, end: int, way: Way) -> Way:
        """A way with links beside it: cells that are multiplied onto what runs beside them are a gate."""
        gate = self.cells[end].category == "mul" and way.plain and len(way.cells) <= GATE_MOST
        if not gate or self._tapped(way):
            return opened(way)
        self.where.update(dict.fromkeys(way.cells, "gate"))
        return opened(Way([], []))

    def _uneven(self, ways: list[Way]) -> Way | None:
        """The long one of which all others are short cuts, whose cells then stand on lanes."""
        longest = max(ways, key=size)
        others = [way for way in ways if way is not longest]
        if any(not way.plain or len(way.cells) > SHORT or self._tapped(way) for way in others):
            return None
        if size(longest) <= LONG and not self._tapped(longest):
            return None
        for way in others:
            self.where.update(dict.fromkeys(way.cells, "gate"))
        return longest

    def _tapped(self, way: Way) -> bool:
        """Whether something hangs on a cell of a way."""
        return any(not self.live[after] for one in way.cells if self.live[one] for after in self.after[one])

    def _fork(self, fork: Knot) -> Fork:
        """With the ids of its cells, which leave the line."""
        name = [self.cells[number].id for number in (fork.start, fork.end)]
        return Fork(name[0], name[1], tuple([self.branch(way, "branch") for way in fork.ways]))

    def branch(self, way: Way, where: Where) -> Branch:
        for one in way.cells:
            if self.cells[one].where == "line":
                self.where.setdefault(one, where)
        ids = tuple([self.cells[one].id for one in way.cells])
        taps = [self.fans.fork(one) for one in way.cells if one in self.fans.roots]
        return Branch(ids, (*(self._fork(fork) for fork in way.forks), *taps))


class _Fans:
    """The side ways to outputs: trees that hang on a cell of the line or of a branch, or end the line."""

    def __init__(self, reduction: _Reduction) -> None:
        self.reduction = reduction
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
        branch = self.reduction.branch(way, "tap")
        more = (self._fan(end, None),) if end in self.children else ()
        return branch._replace(forks=branch.forks + more)


class Tail(NamedTuple):
    """The last cells of the line behind `start` (-1: they stay there)."""

    start: int
    cells: list[int]
