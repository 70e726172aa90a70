"""Norms, activations and what networks are regularised with: most keep the shape, and learn a number or two a channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told
from .counting import dealt, places
from .moves import LETTERS, an_axis, any_tensor, dim, need_axis
from .plain import activation, affine, draw_probability, draw_softmax, dropped, softmax
from .windows import keywords

SPATIAL = {1: "t", 2: "hw", 3: "dhw"}


def draw_batch(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    return dice.some({"affine": dice.random() < 0.5}), (dice.tensor(dice.choice(["c", "ct"])),)


def batch(layer: Layer) -> Told:
    """Of a vector, too."""
    source = layer.need("c", "ct")
    return Told((source,), sum(2 for _ in range(source["c"])) if layer.attrs.get("affine", True) else 0)


def torch_channels(torch: Any, layer: Layer) -> Any:
    return getattr(torch.nn, layer.op)(layer.source["c"], **keywords(layer)).eval()


def instance(rank: int) -> Row:
    """A channel of one place has no variance."""

    def tell(layer: Layer) -> Told:
        source = layer.need("c" + SPATIAL[rank])
        if len(places({axis: source[axis] for axis in SPATIAL[rank]})) < 2:
            raise Impossible("one place")
        return Told((source,), sum(2 for _ in range(source["c"])) if layer.attrs.get("affine", False) else 0)

    return Row(
        lambda dice: (dice.some({"affine": dice.random() < 0.5}), (dice.tensor("c" + SPATIAL[rank], 5),)),
        tell,
        torch_channels,
        True,
    )


def draw_group(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    groups = dice.randint(0 if dice.rare() else 1, 4)
    source = dice.tensor(dice.choice(["c", "ct", "chw", "cdhw", "chw"]), c=groups * dice.randint(1, 4) or 3)
    if dice.rare(0.1):
        source["c"] += 1
    return {"num_groups": groups, **dice.some({"affine": dice.random() < 0.5})}, (source,)


def group(layer: Layer) -> Told:
    groups = layer.whole("num_groups")
    if next(iter(layer.source)) != "c":
        raise Malformed("axes")
    dealt(layer.source["c"], groups)
    return Told((layer.source,), sum(2 for _ in range(layer.source["c"])) if layer.attrs.get("affine", True) else 0)


def torch_group(torch: Any, layer: Layer) -> Any:
    """PyTorch refuses a group of one element, of which a batch has more."""
    channels, groups = layer.source["c"], layer.attrs["num_groups"]
    if len(places(layer.source)) == groups:
        return None
    return torch.nn.GroupNorm(groups, channels, affine=layer.attrs.get("affine", True))


def draw_over(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    dims: Any = dice.sample([*source], dice.randint(1, len(source)))
    if dice.rare(0.1):
        dims = dice.choice([[*dims, dims[0]], [dice.choice(LETTERS)], dims[0]])
    return dice.some({"dims": dims, "elementwise_affine": dice.random() < 0.7}), (source,)


def over(layer: Layer) -> Told:
    """A scale, and a shift unless it is left out, for each place on the axes."""
    dims = layer.attrs.get("dims", "c")
    if any(axis not in layer.source for axis in dims) or len({*dims}) < len(dims):
        raise Malformed("dims")
    roles = ["scale", "shift"] if layer.op == "LayerNorm" and layer.attrs.get("bias", True) else ["scale"]
    learned = [(role, place) for role in roles for place in places({axis: layer.source[axis] for axis in dims})]
    return Told((layer.source,), len(learned) if layer.attrs.get("elementwise_affine", True) else 0)


def torch_over(torch: Any, layer: Layer) -> Any:
    """The norm is a module, so that its parameters can be counted; it is given the axes last, and puts them back."""
    dims = layer.attrs.get("dims", "c")
    given = {name: value for name, value in layer.attrs.items() if name != "dims"}
    norm = getattr(torch.nn, layer.op)([layer.source[axis] for axis in dims], **given)
    return moved_last(torch, norm, [1 + [*layer.source].index(axis) for axis in dims])


def moved_last(torch: Any, module: Any, axes: list[int]) -> Any:
    """A module around another, which sees these axes behind all others."""
    last = list(range(-len(axes), 0))

    class Moved(torch.nn.Module):  # type: ignore[misc, name-defined, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.inner = module

        def forward(self, tensor: Any) -> Any:
            return self.inner(tensor.movedim(axes, last)).movedim(last, axes)

    return Moved()


def with_bias(draw: Callable[[Dice], tuple[Attrs, tuple[Sizes, ...]]]) -> Callable[[Dice], Any]:
    def both(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
        attrs, inputs = draw(dice)
        return {**attrs, **dice.some({"bias": dice.random() < 0.5})}, inputs

    return both


def scaled(layer: Layer) -> Told:
    if "c" not in layer.source:
        raise Malformed("axes")
    return Told((layer.source,), len(range(layer.source["c"])))


def channel_dropout(rank: int) -> Row:
    def tell(layer: Layer) -> Told:
        layer.need("c" + SPATIAL[rank])
        return dropped(layer)

    def draw(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
        return draw_probability(dice)[0], (dice.tensor("c" + SPATIAL[rank]),)

    return Row(draw, tell, lambda torch, layer: getattr(torch.nn, layer.op)(**layer.attrs), True)


def path(layer: Layer) -> Told:
    """A branch as it is; by default it is never left out."""
    return dropped(layer._replace(attrs={"p": 0, **layer.attrs}))


def draw_bounds(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    bounds = {"min_val": dice.choice([-2.0, 0.0, 0.5]), "max_val": dice.choice([6.0, 1.0, 2.0, 0.5])}
    return dice.some(bounds), (any_tensor(dice),)


def bounded(layer: Layer) -> Told:
    if not layer.attrs.get("min_val", -1.0) < layer.attrs.get("max_val", 1.0):
        raise Impossible("nothing lies between")
    return Told((layer.source,))


def draw_gated(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    axis = an_axis(dice, source)
    if axis in source and not dice.rare(0.15):
        source[axis] *= 2
    return {"dim": axis} if axis != "c" or dice.random() < 0.5 else {}, (source,)


def gated(layer: Layer) -> Told:
    """The places of the axis are dealt out to two halves."""
    axis = need_axis(layer)
    return Told(({**layer.source, axis: len(dealt(layer.source[axis], 2)[0])},))


NORMS = {
    "BatchNorm1d": Row(draw_batch, batch, torch_channels),
    "BatchNorm3d": affine("dhw"),
    **{f"InstanceNorm{rank}d": instance(rank) for rank in SPATIAL},
    "GroupNorm": Row(draw_group, group, torch_group),
    "LayerNorm": Row(with_bias(draw_over), over, torch_over),
    "RMSNorm": Row(draw_over, over, torch_over),
    "LayerScale": Row(lambda dice: (dice.some({"init_value": 0.1}), (any_tensor(dice),)), scaled),
    **{f"Dropout{rank}d": channel_dropout(rank) for rank in SPATIAL},
    "AlphaDropout": Row(draw_probability, dropped, lambda torch, layer: torch.nn.AlphaDropout(**layer.attrs), True),
    "DropPath": Row(draw_probability, path),
    **dict.fromkeys(["Mish", "SELU", "Softsign", "LogSigmoid"], activation()),
    **dict.fromkeys(["ELU", "CELU"], activation(alpha=0.5)),
    "GELU": activation(approximate="tanh"),
    "Softplus": activation(beta=2.0, threshold=10.0),
    "Hardtanh": Row(draw_bounds, bounded, lambda torch, layer: torch.nn.Hardtanh(**layer.attrs), True),
    "GLU": Row(draw_gated, gated, lambda torch, layer: torch.nn.GLU(dim(layer)), True),
    "LogSoftmax": Row(draw_softmax, softmax, lambda torch, layer: torch.nn.LogSoftmax(dim(layer))),
}
