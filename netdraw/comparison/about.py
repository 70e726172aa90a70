"""What a figure of several networks shows, for those who cannot see it: LEAST to LONGEST characters, as of one."""

from collections.abc import Sequence
from typing import Literal

from ..core.numbers import short_column
from ..diagram.said.alt import LEAST, LONGEST, costs_key
from ..diagram.said.glossary import Glossary
from .base import Compared

How = Literal["family", "whole", "cells", "words"]


def describe(networks: Sequence[Compared], how: How, words: Glossary, units: int = 0) -> str:
    """`VGG-11, VGG-13 and VGG-16, a line each: 132.9 to 138.4 M parameters, 7.61 to 15.5 G MACs; …`

    Units are counted. What only fills it up to LEAST says nothing of these networks.
    """
    between = words.say("alt.between")
    costs = _costs(networks, words)
    clauses = (
        [words.say("compare.units", count=units), words.say("compare.networks", costs=costs)] if units else [costs]
    )
    what = f"compare.about.{'units' if units else 'lines'}"
    bare = len(words.say("alt.whole", title=words.say(what, title=""), clauses=between.join(clauses)))
    names = _names([one.title for one in networks], LONGEST - bare, words)
    length = bare + len(names)
    for key in (f"compare.about.{how}", "alt.counted", "alt.computed", "alt.learned"):
        more = words.say(key)
        fits = length + len(between) + len(more) <= LONGEST
        if fits and (length < LEAST or key.startswith("compare")):
            clauses.append(more)
            length += len(between) + len(more)
    return words.say("alt.whole", title=words.say(what, title=names), clauses=between.join(clauses))


def _costs(networks: Sequence[Compared], words: Glossary) -> str:
    """From the least to the most of all."""
    params = [one.analysis.total.params for one in networks]
    macs = [one.analysis.total.macs for one in networks]
    unknown, lost = (any(getattr(one.analysis, name) for one in networks) for name in ("unknown", "not_counted"))
    return words.say(costs_key(unknown, lost), params=_range(params, words), macs=_range(macs, words))


def _range(numbers: Sequence[int], words: Glossary) -> str:
    """`132.9 to 143.7 M`; one number where all are equal."""
    texts = short_column(numbers)
    low, high = (texts[numbers.index(one)] for one in (min(numbers), max(numbers)))
    if low == high:
        return low
    value, _, prefix = low.partition(" ")
    return words.say("compare.range", low=value if prefix and high.endswith(f" {prefix}") else low, high=high)


def _names(titles: Sequence[str], room: int, words: Glossary) -> str:
    """As many as there is room for; at least the first, cut where it must be."""
    for shown in range(len(titles), 0, -1):
        *first, last = titles[:shown]
        between, said = words.say("compare.and"), last
        if shown < len(titles):
            said = words.say("compare.more", names=between.join(titles[:shown]), count=len(titles) - shown)
        elif first:
            said = words.say("compare.last", names=between.join(first), last=last)
        if len(said) <= room:
            return said
    return f"{titles[0][: max(room - 1, 1)].rstrip()}…"
