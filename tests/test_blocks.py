"""Library blocks to the digit: params, MACs and output of the same blocks in the sources named, counted by torch 2.13.

MACs are the products of convolutions, linear layers and attention, counted by torch.utils.flop_counter.
"""

from __future__ import annotations

import pytest
from nets import costs, graph

from netdraw.graph.model import type_table

Shape = tuple[int, ...]
Case = tuple[Shape | dict[str, int], str, Shape, int, int]
"""Input, call, output, params, MACs."""

# torchvision 0.28: efficientnet, googlenet, inception, convnext, swin_transformer, deeplabv3, shufflenetv2, densenet.
TORCHVISION: list[Case] = [
    ((40, 28, 28), "MBConv: {out_channels: 80, stride: 2, kernel_size: 5}", (80, 14, 14), 40_970, 12_470_400),
    ((16, 28, 28), "MBConv: {out_channels: 16, expand: 1}", (16, 28, 28), 612, 313_728),
    ((24, 28, 28), "FusedMBConv: {out_channels: 48, stride: 2}", (48, 14, 14), 25_632, 4_967_424),
    ((24, 28, 28), "FusedMBConv: {out_channels: 24, expand: 1}", (24, 28, 28), 5_232, 4_064_256),
    (
        (192, 28, 28),
        "Inception: {ch1x1: 64, ch3x3red: 96, ch3x3: 128, ch5x5red: 16, ch5x5: 32, pool_proj: 32, large: 3, norm: BatchNorm2d}",
        (256, 28, 28),
        155_872,
        121_626_624,
    ),
    ((192, 35, 35), "InceptionA: {pool_features: 32}", (256, 35, 35), 255_904, 312_345_600),
    ((288, 35, 35), "InceptionB: {}", (768, 17, 17), 1_153_280, 401_937_408),
    ((768, 17, 17), "InceptionC: {channels_7x7: 128}", (768, 17, 17), 1_297_408, 374_063_104),
    ((768, 17, 17), "InceptionD: {}", (1280, 8, 8), 1_698_304, 291_004_416),
    ((1280, 8, 8), "InceptionE: {}", (2048, 8, 8), 5_044_608, 322_437_120),
    ((96, 56, 56), "ConvNeXtBlock", (96, 56, 56), 79_296, 245_962_752),
    ((96, 56, 56), "SwinBlock: 3", (96, 56, 56), 112_347, 376_320_000),
    ((96, 56, 56), "PatchMerging", (192, 28, 28), 74_496, 57_802_752),
    ((2048, 28, 28), "ASPP", (256, 28, 28), 15_535_104, 11_766_595_584),
    ((116, 28, 28), "ShuffleUnitV2: 116", (116, 28, 28), 7_598, 5_684_000),
    ((24, 56, 56), "ShuffleUnitV2: {out_channels: 116, stride: 2}", (116, 28, 28), 7_398, 8_672_608),
    ((64, 56, 56), "DenseBlock: 6", (256, 56, 56), 335_040, 1_040_449_536),
]

# timm 1.0.31: ghostnet, byobnet.
TIMM: list[Case] = [
    ((16, 28, 28), "GhostModule: {out_channels: 33}", (33, 28, 28), 493, 333_200),
    (
        (16, 28, 28),
        "GhostBottleneck: {mid_channels: 48, out_channels: 24, stride: 2, kernel_size: 5, se_ratio: 0.25}",
        (24, 14, 14),
        4_800,
        994_480,
    ),
    ((24, 28, 28), "GhostBottleneck: {mid_channels: 72, out_channels: 24}", (24, 28, 28), 2_352, 1_693_440),
    ((48, 28, 28), "RepVGGBlock: {out_channels: 48}", (48, 28, 28), 23_328, 18_063_360),
    ((48, 28, 28), "RepVGGBlock: {out_channels: 96, stride: 2}", (96, 14, 14), 46_464, 9_031_680),
    ((48, 28, 28), "RepVGGBlock: {out_channels: 48, deploy: true}", (48, 28, 28), 20_784, 16_257_024),
]

# ultralytics 8.4: nn.modules.block.
ULTRALYTICS: list[Case] = [
    ((64, 32, 32), "C3: {out_channels: 128, num_blocks: 3}", (128, 32, 32), 148_736, 150_994_944),
    ((64, 32, 32), "C2f: {out_channels: 128, num_blocks: 2, shortcut: true}", (128, 32, 32), 189_440, 192_937_984),
    ((256, 20, 20), "SPPF: {}", (256, 20, 20), 164_608, 65_536_000),
]


# pytorchcv 0.0.74: shufflenet.
PYTORCHCV: list[Case] = [
    ((240, 28, 28), "ShuffleUnit: 240", (240, 28, 28), 10_860, 7_949_760),
    (
        (24, 56, 56),
        "ShuffleUnit: {out_channels: 240, stride: 2, grouped_first: false}",
        (240, 28, 28),
        6_972,
        8_326_080,
    ),
    ((240, 28, 28), "ShuffleUnit: {out_channels: 480, stride: 2}", (480, 14, 14), 21_240, 9_619_680),
]

# torch.nn: the CBAM of Jongchan/attention-module; TransformerEncoderLayer; the temporal block of arXiv:1803.01271 in torch.nn, without weight norm.
TORCH: list[Case] = [
    ((64, 56, 56), "CBAM", (64, 56, 56), 680, 308_352),
    ((256, 14, 14), "CBAM: {reduction: 8, kernel_size: 3}", (256, 14, 14), 16_692, 36_296),
    ((197, 768), "TransformerEncoderBlock: 12", (197, 768), 7_087_872, 1_453_954_560),
    (
        (100, 256),
        "TransformerEncoderBlock: {num_heads: 8, dim_feedforward: 2048, norm_first: false, dropout: 0.1}",
        (100, 256),
        1_315_072,
        136_192_000,
    ),
    ({"c": 16, "t": 100}, "TemporalBlock: {out_channels: 32, dilation: 4}", (32, 100), 5_216, 512_000),
    ({"c": 32, "t": 100}, "TemporalBlock: {out_channels: 32, dilation: 4}", (32, 100), 6_208, 614_400),
]


@pytest.mark.parametrize(
    ("given", "call", "out", "params", "macs"), [*TORCHVISION, *TIMM, *ULTRALYTICS, *PYTORCHCV, *TORCH]
)
def test_totals(given: Shape | dict[str, int], call: str, out: Shape, params: int, macs: int) -> None:
    shape = given if isinstance(given, dict) else [*given]
    net = graph(f"netdraw: 1\nname: net\ninput: {shape}\nlayers:\n  - {call}\n".replace("'", ""))
    assert (net.nodes[-1].outputs[0].shape, *costs(net)) == (out, params, macs)


PYRAMID = [(256, 75, 75), (512, 38, 38), (1024, 19, 19), (2048, 10, 10)]
NECK = [(64, 80, 80), (128, 40, 40), (256, 20, 20)]

# torchvision.ops.FeaturePyramidNetwork; ultralytics' yolov8n.yaml from its first Upsample on; milesial/Pytorch-UNet's Up;
# torch.nn.TransformerDecoderLayer; LeeJunHyun/Image_Segmentation's Attention_block, and that of arXiv:1804.03999.
SEVERAL: list[tuple[list[Shape], str, dict[str, Shape], int, int]] = [
    (
        PYRAMID,
        "FPN: {out_channels: 256, ",
        {"p2": (256, 75, 75), "p3": (256, 38, 38), "p4": (256, 19, 19), "p5": (256, 10, 10)},
        3_344_384,
        5_146_345_472,
    ),
    (
        NECK,
        "PAN: {out_channels: [64, 128, 256], ",
        {"n3": (64, 80, 80), "n4": (128, 40, 40), "n5": (256, 20, 20)},
        986_880,
        983_040_000,
    ),
    ([(1024, 32, 32), (512, 64, 64)], "UpBlock: {out_channels: 512, ", {}, 9_177_600, 31_138_512_896),
    ([(512, 32, 32), (512, 64, 64)], "UpBlock: {out_channels: 256, bilinear: true, ", {}, 5_899_776, 24_159_191_040),
    ([(20, 512), (30, 512)], "TransformerDecoderBlock: {num_heads: 8, ", {}, 4_204_032, 90_152_960),
    (
        [(100, 256), (625, 256)],
        "TransformerDecoderBlock: {num_heads: 8, dim_feedforward: 2048, norm_first: false, dropout: 0.1, ",
        {},
        1_578_752,
        263_219_200,
    ),
    ([(64, 32, 32), (64, 32, 32)], "AttentionGate: {", {}, 4_323, 4_227_072),
    ([(64, 32, 32), (64, 32, 32)], "AttentionGate: {norm: none, ", {}, 4_193, 4_227_072),
]


@pytest.mark.parametrize(("given", "call", "outputs", "params", "macs"), SEVERAL)
def test_totals_of_blocks_with_several_inputs(
    given: list[Shape], call: str, outputs: dict[str, Shape], params: int, macs: int
) -> None:
    inputs = ", ".join(f"{'abcd'[place]}: {[*shape]}" for place, shape in enumerate(given))
    read = ", ".join("abcd"[: len(given)])
    named = "".join(f"  {name}: 'block:{name}'\n" for name in outputs)
    text = f"netdraw: 1\nname: net\ninputs: {{{inputs}}}\nlayers:\n  - {call}from: [{read}], name: block}}\n"
    net = graph(text + (f"outputs:\n{named}" if named else ""))
    assert costs(net) == (params, macs)
    assert {name: type_table(net)[ref].shape for name, ref in net.outputs if outputs} == outputs


@pytest.mark.parametrize(
    ("inputs", "call", "op"),
    [
        ("{a: [64, 8, 8], b: [32, 16, 16]}", "UpBlock: {out_channels: 32, dilation: 3, from: [a, b]}", "Conv2d"),
        ("{a: {c: 32, t: 64}}", "TemporalBlock: {out_channels: 32, dilation: 3, from: a}", "Conv1d"),
    ],
)
def test_dilation_reaches_both_convolutions(inputs: str, call: str, op: str) -> None:
    net = graph(f"netdraw: 1\nname: net\ninputs: {inputs}\nlayers:\n  - {call}\n")
    assert [{*node.attrs["dilation"]} for node in net.nodes if node.op == op] == [{3}, {3}]
