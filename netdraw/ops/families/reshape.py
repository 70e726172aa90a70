"""What rearranges a tensor without computing: Permute, Reshape. Sources: torch.permute, torch.reshape."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from .. import kinds
from ..base import PASS, Attr, Attrs, Example, Refusal, RuleError, Types, Window, always, define, elsewhere
from ..common import AXIS_NAMES, described
from ..kinds import REST, ValueKind
from ..tensor import TensorType, by_length
from .shape import tick


def _sizes() -> ValueKind:
    """A list of 1 to 4 sizes, or a map from letters, of which one may be -1; stored as a tuple, or as pairs."""
    whole, named = kinds.integer(), kinds.sizes_by_letter(rest=True)

    def read(value: Any) -> tuple[Any, ...]:
        if isinstance(value, Mapping):
            return tuple(named.read(value))
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= 4 or list(value).count(REST) > 1:
            raise ValueError
        return tuple(REST if size == REST else whole.read(size) for size in value)

    one = {"anyOf": [{"const": REST}, whole.schema]}
    listed = {"type": "array", "items": one, "minItems": 1, "maxItems": 4}
    expects = "a list of 1 to 4 sizes, or a map from letters to sizes, of which one may be -1"
    return ValueKind(read, expects, {"anyOf": [listed, named.schema]})


def _wanted(attrs: Attrs) -> tuple[str, tuple[int, ...]]:
    """The axes and sizes of a Reshape's output, as they are written."""
    shape = attrs["shape"]
    if isinstance(shape[0], tuple):
        return "".join(letter for letter, _ in shape), tuple(size for _, size in shape)
    return by_length(shape).axes, shape


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
    (axes, wanted), elements = _wanted(attrs), inputs[0].elements
    known = prod(size for size in wanted if size != REST)
    given = f"the {elements} elements of {described(inputs[0])}"
    if REST in wanted:
        if elements % known:
            raise RuleError("ND309", f"{given} are no multiple of {known}, the product of the other sizes", "shape")
    elif known != elements:
        raise RuleError("ND309", f"{given} do not fill a shape of {known}; one size may be -1", "shape")
    sizes = tuple(elements // known if size == REST else size for size in wanted)
    return (TensorType(sizes, axes, inputs[0].dtype),)


def _reshape_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    source, out = inputs[0], outputs[0]
    _, wanted = _wanted(attrs)
    fixed = [size for size in wanted if size != REST]
    if len(fixed) == len(out.shape):
        return (f"{source} = {out}, {source.elements} elements",)
    found = next(axis for axis, size in zip(out.axes, wanted, strict=True) if size == REST)
    product = "·".join(map(str, source.shape))
    others = f" / ({'·'.join(map(str, fixed))})" if fixed else ""
    return (f"out_{AXIS_NAMES[found]} = {product}{others} = {out.size(found)}",)


_ORDER = kinds.axes("a list of axes by letter, each once, such as [h, w, c]")
define(
    name="Permute",
    snake="permute",
    doc="The same elements with the axes in another order; each keeps its letter.",
    attrs=(Attr("dims", _ORDER, doc="all axes of the input, in the order of the output"),),
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
    refusals=(
        Refusal(
            ((64, 7, 7),),
            {"dims": ["h", "w"]},
            "ND307",
            "dims [h, w] must name the axes of the input, 64×7×7 (c, h, w), each once",
        ),
    ),
)
define(
    name="Reshape",
    snake="reshape",
    doc="The same elements, in their order, in another shape, whose axes follow from its length: [c], [t, c], "
    "[c, h, w], [c, d, h, w]; or are written by letter.",
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
        Example(((512,),), {"shape": {"c": 512, "t": 1}}, ({"c": 512, "t": 1},), note="a signal of one place"),
    ),
    refusals=(
        Refusal(
            ((64, 7, 7),),
            {"shape": [-1, 60]},
            "ND309",
            "the 3136 elements of 64×7×7 (c, h, w) are no multiple of 60, the product of the other sizes",
        ),
        Refusal(
            ((64, 7, 7),),
            {"shape": [64, 50]},
            "ND309",
            "the 3136 elements of 64×7×7 (c, h, w) do not fill a shape of 3200; one size may be -1",
        ),
    ),
)
