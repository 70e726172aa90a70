"""The legend: one entry for each kind of cell that a figure uses."""

from collections.abc import Iterable, Sequence

from ..model import BLOCK, Cell, LegendEntry
from ..said.glossary import Glossary
from ..view import Depth
from .lineparts import LineParts

Keyed = tuple[LineParts, Sequence[Cell]]
"""The cells of a line by number, and what they are made of."""


def make_legend(lines: Iterable[Keyed], words: Glossary, depth: Depth = "layer") -> tuple[LegendEntry, ...]:
    """Categories in order of appearance, joins last, the kinds of one category together; an input has no entry. Then
    the sign of weights that are shared.

    Nor has a closed block that is drawn open below. Cells that look alike share one entry, which names all activations
    in them: a join looks the same with and without.
    """
    groups: dict[tuple[bool, str], dict[tuple[bool, bool], list[Cell]]] = {}
    for parts, cells in (keyed := list(lines)):
        sources = parts.table.sources
        for cell, bare in zip(cells, parts.made.cells, strict=True):
            block = cell.category == BLOCK
            if cell.category == "input" or cell.where == "port" or (block and depth == "once"):
                continue
            joins = bool(bare.nodes) and len(sources[bare.place]) > 1 and not block
            kinds = groups.setdefault((joins, cell.category), {})
            kinds.setdefault((joins or bool(cell.activation), cell.early), []).append(cell)
    ordered = sorted(groups, key=lambda key: key[0])  # Stable: within both parts the order of appearance stays.
    # What joins values, and what takes further ones beside its first, may look and be called the same.
    entries = dict.fromkeys([_entry(alike, key[0], words, depth) for key in ordered for alike in groups[key].values()])
    signed = [cell for _, cells in keyed for cell in cells if cell.sign]
    if not signed:
        return tuple(entries)
    from .signs import sign_key  # late: few networks share weights

    return (*entries, sign_key(signed, words))


def _entry(alike: list[Cell], joins: bool, words: Glossary, depth: Depth) -> LegendEntry:
    first = alike[0]
    block = first.category == BLOCK
    text = words.say("legend.stage") if block and depth == "stage" else _text(alike, joins, words)
    kernel = "" if block else first.kernel
    return LegendEntry(first.category, kernel, text=text, activation=first.activation, before=first.before)


def entry_text(cell: Cell, words: Glossary) -> str:
    """What one cell is: `convolution, ReLU6`; `BN, ReLU, then convolution`."""
    return _text([cell], False, words)


def _text(alike: Sequence[Cell], joins: bool, words: Glossary) -> str:
    word, found = words.cell(alike[0].category), list(dict.fromkeys(cell.activation for cell in alike))
    if alike[0].early:
        return _early(alike, word, words)
    named = [activation for activation in found if activation]
    if not named:
        return words.say("legend.linear", word=word) if alike[0].category.startswith("conv") else word
    if joins:
        key = "legend.then" if len(named) == len(found) else "legend.some"
        return words.say(key, word=word, activation=" / ".join(named))
    key = "legend.activated" if len(named) == 1 else "legend.several"
    return words.say(key, word=word, activation=", ".join(named))


def _early(alike: Sequence[Cell], word: str, words: Glossary) -> str:
    """What is activated before its own op; with what stands behind it, where that is one for all."""
    before = dict.fromkeys([words.fused(cell.before) for cell in alike])
    after = {words.fused(cell.after) for cell in alike}
    if len(after) == 1 and (behind := after.pop()):
        word = words.say("legend.activated", word=word, activation=behind)
    key = "legend.before" if len(before) == 1 else "legend.before.several"
    return words.say(key, ops=" / ".join(before), word=word)
