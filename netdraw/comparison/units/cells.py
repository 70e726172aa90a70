"""Units as cells: one line a network, its blocks on it each once, with their widths, and what they cost under them."""

from collections.abc import Sequence
from typing import Any

from ...diagram.closing.openblocks import outer_box
from ...diagram.elements.legend import make_legend
from ...diagram.model import Bracket, Cell, Diagram, Line
from ...diagram.said.glossary import Glossary, glossary
from ...diagram.tags import lettered
from ...diagram.view import View
from ..base import Compared, prefixed
from ..columns import columns
from ..matching import on_tracks
from .amounts import amount, unit_texts
from .scaled import Scale
from .units import Picked, Unit, count_of, name_of, width_behind

BESIDE = 1
ALIKE = 2
"""What two units win in one column: more where their conditions are alike."""


def units_as_cells(networks: Picked, view: View, scale: Scale) -> Diagram:
    """The units of all networks; those of like conditions stand under each other."""
    words = glossary(view.lang)
    units = [unit for _, found in networks.shown for unit in found]
    keys = [[unit.condition.key for unit in found] for _, found in networks.shown]
    placed = columns(keys, lambda one, other: ALIKE if one == other else BESIDE)
    lines = [_line(one, found, row, view, words) for (one, found), row in zip(networks.shown, placed, strict=True)]
    keyed = [(unit.parts, unit.cells()) for unit in units]
    legend = make_legend(keyed, words, view.depth) if view.legend else ()
    return Diagram(lettered(tuple(lines)), legend, unit_texts(networks, view, scale, words))


def _line(one: Compared, units: Sequence[Unit], row: Sequence[int], view: View, words: Glossary) -> Line:
    """The lines of all units of a network, one behind the other."""
    lines = [
        prefixed(_unit(unit, column, view, words), f"{one.name}/{unit.kind.blocks[0].id}")
        for column, unit in zip(row, units, strict=True)
    ]
    held: dict[str, Any] = {}
    for field in ("cells", "ticks", "edges", "boxes", "brackets", "forks", "shelves", "tags"):
        held[field] = tuple([thing for line in lines for thing in getattr(line, field)])
    return Line(**held, bars=(), name=one.title)


def _unit(unit: Unit, column: int, view: View, words: Glossary) -> Line:
    parts, first = unit.parts, unit.kind.blocks[0]
    reason = words.say("compare.no_add", reason=unit.reason) if unit.reason else None
    boxes = outer_box(parts, first, reason)
    boxes = tuple([box if box.parent else box._replace(repeat=unit.kind.stands) for box in boxes])
    line = parts.line([_labelled(unit, number, cell) for number, cell in enumerate(unit.cells())], boxes)
    beside = on_tracks(line)
    own = [cell for cell in line.cells if cell.where in ("line", "port") and cell.id not in beside]
    inside = [cell for cell in own if cell.where == "line"] or own
    cells = tuple([cell._replace(column=column) if cell is inside[0] else cell for cell in line.cells])
    # Where nothing on the line could be in a box, there is none to say how many there are.
    count = "" if boxes or unit.kind.stands == 1 else count_of(unit, words)
    title = " · ".join(filter(None, (name_of(unit), count, amount(unit, view, words))))
    bracket = Bracket(
        stage=first.id, title=title, first=inside[0].id, last=inside[-1].id, cost=None, resolution=str(column)
    )
    return line._replace(cells=cells, brackets=(bracket,))


def _labelled(unit: Unit, number: int, cell: Cell) -> Cell:
    """With the width in terms of the unit's input in place of the number."""
    if not cell.label:
        return cell
    face = unit.face(number)
    if face and face.out and cell.label[0] == face.out:
        return cell._replace(label=(width_behind(unit, number), *cell.label[1:]))
    if face and face.title and cell.label[-1].partition(",")[0] == face.out:
        width = cell.label[-1].replace(face.out, width_behind(unit, number), 1)
        return cell._replace(label=(*cell.label[:-1], width))
    return cell
