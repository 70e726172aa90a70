"""What a spec states by expressions: the form of these values, and the names that they see beside attributes."""

from __future__ import annotations

from typing import Any

from . import kinds
from .base import Types, plain
from .common import AXIS_NAMES
from .kinds import Stated

INPUT_WORDS = tuple(f"in_{name}" for name in AXIS_NAMES.values())
OUTPUT_WORDS = tuple(f"out_{name}" for name in AXIS_NAMES.values())
IN_SHAPES, OUT_SHAPES = "in_shapes", "out_shapes"
"""The shapes of all inputs and of all outputs, each a list of sizes, in order."""

SHAPE_SCOPE = (*INPUT_WORDS, IN_SHAPES)
"""The names that an expression of a shape sees."""
COST_SCOPE = (*SHAPE_SCOPE, *OUTPUT_WORDS, OUT_SHAPES)
"""The names that an expression of a cost sees."""


def stated(expects: str, schema: dict[str, Any]) -> kinds.ValueKind:
    """What expressions over the input state; a value that came from elsewhere is stated by itself."""

    def read(value: Any) -> Stated | None:
        if value is None or isinstance(value, Stated):
            return value
        return Stated.of(plain(value), plain(value), lambda scope: value)

    return kinds.ValueKind(read, expects, schema, stated=True)


def shape_scope(inputs: Types) -> dict[str, Any]:
    """The values of SHAPE_SCOPE: sizes of the first input, by the names of its axes, and the shapes of all."""
    return {**_sizes("in", inputs), IN_SHAPES: _shapes(inputs)}


def cost_scope(inputs: Types, outputs: Types) -> dict[str, Any]:
    """The values of COST_SCOPE."""
    return {**shape_scope(inputs), **_sizes("out", outputs), OUT_SHAPES: _shapes(outputs)}


def _sizes(side: str, kinds: Types) -> dict[str, Any]:
    first = kinds[0]
    return {f"{side}_{AXIS_NAMES[axis]}": size for axis, size in zip(first.axes, first.shape, strict=True)}


def _shapes(kinds: Types) -> tuple[tuple[int, ...], ...]:
    return tuple([kind.shape for kind in kinds])
