"""The ladder: views of one network that are tried in turn until the figure fits its page."""

from contextlib import suppress
from typing import TYPE_CHECKING

from ..analysis.model import Analysis
from ..core.errors import Fault, OptionError, option
from ..core.lengths import UNITS, Height, Width
from ..core.records import NamedTuple
from ..diagram.build import AS_ASKED, build, build_only
from ..diagram.model import Diagram
from ..diagram.texts import About
from ..diagram.view import Depth, View
from ..graph.model import Graph
from ..layout.base import Layout, Page, Placement, TooNarrow
from ..styles.base import Metrics

if TYPE_CHECKING:
    from ..diagram.only import Only  # late: types alone

RUNGS: tuple[tuple[str, Depth], ...] = (
    (AS_ASKED, "layer"),
    ("blocks once", "once"),
    ("blocks closed", "block"),
    ("stages closed", "stage"),
)
"""The views in order, by name; repeats are folded on all of them."""

LARGER = 1.1
"""A figure narrower than the width asked is enlarged by at most this, so that the figures of one paper look alike."""
SLIP = 1e-6
WIDEST = 64
"""What is so many times as wide as the narrowest row is one row; it will not be less high."""


class Fitted(NamedTuple):
    """What is drawn, and where."""

    diagram: Diagram
    placement: Placement


class Subject(NamedTuple):
    """What is drawn: a network, or `only` a part of it."""

    graph: Graph
    analysis: Analysis
    about: About
    only: "Only | None" = None

    def diagram(self, view: View, rung: str) -> Diagram:
        """It as one rung shows it."""
        if self.only is None:
            return build(self.graph, self.analysis, view, self.about, rung)
        return build_only(self.only, view, self.about, rung)


def subject(graph: Graph, analysis: Analysis, about: About, view: View) -> Subject:
    """What a view draws of a network.

    Raises OptionError, with what is near, for patterns that name nothing in what is drawn.
    """
    if not view.only and not view.highlight:
        return Subject(graph, analysis, about)
    from ..diagram.only import about_part, only  # late: only figures of a part need it
    from ..graph.select import required  # late: only figures of a part need it

    part = only(graph, analysis, view.only) if view.only else None
    for glob in view.highlight:
        required(part.whole.graph if part else graph, glob, option("highlight"))
    return Subject(graph, analysis, about_part(about, part, analysis, view) if part else about, part)


class Ladder:
    """How a subject is to be drawn; `fixed` tries the view as it is alone.

    What begins with several inputs stands beside each other; where that is wider than the page, each begins a row.
    """

    def __init__(self, subject: Subject, view: View, layout: Layout, metrics: Metrics, fixed: bool) -> None:
        self.subject, self.view, self.layout, self.metrics = subject, view, layout, metrics
        rungs = ((AS_ASKED, view.depth),) if fixed else RUNGS
        beside = (True, False) if len(subject.graph.inputs) > 1 and subject.only is None else (False,)
        self.rungs = [(rung, depth, towers) for rung, depth in rungs for towers in beside]
        self.diagrams: dict[tuple[str, bool], Diagram] = {}

    def fit(self, width: Width, height: Height) -> Fitted:
        """The first that fits the page. Raises OptionError, with the least that works, where none does."""
        narrow: list[float] = []
        heights: list[float] = []
        limit = height.drawn
        for rung in self.rungs:
            diagram = self.diagram(*rung)
            try:
                placement = self.layout(diagram, self.metrics, _page(width, height))
            except TooNarrow as fault:
                narrow.append(fault.least)
                continue
            if limit is None or placement.height <= limit + SLIP:
                return Fitted(diagram, placement)
            heights.append(placement.height)
        if heights:
            raise too_high(height, min(heights))
        message = f"the figure does not fit a width of {width.written}; {self._least(width, min(narrow), height)}"
        raise OptionError([Fault("ND622", message, where=option("width"))])

    def first(self) -> Diagram:
        """The first rung, for formats without a page."""
        return self.diagram(*self.rungs[0])

    def diagram(self, rung: str, depth: Depth, towers: bool) -> Diagram:
        """The subject as one rung shows it."""
        if (rung, towers) not in self.diagrams:
            view = self.view._replace(depth=depth, towers=towers)
            self.diagrams[rung, towers] = self.subject.diagram(view, rung)
        return self.diagrams[rung, towers]

    def _least(self, width: Width, narrow: float, height: Height) -> str:
        """What to say of the least width: at `narrow` one fits across, though it may be too high there."""
        first = low = high = width.steps(narrow)
        while not self._works(width.at(high), height):
            if high > WIDEST * first:
                return f"none works with a height of {height.written}"
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._works(width.at(middle), height) else (middle, high)
        return f"the least that works is {width.at(high).written}"

    def _works(self, width: Width, height: Height) -> bool:
        """Whether any rung fits a page."""
        for rung in self.rungs:
            with suppress(TooNarrow):
                high = self.layout(self.diagram(*rung), self.metrics, _page(width, height)).height
                if height.drawn is None or high <= height.drawn + SLIP:
                    return True
        return False


def too_high(height: Height, least: float) -> OptionError:
    """What to raise where a figure needs that height and has less."""
    works = height.least(least)
    message = f"the figure does not fit a height of {height.written}; the least that works is {works}"
    return OptionError([Fault("ND627", message, where=option("height"))])


def _page(width: Width, height: Height) -> Page:
    return Page(width.drawn, height.drawn, width.least)


def scale(placement: Placement, width: Width, height: Height) -> float:
    """How many units of the drawing make one of the page's."""
    rooms = [(width.drawn, placement.width), (height.drawn, placement.height)]
    growth = min([LARGER, *(room / taken for room, taken in rooms if room is not None)])
    return UNITS[width.unit].scale / (max(1.0, growth) if width.drawn is not None else 1.0)
