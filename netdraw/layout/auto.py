"""The layout taken where none is asked for: the strip, but Graphviz places the graph where too many lanes are open."""

from contextlib import suppress

from ..diagram.model import Diagram
from ..styles.base import Metrics
from .base import Page, Placement, TooNarrow
from .strip.axis import Axis
from .strip.lanes import most_open
from .strip.parts import tagged
from .strip.strip import strip

MOST_LANES = 8
"""A strip has at most as many lanes over one another; beyond, nobody can follow them."""


def auto(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    """As `strip`, or above MOST_LANES as `dot` where that fits the page, which no graph can be broken to.

    The placement names which. Raises OptionError where there is no Graphviz and one is needed.
    """
    if open_lanes(diagram) > MOST_LANES:
        from .graphviz.dot import dot

        with suppress(TooNarrow):
            found = dot(diagram, metrics, page)
            if page.height is None or found.height <= page.height:
                return found
    return strip(diagram, metrics, page)._replace(engine="strip")


def open_lanes(diagram: Diagram) -> int:
    """How many lanes are open at once, at most, on any of a diagram's lines."""
    return max([most_open(Axis(tagged(line))) for line in diagram.lines if line.cells and not line.name], default=0)
