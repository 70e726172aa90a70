"""What a style is: how a cell looks, and what room it takes. A style is one file that adds itself to STYLES."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from ..core.records import NamedTuple
from ..core.registry import Registry
from ..diagram.model import Cell, LegendEntry
from ..ops.tensor import UNKNOWN
from ..themes.model import Theme
from ..type.primitives import Item
from ..type.typeface import OURS, Fonts

Side = Literal["left", "right", "top", "bottom"]


class Extent(NamedTuple):
    """Width and height, in D, the diameter of a plain cell."""

    width: float
    height: float


class Setting(NamedTuple):
    """What a figure is drawn in: the theme, the fonts, and the language of its words."""

    theme: Theme
    fonts: Fonts = OURS
    language: str = "en"


class Spot(NamedTuple):
    """Where a cell is drawn: its centre, and D, in the drawing's unit. `small` is as in `Style.extent`, and `entry` the
    side at which the line comes in.
    """

    x: float
    y: float
    d: float
    small: bool = False
    entry: Side = "left"


class Sample(NamedTuple):
    """What stands in the legend for cells of one look: a cell, drawn in so many times the legend's D."""

    cell: Cell
    size: float = 1.0


class Sketch(NamedTuple):
    """A cell for formats that draw by themselves (DOT): a shape of Graphviz, and the `text` that stands in it beside
    what it is and what it gives.

    One that is `small` says nothing but that text. `ring` is whether its border is a broad one in its colour. Where a
    style words a cell itself, `lines` are all that it says; where it has colours of its own, `fill` and `ink`.
    """

    shape: str = "box"
    text: str = ""
    small: bool = False
    ring: bool = False
    lines: tuple[str, ...] = ()
    fill: str = ""
    ink: str = ""


class Spacing(NamedTuple):
    """What a style's cells keep free around them, in D."""

    inside: float = 0.3
    """Between two cells in a box."""
    outside: float = 0.3
    arc: float = 0.22
    """From cells to the lowest way over them."""
    under_small: float = 0.07
    """From cells to the small ones that ride on that."""
    over_small: float = 0.16
    """From those to the border of a box."""
    beside_small: float = 0.12
    """Between two of them."""
    entry: float = 0.25
    """From a box's border to its first cell, where a way leaves between them."""
    port: float = 0.11
    """From that border to where it leaves."""


def unshared(cell: Cell) -> tuple[str, ...]:
    """A label as it stands under a cell: once, where several lines share it."""
    return () if cell.shared else cell.label


def _rectangle(cell: Cell, side: Side, across: float, size: Extent, headed: bool) -> float:
    return (size.width if side in ("left", "right") else size.height) / 2


def _as_drawn(entry: LegendEntry) -> Sample | None:
    return Sample(sample_cell(entry))


def _flat(cell: Cell) -> float:
    return 0.0


def _box(cell: Cell, setting: Setting) -> Sketch:
    return Sketch()


class Style(NamedTuple):
    """A look of cells. All lengths are in D, from a cell's centre.

    `extent(cell, setting, small)` is what its paint takes; `small` asks for the form on a way above the line.
    `paint(cell, setting, spot)` draws it, in the colours of `setting.theme.look(cell.category, cell.ids)`.
    """

    name: str
    extent: Callable[[Cell, Setting, bool], Extent]
    paint: Callable[[Cell, Setting, Spot], tuple[Item, ...]]
    label: Callable[[Cell], tuple[str, ...]] = unshared
    """The first lines of the cell's label, which are set beside it; those that its paint says are left out."""
    border: Callable[[Cell, Side, float, Extent, bool], float] = _rectangle
    """How far its border is on a side, `across` beside its middle there; given its extent.

    A line without a head may end further inside, under what is painted over it: where the last argument is False.
    """
    rise: Callable[[Cell], float] = _flat
    """How far something stands over its extent that nothing may run through."""
    sample: Callable[[LegendEntry], Sample | None] = _as_drawn
    """What stands for it in the legend; None where the cells say themselves what they are."""
    sketch: Callable[[Cell, Setting], Sketch] = _box
    spacing: Spacing = Spacing()


BOX_RADIUS = 0.17
"""Of the corners of whatever is a rounded box, in D."""

STYLES: Registry[Style] = Registry("styles", "netdraw.styles")
DEFAULT = "cells"
"""The style of a figure for which none is asked."""


class Metrics(NamedTuple):
    """What a layout gets: the room that cells and texts take, in D. `d` is D in the drawing's unit (44 px, 15 pt)."""

    d: float
    style: Style
    setting: Setting

    @property
    def base(self) -> float:
        return self.setting.theme.font.base

    @property
    def caption(self) -> float:
        return self.setting.theme.font.caption

    @property
    def title(self) -> float:
        return self.setting.theme.font.title

    @property
    def width(self) -> Callable[[str, float, int], float]:
        """Gives a text's advance width in the unit of its size: `width(text, size, weight)`."""
        return self.setting.fonts.width

    def extent(self, cell: Cell, small: bool = False) -> Extent:
        return self.style.extent(cell, self.setting, small)

    def border(self, cell: Cell, side: Side, across: float, headed: bool, small: bool = False) -> float:
        """How far from a cell's middle a line ends that meets it on a side, `across` beside the middle of that."""
        return self.style.border(cell, side, across, self.extent(cell, small), headed)

    def sample(self, entry: LegendEntry) -> Extent | None:
        """What a sample in the legend takes, in the legend's D; None where there is none."""
        found = self.style.sample(entry)
        if found is None:
            return None
        width, height = self.extent(found.cell)
        return Extent(width * found.size, height * found.size)

    def sample_rise(self, entry: LegendEntry) -> float:
        """How far something stands over a sample in the legend, in the legend's D."""
        found = self.style.sample(entry)
        return 0.0 if found is None else self.style.rise(found.cell) * found.size


def sample_cell(entry: LegendEntry) -> Cell:
    """A cell of the look that an entry of the legend tells of."""
    return Cell(
        id="",
        ids=(),
        category=entry.category,
        kernel=entry.kernel,
        activation=entry.activation,
        label=(),
        shape=UNKNOWN,
        before=entry.before,
    )


def oval(side: Side, across: float, size: Extent, headed: bool) -> float:
    """The border of a level or upright ellipse; a line without a head ends inside what is no disc, under its paint."""
    along, beside = (size.width, size.height) if side in ("left", "right") else (size.height, size.width)
    if along != beside and not across and not headed:
        return along / 4
    share = min(1.0, abs(across) / (beside / 2))
    return along / 2 * math.sqrt(1 - share * share)
