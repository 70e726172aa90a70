"""Figures of several networks: which kinds there are, which follows from the sources, and what each asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from . import options
from .api import Drawing, Network
from .charting import Axes, axes_of, chart_of, left_out
from .charts.draw import draw as draw_chart
from .collector import paused
from .comparison.about import How, describe
from .comparison.base import Compared, unique
from .comparison.cells import units_as_cells
from .comparison.family import family, whole
from .comparison.scaled import Scale
from .comparison.units import Unit
from .comparison.words import units_as_words
from .diagram.glossary import glossary
from .diagram.model import Diagram
from .diagram.view import Depth, View
from .differing import load_each, same, titles
from .drawing import drawing
from .errors import Fault, OptionError, did_you_mean
from .fontoption import Font
from .lining import line_up
from .medium import Medium, read_medium
from .registry import Registry
from .scene.model import Scene
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


class Kind(NamedTuple):
    """One kind of comparison: its name, what it shows, how many networks it takes, and the function that draws it."""

    name: str
    doc: str
    most: int
    draw: Callable[[Sequence[Compared], Request], Scene]
    charted: bool = False
    """Whether it has axes, on which a network may have no place."""
    deep: bool = False
    """Whether blocks and stages can be closed in it."""


KINDS: Registry[Kind] = Registry("comparisons")


def compare(
    *sources: Source | Network,
    kind: str | None = None,
    x: str | None = None,
    y: str | None = None,
    only: str | Sequence[str] = (),
    channels: int = 64,
    size: int = 56,
    theme: ThemeSource = "default",
    width: str | float | None = None,
    depth: str | None = None,
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
    one file, a chart for more than 8, else whole. `only` are globs that pick units, by name or by the id of one of
    their blocks; their costs are at an input of `channels` and `size`×`size`. `x` and `y` are what a chart measures:
    params, macs, flops, memory or top1; by default params against the cost. `depth` closes blocks or stages of a
    family, or of whole networks; without it as little is closed in these as keeps the figure low. Without a width it is
    as wide as gives it few rows, up to one and a half screens, or as it needs. Raises NetdrawError with the faults of
    all sources, OptionError for an option or a number of networks that does not fit.
    """
    options.known(unknown, compare.__kwdefaults__)
    options.texts(fonts=fonts)
    options.choices(cost=cost, lang=lang, **({} if depth is None else {"depth": depth}))
    networks = load_each([(source, params or {}) for source in sources])
    chosen = _kind("chart" if kind is None and (x or y) else kind, networks)
    if depth is not None and not chosen.deep:
        message = f"--depth closes blocks or stages of whole networks, which --as {chosen.name} does not draw"
        raise OptionError([Fault("ND655", message, where="--depth")])
    axes = axes_of(x, y, cost, chosen.charted)
    medium = read_medium(theme, "screen" if width is None else width, font, lang)
    view = View(cost=cost, legend=legend, title=title, caption=caption, lang=lang)  # type: ignore[arg-type]
    globs = (only,) if isinstance(only, str) else tuple(only)
    request = Request(view, medium, width is None, _scale(channels, size), globs, axes, depth)  # type: ignore[arg-type]
    compared = _compared(networks)
    said = (*_twice(networks), *(left_out(compared, axes) if chosen.charted else ()))
    return drawing(_drawn(chosen, compared, request), medium, fonts, said)


@paused()
def _drawn(kind: Kind, compared: Sequence[Compared], request: Request) -> Scene:
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


def _kind(name: str | None, networks: Sequence[Network]) -> Kind:
    """The kind that is asked for, or that follows from the networks, checked for their number."""
    if name is None:
        one_file = len({(net.text.path, net.spec.name) for net in networks}) == 1
        name = "chart" if len(networks) > MOST else "family" if one_file else "whole"
    found = KINDS.get(name)
    if found is None:
        message = f"unknown kind '{name}' of comparison{did_you_mean(name, KINDS)}"
        raise OptionError([Fault("ND650", message, where="--as")])
    count = len(networks)
    if count < 2:
        what = "nothing was" if not count else "one network was"
        raise OptionError([Fault("ND651", f"{what} given to compare; name two networks or more")])
    if count > found.most:
        instead = f"; --as chart takes up to {CHARTED}" if found.most < CHARTED else ""
        message = f"{count} networks were given; --as {name} compares {found.most} at most{instead}"
        raise OptionError([Fault("ND651", message)])
    return found


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
        if not any(fnmatchcase(name, glob) for name in names)
    ]
    if faults:
        raise OptionError(faults)
    return lambda unit: not only or any(fnmatchcase(name, glob) for name in unit.names for glob in only)


def _described(diagram: Diagram, networks: Sequence[Compared], how: How, lang: str) -> Diagram:
    """With what it shows, for those who cannot see it; blocks that are drawn by themselves are counted."""
    units = len({cell.of for line in diagram.lines for cell in line.cells if cell.of})
    said = describe(networks, how, glossary(lang), units)
    return diagram._replace(words=diagram.words._replace(description=said))


def _units(draw: Callable[..., Diagram], how: How) -> Callable[[Sequence[Compared], Request], Scene]:
    def drawn(networks: Sequence[Compared], request: Request) -> Scene:
        diagram = draw(networks, request.view, request.scale, lambda units: _picked(units, request.only))
        described = _described(diagram, networks, how, request.view.lang)
        return line_up([described], request.medium, free=request.free)

    return drawn


def _lines(
    draw: Callable[[Sequence[Compared], View], Diagram], how: How, depths: Sequence[Depth]
) -> Callable[[Sequence[Compared], Request], Scene]:
    def drawn(networks: Sequence[Compared], request: Request) -> Scene:
        views = [request.view._replace(depth=depth) for depth in ([request.depth] if request.depth else depths)]
        diagrams = (_described(draw(networks, view), networks, how, view.lang) for view in views)
        return line_up(diagrams, request.medium, free=request.free)

    return drawn


def _chart(networks: Sequence[Compared], request: Request) -> Scene:
    chart = chart_of(networks, request.axes, request.view)
    return draw_chart(chart, request.medium)


_FAMILY = _lines(family, "family", ["layer"])
_WHOLE = _lines(whole, "whole", ["layer", "block", "stage"])

for _kind_of in (
    Kind("family", "cells under each other, what they share said once", MOST, _FAMILY, deep=True),
    Kind("whole", "whole networks, their stages under each other", MOST, _WHOLE, deep=True),
    Kind("units", "the distinct blocks of each network, as cells", MOST, _units(units_as_cells, "cells")),
    Kind("words", "the distinct blocks in words, differences marked", MOST, _units(units_as_words, "words")),
    Kind("chart", "one measure against another, by default parameters against MACs", CHARTED, _chart, True),
):
    KINDS.add(_kind_of.name, _kind_of)
