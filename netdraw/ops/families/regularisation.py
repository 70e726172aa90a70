"""What deep networks are trained with: dropouts of other kinds, DropPath, LayerScale.

Sources: torch.nn.Dropout1d to 3d, torch.nn.AlphaDropout; arXiv:1603.09382 (stochastic depth); arXiv:2103.17239 (CaiT).
"""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Refusal, Term, Types, always, define, elsewhere, same_type
from ..common import need_axis, need_spatial
from ..tensor import Shape
from .shape import tick

_P = "probability of a channel to be zeroed"


def _on_maps(name: str, rank: int) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        need_spatial(name, inputs[0], rank)
        return inputs

    return infer


def _dropout(rank: int, what: str, shape: Shape, keras: str) -> None:
    name = f"Dropout{rank}d"
    axes = ", ".join(("c", *("t", "hw", "dhw")[rank - 1]))
    define(
        name=name,
        snake=f"dropout{rank}d",
        doc=f"Sets whole channels of {what} to zero at random while training; the shape stays.",
        attrs=(Attr("p", kinds.real(0, 1), default=0.5, doc=_P),),
        infer=_on_maps(name, rank),
        face=tick,
        names=elsewhere(f"torch.nn.{name}", "", keras, ""),
        examples=(Example((shape,), {}, (shape,)), Example((shape,), {"p": 0.1}, (shape,))),
        refusals=(
            Refusal(((9,),), {}, "ND307", f"{name} needs the axes {axes}; its input is 9 (c): put it before Flatten"),
        ),
    )


_dropout(1, "a signal", {"c": 64, "t": 400}, "SpatialDropout1D")
_dropout(2, "an image", {"c": 64, "h": 28, "w": 28}, "SpatialDropout2D")
_dropout(3, "a volume", {"c": 64, "d": 8, "h": 28, "w": 28}, "SpatialDropout3D")

define(
    name="AlphaDropout",
    snake="alpha_dropout",
    doc="Dropout that keeps mean and variance, for networks with SELU; the shape stays.",
    attrs=(Attr("p", kinds.real(0, 1), default=0.5, doc="probability of an element to be dropped"),),
    infer=same_type,
    face=tick,
    names=elsewhere("torch.nn.AlphaDropout", "", "AlphaDropout", ""),
    examples=(Example(((512,),), {}, ((512,),)), Example(((64, 28, 28),), {"p": 0.05}, ((64, 28, 28),))),
)
define(
    name="DropPath",
    snake="drop_path",
    doc="Stochastic depth: leaves out a whole branch of a residual for a sample at random while training. It stands "
    "last in the branch; the shape stays.",
    attrs=(Attr("p", kinds.real(0, 1), default=0.0, doc="probability that the branch is left out"),),
    infer=same_type,
    face=tick,
    names=elsewhere("torchvision.ops.StochasticDepth timm.layers.DropPath", "", "", ""),
    examples=(
        Example(((197, 768),), {"p": 0.1}, ((197, 768),), note="tokens"),
        Example(((96, 56, 56),), {"p": 0.2}, ((96, 56, 56),), note="an image"),
    ),
)


def _scale_infer(attrs: Attrs, inputs: Types) -> Types:
    need_axis("LayerScale", inputs[0], "c")
    return inputs


def _scale_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term((("scale", inputs[0].size("c") or 0),)),)


define(
    name="LayerScale",
    snake="layer_scale",
    doc="A learned factor for each channel, wherever c stands, which is small at first: the last of a residual branch.",
    attrs=(Attr("init_value", kinds.real(), default=1e-5, doc="what the factors are at first"),),
    infer=_scale_infer,
    face=always(Face(category="mul.scale", kernel="γ")),
    params=_scale_params,
    # As the scale of a norm: one with the Linear or convolution before it, a cell of its own behind anything else.
    fuse="norm",
    names=elsewhere("timm.layers.LayerScale", "", "LayerScale", ""),
    examples=(
        Example(((197, 384),), {}, ((197, 384),), params=384, note="CaiT"),
        Example(((96, 56, 56),), {"init_value": 1e-6}, ((96, 56, 56),), params=96, note="ConvNeXt"),
    ),
    refusals=(Refusal(({"t": 64},), {}, "ND307", "LayerScale acts along c; its input 64 (t) has no such axis"),),
)
