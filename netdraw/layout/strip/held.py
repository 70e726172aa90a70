"""Where no row may begin: outside of boxes, and inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .links import LANE
from .parts import TAG_END

if TYPE_CHECKING:
    from .axis import Axis


def tied(axis: Axis) -> set[int]:
    """Where no row may begin: so that cells on a lane have room behind its start, and that what comes down on a
    shelf, or goes up before one, does so behind where the row begins.
    """
    lanes = [link for link in axis.links if link.host == LANE and link.runs]
    begun = {n for one in lanes if one.cells for n in range(one.start + 1, min(one.end, one.start + 2) + 1)}
    # In a box they stand behind its border.
    over = {one.over for one in axis.perches if not axis.opens[one.over] or one.axis.cells[0].category == "input"}
    return begun | {n for one in lanes for n in (one.end, one.start + 1) if n in over and (one.spot or n != one.end)}


def held(axis: Axis) -> set[int]:
    """Where no row may begin inside a box: before branches and what stands under a shelf, at a port or a letter,
    where cells on an arc need room.
    """
    found = {*axis.forks, *axis.tied, *(one.over for one in axis.perches)}
    found.update(place for place, cell in enumerate(axis.cells) if cell.category == TAG_END)
    for link in axis.links:
        if link.host != LANE and link.runs:
            begin = axis.begins(link)
            if begin == link.start:
                found.add(begin + 1)
            if link.cells:
                found.update(range(begin + 1, min(link.end, begin + 2) + 1))
    return found
