"""What slides over a volume [c, d, h, w]: convolutions and poolings of rank 3. Formulas: torch.nn.Conv3d and others."""

from __future__ import annotations

from typing import Any

from ..base import Example, Refusal, elsewhere, registered
from .adaptive import adaptive
from .conv import convolution
from .pool import avg_pool, max_pool
from .transposed import transposed


def _not(op: str, **attrs: Any) -> Refusal:
    """What an op on volumes says of an image."""
    tail = f"its input is 3×8×9 (c, h, w): write {op[:-2]}2d"
    return Refusal(((3, 8, 9),), attrs, "ND307", f"{op} needs the axes c, d, h, w; {tail}")


_C3D = {"out_channels": 64, "kernel_size": 3, "padding": 1}
_SPATIAL = {"out_channels": 144, "kernel_size": [1, 3, 3], "padding": [0, 1, 1], "bias": False}
_DEPTHWISE = {**_C3D, "stride": 2, "groups": 64, "bias": False}
_DOUBLING = {"out_channels": 64, "kernel_size": 2, "stride": 2}
_FLAT = {
    "out_channels": 8, "kernel_size": 3, "stride": [1, 2, 2], "padding": 1, "output_padding": [0, 1, 1], "bias": False,
}  # fmt: skip
_FRAMES = (
    "kernel 3 is larger than its input, of depth 1 with padding 0 before it and 1 behind (2)"
    "; use kernel_size 2 or less, or padding: same"
)
_HALF = "padding 2 is more than half of kernel_size 3; use 1 or less"
_OVER = {"kernel_size": 3, "padding": [2, 1, 1]}

registered(convolution)(
    3,
    "Convolution over a volume [c, d, h, w], or over frames. Depthwise where groups equals the input's channels.",
    elsewhere("torch.nn.Conv3d", "Conv", "Conv3D", "", "tf.nn.conv3d"),
    (
        Example(
            ((3, 16, 112, 112),), _C3D, ((64, 16, 112, 112),), params=5248, macs=1040449536, note="the first of C3D"
        ),
        Example(
            ((64, 8, 56, 56),),
            _SPATIAL,
            ((144, 8, 56, 56),),
            params=82944,
            macs=2080899072,
            note="each frame by itself, as in R(2+1)D",
        ),
        Example(((64, 8, 14, 14),), _DEPTHWISE, ((64, 4, 7, 7),), params=1728, macs=338688, note="depthwise"),
    ),
    (
        Refusal(((8, 1, 9, 9),), {**_C3D, "padding": [[0, 1], 1, 1]}, "ND305", _FRAMES),
        Refusal(
            ((64, 8, 14, 14),),
            {**_DEPTHWISE, "groups": 3},
            "ND304",
            "groups 3 does not divide the 64 input channels; both must be a multiple of it",
        ),
        _not("Conv3d", **_C3D),
    ),
)
registered(transposed)(
    3,
    "Transposed convolution of a volume: it grows by the stride. Every input element is spread over the kernel.",
    elsewhere("torch.nn.ConvTranspose3d", "ConvTranspose", "Conv3DTranspose", "", "tf.nn.conv3d_transpose"),
    (
        Example(
            ((128, 8, 8, 8),), _DOUBLING, ((64, 16, 16, 16),), params=65600, macs=33554432, note="as in a 3D U-Net"
        ),
        Example(((16, 4, 5, 6),), _FLAT, ((8, 4, 10, 12),), params=3456, macs=414720, note="the depth keeps its size"),
    ),
    (
        Refusal(
            ((16, 4, 5, 6),),
            {**_FLAT, "output_padding": 1},
            "ND309",
            "output_padding 1 must be smaller than the stride (1) or the dilation (1)",
        ),
        _not("ConvTranspose3d", **_DOUBLING),
    ),
)
registered(max_pool)(
    3,
    ("MaxPool", "MaxPooling3D", "", "tf.nn.max_pool3d"),
    (
        Example(((64, 16, 112, 112),), {"kernel_size": [1, 2, 2]}, ((64, 16, 56, 56),), note="the first of C3D"),
        Example(((512, 2, 7, 7),), {"kernel_size": 2, "padding": [0, 1, 1]}, ((512, 1, 4, 4),), note="the last of C3D"),
    ),
    (Refusal(((3, 9, 9, 9),), _OVER, "ND309", _HALF), _not("MaxPool3d", kernel_size=2)),
)
registered(avg_pool)(
    3,
    ("AveragePool", "AveragePooling3D", "", "tf.nn.avg_pool3d"),
    (
        Example(((32, 16, 28, 28),), {"kernel_size": 2}, ((32, 8, 14, 14),)),
        Example(
            ((8, 4, 8, 8),),
            {"kernel_size": [2, 3, 3], "stride": [1, 2, 2], "ceil_mode": True},
            ((8, 3, 4, 4),),
            note="rounded up",
        ),
    ),
    (Refusal(((3, 9, 9, 9),), _OVER, "ND309", _HALF), _not("AvgPool3d", kernel_size=2)),
)
registered(adaptive)(
    "Avg",
    3,
    ("GlobalAveragePool", "GlobalAveragePooling3D", ""),
    (
        Example(((512, 2, 7, 7),), {"output_size": 1}, ((512, 1, 1, 1),), note="global"),
        Example(((512, 8, 7, 7),), {"output_size": ["none", 1, 1]}, ((512, 8, 1, 1),), note="each frame by itself"),
    ),
    (_not("AdaptiveAvgPool3d", output_size=1),),
)
registered(adaptive)(
    "Max",
    3,
    ("GlobalMaxPool", "GlobalMaxPooling3D AdaptiveMaxPooling3D", ""),
    (
        Example(((512, 2, 7, 7),), {"output_size": 1}, ((512, 1, 1, 1),), note="global"),
        Example(((512, 8, 7, 7),), {"output_size": ["none", 1, 1]}, ((512, 8, 1, 1),), note="each frame by itself"),
    ),
    (_not("AdaptiveMaxPool3d", output_size=1),),
)
