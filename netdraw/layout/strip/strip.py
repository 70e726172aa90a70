"""The layout `strip`: one line read from left to right, broken into rows, with arcs and lanes above it.

Everything in this folder but the placement is measured in D.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from ...core.records import NamedTuple
from ...diagram.model import Diagram, Line
from ...diagram.said.glossary import glossary
from ...styles.base import Metrics
from .. import headfoot
from .. import sizes as s
from ..base import LAYOUTS, Page, Placement, TooNarrow
from ..collector import Collector
from ..sizes import Ruler
from . import bands, boxes, lanes
from .brackets import OrderedBracket, ordered_brackets, widening
from .edges import EdgeDrawer
from .forks import measured
from .grid import Grid, Heights
from .heights import Spot, fork_spots, heights, highest, lifted, shared, shelf_spots, tap_spots, track_heights, under
from .order import line_order
from .rows import Breaks, Row, TooWide, moves, split

if TYPE_CHECKING:
    from .panels import Panels


def strip(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """Lays a diagram out, its lines one under the other. Raises TooNarrow where a box is wider than the page."""
    ruler = Ruler(metrics)
    room = page.room(metrics.d)
    strips = line_strips(diagram, ruler)
    open_blocks = open_panels(diagram, ruler)
    words = max(headfoot.unbroken(diagram, ruler), open_blocks.least if open_blocks else 0.0)
    rows = _broken(strips, room, words, metrics.d)
    natural = [strip.breaks.width(*row) for strip, own in zip(strips, rows, strict=True) for row in own]
    width = max([headfoot.least(diagram, ruler, room), *natural])
    if open_blocks:
        width = max(width, open_blocks.width(width if room == inf else room))
    collector = Collector(metrics.d)
    y = headfoot.header(collector, diagram.words, ruler, width, room)
    y = draw_all(collector, strips, rows, y, common_of(diagram, width))
    if open_blocks:
        y = open_blocks.draw(collector, y, width)
    placed = headfoot.finished(collector, diagram, ruler, width, y)
    return placed._replace(rows=sum(map(len, rows)), lanes=lanes.most_open(strip.grid.order for strip in strips))


def open_panels(diagram: Diagram, ruler: Ruler) -> Panels | None:
    """The blocks that are drawn open below the lines."""
    named = [line for line in diagram.lines if line.name]
    if not named:
        return None
    from .panels import Panels  # late: start-up time

    return Panels(named, ruler)


def _broken(strips: Sequence[LineStrip], room: float, words: float, d: float) -> list[list[Row]]:
    """The rows of every line. Raises TooNarrow with the least width of all, that of the words too."""
    least = max([words, *(stage.width + 2 * s.EDGE for strip in strips for stage in strip.brackets)])
    rows = []
    for strip in strips:
        try:
            rows.append(split(strip.breaks, room))
        except TooWide as fault:
            least = max(least, fault.least)
    if least > room + 1e-6:  # the least, said in another unit, comes back rounded
        raise TooNarrow(least * d)
    return rows


class LineStrip(NamedTuple):
    """One line before the figure's width is known: its places in one long row, its brackets, where it may be broken."""

    line: Line
    grid: Grid
    brackets: list[OrderedBracket]
    breaks: Breaks


def line_strip(line: Line, diagram: Diagram, ruler: Ruler, first: bool) -> LineStrip:
    """Measures a line; the first of a figure says the unit of its costs."""
    grid = measured(line_order(line), ruler)
    found = ordered_brackets(grid, diagram.words, ruler, first)
    grid = grid.shifted(widening(grid, found))
    return LineStrip(line, grid, found, Breaks(grid, found))


def line_strips(diagram: Diagram, ruler: Ruler) -> list[LineStrip]:
    """All lines of a diagram but those of the blocks that are drawn open below."""
    lines = [line for line in diagram.lines if line.cells and not line.name]
    return [line_strip(line, diagram, ruler, first=not number) for number, line in enumerate(lines)]


class Common(NamedTuple):
    """What the lines of a figure share: its width, where a further row begins, the highest value of a bar, and the
    letters of tags, which no lane has.
    """

    width: float
    left: float
    most: int
    taken: frozenset[str]


def common_of(diagram: Diagram, width: float, left: float = 0.0) -> Common:
    most = max([1, *(bar.value for line in diagram.lines for bar in line.bars)])
    return Common(width, left, most, frozenset(tag.letter for line in diagram.lines for tag in line.tags))


def draw_all(
    collector: Collector, strips: Sequence[LineStrip], rows: Sequence[list[Row]], y: float, common: Common
) -> float:
    """Draws all lines in their rows, one under the other from `y` on; returns where they end."""
    for number, (strip, own) in enumerate(zip(strips, rows, strict=True)):
        # What is how high in a box does not change where the box is broken, but what stands where does.
        drawer = row_drawer(strip, own, moves(strip.breaks, own, common.width), common)
        ys: list[float] = []
        for place, across in enumerate(drawer.across):
            ys.append(drawer.row(collector, place, y + (s.ROW_GAP if number or place else 0.0)))
            y = ys[-1] + across.band.end
        drawer.finish(collector, ys)
    return y


class Across(NamedTuple):
    """What a row takes across its line: upwards its `reach` with its `lanes`, by route, downwards its band."""

    heights: Heights
    lanes: dict[int, float]
    reach: float
    brackets: list[bands.BracketPiece]
    band: bands.Band


class RowDrawer(NamedTuple):
    """Draws a strip whose cells stand in their rows: one row after the other, then what leads from row to row."""

    grid: Grid
    rows: list[Row]
    across: list[Across]
    lanes: list[lanes.RowLanes]
    letters: dict[int, str]
    common: Common

    def row(self, collector: Collector, number: int, y: float) -> float:
        """Draws a row from `y` downwards; returns where its line is."""
        grid, row, across = self.grid, self.rows[number], self.across[number]
        line, band = y + across.reach, across.band
        if said := _undrawn(grid.ruler, self.lanes[number]):
            collector.write("", "caption", said, s.MARGIN, y + s.NOTE + s.NOTE_INSET, "start", grid.ruler.caption)
        boxes.draw(collector, grid, across.heights, row, line, self.common.width)
        bands.draw(collector, grid, row, line, band, self.common.most)
        if band.brackets is not None:
            bands.draw_brackets(collector, grid.ruler, across.brackets, line + band.brackets, self.common.width)
        return line

    def finish(self, collector: Collector, ys: list[float]) -> None:
        """The lines from cell to cell, and what stands on branches; `ys` are the lines of the rows."""
        found, (width, left, *_) = self.across[-1].heights, self.common
        drawer = EdgeDrawer(collector, self.grid, found, self.rows, ys=ys, width=width, left=left)
        drawer.on_line()
        drawer.lanes([row.pieces for row in self.lanes], [across.lanes for across in self.across], self.letters)
        if self.grid.order.beside():
            from .branches import draw  # late: start-up time

            draw(collector, drawer)


def row_drawer(strip: LineStrip, rows: list[Row], by: Sequence[float], common: Common) -> RowDrawer:
    """A strip in rows, its cells moved by so much."""
    grid, found = strip.grid.shifted(by), heights(strip.grid)
    row_lanes = lanes.row_lanes(grid, strip.breaks, rows, common.width, common.left)
    letters = lanes.letters(row_lanes, common.taken)
    all_across: list[Across] = []
    for row, own, brackets in zip(rows, row_lanes, bands.split_brackets(grid, rows, strip.brackets), strict=True):
        outer = boxes.outermost(grid.order, row)
        found = shared(found, outer)
        found, above, reach = _above(grid, found, outer, row, own.pieces, letters)
        reach += s.NOTE + grid.ruler.note_height(_undrawn(grid.ruler, own)) if own.undrawn else 0.0
        band = bands.measure(grid, found, row, outer, brackets, common.most)
        all_across.append(Across(heights=found, lanes=above, reach=reach, brackets=brackets, band=band))
    return RowDrawer(grid=grid, rows=rows, across=all_across, lanes=row_lanes, letters=letters, common=common)


def _undrawn(ruler: Ruler, row: lanes.RowLanes) -> str:
    """What a row says of the lanes that are not drawn in it."""
    language = ruler.metrics.setting.language
    return glossary(language).say("row.lanes", count=row.undrawn) if row.undrawn else ""


def _above(
    grid: Grid, found: Heights, outer: list[int], row: Row, pieces: list[lanes.LanePiece], letters: Mapping[int, str]
) -> tuple[Heights, dict[int, float], float]:
    """The heights with a row's shelves and taps lifted, its lanes', and how far it reaches above its line."""
    order, crown, loose, boxed = grid.order, grid.crown(*row), grid.loose(*row), _spots(grid, found, outer, row)
    raised = [n for place in range(*row) if order.nest.inner[place] == -1 for n in order.shelves_over.get(place, ())]
    shelves = lifted(grid, raised, boxed, loose, crown)
    spots = [*boxed, *fork_spots(loose), *shelf_spots(grid, shelves)]
    hung = [number for place in range(*row) for number in order.hung.get(place, ())]
    base = highest(crown, under(spots, [(grid.taps[number].trunk, grid.taps[number].far) for number in hung]))
    taps = {number: base + grid.taps[number].bottom for number in hung}
    tapped = tap_spots(grid, taps)
    reach = max([highest(crown, spots), *(top + s.OVER_TAP for _, _, top in tapped)])
    above = {piece.route: found.arc[piece.route] for piece in pieces if piece.route in found.arc}
    spans = {piece.route: (piece.low, piece.high) for piece in pieces if piece.route not in above}
    if spans:
        lowest = highest(crown, under([*spots, *tapped], list(spans.values())))
        own, top, _ = track_heights(grid, spans, lowest, letters)
        above, reach = own | above, max(reach, top + s.EDGE)
    return found._replace(taps=found.taps | taps, shelves=found.shelves | shelves), above, reach


def _spots(grid: Grid, found: Heights, outer: list[int], row: Row) -> list[Spot]:
    """Where the boxes of a row stand in it; one that goes on reaches to the row's end."""
    own = [(number, grid.order.nest.boxes[number]) for number in outer]
    lefts = [grid.left[number] if box.first >= row.first else 0.0 for number, box in own]
    rights = [grid.right[number] if box.last < row.until else inf for number, box in own]
    return list(zip(lefts, rights, [found.top[number] for number in outer], strict=True))


LAYOUTS.add("strip", strip)
