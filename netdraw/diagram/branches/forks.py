"""Which cells leave the line: branches that meet again in one cell, gates, side ways, and what begins with a letter.

Found by structure alone. What is left over stays on the line.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from ..folding.barecells import BareCell
from ..model import Branch, Fork, Shelf, Tag, Where, all_cells
from ..tags import end_tag, find_tags
from .branching import Branching
from .cellgraph import CellGraph, cell_graph
from .fans import Fans
from .reduction import LONG, Reduced, reduce
from .ways import NONE, ByLetter, LetteredCells, NumberedFork, ReducedEdge, SideChain, Sides, Unjoined, Way, cells_of


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
    if once or sum(cell.names is not None for cell in cells) > 1:
        from .heads import joined, without_heads  # late: start-up time

        rest = without_heads(cells, pairs, order, once)
        if rest:
            starts = [*starts, *([0] * (len(rest.cells) - len(cells)))]
            where, forks, shelves, tags = _found(cell_graph(rest.cells, rest.pairs), rest.order, starts, towers)
            line = [one for one in rest.order if one not in where and not rest.cells[one].arc]
            off = {one: at for one, at in where.items() if one < len(cells)}
            off.update(dict.fromkeys(rest.gone, "tap"))
            found = joined(forks, rest.branches, rest.cells[line[-1]].id)
            return Branching(off, found, shelves, (*tags, *rest.tags))
    return _found(cell_graph(cells, pairs), order, starts, towers)


def _found(graph: CellGraph, order: Sequence[int], starts: Sequence[int], towers: Collection[int] | None) -> Branching:
    inputs = {cell.id for cell in graph.cells if cell.category == "input"}
    if towers is not None and len(inputs) > 1:
        found = _reduced(graph._replace(towers=True), order, starts)
        shared = {graph.cells[one].id for one in towers}
        for fork in found.forks:
            cells = [all_cells(branch) for branch in fork.branches]
            worth = max(map(len, cells)) <= LONG or any(not shared.isdisjoint(own) for own in cells)
            if worth and inputs.issubset(one for own in cells for one in own):
                return found
    return _reduced(graph._replace(fresh=_fresh(graph, starts)), order, starts)


def _fresh(graph: CellGraph, starts: Sequence[int]) -> frozenset[int]:
    """The cells outside a ×n that read nothing and are what its first member reads in place of the one before: they do
    not stand in it.
    """
    begins = [cell for cell, after in enumerate(graph.after) if after and graph.begins(cell)]
    return frozenset(cell for cell in begins if cell < min(graph.after[cell]) == starts[min(graph.after[cell])])


def _reduced(graph: CellGraph, order: Sequence[int], starts: Sequence[int]) -> Branching:
    plain = _Shaper(reduce(graph), order, starts)
    letters = plain.letters()
    if letters.cells:
        reduced = reduce(graph, letters)
        if reduced.whole:
            return _Shaper(reduced, order, starts, plain.path).shape()
    return plain.shape()


class _Shaper:
    """Puts ids to what reduction found; `before` is the path that the line had before letters cut it."""

    def __init__(
        self, reduced: Reduced, order: Sequence[int], starts: Sequence[int], before: Sequence[ReducedEdge] = ()
    ) -> None:
        self.reduced, self.order, self.starts = reduced, order, starts
        self.places = {one: place for place, one in enumerate(order)}
        self.graph, self.cells = reduced.graph, reduced.graph.cells
        self.fans = Fans(reduced, self.branch)
        self.where = reduced.where | self.fans.where
        self.unjoined: list[Unjoined] = reduced.unjoined()
        self.path: list[ReducedEdge] = []
        self.sides = Sides({}, [], [])
        self.onward: set[int] = set()
        # Where everything is in series nothing leaves the line by itself.
        self.series = len({one.target for one in self.unjoined}) == len(self.unjoined)
        if not self.series or reduced.letters.cells:
            self._find_sides(before)

    def _find_sides(self, before: Sequence[ReducedEdge]) -> None:
        """What leaves the line by itself."""
        from .sides import SideSearch, follow, longest  # late: start-up time

        letters = self.reduced.letters
        steps = [ReducedEdge(source, target, way) for source, target, way in self.unjoined if source is not None]
        steps += [ReducedEdge(begin, end, Way([], [])) for end, begin in letters.regions.items()]
        steps.sort(key=lambda step: step.target)
        # What is left of the line before: the cells that lie in no region.
        left = [one for step in before for one in (step.source, step.target) if letters.closing(one) is None]
        self.path = follow(steps, list(dict.fromkeys(left))) if before else longest(steps, self.graph.end)
        stages = [cell.stage for cell in self.cells]
        search = SideSearch(steps, self.path, letters.cells, self._free, stages)
        self.onward = search.onward(self.graph, self.places)
        sides, crossings = search.sides(), search.crossings(self.graph, self.places)
        self.sides = sides._replace(shelves=[*sides.shelves, *crossings])

    def letters(self) -> LetteredCells:
        """The letters without which something would stand on the line that need not."""
        if self.series:
            return NONE
        from .letters import LetterSearch  # late: start-up time

        graph = self.graph
        last = [max([cell, *graph.onward(cell)]) if live else cell for cell, live in enumerate(graph.live)]
        return LetterSearch(self.unjoined, self.path, last, self.starts).letters({*self.sides.hung(), *self.onward})

    def shape(self) -> Branching:
        sides = self.sides
        self.where.update(dict.fromkeys(sides.hung(), "tap"))
        ways = [*self.reduced.strays.values(), *(way for _, way in self.reduced.over())]
        for cells in [*(cells for _, cells in sides.shelves), *sides.chains, *map(cells_of, ways)]:
            self.where.update(dict.fromkeys(cells, "shelf"))
        forks = self._adjacent([fork for step in self.unjoined for fork in step.way.forks])
        found = [self._fork(fork) for fork in forks]
        shelves = [Shelf(Branch(self._ids(cells)), self.cells[over].id) for over, cells in sides.shelves]
        shelves += self._shelves()
        hung = {cell: self.fans.fork(cell) for cell in self.fans.roots if cell not in self.fans.done}
        for cell, side_chains in sides.side_chains.items():
            fork = self._side_fork(cell, side_chains)
            hung[cell] = fork._replace(branches=hung[cell].branches + fork.branches) if cell in hung else fork
        found += hung.values()
        return Branching(self.where, tuple(found), tuple(shelves), self._tags(found, shelves))

    def _tags(self, forks: Sequence[Fork], shelves: Sequence[Shelf]) -> tuple[Tag, ...]:
        ids = [cell.id for cell in self.cells]
        sources = {tag.tag: ids[tag.cell] for tag in self.reduced.tags}
        cells = sorted({tag.cell for tag in self.reduced.tags})
        readers = {ids[one]: [ids[after] for after in self.graph.after[one]] for one in cells}
        return find_tags(sources, readers, forks, shelves) if sources else ()

    def _shelves(self) -> list[Shelf]:
        """Ways from nowhere over the cells that they lead to, and those to a letter."""
        reduced = self.reduced
        found = [Shelf(self.branch(way, "shelf"), self.cells[cell].id) for cell, way in reduced.over()]
        if not (reduced.strays or self.sides.chains):
            return found
        places = self.places
        line = [place for one, place in places.items() if one not in self.where and not self.cells[one].arc]

        def over(cell: int, reads: Sequence[int] = ()) -> str:
            """At the beginning of the region that a cell lies in, else over the next cell on the line; so, too, where a
            lane comes from what it `reads` behind that beginning.
            """
            begin = reduced.letters.begin(cell)
            if begin is None or any(places[one] > places[begin] for one in reads):
                begin = self.order[line[min(bisect_left(line, places[cell]), len(line) - 1)]]
            return self.cells[begin].id

        found += [Shelf(self.branch(way, "shelf"), over(cell)) for cell, way in reduced.strays.items()]
        chains = [(cells, self.graph.before[cells[0]]) for cells in self.sides.chains]
        return found + [Shelf(Branch(self._ids(cells)), over(cells[-1], reads)) for cells, reads in chains]

    def _free(self, way: Way) -> bool:
        """Whether a way is a mere chain of cells that may leave the line: nothing stands over them, before them or
        hangs on them. A direct edge may run beside all of it.
        """
        ins, over = self.reduced.ins, self.reduced.shelved
        own = all(not self.cells[one].arc and one not in self.where for one in way.cells)
        bare = all(one not in over and None not in ins[one] for one in way.cells)
        return own and bare and not (way.forks or way.linked or way.trails or self.graph.tapped(way.cells))

    def _side_fork(self, cell: int, side_chains: Sequence[SideChain]) -> Fork:
        """Side chains behind a cell, as a fork that does not join."""
        branches = [
            Branch(self._ids(cells), (self._side_fork(cells[-1], inner),) if inner else ())
            for cells, inner, _ in side_chains
        ]
        return Fork(self.cells[cell].id, None, tuple(branches))

    def _ids(self, cells: Iterable[int]) -> tuple[str, ...]:
        """The ids of cells; behind one that has a letter that of its own tag."""
        lettered = self.reduced.letters.cells
        ids: list[str] = []
        for one in cells:
            id = self.cells[one].id
            ids += [id, end_tag(id)] if one in lettered else [id]
        return tuple(ids)

    def _adjacent(self, forks: list[NumberedFork]) -> list[NumberedFork]:
        """Those of which nothing stands on the line between start and join; of others the cells stay on the line."""
        if not forks:
            return forks
        off = set(self.where).union(*(fork.cells() for fork in forks))
        line = [one for one in self.order if one not in off and not self.cells[one].arc]
        before = dict(zip(line[1:], line, strict=False))
        # The ×n around the join is to hold the whole fork.
        lost = [
            fork
            for fork in forks
            if isinstance(fork.start, int)
            and not (before.get(fork.end) == fork.start and min(fork.cells()) >= self.starts[fork.end])
        ]
        inner = [one for fork in lost for way in fork.ways for one in way.forks]
        return self._adjacent([*(fork for fork in forks if fork not in lost), *inner]) if lost else forks

    def _fork(self, fork: NumberedFork) -> Fork:
        """With the ids of its cells, which leave the line."""
        by_tag = fork.start.tag if isinstance(fork.start, ByLetter) else ""
        start = self.cells[fork.start].id if isinstance(fork.start, int) else by_tag
        return Fork(start, self.cells[fork.end].id, tuple([self.branch(way, "branch") for way in fork.ways]))

    def branch(self, way: Way, where: Where) -> Branch:
        for one in way.cells:
            if not self.cells[one].arc:
                self.where.setdefault(one, where)
        taps = [self.fans.fork(one) for one in way.cells if one in self.fans.roots]
        tag = (way.tag.tag,) if way.tag else ()
        return Branch((*tag, *self._ids(way.cells)), (*(self._fork(fork) for fork in way.forks), *taps))
