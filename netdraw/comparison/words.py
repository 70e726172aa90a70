"""Units as words: a row each, cells named in full, widths on the line, what differs from the row above marked."""

from collections.abc import Sequence
from typing import NamedTuple

from ..diagram.glossary import Glossary, glossary
from ..diagram.legend import make_legend
from ..diagram.model import Box, Cell, Diagram, Edge, Line, Words
from ..diagram.once import as_port, outer_box
from ..diagram.tags import lettered
from ..diagram.view import View
from ..numbers import short
from .base import Compared, prefixed, titles
from .columns import Key, columns, weight
from .names import plain_name
from .scaled import Scale
from .units import Picker, Unit, pick_units, width_behind

PORT = "port"


class Row(NamedTuple):
    """A unit on its way: its line, and for every cell of the axis its column, and the width behind it."""

    line: Line
    axis: tuple[int, ...]
    """The cells on the line, by their number in it."""
    columns: tuple[int, ...]
    widths: tuple[str, ...]


def units_as_words(networks: Sequence[Compared], view: View, scale: Scale, picker: Picker) -> Diagram:
    """A row a unit, aligned by op and kernel."""
    words = glossary(view.lang)
    picked = pick_units(networks, view, words, scale, picker)
    units = [(one, unit) for one, found in picked for unit in found]
    rows = [_row(one, unit, words) for one, unit in units]
    keys = [_keys(row, unit) for row, (_, unit) in zip(rows, units, strict=True)]
    placed = columns(keys, weight)
    last = max((column for line in placed for column in line), default=0) + 1
    rows = [row._replace(columns=(-1, *line, last)) for row, line in zip(rows, placed, strict=True)]
    lines = [_marked(row, rows[number - 1] if number else None, words) for number, row in enumerate(rows)]
    legend = make_legend([(unit.parts.table, unit.parts.made) for _, unit in units], words, view.depth)
    return Diagram(lettered(tuple(lines)), legend if view.legend else (), _words(networks, view, words, scale))


def _words(networks: Sequence[Compared], view: View, words: Glossary, scale: Scale) -> Words:
    title = titles(networks, words)
    at = words.say("compare.at", channels=scale.channels, size=scale.size)
    caption = " ".join([words.say("convention.macs"), words.say("compare.marked")]) if view.caption else ""
    about = words.say("compare.about.units", title=title)
    return Words(title, "", at, caption.replace("。 ", "。"), "", 0, about, view.title)


def _row(one: Compared, unit: Unit, words: Glossary) -> Row:
    """The line of a unit, with its names in full; its columns come later."""
    parts, made = unit.parts, unit.parts.made
    ports = {*range(len(parts.table.graph.inputs)), *made.outputs.values()}
    first = unit.kind.blocks[0]
    for number, cell in enumerate(made.cells):
        cell = cell._replace(of=first.id, params=0, macs=None)
        named = cell._replace(label=_label(unit, number, words) if cell.where != "arc" else ())
        made.cells[number] = as_port(cell) if number in ports else named
    boxes = tuple([box if box.parent else _unseen(box, unit, words) for box in outer_box(parts, first, ports, None)])
    cells = tuple([made.cells[number] for number in parts.order])
    total = (words.say("compare.macs", count=short(unit.macs)),) if unit.macs is not None else ("",)
    line = Line(cells, made.ticks, parts.edges, boxes, (), (), parts.forks, one.title, _note(unit, words), totals=total)
    line = line._replace(shelves=parts.shelves, tags=parts.tags)
    numbers = [number for number, cell in zip(parts.order, cells, strict=True) if cell.where in ("line", "port")]
    widths = tuple([width_behind(unit, number) for number in numbers])
    axis = tuple([place for place, cell in enumerate(cells) if cell.where in ("line", "port")])
    return Row(prefixed(line, f"{one.name}/{first.id}"), axis, (), widths)


def _unseen(box: Box, unit: Unit, words: Glossary) -> Box:
    """The box of the whole unit, which holds its arc, or the reason for none."""
    reason = words.say("compare.no_add", reason=unit.reason) if unit.reason else ""
    return box._replace(drawn=False, name=None, reason=reason)


def _note(unit: Unit, words: Glossary) -> str:
    count = words.say("block.count" if unit.kind.stands > 1 else "block.count.one", count=unit.kind.stands)
    return ", ".join(filter(None, (plain_name(unit.kind.block), unit.condition))) + f" · {count}"


def _label(unit: Unit, number: int, words: Glossary) -> tuple[str, ...]:
    """The kernel and the op; the activation, or that there is none; the stride where it is not 1; on a branch, whose
    line has no room for it, the width. What it lacks is empty.
    """
    cell, place = unit.parts.made.cells[number], unit.parts.made.places[number]
    if not 0 <= place < len(unit.parts.table.nodes):
        return ()
    face = unit.parts.table.face(place)
    name = f"{face.size} {words.cell(cell.category)}".strip()
    rings = unit.parts.table.ops[place].fuse == "anchor" and bool(unit.parts.table.ops[place].widths)
    activation = cell.activation or (words.say("compare.linear") if rings else "")
    stride = words.say("reason.stride", stride=face.stride.lstrip("/")) if face.stride.startswith("/") else ""
    width = width_behind(unit, number) if cell.where == "branch" else ""
    return (name, activation, stride, width)


def _keys(row: Row, unit: Unit) -> list[Key]:
    """What the cells on the line are aligned by, the two ends left out."""
    made = unit.parts.made
    numbers = [number for number in unit.parts.order if made.cells[number].where == "line"]
    return [Key(made.cells[number].category, unit.parts.table.face(made.places[number]).size) for number in numbers]


def _marked(row: Row, above: Row | None, words: Glossary) -> Line:
    """The line with its columns, and with what differs from the row above marked."""
    cells = list(row.line.cells)
    for place, column in zip(row.axis, row.columns, strict=True):
        marks = _marks(cells[place], _cell_at(above, column)) if above else ()
        cells[place] = cells[place]._replace(column=column, marked=marks)
    cells = [_said_alone(cell) for cell in cells]
    steps = {
        (cells[a].id, cells[b].id): number for number, (a, b) in enumerate(zip(row.axis, row.axis[1:], strict=False))
    }
    edges = [
        _said(edge, row, above, steps[edge.source, edge.target], words) if (edge.source, edge.target) in steps else edge
        for edge in row.line.edges
    ]
    return row.line._replace(cells=tuple(cells), edges=tuple(edges))


def _cell_at(row: Row | None, column: int) -> Cell | None:
    if row is None or column not in row.columns:
        return None
    return row.line.cells[row.axis[row.columns.index(column)]]


def _marks(cell: Cell, above: Cell | None) -> tuple[int, ...]:
    """The lines of a label that the cell above has not."""
    if above is None:
        return tuple(range(len(cell.label)))
    return tuple([line for line, text in enumerate(cell.label) if above.label[line : line + 1] != (text,)])


def _said_alone(cell: Cell) -> Cell:
    """Without the lines that are empty."""
    full = [line for line, text in enumerate(cell.label) if text]
    marked = tuple([place for place, line in enumerate(full) if line in cell.marked])
    return cell._replace(label=tuple([cell.label[line] for line in full]), marked=marked)


def _said(edge: Edge, row: Row, above: Row | None, number: int, words: Glossary) -> Edge:
    """An edge with the width on it; marked where the row above has another one there, or has cells there besides."""
    text = row.widths[number]
    if above is None:
        return edge._replace(text=text)
    column, following = row.columns[number], row.columns[number + 1]
    before = [place for place, one in enumerate(above.columns) if one <= column]
    differs = bool(before) and above.widths[before[-1]] != text
    missing = [
        (one, words.say("compare.missing", what=above.line.cells[above.axis[place]].label[0]))
        for place, one in enumerate(above.columns)
        if column < one < following and above.line.cells[above.axis[place]].label
    ]
    return edge._replace(text=text, marked=differs, missing=tuple(missing))
