"""A network that was built: what it costs, its tables, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..analysis.cost import arranged
from ..analysis.model import Analysis
from ..core.errors import Errors, Fault
from ..core.gc_pause import paused
from ..core.lengths import read_height
from ..diagram.said.alt import alt_text
from ..diagram.texts import About
from ..diagram.view import By, CostUnit, ShapeOrder
from ..figure.choice import Choice, choose, read_options, takes
from ..figure.drawing import Drawing, Table, chosen, drawing
from ..figure.font_option import check_characters
from ..figure.ladder import Ladder, scale, subject
from ..figure.options.kinds import AnyText, wrong
from ..figure.options.table import ALT, COST_TABLE, NETWORK, TABLE, TableForm
from ..graph.model import Graph
from ..layout.all import LAYOUTS
from ..render import Figure
from ..scene.compose import compose
from ..spec.model import Header, Spec
from ..spec.sources import FoundSpec

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from ..analysis.separable import SeparablePair  # late: types alone
    from ..cost import Costs  # late: types alone
    from ..figure.options.keywords import CostOptions, NetworkOptions, PairOptions  # late: types alone


class Network:
    """A network that was built, and everything known of it.

    `found` are the warnings and notes of its spec, `settings` the params that were given from outside.
    """

    def __init__(
        self,
        text: FoundSpec,
        spec: Spec,
        variant: str | None,
        graph: Graph,
        found: tuple[Fault, ...],
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.text, self.spec, self.variant, self.found = text, spec, variant, found
        self.settings = dict(settings or {})
        self.name = graph.name
        self.header = header_of(spec, variant, bool(self.settings))
        self._built = graph
        self._arranged: tuple[Graph, Analysis] | None = None

    @property
    def title(self) -> str:
        """What figures and tables call it."""
        return self.header.title or self.name

    @property
    def graph(self) -> Graph:
        """The built network, in an order that does not depend on where independent statements stand."""
        return self._network()[0]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All warnings and notes: those of its spec, and of totals that are not the expected ones."""
        return (*self.found, *self.unexpected)

    @property
    def unexpected(self) -> tuple[Fault, ...]:
        """A warning for each total that is not the one the spec expects; none where params were set from outside."""
        totals = self.analysis.total._asdict()
        wrong = tuple([(key, count, totals[key]) for key, count in self.header.expect if totals[key] != count])
        if self.settings or not wrong:
            return ()
        from .expected import unexpected  # late: most totals are right

        return unexpected(wrong, self.analysis, self.text, self.variant or self.name, self.variant)

    @property
    def analysis(self) -> Analysis:
        """What it costs: params and MACs of every node, group and stage."""
        return self._network()[1]

    @paused()
    def _network(self) -> tuple[Graph, Analysis]:
        if self._arranged is None:
            self._arranged = arranged(self._built)
        return self._arranged

    def summary(self, format: str = "text", *, cost: CostUnit = "macs", table: TableForm = "full") -> str:
        """The layer table and totals as text, json, csv, md, html, latex or outline.

        `table` is `full`, or `paper`: as a paper would print it, in the form that fits the network, which `layers`,
        `operators` and `columns` choose. Raises OptionError for an unknown format, unit of cost or table, and for a
        form that does not fit.
        """
        from ..tables.summary import report, summary  # late: figures have no tables
        from ..tables.summary.base import check_unit  # late: figures have no tables

        if table != "full":
            return tabulated([self], format, cost, table)
        checked(TABLE, format, cost=cost)
        check_unit(format, cost)
        return summary(format).write(report(self.graph, self.analysis, self.header, cost))

    def table(self, *, cost: CostUnit = "macs") -> Table:
        """The summary as an object that a notebook shows as a table. Raises OptionError for an unknown unit of cost."""
        from ..tables.summary import report  # late: figures have no tables
        from ..tables.summary.markup import fragment  # late: figures have no tables

        return Table(self.summary(cost=cost), fragment(report(self.graph, self.analysis, self.header, cost)))

    def alt(self, *, lang: str = "en", shape_order: ShapeOrder = "chw") -> str:
        """What the network is, in 80 to 150 characters, for those who cannot see its figure; nothing is drawn.

        Raises OptionError for an unknown language or order.
        """
        choose((ALT,), {"lang": lang, "shape_order": shape_order})
        return alt_text(self.graph, self.analysis, self.title, self.header.year, lang, shape_order)

    def cost(self, format: str = "text", *, by: By = "kind") -> str:
        """Where the cost lies, by kind of layer, stage, block or layer, as text, json, csv, md, html or latex.

        It tells MACs, parameters, weights and memory, and what depthwise separable pairs save. Raises OptionError for
        an unknown format or part.
        """
        from ..cost import document  # late: figures have no tables
        from ..tables.summary.base import written  # late: figures have no tables

        checked(COST_TABLE, format, by=by)
        return written(document(self.costs(by=by)), format)

    def costs(self, *, by: By = "kind") -> Costs:
        """The same as plain data. Raises OptionError for an unknown part."""
        from ..cost import costs  # late: figures of networks do not need it

        choose((COST_TABLE,), {"by": by})
        return costs(self.graph, self.analysis, self.title, by)

    @takes("cost")
    def draw_cost(self, **view: Unpack[CostOptions]) -> Drawing:
        """The same as a figure: a bar each for MACs, parameters and memory.

        The options are those of docs/options.md that a figure of costs has. Raises OptionError for an unknown part or
        theme, and for a width that is too small.
        """
        from ..cost import costs  # late: figures of networks do not need it
        from ..cost.bars import draw  # late: figures of networks do not need it

        choice = choose(("cost",), view)
        found = costs(self.graph, self.analysis, self.title, choice.values["by"], choice.values["lang"])
        return drawing(draw(found, choice.medium), choice)

    @takes("pair")
    def draw_pair(self, number: int, **view: Unpack[PairOptions]) -> Drawing:
        """The filters of a depthwise separable pair beside those of the standard convolution, with their costs.

        `number` is its place among the pairs that `cost` lists, from 1. Raises OptionError where there is no such pair,
        for an unknown theme, and for a width that is too small.
        """
        from ..cost.filters import draw  # late: figures of networks do not need it

        errors = Errors()
        with errors:
            pair = self._pair(number)
        choice = read_options(("pair",), view, errors)
        errors.check()
        return drawing(draw(pair, number, self.title, choice.medium), choice)

    def _pair(self, number: int) -> SeparablePair:
        from ..analysis.separable import find_pairs  # late: figures of networks do not need it

        pairs = find_pairs(self.graph, self.analysis)
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(pairs):
            has = f"has the pairs 1 to {len(pairs)}" if pairs else "has no depthwise separable pair"
            raise wrong("pair", f"there is no pair {number!r}; {self.name} {has}", "ND641")
        return pairs[number - 1]

    def explain(self, id: str) -> str:
        """One node or group: its rule, and its formulas with their numbers. Raises OptionError for an unknown id."""
        from ..manual.explain import explain  # late: figures do not need it

        return explain(self.graph, self.analysis, id)

    @takes(*NETWORK)
    def draw(self, **view: Unpack[NetworkOptions]) -> Drawing:
        """The figure; docs/options.md has all options. `width` is px, or a text such as 174mm, page, column, none.

        `height` is the most that it may be high. Where it does not fit, blocks are drawn closed and each kind once
        below, then blocks closed, then stages; not where `unfold` or `depth` say what is shown.

        Raises OptionError for an unknown option or value, a width that no layout fits, and characters that the font
        files lack; SpecError for the faults of a theme.
        """
        return self._drawn(choose(NETWORK, view))

    @paused()
    def _drawn(self, choice: Choice) -> Drawing:
        values, view, medium = choice.values, choice.view, choice.medium
        about = About(self.title, self.header.source or "", self.header.year)
        drawn, fixed = subject(self.graph, self.analysis, about, view), view.unfold or values["depth"] is not None
        ladder = Ladder(drawn, view, LAYOUTS[values["layout"]], medium.metrics, fixed)
        page, height = medium.page, medium.height or read_height(None, medium.page)
        diagram, placement = ladder.fit(page, height)
        size, engine = scale(placement, page, height), placement.engine or values["layout"]
        scene = compose(diagram, placement, medium.metrics, unit=page.unit, scale=size, engine=engine)
        check_characters(scene)
        figure = Figure(chosen(scene, choice), ladder.first(), medium.theme, medium.style)
        return Drawing(figure, values["fonts"], diagram, placement, medium.theme)


def checked(thing: str, format: str, **given: object) -> None:
    """Checks a format's name and the options of a table. Raises OptionError."""
    errors = Errors()
    with errors:
        AnyText("NAME").read(format, "format")
    read_options((thing,), given, errors)
    errors.check()


def header_of(spec: Spec, variant: str | None, is_set: bool = False) -> Header:
    """What the spec says of itself under a variant, which may replace any of it.

    A variant with params of its own is another network, so that neither the file's `expect` nor its `results` hold for
    it; no results hold where params were set from outside.
    """
    header, found = spec.header, spec.variant(variant) if variant else None
    if found is not None:
        below = header._replace(expect=(), results=None) if found.params else header
        header = below._replace(**{key: value for key, value in found.header._asdict().items() if value})
    return header._replace(results=None) if is_set else header


def tabulated(networks: Sequence[Network], format: str, cost: CostUnit, table: TableForm) -> str:
    """Networks in one table, as a paper would print it. Raises OptionError for what does not fit."""
    from ..tables.paper import FORMS, document  # late: figures have no tables
    from ..tables.summary import report  # late: figures have no tables
    from ..tables.summary.base import check_unit, written  # late: figures have no tables

    checked(TABLE, format, cost=cost, table=table)
    check_unit(format, cost)
    if table not in FORMS or not networks:
        message = f"the table '{table}' is of one network" if networks else "there is no network to tell of"
        raise wrong("table", f"{message}; write 'paper' for several in one", "ND640")
    return written(document([report(net.graph, net.analysis, net.header, cost) for net in networks], table), format)
