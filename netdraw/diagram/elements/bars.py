"""Bars: the sizes of feature maps, where they mean something."""

from __future__ import annotations

from itertools import pairwise

from ...analysis.stages import sizes_text
from ...ops.tensor import TensorType
from ..folding.index import Index
from ..folding.members import Drawn
from ..model import Bar, Box
from ..said.labels import has_map, largest, shape_text
from .brackets import Reach
from .cells import Cells

NOTABLE = 0.95
"""A map that keeps more of its size, or grows by less, says nothing new: convolutions without padding."""


def make_bars(reaches: list[Reach], index: Index, drawn: Drawn, made: Cells, boxes: tuple[Box, ...]) -> tuple[Bar, ...]:
    """Bars at inputs, outputs and ends of stages; where there is room also at strides and concats outside boxes, at
    concats that end a box, and where a head begins on a map.

    None repeats the shape of a needed neighbour, an output's wins, and no two that are not needed stand side by side.
    """
    line = [number for number, cell in enumerate(made.cells) if cell.where == "line"]
    boxed = _boxed(made, boxes)
    joins = _joins(index, made, boxes, boxed)
    needed, wanted = _needed(line, reaches, made), _wanted(reaches, index, drawn, made, joins, boxed)
    sums = _growing(boxes)
    bars: list[Bar] = []
    beside = False
    for at, number in enumerate(line):
        cell = made.cells[number]
        near = [other for other in line[max(at - 1, 0) : at + 2] if other in needed and other != number]
        repeats = any(_alike(made, number, other) for other in near)
        optional = number in wanted and number not in needed and not (beside and number not in joins) and not repeats
        beside = optional
        if optional or number in needed:
            text = (shape_text(cell.shape), *_sum(index, made, number, sums.get(cell.id)))
            bars.append(Bar(cell.id, largest(cell.shape), text, not optional))
    return tuple(bars)


def every_bar(index: Index, made: Cells, boxes: tuple[Box, ...]) -> tuple[Bar, ...]:
    """A bar under every cell on the line."""
    sums = _growing(boxes)
    line = [(number, cell) for number, cell in enumerate(made.cells) if cell.where == "line"]
    texts = [(shape_text(cell.shape), *_sum(index, made, number, sums.get(cell.id))) for number, cell in line]
    return tuple([Bar(cell.id, largest(cell.shape), text) for (_, cell), text in zip(line, texts, strict=True)])


def _growing(boxes: tuple[Box, ...]) -> dict[str, Box]:
    """The boxes whose members grow, by their last cell."""
    return {box.last: box for box in boxes if box.growth}


def _needed(line: list[int], reaches: list[Reach], made: Cells) -> set[int]:
    """Inputs, outputs and the ends of stages: of stages in a row that end alike the last one's, and none that an
    output right behind it repeats.
    """
    cells = made.cells
    told = {number for number in line if cells[number].category == "input" or cells[number].output}
    ends = [reach.last for reach in reaches if reach.stage.kind == "stage"]
    same = {one for one, after in pairwise(ends) if _alike(made, one, after)}
    repeated = {one for one, after in pairwise(line) if after in told and _alike(made, one, after)}
    return told | (set(ends) - same - repeated)


def _alike(made: Cells, one: int, other: int) -> bool:
    """Whether two cells' bars would say the same."""
    return shape_text(made.cells[one].shape) == shape_text(made.cells[other].shape)


def _wanted(
    reaches: list[Reach], index: Index, drawn: Drawn, made: Cells, joins: set[int], boxed: set[int]
) -> set[int]:
    """Joins, cells at a stride outside boxes, and the first of the head where it reads a map.

    Of a stride and a join behind it that have one size the join is it: it says more of the same map.
    """
    heads = [reach.first for reach in reaches if reach.stage.kind == "head"]
    wanted = _strides(index, drawn, made)
    wanted.update([number for number in heads if _source(index, drawn, made, number).spatial])
    wanted = (wanted - boxed) | joins
    told = {one for one, after in pairwise(sorted(wanted)) if after in joins and _one_size(made, one, after)}
    return wanted - (told - joins)


def _one_size(made: Cells, one: int, other: int) -> bool:
    return sizes_text(made.cells[one].shape) == sizes_text(made.cells[other].shape)


def _joins(index: Index, made: Cells, boxes: tuple[Box, ...], boxed: set[int]) -> set[int]:
    """The concats on the line whose arithmetic is worth a bar: those outside boxes, and those that end one."""
    ends = {box.last for box in boxes if box.parent is None and box.residual is None}
    return {
        number
        for number, cell in enumerate(made.cells)
        if cell.where == "line" and (cell.id in ends or number not in boxed) and _sum(index, made, number, None)
    }


def _source(index: Index, drawn: Drawn, made: Cells, number: int) -> TensorType:
    """The type of what a cell's node reads first; its own where it reads nothing."""
    place = made.places[number]
    if not 0 <= place < len(index.nodes) or not drawn.sources[place]:
        return made.cells[number].shape
    return index.type_at(drawn.sources[place][0], index.nodes[place].inputs[0].port)


def _strides(index: Index, drawn: Drawn, made: Cells) -> set[int]:
    """The cells on the line whose map is notably smaller or larger than the one that they read."""
    found = set()
    for number, cell in enumerate(made.cells):
        source = _source(index, drawn, made, number)
        if has_map(source) and cell.where == "line" and not _near(largest(source), largest(cell.shape)):
            found.add(number)
    return found


def _near(one: int, other: int) -> bool:
    return min(one, other) > NOTABLE * max(one, other)


def _boxed(made: Cells, boxes: tuple[Box, ...]) -> set[int]:
    """The cells inside boxes."""
    numbers = {cell.id: number for number, cell in enumerate(made.cells)}
    outer = [box for box in boxes if box.parent is None]
    return {number for box in outer for number in range(numbers[box.first], numbers[box.last] + 1)}


def _sum(index: Index, made: Cells, number: int, grows: Box | None) -> tuple[str, ...]:
    """A concat's arithmetic: `64 + 128 + 32`; over members that grow `64 + 32·6`."""
    place = made.places[number]
    if not 0 <= place < len(index.nodes) or len(index.sources[place]) < 2 or number in made.faces:
        return ()
    parts = [kind.size("c") or 0 for kind in index.source_types(place)]
    whole = index.nodes[place].outputs[0].size("c")
    if sum(parts) != whole:
        return ()
    if grows is not None:
        return (f"{whole - grows.growth * grows.repeat} + {grows.growth}·{grows.repeat}",)
    return (" + ".join(map(str, parts)),)
