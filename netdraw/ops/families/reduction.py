"""What takes axes away: Mean, Sum, Max, Min over axes by letter. Sources: torch.mean, sum, amax, amin."""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import PASS, Attr, Attrs, Example, Face, Refusal, RuleError, Types, Window, define, elsewhere
from ..common import described, need_axis
from ..tensor import TensorType


def _reduced(name: str) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        source, dims = inputs[0], attrs["dim"]
        for axis in dims:
            need_axis(name, source, axis)
        if attrs["keepdim"]:
            return (source.replace(**dict.fromkeys(dims, 1)),)
        kept = [(axis, size) for axis, size in zip(source.axes, source.shape, strict=True) if axis not in dims]
        if not kept:
            message = f"{name} over all axes of {described(source)} leaves a bare number"
            raise RuleError("ND309", f"{message}; keepdim: true leaves them with size 1", "dim")
        return (TensorType(tuple(size for _, size in kept), "".join(axis for axis, _ in kept), source.dtype),)

    return infer


def _window(attrs: Attrs, inputs: Types) -> Window | None:
    """Over channels alone every place is by itself; else an element sees all of an axis."""
    return PASS if attrs["dim"] == "c" else None


def _face(category: str, kernel: str) -> Callable[[Attrs, Types, Types], Face]:
    def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
        everywhere = {*attrs["dim"], "c"} == set(inputs[0].axes) and "c" not in attrs["dim"]
        axis = "" if everywhere else ", ".join(attrs["dim"])
        return Face(category, kernel, label="global" if everywhere else "", axis=axis)

    return face


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    return (f"{described(inputs[0])} without {', '.join(attrs['dim'])} = {outputs[0]}",)


def _reduction(name: str, word: str, category: str, kernel: str, names: tuple[str, ...]) -> None:
    """An op that makes one number of all along some axes; `word` is that number, `names` are those elsewhere."""
    kept = {"dim": "c", "keepdim": True}
    define(
        name=name,
        snake=name.lower(),
        doc=f"The {word} over axes by letter, which are then gone, or of size 1.",
        attrs=(
            Attr("dim", kinds.axes(), doc="the axes that are taken away: [h, w], or t"),
            Attr("keepdim", kinds.boolean(), default=False, doc="whether they stay, with size 1"),
        ),
        infer=_reduced(name),
        face=_face(category, kernel),
        window=_window,
        formula=_formula,
        names=elsewhere(*names),
        examples=(
            Example(((2048, 7, 7),), {"dim": ["h", "w"]}, ((2048,),), note="over all places of an image: a vector"),
            Example(((196, 768),), {"dim": "t"}, ((768,),), note="over all tokens"),
            Example(((64, 28, 28),), kept, ((1, 28, 28),), note="over the channels of each place"),
        ),
        refusals=(
            Refusal(
                ((197, 768),),
                {"dim": ["h", "w"]},
                "ND307",
                f"{name} acts along h; its input 197×768 (t, c) has no such axis",
            ),
            Refusal(
                ((512,),),
                {"dim": "c"},
                "ND309",
                f"{name} over all axes of 512 (c) leaves a bare number; keepdim: true leaves them with size 1",
            ),
        ),
    )


_reduction("Mean", "mean", "pool.avg", "", ("torch.mean", "ReduceMean", "", "Reduction", "tf.reduce_mean"))
_reduction("Sum", "sum", "pool.sum", "Σ", ("torch.sum", "ReduceSum", "", "", "tf.reduce_sum"))
_reduction("Max", "largest", "pool.max", "", ("torch.amax torch.max", "ReduceMax", "", "", "tf.reduce_max"))
_reduction("Min", "smallest", "pool.min", "min", ("torch.amin torch.min", "ReduceMin", "", "", "tf.reduce_min"))
