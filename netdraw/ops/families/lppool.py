"""Poolings by the power mean of each window: LPPool1d, LPPool2d, LPPool3d. Sizes: torch.nn.LPPool2d."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Example, OpDef, Refusal, registered
from ..tensor import Shape
from .pool import pool, window_attrs


def lp_pool(rank: int, onnx: str, examples: tuple[Example, ...], refusals: tuple[Refusal, ...]) -> OpDef:
    """The definition of a power-mean pooling over `rank` axes, which PyTorch does not pad."""
    power = Attr("norm_type", kinds.real(0), doc="the power p: 1 gives the sum, a large one nearly the maximum")
    doc = "The p-th root of the sum of p-th powers of each window, for each channel."
    return pool(
        "LP",
        rank,
        doc,
        (power, *window_attrs(rank)),
        (onnx, "", ""),
        examples,
        refusals,
        category="pool.power",
        kernel="Lp",
    )


_THREE = {"norm_type": 2, "kernel_size": 3, "stride": 2}
_LONG = {"norm_type": 2, "kernel_size": 4, "ceil_mode": True}
_SIGNAL: Shape = {"c": 4, "t": 10}

registered(lp_pool)(
    1,
    "LpPool",
    (
        Example((_SIGNAL,), _THREE, ({"c": 4, "t": 4},)),
        Example((_SIGNAL,), _LONG, ({"c": 4, "t": 3},), note="rounded up"),
    ),
    (
        Refusal(
            ({"c": 4, "t": 2},),
            _THREE,
            "ND305",
            "kernel 3 is larger than its input, of length 2; use kernel_size 2 or less",
        ),
        Refusal(
            ((3, 8, 9),),
            _THREE,
            "ND307",
            "LPPool1d needs the axes c, t; its input is 3×8×9 (c, h, w): write LPPool2d",
        ),
    ),
)
registered(lp_pool)(
    2,
    "LpPool",
    (
        Example(((4, 9, 8),), {"norm_type": 1.5, "kernel_size": 2}, ((4, 4, 4),)),
        Example(((4, 10, 10),), {**_THREE, "ceil_mode": True}, ((4, 5, 5),), note="rounded up"),
    ),
    (
        Refusal(
            ((512,),), _THREE, "ND307", "LPPool2d needs the axes c, h, w; its input is 512 (c): put it before Flatten"
        ),
    ),
)
registered(lp_pool)(
    3,
    "LpPool",
    (
        Example(((4, 6, 8, 8),), {"norm_type": 2, "kernel_size": 2}, ((4, 3, 4, 4),)),
        Example(((4, 7, 9, 9),), _THREE, ((4, 3, 4, 4),)),
    ),
    (
        Refusal(
            ((3, 8, 9),),
            _THREE,
            "ND307",
            "LPPool3d needs the axes c, d, h, w; its input is 3×8×9 (c, h, w): write LPPool2d",
        ),
    ),
)
