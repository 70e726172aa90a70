"""The order of one line: which cells stand on it, which boxes hold them, and what runs above it. No measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...diagram.model import Bar, Box, Bracket, Cell, Edge, Fork, Line, Tick, all_cells
from .held import held, tied
from .links import LANE, Hull, Link, ordered
from .parts import SIDES, TAG, TAG_END, Part, parted


class Sub(NamedTuple):
    """A fork and the axes of its branches."""

    fork: Fork
    axes: list[Axis]


class Perch(NamedTuple):
    """A shelf: its own axis, and the place of the cell that it stands over."""

    axis: Axis
    over: int


class Axis:
    """One line. Lists by cell hold what begins, ends or hangs there; hulls stand before those inside them.

    `forks` are by the place of the join, the one `fan` ends the line; `begin` is the cell that a branch comes from,
    `joins` whether it goes on behind its last cell.
    """

    def __init__(self, whole: Line, begin: str = "", joins: bool = False) -> None:
        self.begin, self.joins = begin, joins
        self.line, parts, shelves = parted(whole)
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
        self.beads: dict[int, Edge] = {}
        """Those from a tag past other tags that lead to the same cell."""
        self.forks: dict[int, Sub] = {}
        self.fan: Sub | None = None
        self.perches = [Perch(Axis(own, joins=True), self.index[shelf.over]) for shelf, own in shelves]
        self.spots = {id: n for n, (shelf, _) in enumerate(shelves) for id in all_cells(shelf.branch)}
        """The shelf of every cell that stands on one."""
        hung = [part.fork for part in parts if part.fork.join is None]
        self.leaves = {id: fork.start for fork in hung for branch in fork.branches for id in all_cells(branch)}
        """The cell that those on side chains stand behind."""
        self.links = ordered([*self._links(), *self._subs(parts)], self.hulls)
        self.drops = self._drops()
        self.tied = tied(self)
        self.held = held(self)
        self.ticks: dict[int, list[Tick]] = {}
        """By the cell before them, -1 for the one that a branch comes from."""
        self.side_ticks: list[Tick] = []
        self._hang(line.ticks)
        self.bars: dict[int, Bar] = {self.index[bar.cell]: bar for bar in line.bars if bar.cell in self.index}
        self.stage = self._stages()
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
        if place in self.tied or self.cells[place].category == TAG_END:
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
        fork = self.forks.get(place + 1)
        return place < 0 or place in self.flows or (fork is not None and bool(fork.fork.start))

    def leads(self, place: int, done: int) -> int:
        """Of the cells behind `done`, the first that goes with the one at the place: nothing leads to it."""
        begin = place
        while begin > done and self.goes_on(begin - 1):
            begin -= 1
        return place if begin == done else max(begin, 0)

    def border(self, place: int) -> bool:
        """Whether a stage ends before the cell and another begins with it."""
        before, here = self.stage[place - 1], self.stage[place]
        return before != here and before != -1 and here != -1 and self.cut(place)

    def ends(self) -> list[str]:
        """The cells in which it ends, from above."""
        if self.fan is None:
            return [self.cells[-1].id]
        return [end for axis in self.fan.axes for end in axis.ends()]

    def _stages(self) -> list[int]:
        """By cell, which bracket it stands in; -1 for none."""
        stage = [-1] * len(self.cells)
        for place, bracket in enumerate(self.line.brackets):
            first, last = self.range(bracket)
            stage[first : last + 1] = [place] * (last + 1 - first)
        return stage

    def _drops(self) -> dict[int, list[int]]:
        """By shelf, the ways down from it, from the left."""
        found: dict[int, list[int]] = {}
        for number, link in enumerate(self.links):
            if link.drops:
                found.setdefault(link.perch, []).append(number)
        for numbers in found.values():
            numbers.sort(key=lambda number: self.links[number].arrive)
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
            if link.runs:
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

    def _subs(self, parts: Sequence[Part]) -> list[Link]:
        """Takes the forks; gives the ways to those that stand above the line."""
        taps = []
        for fork, lines in parts:
            sub = Sub(fork, [Axis(line, fork.start, fork.join is not None) for line in lines])
            place = self.index.get(fork.start, -1)
            ends = place == len(self.cells) - 1 and not self.joins
            if fork.join in self.index:
                self.forks[self.index[fork.join]] = sub
            elif fork.join is not None or not fork.start or ends:
                self.fan = sub
            else:
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
            if edge.source in self.leaves or edge.source in self.spots or edge.target in self.spots:
                found.append(self._raised(edge))
                continue
            start = self._start(edge)
            end = self.index[edges[-1].target]
            if end == start + 1 and edge.kind == "flow" and not cells and start not in self.flows:
                self.flows[start] = edge
            elif edge.kind == "flow" and start >= 0 and all(cell.category == TAG for cell in self.cells[start:end]):
                self.beads[start] = edge
            else:
                found.append(Link(tuple(edges), tuple(cells), start, end, self._host(start, end, edge.member > 0)))
        return found

    def _start(self, edge: Edge) -> int:
        return -1 if edge.source == self.begin else self.index[edge.source]

    def _raised(self, edge: Edge) -> Link:
        """The link of an edge with an end on a side chain or on a shelf."""
        if edge.source in self.spots:
            place, perch = self.index[edge.target], self.spots[edge.source]
            row = self.perches[perch].axis.ends()[::-1].index(edge.source)
            return Link((edge,), (), place, place, self.inner[place], row, perch=perch, drops=True)
        perch = self.spots.get(edge.target, -1)
        end = self.index[edge.target] if perch < 0 else self.perches[perch].over
        leaf = edge.source in self.leaves
        start = self.index[self.leaves[edge.source]] if leaf else self._start(edge)
        host = LANE if leaf else self._host(start, end, edge.member > 0)
        link = Link((edge,), (), start, end, host, perch=perch)
        return link._replace(leaf=edge.source if leaf else "", spot=edge.target if perch >= 0 else "")

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
                if place < 0 or (link.tap and not begins) or (link.leaf and begins):
                    continue
                hull = self.inner[place]
                while hull not in (-1, link.host):
                    if not (begins and self.hulls[hull].last == place):
                        legs.setdefault(hull, []).append((number, begins))
                    hull = self.hulls[hull].parent
        return legs
