"""A diff as a diagram of two lines: what goes together stands under each other, what was done is marked.

What both lines say is said in the second alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from ...comparison.base import lines_texts, prefixed, sources, unique
from ...diagram.elements.legend import make_legend
from ...diagram.model import Box, Cell, Diagram, FigureTexts, Line
from ...diagram.said.glossary import Glossary, glossary
from ...diagram.said.labels import cell_label
from ...diagram.view import View
from ..model import Diff
from ..tables.sentences import ARROW, inputs_of
from .bars import shared_bars
from .deltas import bracketed, stage_sums, totalled
from .marking import Marking
from .marks import Mark
from .pairs import cell_pairs, shared_columns, under
from .stands import Stands, stand

BROAD = 26
"""A mark with more characters is broken at its arrow."""


def figure(diff: Diff, view: View) -> Diagram:
    """The figure of a diff, the first network above the second."""
    words = glossary(view.lang)
    one, other = stand(diff.before, view), stand(diff.after, view)
    pairs = cell_pairs(diff, one, other)
    marking = Marking(diff, one, other, words)
    marked = [_Marked(side, marking.cells[n], marking.boxes[n], words) for n, side in enumerate((one, other))]
    placed = shared_columns(one, other, pairs)
    upper, lower = (line.line(own) for line, own in zip(marked, placed, strict=True))
    below = under(one, other, pairs, placed)
    lines = bracketed(shared_bars(_once(upper, below, marked), lower, below, one, other), diff, view, words)
    lines = [totalled(line, n, diff, view) for n, line in enumerate(lines)]
    names = unique([diff.before.graph.name, diff.after.graph.name])
    found = [prefixed(line, name) for line, name in zip(_named(lines, diff), names, strict=True)]
    keyed = [(side.parts, side.cells) for side in (one, other)]
    return Diagram(tuple(found), make_legend(keyed, words) if view.legend else (), _words(diff, view, words))


class _Marked:
    """A line with its marks: `bare` are labels without what is marked."""

    def __init__(
        self, stands: Stands, cells: dict[str, list[Mark]], boxes: dict[str, list[Mark]], words: Glossary
    ) -> None:
        self.stands, self.words, self.cells, self.boxes = stands, words, cells, boxes

    def line(self, own: Sequence[int]) -> Line:
        line, on_line = self.stands.line, [self.stands.cells[number].id for number in self.stands.on_line]
        columns = dict(zip(on_line, own, strict=True))
        cells = [self._cell(cell)._replace(column=columns.get(cell.id, -1)) for cell in line.cells]
        boxes = [_cornered(box, self.boxes[box.id]) if box.id in self.boxes else box for box in line.boxes]
        return line._replace(cells=tuple(cells), boxes=tuple(boxes))

    def _cell(self, cell: Cell) -> Cell:
        marks = self.cells.get(cell.id)
        if not marks:
            return cell
        said = [(mark.text, True) for mark in marks if mark.part == "out"]
        said += [(text, False) for text in self.bare(cell, marks)]
        said += [(text, True) for mark in marks if mark.part != "out" for text in _broken(mark.text)]
        marked = tuple([place for place, (_, is_mark) in enumerate(said) if is_mark])
        return cell._replace(label=tuple([text for text, _ in said]), marked=marked)

    def bare(self, cell: Cell, marks: Sequence[Mark]) -> tuple[str, ...]:
        """The label of a cell without what the marks say."""
        parts = {mark.part for mark in marks if mark.part}
        owner = next((id for id in cell.ids if id in self.stands.places and self.stands.is_owner(id)), None)
        if not parts or owner is None:
            return cell.label
        face = self.stands.face(owner)
        label = cell_label(face._replace(**dict.fromkeys(parts, "")))
        return tuple([self.words.word(text) for text in label])


def _cornered(box: Box, marks: Sequence[Mark]) -> Box:
    """A box with its marks: in the corner, beside the ×n that they do not say, what became of its members."""
    counts = [mark.text for mark in marks if mark.part in ("repeat", "came")]
    times = [f"×{box.repeat}"] if box.repeat > 1 and not any(mark.part == "repeat" for mark in marks) else []
    grows = [f"+{box.growth}"] if box.growth else []
    above = [line for mark in marks if mark.part not in ("repeat", "came") for line in _broken(mark.text)]
    return box._replace(mark=", ".join([*counts, *times, *grows]) if counts else "", marks=tuple(above))


def _broken(text: str) -> list[str]:
    """A long text before its arrow and from there on."""
    before, arrow, after = text.partition(ARROW)
    return [before, f"{arrow.lstrip()}{after}"] if arrow and len(text) > BROAD else [text]


def _once(upper: Line, under: dict[str, str], lines: Sequence[_Marked]) -> Line:
    """The upper line without the labels that the lower one has, too."""
    below = {cell.id: cell for cell in lines[1].stands.line.cells}
    cells = []
    for cell in upper.cells:
        partner = below.get(under.get(cell.id, ""))
        if partner and not cell.marked:
            marks = lines[1].cells.get(partner.id, [])
            if lines[0].bare(cell, marks) == lines[1].bare(partner, marks):
                cell = cell._replace(shared=True)
        cells.append(cell)
    return upper._replace(cells=tuple(cells))


def _named(lines: Sequence[Line], diff: Diff) -> list[Line]:
    """The lines with their names, the params that were given, and the inputs where they are not the same."""
    sides, found = (diff.before, diff.after), []
    inputs = [inputs_of(side) for side in sides]
    for line, name, side, said in zip(lines, side_names(diff), sides, inputs, strict=True):
        notes = (side.settings if name == side.title else "", said if inputs[0] != inputs[1] else "")
        found.append(line._replace(name=name, note=" · ".join(filter(None, notes))))
    return found


def side_names(diff: Diff) -> list[str]:
    """The titles of both, or their labels where these would not tell them apart."""
    sides = (diff.before, diff.after)
    if len({(side.title, side.settings) for side in sides}) == 2 and all(side.title for side in sides):
        return [side.title for side in sides]
    return apart([side.label for side in sides])


def apart(labels: Sequence[str]) -> list[str]:
    """Paths without the folders that all of them begin with."""
    parts = [label.split("/") for label in labels]
    common = len(os.path.commonprefix([folders for *folders, _ in parts]))
    return ["/".join(one[common:]) for one in parts]


def _words(diff: Diff, view: View, words: Glossary) -> FigureTexts:
    sides = (diff.before, diff.after)
    said = [
        f"{name} ({side.settings})" if side.settings and name == side.title else name
        for name, side in zip(side_names(diff), sides, strict=True)
    ]
    title, inputs = ARROW.join(said), {inputs_of(side) for side in sides}
    texts = lines_texts(title, inputs, _caption(diff, view, words), view, words)
    return texts._replace(description=words.say("diff.about", title=title))


def _caption(diff: Diff, view: View, words: Glossary) -> list[str]:
    parts = [words.say("diff.same" if diff.same else "diff.marked")]
    if view.cost != "none":
        told = any(delta for own in stage_sums(diff, view) for delta in own.values())
        parts += [words.say(f"diff.stages.{view.cost}")] if told else []
        parts.append(words.say(f"convention.{view.cost}"))
    parts.append(words.say("caption.bars.shape"))
    return [*parts, *sources([side.source for side in (diff.before, diff.after)])]
