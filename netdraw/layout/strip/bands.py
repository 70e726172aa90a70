"""What stands under the cells of a row: labels, bars with their shapes, brackets with their costs. In D."""

from ...core.records import NamedTuple
from .. import sizes as s
from ..collector import Collector
from ..sizes import Ruler
from .brackets import OrderedBracket
from .grid import Grid, Heights
from .rows import Row, row_of


class BracketPiece(NamedTuple):
    """What one row has of a stage's bracket: from x to x, open where a row break cuts it, its text where it is told."""

    ordered: OrderedBracket
    low: float
    high: float
    begins: bool
    ends: bool
    tells: bool


class Band(NamedTuple):
    """How deep the bands of a row lie under its line; None where it has no such band."""

    bars: float | None
    brackets: float | None
    end: float


def measure(grid: Grid, heights: Heights, row: Row, outer: list[int], pieces: list[BracketPiece], most: int) -> Band:
    """The bands of a row whose outermost boxes are `outer`; `most` is the highest value of a bar in the figure."""
    ruler, cells = grid.ruler, grid.order.cells
    labelled = [place for place in range(*row) if grid.widths[place]]
    ends = [ruler.label_end(cells[place], len(grid.widths[place]) - 1) for place in labelled]
    end = max([grid.deep(*row), *(end + s.UNDER_LABEL for end in ends), *(heights.bottom[box] for box in outer)])
    end = max([end, *(fork.bottom for fork in grid.loose(*row))])
    bars = [grid.bars[place] for place in range(*row) if place in grid.bars]
    ground = None
    if bars:
        ground = end + s.BAND + max(bar_height(bar.value, most) for bar in bars)
        end = ground + max(ruler.shapes_height(bar.text) for bar in bars)
    if not pieces:
        return Band(ground, None, end)
    top = end + (s.BRACKET - s.DESCENT if bars else s.BAND)
    told = [piece.ordered.texts for piece in pieces if piece.tells and piece.ordered.texts]
    deep = max(map(ruler.told_height, told), default=0.0)
    return Band(ground, top, top + s.BRACKET_DEPTH + deep)


def bar_height(value: int, most: int) -> float:
    """Linear from zero; what would vanish is a tick."""
    return max(s.BAR * value / most, s.HAIR) if value > 1 else s.HAIR


def split_brackets(grid: Grid, rows: list[Row], stages: list[OrderedBracket]) -> list[list[BracketPiece]]:
    """By row; the grid has its final places. Of several the first that is wide enough has the text, or the widest."""
    found: list[list[BracketPiece]] = [[] for _ in rows]
    for stage in stages:
        begin, end = row_of(rows, stage.first), row_of(rows, stage.last)
        own = rows[begin : end + 1]
        lows = [grid.start(max(stage.first, row.first)) for row in own]
        highs = [grid.finish(min(stage.last, row.until - 1)) for row in own]
        widths = [min(high - low, stage.width) for low, high in zip(lows, highs, strict=True)]
        teller = begin + widths.index(max(widths))
        for n, (low, high) in enumerate(zip(lows, highs, strict=True), begin):
            begins, ends, tells = n == begin, n == end, n == teller
            found[n].append(BracketPiece(stage, low, high, begins=begins, ends=ends, tells=tells))
    return found


def draw(collector: Collector, grid: Grid, row: Row, y: float, band: Band, most: int) -> None:
    """The labels and bars of a row whose line is at `y`."""
    ruler = grid.ruler
    for place in range(*row):
        cell, x = grid.order.cells[place], grid.x[place]
        collector.label(cell, x, y, ruler, ruler.reach(cell))
        bar = grid.bars.get(place)
        if bar and band.bars is not None:
            ground, height = y + band.bars, bar_height(bar.value, most)
            collector.rect(collector.bars, bar.cell, x - s.BAR_WIDTH / 2, ground - height, s.BAR_WIDTH, height)
            collector.lines(bar.cell, "shape", bar.text, x, ground, s.LINE, ruler.caption)


def draw_brackets(collector: Collector, ruler: Ruler, pieces: list[BracketPiece], top: float, width: float) -> None:
    """The brackets of a row from `top` on, in a figure of that width."""
    told = [piece for piece in pieces if piece.tells and piece.ordered.texts]
    middles = _spread([((piece.low + piece.high) / 2, piece.ordered.width) for piece in told], width)
    bottom = top + s.BRACKET_DEPTH
    for piece in pieces:
        points = [(piece.low, top), (piece.low, bottom), (piece.high, bottom), (piece.high, top)]
        points = points[not piece.begins : 4 if piece.ends else 3]
        collector.bracket(piece.ordered.bracket, points, piece.tells)
    for piece, x in zip(told, middles, strict=True):
        collector.lines(piece.ordered.bracket.stage, "cost", piece.ordered.texts, x, bottom, s.COST, ruler.caption)


def _spread(texts: list[tuple[float, float]], width: float) -> list[float]:
    """The middles of texts (middle, width) moved as far apart, and inside the page, as they need to be."""
    middles: list[float] = []
    reach = s.EDGE - s.COST_AIR
    for middle, wide in texts:
        middle = max(middle, reach + s.COST_AIR + wide / 2)
        middles.append(middle)
        reach = middle + wide / 2
    limit = width - s.EDGE
    for place in reversed(range(len(texts))):
        wide = texts[place][1]
        middles[place] = min(middles[place], limit - wide / 2)
        limit = middles[place] - wide / 2 - s.COST_AIR
    return middles
