"""Where routes leave a line, come down on it, and pass each other, on a grid. In D."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.records import NamedTuple
from ...diagram.model import by_key
from .. import sizes as s
from .grid import End, Grid
from .order import LineOrder
from .routes import LANE


class Leaving(NamedTuple):
    """The routes of a line by where they leave it, of those on one lane the longest; and those by where they end that a
    cell must have room for.

    `line` and `chains` are by cell, those that leave behind it, and behind what stands over it; `boxes` by box, those
    that leave in its padding; `arched` by the cell at which an arc with cells ends. `steps` says by cell how far beside
    its middle the rightmost comes down; `lanes` are the cells where one begins or ends that taps or shelves may hide.
    """

    line: dict[int, list[int]]
    boxes: dict[int, list[int]]
    chains: dict[int, list[int]]
    arched: dict[int, list[int]]
    steps: dict[int, float]
    lanes: set[int]


def leaving(order: LineOrder) -> Leaving:
    routes = [(number, route) for number, route in enumerate(order.routes) if not route.drops]
    own = [(number, route) for number, route in routes if not (route.leaf or route.lane >= 0)]
    onward = [(number, route, route.inside_port(order.nest.boxes)) for number, route in own]
    arriving = by_key((route.end, route.arrive) for _, route in routes if route.runs and not route.spot)
    hidden = [route for _, route in routes if order.shelves or (order.taps and route.host == LANE)]
    return Leaving(
        line=by_key((route.start, number) for number, route, inside in onward if not inside),
        boxes=by_key((route.host, number) for number, route, inside in onward if inside),
        chains=by_key((route.start, number) for number, route in routes if route.leaf),
        arched=by_key((route.end, number) for number, route in routes if route.cells),
        steps={place: max(steps) for place, steps in arriving.items()},
        lanes={route.end for route in hidden} | {route.start for route in hidden if not route.leaf},
    )


def arrival(grid: Grid, number: int) -> float:
    """The x where a route comes down on its target."""
    route = grid.order.routes[number]
    x = grid.shelves[route.shelf].spot(route.spot) if route.spot else grid.x[route.end]
    return x + s.PORT_STEP * route.arrive


def foot(grid: Grid, number: int, begins: bool) -> float:
    """The x where a route leaves the line, or comes down on it."""
    return grid.port[number] if begins else arrival(grid, number)


def low(grid: Grid, number: int) -> float:
    """Where a route begins over the line, with its text."""
    said = grid.order.routes[number].from_member
    return grid.port[number] - (grid.ruler.letter(said) + s.AIR if said else 0.0)


def leaf(grid: Grid, number: int, lifted: Mapping[int, float]) -> End:
    """Where a lane leaves its side chain, a tap `lifted` so far: the last cell's right side, from the line upwards."""
    route = grid.order.routes[number]
    hung = [(tap, end) for tap in grid.order.hung[route.start] for end in grid.taps[tap].ends]
    tap, end = next((tap, end) for tap, end in hung if end.cell == route.leaf)
    return end._replace(x=grid.taps[tap].x + end.x, y=lifted[tap] - end.y)


def walls(grid: Grid, number: int) -> list[float]:
    """Where other routes go through the arc of this one, from left to right; of those whose cells stand already."""
    order, route, stand = grid.order, grid.order.routes[number], len(grid.x)
    ends = [*order.legs.get(route.host, ())]
    ends += [(n, begins) for n in order.hosted.get(route.host, ()) if n != number for begins in (True, False)]
    if route.host == LANE:
        ends += [(n, True) for n in order.taps]
    found = [foot(grid, n, begins) for n, begins in ends if order.routes[n].place(begins) < stand]
    low, high = grid.port[number], arrival(grid, number) if route.end < stand else float("inf")
    return sorted(x for x in found if low < x < high)
