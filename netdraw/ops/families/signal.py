"""What slides over a signal [c, t]: convolutions and poolings of rank 1. Formulas: torch.nn.Conv1d and its like."""

from __future__ import annotations

from ..base import Example, Refusal, elsewhere, registered
from .adaptive import adaptive
from .conv import convolution
from .pool import avg_pool, max_pool
from .transposed import transposed


def signal(channels: int, length: int) -> dict[str, int]:
    """The shape of a signal."""
    return {"c": channels, "t": length}


def _not(op: str, given: tuple[int, ...], said: str, **attrs: int) -> Refusal:
    """What an op on signals says of an input with other axes."""
    return Refusal((given,), attrs, "ND307", f"{op} needs the axes c, t; its input is {said}")


_IMAGE = ((3, 8, 9), "3×8×9 (c, h, w): write {}")
_TOKENS = ((197, 768), "197×768 (t, c): write Permute: {{dims: [c, t]}} before it")
_FIRST = {"out_channels": 32, "kernel_size": 5}
_DEPTHWISE = {"out_channels": 64, "kernel_size": 3, "padding": 1, "groups": 64, "bias": False}
_TCN = {"out_channels": 128, "kernel_size": 2, "dilation": 4}
_WHISPER = {"out_channels": 512, "kernel_size": 3, "stride": 2, "padding": 1}
_VOCODER = {"out_channels": 256, "kernel_size": 16, "stride": 8, "padding": 4}
_GROUPED = {
    "out_channels": 8, "kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1, "groups": 8, "bias": False,
}  # fmt: skip
_SHORT = "kernel 5 is larger than its input, of length 4; use kernel_size 4 or less, or padding: same"
_TOO_MUCH = "padding 3 takes 6 from a length of 6 and leaves nothing; use 2 or less"
_HALF = "padding 2 is more than half of kernel_size 3; use 1 or less"

registered(convolution)(
    1,
    "Convolution over a signal [c, t]. Depthwise where groups equals the input's channels.",
    elsewhere("torch.nn.Conv1d", "Conv", "Conv1D DepthwiseConv1D", "", "tf.nn.conv1d"),
    (
        Example((signal(1, 187),), _FIRST, (signal(32, 183),), params=192, macs=29280, note="on a heartbeat"),
        Example((signal(64, 100),), _DEPTHWISE, (signal(64, 100),), params=192, macs=19200, note="depthwise"),
        Example((signal(128, 104),), _TCN, (signal(128, 100),), params=32896, macs=3276800, note="dilated"),
        Example(
            (signal(128, 100),),
            {**_TCN, "padding": "causal"},
            (signal(128, 100),),
            params=32896,
            macs=3276800,
            note="the same on four zeros in front, as in TCN and WaveNet",
        ),
        Example(
            (signal(128, 100),),
            {**_TCN, "padding": [[4, 0]]},
            (signal(128, 100),),
            params=32896,
            macs=3276800,
            note="in numbers",
        ),
        Example(
            (signal(80, 3000),), _WHISPER, (signal(512, 1500),), params=123392, macs=184320000, note="a spectrogram"
        ),
    ),
    (
        Refusal((signal(8, 4),), _FIRST, "ND305", _SHORT),
        _not("Conv1d", _TOKENS[0], _TOKENS[1].format(), **_FIRST),
        _not("Conv1d", _IMAGE[0], _IMAGE[1].format("Conv2d"), **_FIRST),
        Refusal(
            (signal(64, 100),),
            {**_DEPTHWISE, "out_channels": 96},
            "ND304",
            "groups 64 does not divide the 96 out_channels; both must be a multiple of it",
        ),
    ),
)
registered(transposed)(
    1,
    "Transposed convolution of a signal: it grows by the stride. Every input element is spread over the kernel.",
    elsewhere("torch.nn.ConvTranspose1d", "ConvTranspose", "Conv1DTranspose", "", "tf.nn.conv1d_transpose"),
    (
        Example(
            (signal(512, 32),), _VOCODER, (signal(256, 256),), params=2097408, macs=67108864, note="as in HiFi-GAN"
        ),
        Example((signal(16, 9),), _GROUPED, (signal(8, 18),), params=48, macs=432, note="in groups"),
    ),
    (
        Refusal((signal(8, 4),), {"out_channels": 8, "kernel_size": 3, "padding": 3}, "ND305", _TOO_MUCH),
        Refusal(
            (signal(16, 9),),
            {**_GROUPED, "output_padding": 2},
            "ND309",
            "output_padding 2 must be smaller than the stride (2) or the dilation (1)",
        ),
        _not("ConvTranspose1d", _IMAGE[0], _IMAGE[1].format("ConvTranspose2d"), **_FIRST),
    ),
)
registered(max_pool)(
    1,
    ("MaxPool", "MaxPooling1D", "", "tf.nn.max_pool1d"),
    (
        Example((signal(32, 183),), {"kernel_size": 2}, (signal(32, 91),), note="the last element is left over"),
        Example(
            (signal(8, 12),),
            {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True},
            (signal(8, 7),),
            note="rounded up",
        ),
    ),
    (
        Refusal((signal(8, 9),), {"kernel_size": 3, "padding": 2}, "ND309", _HALF),
        _not("MaxPool1d", _TOKENS[0], _TOKENS[1].format(), kernel_size=2),
    ),
)
registered(avg_pool)(
    1,
    ("AveragePool", "AveragePooling1D", "", "tf.nn.avg_pool1d"),
    (
        Example((signal(16, 50),), {"kernel_size": 4}, (signal(16, 12),)),
        Example((signal(16, 50),), {"kernel_size": 3, "stride": 1, "padding": 1}, (signal(16, 50),)),
    ),
    (
        Refusal((signal(8, 9),), {"kernel_size": 3, "padding": 2}, "ND309", _HALF),
        _not("AvgPool1d", _IMAGE[0], _IMAGE[1].format("AvgPool2d"), kernel_size=2),
    ),
)
registered(adaptive)(
    "Avg",
    1,
    ("GlobalAveragePool", "GlobalAveragePooling1D", ""),
    (
        Example((signal(64, 91),), {"output_size": 1}, (signal(64, 1),), note="global"),
        Example((signal(64, 91),), {"output_size": 7}, (signal(64, 7),)),
    ),
    (_not("AdaptiveAvgPool1d", _TOKENS[0], _TOKENS[1].format(), output_size=1),),
)
registered(adaptive)(
    "Max",
    1,
    ("GlobalMaxPool", "GlobalMaxPooling1D AdaptiveMaxPooling1D", ""),
    (
        Example((signal(64, 91),), {"output_size": 1}, (signal(64, 1),), note="global"),
        Example((signal(64, 91),), {"output_size": 7}, (signal(64, 7),)),
    ),
    (_not("AdaptiveMaxPool1d", _IMAGE[0], _IMAGE[1].format("AdaptiveMaxPool2d"), output_size=1),),
)
