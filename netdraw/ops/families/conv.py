"""Conv2d, and what makes a convolution of any rank. Formulas: torch.nn.Conv2d.

The rules read the rank from `kernel_size`, so that another rank is one more call of `convolution`.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import kinds
from ..base import (
    Attr,
    Attrs,
    Cost,
    Example,
    Face,
    OpDef,
    Refusal,
    RuleError,
    Term,
    Types,
    elsewhere,
    every,
    registered,
)
from ..common import SIDE_NAMES, fit, need_spatial, sizes_text, sliding, times, window_formula, window_sizes
from ..tensor import TensorType


def check_groups(attrs: Attrs, channels: int) -> dict[str, int]:
    """Raises ND304 where the groups do not divide the channels of both sides; gives no sizes."""
    groups, out = attrs["groups"], attrs["out_channels"]
    for count, what in ((channels, "input channels"), (out, "out_channels")):
        if count % groups:
            message = f"groups {groups} does not divide the {count} {what}; both must be a multiple of it"
            raise RuleError("ND304", message, "groups")
    return {}


def infer(attrs: Attrs, inputs: Types) -> Types:
    source, rank = inputs[0], len(attrs["kernel_size"])
    need_spatial(f"Conv{rank}d", source, rank)
    return (convolved(attrs, source),)


def convolved(attrs: Attrs, source: TensorType) -> TensorType:
    """What a convolution makes of an input with its axes; raises ND304 and ND305."""
    if attrs["groups"] == 1:  # nothing to divide: most have one
        return source.replace(c=attrs["out_channels"], **window_sizes(attrs, source))
    _, sizes = every(lambda: check_groups(attrs, source.shape[0]), lambda: window_sizes(attrs, source))
    return source.replace(c=attrs["out_channels"], **sizes)


def weight_factors(attrs: Attrs, inputs: Types) -> tuple[tuple[str, int], ...]:
    """The factors of the weight: kernel × in_channels / groups × out_channels."""
    source, groups = inputs[0], attrs["groups"]
    into = ("in_channels", source.shape[0]) if groups == 1 else ("in_channels/groups", source.shape[0] // groups)
    sides = zip(source.spatial, attrs["kernel_size"], strict=True)
    return (*((f"kernel_{SIDE_NAMES[axis]}", k) for axis, k in sides), into, ("out_channels", attrs["out_channels"]))


def params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """Weight, and one bias a channel."""
    weight = Term(weight_factors(attrs, inputs))
    return (weight, Term((("bias", attrs["out_channels"]),))) if attrs["bias"] else (weight,)


def macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    out = outputs[0]
    places = ((f"out_{SIDE_NAMES[axis]}", size) for axis, size in zip(out.axes[1:], out.shape[1:], strict=True))
    return (Term((*weight_factors(attrs, inputs), *places)),)


def _category(attrs: Attrs, channels: int) -> str:
    kernel, groups = attrs["kernel_size"], attrs["groups"]
    if groups > 1:
        return "conv.depthwise" if groups == channels else "conv.group"
    if len(kernel) == 2 and min(kernel) == 1 < max(kernel):
        return "conv.row" if kernel[0] == 1 else "conv.column"
    return "conv"


def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    channels, kernel = inputs[0].shape[0], attrs["kernel_size"]
    category = _category(attrs, channels)
    return Face(
        category=category,
        # A lying or standing cell says by its outline which side is 1.
        kernel=str(max(kernel)) if category in ("conv.row", "conv.column") else sizes_text(kernel),
        size=times(kernel),
        out=str(attrs["out_channels"]),
        into=str(channels),
        stride=sizes_text(attrs["stride"], 1, "/"),
        groups=str(attrs["groups"]) if category == "conv.group" else "",
        dilation=sizes_text(attrs["dilation"], 1),
        padding=fit(attrs)[0],
    )


def weighing(rank: int, stride: str, *padding: Attr) -> tuple[Attr, ...]:
    """The attributes of what has a kernel over `rank` axes: what its stride does, and its own way to pad."""
    return (
        Attr("out_channels", kinds.integer(), doc="channels of the output"),
        Attr("kernel_size", kinds.sizes(rank), doc="size of the kernel"),
        Attr("stride", kinds.sizes(rank), default=(1,) * rank, doc=stride),
        *padding,
        Attr("dilation", kinds.sizes(rank), default=(1,) * rank, doc="distance between the kernel's elements"),
        Attr("groups", kinds.integer(), default=1, doc="blocks of channels that are convolved apart"),
        Attr("bias", kinds.boolean(), default=True, doc="whether an offset a channel is learned"),
    )


def convolution(
    rank: int,
    doc: str,
    names: Mapping[str, tuple[str, ...]],
    examples: tuple[Example, ...],
    refusals: tuple[Refusal, ...] = (),
) -> OpDef:
    """The definition of a convolution over `rank` spatial axes."""
    words = ("same", "causal") if rank == 1 else ("same",)
    return OpDef(
        name=f"Conv{rank}d",
        snake=f"conv{rank}d",
        doc=doc,
        attrs=weighing(
            rank,
            "step of the kernel",
            Attr("padding", kinds.padding(rank, *words), default=(0,) * rank, doc=PADS[rank]),
        ),
        infer=infer,
        face=face,
        params=params,
        macs=macs,
        window=sliding,
        formula=window_formula,
        fuse="anchor",
        inferred=("in_channels",),
        widths=("out_channels",),
        follows=("groups",),
        names=names,
        examples=examples,
        refusals=refusals,
    )


_SAME = "size added at both ends of an axis, or at each apart: [[0, 1], [0, 1]]; same gives ceil(in / stride)"
_CAUSAL = "size added at both ends, or at each apart: [[2, 0]]; same gives ceil(in / stride), causal too, all in front"
PADS = ("", _CAUSAL, _SAME, _SAME.replace("], [0, 1]]", "], [0, 1], [0, 1]]"))
"""By rank what the padding of a convolution is."""

_3 = {"kernel_size": 3}
_STEM = {"out_channels": 64, "kernel_size": 7, "stride": 2, "padding": 3, "bias": False}
_DEPTHWISE = {**_3, "out_channels": 32, "padding": "same", "groups": 32}
_LYING = {"kernel_size": [1, 7], "padding": [0, 3], "out_channels": 192}
_DILATED = {**_3, "out_channels": 64, "dilation": 2}
_GROUPED = {**_3, "out_channels": 128, "padding": 1, "groups": 32, "bias": False}
_ONE_EACH = "depthwise: one filter a channel"
_TWO_STRIDES = {**_3, "out_channels": 8, "stride": [2, 1], "padding": "same"}
_BEHIND = {"out_channels": 32, "kernel_size": 3, "stride": 2, "padding": [[0, 1], [0, 1]], "bias": False}
_EVEN = {"out_channels": 8, "kernel_size": 4, "padding": "same"}

registered(convolution)(
    2,
    "Convolution over an image. Depthwise where groups equals the input's channels.",
    elsewhere(
        "torch.nn.Conv2d",
        "Conv",
        "Conv2D DepthwiseConv2D",
        "Convolution",
        "tf.nn.conv2d tf.nn.depthwise_conv2d DepthwiseConv2dNative",
    ),
    (
        Example(((3, 224, 224),), _STEM, ((64, 112, 112),), params=9408, macs=118013952, note="the stem of ResNet"),
        Example(((32, 112, 112),), _DEPTHWISE, ((32, 112, 112),), params=320, macs=3612672, note=_ONE_EACH),
        Example(((128, 17, 17),), _LYING, ((192, 17, 17),), params=172224, macs=49717248, note="a lying kernel"),
        Example(((64, 28, 28),), _DILATED, ((64, 24, 24),), params=36928, macs=21233664, note="dilated: it covers 5×5"),
        Example(
            ((128, 56, 56),), _GROUPED, ((128, 56, 56),), params=4608, macs=14450688, note="grouped, as in ResNeXt"
        ),
        Example(((3, 5, 7),), _TWO_STRIDES, ((8, 3, 7),), params=224, macs=4536, note="a stride an axis"),
        Example(
            ((3, 224, 224),), _BEHIND, ((32, 112, 112),), params=864, macs=10838016, note="padded as TensorFlow does"
        ),
        Example(((8, 6, 6),), _EVEN, ((8, 6, 6),), params=1032, macs=36864, note="one more behind than before"),
    ),
    (
        Refusal(
            ((64, 9, 9),),
            {**_3, "out_channels": 8, "groups": 3},
            "ND304",
            "groups 3 does not divide the 64 input channels; both must be a multiple of it",
        ),
        Refusal(
            ((3, 5, 9),),
            {"out_channels": 8, "kernel_size": 7, "padding": [[0, 1], 0]},
            "ND305",
            "kernel 7 is larger than its input, of height 5 with padding 0 before it and 1 behind (6)"
            "; use kernel_size 6 or less, or padding: same",
        ),
        Refusal(
            ((3, 8, 9, 9),),
            {**_3, "out_channels": 8},
            "ND307",
            "Conv2d needs the axes c, h, w; its input is 3×8×9×9 (c, d, h, w): write Conv3d",
        ),
    ),
)
