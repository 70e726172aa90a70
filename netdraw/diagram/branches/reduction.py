"""Series-parallel reduction, in graph order: what is joined to ways between cells, and what is left over.

A cell with one way in and one way out joins the two; ways between the same two cells become a fork. A way that begins
with a tag, or with a cell that reads nothing, comes from nowhere: where it meets a way from the line it hangs over it.
"""

from collections import Counter

from ...core.records import NamedTuple
from ..model import Where
from ..tags import end_tag
from .cellgraph import CellGraph
from .ways import NONE, ByLetter, LetteredCells, NumberedFork, Start, Unjoined, Way, cells_of, flat, opened

GATE_MOST = 6
"""A gate has at most as many cells; what is longer is a branch."""
LONG, SHORT = 10, 3
"""Beside a way of more than LONG cells, or with taps, one of at most SHORT is no branch: its cells stand small on a
lane over it.
"""

Ways = dict[Start, list[Way]]
"""The ways to a cell, by where they begin."""


class Reduced(NamedTuple):
    """What reduction found. Cells that reach the end of the line are reduced apart from the others.

    `ins` are by cell the ways that are left, `where` the cells of gates; `shelved` by the cell that they hang over the
    ways from nowhere, `strays` those to a letter of which the line has no place. `tags` are what ways begin with, and
    `whole` tells whether every such way found its place.
    """

    graph: CellGraph
    letters: LetteredCells
    ins: list[Ways]
    where: dict[int, Where]
    shelved: dict[int, list[Way]]
    strays: dict[int, Way]
    tags: list[ByLetter]
    whole: bool = False

    def over(self) -> list[tuple[int, Way]]:
        """The ways that hang over cells, each behind its cell."""
        return [(cell, way) for cell, ways in self.shelved.items() for way in ways]

    def unjoined(self) -> list[Unjoined]:
        """The ways that are left to live cells, in the order of their ends."""
        ends = [(cell, ways) for cell, ins in enumerate(self.ins) if self.graph.live[cell] for ways in ins.items()]
        rooted = [(start, cell, ways) for cell, (start, ways) in ends if not isinstance(start, ByLetter)]
        return [Unjoined(start, cell, way) for start, cell, ways in rooted for way in ways]


def reduce(graph: CellGraph, letters: LetteredCells = NONE) -> Reduced:
    """Reduces cells of which some have letters."""
    reducer = _Reducer(graph, letters)
    for cell in range(len(graph.cells)):
        reducer.arrive(cell)
        reducer.leave(cell)
    placed = not any(isinstance(start, ByLetter) for ways in reducer.ins for start in ways)
    return reducer.found._replace(whole=reducer.whole and placed)


class _Reducer:
    """Takes the cells in order. `coming` are by cell the ways to it that are not joined yet, `out` how many ways lead
    on from it, `ended` by the end of a region the ways in it that end in a letter.
    """

    def __init__(self, graph: CellGraph, letters: LetteredCells) -> None:
        self.graph, self.letters = graph, letters
        numbers = range(len(graph.cells))
        self.out = [0 if cell in letters.cells else len(graph.onward(cell)) for cell in numbers]
        self.ins: list[Ways] = [{} for _ in numbers]
        self.coming: list[list[tuple[Start, Way]]] = [[] for _ in numbers]
        self.found = Reduced(graph=graph, letters=letters, ins=self.ins, where={}, shelved={}, strays={}, tags=[])
        self.ended: dict[int, list[Way]] = {}
        self.counts = Counter[int]()
        self.whole = True

    def arrive(self, cell: int) -> None:
        """Takes the ways that end in a cell: those from one place are joined, then what became a series is."""
        ways, todo = self.ins[cell], self.coming[cell]
        self.coming[cell] = []
        while todo:
            for start, way in todo:
                ways.setdefault(start, []).append(way)
            todo = [found for start in list(ways) if (found := self._settle(start, cell, ways))]
        self._gather(cell, ways)

    def leave(self, cell: int) -> None:
        """Sends the ways out of a cell to what reads it."""
        through, begins = self._inner(cell), self.graph.begins(cell) and self.out[cell] == 1
        lettered = cell in self.letters.cells
        for after in self.graph.after[cell]:
            start: Start = cell
            way = Way([], [])
            if self.graph.live[cell] == self.graph.live[after]:
                if lettered:
                    start = ByLetter(cell)
                elif begins:
                    start, way = None, Way([cell], [])
                elif through:
                    ((start, (way,)),) = self.ins[cell].items()
                    way.extend(cell, Way([], []))
                    self.ins[cell] = {}
            self.coming[after].append((start, way))
        if lettered:
            self._end(cell)

    def _settle(self, start: Start, cell: int, ways: Ways) -> tuple[Start, Way] | None:
        """Joins the ways from one place; gives the way through the cell that they come from, if that is in series."""
        found = ways[start]
        joined = self._join(start, cell, found) if len(found) > 1 and start is not None else None
        if joined is not None:
            if isinstance(start, int):
                self.out[start] -= len(found) - 1
            found = ways[start] = [joined]
        if isinstance(start, int) and len(found) == 1 and self.graph.live[start] == self.graph.live[cell]:
            return self._series(start, ways)
        return None

    def _series(self, middle: int, ways: Ways) -> tuple[Start, Way] | None:
        """The way through a cell, for the one that comes from it."""
        if self._inner(middle):
            ((start, (way,)),) = self.ins[middle].items()
        elif self.out[middle] == 1 and self.graph.begins(middle):
            start, way = None, Way([], [])
        else:
            return None
        (onward,) = ways[middle]
        if not isinstance(start, int) and (onward.open or onward.trails):
            # The direct edge would come from the middle of what hangs over a cell.
            return None
        self.ins[middle] = {}
        del ways[middle]
        way.extend(middle, onward)
        return start, way

    def _gather(self, cell: int, ways: Ways) -> None:
        """Ways from nowhere become branches of one fork; beside a way from the line they hang over the cell."""
        starts = [start for start in ways if not isinstance(start, int)]
        closes = cell in self.letters.regions
        rooted = len(starts) < len(ways)
        if not starts or (not rooted and not closes and len(starts) == len(ways[starts[0]]) == 1):
            return
        begun = [self._begun(start, one) for start in starts for way in ways.pop(start) for one in _apart(way, cell)]
        if rooted and not closes:
            self.found.shelved.setdefault(cell, []).extend(begun)
            return
        split = any(fork.end == cell for found in ways.values() for way in found for fork in way.forks)
        places = {one: place for place, one in enumerate(self.graph.before[cell])}
        begun.sort(key=lambda way: _read(way, places))
        self.whole = self.whole and not split and not any(way.trails for way in begun)
        ways[None] = [Way([], [NumberedFork(None, cell, [*self.ended.pop(cell, ()), *begun])])]

    def _begun(self, start: Start, way: Way) -> Way:
        """A way from nowhere with the tag that it begins with."""
        if isinstance(start, ByLetter):
            cell = start.cell
            self.counts[cell] += 1
            tag = ByLetter(cell, f"{end_tag(self.graph.cells[cell].id)}{self.counts[cell]}")
            self.found.tags.append(tag)
            way.begin(tag)
        return way

    def _inner(self, cell: int) -> bool:
        """Whether a cell has one way in and one way out."""
        ins = self.ins[cell]
        once = len(ins) == 1 and all(len(ways) == 1 for ways in ins.values())
        return once and self.out[cell] == 1 and cell not in self.letters.regions

    def _end(self, cell: int) -> None:
        """A lettered cell that only ways from nowhere lead to ends among the branches of its region."""
        graph, ins = self.graph, self.ins[cell]
        if any(isinstance(start, int) for start in ins) or (graph.before[cell] == [] and not graph.begins(cell)):
            return
        way = Way([], [])
        for start, ways in ins.items():
            way = self._begun(start, ways[0])
        self.ins[cell] = {}
        way.extend(cell, Way([], []))
        closing = self.letters.closing(cell)
        if closing is None:
            self.found.strays[cell] = way
        else:
            self.ended.setdefault(closing, []).append(way)

    def _join(self, start: Start, end: int, ways: list[Way]) -> Way | None:
        """One way for several between the same cells; None where they cannot be branches."""
        cells = self.graph.cells
        beside = [way for way in ways if not way.forks and all(cells[one].arc for one in way.cells)]
        mains = [way for way in ways if way not in beside]
        if any(way.open and way.empty for way in ways):
            return None
        lettered = isinstance(start, ByLetter)
        # No cell rides on a direct edge that begins with a tag: that may get a tag of its own.
        self.whole = self.whole and not (lettered and any(way.cells for way in beside))
        if not mains:
            return opened(Way([], []))
        if len(mains) == 1:
            return opened(mains[0]) if lettered else self._beside(end, mains[0])
        if any(way.trails for way in mains):
            return None
        mains.sort(key=lambda way: way.first)
        if not lettered and (longest := self._uneven(mains)):
            return opened(longest)
        way = Way([], [NumberedFork(start, end, flat(start, end, mains))])
        return opened(way) if beside or any(way.open for way in mains) else way

    def _beside(self, end: int, way: Way) -> Way:
        """A way with direct edges beside it: cells that are multiplied onto what runs beside them are a gate."""
        gate = self.graph.cells[end].category == "mul" and way.plain and len(way.cells) <= GATE_MOST
        if not gate or self._held(way):
            return opened(way)
        self.found.where.update(dict.fromkeys(way.cells, "gate"))
        return opened(Way([], []))

    def _uneven(self, ways: list[Way]) -> Way | None:
        """The long one of which all others are short cuts, whose cells then stand on lanes."""
        longest = max(ways, key=lambda way: len(cells_of(way)))
        others = [way for way in ways if way is not longest]
        if any(not way.plain or len(way.cells) > SHORT or self._held(way) for way in others):
            return None
        if len(cells_of(longest)) <= LONG and not self.graph.tapped(longest.cells):
            return None
        for way in others:
            self.found.where.update(dict.fromkeys(way.cells, "gate"))
        return longest

    def _held(self, way: Way) -> bool:
        """Whether something stands beside a cell of a way, so that it cannot ride on a lane."""
        return self.graph.tapped(way.cells) or any(one in self.found.shelved for one in way.cells)


def _apart(way: Way, end: int) -> list[Way]:
    """The branches that a way to a cell is made of, and the direct edge beside it: each is to begin by itself."""
    beside = [Way([], [])] if way.open and not way.empty else []
    way.open = False
    whole = way.cells or len(way.forks) != 1 or way.forks[0].end != end
    return [*([way] if whole else way.forks[0].ways), *beside]


def _read(way: Way, places: dict[int, int]) -> int:
    """Where a cell reads a way."""
    if way.forks and (not way.cells or way.forks[-1].end != way.cells[-1]):
        return min([_read(one, places) for one in way.forks[-1].ways])
    last = way.cells[-1] if way.cells else way.tag and way.tag.cell
    return 0 if last is None else places.get(last, 0)
