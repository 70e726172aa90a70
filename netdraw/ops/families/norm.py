"""Normalisations: BatchNorm2d, LocalResponseNorm. Sources: torch.nn.BatchNorm2d, torch.nn.LocalResponseNorm."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Refusal, RuleError, Term, Types, always, define, elsewhere
from ..common import described, need_spatial

AFFINE = Attr("affine", kinds.boolean(), default=True, doc="whether scale and shift are learned")
EPS = Attr("eps", kinds.real(0), default=1e-5, doc="added to the variance")
MOMENTUM = Attr("momentum", kinds.real(0, 1), default=0.1, doc="weight of the new batch in the running statistics")
BATCH_DOC = "a scale and a shift a channel are learned; the running mean and variance are buffers, and do not count."


def channel_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """A scale and a shift for each channel, where `affine` says so."""
    channels = inputs[0].size("c") or 0
    return (Term((("scale", channels),)), Term((("shift", channels),))) if attrs["affine"] else ()


def affine(attrs: Attrs) -> bool:
    """Whether a norm shifts each channel."""
    return bool(attrs["affine"])


def _batch_infer(attrs: Attrs, inputs: Types) -> Types:
    need_spatial("BatchNorm2d", inputs[0], 2)
    return inputs


def _local_infer(attrs: Attrs, inputs: Types) -> Types:
    source = inputs[0]
    if source.axes[:1] != "c" or not source.spatial:
        raise RuleError("ND307", f"LocalResponseNorm needs c and spatial axes; its input is {described(source)}")
    return inputs


define(
    name="BatchNorm2d",
    snake="batch_norm2d",
    doc=f"Batch normalisation of an image: {BATCH_DOC}",
    attrs=(AFFINE, EPS, MOMENTUM),
    infer=_batch_infer,
    face=always(Face(category="norm.batch", kernel="BN")),
    params=channel_params,
    shifts=affine,
    fuse="norm",
    inferred=("num_features",),
    names=elsewhere(
        "torch.nn.BatchNorm2d",
        "BatchNormalization",
        "BatchNormalization",
        "BatchNorm Scale",
        "tf.nn.batch_normalization FusedBatchNorm FusedBatchNormV3",
        "batch_normalize",
    ),
    examples=(
        Example(((64, 112, 112),), {}, ((64, 112, 112),), params=128, note="64 scales and 64 shifts"),
        Example(((64, 112, 112),), {"affine": False}, ((64, 112, 112),), note="nothing is learned"),
    ),
    refusals=(
        Refusal(
            ((512,),),
            {},
            "ND307",
            "BatchNorm2d needs the axes c, h, w; its input is 512 (c): put it before Flatten",
        ),
        Refusal(
            ({"c": 64, "t": 100},),
            {},
            "ND307",
            "BatchNorm2d needs the axes c, h, w; its input is 64×100 (c, t): write BatchNorm1d",
        ),
    ),
)

define(
    name="LocalResponseNorm",
    snake="local_response_norm",
    doc="Local response normalisation across neighbouring channels, of AlexNet and GoogLeNet. Nothing is learned.",
    attrs=(
        Attr("size", kinds.integer(), doc="how many neighbouring channels count"),
        Attr("alpha", kinds.real(), default=1e-4, doc="factor of the sum of squares"),
        Attr("beta", kinds.real(), default=0.75, doc="exponent"),
        Attr("k", kinds.real(), default=1.0, doc="added to the sum"),
    ),
    infer=_local_infer,
    face=always(Face(category="norm.lrn", kernel="LRN")),
    names=elsewhere("torch.nn.LocalResponseNorm", "LRN", "", "LRN", "tf.nn.local_response_normalization"),
    examples=(
        Example(((96, 55, 55),), {"size": 5, "k": 2}, ((96, 55, 55),), note="AlexNet"),
        Example(((64, 56, 56),), {"size": 5}, ((64, 56, 56),), note="GoogLeNet"),
        Example(({"c": 64, "t": 400},), {"size": 5}, ({"c": 64, "t": 400},), note="a signal"),
    ),
    refusals=(
        Refusal(
            ((197, 768),),
            {"size": 5},
            "ND307",
            "LocalResponseNorm needs c and spatial axes; its input is 197×768 (t, c)",
        ),
    ),
)
