"""Takes a line with forks apart: what stands on the line itself, and a line for every branch."""

from typing import NamedTuple

from ..diagram.model import Box, Branch, Cell, Edge, Fork, Line, Tick

SIDES = ("arc", "gate")
"""Where the small cells stand that ride on a way above the line."""


class Part(NamedTuple):
    """A fork, and its branches as lines of their own: their cells stand on them."""

    fork: Fork
    lines: tuple[Line, ...]


def parted(line: Line) -> tuple[Line, list[Part]]:
    """The line without its branches, and these. An edge belongs to where it ends; those out of a fork to none."""
    if not line.forks:
        return line, []
    owners: dict[str, int] = {}
    branches = [branch for fork in line.forks for branch in fork.branches]
    for number, branch in enumerate(branches):
        owners.update(dict.fromkeys(_ids(branch), number))
    _own_sides(line, owners)
    lines = _lines(line, owners, branches)
    parts, at = [], 0
    for fork in line.forks:
        parts.append(Part(fork, tuple(lines[at : at + len(fork.branches)])))
        at += len(fork.branches)
    return lines[-1], parts


def _on_line(cell: Cell) -> Cell:
    return cell if cell.where == "port" else cell._replace(where="line")


def _owner(tick: Tick, owners: dict[str, int]) -> int | None:
    """The branch of a tick: that of what it stands behind, else (on a way into a branch) of what it leads to."""
    return owners.get(tick.after, owners.get(tick.before))


def _ids(branch: Branch) -> list[str]:
    """All cells on a branch and on the branches in it."""
    found = list(branch.cells)
    for fork in branch.forks:
        for inner in fork.branches:
            found += _ids(inner)
    return found


def _own_sides(line: Line, owners: dict[str, int]) -> None:
    """A cell on an arc belongs to where the arc ends."""
    sides = {cell.id for cell in line.cells if cell.where in SIDES}
    for edge in reversed(line.edges):
        if edge.source in sides and edge.target in owners:
            owners[edge.source] = owners[edge.target]


def _lines(line: Line, owners: dict[str, int], branches: list[Branch]) -> list[Line]:
    """A line for each branch; the last is what belongs to none."""
    count, rest = len(branches), len(branches)
    cells: list[list[Cell]] = [[] for _ in range(count + 1)]
    edges: list[list[Edge]] = [[] for _ in range(count + 1)]
    for cell in line.cells:
        cells[owners.get(cell.id, rest)].append(cell)
    for edge in line.edges:
        owner = owners.get(edge.target, rest)
        if owner != rest or edge.source not in owners:
            edges[owner].append(edge)
    ticks: list[list[Tick]] = [[] for _ in range(count + 1)]
    boxes: list[list[Box]] = [[] for _ in range(count + 1)]
    for tick in line.ticks:
        inner = _owner(tick, owners)
        ticks[rest if inner is None else inner].append(tick)
    for box in line.boxes:
        boxes[owners.get(box.first, rest)].append(box)
    found = []
    for number, branch in enumerate(branches):
        on = set(branch.cells)
        own = tuple([_on_line(cell) if cell.id in on else cell for cell in cells[number]])
        inside = tuple(edges[number]), tuple(boxes[number])
        found.append(Line(own, tuple(ticks[number]), *inside, (), (), branch.forks))
    outside = tuple(edges[rest]), tuple(boxes[rest])
    return [*found, Line(tuple(cells[rest]), tuple(ticks[rest]), *outside, line.brackets, line.bars)]
