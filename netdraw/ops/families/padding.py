"""What makes a map larger at its ends: PyTorch's paddings of each rank, and Pad, which names its axes.

Sizes: torch.nn.ZeroPad2d and its like, torch.nn.functional.pad.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import kinds
from ..base import Attr, Attrs, Example, Face, OpDef, Refusal, RuleError, Types, define, elsewhere, registered
from ..common import SIDE_NAMES, SPATIAL, described, ends, need_spatial, padding_text, sizes_text
from ..tensor import TensorType

Added = Sequence[tuple[str, tuple[int, int]]]
"""By the letters of axes what is added before and behind."""


def _padded(op: str, source: TensorType, added: Added, mode: str, attr: str = "padding") -> TensorType:
    """The type with larger axes; raises ND309 where the map is too small to be mirrored or continued."""
    sizes = {}
    for axis, (before, behind) in added:
        size, most = source.size(axis) or 0, max(before, behind)
        if (mode == "reflect" and most >= size) or (mode == "circular" and most > size):
            limit, how = (size - 1, "mirrors") if mode == "reflect" else (size, "continues")
            message = f"{op} {how} at most {limit} of the {SIDE_NAMES[axis]} {size}, not {most}"
            raise RuleError("ND309", message, attr or axis)
        sizes[axis] = size + before + behind
    return source.replace(**sizes)


def _formulas(source: TensorType, made: TensorType, added: Added) -> tuple[str, ...]:
    return tuple(
        f"out_{SIDE_NAMES[axis]} = in + before + behind = {source.size(axis)} + {before} + {behind} = {made.size(axis)}"
        for axis, (before, behind) in added
    )


def _rank(name: str, rank: int, mode: str) -> OpDef:
    """The definition of one of PyTorch's paddings over `rank` axes."""
    full, axes = f"{name}Pad{rank}d", SPATIAL[rank]
    order = ("left, right", "left, right, top, bottom", "left, right, top, bottom, front, back")[rank - 1]
    attrs = [Attr("padding", kinds.sides(rank), doc=f"size added at all sides, or a list: {order}")]
    if name == "Constant":
        attrs.append(Attr("value", kinds.real(), default=0.0, doc="the number that is added; changes no size"))

    def infer(attrs: Attrs, inputs: Types) -> Types:
        need_spatial(full, inputs[0], rank)
        return (_padded(full, inputs[0], tuple(zip(axes, attrs["padding"], strict=True)), mode),)

    def formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
        return _formulas(inputs[0], outputs[0], tuple(zip(axes, attrs["padding"], strict=True)))

    return OpDef(
        name=full,
        snake=f"{name.lower()}_pad{rank}d",
        doc=_DOCS[mode, name],
        attrs=tuple(attrs),
        infer=infer,
        face=lambda attrs, inputs, outputs: _face(attrs["padding"]),
        formula=formula,
        names=elsewhere(
            f"torch.nn.{full}", "Pad", _KERAS[rank] if name == "Zero" else "", "", *_TENSORFLOW.get(mode, ())
        ),
        examples=_examples(rank),
        refusals=_refusals(full, rank, mode),
    )


def _face(pairs: Sequence[tuple[int, int]]) -> Face:
    texts = tuple([padding_text(pair if pair[0] != pair[1] else pair[0]) for pair in pairs])
    return Face("tick", padding=sizes_text(texts))


_DOCS = {
    ("constant", "Zero"): "Zeros around the map.",
    ("constant", "Constant"): "A constant around the map.",
    ("reflect", "Reflection"): "The map mirrored at its ends, which are not repeated.",
    ("replicate", "Replication"): "The map's last elements repeated around it.",
    ("circular", "Circular"): "The map continued from its other end.",
}
_KERAS = ("", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D")
_TENSORFLOW = {"constant": ("tf.pad",), "reflect": ("tf.pad MirrorPad",)}
_SHAPES: tuple[Any, ...] = ({"c": 8, "t": 20}, (3, 20, 30), (3, 6, 20, 30))
_ALL: tuple[Any, ...] = ({"c": 8, "t": 26}, (3, 26, 36), (3, 12, 26, 36))
_LISTS = ([3, 1], [3, 1, 0, 2], [3, 1, 0, 2, 1, 1])
_APART: tuple[Any, ...] = ({"c": 8, "t": 24}, (3, 22, 34), (3, 8, 22, 34))


def _examples(rank: int) -> tuple[Example, ...]:
    given, note = (
        _SHAPES[rank - 1],
        "left 3, right 1" + ", top 0, bottom 2" * (rank > 1) + ", front and back 1" * (rank > 2),
    )
    return (
        Example((given,), {"padding": 3}, (_ALL[rank - 1],), note="at all sides"),
        Example((given,), {"padding": _LISTS[rank - 1]}, (_APART[rank - 1],), note=note),
    )


def _refusals(full: str, rank: int, mode: str) -> tuple[Refusal, ...]:
    """What is wrong for a rank: other axes, and a map too small for what is added."""
    needs = f"{full} needs the axes c, {', '.join(SPATIAL[rank])}; its input is"
    given, said = ((3, 8, 9), "3×8×9 (c, h, w)") if rank != 2 else ((3, 4, 8, 9), "3×4×8×9 (c, d, h, w)")
    axes = Refusal((given,), {"padding": 1}, "ND307", f"{needs} {said}: write {full[:-2]}{2 if rank != 2 else 3}d")
    name = SIDE_NAMES[SPATIAL[rank][0]]
    small = {"c": 2, **dict.fromkeys(SPATIAL[rank], 3)}
    if mode == "reflect":
        return axes, Refusal((small,), {"padding": 3}, "ND309", f"{full} mirrors at most 2 of the {name} 3, not 3")
    if mode == "circular":
        return axes, Refusal((small,), {"padding": 4}, "ND309", f"{full} continues at most 3 of the {name} 3, not 4")
    return (axes,)


def _added(attrs: Attrs) -> Added:
    return [(axis, ends(attrs[axis])) for axis in kinds.LETTERS if attrs[axis] != 0]


def _pad_infer(attrs: Attrs, inputs: Types) -> Types:
    source, added = inputs[0], _added(attrs)
    if not added:
        raise RuleError("ND309", "Pad says of no axis what is added; write Pad: {h: 1, w: [0, 1]}", "c")
    for axis, _ in added:
        if source.size(axis) is None:
            raise RuleError("ND307", f"Pad names the axis {axis}, which its input {described(source)} lacks", axis)
    return (_padded("Pad", source, added, attrs["mode"], ""),)


def _pad_face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    added = _added(attrs)
    return _face([pair for _, pair in added])._replace(axis=", ".join(axis for axis, _ in added))


for _rank_of in (1, 2, 3):
    for _name, _mode in (
        ("Zero", "constant"),
        ("Constant", "constant"),
        ("Reflection", "reflect"),
        ("Replication", "replicate"),
        ("Circular", "circular"),
    ):
        registered(_rank)(_name, _rank_of, _mode)

define(
    name="Pad",
    snake="pad",
    doc="Elements added at the ends of the axes that are named; channels, too.",
    attrs=(
        Attr(
            "mode",
            kinds.choice("constant", "reflect", "replicate", "circular"),
            default="constant",
            doc="what is added: a constant, the map mirrored, its last elements, or its other end; changes no size",
        ),
        *(
            Attr(axis, kinds.pair(), default=0, doc=f"size added at both ends of {axis}, or before and behind it")
            for axis in kinds.LETTERS
        ),
        Attr("value", kinds.real(), default=0.0, doc="the number that is added; changes no size"),
    ),
    infer=_pad_infer,
    face=_pad_face,
    formula=lambda attrs, inputs, outputs: _formulas(inputs[0], outputs[0], _added(attrs)),
    names=elsewhere("torch.nn.functional.pad", "Pad", "", "", "tf.pad MirrorPad"),
    examples=(
        Example(((16, 16, 16),), {"c": [8, 8]}, ((32, 16, 16),), note="the shortcut of ResNet for CIFAR-10"),
        Example(((3, 20, 30),), {"h": 1, "w": [0, 2], "mode": "reflect"}, ((3, 22, 32),), note="mirrored"),
        Example(((196, 768),), {"t": [1, 0]}, ((197, 768),), note="a token in front"),
    ),
    refusals=(
        Refusal(((3, 8, 9),), {}, "ND309", "Pad says of no axis what is added; write Pad: {h: 1, w: [0, 1]}"),
        Refusal(((3, 8, 9),), {"t": 1}, "ND307", "Pad names the axis t, which its input 3×8×9 (c, h, w) lacks"),
        Refusal(((3, 8, 9),), {"h": 8, "mode": "reflect"}, "ND309", "Pad mirrors at most 7 of the height 8, not 8"),
    ),
)
