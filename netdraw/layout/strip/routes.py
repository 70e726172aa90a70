"""Ways above the line, from cell to cell: where they leave, where they come down. No measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.records import NamedTuple
from ...diagram.model import Cell, Edge, by_key
from ..sizes import TAG
from .nest import Nest, OrderedBox

LANE = -1
"""The host of a route that runs above the whole row."""

APART = 3.5
"""Routes that come down on one cell lie no further apart, in steps: the smallest cell has room for so many."""


class Route(NamedTuple):
    """A way above the line from one cell to a later one, over the cells of its arc.

    `host` is the box that it runs in, or LANE. `leave` counts the routes before it at its port; `arrive` is how far
    beside the target's middle it comes down, in steps. On a branch -1 is the cell that the branch comes from.
    """

    edges: tuple[Edge, ...]
    start: int
    end: int
    host: int
    cells: tuple[Cell, ...] = ()
    leave: int = 0
    arrive: float = 0.0
    crowd: int = 0
    """How many others arrive at its end."""
    tap: bool = False
    """Whether it is no way to a cell: the branches of a tap stand above the line at its port."""
    leaf: str = ""
    """The cell that it leaves from, where that stands above the line over `start`."""
    shelf: int = -1
    """The number of the shelf that it comes down on, or comes from where it `drops`."""
    spot: str = ""
    """The cell there."""
    drops: bool = False
    """Whether it comes down from its shelf on the cell under it."""
    lane: int = -1
    """The number of the longer route on whose lane it runs until it comes down; both leave one cell."""
    sharing: tuple[int, ...] = ()
    """The numbers of the routes that run on its lane."""

    @property
    def from_member(self) -> str:
        """What stands where it begins: of which member of a ×n it is, where that is not drawn."""
        member = self.edges[0].member if self.edges else 0
        return f"×{member}" if member else ""

    @property
    def runs(self) -> bool:
        """Whether it is a way from cell to cell on a track of its own."""
        return not (self.tap or self.drops)

    def place(self, begins: bool) -> int:
        """Where it begins, or ends."""
        return self.start if begins else self.end

    def inside_port(self, boxes: Sequence[OrderedBox]) -> bool:
        """Whether it leaves in the padding of its host, before the host's first cell."""
        return self.host != LANE and self.start < boxes[self.host].first


class Ends(NamedTuple):
    """Where the edges of a line may begin and end: on its cells, on the `sides` that ways pass, or above it.

    `begin` is the cell that a branch comes from. By cell above the line: on a side chain, the one that it stands behind
    (`leaves`), on a shelf, the number of that (`spots`), and where it ends a way there, how many such ways are under it
    (`rows`). By shelf: the place of the cell `under` it.
    """

    cells: tuple[Cell, ...]
    place_of: dict[str, int]
    nest: Nest
    sides: Mapping[str, Cell]
    begin: str
    leaves: Mapping[str, str]
    spots: Mapping[str, int]
    rows: Mapping[str, int]
    under: tuple[int, ...]

    def start(self, edge: Edge) -> int:
        return -1 if edge.source == self.begin else self.place_of[edge.source]


def ways(edges: Sequence[Edge], ends: Ends) -> tuple[dict[int, Edge], dict[int, Edge], list[Route]]:
    """The edges of a line by how they run: by place the steps to the next cell, and those from a tag past other tags
    to the same cell; and the routes above the line, without ports yet, those over the cells of an arc joined to one.
    """
    onward = {edge.source: edge for edge in edges if edge.source in ends.sides}
    flows: dict[int, Edge] = {}
    tag_edges: dict[int, Edge] = {}
    routes: list[Route] = []
    for edge in edges:
        if edge.source in ends.sides:
            continue
        if edge.source in ends.leaves or edge.source in ends.spots or edge.target in ends.spots:
            routes.append(_raised(edge, ends))
            continue
        joined, cells = [edge], []
        while joined[-1].target in ends.sides and joined[-1].target in onward:
            cells.append(ends.sides[joined[-1].target])
            joined.append(onward[joined[-1].target])
        start, end = ends.start(edge), ends.place_of[joined[-1].target]
        if end == start + 1 and edge.kind == "flow" and not cells and start not in flows:
            flows[start] = edge
        elif edge.kind == "flow" and start >= 0 and all(cell.category == TAG for cell in ends.cells[start:end]):
            tag_edges[start] = edge
        else:
            host = _host(ends.nest, start, end, edge.member > 0)
            routes.append(Route(edges=tuple(joined), cells=tuple(cells), start=start, end=end, host=host))
    return flows, tag_edges, routes


def _raised(edge: Edge, ends: Ends) -> Route:
    """The route of an edge with an end on a side chain or on a shelf."""
    shelf = ends.spots.get(edge.source, ends.spots.get(edge.target, -1))
    end = ends.place_of[edge.target] if edge.target in ends.place_of else ends.under[shelf]
    if edge.source in ends.spots:
        host, row = ends.nest.inner[end], ends.rows[edge.source]
        return Route(edges=(edge,), start=end, end=end, host=host, leave=row, shelf=shelf, drops=True)
    leaf = edge.source if edge.source in ends.leaves else ""
    start = ends.place_of[ends.leaves[leaf]] if leaf else ends.start(edge)
    host, spot = LANE if leaf else _host(ends.nest, start, end, edge.member > 0), edge.target if shelf >= 0 else ""
    return Route(edges=(edge,), start=start, end=end, host=host, leaf=leaf, shelf=shelf, spot=spot)


def _host(nest: Nest, start: int, end: int, said: bool) -> int:
    """The innermost box around the end that holds the start too, or begins right behind it.

    In the padding of that box there is no room for a text.
    """
    return next((box for box in nest.around(end) if nest.boxes[box].first <= start + (not said)), LANE)


def _with_lanes(routes: Sequence[Route]) -> list[Route]:
    """Routes of which those that leave one cell over the row run on one lane, that of the longest."""
    found = list(routes)
    bare = [n for n, one in enumerate(routes) if one.host == LANE and one.runs and not (one.cells or one.leaf)]
    for numbers in by_key((routes[n].start, n) for n in bare if not routes[n].from_member).values():
        # A shelf stands before the cell that it stands over.
        longest = max(numbers, key=lambda n: (routes[n].end, not routes[n].spot))
        others = tuple([n for n in numbers if n != longest])
        found[longest] = found[longest]._replace(sharing=others)
        for number in others:
            found[number] = found[number]._replace(lane=longest)
    return found


def with_ports(routes: Sequence[Route], boxes: Sequence[OrderedBox]) -> tuple[Route, ...]:
    """Routes with their ports: the longest leaves first and arrives last, so that none crosses another at a cell. Those
    on one lane have one port.
    """
    routes = _with_lanes(routes)

    def port(route: Route) -> tuple[bool, int]:
        inside = route.inside_port(boxes)
        return inside, route.host if inside else route.start

    numbered = list(enumerate(routes))
    leave, arrive, crowd = [0] * len(routes), [0.0] * len(routes), [0] * len(routes)
    for numbers in by_key((route.start, number) for number, route in numbered if route.leaf).values():
        for count, number in enumerate(numbers):
            leave[number] = count
    onward = [(number, one) for number, one in numbered if not (one.leaf or one.drops or one.lane >= 0)]
    for numbers in by_key((port(one), number) for number, one in onward).values():
        # One that begins with a text has it on its left.
        for count, number in enumerate(sorted(numbers, key=lambda n: (not routes[n].from_member, -routes[n].end))):
            for one in (number, *routes[number].sharing):
                leave[one] = count
    for numbers in by_key(((route.end, route.spot), number) for number, route in numbered if not route.tap).values():
        others = len(numbers) - 1
        for count, number in enumerate(sorted(numbers, key=lambda n: (-routes[n].start, routes[n].leave))):
            arrive[number], crowd[number] = (count - others / 2) * min(1.0, APART / max(others, 1)), others
    return tuple([route._replace(leave=leave[n], arrive=arrive[n], crowd=crowd[n]) for n, route in numbered])
