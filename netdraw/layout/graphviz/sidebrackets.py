"""Brackets beside a graph that Graphviz placed: at its right where it runs downwards, else under it. In D."""

from collections.abc import Iterable

from ...diagram.model import FigureTexts
from .. import sizes as s
from ..collector import Collector
from ..sizes import Ruler
from ..strip.brackets import cost_text
from .sidespans import StageSpan

GAP = 0.35
"""From the graph to the first brackets."""
BESIDE = 0.16
"""From a bracket to its text."""


class SideBrackets:
    """Brackets in levels, so that none overlaps another; `wide` and `high` are what they take beside the graph."""

    def __init__(self, stages: Iterable[StageSpan], words: FigureTexts, ruler: Ruler, down: bool) -> None:
        self.ruler, self.down = ruler, down
        self.told: list[tuple[StageSpan, tuple[str, ...], int]] = []
        """Each with its texts and its level."""
        self.levels: list[float] = []
        """What the texts of each take away from their brackets."""
        reach: list[float] = []
        unit = f" {words.unit}" if words.unit else ""
        for bracket, low, high in stages:
            texts = tuple(filter(None, (cost_text(bracket, words, unit), bracket.title)))
            wide, lines = max(map(ruler.small, texts), default=0.0), s.LINE * len(texts)
            unit = unit if bracket.more else ""
            middle, half = (low + high) / 2, max((lines if down else wide) + s.AIR, high - low) / 2
            level = next((n for n, end in enumerate(reach) if end <= middle - half + 1e-9), len(reach))
            deep = BESIDE + wide if down else s.COST - ruler.caption + lines + s.DESCENT
            if level == len(reach):
                reach.append(0.0)
                self.levels.append(0.0)
            reach[level], self.levels[level] = middle + half + s.AIR, max(self.levels[level], deep)
            self.told.append(((bracket, low, high), texts, level))
        total = sum(GAP + s.BRACKET_DEPTH + deep for deep in self.levels)
        self.wide: float = total if down else 0.0
        self.high: float = 0.0 if down else total

    def draw(self, collector: Collector, left: float, top: float, width: float, height: float) -> None:
        """Beside a graph of that size, whose top left corner is there."""
        begin = left + width if self.down else top + height
        base, size = top if self.down else left, self.ruler.caption
        for (bracket, first, last), texts, level in self.told:
            at = begin + sum(GAP + s.BRACKET_DEPTH + deep for deep in self.levels[:level]) + GAP
            low, high, end = base + first, base + last, at + s.BRACKET_DEPTH
            points = [(at, low), (end, low), (end, high), (at, high)]
            collector.bracket(bracket, points if self.down else [(y, x) for x, y in points], tells=not bracket.more)
            if self.down:
                collector.beside(
                    bracket.stage, [("cost", text, size) for text in texts], end + BESIDE, (low + high) / 2
                )
            else:
                collector.lines(bracket.stage, "cost", texts, (low + high) / 2, end, s.COST, size)
