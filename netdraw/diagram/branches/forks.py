"""Which cells leave the line: branches that meet again in one cell, gates, side ways, and what begins with a letter.

Found by structure alone. What is left over stays on the line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ..folding.barecells import BareCell
from ..model import Branch, Fork, Shelf, Tag, Where
from .fans import Fans
from .reduction import Reduction
from .tagging import Namer, readers
from .ways import NONE, NOWHERE, Knot, Letters, Sides, Step, Twig, Way, cells_of


class Shape(NamedTuple):
    """The cells that do not stand on the line, by number, the forks on it, the shelves over it, and the tags."""

    where: dict[int, Where]
    forks: tuple[Fork, ...]
    shelves: tuple[Shelf, ...] = ()
    tags: tuple[Tag, ...] = ()


def find_forks(
    cells: Sequence[BareCell],
    pairs: Iterable[tuple[int, int]],
    order: Sequence[int],
    starts: Sequence[int] = (),
    once: Collection[int] = (),
) -> Shape:
    """`pairs` are all edges from cell to cell, by number and forwards; `order` is that of the cells on the line.

    `starts` are by cell the first cell of the ×n around it: no fork begins before that and ends inside. `once` are the
    first cells of chains that are drawn for several, and read what all of these do.
    """
    pairs = list(pairs)
    starts = starts or [0] * len(cells)
    if not once and sum(cell.output is not None for cell in cells) < 2:
        return _found(cells, pairs, order, starts)
    from .heads import fan, find_heads, joined, without  # late: few figures have such heads

    heads = find_heads(cells, pairs, once)
    if not heads:
        return _found(cells, pairs, order, starts)
    trunk = without(cells, pairs, order, heads)
    starts = [*starts, *([0] * (len(trunk.cells) - len(cells)))]
    where, forks, shelves, tags = _found(trunk.cells, trunk.pairs, trunk.order, starts)
    line = [one for one in trunk.order if one not in where and not trunk.cells[one].arc]
    branches, more = fan(cells, heads)
    where = {one: place for one, place in where.items() if one < len(cells)}
    where.update((one, "tap") for head in heads for one in head.cells)
    return Shape(where, joined(forks, branches, trunk.cells[line[-1]].id), shelves, (*tags, *more))


def _found(
    cells: Sequence[BareCell], pairs: list[tuple[int, int]], order: Sequence[int], starts: Sequence[int]
) -> Shape:
    plain = _Shaper(Reduction(cells, pairs), order, starts)
    letters = plain.letters()
    if letters.cells:
        reduction = Reduction(cells, pairs, letters)
        if reduction.whole:
            return _Shaper(reduction, order, starts, plain.path).shape()
    return plain.shape()


class _Shaper:
    """Puts ids to what reduction found; `before` is the path that the line had before letters cut it."""

    def __init__(
        self, reduction: Reduction, order: Sequence[int], starts: Sequence[int], before: Sequence[Step] = ()
    ) -> None:
        self.reduction, self.cells, self.order, self.starts = reduction, reduction.cells, order, starts
        self.where = reduction.where
        self.names = Namer(reduction)
        self.fans = Fans(reduction, self.branch)
        self.kernel = reduction.kernel()
        self.path: list[Step] = []
        self.sides = Sides({}, [], [])
        # Where everything is in series nothing leaves the line by itself.
        self.series = len({step.target for step in self.kernel}) == len(self.kernel)
        if not self.series or reduction.letters.cells:
            self._find_sides(before)

    def _find_sides(self, before: Sequence[Step]) -> None:
        """What leaves the line by itself."""
        from .sides import find_sides, follow, longest  # late: start-up time

        reduction = self.reduction
        regions = reduction.letters.regions
        steps = [step for step in self.kernel if step.source >= 0]
        steps += [Step(begin, end, Way([], [])) for end, begin in regions.items()]
        steps.sort(key=lambda step: step.target)
        self.path = follow(steps, self._left(before)) if before else longest(steps, reduction.main)
        sides = find_sides(steps, self.path, reduction.letters.cells, self._free)
        self.sides = sides._replace(shelves=[*sides.shelves, *self._crossings(steps)])

    def _left(self, path: Sequence[Step]) -> list[int]:
        """The cells of a path that lie in no region."""
        letters = self.reduction.letters
        return [one for one in (path[0].source, *(step.target for step in path)) if letters.closing(one) is None]

    def _crossings(self, steps: Sequence[Step]) -> list[tuple[int, list[int]]]:
        """The cells with which the line enters the row of a further input, by the cell in which they join that row."""
        from .sides import crossings  # late: start-up time

        places = {one: place for place, one in enumerate(self.order)}
        rows = [one for one in self.order if one and self.cells[one].category == "input"]
        before, after = self.reduction.before, self.reduction.after

        def chained(cells: Sequence[int]) -> bool:
            alone = all(len(before[one]) == len(after[one]) == 1 for one in cells)
            return alone and self._free(Way([*cells], []))

        return crossings(steps, self.path, rows, places, chained) if rows else []

    def letters(self) -> Letters:
        """The letters without which something would stand on the line that need not."""
        if self.series:
            return NONE
        from .letters import find_letters  # late: start-up time

        hung = {one for twigs in self.sides.twigs.values() for twig in twigs for one in twig.all()}
        live, count = self.reduction.live, len(self.cells)
        after = self.reduction.after
        last = [max([v, *(w for w in after[v] if live[w])]) if live[v] else v for v in range(count)]
        return find_letters(self.kernel, self.path, hung, last, self.starts)

    def shape(self) -> Shape:
        sides = self.sides
        self._take_off(sides)
        forks = self._adjacent([fork for step in self.kernel for fork in step.way.forks])
        found = [self._fork(fork) for fork in forks]
        shelves = [Shelf(Branch(self._ids(cells)), self.cells[over].id) for over, cells in sides.shelves]
        shelves += self._shelves()
        hung = {cell: self.fans.fork(cell) for cell in self.fans.roots if cell not in self.fans.done}
        for cell, twigs in sides.twigs.items():
            fork = self._twigs(cell, twigs)
            hung[cell] = fork._replace(branches=hung[cell].branches + fork.branches) if cell in hung else fork
        found += hung.values()
        if not self.reduction.tags:
            return Shape(self.where, tuple(found), tuple(shelves))
        return Shape(self.where, tuple(found), tuple(shelves), readers(self.reduction, self.names, found, shelves))

    def _shelves(self) -> list[Shelf]:
        """Ways from nowhere over the cells that they lead to, and those to a letter."""
        reduction = self.reduction
        found = [
            Shelf(self.branch(way, "shelf"), self.cells[cell].id)
            for cell, ways in reduction.shelved.items()
            for way in ways
        ]
        if not (reduction.strays or self.sides.chains):
            return found
        places = {one: place for place, one in enumerate(self.order)}
        line = [place for one, place in places.items() if one not in self.where and not self.cells[one].arc]

        chains = {cells[-1]: cells for cells in self.sides.chains}

        def reads(cell: int) -> list[int]:
            """What comes to a chain, or to a cell, by lanes."""
            return reduction.before[chains[cell][0]] if cell in chains else []

        def over(cell: int) -> str:
            """At the beginning of the region that a cell lies in, else over the next cell on the line."""
            begin = reduction.letters.begin(cell)
            if begin is None or any(places[one] > places[begin] for one in reads(cell)):
                begin = self.order[line[min(bisect_left(line, places[cell]), len(line) - 1)]]
            return self.cells[begin].id

        found += [Shelf(self.branch(way, "shelf"), over(cell)) for cell, way in reduction.strays.items()]
        return found + [Shelf(Branch(self._ids(cells)), over(cells[-1])) for cells in self.sides.chains]

    def _free(self, way: Way) -> bool:
        """Whether a way is a mere chain of cells that may leave the line; a link may run beside all of it."""
        return not (way.forks or way.linked or way.trails) and self._may_leave(way.cells)

    def _may_leave(self, cells: Iterable[int]) -> bool:
        """Whether cells stand on the line, and nothing stands over them, before them or hangs on them."""
        ins, over = self.reduction.ins, self.reduction.shelved
        own = all(not self.cells[one].arc and one not in self.where for one in cells)
        bare = all(one not in over and NOWHERE not in ins[one] for one in cells)
        return own and bare and not self.reduction.tapped(cells)

    def _take_off(self, sides: Sides) -> None:
        for twigs in sides.twigs.values():
            for twig in twigs:
                self.where.update(dict.fromkeys(twig.all(), "tap"))
        for cells in [*(cells for _, cells in sides.shelves), *sides.chains]:
            self.where.update(dict.fromkeys(cells, "shelf"))
        reduction, count = self.reduction, len(self.cells)
        for way in [*reduction.strays.values(), *(way for ways in reduction.shelved.values() for way in ways)]:
            self.where.update((one, "shelf") for one in cells_of(way) if one < count)

    def _twigs(self, cell: int, twigs: Sequence[Twig]) -> Fork:
        """Side chains behind a cell, as a fork that does not join."""
        branches = []
        for twig in twigs:
            inner = (self._twigs(twig.cells[-1], twig.twigs),) if twig.twigs else ()
            branches.append(Branch(self._ids(twig.cells), inner))
        return Fork(self.cells[cell].id, None, tuple(branches))

    def _ids(self, cells: Iterable[int]) -> tuple[str, ...]:
        """The ids of cells and tags; behind one that has a letter that of its own tag."""
        found = []
        for one in cells:
            found.append(self.names.id(one))
            if one in self.reduction.letters.cells:
                found.append(self.names.end(one))
        return tuple(found)

    def _adjacent(self, forks: list[Knot]) -> list[Knot]:
        """Those of which nothing stands on the line between start and join; of others the cells stay on the line."""
        while forks:
            off = set(self.where).union(*(cells_of(way) for fork in forks for way in fork.ways))
            line = [one for one in self.order if one not in off and not self.cells[one].arc]
            before = dict(zip(line[1:], line, strict=False))
            fits = [fork.start < 0 or (before.get(fork.end) == fork.start and self._within(fork)) for fork in forks]
            if all(fits):
                break
            kept = [fork for fork, fit in zip(forks, fits, strict=True) if fit]
            lost = [fork for fork, fit in zip(forks, fits, strict=True) if not fit]
            forks = [*kept, *(inner for fork in lost for way in fork.ways for inner in way.forks)]
        return forks

    def _within(self, fork: Knot) -> bool:
        """Whether the ×n around the join holds the whole fork."""
        return min(min(cells_of(way)) for way in fork.ways) >= self.starts[fork.end]

    def _fork(self, fork: Knot) -> Fork:
        """With the ids of its cells, which leave the line."""
        start = self.names.id(fork.start) if fork.start >= 0 else ""
        return Fork(start, self.cells[fork.end].id, tuple([self.branch(way, "branch") for way in fork.ways]))

    def branch(self, way: Way, where: Where) -> Branch:
        count = len(self.cells)
        for one in way.cells:
            if one < count and not self.cells[one].arc:
                self.where.setdefault(one, where)
        taps = [self.fans.fork(one) for one in way.cells if one in self.fans.roots]
        return Branch(self._ids(way.cells), (*(self._fork(fork) for fork in way.forks), *taps))
