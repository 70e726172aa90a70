"""Cells as a view asks for them: other labels, another order of shapes, another language, poolings drawn in.

What the default view draws is made in `cells.py`; here it is changed where a view differs from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ...core.numbers import short
from ...ops.base import Face
from ..folding.fuse import pools
from ..folding.index import Index
from ..model import BLOCK, Box, Cell
from ..said.glossary import Glossary, glossary
from ..said.labels import cell_label, full_label, relative, shape_text
from ..view import LABELS, View
from .cells import Cells

Labels = tuple[str, ...]
Labeller = Callable[[Cell, int, Face], Labels]
"""The label of a cell, the number of the cell, what its node's face is."""


def relabel(index: Index, made: Cells, boxes: tuple[Box, ...], view: View) -> tuple[Box, ...]:
    """Changes the cells in place; gives the boxes with the notes and reasons of the view.

    Raises OptionError where the labels are a template with a fault.
    """
    words = glossary(view.lang)
    if view.shape_order != "chw":
        _reorder(made, view)
    labeller: Labeller | None = None
    if view.labels == "full":
        labeller = _full
    elif view.labels == "relative":
        boxes, bases = _bases(index, made, boxes)
        labeller = partial(_relative, bases)
    elif view.labels not in LABELS:
        from ..said import template

        labeller = partial(_filled, index, partial(template.fill, template.read(view.labels)), view)
    if labeller or view.fuse_pool or words.language != "en":
        for number in range(len(made.cells)):
            _change(index, made, number, labeller or _compact, words)
    if words.language != "en":
        boxes = tuple([box._replace(reason=reason_text(box.reason, words)) for box in boxes])
    return boxes


def _change(index: Index, made: Cells, number: int, labeller: Labeller, words: Glossary) -> None:
    """Gives a cell the label of a labeller; the one that an input or output has of its own stays."""
    cell, place = made.cells[number], made.places[number]
    if not 0 <= place < len(index.nodes) or (cell.output is not None and cell.label[:1] == (cell.output,)):
        return
    face = made.faces.get(number) or index.face(place)
    label = tuple([words.say("label.global") if line == "global" else line for line in labeller(cell, number, face)])
    drawn_in = _drawn_in(index, cell, face)
    if drawn_in is not None:
        how = ", ".join(filter(None, (drawn_in.size if labeller is _full else "", drawn_in.stride)))
        said = words.say("label.pool", how=how) if how else words.say("label.pooled")
        label = (label[0], ", ".join([*label[1:], said])) if label else (said,)
        cell = cell._replace(category="conv.pool")
    made.cells[number] = cell._replace(label=label)


def _drawn_in(index: Index, cell: Cell, face: Face) -> Face | None:
    """The face of the pooling that a convolution's cell holds."""
    if cell.category != "conv" or len(cell.ids) < 2:
        return None
    place = index.places[cell.last]
    return index.face(place) if pools(index, place) else None


def _compact(cell: Cell, number: int, face: Face) -> Labels:
    return cell_label(face)


def _full(cell: Cell, number: int, face: Face) -> Labels:
    """Over a small cell there is room for its width only; its kernel stands in it."""
    return cell_label(face) if cell.where == "gate" else full_label(face)


def _relative(bases: dict[int, int], cell: Cell, number: int, face: Face) -> Labels:
    base = bases.get(number, 0)
    return cell_label(face._replace(out=relative(face.out, base))) if base else cell_label(face)


def _filled(
    index: Index, fill: Callable[[dict[str, str]], Labels], view: View, cell: Cell, number: int, face: Face
) -> Labels:
    owner = next((one for one in cell.ids if index.face(index.places[one]) == face), cell.first)
    values = {
        "kernel": face.size,
        "out": face.label or face.out,
        "in": face.into,
        "stride": face.stride,
        "groups": face.groups,
        "dilation": face.dilation,
        "shape": shape_text(cell.shape, view.shape_order),
        "params": short(cell.params) if cell.params else "",
        "macs": _macs(index, cell),
        "name": face.name or owner.rpartition(".")[2],
        "op": "" if cell.category == BLOCK else index.nodes[index.places[owner]].op,
    }
    return fill(values)


def _macs(index: Index, cell: Cell) -> str:
    """`1.2 G`, `≥ 1.2 G` where not all in it is counted, nothing where nothing costs."""
    places = [index.places[id] for id in cell.ids]
    least = any(place >= 0 and not index.counted(place) for place in places)
    return f"{'≥ ' if least else ''}{short(cell.macs or 0)}" if cell.macs or least else ""


def _reorder(made: Cells, view: View) -> None:
    """Writes the shape of the outputs that say it anew."""
    for number, cell in enumerate(made.cells):
        if cell.output is not None and cell.label[-1:] == (shape_text(cell.shape),):
            label = (*cell.label[:-1], shape_text(cell.shape, view.shape_order))
            made.cells[number] = cell._replace(label=label)


def _bases(index: Index, made: Cells, boxes: tuple[Box, ...]) -> tuple[tuple[Box, ...], dict[int, int]]:
    """The boxes that have a k with it in their note, and by number of a cell the k of the innermost box around it."""
    numbers = {cell.id: number for number, cell in enumerate(made.cells)}
    bases: dict[int, int] = {}
    noted = []
    for box in boxes:
        first, last = numbers[box.first], numbers[box.last]
        base = 0 if box.growth else _input_width(index, made.places[first])
        inside = range(first, last + 1)
        widths = [index.face(made.places[number]).out for number in inside]
        said = any(relative(width, base) != width for width in widths)
        bases.update(dict.fromkeys(inside, base if said else 0))
        noted.append(box._replace(note=f"k = {base}") if said else box)
    return tuple(noted), bases


def _input_width(index: Index, place: int) -> int:
    """The channels that a node reads, 0 where there are none."""
    if not 0 <= place < len(index.nodes) or not index.sources[place]:
        return 0
    return index.source_types(place)[0].size("c") or 0


def reason_text(text: str, words: Glossary) -> str:
    """Why nothing was added, in the language; `24 → 32` is the same in all."""
    stride = text.removeprefix("stride ")
    if stride != text:
        return words.say("reason.stride", stride=stride)
    into, _, out = text.partition(" in, ")
    return words.say("reason.sizes", into=into, out=out.removesuffix(" out")) if out else text
