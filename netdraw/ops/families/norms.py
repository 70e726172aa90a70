"""Further normalisations. Sources: torch.nn.BatchNorm1d and 3d, InstanceNorm1d to 3d, GroupNorm, LayerNorm, RMSNorm.

All of them fuse as BatchNorm2d does: into the convolution or Linear right before them, as the LayerNorm of a ConvNeXt
block. What stands before an attention, behind an add, or first in a residual block has nothing to join (an add takes no
norm, and no norm leaves its block): there a norm is its own cell, as figures of Transformers have it.
"""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Refusal, RuleError, Term, Types, always, define, elsewhere
from ..common import AXIS_NAMES, SPATIAL, along, need_axis, need_channels_first, need_spatial
from ..tensor import Shape, written
from .norm import AFFINE, BATCH_DOC, EPS, MOMENTUM, affine, channel_params

MAPS: tuple[tuple[str, tuple[int, ...], str], ...] = (
    ("", (), ""),
    ("a signal", (64, 400), "c, t"),
    ("an image", (64, 56, 56), "c, h, w"),
    ("a volume", (64, 16, 56, 56), "c, d, h, w"),
)
"""By rank what a map is called, one with 64 channels, and its axes."""


def _on_maps(name: str, rank: int, vector: bool = False) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        need_spatial(name, inputs[0], rank, vector)
        return inputs

    return infer


def _instance_infer(name: str, rank: int) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        need_spatial(name, inputs[0], rank)
        if inputs[0].elements == inputs[0].shape[0]:
            message = f"{name} of maps with one place, {inputs[0]}, leaves nothing but zeros"
            raise RuleError("ND309", f"{message}; leave it out, or put it before the pooling")
        return inputs

    return infer


def _map(rank: int) -> Shape:
    return dict(zip("c" + SPATIAL[rank], MAPS[rank][1], strict=True))


def _batch(rank: int, doc: str, vector: bool, example: Example, refusal: Refusal) -> None:
    name, shape = f"BatchNorm{rank}d", (_map(rank),)
    define(
        name=name,
        snake=f"batch_norm{rank}d",
        doc=f"Batch normalisation of {doc}: {BATCH_DOC}",
        attrs=(AFFINE, EPS, MOMENTUM),
        infer=_on_maps(name, rank, vector),
        face=always(Face(category="norm.batch", kernel="BN")),
        params=channel_params,
        shifts=affine,
        fuse="norm",
        inferred=("num_features",),
        names=elsewhere(f"torch.nn.{name}", "", "", ""),
        examples=(Example(shape, {}, shape, params=128, note="64 scales and 64 shifts"), example),
        refusals=(refusal,),
    )


_batch(
    1,
    "a vector or a signal",
    True,
    Example(((1024,),), {}, ((1024,),), params=2048, note="behind a Linear"),
    Refusal(
        ((197, 768),),
        {},
        "ND307",
        "BatchNorm1d needs the axes c, or c, t; its input is 197×768 (t, c): write Permute: {dims: [c, t]} before it",
    ),
)
_batch(
    3,
    "a volume",
    False,
    Example(((32, 8, 28, 28),), {"affine": False}, ((32, 8, 28, 28),), note="nothing is learned"),
    Refusal(
        ((64, 56, 56),),
        {},
        "ND307",
        "BatchNorm3d needs the axes c, d, h, w; its input is 64×56×56 (c, h, w): write BatchNorm2d",
    ),
)


def _instance(rank: int) -> None:
    name, shape = f"InstanceNorm{rank}d", (_map(rank),)
    what, _, axes = MAPS[rank]
    one = {"c": 64, **dict.fromkeys(SPATIAL[rank], 1)}
    define(
        name=name,
        snake=f"instance_norm{rank}d",
        doc=f"Each channel of {what} by its own mean and variance; a scale and a shift a channel where affine.",
        attrs=(AFFINE._replace(default=False), EPS, MOMENTUM),
        infer=_instance_infer(name, rank),
        face=always(Face(category="norm.instance", kernel="IN")),
        params=channel_params,
        shifts=affine,
        fuse="norm",
        inferred=("num_features",),
        names=elsewhere(f"torch.nn.{name}", "InstanceNormalization" if rank == 2 else "", "", ""),
        examples=(
            Example(shape, {}, shape, note="nothing is learned"),
            Example(shape, {"affine": True}, shape, params=128, note="64 scales and 64 shifts"),
        ),
        refusals=(
            Refusal(((64,),), {}, "ND307", f"{name} needs the axes {axes}; its input is 64 (c): put it before Flatten"),
            Refusal(
                (one,),
                {},
                "ND309",
                f"{name} of maps with one place, {written(one)}, leaves nothing but zeros; leave it out, or put it "
                "before the pooling",
            ),
        ),
    )


for _rank in (1, 2, 3):
    _instance(_rank)


def _group_infer(attrs: Attrs, inputs: Types) -> Types:
    channels, groups = need_channels_first("GroupNorm", inputs[0]), attrs["num_groups"]
    if channels % groups:
        message = f"num_groups {groups} does not divide the {channels} channels; they are cut into equal groups"
        raise RuleError("ND304", message, "num_groups")
    return inputs


define(
    name="GroupNorm",
    snake="group_norm",
    doc="Groups of channels, each by its own mean and variance; a scale and a shift a channel are learned.",
    attrs=(
        Attr("num_groups", kinds.integer(), doc="into how many equal groups the channels are cut"),
        AFFINE,
        EPS,
    ),
    infer=_group_infer,
    face=always(Face(category="norm.group", kernel="GN")),
    params=channel_params,
    shifts=affine,
    fuse="norm",
    inferred=("num_channels",),
    names=elsewhere("torch.nn.GroupNorm", "GroupNormalization", "GroupNormalization", ""),
    examples=(
        Example(((256, 56, 56),), {"num_groups": 32}, ((256, 56, 56),), params=512, note="32 groups of 8 channels"),
        Example(({"c": 96, "t": 100},), {"num_groups": 1, "affine": False}, ({"c": 96, "t": 100},), note="a signal"),
        Example(((512,),), {"num_groups": 4}, ((512,),), params=1024, note="a vector"),
    ),
    refusals=(
        Refusal(
            ((48, 56, 56),),
            {"num_groups": 32},
            "ND304",
            "num_groups 32 does not divide the 48 channels; they are cut into equal groups",
        ),
        Refusal(
            ((197, 768),),
            {"num_groups": 32},
            "ND307",
            "GroupNorm needs c as its first axis; its input is 197×768 (t, c): write Permute: {dims: [c, t]} before it",
        ),
    ),
)


def _over_axes(name: str) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        for axis in attrs["dims"]:
            need_axis(name, inputs[0], axis, "dims")
        return inputs

    return infer


def _weights(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """One learned scale, and one shift, for each place on the axes that are normalised over."""
    if not attrs["elementwise_affine"]:
        return ()
    sizes = [(AXIS_NAMES[axis], inputs[0].size(axis) or 0) for axis in attrs["dims"]]
    words = ("scale", "shift") if attrs.get("bias") else ("scale",)
    first = sizes[0][1]
    return tuple(Term(((word, first), *sizes[1:])) for word in words)


def _over(category: str, kernel: str) -> Callable[[Attrs, Types, Types], Face]:
    return lambda attrs, inputs, outputs: Face(category=category, kernel=kernel, axis=along(attrs["dims"]))


_DIMS = Attr("dims", kinds.axes(), default="c", doc="the axes normalised over, PyTorch's normalized_shape by letter")
_LEARNED = Attr("elementwise_affine", kinds.boolean(), default=True, doc="whether there is anything to learn")
_SHIFT = Attr("bias", kinds.boolean(), default=True, doc="whether a shift is learned, too")
_IMAGE = {"dims": ["c", "h", "w"]}
_ALONG_H = "acts along h; its input 197×768 (t, c) has no such axis"

define(
    name="LayerNorm",
    snake="layer_norm",
    doc="Each place by the mean and variance of its channels, wherever c stands; over other axes by dims. A scale and "
    "a shift are learned for each element of these axes.",
    attrs=(_DIMS, _LEARNED, _SHIFT, EPS),
    infer=_over_axes("LayerNorm"),
    face=_over("norm.layer", "LN"),
    params=_weights,
    shifts=lambda attrs: bool(attrs["elementwise_affine"] and attrs["bias"]),
    fuse="norm",
    inferred=("normalized_shape",),
    names=elsewhere("torch.nn.LayerNorm", "LayerNormalization", "LayerNormalization", "MVN"),
    examples=(
        Example(((197, 768),), {}, ((197, 768),), params=1536, note="ViT: 768 scales and 768 shifts for all tokens"),
        Example(((96, 56, 56),), {"eps": 1e-6}, ((96, 56, 56),), params=192, note="ConvNeXt: each place of an image"),
        Example(((8, 4, 5),), _IMAGE, ((8, 4, 5),), params=320, note="the whole image: 8·4·5 of each"),
        Example(((197, 768),), {"bias": False}, ((197, 768),), params=768),
        Example(((197, 768),), {"elementwise_affine": False}, ((197, 768),), note="nothing is learned"),
    ),
    refusals=(Refusal(((197, 768),), _IMAGE, "ND307", f"LayerNorm {_ALONG_H}"),),
)
define(
    name="RMSNorm",
    snake="rms_norm",
    doc="Each place by the root of the mean square of its channels, wherever c stands; over other axes by dims. A "
    "scale is learned for each element of these axes, no shift.",
    attrs=(_DIMS, _LEARNED, EPS._replace(default=None, doc="added to the mean; by default the type's own least")),
    infer=_over_axes("RMSNorm"),
    face=_over("norm.rms", "RMS"),
    params=_weights,
    fuse="norm",
    inferred=("normalized_shape",),
    names=elsewhere("torch.nn.RMSNorm", "RMSNormalization", "RMSNormalization", ""),
    examples=(
        Example(((2048, 4096),), {}, ((2048, 4096),), params=4096, note="Llama"),
        Example(((64, 14, 14),), {"elementwise_affine": False}, ((64, 14, 14),), note="nothing is learned"),
    ),
    refusals=(Refusal(((197, 768),), _IMAGE, "ND307", f"RMSNorm {_ALONG_H}"),),
)
