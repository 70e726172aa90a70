"""Library blocks to the digit: params, MACs and output of the same blocks in the sources named, counted by torch 2.13.

MACs are the products of convolutions, linear layers and attention, counted by torch.utils.flop_counter.
"""

from __future__ import annotations

import pytest
from nets import costs, graph

Shape = tuple[int, ...]
Case = tuple[Shape, str, Shape, int, int]
"""Input, call, output, params, MACs."""

# torchvision 0.28: efficientnet, googlenet, inception, densenet.
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


@pytest.mark.parametrize(("given", "call", "out", "params", "macs"), [*TORCHVISION, *TIMM, *ULTRALYTICS])
def test_totals(given: Shape, call: str, out: Shape, params: int, macs: int) -> None:
    net = graph(f"netdraw: 1\nname: net\ninput: {[*given]}\nlayers: [{{{call}}}]")
    assert (net.nodes[-1].outputs[0].shape, *costs(net)) == (out, params, macs)
