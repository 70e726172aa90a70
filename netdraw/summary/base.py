"""The formats that a summary can be written in. A format is one entry, which adds itself with its suffixes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..errors import Fault, OptionError, did_you_mean
from ..registry import Registry
from .report import Report


class Summary(NamedTuple):
    """One format: its name, the suffixes of its files (with the dot) and the function that writes it."""

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Report], str]


SUMMARIES: Registry[Summary] = Registry("summaries")


def summary(name: str) -> Summary:
    """The format of that name. Raises OptionError, with the near miss, where there is none."""
    found = SUMMARIES.get(name)
    if found is None:
        message = f"unknown format '{name}' of a summary{did_you_mean(name, SUMMARIES)}"
        raise OptionError([Fault("ND606", message, where="--format")])
    return found


def by_suffix(suffix: str) -> Summary | None:
    """The format whose files end so, or None."""
    return next((SUMMARIES[name] for name in SUMMARIES if suffix.lower() in SUMMARIES[name].suffixes), None)
