"""Activations and Softmax. Definitions: torch.nn."""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import (
    PASS,
    Attr,
    Attrs,
    Example,
    Face,
    Refusal,
    RuleError,
    Term,
    Types,
    always,
    define,
    elsewhere,
    same_type,
)
from ..common import along_axis, need_axis


def activation(
    name: str,
    snake: str,
    doc: str,
    others: tuple[str, ...],
    *attrs: Attr,
    infer: Callable[[Attrs, Types], Types] = same_type,
    refusals: tuple[Refusal, ...] = (),
) -> None:
    """An element-wise function that learns nothing; `others` are its names from ONNX on."""
    values = {attr.name: attr.default for attr in attrs}
    define(
        name=name,
        snake=snake,
        doc=doc,
        attrs=attrs,
        infer=infer,
        face=always(Face(category="activation", label=name)),
        fuse="activation",
        names=elsewhere(f"torch.nn.{name}", *others),
        examples=(Example(((64, 56, 56),), values, ((64, 56, 56),)), Example(((1000,),), values, ((1000,),))),
        refusals=refusals,
    )


_SLOPE = Attr("negative_slope", kinds.real(), default=0.01, doc="slope below zero")
_LEAKY = "x above zero, negative_slope · x below."

activation("ReLU", "relu", "max(0, x).", ("Relu", "ReLU", "ReLU", "tf.nn.relu", "relu"))
activation("ReLU6", "relu6", "min(max(0, x), 6).", ("Clip", "ReLU", "", "tf.nn.relu6", "relu6"))
activation("LeakyReLU", "leaky_relu", _LEAKY, ("LeakyRelu", "LeakyReLU", "ReLU", "tf.nn.leaky_relu", "leaky"), _SLOPE)
activation("Hardswish", "hardswish", "x · ReLU6(x + 3) / 6.", ("HardSwish", "hard_swish", ""))
activation("Hardsigmoid", "hardsigmoid", "ReLU6(x + 3) / 6.", ("HardSigmoid", "hard_sigmoid", ""))
activation(
    "SiLU", "silu", "x · sigmoid(x), also called swish.", ("Swish", "silu swish", "Swish", "tf.nn.silu", "swish")
)
activation("Sigmoid", "sigmoid", "1 / (1 + exp(−x)).", ("Sigmoid", "sigmoid", "Sigmoid", "tf.sigmoid", "logistic"))
activation("Tanh", "tanh", "The hyperbolic tangent.", ("Tanh", "tanh", "TanH", "tf.tanh", "tanh"))
activation(
    "GELU",
    "gelu",
    "x · Φ(x), Φ the normal distribution's.",
    ("Gelu", "gelu", "", "tf.nn.gelu", "gelu"),
    Attr("approximate", kinds.choice("none", "tanh"), default="none", doc="whether Φ is approximated by tanh"),
)


def _prelu_infer(attrs: Attrs, inputs: Types) -> Types:
    channels, slopes = need_axis("PReLU", inputs[0], "c"), attrs["num_parameters"]
    if slopes not in (1, channels):
        count = "1 channel" if channels == 1 else f"{channels} channels"
        message = f"num_parameters {slopes} does not fit {count}; use 1 or {channels}"
        raise RuleError("ND309", message, "num_parameters")
    return inputs


define(
    name="PReLU",
    snake="prelu",
    doc="x above zero, a · x below, where a is learned: one for all channels, or one each.",
    attrs=(Attr("num_parameters", kinds.integer(), default=1, doc="how many slopes are learned: 1, or one a channel"),),
    infer=_prelu_infer,
    face=always(Face(category="activation", label="PReLU")),
    follows=("num_parameters",),
    params=lambda attrs, inputs, outputs: (Term((("slopes", attrs["num_parameters"]),)),),
    fuse="activation",
    names=elsewhere("torch.nn.PReLU", "PRelu", "PReLU", "PReLU"),
    examples=(
        Example(((64, 56, 56),), {}, ((64, 56, 56),), params=1, note="one slope"),
        Example(((64, 56, 56),), {"num_parameters": 64}, ((64, 56, 56),), params=64, note="one a channel"),
    ),
    refusals=(
        Refusal(
            ((64, 56, 56),),
            {"num_parameters": 3},
            "ND309",
            "num_parameters 3 does not fit 64 channels; use 1 or 64",
        ),
    ),
)


def _softmax_infer(attrs: Attrs, inputs: Types) -> Types:
    need_axis("Softmax", inputs[0], attrs["dim"])
    return inputs


define(
    name="Softmax",
    snake="softmax",
    doc="exp(x) / sum of exp(x) along an axis: positive, and 1 in sum.",
    attrs=(Attr("dim", kinds.axis(), default="c", doc="the axis that sums to 1"),),
    infer=_softmax_infer,
    face=along_axis("softmax"),
    # Along the channels every place is by itself; along any other axis each element sees the whole axis.
    window=lambda attrs, inputs: PASS if attrs["dim"] == "c" else None,
    names=elsewhere("torch.nn.Softmax", "Softmax", "Softmax", "Softmax", "tf.nn.softmax", "softmax"),
    examples=(
        Example(((1000,),), {}, ((1000,),), note="classes"),
        Example(((21, 64, 64),), {}, ((21, 64, 64),), note="classes at every place"),
        Example(((16, 100),), {"dim": "t"}, ((16, 100),), note="along the tokens"),
    ),
    refusals=(Refusal(((512,),), {"dim": "h"}, "ND307", "Softmax acts along h; its input 512 (c) has no such axis"),),
)
