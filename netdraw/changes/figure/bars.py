"""Where the bars of a diff stand: in both lines at the same cells, so that maps that are the same look the same."""

from __future__ import annotations

from collections.abc import Mapping

from ...diagram.elements.bars import every_bar
from ...diagram.model import Bar, Line
from .stands import Stands

Bars = dict[str, Bar]
"""By cell."""


def shared_bars(upper: Line, lower: Line, under: Mapping[str, str], one: Stands, other: Stands) -> tuple[Line, Line]:
    """The lines with their bars in common places. `under` has the lower cell that goes with an upper one.

    Each network has chosen its own; what one of them has, the other gets, too. What both say is said below, unless the
    bar beside it says the same; what they say otherwise has to be seen.
    """
    # What a bar would say of each cell on a line.
    every: list[Bars] = [{bar.cell: bar for bar in every_bar(stands.parts)} for stands in (one, other)]
    chosen: tuple[Bars, Bars] = ({bar.cell: bar for bar in upper.bars}, {bar.cell: bar for bar in lower.bars})
    told = set(chosen[1])
    for mine, its in under.items():
        if mine not in every[0] or its not in every[1] or (mine not in chosen[0] and its not in chosen[1]):
            continue
        if every[0][mine].text == every[1][its].text:
            bar = chosen[0].pop(mine, every[0][mine])
            chosen[1].setdefault(its, every[1][its]._replace(needed=bar.needed))
        else:
            chosen[0][mine], chosen[1][its] = every[0][mine], every[1][its]
            told.add(its)
    order = [cell.id for cell in lower.cells if cell.id in chosen[1]]
    for at, id in enumerate(order):
        near = [chosen[1][beside].text for beside in order[max(at - 1, 0) : at + 2] if beside in told]
        if id not in told and chosen[1][id].text in near:
            del chosen[1][id]
    return _barred(upper, chosen[0]), _barred(lower, chosen[1])


def _barred(line: Line, bars: Bars) -> Line:
    return line._replace(bars=tuple([bars[cell.id] for cell in line.cells if cell.id in bars]))
