"""Which cells a box holds: those on its line from first to last, and all that lies on branches and arcs in it."""

from collections.abc import Iterable

from ..core.records import NamedTuple
from .model import Branch, Cell, Fork, Line, all_cells, by_key
from .tags import untagged, upwards

SIDES = ("arc", "gate")


class Inside(NamedTuple):
    """By cell and by box, the innermost box around it; "" where there is none."""

    cells: dict[str, str]
    boxes: dict[str, str]


def inside(line: Line) -> Inside:
    """Boxes and cells of a line by what they lie in."""
    return _Search(untagged(line)).found


class _Search:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.found = Inside({}, {})
        self.begins: dict[str, tuple[int, int]] = {}
        """By box, its line and where it begins there."""
        self.places: dict[str, tuple[int, int]] = {}
        """By cell, its line and its place there."""
        self.lines = 0
        self.spans = by_key((box.first, box) for box in line.boxes)
        sides = [cell for cell in line.cells if cell.where in SIDES]
        branches = [*(one for fork in line.forks for one in fork.branches), *(shelf.branch for shelf in line.shelves)]
        off = {id for branch in branches for id in all_cells(branch)}.union(cell.id for cell in sides)
        self._line([cell.id for cell in line.cells if cell.id not in off], "")
        for fork in line.forks:
            self._fork(fork, "")
        self._shelves()
        self._sides(sides)

    def _line(self, cells: list[str], around: str) -> None:
        """The boxes of one line or branch, which lies in the box `around`."""
        self.places.update({id: (self.lines, place) for place, id in enumerate(cells)})
        opened: list[tuple[str, str]] = []
        for place, id in enumerate(cells):
            inner = sorted(self.spans.get(id, ()), key=lambda box: -self.places[box.last][1])
            for box in inner:
                self.found.boxes[box.id] = opened[-1][0] if opened else around
                self.begins[box.id] = self.lines, place
                opened.append((box.id, box.last))
            self.found.cells[id] = opened[-1][0] if opened else around
            while opened and opened[-1][1] == id:
                opened.pop()
        self.lines += 1

    def _fork(self, fork: Fork, around: str) -> None:
        """Branches lie where their join does; side ways to outputs only in what is around the branch they hang on."""
        here = around if fork.join is None else self.found.cells[fork.join]
        for branch in fork.branches:
            self._branch(branch, here)

    def _branch(self, branch: Branch, around: str) -> None:
        self._line(list(branch.cells), around)
        for inner in branch.forks:
            self._fork(inner, around)

    def _shelves(self) -> None:
        """A shelf lies where the cell under it does, which may stand on another; an input on it before all boxes."""
        inputs = {cell.id for cell in self.line.cells if cell.category == "input"}
        for branch, over in upwards(self.line.shelves):
            begin = sum(one in inputs for one in branch.cells[:1])
            self._line(list(branch.cells[:begin]), "")
            self._branch(branch._replace(cells=branch.cells[begin:]), self.found.cells[over])

    def _sides(self, sides: Iterable[Cell]) -> None:
        """A cell on an arc lies in the innermost box around its end that its arc does not come into from outside."""
        side = {cell.id for cell in sides}
        onward = {edge.source: edge.target for edge in self.line.edges if edge.source in side}
        back = {edge.target: edge.source for edge in self.line.edges if edge.target in side}
        for id in side:
            start, end = _follow(back, id), _follow(onward, id)
            line, _ = self.places[end]
            begin = self.places[start][1] if self.places[start][0] == line else -1
            box = self.found.cells[end]
            while box and self.begins[box][0] == line and self.begins[box][1] > begin + 1:
                box = self.found.boxes[box]
            self.found.cells[id] = box


def _follow(ways: dict[str, str], id: str) -> str:
    return _follow(ways, ways[id]) if id in ways else id
