"""Cells that leave the line before what they lead to: short chains over their start, and cells that gather these.

Looks at what series-parallel reduction leaves: cells on the longest path keep the line.
"""

from collections.abc import Callable, Collection, Sequence

from .ways import Sides, Step, Twig, Way, length

MOST = 3
"""A side chain has at most so many cells, and so has a shelf."""


def find_sides(
    steps: Sequence[Step],
    path: Sequence[Step],
    letters: Collection[int],
    free: Callable[[Way], bool],
) -> Sides:
    """What stands off the line, which is a path; `free` says whether the cells of a way may leave the line."""
    if not steps:
        return Sides({}, [], [])
    found = _Sides(steps, path, letters, free)
    twigs: dict[int, list[Twig]] = {}
    for source, twig in found.kept():
        twigs.setdefault(source, []).append(twig)
    for ones in twigs.values():
        _sort(ones, {cell: out.target if out else cell for cell, out in found.gathers.items()})
    shelves = [(out.target, [cell, *out.way.cells]) for cell, out in found.gathers.items() if out]
    return Sides(twigs, shelves, [*found.chains(), *([cell] for cell, out in found.gathers.items() if not out)])


def crossings(
    steps: Sequence[Step],
    path: Sequence[Step],
    rows: Sequence[int],
    places: dict[int, int],
    chained: Callable[[Sequence[int]], bool],
) -> list[tuple[int, list[int]]]:
    """Where the line enters the row that a further input begins: the join there, and the few cells before it.

    The row goes on beside these. `rows` are those inputs, `places` all places on the line.
    """
    on = {cell for step in path for cell in (step.source, step.target)}
    beside = {one for one in rows if one not in on}
    joined: set[int] = set()
    for step in steps:
        if step.source in beside:
            (joined if step.target in on else beside).add(step.target)
    begins = [places[one] for one in rows if one not in on]
    found = []
    for step in path:
        begin = max([place for place in begins if place < places[step.target]], default=0)
        cells = [one for one in step.way.cells if places[one] > begin > places[step.source]]
        if step.target in joined and 0 < len(cells) <= MOST and chained(cells):
            found.append((step.target, cells))
    return found


def longest(steps: Sequence[Step], end: int) -> list[Step]:
    """The steps of the longest path to a cell, from the network's first input where that leads to it.

    Of equals the one written first. `steps` are in the order of their ends.
    """
    best: dict[int, tuple[bool, int]] = {0: (True, 0)}
    came: dict[int, Step] = {}
    for step in steps:
        first, count = best.get(step.source, (False, 0))
        found = first, count + 1 + length(step.way)
        if step.target not in came or found > best[step.target]:
            best[step.target], came[step.target] = found, step
    path = []
    while end in came:
        path.append(came[end])
        end = came[end].source
    return path[::-1]


def _sort(twigs: list[Twig], over: dict[int, int]) -> None:
    """Those that lead furthest first, so that no lane crosses another's beginning; of equals as written."""
    for twig in twigs:
        _sort(twig.twigs, over)
    twigs.sort(key=lambda twig: (-max([over.get(end, end) for end in twig.targets()]), twig.cells[0]))


def follow(steps: Sequence[Step], line: Sequence[int]) -> list[Step]:
    """The steps from cell to cell of a line, the longest of several; but for those cells that no step leads to."""
    into: dict[int, list[Step]] = {}
    for step in steps:
        into.setdefault(step.target, []).append(step)
    path: list[Step] = []
    at = line[0]
    for cell in line[1:]:
        found = [step for step in into.get(cell, ()) if step.source == at]
        if found:
            path.append(max(found, key=lambda step: length(step.way)))
            at = cell
    return path


class _Sides:
    def __init__(
        self, steps: Sequence[Step], path: Sequence[Step], letters: Collection[int], free: Callable[[Way], bool]
    ) -> None:
        self.letters, self.free = letters, free
        self.out: dict[int, list[Step]] = {}
        self.into: dict[int, list[Step]] = {}
        for step in steps:
            self.out.setdefault(step.source, []).append(step)
            self.into.setdefault(step.target, []).append(step)
        self.on = {cell for step in path for cell in (step.source, step.target)}
        self.gathers = {cell: self._out(cell) for cell in self.into if self._gathers(cell)}
        """Cells off the line with several ways in and one short way to the line, or a letter: that way."""
        own = {id(step.way) for step in path}
        self.found = [
            (cell, twig)
            for cell in sorted(self.on)
            for step in self.out.get(cell, ())
            if id(step.way) not in own and (twig := self._twig(step, 0))
        ]

    def _gathers(self, cell: int) -> bool:
        if cell in self.on or len(self.into[cell]) < 2 or not self.free(Way([cell], [])):
            return False
        out = self._out(cell)
        if out is None:
            return cell in self.letters
        short = len(self.out[cell]) == 1 and len(out.way.cells) < MOST and not out.way.open
        return short and self.free(out.way) and out.target in self.on

    def _out(self, cell: int) -> Step | None:
        return self.out[cell][0] if cell in self.out else None

    def chains(self) -> list[list[int]]:
        """Short chains off the line that end in a letter, with the input that they begin with."""
        found = []
        for cell in self.letters:
            steps = self.into.get(cell, ())
            if cell in self.on or len(steps) != 1:
                continue
            source, _, way = steps[0]
            begins = source not in self.on and source not in self.into and len(self.out[source]) == 1
            cells = [source] * begins + [*way.cells, cell]
            if len(cells) <= MOST and self.free(way) and self.free(Way(cells, [])):
                found.append(cells)
        return sorted(found)

    def _twig(self, step: Step, deep: int) -> Twig | None:
        """The side chain that begins with a step, `deep` cells behind the line."""
        cells, target = step.way.cells, step.target
        deep += len(cells)
        if deep > MOST or not self.free(step.way) or (step.way.open and step.source not in self.on):
            return None
        if target in self.on or target in self.gathers:
            return Twig(cells, [], target) if cells else None
        cells = [*cells, target]
        if len(self.into[target]) > 1 or deep == MOST or not self.free(Way([target], [])):
            return None
        twigs = [self._twig(one, deep + 1) for one in self.out.get(target, ())]
        found = [twig for twig in twigs if twig]
        ends = [end for twig in found for end in twig.targets()]
        return Twig(cells, found) if found and len(found) == len(twigs) and len(set(ends)) == len(ends) else None

    def kept(self) -> list[tuple[int, Twig]]:
        """The side chains but for those that lead to what stays on the line; `gathers` keeps those fed by these alone.

        What gathers anything else stays on the line, and with it what leads there, and so on.
        """
        feeds: dict[int, list[int]] = {cell: [] for cell in self.gathers}
        for number, (_, twig) in enumerate(self.found):
            for target in twig.targets():
                if target in feeds:
                    feeds[target].append(number)
        lost: set[int] = set()
        todo = [cell for cell, numbers in feeds.items() if self._lanes(cell) + len(numbers) < len(self.into[cell])]
        while todo:
            cell = todo.pop()
            if cell in self.gathers:
                del self.gathers[cell]
                for number in feeds[cell]:
                    if number not in lost:
                        lost.add(number)
                        todo += [target for target in self.found[number][1].targets() if target in self.gathers]
        return [pair for number, pair in enumerate(self.found) if number not in lost]

    def _lanes(self, cell: int) -> int:
        """How many links come to it from the line."""
        return sum(step.source in self.on and step.way.empty for step in self.into[cell])
