"""Brackets beside a graph that Graphviz placed: at its right where it runs downwards, else under it. In D."""

from __future__ import annotations

from collections.abc import Iterable

from ...core.records import NamedTuple
from ...diagram.model import Bracket, FigureTexts
from .. import sizes as s
from ..canvas import Canvas
from ..sizes import Ruler
from ..strip.brackets import CostTotal, as_one, cost_text, says

GAP = 0.35
"""From the graph to the first brackets."""
BESIDE = 0.16
"""From a bracket to its text."""


StageSpan = tuple[Bracket, float, float]
"""A bracket, and from where to where it reaches along the graph."""


class _SideBracket(NamedTuple):
    bracket: Bracket
    low: float
    high: float
    texts: tuple[str, ...]
    level: int


class SideBrackets:
    """Brackets in levels, so that none overlaps another; `wide` and `high` are what they take beside the graph."""

    def __init__(self, stages: Iterable[StageSpan], words: FigureTexts, ruler: Ruler, down: bool) -> None:
        self.ruler, self.down = ruler, down
        self.told = self._levelled(stages, words)
        self.levels = [0.0] * (max((one.level for one in self.told), default=-1) + 1)
        for one in self.told:
            self.levels[one.level] = max(self.levels[one.level], self._deep(one.texts))
        total = sum(GAP + s.BRACKET_DEPTH + deep for deep in self.levels)
        self.wide: float = total if down else 0.0
        self.high: float = 0.0 if down else total

    def _deep(self, texts: tuple[str, ...]) -> float:
        """What texts take away from their bracket."""
        if self.down:
            return BESIDE + max(map(self.ruler.small, texts))
        return s.COST - self.ruler.caption + s.LINE * len(texts) + s.DESCENT

    def _levelled(self, stages: Iterable[StageSpan], words: FigureTexts) -> list[_SideBracket]:
        told: list[_SideBracket] = []
        reach: list[float] = []
        unit = f" {words.unit}" if words.unit else ""
        for bracket, low, high in _joined(stages):
            cost = cost_text(bracket, CostTotal(words.cost_total, words.least), unit)
            texts = tuple(filter(None, (cost, bracket.title)))
            unit = ""
            need = s.LINE * len(texts) if self.down else max(map(self.ruler.small, texts))
            half = max(need + s.AIR, high - low) / 2
            middle = (low + high) / 2
            level = next((n for n, end in enumerate(reach) if end <= middle - half + 1e-9), len(reach))
            if level == len(reach):
                reach.append(0.0)
            reach[level] = middle + half + s.AIR
            told.append(_SideBracket(bracket=bracket, low=low, high=high, texts=texts, level=level))
        return told

    def draw(self, canvas: Canvas, left: float, top: float, width: float, height: float) -> None:
        """Beside a graph of that size, whose top left corner is there."""
        begin = left + width if self.down else top + height
        for one in self.told:
            at = begin + sum(GAP + s.BRACKET_DEPTH + deep for deep in self.levels[: one.level]) + GAP
            base = top if self.down else left
            low, high, end = base + one.low, base + one.high, at + s.BRACKET_DEPTH
            points = [(at, low), (end, low), (end, high), (at, high)]
            canvas.bracket(one.bracket.stage, points if self.down else [(y, x) for x, y in points], one.bracket.cost)
            id, middle, size = one.bracket.stage, (low + high) / 2, self.ruler.caption
            if self.down:
                canvas.beside(id, [("cost", text, size) for text in one.texts], end + BESIDE, middle)
            else:
                canvas.lines(id, "cost", one.texts, middle, end, s.COST, size)


def _joined(stages: Iterable[StageSpan]) -> list[StageSpan]:
    """The brackets in order; those without a title that run beside each other at one resolution as one."""
    drawn = [one for one in stages if says(one[0])]
    found: list[StageSpan] = []
    for bracket, low, high in sorted(drawn, key=lambda one: one[1]):
        place = next((n for n, other in enumerate(found) if _beside((bracket, low, high), other)), None)
        if place is None:
            found.append((bracket, low, high))
        else:
            first, start, end = found[place]
            found[place] = as_one(first, bracket), start, max(end, high)
    return found


def _beside(one: StageSpan, other: StageSpan) -> bool:
    """Whether two may share one bracket: they have no titles, and more than half of one lies beside the other."""
    (mine, low, high), (theirs, start, end) = one, other
    alike = not mine.title and not theirs.title and mine.resolution == theirs.resolution and mine.cost is not None
    return alike and min(high, end) - max(low, start) > min(high - low, end - start) / 2
