"""Tables as LaTeX: booktabs, with multirow and amsmath where they are needed, in a type in which they fit the page."""

from __future__ import annotations

from .document import CellLines, Document, Table, TableCell, TableRow, head, placed
from .escapes import escape_latex, needs
from .latex_fit import TableFit, fit, pages

SHRUNK = r"\resizebox{\ifdim\width>\textwidth\textwidth\else\width\fi}{!}{%"
"""Scales down what is wider than the text, and that alone."""


def latex(document: Document) -> str:
    """A `table` each, captioned; the notes stand in the caption of the first."""
    fits = [fit(table) for table in document.tables]
    parts = []
    for number, (table, fitting) in enumerate(zip(document.tables, fits, strict=True)):
        caption = [document.title, table.caption, *document.notes] if not number else [table.caption]
        said = " ".join(_sentence(text) for text in caption if text)
        for page, rows in enumerate(pages(table, fitting)):
            # A table of several pages keeps its number.
            again = [r"\addtocounter{table}{-1}", r"\caption{Continued.}"] if page else [rf"\caption{{{said}}}"]
            parts.append(_latex_table(table._replace(rows=rows), fitting, again))
    said = "\n".join(parts)
    return needs(sorted({"booktabs", *_packages(document, fits)}), said) + "\n" + said


def _sentence(text: str) -> str:
    escaped = escape_latex(text)
    return escaped if text.endswith((".", ":")) else escaped + "."


def _packages(document: Document, fits: list[TableFit]) -> set[str]:
    cells = [cell for table in document.tables for row in table.rows for _, cell in placed(row.cells)]
    found = {"multirow"} if any(cell.rows > 1 for cell in cells) else set()
    found |= {"graphicx"} if any(one.shrunk for one in fits) else set()
    return found | ({"amsmath"} if any(part.times is not None for cell in cells for part in cell.parts) else set())


def _latex_table(table: Table, fitting: TableFit, caption: list[str]) -> str:
    spec = "".join(column.align for column in table.columns)
    kind = "table*" if fitting.wide else "table"
    lines = [rf"\begin{{{kind}}}", r"\centering", *caption, *fitting.commands]
    lines += [*([SHRUNK] if fitting.shrunk else []), rf"\begin{{tabular}}{{{spec}}}", r"\toprule"]
    lines += [_latex_row(head(table), table), r"\midrule"]
    tall = False
    for row in table.rows:
        # Brackets of two rows would touch.
        high, tall = tall, any(part.times is not None for _, one in placed(row.cells) for part in one.parts)
        rule = "" if row is table.rows[0] else r"\midrule" if row.rule else r"\addlinespace" if high or tall else ""
        lines += [*([rule] if rule else []), _latex_row(row, table)]
    end = r"\end{tabular}}" if fitting.shrunk else r"\end{tabular}"
    return "\n".join([*lines, r"\bottomrule", end, rf"\end{{{kind}}}", ""])


def _latex_row(row: TableRow, table: Table) -> str:
    cells = dict(placed(row.cells))
    covered = {other for place, cell in cells.items() for other in range(place + 1, place + cell.columns)}
    found = [_latex_cell(cells.get(place), place, table) for place in range(len(row.cells)) if place not in covered]
    return " & ".join(found).strip() + r" \\"


def _latex_cell(cell: TableCell | None, place: int, table: Table) -> str:
    if cell is None:
        return ""
    align = "c" if cell.columns > 1 and place else table.columns[place].align
    said = _latex_parts(cell, align)
    if cell.rows > 1:
        said = rf"\multirow{{{cell.rows}}}{{*}}{{{said}}}"
    return rf"\multicolumn{{{cell.columns}}}{{{align}}}{{{said}}}" if cell.columns > 1 else said


def _latex_parts(cell: TableCell, align: str) -> str:
    parts = [_latex_part(part) for part in cell.parts]
    lines = [line for part in parts for line in part]
    inside = r" \\ ".join(lines)
    # Brackets stand on the middle of their line, lists begin on it.
    at = "" if any(part.times is not None for part in cell.parts) else "[t]"
    return rf"\begin{{tabular}}{at}{{@{{}}{align}@{{}}}}{inside}\end{{tabular}}" if len(lines) > 1 else inside


def _latex_part(part: CellLines) -> list[str]:
    lines = [escape_latex(line) for line in part.lines]
    if part.times is None:
        return lines
    inside = r" \\ ".join(rf"\text{{{line}}}" for line in lines)
    return [rf"$\begin{{bmatrix}} {inside} \end{{bmatrix}} \times {part.times}$"]
