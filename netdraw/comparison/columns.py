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
    """The pairs of column and cell whose weights add up to most, in order; of several ways the earliest."""
    rows, cells = len(made), len(line)
    gains = [[max(weight(one, key) for one in column) for key in line] for column in made]
    best = [[0] * (cells + 1) for _ in range(rows + 1)]  # of what stands from here on
    for row in reversed(range(rows)):
        for cell in reversed(range(cells)):
            gain = gains[row][cell]
            pair = best[row + 1][cell + 1] + gain if gain else 0
            best[row][cell] = max(best[row + 1][cell], best[row][cell + 1], pair)
    pairs = []
    row = cell = 0
    while row < rows and cell < cells:
        gain = gains[row][cell]
        if gain and best[row][cell] == best[row + 1][cell + 1] + gain:
            pairs.append((row, cell))
            row, cell = row + 1, cell + 1
        elif best[row][cell] == best[row][cell + 1]:
            cell += 1
        else:
            row += 1
    return pairs
