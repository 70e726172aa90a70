"""Where the stages of a graph that Graphviz placed can have brackets beside it: along rows of none but their own cells.

A row is what lies beside one another along the graph. In D.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from ...core.records import NamedTuple
from ...diagram.model import Bracket
from ..strip.brackets import as_one, says

StageSpan = tuple[Bracket, float, float]
"""A bracket, and from where to where it reaches along the graph."""

CellSpan = tuple[str, float, float]
"""The id of a cell that holds nodes, and from where to where it reaches along the graph."""


class Row(NamedTuple):
    """From where to where it reaches, and by number how many cells each bracket has in it (-1: cells of none)."""

    low: float
    high: float
    brackets: Counter[int]


def side_spans(brackets: Sequence[Bracket], cells: Iterable[CellSpan]) -> list[StageSpan]:
    """The brackets along the graph, one for each run of rows that have no foreign cell; the longest says the cost.

    Two are one where the one has no such row: it goes with that which has most cells beside its own.
    """
    found = [one for one in brackets if says(one)]
    rows, merged = _rows(found, cells), True
    while merged:
        merged = False
        alone = {next(iter(row.brackets)) for row in rows if len(row.brackets) == 1}
        for number in sorted({one for row in rows for one in row.brackets} - alone - {-1}):
            beside = sum((row.brackets for row in rows if number in row.brackets), Counter())
            others = [(count, -other) for other, count in beside.items() if other not in (number, -1)]
            if others:
                first, second = sorted((number, -max(others)[1]))
                found[first] = as_one(found[first], found[second])
                rows = [_renamed(row, second, first) for row in rows]
                merged = True
                break
    return [span for number, bracket in enumerate(found) for span in _spans(number, bracket, rows)]


def _rows(brackets: Sequence[Bracket], cells: Iterable[CellSpan]) -> list[Row]:
    """The rows in order."""
    of = {id: number for number, bracket in enumerate(brackets) for id in bracket.cells}
    rows: list[Row] = []
    for id, low, high in sorted(cells, key=lambda cell: cell[1]):
        if rows and low < rows[-1].high - 1e-6:
            rows[-1].brackets[of.get(id, -1)] += 1
            rows[-1] = rows[-1]._replace(high=max(high, rows[-1].high))
        else:
            rows.append(Row(low, high, Counter([of.get(id, -1)])))
    return rows


def _renamed(row: Row, number: int, to: int) -> Row:
    """With one bracket in the place of another."""
    return row._replace(brackets=Counter([to if one == number else one for one in row.brackets.elements()]))


def _spans(number: int, bracket: Bracket, rows: Sequence[Row]) -> list[StageSpan]:
    """The runs of a bracket's own rows."""
    runs = [list(run) for own, run in groupby(rows, lambda row: [*row.brackets] == [number]) if own]
    spans = [(run[0].low, run[-1].high) for run in runs]
    told = max(spans, key=lambda span: span[1] - span[0], default=None)
    part = bracket._replace(title=None, cost=None, least=False, more=True)
    return [(bracket if span == told else part, *span) for span in spans]
