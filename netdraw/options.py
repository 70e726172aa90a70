"""Checks of options that are given from outside, in Python or on the command line: words, texts, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from .diagram.glossary import LANGUAGES
from .diagram.view import BARS, BYS, COSTS, DEPTHS, SHAPE_ORDERS
from .errors import Fault, OptionError, did_you_mean

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


def known(unknown: Mapping[str, object], names: Mapping[str, object] | None) -> None:
    """Raises OptionError, with the near miss, for options that are none of `names`."""
    _raise(
        Fault("ND620", f"unknown option '{name}'{did_you_mean(name, names or {})}", where="draw") for name in unknown
    )


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _raise(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise OptionError(found)
