"""Totals to the digit and layer by layer, against published and measured numbers (sources beside them)."""

from __future__ import annotations

import pytest
from nets import costs, graph, zoo

from netdraw.core import resources
from netdraw.graph.model import Graph, type_table
from netdraw.ops import OPS
from netdraw.ops.base import total

# torchvision 0.28 at batch 1, 224×224, counted layer by layer: parameters, multiply-adds of convolutions and linears.
TORCHVISION = {
    ("mobilenet_v2", None): (3_504_872, 300_774_272),
    ("resnet", "resnet18"): (11_689_512, 1_814_073_344),
    ("resnet", "resnet34"): (21_797_672, 3_663_761_408),
    ("resnet", "resnet50"): (25_557_032, 4_089_184_256),
    ("resnet", "resnet101"): (44_549_160, 7_801_405_440),
    ("resnet", "resnet152"): (60_192_808, 11_513_626_624),
    ("vgg", "vgg11"): (132_863_336, 7_609_090_048),
    ("vgg", "vgg13"): (133_047_848, 11_308_466_176),
    ("vgg", "vgg16"): (138_357_544, 15_470_264_320),
    ("vgg", "vgg19"): (143_667_240, 19_632_062_464),
}

# The same network with the stride in the first 1×1, as in the paper (arXiv:1512.03385, Table 1: 3.8 billion).
PAPER = {("resnet", "resnet50_paper"): (25_557_032, 3_857_973_248)}

# Keras 3.15, MobileNet by alpha and input size; the paper's Tables 6, 7 and 9 (arXiv:1704.04861) within rounding.
MOBILENET_V1 = {
    (1.0, 224): (4_231_976, 568_740_352),
    (0.75, 224): (2_585_560, 325_400_448),
    (0.5, 224): (1_331_592, 149_497_088),
    (0.25, 224): (470_072, 41_030_272),
    (1.0, 192): (4_231_976, 418_121_728),
    (1.0, 160): (4_231_976, 290_675_200),
    (1.0, 128): (4_231_976, 186_400_768),
    (0.5, 160): (1_331_592, 76_524_800),
    (0.75, 192): (2_585_560, 239_273_472),
}

# Keras 3.15, MobileNetV2 by alpha; TF-slim's README states the same multiply-adds in millions.
MOBILENET_V2 = {
    (1.0, 224): (3_504_872, 300_774_272),
    (1.4, 224): (6_108_776, 582_195_824),
    (1.3, 224): (5_386_792, 509_374_560),
    (0.75, 224): (2_636_424, 209_069_792),
    (0.5, 224): (1_968_680, 97_131_840),
    (0.35, 224): (1_677_128, 59_285_808),
}

# TF-slim's README, million multiply-adds of MobileNetV2 at width 1 by resolution.
MOBILENET_V2_RESOLUTION = {224: 300, 192: 221, 160: 154, 128: 99, 96: 56}


@pytest.mark.parametrize(("source", "expected"), [*TORCHVISION.items(), *PAPER.items()])
def test_totals(source: tuple[str, str | None], expected: tuple[int, int]) -> None:
    assert costs(zoo(*source)) == expected


@pytest.mark.parametrize(("setting", "expected"), MOBILENET_V1.items())
def test_mobilenet_v1_by_width_and_resolution(setting: tuple[float, int], expected: tuple[int, int]) -> None:
    assert costs(zoo("mobilenet_v1", width=setting[0], resolution=setting[1])) == expected


@pytest.mark.parametrize(("setting", "expected"), MOBILENET_V2.items())
def test_mobilenet_v2_by_width(setting: tuple[float, int], expected: tuple[int, int]) -> None:
    assert costs(zoo("mobilenet_v2", width=setting[0], resolution=setting[1])) == expected


@pytest.mark.parametrize(("resolution", "millions"), MOBILENET_V2_RESOLUTION.items())
def test_mobilenet_v2_by_resolution(resolution: int, millions: int) -> None:
    params, macs = costs(zoo("mobilenet_v2", resolution=resolution))
    assert params == 3_504_872 and abs(macs / 1e6 - millions) < 1


def layers(net: Graph) -> list[tuple[str, tuple[int, ...], int, int]]:
    """Convolutions and linears in order: kind, output shape, params, MACs."""
    types, rows = type_table(net), []
    for node in net.nodes:
        op, inputs = OPS[node.op], tuple(types[ref] for ref in node.inputs)
        if op.macs is not None and total(op.macs(node.attrs, inputs, node.outputs)):
            params = total(op.params(node.attrs, inputs, node.outputs))
            rows.append((node.op, node.outputs[0].shape, params, total(op.macs(node.attrs, inputs, node.outputs))))
    return rows


def conv(
    into: int, out: int, kernel: int, size: int, groups: int = 1, bias: int = 0
) -> tuple[str, tuple[int, ...], int, int]:
    """What a convolution costs, written down from the formula alone."""
    weights = kernel * kernel * (into // groups) * out
    return ("Conv2d", (out, size, size), weights + bias * out, weights * size * size)


def linear(into: int, out: int) -> tuple[str, tuple[int, ...], int, int]:
    return ("Linear", (out,), into * out + out, into * out)


def test_mobilenet_v2_layer_by_layer() -> None:
    expected, into, size = [conv(3, 32, 3, 112)], 32, 112
    for expand, out, repeats, stride in [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ]:  # fmt: skip
        for member in range(repeats):
            hidden = into * expand
            if expand > 1:
                expected.append(conv(into, hidden, 1, size))
            size //= stride if member == 0 else 1
            expected += [conv(hidden, hidden, 3, size, groups=hidden), conv(hidden, out, 1, size)]
            into = out
    assert layers(zoo("mobilenet_v2")) == [*expected, conv(320, 1280, 1, 7), linear(1280, 1000)]


def test_mobilenet_v1_layer_by_layer() -> None:
    expected, into, size = [conv(3, 32, 3, 112)], 32, 112
    for out, stride in [
        (64, 1),
        (128, 2),
        (128, 1),
        (256, 2),
        (256, 1),
        (512, 2),
        *[(512, 1)] * 5,
        (1024, 2),
        (1024, 1),
    ]:
        size //= stride
        expected += [conv(into, into, 3, size, groups=into), conv(into, out, 1, size)]
        into = out
    assert layers(zoo("mobilenet_v1")) == [*expected, linear(1024, 1000)]


@pytest.mark.parametrize(("variant", "in_3x3"), [("resnet50", True), ("resnet50_paper", False)])
def test_resnet50_layer_by_layer_with_projections(variant: str, in_3x3: bool) -> None:
    expected, into, size = [conv(3, 64, 7, 112)], 64, 56
    for width, repeats, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for member in range(repeats):
            step = stride if member == 0 else 1
            after = size // step
            expected += [conv(into, width, 1, size if in_3x3 else after), conv(width, width, 3, after)]
            expected.append(conv(width, width * 4, 1, after))
            if member == 0:
                expected.append(conv(into, width * 4, 1, after))
            into, size = width * 4, after
    assert layers(zoo("resnet", variant)) == [*expected, linear(2048, 1000)]


@pytest.mark.parametrize(("variant", "depths"), [("resnet18", (2, 2, 2, 2)), ("resnet34", (3, 4, 6, 3))])
def test_basic_resnets_layer_by_layer(variant: str, depths: tuple[int, ...]) -> None:
    expected, into, size = [conv(3, 64, 7, 112)], 64, 56
    for width, repeats, stride in zip((64, 128, 256, 512), depths, (1, 2, 2, 2), strict=True):
        for member in range(repeats):
            size //= stride if member == 0 else 1
            expected += [conv(into, width, 3, size), conv(width, width, 3, size)]
            if into != width:
                expected.append(conv(into, width, 1, size))
            into = width
    assert layers(zoo("resnet", variant)) == [*expected, linear(512, 1000)]


def test_vgg16_layer_by_layer() -> None:
    expected, into, size = [], 3, 224
    for width, depth in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(depth):
            expected.append(conv(into, width, 3, size, bias=1))
            into = width
        size //= 2
    assert layers(zoo("vgg", "vgg16")) == [*expected, linear(512 * 49, 4096), linear(4096, 4096), linear(4096, 1000)]


# arXiv:1704.04861, Table 1: type/stride, filter shape, input size. The last depthwise row is misprinted s2.
TABLE_V1 = [
    ("conv", 2, (3, 3, 3, 32), (224, 224, 3)), ("dw", 1, (3, 3, 32), (112, 112, 32)), ("conv", 1, (1, 1, 32, 64), (112, 112, 32)),
    ("dw", 2, (3, 3, 64), (112, 112, 64)), ("conv", 1, (1, 1, 64, 128), (56, 56, 64)), ("dw", 1, (3, 3, 128), (56, 56, 128)),
    ("conv", 1, (1, 1, 128, 128), (56, 56, 128)), ("dw", 2, (3, 3, 128), (56, 56, 128)), ("conv", 1, (1, 1, 128, 256), (28, 28, 128)),
    ("dw", 1, (3, 3, 256), (28, 28, 256)), ("conv", 1, (1, 1, 256, 256), (28, 28, 256)), ("dw", 2, (3, 3, 256), (28, 28, 256)),
    ("conv", 1, (1, 1, 256, 512), (14, 14, 256)),
    *[("dw", 1, (3, 3, 512), (14, 14, 512)), ("conv", 1, (1, 1, 512, 512), (14, 14, 512))] * 5,
    ("dw", 2, (3, 3, 512), (14, 14, 512)), ("conv", 1, (1, 1, 512, 1024), (7, 7, 512)), ("dw", 1, (3, 3, 1024), (7, 7, 1024)),
    ("conv", 1, (1, 1, 1024, 1024), (7, 7, 1024)), ("pool", 1, (7, 7), (7, 7, 1024)), ("fc", 1, (1024, 1000), (1, 1, 1024)),
    ("softmax", 1, (), (1, 1, 1000)),
]  # fmt: skip


def test_every_row_of_the_v1_paper_is_in_the_graph() -> None:
    net, types = zoo("mobilenet_v1"), type_table(zoo("mobilenet_v1"))
    rows = []
    for node in net.nodes:
        source = types[node.inputs[0]]
        size = (*source.shape[1:], source.shape[0]) if len(source.shape) == 3 else (1, 1, *source.shape)
        if node.op == "Conv2d":
            depthwise, kernel = node.attrs["groups"] > 1, node.attrs["kernel_size"]
            shape = (*kernel, source.shape[0]) if depthwise else (*kernel, source.shape[0], node.attrs["out_channels"])
            rows.append(("dw" if depthwise else "conv", node.attrs["stride"][0], shape, size))
        elif node.op == "AdaptiveAvgPool2d":
            rows.append(("pool", 1, source.shape[1:], size))
        elif node.op == "Linear":
            rows.append(("fc", 1, (source.shape[0], node.outputs[0].shape[0]), size))
        elif node.op == "Softmax":
            rows.append(("softmax", 1, (), size))
    assert rows == TABLE_V1


# arXiv:1801.04381, Table 2: input (side, channels), operator, t, c, n, s.
TABLE_V2 = [
    (112, 32, 1, 16, 1, 1), (112, 16, 6, 24, 2, 2), (56, 24, 6, 32, 3, 2), (28, 32, 6, 64, 4, 2),
    (14, 64, 6, 96, 3, 1), (14, 96, 6, 160, 3, 2), (7, 160, 6, 320, 1, 1),
]  # fmt: skip


def test_every_row_of_the_v2_paper_is_in_the_graph() -> None:
    net, rows = zoo("mobilenet_v2"), []
    types = type_table(net)
    for group in [group for group in net.groups if group.kind == "row"]:
        members = [item for item in net.groups if item.parent == group.id]
        convs = [node for node in net.nodes if node.group.startswith(members[0].id + ".") and node.op == "Conv2d"]
        source = types[convs[0].inputs[0]]
        hidden, strides = convs[-2].attrs["groups"], [node.attrs["stride"][0] for node in convs]
        rows.append(
            (
                source.shape[1],
                source.shape[0],
                hidden // source.shape[0],
                convs[-1].attrs["out_channels"],
                len(members),
                max(strides),
            )
        )
    assert rows == TABLE_V2
    outer = {node.id: types[node.inputs[0]].shape for node in net.nodes}
    assert (outer["conv_bn_act.conv2d"], outer["conv_bn_act_2.conv2d"]) == ((3, 224, 224), (320, 7, 7))
    assert (outer["adaptive_avg_pool2d"], outer["linear"]) == ((1280, 7, 7), (1280,))


def mutated(file: str, before: str, after: str) -> Graph:
    """A zoo file with one text replaced."""
    text = resources.read_text(resources.path("specs", file + ".yaml"))
    assert text.count(before) == 1, (file, before)
    return graph(text.replace(before, after))


def conv_bn(into: int, out: int, kernel: int, size: int, groups: int = 1) -> tuple[int, int]:
    """Params and MACs of a convolution without bias and its norm, by the formula."""
    weights = kernel * kernel * (into // groups) * out
    return weights + 2 * out, weights * size * size


MUTATIONS = {
    # The last pointwise convolution and what reads it.
    "mobilenet_v1": (
        ("[1024, 1, 1, 32]", "[1032, 1, 1, 32]"),
        [lambda c: conv_bn(1024, c, 1, 7), lambda c: (c * 1000, c * 1000)],
        (1024, 1032),
    ),
    # The last block's width: its projection, and the convolution behind it.
    "mobilenet_v2": (
        ("[6, 320, 1, 1]", "[6, 328, 1, 1]"),
        [lambda c: conv_bn(960, c, 1, 7), lambda c: conv_bn(c, 1280, 1, 7)],
        (320, 328),
    ),
    # The stem: itself, the first 1×1 and the projection of the first block.
    "resnet": (
        ("{out_channels: 64, kernel_size: 7", "{out_channels: 72, kernel_size: 7"),
        [lambda c: conv_bn(3, c, 7, 112), lambda c: conv_bn(c, 64, 1, 56), lambda c: conv_bn(c, 256, 1, 56)],
        (64, 72),
    ),
    # The third stage: its three convolutions and the first of the next.
    "vgg": (
        ("[64, 128, 256, 512, 512]", "[64, 128, 264, 512, 512]"),
        [
            lambda c: ((9 * 128 + 1) * c, 9 * 128 * c * 56 * 56),
            lambda c: (2 * (9 * c + 1) * c, 2 * 9 * c * c * 56 * 56),
            lambda c: (9 * c * 512, 9 * c * 512 * 28 * 28),
        ],
        (256, 264),
    ),
}


@pytest.mark.parametrize("file", MUTATIONS)
def test_a_changed_channel_moves_the_totals_by_the_formula(file: str) -> None:
    (before, after), formulas, (old, new) = MUTATIONS[file]
    params, macs = costs(zoo(file))
    delta = [sum(formula(new)[place] - formula(old)[place] for formula in formulas) for place in (0, 1)]
    assert delta[0] > 0 and delta[1] > 0
    assert costs(mutated(file, before, after)) == (params + delta[0], macs + delta[1])
