"""The layout taken where none is asked for, and the layouts by name."""

from contextlib import suppress

from ..diagram.model import Diagram, by_key
from ..styles.base import Metrics
from .base import LAYOUTS, Page, Placement, TooNarrow
from .strip.lanes import most_open
from .strip.order import line_order
from .strip.strip import strip

__all__ = ["LAYOUTS", "MOST_LANES", "auto", "open_lanes"]

MOST_LANES = 8
"""A strip has at most as many lanes over one another; beyond, nobody can follow them."""
MOST_STEPS = 5_000
"""The edges of a graph that Graphviz is given unasked may lead over so many ranks in all: it needs two seconds then.

With twice as many it can need ten, and the picture is a tangle.
"""


def auto(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """As `strip`, or above MOST_LANES as `dot` where that fits the page, which no graph can be broken to.

    The layout taken where none is asked for; the placement names which it was. Raises OptionError where there is no
    Graphviz and one is needed.
    """
    if open_lanes(diagram) > MOST_LANES and steps(diagram) <= MOST_STEPS:
        with suppress(TooNarrow):
            found = LAYOUTS["dot"](diagram, metrics, page)
            if page.height is None or found.height <= page.height:
                return found
    return strip(diagram, metrics, page)._replace(engine="strip")


def open_lanes(diagram: Diagram) -> int:
    """How many lanes are open at once, at most, on any of a diagram's lines."""
    return most_open(line_order(line) for line in diagram.lines if line.cells and not line.name)


def steps(diagram: Diagram) -> int:
    """Over how many ranks the edges lead, in all; a cell's rank is the length of the longest way to it."""
    found = 0
    for line in diagram.lines:
        sources = by_key((edge.target, edge.source) for edge in line.edges)
        ranks: dict[str, int] = {}
        for cell in line.cells:
            before = [ranks.get(source, 0) for source in sources.get(cell.id, ())]
            ranks[cell.id] = max(before, default=-1) + 1
            found += sum(ranks[cell.id] - rank for rank in before)
    return found


LAYOUTS.add("auto", auto)
LAYOUTS.late("dot", "netdraw.layout.graphviz.dot")
