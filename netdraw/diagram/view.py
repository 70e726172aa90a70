"""What the caller chooses to see of a network."""

from typing import Any, Literal

from ..analysis.model import Analysis, Subtotal
from ..core.records import NamedTuple

CostUnit = Literal["macs", "flops", "params", "none"]
BarValue = Literal["shape", "params", "macs", "memory", "receptive", "none"]
ShapeOrder = Literal["chw", "hwc"]
Depth = Literal["layer", "once", "block", "stage"]
By = Literal["kind", "stage", "block", "layer"]

COSTS: tuple[CostUnit, ...] = ("macs", "flops", "params", "none")
BARS: tuple[BarValue, ...] = ("shape", "params", "macs", "memory", "receptive", "none")
BYS: tuple[By, ...] = ("kind", "stage", "block", "layer")
"""What costs are added up by."""
SHAPE_ORDERS: tuple[ShapeOrder, ...] = ("chw", "hwc")
DEPTHS: tuple[Depth, ...] = ("stage", "block", "layer")
"""The depths that one asks for; `once` is a rung of the ladder alone."""
LABELS = ("compact", "full", "relative")
"""The label grammars that have a name; any other text is a template."""


class View(NamedTuple):
    """`unfold` shows every member of a repeat; `cost` is the unit of totals and brackets (FLOPs are 2 × MACs).

    `towers` draws what begins with several inputs as branches that meet, where it is so; else each begins a row.
    `labels` is one of LABELS or a template (see `template.py`). `bars` is what they are as high as; with `every_bar`
    those of shapes stand under every cell, else where they mean something. `shape_order` is the order in which maps
    are written. `fuse_pool` draws a convolution and the pooling behind it as one cell. `legend`, `title` and `caption`
    switch these off. `lang` is one of `glossary.LANGUAGES`. `depth` says what is drawn closed, as one cell: at `layer`
    nothing, at `block` every block, at `stage` every stage; `once` draws each kind of block open below, too. `only`
    is the pattern of the part that is drawn, "" for all; `highlight` are the patterns of what has a frame.
    """

    unfold: bool = False
    cost: CostUnit = "macs"
    labels: str = "compact"
    bars: BarValue = "shape"
    every_bar: bool = False
    towers: bool = True
    shape_order: ShapeOrder = "chw"
    fuse_pool: bool = False
    legend: bool = True
    title: bool = True
    caption: bool = True
    lang: str = "en"
    depth: Depth = "layer"
    only: str = ""
    highlight: tuple[str, ...] = ()

    def chosen(self) -> dict[str, Any]:
        """What differs from the default, by name."""
        return {name: value for name, value in self._asdict().items() if value != self._field_defaults[name]}


def cost_of(total: Subtotal, unit: CostUnit) -> int | None:
    """A cost in the unit of the view, None where it shows none; FLOPs are 2 × MACs."""
    if unit == "none":
        return None
    return total.params if unit == "params" else total.macs * (2 if unit == "flops" else 1)


def lacking(analysis: Analysis, unit: CostUnit) -> tuple[str, ...]:
    """The nodes that a cost in the unit of the view does not count, so that it reads `≥`."""
    return () if unit == "none" else analysis.unknown if unit == "params" else analysis.not_counted
