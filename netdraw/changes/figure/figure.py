"""A diff as a diagram of two lines: what goes together stands under each other, what was done is marked.

What both lines say is said in the second alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...comparison.base import heads, prefixed, sources, unique
from ...diagram.elements.legend import make_legend
from ...diagram.model import Box, Cell, Diagram, FigureTexts, Line
from ...diagram.said.glossary import Glossary, glossary, sentences
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
    lines = [_Marked(side, marking.cells[n], marking.boxes[n], words) for n, side in enumerate((one, other))]
    placed = shared_columns(one, other, pairs)
    upper, lower = (line.line(own) for line, own in zip(lines, placed, strict=True))
    below = under(one, other, pairs, placed)
    upper, lower = shared_bars(_once(upper, below, lines), lower, below, one, other)
    upper, lower = (
        totalled(line, n, diff, view) for n, line in enumerate(bracketed((upper, lower), diff, view, words))
    )
    names = unique([diff.before.graph.name, diff.after.graph.name])
    found = [prefixed(line, name) for line, name in zip(_named((upper, lower), diff), names, strict=True)]
    keyed = [(side.parts, side.cells) for side in (one, other)]
    return Diagram(tuple(found), make_legend(keyed, words) if view.legend else (), _words(diff, view, words))


class _Marked:
    """A line with its marks: `bare` are labels without what is marked."""

    def __init__(
        self, stands: Stands, cells: dict[str, list[Mark]], boxes: dict[str, list[Mark]], words: Glossary
    ) -> None:
        self.stands, self.words, self.cells, self.boxes = stands, words, cells, boxes

    def line(self, own: Sequence[int]) -> Line:
        columns = {
            self.stands.cells[number].id: column for number, column in zip(self.stands.on_line, own, strict=True)
        }
        line = self.stands.line
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
        return tuple([self.words.say("label.global") if text == "global" else text for text in label])


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
    names = side_names(diff)
    sides = (diff.before, diff.after)
    inputs = [inputs_of(side) for side in sides]
    told = ["" if inputs[0] == inputs[1] else said for said in inputs]
    return [
        line._replace(name=name, note=" · ".join(filter(None, (side.settings if name == side.title else "", said))))
        for line, name, side, said in zip(lines, names, sides, told, strict=True)
    ]


def side_names(diff: Diff) -> list[str]:
    """The titles of both, or their labels where these would not tell them apart."""
    sides = (diff.before, diff.after)
    if len({(side.title, side.settings) for side in sides}) == 2 and all(side.title for side in sides):
        return [side.title for side in sides]
    return apart([side.label for side in sides])


def apart(labels: Sequence[str]) -> list[str]:
    """Paths without the folders that all of them begin with."""
    parts = [label.split("/") for label in labels]
    common = 0
    while all(len(one) > common + 1 and one[common] == parts[0][common] for one in parts):
        common += 1
    return ["/".join(one[common:]) for one in parts]


def _words(diff: Diff, view: View, words: Glossary) -> FigureTexts:
    sides = (diff.before, diff.after)
    names = side_names(diff)
    said = [
        f"{name} ({side.settings})" if side.settings and name == side.title else name
        for name, side in zip(names, sides, strict=True)
    ]
    title = ARROW.join(said)
    inputs = [inputs_of(side) for side in sides]
    common = inputs[0] if inputs[0] == inputs[1] else ""
    unit = "" if view.cost == "none" else words.say(f"unit.{view.cost}")
    caption = _caption(diff, view, words) if view.caption else ""
    about = words.say("diff.about", title=title)
    return FigureTexts(
        title=title,
        subtitle=common,
        totals="",
        caption=caption,
        unit=unit,
        cost_total=0,
        description=about,
        titled=view.title,
        heads=heads(view.cost, words),
    )


def _caption(diff: Diff, view: View, words: Glossary) -> str:
    parts = [words.say("diff.same" if diff.same else "diff.marked")]
    if view.cost != "none":
        told = any(delta for own in stage_sums(diff, view) for delta in own.values())
        parts += [words.say(f"diff.stages.{view.cost}")] if told else []
        parts.append(words.say(f"convention.{view.cost}"))
    parts.append(words.say("caption.bars.shape"))
    parts += sources([side.source for side in (diff.before, diff.after)])
    said = [part if part[-1] in ".。" else f"{part}." for part in parts]
    return sentences(said)
