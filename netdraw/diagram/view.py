"""What the caller chooses to see of a network."""

from typing import Literal, NamedTuple

CostUnit = Literal["macs", "flops", "params", "none"]
COSTS: tuple[CostUnit, ...] = ("macs", "flops", "params", "none")


class View(NamedTuple):
    """`unfold` shows every member of a repeat; `cost` is the unit of totals and brackets (FLOPs are 2 × MACs)."""

    unfold: bool = False
    cost: CostUnit = "macs"
