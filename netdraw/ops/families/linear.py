"""Linear, Bilinear. Formulas: torch.nn.Linear, torch.nn.Bilinear."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Refusal, RuleError, Term, Types, define, elsewhere
from ..common import AXIS_NAMES, described
from ..tensor import TensorType


def _need_last(op: str, source: TensorType) -> None:
    """Raises ND306 for an image, ND307 where `c` is not the last axis."""
    if source.axes in ("chw", "cdhw"):
        message = f"{op} acts on a vector or on tokens, not on an image, {source}; write Flatten before it"
        raise RuleError("ND306", message)
    if source.axes[-1:] != "c":
        message = f"{op} acts on the last axis, which must be c; its input is {described(source)}"
        order = ", ".join(sorted(source.axes, key=lambda axis: axis == "c"))
        repair = f": write Permute: {{dims: [{order}]}} before it" if "c" in order else ""
        raise RuleError("ND307", message + repair)


def _infer(attrs: Attrs, inputs: Types) -> Types:
    _need_last("Linear", inputs[0])
    return (inputs[0].replace(c=attrs["out_features"]),)


def _weight(attrs: Attrs, inputs: Types) -> tuple[tuple[str, int], ...]:
    return (("in_features", inputs[0].shape[-1]), ("out_features", attrs["out_features"]))


def _params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    weight = Term(_weight(attrs, inputs))
    return (weight, *_bias(attrs))


def _bias(attrs: Attrs) -> Cost:
    return (Term((("bias", attrs["out_features"]),)),) if attrs["bias"] else ()


def _places(source: TensorType) -> list[tuple[str, int]]:
    """The sizes of all axes but the last."""
    return [(AXIS_NAMES[axis], size) for axis, size in zip(source.axes[:-1], source.shape[:-1], strict=True)]


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term((*_weight(attrs, inputs), *_places(inputs[0]))),)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    return Face(category="linear", out=str(attrs["out_features"]), into=str(inputs[0].shape[-1]))


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    return (f"out_channels = out_features = {attrs['out_features']}, from {inputs[0].shape[-1]}",)


_CLASSES, _WIDER = {"out_features": 1000}, {"out_features": 3072, "bias": False}
_TOKENS = "on 197 tokens: the weights once, the products for each"

define(
    name="Linear",
    snake="linear",
    doc="A fully connected layer: on a vector, or along the last axis on every place by itself.",
    attrs=(
        Attr("out_features", kinds.integer(), doc="width of the output"),
        Attr("bias", kinds.boolean(), default=True, doc="whether an offset is learned"),
    ),
    infer=_infer,
    face=_face,
    params=_params,
    macs=_macs,
    formula=_formula,
    fuse="anchor",
    inferred=("in_features",),
    widths=("out_features",),
    names=elsewhere("torch.nn.Linear", "Gemm MatMul", "Dense", "InnerProduct", "tf.linalg.matmul", "connected"),
    examples=(
        Example(((1280,),), _CLASSES, ((1000,),), params=1281000, macs=1280000, note="MobileNetV2's classifier"),
        Example(((197, 768),), _WIDER, ((197, 3072),), params=2359296, macs=464781312, note=_TOKENS),
    ),
)


def _bilinear_infer(attrs: Attrs, inputs: Types) -> Types:
    first, second = inputs
    _need_last("Bilinear", first)
    _need_last("Bilinear", second)
    if first.replace(c=1) != second.replace(c=1):
        message = f"Bilinear cannot join {described(first)} and {described(second)}; all axes but c must be equal"
        raise RuleError("ND308", message)
    return (first.replace(c=attrs["out_features"]),)


def _bilinear_weight(attrs: Attrs, inputs: Types) -> tuple[tuple[str, int], ...]:
    first, second = (source.shape[-1] for source in inputs)
    return (("in1_features", first), ("in2_features", second), ("out_features", attrs["out_features"]))


def _bilinear_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term(_bilinear_weight(attrs, inputs)), *_bias(attrs))


def _bilinear_macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """Each weight with one product of the two inputs; these products alone are an element-wise one, and count 0."""
    return (Term((*_bilinear_weight(attrs, inputs), *_places(inputs[0]))),)


def _bilinear_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    first, second = (source.shape[-1] for source in inputs)
    return (f"out_channels = out_features = {attrs['out_features']}, from {first} and {second}",)


_OUT = {"out_features": 40}

define(
    name="Bilinear",
    snake="bilinear",
    doc="A fully connected layer of the products of two inputs, each element of one with each of the other.",
    attrs=(
        Attr("out_features", kinds.integer(), doc="width of the output"),
        Attr("bias", kinds.boolean(), default=True, doc="whether an offset is learned"),
    ),
    infer=_bilinear_infer,
    face=_face,
    arity=(2, 2),
    params=_bilinear_params,
    macs=_bilinear_macs,
    formula=_bilinear_formula,
    fuse="anchor",
    inferred=("in1_features", "in2_features"),
    widths=("out_features",),
    names=elsewhere("torch.nn.Bilinear", "", "", ""),
    examples=(
        Example(((20,), (30,)), _OUT, ((40,),), params=24040, macs=24000, note="PyTorch's example"),
        Example(((7, 20), (7, 30)), {**_OUT, "bias": False}, ((7, 40),), params=24000, macs=168000, note="on 7 tokens"),
    ),
    refusals=(
        Refusal(
            ((7, 20), (30,)),
            _OUT,
            "ND308",
            "Bilinear cannot join 7×20 (t, c) and 30 (c); all axes but c must be equal",
        ),
        Refusal(
            ((20, 4, 4), (30,)),
            _OUT,
            "ND306",
            "Bilinear acts on a vector or on tokens, not on an image, 20×4×4; write Flatten before it",
        ),
        Refusal(((20,),), _OUT, "ND311", "Bilinear takes 2 inputs, not 1"),
    ),
)
