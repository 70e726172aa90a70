"""What rearranges a tensor without computing: Permute, Reshape. Sources: torch.permute, torch.reshape."""

from __future__ import annotations

from math import prod
from typing import Any

from .. import kinds
from ..base import PASS, Attr, Attrs, Example, RuleError, Types, Window, always, define, elsewhere
from ..common import AXIS_NAMES, described
from ..kinds import LETTERS, ValueKind
from ..tensor import TensorType, by_length
from .shape import tick

REST = -1
"""The size that Reshape finds itself."""


def _order() -> ValueKind:
    """A list with the letters of all axes, each once; stored as a text, `hwc`."""

    def read(value: Any) -> str:
        letters = list(value) if isinstance(value, list | tuple) else []
        if not letters or len(set(letters)) < len(letters) or any(letter not in LETTERS for letter in letters):
            raise ValueError
        return "".join(letters)

    one = {"enum": list(LETTERS)}
    schema = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
    return ValueKind(read, "a list of axes by letter, each once, such as [h, w, c]", schema, frozenset(LETTERS))


def _sizes() -> ValueKind:
    """A list of 1 to 4 sizes, of which one may be -1; stored as a tuple."""
    whole = kinds.integer()

    def read(value: Any) -> tuple[int, ...]:
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= 4 or list(value).count(REST) > 1:
            raise ValueError
        return tuple(REST if size == REST else whole.read(size) for size in value)

    one = {"anyOf": [{"const": REST}, whole.schema]}
    schema = {"type": "array", "items": one, "minItems": 1, "maxItems": 4}
    return ValueKind(read, "a list of 1 to 4 sizes, of which one may be -1", schema)


def _permute_infer(attrs: Attrs, inputs: Types) -> Types:
    source, order = inputs[0], attrs["dims"]
    if sorted(order) != sorted(source.axes):
        message = f"dims [{', '.join(order)}] must name the axes of the input, {described(source)}, each once"
        raise RuleError("ND307", message, "dims")
    return (TensorType(tuple(source.size(axis) or 0 for axis in order), order, source.dtype),)


def _permute_window(attrs: Attrs, inputs: Types) -> Window | None:
    """None where spatial axes change places, since a window speaks of each axis by its place."""
    order = "".join(axis for axis in attrs["dims"] if axis in inputs[0].spatial)
    return PASS if order == inputs[0].spatial else None


def _permute_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    return (f"{described(inputs[0])} in the order {', '.join(attrs['dims'])} = {outputs[0]}",)


def _reshape_infer(attrs: Attrs, inputs: Types) -> Types:
    wanted, elements = attrs["shape"], inputs[0].elements
    known = prod(size for size in wanted if size != REST)
    given = f"the {elements} elements of {described(inputs[0])}"
    if REST in wanted:
        if elements % known:
            raise RuleError("ND309", f"{given} are no multiple of {known}, the product of the other sizes", "shape")
    elif known != elements:
        raise RuleError("ND309", f"{given} do not fill a shape of {known}; one size may be -1", "shape")
    sizes = tuple(elements // known if size == REST else size for size in wanted)
    return (by_length(sizes, inputs[0].dtype),)


def _reshape_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    source, out = inputs[0], outputs[0]
    fixed = [size for size in attrs["shape"] if size != REST]
    if len(fixed) == len(out.shape):
        return (f"{source} = {out}, {source.elements} elements",)
    found = next(axis for axis, size in zip(out.axes, attrs["shape"], strict=True) if size == REST)
    product = "·".join(map(str, source.shape))
    others = f" / ({'·'.join(map(str, fixed))})" if fixed else ""
    return (f"out_{AXIS_NAMES[found]} = {product}{others} = {out.size(found)}",)


define(
    name="Permute",
    snake="permute",
    doc="The same elements with the axes in another order; each keeps its letter.",
    attrs=(Attr("dims", _order(), doc="all axes of the input, in the order of the output"),),
    infer=_permute_infer,
    face=tick,
    window=_permute_window,
    formula=_permute_formula,
    names=elsewhere("torch.permute", "Transpose", "Permute", "Permute"),
    examples=(
        Example(
            ((84, 38, 38),),
            {"dims": ["h", "w", "c"]},
            ({"h": 38, "w": 38, "c": 84},),
            note="a place's channels together",
        ),
        Example(((196, 768),), {"dims": ["c", "t"]}, ({"c": 768, "t": 196},), note="tokens"),
        Example(
            ((8, 4, 5),), {"dims": ["c", "w", "h"]}, ({"c": 8, "w": 5, "h": 4},), note="width and height change places"
        ),
    ),
)
define(
    name="Reshape",
    snake="reshape",
    doc="The same elements, in their order, in another shape, whose axes follow from its length: [c], [t, c], "
    "[c, h, w], [c, d, h, w].",
    attrs=(Attr("shape", _sizes(), doc="its sizes without batch; one of them may be -1, what is left"),),
    infer=_reshape_infer,
    face=tick,
    window=always(None),
    formula=_reshape_formula,
    names=elsewhere("torch.reshape", "Reshape", "Reshape", "Reshape"),
    examples=(
        Example(((768, 14, 14),), {"shape": [768, 196]}, ((768, 196),), note="places in a row"),
        Example(((512,),), {"shape": [128, 2, 2]}, ((128, 2, 2),), note="a vector becomes an image"),
        Example(((4, 8, 6),), {"shape": [-1]}, ((192,),), note="all in one, as Flatten"),
        Example(((84, 6),), {"shape": [-1, 21]}, ((24, 21),), note="boxes, with 21 classes each"),
    ),
)
