"""What differs between two networks, from Python and for the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .api import Network, load_text
from .changes import DIFFS, Diff, Side, by_suffix, compare
from .collector import paused
from .drawing import figure_format, scene_formats
from .errors import Fault, NetdrawError, OptionError, did_you_mean
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
    return Side(_label(net, name), head.title or net.name, net.graph, net.analysis, settings, head.source or "")


def _label(net: Network, name: str) -> str:
    """A name with the params that were given: `mobilenet_v2 (width=1.4)`."""
    return f"{name} ({written(net.settings)})" if net.settings else name


def format_of(path: str) -> str:
    """The format of a diff that a suffix tells, text where there is none; figures have formats, too.

    Raises OptionError for another suffix.
    """
    suffix = os.path.splitext(path)[1]
    found = by_suffix(suffix)
    if found is None and (figure := figure_format(suffix)) in scene_formats():
        return figure or ""
    if suffix and found is None:
        known = ", ".join([*DIFFS.names(), *scene_formats()])
        message = f"no diff is written as '{suffix}'; its formats are {known}: write --format"
        raise OptionError([Fault("ND606", message, where=path)])
    return found.name if found else "text"


def is_figure(format: str) -> bool:
    """Whether a format is one of the figure, not of a text. Raises OptionError for one that is none of both."""
    if format in DIFFS:
        return False
    if figure_format(format) in scene_formats():
        return True
    message = f"unknown format '{format}' of a diff{did_you_mean(format, [*DIFFS.names(), *scene_formats()])}"
    raise OptionError([Fault("ND606", message, where="--format")])
