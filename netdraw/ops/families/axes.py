"""What adds axes, takes them away, or repeats along them: Unflatten, Squeeze, Unsqueeze, Stack, Expand, Tile.

Sources: torch.unflatten, torch.squeeze, torch.unsqueeze, torch.stack, torch.Tensor.expand, torch.tile.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from .. import kinds
from ..base import Attr, Attrs, Example, Refusal, RuleError, Types, always, define, elsewhere
from ..common import AXIS_NAMES, described, need_axis, sized_along, times
from ..kinds import REST
from ..tensor import TensorType, with_axis
from .shape import tick


def _free(op: str, source: TensorType, axis: str) -> None:
    """Raises ND307 where a new axis has the letter of one that is there."""
    if axis in source.axes:
        message = f"{op} adds the axis {axis}, which its input {described(source)} has already; write another letter"
        raise RuleError("ND307", message, "dim")


def _unflatten_infer(attrs: Attrs, inputs: Types) -> Types:
    source, axis, pairs = inputs[0], attrs["dim"], attrs["sizes"]
    size = need_axis("Unflatten", source, axis)
    for letter, _ in pairs:
        if letter != axis:
            _free("Unflatten", source, letter)
    known = prod([item for _, item in pairs if item != REST])
    rest = size // known
    if known * rest != size or (rest != 1 and all(item != REST for _, item in pairs)):
        written = ", ".join(f"{letter}: {item}" for letter, item in pairs)
        raise RuleError("ND310", f"sizes {{{written}}} do not make up the {size} of {axis}; one may be -1", "sizes")
    place = source.axes.index(axis)
    axes = source.axes[:place] + "".join(letter for letter, _ in pairs) + source.axes[place + 1 :]
    sizes = tuple(rest if item == REST else item for _, item in pairs)
    return (TensorType((*source.shape[:place], *sizes, *source.shape[place + 1 :]), axes, source.dtype),)


def _became(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    return (f"{' and '.join(map(described, dict.fromkeys(inputs)))} = {described(outputs[0])}",)


def _squeeze_infer(attrs: Attrs, inputs: Types) -> Types:
    source = inputs[0]
    for axis in attrs["dim"]:
        size = need_axis("Squeeze", source, axis)
        if size != 1:
            message = f"Squeeze takes away axes of size 1; {axis} of {described(source)} is {size}"
            raise RuleError("ND309", f"{message}, so Flatten, Mean or Slice is meant", "dim")
    pairs = [pair for pair in zip(source.axes, source.shape, strict=True) if pair[0] not in attrs["dim"]]
    if not pairs:
        raise RuleError("ND309", f"Squeeze of all axes of {described(source)} leaves a bare number", "dim")
    return (TensorType(tuple(size for _, size in pairs), "".join(axis for axis, _ in pairs), source.dtype),)


def _with(source: TensorType, axis: str, size: int) -> TensorType:
    """The type with one more axis of that size, where it usually stands."""
    axes = with_axis(source.axes, axis)
    place = axes.index(axis)
    return TensorType((*source.shape[:place], size, *source.shape[place:]), axes, source.dtype)


def _unsqueeze_infer(attrs: Attrs, inputs: Types) -> Types:
    _free("Unsqueeze", inputs[0], attrs["dim"])
    return (_with(inputs[0], attrs["dim"], 1),)


def _stack_infer(attrs: Attrs, inputs: Types) -> Types:
    first = inputs[0]
    for other in inputs[1:]:
        if (other.axes, other.shape) != (first.axes, first.shape):
            message = f"Stack cannot join {described(first)} and {described(other)}; all inputs must be equal"
            raise RuleError("ND308", f"{message}; Concat joins along an axis that is there")
    _free("Stack", first, attrs["dim"])
    return (_with(first, attrs["dim"], len(inputs)),)


define(
    name="Unflatten",
    snake="unflatten",
    doc="One axis as several, in the order in which they are written; the elements stay in their order.",
    attrs=(
        Attr("dim", kinds.axis(), doc="the axis that becomes several"),
        Attr("sizes", kinds.sizes_by_letter(rest=True), doc="the axes in its place, by letter; one may be -1"),
    ),
    infer=_unflatten_infer,
    face=tick,
    window=always(None),
    formula=_became,
    names=elsewhere("torch.nn.Unflatten", "", "", ""),
    examples=(
        Example(
            ((197, 768),),
            {"dim": "c", "sizes": {"d": 12, "c": -1}},
            ({"t": 197, "d": 12, "c": 64},),
            note="12 heads",
        ),
        Example(
            ({"c": 64, "t": 196},), {"dim": "t", "sizes": {"h": 14, "w": 14}}, ((64, 14, 14),), note="an image again"
        ),
    ),
    refusals=(
        Refusal(
            ((197, 768),),
            {"dim": "c", "sizes": {"d": 10, "c": -1}},
            "ND310",
            "sizes {d: 10, c: -1} do not make up the 768 of c; one may be -1",
        ),
        Refusal(
            ((197, 768),),
            {"dim": "c", "sizes": {"t": 12, "c": 64}},
            "ND307",
            "Unflatten adds the axis t, which its input 197×768 (t, c) has already; write another letter",
        ),
        Refusal(
            ((768,),),
            {"dim": "t", "sizes": {"h": 2, "w": 2}},
            "ND307",
            "Unflatten acts along t; its input 768 (c) has no such axis",
        ),
    ),
)
define(
    name="Squeeze",
    snake="squeeze",
    doc="Takes away axes of size 1; PyTorch leaves others in silence, here they are a fault.",
    attrs=(Attr("dim", kinds.axes(), doc="the axes that are taken away: [h, w]"),),
    infer=_squeeze_infer,
    face=tick,
    window=always(None),
    formula=_became,
    names=elsewhere("torch.squeeze", "Squeeze", "", "", "tf.squeeze"),
    examples=(
        Example(((512, 1, 1),), {"dim": ["h", "w"]}, ((512,),), note="behind a global pooling"),
        Example(((1, 768),), {"dim": "t"}, ((768,),), note="the class token"),
    ),
    refusals=(
        Refusal(
            ((512, 7, 7),),
            {"dim": ["h", "w"]},
            "ND309",
            "Squeeze takes away axes of size 1; h of 512×7×7 (c, h, w) is 7, so Flatten, Mean or Slice is meant",
        ),
        Refusal(((1,),), {"dim": "c"}, "ND309", "Squeeze of all axes of 1 (c) leaves a bare number"),
    ),
)
define(
    name="Unsqueeze",
    snake="unsqueeze",
    doc="Adds an axis of size 1, where it usually stands: t, c; c, h, w; c, d, h, w; in front of any other.",
    attrs=(Attr("dim", kinds.axis(), doc="the letter of the new axis"),),
    infer=_unsqueeze_infer,
    face=tick,
    window=always(None),
    formula=_became,
    names=elsewhere("torch.unsqueeze", "Unsqueeze", "", "", "tf.expand_dims ExpandDims"),
    examples=(
        Example(((768,),), {"dim": "t"}, ((1, 768),), note="a vector as one token"),
        Example(((64, 28, 28),), {"dim": "d"}, ((64, 1, 28, 28),), note="an image as a volume"),
    ),
    refusals=(
        Refusal(
            ((64, 28, 28),),
            {"dim": "h"},
            "ND307",
            "Unsqueeze adds the axis h, which its input 64×28×28 (c, h, w) has already; write another letter",
        ),
    ),
)
define(
    name="Stack",
    snake="stack",
    doc="Inputs of one shape along a new axis, which stands where it usually does: t, c; c, d, h, w.",
    attrs=(Attr("dim", kinds.axis(), doc="the letter of the new axis"),),
    infer=_stack_infer,
    face=lambda attrs, inputs, outputs: sized_along("concat", "‖", attrs["dim"], str(len(inputs))),
    arity=(2, None),
    window=always(None),
    formula=_became,
    names=elsewhere("torch.stack", "", "", "", "tf.stack Pack"),
    examples=(
        Example(((768,), (768,), (768,)), {"dim": "t"}, ((3, 768),), note="three vectors as tokens"),
        Example(((64, 28, 28), (64, 28, 28)), {"dim": "d"}, ((64, 2, 28, 28),), note="two images as a volume"),
    ),
    refusals=(
        Refusal(
            ((768,), (512,)),
            {"dim": "t"},
            "ND308",
            "Stack cannot join 768 (c) and 512 (c); all inputs must be equal; Concat joins along an axis that is there",
        ),
        Refusal(
            ((768,), (768,)),
            {"dim": "c"},
            "ND307",
            "Stack adds the axis c, which its input 768 (c) has already; write another letter",
        ),
    ),
)


def _resized(name: str, times_old: bool) -> Callable[[Attrs, Types], Types]:
    """Sizes by letter: factors of the old ones, or sizes in place of 1."""

    def infer(attrs: Attrs, inputs: Types) -> Types:
        source, sizes = inputs[0], dict(attrs["sizes"])
        for axis, size in sizes.items():
            old = need_axis(name, source, axis, "sizes")
            if times_old:
                sizes[axis] = size * old
            elif old not in (1, size):
                message = f"{name} repeats an axis of size 1; {axis} of {described(source)} is {old}"
                raise RuleError("ND309", f"{message}; Tile repeats a longer one", "sizes")
        return (source.replace(**sizes),)

    return infer


def _resized_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    changed = [f"out_{AXIS_NAMES[axis]} = {outputs[0].size(axis)}" for axis, _ in attrs["sizes"]]
    return (f"{times(inputs[0].shape)} repeated: {', '.join(changed)}",)


_NO_W = "acts along w; its input 196×64 (t, c) has no such axis"
define(
    name="Expand",
    snake="expand",
    doc="Repeats axes of size 1 up to the sizes that are written.",
    attrs=(Attr("sizes", kinds.sizes_by_letter(), doc="the new sizes by letter: {h: 28, w: 28}"),),
    infer=_resized("Expand", False),
    face=tick,
    window=always(None),
    formula=_resized_formula,
    names=elsewhere("torch.Tensor.expand torch.broadcast_to", "Expand", "", "", "tf.broadcast_to"),
    examples=(
        Example(((256, 1, 1),), {"sizes": {"h": 28, "w": 28}}, ((256, 28, 28),), note="the image pooling of DeepLab"),
        Example(((1, 768),), {"sizes": {"t": 196}}, ((196, 768),), note="one token for every place"),
    ),
    refusals=(
        Refusal(
            ((256, 2, 2),),
            {"sizes": {"h": 28}},
            "ND309",
            "Expand repeats an axis of size 1; h of 256×2×2 (c, h, w) is 2; Tile repeats a longer one",
        ),
        Refusal(((196, 64),), {"sizes": {"w": 7}}, "ND307", f"Expand {_NO_W}"),
    ),
)
define(
    name="Tile",
    snake="tile",
    doc="The input several times behind itself, along one axis or more.",
    attrs=(Attr("sizes", kinds.sizes_by_letter(), doc="how many times by letter: {t: 2}"),),
    infer=_resized("Tile", True),
    face=tick,
    window=always(None),
    formula=_resized_formula,
    names=elsewhere("torch.tile torch.Tensor.repeat", "Tile", "RepeatVector", "Tile", "tf.tile"),
    examples=(
        Example(((32, 7, 7),), {"sizes": {"h": 2, "w": 3}}, ((32, 14, 21),)),
        Example(((49, 96),), {"sizes": {"t": 4}}, ((196, 96),), note="four times the same tokens"),
    ),
    refusals=(Refusal(((196, 64),), {"sizes": {"w": 7}}, "ND307", f"Tile {_NO_W}"),),
)
