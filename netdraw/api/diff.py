"""What differs between two networks, from Python and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..changes import Difference, Side, difference
from ..core.gc_pause import paused
from ..spec.settings import written
from ..spec.sources import Source
from .load import Network, load_each


def diff(a: Source | Network, b: Source | Network, /) -> Difference:
    """What differs between two networks, each a source or loaded: `.same`, `.changes`, `.totals`, `.text("md")`.

    Raises NetdrawError with the faults of both.
    """
    one, other = load_each([(a, {}), (b, {})])
    return compared(one, other)


@paused()
def compared(one: Network, other: Network) -> Difference:
    """What differs between two networks, with labels that tell them apart."""
    names = [one.name, other.name]
    if _label(one, names[0]) == _label(other, names[1]) and one.text.path != other.text.path:
        names = [f"{net.text.path}#{net.variant}" if net.variant else net.text.path for net in (one, other)]
    sides = [_side(net, name) for net, name in zip((one, other), names, strict=True)]
    return difference(*sides)


def titles(networks: Sequence[Network]) -> list[str]:
    """What a figure of several calls each: its title, where others have that its name with the params given, else its
    path. Networks that are the same have the same title.
    """
    ways: list[Callable[[Network], str]] = [
        lambda net: net.header.title or net.name,
        lambda net: _label(net, net.name),
        lambda net: _label(net, f"{net.text.path}#{net.variant}" if net.variant else net.text.path),
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
    head, settings = net.header, written(net.settings) if net.settings else ""
    return Side(
        label=_label(net, name),
        title=net.title,
        graph=net.graph,
        analysis=net.analysis,
        settings=settings,
        source=head.source or "",
    )


def _label(net: Network, name: str) -> str:
    """A name with the params that were given: `mobilenet_v2 (width=1.4)`."""
    return f"{name} ({written(net.settings)})" if net.settings else name
