"""A document of tables, before any format: cells with lines, brackets and spans; and the same as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar

from ..core.records import NamedTuple

Align = Literal["l", "c", "r"]
Length = TypeVar("Length", int, float)
Record = Mapping[str, str | int | float | None]
"""A line of CSV by the names of its columns; None where there is nothing."""


class TableColumn(NamedTuple):
    """The words over a column, and how its cells are set; `span` is how many columns the words stand over."""

    head: str
    align: Align = "l"
    span: int = 1


class CellLines(NamedTuple):
    """Lines one below the other; with `times` they stand in brackets, which are repeated so often."""

    lines: tuple[str, ...]
    times: int | None = None


class TableCell(NamedTuple):
    """Parts one below the other. `columns` and `rows` are how many places it covers."""

    parts: tuple[CellLines, ...] = ()
    columns: int = 1
    rows: int = 1

    @property
    def bracketed(self) -> bool:
        """Whether something in it stands in brackets."""
        return any(part.times is not None for part in self.parts)


class TableRow(NamedTuple):
    """A cell for each column, None where another cell covers the place. `rule` is a line above."""

    cells: tuple[TableCell | None, ...]
    rule: bool = False


class Table(NamedTuple):
    """A table with its caption, "" for none."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]


class Document(NamedTuple):
    """A title, tables, and notes below them. CSV writes the `records`, JSON the `data`: numbers without units."""

    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    records: tuple[Record, ...]
    data: Mapping[str, Any]


def cell(text: str, columns: int = 1, rows: int = 1) -> TableCell:
    """A cell of one line."""
    return TableCell((CellLines((text,)),), columns, rows)


def row(texts: Iterable[str], rule: bool = False) -> TableRow:
    """A row of cells of one line each."""
    return TableRow(tuple(map(cell, texts)), rule)


def head(table: Table) -> TableRow:
    """The words over the columns, as a row."""
    cells: list[TableCell | None] = []
    for column in table.columns:
        covered = len(cells) > 0 and any(one and place + one.columns > len(cells) for place, one in enumerate(cells))
        cells.append(None if covered else cell(column.head, column.span))
    return TableRow(tuple(cells))


def placed(cells: Iterable[TableCell | None]) -> list[tuple[int, TableCell]]:
    """The cells with the column that each begins at."""
    return [(place, one) for place, one in enumerate(cells) if one is not None]


def spread(cells: Iterable[TableCell | None]) -> Iterator[tuple[int, TableCell | None]]:
    """The columns that no cell before covers, with what begins there; None where a cell of a row above stands."""
    end = 0
    for place, one in enumerate(cells):
        if place >= end:
            yield place, one
            end = place + (one.columns if one else 1)


def column_widths(table: Table, width: Callable[[TableCell], Length], gap: int = 0) -> list[Length]:
    """The least that all cells need, those of the head included; one over several columns widens the last of them."""
    widths: list[Length] = [0] * len(table.columns)
    cells = [one for row in (head(table), *table.rows) for one in placed(row.cells)]
    for place, cell in sorted(cells, key=lambda one: one[1].columns):
        end = place + cell.columns
        widths[end - 1] += max(0, width(cell) - (sum(widths[place:end]) + gap * (cell.columns - 1)))
    return widths
