"""A bracket with its cost under every stage."""

from typing import NamedTuple

from ..analysis.model import Analysis, Stage, Subtotal
from .cells import Cells
from .index import Index
from .members import Drawn
from .model import Bracket
from .view import CostUnit


class Reach(NamedTuple):
    """A stage, and its first and last cell on the line by number."""

    stage: Stage
    first: int
    last: int


def stage_reaches(analysis: Analysis, index: Index, drawn: Drawn, made: Cells) -> list[Reach]:
    """The stages that have a cell on the line; what others cost counts with the next, or the last.

    A stage has none where all its nodes joined cells of a neighbour: a norm that the next stage's convolution took.
    """
    reaches: list[Reach] = []
    owed = Subtotal()
    for stage in analysis.stages:
        places = [index.places[node] for node in stage.nodes]
        numbers = {made.numbers[place] for place in places if drawn.shown[place]}
        # A tick has the number of the cell before it, which may be another stage's.
        own = [
            number
            for number in numbers
            if made.cells[number].where == "line" and places[0] <= made.places[number] <= places[-1]
        ]
        owed = _sum(owed, stage.total)
        if own:
            reaches.append(Reach(stage._replace(total=owed), min(own), max(own)))
            owed = Subtotal()
    if reaches:
        last = reaches[-1]
        reaches[-1] = last._replace(stage=last.stage._replace(total=_sum(last.stage.total, owed)))
    return reaches


def _sum(one: Subtotal, other: Subtotal) -> Subtotal:
    return Subtotal(*[a + b for a, b in zip(one, other, strict=True)])


def cost_of(total: Subtotal, unit: CostUnit) -> int | None:
    """A cost in the unit of the view, None where it shows none; FLOPs are 2 × MACs."""
    if unit == "none":
        return None
    return total.params if unit == "params" else total.macs * (2 if unit == "flops" else 1)


def make_brackets(reaches: list[Reach], made: Cells, unit: CostUnit) -> tuple[Bracket, ...]:
    """One bracket a stage, but none where nothing costs; without a cost it still tells where a stage ends."""
    brackets = []
    for stage, first, last in reaches:
        cost = cost_of(stage.total, unit)
        if cost is None or cost:
            ends = made.cells[first].id, made.cells[last].id
            brackets.append(Bracket(stage.id, stage.title, *ends, cost, stage.resolution))
    return tuple(brackets)
