"""The Python door: `load` a network, ask what it costs, `draw` it. Nothing is printed, and nothing written unasked."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from . import options
from .analysis.cost import analyse
from .analysis.model import Analysis
from .collector import paused
from .diagram.view import BarValue, CostUnit, Depth, ShapeOrder, View
from .diagram.words import About
from .errors import Fault, Faults, NetdrawError, OptionError, OutputError, SourceError, SpecError, did_you_mean
from .fitting import Ladder, scale
from .fontoption import Font, check_characters, read_fonts
from .graph.builder import build
from .graph.model import Graph
from .layout import strip  # noqa: F401  (it registers itself)
from .layout.base import LAYOUTS
from .page import Height, Width, read_height, read_width
from .render import render, renderer
from .scene.compose import compose
from .scene.model import Scene
from .sources import Source, Text, find, placed
from .spec.model import Header, Spec, Value
from .styles.cells import metrics
from .themes.base import Source as ThemeSource
from .themes.base import load as load_theme
from .themes.model import Theme
from .typeface import Fonts

__all__ = ["LAYOUTS", "Drawing", "NetdrawError", "Network", "draw", "load"]


class Network:
    """A network that was built, and everything known of it. `faults` are warnings and notes."""

    def __init__(self, text: Text, spec: Spec, variant: str | None, graph: Graph, faults: tuple[Fault, ...]) -> None:
        self.text, self.spec, self.variant, self.graph, self.faults = text, spec, variant, graph, faults
        self.name = graph.name
        self.header = header_of(spec, variant)
        self._analysis: Analysis | None = None

    @property
    @paused()
    def analysis(self) -> Analysis:
        """What it costs: params and MACs of every node, group and stage."""
        if self._analysis is None:
            self._analysis = analyse(self.graph)
        return self._analysis

    def summary(self, format: str = "text", *, cost: CostUnit = "macs") -> str:
        """The layer table and totals as text, json, csv, md, html, latex or outline.

        Raises OptionError for an unknown format or unit of cost.
        """
        from .summary import report, summary

        options.texts(format=format)
        options.choices(cost=cost)
        return summary(format).write(report(self.graph, self.analysis, self.header, cost))

    def explain(self, id: str) -> str:
        """One node or group: its rule, and its formulas with their numbers. Raises OptionError for an unknown id."""
        from .explain import explain

        return explain(self.graph, self.analysis, id)

    def draw(
        self,
        *,
        theme: ThemeSource = "default",
        layout: str = "strip",
        width: str | float = "screen",
        height: str | float | None = None,
        depth: Depth | None = None,
        cost: CostUnit = "macs",
        unfold: bool = False,
        labels: str = "compact",
        bars: BarValue = "shape",
        shape_order: ShapeOrder = "chw",
        fuse_pool: bool = False,
        legend: bool = True,
        title: bool = True,
        caption: bool = True,
        lang: str = "en",
        fonts: str = "embed",
        font: Font | None = None,
        only: str | None = None,
        highlight: str | Sequence[str] = (),
        **unknown: object,
    ) -> Drawing:
        """The figure. `width` is px, or a text such as 174mm, 3.5in, page, column, screen, none.

        `height` is the most that it may be high: px, or a text such as 240mm, which it is where the width is in mm or
        in, or none. Where it does not fit, blocks are drawn closed and each kind once below, then blocks closed, then
        stages; not where `unfold` or `depth` say what is shown: `depth` is stage, block or layer.

        `labels` is compact, full, relative, or a template such as `{kernel}, {out}`. `bars` is what they are as high
        as. `theme` is a name, the path of a YAML file, or a dict.

        `font` is the path of a font file to draw in, or several: a bold one for bold texts, others for characters that
        the ones before lack, `netdraw` for ours. `only` draws the part that a pattern of ids or titles names,
        `highlight` frames what one or several name. Raises OptionError for an unknown option or value, a width that no
        layout fits, and characters that the font files lack; SpecError for the faults of a theme.
        """
        options.known(unknown, Network.draw.__kwdefaults__)
        options.texts(layout=layout, labels=labels, fonts=fonts)
        options.choices(cost=cost, bars=bars, shape_order=shape_order, lang=lang, depth=depth or "layer")
        look, page = load_theme(theme), read_width(width)
        shown = (legend, title, caption, lang, depth or "layer")
        view = View(unfold, cost, labels, bars, look.bars == "every", shape_order, fuse_pool, *shown)
        view = view._replace(only=options.pattern(only), highlight=options.patterns(highlight))
        fixed = unfold or depth is not None
        drawn = self._drawn(look, layout, page, read_height(height, page), view, fixed, read_fonts(font))
        return Drawing(drawn, fonts, look)

    @paused()
    def _drawn(
        self, look: Theme, layout: str, page: Width, height: Height, view: View, fixed: bool, fonts: Fonts
    ) -> Scene:
        """The figure, from options that were read; `fixed` draws the view as it is, or not at all."""
        head = self.header
        about = About(head.title or self.name, head.source or "", head.year)
        place = LAYOUTS.get(layout)
        if place is None:
            message = f"unknown layout '{layout}'{did_you_mean(layout, LAYOUTS)}"
            raise OptionError([Fault("ND623", message, where="--layout")])
        only, about = options.part(self.graph, self.analysis, view, about)
        ladder = Ladder(self.graph, self.analysis, view, about, place, metrics(look, page.d, fonts), fixed, only)
        diagram, placement = ladder.fit(page, height)
        size = scale(placement, page, height)
        scene = compose(
            diagram, placement, look, unit=page.unit, scale=size, language=view.lang, engine=layout, fonts=fonts
        )
        check_characters(scene)
        return scene


class Drawing:
    """A figure with all its coordinates: saves itself in any format, and shows itself in a notebook."""

    def __init__(self, scene: Scene, fonts: str = "embed", theme: Theme | None = None) -> None:
        self.scene, self.fonts, self.theme = scene, fonts, theme

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Warnings and notes: on characters that no font has, on fonts and themes of the user's."""
        from .remarks import remarks

        return remarks(self.scene, self.theme)

    def to_bytes(self, format: str = "svg", *, scale: float = 2.0) -> bytes:
        """The file's bytes; `scale` is pixels of a PNG per px. Raises OptionError for what does not fit the format."""
        options.texts(format=format)
        if isinstance(scale, bool) or not isinstance(scale, int | float):
            raise OptionError([Fault("ND607", f"the scale must be a number above 0, not {scale!r}", where="--scale")])
        return render(self.scene, format, scale=scale, fonts=self.fonts)

    def save(self, path: str | os.PathLike[str], *, format: str | None = None, scale: float = 2.0) -> None:
        """Writes the file whole or not at all, in the format of its suffix. Raises OptionError and OutputError."""
        from .output import write

        file = os.fspath(path)
        write(file, self.to_bytes(format or format_of(file), scale=scale))

    def _repr_svg_(self) -> str:
        return self.to_bytes("svg").decode()


def load(source: Source, /, *, variant: str | None = None, **params: Any) -> Network:
    """The network that a source states: a text, a dict, a path with or without `#variant`, `-`, or a zoo name.

    `params` are those of the file. Raises NetdrawError with every fault found; without errors the warnings stand in
    `faults`.
    """
    return load_text(find(source), variant, params)


@paused()
def load_text(text: Text, variant: str | None = None, params: Mapping[str, Any] | None = None) -> Network:
    """The network of a spec that was found; `load` in two steps, for who has the text."""
    faults = Faults()
    spec, name = parse_text(text, variant, faults)
    built = build(spec, name, _settings(spec, params, faults) if params else None)
    for fault in built.faults:
        faults.add(fault.code, fault.message, fault.span, severity=fault.severity)
    everything = tuple(map(placed, faults.sorted()))
    if faults:
        raise SpecError(everything)
    return Network(text, spec, name, built.graph, everything)


def _settings(spec: Spec, params: Mapping[str, Any], faults: Faults) -> dict[str, Value]:
    from .settings import read_settings  # not on the way of most figures

    return read_settings(spec, params, faults)


def parse_text(text: Text, variant: str | None = None, faults: Faults | None = None) -> tuple[Spec, str | None]:
    """The spec, and the variant that is chosen; faults of form are noted, or raised where none can be noted.

    Raises NetdrawError where the text is no spec, or has no such variant.
    """
    noted = Faults() if faults is None else faults
    spec = text.read(noted)
    if spec is None or (faults is None and noted):
        raise SourceError(map(placed, noted.sorted()))
    chosen = text.variant if variant is None else variant
    if chosen is None or chosen == spec.name or spec.variant(chosen) is not None:
        return spec, chosen if chosen is not None and spec.variant(chosen) is not None else None
    hint = did_you_mean(chosen, [item.name for item in spec.variants]) if spec.variants else "; the file has none"
    unknown = Fault("ND011", f"no variant '{chosen}'{hint}", where=text.path)
    raise SpecError([*map(placed, noted.sorted()), unknown])


def draw(source: Source, /, **view: Any) -> Drawing:
    """`load` and `Network.draw` in one step; the options are those of `Network.draw`."""
    return load(source).draw(**view)


def header_of(spec: Spec, variant: str | None) -> Header:
    """What the spec says of itself under a variant, which may replace any of it.

    A variant with params of its own has other totals, so that the file's `expect` does not hold for it.
    """
    found = spec.variant(variant) if variant else None
    if found is None:
        return spec.header
    above, below = found.header, spec.header
    return below._replace(
        title=above.title or below.title,
        year=above.year or below.year,
        source=above.source or below.source,
        links=above.links or below.links,
        expect=above.expect or (() if found.params else below.expect),
    )


def format_of(path: str) -> str:
    """The format that a file's suffix tells. Raises OptionError, naming the file, where it tells none."""
    suffix = os.path.splitext(path)[1]
    if os.path.isdir(path) or path.endswith(("/", os.sep)):
        raise OutputError([Fault("ND002", "this is a directory; name a file in it", where=path)])
    if not suffix:
        raise OptionError([Fault("ND606", "the file has no suffix that tells its format; write --format", where=path)])
    try:
        return renderer(suffix).name
    except OptionError as error:
        raise OptionError([fault._replace(where=path) for fault in error.faults]) from None


def summary_format_of(path: str) -> str:
    """The format of a summary that a file's suffix tells, else text."""
    from .summary.base import by_suffix

    found = by_suffix(os.path.splitext(path)[1])
    return found.name if found else "text"
