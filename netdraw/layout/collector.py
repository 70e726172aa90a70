"""Collects a placement: takes places in D and keeps them in the drawing's unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..diagram.model import Cell, Edge, Tag
from ..styles.base import Extent, Side
from ..type.primitives import Anchor
from . import sizes as s
from .base import PlacedBracket, PlacedCell, PlacedEdge, PlacedTag, PlacedText, Placement, Point, Rect, Role
from .sizes import Ruler

Points = Iterable[Point]


class Collector:
    """What was placed so far: lists of the parts of a placement; its methods take D."""

    def __init__(self, d: float) -> None:
        self.d = d
        self.cells: list[PlacedCell] = []
        self.boxes: list[Rect] = []
        self.ticks: list[Rect] = []
        self.edges: list[PlacedEdge] = []
        self.brackets: list[PlacedBracket] = []
        self.bars: list[Rect] = []
        self.texts: list[PlacedText] = []
        self.legend: list[PlacedCell] = []
        self.tags: list[PlacedTag] = []

    def cell(self, id: str, x: float, y: float, small: bool = False, entry: Side = "left") -> None:
        self.cells.append(PlacedCell(id=id, x=x * self.d, y=y * self.d, d=self.d, small=small, entry=entry))

    def tag(self, id: str, letter: str, x: float, y: float, size: Extent) -> None:
        d, (width, height) = self.d, size
        self.tags.append(PlacedTag(id=id, letter=letter, x=x * d, y=y * d, width=width * d, height=height * d))

    def name(self, tags: Iterable[Tag]) -> None:
        """Gives edges that begin at a tag the names of their edges; those that end in one become part of the tag."""
        sources = {tag.id: tag.source for tag in tags}
        if not sources:
            return
        stubs = {edge.target: edge for edge in self.edges if edge.target in sources}
        named = [edge._replace(source=sources.get(edge.source, edge.source)) for edge in self.edges]
        self.edges = [edge for edge in named if edge.target not in sources]
        for number, tag in enumerate(self.tags):
            if edge := stubs.get(tag.id):
                self.tags[number] = tag._replace(stub=edge.pieces[0], radius=edge.radius, dot=edge.dot)

    def legend_cell(self, id: str, x: float, y: float) -> None:
        self.legend.append(PlacedCell(id=id, x=x * self.d, y=y * self.d, d=s.LEGEND_CELL * self.d))

    def rect(self, onto: list[Rect], id: str, x: float, y: float, width: float, height: float) -> None:
        """A bar or a tick, by its top left corner."""
        d = self.d
        onto.append(Rect(id=id, x=x * d, y=y * d, width=width * d, height=height * d))

    def box(self, id: str, x: float, y: float, size: Extent, depth: int, cut: tuple[bool, bool]) -> None:
        """By its top left corner; `depth` is how many are around it, `cut` whether it is open at its ends."""
        self.rect(self.boxes, id, x, y, *size)
        self.boxes[-1] = self.boxes[-1]._replace(depth=depth, cut=cut)

    def tick(self, id: str, x: float, y: float, level: bool = False) -> None:
        """A short stroke across a line, by its middle; a level one where the line runs upright."""
        width, height = (s.TICK_HEIGHT, s.HAIR) if level else (s.HAIR, s.TICK_HEIGHT)
        self.rect(self.ticks, id, x - width / 2, y - height / 2, width, height)

    def write(
        self,
        id: str,
        role: Role,
        text: str,
        x: float,
        y: float,
        anchor: Anchor,
        size: float,
        *,
        weight: int = 400,
        underline: float = 0.0,
    ) -> None:
        """A text by its baseline; one with a line under it, so wide, is semibold."""
        d, under, weight = self.d, underline * self.d, 600 if underline else weight
        self.texts.append(
            PlacedText(id, role, text, x * d, y=y * d, anchor=anchor, size=size * d, weight=weight, underline=under)
        )

    def label(self, cell: Cell, x: float, y: float, ruler: Ruler, reach: float) -> None:
        """A cell's label, its middle at (x, y); the first line is larger than those below."""
        first = y + (reach + s.UNDER_CELL)
        for line, (role, text, size) in enumerate(ruler.sized(cell)):
            if text:
                base, under = first + s.LINE * line, ruler.strong(text, size) if line in cell.marked else 0.0
                self.write(cell.id, role, text, x, base, "middle", size, underline=under)

    def lines(self, id: str, role: Role, texts: tuple[str, ...], x: float, y: float, first: float, size: float) -> None:
        """Lines under what ends at `y`, about x, the first on a baseline `first` under it."""
        for line, text in enumerate(texts):
            self.write(id, role, text, x, y + first + s.LINE * line, "middle", size)

    def beside(self, id: str, lines: Sequence[tuple[Role, str, float]], x: float, middle: float) -> None:
        """Lines with their sizes from x on, about a level."""
        first = middle - s.LINE * (len(lines) - 1) / 2
        for line, (role, text, size) in enumerate(lines):
            if text:
                self.write(id, role, text, x, first + s.LINE * line + size * s.BASELINE, "start", size)

    def note(self, id: str, role: Role, text: str, x: float, y: float, size: float) -> None:
        """A text about x, on a baseline at `y`, with what it speaks of below."""
        self.write(id, role, text, x, y, "middle", size)

    def corner(self, id: str, text: str, x: float, y: float, size: float, underline: float = 0.0) -> None:
        """A ×n that ends at x, on a baseline at `y`."""
        self.write(id, "repeat", text, x, y, "end", size, weight=600, underline=underline)

    def letter(self, id: str, text: str, x: float, y: float, anchor: Anchor, size: float) -> None:
        """The letter of a lane, at its end."""
        self.write(id, "letter", text, x, y + size * 0.32, anchor, size, weight=600)

    def bracket(self, id: str, points: Points, cost: int | None) -> None:
        self.brackets.append(PlacedBracket(id, self._scaled(points), cost))

    def edge(
        self, edge: Edge, pieces: Iterable[Points], *, dot: bool = False, head: bool = False, radius: float = s.CORNER
    ) -> None:
        source, target, kind, member, *_ = edge
        scaled, radius = tuple(map(self._scaled, pieces)), radius * self.d
        self.edges.append(PlacedEdge(source, target, kind, scaled, radius=radius, dot=dot, head=head, member=member))

    def _scaled(self, points: Points) -> tuple[Point, ...]:
        d = self.d
        return tuple((x * d, y * d) for x, y in points)

    def placement(self, width: float, height: float) -> Placement:
        """All that was drawn, as one row."""
        return Placement(
            width=width * self.d, height=height * self.d, d=self.d, rows=1,
            cells=tuple(self.cells), boxes=tuple(self.boxes), ticks=tuple(self.ticks), edges=tuple(self.edges),
            brackets=tuple(self.brackets), bars=tuple(self.bars), texts=tuple(self.texts), legend=tuple(self.legend),
            tags=tuple(self.tags),
        )  # fmt: skip
