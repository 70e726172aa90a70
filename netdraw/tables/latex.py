"""Tables as LaTeX: booktabs, with multirow and amsmath where they are needed, in a type in which they fit the page."""

from __future__ import annotations

from .document import CellLines, Document, Table, TableCell, TableRow, head, placed, spread
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
        said = " ".join(escape_latex(text) + ("" if text.endswith((".", ":")) else ".") for text in caption if text)
        for page, rows in enumerate(pages(table, fitting)):
            # A table of several pages keeps its number.
            again = [r"\addtocounter{table}{-1}", r"\caption{Continued.}"] if page else [rf"\caption{{{said}}}"]
            parts.append(_latex_table(table._replace(rows=rows), fitting, again))
    said = "\n".join(parts)
    cells = [cell for table in document.tables for row in table.rows for _, cell in placed(row.cells)]
    asked = {
        "amsmath": any(cell.bracketed for cell in cells),
        "booktabs": True,
        "graphicx": any(one.shrunk for one in fits),
        "multirow": any(cell.rows > 1 for cell in cells),
    }
    return needs([package for package, used in asked.items() if used], said) + "\n" + said


def _latex_table(table: Table, fitting: TableFit, caption: list[str]) -> str:
    spec = "".join(column.align for column in table.columns)
    kind = "table*" if fitting.wide else "table"
    lines = [rf"\begin{{{kind}}}", r"\centering", *caption, *fitting.commands]
    lines += [*([SHRUNK] if fitting.shrunk else []), rf"\begin{{tabular}}{{{spec}}}", r"\toprule"]
    lines += [_latex_row(head(table), table), r"\midrule"]
    tall = False
    for row in table.rows:
        # Brackets of two rows would touch.
        high, tall = tall, any(one.bracketed for _, one in placed(row.cells))
        rule = "" if row is table.rows[0] else r"\midrule" if row.rule else r"\addlinespace" if high or tall else ""
        lines += [*([rule] if rule else []), _latex_row(row, table)]
    end = r"\end{tabular}}" if fitting.shrunk else r"\end{tabular}"
    return "\n".join([*lines, r"\bottomrule", end, rf"\end{{{kind}}}", ""])


def _latex_row(row: TableRow, table: Table) -> str:
    return " & ".join(_latex_cell(cell, place, table) for place, cell in spread(row.cells)).strip() + r" \\"


def _latex_cell(cell: TableCell | None, place: int, table: Table) -> str:
    if cell is None:
        return ""
    align = "c" if cell.columns > 1 and place else table.columns[place].align
    lines = [line for part in cell.parts for line in _latex_part(part)]
    said = r" \\ ".join(lines)
    if len(lines) > 1:
        # Brackets stand on the middle of their line, lists begin on it.
        at = "" if cell.bracketed else "[t]"
        said = rf"\begin{{tabular}}{at}{{@{{}}{align}@{{}}}}{said}\end{{tabular}}"
    if cell.rows > 1:
        said = rf"\multirow{{{cell.rows}}}{{*}}{{{said}}}"
    return rf"\multicolumn{{{cell.columns}}}{{{align}}}{{{said}}}" if cell.columns > 1 else said


def _latex_part(part: CellLines) -> list[str]:
    lines = [_headed(escape_latex(line)) for line in part.lines]
    if part.times is None:
        return lines
    inside = r" \\ ".join(rf"\text{{{line}}}" for line in lines)
    return [rf"$\begin{{bmatrix}} {inside} \end{{bmatrix}} \times {part.times}$"]


def _headed(line: str) -> str:
    """A line whose first letter is no argument of the command before it, a rule or the end of a line."""
    at = len(line) - len(line.lstrip())
    return f"{line[:at]}{{{line[at]}}}{line[at + 1 :]}" if line[at : at + 1] in ("[", "*") else line
