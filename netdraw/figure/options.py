"""Checks of options that are given from outside, in Python or on the command line: words, texts, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from ..core.errors import Fault, OptionError, did_you_mean
from ..diagram.said.glossary import LANGUAGES
from ..diagram.view import BARS, BYS, COSTS, DEPTHS, SHAPE_ORDERS, View

if TYPE_CHECKING:
    from ..analysis.model import Analysis
    from ..diagram.parts.only import Only
    from ..diagram.words import About
    from ..graph.model import Graph

TableForm = Literal["full", "paper", "layers", "operators", "columns"]
TABLES: tuple[TableForm, ...] = ("full", "paper", "layers", "operators", "columns")
"""The tables of a summary: every layer, or as papers print them (`paper` chooses one of the three that follow)."""

CHOICES: dict[str, tuple[str, ...]] = {
    "cost": COSTS,
    "bars": BARS,
    "shape_order": SHAPE_ORDERS,
    "lang": LANGUAGES,
    "depth": DEPTHS,
    "by": BYS,
    "table": TABLES,
}
"""The words that an option takes."""


def choices(**values: object) -> None:
    """Raises OptionError, with the near miss, for values that are none of their option's CHOICES."""
    _raise(
        Fault("ND623", f"unknown value '{value}'{did_you_mean(str(value), CHOICES[name])}", where=_flag(name))
        for name, value in values.items()
        if value not in CHOICES[name]
    )


def texts(**values: object) -> None:
    """Raises OptionError for values that are no texts, where texts are needed."""
    _raise(
        Fault("ND623", f"'{name}' takes a text, not {value!r}", where=_flag(name))
        for name, value in values.items()
        if not isinstance(value, str)
    )


def pattern(only: object) -> str:
    """The pattern of the part to draw, "" for the whole. Raises OptionError for what is no text."""
    if only is None:
        return ""
    if isinstance(only, str) and only:
        return only
    raise OptionError(
        [Fault("ND623", f"'only' takes a pattern of ids, such as stages.3, not {only!r}", where="--only")]
    )


def patterns(option: str, value: object, such: str) -> tuple[str, ...]:
    """The patterns of an option that takes several, `such` as this. Raises OptionError for what is no text."""
    found = [value] if isinstance(value, str) else value
    if isinstance(found, list | tuple) and all(isinstance(one, str) and one for one in found):
        return tuple(dict.fromkeys(found))
    message = f"'{option}' takes a pattern, such as {such}, or a list of them, not {value!r}"
    raise OptionError([Fault("ND623", message, where=_flag(option))])


def part(graph: Graph, analysis: Analysis, view: View, about: About) -> tuple[Only | None, About]:
    """The part that the view draws, None for the whole network, and what the figure says of itself.

    Raises OptionError, with what is near, for patterns that name nothing in what is drawn.
    """
    if not view.only and not view.highlight:
        return None, about
    from ..diagram.parts.only import about_part, only
    from ..diagram.parts.select import required

    chosen = only(graph, analysis, view.only) if view.only else None
    for glob in view.highlight:
        required(chosen.whole.graph if chosen else graph, glob, "--highlight")
    return (chosen, about_part(about, chosen, analysis, view)) if chosen else (None, about)


def known(unknown: Mapping[str, object], names: Mapping[str, object] | None) -> None:
    """Raises OptionError, with the near miss, for options that are none of `names`."""
    _raise(Fault("ND620", f"unknown option '{name}'{did_you_mean(name, names or {})}") for name in unknown)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _raise(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise OptionError(found)
