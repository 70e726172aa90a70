"""What the cells and boxes of a line stand for: nodes and groups of the graph, those of folded members too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

from ...core.records import NamedTuple
from ...diagram.build import BuiltDiagram, build_parts
from ...diagram.folding.index import Index
from ...diagram.model import Box
from ...diagram.texts import About
from ...diagram.view import View
from ...graph.model import Group
from ...ops.base import Face
from ..model import Side


class Standing(NamedTuple):
    """The node or group that is drawn, and which of all that it stands for is meant."""

    id: str
    member: int


class Stands:
    """One side of a diff, drawn. `cells` are its cells by number, `on_line` the numbers of those on the line, in order.

    `places` are by the id of a node or group, `members` by that of a drawn one: all that it stands for, in order.
    """

    def __init__(self, side: Side, built: BuiltDiagram) -> None:
        parts = built.parts
        self.side, self.line, self.parts, self.cells = side, built.diagram.lines[0], parts, built.cells
        self.table = parts.table
        self.numbers = {cell.id: number for number, cell in enumerate(self.cells)}
        self.on_line = [number for number in parts.order if self.cells[number].where in ("line", "port")]
        self.places: dict[str, Standing] = {}
        self.members: dict[str, list[str]] = {}
        self._find_members()
        on_line = [number for number, cell in enumerate(self.cells) if cell.where == "line"]
        self._line, self._starts = on_line, [parts.made.places[number] for number in on_line]
        self.boxes: dict[str, Box] = {box.id: box for box in self.line.boxes}
        self._begins: dict[str, list[Box]] = {}
        for box in self.line.boxes:
            self._begins.setdefault(box.first, []).append(box)

    def _find_members(self) -> None:
        last: dict[str, str] = {}
        for run in self.parts.drawn.folds.values():
            for group in run.groups[:-1]:
                last.update(_same(self.table, group, run.groups[-1]))
        graph = self.table.graph
        for id in [*(group.id for group in graph.groups), *(node.id for node in graph.nodes)]:
            drawn = id
            while drawn in last:  # as often as runs are nested
                drawn = last[drawn]
            found = self.members.setdefault(drawn, [])
            self.places[id] = Standing(drawn, len(found))
            found.append(id)

    def number(self, node: str) -> int:
        """The number of the cell of a node; that of one without a cell is that of the cell before it."""
        return self.parts.made.numbers[self.table.places[self.places[node].id]]

    def before(self, group: str) -> int:
        """The number of the cell behind which a drawn group stands that has none."""
        return self.parts.made.numbers[self.table.spans[group][0]]

    def is_tick(self, node: str) -> bool:
        return self.table.places[self.places[node].id] in self.parts.fused.ticks

    def is_owner(self, node: str) -> bool:
        """Whether its cell has its face."""
        place = self.table.places[self.places[node].id]
        return not self.is_tick(node) and self.parts.made.places[self.number(node)] == place

    def face(self, node: str) -> Face:
        return self.table.face(self.table.places[node])

    def ends(self, group: str) -> tuple[int, int] | None:
        """The numbers of the first and last cell on the line of a drawn group; None where it has none there."""
        span = self.table.spans.get(group)
        if span is None:
            return None
        first, stop = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        return (self._line[first], self._line[stop - 1]) if first < stop else None

    def box_of(self, group: str) -> Box | None:
        """The box of a drawn group: the largest that begins with its first cell, and does not reach past its last."""
        ends = self.ends(group)
        if ends is None:
            return self.boxes.get(group)
        begin = self.cells[ends[0]].id
        fits = [box for box in self._begins.get(begin, ()) if self.numbers[box.last] <= ends[1]]
        return max(fits, key=lambda box: self.numbers[box.last], default=None)

    def boxed(self) -> dict[str, str]:
        """By box, the drawn group that it is around, that of its innermost ×n."""
        found = {box.id: box.id for box in self.line.boxes if box.id in self.table.groups}
        ends = {(self.numbers[box.first], self.numbers[box.last]): box.id for box in self.line.boxes}
        for group in self.parts.drawn.folds:
            box = group if group in self.boxes else ends.get(self.ends(group) or (-1, -1))
            if box is not None and len(self.members[group]) >= len(self.members.get(found.get(box, ""), ())):
                found[box] = group
        return found

    def inside(self, group: str) -> range:
        """The numbers of the cells of a drawn group."""
        return self.parts.made.within(self.table.spans[group])


def whole(table: Index, chosen: Mapping[str, object]) -> Callable[[str], bool]:
    """Tells of a group whether all its nodes, and any, are among those that are chosen."""
    sums = [0, *accumulate(node.id in chosen for node in table.nodes)]

    def all_in(group: str) -> bool:
        first, stop = table.spans.get(group, (0, 0))
        return stop > first and sums[stop] - sums[first] == stop - first

    return all_in


def stand(side: Side, view: View) -> Stands:
    """A side as the view draws it."""
    return Stands(side, build_parts(side.graph, side.analysis, view, About(side.title, side.source)))


def _same(table: Index, one: Group, other: Group) -> Iterator[tuple[str, str]]:
    """The ids in a group, each with that at its place in another group of the same structure."""
    start, (begin, stop) = table.spans[one.id][0], table.spans[other.id]
    for place in range(begin, stop):
        yield table.nodes[start + place - begin].id, table.nodes[place].id
    pairs = [(one, other)]
    for mine, its in pairs:
        yield mine.id, its.id
        pairs += zip(table.children.get(mine.id, ()), table.children.get(its.id, ()), strict=True)
