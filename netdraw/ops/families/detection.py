"""Ops of detectors: L2Norm, NonMaxSuppression. Sources: arXiv:1512.02325 (SSD), arXiv:1506.04579 (ParseNet)."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, RuleError, Term, Types, always, define, elsewhere
from ..common import described
from ..tensor import TensorType

COORDINATES = 4
"""A box: two corners, or centre and size."""
DETECTION = 2 + COORDINATES
"""What is said of a detection: class, score, box."""


def _l2_infer(attrs: Attrs, inputs: Types) -> Types:
    if inputs[0].size("c") is None:
        raise RuleError("ND307", f"L2Norm needs the axis c; its input is {described(inputs[0])}")
    return inputs


def _l2_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term((("scale", inputs[0].size("c") or 0),)),) if attrs["affine"] else ()


def _nms_infer(attrs: Attrs, inputs: Types) -> Types:
    boxes, scores = inputs
    for name, kind in (("boxes", boxes), ("scores", scores)):
        if kind.axes != "tc":
            message = f"NonMaxSuppression needs {name} with the axes t, c; they are {described(kind)}"
            raise RuleError("ND307", f"{message}: write Permute and Reshape before it")
    if boxes.size("c") != COORDINATES:
        message = f"NonMaxSuppression reads boxes, then scores; a box has {COORDINATES} coordinates"
        raise RuleError("ND308", f"{message}, the first input is {described(boxes)}")
    if boxes.size("t") != scores.size("t"):
        message = f"NonMaxSuppression has boxes {described(boxes)} and scores {described(scores)}; t must be equal"
        raise RuleError("ND308", message)
    return (TensorType((attrs["max_output"], DETECTION), "tc", boxes.dtype),)


def _nms_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    boxes, classes = inputs[1].shape
    kept = f"out_tokens = max_output = {outputs[0].shape[0]}, of {boxes}·{classes} = {boxes * classes} scored boxes"
    return (kept, f"out_channels = class + score + {COORDINATES} coordinates = {outputs[0].shape[1]}")


define(
    name="L2Norm",
    snake="l2_norm",
    doc="Divides the channels at each place by their Euclidean norm, and scales each channel by a learned factor.",
    attrs=(
        Attr("affine", kinds.boolean(), default=True, doc="whether a scale a channel is learned"),
        Attr("scale", kinds.real(), default=20.0, doc="what the scale is at first"),
        Attr("eps", kinds.real(0), default=1e-10, doc="added to the norm"),
    ),
    infer=_l2_infer,
    face=always(Face(category="norm.l2", kernel="L2")),
    params=_l2_params,
    names=elsewhere("torch.nn.functional.normalize", "LpNormalization", "UnitNormalization", "Normalize"),
    examples=(
        Example(((512, 38, 38),), {}, ((512, 38, 38),), params=512, note="conv4_3 of SSD: one scale a channel"),
        Example(((128,),), {"affine": False}, ((128,),), note="a vector of length 1"),
    ),
)
_OVERLAP = "intersection over union above which a box is dropped"
_SSD = {"max_output": 200, "iou_threshold": 0.45, "score_threshold": 0.01}
define(
    name="NonMaxSuppression",
    snake="non_max_suppression",
    doc="Reads boxes (t, 4) and scores (t, c). For each class it keeps the best box and drops those that overlap "
    "it, again and again; the best over all classes remain. Nothing is learned.",
    attrs=(
        Attr("max_output", kinds.integer(), doc="how many detections are kept, over all classes"),
        Attr("iou_threshold", kinds.real(0, 1), default=0.5, doc=_OVERLAP),
        Attr("score_threshold", kinds.real(0), default=0.0, doc="score below which a box is dropped"),
    ),
    infer=_nms_infer,
    face=lambda attrs, inputs, outputs: Face(category="nms", kernel="NMS", label=str(outputs[0].shape[0])),
    arity=(2, 2),
    window=always(None),  # every detection depends on all boxes
    formula=_nms_formula,
    names=elsewhere("torchvision.ops.batched_nms", "NonMaxSuppression", "NonMaxSuppression", "DetectionOutput"),
    examples=(
        Example(((8732, 4), (8732, 21)), _SSD, ((200, 6),), note="SSD300"),
        Example(((100, 4), (100, 2)), {"max_output": 10}, ((10, 6),)),
    ),
)
