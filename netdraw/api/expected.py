"""The totals of a network against those that its spec expects."""

from __future__ import annotations

from collections.abc import Iterable

from ..analysis.model import Analysis
from ..core.errors import Fault, Faults, Span
from ..core.numbers import grouped, least
from ..spec.sources import FoundSpec
from ..spec.trees.tree import Mapping as MappingTree
from ..spec.trees.tree import Tree


def unexpected(
    wrong: Iterable[tuple[str, int, int]], analysis: Analysis, text: FoundSpec, name: str, variant: str | None
) -> tuple[Fault, ...]:
    """A warning for each total that is not the one expected: `params` or `macs`, the number expected, and the one that
    there is; `name` is what the network is called in it.
    """
    faults = []
    for key, expected, total in wrong:
        span = _place(text, variant, key)
        lacks = {"params": analysis.unknown, "macs": analysis.not_counted}[key]
        message = f"{name} expects {expected:,} {key}, but has {least(lacks)}{grouped(total)}"
        if lacks:
            message += f"; the {key} of '{lacks[0]}' are not stated"
        faults.append(Fault("ND013", message, span, None if span else text.path, severity="warning"))
    return tuple(faults)


def _place(text: FoundSpec, variant: str | None, key: str) -> Span | None:
    """Where the number stands: in the variant's `expect`, else in the file's."""
    from ..spec.source import read  # late: start-up time

    data = text.data
    tree = read(data, text.path, Faults()) if isinstance(data, bytes | str) else None
    own = _down(tree, "variants", variant or "", "expect", key)
    found = own or _down(tree, "expect", key)
    return found.span if found else None


def _down(tree: Tree | None, *keys: str) -> Tree | None:
    for key in keys:
        tree = tree.get(key) if isinstance(tree, MappingTree) else None
    return tree
