"""Tables as Markdown, HTML and LaTeX (booktabs; multirow and amsmath where they are needed)."""

from __future__ import annotations

from .escapes import escape_html, escape_latex, escape_markdown
from .tables import Cell, Document, Part, Row, Table, head, placed

WIDE = 6
"""Columns of LaTeX that fit one of two columns of text."""

_ALIGNS = {"l": ":--", "c": ":-:", "r": "--:"}


def markdown(document: Document) -> str:
    """A pipe table each."""
    lines = [f"## {escape_markdown(document.title)}", ""]
    for table in document.tables:
        lines += [*([f"**{escape_markdown(table.caption)}**", ""] if table.caption else [])]
        lines.append(_piped(head(table), table))
        lines.append(f"|{'|'.join(_ALIGNS[column.align] for column in table.columns)}|")
        lines += [_piped(row, table) for row in table.rows]
        lines.append("")
    return "\n".join([*lines, *map(escape_markdown, document.notes)]).rstrip("\n") + "\n"


def _piped(row: Row, table: Table) -> str:
    """A line; what covers centred columns is said in each, since a pipe table has no wide cells."""
    cells = [_markdown(one) for one in row.cells]
    for place, one in placed(row.cells):
        if table.columns[place].align == "c":
            cells[place : place + one.columns] = cells[place : place + 1] * one.columns
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


def _markdown(cell: Cell | None) -> str:
    return "<br>".join(_markdown_part(part) for part in cell.parts) if cell else ""


def _markdown_part(part: Part) -> str:
    lines = "<br>".join(map(escape_markdown, part.lines))
    return lines if part.times is None else rf"\[{lines}\] ×{part.times}"


def html(document: Document) -> str:
    """A page of its own."""
    from ..templating import fill

    return fill("summary/tables.html.jinja", escape_html, document=document, head=head, placed=placed, places=_places)


_PLACES = {"l": "", "c": "center", "r": "number"}


def _places(table: Table, place: int, cell: Cell) -> str:
    """The class of a cell; what covers several columns is centred."""
    return "center" if cell.columns > 1 and place else _PLACES[table.columns[place].align]


def latex(document: Document) -> str:
    """A `table` each, captioned; the notes stand in the caption of the first."""
    needed = sorted({"booktabs", *_packages(document)})
    parts = [f"% Needs \\usepackage{{{','.join(needed)}}}; the text is UTF-8.\n"]
    for number, table in enumerate(document.tables):
        caption = [document.title, table.caption, *document.notes] if not number else [table.caption]
        said = " ".join(_sentence(text) for text in caption if text)
        parts.append(_latex_table(table, said))
    return "\n".join(parts)


def _sentence(text: str) -> str:
    escaped = escape_latex(text)
    return escaped if text.endswith((".", ":")) else escaped + "."


def _packages(document: Document) -> set[str]:
    cells = [cell for table in document.tables for row in table.rows for _, cell in placed(row.cells)]
    found = {"multirow"} if any(cell.rows > 1 for cell in cells) else set()
    return found | ({"amsmath"} if any(part.times is not None for cell in cells for part in cell.parts) else set())


def _latex_table(table: Table, caption: str) -> str:
    spec = "".join(column.align for column in table.columns)
    # A table of so many columns is as wide as the page, also where the text has two columns.
    kind = "table*" if len(table.columns) > WIDE else "table"
    lines = [rf"\begin{{{kind}}}", r"\centering", rf"\caption{{{caption}}}"]
    lines += [rf"\begin{{tabular}}{{{spec}}}", r"\toprule"]
    lines += [_latex_row(head(table), table), r"\midrule"]
    tall = False
    for row in table.rows:
        # Brackets of two rows would touch.
        high, tall = tall, any(part.times is not None for _, one in placed(row.cells) for part in one.parts)
        rule = r"\midrule" if row.rule else r"\addlinespace" if high or tall else ""
        lines += [*([rule] if rule else []), _latex_row(row, table)]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", rf"\end{{{kind}}}", ""])


def _latex_row(row: Row, table: Table) -> str:
    cells = dict(placed(row.cells))
    covered = {other for place, cell in cells.items() for other in range(place + 1, place + cell.columns)}
    found = [_latex_cell(cells.get(place), place, table) for place in range(len(row.cells)) if place not in covered]
    return " & ".join(found).strip() + r" \\"


def _latex_cell(cell: Cell | None, place: int, table: Table) -> str:
    if cell is None:
        return ""
    align = "c" if cell.columns > 1 and place else table.columns[place].align
    said = _latex_parts(cell, align)
    if cell.rows > 1:
        said = rf"\multirow{{{cell.rows}}}{{*}}{{{said}}}"
    return rf"\multicolumn{{{cell.columns}}}{{{align}}}{{{said}}}" if cell.columns > 1 else said


def _latex_parts(cell: Cell, align: str) -> str:
    parts = [_latex_part(part) for part in cell.parts]
    lines = [line for part in parts for line in part]
    inside = r" \\ ".join(lines)
    # Brackets stand on the middle of their line, lists begin on it.
    at = "" if any(part.times is not None for part in cell.parts) else "[t]"
    return rf"\begin{{tabular}}{at}{{@{{}}{align}@{{}}}}{inside}\end{{tabular}}" if len(lines) > 1 else inside


def _latex_part(part: Part) -> list[str]:
    lines = [escape_latex(line) for line in part.lines]
    if part.times is None:
        return lines
    inside = r" \\ ".join(rf"\text{{{line}}}" for line in lines)
    return [rf"$\begin{{bmatrix}} {inside} \end{{bmatrix}} \times {part.times}$"]
