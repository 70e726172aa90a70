"""Bars of something else than shapes, under every cell that has it."""

from collections.abc import Sequence

from ...analysis.model import BYTES, Analysis
from ...core.numbers import least, short
from ..model import Bar, Cell, LegendEntry
from ..said.glossary import Glossary
from ..view import View, lacking

KEY = 0.45
"""The key in the legend is at most so high, by the highest bar."""

_PREFIXES = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"), (1, ""))


def value_bars(view: View, cells: Sequence[Cell], analysis: Analysis) -> tuple[Bar, ...]:
    """A bar under every cell on the line that has a value.

    Costs of cells off the line count with the next cell on it, or the last, so that the bars add up to the total. One
    that holds what no rule counts says `≥`, or `?` where nothing in it is counted.
    """
    found: list[Bar] = []
    owed, lacks = 0, False
    costs = view.bars in ("params", "macs")
    missing = set(lacking(analysis, view.bars)) if view.bars in ("params", "macs") else set()
    for cell in cells:
        if cell.where == "line" or costs:
            owed += _value(view, cell, analysis)
            lacks = lacks or not missing.isdisjoint(cell.ids)
        if cell.where == "line" and (owed or lacks):
            found.append(Bar(cell.id, owed, (_text(view, owed, lacks),)))
            owed, lacks = 0, False
    if (owed or lacks) and found:
        total = found[-1].value + owed
        lacks = lacks or not found[-1].text[0][0].isdigit()
        found[-1] = found[-1]._replace(value=total, text=(_text(view, total, lacks),))
    return tuple(found)


def _value(view: View, cell: Cell, analysis: Analysis) -> int:
    if view.bars == "receptive":
        figures = analysis.nodes.get(cell.last)
        return max(figures.receptive_field or (0,)) if figures else 0
    return {"params": cell.params, "macs": cell.macs or 0, "memory": BYTES * cell.shape.elements}[view.bars]


def _text(view: View, value: int, lacks: bool) -> str:
    if lacks:
        return f"{least(lacks)}{short(value)}" if value else "?"
    if view.bars == "receptive":
        return str(value)
    return _bytes(short(value)) if view.bars == "memory" else short(value)


def _bytes(number: str) -> str:
    return f"{number}B" if number[-1].isalpha() else f"{number} B"


def bar_key(view: View, bars: tuple[Bar, ...], words: Glossary) -> tuple[LegendEntry, ...]:
    """The scale of bars that are no shapes: a bar of a round value, drawn as high as it is in the figure."""
    most = max((bar.value for bar in bars), default=0)
    if view.bars in ("shape", "none") or not most:
        return ()
    value = _round(most * KEY)
    if view.bars == "receptive":
        size = f"{value} {words.say('unit.pixels')}"
    else:
        step, prefix = next((step, prefix) for step, prefix in _PREFIXES if value >= step)
        size = f"{value // step} {prefix}".strip()
        size = _bytes(size) if view.bars == "memory" else size
    text = words.say(f"legend.bar.{view.bars}", size=size)
    return (LegendEntry(category="bar", kernel="", activation="", text=text, share=value / most),)


def _round(limit: float) -> int:
    """The largest of 1, 2, 5, 10, 20, … that is no larger, at least 1."""
    whole = max(int(limit), 1)
    power = int("1".ljust(len(str(whole)), "0"))
    return max(step * power for step in (1, 2, 5) if step * power <= whole)
