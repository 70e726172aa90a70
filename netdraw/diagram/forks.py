"""Which cells leave the line: branches that meet again in one cell, gates, and side ways to outputs.

Found by structure alone, by series-parallel reduction in graph order: a cell with one way in and one way out joins the
two; ways between the same two cells become a fork. What is left over stays on the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .fans import Fans
from .model import Branch, Cell, Fork, Shelf, Where
from .sides import Sides, Step, Twig, find_sides
from .taps import main_output, reaching
from .ways import Knot, Way, cells_of, flat, opened, size

GATE_MOST = 6
"""A gate has at most as many cells; what is longer is a branch."""
LONG, SHORT = 10, 3
"""Beside a way of more than LONG cells, or with taps, one of at most SHORT is no branch: its cells stand small on a
lane over it.
"""


class Shape(NamedTuple):
    """The cells that do not stand on the line, by number, the forks on the line, and the shelves over it."""

    where: dict[int, Where]
    forks: tuple[Fork, ...]
    shelves: tuple[Shelf, ...] = ()


def find_forks(cells: Sequence[Cell], pairs: Iterable[tuple[int, int]], order: Sequence[int]) -> Shape:
    """`pairs` are all edges from cell to cell, by number and forwards; `order` is that of the cells on the line."""
    return Reduction(cells, pairs).shape(order)


class Reduction:
    """Cells that reach the main output are *live*; the others are taps, reduced apart from them."""

    def __init__(self, cells: Sequence[Cell], pairs: Iterable[tuple[int, int]]) -> None:
        count = len(cells)
        self.cells = cells
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
        self.fans = Fans(self)
        kernel = [
            Step(source, cell, way)
            for cell, ins in enumerate(self.ins)
            if self.live[cell]
            for source, ways in ins.items()
            for way in ways
        ]
        sides = find_sides(kernel, self.main, self._free)
        self._take_off(sides)
        forks = self._adjacent([fork for step in kernel for fork in step.way.forks], order)
        found = [self._fork(fork) for fork in forks]
        hung = {cell: self.fans.fork(cell) for cell in self.fans.roots if cell not in self.fans.done}
        for cell, twigs in sides.twigs.items():
            fork = self._twigs(cell, twigs)
            hung[cell] = fork._replace(branches=hung[cell].branches + fork.branches) if cell in hung else fork
        shelves = [
            Shelf(Branch(self._ids(cells)), self.cells[over].id)
            for over, ones in sides.shelves.items()
            for cells in ones
        ]
        return Shape(self.where, (*found, *hung.values()), tuple(shelves))

    def _free(self, way: Way) -> bool:
        """Whether a way is a mere chain of cells that may leave the line; a link may run beside all of it."""
        return not (way.forks or way.linked or way.trails) and self._may_leave(way.cells)

    def _may_leave(self, cells: Iterable[int]) -> bool:
        on_line = all(self.cells[one].where == "line" and one not in self.where for one in cells)
        return on_line and not any(not self.live[after] for one in cells for after in self.after[one])

    def _take_off(self, sides: Sides) -> None:
        for twigs in sides.twigs.values():
            for twig in twigs:
                self.where.update(dict.fromkeys(twig.all(), "tap"))
        for shelves in sides.shelves.values():
            for cells in shelves:
                self.where.update(dict.fromkeys(cells, "shelf"))

    def _twigs(self, cell: int, twigs: Sequence[Twig]) -> Fork:
        """Side chains behind a cell, as a fork that does not join."""
        branches = []
        for twig in twigs:
            inner = (self._twigs(twig.cells[-1], twig.twigs),) if twig.twigs else ()
            branches.append(Branch(self._ids(twig.cells), inner))
        return Fork(self.cells[cell].id, None, tuple(branches))

    def _ids(self, cells: Iterable[int]) -> tuple[str, ...]:
        return tuple([self.cells[one].id for one in cells])

    def _adjacent(self, forks: list[Knot], order: Sequence[int]) -> list[Knot]:
        """Those of which nothing stands on the line between start and join; of others the cells stay on the line."""
        while forks:
            off = set(self.where).union(*(cells_of(way) for fork in forks for way in fork.ways))
            line = [one for one in order if one not in off and self.cells[one].where == "line"]
            before = dict(zip(line[1:], line, strict=False))
            if all(before.get(fork.end) == fork.start for fork in forks):
                break
            kept = [fork for fork in forks if before.get(fork.end) == fork.start]
            lost = [fork for fork in forks if before.get(fork.end) != fork.start]
            forks = [*kept, *(inner for fork in lost for way in fork.ways for inner in way.forks)]
        return forks

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
        if any(way.trails for way in mains):
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
