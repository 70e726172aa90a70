"""The boxes of a line, one inside the other, by the places of their cells. No measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...core.records import NamedTuple
from ...diagram.model import Box


class OrderedBox(NamedTuple):
    """A box by the places of its first and last cell; `parent` is the index of the box around it, or -1."""

    box: Box
    first: int
    last: int
    parent: int
    depth: int


class Nest(NamedTuple):
    """The boxes of a line, outer ones before those inside them; the rest is by cell.

    `opens` are those that begin with it, outermost first, `closes` those that end with it, innermost first, and
    `inner` is the innermost that holds it, -1 for none.
    """

    boxes: tuple[OrderedBox, ...]
    opens: list[list[int]]
    closes: list[list[int]]
    inner: list[int]

    def around(self, place: int) -> Iterator[int]:
        """The boxes that hold a cell, innermost first."""
        number = self.inner[place]
        while number != -1:
            yield number
            number = self.boxes[number].parent


def nested(boxes: Sequence[Box], index: Mapping[str, int]) -> Nest:
    """The boxes over the cells whose places `index` gives."""
    spans = sorted(((index[box.first], index[box.last], box) for box in boxes), key=lambda span: (span[0], -span[1]))
    found: list[OrderedBox] = []
    around: list[int] = []
    opens: list[list[int]] = [[] for _ in index]
    closes: list[list[int]] = [[] for _ in index]
    inner = [-1] * len(index)
    for first, last, box in spans:
        while around and found[around[-1]].last < first:
            around.pop()
        here = len(found)
        parent = around[-1] if around else -1
        found.append(OrderedBox(box=box, first=first, last=last, parent=parent, depth=len(around)))
        around.append(here)
        opens[first].append(here)
        closes[last].insert(0, here)
        inner[first : last + 1] = [here] * (last + 1 - first)
    return Nest(tuple(found), opens, closes, inner)


def repeat_text(box: Box) -> str:
    """What stands in a box's corner: `×3`, `×6, +32` where its members grow, `k = 16` before it where it has a note;
    in the figure of a diff what became of that.
    """
    if box.mark:
        return box.mark
    if box.repeat == 1:
        return box.note
    repeat = f"×{box.repeat}, +{box.growth}" if box.growth else f"×{box.repeat}"
    return f"{box.note}, {repeat}" if box.note else repeat
