"""A bracket with its cost under every stage."""

from collections.abc import Iterable, Sequence

from ...analysis.model import Analysis, Stage, Subtotal
from ...core.records import NamedTuple
from ..model import BLOCK, Bracket, Cell
from ..view import CostUnit, cost_of, lacking
from .lineparts import LineParts


class StageCells(NamedTuple):
    """A stage, and its first and last cell on the line by number. Its nodes are all that its total counts."""

    stage: Stage
    first: int
    last: int


def stage_cells(analysis: Analysis, parts: LineParts) -> list[StageCells]:
    """The stages that have a cell on the line; what others cost counts with the next, or the last.

    A stage has none where all its nodes joined cells of a neighbour: a norm that the next stage's convolution took.
    """
    made, positions, shown = parts.made, parts.table.places, parts.drawn.shown
    found: list[StageCells] = []
    owed = Subtotal()
    before: tuple[str, ...] = ()
    for stage in analysis.stages:
        places = [positions[node] for node in stage.nodes]
        numbers = {made.numbers[place] for place in places if shown[place]}
        # A tick has the number of the cell before it, which may be another stage's.
        own = [one for one in numbers if parts.where[one] == "line" and places[0] <= made.places[one] <= places[-1]]
        owed, before = _sum(owed, stage.total), (*before, *stage.nodes)
        if own:
            found.append(StageCells(stage._replace(total=owed, nodes=before), min(own), max(own)))
            owed, before = Subtotal(), ()
    if found and before:
        last = found[-1].stage
        whole = last._replace(total=_sum(last.total, owed), nodes=(*last.nodes, *before))
        found[-1] = found[-1]._replace(stage=whole)
    return found


def _sum(one: Subtotal, other: Subtotal) -> Subtotal:
    return Subtotal(*[a + b for a, b in zip(one, other, strict=True)])


def make_brackets(
    stages: list[StageCells], parts: LineParts, analysis: Analysis, unit: CostUnit
) -> tuple[Bracket, ...]:
    """One bracket a stage, but none where nothing costs; without a cost it still tells where a stage ends."""
    cells, lacks = parts.made.cells, set(lacking(analysis, unit))
    brackets = []
    for stage, first, last in stages:
        cost = cost_of(stage.total, unit)
        least = not lacks.isdisjoint(stage.nodes)
        if cost == 0 and not least:
            continue
        bracket = Bracket(
            stage=stage.id,
            title=stage.title,
            first=cells[first].id,
            last=cells[last].id,
            cost=cost,
            resolution=stage.resolution,
            least=least,
        )
        brackets.append(bracket)
    return tuple(brackets)


def unsaid(brackets: Iterable[Bracket], parts: LineParts, cells: Sequence[Cell]) -> tuple[Bracket, ...]:
    """Brackets without a title that stands in their cells already: that of a closed cell which is all of them. A stage
    that has its title of what was named in it needs none that boxes or cells have.
    """
    names = [box.name or "" for box in parts.boxes] + [text for cell in cells for text in cell.label]
    said = {name for text in names for name in _names(text)}
    closed = {cell.id: {cell.kernel, *cell.label} for cell in cells if cell.category == BLOCK}

    def told(bracket: Bracket) -> bool:
        if bracket.first == bracket.last and bracket.title in closed.get(bracket.first, ()):
            return True
        return bracket.stage not in parts.table.groups and said.issuperset(_names(bracket.title or ""))

    return tuple([one._replace(title=None) if told(one) else one for one in brackets])


def _names(title: str) -> list[str]:
    """Those that a title is made of; of a range the first and the last."""
    return [part for text in title.split(", ") for part in text.split("–")]
