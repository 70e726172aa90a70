"""The layouts of this package by name. Those that most figures do not need are loaded when they are asked for."""

from ..diagram.model import Diagram
from ..styles.base import Metrics
from .auto import auto
from .base import LAYOUTS, Page, Placement

__all__ = ["LAYOUTS"]


def _dot(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    from .graphviz.dot import dot

    return dot(diagram, metrics, page)


def _stack(diagram: Diagram, metrics: Metrics, page: Page) -> Placement:
    from .stack import stack

    return stack(diagram, metrics, page)


LAYOUTS.add("stack", _stack)
LAYOUTS.add("auto", auto)
LAYOUTS.add("dot", _dot)
