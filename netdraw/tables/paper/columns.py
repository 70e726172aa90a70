"""The table with a column a network: a row a stage, as in ResNet's paper; or layer by layer, as in VGG's.

What all networks have alike is printed once, across their columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from ...core.numbers import power
from ..document import CellLines, Document, Record, Table, TableCell, TableColumn, TableRow, cell
from ..summary.report import Report
from .bystage import staged
from .layerwords import about, notes
from .listing import listed
from .steps import StageEntry, Steps

NONE = "–"


def document(reports: Sequence[Report], found: Sequence[Steps]) -> Document:
    """The table of several networks, or of one. Plain chains are listed, others are told by stage."""
    chains = all(one.chain for one in found) and len(found) > 1
    tables = _tables(reports, found, chains)
    heads = () if chains else ("layer name", "output size")
    sizes = {entry.key: _area(entry.names[1]) for entries in tables for entry in entries if entry.names}
    keys = merged([[entry.key for entry in entries] for entries in tables], sizes)
    by_key: list[Mapping[str, StageEntry]] = [{entry.key: entry for entry in entries} for entries in tables]
    rows = _named([_row(key, by_key, len(heads)) for key in keys], len(heads))
    rows = [one._replace(rule=bool(number) and chains) for number, one in enumerate(rows)]
    columns = [TableColumn(head) for head in heads] + [TableColumn(report.title, "c") for report in reports]
    rows += _totals(reports, len(heads))
    records = [_record(key, by_key, reports, heads) for key in keys]
    data = {"form": "columns", "networks": [_network(*pair) for pair in zip(reports, tables, strict=True)]}
    title, table = ", ".join(report.title for report in reports), Table("", tuple(columns), tuple(rows))
    return Document(title=title, tables=(table,), notes=notes(*reports), records=tuple(records), data=data)


def _tables(reports: Sequence[Report], found: Sequence[Steps], chains: bool) -> list[list[StageEntry]]:
    """The rows of each network; where all have as many stages, their numbers say which belong together."""
    if chains:
        return [list(listed(one)) for one in found]
    alike = len({sum(stage.kind == "stage" for stage in report.analysis.stages) for report in reports}) == 1
    return [list(staged(report, one, alike)) for report, one in zip(reports, found, strict=True)]


def merged(lists: Sequence[Sequence[str]], sizes: Mapping[str, int]) -> list[str]:
    """All keys once, in an order that keeps that of every list where they agree; the largest first of what is free."""
    left, found = [list(keys) for keys in lists], list[str]()
    while any(left):
        heads = list(dict.fromkeys(keys[0] for keys in left if keys))
        # Where no head is free, the lists do not agree.
        free = [key for key in heads if not any(key in keys[1:] for keys in left)] or heads[:1]
        found.append(max(free, key=lambda key: sizes.get(key, 0)))
        left = [[key for key in keys if key != found[-1]] for keys in left]
    return found


def _area(size: str) -> int:
    """How many places a size has, 0 where that is not known."""
    return prod(int(part) for part in size.split("×")) if size.replace("×", "").isdigit() else 0


def _row(key: str, tables: Sequence[Mapping[str, StageEntry]], heads: int) -> TableRow:
    names = _names(key, tables, heads)
    parts = [table[key].parts if key in table else (CellLines((NONE,)),) for table in tables]
    alike = len(set(parts)) == 1 and len(parts) > 1
    cells = [TableCell(parts[0], len(parts)), *[None] * (len(parts) - 1)] if alike else [*map(TableCell, parts)]
    return TableRow((*map(cell, names), *cells))


def _named(rows: Sequence[TableRow], heads: int) -> list[TableRow]:
    """What stands before the networks' columns is said once for rows that have it in common."""
    found: list[TableRow] = []
    first = 0
    for number, one in enumerate(rows):
        before, names = (found[first].cells[:heads] if found else ()), one.cells[:heads]
        if heads and [cell and cell.parts for cell in before] == [cell and cell.parts for cell in names]:
            grown = tuple(cell._replace(rows=cell.rows + 1) if cell else None for cell in before)
            found[first] = found[first]._replace(cells=(*grown, *found[first].cells[heads:]))
            one = one._replace(cells=(*(None,) * heads, *one.cells[heads:]))
        else:
            first = number
        found.append(one)
    return found


def _names(key: str, tables: Sequence[Mapping[str, StageEntry]], heads: int) -> list[str]:
    """The texts before the networks' columns; those of networks that differ behind each other."""
    found = [table[key].names for table in tables if key in table]
    return [" / ".join(dict.fromkeys(names[place] for names in found)) for place in range(heads)]


def _totals(reports: Sequence[Report], heads: int) -> list[TableRow]:
    """Parameters, and the cost in the unit of the reports."""
    lines = {"params": [report.least_params + power(report.analysis.total.params) for report in reports]}
    if reports[0].heading:
        lines[reports[0].heading] = [report.least + power(report.cost) for report in reports]
    rows = []
    for number, (head, texts) in enumerate(lines.items()):
        before = [cell(head, heads), *[None] * (heads - 1)] if heads else []
        said = texts if heads else [f"{text} {head}" for text in texts]
        rows.append(TableRow((*before, *map(cell, said)), not number))
    return rows


def _record(
    key: str, tables: Sequence[Mapping[str, StageEntry]], reports: Sequence[Report], heads: Sequence[str]
) -> Record:
    names = dict(zip(("layer", "size"), _names(key, tables, len(heads)), strict=False))
    texts = ["; ".join(map(_plain, table[key].parts)) if key in table else None for table in tables]
    called = [report.graph.name for report in reports]
    unlike = [name if called.count(name) == 1 else f"{name} {place}" for place, name in enumerate(called, 1)]
    return {**names, **dict(zip(unlike, texts, strict=True))}


def _plain(part: CellLines) -> str:
    """A part in one line: `[1×1, 64; 3×3, 64] ×3`."""
    said = "; ".join(part.lines)
    return said if part.times is None else f"[{said}] ×{part.times}"


def _network(report: Report, entries: Sequence[StageEntry]) -> dict[str, Any]:
    parts = [[{"lines": list(part.lines), "times": part.times or 1} for part in entry.parts] for entry in entries]
    rows = [{"names": list(entry.names), "parts": own} for entry, own in zip(entries, parts, strict=True)]
    return {**about(report, "columns"), "rows": rows}
