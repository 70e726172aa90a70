"""Whole networks, one line each: a family cell by cell, or any networks stage by stage."""

from collections.abc import Callable, Sequence
from functools import cache

from ..diagram.model import Diagram, FigureTexts, Line
from ..diagram.said.glossary import glossary
from ..diagram.tags import lettered
from ..diagram.texts import convention
from ..diagram.view import View
from .base import Compared, lines_texts, sources, titles
from .columns import columns, gain, weight
from .members import AlignedUnit, Member, input_texts, make_members, make_units
from .saidonce import said_once

SAME_PART = 8
"""A pair of one part weighs so many times as much as one of two parts."""
BEGINS = 1 << 20
"""What it weighs that a part begins in one column: more than all cells of a line."""


def family(networks: Sequence[Compared], view: View) -> Diagram:
    """Cells aligned one by one; what a line has in common with the line below it is said there alone."""
    members, legend = make_members(networks, view)
    lines = [_placed(member, own) for member, own in zip(members, _cell_columns(members), strict=True)]
    shown = said_once(members, lines, glossary(view.lang))
    return Diagram(lettered(tuple(shown)), legend, _words(networks, view))


def whole(networks: Sequence[Compared], view: View) -> Diagram:
    """Stages aligned by what is left of the input's size; every line says all of itself."""
    members, legend = make_members(networks, view)
    lines = [_placed(member, own) for member, own in zip(members, _part_columns(members), strict=True)]
    return Diagram(lettered(tuple(lines)), legend, _words(networks, view))


def _words(networks: Sequence[Compared], view: View) -> FigureTexts:
    words = glossary(view.lang)
    parts = [*sources([one.source for one in networks]), convention(view.cost, words)]
    parts += [words.say("caption.bars.shape")] if view.bars == "shape" else []
    parts += [words.say(f"caption.closed.{view.depth}")] if view.depth != "layer" else []
    return lines_texts(titles(networks, words), set(input_texts(networks, view)), parts, view, words)


def _placed(member: Member, own: Sequence[int]) -> Line:
    cells = list(member.line.cells)
    for place, column in zip(member.on_line, own, strict=True):
        cells[place] = cells[place]._replace(column=column)
    return member.line._replace(cells=tuple(cells))


def _part_columns(members: Sequence[Member]) -> list[list[int]]:
    """A column for the first cell of every part, with those of the same stride; the others go with it."""
    found = []
    for member, own in zip(
        members, columns([member.parts for member in members], lambda one, other: int(one == other)), strict=True
    ):
        line = [-1] * len(member.on_line)
        for place, of in enumerate(member.of):
            if not place or member.of[place - 1] != of:
                line[place] = own[of]
        found.append(line)
    return found


def _cell_columns(members: Sequence[Member]) -> list[list[int]]:
    """A column for every cell on a line: parts and units are aligned first, then the cells of units."""
    units = [_marked(make_units(member)) for member in members]
    aligned = columns(units, _weigher())
    unit_of = [{column: place for place, column in enumerate(own)} for own in aligned]
    count = max((one for own in aligned for one in own), default=-1) + 1
    found: list[list[int]] = [[] for _ in members]
    offset = 0
    for column in range(count):
        inside = [units[number][own[column]].keys if column in own else () for number, own in enumerate(unit_of)]
        made = columns(inside, weight)
        for number, own in enumerate(made):
            found[number] += [offset + one for one in own]
        offset += max((one for own in made for one in own), default=-1) + 1
    return found


def _marked(units: Sequence[AlignedUnit]) -> list[AlignedUnit]:
    """With an empty one where a part begins; where a unit stands counts for nothing, so that most are alike."""
    found: list[AlignedUnit] = []
    for unit in (unit._replace(first=0) for unit in units):
        if not found or found[-1].part != unit.part:
            found.append(unit._replace(keys=(), done=""))
        found.append(unit)
    return found


def _weigher() -> Callable[[AlignedUnit, AlignedUnit], int]:
    """What is won where two units share a column."""
    known = cache(gain)  # most units are alike

    def weigh(one: AlignedUnit, other: AlignedUnit) -> int:
        """Parts begin together, boxes go with boxes, of several those that add alike; of two parts only equal cells do:
        what one network has in a stage another may have in its head.
        """
        same = one.part == other.part
        if not one.keys or not other.keys:
            return BEGINS if same and one.keys == other.keys else 0
        if (len(one.keys) > 1) != (len(other.keys) > 1) or not (same or one.keys == other.keys):
            return 0
        won = known(one.keys, other.keys)
        return won and (2 * won + (one.done == other.done)) * (SAME_PART if same else 1)

    return weigh
