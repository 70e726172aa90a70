"""Where everything goes: rectangles, polylines and texts by id, in the drawing's unit, y downwards.

A layout takes a Diagram, Metrics and a page width, and gives a Placement; the scene needs no measure of its own.
"""

from collections.abc import Callable
from math import inf
from typing import Any, Literal

from ..core.records import NamedTuple
from ..core.registry import Registry
from ..diagram.model import Diagram, EdgeKind, plain
from ..styles.base import Metrics, Side
from ..type.primitives import Anchor

Point = tuple[float, float]
Role = Literal[
    "title", "subtitle", "totals", "label", "sublabel", "shape", "cost", "reason", "name", "repeat", "legend",
    "caption", "times", "letter", "kind", "head", "table", "width",
]  # fmt: skip


class PlacedCell(NamedTuple):
    """A cell by its centre. `d` is the D that its extent is multiplied by: the placement's own (an add is then d / 2
    wide), less in the legend. `small` asks its style for the form that rides on a way above the line; `entry` is the
    side at which the line comes in.

    In the legend `id` is the entry's number, from "0".
    """

    id: str
    x: float
    y: float
    d: float
    small: bool = False
    entry: Side = "left"


class Rect(NamedTuple):
    """A box, a bar or a tick by its top left corner; `id` is the box's, the bar's cell, the first of the tick's ids."""

    id: str
    x: float
    y: float
    width: float
    height: float
    depth: int = 0
    """How many boxes are around it."""
    cut: tuple[bool, bool] = (False, False)
    """Of a box that goes on in another row, one a row: whether it is open on its left, and on its right."""
    down: bool = False
    """Whether these are its top and its bottom."""


class PlacedEdge(NamedTuple):
    """An edge from border to border: a polyline whose corners the scene rounds by `radius`.

    `dot` marks a junction at its start, `head` an arrow head at its end. One that goes on in the next row has several
    pieces, and a head at the end of each but the last, whatever `head` says.
    """

    source: str
    target: str
    kind: EdgeKind
    pieces: tuple[tuple[Point, ...], ...]
    radius: float = 0.0
    dot: bool = False
    head: bool = False
    member: int = 0
    """Of which member of the ×n around its source it is, where that is not drawn: it begins behind a text."""


class PlacedTag(NamedTuple):
    """A tag by its centre: a circle (wider for several letters), and the line that ends in it; () where one begins.

    `dot` marks a junction where that line leaves, its corners are rounded by `radius`.
    """

    id: str
    letter: str
    x: float
    y: float
    width: float
    height: float
    stub: tuple[Point, ...] = ()
    radius: float = 0.0
    dot: bool = False


class PlacedText(NamedTuple):
    """One text by its baseline; `id` is what it speaks of."""

    id: str
    role: Role
    text: str
    x: float
    y: float
    anchor: Anchor
    size: float
    weight: int = 400
    underline: float = 0.0
    """How long the line under it is, where it is marked as different."""


class PlacedBracket(NamedTuple):
    """A bracket under the line: its polyline, and an `id` (the stage's, the first's of the `stages` that share it).

    One cut by a row break has a part a row, without a leg at the cut, and so has one whose cells are no neighbours; one
    part has the cost, the others None.
    """

    id: str
    points: tuple[Point, ...]
    cost: int | None
    stages: tuple[str, ...] = ()


class Placement(NamedTuple):
    """All places. `unit` is what one unit of length is on paper: `px`, `mm` or `in` with `scale` units each."""

    width: float
    height: float
    d: float
    cells: tuple[PlacedCell, ...]
    boxes: tuple[Rect, ...]
    ticks: tuple[Rect, ...]
    edges: tuple[PlacedEdge, ...]
    brackets: tuple[PlacedBracket, ...]
    bars: tuple[Rect, ...]
    texts: tuple[PlacedText, ...]
    legend: tuple[PlacedCell, ...]
    rows: int
    engine: str = ""
    """What placed it, where that is not the layout alone."""
    tags: tuple[PlacedTag, ...] = ()
    lanes: int = 0
    """How many lanes run side by side at most, those of one cell and those to one cell counted once."""

    def to_dict(self) -> dict[str, Any]:
        return plain(self)  # type: ignore[no-any-return]


class Page(NamedTuple):
    """The page in the drawing's unit: the width asked for (None is one row as long as it needs), the most it may be
    high (None: no limit), and the least D that a layout may draw with where its figure is wider (None: that given).
    """

    width: float | None
    height: float | None = None
    least: float | None = None

    def room(self, d: float) -> float:
        """The width in D; inf where none is asked for."""
        return inf if self.width is None else self.width / d


class TooNarrow(Exception):
    """No rows fit the width; `least` is the smallest that works, in the drawing's unit."""

    def __init__(self, least: float) -> None:
        super().__init__(least)
        self.least = least


Layout = Callable[[Diagram, Metrics, Page], Placement]
LAYOUTS: Registry[Layout] = Registry("layouts", "netdraw.layout")
