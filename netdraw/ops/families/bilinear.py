"""Bilinear: a product of two inputs. Formula: torch.nn.Bilinear."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Refusal, RuleError, Term, Types, define, elsewhere
from ..common import described
from .linear import bias, face, need_last, places


def _infer(attrs: Attrs, inputs: Types) -> Types:
    first, second = inputs
    need_last("Bilinear", first)
    need_last("Bilinear", second)
    if first.replace(c=1) != second.replace(c=1):
        message = f"Bilinear cannot join {described(first)} and {described(second)}; all axes but c must be equal"
        raise RuleError("ND308", message)
    return (first.replace(c=attrs["out_features"]),)


def _weight(attrs: Attrs, inputs: Types) -> tuple[tuple[str, int], ...]:
    first, second = (source.shape[-1] for source in inputs)
    return (("in1_features", first), ("in2_features", second), ("out_features", attrs["out_features"]))


def _params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term(_weight(attrs, inputs)), *bias(attrs))


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """Each weight with one product of the two inputs; these products alone are an element-wise one, and count 0."""
    return (Term((*_weight(attrs, inputs), *places(inputs[0]))),)


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
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
    infer=_infer,
    face=face,
    arity=(2, 2),
    params=_params,
    macs=_macs,
    formula=_formula,
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
