"""Conv2d. Formulas: torch.nn.Conv2d.

The rules read the rank from `kernel_size`, so that another rank is one more call of `convolution`.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, OpDef, RuleError, Term, Types, elsewhere, every, registered
from ..common import AXIS_NAMES, fit, need_spatial, sizes_text, sliding, times, window_formula, window_sizes


def check_groups(attrs: Attrs, channels: int) -> dict[str, int]:
    """Raises ND304 where the groups do not divide the channels of both sides; gives no sizes."""
    groups, out = attrs["groups"], attrs["out_channels"]
    for count, what in ((channels, "input channels"), (out, "out_channels")):
        if count % groups:
            message = f"groups {groups} does not divide the {count} {what}; both must be a multiple of it"
            raise RuleError("ND304", message, "groups")
    return {}


def _infer(attrs: Attrs, inputs: Types) -> Types:
    source, rank = inputs[0], len(attrs["kernel_size"])
    need_spatial(f"Conv{rank}d", source, rank)
    if attrs["groups"] == 1:  # nothing to divide: most have one
        return (source.replace(c=attrs["out_channels"], **window_sizes(attrs, source)),)
    _, sizes = every(lambda: check_groups(attrs, source.shape[0]), lambda: window_sizes(attrs, source))
    return (source.replace(c=attrs["out_channels"], **sizes),)


def weight_factors(attrs: Attrs, inputs: Types) -> tuple[tuple[str, int], ...]:
    """The factors of the weight: kernel × in_channels / groups × out_channels."""
    source, groups = inputs[0], attrs["groups"]
    into = ("in_channels", source.shape[0]) if groups == 1 else ("in_channels/groups", source.shape[0] // groups)
    sides = zip(source.spatial, attrs["kernel_size"], strict=True)
    return (*((f"kernel_{AXIS_NAMES[axis]}", k) for axis, k in sides), into, ("out_channels", attrs["out_channels"]))


def params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """Weight, and one bias a channel."""
    weight = Term(weight_factors(attrs, inputs))
    return (weight, Term((("bias", attrs["out_channels"]),))) if attrs["bias"] else (weight,)


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    out = outputs[0]
    places = ((f"out_{AXIS_NAMES[axis]}", size) for axis, size in zip(out.axes[1:], out.shape[1:], strict=True))
    return (Term((*weight_factors(attrs, inputs), *places)),)


def _category(attrs: Attrs, channels: int) -> str:
    kernel, groups = attrs["kernel_size"], attrs["groups"]
    if groups > 1:
        return "conv.depthwise" if groups == channels else "conv.group"
    if len(kernel) == 2 and min(kernel) == 1 < max(kernel):
        return "conv.row" if kernel[0] == 1 else "conv.column"
    return "conv"


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
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


def convolution(rank: int, doc: str, names: Mapping[str, tuple[str, ...]], examples: tuple[Example, ...]) -> OpDef:
    """The definition of a convolution over `rank` spatial axes."""
    same = "size added at both ends of an axis; same gives ceil(in / stride)"
    return OpDef(
        name=f"Conv{rank}d",
        snake=f"conv{rank}d",
        doc=doc,
        attrs=weighing(rank, "step of the kernel", Attr("padding", kinds.padding(rank), default=(0,) * rank, doc=same)),
        infer=_infer,
        face=_face,
        params=params,
        macs=_macs,
        window=sliding,
        formula=window_formula,
        fuse="anchor",
        inferred=("in_channels",),
        widths=("out_channels",),
        follows=("groups",),
        names=names,
        examples=examples,
    )


_3 = {"kernel_size": 3}
_STEM = {"out_channels": 64, "kernel_size": 7, "stride": 2, "padding": 3, "bias": False}
_DEPTHWISE = {**_3, "out_channels": 32, "padding": "same", "groups": 32}
_LYING = {"kernel_size": [1, 7], "padding": [0, 3], "out_channels": 192}
_DILATED = {**_3, "out_channels": 64, "dilation": 2}
_GROUPED = {**_3, "out_channels": 128, "padding": 1, "groups": 32, "bias": False}
_ONE_EACH = "depthwise: one filter a channel"
_TWO_STRIDES = {**_3, "out_channels": 8, "stride": [2, 1], "padding": "same"}

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
    ),
)
