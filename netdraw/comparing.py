"""Figures of several networks: which kinds there are, which follows from the sources, and what each asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from . import options
from .api import Drawing, Network, load_each
from .charting import Axes, axes_of, chart_of, left_out, unlabelled
from .charts.draw import draw as draw_chart
from .collector import paused
from .comparison.about import How, describe
from .comparison.base import Compared, unique
from .comparison.cells import units_as_cells
from .comparison.family import family, whole
from .comparison.scaled import Scale
from .comparison.units import Picked, Unit, pick_units
from .comparison.words import units_as_words
from .diagram.glossary import glossary
from .diagram.model import Diagram
from .diagram.view import Depth, View
from .differing import same, titles
from .drawing import drawing
from .errors import Fault, OptionError, both, did_you_mean, gather
from .fontoption import Font
from .lining import line_up
from .medium import Medium, asked
from .registry import Registry
from .scene.model import Scene
from .settings import given_for
from .sources import Source
from .themes.base import Source as ThemeSource

MOST = 8
"""So many networks one figure compares line by line; a chart has CHARTED."""
CHARTED = 200


class Request(NamedTuple):
    """What is asked of a comparison; where it is `free` it may be wider than the page."""

    view: View
    medium: Medium
    free: bool
    scale: Scale
    only: tuple[str, ...]
    axes: Axes
    depth: Depth | None = None


Drawn = tuple[Scene, tuple[Fault, ...]]
"""A picture, and warnings of what is not in it."""


class Kind(NamedTuple):
    """One kind of comparison: its name, what it shows, how many networks it takes, and the function that draws it."""

    name: str
    doc: str
    most: int
    draw: Callable[[Sequence[Compared], Request], Drawn]
    takes: frozenset[str] = frozenset()
    """The options that only some kinds have."""


KINDS: Registry[Kind] = Registry("comparisons")


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


def _picked(units: Iterable[tuple[str, Unit]], only: Sequence[str]) -> Callable[[Unit], bool]:
    """Whether a unit is asked for. Raises OptionError for a glob that meets none, with the nearest names."""
    names = {name for _, unit in units for name in unit.names}
    faults = [
        Fault("ND653", f"no unit is called '{glob}'{did_you_mean(glob, names)}", where="--only")
        for glob in only
        if names and not any(fnmatchcase(name, glob) for name in names)
    ]
    if faults:
        raise OptionError(faults)
    return lambda unit: not only or any(fnmatchcase(name, glob) for name in unit.names for glob in only)


def _without(picked: Picked) -> tuple[Fault, ...]:
    """Warnings that name the networks of which nothing is shown. Raises OptionError where no network has a unit."""
    if not picked.shown:
        message = "none of the networks has a block of several layers that could be compared; use --as whole"
        raise OptionError([Fault("ND656", message, where="--as")])
    said = (
        ("--as", "they have no blocks of several layers", picked.bare),
        ("--only", "no unit of theirs is asked for", picked.left),
    )
    return tuple(
        Fault(
            "ND655", f"not in the figure, since {why}: {', '.join(one.name for one in those)}", None, where, "warning"
        )
        for where, why, those in said
        if those
    )


def _described(diagram: Diagram, networks: Sequence[Compared], how: How, lang: str) -> Diagram:
    """With what it shows, for those who cannot see it; blocks that are drawn by themselves are counted."""
    units = len({cell.of for line in diagram.lines for cell in line.cells if cell.of})
    said = describe(networks, how, glossary(lang), units)
    return diagram._replace(words=diagram.words._replace(description=said))


def _units(draw: Callable[[Picked, View, Scale], Diagram], how: How) -> Callable[[Sequence[Compared], Request], Drawn]:
    def drawn(networks: Sequence[Compared], request: Request) -> Drawn:
        picked = pick_units(networks, request.view, request.scale, lambda units: _picked(units, request.only))
        said = _without(picked)
        shown = [one for one, _ in picked.shown]
        described = _described(draw(picked, request.view, request.scale), shown, how, request.view.lang)
        return line_up([described], request.medium, free=request.free), said

    return drawn


def _lines(
    draw: Callable[[Sequence[Compared], View], Diagram], how: How, depths: Sequence[Depth]
) -> Callable[[Sequence[Compared], Request], Drawn]:
    def drawn(networks: Sequence[Compared], request: Request) -> Drawn:
        views = [request.view._replace(depth=depth) for depth in ([request.depth] if request.depth else depths)]
        diagrams = (_described(draw(networks, view), networks, how, view.lang) for view in views)
        return line_up(diagrams, request.medium, free=request.free), ()

    return drawn


def _chart(networks: Sequence[Compared], request: Request) -> Drawn:
    said = left_out(networks, request.axes)
    scene = draw_chart(chart_of(networks, request.axes, request.view), request.medium)
    return scene, (*said, *unlabelled(scene))


UNITS, AXES, DEEP = frozenset({"only", "channels", "size"}), frozenset({"x", "y"}), frozenset({"depth"})
_FAMILY = _lines(family, "family", ["layer"])
_WHOLE = _lines(whole, "whole", ["layer", "block", "stage"])

for _kind_of in (
    Kind("family", "cells under each other, what they share said once", MOST, _FAMILY, DEEP),
    Kind("whole", "whole networks, their stages under each other", MOST, _WHOLE, DEEP),
    Kind("units", "the distinct blocks of each network, as cells", MOST, _units(units_as_cells, "cells"), UNITS),
    Kind("words", "the distinct blocks in words, differences marked", MOST, _units(units_as_words, "words"), UNITS),
    Kind("chart", "one measure against another, by default parameters against MACs", CHARTED, _chart, AXES),
):
    KINDS.add(_kind_of.name, _kind_of)
