"""The legend: one entry for each kind of cell that a figure uses."""

from __future__ import annotations

from .cells import Cells
from .glossary import Glossary
from .index import Index
from .model import Cell, LegendEntry


def make_legend(index: Index, made: Cells, words: Glossary) -> tuple[LegendEntry, ...]:
    """Categories in order of appearance, joins last, the kinds of one category together; an input has no entry.

    Cells that look alike share one entry, which names all activations in them: a join looks the same with and without.
    """
    groups: dict[tuple[bool, str], dict[bool, list[Cell]]] = {}
    for number, cell in enumerate(made.cells):
        if cell.category == "input":
            continue
        place = made.places[number]
        joins = 0 <= place < len(index.nodes) and len(index.sources[place]) > 1
        kinds = groups.setdefault((joins, cell.category), {})
        kinds.setdefault(joins or bool(cell.activation), []).append(cell)
    ordered = sorted(groups, key=lambda key: key[0])  # Stable: within both parts the order of appearance stays.
    return tuple([_entry(alike, key[0], words) for key in ordered for alike in groups[key].values()])


def _entry(alike: list[Cell], joins: bool, words: Glossary) -> LegendEntry:
    found = list(dict.fromkeys(cell.activation for cell in alike))
    first = alike[0]
    return LegendEntry(first.category, first.kernel, found[0], _text(first.category, found, joins, words))


def _text(category: str, found: list[str], joins: bool, words: Glossary) -> str:
    word, named = words.cell(category), [activation for activation in found if activation]
    if not named:
        return words.say("legend.linear", word=word) if category.startswith("conv") else word
    if joins:
        key = "legend.then" if len(named) == len(found) else "legend.some"
        return words.say(key, word=word, activation=" / ".join(named))
    key = "legend.activated" if len(named) == 1 else "legend.several"
    return words.say(key, word=word, activation=", ".join(named))
