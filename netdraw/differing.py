"""What differs between two networks, from Python and for the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from .api import Network, load_text
from .changes import DIFFS, Diff, Side, by_suffix, compare
from .collector import paused
from .errors import Fault, NetdrawError, OptionError
from .settings import written
from .sources import Source, find


def diff(a: Source | Network, b: Source | Network, /) -> Diff:
    """What differs between two networks, each a source or loaded: `.same`, `.changes`, `.totals`, `.text("md")`.

    Raises NetdrawError with the faults of both.
    """
    one, other = load_each([(a, {}), (b, {})])
    return compared(one, other)


def load_each(sources: Iterable[tuple[Source | Network, Mapping[str, Any]]]) -> list[Network]:
    """The networks of several sources with their params. Raises NetdrawError with the faults of all of them."""
    found: list[Network] = []
    faults: dict[Fault, None] = {}
    for source, params in sources:
        try:
            found.append(source if isinstance(source, Network) else load_text(find(source), None, params))
        except NetdrawError as error:
            faults.update(dict.fromkeys(error.faults))
    if faults:
        raise NetdrawError(faults)
    return found


@paused()
def compared(one: Network, other: Network) -> Diff:
    """What differs between two networks, with labels that tell them apart."""
    names = [one.name, other.name]
    if _label(one, names[0]) == _label(other, names[1]) and one.text.path != other.text.path:
        names = [f"{net.text.path}#{net.variant}" if net.variant else net.text.path for net in (one, other)]
    sides = [_side(net, name) for net, name in zip((one, other), names, strict=True)]
    return compare(*sides)


def _side(net: Network, name: str) -> Side:
    return Side(_label(net, name), net.header.title or net.name, net.graph, net.analysis)


def _label(net: Network, name: str) -> str:
    """A name with the params that were given: `mobilenet_v2 (width=1.4)`."""
    return f"{name} ({written(net.settings)})" if net.settings else name


def format_of(path: str) -> str:
    """The format of a diff that a suffix tells, text where there is none. Raises OptionError for another suffix."""
    suffix = os.path.splitext(path)[1]
    found = by_suffix(suffix)
    if suffix and found is None:
        message = f"no diff is written as '{suffix}'; its formats are {', '.join(DIFFS.names())}: write --format"
        raise OptionError([Fault("ND606", message, where=path)])
    return found.name if found else "text"
