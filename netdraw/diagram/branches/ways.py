"""What the reduction to forks works on: ways between cells, which hold cells and forks of other ways."""

from bisect import bisect_left

from ...core.records import NamedTuple


class ByLetter(NamedTuple):
    """Where a way begins by the letter of a cell; `tag` is the id of the tag there, "" as long as it has none."""

    cell: int
    tag: str = ""


Start = int | ByLetter | None
"""Where a way begins: behind a cell, by the letter of one, or by itself."""


class Way:
    """What lies between two cells: cells in order, and the forks that end in one of these or in the end of the way.

    `tag` is what it begins with where that is a tag. `open` says that a direct edge runs beside the whole way, `trails`
    that one begins inside it and ends where it ends, `linked` that one runs beside a part of it.
    """

    __slots__ = ("cells", "forks", "linked", "open", "tag", "trails")

    def __init__(self, cells: list[int], forks: "list[NumberedFork]") -> None:
        self.cells, self.forks = cells, forks
        self.tag: ByLetter | None = None
        self.linked = self.open = self.trails = False

    @property
    def plain(self) -> bool:
        """Whether it is a mere chain."""
        return not (self.forks or self.linked or self.open or self.trails)

    @property
    def empty(self) -> bool:
        return not self.cells and not self.forks

    @property
    def first(self) -> int:
        """The lowest number in it: its place in written order."""
        if self.forks and (not self.cells or self.forks[0].end <= self.cells[0]):
            return min([way.first for way in self.forks[0].ways])
        return self.cells[0]

    def begin(self, tag: ByLetter) -> None:
        """Begins with a tag, and so do the forks that begin where it begins."""
        self.tag = tag
        self._restart(ByLetter(tag.cell), tag)

    def _restart(self, start: ByLetter, tag: ByLetter) -> None:
        self.forks = [fork._replace(start=tag) if fork.start == start else fork for fork in self.forks]
        for fork in self.forks:
            if fork.start == tag:
                for way in fork.ways:
                    way._restart(start, tag)

    def extend(self, middle: int, way: "Way") -> None:
        """Goes on through a cell and then a way."""
        self.cells.append(middle)
        self.cells += way.cells
        self.forks += way.forks
        self.linked = self.linked or self.open or way.linked or way.open
        self.open, self.trails = False, way.open or way.trails


class NumberedFork(NamedTuple):
    """Ways that begin in one place and meet again in the cell `end`."""

    start: Start
    end: int
    ways: list[Way]

    def cells(self) -> list[int]:
        """All cells of its ways."""
        return [one for way in self.ways for one in cells_of(way)]


def opened(way: Way) -> Way:
    way.open = True
    return way


def flat(start: Start, end: int, ways: list[Way]) -> list[Way]:
    """Branches of branches with the same ends are branches."""
    found: list[Way] = []
    for way in ways:
        inner = way.forks[0] if not way.cells and len(way.forks) == 1 else None
        found += inner.ways if inner and (inner.start, inner.end) == (start, end) else [way]
    return found


def cells_of(way: Way) -> list[int]:
    """All cells of a way, those of its branches included."""
    return way.cells + [one for fork in way.forks for one in fork.cells()]


def length(way: Way) -> int:
    """How many cells the longest path along a way passes."""
    return len(way.cells) + sum(max(length(one) for one in fork.ways) for fork in way.forks)


class Unjoined(NamedTuple):
    """A way to a cell that nothing could be joined to: from the cell `source`, or one that begins by itself."""

    source: int | None
    target: int
    way: Way


class ReducedEdge(NamedTuple):
    """A way from cell to cell."""

    source: int
    target: int
    way: Way


class LetteredCells(NamedTuple):
    """The cells with letters, and the regions by the cell in which each ends: the cell in which it begins."""

    cells: frozenset[int]
    regions: dict[int, int]
    ends: tuple[int, ...] = ()

    def closing(self, cell: int) -> int | None:
        """The end of the region that a cell lies in."""
        ends = self.ends
        at = bisect_left(ends, cell)
        return ends[at] if at < len(ends) and self.regions[ends[at]] < cell < ends[at] else None

    def begin(self, cell: int) -> int | None:
        """The beginning of that region."""
        closing = self.closing(cell)
        return None if closing is None else self.regions[closing]


NONE = LetteredCells(frozenset(), {})


class SideChain(NamedTuple):
    """A side chain: its cells, and the chains behind its last one, or where a lane leads from that."""

    cells: list[int]
    side_chains: "list[SideChain]"
    target: int = -1

    def all(self) -> list[int]:
        return self.cells + [one for side_chain in self.side_chains for one in side_chain.all()]

    def targets(self) -> list[int]:
        return [one for side_chain in self.side_chains for one in side_chain.targets()] or [self.target]


class Sides(NamedTuple):
    """By the cell on the line the side chains behind it; the shelves over it; and the chains that end in a letter."""

    side_chains: dict[int, list[SideChain]]
    shelves: list[tuple[int, list[int]]]
    chains: list[list[int]]

    def hung(self) -> list[int]:
        """All cells of the side chains."""
        return [one for ones in self.side_chains.values() for side_chain in ones for one in side_chain.all()]
