"""Cells with all that is said of them: made once, in the words that a view asks for."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import takewhile

from ...core.numbers import least, short
from ...graph.model import around, free_title
from ...ops.base import Face
from ..folding.barecells import BareCell
from ..folding.fuse import JOINS
from ..folding.index import Index
from ..model import BLOCK, Box, Cell
from ..said.glossary import Glossary, glossary
from ..said.labels import cell_label, full_label, input_label, kernel_text, relative, shape_text
from ..view import LABELS, View
from .lineparts import LineParts

Lines = tuple[str, ...]
"""The lines of a label."""
UNITS = ("block", "layers")
"""Groups of one cell whose label is the cell's; a row or a repeat is said by a bracket or a box."""


def _costs(parts: LineParts, bare: BareCell) -> tuple[int, int | None]:
    """Parameters and MACs of all nodes in a cell; None where no rule counts any of them."""
    drawn = parts.drawn
    places = [place for place in bare.nodes if drawn.shown[place]]
    counted = [macs for place in places if (macs := drawn.macs[place]) is not None]
    return sum([drawn.params[place] for place in places]), sum(counted) if counted or not bare.nodes else None


def _joined(index: Index, bare: BareCell) -> tuple[str, Lines, Lines]:
    """The activation that joined the node of a cell; all that joined it, and stands before it or behind."""
    if bare.block or len(bare.nodes) < 2:
        return "", (), ()
    # Of members that are drawn once, the last counts.
    last = {index.ops[place].fuse: place for place in bare.nodes if place != bare.place}
    places = sorted([place for role, place in last.items() if role in JOINS])
    ops = {place: index.nodes[place].op for place in places}
    before, after = (tuple([ops[place] for place in places if (place < bare.place) == side]) for side in (True, False))
    return ops.get(last.get("activation", -1), ""), before, after


class Sayer:
    """Says what stands under the cells of a line, and in the corners of its boxes, in the words of a view.

    Raises OptionError where the labels are a template with a fault.
    """

    def __init__(self, parts: LineParts, boxes: Sequence[Box], view: View) -> None:
        self.parts, self.order = parts, view.shape_order
        self.words: Glossary = glossary(view.lang)
        self.bases: dict[int, int] = {}
        """By number of a cell the k of the innermost box around it, where its widths are said by that."""
        self.boxes = tuple([self._based(box) for box in boxes] if view.labels == "relative" else boxes)
        """The boxes, with their k where that is said."""
        self.full = view.labels == "full"
        self.fill: Callable[[dict[str, str]], Lines] | None = None
        graph = parts.table.graph
        self.titled = any(one.title for one in graph.nodes) or any(one.title for one in graph.groups)
        """Whether anything has a title."""
        if view.labels not in LABELS:
            from ..said import template  # late: only labels of one's own need it

            self.fill = partial(template.fill, template.read(view.labels))

    def label(self, number: int) -> Lines:
        """The lines under a cell."""
        cell = self.parts.made.cells[number]
        several = len(self.parts.table.graph.outputs) > 1 and cell.output != "output"
        if cell.names and (several or not cell.nodes):
            count = f"×{len(cell.names)}" if len(cell.names) > 1 else shape_text(cell.shape, self.order)
            return (_common(cell.names), count) if several else (count,)
        if cell.face is None:
            return self._input(number, cell)
        face = cell.face._replace(label=self.words.word(cell.face.label))
        if self.fill:
            label = self.fill(self._fields(cell, face))
        else:
            label = (*self._named(number, face), *filter(None, [self._title(cell)]))
        return self._pooled(cell, label) if cell.category == "conv.pool" else label

    def _input(self, number: int, cell: BareCell) -> Lines:
        """Of several its name, too, and the whole shape where no bar says it."""
        if len(self.parts.table.graph.inputs) < 2:
            return input_label(cell.shape)
        on_line = self.parts.where[number] == "line"
        return (cell.id, *(input_label(cell.shape) if on_line else (shape_text(cell.shape, self.order),)))

    def _pooled(self, cell: BareCell, label: Lines) -> Lines:
        """With the pooling that a convolution's cell holds."""
        pool = self.parts.table.face(cell.nodes[-1])
        how = ", ".join(filter(None, (pool.size if self.full else "", pool.stride)))
        said = self.words.say("label.pool", how=how) if how else self.words.say("label.pooled")
        return (label[0], ", ".join([*label[1:], said])) if label else (said,)

    def _named(self, number: int, face: Face) -> Lines:
        """In one of the grammars that have a name."""
        if face.axis and not (face.label or face.out or face.title):
            face = face._replace(label=self.words.say("trait.axis", value=face.axis))
        # Over a small cell there is room for its width only; its kernel stands in it.
        if self.full and self.parts.where[number] != "gate":
            return full_label(face)
        base = self.bases.get(number, 0)
        return cell_label(face._replace(out=relative(face.out, base)) if base else face)

    def _title(self, cell: BareCell) -> str:
        """What its author calls it: a closed block by its title, else by a label; "" where the cell says it already."""
        if cell.block:
            return "" if cell.block.title == cell.block.name else cell.block.title
        if not self.titled:
            return ""
        index, made = self.parts.table, self.parts.made
        nodes = [index.nodes[place] for place in cell.nodes]
        groups = [index.groups[id] for id in around(index.groups, nodes[-1].group) if id in index.spans]
        alone = takewhile(lambda one: one.kind in UNITS and len(made.within(index.spans[one.id])) == 1, groups)
        found = next(filter(None, [*map(free_title, nodes), *map(free_title, alone)]), "")
        return "" if cell.face and cell.face.title == found else found

    def _based(self, box: Box) -> Box:
        """A box with k in its corner, where that says the width of a cell in it; boxes around it come before."""
        made, index = self.parts.made, self.parts.table
        inside = self.parts.inside(box)
        place = made.places[inside.start]
        read = index.source_types(place)[:1] if not box.growth and 0 <= place < len(index.nodes) else ()
        base = read[0].size("c") or 0 if read else 0
        widths = [index.face(made.places[number]).out for number in inside]
        said = any(relative(width, base) != width for width in widths)
        self.bases.update(dict.fromkeys(inside, base if said else 0))
        return box._replace(note=f"k = {base}") if said else box

    def _fields(self, cell: BareCell, face: Face) -> dict[str, str]:
        """What a template may say."""
        index, (params, macs) = self.parts.table, _costs(self.parts, cell)
        lacks = not all(index.counted(place) for place in cell.nodes)
        owner = next((place for place in cell.nodes if index.face(place) == cell.face), cell.nodes[0])
        return {
            "kernel": face.size,
            "out": face.label or face.out,
            "in": face.into,
            "stride": face.stride,
            "groups": face.groups,
            "dilation": face.dilation,
            "heads": face.heads,
            "window": face.window,
            "layers": face.layers,
            "shape": shape_text(cell.shape, self.order),
            "params": short(params) if params else "",
            "macs": f"{least(lacks)}{short(macs or 0)}" if macs or lacks else "",
            "name": self._title(cell) or face.title or face.name or index.nodes[owner].id.rpartition(".")[2],
            "op": "" if cell.category == BLOCK else index.nodes[owner].op,
        }


def make_cells(parts: LineParts, sayer: Sayer, of: str = "", ports: Collection[int] = ()) -> tuple[Cell, ...]:
    """The cells of a line, by number. Those `of` a closed block carry no cost, since it does; `ports` say nothing."""
    return tuple([_cell(parts, number, sayer, of, number in ports) for number in range(len(parts.made.cells))])


def _cell(parts: LineParts, number: int, sayer: Sayer, of: str, port: bool) -> Cell:
    bare, index = parts.made.cells[number], parts.table
    params, macs = _costs(parts, bare)
    activation, before, after = _joined(index, bare)
    kernel = bare.block.name if bare.block else kernel_text(bare.face) if bare.face else ""
    own = (bare.id,) if bare.category == "input" else ()
    return Cell(
        id=bare.id,
        ids=tuple([index.nodes[place].id for place in bare.nodes]) or own,
        category=bare.category,
        kernel="" if port else kernel,
        activation=activation,
        label=() if port else sayer.label(number),
        shape=bare.shape,
        params=0 if of else params,
        macs=None if of else macs,
        repeat=bare.repeat,
        where="port" if port else parts.where[number],
        output=bare.output,
        times=bare.block.said if bare.block else "",
        of=of,
        before=before,
        after=after,
        size=bare.face.size if bare.face else "" if bare.names else shape_text(bare.shape, sayer.order),
        title=bare.face.title if bare.face else "",
    )


def _common(names: Sequence[str]) -> str:
    """What several names end in, from a dot on; of names that have nothing in common the first and the last."""
    if len(names) == 1:
        return names[0]
    ends = {name.rpartition(".")[2] for name in names}
    return ends.pop() if len(ends) == 1 else f"{names[-1]}–{names[0]}"
