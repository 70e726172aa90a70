"""What the lines of a family share is said once: below the last of those, one after the other, that have it."""

from collections.abc import Sequence
from itertools import chain, pairwise

from ..core.records import NamedTuple
from ..diagram.model import Bar, Bracket, Cell, Line
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


def said_once(members: Sequence[Member], lines: Sequence[Line], words: Glossary) -> list[Line]:
    """The lines without the labels, bars and brackets that a line below says for them."""
    pairs = list(zip(members, lines, strict=True))
    spans = [_spans(member, line) for member, line in pairs]
    brackets = [_brackets(member, line, words, last=line is lines[-1]) for member, line in pairs]
    found = []
    for number, line in enumerate(lines):
        cells: list[Cell] = []
        for span in spans[number]:
            told = _shared(span, spans[number + 1 :])
            cells += [cell._replace(shared=True) for cell in span.cells] if told else span.cells
        bars = [bar for bar in line.bars if not _barred(bar, line, lines[number + 1 :])]
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


def _shared(span: UnitCells, below: Sequence[Sequence[UnitCells]]) -> bool:
    """Whether the next line that has cells in its columns has the same ones."""
    for spans in below:
        under = [other for other in spans if other.columns & span.columns]
        if under:
            return len(under) == 1 and span.said == under[0].said
    return False


def _barred(bar: Bar, line: Line, below: Sequence[Line]) -> bool:
    """Whether the next line that has a cell in the column of a bar has the same bar there."""
    column = next(cell.column for cell in line.cells if cell.id == bar.cell)
    for other in below:
        under = next((cell.id for cell in other.cells if cell.column == column >= 0), None)
        if under is not None:
            return any(one.cell == under and one.text == bar.text for one in other.bars)
    return False


def _brackets(member: Member, line: Line, words: Glossary, last: bool) -> list[tuple[Bracket, set[int]]]:
    """The brackets of stages without costs, by their title; and their columns.

    The last line has those without a title, too, by their number.
    """
    name = member.network.name
    place = {cell.id: number for number, cell in enumerate(line.cells)}
    stages = [one for one in member.network.analysis.stages if one.kind == "stage"]
    numbers = {f"{name}/{stage.id}": (number, stage.title) for number, stage in enumerate(stages, 1)}
    found = []
    for bracket in line.brackets:
        number, own = numbers.get(bracket.stage, (0, None))
        title = own or (words.say("stage.numbered", number=number) if number and last else "")
        if title and not bracket.more:
            inside = line.cells[place[bracket.first] : place[bracket.last] + 1]
            columns = {cell.column for cell in inside if cell.where == "line"}
            found.append((bracket._replace(title=title, cost=None, least=False), columns))
    return found
