"""Takes a line with forks apart: what stands on the line itself, and a line for every branch and shelf."""

from collections.abc import Iterator, Sequence

from ...core.records import NamedTuple
from ...diagram.model import Box, Branch, Cell, Edge, Fork, Line, Shelf, Tag, Tick, all_cells
from ..sizes import TAG, TAG_END

SIDES = ("arc", "gate")
"""Where the small cells stand that ride on a way above the line."""


class ForkLines(NamedTuple):
    """A fork, and its branches as lines of their own: their cells stand on them."""

    fork: Fork
    lines: tuple[Line, ...]


class SplitLine(NamedTuple):
    """The line without its branches, and these; `shelves` are those over its own cells."""

    line: Line
    parts: tuple[ForkLines, ...] = ()
    shelves: tuple[tuple[Shelf, Line], ...] = ()


class _Owners(NamedTuple):
    """The number of the branch of every cell that stands on one; those from `shelves` on are shelves over the line.

    `open` are the branches from which lanes lead on to the line.
    """

    of: dict[str, int]
    shelves: int
    open: set[int]

    def edge(self, edge: Edge, rest: int) -> int | None:
        """The branch of an edge: where it ends; the line, with one end on a shelf; none, out of a fork."""
        source, target = self.of.get(edge.source, rest), self.of.get(edge.target, rest)
        if source != target and target >= self.shelves:
            target = rest
        if target != rest or source == rest or source in self.open or source >= self.shelves:
            return target
        return None


def tagged(line: Line) -> Line:
    """The line with its tags as cells, and its edges as they are drawn: from tag to cell, from cell to tag."""
    if not line.tags:
        return line
    ends: dict[str, list[Tag]] = {}
    for tag in line.tags:
        if not tag.readers:
            ends.setdefault(tag.source, []).append(tag)
    led = {(tag.source, one): tag.id for tag in line.tags for one in tag.readers}
    shapes = {cell.id: cell.shape for cell in line.cells}

    def disc(tag: Tag) -> Cell:
        category, shape = TAG if tag.readers else TAG_END, shapes[tag.source]
        return Cell(id=tag.id, ids=(), category=category, kernel=tag.letter, activation="", label=(), shape=shape)

    cells = [disc(tag) for tag in line.tags if tag.readers]
    for cell in line.cells:
        cells.append(cell)
        cells += map(disc, ends.get(cell.id, ()))
    edges = [edge._replace(source=led.get((edge.source, edge.target), edge.source)) for edge in line.edges]
    edges += [Edge(source=tag.source, target=tag.id) for tag in line.tags if not tag.readers]
    return line._replace(cells=tuple(cells), edges=tuple(edges))


def split_line(line: Line) -> SplitLine:
    if not (line.forks or line.shelves):
        return SplitLine(line)
    branches = [branch for fork in line.forks for branch in fork.branches]
    owners: dict[str, int] = {}
    for number, branch in enumerate(branches):
        owners.update(dict.fromkeys(all_cells(branch), number))
    shelves, inner = _own_shelves(line, owners, len(branches))
    _own_sides(line, owners)
    lanes = [number for fork, numbers in _numbered(line.forks) if fork.join is None for number in numbers]
    known = _Owners(owners, len(branches), set(lanes))
    *lines, rest = _lines(line, known, [*branches, *(shelf.branch for shelf in shelves)], inner)
    parts = [ForkLines(fork, tuple([lines[number] for number in numbers])) for fork, numbers in _numbered(line.forks)]
    return SplitLine(rest, tuple(parts), tuple(zip(shelves, lines[len(branches) :], strict=True)))


def _numbered(forks: Sequence[Fork]) -> Iterator[tuple[Fork, range]]:
    """The forks with the numbers of their branches."""
    at = 0
    for fork in forks:
        yield fork, range(at, at + len(fork.branches))
        at += len(fork.branches)


def _on_line(cell: Cell) -> Cell:
    return cell if cell.where == "port" else cell._replace(where="line")


def _owner(tick: Tick, owners: dict[str, int]) -> int | None:
    """The branch of a tick: that of what it stands behind, else (on a way into a branch) of what it leads to."""
    return owners.get(tick.after, owners.get(tick.before))


def _own_sides(line: Line, owners: dict[str, int]) -> None:
    """A cell on an arc belongs to where the arc ends."""
    sides = {cell.id for cell in line.cells if cell.where in SIDES}
    for edge in reversed(line.edges):
        if edge.source in sides and edge.target in owners:
            owners[edge.source] = owners[edge.target]


def _own_shelves(line: Line, owners: dict[str, int], count: int) -> tuple[list[Shelf], list[Shelf]]:
    """The shelves over the line's own cells, which get numbers from `count` on, and those over a branch or a shelf."""
    holders = {id: shelf for shelf in line.shelves for id in all_cells(shelf.branch)}
    own = [shelf for shelf in line.shelves if shelf.over not in owners and shelf.over not in holders]
    for number, shelf in enumerate(own, count):
        owners.update(dict.fromkeys(all_cells(shelf.branch), number))
    inner = [shelf for shelf in line.shelves if shelf.over in owners or shelf.over in holders]
    for shelf in inner:
        over = shelf.over
        while over not in owners:
            over = holders[over].over
        owners.update(dict.fromkeys(all_cells(shelf.branch), owners[over]))
    return own, inner


def _lines(line: Line, owners: _Owners, branches: list[Branch], inner: list[Shelf]) -> list[Line]:
    """A line for each branch; the last is what belongs to none."""
    count, rest = len(branches), len(branches)
    cells: list[list[Cell]] = [[] for _ in range(count + 1)]
    edges: list[list[Edge]] = [[] for _ in range(count + 1)]
    for cell in line.cells:
        cells[owners.of.get(cell.id, rest)].append(cell)
    for edge in line.edges:
        owner = owners.edge(edge, rest)
        if owner is not None:
            edges[owner].append(edge)
    ticks: list[list[Tick]] = [[] for _ in range(count + 1)]
    boxes: list[list[Box]] = [[] for _ in range(count + 1)]
    shelves: list[list[Shelf]] = [[] for _ in range(count + 1)]
    for tick in line.ticks:
        own = _owner(tick, owners.of)
        ticks[rest if own is None else own].append(tick)
    for box in line.boxes:
        boxes[owners.of.get(box.first, rest)].append(box)
    for shelf in inner:
        shelves[owners.of[shelf.over]].append(shelf)
    found = []
    for number, branch in enumerate(branches):
        on = set(branch.cells)
        own_cells = tuple([_on_line(cell) if cell.id in on else cell for cell in cells[number]])
        found.append(
            Line(
                cells=own_cells, ticks=tuple(ticks[number]), edges=tuple(edges[number]), boxes=tuple(boxes[number]),
                brackets=(), bars=(), forks=branch.forks, shelves=tuple(shelves[number]),
            )
        )  # fmt: skip
    left = line._replace(cells=tuple(cells[rest]), ticks=tuple(ticks[rest]), edges=tuple(edges[rest]))
    return [*found, left._replace(boxes=tuple(boxes[rest]), forks=(), shelves=(), tags=())]
