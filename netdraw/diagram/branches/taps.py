"""Where the line of a network ends, and what leads elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from ..folding.barecells import BareCell

FAN_MOST = 8
"""Behind its last tap the line fans out with it, where at most as many cells are left."""


def main_output(cells: Sequence[BareCell], after: Sequence[Sequence[int]]) -> int:
    """The cell in which the line ends: that of the chain's end, else that of the longest path, by written order."""
    ends = [number for number, cell in enumerate(cells) if cell.output is not None and not after[number]]
    named = [number for number in ends if cells[number].output == "output"]
    if named or len(ends) < 2:
        return (named or ends or [len(cells) - 1])[0]
    depth = [0] * len(cells)
    for number, targets in enumerate(after):
        for target in targets:
            depth[target] = max(depth[target], depth[number] + 1)
    return max(ends, key=lambda number: depth[number])


def reaching(before: Sequence[Sequence[int]], end: int) -> list[bool]:
    """By cell, whether it leads to the end."""
    found = [False] * len(before)
    found[end] = True
    for number in reversed(range(end + 1)):
        if found[number]:
            for source in before[number]:
                found[source] = True
    return found


def chain_back(
    before: Sequence[Sequence[int]], after: Sequence[Sequence[int]], live: Sequence[bool], end: int
) -> list[int]:
    """From the last cell with a tap, it included, to the end, where that is a short chain; else nothing."""
    found = [end]
    while len(found) <= FAN_MOST and len(before[found[-1]]) == 1:
        found.append(before[found[-1]][0])
        targets = after[found[-1]]
        if any(not live[one] for one in targets):
            return found[::-1] if sum(live[one] for one in targets) == 1 else []
        if len(targets) > 1:
            break
    return []
