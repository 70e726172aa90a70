"""Which cells of several lines stand in one column: the best common sequence, line by line.

Each line is aligned with the columns that the lines before it made. Cells that are alike in op and kernel weigh most,
then those with one kernel, then those of one family of ops; others never share a column.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..core.records import NamedTuple

T = TypeVar("T")

EQUAL, KERNEL, FAMILY = 16, 9, 4
"""What a pair weighs: two of a lesser kind weigh more than one of the next, so that a line stays whole."""
WINDOW = 100
"""Cells of two lines may stand so many cells apart and share a column."""


class AlignKey(NamedTuple):
    """What a cell is aligned by: its category (`conv.depthwise`), and its kernel (`3×3`)."""

    category: str
    kernel: str

    @property
    def family(self) -> str:
        """The first part of its category."""
        return self.category.partition(".")[0]


def weight(one: AlignKey, other: AlignKey) -> int:
    """How much is won where two cells share a column; 0 where they cannot."""
    if one == other:
        return EQUAL
    if one.family != other.family:
        return 0
    return KERNEL if one.kernel == other.kernel else FAMILY


def gain(one: Sequence[AlignKey], other: Sequence[AlignKey]) -> int:
    """How much two sequences of cells win in common columns."""
    made = [[key] for key in one]
    return sum(max(weight(key, other[cell]) for key in made[column]) for column, cell in best(made, other, weight))


def columns(lines: Sequence[Sequence[T]], weight: Callable[[T, T], int]) -> list[list[int]]:
    """For every line, the column of each of its items; they grow from item to item."""
    made: list[list[T]] = []  # by column, all items in it
    found: list[list[int]] = []
    for line in lines:
        pairs = best(made, line, weight)
        taken = {cell: column for column, cell in pairs}
        moved, merged = _merge(made, line, taken)
        found = [[moved[column] for column in one] for one in found]
        made, own = merged
        found.append(own)
    return found


def _merge(
    made: Sequence[list[T]], line: Sequence[T], taken: dict[int, int]
) -> tuple[list[int], tuple[list[list[T]], list[int]]]:
    """Where the columns so far move to; the new ones, and those of the line's cells.

    What a line has alone stands right before the next of its cells that shares a column.
    """
    moved: list[int] = []
    merged: list[list[T]] = []
    own: list[int] = []

    def pass_to(column: int) -> None:
        for number in range(len(moved), column):
            moved.append(len(merged))
            merged.append(list(made[number]))

    ahead = len(made)
    nexts = [ahead := taken.get(cell, ahead) for cell in reversed(range(len(line)))][::-1]
    for cell, key in enumerate(line):
        pass_to(nexts[cell])
        if cell in taken:
            pass_to(taken[cell] + 1)
            merged[-1].append(key)
        else:
            merged.append([key])
        own.append(len(merged) - 1)
    pass_to(len(made))
    return moved, (merged, own)


def best(made: Sequence[Sequence[T]], line: Sequence[T], weight: Callable[[T, T], int]) -> list[tuple[int, int]]:
    """The pairs of column and cell whose weights add up to most, in order; of several ways the earliest.

    Columns and cells that stand WINDOW cells apart, were both stretched to one length, are never a pair, so that long
    lines take a time that grows with their length alone.
    """
    gains = _gains(made, line, weight)
    worths = [Worths(len(line), [0])]  # of what stands from here on; the last row first
    for row in reversed(range(len(made))):
        worths.append(_worths(gains[row], _window(row, len(made), len(line)), worths[-1]))
    worths.reverse()
    pairs: list[tuple[int, int]] = []
    row = cell = 0
    while row < len(made) and cell < len(line):
        worth, gain = worths[row].at(cell), gains[row][cell]
        if gain and worth == worths[row + 1].at(cell + 1) + gain:
            pairs.append((row, cell))
            row, cell = row + 1, cell + 1
        elif worth == worths[row].at(cell + 1):
            cell += 1
        else:
            row += 1
    return pairs


def _gains(made: Sequence[Sequence[T]], line: Sequence[T], weight: Callable[[T, T], int]) -> list[list[int]]:
    """By column, what it wins with each cell; most are alike, and looked at once."""
    kinds = {key: number for number, key in enumerate(dict.fromkeys(line))}
    numbers = [kinds[key] for key in line]
    known: dict[frozenset[T], list[int]] = {}
    found = []
    for column in map(frozenset, made):
        if column not in known:
            won = [max(weight(one, key) for one in column) for key in kinds]
            known[column] = [won[number] for number in numbers]
        found.append(known[column])
    return found


class Worths(NamedTuple):
    """What can be won from a column on, by the cell from which on: from the cell `low` on, in its window."""

    low: int
    worths: list[int]

    def at(self, cell: int) -> int:
        """A cell before the window is passed over; behind it, nothing can be."""
        place = max(cell - self.low, 0)
        return self.worths[place] if place < len(self.worths) else -1


def _window(row: int, rows: int, cells: int) -> range:
    """The cells that a column may share."""
    first, last = row * cells // rows, (row + 1) * cells // rows
    return range(max(0, first - WINDOW), min(cells, last + WINDOW))


def _worths(gains: Sequence[int], window: range, below: Worths) -> Worths:
    """Of a column, from those of the next."""
    found = [below.at(window.stop)]
    for cell in reversed(window):
        gain = gains[cell]
        pair = below.at(cell + 1) + gain if gain else 0
        found.append(max(below.at(cell), found[-1], pair))
    return Worths(window.start, found[::-1])
