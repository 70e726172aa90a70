"""Where shelves stand over a cell, while a line is swept from the left. In D."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .. import sizes as s
from .grid import Grid

if TYPE_CHECKING:
    from .bodies import Ledge


def stand(grid: Grid, numbers: list[int], x: float, low: float, hull: int, free: bool) -> float:
    """Places the shelves over the cell that would stand at `x`, behind `low`, in a hull; the x at which all have room.

    Those that lead down into the cell stand before it, each further to the left and higher than the one before, so
    that its way passes over that. Those that end in a letter stand over the cell, one behind the other, or before it
    too where it is not `free` from above.
    """
    axis = grid.axis
    drops = sorted((n for n in numbers if n in axis.drops), key=lambda n: axis.links[axis.drops[n][0]].arrive)
    chains = [n for n in numbers if n not in axis.drops]
    before = drops if free else [*drops, *chains]
    if before:
        x = _before(grid, before, x, max(low, grid.left[hull] + s.PADDING) if hull != -1 else low)
        for below, ledge in pairwise([grid.ledges[number] for number in before]):
            ledge.below, ledge.rank = below, below.rank + 1
    for number in chains if free else ():
        x = _over(grid, grid.ledges[number], x, low, hull)
        low = grid.ledges[number].right + s.AIR
    return x


def _before(grid: Grid, numbers: list[int], x: float, low: float) -> float:
    first, drops = grid.ledges[numbers[0]], grid.axis.drops.get(numbers[0])
    beside = s.PORT_STEP * grid.axis.links[drops[0]].arrive if drops else -s.PORTS / 2
    gap = max(s.AIR, s.LEAD - (first.width - max([end.x for end in first.ends()], default=0.0)))
    wide = sum(grid.ledges[number].width for number in numbers) + s.AIR * (len(numbers) - 1)
    x = max(x, low + wide + gap - beside)
    right = x + beside - gap
    for number in numbers:
        ledge = grid.ledges[number]
        ledge.x = right - ledge.width
        right = ledge.x - s.AIR
    return x


def _over(grid: Grid, ledge: Ledge, x: float, low: float, hull: int) -> float:
    """One that ends in a letter, its last cell over the one at `x`; an input stands before the box."""
    ledge.x = x - ledge.head
    if hull != -1 and ledge.first.category == "input":
        while grid.axis.nest.hulls[hull].parent != -1:
            hull = grid.axis.nest.hulls[hull].parent
        right = ledge.spot(ledge.first.id) + grid.ruler.extent(ledge.first).width / 2
        ledge.spread(max(0.0, right + s.BLOCK_GAP - grid.left[hull]))
        ledge.x = x - ledge.head
    elif hull != -1:
        ledge.x = max(ledge.x, grid.left[hull] + s.PADDING)
    moved = max(0.0, low - ledge.x)
    ledge.x += moved
    return x + moved
