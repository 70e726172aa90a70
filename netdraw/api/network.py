"""A network that was built: what it costs, its tables, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..analysis.cost import analyse
from ..analysis.model import Analysis
from ..core.errors import Fault, OptionError, both, did_you_mean, gather
from ..core.gc_pause import paused
from ..core.lengths import Height, read_height
from ..diagram.model import Diagram
from ..diagram.said.alt import alt_text
from ..diagram.view import BarValue, By, CostUnit, Depth, ShapeOrder, View
from ..diagram.words import About
from ..figure import options
from ..figure.drawing import Drawing, Table, drawing
from ..figure.font_option import Font, check_characters
from ..figure.ladder import Ladder, scale
from ..figure.medium import Medium, asked
from ..figure.options import TableForm
from ..graph.model import Graph
from ..layout.all import LAYOUTS
from ..layout.base import Placement
from ..render import Figure
from ..scene.compose import compose
from ..spec.model import Header, Spec, Variant
from ..spec.sources import Text
from ..styles.base import DEFAULT
from ..themes.base import Source as ThemeSource

if TYPE_CHECKING:
    from ..analysis.separable import Pair
    from ..cost import Costs


class Network:
    """A network that was built, and everything known of it.

    `faults` are warnings and notes, `settings` the params that were given from outside.
    """

    def __init__(
        self,
        text: Text,
        spec: Spec,
        variant: str | None,
        graph: Graph,
        faults: tuple[Fault, ...],
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.text, self.spec, self.variant, self.graph, self.faults = text, spec, variant, graph, faults
        self.settings = dict(settings or {})
        self.name = graph.name
        self.header = header_of(spec, variant, bool(self.settings))
        self._analysis: Analysis | None = None

    @property
    @paused()
    def analysis(self) -> Analysis:
        """What it costs: params and MACs of every node, group and stage."""
        if self._analysis is None:
            self._analysis = analyse(self.graph)
        return self._analysis

    def summary(self, format: str = "text", *, cost: CostUnit = "macs", table: TableForm = "full") -> str:
        """The layer table and totals as text, json, csv, md, html, latex or outline.

        `table` is `full`, or `paper`: as a paper would print it, in the form that fits the network, which `layers`,
        `operators` and `columns` choose. Raises OptionError for an unknown format, unit of cost or table, and for a
        form that does not fit.
        """
        from ..tables.summary import report, summary

        if table != "full":
            return tabulated([self], format, cost, table)
        options.texts(format=format)
        options.choices(cost=cost)
        return summary(format).write(report(self.graph, self.analysis, self.header, cost))

    def table(self, *, cost: CostUnit = "macs") -> Table:
        """The summary as an object that a notebook shows as a table. Raises OptionError for an unknown unit of cost."""
        from ..tables.summary import report
        from ..tables.summary.markup import fragment

        return Table(self.summary(cost=cost), fragment(report(self.graph, self.analysis, self.header, cost)))

    def alt(self, *, lang: str = "en", shape_order: ShapeOrder = "chw") -> str:
        """What the network is, in 80 to 150 characters, for those who cannot see its figure; nothing is drawn.

        Raises OptionError for an unknown language or order.
        """
        options.choices(lang=lang, shape_order=shape_order)
        head = self.header
        return alt_text(self.graph, self.analysis, head.title or self.name, head.year, lang, shape_order)

    def cost(self, format: str = "text", *, by: By = "kind") -> str:
        """Where the cost lies, by kind of layer, stage, block or layer, as text, json, csv, md, html or latex.

        It tells MACs, parameters, weights and memory, and what depthwise separable pairs save. Raises OptionError for
        an unknown format or part.
        """
        from ..cost import document
        from ..tables.summary.base import written

        options.texts(format=format)
        return written(document(self.costs(by=by)), format)

    def costs(self, *, by: By = "kind") -> Costs:
        """The same as plain data. Raises OptionError for an unknown part."""
        from ..cost import costs

        options.choices(by=by)
        return costs(self.graph, self.analysis, self.header.title or self.name, by)

    def draw_cost(
        self,
        *,
        by: By = "kind",
        theme: ThemeSource = "default",
        width: str | float = 760,
        lang: str = "en",
        fonts: str = "embed",
        font: Font | None = None,
    ) -> Drawing:
        """The same as a figure: a bar each for MACs, parameters and memory. `width` is as for `draw`.

        Raises OptionError for an unknown part or theme, and for a width that is too small.
        """
        from ..cost import costs
        from ..cost.bars import draw

        medium = asked({}, None, theme, width, fonts, font, by=by, lang=lang)
        found = costs(self.graph, self.analysis, self.header.title or self.name, by, lang)
        return drawing(draw(found, medium), medium, fonts)

    def draw_pair(
        self,
        number: int,
        *,
        theme: ThemeSource = "default",
        width: str | float = 760,
        lang: str = "en",
        fonts: str = "embed",
        font: Font | None = None,
    ) -> Drawing:
        """The filters of a depthwise separable pair beside those of the standard convolution, with their costs.

        `number` is its place among the pairs that `cost` lists, from 1. Raises OptionError where there is no such pair,
        for an unknown theme, and for a width that is too small.
        """
        from ..cost.filters import draw

        pair, medium = both(lambda: self._pair(number), lambda: asked({}, None, theme, width, fonts, font, lang=lang))
        return drawing(draw(pair, number, self.header.title or self.name, medium), medium, fonts)

    def _pair(self, number: int) -> Pair:
        from ..analysis.separable import find_pairs

        pairs = find_pairs(self.graph, self.analysis)
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(pairs):
            has = f"has the pairs 1 to {len(pairs)}" if pairs else "has no depthwise separable pair"
            raise OptionError([Fault("ND641", f"there is no pair {number!r}; {self.name} {has}", where="--pair")])
        return pairs[number - 1]

    def explain(self, id: str) -> str:
        """One node or group: its rule, and its formulas with their numbers. Raises OptionError for an unknown id."""
        from ..manual.explain import explain

        return explain(self.graph, self.analysis, id)

    def draw(
        self,
        *,
        theme: ThemeSource = "default",
        layout: str = "auto",
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
        style: str = DEFAULT,
        **unknown: object,
    ) -> Drawing:
        """The figure. `width` is px, or a text such as 174mm, 3.5in, page, column, screen, none.

        `height` is the most that it may be high: px, or a text such as 240mm, which it is where the width is in mm or
        in, or none. Where it does not fit, blocks are drawn closed and each kind once below, then blocks closed, then
        stages; not where `unfold` or `depth` say what is shown: `depth` is stage, block or layer.

        `layout` is strip, stack (downwards), dot (by Graphviz), or auto: the strip, but dot above eight open lanes.

        `style` is how a layer looks: cells, or boxes with words in them.

        `labels` is compact, full, relative, or a template such as `{kernel}, {out}`. `bars` is what they are as high
        as. `theme` is a name, the path of a YAML file, or a dict.

        `font` is the path of a font file to draw in, or several: a bold one for bold texts, others for characters that
        the ones before lack, `netdraw` for ours. `only` draws the part that a pattern of ids or titles names,
        `highlight` frames what one or several name. Raises OptionError for an unknown option or value, a width that no
        layout fits, and characters that the font files lack; SpecError for the faults of a theme.
        """
        words = {"cost": cost, "bars": bars, "shape_order": shape_order, "lang": lang, "depth": depth or "layer"}
        names = Network.draw.__kwdefaults__
        ((medium, _), patterns) = both(
            lambda: both(
                lambda: asked(unknown, names, theme, width, fonts, font, style, **words),
                lambda: gather(lambda: options.texts(labels=labels), lambda: _layout(layout)),
            ),
            lambda: both(lambda: options.pattern(only), lambda: options.patterns("highlight", highlight, "stages.1.*")),
        )
        shown = (legend, title, caption, lang, depth or "layer", *patterns)
        view = View(unfold, cost, labels, bars, medium.theme.bars == "every", shape_order, fuse_pool, *shown)
        fixed = unfold or depth is not None
        drawn = self._drawn(medium, layout, read_height(height, medium.page), view, fixed)
        return Drawing(drawn[0], fonts, *drawn[1:], medium.theme)

    @paused()
    def _drawn(
        self, medium: Medium, layout: str, height: Height, view: View, fixed: bool
    ) -> tuple[Figure, Diagram, Placement]:
        """The figure, from options that were read; `fixed` draws the view as it is, or not at all."""
        head = self.header
        about = About(head.title or self.name, head.source or "", head.year)
        only, about = options.part(self.graph, self.analysis, view, about)
        page, sizes = medium.page, medium.metrics
        ladder = Ladder(self.graph, self.analysis, view, about, LAYOUTS[layout], sizes, fixed, only)
        diagram, placement = ladder.fit(page, height)
        size, engine = scale(placement, page, height), placement.engine or layout
        scene = compose(diagram, placement, sizes, unit=page.unit, scale=size, engine=engine)
        check_characters(scene)
        return Figure(scene, ladder.asked(), medium.theme, medium.style), diagram, placement


def _layout(name: str) -> None:
    """Raises OptionError where there is no layout of that name."""
    options.texts(layout=name)
    if name not in LAYOUTS:
        message = f"unknown layout '{name}'{did_you_mean(name, LAYOUTS)}"
        raise OptionError([Fault("ND623", message, where="--layout")])


def header_of(spec: Spec, variant: str | None, is_set: bool = False) -> Header:
    """What the spec says of itself under a variant, which may replace any of it.

    A variant with params of its own is another network, so that neither the file's `expect` nor its `results` hold for
    it; no results hold where params were set from outside.
    """
    found = spec.variant(variant) if variant else None
    header = spec.header if found is None else _replaced(spec.header, found)
    return header._replace(results=None) if is_set else header


def _replaced(below: Header, found: Variant) -> Header:
    """The file's header with what its variant says in its place."""
    above = found.header
    return below._replace(
        title=above.title or below.title,
        year=above.year or below.year,
        source=above.source or below.source,
        links=above.links or below.links,
        expect=above.expect or (() if found.params else below.expect),
        results=above.results or (None if found.params else below.results),
    )


def tabulated(networks: Sequence[Network], format: str, cost: CostUnit, table: TableForm) -> str:
    """Networks in one table, as a paper would print it. Raises OptionError for what does not fit."""
    from ..tables.paper import FORMS, document
    from ..tables.summary import report
    from ..tables.summary.base import written

    options.texts(format=format)
    options.choices(cost=cost, table=table)
    if table not in FORMS or not networks:
        message = f"the table '{table}' is of one network" if networks else "there is no network to tell of"
        raise OptionError([Fault("ND640", f"{message}; write 'paper' for several in one", where="--table")])
    return written(document([report(net.graph, net.analysis, net.header, cost) for net in networks], table), format)
