"""What rearranges elements, cuts them apart or joins them: each element has a label, and the labels are moved."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import prod
from typing import Any

from .base import ODD, Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told, whole
from .counting import dealt, places

LETTERS = "ctdhw"
BY_LENGTH = {1: "c", 2: "tc", 3: "chw", 4: "cdhw"}
MOST_PARTS = 1024


def any_tensor(dice: Dice, most: int = 6, orders: tuple[str, ...] = ODD) -> Sizes:
    return dice.tensor(dice.choice(orders), most)


def an_axis(dice: Dice, source: Sizes) -> str:
    """One of the tensor's; now and then any."""
    return dice.choice(LETTERS if dice.rare(0.1) else [*source])


def need_axis(layer: Layer) -> str:
    """The axis that `dim` names, which the first input must have."""
    axis = layer.attrs.get("dim", "c")
    if axis not in layer.source:
        raise Malformed("dim")
    return str(axis)


def draw_reshape(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    """A product of the same factors in other places, most often."""
    source = any_tensor(dice)
    sizes = [1] * dice.randint(1, 4)
    for factor in [size for size in source.values() if not dice.rare()]:
        sizes[dice.randrange(len(sizes))] *= factor
    for _ in range(dice.choice([0, 0, 1, 1, 1, 2]) if len(sizes) > 1 else dice.choice([0, 1])):
        sizes[dice.randrange(len(sizes))] = -1
    return {"shape": sizes}, (source,)


def reshaped(layer: Layer) -> Told:
    """The labels are dealt out to the places of the new shape, and none is left."""
    sizes, labels = layer.attrs["shape"], places(layer.source)
    known = [whole("shape", size, 1) for size in sizes if size != -1]
    if len(sizes) - len(known) > 1:
        raise Malformed("shape")
    open_sizes = range(1, len(labels) + 1) if -1 in sizes else [1]
    found = [size for size in open_sizes if size * prod(known) == len(labels)]
    if not found:
        raise Impossible("elements are left, or lacking")
    return Told((dict(zip(BY_LENGTH[len(sizes)], [found[0] if size == -1 else size for size in sizes], strict=True)),))


def draw_permute(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    order = dice.sample([*source], len(source))
    if dice.rare(0.1):
        order[dice.randrange(len(order))] = dice.choice(LETTERS)
    return {"dims": order}, (source,)


def permuted(layer: Layer) -> Told:
    """Every place is written in the new order; an axis has as many places as occur on it."""
    order, source = layer.attrs["dims"], layer.source
    if len(order) != len(source) or any(order.count(axis) != 1 for axis in source):
        raise Malformed("dims")
    moved = [[dict(zip(source, place, strict=True))[axis] for axis in order] for place in places(source)]
    return Told(({axis: len(set(column)) for axis, column in zip(order, zip(*moved, strict=True), strict=True)},))


def draw_concat(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    axis = an_axis(dice, source)
    others = [{**source, **({axis: dice.randint(1, 6)} if axis in source else {})} for _ in range(dice.randint(1, 3))]
    if dice.rare(0.1):
        others[-1] = {**others[-1], dice.choice([*source]): dice.randint(1, 6)}
    if dice.rare(0.02):
        others = []
    return {"dim": axis} if axis != "c" or dice.random() < 0.5 else {}, (source, *others)


def concatenated(layer: Layer) -> Told:
    """One list of the slices of all; a slice must be of one shape in all of them."""
    axis = need_axis(layer)
    rests = [[(letter, size) for letter, size in source.items() if letter != axis] for source in layer.inputs]
    orders = {"".join(source) for source in layer.inputs}
    if len(layer.inputs) < 2 or len(orders) > 1 or any(one != other for one, other in pairwise(rests)):
        raise Impossible("slices of several shapes")
    labels = [(place, i) for place, source in enumerate(layer.inputs) for i in range(source[axis])]
    return Told(({**layer.source, axis: len(labels)},))


def draw_split(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, 12)
    axis = an_axis(dice, source)
    size = source.get(axis, 4)
    fair = dice.choice([part for part in range(1, size + 1) if size % part == 0])
    cuts = sorted(dice.sample(range(1, size), dice.randint(0, min(3, size - 1))))
    listed = [after - before for before, after in pairwise([0, *cuts, size])]
    sections = dice.choice([fair, listed, listed, [*listed[1:], dice.randint(0, 3)], dice.randint(0, 5), 1025])
    return {"sections": sections, **({"dim": axis} if axis != "c" or dice.random() < 0.5 else {})}, (source,)


def split(layer: Layer) -> Told:
    """The places of the axis are dealt out to parts; none is left, and no part is empty."""
    sections, axis = layer.attrs["sections"], need_axis(layer)
    size = layer.source[axis]
    if isinstance(sections, list):
        if not sections or sum(whole("sections", part, 1) for part in sections) != size:
            raise Impossible("places are left, or lacking")
        parts = sections
    else:
        parts = [len(run) for run in dealt(size, whole("sections", sections, 1))]
    return Told(tuple({**layer.source, axis: part} for part in parts))


def draw_slice(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, 12)
    axis = an_axis(dice, source)
    size = source.get(axis, 4)
    first, last = dice.randint(-size - 1, size), dice.randint(-size - 1, size + 1)
    if dice.random() < 0.6:
        first, last = sorted([dice.randrange(size + 1), dice.randrange(size + 1)])
        last = last - size if last < size and dice.random() < 0.3 else last
    return {**dice.some({"dim": axis}, 0.9), **dice.some({"start": first, "stop": last}, 0.8)}, (source,)


def sliced(layer: Layer) -> Told:
    """Python's slice of the places, where it clips nothing and something is left."""
    axis = need_axis(layer)
    cells = list(range(layer.source[axis]))
    first, last = layer.attrs.get("start", 0), layer.attrs.get("stop")
    ends = range(-len(cells), len(cells) + 1)
    kept = cells[first:last]
    if first not in ends or (last is not None and last not in ends) or not kept:
        raise Impossible("not on the axis")
    return Told(({**layer.source, axis: len(kept)},))


def draw_crop(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, 12, ("chw", "chw", "cdhw", "ct", "hwc", "tc"))
    grown = dice.rare(0.1)
    wanted = {axis: dice.randint(1, 12 if axis == "c" or grown else size) for axis, size in source.items()}
    if dice.random() < 0.5:
        sizes = [size for axis, size in wanted.items() if axis != "c"]
        return {"size": dice.choice([sizes, min(sizes)])}, (source,) if not dice.rare(0.05) else (source, wanted)
    return {}, (source, wanted)


def cropped(layer: Layer) -> Told:
    """Places are taken from both ends in turn until as many are left as the other has."""
    source = layer.source
    axes, *others = (
        ["t"] if [*tensor] == ["c", "t"] else [axis for axis in tensor if axis in "dhw"] for tensor in layer.inputs
    )
    if not axes or len([*others, *layer.attrs]) != 1 or any(axes != one for one in others):
        raise Malformed("axes, or where the sizes are")
    sizes = layer.per_axis("size", len(axes)) if layer.attrs else [layer.inputs[1][axis] for axis in axes]
    wanted = dict(zip(axes, sizes, strict=True))
    made = dict(source)
    for axis in axes:
        cells = list(range(source[axis]))
        while len(cells) > wanted[axis]:
            cells.pop(0 if len(cells) % 2 else -1)
        made[axis] = len(cells)
        if len(cells) != wanted[axis]:
            raise Impossible("smaller than what it is cut to")
    return Told((made,))


def draw_join(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    made = any_tensor(dice)
    inputs = [dict(made) for _ in range(dice.randint(2, 4) if not dice.rare(0.02) else 1)]
    for one in inputs:
        for axis in made:
            if dice.rare(0.15):
                one[axis] = 1 if not dice.rare(0.15) else dice.randint(1, 6)
    return {}, tuple(inputs)


def joined(layer: Layer) -> Told:
    """Every place of the output is read in each input at that place, or at its only one."""
    if len(layer.inputs) < 2 or len({"".join(source) for source in layer.inputs}) > 1:
        raise Malformed("axes")
    made = {axis: max(source[axis] for source in layer.inputs) for axis in layer.source}
    for axis, size in made.items():
        for source in layer.inputs:
            read = {0 if source[axis] == 1 else place for place in range(size)}
            if read != set(range(source[axis])):
                raise Impossible("sizes differ")
    return Told((made,))


def dim(layer: Layer) -> int:
    """PyTorch's number of the axis, behind the batch."""
    return 1 + [*layer.source].index(layer.attrs.get("dim", "c"))


def torch_split(torch: Any, layer: Layer) -> Any:
    sections = layer.attrs["sections"]
    size = layer.source[layer.attrs.get("dim", "c")]
    if isinstance(sections, int) and (sections < 1 or size % sections):
        return None  # its parts may differ by one
    parts = sections if isinstance(sections, list) else size // sections
    return lambda tensor: torch.split(tensor, parts, dim(layer))


def torch_slice(torch: Any, layer: Layer) -> Any:
    first, last = layer.attrs.get("start", 0), layer.attrs.get("stop")
    return lambda tensor: tensor.movedim(dim(layer), 0)[first:last].movedim(0, dim(layer))


def torch_permute(torch: Any, layer: Layer) -> Any:
    order = [1 + [*layer.source].index(axis) for axis in layer.attrs["dims"]]
    return lambda tensor: torch.permute(tensor, (0, *order))


def of_all(function: str) -> Callable[[Any, Layer], Any]:
    """A function of PyTorch that takes two tensors, over all inputs."""

    def torch_join(torch: Any, layer: Layer) -> Any:
        def join(first: Any, *others: Any) -> Any:
            for other in others:
                first = getattr(torch, function)(first, other)
            return first

        return join

    return torch_join


MOVES = {
    "Flatten": Row(
        lambda dice: ({}, (any_tensor(dice),)),
        lambda layer: Told(({"c": len(places(layer.source))},)),
        lambda torch, layer: torch.nn.Flatten(),
    ),
    "Reshape": Row(
        draw_reshape, reshaped, lambda torch, layer: lambda tensor: tensor.reshape(1, *layer.attrs["shape"]), True
    ),
    "Permute": Row(draw_permute, permuted, torch_permute),
    "Concat": Row(draw_concat, concatenated, lambda torch, layer: lambda *tensors: torch.cat(tensors, dim(layer))),
    "Split": Row(draw_split, split, torch_split),
    "Slice": Row(draw_slice, sliced, torch_slice),
    "Crop": Row(draw_crop, cropped),
    "Add": Row(draw_join, joined, of_all("add")),
    "Mul": Row(draw_join, joined, of_all("mul")),
}
