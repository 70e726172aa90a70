"""ConvTranspose2d. Formulas: torch.nn.ConvTranspose2d."""

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
from ..common import (
    SIDE_NAMES,
    TooMuch,
    ends,
    growing,
    least_of,
    need_spatial,
    padding_formula,
    padding_text,
    sizes_text,
    slides,
    times,
)
from ..tensor import TensorType
from .conv import check_groups, convolution, weighing, weight_factors


def _infer(attrs: Attrs, inputs: Types) -> Types:
    source, rank = inputs[0], len(attrs["kernel_size"])
    axes = need_spatial(f"ConvTranspose{rank}d", source, rank)
    _, sizes = every(lambda: check_groups(attrs, source.shape[0]), lambda: _sizes(attrs, source, axes))
    return (source.replace(c=attrs["out_channels"], **sizes),)


def _sizes(attrs: Attrs, source: TensorType, axes: str) -> dict[str, int]:
    """The spatial sizes of the output by letter; raises ND305 and ND309."""
    sizes, wrong = {}, list[TooMuch]()
    for i, (axis, slide) in enumerate(zip(axes, slides(attrs), strict=True)):
        extra, padding = attrs["output_padding"][i], attrs["padding"][i]
        if extra >= max(slide.stride, slide.dilation):
            reach = f"output_padding {extra} must be smaller than the stride ({slide.stride})"
            raise RuleError("ND309", f"{reach} or the dilation ({slide.dilation})", "output_padding")
        grown = (source.shape[i + 1] - 1) * slide.stride + slide.extent + extra
        cut = sum(ends(padding))
        sizes[axis] = grown - cut
        if sizes[axis] < 1:
            most = (grown - 1) // 2
            side = SIDE_NAMES[axis]
            taken = f"padding {padding_text(padding)} takes {cut} from a {side} of {grown} and leaves nothing"
            wrong.append((most, f"{taken}; use {most} or less"))
    if wrong:
        raise least_of("ND305", wrong, "padding")
    return sizes


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    source = inputs[0]
    places = ((f"in_{SIDE_NAMES[axis]}", size) for axis, size in zip(source.axes[1:], source.shape[1:], strict=True))
    return (Term((*weight_factors(attrs, inputs), *places)),)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    return Face(
        category="conv.transposed",
        kernel=sizes_text(attrs["kernel_size"]),
        size=times(attrs["kernel_size"]),
        out=str(attrs["out_channels"]),
        into=str(inputs[0].shape[0]),
        stride=sizes_text(attrs["stride"], 1, "×"),
        groups=str(attrs["groups"]) if attrs["groups"] > 1 else "",
        dilation=sizes_text(attrs["dilation"], 1),
        padding=_padding(attrs),
    )


def _padding(attrs: Attrs) -> str:
    """Empty where the map grows by its stride alone."""
    rows = zip(slides(attrs), attrs["output_padding"], strict=True)
    if all(slide.extent + extra - sum(ends(slide.padding or 0)) == slide.stride for slide, extra in rows):
        return ""
    return sizes_text(tuple(map(padding_text, attrs["padding"])))


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    lines = []
    for i, axis in enumerate(inputs[0].axes[1:]):
        names = ("stride", "padding", "dilation", "kernel_size", "output_padding")
        stride, pad, dilation, kernel, extra = [attrs[name][i] for name in names]
        rule, cut = padding_formula(pad, "−")
        lines.append(
            f"out_{SIDE_NAMES[axis]} = (in − 1)·stride {rule} + dilation·(kernel − 1) + output_padding + 1"
            f" = ({inputs[0].shape[i + 1]} − 1)·{stride} {cut} + {dilation}·({kernel} − 1) + {extra} + 1"
            f" = {outputs[0].shape[i + 1]}"
        )
    return tuple(lines)


def transposed(
    rank: int,
    doc: str,
    names: Mapping[str, tuple[str, ...]],
    examples: tuple[Example, ...],
    refusals: tuple[Refusal, ...] = (),
) -> OpDef:
    """The definition of a transposed convolution over `rank` spatial axes."""
    cut = "size cut off at both ends of an axis of the output, or at each apart, as in Conv2d"
    extra = "size added at the far end of an axis only, to tell apart the inputs of one size"
    return convolution(rank, doc, names, examples, refusals)._replace(
        name=f"ConvTranspose{rank}d",
        snake=f"conv_transpose{rank}d",
        attrs=weighing(
            rank,
            "factor by which the map grows",
            Attr("padding", kinds.padding(rank), default=(0,) * rank, doc=cut),
            Attr("output_padding", kinds.sizes(rank, 0), default=(0,) * rank, doc=extra),
        ),
        infer=_infer,
        face=_face,
        macs=_macs,
        window=growing,
        formula=_formula,
    )


_DOUBLING = {"out_channels": 64, "kernel_size": 2, "stride": 2}
_BILINEAR = {"out_channels": 21, "kernel_size": 4, "stride": 2, "padding": 1, "groups": 21, "bias": False}
_EXTRA = {"kernel_size": 3, "out_channels": 8, "stride": 2, "padding": 1, "output_padding": 1}
_AS_BILINEAR = "one filter a channel, as for bilinear upsampling"
_TWICE = "output_padding makes it twice as large"

registered(transposed)(
    2,
    "Transposed convolution: the map grows by the stride. Every input element is spread over the kernel.",
    elsewhere(
        "torch.nn.ConvTranspose2d", "ConvTranspose", "Conv2DTranspose", "Deconvolution", "tf.nn.conv2d_transpose"
    ),
    (
        Example(
            ((128, 28, 28),), _DOUBLING, ((64, 56, 56),), params=32832, macs=25690112, note="the upsampling of U-Net"
        ),
        Example(((21, 16, 16),), _BILINEAR, ((21, 32, 32),), params=336, macs=86016, note=_AS_BILINEAR),
        Example(((16, 4, 5),), _EXTRA, ((8, 8, 10),), params=1160, macs=23040, note=_TWICE),
    ),
    (
        Refusal(
            ((3, 9, 9),),
            {**_DOUBLING, "output_padding": 2},
            "ND309",
            "output_padding 2 must be smaller than the stride (2) or the dilation (1)",
        ),
        Refusal(
            ((3, 1, 1),),
            {**_DOUBLING, "padding": 1},
            "ND305",
            "padding 1 takes 2 from a height of 2 and leaves nothing; use 0 or less",
        ),
        Refusal(
            ((8, 100),),
            _DOUBLING,
            "ND307",
            "ConvTranspose2d needs the axes c, h, w; its input is 8×100 (t, c): write FeatureMap before it",
        ),
    ),
)
