"""The order of one line: which cells stand on it, which boxes hold them, and what runs above it. No measures."""

from __future__ import annotations

from typing import NamedTuple

from ..diagram.model import Bar, Box, Bracket, Cell, Edge, Fork, Line, Tick
from .parts import SIDES, Part, parted

LANE = -1
"""The host of a link that runs above the whole row."""

APART = 3.5
"""Links that come down on one cell lie no further apart, in steps: the smallest disc has room for so many."""


class Hull(NamedTuple):
    """A box by the places of its first and last cell; `parent` is the index of the hull around it, or -1."""

    box: Box
    first: int
    last: int
    parent: int
    depth: int


def repeat_text(box: Box) -> str:
    """What stands in a box's corner: `×3`, `×6, +32` where its members grow, `k = 16` before it where it has a note;
    in the figure of a diff what became of that.
    """
    if box.mark:
        return box.mark
    if box.repeat == 1:
        return box.note
    repeat = f"×{box.repeat}, +{box.growth}" if box.growth else f"×{box.repeat}"
    return f"{box.note}, {repeat}" if box.note else repeat


def _width(cell: Cell) -> str:
    """What is said of a small cell: its width, as a number or in terms of k. That of a projection is its block's.

    In the figure of a diff what was done to it, too.
    """
    text = cell.label[0] if cell.where == "gate" and cell.label and 0 not in cell.marked else ""
    width = "" if text.strip("0123456789k/") else text
    return ", ".join(filter(None, (width, *(cell.label[line] for line in cell.marked)))) if cell.marked else width


class Sub(NamedTuple):
    """A fork and the axes of its branches."""

    fork: Fork
    axes: list[Axis]


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
    tap: Sub | None = None
    """What stands above the line at its port, where it is no way to a cell."""

    @property
    def said(self) -> tuple[str, ...]:
        """What stands over its cells."""
        return tuple(map(_width, self.cells))

    @property
    def from_member(self) -> str:
        """What stands where it begins: of which member of a ×n it is, where that is not drawn."""
        member = self.edges[0].member if self.edges else 0
        return f"×{member}" if member else ""

    def inside_port(self, hulls: list[Hull]) -> bool:
        """Whether it leaves in the padding of its host, before the host's first cell."""
        return self.host != LANE and self.start < hulls[self.host].first


class Axis:
    """One line. Lists by cell hold what begins, ends or hangs there; hulls stand before those inside them.

    `forks` are by the place of the join, the one `fan` ends the line; `begin` is the cell that a branch comes from,
    `joins` whether it goes on behind its last cell.
    """

    def __init__(self, whole: Line, begin: str = "", joins: bool = False) -> None:
        self.begin, self.joins = begin, joins
        self.line, parts = parted(whole)
        line = self.line
        self.cells: list[Cell] = [cell for cell in line.cells if cell.where in ("line", "port")]
        self.sides: dict[str, Cell] = {cell.id: cell for cell in line.cells if cell.where in SIDES}
        self.index = {cell.id: place for place, cell in enumerate(self.cells)}
        count = len(self.cells)
        self.opens: list[list[int]] = [[] for _ in range(count)]
        self.closes: list[list[int]] = [[] for _ in range(count)]
        self.inner: list[int] = [-1] * count
        self.hulls = self._nest()
        self.flows: dict[int, Edge] = {}
        self.forks: dict[int, Sub] = {}
        self.fan: Sub | None = None
        self.links = _ordered([*self._links(), *self._subs(parts)], self.hulls)
        self.tied = self._tied()
        self.held = self._held()
        self.ticks: dict[int, list[Tick]] = {}
        """By the cell before them, -1 for the one that a branch comes from."""
        self.side_ticks: list[Tick] = []
        self._hang(line.ticks)
        self.bars: dict[int, Bar] = {self.index[bar.cell]: bar for bar in line.bars if bar.cell in self.index}
        self.stage = [-1] * count
        for place, bracket in enumerate(line.brackets):
            first, last = self.range(bracket)
            self.stage[first : last + 1] = [place] * (last + 1 - first)
        self.fresh = {n for n, cell in enumerate(self.cells) if n and cell.category == "input" and self.cut(n)}
        """Where a further input begins a row of its own."""
        self.legs = self._legs()
        self.hosted = self._hosted()

    def range(self, item: Box | Bracket) -> tuple[int, int]:
        """The places of its first and last cell."""
        return self.index[item.first], self.index[item.last]

    def cut(self, place: int) -> bool:
        """Whether a row may begin here: no box holds both the cell and the one before, no way with cells begins."""
        hull = self.inner[place]
        if place in self.tied:
            return False
        while hull != -1:
            if self.hulls[hull].first < place:
                return False
            hull = self.hulls[hull].parent
        return True

    def crossed(self, place: int) -> list[int]:
        """The hulls that hold both the cell and the one before, innermost first: what a row break here leaves open."""
        found = []
        hull = self.inner[place] if place < len(self.cells) else -1
        while hull != -1:
            if self.hulls[hull].first < place:
                found.append(hull)
            hull = self.hulls[hull].parent
        return found

    def begins(self, link: Link) -> int:
        """The place whose row a link begins in."""
        return self.hulls[link.host].first if link.inside_port(self.hulls) else link.start

    def goes_on(self, place: int) -> bool:
        """Whether a line leads on behind the cell, from which links can leave."""
        return place < 0 or place in self.flows or place + 1 in self.forks

    def border(self, place: int) -> bool:
        """Whether a stage ends before the cell and another begins with it."""
        before, here = self.stage[place - 1], self.stage[place]
        return before != here and before != -1 and here != -1 and self.cut(place)

    def _tied(self) -> set[int]:
        """Where no row may begin, so that the cells on a lane have room behind its start."""
        return {
            place
            for link in self.links
            if link.cells and link.host == LANE
            for place in range(link.start + 1, min(link.end, link.start + 2) + 1)
        }

    def _held(self) -> set[int]:
        """Where no row may begin inside a box: before branches, at a port, where cells on an arc need room."""
        found = {*self.forks, *self.tied}
        for link in self.links:
            if link.host != LANE:
                begin = self.begins(link)
                if begin == link.start:
                    found.add(begin + 1)
                if link.cells:
                    found.update(range(begin + 1, min(link.end, begin + 2) + 1))
        return found

    def _hang(self, ticks: tuple[Tick, ...]) -> None:
        """Every tick on its wire; one that several ways pass, or whose way has none, on the line."""
        above = {(link.edges[-1].source, link.edges[-1].target) for link in self.links if link.edges}
        for tick in ticks:
            if tick.after in self.sides or (tick.after, tick.before) in above:
                self.side_ticks.append(tick)
            else:
                self.ticks.setdefault(self.index.get(tick.after, -1), []).append(tick)

    def _hosted(self) -> dict[int, list[int]]:
        """The links by the hull that they run in."""
        found: dict[int, list[int]] = {}
        for number, link in enumerate(self.links):
            if link.tap is None:
                found.setdefault(link.host, []).append(number)
        return found

    def _nest(self) -> list[Hull]:
        spans = sorted(((*self.range(box), box) for box in self.line.boxes), key=lambda span: (span[0], -span[1]))
        hulls: list[Hull] = []
        around: list[int] = []
        for first, last, box in spans:
            while around and hulls[around[-1]].last < first:
                around.pop()
            here = len(hulls)
            hulls.append(Hull(box, first, last, around[-1] if around else -1, len(around)))
            around.append(here)
            self.opens[first].append(here)
            self.closes[last].insert(0, here)
            self.inner[first : last + 1] = [here] * (last + 1 - first)
        return hulls

    def _subs(self, parts: list[Part]) -> list[Link]:
        """Takes the forks; gives the ways to those that stand above the line."""
        taps = []
        for fork, lines in parts:
            sub = Sub(fork, [Axis(line, fork.start, fork.join is not None) for line in lines])
            if fork.join is not None:
                self.forks[self.index[fork.join]] = sub
            elif self.index[fork.start] == len(self.cells) - 1 and not self.joins:
                self.fan = sub
            else:
                place = self.index[fork.start]
                taps.append(Link((), (), place, place, LANE, tap=sub))
        return taps

    def _links(self) -> list[Link]:
        """All edges that are no step to the next cell; those over the cells of an arc joined to one link."""
        onward: dict[str, Edge] = {edge.source: edge for edge in self.line.edges if edge.source in self.sides}
        found = []
        for edge in self.line.edges:
            if edge.source in self.sides:
                continue
            edges, cells = [edge], []
            while edges[-1].target in self.sides and edges[-1].target in onward:
                cells.append(self.sides[edges[-1].target])
                edges.append(onward[edges[-1].target])
            start = -1 if edge.source == self.begin else self.index[edge.source]
            end = self.index[edges[-1].target]
            if end == start + 1 and edge.kind == "flow" and not cells and start not in self.flows:
                self.flows[start] = edge
            else:
                found.append(Link(tuple(edges), tuple(cells), start, end, self._host(start, end, edge.member > 0)))
        return found

    def _host(self, start: int, end: int, said: bool) -> int:
        """The innermost hull around the end that holds the start too, or begins right behind it.

        In the padding of that hull there is no room for a text.
        """
        hull = self.inner[end]
        while hull != -1 and self.hulls[hull].first > start + (not said):
            hull = self.hulls[hull].parent
        return hull

    def _legs(self) -> dict[int, list[tuple[int, bool]]]:
        """By hull, the links that go through its top: (link, whether with their start)."""
        legs: dict[int, list[tuple[int, bool]]] = {}
        for number, link in enumerate(self.links):
            for place, begins in ((link.start, True), (link.end, False)):
                if place < 0 or (link.tap and not begins):
                    continue
                hull = self.inner[place]
                while hull not in (-1, link.host):
                    if not (begins and self.hulls[hull].last == place):
                        legs.setdefault(hull, []).append((number, begins))
                    hull = self.hulls[hull].parent
        return legs


def _ordered(links: list[Link], hulls: list[Hull]) -> list[Link]:
    """Links with their ports: the longest leaves first and arrives last, so that none crosses another at a cell."""
    leaving: dict[tuple[bool, int], list[int]] = {}
    arriving: dict[int, list[int]] = {}
    for number, link in enumerate(links):
        inside = link.inside_port(hulls)
        leaving.setdefault((inside, link.host if inside else link.start), []).append(number)
        if link.tap is None:
            arriving.setdefault(link.end, []).append(number)
    leave, arrive, crowd = [0] * len(links), [0.0] * len(links), [0] * len(links)
    for numbers in leaving.values():
        # One that begins with a text has it on its left.
        for count, number in enumerate(sorted(numbers, key=lambda n: (not links[n].from_member, -links[n].end))):
            leave[number] = count
    for numbers in arriving.values():
        for count, number in enumerate(sorted(numbers, key=lambda number: -links[number].start)):
            others = len(numbers) - 1
            arrive[number], crowd[number] = (count - others / 2) * min(1.0, APART / max(others, 1)), others
    return [link._replace(leave=leave[n], arrive=arrive[n], crowd=crowd[n]) for n, link in enumerate(links)]
