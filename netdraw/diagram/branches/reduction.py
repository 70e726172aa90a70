"""Series-parallel reduction, in graph order: what is joined to ways between cells, and what is left over.

A cell with one way in and one way out joins the two; ways between the same two cells become a fork. A way that begins
with a tag, or with a cell that reads nothing, comes from nowhere: where it meets a way from the line it hangs over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..folding.barecells import BareCell
from ..model import Where
from .taps import main_output, reaching
from .ways import NONE, NOWHERE, Knot, Letters, Step, Way, flat, opened, size

GATE_MOST = 6
"""A gate has at most as many cells; what is longer is a branch."""
LONG, SHORT = 10, 3
"""Beside a way of more than LONG cells, or with taps, one of at most SHORT is no branch: its cells stand small on a
lane over it.
"""


class Reduction:
    """Cells that reach the main output are *live*; the others are taps, reduced apart from them.

    `shelved` are by the cell that they hang over the ways from nowhere, `strays` those to a letter of which the line
    has no place. `tags` are by number, from the number of cells on: the cell that each stands for.
    """

    def __init__(self, cells: Sequence[BareCell], pairs: Iterable[tuple[int, int]], letters: Letters = NONE) -> None:
        count = len(cells)
        self.cells, self.letters = cells, letters
        self.after: list[list[int]] = [[] for _ in range(count)]
        self.before: list[list[int]] = [[] for _ in range(count)]
        for source, target in pairs:
            self.after[source].append(target)
            self.before[target].append(source)
        self.main = main_output(cells, self.after)
        self.live = reaching(self.before, self.main)
        live = self.live
        self.out = [len([w for w in after if live[w]]) if live[v] else len(after) for v, after in enumerate(self.after)]
        for one in letters.cells:
            self.out[one] = 0
        self.ins: list[dict[int, list[Way]]] = [{} for _ in range(count)]
        self.pending: list[list[tuple[int, Way]]] = [[] for _ in range(count)]
        self.where: dict[int, Where] = {}
        self.shelved: dict[int, list[Way]] = {}
        self.strays: dict[int, Way] = {}
        self.ended: dict[int, list[Way]] = {}
        self.tags: list[int] = []
        self.whole = True
        """Whether every way from a tag found its place."""
        for cell in range(count):
            self._arrive(cell)
            self._leave(cell)
        self.whole = self.whole and all(source >= NOWHERE for ins in self.ins for source in ins)

    def kernel(self) -> list[Step]:
        """The ways that are left, in the order of their ends."""
        return [
            Step(source, cell, way)
            for cell, ins in enumerate(self.ins)
            if self.live[cell]
            for source, ways in ins.items()
            for way in ways
        ]

    def begins(self, cell: int) -> bool:
        """Whether a cell reads nothing and is no input of the network."""
        return not self.before[cell] and self.cells[cell].category != "input"

    def tapped(self, cells: Iterable[int]) -> bool:
        """Whether something hangs on one of some cells."""
        count = len(self.cells)
        own = [one for one in cells if one < count and self.live[one]]
        return any(not self.live[after] for one in own for after in self.after[one])

    def _held(self, way: Way) -> bool:
        """Whether something stands beside a cell of a way, so that it cannot ride on a lane."""
        return self.tapped(way.cells) or any(one in self.shelved for one in way.cells)

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
                joined = self._join(source, cell, found) if len(found) > 1 and source != NOWHERE else None
                if joined is not None:
                    if source >= 0:
                        self.out[source] -= len(found) - 1
                    found = ways[source] = [joined]
                if source >= 0 and len(found) == 1 and self.live[source] == self.live[cell]:
                    todo += self._series(source, ways)
        self._gather(cell, ways)

    def _series(self, source: int, ways: dict[int, list[Way]]) -> list[tuple[int, Way]]:
        """The way through a cell, for the one that comes from it."""
        if self._inner(source):
            ((begin, (way,)),) = self.ins[source].items()
        elif self.out[source] == 1 and self.begins(source):
            begin, way = NOWHERE, Way([], [])
        else:
            return []
        if begin < 0 and (ways[source][0].open or ways[source][0].trails):
            # The link would come from the middle of what hangs over a cell.
            return []
        self.ins[source] = {}
        way.extend(source, ways.pop(source)[0])
        return [(begin, way)]

    def _gather(self, cell: int, ways: dict[int, list[Way]]) -> None:
        """Ways from nowhere become branches of one fork; beside a way from the line they hang over the cell."""
        sources = [source for source in ways if source < 0]
        closes = cell in self.letters.regions
        rooted = len(sources) < len(ways)
        if not sources or (not rooted and not closes and len(sources) == len(ways[sources[0]]) == 1):
            return
        apart = [(source, one) for source in sources for way in ways.pop(source) for one in _apart(way, cell)]
        found = [self._begun(source, way) for source, way in apart]
        if rooted and not closes:
            self.shelved.setdefault(cell, []).extend(found)
            return
        split = any(fork.end == cell for found in ways.values() for way in found for fork in way.forks)
        places = {one: place for place, one in enumerate(self.before[cell])}
        found.sort(key=lambda way: self._read(way, places))
        self.whole = self.whole and not split and not any(way.trails for way in found)
        ways[NOWHERE] = [Way([], [Knot(NOWHERE, cell, [*self.ended.pop(cell, ()), *found])])]

    def _read(self, way: Way, places: dict[int, int]) -> int:
        """Where a cell reads a way."""
        if way.forks and way.forks[-1].end != way.cells[-1]:
            return min([self._read(one, places) for one in way.forks[-1].ways])
        last = way.cells[-1]
        return places.get(self.tags[last - len(self.cells)] if last >= len(self.cells) else last, 0)

    def _begun(self, source: int, way: Way) -> Way:
        """A way from nowhere with the tag that it begins with."""
        if source != NOWHERE:
            tag = self._tag(-2 - source)
            way.restart(source, tag)
            way.cells.insert(0, tag)
        return way

    def _tag(self, cell: int) -> int:
        self.tags.append(cell)
        return len(self.cells) + len(self.tags) - 1

    def _inner(self, cell: int) -> bool:
        """Whether a cell has one way in and one way out."""
        return self.out[cell] == 1 and self._entered_once(cell) and cell not in self.letters.regions

    def _entered_once(self, cell: int) -> bool:
        return len(self.ins[cell]) == 1 and all(len(ways) == 1 for ways in self.ins[cell].values())

    def _leave(self, cell: int) -> None:
        through, begins = self._inner(cell), self.begins(cell) and self.out[cell] == 1
        lettered = cell in self.letters.cells
        for after in self.after[cell]:
            alike = self.live[cell] == self.live[after]
            if lettered and alike:
                self.pending[after].append((-2 - cell, Way([], [])))
            elif begins and alike:
                self.pending[after].append((NOWHERE, Way([cell], [])))
            elif through and alike:
                ((begin, (way,)),) = self.ins[cell].items()
                way.extend(cell, Way([], []))
                self.ins[cell] = {}
                self.pending[after].append((begin, way))
            else:
                self.pending[after].append((cell, Way([], [])))
        if lettered:
            self._end(cell)

    def _end(self, cell: int) -> None:
        """A lettered cell that only ways from nowhere lead to ends among the branches of its region."""
        if any(source >= 0 for source in self.ins[cell]) or (self.before[cell] == [] and not self.begins(cell)):
            return
        way = Way([], [])
        for source, ways in self.ins[cell].items():
            way = self._begun(source, ways[0])
        self.ins[cell] = {}
        way.extend(cell, Way([], []))
        closing = self.letters.closing(cell)
        if closing is None:
            self.strays[cell] = way
        else:
            self.ended.setdefault(closing, []).append(way)

    def _join(self, start: int, end: int, ways: list[Way]) -> Way | None:
        """One way for several between the same cells; None where they cannot be branches."""
        beside = [way for way in ways if not way.forks and all(self.cells[one].arc for one in way.cells)]
        mains = [way for way in ways if way not in beside]
        if any(way.open and way.empty for way in ways):
            return None
        tagged = start < NOWHERE
        # No cell rides on a link that begins with a tag: that may get a tag of its own.
        self.whole = self.whole and not (tagged and any(way.cells for way in beside))
        if not mains:
            return opened(Way([], []))
        if len(mains) == 1:
            return opened(mains[0]) if tagged else self._beside(end, mains[0])
        if any(way.trails for way in mains):
            return None
        mains.sort(key=lambda way: way.first)
        if not tagged and (longest := self._uneven(mains)):
            return opened(longest)
        way = Way([], [Knot(start, end, flat(start, end, mains))])
        return opened(way) if beside or any(way.open for way in mains) else way

    def _beside(self, end: int, way: Way) -> Way:
        """A way with links beside it: cells that are multiplied onto what runs beside them are a gate."""
        gate = self.cells[end].category == "mul" and way.plain and len(way.cells) <= GATE_MOST
        if not gate or self._held(way):
            return opened(way)
        self.where.update(dict.fromkeys(way.cells, "gate"))
        return opened(Way([], []))

    def _uneven(self, ways: list[Way]) -> Way | None:
        """The long one of which all others are short cuts, whose cells then stand on lanes."""
        longest = max(ways, key=size)
        others = [way for way in ways if way is not longest]
        if any(not way.plain or len(way.cells) > SHORT or self._held(way) for way in others):
            return None
        if size(longest) <= LONG and not self.tapped(longest.cells):
            return None
        for way in others:
            self.where.update(dict.fromkeys(way.cells, "gate"))
        return longest


def _apart(way: Way, end: int) -> list[Way]:
    """The branches that a way to a cell is made of, and the link beside it: each is to begin by itself."""
    beside = [Way([], [])] if way.open and not way.empty else []
    way.open = False
    whole = way.cells or len(way.forks) != 1 or way.forks[0].end != end
    return [*([way] if whole else way.forks[0].ways), *beside]
