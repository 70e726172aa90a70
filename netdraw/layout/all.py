"""The layout taken where none is asked for, and the layouts by name."""

from contextlib import suppress

from ..diagram.model import Diagram
from ..styles.base import Metrics
from .base import LAYOUTS, Page, Placement, TooNarrow
from .strip.lanes import most_open
from .strip.order import line_order
from .strip.strip import strip

__all__ = ["LAYOUTS", "MOST_LANES", "auto", "open_lanes"]

MOST_LANES = 8
"""A strip has at most as many lanes over one another; beyond, nobody can follow them."""


def auto(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """As `strip`, or above MOST_LANES as `dot` where that fits the page, which no graph can be broken to.

    The layout taken where none is asked for; the placement names which it was. Raises OptionError where there is no
    Graphviz and one is needed.
    """
    if open_lanes(diagram) > MOST_LANES:
        with suppress(TooNarrow):
            found = LAYOUTS["dot"](diagram, metrics, page)
            if page.height is None or found.height <= page.height:
                return found
    return strip(diagram, metrics, page)._replace(engine="strip")


def open_lanes(diagram: Diagram) -> int:
    """How many lanes are open at once, at most, on any of a diagram's lines."""
    return most_open(line_order(line) for line in diagram.lines if line.cells and not line.name)


LAYOUTS.add("auto", auto)
LAYOUTS.late("dot", "netdraw.layout.graphviz.dot")
