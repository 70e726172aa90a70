"""The kinds of comparison: what each draws of several networks, and how many it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

from ..charts.draw import draw as draw_chart
from ..core.errors import Fault, OptionError, did_you_mean, option
from ..core.records import NamedTuple
from ..core.registry import Registry
from ..diagram.model import Diagram
from ..diagram.said.glossary import glossary
from ..diagram.view import Depth, View
from ..figure.medium import Medium
from ..figure.several import line_up
from ..scene.model import Scene
from .about import How, describe
from .base import Compared
from .chart import Axes, chart_of, left_out, unlabelled
from .family import family, whole
from .units.cells import units_as_cells
from .units.scaled import Scale
from .units.unitrows import units_as_words
from .units.units import Picked, Unit, pick_units

MOST = 8
"""So many networks one figure compares line by line; a chart has CHARTED."""
CHARTED = 200


class Request(NamedTuple):
    """What is asked of a comparison: how it is drawn, and the options that only some kinds have."""

    view: View
    medium: Medium
    scale: Scale
    only: tuple[str, ...]
    axes: Axes
    depth: Depth | None = None


Drawn = tuple[Scene, tuple[Fault, ...]]
"""A picture, and warnings of what is not in it."""
Drawer = Callable[[Sequence[Compared], Request], Drawn]


class ComparisonKind(NamedTuple):
    """One kind of comparison: its name, what it shows, how many networks it takes, and the function that draws it."""

    name: str
    doc: str
    most: int
    draw: Drawer


KINDS: Registry[ComparisonKind] = Registry("comparisons")


def _picked(units: Iterable[tuple[str, Unit]], only: Sequence[str]) -> Callable[[Unit], bool]:
    """Whether a unit is asked for. Raises OptionError for a glob that meets none, with the nearest names."""
    names = {name for _, unit in units for name in unit.names}
    faults = [
        Fault("ND653", f"no unit is called '{glob}'{did_you_mean(glob, names)}", where=option("only"))
        for glob in only
        if names and not any(fnmatchcase(name, glob) for name in names)
    ]
    if faults:
        raise OptionError(faults)
    return lambda unit: not only or any(fnmatchcase(name, glob) for name in unit.names for glob in only)


def _without(picked: Picked) -> tuple[Fault, ...]:
    """Warnings that name the networks of which nothing is shown. Raises OptionError where no network has a unit."""
    if not picked.shown:
        whole = option("kind", "whole")
        message = f"none of the networks has a block of several layers that could be compared; use {whole}"
        raise OptionError([Fault("ND656", message, where=option("kind"))])
    found = []
    for where, why, those in (
        (option("kind"), "they have no blocks of several layers", picked.bare),
        (option("only"), "no unit of theirs is asked for", picked.left),
    ):
        message = f"not in the figure, since {why}: {', '.join(one.name for one in those)}"
        found += [Fault("ND655", message, where=where, severity="warning")] if those else []
    return tuple(found)


def _described(diagram: Diagram, networks: Sequence[Compared], how: How, lang: str) -> Diagram:
    """With what it shows, for those who cannot see it; blocks that are drawn by themselves are counted."""
    units = len({cell.of for line in diagram.lines for cell in line.cells if cell.of})
    said = describe(networks, how, glossary(lang), units)
    return diagram._replace(words=diagram.words._replace(description=said))


def _units(draw: Callable[[Picked, View, Scale], Diagram], how: How) -> Drawer:
    def drawn(networks: Sequence[Compared], request: Request) -> Drawn:
        picked = pick_units(networks, request.view, request.scale, lambda units: _picked(units, request.only))
        said = _without(picked)
        shown = [one for one, _ in picked.shown]
        described = _described(draw(picked, request.view, request.scale), shown, how, request.view.lang)
        return line_up([described], request.medium), said

    return drawn


def _lines(draw: Callable[[Sequence[Compared], View], Diagram], how: How, depths: Sequence[Depth]) -> Drawer:
    def drawn(networks: Sequence[Compared], request: Request) -> Drawn:
        views = [request.view._replace(depth=depth) for depth in ([request.depth] if request.depth else depths)]
        diagrams = (_described(draw(networks, view), networks, how, view.lang) for view in views)
        return line_up(diagrams, request.medium), ()

    return drawn


def _chart(networks: Sequence[Compared], request: Request) -> Drawn:
    said = left_out(networks, request.axes)
    scene = draw_chart(chart_of(networks, request.axes, request.view), request.medium)
    return scene, (*said, *unlabelled(scene))


_FAMILY = _lines(family, "family", ["layer"])
_WHOLE = _lines(whole, "whole", ["layer", "block", "stage"])

for _kind_of in (
    ComparisonKind("family", "cells under each other, what they share said once", MOST, _FAMILY),
    ComparisonKind("whole", "whole networks, their stages under each other", MOST, _WHOLE),
    ComparisonKind("units", "the distinct blocks of each network, as cells", MOST, _units(units_as_cells, "cells")),
    ComparisonKind("words", "the distinct blocks in words, differences marked", MOST, _units(units_as_words, "words")),
    ComparisonKind("chart", "one measure against another, by default parameters against MACs", CHARTED, _chart),
):
    KINDS.add(_kind_of.name, _kind_of)
