"""Which cells of two lines go together, and the columns that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...analysis.sequence import heaviest
from ...comparison.columns import AlignKey, columns, weight
from ..model import Diff
from .stands import Stands

AREA = 1 << 16
"""Stretches without pairs are compared cell by cell where they have at most so many pairs of cells."""

Pairs = Counter[tuple[int, int]]
"""Cells of both lines by their numbers, with how many layers in them go together."""


def cell_pairs(diff: Diff, one: Stands, other: Stands) -> Pairs:
    """Cells of both lines that stand for layers that go together, by their numbers, with how many these are."""
    found: Pairs = Counter()
    for row in diff.rows:
        if row.before is None or row.after is None:
            continue
        if row.level == "layer" and not (one.is_tick(row.before) or other.is_tick(row.after)):
            found[one.number(row.before), other.number(row.after)] += 1
        elif row.level == "input":
            found[one.numbers[row.before], other.numbers[row.after]] += 1
    ends = [{cell.output: number for number, cell in enumerate(side.cells) if cell.output} for side in (one, other)]
    for row in diff.rows:
        if row.level == "output" and row.before in ends[0] and row.after in ends[1]:
            found[ends[0][row.before], ends[1][row.after]] += 1
    return found


def shared_columns(one: Stands, other: Stands, pairs: Pairs) -> list[list[int]]:
    """The columns of the cells on both lines: those that go together in one, as many as keep their order; between
    them by op and kernel.
    """
    places = [{number: place for place, number in enumerate(side.on_line)} for side in (one, other)]
    both = sorted(
        (places[0][mine], -places[1][its], count)
        for (mine, its), count in pairs.items()
        if mine in places[0] and its in places[1]
    )
    kept = heaviest([-its for _, its, _ in both], [count for *_, count in both])
    anchors = [(both[place][0], -both[place][1]) for place in kept]
    found: list[list[int]] = [[], []]
    low = start = column = 0
    ends = len(one.on_line), len(other.on_line)
    for high, stop in [*anchors, ends]:
        made = _between(one.on_line[low:high], other.on_line[start:stop], one, other)
        for own, new in zip(found, made, strict=True):
            own += [column + place for place in new]
        column += 1 + max((place for new in made for place in new), default=-1)
        if (high, stop) != ends:
            found[0].append(column)
            found[1].append(column)
            column += 1
        low, start = high + 1, stop + 1
    return found


def _between(mine: Sequence[int], its: Sequence[int], one: Stands, other: Stands) -> list[list[int]]:
    if not mine or not its or len(mine) * len(its) > AREA:
        return [list(range(len(mine))), list(range(len(mine), len(mine) + len(its)))]
    cells = [one.cells[number] for number in mine], [other.cells[number] for number in its]
    return columns([[AlignKey(cell.category, cell.kernel) for cell in own] for own in cells], weight)


def under(one: Stands, other: Stands, pairs: Pairs, placed: Sequence[Sequence[int]]) -> dict[str, str]:
    """By the id of an upper cell, the lower one that stands under it and goes with it; off the line any that does."""
    column = [dict(zip(side.on_line, own, strict=True)) for side, own in zip((one, other), placed, strict=True)]
    return {
        one.cells[mine].id: other.cells[its].id
        for mine, its in pairs
        if column[0].get(mine, -1) == column[1].get(its, -1)
    }
