"""Bars of several lines in common columns: where one has room and another has none, all have it, or none has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...diagram.model import Bar, Line
from ..strip.strip import LineStrip


def alike_bars(strips: Sequence[LineStrip], again: Callable[[int, Line], LineStrip]) -> list[LineStrip]:
    """The strips, those anew whose bars are others for it: in each column the half that has room decides.

    `again` makes the strip of a number of another line.
    """
    votes: dict[int, list[bool]] = {}
    for strip in strips:
        for place in strip.grid.axis.bars:
            votes.setdefault(strip.grid.axis.cells[place].column, []).append(place in strip.grid.bars)
    votes.pop(-1, None)
    split = {column: 2 * sum(one) >= len(one) for column, one in votes.items() if len(set(one)) > 1}
    return [
        again(number, _changed(strip, split)) if _meets(strip, split) else strip for number, strip in enumerate(strips)
    ]


def _meets(strip: LineStrip, split: dict[int, bool]) -> bool:
    """Whether a bar of a strip has to come or to go."""
    cells, has = strip.grid.axis.cells, strip.grid.bars
    return any(split.get(cells[place].column, place in has) != (place in has) for place in strip.grid.axis.bars)


def _changed(strip: LineStrip, split: dict[int, bool]) -> Line:
    """Its line, with the bars that it keeps whether there is room or not."""
    columns = {cell.id: cell.column for cell in strip.line.cells}

    def kept(bar: Bar) -> Bar:
        return bar._replace(needed=bar.needed or split.get(columns[bar.cell], False))

    bars = [kept(bar) for bar in strip.line.bars if split.get(columns[bar.cell], True)]
    return strip.line._replace(bars=tuple(bars))
