"""What the lines of a family share is said once: below the last of those, one after the other, that have it."""

from collections.abc import Sequence
from itertools import chain, pairwise

from ..core.records import NamedTuple
from ..diagram.model import Bracket, Cell, Line, by_key
from ..diagram.said.glossary import Glossary
from .members import Member, make_units


class UnitCells(NamedTuple):
    """The cells of a unit, those on its arcs and branches included; `columns` are those in which it stands."""

    cells: tuple[Cell, ...]
    columns: frozenset[int]

    @property
    def said(self) -> tuple[object, ...]:
        """What must be alike in another where what is said of one can be read."""
        return self.columns, [(cell.where, cell.category, cell.kernel, cell.label) for cell in self.cells]


class ByColumn(NamedTuple):
    """What stands in the columns of a line: its units, and by column the number of one; by column the cell, and by cell
    what its bars say.
    """

    spans: Sequence[UnitCells]
    span_of: dict[int, int]
    cell_of: dict[int, str]
    bars: dict[str, list[tuple[str, ...]]]


def said_once(members: Sequence[Member], lines: Sequence[Line], words: Glossary) -> list[Line]:
    """The lines without the labels, bars and brackets that a line below says for them."""
    pairs = list(zip(members, lines, strict=True))
    indexed = [_by_column(member, line) for member, line in pairs]
    brackets = [_brackets(member, line, words, last=line is lines[-1]) for member, line in pairs]
    found = []
    for number, line in enumerate(lines):
        cells: list[Cell] = []
        below = indexed[number + 1 :]
        for span in indexed[number].spans:
            told = _shared(span, below)
            cells += [cell._replace(shared=True) for cell in span.cells] if told else span.cells
        columns_of = {cell.id: cell.column for cell in line.cells}
        bars = [bar for bar in line.bars if not _barred(bar.text, columns_of[bar.cell], below)]
        own = [
            bracket
            for bracket, columns in brackets[number]
            if not any(bracket.title == one.title and columns & its for one, its in chain(*brackets[number + 1 :]))
        ]
        found.append(line._replace(cells=tuple(cells), bars=tuple(bars), brackets=tuple(own)))
    return found


def _spans(member: Member, line: Line) -> list[UnitCells]:
    """The units of a line; what stands on ways beside it goes with the unit before."""
    firsts = [member.on_line[unit.first] for unit in make_units(member)]
    found = []
    for first, end in pairwise([0, *firsts[1:], len(line.cells)]):
        cells = line.cells[first:end]
        found.append(UnitCells(cells, frozenset(cell.column for cell in cells if cell.column >= 0)))
    return found


def _by_column(member: Member, line: Line) -> ByColumn:
    spans = _spans(member, line)
    return ByColumn(
        spans=spans,
        span_of={column: number for number, span in enumerate(spans) for column in span.columns},
        cell_of={cell.column: cell.id for cell in reversed(line.cells) if cell.column >= 0},
        bars=by_key((bar.cell, bar.text) for bar in line.bars),
    )


def _shared(span: UnitCells, below: Sequence[ByColumn]) -> bool:
    """Whether the next line that has cells in its columns has the same ones."""
    for line in below:
        under = {line.span_of[column] for column in span.columns if column in line.span_of}
        if under:
            return len(under) == 1 and span.said == line.spans[under.pop()].said
    return False


def _barred(text: tuple[str, ...], column: int, below: Sequence[ByColumn]) -> bool:
    """Whether the next line that has a cell in the column of a bar has the same bar there."""
    under = next((line for line in below if column in line.cell_of), None)
    return under is not None and text in under.bars.get(under.cell_of[column], ())


def _brackets(member: Member, line: Line, words: Glossary, last: bool) -> list[tuple[Bracket, set[int]]]:
    """A bracket for every stage that has several cells, without costs, by its title; and its columns.

    The last line has those without a title, too, by their number.
    """
    name = member.network.name
    place = {one: number for number, cell in enumerate(line.cells) for one in cell.ids if cell.where == "line"}
    found = []
    stages = [one for one in member.network.analysis.stages if one.kind == "stage"]
    for number, stage in enumerate(stages, 1):
        inside = sorted({place[key] for node in stage.nodes if (key := f"{name}/{node}") in place})
        title = stage.title or (words.say("stage.numbered", number=number) if last else "")
        if inside and title:
            bracket = Bracket(
                stage=f"{name}/{stage.id}",
                title=title,
                first=line.cells[inside[0]].id,
                last=line.cells[inside[-1]].id,
                cost=None,
                resolution=stage.resolution,
            )
            found.append((bracket, {line.cells[one].column for one in inside}))
    return found
