"""Which values get a letter: those off the line that several read, and what must be lettered with them.

Where such a value joins another, that one comes by letter too, or the join would stand on two lines; a cell of the line
whose value does so begins a *region*, which ends where all that begins in it has come together again. What lies between
stands in branches that begin with tags.
"""

from collections.abc import Collection, Sequence

from ..model import by_key
from .ways import LetteredCells, ReducedEdge, Unjoined


class LetterSearch:
    """`steps` are the ways that reduction leaves, `path` those on the line.

    `last` is by cell the last that reads it, and its own number where none does; `starts` the first cell of the ×n
    around it: no region begins before that and ends inside. `regions` are by their ends, `within` the cells between.
    """

    def __init__(
        self, steps: Sequence[Unjoined], path: Sequence[ReducedEdge], last: Sequence[int], starts: Sequence[int]
    ) -> None:
        self.last, self.starts = last, starts
        self.out = by_key((step.source, step) for step in steps if step.source is not None)
        self.into = by_key((step.target, step) for step in steps)
        self.line = [step.target for step in path]
        self.places = {cell: place for place, cell in enumerate(self.line)}
        self.on = {*self.line, *(step.source for step in path)}
        self.cells: set[int] = set()
        self.joins: set[int] = set()
        self.refused: set[int] = set()
        self.regions: dict[int, int] = {}
        self.within: set[int] = set()
        self.todo: list[tuple[int, bool]] = []

    def letters(self, hung: Collection[int]) -> LetteredCells:
        """`hung` are the cells that stand over the line. A value is left without a letter where cells of the line would
        need one that have nothing to do with it.
        """
        for cell in sorted(self.out):
            if cell not in self.on and cell not in hung and cell not in self.cells and self._several(cell):
                self._take(cell)
        regions = dict(sorted(self.regions.items()))
        return LetteredCells(frozenset(self.cells), regions, tuple(regions))

    def _several(self, cell: int) -> bool:
        """Whether several read a value; direct edges to the line count where nothing else reads it."""
        direct = sum(step.target in self.on and step.way.empty for step in self.out[cell])
        others = len(self.out[cell]) - direct
        return others > 1 or (not others and direct > 1)

    def _take(self, cell: int) -> None:
        """Gives a cell a letter, and all that must have one with it; none of them where one cannot."""
        before = self.cells, self.joins, self.regions, self.within
        self.cells, self.joins, self.regions, self.within = {*before[0]}, {*before[1]}, {**before[2]}, {*before[3]}
        self.todo = [(cell, False)]
        while self.todo:
            one, joined = self.todo.pop()
            if one in self.refused or not (self._join(one) if joined else self._letter(one)):
                self.refused |= self.cells - before[0]
                self.cells, self.joins, self.regions, self.within = before
                return

    def _letter(self, cell: int) -> bool:
        if cell in self.cells:
            return True
        self.cells.add(cell)
        self.todo += [(step.target, True) for step in self.out.get(cell, ())]
        return cell not in self.on or cell in self.within or self._region(cell)

    def _join(self, cell: int) -> bool:
        """All that leads to a cell of a region, or to one off the line, comes by letter."""
        if cell in self.joins or (cell in self.on and cell not in self.within):
            return True
        self.joins.add(cell)
        if len(self.out.get(cell, ())) > 1:
            self.todo.append((cell, False))
        for source in [step.source for step in self.into[cell] if step.source is not None]:
            off = source not in self.on or source in self.within
            self.todo.append((source, off and len(self.out[source]) == 1 and source in self.into))
        return True

    def _region(self, begin: int) -> bool:
        """The region that begins with a cell of the line; there is none where it would hold what is no join."""
        first = place = self.places.get(begin, -1) + 1
        reach, at = self.last[begin], begin + 1
        for place in range(first, len(self.line)):
            end = self.line[place]
            reach = max([reach, *self.last[at:end]])
            if reach <= end or len(self.into[end]) < 2:
                break
            at = end
        else:
            return False
        if reach > end or len(self.into[end]) < 2 or begin + 1 < self.starts[end]:
            return False
        for one in [*self.line[first:place], end]:
            if one in self.regions:
                self.within.difference_update(range(self.regions.pop(one) + 1, one))
        self.regions[end] = begin
        self.within.update(range(begin + 1, end))
        self.todo += [(one, True) for one in self.line[first:place]]
        return True
