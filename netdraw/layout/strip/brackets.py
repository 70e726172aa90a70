"""The brackets that are drawn: neighbours joined where one is too narrow for its text, costs written out. In D."""

from ...core.numbers import share, short
from ...core.records import NamedTuple
from ...diagram.model import Bracket, FigureTexts, Line
from .. import sizes as s
from ..sizes import Ruler
from .grid import Grid
from .order import LineOrder


class OrderedBracket(NamedTuple):
    """One bracket from cell to cell, by their places."""

    id: str
    title: str
    first: int
    last: int
    cost: int | None
    resolution: str
    least: bool = False
    texts: tuple[str, ...] = ()
    """One line, or the cost and the title under it."""
    width: float = 0.0


def ordered_brackets(grid: Grid, words: FigureTexts, ruler: Ruler, unit: bool) -> list[OrderedBracket]:
    """The brackets of a line with their texts; `unit` tells whether the first of them says the unit."""
    found = _joined([_stage(grid.order, one) for one in grid.order.line.brackets if says(one)], grid, words, ruler)
    first, whole = f" {words.unit}" if unit and words.unit else "", whole_of(grid.order.line, words)
    costs = [cost_text(stage.cost, stage.least, whole, first if not place else "") for place, stage in enumerate(found)]
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
    """The texts: title and cost on one line where that fits all brackets, else on two, else without titles."""
    pairs = list(zip(found, costs, strict=True))
    one: list[tuple[str, ...]] = [(" · ".join(filter(None, (stage.title, cost))),) for stage, cost in pairs]
    two: list[tuple[str, ...]] = [tuple(filter(None, (cost, stage.title))) for stage, cost in pairs]
    wide = [(line, stage) for (line, *_), stage in zip(one, found, strict=True) if stage.title]
    if all(ruler.told((line,)) <= _width(grid, stage) for line, stage in wide):
        return one
    fits = all(ruler.told((stage.title,)) <= _width(grid, stage) for stage in found)
    return two if fits or not any(costs) else [(cost,) for cost in costs]


def says(bracket: Bracket) -> bool:
    """A bracket of nothing is not drawn."""
    return bool(bracket.cost or bracket.least or (bracket.cost is None and bracket.title))


def _stage(order: LineOrder, bracket: Bracket) -> OrderedBracket:
    first, last = order.place_of[bracket.first], order.place_of[bracket.last]
    return OrderedBracket(
        id=bracket.stage, title=bracket.title or "", first=first, last=last,
        cost=bracket.cost, resolution=bracket.resolution, least=bracket.least,
    )  # fmt: skip


class CostTotal(NamedTuple):
    """What the shares of brackets are of; `least` where something is missing in it."""

    cost: int
    least: bool


def whole_of(line: Line, words: FigureTexts) -> CostTotal:
    """Of several networks the line's own, else the one that is drawn."""
    return CostTotal(line.cost_total, line.least) if line.cost_total else CostTotal(words.cost_total, words.least)


def cost_text(cost: int | None, least: bool, whole: CostTotal, unit: str = "") -> str:
    """`54.9 M · 18 %`; "" where no cost is shown.

    Of a whole that is not known a stage that is has at most a share; one that is not (`least`) has none.
    """
    if cost is None:
        return ""
    if least:
        return f"≥ {short(cost)}{unit}"
    part = share(cost, whole.cost)
    most = "≤ " if whole.least and part[:1] not in ("", "<") else ""
    return f"{short(cost)}{unit}{' · ' if part else ''}{most}{part}"


def _width(grid: Grid, stage: OrderedBracket) -> float:
    return grid.finish(stage.last) - grid.start(stage.first)


def _joined(found: list[OrderedBracket], grid: Grid, words: FigureTexts, ruler: Ruler) -> list[OrderedBracket]:
    """Neighbours at one resolution as one, where each is narrower than its cost: a single one may be."""
    joined: list[OrderedBracket] = []
    narrow_before, whole = False, whole_of(grid.order.line, words)
    for stage in found:
        narrow = _width(grid, stage) < ruler.told((cost_text(stage.cost, stage.least, whole),))
        before = joined[-1] if joined else None
        if before and narrow and narrow_before and _neighbours(before, stage):
            cost, least = (before.cost or 0) + (stage.cost or 0), before.least or stage.least
            joined[-1] = before._replace(title="", last=stage.last, cost=cost, least=least)
        else:
            joined.append(stage)
        narrow_before = narrow
    return joined


def _neighbours(before: OrderedBracket, stage: OrderedBracket) -> bool:
    return before.resolution == stage.resolution and before.last + 1 == stage.first and stage.cost is not None
