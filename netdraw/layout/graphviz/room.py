"""Where a graph that Graphviz placed has to be drawn apart, so that its boxes keep clear of what is not in them.

Graphviz counts a shortcut that begins outside a box to no box, and leaves no more room between nested ones than between
single ones. In D.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from ...core.records import NamedTuple

Sides = tuple[tuple[float, float], tuple[float, float]]
"""From where to where something reaches: from left to right, and from top to bottom."""
Cut = tuple[float, float]
"""From where on all is moved away, and how far."""
EXACT = 1e-6


class Thing(NamedTuple):
    """What keeps so far `apart` from the boxes that it is not in; `around` are the ids of those that it is in, or is.

    `core` is what a box holds, where its border is further out than that.
    """

    sides: Sides
    core: Sides
    apart: float
    around: frozenset[str]
    box: str = ""


def cuts(things: Sequence[Thing]) -> tuple[list[Cut], list[Cut], bool]:
    """What has to be moved to the right, and downwards; and whether some meet, so that no cut is between them."""
    wanted: tuple[list[tuple[float, float, float]], ...] = ([], [])
    for box, other in product([thing for thing in things if thing.box], things):
        if box.box in other.around or other.box in box.around:
            continue
        gaps = [max(b[0] - a[1], a[0] - b[1]) for a, b in zip(box.sides, other.sides, strict=True)]
        missing = other.apart - max(gaps)
        if missing > EXACT:
            axis = gaps.index(max(gaps))
            ordered = sorted([box, other], key=lambda thing: sum(thing.core[axis]))
            first, second = (thing.core[axis] for thing in ordered)
            wanted[axis].append((first[1], second[0], missing))
    meeting = any(low >= high for axis in wanted for low, high, _ in axis)
    return _fewest(wanted[0]), _fewest(wanted[1]), meeting


def _fewest(wanted: Iterable[tuple[float, float, float]]) -> list[Cut]:
    """The cuts that move everything behind each place apart from what is before it: from, to, by how much."""
    found: list[Cut] = []
    for low, high, by in sorted(wanted, key=lambda one: (one[1], one[0])):
        missing = by - sum(step for at, step in found if low < at <= high)
        if missing > EXACT and low < high:
            found.append((high, missing))
    return found


def moved(at: float, found: Iterable[Cut]) -> float:
    """A place after the cuts."""
    return at + sum(by for begin, by in found if at >= begin - EXACT)
