"""DeformConv2d: a convolution whose kernel's elements lie where its second input says.

Source: torchvision.ops.DeformConv2d, for Dai et al., arXiv:1703.06211, and, with a mask, Zhu et al., arXiv:1811.11168.
"""

from __future__ import annotations

from ..base import Attrs, Example, Face, Refusal, RuleError, Types, elsewhere, registered
from ..common import described, need_spatial
from ..tensor import TensorType
from .conv import convolution, convolved, face

_AS_CONV = convolution(2, "", {}, ())
_FURTHER = ("offset", "mask")
"""What the inputs behind the first are."""


def _infer(attrs: Attrs, inputs: Types) -> Types:
    source = inputs[0]
    need_spatial("DeformConv2d", source, 2, alone=True)
    made = convolved(attrs, source)
    height, width = attrs["kernel_size"]
    groups = inputs[1].shape[0] // (2 * height * width)
    for name, given, each in zip(_FURTHER, inputs[1:], (2 * height * width, height * width), strict=False):
        if given.axes != "chw" or given.sizes != made.sizes:
            wanted = f"{each} channels a group, and the output's size {made.shape[1]}×{made.shape[2]}"
            raise RuleError("ND308", f"the {name} of DeformConv2d needs {wanted}; it is {described(given)}")
        _check_channels(name, given, each, max(groups, 1), width)
    if source.shape[0] % groups:
        message = (
            f"the offset of DeformConv2d is for {groups} groups, which do not divide the {source.shape[0]} channels"
        )
        raise RuleError("ND304", message)
    return (made,)


def _check_channels(name: str, given: TensorType, each: int, groups: int, width: int) -> None:
    """Raises ND308 where an offset has no whole number of groups, or a mask not as many."""
    channels = given.shape[0]
    if name == "offset" and (channels % each or not channels):
        kernel = f"{each // 2 // width}×{width}"
        message = f"the offset of DeformConv2d has {channels} channels; a kernel of {kernel} needs a multiple of {each}"
        raise RuleError("ND308", f"{message}, two a kernel's element")
    if name == "mask" and channels != each * groups:
        message = f"the mask of DeformConv2d has {channels} channels; to this offset belong {each * groups}"
        raise RuleError("ND308", f"{message}, one a kernel's element")


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    return face(attrs, inputs, outputs)._replace(title="DeformConv2d")


_THREE = {"out_channels": 128, "kernel_size": 3, "padding": 1, "bias": False}
_MAP = (64, 28, 28)

registered(_AS_CONV._replace)(
    name="DeformConv2d",
    snake="deform_conv2d",
    doc="Convolution over an image at places that the second input, the offset, moves; a third, the mask, weighs them. "
    "Finding the values between places, and weighing them, is not counted.",
    infer=_infer,
    face=_face,
    arity=(2, 3),
    slides_over=1,
    names=elsewhere("torchvision.ops.DeformConv2d", "DeformConv", "", ""),
    examples=(
        Example((_MAP, (18, 28, 28)), _THREE, ((128, 28, 28),), params=73728, macs=57802752, note="one offset a place"),
        Example(
            (_MAP, (36, 14, 14), (18, 14, 14)),
            {**_THREE, "stride": 2, "bias": True},
            ((128, 14, 14),),
            params=73856,
            macs=14450688,
            note="with a mask, in two groups of offsets",
        ),
    ),
    refusals=(
        Refusal(
            (_MAP, (9, 28, 28)),
            _THREE,
            "ND308",
            "the offset of DeformConv2d has 9 channels; a kernel of 3×3 needs a multiple of 18, two a kernel's element",
        ),
        Refusal(
            (_MAP, (18, 28, 28)),
            {**_THREE, "stride": 2},
            "ND308",
            "the offset of DeformConv2d needs 18 channels a group, and the output's size 14×14"
            "; it is 18×28×28 (c, h, w)",
        ),
        Refusal(
            (_MAP, (36, 28, 28), (9, 28, 28)),
            _THREE,
            "ND308",
            "the mask of DeformConv2d has 9 channels; to this offset belong 18, one a kernel's element",
        ),
        Refusal(
            (_MAP, (54, 28, 28)),
            _THREE,
            "ND304",
            "the offset of DeformConv2d is for 3 groups, which do not divide the 64 channels",
        ),
        Refusal(
            ((8, 4, 9, 9), (18, 9, 9)),
            _THREE,
            "ND307",
            "DeformConv2d needs the axes c, h, w; its input is 8×4×9×9 (c, d, h, w)",
        ),
        Refusal((_MAP,), _THREE, "ND311", "DeformConv2d takes 2 or 3 inputs, not 1"),
    ),
)
