"""Ways above the line, from cell to cell: where they leave, where they come down. No measures."""

from typing import TYPE_CHECKING, NamedTuple

from ...diagram.model import Box, Cell, Edge

if TYPE_CHECKING:
    from .axis import Sub

LANE = -1
"""The host of a link that runs above the whole row."""

SEPARATOR = ", "
"""Between what is said over one small cell."""

APART = 3.5
"""Links that come down on one cell lie no further apart, in steps: the smallest disc has room for so many."""


class Hull(NamedTuple):
    """A box by the places of its first and last cell; `parent` is the index of the hull around it, or -1."""

    box: Box
    first: int
    last: int
    parent: int
    depth: int


class Link(NamedTuple):
    """A way above the line from one cell to a later one, over the cells of its arc.

    `host` is the hull that it runs in, or LANE. `leave` counts the links before it at its port; `arrive` is how far
    beside the target's middle it comes down, in steps. On a branch -1 is the cell that the branch comes from.
    """

    edges: tuple[Edge, ...]
    cells: tuple[Cell, ...]
    start: int
    end: int
    host: int
    leave: int = 0
    arrive: float = 0.0
    crowd: int = 0
    """How many others arrive at its end."""
    tap: "Sub | None" = None
    """What stands above the line at its port, where it is no way to a cell."""
    leaf: str = ""
    """The cell that it leaves from, where that stands above the line over `start`."""
    perch: int = -1
    """The number of the shelf that it comes down on, or comes from where it `drops`."""
    spot: str = ""
    """The cell there."""
    drops: bool = False
    """Whether it comes down from its shelf on the cell under it."""

    @property
    def from_member(self) -> str:
        """What stands where it begins: of which member of a ×n it is, where that is not drawn."""
        member = self.edges[0].member if self.edges else 0
        return f"×{member}" if member else ""

    @property
    def runs(self) -> bool:
        """Whether it is a way from cell to cell on a level of its own."""
        return self.tap is None and not self.drops

    def inside_port(self, hulls: list[Hull]) -> bool:
        """Whether it leaves in the padding of its host, before the host's first cell."""
        return self.host != LANE and self.start < hulls[self.host].first


def said_over(cell: Cell, label: tuple[str, ...]) -> str:
    """What is said of a small cell: its width, as a number or in terms of k. That of a projection is its block's.

    In the figure of a diff what was done to it, too; in a comparison in words all of its label.
    """
    if cell.told:
        return SEPARATOR.join(label)
    text = label[0] if cell.where == "gate" and label and 0 not in cell.marked else ""
    width = "" if text.strip("0123456789k/") else text
    if not cell.marked:
        return width
    return SEPARATOR.join(filter(None, (width, *(text for line, text in enumerate(label) if line in cell.marked))))


def ordered(links: list[Link], hulls: list[Hull]) -> list[Link]:
    """Links with their ports: the longest leaves first and arrives last, so that none crosses another at a cell."""
    leaving: dict[tuple[bool, int], list[int]] = {}
    leaves: dict[int, int] = {}
    arriving: dict[tuple[int, str], list[int]] = {}
    leave, arrive, crowd = [0] * len(links), [0.0] * len(links), [0] * len(links)
    for number, link in enumerate(links):
        inside = link.inside_port(hulls)
        if link.leaf:
            leave[number] = leaves[link.start] = leaves.get(link.start, -1) + 1
        elif not link.drops:
            leaving.setdefault((inside, link.host if inside else link.start), []).append(number)
        if link.tap is None:
            arriving.setdefault((link.end, link.spot), []).append(number)
    for numbers in leaving.values():
        # One that begins with a text has it on its left.
        for count, number in enumerate(sorted(numbers, key=lambda n: (not links[n].from_member, -links[n].end))):
            leave[number] = count
    for numbers in arriving.values():
        rows = {number: links[number].leave if links[number].drops else 0 for number in numbers}
        for count, number in enumerate(sorted(numbers, key=lambda number: (-links[number].start, rows[number]))):
            others = len(numbers) - 1
            arrive[number], crowd[number] = (count - others / 2) * min(1.0, APART / max(others, 1)), others
    return [link._replace(leave=leave[n], arrive=arrive[n], crowd=crowd[n]) for n, link in enumerate(links)]


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
