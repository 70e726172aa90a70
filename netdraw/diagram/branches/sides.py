"""Cells that leave the line before what they lead to: short chains over their start, and cells that gather these.

Looks at what series-parallel reduction leaves: cells on the longest path keep the line.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from ..model import by_key
from .cellgraph import CellGraph
from .ways import ReducedEdge, SideChain, Sides, Way, length

Steps = Sequence[ReducedEdge]
MOST = 3
"""A side chain has at most so many cells, and so has a shelf."""


def longest(steps: Steps, end: int) -> list[ReducedEdge]:
    """The steps of the longest path to a cell, from the network's first input where that leads to it.

    Of equals the one written first. `steps` are in the order of their ends.
    """
    best: dict[int, tuple[bool, int]] = {0: (True, 0)}
    came: dict[int, ReducedEdge] = {}
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


def _sort(side_chains: list[SideChain], over: dict[int, int]) -> None:
    """Those that lead furthest first, so that no lane crosses another's beginning; of equals as written."""
    for side_chain in side_chains:
        _sort(side_chain.side_chains, over)
    side_chains.sort(
        key=lambda side_chain: (-max([over.get(end, end) for end in side_chain.targets()]), side_chain.cells[0])
    )


def follow(steps: Steps, line: Sequence[int]) -> list[ReducedEdge]:
    """The steps from cell to cell of a line, the longest of several; but for those cells that no step leads to."""
    into = by_key((step.target, step) for step in steps)
    path: list[ReducedEdge] = []
    at = line[0]
    for cell in line[1:]:
        found = [step for step in into.get(cell, ()) if step.source == at]
        if found:
            path.append(max(found, key=lambda step: length(step.way)))
            at = cell
    return path


class SideSearch:
    """Looks for what stands off the line, which is a path; `free` says whether the cells of a way may leave the line.

    `gathers` are cells off the line with several ways in and one short way to the line, or a letter: that way. `stages`
    are those of all cells, by number.
    """

    def __init__(
        self,
        steps: Steps,
        path: Steps,
        letters: Collection[int],
        free: Callable[[Way], bool],
        stages: Sequence[int],
    ) -> None:
        self.steps, self.path, self.letters, self.free, self.stages = steps, path, letters, free, stages
        self.out = by_key((step.source, step) for step in steps)
        self.into = by_key((step.target, step) for step in steps)
        self.on = {cell for step in path for cell in (step.source, step.target)}
        self.first = {cell: steps[0] for cell, steps in self.out.items()}
        self.gathers = {cell: self.first.get(cell) for cell in self.into if self._gathers(cell)}
        own = {id(step.way) for step in path}
        self.found = [
            (cell, side_chain)
            for cell in sorted(self.on)
            for step in self.out.get(cell, ())
            if id(step.way) not in own and (side_chain := self._side_chain(step, 0))
        ]

    def sides(self) -> Sides:
        kept = self._kept()
        late = [side_chain for cell, side_chain in kept if self._late(cell, side_chain)]
        side_chains = by_key(pair for pair in kept if pair[1] not in late)
        over = {cell: out.target if out else cell for cell, out in self.gathers.items()}
        for ones in side_chains.values():
            _sort(ones, over)
        shelves = [(out.target, [cell, *out.way.cells]) for cell, out in self.gathers.items() if out]
        shelves += [(one.target, one.cells) for one in late]
        lettered = [[cell] for cell, out in self.gathers.items() if not out]
        return Sides(side_chains, shelves, [*self._chains(), *lettered])

    def crossings(self, graph: CellGraph, places: dict[int, int]) -> list[tuple[int, list[int]]]:
        """Where the line enters the row that a further input begins: the join there, and the few cells before it.

        The row goes on beside these. `places` are those of all cells on the line.
        """
        further = self._further(graph, places)
        begins = [places[one] for one in further]
        joined, found = {step.target for step in self._joining(further)}, []
        for step in [step for step in self.path if step.target in joined]:
            begin = max([place for place in begins if place < places[step.target]], default=0)
            cells = [one for one in step.way.cells if places[one] > begin > places[step.source]]
            chained = all(len(graph.before[one]) == len(graph.after[one]) == 1 for one in cells)
            if 0 < len(cells) <= MOST and chained and self.free(Way(cells, [])):
                found.append((step.target, cells))
        return found

    def onward(self, graph: CellGraph, places: dict[int, int]) -> set[int]:
        """The last cells of rows that further inputs begin, where such a row goes on as the line right behind."""
        joining = self._joining(self._further(graph, places))
        return {one.source for one in joining if one.way.empty and places[one.source] + 1 == places[one.target]}

    def _further(self, graph: CellGraph, places: dict[int, int]) -> list[int]:
        return [one for one in places if one and not (graph.before[one] or graph.begins(one) or one in self.on)]

    def _joining(self, further: Sequence[int]) -> list[ReducedEdge]:
        """The ways to the line from what further inputs lead to."""
        beside, found = {*further}, []
        for step in self.steps:
            if step.source in beside and step.target in self.on:
                found.append(step)
            elif step.source in beside:
                beside.add(step.target)
        return found

    def _late(self, cell: int, side_chain: SideChain) -> bool:
        """Whether a side chain stands over what it leads to, as in an attention gate: it belongs to the stage of that,
        and a lane leads there from its start anyway.
        """
        target = side_chain.target
        if target not in self.on:
            return False
        stage = self.stages[target]
        beside = [step.target for step in self.out[cell] if step.way.empty and step.target in self.on]
        own = {self.stages[one] for one in side_chain.cells} == {stage} != {self.stages[cell]}
        return own and any(one > target and self.stages[one] == stage for one in beside)

    def _gathers(self, cell: int) -> bool:
        if cell in self.on or len(self.into[cell]) < 2 or not self.free(Way([cell], [])):
            return False
        out = self.first.get(cell)
        if out is None:
            return cell in self.letters
        short = len(self.out[cell]) == 1 and len(out.way.cells) < MOST and not out.way.open
        return short and self.free(out.way) and out.target in self.on

    def _chains(self) -> list[list[int]]:
        """Short chains off the line that end in a letter, with the input that they begin with."""
        found = []
        for source, cell, way in self.steps:
            if cell not in self.letters or cell in self.on or len(self.into[cell]) > 1:
                continue
            begins = source not in self.on and source not in self.into and len(self.out[source]) == 1
            cells = [source] * begins + [*way.cells, cell]
            if len(cells) <= MOST and self.free(way) and self.free(Way(cells, [])):
                found.append(cells)
        return sorted(found)

    def _side_chain(self, step: ReducedEdge, deep: int) -> SideChain | None:
        """The side chain that begins with a step, `deep` cells behind the line."""
        cells, target = step.way.cells, step.target
        deep += len(cells)
        if deep > MOST or not self.free(step.way) or (step.way.open and step.source not in self.on):
            return None
        if target in self.on or target in self.gathers:
            return SideChain(cells, [], target) if cells else None
        cells = [*cells, target]
        if len(self.into[target]) > 1 or deep == MOST or not self.free(Way([target], [])):
            return None
        steps = self.out.get(target, [])
        found = [side_chain for one in steps if (side_chain := self._side_chain(one, deep + 1))]
        ends = [end for side_chain in found for end in side_chain.targets()]
        return SideChain(cells, found) if 0 < len(found) == len(steps) and len(set(ends)) == len(ends) else None

    def _kept(self) -> list[tuple[int, SideChain]]:
        """The side chains but for those that lead to what stays on the line; `gathers` keeps those fed by these alone.

        What gathers anything else stays on the line, and with it what leads there, and so on.
        """
        kept = self.found
        # How many direct edges come to each from the line.
        lanes = {cell: sum(one.source in self.on and one.way.empty for one in self.into[cell]) for cell in self.gathers}
        while True:
            fed = Counter([target for _, side_chain in kept for target in side_chain.targets()])
            lost = {cell for cell in self.gathers if lanes[cell] + fed[cell] < len(self.into[cell])}
            if not lost:
                return kept
            self.gathers = {cell: out for cell, out in self.gathers.items() if cell not in lost}
            kept = [pair for pair in kept if lost.isdisjoint(pair[1].targets())]
