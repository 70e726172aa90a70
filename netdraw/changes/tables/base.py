"""The formats that a diff can be written in. A format is one entry, which adds itself with its suffixes."""

from __future__ import annotations

from collections.abc import Callable

from ...core.records import NamedTuple
from ...core.registry import Registry
from ...tables.summary.base import named
from ..model import Diff


class Format(NamedTuple):
    """One format: its name, the suffixes of its files (with the dot) and the function that writes it.

    The function takes a diff, and whether to show the layers that are the same.
    """

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Diff, bool], str]


DIFFS: Registry[Format] = Registry("diffs")


def diff_format(name: str) -> Format:
    """The format of that name. Raises OptionError, with the near miss, where there is none."""
    return named(DIFFS, name, "diff")
