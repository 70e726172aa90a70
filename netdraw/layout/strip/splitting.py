"""Takes a line with forks apart: what stands on the line itself, and a line for every branch and shelf."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice

from ...core.records import NamedTuple
from ...diagram.model import Cell, Edge, Fork, Line, Shelf, Tag, all_cells, by_key
from ..sizes import TAG, TAG_END

SIDES = ("arc", "gate")
"""Where the small cells stand that ride on a way above the line."""
BARE = Line(cells=(), ticks=(), edges=(), boxes=(), brackets=(), bars=())


class SplitLine(NamedTuple):
    """The line without its branches; the forks with these as lines of their own, and the shelves over its own cells."""

    line: Line
    forks: tuple[tuple[Fork, tuple[Line, ...]], ...] = ()
    shelves: tuple[tuple[Shelf, Line], ...] = ()


def tagged(line: Line) -> Line:
    """The line with its tags as cells, and its edges as they are drawn: from tag to cell, from cell to tag."""
    if not line.tags:
        return line
    ends = by_key((tag.source, tag) for tag in line.tags if not tag.readers)
    led = {(tag.source, one): tag.id for tag in line.tags for one in tag.readers}
    shapes = {cell.id: cell.shape for cell in line.cells}

    def cell_of(tag: Tag) -> Cell:
        category, shape = TAG if tag.readers else TAG_END, shapes[tag.source]
        return Cell(id=tag.id, ids=(), category=category, kernel=tag.letter, activation="", label=(), shape=shape)

    cells = [cell_of(tag) for tag in line.tags if tag.readers]
    for cell in line.cells:
        cells.append(cell)
        cells += map(cell_of, ends.get(cell.id, ()))
    edges = [edge._replace(source=led.get((edge.source, edge.target), edge.source)) for edge in line.edges]
    edges += [Edge(tag.source, tag.id) for tag in line.tags if not tag.readers]
    return line._replace(cells=tuple(cells), edges=tuple(edges))


def split_line(line: Line) -> SplitLine:
    if not (line.forks or line.shelves):
        return SplitLine(line)
    branches = [branch for fork in line.forks for branch in fork.branches]
    owners = {id: number for number, branch in enumerate(branches) for id in all_cells(branch)}
    shelves, inner = _own_shelves(line, owners, len(branches))
    _own_sides(line, owners)
    *lines, rest = _lines(line, owners, shelves, inner)
    taken = iter(lines)
    forks = tuple([(fork, tuple(islice(taken, len(fork.branches)))) for fork in line.forks])
    return SplitLine(rest, forks, tuple(zip(shelves, taken, strict=True)))


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


def _lines(line: Line, owners: Mapping[str, int], own: Sequence[Shelf], inner: Sequence[Shelf]) -> list[Line]:
    """A line for each branch; the last is what belongs to none. `owners` are the numbers of the branches, by cell."""
    branches = [*(branch for fork in line.forks for branch in fork.branches), *(shelf.branch for shelf in own)]
    rest = len(branches)
    cells = by_key((owners.get(cell.id, rest), cell) for cell in line.cells)
    edges = by_key(_owned_edges(line, owners, rest, rest - len(own)))
    # On a way into a branch a tick belongs to what it leads to.
    ticks = by_key((owners.get(tick.after, owners.get(tick.before, rest)), tick) for tick in line.ticks)
    boxes = by_key((owners.get(box.first, rest), box) for box in line.boxes)
    shelves = by_key((owners[shelf.over], shelf) for shelf in inner)

    def made(base: Line, number: int, on: Container[str] = ()) -> Line:
        stand = [
            cell._replace(where="line") if cell.id in on and cell.where != "port" else cell
            for cell in cells.get(number, ())
        ]
        return base._replace(
            cells=tuple(stand), ticks=tuple(ticks.get(number, ())), edges=tuple(edges.get(number, ())),
            boxes=tuple(boxes.get(number, ())), shelves=tuple(shelves.get(number, ())),
        )  # fmt: skip

    found = [made(BARE._replace(forks=one.forks), number, set(one.cells)) for number, one in enumerate(branches)]
    return [*found, made(line._replace(forks=(), tags=()), rest)]


def _owned_edges(line: Line, owners: Mapping[str, int], rest: int, first_shelf: int) -> Iterator[tuple[int, Edge]]:
    """Edges by the branch in which they end. Those with one end on a shelf are the line's, those out of a fork of none,
    but where its branches lead on as lanes.
    """
    lanes = {owners[id] for fork in line.forks if fork.join is None for one in fork.branches for id in all_cells(one)}
    for edge in line.edges:
        source, target = owners.get(edge.source, rest), owners.get(edge.target, rest)
        if source != target and target >= first_shelf:
            target = rest
        if target != rest or source >= first_shelf or source in lanes:
            yield target, edge
