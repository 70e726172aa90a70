"""Regions of a map, each pooled to one size: RoIPool, RoIAlign, MultiScaleRoIAlign. Sources: arXiv:1504.08083 (Fast
R-CNN), arXiv:1703.06870 (Mask R-CNN), torchvision.ops.

A detector runs its heads on every region, which PyTorch keeps in the batch. A shape here has no batch; so the regions
stand along `d`, and a head that follows is counted once for each, its weights once: a convolution over one region is a
Conv3d whose kernel is 1 along d, and Permute and Reshape make each region a token for a Linear.
"""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Refusal, RuleError, Types, always, define, elsewhere
from ..common import described, need_spatial, need_tokens, times
from ..tensor import TensorType
from .detection import COORDINATES


def _infer(name: str) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        *maps, boxes = inputs
        for one in maps:
            need_spatial(name, one, 2)
            if one.shape[0] != maps[0].shape[0]:
                message = f"{name} needs maps of equally many channels; they have {maps[0].shape[0]} and {one.shape[0]}"
                raise RuleError("ND308", message)
        need_tokens(name, boxes, "its last input, the boxes,")
        if boxes.shape[1] != COORDINATES:
            message = f"{name} reads maps, then boxes; a box has {COORDINATES} coordinates"
            raise RuleError("ND308", f"{message}, the last input is {described(boxes)}")
        shape = (maps[0].shape[0], boxes.shape[0], *attrs["output_size"])
        return (TensorType(shape, "cdhw", maps[0].dtype),)

    return infer


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    channels, count, *size = outputs[0].shape
    return (f"{count} boxes = {count} regions along d, each {channels} channels of {times(tuple(size))} = output_size",)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    size = times(attrs["output_size"])
    return Face(category="pool.region", kernel="RoI", label=f"→ {size}", sized=size)


_SIZE = Attr("output_size", kinds.sizes(2), doc="the size of each region: one number for a square, or [h, w]")
_SCALE = Attr("spatial_scale", kinds.real(0), default=1.0, doc="size of the map, as a part of what the boxes are on")
_RATIO = Attr("sampling_ratio", kinds.index(), default=-1, doc="points read along each side of a cell; -1: as needed")
_ALIGNED = Attr("aligned", kinds.boolean(), default=False, doc="whether boxes are moved by half a pixel")


def _regions(
    name: str, snake: str, doc: str, elsewhere_: tuple[str, ...], *attrs: Attr, most: int | None, example: Example
) -> None:
    """An op that reads maps, then boxes; `most` is how many inputs it takes."""
    shapes = ((256, 50, 50), (1000, 4))
    define(
        name=name,
        snake=snake,
        doc=f"{doc} Regions stand along d: c, d, h, w, with d boxes.",
        attrs=(_SIZE, *attrs),
        infer=_infer(name),
        face=_face,
        arity=(2, most),
        window=always(None),  # a region lies anywhere
        formula=_formula,
        names=elsewhere(*elsewhere_),
        examples=(Example(shapes, {"output_size": 7}, ((256, 1000, 7, 7),), note="1,000 proposals"), example),
        refusals=(
            Refusal(
                ((256, 50, 50), (1000, 5)),
                {"output_size": 7},
                "ND308",
                f"{name} reads maps, then boxes; a box has 4 coordinates, the last input is 1000×5 (t, c)",
            ),
            Refusal(
                ((256, 50, 50), (4,)),
                {"output_size": 7},
                "ND307",
                f"{name} needs the axes t, c; its last input, the boxes, is 4 (c): "
                "write Reshape: {shape: [1, -1]} before it",
            ),
            Refusal(
                ((1000, 4), (256, 50, 50)),
                {"output_size": 7},
                "ND307",
                f"{name} needs the axes c, h, w; its input is 1000×4 (t, c): write FeatureMap before it",
            ),
        ),
    )


_WIDE = Example(((512, 38, 50), (2000, 4)), {"output_size": [7, 7]}, ((512, 2000, 7, 7),), note="VGG-16 in Fast R-CNN")
_MASKS = Example(((1024, 50, 68), (100, 4)), {"output_size": 14}, ((1024, 100, 14, 14),), note="Mask R-CNN on conv4")
_LEVELS = ((256, 200, 272), (256, 100, 136), (256, 50, 68), (256, 25, 34), (100, 4))
_PYRAMID = Example(_LEVELS, {"output_size": 14}, ((256, 100, 14, 14),), note="masks, from four levels of a pyramid")

_regions(
    "RoIPool",
    "roi_pool",
    "Cuts each box out of a map, into cells of which the largest is taken.",
    ("torchvision.ops.RoIPool", "MaxRoiPool", "", "ROIPooling"),
    _SCALE,
    most=2,
    example=_WIDE,
)
_regions(
    "RoIAlign",
    "roi_align",
    "Cuts each box out of a map, into cells that are read between pixels, without rounding.",
    ("torchvision.ops.RoIAlign", "RoiAlign", "", "", "tf.image.crop_and_resize CropAndResize"),
    _SCALE,
    _RATIO,
    _ALIGNED,
    most=2,
    example=_MASKS,
)
_regions(
    "MultiScaleRoIAlign",
    "multi_scale_roi_align",
    "RoIAlign of each box on that level of a pyramid that fits its size. It reads the levels, then the boxes.",
    ("torchvision.ops.MultiScaleRoIAlign", "", "", ""),
    _RATIO,
    most=None,
    example=_PYRAMID,
)
