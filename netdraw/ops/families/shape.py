"""What joins or passes on without computing: Flatten, Dropout, Identity, Concat. Sources: torch.nn, torch.cat."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Example, Face, RuleError, Types, always, define, elsewhere, same_type
from ..common import AXIS_NAMES, along_axis, described, need_axis
from ..tensor import TensorType

tick = always(Face(category="tick"))
"""The face of what has no cell by default."""


def _flatten_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    names = "·".join(f"in_{AXIS_NAMES[axis]}" for axis in inputs[0].axes)
    return (f"out_channels = {names} = {'·'.join(map(str, inputs[0].shape))} = {outputs[0]}",)


def _concat_infer(attrs: Attrs, inputs: Types) -> Types:
    axis, first = attrs["dim"], inputs[0]
    for other in inputs:
        need_axis("Concat", other, axis)
        if other.axes != first.axes or other.replace(**{axis: 0}).shape != first.replace(**{axis: 0}).shape:
            message = f"Concat along {axis} cannot join {described(first)} and {described(other)}"
            raise RuleError("ND308", f"{message}; all axes but {axis} must be equal")
    return (first.replace(**{axis: sum(other.size(axis) or 0 for other in inputs)}),)


def _concat_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    axis = attrs["dim"]
    parts = " + ".join(str(source.size(axis)) for source in inputs)
    return (f"out_{AXIS_NAMES[axis]} = {parts} = {outputs[0].size(axis)}",)


define(
    name="Flatten",
    snake="flatten",
    doc="All axes in one: an image becomes a vector.",
    attrs=(),
    infer=lambda attrs, inputs: (TensorType((inputs[0].elements,), "c", inputs[0].dtype),),
    face=tick,
    window=always(None),
    formula=_flatten_formula,
    names=elsewhere("torch.nn.Flatten", "Flatten", "Flatten", "Flatten"),
    examples=(
        Example(((512, 7, 7),), {}, ((25088,),), note="before VGG's classifier"),
        Example(((16, 8),), {}, ((128,),), note="tokens too"),
    ),
)
define(
    name="Dropout",
    snake="dropout",
    doc="Sets elements to zero at random while training; the shape stays.",
    attrs=(Attr("p", kinds.real(0, 1), default=0.5, doc="probability of an element to be zeroed"),),
    infer=same_type,
    face=tick,
    names=elsewhere("torch.nn.Dropout", "Dropout", "Dropout", "Dropout", "tf.nn.dropout", "dropout"),
    examples=(Example(((4096,),), {}, ((4096,),)), Example(((1280,),), {"p": 0.2}, ((1280,),))),
)
define(
    name="Identity",
    snake="identity",
    doc="The input, unchanged.",
    attrs=(),
    infer=same_type,
    face=tick,
    names=elsewhere("torch.nn.Identity", "Identity", "Identity", ""),
    examples=(Example(((64, 56, 56),), {}, ((64, 56, 56),)), Example(((197, 768),), {}, ((197, 768),))),
)
_INCEPTION = ((64, 28, 28), (128, 28, 28), (32, 28, 28), (32, 28, 28))
define(
    name="Concat",
    snake="concat",
    doc="Inputs behind each other along one axis; the other axes must be equal.",
    attrs=(Attr("dim", kinds.axis(), default="c", doc="the axis along which they are joined"),),
    infer=_concat_infer,
    face=along_axis("concat", "‖"),
    arity=(2, None),
    formula=_concat_formula,
    names=elsewhere("torch.cat", "Concat", "Concatenate", "Concat", "tf.concat ConcatV2", "route"),
    examples=(
        Example(_INCEPTION, {}, ((256, 28, 28),), note="inception 3a"),
        Example(((1, 768), (196, 768)), {"dim": "t"}, ((197, 768),), note="a class token before the patches"),
    ),
)
