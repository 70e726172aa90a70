"""Windows over signals, images and volumes: ends padded apart, sizes by interpolation, fields and strides."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nets import built, errors
from test_ops import face_of, formula_of, run, window_of

import netdraw
from netdraw.ops.base import PASS, Face, RuleError, Window

RANKS = {1: "t", 2: "hw", 3: "dhw"}


def shape_of(rank: int, channels: int, *sizes: int) -> dict[str, int]:
    return {"c": channels, **dict(zip(RANKS[rank], sizes, strict=True))}


# Padding


@given(
    rank=st.sampled_from([1, 2, 3]),
    ends=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=3),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 3),
    dilation=st.integers(1, 3),
)
def test_ends_that_are_padded_apart(
    rank: int, ends: list[tuple[int, int]], kernel: int, stride: int, dilation: int
) -> None:
    """A window steps over each axis, written down with its padding."""
    sizes = (7, 8, 9)[:rank]
    covered = [
        range(dilation * (kernel - 1) + 1, size + sum(end) + 1, stride) for size, end in zip(sizes, ends, strict=False)
    ]
    assume(all(covered))
    values = {"out_channels": 5, "kernel_size": kernel, "stride": stride, "dilation": dilation, "bias": False}
    outputs, params, macs = run(f"Conv{rank}d", {**values, "padding": ends[:rank]}, shape_of(rank, 2, *sizes))
    assert outputs == ((5, *map(len, covered)),)
    assert (params, macs) == (2 * 5 * kernel**rank, 2 * 5 * kernel**rank * math.prod(map(len, covered)))


@given(st.integers(1, 40), st.integers(1, 6), st.integers(1, 4), st.integers(1, 4))
def test_causal_is_all_padding_in_front_and_keeps_the_size_of_same(
    size: int, kernel: int, stride: int, dilation: int
) -> None:
    values = {"out_channels": 1, "kernel_size": kernel, "stride": stride, "dilation": dilation}
    explicit = {**values, "padding": [[dilation * (kernel - 1), 0]]}
    signal = shape_of(1, 3, size)
    causal = run("Conv1d", {**values, "padding": "causal"}, signal)
    assert causal == run("Conv1d", explicit, signal) == run("Conv1d", {**values, "padding": "same"}, signal)


def test_a_pooling_with_ends_apart_rounds_as_one_without() -> None:
    """Rounded up, a last window begins within the input or its front padding: ONNX, MaxPool, ceil_mode."""
    for padding, rounding, made in (
        ([0, 1], "floor", 3),
        ([1, 0], "floor", 3),
        ([0, 1], "ceil", 4),
        ([1, 0], "ceil", 4),
    ):
        values = {"kernel_size": 3, "stride": 2, "padding": [padding], "rounding": rounding}
        assert run("MaxPool1d", values, shape_of(1, 1, 7 + (rounding == "ceil")))[0] == ((1, made),)
    values = {"kernel_size": 2, "stride": 2, "padding": [[0, 1]], "rounding": "ceil"}
    assert run("MaxPool1d", values, shape_of(1, 1, 4))[0] == ((1, 2),), "a window on padding alone is dropped"


def test_causal_is_for_signals_alone() -> None:
    (fault,) = errors(built("layers:\n  - Conv2d: {out_channels: 8, kernel_size: 3, padding: causal}\n"))
    assert "ND301 padding expects same, a whole number" in fault and fault.endswith("not 'causal'")


@pytest.mark.parametrize("padding", ["[0, 1, 0, 1]", "[[0, 1, 2], 0]", "[[0, -1], 0]", "[[0, [1]], 0]", "{h: 1}"])
def test_other_forms_of_padding_are_refused(padding: str) -> None:
    found = errors(built(f"layers:\n  - Conv2d: {{out_channels: 8, kernel_size: 3, padding: {padding}}}\n"))
    assert len(found) == 1 and "a list of 2, where a pair is before and behind" in found[0]


# Faces and formulas


def test_faces_of_windows_of_other_ranks() -> None:
    signal, volume = shape_of(1, 8, 60), shape_of(3, 8, 16, 16, 16)
    conv: dict[str, Any] = {"out_channels": 4, "kernel_size": 3, "padding": 1}
    assert face_of("Conv1d", conv, signal) == Face("conv", "3", "3", "4", "8")
    assert face_of("Conv1d", {**conv, "padding": "causal"}, signal).padding == "causal"
    assert face_of("Conv3d", {**conv, "stride": 2}, volume) == Face("conv", "3", "3×3×3", "4", "8", "/2")
    flat = {**conv, "kernel_size": [1, 3, 3], "padding": [0, 1, 1], "stride": [1, 2, 2]}
    assert face_of("Conv3d", flat, volume) == Face("conv", "1×3×3", "1×3×3", "4", "8", "/1×2×2")
    assert face_of("Conv2d", {**conv, "padding": [[0, 1], [0, 1]], "stride": 2}, (8, 16, 16)).padding == ""
    assert face_of("Conv2d", {**conv, "padding": [[0, 1], [0, 1]]}, (8, 16, 16)).padding == "0+1"
    assert face_of("Conv2d", {**conv, "padding": [1, [0, 1]]}, (8, 16, 16)).padding == "1×0+1"
    assert face_of("AdaptiveMaxPool3d", {"output_size": 1}, volume) == Face("pool.max", label="global", sized="1×1×1")
    assert face_of("AdaptiveAvgPool2d", {"output_size": ["none", 1]}, (8, 6, 6)) == Face(
        "pool.avg", label="→ h×1", sized="h×1"
    )
    assert face_of("LPPool1d", {"norm_type": 2, "kernel_size": 2}, signal) == Face("pool.power", "Lp", "2", stride="/2")


@pytest.mark.parametrize(
    ("values", "inputs", "face"),
    [
        ({"scale_factor": 2}, 1, Face("upsample", stride="×2")),
        ({"scale_factor": [2, 1]}, 1, Face("upsample", stride="×2×1")),
        ({"scale_factor": 1.5, "mode": "bilinear"}, 1, Face("upsample", label="bilinear", stride="×1.5")),
        ({"scale_factor": 0.5}, 1, Face("upsample.down", stride="/2")),
        ({"scale_factor": 1}, 1, Face("upsample")),
        ({"scale_factor": [0.5, 2]}, 1, Face("upsample", stride="×0.5×2")),
        ({"size": [20, 30]}, 1, Face("upsample", label="→ 20×30", sized="20×30")),
        ({}, 2, Face("upsample", stride="×3")),
        ({}, 3, Face("upsample", label="→ 13×11")),
    ],
)
def test_faces_of_an_upsampling(values: dict[str, Any], inputs: int, face: Face) -> None:
    given = [(8, 12, 12), *([(4, 36, 36)] if inputs == 2 else [(4, 13, 11)] if inputs == 3 else [])]
    assert face_of("Upsample", values, *given) == face


def test_formulas_of_sizes() -> None:
    assert formula_of("Conv2d", {"out_channels": 1, "kernel_size": 3, "padding": [[0, 1], 1]}, (3, 9, 5)) == (
        "out_height = floor((in + before + behind − dilation·(kernel − 1) − 1) / stride) + 1"
        " = floor((9 + 0 + 1 − 1·(3 − 1) − 1) / 1) + 1 = 8",
        "out_width = floor((in + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1"
        " = floor((5 + 2·1 − 1·(3 − 1) − 1) / 1) + 1 = 5",
    )
    assert formula_of("Upsample", {"scale_factor": 1.5}, (3, 5, 4)) == (
        "out_height = floor(in · scale_factor) = floor(5 · 1.5) = 7",
        "out_width = floor(in · scale_factor) = floor(4 · 1.5) = 6",
    )


# Fields and strides


def test_windows_of_what_grows_or_moves_elements() -> None:
    half = Fraction(1, 2)
    image = (8, 12, 12)
    assert window_of("Upsample", {"scale_factor": 2}, image) == Window((1, 1), (half, half))
    assert window_of("Upsample", {"scale_factor": [2, 1], "mode": "bilinear"}, image) == Window((2, 1), (half, 1))
    assert window_of("Upsample", {"scale_factor": 0.1, "mode": "area"}, image) == Window((10, 10), (10, 10))
    assert window_of("Upsample", {"size": 9, "mode": "bicubic"}, image) == Window((4, 4), (Fraction(4, 3),) * 2)
    assert window_of("Upsample", {}, image, (3, 24, 24)) == Window((1, 1), (half, half))
    assert window_of("PixelShuffle", {"upscale_factor": 2}, image) == Window((1, 1), (half, half))
    assert window_of("PixelUnshuffle", {"downscale_factor": 3}, image) == Window((3, 3), (3, 3))
    assert window_of("MaxUnpool2d", {"kernel_size": 3, "stride": 2}, image) == Window((2, 2), (half, half))
    assert window_of("Conv1d", {"out_channels": 1, "kernel_size": 3, "dilation": 4}, (8, 60)) == Window((9,), (1,))
    for name, values in (("ZeroPad2d", {"padding": 1}), ("Pad", {"c": 3}), ("ChannelShuffle", {"groups": 2})):
        assert window_of(name, values, image) == PASS


def fields(text: str) -> dict[str, tuple[Any, Any]]:
    nodes = netdraw.load("netdraw: 1\nname: n\n" + text).analysis.nodes
    return {name: (row.receptive_field, row.stride) for name, row in nodes.items()}


def test_the_field_of_a_signal_has_one_axis() -> None:
    """WaveNet's dilations double from 1 to 512, with kernels of 2: 1024 samples (van den Oord et al., 2016)."""
    layers = "".join(
        f"  - Conv1d: {{out_channels: 4, kernel_size: 2, padding: causal, dilation: {2**power}}}\n"
        for power in range(10)
    )
    seen = fields(f"input: {{c: 1, t: 4000}}\nlayers:\n{layers}")
    assert seen["conv1d_10"] == ((1024,), (1,))


def test_the_field_of_a_volume_has_three_axes() -> None:
    text = """
input: [3, 16, 32, 32]
layers:
  - Conv3d: {out_channels: 8, kernel_size: 3, padding: 1}
  - MaxPool3d: [1, 2, 2]
  - Conv3d: {out_channels: 8, kernel_size: [3, 1, 1], padding: [1, 0, 0]}
"""
    assert fields(text)["conv3d_2"] == ((5, 4, 4), (1, 2, 2))


DEFORMABLE = """
input: [4, 32, 32]
layers:
  - name: block
    residual: project
    layers:
      - Conv2d: {out_channels: 18, kernel_size: 3, padding: 1, stride: 2, name: offset, from: input}
      - DeformConv2d: {out_channels: 8, kernel_size: 3, padding: 1, stride: 2, from: [input, offset]}
"""


def test_offsets_lie_at_the_outputs_places_and_have_no_say_in_its_stride() -> None:
    """Without that their stride, which is the convolution's, would count twice."""
    assert fields(DEFORMABLE)["block.deform_conv2d"] == ((3, 3), (2, 2))
    assert fields(DEFORMABLE)["block.add"][1] == (2, 2)


def test_an_upsampling_gives_the_stride_back() -> None:
    text = """
input: [3, 32, 32]
layers:
  - Conv2d: {out_channels: 4, kernel_size: 3, padding: 1, name: skip}
  - MaxPool2d: 2
  - Upsample: {from: [-1, skip]}
  - Add: {from: [-1, skip]}
"""
    assert fields(text)["upsample"] == ((4, 4), (1, 1)) == fields(text)["add"]


# Networks whose totals are known


def totals(text: str) -> tuple[int, int, tuple[int, ...]]:
    """Params, MACs and the last shape."""
    net = netdraw.load("netdraw: 1\n" + text)
    return net.analysis.total.params, net.analysis.total.macs, net.graph.nodes[-1].outputs[0].shape


def test_a_heartbeat_network() -> None:
    """Counted by torch 2.13."""
    text = """
name: ecg
input: {c: 1, t: 187}
layers:
  - Conv1d: {out_channels: 32, kernel_size: 5}
  - BatchNorm1d
  - ReLU
  - MaxPool1d: 2
  - Conv1d: {out_channels: 64, kernel_size: 3, padding: 1}
  - ReLU
  - AdaptiveAvgPool1d: 1
  - Flatten
  - Linear: 5
"""
    assert totals(text) == (6789, 588704, (5,))


def test_c3d() -> None:
    """With 600 classes, as okankop/Efficient-3DCNNs counts it."""
    convolutions = {64: 1, 128: 1, 256: 2, 512: 2}
    pools = ["[1, 2, 2]", "2", "2", "2", "{kernel_size: 2, padding: [0, 1, 1]}"]
    layers = ""
    for (channels, count), pool in zip([*convolutions.items(), (512, 2)], pools, strict=True):
        layers += f"  - Conv3d: {{out_channels: {channels}, kernel_size: 3, padding: 1}}\n  - BatchNorm3d\n" * count
        layers += f"  - MaxPool3d: {pool}\n"
    dense = "  - Flatten\n  - Linear: 4096\n  - Linear: 4096\n  - Linear: 600\n"
    text = f"name: c3d\ninput: [3, 16, 112, 112]\nlayers:\n{layers}{dense}"
    assert totals(text) == (80459480, 38549422080, (600,))


def test_espcn() -> None:
    text = """
name: espcn
input: [1, 72, 72]
layers:
  - Conv2d: {out_channels: 64, kernel_size: 5, padding: same}
  - Conv2d: {out_channels: 32, kernel_size: 3, padding: same}
  - Conv2d: {out_channels: 9, kernel_size: 3, padding: same}
  - PixelShuffle: 3
"""
    assert totals(text) == (22729, 117282816, (1, 216, 216))


def test_the_head_of_yolov3_tiny() -> None:
    """From darknet's cfg: a pooling that keeps the size, an upsampling, a concat over a skip."""
    text = """
name: yolov3_tiny
input: [3, 416, 416]
layers:
  - ConvBNAct: 16
  - MaxPool2d: 2
  - ConvBNAct: 32
  - MaxPool2d: 2
  - ConvBNAct: 64
  - MaxPool2d: 2
  - ConvBNAct: 128
  - MaxPool2d: 2
  - ConvBNAct: {out_channels: 256, name: l8}
  - MaxPool2d: 2
  - ConvBNAct: 512
  - MaxPool2d: {kernel_size: 2, stride: 1, padding: same}
  - ConvBNAct: 1024
  - ConvBNAct: {out_channels: 256, kernel_size: 1, name: l13}
  - heads: {large: [{ConvBNAct: 512}, {Conv2d: {out_channels: 255, kernel_size: 1}}]}
  - ConvBNAct: {out_channels: 128, kernel_size: 1, from: l13}
  - Upsample: 2
  - Concat: {from: [-1, l8]}
  - ConvBNAct: 256
  - Conv2d: {out_channels: 255, kernel_size: 1}
"""
    assert totals(text) == (8852366, 2782480896, (255, 26, 26))


def test_a_shortcut_that_pads_channels() -> None:
    """ResNet-20 for CIFAR-10 as in its paper: every second place, and zeros for the channels that lack."""
    text = """
name: resnet20
input: [3, 32, 32]
blocks:
  Basic:
    params: {out: required, stride: 1}
    residual:
      rule: project
      after: [ReLU]
      shortcut: {layers: [{AvgPool2d: {kernel_size: 1, stride: stride}}, {Pad: {c: [out // 4, out // 4]}}]}
    layers:
      - ConvBNAct: {out_channels: out, stride: stride}
      - ConvBNAct: {out_channels: out, act: none}
layers:
  - ConvBNAct: 16
  - stages: Basic
    columns: {out: [16, 32, 64], repeat: 3, stride: [1, 2, 2]}
    first_only: [stride]
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 10
"""
    assert totals(text) == (269722, 40551040, (10,))


def test_the_generator_of_cyclegan() -> None:
    """Counted by torch 2.13. Its instance norms have no params, so that the convolutions in front have their bias."""
    text = """
name: cyclegan
input: [3, 256, 256]
defaults: {ConvBNAct: {norm: InstanceNorm2d}}
blocks:
  Block: {residual: always, layers: [ConvBNAct: 256, ConvBNAct: {out_channels: 256, act: none}]}
layers:
  - ReflectionPad2d: 3
  - ConvBNAct: {out_channels: 64, kernel_size: 7, padding: 0}
  - ConvBNAct: {out_channels: 128, stride: 2}
  - ConvBNAct: {out_channels: 256, stride: 2}
  - Block: {repeat: 9}
  - ConvTranspose2d: {out_channels: 128, kernel_size: 3, stride: 2, padding: 1, output_padding: 1}
  - ConvTranspose2d: {out_channels: 64, kernel_size: 3, stride: 2, padding: 1, output_padding: 1}
  - Conv2d: {out_channels: 3, kernel_size: 7, padding: same}
"""
    assert totals(text) == (11378179, 49551507456, (3, 256, 256))


def test_none_keeps_the_size_of_an_axis() -> None:
    text = "name: n\ninput: [8, 6, 20]\nlayers:\n  - AdaptiveMaxPool2d: {output_size: [1, none]}\n"
    assert totals(text)[2] == (8, 1, 20)
    with pytest.raises(netdraw.NetdrawError, match="of which none keeps a size, not \\[2, 'nothing'\\]"):
        totals(text.replace("[1, none]", "[2, nothing]"))


@pytest.mark.parametrize("factor", [0, -1, math.inf, True, "x", [], [2, 0]])
def test_a_factor_is_above_zero(factor: Any) -> None:
    with pytest.raises(RuleError):
        run("Upsample", {"scale_factor": factor}, (8, 4, 4))
