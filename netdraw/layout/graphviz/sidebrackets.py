"""Brackets beside a graph that Graphviz placed: at its right where it runs downwards, else under it. In D."""

from collections.abc import Iterable

from ...diagram.model import Bracket, FigureTexts
from .. import sizes as s
from ..collector import Collector
from ..sizes import Ruler
from ..strip.brackets import as_one, cost_text, says

GAP = 0.35
"""From the graph to the first brackets."""
BESIDE = 0.16
"""From a bracket to its text."""


StageSpan = tuple[Bracket, float, float]
"""A bracket, and from where to where it reaches along the graph."""


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
        for bracket, low, high in _joined(stages):
            texts = tuple(filter(None, (cost_text(bracket, words, unit), bracket.title)))
            wide, lines, unit = max(map(ruler.small, texts)), s.LINE * len(texts), ""
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
            collector.bracket(bracket.stage, points if self.down else [(y, x) for x, y in points], bracket.cost)
            if self.down:
                collector.beside(
                    bracket.stage, [("cost", text, size) for text in texts], end + BESIDE, (low + high) / 2
                )
            else:
                collector.lines(bracket.stage, "cost", texts, (low + high) / 2, end, s.COST, size)


def _joined(stages: Iterable[StageSpan]) -> list[StageSpan]:
    """The brackets in order; those that run beside each other at one resolution as one."""
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
    """Whether two may share one bracket: more than half of one lies beside the other."""
    (mine, low, high), (theirs, start, end) = one, other
    alike = mine.resolution == theirs.resolution and mine.cost is not None
    return alike and min(high, end) - max(low, start) > min(high - low, end - start) / 2
