"""Tables as Markdown and HTML."""

from __future__ import annotations

from ..core.templating import fill
from .document import CellLines, Document, Table, TableCell, TableRow, head, placed
from .escapes import escape_html, escape_markdown

_ALIGNS = {"l": ":--", "c": ":-:", "r": "--:"}


def markdown(document: Document) -> str:
    """A pipe table each."""
    lines = [f"## {escape_markdown(document.title)}", ""]
    for table in document.tables:
        lines += [f"**{escape_markdown(table.caption)}**", ""] if table.caption else []
        lines.append(_piped(head(table), table))
        lines.append(f"|{'|'.join(_ALIGNS[column.align] for column in table.columns)}|")
        lines += [_piped(row, table) for row in table.rows]
        lines.append("")
    return "\n".join([*lines, *map(escape_markdown, document.notes)]).rstrip("\n") + "\n"


def _piped(row: TableRow, table: Table) -> str:
    """A line; what covers centred columns is said in each, since a pipe table has no wide cells."""
    cells = ["<br>".join(map(_markdown, one.parts)) if one else "" for one in row.cells]
    for place, one in placed(row.cells):
        if table.columns[place].align == "c":
            cells[place : place + one.columns] = cells[place : place + 1] * one.columns
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


def _markdown(part: CellLines) -> str:
    lines = "<br>".join(map(escape_markdown, part.lines))
    return lines if part.times is None else rf"\[{lines}\] ×{part.times}"


def html(document: Document) -> str:
    """A page of its own."""
    return fill("summary/tables.html.jinja", escape_html, document=document, head=head, placed=placed, places=_places)


_PLACES = {"l": "", "c": "center", "r": "number"}


def _places(table: Table, place: int, cell: TableCell) -> str:
    """The class of a cell; what covers several columns is centred."""
    return "center" if cell.columns > 1 and place else _PLACES[table.columns[place].align]
