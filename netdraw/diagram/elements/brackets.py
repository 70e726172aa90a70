"""A bracket with its cost under every stage."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from ...analysis.model import Analysis, Stage, Subtotal
from ...analysis.stages.titles import Titles
from ...core.records import NamedTuple
from ..folding.drawn import stage_numbers
from ..folding.index import Index
from ..model import Bracket, Cell, all_cells, by_key
from ..view import CostUnit, cost_of, lacking
from .lineparts import LineParts

TOWERS = 4
"""So many names of what stands beside each other are all said."""
Run = tuple[int, int]
"""The first and the last of neighbouring cells on the line, by number."""


class StageCells(NamedTuple):
    """A stage with cells on the line, and those that share its bracket: `stages` are all of them in order, `own` is the
    first that has a cell on the line.

    `runs` are the neighbours on the line that are its own, `cells` all cells of these stages.
    """

    own: Stage
    stages: tuple[Stage, ...]
    runs: tuple[Run, ...]
    cells: tuple[int, ...]

    @property
    def last(self) -> int:
        """Its last cell on the line."""
        return self.runs[-1][1]


def stage_cells(analysis: Analysis, parts: LineParts) -> list[StageCells]:
    """The stages that have a cell on the line, in its order. A stage without one shares the bracket of the stage that
    it leads to, or else of the one before it; and so do stages whose cells one fork holds.

    A stage has none where it stands beside the line, or where all its nodes joined cells of a neighbour: a norm that
    the next stage's convolution took.
    """
    stages, numbers = analysis.stages, stage_numbers(parts.table, analysis)
    of = [numbers[cell.place] if cell.nodes else -1 for cell in parts.made.cells]
    line = [number for number in parts.order if parts.where[number] == "line" and of[number] >= 0]
    if not line:
        return []
    drawn = {of[number] for number in line}
    shared = _forked(parts, of, _shared(parts, numbers, [number in drawn for number in range(len(stages))]))
    runs: dict[int, list[Run]] = {}
    for stage, members in groupby(line, lambda number: shared[of[number]]):
        run = list(members)
        runs.setdefault(stage, []).append((run[0], run[-1]))
    cells = by_key((shared[stage], number) for number, stage in enumerate(of) if stage >= 0)
    held = by_key((to, stages[number]) for number, to in enumerate(shared))
    return [
        StageCells(own=stages[stage], stages=tuple(held[stage]), runs=tuple(own), cells=tuple(cells[stage]))
        for stage, own in runs.items()
    ]


def _shared(parts: LineParts, numbers: list[int], drawn: list[bool]) -> list[int]:
    """By stage the one whose bracket it has: itself where it is drawn, else the next if others read it."""
    read = {
        numbers[at]
        for place, sources in enumerate(parts.table.sources)
        for at in sources
        if at >= 0 and numbers[at] != numbers[place]
    }
    found, before, after = [], -1, -1
    for number, own in enumerate(drawn):
        before = number if own else before
        found.append(before)
    for number in reversed(range(len(drawn))):
        after = number if drawn[number] else after
        if after >= 0 and (number in read or found[number] < 0):
            found[number] = after
    return found


def _forked(parts: LineParts, of: list[int], shared: list[int]) -> list[int]:
    """The same, with one for all stages that have cells on the branches of one fork, or in the cell where they meet."""
    ids, first = parts.made.ids, list(range(len(shared)))

    def root(stage: int) -> int:
        while first[stage] != stage:
            first[stage] = first[first[stage]]
            stage = first[stage]
        return stage

    for fork in parts.forks:
        cells = [id for branch in fork.branches for id in all_cells(branch)]
        held = [of[ids[id]] for id in (fork.join, *cells) if id in ids] if fork.join in ids else []
        roots = {root(shared[stage]) for stage in held if stage >= 0}
        for stage in roots:
            first[stage] = min(roots)
    return [root(stage) for stage in shared]


def _sum(stages: tuple[Stage, ...]) -> Subtotal:
    return Subtotal(*[sum(column) for column in zip(*(stage.total for stage in stages), strict=True)])


def make_brackets(
    stages: list[StageCells], parts: LineParts, analysis: Analysis, unit: CostUnit
) -> tuple[Bracket, ...]:
    """One bracket a stage, but none where nothing costs; without a cost it still tells where a stage ends.

    Of several runs the longest says the cost.
    """
    cells, lacks = parts.made.cells, set(lacking(analysis, unit))
    brackets = []
    for one in stages:
        cost = cost_of(_sum(one.stages), unit)
        least = any(not lacks.isdisjoint(stage.nodes) for stage in one.stages)
        if cost == 0 and not least:
            continue
        told = max(one.runs, key=lambda run: run[1] - run[0])
        for first, last in one.runs:
            bracket = Bracket(
                stage=one.own.id,
                title=_title(one, parts.table) if (first, last) == told else None,
                first=cells[first].id,
                last=cells[last].id,
                cost=cost if (first, last) == told else None,
                resolution=one.own.resolution,
                least=least and (first, last) == told,
                stages=tuple([stage.id for stage in one.stages]),
                cells=tuple([cells[number].id for number in one.cells]),
                more=(first, last) != told,
            )
            brackets.append(bracket)
    return tuple(brackets)


def _title(one: StageCells, table: Index) -> str | None:
    """That of its stage; where several share it those that were written, without others that cost nothing, or else
    what was named in them together.
    """
    if len(one.stages) == 1:
        return one.own.title
    written = [stage for stage in one.stages if stage.id in table.groups]
    if not written:
        return Titles(table.graph).called([id for stage in one.stages for id in stage.nodes], listed=TOWERS)
    return ", ".join(filter(None, [stage.title for stage in written if stage is one.own or stage.total.macs])) or None


def unsaid(brackets: Iterable[Bracket], parts: LineParts, cells: Sequence[Cell]) -> tuple[Bracket, ...]:
    """Brackets without a title that stands in their cells already: that of a cell which is all of them, or those of
    cells in all stages that share one. A stage that has its title of what was named in it needs none that boxes or
    cells have.
    """
    names = [box.name or "" for box in parts.boxes] + [text for cell in cells for text in cell.label]
    said = {name for text in names for name in _names(text)}
    texts = {cell.id: {cell.kernel, *cell.label} for cell in cells}

    def told(bracket: Bracket) -> bool:
        named = _names(bracket.title or "")
        if parts.table.groups.keys().isdisjoint(bracket.stages):
            return said.issuperset(named)
        if bracket.first == bracket.last and bracket.title in texts[bracket.first]:
            return True
        return len(named) > 1 and {text for id in bracket.cells for text in texts[id]}.issuperset(named)

    return tuple([one._replace(title=None) if told(one) else one for one in brackets])


def _names(title: str) -> list[str]:
    """Those that a title is made of; of a range the first and the last."""
    return [part for text in title.split(", ") for part in text.split("–")]
