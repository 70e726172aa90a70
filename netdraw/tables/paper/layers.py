"""The layer table of a plain chain, as in MobileNet's paper: type and stride, filter shape, input size.

Rows that repeat, one by one or several together, are printed once behind `5×`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.records import NamedTuple
from ..document import Document, Record, Table, TableCell, TableColumn, TableRow, cell
from ..summary.report import Report
from .layerwords import about, notes
from .steps import Step, Steps

LONGEST = 32
"""The most rows that repeat together."""

Line = tuple[str, str, str]


class RowRun(NamedTuple):
    """Rows that stand `times` times one behind the other."""

    rows: tuple[int, ...]
    times: int


def document(report: Report, found: Steps) -> Document:
    """The table of one network, whose layers are a plain chain."""
    lines = [_line(step) for step in found.steps]
    runs = find_runs(lines)
    repeats = any(run.times > 1 for run in runs)
    wide = 2 if repeats else 1
    columns = [TableColumn("Type / Stride", span=wide), *([TableColumn("")] if repeats else [])]
    columns += [TableColumn("Filter Shape"), TableColumn("Input Size")]
    rows: list[TableRow] = []
    for number, run in enumerate(runs):
        ruled = bool(number) and (run.times > 1 or runs[number - 1].times > 1)
        rows += _rows([lines[place] for place in run.rows], run.times, repeats, ruled)
    table = Table("", tuple(columns), tuple(rows))
    records = [_record(found.steps[place], run.times) for run in runs for place in run.rows]
    data = {**about(report, "layers"), "rows": records}
    return Document(title=report.title, tables=(table,), notes=notes(report), records=tuple(records), data=data)


def _line(step: Step) -> Line:
    return f"{step.say(step.words.kind)} / s{step.stride}", step.say(step.words.filter), step.reads


def _record(step: Step, times: int) -> Record:
    return {
        "type": step.say(step.words.kind),
        "stride": step.stride,
        "filter": step.say(step.words.filter),
        "input": step.reads,
        "repeat": times,
    }


def find_runs(lines: Sequence[Line]) -> list[RowRun]:
    """The rows from the first on: the shortest sequence that stands twice or more is one run."""
    runs: list[RowRun] = []
    place = 0
    while place < len(lines):
        lengths = range(1, min(LONGEST, (len(lines) - place) // 2) + 1)
        repeats = ((length, _times(lines, place, length)) for length in lengths)
        length, times = next((one for one in repeats if one[1] > 1), (1, 1))
        runs.append(RowRun(tuple(range(place, place + length)), times))
        place += length * times
    return runs


def _times(lines: Sequence[Line], place: int, length: int) -> int:
    first, times = lines[place : place + length], 1
    while lines[place + times * length : place + (times + 1) * length] == first:
        times += 1
    return times


def _rows(lines: Sequence[Line], times: int, repeats: bool, ruled: bool) -> list[TableRow]:
    """Rows of one run; the first has how often it stands there. Where nothing repeats there is no such column."""
    found = []
    for number, (kind, *others) in enumerate(lines):
        first: list[TableCell | None] = [cell(kind)]
        if repeats and times == 1:
            first = [cell(kind, columns=2), None]
        elif repeats:
            first = [cell(f"{times}×", rows=len(lines)) if not number else None, cell(kind)]
        found.append(TableRow((*first, *map(cell, others)), ruled and not number))
    return found
