"""A bracket with its cost under every stage."""

from typing import NamedTuple

from ...analysis.model import Analysis, Stage, Subtotal
from ..folding.index import Index
from ..folding.members import Drawn
from ..model import Bracket
from ..view import CostUnit
from .cells import Cells


class Reach(NamedTuple):
    """A stage, and its first and last cell on the line by number. Its nodes are all that its total counts."""

    stage: Stage
    first: int
    last: int


def stage_reaches(analysis: Analysis, index: Index, drawn: Drawn, made: Cells) -> list[Reach]:
    """The stages that have a cell on the line; what others cost counts with the next, or the last.

    A stage has none where all its nodes joined cells of a neighbour: a norm that the next stage's convolution took.
    """
    reaches: list[Reach] = []
    owed = Subtotal()
    before: tuple[str, ...] = ()
    for stage in analysis.stages:
        places = [index.places[node] for node in stage.nodes]
        numbers = {made.numbers[place] for place in places if drawn.shown[place]}
        # A tick has the number of the cell before it, which may be another stage's.
        own = [
            number
            for number in numbers
            if made.cells[number].where == "line" and places[0] <= made.places[number] <= places[-1]
        ]
        owed, before = _sum(owed, stage.total), (*before, *stage.nodes)
        if own:
            reaches.append(Reach(stage._replace(total=owed, nodes=before), min(own), max(own)))
            owed, before = Subtotal(), ()
    if reaches and before:
        last = reaches[-1].stage
        whole = last._replace(total=_sum(last.total, owed), nodes=(*last.nodes, *before))
        reaches[-1] = reaches[-1]._replace(stage=whole)
    return reaches


def _sum(one: Subtotal, other: Subtotal) -> Subtotal:
    return Subtotal(*[a + b for a, b in zip(one, other, strict=True)])


def cost_of(total: Subtotal, unit: CostUnit) -> int | None:
    """A cost in the unit of the view, None where it shows none; FLOPs are 2 × MACs."""
    if unit == "none":
        return None
    return total.params if unit == "params" else total.macs * (2 if unit == "flops" else 1)


def lacking(analysis: Analysis, unit: CostUnit) -> tuple[str, ...]:
    """The nodes that a cost in the unit of the view does not count, so that it reads `≥`."""
    if unit == "none":
        return ()
    return analysis.unknown if unit == "params" else analysis.not_counted


def _says(made: Cells, number: int, stage: Stage) -> bool:
    """Whether the closed cell of a stage has its title in it."""
    return number in made.faces and made.cells[number].kernel == stage.title


def make_brackets(
    reaches: list[Reach], made: Cells, unit: CostUnit, lacks: tuple[str, ...] = ()
) -> tuple[Bracket, ...]:
    """One bracket a stage, but none where nothing costs; without a cost it still tells where a stage ends.

    `lacks` are the nodes that no cost counts.
    """
    brackets = []
    for stage, first, last in reaches:
        cost = cost_of(stage.total, unit)
        least = bool(lacks) and not set(lacks).isdisjoint(stage.nodes)
        if cost is None or cost or least:
            ends = made.cells[first].id, made.cells[last].id
            title = None if first == last and _says(made, first, stage) else stage.title
            brackets.append(Bracket(stage.id, title, *ends, cost, stage.resolution, least))
    return tuple(brackets)
