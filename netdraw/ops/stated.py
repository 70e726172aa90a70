"""What a spec states by expressions: the form of these values, and the names that they see beside attributes."""

from __future__ import annotations

from typing import Any

from . import kinds
from .base import Attr, Types
from .categories import CATEGORIES, no_category
from .common import AXIS_NAMES
from .kinds import Stated
from .rules import plain

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


def _category() -> kinds.ValueKind:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in CATEGORIES:
            raise ValueError(no_category(str(value)))
        return str(value)

    words = frozenset(CATEGORIES)
    return kinds.ValueKind(read, "the category of a cell, such as conv or pool.max", {"enum": list(CATEGORIES)}, words)


_SIZE = {"type": "integer", "minimum": 1}
_LETTERED = {"type": "object", "propertyNames": {"enum": list(kinds.LETTERS)}, "additionalProperties": _SIZE}
_SHAPE = {"anyOf": [{"type": "array", "items": _SIZE, "minItems": 1, "maxItems": 4}, {**_LETTERED, "minProperties": 1}]}
_COUNT = {"type": "integer", "minimum": 0}
EITHER = "a list of 1 to 4 sizes, or a map from letters (c, t, d, h, w) to sizes"
SEVERAL = "a map from names to shapes"

STATEMENTS = (
    Attr(
        "out",
        stated(EITHER, _SHAPE),
        default=None,
        doc="the output's shape: all its sizes, or by letter those that change; by default the first input's",
    ),
    Attr(
        "outputs",
        stated(SEVERAL, {"type": "object", "additionalProperties": _SHAPE}),
        default=None,
        doc="several outputs, each read as `name:output`, in place of `out`",
    ),
    Attr("params", stated("a count", _COUNT), default=None, doc="number of parameters; not counted where not stated"),
    Attr("macs", stated("a count", _COUNT), default=None, doc="number of MACs; not counted where not stated"),
    Attr("category", _category(), default="other", doc="what its cell looks like"),
)
"""What is stated of an op without a rule of its own; no attribute of such an op may have one of these names."""
STATED = frozenset(attr.name for attr in STATEMENTS)


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
