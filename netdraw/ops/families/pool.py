"""Pooling: MaxPool2d, AvgPool2d, AdaptiveAvgPool2d.

Sizes: torch.nn.MaxPool2d and torch.nn.AvgPool2d for floor and ceil, Caffe's PoolingLayer for caffe.
"""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Follow, Types, always, define, elsewhere, every
from ..common import fit, least_of, need_spatial, sizes_text, sliding, times, window_formula, window_sizes


def _check_padding(attrs: Attrs) -> dict[str, int]:
    """A window must not lie on padding alone, so that its result comes from the input; gives no sizes."""
    pads = () if attrs["padding"] == "same" else attrs["padding"]
    wrong = [
        (kernel // 2, f"padding {pad} is more than half of kernel_size {kernel}; use {kernel // 2} or less")
        for pad, kernel in zip(pads, attrs["kernel_size"], strict=False)
        if 2 * pad > kernel
    ]
    if wrong:
        raise least_of("ND309", wrong, "padding")
    return {}


def _pool(name: str, doc: str, attrs: tuple[Attr, ...], others: tuple[str, ...], *examples: Example) -> None:
    """A pooling of an image by windows that slide; `others` are its names from ONNX on."""

    def infer(attrs: Attrs, inputs: Types) -> Types:
        source, rank = inputs[0], len(attrs["kernel_size"])
        need_spatial(f"{name}Pool{rank}d", source, rank)
        _, sizes = every(lambda: _check_padding(attrs), lambda: window_sizes(attrs, source))
        return (source.replace(**sizes),)

    def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
        return _face(f"pool.{name.lower()}", attrs)

    define(
        name=f"{name}Pool2d",
        snake=f"{name.lower()}_pool2d",
        doc=doc,
        attrs=attrs,
        infer=infer,
        face=face,
        window=sliding,
        formula=window_formula,
        names=elsewhere(f"torch.nn.{name}Pool2d", *others),
        examples=examples,
    )


def _face(category: str, attrs: Attrs) -> Face:
    kernel, (padding, rounding) = attrs["kernel_size"], fit(attrs)
    narrow = len(kernel) == 2 and min(kernel) == 1 < max(kernel)
    return Face(
        category=category + (".row" if kernel[0] == 1 else ".column") if narrow else category,
        # A lying or standing cell says by its outline which side is 1.
        kernel=str(max(kernel)) if narrow else sizes_text(kernel),
        size=times(kernel),
        stride=sizes_text(attrs["stride"], 1, "/"),
        dilation=sizes_text(attrs.get("dilation", (1,)), 1),
        padding=padding,
        rounding=rounding,
    )


def _adaptive_infer(attrs: Attrs, inputs: Types) -> Types:
    source, sizes = inputs[0], attrs["output_size"]
    axes = need_spatial(f"AdaptiveAvgPool{len(sizes)}d", source, len(sizes))
    return (source.replace(**dict(zip(axes, sizes, strict=True))),)


def _adaptive_face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    sizes = attrs["output_size"]
    label = "global" if set(sizes) == {1} else f"→ {times(sizes)}"
    return Face(category="pool.avg", label=label, sized=times(sizes))


def _adaptive_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    given, made = inputs[0].shape[1:], outputs[0].shape[1:]
    cells = "cell i is the mean of floor(i·in / out) to ceil((i + 1)·in / out)"
    return (f"out = output_size = {times(made)}; {cells}, in = {times(given)}",)


_ROUNDING = "how the size is rounded: floor, ceil (PyTorch's ceil_mode) or caffe; same leaves nothing to round"
_PADDING = "size added at both ends, at most half the kernel; same: ceil(in / stride)"
_SLIDING = (
    Attr("kernel_size", kinds.sizes(2), doc="size of the window"),
    Attr("stride", kinds.sizes(2), default=Follow("kernel_size"), doc="step of the window; by default the kernel_size"),
    Attr("padding", kinds.padding(2), default=(0, 0), doc=_PADDING),
)
_ROUNDED = Attr(
    "rounding",
    kinds.choice("floor", "ceil", "caffe"),
    default="floor",
    doc=_ROUNDING,
    aliases={"ceil_mode": {True: "ceil", False: "floor"}},
)
_DILATION = Attr("dilation", kinds.sizes(2), default=(1, 1), doc="distance between the window's elements")
_COUNTED = "whether padding counts in the mean; changes no size"
_CEIL = {"kernel_size": 3, "stride": 2, "rounding": "ceil"}
_CAFFE = {"kernel_size": 1, "stride": 2, "rounding": "caffe"}

_pool(
    "Max",
    "The largest value of each window, for each channel.",
    (*_SLIDING, _DILATION, _ROUNDED),
    ("MaxPool", "MaxPooling2D", "Pooling", "tf.nn.max_pool2d", "maxpool"),
    Example(((64, 224, 224),), {"kernel_size": 2}, ((64, 112, 112),), note="the stride follows the kernel"),
    Example(((64, 112, 112),), _CEIL, ((64, 56, 56),), note="GoogLeNet: floor would give 55"),
    Example(((8, 4, 4),), _CAFFE, ((8, 3, 3),), note="ceil gives 2"),
    Example(((256, 75, 75),), {"kernel_size": 2, "padding": "same"}, ((256, 38, 38),), note="SSD300"),
    Example(((512, 19, 19),), {"kernel_size": 3, "stride": 1, "padding": 1}, ((512, 19, 19),)),
)
_pool(
    "Avg",
    "The mean of each window, for each channel.",
    (*_SLIDING, _ROUNDED, Attr("count_include_pad", kinds.boolean(), default=True, doc=_COUNTED)),
    ("AveragePool", "AveragePooling2D", "Pooling", "tf.nn.avg_pool2d"),
    Example(((1024, 7, 7),), {"kernel_size": 7}, ((1024, 1, 1),), note="the last pooling of GoogLeNet"),
    Example(((128, 56, 56),), {"kernel_size": 2, "stride": 2}, ((128, 28, 28),), note="DenseNet's transition"),
    Example(((192, 35, 35),), {"kernel_size": 3, "stride": 1, "padding": 1}, ((192, 35, 35),)),
)
define(
    name="AdaptiveAvgPool2d",
    snake="adaptive_avg_pool2d",
    doc="The mean over as many windows as the output has cells; at output_size 1 the global average.",
    attrs=(Attr("output_size", kinds.sizes(2), doc="height and width of the output"),),
    infer=_adaptive_infer,
    face=_adaptive_face,
    window=always(None),  # its windows follow from the sizes, so that it has no stride
    formula=_adaptive_formula,
    names=elsewhere(
        "torch.nn.AdaptiveAvgPool2d", "GlobalAveragePool", "GlobalAveragePooling2D", "Pooling", darknet="avgpool"
    ),
    examples=(
        Example(((1280, 7, 7),), {"output_size": 1}, ((1280, 1, 1),), note="global"),
        Example(((512, 7, 9),), {"output_size": [7, 7]}, ((512, 7, 7),), note="before VGG's classifier"),
    ),
)
