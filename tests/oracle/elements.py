"""Arithmetic, products of matrices, reductions, tokens, axes that come and go, places that are taken, regions."""

from __future__ import annotations

from math import prod
from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told
from .counting import count, places
from .moves import LETTERS, an_axis, any_tensor, dim, draw_join, joined, need_axis, of_all
from .plain import activation

USUAL = ("tc", "chw", "cdhw")
"""Where axes stand, unless they were moved."""


def draw_pair(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    attrs, inputs = draw_join(dice)
    return attrs, inputs[: 2 if not dice.rare(0.05) else 3]


def pair(layer: Layer) -> Told:
    if len(layer.inputs) != 2:
        raise Malformed("two inputs")
    return joined(layer)


def draw_pow(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    _, inputs = draw_pair(dice)
    with_number = dice.random() < 0.5
    count_of = 1 if with_number is not dice.rare(0.1) else 2
    return ({"exponent": dice.choice([2, 0.5, -1])} if with_number else {}), inputs[:count_of]


def power(layer: Layer) -> Told:
    if len([*layer.inputs, *layer.attrs]) != 2:
        raise Malformed("one exponent")
    return Told((layer.source,)) if layer.attrs else joined(layer)


def torch_pow(torch: Any, layer: Layer) -> Any:
    return lambda *tensors: torch.pow(*tensors, *layer.attrs.values())


def draw_clamp(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    return dice.some({"min": dice.choice([-1, 0]), "max": dice.choice([1, 6.0])}, 0.8), (any_tensor(dice),)


def clamped(layer: Layer) -> Told:
    if not layer.attrs:
        raise Impossible("no bound")
    return Told((layer.source,))


def function(name: str) -> Row:
    return Row(*activation()[:2], lambda torch, layer: getattr(torch, name.lower()))


def draw_product(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    first = any_tensor(dice, 5, ("tc", "ct", "chw", "cdhw", "dtc"))
    *outer, _, inner = first.values()
    if outer and dice.rare(0.2):
        outer[0] = dice.choice([1, outer[0] + 1])
    sizes = [*outer, inner + dice.rare(0.1), dice.randint(1, 5)]
    axes = dice.choice([[*first], [*[*first][:-2], *reversed([*first][-2:])]])
    return {}, (first, dict(zip(axes, sizes, strict=True)))


def product(layer: Layer) -> Told:
    """A product for each element of the output and each place of the axis that is summed."""
    first, second = (list(source.values()) for source in layer.inputs)
    if len(first) < 2 or len(first) != len(second):
        raise Malformed("axes")
    if first[-1] != second[-2]:
        raise Impossible("the inner axis")
    outer = [max(pair) for pair in zip(first[:-2], second[:-2], strict=True)]
    for size, *both in zip(outer, first[:-2], second[:-2], strict=True):
        if any(one not in (1, size) for one in both):
            raise Impossible("an outer axis")
    made = [*outer, first[-2], second[-1]]
    return Told((dict(zip(layer.source, made, strict=True)),), 0, count(*made, first[-1]))


def draw_reduction(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    dims = dice.sample([*source], dice.randint(1, max(1, len(source) - 1)))
    dims = dice.sample(LETTERS, 2) if dice.rare(0.1) else dims
    return {"dim": dims if len(dims) > 1 else dims[0], **dice.some({"keepdim": dice.random() < 0.5})}, (source,)


def reduced(layer: Layer) -> Told:
    if any(axis not in layer.source for axis in layer.attrs["dim"]):
        raise Malformed("dim")
    made = {axis: 1 if axis in layer.attrs["dim"] else size for axis, size in layer.source.items()}
    if not layer.attrs.get("keepdim", False):
        made = {axis: size for axis, size in made.items() if axis not in layer.attrs["dim"]}
    if not made:
        raise Malformed("a bare number")
    return Told((made,))


def reduction(name: str) -> Row:
    def torch_reduced(torch: Any, layer: Layer) -> Any:
        numbers = [1 + [*layer.source].index(axis) for axis in layer.attrs["dim"]]
        return lambda tensor: getattr(torch, name)(tensor, numbers, layer.attrs.get("keepdim", False))

    return Row(draw_reduction, reduced, torch_reduced)


def tokens(layer: Layer) -> Told:
    """A token for each place, whatever its channels."""
    rest = {axis: size for axis, size in layer.source.items() if axis != "c"}
    signal = [*layer.source] == ["c", "t"]
    if "c" not in layer.source or not rest or not (signal or {*rest} <= {*"dhw"}):
        raise Malformed("axes")
    return Told(({"t": len(places(rest)), "c": layer.source["c"]},))


def torch_tokens(torch: Any, layer: Layer) -> Any:
    at = 1 + [*layer.source].index("c")
    return lambda tensor: tensor.movedim(at, 1).flatten(2).transpose(1, 2)


def draw_map(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    size = [dice.randint(1, 4) for _ in range(dice.choice([2, 2, 3]))]
    square = dice.rare(0.4)
    size = [size[0]] * 2 if square else size
    attrs = dice.choice([{}, {"size": size}, {"size": size[0]}]) if square else {"size": size}
    return attrs, (dice.tensor("tc", t=prod(size) + dice.rare(0.15)),)


def mapped(layer: Layer) -> Told:
    """The tokens are laid out row by row until none is left."""
    source = layer.need("tc")
    size = layer.attrs.get(
        "size", next((n for n in range(source["t"] + 1) if len([*range(0, n * n)]) >= source["t"]), 0)
    )
    sizes = size if isinstance(size, list) else [size] * 2
    made = dict(zip("hw" if len(sizes) == 2 else "dhw", sizes, strict=True))
    if len(places(made)) != source["t"]:
        raise Impossible("tokens are left, or lacking")
    return Told(({"c": source["c"], **made},))


def torch_map(torch: Any, layer: Layer) -> Any:
    size = layer.attrs.get("size")
    if size is None:
        return None
    return lambda tensor: tensor.transpose(1, 2).unflatten(2, size if isinstance(size, list) else [size] * 2)


def draw_unflatten(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, 3)
    axis = an_axis(dice, source)
    free = [letter for letter in LETTERS if letter == axis or letter not in source or dice.rare(0.02)]
    made = {letter: dice.randint(1, 3) for letter in dice.sample(free, dice.randint(1, min(3, len(free))))}
    if axis in source:
        source[axis] = prod(made.values()) + dice.rare(0.1)
    if dice.random() < 0.5:
        made[dice.choice([*made])] = -1
    return {"dim": axis, "sizes": made}, (source,)


def unflattened(layer: Layer) -> Told:
    axis, sizes = need_axis(layer), layer.attrs["sizes"]
    if any(letter in layer.source and letter != axis for letter in sizes):
        raise Malformed("a letter twice")
    tries = range(1, layer.source[axis] + 1) if -1 in sizes.values() else [1]
    for size in tries:
        made = {letter: size if one == -1 else one for letter, one in sizes.items()}
        if len(places(made)) == layer.source[axis]:
            pairs = [one for old in layer.source.items() for one in (made.items() if old[0] == axis else [old])]
            return Told((dict(pairs),))
    raise Impossible("places are left, or lacking")


def torch_unflatten(torch: Any, layer: Layer) -> Any:
    return torch.nn.Unflatten(dim(layer), tuple(layer.attrs["sizes"].values()))


def draw_squeeze(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, orders=("tc", "chw", "cdhw", "hwc"))
    dims = dice.sample([*source], dice.randint(1, len(source) - 1))
    return {"dim": dims}, ({**source, **{axis: 1 + dice.rare(0.1) for axis in dims}},)


def squeezed(layer: Layer) -> Told:
    dims = layer.attrs["dim"]
    if any(layer.source.get(axis) != 1 for axis in dims) or {*layer.source} == {*dims}:
        raise Malformed("an axis that is longer, or not there; PyTorch leaves it")
    return Told(({axis: size for axis, size in layer.source.items() if axis not in dims},))


def torch_squeeze(torch: Any, layer: Layer) -> Any:
    numbers = tuple(1 + [*layer.source].index(axis) for axis in layer.attrs["dim"])
    return lambda tensor: torch.squeeze(tensor, numbers)


def more(source: Sizes, axis: str, size: int) -> Sizes:
    """One more axis: in its usual place, where the others stand in theirs, else in front."""
    order = next((one for one in USUAL if [*one] == sorted([*source, axis], key=f"{one}{LETTERS}".index)), "")
    order = order if [letter for letter in order if letter != axis] == [*source] else "".join([axis, *source])
    return {letter: size if letter == axis else source[letter] for letter in order}


def draw_stack(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, orders=("c", "c", "tc", "chw", "ct", "hw", "th"))
    others = [dict(source) for _ in range(dice.randint(1, 3))]
    if dice.rare(0.1):
        others[0] = any_tensor(dice)
    axis = dice.choice([letter for letter in LETTERS if letter not in source or dice.rare()])
    return {"dim": axis}, (source, *others)


def stacked(layer: Layer) -> Told:
    if layer.attrs["dim"] in layer.source:
        raise Malformed("a letter twice")
    if any([*one.items()] != [*layer.source.items()] for one in layer.inputs):
        raise Malformed("several shapes")
    return Told((more(layer.source, layer.attrs["dim"], len(layer.inputs)),))


def torch_stack(torch: Any, layer: Layer) -> Any:
    at = 1 + [*more(layer.source, layer.attrs["dim"], 1)].index(layer.attrs["dim"])
    return lambda *tensors: torch.stack(tensors, at)


ELEMENTS = {
    "Sub": Row(draw_pair, pair, of_all("sub")),
    "Div": Row(draw_pair, pair, of_all("div")),
    "Maximum": Row(draw_join, joined, of_all("maximum")),
    "Minimum": Row(draw_join, joined, of_all("minimum")),
    "Pow": Row(draw_pow, power, torch_pow),
    "Clamp": Row(draw_clamp, clamped, lambda torch, layer: lambda one: torch.clamp(one, **layer.attrs), True),
    **{name: function(name) for name in ("Exp", "Log", "Sqrt", "Abs", "Neg")},
    "MatMul": Row(draw_product, product, lambda torch, layer: torch.matmul, True),
    "Mean": reduction("mean"),
    "Sum": reduction("sum"),
    "Max": reduction("amax"),
    "Min": reduction("amin"),
    "Tokens": Row(lambda dice: ({}, (any_tensor(dice, 5, ("chw", "cdhw", "ct", "hwc")),)), tokens, torch_tokens),
    "FeatureMap": Row(draw_map, mapped, torch_map, True),
    "Unflatten": Row(draw_unflatten, unflattened, torch_unflatten, True),
    "Squeeze": Row(draw_squeeze, squeezed, torch_squeeze),
    "Unsqueeze": Row(
        lambda dice: (draw_stack(dice)[0], (any_tensor(dice, orders=("c", "tc", "chw", "ct", "hw")),)),
        stacked,
        torch_stack,
    ),
    "Stack": Row(draw_stack, stacked, torch_stack),
}
