"""Where links leave a line, come down on it, and pass each other, on a grid. In D."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.records import NamedTuple
from .. import sizes as s
from .axis import Axis
from .grid import End, Grid
from .links import LANE
from .nest import grouped


class Leaving(NamedTuple):
    """The links of a line by where they leave it, and those by where they end that a cell must have room for.

    `line` and `chains` are by cell, those that leave behind it, and behind what stands over it; `boxes` by hull, those
    that leave in its padding; `arched` by the cell at which an arc with cells ends. `steps` says by cell how far beside
    its middle the rightmost comes down; `lanes` are the cells where one begins or ends that taps or shelves may hide.
    """

    line: dict[int, list[int]]
    boxes: dict[int, list[int]]
    chains: dict[int, list[int]]
    arched: dict[int, list[int]]
    steps: dict[int, float]
    lanes: set[int]


def leaving(axis: Axis) -> Leaving:
    links = [(number, link) for number, link in enumerate(axis.links) if not link.drops]
    onward = [(number, link, link.inside_port(axis.nest.hulls)) for number, link in links if not link.leaf]
    steps: dict[int, float] = {}
    for _, link in links:
        if not link.spot and link.runs:
            steps[link.end] = max(steps.get(link.end, link.arrive), link.arrive)
    hidden = [link for _, link in links if axis.perches or (axis.taps and link.host == LANE)]
    return Leaving(
        line=grouped((link.start, number) for number, link, inside in onward if not inside),
        boxes=grouped((link.host, number) for number, link, inside in onward if inside),
        chains=grouped((link.start, number) for number, link in links if link.leaf),
        arched=grouped((link.end, number) for number, link in links if link.cells),
        steps=steps,
        lanes={link.end for link in hidden} | {link.start for link in hidden if not link.leaf},
    )


def arrival(grid: Grid, number: int) -> float:
    """The x where a link comes down on its target."""
    link = grid.axis.links[number]
    x = grid.ledges[link.perch].spot(link.spot) if link.spot else grid.x[link.end]
    return x + s.PORT_STEP * link.arrive


def foot(grid: Grid, number: int, begins: bool) -> float:
    """The x where a link leaves the line, or comes down on it."""
    return grid.port[number] if begins else arrival(grid, number)


def low(grid: Grid, number: int) -> float:
    """Where a link begins over the line, with its text."""
    said = grid.axis.links[number].from_member
    return grid.port[number] - (grid.ruler.letter(said) + s.AIR if said else 0.0)


def leaf(grid: Grid, number: int, lifted: Mapping[int, float]) -> End:
    """Where a lane leaves its side chain, a tap `lifted` so far: the last cell's right side, from the line upwards."""
    link = grid.axis.links[number]
    hung = [(tap, end) for tap in grid.axis.hung[link.start] for end in grid.taps[tap].ends]
    tap, end = next((tap, end) for tap, end in hung if end.cell == link.leaf)
    return end._replace(x=grid.taps[tap].x + end.x, y=lifted[tap] - end.y)


def walls(grid: Grid, number: int) -> list[float]:
    """Where other links go through the arc of this one, from left to right; of those whose cells stand already."""
    axis, link, stand = grid.axis, grid.axis.links[number], len(grid.x)
    ends = [*axis.legs.get(link.host, ())]
    ends += [(n, begins) for n in axis.hosted.get(link.host, ()) if n != number for begins in (True, False)]
    if link.host == LANE:
        ends += [(n, True) for n in axis.taps]
    found = [foot(grid, n, begins) for n, begins in ends if axis.links[n].place(begins) < stand]
    low, high = grid.port[number], arrival(grid, number) if link.end < stand else float("inf")
    return sorted(x for x in found if low < x < high)
