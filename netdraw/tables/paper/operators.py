"""The operator table of a network whose `stages` are rows under letters, as in MobileNetV2's paper.

A row of the spec is a row of the table; what stands around them gives a row a layer. A column shows what its row set:
the width of a block as the channels that come out of it, since a multiplier may stand between. Where no letter tells
the width or the stride, they have a column of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from ...core.records import NamedTuple
from ...graph.model import Group, free_title
from ...ops.tensor import TensorType
from ..document import Document, Record, Table, TableColumn, row
from ..summary.report import Report, name_of
from .layerwords import about, notes
from .paths import Paths, find_heads
from .steps import Step, Steps, channels, joined, ones_of, size_text, spatial

NONE = "–"
MULTIPLIER = 2
"""Less than this is what a multiplier of widths makes of a width."""


class OperatorEntry(NamedTuple):
    """A row: what it reads, what it is, and the cells of its columns by letter.

    `last` is the position of its last node, and `place` of its first; `title` is what its author calls it.
    """

    into: TensorType
    operator: str
    cells: dict[str, str]
    place: int
    last: int
    title: str = ""

    @property
    def called(self) -> str:
        """The operator with the title: `Inception, 3a`."""
        return f"{self.operator}, {self.title}" if self.title else self.operator


class Letter(NamedTuple):
    """A column of the spec: its letter and the attribute that it sets."""

    letter: str
    target: str


_TITLE, _REPEAT, _STRIDE = "name", "repeat", "stride"
_OWN = {"channels": ("c", "out", "channels out"), _STRIDE: ("s", "stride", "stride of all")}
"""The heads of the columns that are added, by what they tell: the first that no letter of the spec takes."""


def document(report: Report, found: Steps) -> Document:
    """The table of one network."""
    rows = table_rows(found)
    letters = _letters(rows)
    width = _width_column(found, rows)
    entries = [*_entries(report, found, letters, width)]
    for letter, said in _added(report, found, letters, width, entries):
        letters.append(letter)
        for one, cell in zip(entries, said, strict=True):
            one.cells.update({letter.letter: cell} if cell else {})
    columns = [TableColumn("Input"), TableColumn("Operator"), *(TableColumn(letter, "c") for letter, _ in letters)]
    names = [letter for letter, _ in letters]
    ones = ones_of(kind for _, kind in report.graph.inputs)
    cells = [[one.cells.get(name, NONE) for name in names] for one in entries]
    lines = [row([_input(one.into, ones), one.called, *own]) for one, own in zip(entries, cells, strict=True)]
    records: list[Record] = [_record(one, names, any(one.title for one in entries), ones=ones) for one in entries]
    data = {**about(report, "operators"), "columns": dict(letters), "rows": records}
    table = Table("", tuple(columns), tuple(lines))
    return Document(title=report.title, tables=(table,), notes=notes(report), records=tuple(records), data=data)


def _record(one: OperatorEntry, names: Sequence[str], titled: bool, *, ones: tuple[int, ...]) -> Record:
    """A row as plain data; with its title where any row has one."""
    title = {"title": one.title} if titled else {}
    cells = {name: one.cells.get(name) for name in names}
    return {"input": size_text(one.into, ones=ones), "operator": one.operator, **title, **cells}


def _letters(rows: Sequence[Group]) -> list[Letter]:
    """The columns of the spec. One under its attribute's own name, which is no letter of a paper, and in which all rows
    are alike, says nothing.
    """
    values: dict[Letter, list[Any]] = {}
    for group in rows:
        for letter, target, value in group.cells:
            values.setdefault(Letter(letter, target), []).append(value)
    own = {one for one, told in values.items() if one.letter == one.target and told.count(told[0]) == len(told)}
    return [one for one in values if one.target != _TITLE and (one not in own or one.target in (_REPEAT, _STRIDE))]


def _added(
    report: Report, found: Steps, letters: Sequence[Letter], width: str | None, entries: Sequence[OperatorEntry]
) -> list[tuple[Letter, list[str]]]:
    """The columns that are added, each with a cell an entry: "" for none."""
    taken = {letter for letter, _ in letters}
    added = []
    if width is None:
        added.append(("channels", [channels(found.table.nodes[one.last].outputs[0]) for one in entries]))
    if all(target != _STRIDE for _, target in letters):
        added.append((_STRIDE, [_stride(report, found, one.place, one.last) for one in entries]))
    return [(Letter(next(name for name in _OWN[what] if name not in taken), what), cells) for what, cells in added]


def _stride(report: Report, found: Steps, place: int, last: int) -> str:
    """The stride of all layers from one place to another, "" where there is none: without a window, or with one that
    never moves.
    """
    nodes, sources = found.table.nodes, found.table.sources[place][:1]
    after = report.analysis.nodes[nodes[last].id].stride
    before = report.analysis.nodes[nodes[sources[0]].id].stride if max(sources, default=-1) >= 0 else None
    begins = before or (1,) * len(after or ())
    windows = any(found.table.face(at).size for at in range(place, last + 1))
    moves = any(size > 1 for size in spatial(nodes[last].outputs[0]))
    return joined(Fraction(b) / a for a, b in zip(begins, after, strict=True)) if windows and moves and after else ""


def _moved(report: Report, found: Steps, group: Group) -> Iterator[tuple[str, str]]:
    """The stride of a row whose block does not keep to what the row says, such as for an output stride."""
    start, stop = found.table.spans[group.id]
    repeat = next((value for _, target, value in group.cells if target == _REPEAT), 1)
    for letter, target, value in group.cells:
        if target == _STRIDE and isinstance(value, int):
            stride = _stride(report, found, start, stop - 1)
            if stride and stride not in (str(value), str(value**repeat)):
                yield letter, stride


def table_rows(found: Steps) -> list[Group]:
    """The rows of `stages` that have layers, without those that stand in another row."""
    inside: set[str] = set()
    rows = []
    for group in found.table.graph.groups:
        row = group.kind == "row" and group.cells and group.id in found.table.spans
        if row or group.parent in inside:
            rows += [] if group.parent in inside else [group]
            inside.add(group.id)
    return rows


def _input(kind: TensorType, ones: tuple[int, ...]) -> str:
    """`224² × 3`; sizes that differ, and a vector, are spelled out."""
    sizes = spatial(kind)
    square = len(sizes) == 2 and len(set(sizes)) == 1 and sizes[0] > 1
    return f"{sizes[0]}² × {channels(kind)}" if square else size_text(kind, ones=ones)


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


def _entries(report: Report, found: Steps, letters: Sequence[Letter], width: str | None) -> Iterator[OperatorEntry]:
    """Rows of the spec, blocks around them that add or fork, and single layers, in the order of the graph."""
    owners, heads = _owners(found), find_heads(Paths(found), report.analysis)
    for owner, steps in groupby(found.steps, lambda step: owners[step.node.group] or step.node.id):
        first = next(iter(steps))
        before = f"{heads[first.place]}: " if first.place in heads else ""
        group = found.table.groups.get(owner)
        start, stop = found.table.spans[owner] if group else (first.place, first.place + 1)
        if group is None:
            said, into, cells = first.say(first.words.operator), first.into, dict(_layer_cells(first, letters, width))
            title = free_title(first.node)
        else:
            said, into = name_of(group), found.table.source_types(start)[0]
            title = free_title(group).removeprefix(said)
            cells = {letter: text(value) for letter, _, value in group.cells}
            cells.update(_moved(report, found, group))
            cells = cells or {letter: "1" for letter, target in letters if target == _REPEAT}
            cells |= {width: channels(_output(found, group))} if width is not None else {}
        if said:
            yield OperatorEntry(into=into, operator=before + said, cells=cells, place=start, last=stop - 1, title=title)


def _owners(found: Steps) -> dict[str, str]:
    """By group id: the outermost row, residual block or fork around it, "" for none."""
    rows = {group.id for group in table_rows(found)}
    owners = {"": ""}
    for group in found.table.graph.groups:
        own = group.id in rows or group.residual is not None or group.kind == "parallel"
        owners[group.id] = owners[group.parent] or (group.id if own and group.id in found.table.spans else "")
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
