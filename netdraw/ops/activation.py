"""Activations and Softmax. Definitions: torch.nn."""

from __future__ import annotations

from collections.abc import Callable

from . import kinds
from .base import PASS, Attr, Attrs, Cost, Example, Face, OpDef, RuleError, Term, Types, Window, register, same_type
from .common import need_axis, other_than, plural

Names = tuple[str, ...]


def _face(name: str) -> Callable[[Attrs, Types, Types], Face]:
    face = Face(category="activation", label=name)
    return lambda attrs, inputs, outputs: face


def _activation(
    name: str, snake: str, doc: str, onnx: Names, keras: Names, caffe: Names, attrs: tuple[Attr, ...] = ()
) -> OpDef:
    """An element-wise function that learns nothing."""
    values = {attr.name: attr.default for attr in attrs}
    return OpDef(
        name=name,
        snake=snake,
        doc=doc,
        attrs=attrs,
        infer=same_type,
        face=_face(name),
        fuse="activation",
        names={"pytorch": (f"torch.nn.{name}",), "onnx": onnx, "keras": keras, "caffe": caffe},
        examples=(Example(((64, 56, 56),), values, ((64, 56, 56),)), Example(((1000,),), values, ((1000,),))),
    )


_SLOPE = Attr("negative_slope", kinds.real(), default=0.01, doc="slope below zero")

for _op in (
    _activation("ReLU", "relu", "max(0, x).", ("Relu",), ("ReLU",), ("ReLU",)),
    _activation("ReLU6", "relu6", "min(max(0, x), 6).", ("Clip",), ("ReLU",), ()),
    _activation(
        "LeakyReLU",
        "leaky_relu",
        "x above zero, negative_slope · x below.",
        ("LeakyRelu",),
        ("LeakyReLU",),
        ("ReLU",),
        (_SLOPE,),
    ),
    _activation("Hardswish", "hardswish", "x · ReLU6(x + 3) / 6.", ("HardSwish",), ("hard_swish",), ()),
    _activation("Hardsigmoid", "hardsigmoid", "ReLU6(x + 3) / 6.", ("HardSigmoid",), ("hard_sigmoid",), ()),
    _activation("SiLU", "silu", "x · sigmoid(x), also called swish.", ("Swish",), ("silu", "swish"), ("Swish",)),
    _activation("Sigmoid", "sigmoid", "1 / (1 + exp(−x)).", ("Sigmoid",), ("sigmoid",), ("Sigmoid",)),
    _activation("Tanh", "tanh", "The hyperbolic tangent.", ("Tanh",), ("tanh",), ("TanH",)),
    _activation("GELU", "gelu", "x · Φ(x), Φ the normal distribution's.", ("Gelu",), ("gelu",), ()),
):
    register(_op)


def _prelu_infer(attrs: Attrs, inputs: Types) -> Types:
    channels, slopes = need_axis("PReLU", inputs[0], "c"), attrs["num_parameters"]
    if slopes not in (1, channels):
        message = f"num_parameters {slopes} does not fit {plural(channels, 'channel')}; use 1 or {channels}"
        raise RuleError("ND309", message, "num_parameters")
    return inputs


def _prelu_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term((("slopes", attrs["num_parameters"]),)),)


register(
    OpDef(
        name="PReLU",
        snake="prelu",
        doc="x above zero, a · x below, where a is learned: one for all channels, or one each.",
        attrs=(
            Attr("num_parameters", kinds.integer(), default=1, doc="how many slopes are learned: 1, or one a channel"),
        ),
        infer=_prelu_infer,
        face=_face("PReLU"),
        follows=("num_parameters",),
        params=_prelu_params,
        fuse="activation",
        names={"pytorch": ("torch.nn.PReLU",), "onnx": ("PRelu",), "keras": ("PReLU",), "caffe": ("PReLU",)},
        examples=(
            Example(((64, 56, 56),), {}, ((64, 56, 56),), params=1, note="one slope"),
            Example(((64, 56, 56),), {"num_parameters": 64}, ((64, 56, 56),), params=64, note="one a channel"),
        ),
    )
)


def _softmax_infer(attrs: Attrs, inputs: Types) -> Types:
    need_axis("Softmax", inputs[0], attrs["dim"])
    return inputs


def _softmax_window(attrs: Attrs, inputs: Types) -> Window | None:
    """Along the channels every place is by itself; along any other axis each element sees the whole axis."""
    return PASS if attrs["dim"] == "c" else None


def _softmax_face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    axis = attrs["dim"]
    return Face(category="softmax", out=str(inputs[0].size(axis)), axis=other_than("c", axis))


register(
    OpDef(
        name="Softmax",
        snake="softmax",
        doc="exp(x) / sum of exp(x) along an axis: positive, and 1 in sum.",
        attrs=(Attr("dim", kinds.axis(), default="c", doc="the axis that sums to 1"),),
        infer=_softmax_infer,
        face=_softmax_face,
        window=_softmax_window,
        names={"pytorch": ("torch.nn.Softmax",), "onnx": ("Softmax",), "keras": ("Softmax",), "caffe": ("Softmax",)},
        examples=(
            Example(((1000,),), {}, ((1000,),), note="classes"),
            Example(((21, 64, 64),), {}, ((21, 64, 64),), note="classes at every place"),
            Example(((16, 100),), {"dim": "t"}, ((16, 100),), note="along the tokens"),
        ),
    )
)
