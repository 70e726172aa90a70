"""What makes a map larger or puts its elements elsewhere: upsampling, unpooling, paddings, shuffles, deformation."""

from __future__ import annotations

from itertools import count as counted
from itertools import takewhile
from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told, whole
from .counting import count, dealt, fitting, padded, spread
from .windows import convolved, draw_convolution, keywords, whole_output

MAPS = {"ct": "t", "chw": "hw", "cdhw": "dhw"}
MODES = {"nearest": "ct chw cdhw", "linear": "ct", "bilinear": "chw", "bicubic": "chw", "trilinear": "cdhw"}
MODES["area"] = MODES["nearest"]


def a_map(dice: Dice, most: int = 8, **known: int) -> Sizes:
    return dice.tensor(dice.choice([*MAPS]), most, **known)


def draw_upsample(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = a_map(dice)
    rank, fit = len(source) - 1, [mode for mode, axes in MODES.items() if "".join(source) in axes.split()]
    factors = [dice.choice([0.3, 0.5, 1, 1.3, 1.5, 2, 2.5, 3]) for _ in range(rank + dice.rare(0.02))]
    ways: list[Attrs] = [{"scale_factor": factors[0]}, {"scale_factor": factors}, {"size": dice.sizes(rank, 12)}, {}]
    attrs = dice.choice(ways) | dice.some({"mode": dice.choice(fit if dice.random() < 0.9 else [*MODES])})
    attrs |= {"align_corners": True} if dice.rare(0.1) else {}
    second = dice.random() < (0.9 if not attrs.keys() & {"scale_factor", "size"} else 0.05)
    return attrs, (source, dice.tensor("".join(source), 12)) if second else (source,)


def upsampled(layer: Layer) -> Told:
    """As many cells as whole ones fit on the axis at its new length."""
    source, mode = layer.need(*MAPS), layer.attrs.get("mode", "nearest")
    axes = [*source][1:]
    if "".join(source) not in MODES[mode].split() or ("align_corners" in layer.attrs and mode in ("nearest", "area")):
        raise Impossible("mode")
    ways = [name for name in ("scale_factor", "size") if name in layer.attrs]
    if len(ways) + len(layer.inputs) - 1 != 1:
        raise Malformed("no size, or several")
    if not ways:
        if [axis for axis in layer.inputs[1] if axis in ("t" if "".join(layer.inputs[1]) == "ct" else "dhw")] != axes:
            raise Malformed("the second input")
        return Told(({"c": source["c"], **{axis: layer.inputs[1][axis] for axis in axes}},))
    value = layer.attrs[ways[0]]
    values = value if isinstance(value, list) else [value] * len(axes)
    if len(values) != len(axes):
        raise Malformed(ways[0])
    made = {"c": source["c"]}
    for axis, one in zip(axes, values, strict=True):
        length = whole("size", one, 1) if ways == ["size"] else source[axis] * one
        made[axis] = cells_on(length)
    return whole_output(made)


def cells_on(length: float) -> int:
    """How many whole cells lie on an axis of that length."""
    return len(list(takewhile(lambda cell: cell + 1 <= length, counted())))


def torch_upsample(torch: Any, layer: Layer) -> Any:
    given = keywords(layer)
    if len(layer.inputs) < 2:
        return torch.nn.Upsample(**given)
    sizes = tuple(layer.inputs[1].get(axis, 0) for axis in layer.inputs[0] if axis != "c")
    return lambda source, other: torch.nn.functional.interpolate(source, size=sizes, **given)


def unpooling(axes: str) -> Row:
    return Row(lambda dice: draw_unpool(dice, axes), lambda layer: unpooled(layer, axes), torch_unpool)


def draw_unpool(dice: Dice, axes: str) -> tuple[Attrs, tuple[Sizes, ...]]:
    rank, source = len(axes), dice.tensor("c" + axes, 8)
    attrs = {"kernel_size": dice.sizes(rank, 4)}
    attrs |= dice.some({"stride": dice.sizes(rank, 4), "padding": dice.sizes(rank, 1, 0)}, 0.5)
    try:
        usual = usual_sizes(Layer("", attrs, (source,)), axes)
    except Malformed:
        return attrs, (source,)
    asked = [max(1, size + dice.randint(-2, 2)) for size in usual]
    if dice.random() < 0.3:
        attrs["output_size"] = asked
    if dice.random() < (0.05 if "output_size" in attrs else 0.4):
        return attrs, (source, {"c": 3, **dict(zip(axes, asked, strict=True))})
    return attrs, (source,)


def usual_sizes(layer: Layer, axes: str) -> list[int]:
    """Every element is spread over its kernel."""
    rank, source = len(axes), layer.need("c" + axes)
    kernel = layer.per_axis("kernel_size", rank)
    stride, pads = layer.per_axis("stride", rank, 1, kernel), layer.per_axis("padding", rank, 0, 0)
    return [spread(source[axis], kernel[i], stride[i], 1, 0, 0) - 2 * pads[i] for i, axis in enumerate(axes)]


def unpooled(layer: Layer, axes: str) -> Told:
    """Less than a step from the usual size."""
    rank, usual = len(axes), usual_sizes(layer, axes)
    stride = layer.per_axis("stride", rank, 1, layer.per_axis("kernel_size", rank))
    asked = usual
    if "output_size" in layer.attrs:
        asked = layer.per_axis("output_size", rank)
    if len(layer.inputs) > 1:
        other = layer.inputs[1]
        spatial = "t" if "".join(other) == "ct" else "".join(axis for axis in other if axis in "dhw")
        if "output_size" in layer.attrs or spatial != axes:
            raise Malformed("the second input")
        asked = [other[axis] for axis in axes]
    if any(
        one not in range(size - step + 1, size + step) for one, size, step in zip(asked, usual, stride, strict=True)
    ):
        raise Impossible("no pooling had this size")
    if min(asked) < 1:
        raise Impossible("nothing is left")
    return Told(({"c": layer.source["c"], **dict(zip(axes, asked, strict=True))},))


def torch_unpool(torch: Any, layer: Layer) -> Any:
    given = keywords(layer)
    size = given.pop("output_size", None)
    size = (size,) * (len(layer.source) - 1) if isinstance(size, int) else size
    if len(layer.inputs) > 1:
        size = tuple(layer.inputs[1].values())[1:]
    made = getattr(torch.nn, layer.op)(**given)
    return lambda *inputs: made(inputs[0], torch.zeros_like(inputs[0], dtype=torch.int64), output_size=size)


def pad_of_rank(axes: str, limit: Any) -> Row:
    """One of PyTorch's paddings; `limit` gives the most that it adds to a size, or None."""
    return Row(
        lambda dice: (
            {"padding": dice.sizes(2 * len(axes), 4, 0)},
            (dice.tensor("c" + axes, 8),),
        ),
        lambda layer: added_around(layer, axes, limit),
        lambda torch, layer: getattr(torch.nn, layer.op)(
            keywords(layer)["padding"], *([0.0] if layer.op.startswith("Constant") else [])
        ),
    )


def added_around(layer: Layer, axes: str, limit: Any) -> Told:
    """The last axis comes first."""
    source, sides = layer.need("c" + axes), layer.per_axis("padding", 2 * len(axes), 0)
    made = dict(source)
    for axis in reversed(axes):
        before, behind, *sides = sides
        if limit is not None and max(before, behind) > limit(source[axis]):
            raise Impossible("more than the map has")
        made[axis] = len(padded(source[axis], (before, behind)))
    return Told((made,))


LIMITS = {
    "Zero": None,
    "Constant": None,
    "Reflection": lambda size: len(range(1, size)),
    "Replication": None,
    "Circular": lambda size: size,
}


def draw_pad(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = a_map(dice)
    attrs = {axis: dice.pads(1, 4) for axis in source if dice.random() < 0.5}
    attrs = {axis: one[0] if isinstance(one, list) and len(one) == 1 else one for axis, one in attrs.items()}
    return attrs | ({"d": 1} if dice.rare(0.05) else {}), (source,)


def pad_by_letter(layer: Layer) -> Told:
    made = dict(layer.source)
    ends = {axis: layer._replace(attrs={axis: [value]}).pads(axis, 1)[0] for axis, value in layer.attrs.items()}
    added = {axis: end for axis, end in ends.items() if end not in (0, (0, 0))}
    if not added or set(added) - set(made):
        raise Malformed("axes")
    return Told(({axis: len(padded(size, added.get(axis, 0))) for axis, size in made.items()},))


def draw_pixels(name: str) -> Any:
    def draw(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
        factor, source = dice.size(3), dice.tensor("chw", 6)
        for axis in "c" if name == "upscale_factor" else "hw":
            source[axis] *= 1 if dice.rare(0.1) else factor * (factor if axis == "c" else 1)
        return {name: factor}, (source,)

    return draw


def pixels(layer: Layer) -> Told:
    """Channels are dealt out to the places of a square, or the squares gathered into channels."""
    source, ((name, _),) = layer.need("chw"), layer.attrs.items()
    factor = layer.whole(name)
    square = [(row, column) for row in range(factor) for column in range(factor)]
    if name == "upscale_factor":
        each = len(dealt(source["c"], len(square))[0])
        return Told(({"c": each, "h": sum([factor] * source["h"]), "w": sum([factor] * source["w"])},))
    high, wide = (fitting(source[axis], factor, factor, 0, 1) for axis in "hw")
    if high * factor != source["h"] or wide * factor != source["w"]:
        raise Impossible("a square that is not whole")
    return Told(({"c": sum([len(square)] * source["c"]), "h": high, "w": wide},))


def draw_channels(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    groups = dice.size(4)
    return {"groups": groups}, (a_map(dice, c=dice.size(4) * groups + dice.rare(0.1)),)


def channels(layer: Layer) -> Told:
    dealt(layer.need(*MAPS)["c"], layer.whole("groups"))
    return Told((dict(layer.source),))


def draw_deformable(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    attrs, (source,) = draw_convolution(dice, "hw")
    try:
        made = convolved(Layer("", attrs, (source,)), "hw").outputs[0]
        elements = elements_of(attrs)
    except Impossible:
        return attrs, (source, source)
    groups = dice.choice([1, 1, 2, 3])
    offset = {**made, "c": 2 * groups * elements + dice.rare(0.05)}
    mask = {**made, "c": groups * elements + dice.rare(0.05), "h": made["h"] + dice.rare(0.02)}
    return attrs, (source, offset, mask) if dice.random() < 0.5 else (source, offset)


def elements_of(attrs: Attrs) -> int:
    """How many elements the kernel has."""
    return count(*Layer("", attrs, ()).per_axis("kernel_size", 2))


def deformed(layer: Layer) -> Told:
    """A row and a column for each element of the kernel, in each group, at each place of the output."""
    told = convolved(layer, "hw")
    (made,), elements = told.outputs, elements_of(layer.attrs)
    offset, *masks = layer.inputs[1:]
    for other in (offset, *masks):
        if [*other] != ["c", "h", "w"] or (other["h"], other["w"]) != (made["h"], made["w"]):
            raise Malformed("a map of another size")
    groups = fitting(offset["c"], 2 * elements, 2 * elements, 0, 1)
    if groups < 1 or sum([2 * elements] * groups) != offset["c"]:
        raise Impossible("the offset's channels")
    if any(mask["c"] != sum([elements] * groups) for mask in masks):
        raise Impossible("the mask's channels")
    dealt(layer.source["c"], groups)
    return told


SPREADING: dict[str, Row] = {
    "Upsample": Row(draw_upsample, upsampled, torch_upsample, True),
    **{f"MaxUnpool{rank}d": unpooling(axes) for rank, axes in enumerate(MAPS.values(), 1)},
    **{
        f"{name}Pad{rank}d": pad_of_rank(axes, limit)
        for name, limit in LIMITS.items()
        for rank, axes in enumerate(MAPS.values(), 1)
    },
    "Pad": Row(draw_pad, pad_by_letter),
    "PixelShuffle": Row(
        draw_pixels("upscale_factor"), pixels, lambda torch, layer: torch.nn.PixelShuffle(**layer.attrs), True
    ),
    "PixelUnshuffle": Row(
        draw_pixels("downscale_factor"), pixels, lambda torch, layer: torch.nn.PixelUnshuffle(**layer.attrs), True
    ),
    "ChannelShuffle": Row(draw_channels, channels, lambda torch, layer: torch.nn.ChannelShuffle(**layer.attrs), True),
    "DeformConv2d": Row(draw_deformable, deformed),
}
