"""Tables for the terminal: aligned columns; what repeats stands in brackets of several lines."""

from __future__ import annotations

import textwrap

from ..core.terminal import shown, shown_lines
from .document import Document, Table, TableCell, TableRow, column_widths, head, spread

GAP = "  "
NOTE = 80
"""The least width at which notes break, in characters."""
_FIRST, _MIDDLE, _LAST, _ONLY = ("⎡", "⎤"), ("⎢", "⎥"), ("⎣", "⎦"), ("[", "]")


def write(document: Document) -> str:
    """The title, each table, and the notes."""
    lines, wide = [shown(document.title), ""], 0
    for table in document.tables:
        widths = column_widths(table, lambda cell: max(map(len, lines_of(cell)), default=0), len(GAP))
        rule = "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
        lines += [*([table.caption, ""] if table.caption else []), *_row(head(table), table, widths), rule]
        for row in table.rows:
            lines += [*([rule] if row.rule else []), *_row(row, table, widths)]
        lines.append("")
        wide = max(wide, len(rule))
    notes = [line for note in document.notes for line in wrapped(note, wide)]
    return shown_lines("\n".join([*lines, *notes, ""]).rstrip("\n") + "\n")


def wrapped(note: str, wide: int) -> list[str]:
    """A note in lines no wider than its table, nor than NOTE where that is more."""
    return textwrap.wrap(note, max(NOTE, wide), break_long_words=False, break_on_hyphens=False)


def _row(row: TableRow, table: Table, widths: list[int]) -> list[str]:
    cells = [(place, cell.columns if cell else 1, lines_of(cell) if cell else []) for place, cell in spread(row.cells)]
    lines = []
    for number in range(max([1, *(len(texts) for *_, texts in cells)])):
        found = []
        for place, span, texts in cells:
            room = sum(widths[place : place + span]) + len(GAP) * (span - 1)
            said = texts[number] if number < len(texts) else ""
            found.append({"l": said.ljust, "c": said.center, "r": said.rjust}[table.columns[place].align](room))
        lines.append(GAP.join(found).rstrip())
    return lines


def lines_of(cell: TableCell) -> list[str]:
    """All lines of a cell; those of a bracket are as wide as its widest, and its middle one says how often."""
    lines: list[str] = []
    for part in cell.parts:
        lines += part.lines if part.times is None else _bracket(part.lines, part.times)
    return lines


def _bracket(lines: tuple[str, ...], times: int) -> list[str]:
    wide, found = max(map(len, lines)), []
    signs = [_FIRST, *[_MIDDLE] * (len(lines) - 2), _LAST] if len(lines) > 1 else [_ONLY]
    for number, (line, (left, right)) in enumerate(zip(lines, signs, strict=True)):
        said = f" ×{times}" if number == (len(lines) - 1) // 2 else ""
        found.append(f"{left}{line.ljust(wide)}{right}{said}".ljust(wide + 3 + len(str(times)) + 1))
    return found
