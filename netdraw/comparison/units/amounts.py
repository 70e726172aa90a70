"""What units cost in words: the numbers, the input that they are at, and why there are none."""

from collections.abc import Sequence

from ...core.numbers import short
from ...diagram.model import FigureTexts
from ...diagram.said.glossary import Glossary, sentences
from ...diagram.texts import convention
from ...diagram.view import View, cost_of
from ..base import titles
from .scaled import Scale, resized
from .units import Picked, Unit
from .widths import INPUT, OUTPUT

NONE = "–"
"""Stands where there is no number."""


def amount(unit: Unit, view: View, words: Glossary) -> str:
    """`165 M MACs`, in the unit of the view; "" where it shows no cost."""
    if view.cost == "none":
        return ""
    if unit.cost is None:
        return NONE
    return words.say(f"compare.amount.{view.cost}", count=short(cost_of(unit.cost, view.cost) or 0))


def _common_input(units: Sequence[Unit], view: View, scale: Scale, words: Glossary) -> str:
    """`MACs at C = C′ = 64, 56×56`; parameters know no size."""
    if view.cost == "none":
        return ""
    widths = f"{INPUT} = {OUTPUT}" if any(unit.has_output for unit in units) else INPUT
    sizes = " / ".join(dict.fromkeys(filter(None, [size_text(unit, scale) for unit in units])))
    key = "compare.at.params" if view.cost == "params" or not sizes else "compare.at"
    what = words.say(f"measure.{view.cost}")
    return words.say(key, what=what, widths=widths, channels=scale.channels, size=sizes)


def size_text(unit: Unit, scale: Scale) -> str:
    """The size of what a unit reads at a scale: `56×56` of a map, `56×56×56` of a volume, `56` of a signal, `t = 3136`
    of tokens; empty for a vector.
    """
    first = [kind for _, kind in unit.parts.table.graph.inputs[:1]]
    for kind in resized(first, scale.size):
        tokens = [f"{axis} = {kind.size(axis)}" for axis in "t" if kind.is_tokens]
        return ", ".join(filter(None, ["×".join(map(str, kind.sizes)), *tokens]))
    return ""


def unit_texts(networks: Picked, view: View, scale: Scale, words: Glossary, more: str = "") -> FigureTexts:
    """The texts around units; `more` ends the caption."""
    units = [unit for _, found in networks.shown for unit in found]
    title = titles([one for one, _ in networks.shown], words)
    return FigureTexts(
        title=title,
        subtitle="",
        totals=_common_input(units, view, scale, words),
        caption=_caption(units, view, scale, words, more),
        unit="",
        cost_total=0,
        description=words.say("compare.about.units", title=title),
        titled=view.title,
    )


def _caption(units: Sequence[Unit], view: View, scale: Scale, words: Glossary, more: str) -> str:
    """What is counted, whose widths, and why some have no number."""
    if not view.caption:
        return ""
    parts = [convention(view.cost, words)]
    if view.cost != "none":
        parts.append(words.say("compare.listed") if any(unit.listed for unit in units) else "")
        reasons = dict.fromkeys(_reason(unit, scale, words) for unit in units if unit.cost is None)
        parts.append(words.say("compare.lack", reasons="; ".join(reasons)) if reasons else "")
    # A Chinese full stop has its space in itself.
    return sentences((*parts, more))


def _reason(unit: Unit, scale: Scale, words: Glossary) -> str:
    """Why a unit has no number."""
    if unit.lack is None:
        return ""
    what, place = unit.lack
    if what == "width":
        widths = [unit.widths[place]] if place >= 0 else [one for one in unit.into if one]
        said = next((one.text for one in widths if scale.at(one).denominator > 1), widths[0].text)
        return words.say("compare.lack.width", what=said, channels=scale.channels)
    face = unit.parts.table.face(place)
    name = f"{face.size} {words.cell(face.category)}".strip()
    return words.say(f"compare.lack.{what}", what=name, channels=scale.channels, size=size_text(unit, scale))
