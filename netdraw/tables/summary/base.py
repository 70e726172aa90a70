"""The formats that a summary can be written in. A format is one entry, which adds itself with its suffixes."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from ...core.errors import Fault, OptionError, did_you_mean, option
from ...core.records import NamedTuple
from ...core.registry import Registry
from ..document import Document
from .report import Report


class Summary(NamedTuple):
    """One format: its name, the suffixes of its files (with the dot) and the function that writes a report.

    `tables` writes other documents: costs, and tables as papers print them; None where the format has none.
    """

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Report], str]
    tables: Callable[[Document], str] | None = None


SUMMARIES: Registry[Summary] = Registry("summaries")
T = TypeVar("T")


def named(formats: Registry[T], name: str, of: str) -> T:
    """The format of that name. Raises OptionError, with the near miss, where there is none."""
    found = formats.get(name)
    if found is None:
        message = f"unknown format '{name}' of a {of}{did_you_mean(name, formats)}"
        raise OptionError([Fault("ND606", message, where=option("format"))])
    return found


def summary(name: str) -> Summary:
    """The format of that name. Raises OptionError, with the near miss, where there is none."""
    return named(SUMMARIES, name, "summary")


def written(document: Document, format: str) -> str:
    """A document of tables in a format. Raises OptionError where there is none of that name, or it has no tables."""
    write = summary(format).tables
    if write is None:
        able = [name for name in SUMMARIES if SUMMARIES[name].tables]
        message = f"the format '{format}' has no such tables; choose from {', '.join(sorted(able))}"
        raise OptionError([Fault("ND606", message, where=option("format"))])
    return write(document)


def of_suffix(path: str) -> Summary:
    """The format whose files end as a path does, text for `-` and a path without a suffix.

    Raises OptionError for another suffix.
    """
    suffix = os.path.splitext(path)[1]
    by_suffix = {end: SUMMARIES[name] for name in SUMMARIES for end in SUMMARIES[name].suffixes}
    found = by_suffix.get(suffix.lower()) if suffix else SUMMARIES["text"]
    if found is None:
        message = (
            f"no table is written as '{suffix}'; its suffixes are {', '.join(by_suffix)}: write {option('format')}"
        )
        raise OptionError([Fault("ND606", message, where=path)])
    return found
