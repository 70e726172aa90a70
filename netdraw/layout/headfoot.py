"""What stands around the lines: title and totals above, legend and caption below. In D."""

from __future__ import annotations

from ..core.records import NamedTuple
from ..diagram.model import Diagram, FigureTexts, LegendEntry
from ..styles.base import Extent
from . import sizes as s
from .base import Placement
from .collector import Collector
from .sizes import Ruler
from .wrap import balanced, even, wrap

TITLE = 0.545
"""From the top margin to the title's baseline."""
UNDER_TITLE = 0.45
SUBTITLE = 0.34
"""Between a title and what stands beside it."""
APART = 0.7
"""The least distance of the totals from what stands left of them."""
HEADER_LINE = 0.6
OVER_LEGEND = 0.7
"""From what ends the last row to the middle of the legend's cells."""
LEGEND_LINE = 0.72
LEGEND_TEXT = 0.147
"""From a sample in the legend to its text."""
LEGEND_GAP = 0.6
CAPTION_LINE = 0.5
LEAST = 12.0
"""A figure with a caption is no narrower, for a caption needs lines that can be read."""


def least(diagram: Diagram, ruler: Ruler, page: float) -> float:
    """The width that the words ask for; never more than the page."""
    title = ruler.strong(diagram.words.title, ruler.title) if diagram.words.titled else 0.0
    caption = ruler.small(diagram.words.caption)
    return min(page, max(unbroken(diagram, ruler), title + 2 * s.MARGIN, min(LEAST, caption + 2 * s.MARGIN)))


def unbroken(diagram: Diagram, ruler: Ruler) -> float:
    """The width that those words need which are never wrapped."""
    wide = [ruler.label(diagram.words.totals), ruler.label(diagram.words.subtitle)]
    wide += [key.wide for key in _keys(diagram.legend, ruler)]
    return max(wide) + 2 * s.MARGIN


def header(collector: Collector, words: FigureTexts, ruler: Ruler, width: float, page: float) -> float:
    """Draws the words above, without the title on a narrow page; returns how far down the first row may begin."""
    titled = words.titled and page > s.COLUMN
    room, right = width - 2 * s.MARGIN, s.MARGIN
    y, drawn = s.MARGIN + (TITLE if titled else ruler.base * 0.75), False
    title = wrap(words.title, room, lambda text: ruler.strong(text, ruler.title)) if titled else []
    for number, text in enumerate(title):
        y += HEADER_LINE if number else 0.0
        collector.write("", "title", text, s.MARGIN, y, "start", ruler.title, weight=600)
        right, drawn = s.MARGIN + ruler.strong(text, ruler.title) + SUBTITLE, True
    if words.subtitle:
        if drawn and right + ruler.label(words.subtitle) > width - s.MARGIN:
            y, right = y + HEADER_LINE, s.MARGIN
        collector.write("", "subtitle", words.subtitle, right, y, "start", ruler.base)
        right, drawn = right + ruler.label(words.subtitle), True
    if words.totals:
        if drawn and right + APART + ruler.label(words.totals) > width - s.MARGIN:
            y += HEADER_LINE
            collector.write("", "totals", words.totals, s.MARGIN, y, "start", ruler.base)
        else:
            collector.write("", "totals", words.totals, width - s.MARGIN, y, "end", ruler.base)
    return y + UNDER_TITLE if drawn or words.totals else s.MARGIN


class _Key(NamedTuple):
    """An entry of the legend by its number: what it takes along the line, what its sample does, and how far a handle of
    that stands over it.
    """

    number: int
    text: str
    wide: float
    sample: Extent
    rise: float


def _keys(entries: tuple[LegendEntry, ...], ruler: Ruler) -> list[_Key]:
    """The entries of which there is a sample."""
    return [
        _Key(
            number=number,
            text=entry.text,
            wide=sample.width + LEGEND_TEXT + ruler.small(entry.text),
            sample=sample,
            rise=ruler.sample_rise(entry),
        )
        for number, entry in enumerate(entries)
        if (sample := ruler.sample(entry))
    ]


def _legend(collector: Collector, keys: list[_Key], ruler: Ruler, width: float, y: float) -> float:
    """Draws the legend with the first samples' middles at `y`; returns where it ends."""
    place, high = 0, max(key.sample.height for key in keys)
    rise = max(key.rise for key in keys)
    for line, count in enumerate(even([key.wide for key in keys], LEGEND_GAP, width - 2 * s.MARGIN)):
        x, y = s.MARGIN, y + (LEGEND_LINE + high - s.LEGEND_CELL if line else (high - s.LEGEND_CELL) / 2) + rise
        for number, text, wide, sample, _ in keys[place : place + count]:
            id, half, baseline = str(number), sample.width / 2, y + ruler.caption * s.BASELINE
            collector.legend_cell(id, x + half, y)
            collector.write(id, "legend", text, x + half + half + LEGEND_TEXT, baseline, "start", ruler.caption)
            x += wide + LEGEND_GAP
        place += count
    return y + high / 2


def finished(collector: Collector, diagram: Diagram, ruler: Ruler, width: float, y: float) -> Placement:
    """The placement of a figure whose lines end at `y`, with legend and caption under them, as one row."""
    collector.name(tag for line in diagram.lines for tag in line.tags)
    cells = {cell.id: cell for cell in collector.cells}
    collector.cells = [cells[cell.id] for line in diagram.lines for cell in line.cells]
    end = y
    if keys := _keys(diagram.legend, ruler):
        end = _legend(collector, keys, ruler, width, y + OVER_LEGEND)
        y = end - s.LEGEND_CELL / 2 + LEGEND_LINE - CAPTION_LINE
    for line in balanced(diagram.words.caption, width - 2 * s.MARGIN, ruler.small):
        y += CAPTION_LINE
        collector.write("", "caption", line, s.MARGIN, y, "start", ruler.caption)
        end = y + s.DESCENT
    return collector.placement(width, end + s.MARGIN - (s.DESCENT if diagram.words.caption else 0.0))
