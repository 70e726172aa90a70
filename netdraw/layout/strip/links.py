"""Ways above the line, from cell to cell: where they leave, where they come down. No measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.records import NamedTuple
from ...diagram.model import Cell, Edge
from ..sizes import TAG
from .nest import Hull, Nest

LANE = -1
"""The host of a link that runs above the whole row."""

APART = 3.5
"""Links that come down on one cell lie no further apart, in steps: the smallest disc has room for so many."""


class Link(NamedTuple):
    """A way above the line from one cell to a later one, over the cells of its arc.

    `host` is the hull that it runs in, or LANE. `leave` counts the links before it at its port; `arrive` is how far
    beside the target's middle it comes down, in steps. On a branch -1 is the cell that the branch comes from.
    """

    edges: tuple[Edge, ...]
    cells: tuple[Cell, ...]
    start: int
    end: int
    host: int
    leave: int = 0
    arrive: float = 0.0
    crowd: int = 0
    """How many others arrive at its end."""
    tap: bool = False
    """Whether it is no way to a cell: the branches of a tap stand above the line at its port."""
    leaf: str = ""
    """The cell that it leaves from, where that stands above the line over `start`."""
    perch: int = -1
    """The number of the shelf that it comes down on, or comes from where it `drops`."""
    spot: str = ""
    """The cell there."""
    drops: bool = False
    """Whether it comes down from its shelf on the cell under it."""

    @property
    def from_member(self) -> str:
        """What stands where it begins: of which member of a ×n it is, where that is not drawn."""
        member = self.edges[0].member if self.edges else 0
        return f"×{member}" if member else ""

    @property
    def runs(self) -> bool:
        """Whether it is a way from cell to cell on a level of its own."""
        return not (self.tap or self.drops)

    def place(self, begins: bool) -> int:
        """Where it begins, or ends."""
        return self.start if begins else self.end

    def inside_port(self, hulls: Sequence[Hull]) -> bool:
        """Whether it leaves in the padding of its host, before the host's first cell."""
        return self.host != LANE and self.start < hulls[self.host].first


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


def ways(edges: Sequence[Edge], ends: Ends) -> tuple[dict[int, Edge], dict[int, Edge], list[Link]]:
    """The edges of a line by how they run: by place the steps to the next cell, and those from a tag past other tags
    to the same cell; and the links above the line, without ports yet, those over the cells of an arc joined to one.
    """
    onward = {edge.source: edge for edge in edges if edge.source in ends.sides}
    flows: dict[int, Edge] = {}
    beads: dict[int, Edge] = {}
    links: list[Link] = []
    for edge in edges:
        if edge.source in ends.sides:
            continue
        if edge.source in ends.leaves or edge.source in ends.spots or edge.target in ends.spots:
            links.append(_raised(edge, ends))
            continue
        joined, cells = [edge], []
        while joined[-1].target in ends.sides and joined[-1].target in onward:
            cells.append(ends.sides[joined[-1].target])
            joined.append(onward[joined[-1].target])
        start, end = ends.start(edge), ends.place_of[joined[-1].target]
        if end == start + 1 and edge.kind == "flow" and not cells and start not in flows:
            flows[start] = edge
        elif edge.kind == "flow" and start >= 0 and all(cell.category == TAG for cell in ends.cells[start:end]):
            beads[start] = edge
        else:
            host = _host(ends.nest, start, end, edge.member > 0)
            links.append(Link(edges=tuple(joined), cells=tuple(cells), start=start, end=end, host=host))
    return flows, beads, links


def _raised(edge: Edge, ends: Ends) -> Link:
    """The link of an edge with an end on a side chain or on a shelf."""
    perch = ends.spots.get(edge.source, ends.spots.get(edge.target, -1))
    end = ends.place_of[edge.target] if edge.target in ends.place_of else ends.under[perch]
    if edge.source in ends.spots:
        host, row = ends.nest.inner[end], ends.rows[edge.source]
        return Link(edges=(edge,), cells=(), start=end, end=end, host=host, leave=row, perch=perch, drops=True)
    leaf = edge.source if edge.source in ends.leaves else ""
    spot = edge.target if perch >= 0 else ""
    start = ends.place_of[ends.leaves[leaf]] if leaf else ends.start(edge)
    host = LANE if leaf else _host(ends.nest, start, end, edge.member > 0)
    return Link(edges=(edge,), cells=(), start=start, end=end, host=host, leaf=leaf, perch=perch, spot=spot)


def _host(nest: Nest, start: int, end: int, said: bool) -> int:
    """The innermost hull around the end that holds the start too, or begins right behind it.

    In the padding of that hull there is no room for a text.
    """
    return next((hull for hull in nest.around(end) if nest.hulls[hull].first <= start + (not said)), LANE)


def with_ports(links: Sequence[Link], hulls: Sequence[Hull]) -> tuple[Link, ...]:
    """Links with their ports: the longest leaves first and arrives last, so that none crosses another at a cell."""
    if not links:
        return ()
    leaving: dict[tuple[bool, int], list[int]] = {}
    leaves: dict[int, int] = {}
    arriving: dict[tuple[int, str], list[int]] = {}
    leave, arrive, crowd = [0] * len(links), [0.0] * len(links), [0] * len(links)
    for number, link in enumerate(links):
        inside = link.inside_port(hulls)
        if link.leaf:
            leave[number] = leaves[link.start] = leaves.get(link.start, -1) + 1
        elif not link.drops:
            leaving.setdefault((inside, link.host if inside else link.start), []).append(number)
        if not link.tap:
            arriving.setdefault((link.end, link.spot), []).append(number)
    for numbers in leaving.values():
        # One that begins with a text has it on its left.
        for count, number in enumerate(sorted(numbers, key=lambda n: (not links[n].from_member, -links[n].end))):
            leave[number] = count
    for numbers in arriving.values():
        rows = {number: links[number].leave if links[number].drops else 0 for number in numbers}
        for count, number in enumerate(sorted(numbers, key=lambda number: (-links[number].start, rows[number]))):
            others = len(numbers) - 1
            arrive[number], crowd[number] = (count - others / 2) * min(1.0, APART / max(others, 1)), others
    return tuple([link._replace(leave=leave[n], arrive=arrive[n], crowd=crowd[n]) for n, link in enumerate(links)])
