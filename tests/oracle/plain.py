"""What keeps the shape, or has weights without a window: Linear, normalisations, activations, and what detectors end in."""

from __future__ import annotations

from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told
from .counting import count, weights
from .moves import LETTERS, an_axis, any_tensor, dim, need_axis
from .windows import keywords


def draw_linear(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = dice.tensor(dice.choice(["c", "c", "tc", "tc", "hwc", "chw", "ct"]))
    return {"out_features": dice.randint(0 if dice.rare() else 1, 12), **dice.some({"bias": dice.random() < 0.5})}, (
        source,
    )


def linear(layer: Layer) -> Told:
    """Every weight is used once at every place; a place is what the last axis, the channels, is not."""
    *others, last = layer.source
    if last != "c":
        raise Malformed("axes")
    out = layer.whole("out_features")
    number = weights(layer.source["c"], out, 1)
    offsets = out if layer.attrs.get("bias", True) else 0
    return Told(
        ({**layer.source, "c": out},), number + offsets, number * count(*(layer.source[axis] for axis in others))
    )


def torch_linear(torch: Any, layer: Layer) -> Any:
    return torch.nn.Linear(layer.source["c"], **keywords(layer)) if layer.attrs["out_features"] else None


def affine(rank_axes: str) -> Row:
    """A batch normalisation: two numbers a channel, if any."""

    def tell(layer: Layer) -> Told:
        source = layer.need("c" + rank_axes)
        learned = [(role, channel) for role in ("scale", "shift") for channel in range(source["c"])]
        return Told((source,), len(learned) if layer.attrs.get("affine", True) else 0)

    return Row(
        lambda dice: (
            dice.some({"affine": dice.random() < 0.5, "eps": 1e-3, "momentum": 0.1}),
            (dice.tensor("c" + rank_axes),),
        ),
        tell,
        lambda torch, layer: getattr(torch.nn, layer.op)(layer.source["c"], **keywords(layer)).eval(),
    )


def activation(**attrs: Any) -> Row:
    """A function of each element, which learns nothing."""
    return Row(
        lambda dice: (dice.some(attrs), (any_tensor(dice),)),
        lambda layer: Told((layer.source,)),
        lambda torch, layer: getattr(torch.nn, layer.op)(**layer.attrs),
    )


def draw_prelu(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    return dice.some({"num_parameters": dice.choice([1, source.get("c", 2), dice.randint(0, 6)])}), (source,)


def prelu(layer: Layer) -> Told:
    slopes = layer.whole("num_parameters", 1, 1)
    if "c" not in layer.source:
        raise Malformed("axes")
    if slopes != 1 and len(range(slopes)) != layer.source["c"]:
        raise Impossible("slopes")
    return Told((layer.source,), slopes)


def torch_prelu(torch: Any, layer: Layer) -> Any:
    """PyTorch takes the second axis for the channels, whatever its letter."""
    return torch.nn.PReLU(**layer.attrs) if next(iter(layer.source)) == "c" else None


def draw_softmax(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    axis = an_axis(dice, source)
    return {"dim": axis} if axis != "c" or dice.random() < 0.5 else {}, (source,)


def softmax(layer: Layer) -> Told:
    need_axis(layer)
    return Told((layer.source,))


def draw_probability(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    return dice.some({"p": dice.choice([0, 0.2, 0.5, 1, 1.0, -0.1, 1.5])}), (any_tensor(dice),)


def dropped(layer: Layer) -> Told:
    if not 0 <= layer.attrs.get("p", 0.5) <= 1:
        raise Impossible("p")
    return Told((layer.source,))


def draw_local(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    return {"size": dice.randint(0 if dice.rare() else 1, 7), **dice.some({"k": 2.0})}, (any_tensor(dice),)


def local(layer: Layer) -> Told:
    """Channels first, and places behind them."""
    layer.whole("size")
    if "".join(layer.source) not in ("ct", "chw", "cwh", "cdhw"):
        raise Malformed("axes")
    return Told((layer.source,))


def l2(layer: Layer) -> Told:
    if "c" not in layer.source:
        raise Malformed("axes")
    return Told((layer.source,), layer.source["c"] if layer.attrs.get("affine", True) else 0)


def draw_parameter(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    tensor = dice.tensor("".join(dice.sample(LETTERS, dice.randint(1, 4))), 6)
    return {"shape": tensor}, ()


def parameter(layer: Layer) -> Told:
    return Told((layer.attrs["shape"],), count(*layer.attrs["shape"].values()))


def draw_suppression(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    boxes = dice.tensor("tc", c=4 if not dice.rare(0.1) else 3)
    scores = dice.tensor("tc", t=boxes["t"] + dice.rare(0.1))
    given = {"iou_threshold": dice.choice([0, 0.5, 1, 1.5]), "score_threshold": dice.choice([0, 0.3, -1])}
    return {"max_output": dice.randint(0 if dice.rare() else 1, 9), **dice.some(given)}, (boxes, scores)


def suppressed(layer: Layer) -> Told:
    """A row for each detection that is kept: class, score, and the four numbers of a box."""
    boxes, scores = layer.inputs
    kept = layer.whole("max_output")
    if not 0 <= layer.attrs.get("iou_threshold", 0.5) <= 1 or layer.attrs.get("score_threshold", 0) < 0:
        raise Impossible("a threshold")
    if [*boxes] != ["t", "c"] or [*scores] != ["t", "c"] or boxes["c"] != 4 or boxes["t"] != scores["t"]:
        raise Impossible("boxes and scores")
    return Told(({"t": kept, "c": len(["class", "score", "left", "top", "right", "bottom"])},))


PLAIN = {
    "Linear": Row(draw_linear, linear, torch_linear),
    "BatchNorm2d": affine("hw"),
    "LocalResponseNorm": Row(
        draw_local,
        local,
        lambda torch, layer: torch.nn.LocalResponseNorm(**layer.attrs) if layer.attrs["size"] else None,
    ),
    **dict.fromkeys(["ReLU", "ReLU6", "Hardswish", "Hardsigmoid", "SiLU", "Sigmoid", "Tanh"], activation()),
    "Identity": activation(),
    "LeakyReLU": activation(negative_slope=0.2),
    "PReLU": Row(draw_prelu, prelu, torch_prelu, True),
    "Softmax": Row(draw_softmax, softmax, lambda torch, layer: torch.nn.Softmax(dim(layer))),
    "Dropout": Row(draw_probability, dropped, lambda torch, layer: torch.nn.Dropout(**layer.attrs), True),
    "L2Norm": Row(lambda dice: (dice.some({"affine": dice.random() < 0.5}), (any_tensor(dice),)), l2),
    "Parameter": Row(draw_parameter, parameter),
    "NonMaxSuppression": Row(draw_suppression, suppressed),
}
