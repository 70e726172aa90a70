"""Weights that are used more than once: the signs at their cells, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...analysis.model import Analysis
from ...analysis.sharing import Sharing, find_sharing, numbered
from ...graph.model import Graph
from ..model import Cell, LegendEntry
from ..said.glossary import Glossary
from ..said.labels import ALIKE

TOLD = 4
"""So many sets of shared weights, and users of one, are told by name."""


def with_signs(cells: tuple[Cell, ...], graph: Graph, analysis: Analysis) -> tuple[Cell, ...]:
    """Cells with the sign of the weights that they share: those that have them, and those that use them."""
    found = find_sharing(graph, analysis)
    numbers, several = numbered(found), len(found) > 1
    owners = {node.id: node.shares for node in graph.nodes if node.shares}

    def signed(cell: Cell) -> Cell:
        sets = {numbers[id] for id in cell.ids if id in numbers}
        if not sets:
            return cell
        shares = dict.fromkeys(owners[id] for id in cell.ids if id in owners)
        return cell._replace(sign=str(min(sets) + 1) if several else ALIKE, shares=tuple(shares))

    return tuple(map(signed, cells))


def sign_key(cells: Iterable[Cell], words: Glossary) -> LegendEntry:
    """The legend's entry for the signs of some cells."""
    signs = sorted({cell.sign for cell in cells})
    text = words.say("legend.shared" if signs == [ALIKE] else "legend.shared.several")
    return LegendEntry(category="", kernel="", activation="", text=text, sign=signs[0])


def shared_text(found: Sequence[Sharing], words: Glossary) -> str:
    """`Shared weights count once: those of twin, also used by other.`; "" where none are shared."""
    sets = [words.say("shared.set", owner=one.owner, users=_listed(one.users, ", ", words)) for one in found]
    return words.say("shared.once", sets=_listed(sets, words.say("compare.semicolon"), words)) if sets else ""


def _listed(texts: Sequence[str], between: str, words: Glossary) -> str:
    """The first texts of several, and how many more there are."""
    more = len(texts) - TOLD
    return between.join([*texts[:TOLD], *([words.say("chart.more", count=more)] if more > 0 else [])])
