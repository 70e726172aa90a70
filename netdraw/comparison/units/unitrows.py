"""Units as words: a row each, cells named in full, widths on the line, what differs from the row above marked."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap

from ...core.records import NamedTuple
from ...diagram.closing.openblocks import outer_box
from ...diagram.elements.legend import make_legend
from ...diagram.model import Box, Diagram, Edge, FigureTexts, Fork, Line
from ...diagram.said.glossary import Glossary, glossary
from ...diagram.tags import lettered
from ...diagram.view import View
from ..base import Compared, prefixed, titles
from ..columns import AlignKey, columns, weight
from ..matching import SIDES, Match, SidePath, match, on_tracks, tracks
from .amounts import amount, caption, common_input
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
    legend = make_legend([(unit.parts, unit.cells()) for _, unit in units], words, view.depth)
    return Diagram(lettered(tuple(lines)), legend if view.legend else (), _words(networks, view, words, scale))


def _words(networks: Picked, view: View, words: Glossary, scale: Scale) -> FigureTexts:
    units = [unit for _, found in networks.shown for unit in found]
    title = titles([one for one, _ in networks.shown], words)
    said = caption(units, view, scale, words, words.say("compare.marked"))
    about = words.say("compare.about.units", title=title)
    return FigureTexts(
        title=title,
        subtitle="",
        totals=common_input(units, view, scale, words),
        caption=said,
        unit="",
        cost_total=0,
        description=about,
        titled=view.title,
    )


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
            keys[id] = AlignKey(cell.category, _size(unit, number))
    boxes = tuple([box if box.parent else _unseen(box, unit, words) for box in outer_box(parts, first, None)])
    line = parts.line([cell._replace(label=()) for cell in cells], boxes)
    line = line._replace(name=one.title, note=_note(unit, words), totals=(amount(unit, view, words),))
    line = prefixed(line, prefix)
    beside = on_tracks(line)
    numbers = zip(parts.order, line.cells, strict=True)
    axis = {cell.id: width_behind(unit, number) for number, cell in numbers if cell.id not in beside}
    return UnitRow(line=line, on_line=tuple(axis), columns=(), widths=tuple(axis.values()), said=said, keys=keys)


def _size(unit: Unit, number: int) -> str:
    place = unit.parts.made.places[number]
    return unit.parts.table.face(place).size if 0 <= place < len(unit.parts.table.nodes) else ""


def _unseen(box: Box, unit: Unit, words: Glossary) -> Box:
    """The box of the whole unit, which holds its arc, or the reason for none."""
    reason = words.say("compare.no_add", reason=unit.reason) if unit.reason else ""
    return box._replace(drawn=False, name=None, reason=reason)


def _note(unit: Unit, words: Glossary) -> str:
    return f"{name_of(unit)} · {count_of(unit, words)}"


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
    edges = [
        _said(edge, row, above, steps[edge.source, edge.target], words) if (edge.source, edge.target) in steps else edge
        for edge in row.line.edges
    ]
    forks = [_begun(fork, row, above, starts[fork.start]) if fork.start in starts else fork for fork in row.line.forks]
    gone = _gone(found, above, words) if above else []
    for number in forked.values():
        gone += [text for _, text in _missing(row, above, number, words)] if above else []
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
    return [
        words.say(f"compare.gone.{track.kind if track.kind in SIDES else kind}", what=_chain(track, above))
        for track, kind in pairs
        if _chain(track, above)
    ]


def _chain(track: SidePath, above: UnitRow) -> str:
    return " → ".join([above.said[cell].name for cell in track.cells if cell in above.said])


def _said(edge: Edge, row: UnitRow, above: UnitRow | None, number: int, words: Glossary) -> Edge:
    """An edge with the width on it, marked where the row above has another one; with the cells that this has there."""
    missing = tuple(_missing(row, above, number, words)) if above else ()
    return edge._replace(text=row.widths[number], marked=_differs(row, above, number), missing=missing)


def _begun(fork: Fork, row: UnitRow, above: UnitRow | None, number: int) -> Fork:
    """A fork with the width that it begins with."""
    return fork._replace(text=row.widths[number], marked=_differs(row, above, number))


def _differs(row: UnitRow, above: UnitRow | None, number: int) -> bool:
    """Whether the row above has another width where a cell stands; its last one before."""
    if above is None:
        return False
    before = [place for place, one in enumerate(above.columns) if one <= row.columns[number]]
    return bool(before) and above.widths[before[-1]] != row.widths[number]


def _missing(row: UnitRow, above: UnitRow, number: int, words: Glossary) -> list[tuple[int, str]]:
    """What the row above has between two neighbours on the line, by its columns."""
    column, following = row.columns[number], row.columns[number + 1]
    return [
        (one, words.say("compare.missing", what=above.said[cell].name))
        for cell, one in zip(above.on_line, above.columns, strict=True)
        if column < one < following and cell in above.said and above.said[cell].name
    ]
