"""The legend: one entry for each kind of cell that a figure uses."""

from __future__ import annotations

from .cells import Cells
from .glossary import Glossary
from .index import Index
from .model import Cell, LegendEntry


def make_legend(index: Index, made: Cells, words: Glossary) -> tuple[LegendEntry, ...]:
    """Categories in order of appearance, joins last, the kinds of one category together; an input has no entry."""
    groups: dict[tuple[bool, str], dict[str, LegendEntry]] = {}
    for number, cell in enumerate(made.cells):
        if cell.category == "input":
            continue
        place = made.places[number]
        joins = 0 <= place < len(index.nodes) and len(index.sources[place]) > 1
        entries = groups.setdefault((joins, cell.category), {})
        if cell.activation not in entries:
            text = _text(cell, joins, words)
            entries[cell.activation] = LegendEntry(cell.category, cell.kernel, cell.activation, text)
    ordered = sorted(groups, key=lambda key: key[0])  # Stable: within both parts the order of appearance stays.
    return tuple([entry for key in ordered for entry in groups[key].values()])


def _text(cell: Cell, joins: bool, words: Glossary) -> str:
    word = words.cell(cell.category)
    if cell.activation:
        return words.say("legend.then" if joins else "legend.activated", word=word, activation=cell.activation)
    return words.say("legend.linear", word=word) if cell.category.startswith("conv") else word
