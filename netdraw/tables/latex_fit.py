"""How a table of LaTeX fits a page: its width from the characters, and the type in which it is no wider than the text.

The widths are those of Computer Modern, and of the columns and pages of `article` at 10 pt: narrower than those of most
journals and conferences.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.records import NamedTuple
from .document import CellLines, Table, TableRow, column_widths, placed

COLUMN, PAGE, HEIGHT = 200.0, 345.0, 490.0
"""The width of a column of two, and of the text where there is one; the height of a page below a caption; in pt."""
QUAD = 10.0
"""The em of the text, in pt."""
MARGIN = 1.03
"""How far the width of a text can be off: kerning, and the letters of other fonts."""


class Size(NamedTuple):
    """A size of type: its command, how wide text is in it (smaller cuts are wider), and the pt between its lines."""

    name: str
    share: float
    leading: float


SIZES = (Size("", 1.0, 12.0), Size("small", 0.925, 11.0), Size("footnotesize", 0.85, 9.5), Size("scriptsize", 0.8, 8.0))
"""From the text's own on; the last is for tables across the page alone."""
TYPEWRITER, LEAST = 0.525, 72.0
"""The width of a letter of typewriter, in em; the least width of a column of names, in pt."""
RULE = 6.0
"""What a rule or a matrix adds to the height of a row, in pt."""
GAPS = (6.0, 3.0)
"""What stands on either side of a column, in pt: the default, and tight."""

_WIDTHS = {
    278: " .,:;!'`ijlI[]|·", 333: "-", 392: "()rst", 444: "cez", 500: "0123456789ago/_$*\"–~^f", 556: "bdhnpu?S",
    528: "kqvxy", 653: "FLZJ\\", 722: "wBCETP", 778: "ADGHKNOQRUVXY&@=+<>×≥≤−%#{}", 1028: "mMW→←",
}  # fmt: skip
_BY_CHAR = {char: width / 1000 for width, chars in _WIDTHS.items() for char in chars}
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BRACKETS = 2.6
"""What a matrix has besides its lines: its brackets, and the sign before how often it repeats, in em."""


class TableFit(NamedTuple):
    """`wide` is a table across both columns of a page; `shrunk` one that fits in no type, and is scaled down."""

    wide: bool
    size: Size
    gap: float
    shrunk: bool = False

    @property
    def commands(self) -> list[str]:
        """What stands before the table."""
        gap = [] if self.gap == GAPS[0] else [rf"\setlength{{\tabcolsep}}{{{self.gap:g}pt}}"]
        return [*([rf"\{self.size.name}"] if self.size.name else []), *gap]


def fit(table: Table) -> TableFit:
    """The largest type in which a table fits a column, else that in which it fits a page.

    What is too high for a page as well takes a smaller type where it fits then; else see `pages`.
    """
    text, gaps = sum(_columns(table)) * QUAD * MARGIN, 2 * len(table.columns)
    found = [
        TableFit(limit == PAGE, size, gap)
        for limit, sizes in ((COLUMN, SIZES[:-1]), (PAGE, SIZES))
        for size in sizes
        for gap in GAPS
        if text * size.share + gaps * gap <= limit
    ] or [TableFit(True, SIZES[-1], GAPS[-1], True)]
    low = (one for one in found if one.wide == found[0].wide and _height(table.rows, one.size) <= HEIGHT)
    return next(low, found[0])


def first_column(columns: Sequence[Sequence[str]]) -> tuple[TableFit, float | None]:
    """The type of a table whose first column is names in typewriter that may break; its width in pt where they must."""
    names, *others = columns
    text = sum(max(map(width, texts), default=0.0) for texts in others) * QUAD * MARGIN
    wide = max(map(len, names), default=0) * TYPEWRITER * QUAD
    for size in SIZES[:-1]:
        for gap in GAPS:
            if (text + wide) * size.share + 2 * len(columns) * gap <= PAGE:
                return TableFit(True, size, gap), None
    left = PAGE - text * size.share - 2 * len(columns) * gap
    return TableFit(True, size, gap), max(left, LEAST)


def pages(table: Table, fitting: TableFit) -> list[tuple[TableRow, ...]]:
    """The rows of each page that a table needs; cells that cover several rows stay whole."""
    blocks: list[list[TableRow]] = []  # rows that cells hold together
    left = 0
    for row in table.rows:
        if left > 0:
            blocks[-1].append(row)
        else:
            blocks.append([row])
        left = max(left, *(cell.rows for _, cell in placed(row.cells))) - 1
    found: list[tuple[TableRow, ...]] = [()]
    for block in blocks:
        if found[-1] and _height((*found[-1], *block), fitting.size) > HEIGHT:
            found.append(())
        found[-1] += tuple(block)
    return found


def _height(rows: Sequence[TableRow], size: Size) -> float:
    """The height of rows below the words over the columns, in pt."""
    height = 2 * size.leading
    for row in rows:
        cells = [cell for _, cell in placed(row.cells)]
        height += max(sum(len(part.lines) for part in cell.parts) for cell in cells) * size.leading
        height += RULE * (row.rule or any(cell.bracketed for cell in cells))
    return height


def _columns(table: Table) -> list[float]:
    """The width of each column in em."""
    return column_widths(table, lambda cell: max(map(_part, cell.parts), default=0.0))


def _part(part: CellLines) -> float:
    """Its width in em."""
    widest = max(map(width, part.lines), default=0.0)
    return widest if part.times is None else widest + _BRACKETS + width(str(part.times))


def width(text: str) -> float:
    """The width of a text in em. A character that is not known is as wide as it is high."""
    return sum(0.4 if char in _RAISED else _BY_CHAR.get(char, 0.778 if char.isascii() else 1.0) for char in text)
