"""What differs between two networks, from Python and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..changes import Difference, Side, difference
from ..core.gc_pause import paused
from ..spec.settings import written
from ..spec.sources import Source
from .load import load_each
from .network import Network


def diff(a: Source | Network, b: Source | Network, /) -> Difference:
    """What differs between two networks, each a source or loaded: `.same`, `.changes`, `.totals`, `.text("md")`.

    Raises NetdrawError with the faults of both.
    """
    one, other = load_each([(a, {}), (b, {})])
    return compared(one, other)


@paused()
def compared(one: Network, other: Network) -> Difference:
    """What differs between two networks, with labels that tell them apart."""
    named = _label(one) == _label(other) and one.text.path != other.text.path
    return difference(*[_side(net, _path(net) if named else net.name) for net in (one, other)])


def titles(networks: Sequence[Network]) -> list[str]:
    """What a figure of several calls each: its title, where others have that its name with the params given, else its
    path. Networks that are the same have the same title.
    """
    ways: list[Callable[[Network], str]] = [
        lambda net: net.header.title or net.name,
        _label,
        lambda net: _label(net, _path(net)),
    ]
    found = []
    for net in networks:
        others = [other for other in networks if not same(net, other)]
        said = [(way(net), {way(other) for other in others}) for way in ways]
        found.append(next((mine for mine, theirs in said if mine not in theirs), said[0][0]))
    return found


def same(one: Network, other: Network) -> bool:
    """Whether two networks are one variant of one spec, with the same params."""
    sides = [(net.text.data, net.variant, _label(net, "")) for net in (one, other)]
    return one is other or sides[0] == sides[1]


def _side(net: Network, name: str) -> Side:
    settings = written(net.settings) if net.settings else ""
    return Side(
        _label(net, name), net.title, net.graph, net.analysis, settings=settings, source=net.header.source or ""
    )


def _label(net: Network, name: str | None = None) -> str:
    """Its name, or another one, with the params that were given: `mobilenet_v2 (width=1.4)`."""
    shown = net.name if name is None else name
    return f"{shown} ({written(net.settings)})" if net.settings else shown


def _path(net: Network) -> str:
    """What names it on the command line, without its params."""
    return f"{net.text.path}#{net.variant}" if net.variant else net.text.path
