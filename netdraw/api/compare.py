"""Figures of several networks: what is asked for, checked, and the kind that follows from the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..comparison.base import Compared, unique
from ..comparison.chart import Axes, axes_of
from ..comparison.kinds import CHARTED, KINDS, MOST, Drawn, Kind, Request
from ..comparison.units.scaled import Scale
from ..core.errors import Fault, OptionError, both, did_you_mean, gather
from ..core.gc_pause import paused
from ..diagram.view import Depth, View
from ..figure import options
from ..figure.drawing import drawing
from ..figure.font_option import Font
from ..figure.medium import asked
from ..spec.settings import given_for
from ..spec.sources import Source
from ..themes.base import Source as ThemeSource
from .diff import same, titles
from .load import Drawing, Network, load_each


def compare(
    *sources: Source | Network,
    kind: str | None = None,
    x: str | None = None,
    y: str | None = None,
    only: str | Sequence[str] = (),
    channels: int | None = None,
    size: int | None = None,
    theme: ThemeSource = "default",
    width: str | float | None = None,
    depth: Depth | None = None,
    cost: str = "macs",
    legend: bool = True,
    title: bool = True,
    caption: bool = True,
    lang: str = "en",
    fonts: str = "embed",
    font: Font | None = None,
    params: Mapping[str, Any] | None = None,
    **unknown: object,
) -> Drawing:
    """One figure of several networks, each a source or loaded. `params` are set in all of them.

    `kind` is family (cell by cell), whole (stage by stage), units, words or chart; by default family where all are of
    one file, a chart for more than 8, else whole; options that only some kinds have choose one of these. `only` are
    globs that pick units, by name or by the id of one of their blocks; their costs are at an input of `channels` (64)
    and `size`×`size` (56). `x` and `y` are what a chart measures: params, macs, flops, memory or top1; by default
    params against the cost. `depth` closes blocks or stages of a family, or of whole networks; without it as little is
    closed in these as keeps the figure low. Without a width it is as wide as gives it few rows, up to one and a half
    screens, or as it needs. The figure's faults are the networks' warnings and notes, too. Raises NetdrawError with the
    faults of all sources, OptionError for an option or a number of networks that does not fit.
    """
    chosen = {"x": x, "y": y, "only": only or None, "channels": channels, "size": size, "depth": depth}
    given = {name: value for name, value in chosen.items() if value is not None}
    deep = {} if depth is None else {"depth": depth}
    page = "screen" if width is None else width
    networks, (medium, (axes, (scale, globs))) = both(
        lambda: load_each([(source, given_for(params or {}, source if sources[1:] else "")) for source in sources]),
        lambda: both(
            lambda: asked(unknown, compare.__kwdefaults__, theme, page, fonts, font, cost=cost, lang=lang, **deep),
            lambda: _read(kind, cost, given),
        ),
    )
    found = _kind(kind, networks, given)
    view = View(cost=cost, legend=legend, title=title, caption=caption, lang=lang)  # type: ignore[arg-type]
    request = Request(view, medium, width is None, scale, globs, axes, depth)
    compared = _compared(networks)
    scene, said = _drawn(found, compared, request)
    faults = [*(fault for net in networks for fault in net.faults), *_twice(networks), *said]
    return drawing(scene, medium, fonts, tuple(dict.fromkeys(faults)))


def _read(kind: object, cost: str, given: Mapping[str, Any]) -> tuple[Axes, tuple[Scale, tuple[str, ...]]]:
    """The options that only some kinds have. Raises OptionError for what they do not allow, and for no kind."""
    texts = {"kind": kind} if kind is not None else {}
    return both(
        lambda: gather(lambda: options.texts(**texts), lambda: _named(kind)),
        lambda: both(
            lambda: axes_of(given.get("x"), given.get("y"), cost),
            lambda: both(
                lambda: _scale(given.get("channels", 64), given.get("size", 56)),
                lambda: options.patterns("only", given.get("only", ()), "'*: stride 2'"),
            ),
        ),
    )[1]


def _named(kind: object) -> None:
    """Raises OptionError where there is no such kind."""
    if isinstance(kind, str) and kind not in KINDS:
        message = f"unknown kind '{kind}' of comparison{did_you_mean(kind, KINDS)}"
        raise OptionError([Fault("ND650", message, where="--as")])


@paused()
def _drawn(kind: Kind, compared: Sequence[Compared], request: Request) -> Drawn:
    return kind.draw(compared, request)


def _compared(networks: Sequence[Network]) -> list[Compared]:
    names = unique([net.name for net in networks])
    return [
        Compared(name, title, net.graph, net.analysis, net.header.source or "", net.spec.name, net.header.results)
        for name, title, net in zip(names, titles(networks), networks, strict=True)
    ]


def _twice(networks: Sequence[Network]) -> Iterator[Fault]:
    """A warning for every network that was given before."""
    for number, net in enumerate(networks):
        if any(same(net, other) for other in networks[:number]):
            message = "the same network was given twice, so that nothing differs between these two"
            yield Fault("ND654", message, where=net.name, severity="warning")


def _kind(name: str | None, networks: Sequence[Network], given: Iterable[str]) -> Kind:
    """The kind that is asked for, or that follows from the options and the networks, checked for all of these."""
    fits = [one for one in KINDS if set(given) <= KINDS[one].takes]
    if name is None:
        one_file = len({(net.text.path, net.spec.name) for net in networks}) == 1
        by_sources = "chart" if len(networks) > MOST else "family" if one_file else "whole"
        name = by_sources if by_sources in fits or not fits else fits[0]
    found = KINDS[name]
    faults = [_unfit(option, found) for option in given if option not in found.takes]
    if faults:
        raise OptionError(faults)
    count = len(networks)
    if count < 2:
        what = "nothing was" if not count else "one network was"
        raise OptionError([Fault("ND651", f"{what} given to compare; name two networks or more")])
    if count > found.most:
        instead = f"; --as chart takes up to {CHARTED}" if found.most < CHARTED else ""
        message = f"{count} networks were given; --as {name} compares {found.most} at most{instead}"
        raise OptionError([Fault("ND651", message)])
    return found


def _unfit(option: str, kind: Kind) -> Fault:
    able = [name for name in KINDS if option in KINDS[name].takes]
    message = f"--{option} is no option of --as {kind.name}; write it with --as {' or '.join(able)}"
    return Fault("ND673", message, where=f"--{option}")


def _scale(channels: object, size: object) -> Scale:
    """The common input. Raises OptionError for what is no positive whole number."""
    faults = [
        Fault("ND652", f"{name} is a whole number above 0, not {value!r}", where=f"--{name}")
        for name, value in (("channels", channels), ("size", size))
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 1 << 20
    ]
    if faults:
        raise OptionError(faults)
    return Scale(channels, size)  # type: ignore[arg-type]
