"""The outputs of a network: which cells they are, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...graph.model import Ref
from ..folding.index import Index
from ..folding.members import Drawn
from ..model import Cell
from ..said.labels import shape_text

if TYPE_CHECKING:
    from .cells import Cells


def add_outputs(index: Index, drawn: Drawn, made: Cells) -> None:
    """Names the Softmax that is an output, and adds a cell for every other output. One of several says its name.

    Of chains that are drawn once there is one output, for all.
    """
    several = len(index.graph.outputs) > 1
    for names, ref in _named(index, drawn):
        place = index.places[ref.node]
        number = made.numbers[place]
        cell, name = made.cells[number], " ".join(names)
        said = (_common(names),) if several and name != "output" else ()
        times = (f"×{len(names)}",) if len(names) > 1 else ()
        if cell.category == "softmax" and cell.output is None and cell.last == ref.node:
            label = (*said, *(times or (shape_text(cell.shape),))) if said else cell.label
            made.cells[number] = cell._replace(output=name, label=label)
            continue
        kind = index.type_at(place, ref.port)
        made.outputs[names[0]] = len(made.cells)
        made.places.append(len(index.nodes))
        label = (*said, *(times or (shape_text(kind),)))
        made.cells.append(Cell(names[0], (), "output", "", "", label, kind, output=name))


def _named(index: Index, drawn: Drawn) -> list[tuple[tuple[str, ...], Ref]]:
    """The outputs with the names of those that they are drawn for, each where that is drawn, its own name first."""
    names: dict[Ref, list[str]] = {}
    own: dict[Ref, str] = {}
    for name, ref in index.graph.outputs:
        place = index.places[ref.node]
        shown = drawn.alike.get(place, place)
        at = ref if shown == place else Ref(index.nodes[shown].id, ref.port)
        names.setdefault(at, []).append(name)
        if shown == place:
            own[at] = name
    return [((own[at], *(one for one in found if one != own[at])), at) for at, found in names.items()]


def _common(names: Sequence[str]) -> str:
    """What several names end in, from a dot on; of names that have nothing in common the first and the last."""
    ends = {name.rpartition(".")[2] for name in names}
    if len(names) == 1 or len(ends) > 1:
        return names[0] if len(names) == 1 else f"{names[-1]}–{names[0]}"
    return ends.pop()
