"""Checks a spec: its faults under each of its variants, and its totals against what it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.errors import Fault, Faults, NetdrawError, SpecError, TooManyFaults, in_order
from ..core.numbers import grouped, least
from ..core.records import NamedTuple
from ..spec.model import Spec
from ..spec.sources import FoundSpec
from .load import load_spec, parse_text
from .network import Network


class Result(NamedTuple):
    """What was found to be right: warnings and notes, and a line a network."""

    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


def check(text: FoundSpec, variant: str | None = None, params: Mapping[str, Any] | None = None) -> Result:
    """Builds the file and each of its variants, or the one that is named. Raises NetdrawError with all faults;
    TooManyFaults, with no further variant built, where one has as many.
    """
    found: dict[Fault, None] = {}
    lines = []
    form = Faults()
    spec, chosen = parse_text(text, variant, form)
    for name in [chosen] if variant or text.variant else _variants(spec, params or {}):
        try:
            net = load_spec(text, spec, name, params, form.copy())
        except TooManyFaults as error:
            raise TooManyFaults(in_order({*found, *error.faults})) from None
        except NetdrawError as error:
            found.update(dict.fromkeys(error.faults))
            continue
        found.update(dict.fromkeys((*net.found, *(fault._replace(severity="error") for fault in net.unexpected))))
        lines.append(_line(net, text, name, bool(params)))
    faults = in_order(found)
    if any(fault.severity == "error" for fault in faults):
        raise SpecError(faults)
    return Result(faults, tuple(lines))


def _variants(spec: Spec, params: Mapping[str, Any]) -> list[str | None]:
    """The bare file, unless a variant has to be chosen first, and every variant."""
    needs = any(param.default is None and param.name not in params for param in spec.params)
    names: list[str | None] = [variant.name for variant in spec.variants]
    return names if needs and names else [None, *names]


def _line(net: Network, text: FoundSpec, variant: str | None, is_set: bool) -> str:
    total, analysis = net.analysis.total, net.analysis
    expected = ", as expected" if net.header.expect and not is_set else ""
    name = f"{text.path}#{variant}" if variant else text.path
    params = f"{least(analysis.unknown)}{grouped(total.params)} parameters"
    return f"{name}: {params}, {least(analysis.not_counted)}{grouped(total.macs)} MACs{expected}"
