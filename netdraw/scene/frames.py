"""The frames around what is highlighted: where they go, from the places of cells, boxes and texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import product

from ..core.records import NamedTuple
from ..diagram.model import BLOCK, Cell, Diagram, Fork, Highlight, Line
from ..diagram.tags import untagged, upwards
from ..layout.base import PlacedCell, Placement, Rect
from ..layout.base import PlacedText as Placed
from ..styles.base import Metrics
from ..type.primitives import BEFORE

# In D.
AROUND_CELL = (0.08, 0.065, 0.05)
"""The first at which the frame of a single cell meets no text, else the first."""
BESIDE_TEXT, UNDER_TEXT = 0.075, 0.14
AROUND_BOX = 0.1
CLOSER = (1.0, 0.7, 0.4)
"""Of the room around several cells and boxes, the first share at which the frame crosses no text, else the first."""
AROUND_TICK = 0.12
SQUARE = 3.0
INSIDE = ("label", "sublabel", "times")
"""Roles of the texts that a frame around several cells goes around as well."""


class Frame(NamedTuple):
    """A rectangle by its borders."""

    left: float
    top: float
    right: float
    bottom: float

    def wider(self, by: float, up: float | None = None) -> Frame:
        """Moved outwards by this much, upwards and downwards by `up`."""
        high = by if up is None else up
        return Frame(self.left - by, self.top - high, self.right + by, self.bottom + high)

    def meets(self, other: Frame) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Frame) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


class Frames:
    """Finds the frames of marks: one a row, around cells and their labels, or on the border of what is a box."""

    def __init__(self, diagram: Diagram, placement: Placement, metrics: Metrics) -> None:
        self.half = metrics.setting.theme.strokes.highlight * placement.d / 2
        self.metrics, self.fonts, self.d = metrics, metrics.setting.fonts, placement.d
        self.cells: dict[str, Cell] = {cell.id: cell for line in diagram.lines for cell in line.cells}
        self.discs: dict[str, PlacedCell] = {disc.id: disc for disc in placement.cells}
        self.ticks = {rect.id: rect for rect in placement.ticks}
        self.rects: dict[str, list[Rect]] = {}
        for rect in placement.boxes:
            self.rects.setdefault(rect.id, []).append(rect)
        self.rows: dict[str, float] = {}
        self.in_row: dict[float, list[tuple[float, str]]] = {}
        self.boxes: dict[str, list[Rect]] = {}
        """By the first of their cells."""
        self.labels: dict[str, list[Placed]] = {}
        self.inks: dict[tuple[int, int], list[Frame]] = {}
        for line in diagram.lines:
            self._read(line)
        for words in placement.texts:
            ink = self._ink(words)
            for square in self._squares(ink):
                self.inks.setdefault(square, []).append(ink)
            if words.role in INSIDE:
                self.labels.setdefault(words.id, []).append(words)

    def _read(self, line: Line) -> None:
        rows = _rows(line, self.discs)
        self.rows.update(rows)
        for cell in sorted(rows, key=lambda cell: self.discs[cell].x):
            self.in_row.setdefault(rows[cell], []).append((self.discs[cell].x, cell))
        for box in line.boxes:
            self.boxes.setdefault(box.first, []).extend(self.rects.get(box.id, ()))

    def of(self, mark: Highlight) -> list[Frame]:
        """The frames of a mark, from the first row to the last."""
        rows: dict[float, list[str]] = {}
        for cell in mark.cells:
            rows.setdefault(self.rows[cell], []).append(cell)
        ticks = [self.ticks[tick] for tick in mark.ticks if tick in self.ticks]
        found = [self._row(cells) for _, cells in sorted(rows.items())]
        return found + [_framed(tick).wider(AROUND_TICK * self.d) for tick in ticks]

    def _row(self, cells: list[str]) -> Frame:
        """The frame of the cells of a mark in one row."""
        discs = {cell: self._disc(cell) for cell in cells}
        boxes = self._boxes(cells)
        for box in boxes:
            if all(box.holds(frame) for frame in (*discs.values(), *boxes)):
                return box
        if len(cells) == 1:
            return discs[cells[0]] if self.cells[cells[0]].category == BLOCK else self._single(discs[cells[0]])
        labels = [self._ink(words) for cell in cells for words in self.labels.get(cell, ())]
        inks = [ink.wider(BESIDE_TEXT * self.d, UNDER_TEXT * self.d) for ink in labels]

        def around(share: float) -> Frame:
            frames = [frame.wider(AROUND_CELL[0] * share * self.d) for frame in discs.values()]
            frames += [box.wider(AROUND_BOX * share * self.d) for box in boxes]
            lefts, tops, rights, bottoms = zip(*frames, *inks, strict=True)
            return Frame(min(lefts), min(tops), max(rights), max(bottoms))

        tried = list(map(around, CLOSER))
        return next((frame for frame in tried if not self._stands_on(frame)), tried[0])

    def _single(self, disc: Frame) -> Frame:
        """The frame of one cell, its label outside it; nearer where a text would stand on it."""
        frames = [disc.wider(by * self.d) for by in AROUND_CELL]
        clear = (frame for frame in frames if not self._stands_on(frame))
        return next(clear, frames[0])

    def _stands_on(self, frame: Frame) -> bool:
        """Whether its border meets a text."""
        outer, inner = frame.wider(self.half), frame.wider(-self.half)
        inks = (ink for square in self._squares(outer) for ink in self.inks.get(square, ()))
        return any(outer.meets(ink) and not inner.holds(ink) for ink in inks)

    def _squares(self, frame: Frame) -> Iterator[tuple[int, int]]:
        """The squares of a coarse grid that a frame touches."""
        left, top, right, bottom = (int(side // (SQUARE * self.d)) for side in frame)
        return product(range(left, right + 1), range(top, bottom + 1))

    def _disc(self, cell: str) -> Frame:
        disc = self.discs[cell]
        size = self.metrics.extent(self.cells[cell], disc.small)
        rx, ry = size.width * disc.d / 2, size.height * disc.d / 2
        return Frame(disc.x - rx, disc.y - ry, disc.x + rx, disc.y + ry)

    def _boxes(self, cells: list[str]) -> list[Frame]:
        """The boxes that hold some of the cells and no other."""
        own = set(cells)
        found = []
        for cell in cells:
            for rect in self.boxes.get(cell, ()):
                frame = _framed(rect)
                if all(one in own for one in self._inside(frame, self.rows[cell])):
                    found.append(frame)
        return found

    def _inside(self, frame: Frame, row: float) -> Iterator[str]:
        """The cells of a row whose middle lies in a frame."""
        cells = self.in_row[row]
        for place in range(bisect_left(cells, (frame.left, "")), len(cells)):
            x, cell = cells[place]
            if x > frame.right:
                return
            if frame.top < self.discs[cell].y < frame.bottom:
                yield cell

    def _ink(self, words: Placed) -> Frame:
        left, top, right, bottom = self.fonts.ink(words.text, words.size, words.weight)
        share = BEFORE[words.anchor]
        x = words.x - share * self.fonts.width(words.text, words.size, words.weight)
        return Frame(x + left, words.y + top, x + right, words.y + bottom)


def _framed(rect: Rect) -> Frame:
    return Frame(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)


def _rows(line: Line, discs: dict[str, PlacedCell]) -> dict[str, float]:
    """By cell, the height of the row that it stands in: that of the line's cell that it belongs to."""
    rows = {cell.id: discs[cell.id].y for cell in line.cells if cell.where in ("line", "port")}
    line = untagged(line)
    last = next((rows[cell.id] for cell in reversed(line.cells) if cell.where == "line"), 0.0)
    for fork in line.forks:
        _fork_rows(fork, rows.get(fork.join or fork.start, rows.get(fork.start, last)), rows)
    for shelf in upwards(line.shelves):
        _fork_rows(Fork("", shelf.over, (shelf.branch,)), rows.get(shelf.over, last), rows)
    after = 0.0
    for cell in reversed(line.cells):  # what stands over the line comes down on a cell behind it
        after = rows.setdefault(cell.id, after)
    return rows


def _fork_rows(fork: Fork, row: float, rows: dict[str, float]) -> None:
    for branch in fork.branches:
        rows.update(dict.fromkeys(branch.cells, row))
        for inner in branch.forks:
            _fork_rows(inner, row, rows)
