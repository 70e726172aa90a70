"""The side ways to outputs, and the end of the line where it fans out with them."""

from collections.abc import Callable, Iterator

from ..model import Branch, Fork, Where
from .reduction import Reduced
from .ways import Way, cells_of


class Fans:
    """The side ways to outputs: trees that hang on a cell of the line or of a branch, or end the line.

    `shaped` makes the branch of a way. `roots` are the cells on which trees hang, `where` the cells of these; `tail` is
    by the last of the roots what is left of the line behind it, where that is little.
    """

    def __init__(self, reduced: Reduced, shaped: Callable[[Way, Where], Branch]) -> None:
        self.graph, self.shaped = reduced.graph, shaped
        self.children: dict[int, list[tuple[Way, int]]] = {}
        self.mixed: set[int] = set()
        for cell, ins in enumerate(reduced.ins):
            if self.graph.live[cell]:
                continue
            for start, ways in ins.items():
                if isinstance(start, int):
                    self.children.setdefault(start, []).extend([(way, cell) for way in ways])
            if sum(map(len, ins.values())) > 1:
                self.mixed.add(cell)
        self.roots = dict.fromkeys([cell for cell in self.children if self.graph.live[cell] and self._tree(cell)])
        self.done: set[int] = set()
        start, *cells = self.graph.chain_back() or [-1]
        self.tail = {start: cells} if start in self.roots else {}
        off = [one for root in self.roots for way, end in self._below(root) for one in (*cells_of(way), end)]
        self.where: dict[int, Where] = dict.fromkeys([*off, *(cells if self.tail else ())], "tap")

    def _below(self, cell: int) -> Iterator[tuple[Way, int]]:
        """All that hangs on a cell."""
        for way, end in self.children.get(cell, ()):
            yield way, end
            yield from self._below(end)

    def fork(self, cell: int) -> Fork:
        """What hangs on a cell, as a fork."""
        self.done.add(cell)
        cells, tail = self.graph.cells, self.tail.get(cell, [])
        branches = [(way.first if way.cells else end, self._branch(way, end)) for way, end in self.children[cell]]
        if tail:
            branches.append((tail[0], Branch(tuple([cells[one].id for one in tail]))))
        branches.sort(key=lambda pair: pair[0])
        return Fork(cells[cell].id, None, tuple([branch for _, branch in branches]))

    def _tree(self, cell: int) -> bool:
        """Whether nothing that hangs on a cell reads anything else."""
        return all(end not in self.mixed and self._tree(end) for _, end in self.children.get(cell, ()))

    def _branch(self, way: Way, end: int) -> Branch:
        way.cells.append(end)
        branch = self.shaped(way, "tap")
        more = (self.fork(end),) if end in self.children else ()
        return branch._replace(forks=branch.forks + more)
