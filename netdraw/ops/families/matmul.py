"""The product of two matrices that a network computes itself, as in attention. Source: torch.matmul."""

from __future__ import annotations

from ..base import Attrs, Cost, Example, Face, Refusal, RuleError, Term, Types, always, define, elsewhere
from ..common import AXIS_NAMES, described
from ..tensor import TensorType


def _infer(attrs: Attrs, inputs: Types) -> Types:
    first, second = inputs
    given = f"{described(first)} and {described(second)}"
    if len(first.axes) < 2 or len(second.axes) != len(first.axes):
        message = f"MatMul needs two inputs with equally many axes, two or more; they are {given}"
        raise RuleError("ND307", message + _unsqueezed(first, second))
    if first.shape[-1] != second.shape[-2]:
        inner = f"{first.axes[-1]} of the first is {first.shape[-1]}, {second.axes[-2]} of the second"
        message = f"MatMul cannot multiply {given}: {inner} is {second.shape[-2]}"
        raise RuleError("ND308", f"{message}; the last axis of the first is summed with the last but one of the second")
    pairs = list(zip(first.axes[:-2], first.shape[:-2], second.shape[:-2], strict=True))
    unequal = [f"{AXIS_NAMES[axis]} {a} and {b}" for axis, a, b in pairs if a != b and 1 not in (a, b)]
    if unequal:
        raise RuleError("ND308", f"MatMul cannot join {given}: {', '.join(unequal)}; sizes must be equal, or 1")
    outer = tuple(max(a, b) for _, a, b in pairs)
    return (TensorType((*outer, first.shape[-2], second.shape[-1]), first.axes, first.dtype),)


def _unsqueezed(first: TensorType, second: TensorType) -> str:
    """What to write where one of the two is a vector."""
    vector = next((kind for kind in (first, second) if kind.axes == "c"), None)
    return f": write Reshape: {{shape: [1, -1]}} before {described(vector)}" if vector else ""


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """One product for each element of the output and each of the inner axis."""
    out = outputs[0]
    outer = [(AXIS_NAMES[axis], size) for axis, size in zip(out.axes[:-1], out.shape[:-1], strict=True)]
    return (Term((("inner", inputs[0].shape[-1]), *outer, ("columns", out.shape[-1]))),)


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    first, second = inputs
    return (f"{described(first)} · {described(second)} = {outputs[0]}, summed over {first.shape[-1]}",)


_LAST = "the last axis of the first is summed with the last but one of the second"
define(
    name="MatMul",
    snake="mat_mul",
    doc="The matrix product of two inputs: the last axis of the first with the last but one of the second, whatever "
    "their letters; further axes stand before and are equal, or 1. The output has the first input's letters: scores "
    "of t queries are t, c, where c counts the keys.",
    attrs=(),
    infer=_infer,
    face=always(Face(category="matmul", kernel="·")),
    arity=(2, 2),
    macs=_macs,
    counts="matmul",
    window=always(None),  # each element depends on a whole row and a whole column
    formula=_formula,
    names=elsewhere("torch.matmul torch.bmm", "MatMul", "Dot", "", "tf.linalg.matmul BatchMatMul BatchMatMulV2"),
    examples=(
        Example(((196, 64), {"c": 64, "t": 49}), {}, ((196, 49),), macs=614656, note="196 queries, 49 keys: scores"),
        Example(((196, 49), (49, 64)), {}, ((196, 64),), macs=614656, note="and the values, weighted by these"),
        Example(
            ({"d": 12, "t": 197, "c": 64}, {"d": 12, "c": 64, "t": 197}),
            {},
            ({"d": 12, "t": 197, "c": 197},),
            macs=29805312,
            note="12 heads of ViT-B/16, along d",
        ),
    ),
    refusals=(
        Refusal(
            ((196, 64), (49, 64)),
            {},
            "ND308",
            "MatMul cannot multiply 196×64 (t, c) and 49×64 (t, c): c of the first is 64, t of the second is 49; "
            f"{_LAST}",
        ),
        Refusal(
            ((196, 64), (64,)),
            {},
            "ND307",
            "MatMul needs two inputs with equally many axes, two or more; they are 196×64 (t, c) and 64 (c): "
            "write Reshape: {shape: [1, -1]} before 64 (c)",
        ),
        Refusal(
            ((3, 5, 4), (2, 4, 6)),
            {},
            "ND308",
            "MatMul cannot join 3×5×4 (c, h, w) and 2×4×6 (c, h, w): channels 3 and 2; sizes must be equal, or 1",
        ),
    ),
)
