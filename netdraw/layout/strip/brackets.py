"""The brackets that are drawn: neighbours joined where one is too narrow for its text, costs written out. In D."""

from ...core.numbers import least, share, short
from ...core.records import NamedTuple
from ...diagram.model import Bracket, FigureTexts, Line
from .. import sizes as s
from ..sizes import Ruler
from .grid import Grid


class OrderedBracket(NamedTuple):
    """One bracket from cell to cell, by their places, with its texts: one line, or the cost and the title under it."""

    bracket: Bracket
    first: int
    last: int
    texts: tuple[str, ...] = ()
    width: float = 0.0


def ordered_brackets(grid: Grid, words: FigureTexts, ruler: Ruler, unit: bool) -> list[OrderedBracket]:
    """The brackets of a line with their texts; `unit` tells whether the first of them says the unit."""
    line, places = grid.order.line, grid.order.place_of
    whole, first = line if line.cost_total else words, f" {words.unit}" if unit and words.unit else ""
    found = [OrderedBracket(one, places[one.first], places[one.last]) for one in line.brackets if says(one)]
    found = _joined(found, grid, whole, ruler)
    begin = next((number for number, stage in enumerate(found) if not stage.bracket.more), -1)
    costs = [cost_text(stage.bracket, whole, first if number == begin else "") for number, stage in enumerate(found)]
    lines = _lines(grid, ruler, found, costs)
    return [stage._replace(texts=texts, width=ruler.told(texts)) for stage, texts in zip(found, lines, strict=True)]


def widening(grid: Grid, found: list[OrderedBracket]) -> list[float]:
    """By cell, how far it moves to the right so that no stage's text touches that of the one before."""
    by = [0.0] * len(grid.x)
    moved, reach = 0.0, float("-inf")
    for place, stage in enumerate(found):
        middle = (grid.start(stage.first) + grid.finish(stage.last)) / 2
        moved = max(moved, reach + s.COST_AIR - (middle - stage.width / 2))
        reach = middle + moved + stage.width / 2
        begin = grid.order.leads(stage.first, found[place - 1].last if place else -1)
        by[begin:] = [moved] * (len(by) - begin)
    return by


def _lines(grid: Grid, ruler: Ruler, found: list[OrderedBracket], costs: list[str]) -> list[tuple[str, ...]]:
    """The texts: title and cost on one line where that fits all brackets, else on two; without a title that is wider
    than its bracket and its cost.
    """
    room = [_width(grid, stage) for stage in found]
    pairs = [
        ("" if cost and ruler.told((title,)) > max(wide, ruler.told((cost,))) else title, cost)
        for title, cost, wide in zip([stage.bracket.title or "" for stage in found], costs, room, strict=True)
    ]
    one = [(" · ".join(filter(None, pair)),) for pair in pairs]
    if all(ruler.told(line) <= wide for line, (title, _), wide in zip(one, pairs, room, strict=True) if title):
        return [*one]
    return [tuple(filter(None, (cost, title))) for title, cost in pairs]


def says(bracket: Bracket) -> bool:
    """A bracket of nothing is not drawn."""
    return bool(bracket.cost or bracket.least or bracket.more or (bracket.cost is None and bracket.title))


def cost_text(bracket: Bracket, whole: Line | FigureTexts, unit: str = "") -> str:
    """`54.9 M · 18 %`, the share of the cost of a line, or of the figure; "" where no cost is shown.

    Of a whole that is not known a stage that is has at most a share; one that is not (`least`) has none.
    """
    if bracket.cost is None:
        return ""
    if bracket.least:
        return f"{least(True)}{short(bracket.cost)}{unit}"
    part = share(bracket.cost, whole.cost_total)
    most = "≤ " if whole.least and part[:1] not in ("", "<") else ""
    return f"{short(bracket.cost)}{unit}{' · ' if part else ''}{most}{part}"


def as_one(first: Bracket, other: Bracket) -> Bracket:
    """Two brackets as one, without a title."""
    cost, least = (first.cost or 0) + (other.cost or 0), first.least or other.least
    stages, cells = (first.stages or (first.stage,)) + (other.stages or (other.stage,)), first.cells + other.cells
    return first._replace(title="", cost=cost, least=least, stages=stages, cells=cells)


def _width(grid: Grid, stage: OrderedBracket) -> float:
    return grid.finish(stage.last) - grid.start(stage.first)


def _joined(found: list[OrderedBracket], grid: Grid, whole: Line | FigureTexts, ruler: Ruler) -> list[OrderedBracket]:
    """Neighbours at one resolution as one, where each is narrower than its cost: a single one may be."""
    joined: list[OrderedBracket] = []
    narrow_before = False
    for stage in found:
        narrow = _width(grid, stage) < ruler.told((cost_text(stage.bracket, whole),))
        if narrow and narrow_before and _neighbours(joined[-1], stage):
            joined[-1] = joined[-1]._replace(bracket=as_one(joined[-1].bracket, stage.bracket), last=stage.last)
        else:
            joined.append(stage)
        narrow_before = narrow
    return joined


def _neighbours(one: OrderedBracket, other: OrderedBracket) -> bool:
    alike = one.bracket.resolution == other.bracket.resolution and other.bracket.cost is not None
    return alike and one.last + 1 == other.first
