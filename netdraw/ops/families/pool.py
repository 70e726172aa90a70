"""MaxPool2d and AvgPool2d, and what makes a pooling of any rank.

Sizes: torch.nn.MaxPool2d and torch.nn.AvgPool2d for floor and ceil, Caffe's PoolingLayer for caffe.
"""

from __future__ import annotations

from .. import kinds
from ..base import (
    Attr,
    Attrs,
    Example,
    Face,
    Follow,
    OpDef,
    Refusal,
    Types,
    elsewhere,
    every,
    registered,
)
from ..common import (
    ends,
    fit,
    least_of,
    need_spatial,
    padding_text,
    sizes_text,
    sliding,
    times,
    window_formula,
    window_sizes,
)


def _check_padding(attrs: Attrs) -> dict[str, int]:
    """A window must not lie on padding alone, so that its result comes from the input; gives no sizes."""
    pads = attrs.get("padding", ())
    wrong = [
        (
            kernel // 2,
            f"padding {padding_text(pad)} is more than half of kernel_size {kernel}; use {kernel // 2} or less",
        )
        for pad, kernel in zip(() if isinstance(pads, str) else pads, attrs["kernel_size"], strict=False)
        if 2 * max(ends(pad)) > kernel
    ]
    if wrong:
        raise least_of("ND309", wrong, "padding")
    return {}


def pool(
    name: str,
    rank: int,
    doc: str,
    attrs: tuple[Attr, ...],
    others: tuple[str, ...],
    examples: tuple[Example, ...],
    refusals: tuple[Refusal, ...] = (),
    *,
    category: str = "",
    kernel: str = "",
) -> OpDef:
    """A pooling by windows that slide over `rank` axes; `others` are its names from ONNX on. What looks like another
    has its `kernel`, the letters in its core.
    """
    full = f"{name}Pool{rank}d"

    def infer(attrs: Attrs, inputs: Types) -> Types:
        source = inputs[0]
        need_spatial(full, source, rank)
        _, sizes = every(lambda: _check_padding(attrs), lambda: window_sizes(attrs, source))
        return (source.replace(**sizes),)

    def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
        found = _face(category or f"pool.{name.lower()}", attrs)
        return found._replace(kernel=kernel) if kernel else found

    return OpDef(
        name=full,
        snake=f"{name.lower()}_pool{rank}d",
        doc=doc,
        attrs=attrs,
        infer=infer,
        face=face,
        window=sliding,
        formula=window_formula,
        names=elsewhere(f"torch.nn.{full}", *others),
        examples=examples,
        refusals=refusals,
    )


def _face(category: str, attrs: Attrs) -> Face:
    kernel, (padding, rounding) = attrs["kernel_size"], fit(attrs)
    narrow = len(kernel) == 2 and min(kernel) == 1 < max(kernel) and category != "pool.power"
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


_ROUNDING = "how the size is rounded: floor, ceil (PyTorch's ceil_mode) or caffe; same leaves nothing to round"
_PADDING = "size added at both ends, or at each apart, at most half the kernel; same: ceil(in / stride)"
_ROUNDED = Attr(
    "rounding",
    kinds.choice("floor", "ceil", "caffe"),
    default="floor",
    doc=_ROUNDING,
    aliases={"ceil_mode": {True: "ceil", False: "floor"}},
)
_COUNTED = "whether padding counts in the mean; changes no size"


def window_attrs(rank: int, *further: Attr) -> tuple[Attr, ...]:
    """A window's size and its step, what is its own, and how it rounds."""
    step = "step of the window; by default the kernel_size"
    return (
        Attr("kernel_size", kinds.sizes(rank), doc="size of the window"),
        Attr("stride", kinds.sizes(rank), default=Follow("kernel_size"), doc=step),
        *further,
        _ROUNDED,
    )


def _padding(rank: int) -> Attr:
    return Attr("padding", kinds.padding(rank, "same"), default=(0,) * rank, doc=_PADDING)


def max_pool(
    rank: int, others: tuple[str, ...], examples: tuple[Example, ...], refusals: tuple[Refusal, ...] = ()
) -> OpDef:
    """The definition of a max pooling over `rank` axes."""
    apart = Attr("dilation", kinds.sizes(rank), default=(1,) * rank, doc="distance between the window's elements")
    doc = "The largest value of each window, for each channel."
    return pool("Max", rank, doc, window_attrs(rank, _padding(rank), apart), others, examples, refusals)


def avg_pool(
    rank: int, others: tuple[str, ...], examples: tuple[Example, ...], refusals: tuple[Refusal, ...] = ()
) -> OpDef:
    """The definition of an average pooling over `rank` axes."""
    attrs = window_attrs(rank, _padding(rank)), Attr("count_include_pad", kinds.boolean(), default=True, doc=_COUNTED)
    return pool(
        "Avg", rank, "The mean of each window, for each channel.", (*attrs[0], attrs[1]), others, examples, refusals
    )


_CEIL = {"kernel_size": 3, "stride": 2, "rounding": "ceil"}
_CAFFE = {"kernel_size": 1, "stride": 2, "rounding": "caffe"}
_OVER = {"kernel_size": 3, "padding": 2}

registered(max_pool)(
    2,
    ("MaxPool", "MaxPooling2D", "Pooling", "tf.nn.max_pool2d", "maxpool"),
    (
        Example(((64, 224, 224),), {"kernel_size": 2}, ((64, 112, 112),), note="the stride follows the kernel"),
        Example(((64, 112, 112),), _CEIL, ((64, 56, 56),), note="GoogLeNet: floor would give 55"),
        Example(((8, 4, 4),), _CAFFE, ((8, 3, 3),), note="ceil gives 2"),
        Example(((256, 75, 75),), {"kernel_size": 2, "padding": "same"}, ((256, 38, 38),), note="SSD300"),
        Example(((512, 19, 19),), {"kernel_size": 3, "stride": 1, "padding": 1}, ((512, 19, 19),)),
        Example(
            ((64, 55, 55),),
            {**_CEIL, "rounding": "floor", "padding": [[0, 1], [0, 1]]},
            ((64, 27, 27),),
            note="as ONNX pads",
        ),
    ),
    (
        Refusal(((3, 9, 9),), _OVER, "ND309", "padding 2 is more than half of kernel_size 3; use 1 or less"),
        Refusal(
            ((3, 1, 1),),
            {"kernel_size": 2},
            "ND305",
            "kernel 2 is larger than its input, of height 1; use kernel_size 1 or less, or padding: same",
        ),
        Refusal(
            ((3, 8, 9, 9),),
            {"kernel_size": 2},
            "ND307",
            "MaxPool2d needs the axes c, h, w; its input is 3×8×9×9 (c, d, h, w): write MaxPool3d",
        ),
    ),
)
registered(avg_pool)(
    2,
    ("AveragePool", "AveragePooling2D", "Pooling", "tf.nn.avg_pool2d"),
    (
        Example(((1024, 7, 7),), {"kernel_size": 7}, ((1024, 1, 1),), note="the last pooling of GoogLeNet"),
        Example(((128, 56, 56),), {"kernel_size": 2, "stride": 2}, ((128, 28, 28),), note="DenseNet's transition"),
        Example(((192, 35, 35),), {"kernel_size": 3, "stride": 1, "padding": 1}, ((192, 35, 35),)),
    ),
    (
        Refusal(((3, 9, 9),), _OVER, "ND309", "padding 2 is more than half of kernel_size 3; use 1 or less"),
        Refusal(
            ((512,),),
            {"kernel_size": 2},
            "ND307",
            "AvgPool2d needs the axes c, h, w; its input is 512 (c): put it before Flatten",
        ),
    ),
)
