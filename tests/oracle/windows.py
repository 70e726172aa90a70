"""What slides or spreads a window: convolutions, transposed convolutions, pooling."""

from __future__ import annotations

from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Row, Sizes, Told
from .counting import Padding, count, fitting, overhanging, same, spread, taps, weights

LARGEST = [12] * 9 + [40]
"""The sizes that an axis may have; what happens at the ends of a large one happens on a small one, too."""


def convolution(axes: str) -> Row:
    """A convolution over these axes behind `c`."""
    return Row(lambda dice: draw_convolution(dice, axes), lambda layer: convolved(layer, axes), torch_window, True)


def transposed(axes: str) -> Row:
    """A transposed convolution over these axes behind `c`."""
    return Row(lambda dice: draw_transposed(dice, axes), lambda layer: grown(layer, axes), torch_window, True)


def pooling(axes: str, **more: Any) -> Row:
    """A pooling by a window; `more` are its other attributes, each with the values that it may have."""
    return Row(lambda dice: draw_pooling(dice, axes, more), lambda layer: pooled(layer, axes), torch_window, True)


def adaptive(axes: str) -> Row:
    """A pooling that is told the sizes of its output."""
    return Row(
        lambda dice: draw_adaptive(dice, axes),
        lambda layer: adapted(layer, axes),
        lambda torch, layer: getattr(torch.nn, layer.op)(output_size_of(layer)),
    )


def weighing(dice: Dice, axes: str) -> tuple[Attrs, Attrs, Sizes]:
    """What each layer with a kernel must say, what it may say, and its input; the groups most often fit."""
    groups = dice.choice([1, 1, 1, 2, 3, 4])
    into, out = groups * dice.randint(1, 4), groups * dice.randint(1, 4)
    if dice.rare(0.15):
        groups = into  # depthwise, if the output is a multiple
    if dice.rare(0.05):
        into, out, groups = dice.randint(1, 12), dice.randint(1, 12), dice.randint(0, 4)
    required = {"out_channels": out, "kernel_size": dice.sizes(len(axes), 5)}
    optional = dice.some({"stride": dice.sizes(len(axes), 4), "dilation": dice.sizes(len(axes), 3)})
    optional |= {"groups": groups} if groups != 1 else {}
    return (
        required,
        optional | dice.some({"bias": dice.random() < 0.5}),
        dice.tensor("c" + axes, dice.choice(LARGEST), c=into),
    )


def draw_convolution(dice: Dice, axes: str) -> tuple[Attrs, tuple[Sizes, ...]]:
    required, optional, source = weighing(dice, axes)
    padding = "same" if dice.random() < 0.3 else dice.pads(len(axes), 4)
    padding = "causal" if axes == "t" and dice.random() < 0.2 else padding
    return required | optional | dice.some({"padding": padding}), (source,)


def draw_transposed(dice: Dice, axes: str) -> tuple[Attrs, tuple[Sizes, ...]]:
    required, optional, source = weighing(dice, axes)
    optional |= dice.some({"padding": dice.pads(len(axes), 3)})
    return required | optional | dice.some({"output_padding": dice.sizes(len(axes), 2, 0)}, 0.4), (source,)


def draw_pooling(dice: Dice, axes: str, more: dict[str, Any]) -> tuple[Attrs, tuple[Sizes, ...]]:
    kernel = dice.sizes(len(axes), 5)
    least = min(kernel) if isinstance(kernel, list) else int(kernel)
    padding = "same" if dice.random() < 0.2 else dice.pads(len(axes), max(0, least // 2) + dice.rare())
    padded = {} if "norm_type" in more else {"padding": padding}
    attrs = {"kernel_size": kernel, **dice.some({"stride": dice.sizes(len(axes), 4), **padded})}
    attrs |= {"norm_type": 2} if "norm_type" in more else {}
    attrs |= dice.some({"rounding": dice.choice(["floor", "ceil", "caffe"])}, 0.7)
    if "rounding" not in attrs and dice.random() < 0.5:
        attrs["ceil_mode"] = dice.random() < 0.5
    chosen = {
        name: dice.sizes(len(axes), 3) if values == "sizes" else dice.choice(values) for name, values in more.items()
    }
    return attrs | dice.some(chosen, 0.4), (dice.tensor("c" + axes, dice.choice(LARGEST)),)


def draw_adaptive(dice: Dice, axes: str) -> tuple[Attrs, tuple[Sizes, ...]]:
    size: Any = dice.sizes(len(axes), 8)
    if isinstance(size, list) and dice.random() < 0.3:
        size[dice.randrange(len(size))] = "none"
    return {"output_size": size}, (dice.tensor("c" + axes, dice.choice(LARGEST)),)


def output_size_of(layer: Layer) -> Any:
    """As PyTorch is told it; a signal's is a number, never None."""
    size = layer.attrs["output_size"]
    if not isinstance(size, list):
        return size
    found = tuple(None if one == "none" else one for one in size)
    return found if found != (None,) else layer.source.get("t")


def paddings(layer: Layer, rank: int) -> list[Padding] | None:
    """The padding of each axis; None for `same`."""
    if layer.attrs.get("padding") == "causal":
        (kernel,), (dilation,) = layer.per_axis("kernel_size", 1), layer.per_axis("dilation", 1, 1, 1)
        return [(taps(kernel, dilation)[-1], 0)]
    return None if layer.attrs.get("padding") == "same" else layer.pads("padding", rank)


def kernel_weights(layer: Layer, into: int, rank: int) -> tuple[int, int]:
    """How many weights there are, and how many offsets."""
    out, groups = layer.whole("out_channels"), layer.whole("groups", 1, 1)
    taps = count(*layer.per_axis("kernel_size", rank))
    return weights(into, out, groups) * taps, out if layer.attrs.get("bias", True) else 0


def convolved(layer: Layer, axes: str) -> Told:
    """Every weight is used once at every position that fits."""
    rank, source = len(axes), layer.need("c" + axes)
    kernel, pads = layer.per_axis("kernel_size", rank), paddings(layer, rank)
    stride, dilation = (layer.per_axis(name, rank, 1, 1) for name in ("stride", "dilation"))
    number, offsets = kernel_weights(layer, source["c"], rank)
    made = {"c": layer.whole("out_channels")}
    for i, axis in enumerate(axes):
        if pads is None:
            made[axis] = same(source[axis], kernel[i], stride[i], dilation[i])
        else:
            made[axis] = fitting(source[axis], kernel[i], stride[i], pads[i], dilation[i])
    return whole_output(made, number + offsets, number * count(*(made[axis] for axis in axes)))


def grown(layer: Layer, axes: str) -> Told:
    """Every weight is used once for every element of its channel of the input."""
    rank, source = len(axes), layer.need("c" + axes)
    kernel, pads = layer.per_axis("kernel_size", rank), layer.pads("padding", rank)
    stride, dilation = (layer.per_axis(name, rank, 1, 1) for name in ("stride", "dilation"))
    extra = layer.per_axis("output_padding", rank, 0, 0)
    number, offsets = kernel_weights(layer, source["c"], rank)
    if any(extra[i] not in range(max(stride[i], dilation[i])) for i in range(rank)):
        raise Impossible("an output_padding that another input would give")
    made = {"c": layer.whole("out_channels")}
    for i, axis in enumerate(axes):
        made[axis] = spread(source[axis], kernel[i], stride[i], dilation[i], extra[i], pads[i])
    return whole_output(made, number + offsets, number * count(*(source[axis] for axis in axes)))


def pooled(layer: Layer, axes: str) -> Told:
    """A window may lie on padding with half of its cells at most."""
    rank, source = len(axes), layer.need("c" + axes)
    kernel, pads = layer.per_axis("kernel_size", rank), paddings(layer, rank)
    stride, dilation = layer.per_axis("stride", rank, 1, kernel), layer.per_axis("dilation", rank, 1, 1)
    rounding = layer.attrs.get("rounding", "ceil" if layer.attrs.get("ceil_mode") else "floor")
    made = {"c": source["c"]}
    for i, axis in enumerate(axes):
        if pads is None:
            made[axis] = same(source[axis], kernel[i], stride[i], dilation[i])
            continue
        pad = pads[i]
        end, added = (max(pad), sum(pad)) if isinstance(pad, tuple) else (pad, pad)
        if len(range(end)) > len(range(kernel[i])[end:]):
            raise Impossible("more than half on padding")
        place = (source[axis], kernel[i], stride[i], pad, dilation[i])
        drops = rounding == "ceil" or added > 0
        made[axis] = fitting(*place) if rounding == "floor" else overhanging(*place, drops)
    return whole_output(made)


def adapted(layer: Layer, axes: str) -> Told:
    """Every cell of the output sees some of the input, and together they see all."""
    source = layer.need("c" + axes)
    value = layer.attrs["output_size"]
    if isinstance(value, list) and len(value) == len(axes):
        value = [source[axis] if one == "none" else one for axis, one in zip(axes, value, strict=True)]
    sizes = layer._replace(attrs={"output_size": value}).per_axis("output_size", len(axes))
    for axis, size in zip(axes, sizes, strict=True):
        seen = [range(i * source[axis] // size, -(-(i + 1) * source[axis] // size)) for i in range(size)]
        assert all(seen) and {cell for cells in seen for cell in cells} == set(range(source[axis]))
    return Told(({"c": source["c"], **dict(zip(axes, sizes, strict=True))},))


def whole_output(made: Sizes, params: int = 0, macs: int = 0) -> Told:
    """The one output, of which no axis may be empty."""
    if not all(made.values()):
        raise Impossible("nothing is left")
    return Told((made,), params, macs)


def keywords(layer: Layer) -> dict[str, Any]:
    """The attributes as PyTorch is given them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in layer.attrs.items()}


def torch_window(torch: Any, layer: Layer) -> Any:
    """The module of that name; PyTorch has neither Caffe's rounding, nor ends apart, nor `same` for poolings and with strides."""
    given = keywords(layer)
    rounding = given.pop("rounding", None)
    if rounding is not None:
        given["ceil_mode"] = rounding == "ceil"
    is_strided = given.get("stride", 1) not in (1, (1, 1), (1, 1, 1), (1,))
    if rounding == "caffe" or (given.get("padding") == "same" and ("out_channels" not in given or is_strided)):
        return None
    pads = given.get("padding")
    if pads == "causal" or (isinstance(pads, tuple) and any(isinstance(pad, list) for pad in pads)):
        return None
    if layer.op == "LPPool1d" and any(isinstance(value, tuple) for value in given.values()):
        return None  # it multiplies its attributes, and fails on lists
    if layer.op in ("AvgPool3d", "LPPool3d") and _larger(layer):
        return None  # alone of all poolings it refuses a kernel larger than an input that padding or rounding widens
    channels = (layer.source["c"],) if "out_channels" in given else ()
    return getattr(torch.nn, layer.op)(*channels, **given)


def _larger(layer: Layer) -> bool:
    """Whether the kernel is larger than the input without padding."""
    sizes = [size for axis, size in layer.source.items() if axis != "c"]
    kernel = layer.per_axis("kernel_size", 3)
    return any(one > size for one, size in zip(kernel, sizes, strict=False))
