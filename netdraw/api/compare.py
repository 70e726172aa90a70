"""Figures of several networks: what is asked for, checked, and the kind that follows from the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..comparison.base import Compared, unique
from ..comparison.chart import axes_of
from ..comparison.kinds import CHARTED, KINDS, MOST, ComparisonKind, Request
from ..comparison.units.scaled import Scale
from ..core.errors import Errors, Fault, OptionError, did_you_mean, option
from ..core.gc_pause import paused
from ..figure.choice import read_options, takes
from ..figure.drawing import Drawing, drawing
from ..figure.options.kinds import wrong
from ..figure.options.table import COMPARED, options_of
from ..spec.settings import given_for
from ..spec.sources import Source
from .diff import same, titles
from .load import load_each
from .network import Network

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from ..figure.options.keywords import ComparisonOptions  # late: types alone


@takes(*COMPARED)
def compare(
    *sources: Source | Network, params: Mapping[str, Any] | None = None, **view: Unpack[ComparisonOptions]
) -> Drawing:
    """One figure of several networks, each a source or loaded. `params` are set in all of them.

    docs/options.md has all options. `kind` is family (cell by cell), whole (stage by stage), units, words or chart; by
    default family where all are of one file, a chart for more than 8, else whole; options that only some kinds have
    choose one of these. Without a width it is as wide as gives it few rows, up to one and a half screens, or as it
    needs; without a depth as little is closed as keeps it low.

    The figure's faults are the networks' warnings and notes, too. Raises NetdrawError with the faults of all sources,
    OptionError for an option or a number of networks that does not fit.
    """
    errors = Errors()
    with errors:
        networks = load_each([(one, given_for(params or {}, one if sources[1:] else "")) for one in sources])
    choice = read_options(COMPARED, view, errors)
    values = choice.values
    with errors:
        axes = axes_of(values["x"], values["y"], values["cost"])
    given = [name for name, value in view.items() if value is not None]
    with errors:
        _check_kind(values["kind"], given)
    errors.check()
    kind = _kind(values["kind"], networks, given)
    scale = Scale(values["channels"], values["size"])
    request = Request(
        view=choice.view, medium=choice.medium, scale=scale, only=values["only"], axes=axes, depth=values["depth"]
    )
    names = unique([net.name for net in networks])
    compared = list(map(_compared, networks, names, titles(networks)))
    with paused():
        scene, said = kind.draw(compared, request)
    faults = [*(fault for net in networks for fault in net.faults), *_twice(networks), *said]
    return drawing(scene, choice, tuple(dict.fromkeys(faults)))


def _check_kind(kind: str | None, given: Sequence[str]) -> None:
    """Raises OptionError where there is no such kind, or it has not all options that are given."""
    if kind is None:
        return
    if kind not in KINDS:
        raise wrong("kind", f"unknown kind '{kind}' of comparison{did_you_mean(kind, KINDS)}", "ND650")
    faults = [_unfit(name, kind) for name in given if name in options_of(*COMPARED) and name not in _taken(kind)]
    if faults:
        raise OptionError(faults)


def _compared(net: Network, name: str, title: str) -> Compared:
    source, family, results = net.header.source or "", net.spec.name, net.header.results
    return Compared(name, title, net.graph, net.analysis, source=source, family=family, results=results)


def _twice(networks: Sequence[Network]) -> Iterator[Fault]:
    """A warning for every network that was given before."""
    for number, net in enumerate(networks):
        if any(same(net, other) for other in networks[:number]):
            message = "the same network was given twice, so that nothing differs between these two"
            yield Fault("ND654", message, where=net.name, severity="warning")


def _kind(name: str | None, networks: Sequence[Network], given: Sequence[str]) -> ComparisonKind:
    """The kind that is asked for, or that follows from the options and the networks, checked for all of these."""
    if name is None:
        fits = [one for one in KINDS if set(given) <= _taken(one)]
        one_file = len({(net.text.path, net.spec.name) for net in networks}) == 1
        by_sources = "chart" if len(networks) > MOST else "family" if one_file else "whole"
        name = by_sources if by_sources in fits or not fits else fits[0]
        _check_kind(name, given)
    count, most = len(networks), KINDS[name].most
    if count < 2:
        what = "nothing was" if not count else "one network was"
        raise OptionError([Fault("ND651", f"{what} given to compare; name two networks or more")])
    if count > most:
        instead = f"; {option('kind', 'chart')} takes up to {CHARTED}" if most < CHARTED else ""
        message = f"{count} networks were given; {option('kind', name)} compares {most} at most{instead}"
        raise OptionError([Fault("ND651", message)])
    return KINDS[name]


def _taken(kind: str) -> set[str]:
    """The options that a kind has; one of another package has all."""
    return set(options_of(*([kind] if kind in COMPARED else COMPARED)))


def _unfit(name: str, kind: str) -> Fault:
    able = " or ".join([option("kind", one) for one in KINDS if name in _taken(one)])
    message = f"{option(name)} is no option of {option('kind', kind)}; write it with {able}"
    return Fault("ND673", message, where=option(name))
