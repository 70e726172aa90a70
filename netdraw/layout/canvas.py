"""Collects a placement: takes places in D and keeps them in the drawing's unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..diagram.model import Cell, Tag
from ..styles.base import Extent
from . import sizes as s
from .base import Anchor, Disc, Placement, Point, Rect, Role, Span, TagMark, Wire, Words
from .sizes import Ruler

LABELS: tuple[Role, Role] = ("label", "sublabel")


class Canvas:
    def __init__(self, d: float) -> None:
        self.d = d
        self.discs: list[Disc] = []
        self.boxes: list[Rect] = []
        self.ticks: list[Rect] = []
        self.wires: list[Wire] = []
        self.spans: list[Span] = []
        self.bars: list[Rect] = []
        self.texts: list[Words] = []
        self.legend: list[Disc] = []
        self.marks: list[TagMark] = []

    def disc(self, id: str, x: float, y: float, small: bool = False) -> None:
        d = self.d
        self.discs.append(Disc(id, x * d, y * d, d, small))

    def mark(self, id: str, letter: str, x: float, y: float, size: Extent) -> None:
        d = self.d
        self.marks.append(TagMark(id, letter, x * d, y * d, size.width * d, size.height * d))

    def name(self, tags: Iterable[Tag]) -> None:
        """Gives wires that begin at a tag the names of their edges; those that end in one become part of its mark."""
        sources = {tag.id: tag.source for tag in tags}
        if not sources:
            return
        stubs = {wire.target: wire for wire in self.wires if wire.target in sources}
        named = [wire._replace(source=sources.get(wire.source, wire.source)) for wire in self.wires]
        self.wires = [wire for wire in named if wire.target not in sources]
        for number, mark in enumerate(self.marks):
            if wire := stubs.get(mark.id):
                self.marks[number] = mark._replace(stub=wire.pieces[0], radius=wire.radius, dot=wire.dot)

    def reorder(self, ids: Iterable[str]) -> None:
        """Puts the discs in the order of their cells."""
        found = {disc.id: disc for disc in self.discs}
        self.discs = [found[id] for id in ids]

    def legend_disc(self, id: str, x: float, y: float) -> None:
        d = self.d
        self.legend.append(Disc(id, x * d, y * d, s.LEGEND_CELL * d))

    def rect(self, onto: list[Rect], id: str, x: float, y: float, width: float, height: float, depth: int = 0) -> None:
        d = self.d
        onto.append(Rect(id, x * d, y * d, width * d, height * d, depth))

    def box(self, id: str, x: float, y: float, width: float, height: float, depth: int, cut: tuple[bool, bool]) -> None:
        d = self.d
        self.boxes.append(Rect(id, x * d, y * d, width * d, height * d, depth, cut))

    def tick(self, id: str, x: float, y: float, level: bool = False) -> None:
        """A short stroke across a line, by its middle; a level one where the line runs upright."""
        width, height = (s.TICK_HEIGHT, s.HAIR) if level else (s.HAIR, s.TICK_HEIGHT)
        self.rect(self.ticks, id, x - width / 2, y - height / 2, width, height)

    def words(
        self,
        id: str,
        role: Role,
        text: str,
        x: float,
        y: float,
        anchor: Anchor,
        size: float,
        weight: int = 400,
        underline: float = 0.0,
    ) -> None:
        d = self.d
        self.texts.append(Words(id, role, text, x * d, y * d, anchor, size * d, weight, underline * d))

    def label(self, cell: Cell, x: float, y: float, ruler: Ruler, reach: float) -> None:
        """A cell's label, its middle at (x, y); the first line is larger than those below."""
        first = y + (reach + s.UNDER_CELL)
        for line, text in enumerate(ruler.under(cell)):
            if text:
                size = ruler.caption if line else ruler.base
                weight, under = (600, ruler.strong(text, size)) if line in cell.marked else (400, 0.0)
                self.words(cell.id, LABELS[line > 0], text, x, first + s.LINE * line, "middle", size, weight, under)

    def lines(self, id: str, role: Role, texts: tuple[str, ...], x: float, y: float, first: float, size: float) -> None:
        """Lines under what ends at `y`, about x, the first on a baseline `first` under it."""
        for line, text in enumerate(texts):
            self.words(id, role, text, x, y + first + s.LINE * line, "middle", size)

    def note(self, id: str, role: Role, text: str, x: float, y: float, size: float) -> None:
        """A text about x, on a baseline at `y`, with what it speaks of below."""
        self.words(id, role, text, x, y, "middle", size)

    def corner(self, id: str, text: str, x: float, y: float, size: float, underline: float = 0.0) -> None:
        """A ×n that ends at x, on a baseline at `y`."""
        self.words(id, "repeat", text, x, y, "end", size, 600, underline)

    def letter(self, id: str, text: str, x: float, y: float, anchor: Anchor, size: float) -> None:
        """The letter of a lane, at its end."""
        self.words(id, "letter", text, x, y + size * 0.32, anchor, size, 600)

    def span(self, id: str, points: Iterable[Point], cost: int | None) -> None:
        self.spans.append(Span(id, self._scaled(points), cost))

    def wire(
        self,
        ends: tuple[str, str],
        kind: Literal["flow", "residual", "skip"],
        pieces: Iterable[Iterable[Point]],
        *,
        dot: bool = False,
        head: bool = False,
        radius: float = s.CORNER,
        member: int = 0,
    ) -> None:
        scaled = tuple(self._scaled(piece) for piece in pieces)
        self.wires.append(Wire(*ends, kind, scaled, radius * self.d, dot, head, member))

    def _scaled(self, points: Iterable[Point]) -> tuple[Point, ...]:
        d = self.d
        return tuple((x * d, y * d) for x, y in points)

    def placement(self, width: float, height: float, rows: int) -> Placement:
        d = self.d
        return Placement(
            width * d, height * d, d, tuple(self.discs), tuple(self.boxes), tuple(self.ticks), tuple(self.wires),
            tuple(self.spans), tuple(self.bars), tuple(self.texts), tuple(self.legend), rows,
            tags=tuple(self.marks),
        )  # fmt: skip
