"""Where shelves stand over a cell, while a line is swept from the left. In D."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import sizes as s
from .axis import Axis
from .grid import Ledge


def stand(
    axis: Axis, ledges: Mapping[int, Ledge], x: float, low: float, boxes: Sequence[float], free: bool
) -> tuple[dict[int, Ledge], float]:
    """The shelves over a cell that would stand at `x`, behind `low`; and the x of the cell at which all have room.

    Those that lead down into the cell stand before it, each further to the left and higher than the one before, so
    that its way passes over that. Those that end in a letter stand over the cell, one behind the other, or before it
    too where it is not `free` from above. `boxes` are the left borders of those around the cell, innermost first.
    """
    drops = sorted((n for n in ledges if n in axis.drops), key=lambda n: axis.links[axis.drops[n][0]].arrive)
    chains = [n for n in ledges if n not in axis.drops]
    found: dict[int, Ledge] = {}
    if before := drops if free else [*drops, *chains]:
        inside = max([low, *(left + s.PADDING for left in boxes[:1])])
        found, x = _before(axis, {number: ledges[number] for number in before}, x, inside)
    for number in chains if free else ():
        found[number], x = _over(ledges[number], x, low, boxes)
        low = found[number].right + s.AIR
    return found, x


def _before(axis: Axis, ledges: Mapping[int, Ledge], x: float, low: float) -> tuple[dict[int, Ledge], float]:
    """As `stand`, from right to left in the order given."""
    number, first = next(iter(ledges.items()))
    drops = axis.drops.get(number)
    beside = s.PORT_STEP * axis.links[drops[0]].arrive if drops else -s.PORTS / 2
    gap = max(s.AIR, s.LEAD - (first.width - max([end.x for end in first.ends()], default=0.0)))
    wide = sum(ledge.width for ledge in ledges.values()) + s.AIR * (len(ledges) - 1)
    x = max(x, low + wide + gap - beside)
    right, below, found = x + beside - gap, -1, {}
    for rank, (number, ledge) in enumerate(ledges.items()):
        found[number] = ledge._replace(x=right - ledge.width, below=below, rank=rank)
        right, below = found[number].x - s.AIR, number
    return found, x


def _over(ledge: Ledge, x: float, low: float, boxes: Sequence[float]) -> tuple[Ledge, float]:
    """One that ends in a letter, its last cell over the one below; an input stands before the box."""
    left = x - ledge.head
    if boxes and ledge.first.category == "input":
        spot = ledge._replace(x=left).spot(ledge.first.id)
        right = spot + ledge.track.grid.ruler.extent(ledge.first).width / 2
        ledge = _spread(ledge, max(0.0, right + s.BLOCK_GAP - boxes[-1]))
        left = x - ledge.head
    elif boxes:
        left = max(left, boxes[0] + s.PADDING)
    moved = max(0.0, low - left)
    return ledge._replace(x=left + moved), x + moved


def _spread(ledge: Ledge, by: float) -> Ledge:
    """With its first cell moved to the left of the others."""
    grid = ledge.track.grid.shifted([0.0] + [by] * (len(ledge.track.grid.x) - 1))
    left, right = grid.reach()
    return ledge._replace(track=ledge.track._replace(grid=grid, left=left, right=right))
