"""What differs between two networks, from Python and for the command line."""

from __future__ import annotations

from .api import Network, load_each
from .changes import Diff, Side, compare
from .collector import paused
from .settings import written
from .sources import Source


def diff(a: Source | Network, b: Source | Network, /) -> Diff:
    """What differs between two networks, each a source or loaded: `.same`, `.changes`, `.totals`, `.text("md")`.

    Raises NetdrawError with the faults of both.
    """
    one, other = load_each([(a, {}), (b, {})])
    return compared(one, other)


@paused()
def compared(one: Network, other: Network) -> Diff:
    """What differs between two networks, with labels that tell them apart."""
    names = [one.name, other.name]
    if _label(one, names[0]) == _label(other, names[1]) and one.text.path != other.text.path:
        names = [f"{net.text.path}#{net.variant}" if net.variant else net.text.path for net in (one, other)]
    sides = [_side(net, name) for net, name in zip((one, other), names, strict=True)]
    return compare(*sides)


def _side(net: Network, name: str) -> Side:
    head, settings = net.header, written(net.settings) if net.settings else ""
    return Side(_label(net, name), head.title or net.name, net.graph, net.analysis, settings, head.source or "")


def _label(net: Network, name: str) -> str:
    """A name with the params that were given: `mobilenet_v2 (width=1.4)`."""
    return f"{name} ({written(net.settings)})" if net.settings else name
