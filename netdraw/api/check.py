"""Checks a spec: its faults under each of its variants, and its totals against what it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.errors import Fault, Faults, NetdrawError, Span, SpecError
from ..core.numbers import grouped, least
from ..core.records import NamedTuple
from ..spec.sources import FoundSpec
from ..spec.trees.tree import Mapping as MappingTree
from ..spec.trees.tree import Tree
from .load import load_text
from .network import Network


class Result(NamedTuple):
    """What was found to be right: warnings and notes, and a line a network."""

    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


def check(text: FoundSpec, variant: str | None = None, params: Mapping[str, Any] | None = None) -> Result:
    """Builds the file and each of its variants, or the one that is named. Raises NetdrawError with all faults."""
    found: dict[Fault, None] = {}
    lines = []
    chosen = variant or text.variant
    for name in [chosen] if chosen else _variants(text, params or {}):
        try:
            net = load_text(text, name, params)
        except NetdrawError as error:
            found.update(dict.fromkeys(error.faults))
            continue
        found.update(dict.fromkeys((*net.faults, *unexpected(net, params or {}))))
        lines.append(_line(net, text, name, bool(params)))
    faults = tuple(found)
    if any(fault.severity == "error" for fault in faults):
        raise SpecError(faults)
    return Result(faults, tuple(lines))


def _variants(text: FoundSpec, params: Mapping[str, Any]) -> list[str | None]:
    """The bare file, unless a variant has to be chosen first, and every variant."""
    spec = text.read(Faults())
    if spec is None:
        return [None]
    needs = any(param.default is None and param.name not in params for param in spec.params)
    names: list[str | None] = [variant.name for variant in spec.variants]
    return names if needs and names else [None, *names]


def _line(net: Network, text: FoundSpec, variant: str | None, is_set: bool) -> str:
    total, analysis = net.analysis.total, net.analysis
    expected = ", as expected" if net.header.expect and not is_set else ""
    name = f"{text.path}#{variant}" if variant else text.path
    params = f"{least(analysis.unknown)}{grouped(total.params)} parameters"
    return f"{name}: {params}, {least(analysis.not_counted)}{grouped(total.macs)} MACs{expected}"


def unexpected(net: Network, params: Mapping[str, Any]) -> list[Fault]:
    """A fault for each total that is not the one the spec expects; none where params were set from outside."""
    if params:
        return []
    total = {"params": net.analysis.total.params, "macs": net.analysis.total.macs}
    faults = []
    for key, expected in net.header.expect:
        if total[key] != expected:
            label = net.variant or net.name
            message = f"{label} expects {expected:,} {key}, but has {total[key]:,}"
            span = _place(net, key)
            faults.append(Fault("ND013", message, span, None if span else net.text.path))
    return faults


def _place(net: Network, key: str) -> Span | None:
    """Where the number stands: in the variant's `expect`, else in the file's."""
    from ..spec.source import read  # late: start-up time

    data = net.text.data
    tree = read(data, net.text.path, Faults()) if isinstance(data, bytes | str) else None
    own = _down(tree, "variants", net.variant or "", "expect", key)
    found = own or _down(tree, "expect", key)
    return found.span if found else None


def _down(tree: Tree | None, *keys: str) -> Tree | None:
    for key in keys:
        tree = tree.get(key) if isinstance(tree, MappingTree) else None
    return tree
