"""Linear. Formula: torch.nn.Linear."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, RuleError, Term, Types, define, elsewhere
from ..common import AXIS_NAMES, described
from ..tensor import TensorType


def need_last(op: str, source: TensorType) -> None:
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
    need_last("Linear", inputs[0])
    return (inputs[0].replace(c=attrs["out_features"]),)


def _weight(attrs: Attrs, inputs: Types) -> tuple[tuple[str, int], ...]:
    return (("in_features", inputs[0].shape[-1]), ("out_features", attrs["out_features"]))


def _params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    weight = Term(_weight(attrs, inputs))
    return (weight, *bias(attrs))


def bias(attrs: Attrs) -> Cost:
    return (Term((("bias", attrs["out_features"]),)),) if attrs["bias"] else ()


def places(source: TensorType) -> list[tuple[str, int]]:
    """The sizes of all axes but the last."""
    return [(AXIS_NAMES[axis], size) for axis, size in zip(source.axes[:-1], source.shape[:-1], strict=True)]


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term((*_weight(attrs, inputs), *places(inputs[0]))),)


def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
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
    face=face,
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
