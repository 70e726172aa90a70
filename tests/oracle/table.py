"""All ops: a row each. What has none is named in `WITHOUT`, with the reason."""

from __future__ import annotations

from functools import partial

from .base import Row
from .elements import ELEMENTS
from .maps import SPREADING
from .moves import MOVES
from .norms import NORMS
from .plain import PLAIN
from .taken import TAKEN
from .tokens import TOKENS
from .windows import adaptive, convolution, pooling, transposed

AXES = {1: "t", 2: "hw", 3: "dhw"}
WINDOWS = {
    f"{name}{rank}d": row(axes)
    for rank, axes in AXES.items()
    for name, row in {
        "Conv": convolution,
        "ConvTranspose": transposed,
        "MaxPool": partial(pooling, dilation="sizes"),
        "AvgPool": partial(pooling, count_include_pad=[True, False]),
        "LPPool": partial(pooling, norm_type=[1, 2, 3.5]),
        "AdaptiveAvgPool": adaptive,
        "AdaptiveMaxPool": adaptive,
    }.items()
}
TABLE: dict[str, Row] = {**WINDOWS, **SPREADING, **MOVES, **PLAIN, **NORMS, **ELEMENTS, **TAKEN, **TOKENS}
WITHOUT = {"Opaque": "gives what the spec states"}
SHARES = {"Conv2d": 6, "ConvTranspose2d": 4, "MaxPool2d": 4, "AvgPool2d": 3} | dict.fromkeys(MOVES, 2)
"""How often an op is drawn; those that are not named, once."""
