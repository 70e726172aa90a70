"""The legend: one entry for each kind of cell that a figure uses."""

from __future__ import annotations

from collections.abc import Iterable

from .cells import Cells
from .glossary import Glossary
from .index import Index
from .model import Cell, LegendEntry
from .view import Depth

Keyed = tuple[Index, Cells]
"""The cells of a line, and the graph that they are of."""


def make_legend(lines: Iterable[Keyed], words: Glossary, depth: Depth = "layer") -> tuple[LegendEntry, ...]:
    """Categories in order of appearance, joins last, the kinds of one category together; an input has no entry.

    Nor has a closed block that is drawn open below.
    """
    groups: dict[tuple[bool, str], dict[str, LegendEntry]] = {}
    for index, made in lines:
        for number, cell in enumerate(made.cells):
            if cell.category == "input" or cell.where == "port":
                continue
            place, block = made.places[number], number in made.faces
            if block and depth == "once":
                continue
            joins = 0 <= place < len(index.nodes) and len(index.sources[place]) > 1 and not block
            entries = groups.setdefault((joins, cell.category), {})
            if block:
                text = words.say("legend.stage") if depth == "stage" else words.cell(cell.category)
                entries[""] = LegendEntry(cell.category, "", "", text)
            elif cell.activation not in entries:
                text = _text(cell, joins, words)
                entries[cell.activation] = LegendEntry(cell.category, cell.kernel, cell.activation, text)
    ordered = sorted(groups, key=lambda key: key[0])  # Stable: within both parts the order of appearance stays.
    return tuple([entry for key in ordered for entry in groups[key].values()])


def _text(cell: Cell, joins: bool, words: Glossary) -> str:
    word = words.cell(cell.category)
    if cell.activation:
        return words.say("legend.then" if joins else "legend.activated", word=word, activation=cell.activation)
    return words.say("legend.linear", word=word) if cell.category.startswith("conv") else word
