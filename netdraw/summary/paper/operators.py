"""The operator table of a network whose `stages` are rows under letters, as in MobileNetV2's paper.

A row of the spec is a row of the table; what stands around them gives a row a layer. A column shows what its row set:
the width of a block as the channels that come out of it, since a multiplier may stand between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from ...graph.model import Group
from ...ops.tensor import TensorType
from ..report import Report, name_of
from ..tables import Column, Document, Record, Table, row
from .about import about, notes
from .steps import Step, Steps, channels, size_text, spatial

NONE = "–"
MULTIPLIER = 2
"""Less than this is what a multiplier of widths makes of a width."""


class Entry(NamedTuple):
    """A row: what it reads, what it is, and the cells of its columns by letter."""

    into: TensorType
    operator: str
    cells: Mapping[str, str]


class Letter(NamedTuple):
    """A column of the spec: its letter and the attribute that it sets."""

    letter: str
    target: str


_TITLE, _REPEAT = "name", "repeat"


def document(report: Report, found: Steps) -> Document:
    """The table of one network."""
    rows = table_rows(found)
    letters = list(dict.fromkeys(Letter(*said[:2]) for group in rows for said in group.cells if said[1] != _TITLE))
    width = _width_column(found, rows)
    entries = [*_entries(found, letters, width)]
    columns = [Column("Input"), Column("Operator"), *(Column(letter, "c") for letter, _ in letters)]
    names = [letter for letter, _ in letters]
    lines = [row([_input(one.into), one.operator, *(one.cells.get(name, NONE) for name in names)]) for one in entries]
    records = [_record(one, names) for one in entries]
    data = {**about(report, "operators"), "columns": dict(letters), "rows": records}
    return Document(report.title, (Table("", tuple(columns), tuple(lines)),), notes(report), tuple(records), data)


def table_rows(found: Steps) -> list[Group]:
    """The rows of `stages` that have layers, without those that stand in another row."""
    inside: set[str] = set()
    rows = []
    for group in found.table.graph.groups:
        if group.parent in inside:
            inside.add(group.id)
        elif group.kind == "row" and group.cells and group.id in found.table.spans:
            inside.add(group.id)
            rows.append(group)
    return rows


def _record(entry: Entry, letters: Sequence[str]) -> Record:
    cells = {letter: entry.cells.get(letter) for letter in letters}
    return {"input": size_text(entry.into), "operator": entry.operator, **cells}


def _input(kind: TensorType) -> str:
    """`224² × 3`; sizes that differ, and a vector, are spelled out."""
    sizes = spatial(kind)
    square = len(sizes) == 2 and len(set(sizes)) == 1 and sizes[0] > 1
    return f"{sizes[0]}² × {channels(kind)}" if square else size_text(kind)


def _width_column(found: Steps, rows: Sequence[Group]) -> str | None:
    """The letter of the column that tells the width: the first whose values are the channels that come out of the
    rows, else the first that grows with them as under a multiplier: a squeeze or one branch of several has more to it.
    """
    outs = [int(channels(_output(found, group))) for group in rows]
    columns = list(zip(*(group.cells for group in rows), strict=False))
    told = [(column[0][0], [value for _, _, value in column]) for column in columns if column[0][1] != _REPEAT]
    numbers = [(letter, values) for letter, values in told if all(type(value) in (int, float) for value in values)]
    equal = [letter for letter, values in numbers if values == outs]
    grown = [letter for letter, values in numbers if _grows(values, outs)]
    return next(iter([*equal, *grown]), None)


def _grows(values: Sequence[float], outs: Sequence[int]) -> bool:
    """Whether equal values give equal channels, larger ones no fewer, and none as many as MULTIPLIER times itself."""
    pairs = sorted(set(zip(values, outs, strict=True)))
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(pairs))
    return rising and len(pairs) > 1 and all(out < MULTIPLIER * value for value, out in pairs)


def _output(found: Steps, group: Group) -> TensorType:
    return found.table.nodes[found.table.spans[group.id][1] - 1].outputs[0]


def _entries(found: Steps, letters: Sequence[Letter], width: str | None) -> Iterator[Entry]:
    """Rows of the spec, blocks around them that add or fork, and single layers, in the order of the graph."""
    owners = _owners(found)
    for owner, steps in groupby(found.steps, lambda step: owners[step.node.group] or step.node.id):
        members = list(steps)
        group = found.table.groups.get(owner)
        if group is None:
            (step,) = members
            said = step.say(step.words.operator)
            if said:
                yield Entry(step.into, said, dict(_layer_cells(step, letters, width)))
            continue
        into = found.table.source_types(found.table.spans[owner][0])[0]
        cells = {letter: text(value) for letter, _, value in group.cells}
        if width in cells:
            cells[width] = channels(_output(found, group))
        yield Entry(into, name_of(group), cells)


def _owners(found: Steps) -> dict[str, str]:
    """By group id: the outermost row, residual block or fork around it, "" for none."""
    rows = {group.id for group in table_rows(found)}
    owners = {"": ""}
    for group in found.table.graph.groups:
        own = group.id in rows or group.residual is not None or group.kind in ("parallel", "heads")
        whole = own and group.id in found.table.spans
        owners[group.id] = owners[group.parent] or (group.id if whole else "")
    return owners


def _layer_cells(step: Step, letters: Sequence[Letter], width: str | None) -> Iterator[tuple[str, str]]:
    """What a layer that is no row says under the letters: its own attributes; once; its width, where it has weights."""
    for letter, target in letters:
        if target == _REPEAT:
            yield letter, "1"
        elif letter == width and step.weight:
            yield letter, channels(step.output)
        elif target in step.node.attrs and letter != width:
            yield letter, text(step.node.attrs[target])


def text(value: Any) -> str:
    """A value as a table has it: equal sizes of all axes once."""
    if isinstance(value, tuple | list):
        parts = [text(part) for part in value]
        return parts[0] if len(set(parts)) == 1 else "×".join(parts)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
