"""Where shelves stand over a cell, while a line is swept from the left. In D."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import sizes as s
from .grid import PlacedShelf
from .order import LineOrder


def stand(
    order: LineOrder, shelves: Mapping[int, PlacedShelf], x: float, low: float, boxes: Sequence[float], free: bool
) -> tuple[dict[int, PlacedShelf], float]:
    """The shelves over a cell that would stand at `x`, behind `low`; and the x of the cell at which all have room.

    Those that lead down into the cell stand before it, each further to the left and higher than the one before, so
    that its way passes over that. Those that end in a letter stand over the cell, one behind the other, or before it
    too where it is not `free` from above. `boxes` are the left borders of those around the cell, innermost first.
    """
    drops = sorted((n for n in shelves if n in order.drops), key=lambda n: order.routes[order.drops[n][0]].arrive)
    chains = [n for n in shelves if n not in order.drops]
    found: dict[int, PlacedShelf] = {}
    if before := drops if free else [*drops, *chains]:
        inside = max([low, *(left + s.PADDING for left in boxes[:1])])
        found, x = _before(order, {number: shelves[number] for number in before}, x, inside)
    for number in chains if free else ():
        found[number], x = _over(shelves[number], x, low, boxes)
        low = found[number].right + s.AIR
    return found, x


def _before(
    order: LineOrder, shelves: Mapping[int, PlacedShelf], x: float, low: float
) -> tuple[dict[int, PlacedShelf], float]:
    """As `stand`, from right to left in the order given."""
    number, first = next(iter(shelves.items()))
    drops = order.drops.get(number)
    beside = s.PORT_STEP * order.routes[drops[0]].arrive if drops else -s.PORTS / 2
    gap = max(s.AIR, s.LEAD - (first.width - max([end.x for end in first.ends()], default=0.0)))
    wide = sum(shelf.width for shelf in shelves.values()) + s.AIR * (len(shelves) - 1)
    x = max(x, low + wide + gap - beside)
    right, below, found = x + beside - gap, -1, {}
    for rank, (number, shelf) in enumerate(shelves.items()):
        found[number] = shelf._replace(x=right - shelf.width, below=below, rank=rank)
        right, below = found[number].x - s.AIR, number
    return found, x


def _over(shelf: PlacedShelf, x: float, low: float, boxes: Sequence[float]) -> tuple[PlacedShelf, float]:
    """One that ends in a letter, its last cell over the one below; an input stands before the box."""
    left = x - shelf.head
    if boxes and shelf.first.category == "input":
        spot = shelf._replace(x=left).spot(shelf.first.id)
        right = spot + shelf.placed.grid.ruler.extent(shelf.first).width / 2
        shelf = _spread(shelf, max(0.0, right + s.BLOCK_GAP - boxes[-1]))
        left = x - shelf.head
    elif boxes:
        left = max(left, boxes[0] + s.PADDING)
    moved = max(0.0, low - left)
    return shelf._replace(x=left + moved), x + moved


def _spread(shelf: PlacedShelf, by: float) -> PlacedShelf:
    """With its first cell moved to the left of the others."""
    grid = shelf.placed.grid.shifted([0.0] + [by] * (len(shelf.placed.grid.x) - 1))
    left, right = grid.reach()
    return shelf._replace(placed=shelf.placed._replace(grid=grid, left=left, right=right))
