"""From maps to tokens and back. Source: flatten(2).transpose(1, 2) of PyTorch, as arXiv:2010.11929 (ViT) has it."""

from __future__ import annotations

from math import isqrt, prod
from typing import Any

from .. import kinds
from ..base import Attr, Attrs, Example, Refusal, RuleError, Types, define, elsewhere
from ..common import SPATIAL, described, need_tokens
from ..kinds import ValueKind
from ..tensor import SIGNAL, TensorType
from .shape import tick


def _map_size() -> ValueKind:
    """A whole number for a square, or a list of 2 or 3; stored as a tuple."""
    one = kinds.integer()

    def read(value: Any) -> tuple[int, ...]:
        if not isinstance(value, list | tuple):
            return (one.read(value),) * 2
        if len(value) not in (2, 3):
            raise ValueError
        return tuple(one.read(item) for item in value)

    many = {"type": "array", "items": one.schema, "minItems": 2, "maxItems": 3}
    expects = f"{one.expects} for a square map, or a list of 2 or 3"
    return ValueKind(read, expects, {"anyOf": [one.schema, many]})


def _places(source: TensorType) -> str:
    """The axes that become one: of a map all but `c`, in order. Raises ND307 where the input is no map."""
    axes = "".join([axis for axis in source.axes if axis != "c"])
    if source.axes == SIGNAL or (len(axes) == len(source.axes) - 1 and axes and set(axes) <= set("dhw")):
        return axes
    known = {"tc": ": it has the axes already, leave it out", "c": ": write Reshape: {shape: [1, -1]} in its place"}
    message = f"Tokens needs a map, with c and spatial axes; its input is {described(source)}"
    raise RuleError("ND307", message + known.get(source.axes, ""))


def _tokens_infer(attrs: Attrs, inputs: Types) -> Types:
    source = inputs[0]
    count = prod([source.size(axis) or 0 for axis in _places(source)])
    return (TensorType((count, source.size("c") or 0), "tc", source.dtype),)


def _tokens_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    source = inputs[0]
    sizes = "·".join(str(source.size(axis)) for axis in _places(source))
    return (f"out_tokens = {sizes} = {outputs[0].shape[0]}",)


def _size(attrs: Attrs, tokens: int) -> tuple[int, ...]:
    """The sizes of the map; raises ND309 where the tokens do not fill it."""
    size, class_token = attrs["size"], "; a class token is cut off by Slice: {dim: t, start: 1}"
    if size is None:
        side = isqrt(tokens)
        if side * side != tokens:
            repair = class_token if isqrt(tokens - 1) ** 2 == tokens - 1 else ""
            raise RuleError("ND309", f"the {tokens} tokens make no square map; say its size, [h, w]{repair}", "size")
        return (side, side)
    if prod(size) != tokens:
        repair = class_token if prod(size) == tokens - 1 else ""
        product = "·".join(map(str, size))
        raise RuleError(
            "ND309", f"a map of {product} = {prod(size)} places does not hold {tokens} tokens{repair}", "size"
        )
    return tuple(size)


def _map_infer(attrs: Attrs, inputs: Types) -> Types:
    source = inputs[0]
    need_tokens("FeatureMap", source)
    size = _size(attrs, source.shape[0])
    return (TensorType((source.shape[1], *size), "c" + SPATIAL[len(size)], source.dtype),)


def _map_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    product = "·".join(map(str, outputs[0].sizes))
    return (f"{inputs[0].shape[0]} tokens = {product} places of {outputs[0].shape[0]} channels",)


# Both leave every place what it is, with what it sees: the stride of a patch embedding is that of its tokens.
define(
    name="Tokens",
    snake="tokens",
    doc="The places of a map in a row: image, volume or signal become tokens t, c, with t = h·w. In PyTorch: "
    "x.flatten(2).transpose(1, 2).",
    attrs=(),
    infer=_tokens_infer,
    face=tick,
    formula=_tokens_formula,
    names=elsewhere("torch.flatten", "", "", ""),
    examples=(
        Example(((768, 14, 14),), {}, ((196, 768),), note="the patches of ViT-B/16"),
        Example(((96, 8, 56, 56),), {}, ((25088, 96),), note="a volume"),
        Example(({"c": 80, "t": 300},), {}, ((300, 80),), note="a signal: its places are the tokens"),
        Example(({"h": 7, "w": 5, "c": 64},), {}, ((35, 64),), note="channels last"),
    ),
    refusals=(
        Refusal(
            ((197, 768),),
            {},
            "ND307",
            "Tokens needs a map, with c and spatial axes; its input is 197×768 (t, c): it has the axes already, "
            "leave it out",
        ),
        Refusal(
            ((768,),),
            {},
            "ND307",
            "Tokens needs a map, with c and spatial axes; its input is 768 (c): write Reshape: {shape: [1, -1]} "
            "in its place",
        ),
    ),
)
_TIMES = "a map of 14·14 = 196 places does not hold 197 tokens; a class token is cut off by Slice: {dim: t, start: 1}"
_SQUARE = (
    "the 197 tokens make no square map; say its size, [h, w]; a class token is cut off by Slice: {dim: t, start: 1}"
)
define(
    name="FeatureMap",
    snake="feature_map",
    doc="Tokens as a map again, row by row: t, c becomes c, h, w, with h·w = t; with three sizes c, d, h, w. In "
    "PyTorch: x.transpose(1, 2).unflatten(2, (h, w)).",
    attrs=(Attr("size", _map_size(), default=None, doc="[h, w] or [d, h, w]; by default the square of t places"),),
    infer=_map_infer,
    face=tick,
    formula=_map_formula,
    names=elsewhere("torch.unflatten", "", "", ""),
    examples=(
        Example(((196, 768),), {}, ((768, 14, 14),), note="a square"),
        Example(((35, 64),), {"size": [7, 5]}, ((64, 7, 5),)),
        Example(((25088, 96),), {"size": [8, 56, 56]}, ((96, 8, 56, 56),), note="a volume"),
    ),
    refusals=(
        Refusal(((197, 768),), {"size": 14}, "ND309", _TIMES),
        Refusal(((197, 768),), {}, "ND309", _SQUARE),
        Refusal(((35, 64),), {}, "ND309", "the 35 tokens make no square map; say its size, [h, w]"),
        Refusal(
            ((768, 14, 14),),
            {},
            "ND307",
            "FeatureMap needs the axes t, c; its input is 768×14×14 (c, h, w): write Tokens before it",
        ),
    ),
)
