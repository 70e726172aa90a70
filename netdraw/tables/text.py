"""Tables for the terminal: aligned columns; what repeats stands in brackets of several lines."""

from __future__ import annotations

import textwrap

from .document import Align, Document, Table, TableCell, TableColumn, TableRow, head, placed

GAP = "  "
NOTE = 80
"""The least width at which notes break, in characters."""
_BRACKETS = {"first": ("⎡", "⎤"), "middle": ("⎢", "⎥"), "last": ("⎣", "⎦"), "only": ("[", "]")}


def write(document: Document) -> str:
    """The title, each table, and the notes."""
    lines = [document.title, ""]
    for table in document.tables:
        lines += [*([table.caption, ""] if table.caption else []), *_table(table), ""]
    wide = max(map(_wide, document.tables), default=0)
    notes = [line for note in document.notes for line in wrapped(note, wide)]
    return "\n".join([*lines, *notes, ""]).rstrip("\n") + "\n"


def wrapped(note: str, wide: int) -> list[str]:
    """A note in lines no wider than its table, nor than NOTE where that is more."""
    return textwrap.wrap(note, max(NOTE, wide), break_long_words=False, break_on_hyphens=False)


def _wide(table: Table) -> int:
    widths = _widths(table.columns, (head(table), *table.rows))
    return sum(widths) + len(GAP) * (len(widths) - 1)


def _table(table: Table) -> list[str]:
    widths = _widths(table.columns, (head(table), *table.rows))
    rule = "─" * _wide(table)
    lines = [*_row(head(table), table.columns, widths), rule]
    for row in table.rows:
        if row.rule:
            lines.append(rule)
        lines += _row(row, table.columns, widths)
    return lines


def _widths(columns: tuple[TableColumn, ...], rows: tuple[TableRow, ...]) -> list[int]:
    """The least that all cells need; one that covers several columns widens the last of them."""
    widths = [0] * len(columns)
    cells = [one for row in rows for one in placed(row.cells)]
    for place, cell in sorted(cells, key=lambda one: one[1].columns):
        end = place + cell.columns
        room = sum(widths[place:end]) + len(GAP) * (cell.columns - 1)
        wide = max((len(line) for line in lines_of(cell)), default=0)
        widths[end - 1] += max(0, wide - room)
    return widths


def _row(row: TableRow, columns: tuple[TableColumn, ...], widths: list[int]) -> list[str]:
    cells = placed(row.cells)
    texts = {place: lines_of(cell) for place, cell in cells}
    covered = {other for place, cell in cells for other in range(place + 1, place + cell.columns)}
    lines = []
    for number in range(max([1, *map(len, texts.values())])):
        found = []
        for place, cell in [(place, row.cells[place]) for place in range(len(columns)) if place not in covered]:
            span = cell.columns if cell else 1
            room = sum(widths[place : place + span]) + len(GAP) * (span - 1)
            said = texts.get(place, [])[number : number + 1] or [""]
            found.append(_set(said[0], room, columns[place].align))
        lines.append(GAP.join(found).rstrip())
    return lines


def _set(text: str, room: int, align: Align) -> str:
    return {"l": text.ljust, "c": text.center, "r": text.rjust}[align](room)


def lines_of(cell: TableCell) -> list[str]:
    """All lines of a cell; those of a bracket are as wide as its widest, and its middle one says how often."""
    lines: list[str] = []
    for part in cell.parts:
        lines += part.lines if part.times is None else _bracket(part.lines, part.times)
    return lines


def _bracket(lines: tuple[str, ...], times: int) -> list[str]:
    wide = max(map(len, lines))
    found = []
    for number, line in enumerate(lines):
        kind = "only" if len(lines) == 1 else "first" if not number else "middle"
        left, right = _BRACKETS["last" if number and number == len(lines) - 1 else kind]
        said = f" ×{times}" if number == (len(lines) - 1) // 2 else ""
        found.append(f"{left}{line.ljust(wide)}{right}{said}".ljust(wide + 3 + len(str(times)) + 1))
    return found
