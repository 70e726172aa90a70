"""Units as words: a row each, cells named in full, widths on the line, what differs from the row above marked."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap

from ...core.records import NamedTuple
from ...diagram.closing.openblocks import outer_box
from ...diagram.elements.legend import make_legend
from ...diagram.model import Diagram, Line
from ...diagram.said.glossary import Glossary, glossary
from ...diagram.tags import lettered
from ...diagram.view import View
from ..base import Compared, prefixed
from ..columns import AlignKey, columns, weight
from ..matching import SIDES, Match, match, on_tracks, tracks
from .amounts import amount, unit_texts
from .saying import NOTHING, Said, labelled, say
from .scaled import Scale
from .units import Picked, Unit, count_of, name_of, width_behind

WRAP = 36
"""So many characters of what is gone stand on one line under a row's name."""


class UnitRow(NamedTuple):
    """A unit on its way: its line, and for every cell of the axis its column, and the width behind it.

    `said` and `keys` are by cell, those beside the axis included; a port has neither.
    """

    line: Line
    on_line: tuple[str, ...]
    columns: tuple[int, ...]
    widths: tuple[str, ...]
    said: dict[str, Said]
    keys: dict[str, AlignKey]

    @property
    def placed(self) -> list[AlignKey]:
        """What the cells on the line are aligned by, its ends left out."""
        return [self.keys[cell] for cell in self.on_line if cell in self.keys]

    def at(self, columns: Sequence[int], last: int) -> "UnitRow":
        """With columns for the cells on the line, from 1; what it begins with stands in 0, its end in the last."""
        given, known = iter(columns), [cell in self.keys for cell in self.on_line]
        begin = known.index(True) - 1 if True in known else 0
        ends = {begin: 0} | ({len(known) - 1: last} if len(known) > begin + 1 else {})
        found = [next(given) + 1 if one else ends.get(place, -1) for place, one in enumerate(known)]
        return self._replace(columns=tuple(found))


def units_as_words(networks: Picked, view: View, scale: Scale) -> Diagram:
    """A row a unit, aligned by op and kernel."""
    words = glossary(view.lang)
    units = [(one, unit) for one, found in networks.shown for unit in found]
    rows = [_row(one, unit, view, words) for one, unit in units]
    placed = columns([row.placed for row in rows], weight)
    last = max((column for line in placed for column in line), default=0) + 2
    rows = [row.at(line, last) for row, line in zip(rows, placed, strict=True)]
    lines = [_marked(row, rows[number - 1] if number else None, words) for number, row in enumerate(rows)]
    shown = unit_texts(networks, view, scale, words, words.say("compare.marked"))
    legend = make_legend([(unit.parts, unit.cells()) for _, unit in units], words, view.depth)
    return Diagram(lettered(tuple(lines)), legend if view.legend else (), shown)


def _row(one: Compared, unit: Unit, view: View, words: Glossary) -> UnitRow:
    """The line of a unit; its columns and labels come later."""
    parts, first, cells = unit.parts, unit.kind.blocks[0], unit.cells()
    prefix = f"{one.name}/{first.id}"
    said: dict[str, Said] = {}
    keys: dict[str, AlignKey] = {}
    for number, cell in enumerate(cells):
        if cell.where != "port":
            id = f"{prefix}/{cell.id}"
            said[id] = say(unit, number, cell, words)
            face = unit.face(number)
            keys[id] = AlignKey(cell.category, face.size if face else "")
    # The box of the whole unit holds its arc, or the reason for none.
    reason = words.say("compare.no_add", reason=unit.reason) if unit.reason else ""
    boxes = [
        box if box.parent else box._replace(drawn=False, name=None, reason=reason)
        for box in outer_box(parts, first, None)
    ]
    line = parts.line([cell._replace(label=()) for cell in cells], tuple(boxes))
    note = f"{name_of(unit)} · {count_of(unit, words)}"
    line = line._replace(name=one.title, note=note, totals=(amount(unit, view, words),))
    line = prefixed(line, prefix)
    beside = on_tracks(line)
    numbers = zip(parts.order, line.cells, strict=True)
    axis = {cell.id: width_behind(unit, number) for number, cell in numbers if cell.id not in beside}
    return UnitRow(line=line, on_line=tuple(axis), columns=(), widths=tuple(axis.values()), said=said, keys=keys)


def _marked(row: UnitRow, above: UnitRow | None, words: Glossary) -> Line:
    """The line with its columns, and with what differs from the row above marked."""
    found = _matched(row, above) if above else Match({}, [], [])
    at = dict(zip(row.on_line, row.columns, strict=True))
    cells = []
    for cell in row.line.cells:
        other = above.said.get(found.partners.get(cell.id, "")) if above else None
        shown = labelled(cell, row.said.get(cell.id, NOTHING), other, above is None, words)
        cells.append(shown._replace(column=at.get(cell.id, -1)))
    starts = {cell: number for number, cell in enumerate(row.on_line[:-1])}
    forked = {fork.start: starts[fork.start] for fork in row.line.forks if fork.start in starts}
    steps = {pair: number for number, pair in enumerate(pairwise(row.on_line)) if pair[0] not in forked}
    # The width stands on an edge, or where a fork begins.
    told = [(row.widths[number], _differs(row, above, number)) for number in starts.values()]
    edges, forks = list(row.line.edges), list(row.line.forks)
    for place, edge in enumerate(edges):
        if (number := steps.get((edge.source, edge.target))) is not None:
            (text, marked), missing = told[number], tuple(_missing(row, above, number, words))
            edges[place] = edge._replace(text=text, marked=marked, missing=missing)
    for place, fork in enumerate(forks):
        if fork.start in starts:
            text, marked = told[starts[fork.start]]
            forks[place] = fork._replace(text=text, marked=marked)
    gone = _gone(found, above, words) if above else []
    for number in forked.values():
        gone += [text for _, text in _missing(row, above, number, words)]
    wrapped = [part for text in dict.fromkeys(gone) for part in wrap(text, WRAP)]
    return row.line._replace(cells=tuple(cells), edges=tuple(edges), forks=tuple(forks), gone=tuple(wrapped))


def _matched(row: UnitRow, above: UnitRow) -> Match:
    """What goes with what: cells of one column, then what stands beside the lines."""
    by_column = {column: cell for cell, column in zip(above.on_line, above.columns, strict=True) if cell in above.keys}
    on = {cell: by_column[one] for cell, one in zip(row.on_line, row.columns, strict=True) if one in by_column}
    return match(tracks(row.line), tracks(above.line), row.keys, above.keys, on)


def _gone(found: Match, above: UnitRow, words: Glossary) -> list[str]:
    """What is said of what stands beside the line above alone. Of a way over the line whose end is gone itself, which
    is said there, nothing is.
    """
    kept = set(found.partners.values())
    lost = [track for track in found.lost if track.kind not in SIDES or track.end in kept]
    pairs = [*((track, "branch") for track in lost), *((track, "cell") for track in found.gone)]
    told = []
    for track, kind in pairs:
        what = " → ".join([above.said[cell].name for cell in track.cells if cell in above.said])
        key = f"compare.gone.{track.kind if track.kind in SIDES else kind}"
        told += [words.say(key, what=what)] if what else []
    return told


def _differs(row: UnitRow, above: UnitRow | None, number: int) -> bool:
    """Whether the row above has another width where a cell stands; its last one before."""
    if above is None:
        return False
    before = [place for place, one in enumerate(above.columns) if one <= row.columns[number]]
    return bool(before) and above.widths[before[-1]] != row.widths[number]


def _missing(row: UnitRow, above: UnitRow | None, number: int, words: Glossary) -> list[tuple[int, str]]:
    """What the row above has between two neighbours on the line, by its columns."""
    if above is None:
        return []
    column, following = row.columns[number], row.columns[number + 1]
    return [
        (one, words.say("compare.missing", what=above.said[cell].name))
        for cell, one in zip(above.on_line, above.columns, strict=True)
        if column < one < following and cell in above.said and above.said[cell].name
    ]
