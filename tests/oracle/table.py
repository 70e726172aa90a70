"""All ops: a row each. What has none is named in `WITHOUT`, with the reason."""

from __future__ import annotations

from .base import Row
from .elements import ELEMENTS
from .moves import MOVES
from .norms import NORMS
from .plain import PLAIN
from .taken import TAKEN
from .windows import adaptive, convolution, pooling, transposed

WINDOWS = {
    "Conv2d": convolution("hw"),
    "ConvTranspose2d": transposed("hw"),
    "MaxPool2d": pooling("hw", dilation="sizes"),
    "AvgPool2d": pooling("hw", count_include_pad=[True, False]),
    "AdaptiveAvgPool2d": adaptive("hw"),
}
TABLE: dict[str, Row] = {**WINDOWS, **MOVES, **PLAIN, **NORMS, **ELEMENTS, **TAKEN}
WITHOUT = {"Opaque": "gives what the spec states"}
SHARES = {"Conv2d": 6, "ConvTranspose2d": 4, "MaxPool2d": 4, "AvgPool2d": 3} | dict.fromkeys(MOVES, 2)
"""How often an op is drawn; those that are not named, once."""
