"""Units as cells: one line a network, its blocks on it each once, with their widths, and what they cost under them."""

from collections.abc import Sequence

from ..diagram.glossary import Glossary, glossary
from ..diagram.legend import make_legend
from ..diagram.model import Bracket, Cell, Diagram, Line, Words
from ..diagram.once import as_port, outer_box
from ..diagram.tags import lettered
from ..diagram.view import View
from ..numbers import short
from .base import Compared, prefixed, titles
from .names import plain_name
from .scaled import Scale
from .units import Picker, Unit, pick_units, width_behind


def units_as_cells(networks: Sequence[Compared], view: View, scale: Scale, picker: Picker) -> Diagram:
    """The units of all networks; those at one place in their lines stand under each other."""
    words = glossary(view.lang)
    found = [(one, units) for one, units in pick_units(networks, view, words, scale, picker) if units]
    keyed = [(unit.parts.table, unit.parts.made) for _, units in found for unit in units]
    lines = [_line(one, units, words) for one, units in found]
    legend = make_legend(keyed, words, view.depth) if view.legend else ()
    return Diagram(lettered(tuple(lines)), legend, _words(networks, view, words, scale))


def _words(networks: Sequence[Compared], view: View, words: Glossary, scale: Scale) -> Words:
    title = titles(networks, words)
    at = words.say("compare.at", channels=scale.channels, size=scale.size)
    about = words.say("compare.about.units", title=title)
    return Words(title, "", at, words.say("convention.macs") if view.caption else "", "", 0, about, view.title)


def _line(one: Compared, units: Sequence[Unit], words: Glossary) -> Line:
    """The lines of all units of a network, one behind the other."""
    whole = Line((), (), (), (), (), (), name=one.title)
    for number, unit in enumerate(units):
        line = prefixed(_unit(unit, number, words), f"{one.name}/{unit.kind.blocks[0].id}")
        whole = whole._replace(
            cells=(*whole.cells, *line.cells),
            ticks=(*whole.ticks, *line.ticks),
            edges=(*whole.edges, *line.edges),
            boxes=(*whole.boxes, *line.boxes),
            brackets=(*whole.brackets, *line.brackets),
            forks=(*whole.forks, *line.forks),
            shelves=(*whole.shelves, *line.shelves),
            tags=(*whole.tags, *line.tags),
        )
    return whole


def _unit(unit: Unit, column: int, words: Glossary) -> Line:
    parts, made, first = unit.parts, unit.parts.made, unit.kind.blocks[0]
    ports = {*range(len(parts.table.graph.inputs)), *made.outputs.values()}
    for number, cell in enumerate(made.cells):
        cell = cell._replace(of=first.id, params=0, macs=None)
        made.cells[number] = as_port(cell) if number in ports else _labelled(unit, number, cell)
    boxes = outer_box(parts, first, ports, unit.reason or None)
    boxes = tuple([box if box.parent else box._replace(repeat=unit.kind.stands) for box in boxes])
    cells = [made.cells[number] for number in parts.order]
    place = next(place for place, cell in enumerate(cells) if cell.where == "line")
    cells[place] = cells[place]._replace(column=column)
    inside = [cell for cell in cells if cell.where == "line"]
    cost = words.say("compare.macs", count=short(unit.macs)) if unit.macs is not None else ""
    name = ", ".join(filter(None, (plain_name(unit.kind.block), "" if unit.reason else unit.condition)))
    title = " · ".join(filter(None, (name, cost)))
    bracket = Bracket(first.id, title, inside[0].id, inside[-1].id, None, str(column))
    return Line(
        tuple(cells),
        made.ticks,
        parts.edges,
        boxes,
        (bracket,),
        (),
        parts.forks,
        shelves=parts.shelves,
        tags=parts.tags,
    )


def _labelled(unit: Unit, number: int, cell: Cell) -> Cell:
    """With the width in terms of the unit's input in place of the number."""
    if not cell.label or cell.where == "arc":
        return cell
    text, place = width_behind(unit, number), unit.parts.made.places[number]
    own = unit.parts.table.face(place).out if 0 <= place < len(unit.parts.table.nodes) else ""
    return cell._replace(label=(text, *cell.label[1:])) if own and cell.label[0] == own else cell
