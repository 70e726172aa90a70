"""Bars: the sizes of feature maps, where they mean something."""

from collections.abc import Mapping
from itertools import pairwise

from ...ops.tensor import TensorType, squared
from ..model import Bar, Box
from ..said.labels import has_map, largest, shape_text
from ..view import ShapeOrder
from .brackets import StageCells
from .lineparts import LineParts

NOTABLE = 0.95
"""A map that keeps more of its size, or grows by less, says nothing new: convolutions without padding."""


def make_bars(stages: list[StageCells], parts: LineParts, order: ShapeOrder) -> tuple[Bar, ...]:
    """Bars at inputs, outputs and ends of stages; where there is room also at strides and concats outside boxes, at
    concats that end a box, and where a head begins on a map.

    None repeats the shape of a needed neighbour, an output's wins, and no two that are not needed stand side by side.
    """
    line, outer = parts.on_line, [box for box in parts.boxes if box.parent is None]
    boxed = {number for box in outer for number in parts.inside(box)}
    joins = _joins(parts, boxed)
    needed = _needed(line, stages, parts)
    wanted = _wanted(stages, parts, joins, boxed) - needed
    chosen: dict[int, bool] = {}
    optional = False
    for before, number, after in zip([-1, *line], line, [*line[1:], -1], strict=False):
        repeats = any(_alike(parts, number, other) for other in (before, after) if other in needed)
        optional = number in wanted and not (optional and number not in joins) and not repeats
        if optional or number in needed:
            chosen[number] = not optional
    return _bars(parts, chosen, order)


def every_bar(parts: LineParts, order: ShapeOrder = "chw") -> tuple[Bar, ...]:
    """A bar under every cell on the line."""
    return _bars(parts, dict.fromkeys(parts.on_line, True), order)


def _bars(parts: LineParts, needed: Mapping[int, bool], order: ShapeOrder) -> tuple[Bar, ...]:
    """The bars of some cells, and whether they are needed; a growing ×n says its sum at its last cell."""
    growing = {box.last: box for box in parts.boxes if box.growth}
    bars = []
    for number, must in needed.items():
        cell = parts.made.cells[number]
        text = (shape_text(cell.shape, order), *_sum(parts, number, growing.get(cell.id)))
        bars.append(Bar(cell.id, largest(cell.shape), text, must))
    return tuple(bars)


def _needed(line: list[int], stages: list[StageCells], parts: LineParts) -> set[int]:
    """Inputs, outputs and the ends of stages: of stages in a row that end alike the last one's, and none that an
    output right behind it repeats.
    """
    cells = parts.made.cells
    told = {number for number in line if cells[number].category == "input" or cells[number].output}
    ends = [one.last for one in stages if one.own.kind == "stage"]
    same = {one for one, after in pairwise(ends) if _alike(parts, one, after)}
    repeated = {one for one, after in pairwise(line) if after in told and _alike(parts, one, after)}
    return told | (set(ends) - same - repeated)


def _alike(parts: LineParts, one: int, other: int) -> bool:
    """Whether two cells' bars would say the same."""
    return shape_text(parts.made.cells[one].shape) == shape_text(parts.made.cells[other].shape)


def _wanted(stages: list[StageCells], parts: LineParts, joins: set[int], boxed: set[int]) -> set[int]:
    """Joins, cells at a stride outside boxes, and the first of the head where it reads a map.

    Of a stride and a join behind it that have one size the join is it: it says more of the same map.
    """
    heads = {one.runs[0][0] for one in stages if one.own.kind == "head"}
    starts = {number for number in parts.on_line if _is_stride(parts, number)}
    wanted = ((starts | {number for number in heads if _source(parts, number).spatial}) - boxed) | joins
    sizes = {one: squared(parts.made.cells[one].shape.sizes) for one in wanted}
    told = {one for one, after in pairwise(sorted(wanted)) if after in joins and sizes[one] == sizes[after]}
    return wanted - (told - joins)


def _joins(parts: LineParts, boxed: set[int]) -> set[int]:
    """The concats on the line whose arithmetic is worth a bar: those outside boxes, and those that end one."""
    ends = {box.last for box in parts.boxes if box.parent is None and box.residual is None}
    cells = parts.made.cells
    worth = [number for number in parts.on_line if cells[number].id in ends or number not in boxed]
    return {number for number in worth if _sum(parts, number, None)}


def _source(parts: LineParts, number: int) -> TensorType:
    """The type of what a cell's node reads first; its own where it reads nothing."""
    cell, sources = parts.made.cells[number], parts.drawn.sources
    if not cell.nodes or not sources[cell.place]:
        return cell.shape
    return parts.table.type_at(sources[cell.place][0], parts.table.nodes[cell.place].inputs[0].port)


def _is_stride(parts: LineParts, number: int) -> bool:
    """Whether the map of a cell is notably smaller or larger than the one that it reads."""
    source = _source(parts, number)
    sizes = largest(source), largest(parts.made.cells[number].shape)
    return has_map(source) and min(sizes) <= NOTABLE * max(sizes)


def _sum(parts: LineParts, number: int, grows: Box | None) -> tuple[str, ...]:
    """A concat's arithmetic: `64 + 128 + 32`; over members that grow `64 + 32·6`."""
    cell, index = parts.made.cells[number], parts.table
    if not cell.nodes or len(index.sources[cell.place]) < 2 or cell.block:
        return ()
    sizes = [kind.size("c") or 0 for kind in index.source_types(cell.place)]
    whole = index.nodes[cell.place].outputs[0].size("c")
    if sum(sizes) != whole:
        return ()
    if grows is not None:
        return (f"{whole - grows.growth * grows.repeat} + {grows.growth}·{grows.repeat}",)
    return (" + ".join(map(str, sizes)),)
