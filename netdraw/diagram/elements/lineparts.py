"""What stands on one line, before it says anything: its cells, their order, and what holds and joins them."""

from collections.abc import Sequence

from ...core.records import NamedTuple
from ..folding.barecells import BareCells
from ..folding.drawn import DrawnNodes
from ..folding.fuse import Fused
from ..folding.index import Index
from ..model import Box, Cell, Edge, Fork, Line, Shelf, Tag, Where


class LineParts(NamedTuple):
    """The parts of a line. `where` is by the number of a cell, `order` that of the cells as they stand on the line."""

    table: Index
    fused: Fused
    drawn: DrawnNodes
    made: BareCells
    where: tuple[Where, ...]
    order: tuple[int, ...]
    forks: tuple[Fork, ...]
    shelves: tuple[Shelf, ...]
    tags: tuple[Tag, ...]
    boxes: tuple[Box, ...] = ()
    edges: tuple[Edge, ...] = ()

    @property
    def on_line(self) -> list[int]:
        """The cells on the line."""
        return [number for number, at in enumerate(self.where) if at == "line"]

    @property
    def ports(self) -> frozenset[int]:
        """The cells of inputs, and of outputs that have one of their own."""
        return frozenset([*range(len(self.table.graph.inputs)), *self.made.outputs.values()])

    def inside(self, box: Box) -> range:
        """The numbers of the cells from a box's first to its last."""
        ids = self.made.ids
        return range(ids[box.first], ids[box.last] + 1)

    def line(self, cells: Sequence[Cell], boxes: tuple[Box, ...] | None = None) -> Line:
        """The line with these cells, which are by number, and with other boxes where these are given."""
        return Line(
            cells=tuple([cells[number] for number in self.order]),
            ticks=self.made.ticks,
            edges=self.edges,
            boxes=self.boxes if boxes is None else boxes,
            brackets=(),
            bars=(),
            forks=self.forks,
            shelves=self.shelves,
            tags=self.tags,
        )
