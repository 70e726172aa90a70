"""The measures of the strip, all in D, and a ruler for the texts in it."""

from __future__ import annotations

from ..diagram.model import Cell, LegendEntry
from ..styles.base import Extent, Metrics, Side, oval
from .base import Role

TAG, TAG_END = "tag", "tag.end"
"""The categories of letters in circles while they are laid out as cells: where a way begins, where one ends."""
SEPARATOR = ", "
"""Between what is said over one small cell."""

# Along the line: between borders of cells, of blocks, of stages; a stage's gap grows by at most STRETCH.
BLOCK_GAP = 0.35
STAGE_GAP = 0.7
STRETCH = 1.1
PADDING = 0.25
AIR = 0.12
"""The least distance between two texts, and between a text and a border."""
WORDY_AIR = 0.2
"""What a label of words takes more, so that it does not read as one with its neighbour."""
COST_AIR = 0.25
YIELD = 0.1
"""By how much a gap is widened for a bar that is not needed."""

# Ports: where arcs and lanes leave the line and come down on it.
PORT = 0.15
PORT_STEP = 0.12
TICK = 0.15
"""From a cell's border to the tick behind it."""
TICK_HEIGHT = 0.2
SAID = 0.15
"""What a way that begins with a text needs behind the last cell of a row, more than others."""
TICKS = 0.08
"""Between ticks on one edge."""
TICK_END = 0.35
"""From the tick on a way above the line to where this comes down."""
HAIR = 0.033

# Above the line.
RADIUS = 0.5
LANE = 0.34
SIDE_CELL = 0.62
"""Room for a cell on an arc takes at least so much."""
SIDE_LABEL = 0.47
"""What a label over it takes, whose baseline is OVER_SIDE above it."""
OVER_SIDE = 0.12
OVER_ARC = 0.45
NOTE = 0.18
"""From what stands below a reason or a name to its baseline."""
NOTE_HEIGHT = 0.3
OVER_NOTE = 0.19
NOTE_INSET = 0.2
CORNER = 0.16

# Branches.
ROW = 1.72
"""The least distance of two branches."""
UNDER_ROW = 0.243
"""Between the last label of a branch and what the next reaches up to."""
TRUNK = 0.1
"""From what stands before a fork to where its branches turn off, beside a box's padding or a gap."""
FAN = 0.5
"""From there to the first cells, and from the last ones to where they turn to the join."""
BEND = 0.26
SIDED = 0.28
"""From where the last branch turns to the join to its border."""
PORTS = 0.42
"""The ports of a join lie no further apart."""
TAP = 0.35
"""From a stem to the cells that it leads to."""
OVER_TAP = 0.16
LEAD = 0.36
"""From what stands over the line to the first lane that leads on from it, and from a shelf to its way down."""
LETTERED = 1.1
"""What a lane takes that goes on in the next row."""

TAG_GAP = 0.08
"""Between tags that lead to the same cells."""
BEGIN_GAP = 0.12
"""Before branches that begin by themselves."""
TAG_ROW = 1.0
"""The least distance of a branch that is only a tag from the next."""
TAG_SIZE = 0.44
"""Of the circle around a letter."""
TAG_AIR = 0.2
"""What it is wider than its letters."""

# Below the line.
UNDER_CELL = 0.477
"""From a cell to the baseline of its label."""
LINE = 0.455
BASELINE = 0.34
"""A small text's baseline under its middle, by its size."""
UNDER_LABEL = 0.3
REPEAT = 1.08
"""The size of ×n by that of a label."""
REPEAT_RIGHT = 0.18
REPEAT_LINE = 0.52
"""From a label over it to the baseline of ×n."""
REPEAT_UP = 0.2
TIMES = 0.13
"""From a closed block to the ×n over its right end."""
TIMES_HEIGHT = 0.36
TIMES_LEFT = 0.16
"""From what comes down on a closed block to its ×n."""
BAND = 0.22
BAR = 1.2
BAR_WIDTH = 0.28
BRACKET = 0.273
BRACKET_DEPTH = 0.2
COST = 0.41
DESCENT = 0.1

# Rows and the frame.
MARGIN = 0.35
EDGE = 0.15
"""Nothing, not even an overhanging text, stands nearer to the page's edge."""
ROW_GAP = 0.45
HEAD = 0.4
"""From the figure's right edge to the head of a row that goes on."""
TO_RIGHT = 0.75
"""From there to the head of a lane that goes on."""
TAIL = 0.5
"""The least piece of line before such a head, and the piece that the next row begins with."""
BEGIN = 0.6
COLUMN = 16.81
"""A page of at most 3.5 in (at a D of 15 pt) has no title."""
LEGEND_CELL = 0.57


NOTHING = Extent(0.0, 0.0)


def _wordy(text: str) -> bool:
    """Whether a label has words: a space, or more than the one letter of `6k` or `d=2`."""
    return " " in text or (not text.isdigit() and sum(map(str.isalpha, text)) > 1)


class Ruler:
    """Widths of the strip's texts, in D."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.base = metrics.base
        self.caption = metrics.caption
        self.title = metrics.title
        self.repeat = metrics.base * REPEAT
        self.width, self.spacing = metrics.width, metrics.style.spacing
        self._known: dict[str, tuple[Cell, Extent]] = {}

    def label(self, text: str) -> float:
        return self.width(text, self.base, 400)

    def small(self, text: str) -> float:
        return self.width(text, self.caption, 400)

    def under(self, cell: Cell) -> tuple[str, ...]:
        """The lines of a cell's label that are set beside it."""
        return self.metrics.style.label(cell)

    def sized(self, cell: Cell) -> list[tuple[Role, str, float]]:
        """Those lines with their roles and sizes: the first is a label, those below are small."""
        label = enumerate(self.under(cell))
        return [("sublabel", text, self.caption) if line else ("label", text, self.base) for line, text in label]

    def labelled(self, cell: Cell) -> float:
        """How far a cell reaches with the first line of a label, whether it has one or not."""
        labels = bool(self.metrics.style.label(cell._replace(label=("0",), shared=False)))
        return self.reach(cell) + UNDER_CELL * labels

    def said(self, cell: Cell) -> str:
        """What is said over a small cell: its width, as a number or in terms of k. That of a projection is its block's.

        In the figure of a diff what was done to it, too; in a comparison in words all of its label.
        """
        label = self.under(cell)
        if cell.told:
            return SEPARATOR.join(label)
        text = label[0] if cell.where == "gate" and label and 0 not in cell.marked else ""
        width = "" if text.strip("0123456789k/") else text
        marked = [text for line, text in enumerate(label) if line in cell.marked]
        return SEPARATOR.join(filter(None, (width, *marked)))

    def over(self, cell: Cell) -> str:
        """The ×n over a closed block."""
        return cell.times

    def rise(self, cell: Cell) -> float:
        """What stands over a cell, whatever it reaches."""
        return self.metrics.style.rise(cell) if cell.category not in (TAG, TAG_END) else 0.0

    def lines(self, cell: Cell) -> list[float]:
        """What those of a cell's label take along the line; those that are marked are semibold."""
        return [
            self.width(text, size, 600 if line in cell.marked else 400) + WORDY_AIR * _wordy(text)
            for line, (_, text, size) in enumerate(self.sized(cell))
        ]

    def shapes(self, texts: tuple[str, ...]) -> list[float]:
        """What the lines under a bar take along the line."""
        return [self.small(text) + WORDY_AIR * (" " in text) for text in texts]

    def told(self, texts: tuple[str, ...]) -> float:
        """What the lines at a bracket take along the line."""
        return max(map(self.small, texts), default=0.0)

    def note(self, text: str) -> float:
        """What a name or a reason takes along the line."""
        return self.small(text)

    def corner(self, text: str) -> float:
        """What a ×n takes along the line."""
        return self.strong(text, self.repeat)

    def letter(self, text: str) -> float:
        """What a letter at the end of a lane takes along the line, or the ×n that a way begins with."""
        return self.strong(text, self.caption)

    # Across the line, from its middle.

    def lane_side(self, text: str) -> float:
        """What a lane takes on both of its sides, which has that text at its end."""
        return LANE / 2

    def label_end(self, cell: Cell, line: int) -> float:
        """Where a line of a cell's label ends."""
        return self.reach(cell) + UNDER_CELL + LINE * line

    def corner_end(self, text: str, beside: float, reach: float) -> float:
        """Where a ×n ends that has what ends at `beside` before it, 0 for nothing but cells that reach so far."""
        return beside + REPEAT_LINE if beside else reach + PADDING + self.repeat * 0.7

    def note_height(self, text: str) -> float:
        return NOTE_HEIGHT

    def said_height(self, texts: tuple[str, ...]) -> float:
        """What is said over the small cells of a way takes there; nothing where nothing is."""
        return SIDE_LABEL if any(texts) else 0.0

    def shapes_height(self, texts: tuple[str, ...]) -> float:
        """From the ground of a bar to where its lines end."""
        return LINE * max(1, len(texts)) + DESCENT

    def told_height(self, texts: tuple[str, ...]) -> float:
        """From a bracket to where its lines end."""
        return COST + LINE * (len(texts) - 1) + DESCENT

    def reach(self, cell: Cell) -> float:
        """How far a cell reaches; those that are smaller keep the same room."""
        half = self.extent(cell).height / 2
        return half if half > RADIUS else RADIUS

    def extent(self, cell: Cell, small: bool = False) -> Extent:
        """Width and height of a cell; a port has none. `small` is for one on a way above the line."""
        if small:
            return self._measured(cell, small)
        known = self._known.get(cell.id)
        if known is None or known[0] is not cell:
            known = self._known[cell.id] = cell, self._measured(cell, small)
        return known[1]

    def _measured(self, cell: Cell, small: bool) -> Extent:
        if cell.where == "port":
            return NOTHING
        if cell.category in (TAG, TAG_END):
            return self._tag(cell)
        return self.metrics.extent(cell, small)

    def _tag(self, cell: Cell) -> Extent:
        """A circle around a letter, wider for several."""
        return Extent(max(TAG_SIZE, self.width(cell.kernel, self.caption, 600) + TAG_AIR), TAG_SIZE)

    def slot(self, cell: Cell) -> Extent:
        """What a cell on a way above the line takes there."""
        width, height = self.extent(cell, True)
        return Extent(max(SIDE_CELL, width), max(SIDE_CELL, height))

    def sample(self, entry: LegendEntry) -> Extent | None:
        """What an entry's sample takes in the legend, None where it has none; smaller ones keep the room of a cell."""
        if entry.share or entry.sign:
            return Extent(LEGEND_CELL, LEGEND_CELL)
        found = self.metrics.sample(entry)
        return found and Extent(max(1.0, found.width) * LEGEND_CELL, max(1.0, found.height) * LEGEND_CELL)

    def sample_rise(self, entry: LegendEntry) -> float:
        """How far something stands over an entry's sample, such as the handle of an LSTM."""
        return 0.0 if entry.share or entry.sign else self.metrics.sample_rise(entry) * LEGEND_CELL

    def border(self, cell: Cell, side: Side, across: float = 0.0, headed: bool = False, small: bool = False) -> float:
        """How far from a cell's middle a line ends that meets it there."""
        if cell.where == "port":
            return 0.0
        if cell.category in (TAG, TAG_END):
            return oval(side, across, self._tag(cell), headed)
        return self.metrics.border(cell, side, across, headed, small)

    def strong(self, text: str, size: float) -> float:
        return self.width(text, size, 600)
