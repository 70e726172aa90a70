"""Activations that few networks have, LogSoftmax, and GLU, which halves an axis. Definitions: torch.nn."""

from __future__ import annotations

from .. import kinds
from ..base import PASS, Attr, Attrs, Example, Face, Refusal, RuleError, Types, define, elsewhere
from ..common import AXIS_NAMES, along, along_axis, need_axis
from .activation import activation

_ALPHA = Attr("alpha", kinds.real(), default=1.0, doc="what is reached far below zero, with a minus")
_LEAST = Attr("min_val", kinds.real(), default=-1.0, doc="the least that comes out")
_MOST = Attr("max_val", kinds.real(), default=1.0, doc="the most that comes out")
_BETA = Attr("beta", kinds.real(), default=1.0, doc="how sharp the bend is")
_THRESHOLD = Attr("threshold", kinds.real(), default=20.0, doc="beta · x from which on it is x")

activation(
    "ELU", "elu", "x above zero, alpha · (exp(x) − 1) below.", ("Elu", "ELU elu", "ELU", "tf.nn.elu", "elu"), _ALPHA
)
activation(
    "SELU", "selu", "An ELU scaled so that mean and variance are kept.", ("Selu", "selu", "", "tf.nn.selu", "selu")
)
activation("CELU", "celu", "x above zero, alpha · (exp(x / alpha) − 1) below.", ("Celu", "celu", ""), _ALPHA)
activation("Mish", "mish", "x · tanh(softplus(x)).", ("Mish", "mish", "", "", "mish"))
activation("Softplus", "softplus", "log(1 + exp(beta · x)) / beta.", ("Softplus", "softplus", ""), _BETA, _THRESHOLD)
activation("Softsign", "softsign", "x / (1 + |x|).", ("Softsign", "softsign", "", "tf.nn.softsign"))
activation("LogSigmoid", "log_sigmoid", "log(1 / (1 + exp(−x))).", ("", "log_sigmoid", "", "tf.math.log_sigmoid"))


def _between(attrs: Attrs, inputs: Types) -> Types:
    if attrs["min_val"] >= attrs["max_val"]:
        message = f"min_val {attrs['min_val']:g} must be smaller than max_val {attrs['max_val']:g}"
        raise RuleError("ND309", message, "min_val")
    return inputs


activation(
    "Hardtanh",
    "hardtanh",
    "x between min_val and max_val, these beyond them.",
    ("", "hard_tanh", "", "", "hardtan"),
    _LEAST,
    _MOST,
    infer=_between,
    refusals=(
        Refusal(((64, 56, 56),), {"min_val": 2, "max_val": 1}, "ND309", "min_val 2 must be smaller than max_val 1"),
    ),
)


def _log_infer(attrs: Attrs, inputs: Types) -> Types:
    need_axis("LogSoftmax", inputs[0], attrs["dim"])
    return inputs


define(
    name="LogSoftmax",
    snake="log_softmax",
    doc="The logarithm of Softmax along an axis.",
    attrs=(Attr("dim", kinds.axis(), default="c", doc="the axis along which the exponentials sum to 1"),),
    infer=_log_infer,
    face=along_axis("softmax", "log"),
    # As Softmax: along the channels every place is by itself.
    window=lambda attrs, inputs: PASS if attrs["dim"] == "c" else None,
    names=elsewhere("torch.nn.LogSoftmax", "LogSoftmax", "log_softmax", "", "tf.nn.log_softmax"),
    examples=(
        Example(((1000,),), {}, ((1000,),), note="classes"),
        Example(((21, 64, 64),), {}, ((21, 64, 64),), note="classes at every place"),
    ),
    refusals=(
        Refusal(((512,),), {"dim": "t"}, "ND307", "LogSoftmax acts along t; its input 512 (c) has no such axis"),
    ),
)


def _glu_infer(attrs: Attrs, inputs: Types) -> Types:
    axis = attrs["dim"]
    size = need_axis("GLU", inputs[0], axis)
    if size % 2:
        raise RuleError(
            "ND310", f"GLU halves {axis}, and its size {size} is odd; the layer before gives both halves", "dim"
        )
    return (inputs[0].replace(**{axis: size // 2}),)


def _glu_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    axis = attrs["dim"]
    size = inputs[0].size(axis)
    return (f"out_{AXIS_NAMES[axis]} = in / 2 = {size} / 2 = {outputs[0].size(axis)}",)


define(
    name="GLU",
    snake="glu",
    doc="A gated linear unit: the first half of an axis times the sigmoid of the second.",
    attrs=(Attr("dim", kinds.axis(), default="c", doc="the axis that is halved; PyTorch's default is its last"),),
    infer=_glu_infer,
    # A cell of its own: in the cell before it, twice the channels that go on would be told.
    face=lambda attrs, inputs, outputs: Face("activation.gated", label="GLU", axis=along(attrs["dim"])),
    formula=_glu_formula,
    names=elsewhere("torch.nn.GLU", "", "glu", ""),
    examples=(
        Example(((4096,),), {}, ((2048,),)),
        Example(({"c": 512, "t": 100},), {}, ({"c": 256, "t": 100},), note="channels of a signal"),
        Example(((196, 768),), {"dim": "t"}, ((98, 768),), note="along the tokens"),
    ),
    refusals=(
        Refusal(((63, 8, 8),), {}, "ND310", "GLU halves c, and its size 63 is odd; the layer before gives both halves"),
        Refusal(((512,),), {"dim": "t"}, "ND307", "GLU acts along t; its input 512 (c) has no such axis"),
    ),
)
