"""A part of the network that is drawn as one cell."""

from typing import NamedTuple

from ...ops.base import Face
from ..model import BLOCK, Cell
from ..said.labels import cell_label


class Closed(NamedTuple):
    """The nodes of a `span` as one cell with a `name`. `title` is what its group is called (`3a`).

    `times` is how many equal ones it stands for, `repeat` the product of all ×n around it, `growth` what each adds to
    the channels.
    """

    id: str
    name: str
    title: str
    span: tuple[int, int]
    times: int = 1
    repeat: int = 1
    growth: int = 0

    @property
    def said(self) -> str:
        """What stands over its right end."""
        if self.times == 1:
            return ""
        return f"×{self.times}, +{self.growth}" if self.growth else f"×{self.times}"


def shut(cell: Cell, one: Closed, face: Face) -> Cell:
    """The cell of all nodes of a part, as that of the part."""
    label = cell_label(face)
    return cell._replace(
        id=one.id, category=BLOCK, kernel=one.name, activation="", label=label, repeat=one.repeat, times=one.said
    )
