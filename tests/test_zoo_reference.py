"""More networks of the zoo: totals to the digit, and shapes and costs layer by layer, sources beside them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nets import HEAD, costs, graph, residuals, shapes, wires, zoo
from test_zoo import conv, conv_bn, layers, linear, mutated

from netdraw.core import resources
from netdraw.core.errors import Faults
from netdraw.graph.builder import build
from netdraw.graph.model import Graph, type_table
from netdraw.ops import OPS
from netdraw.ops.base import PASS, RuleError
from netdraw.ops.rules import complete, infer, read
from netdraw.ops.tensor import TensorType, by_length
from netdraw.spec.model import Spec
from netdraw.spec.parser import parse

Shape = tuple[int, ...]
Row = tuple[str, Shape, int, int]
Source = tuple[str, str | None]

FILES = (
    *("lenet", "alexnet", "googlenet", "inception_v3", "squeezenet", "densenet", "resnext", "se_resnet", "unet"),
    *("mtcnn", "ssd300", "ssd300_nms", "nasnet"),
)

# torchvision 0.28 at batch 1, counted layer by layer, at 224 (Inception v3 at 299, without its auxiliary classifier).
TORCHVISION: dict[Source, tuple[int, int]] = {
    ("alexnet", "alexnet_torchvision"): (61_100_840, 714_188_480),
    ("googlenet", "googlenet_torchvision"): (6_624_904, 1_498_376_192),
    ("inception_v3", None): (23_834_568, 5_713_216_096),
    ("squeezenet", "squeezenet1_0"): (1_248_424, 818_924_576),
    ("squeezenet", "squeezenet1_1"): (1_235_496, 349_151_936),
    ("densenet", "densenet121"): (7_978_856, 2_834_161_664),
    ("densenet", "densenet161"): (28_681_000, 7_727_907_072),
    ("densenet", "densenet169"): (14_149_480, 3_359_843_328),
    ("densenet", "densenet201"): (20_013_928, 4_291_365_888),
    ("resnext", "resnext50"): (25_028_904, 4_230_479_872),
}

# Counted on the papers' structures; the tests below take each apart, layer by layer.
PAPERS: dict[Source, tuple[int, int]] = {
    ("lenet", None): (61_706, 416_520),
    ("alexnet", None): (60_965_224, 724_406_816),
    ("googlenet", None): (6_998_552, 1_582_671_872),
    ("squeezenet", None): (1_248_424, 832_667_936),  # arXiv:1602.07360, Table 1: 1,248,424 parameters
    ("se_resnet", "se_resnet50"): (28_088_024, 3_860_488_192),  # arXiv:1709.01507: 3.87 GFLOPs, 2.5 M over ResNet-50
    ("se_resnet", "se_resnext50"): (27_559_896, 4_232_994_816),
    ("unet", None): (31_030_658, 150_428_424_448),
}

# Keras' NASNetMobile and NASNetLarge: trainable weights, and the products counted layer by layer; arXiv:1707.07012, Table 2,
# has 5.3 M and 564 M, 88.9 M (with running statistics) and 23.8 G.
KERAS: dict[Source, tuple[int, int]] = {
    ("nasnet", "nasnet_mobile"): (5_289_978, 563_638_816),
    ("nasnet", "nasnet_large"): (88_753_150, 23_783_414_658),
}

# The layers that were released, as facenet-pytorch has them, counted by hand.
MTCNN: dict[Source, tuple[int, int]] = {
    ("mtcnn", "pnet"): (6_632, 44_760),
    ("mtcnn", "rnet"): (100_178, 1_530_768),
    ("mtcnn", "onet"): (389_040, 12_909_952),
}


@pytest.mark.parametrize(
    ("source", "expected"), [*TORCHVISION.items(), *PAPERS.items(), *KERAS.items(), *MTCNN.items()]
)
def test_totals(source: Source, expected: tuple[int, int]) -> None:
    assert costs(zoo(*source)) == expected


# torchvision's documentation: num_params, and GFLOPS, which there are multiply-adds, to two digits.
@pytest.mark.parametrize(
    ("variant", "params", "giga"), [("resnext101_32x8d", 88_791_336, 16.41), ("resnext101_64x4d", 83_455_272, 15.46)]
)
def test_deeper_resnexts(variant: str, params: int, giga: float) -> None:
    counted, macs = costs(zoo("resnext", variant))
    assert counted == params and round(macs / 1e9, 2) == giga


def spec_of(file: str) -> Spec:
    faults = Faults()
    spec = parse(resources.read_text(resources.path("specs", file + ".yaml")), file, faults)
    assert spec is not None and not faults, faults.items
    return spec


@pytest.mark.parametrize("file", FILES)
def test_every_variant_is_without_fault_and_keeps_its_expect(file: str) -> None:
    spec = spec_of(file)
    assert spec.header.title and spec.header.year and spec.header.source and dict(spec.header.links)["paper"]
    assert set(dict(spec.header.about)) == {"en", "zh"}
    names = [variant.name for variant in spec.variants]
    assert {target for _, target in spec.aliases} <= set(names)
    for variant in (None, *spec.variants):
        result = build(spec, variant.name if variant else None)
        assert result.faults == ()
        expect = dict((variant.header.expect if variant else ()) or spec.header.expect)
        assert (expect["params"], expect["macs"]) == costs(result.graph)


def picked(net: Graph, *ids: str) -> list[Shape]:
    found = shapes(net)
    return [found[id] for id in ids]


def of_op(net: Graph, op: str) -> list[Shape]:
    """The output shapes of all nodes of one op, in order."""
    return [node.outputs[0].shape for node in net.nodes if node.op == op]


def kernel(into: int, out: int, sides: tuple[int, int], size: int) -> Row:
    """A convolution with a kernel of two sides, without bias, by the formula."""
    weights = sides[0] * sides[1] * into * out
    return ("Conv2d", (out, size, size), weights, weights * size * size)


# LeNet-5 and AlexNet


def test_lenet_layer_by_layer() -> None:
    expected = [conv(1, 6, 5, 28, bias=1), conv(6, 16, 5, 10, bias=1), conv(16, 120, 5, 1, bias=1)]
    assert layers(zoo("lenet")) == [*expected, linear(120, 84), linear(84, 10)]
    assert picked(zoo("lenet"), "c1", "s2", "c3", "s4", "c5", "f6", "softmax") == [
        (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,), (10,),
    ]  # fmt: skip


def test_alexnet_layer_by_layer() -> None:
    expected = [conv(3, 96, 11, 55, bias=1), conv(96, 256, 5, 27, groups=2, bias=1), conv(256, 384, 3, 13, bias=1)]
    expected += [conv(384, 384, 3, 13, groups=2, bias=1), conv(384, 256, 3, 13, groups=2, bias=1)]
    net = zoo("alexnet")
    assert layers(net) == [*expected, linear(256 * 6 * 6, 4096), linear(4096, 4096), linear(4096, 1000)]
    assert of_op(net, "MaxPool2d") == [(96, 27, 27), (256, 13, 13), (256, 6, 6)]
    wired = wires(net)
    assert wired["max_pool2d"] == ["norm"] and wired["norm"] == ["conv_bn_act.act"], (
        "ReLU, LRN, pooling, as in the paper"
    )


def test_alexnet_of_torchvision_layer_by_layer() -> None:
    expected, into = [], 3
    for out, side, size in [(64, 11, 55), (192, 5, 27), (384, 3, 13), (256, 3, 13), (256, 3, 13)]:
        expected.append(conv(into, out, side, size, bias=1))
        into = out
    net = zoo("alexnet", "alexnet_torchvision")
    assert layers(net) == [*expected, linear(256 * 6 * 6, 4096), linear(4096, 4096), linear(4096, 1000)]
    assert [node.id for node in net.nodes].index("dropout") < [node.id for node in net.nodes].index("linear")


# arXiv:1409.4842, Table 1: name, channels and side of the output, the six columns, and ops in millions where the print
# is right (that of 5a is 54, its formula gives 51.1).
GOOGLENET = [
    ("3a", 256, 28, (64, 96, 128, 16, 32, 32), 128), ("3b", 480, 28, (128, 128, 192, 32, 96, 64), 304),
    ("4a", 512, 14, (192, 96, 208, 16, 48, 64), 73), ("4b", 512, 14, (160, 112, 224, 24, 64, 64), 88),
    ("4c", 512, 14, (128, 128, 256, 24, 64, 64), 100), ("4d", 528, 14, (112, 144, 288, 32, 64, 64), 119),
    ("4e", 832, 14, (256, 160, 320, 32, 128, 128), 170), ("5a", 832, 7, (256, 160, 320, 32, 128, 128), None),
    ("5b", 1024, 7, (384, 192, 384, 48, 128, 128), 71),
]  # fmt: skip


def googlenet_layers(large: int, bias: int) -> list[Row]:
    """Every convolution and linear of the table; `large` is the kernel in place of 5×5."""
    expected = [conv(3, 64, 7, 112, bias=bias), conv(64, 64, 1, 56, bias=bias), conv(64, 192, 3, 56, bias=bias)]
    into = 192
    for _, out, size, (one, reduce3, three, reduce5, five, project), _ in GOOGLENET:
        for source, target, side in [
            (into, one, 1), (into, reduce3, 1), (reduce3, three, 3), (into, reduce5, 1), (reduce5, five, large),
            (into, project, 1),
        ]:  # fmt: skip
            expected.append(conv(source, target, side, size, bias=bias))
        assert one + three + five + project == out
        into = out
    return [*expected, linear(1024, 1000)]


@pytest.mark.parametrize(("variant", "large", "bias"), [(None, 5, 1), ("googlenet_torchvision", 3, 0)])
def test_googlenet_layer_by_layer(variant: str | None, large: int, bias: int) -> None:
    net = zoo("googlenet", variant)
    assert layers(net) == googlenet_layers(large, bias)
    assert of_op(net, "Concat") == [(out, size, size) for _, out, size, _, _ in GOOGLENET]
    outer = [shape for id, shape in shapes(net).items() if id.startswith("max_pool2d")]
    assert outer == [(64, 56, 56), (192, 28, 28), (480, 14, 14), (832, 7, 7)]
    assert of_op(net, "LocalResponseNorm") == ([(64, 56, 56), (192, 56, 56)] if variant is None else [])


def test_googlenets_operations_are_those_of_the_paper() -> None:
    rows = googlenet_layers(5, 1)
    for place, (name, _, _, _, printed) in enumerate(GOOGLENET):
        macs = sum(row[3] for row in rows[3 + 6 * place : 9 + 6 * place])
        if printed is not None:
            assert abs(macs / 1e6 - printed) < 1, name
    assert abs((rows[1][3] + rows[2][3]) / 1e6 - 360) < 1
    titles = [group.title for group in zoo("googlenet").groups if group.kind == "row"]
    assert titles == [name for name, *_ in GOOGLENET]


# Inception v3


def inception_v3_layers() -> list[Row]:
    """Written down from Figures 5, 6, 7 and 10 of arXiv:1512.00567, in the order of the branches."""
    rows = [conv(3, 32, 3, 149), conv(32, 32, 3, 147), conv(32, 64, 3, 147), conv(64, 80, 1, 73), conv(80, 192, 3, 71)]
    into = 192
    for project in (32, 64, 64):
        rows += [conv(into, 64, 1, 35), conv(into, 48, 1, 35), conv(48, 64, 5, 35)]
        rows += [conv(into, 64, 1, 35), conv(64, 96, 3, 35), conv(96, 96, 3, 35), conv(into, project, 1, 35)]
        into = 64 + 64 + 96 + project
    rows += [conv(288, 384, 3, 17), conv(288, 64, 1, 35), conv(64, 96, 3, 35), conv(96, 96, 3, 17)]
    for width in (128, 160, 160, 192):
        rows += [conv(768, 192, 1, 17), conv(768, width, 1, 17), kernel(width, width, (1, 7), 17)]
        rows += [kernel(width, 192, (7, 1), 17), conv(768, width, 1, 17), kernel(width, width, (7, 1), 17)]
        rows += [kernel(width, width, (1, 7), 17), kernel(width, width, (7, 1), 17), kernel(width, 192, (1, 7), 17)]
        rows.append(conv(768, 192, 1, 17))
    rows += [conv(768, 192, 1, 17), conv(192, 320, 3, 8), conv(768, 192, 1, 17), kernel(192, 192, (1, 7), 17)]
    rows += [kernel(192, 192, (7, 1), 17), conv(192, 192, 3, 8)]
    for into in (1280, 2048):
        rows += [conv(into, 320, 1, 8), conv(into, 384, 1, 8), kernel(384, 384, (1, 3), 8), kernel(384, 384, (3, 1), 8)]
        rows += [conv(into, 448, 1, 8), conv(448, 384, 3, 8), kernel(384, 384, (1, 3), 8), kernel(384, 384, (3, 1), 8)]
        rows.append(conv(into, 192, 1, 8))
    return [*rows, linear(2048, 1000)]


def test_inception_v3_layer_by_layer() -> None:
    net = zoo("inception_v3")
    assert layers(net) == inception_v3_layers()
    # The grid sizes of Table 1: 35×35×288, 17×17×768, 8×8×1280, 8×8×2048.
    mixed = [shape for id, shape in shapes(net).items() if id.endswith("parallel.join") and id.count("parallel") == 1]
    wide = [shape for shape in mixed if shape[0] not in (384,) and shape != (768, 8, 8)]
    assert wide == [
        (256, 35, 35), (288, 35, 35), (288, 35, 35), *[(768, 17, 17)] * 5, (1280, 8, 8), (2048, 8, 8), (2048, 8, 8),
    ]  # fmt: skip
    assert of_op(net, "MaxPool2d") == [(64, 73, 73), (192, 35, 35), (288, 17, 17), (768, 8, 8)]


# SqueezeNet, DenseNet


@pytest.mark.parametrize(
    ("variant", "stem", "side", "first", "fires"),
    [
        (None, 96, 7, 111, ((3, 55), (4, 27), (1, 13))),
        ("squeezenet1_0", 96, 7, 109, ((3, 54), (4, 27), (1, 13))),
        ("squeezenet1_1", 64, 3, 111, ((2, 55), (2, 27), (4, 13))),
    ],
)
def test_squeezenet_layer_by_layer(
    variant: str | None, stem: int, side: int, first: int, fires: tuple[tuple[int, int], ...]
) -> None:
    expected, into = [conv(3, stem, side, first, bias=1)], stem
    sizes = [size for count, size in fires for _ in range(count)]
    for place, size in enumerate(sizes):
        expand = 128 + 128 * (place // 2)  # the paper's metaparameters, Section 5.1
        squeeze, half = expand // 8, expand // 2
        expected += [conv(into, squeeze, 1, size, bias=1), conv(squeeze, half, 1, size, bias=1)]
        expected.append(conv(squeeze, half, 3, size, bias=1))
        into = expand
    net = zoo("squeezenet", variant)
    assert layers(net) == [*expected, conv(512, 1000, 1, 13, bias=1)]
    assert len(of_op(net, "Concat")) == 8 and of_op(net, "MaxPool2d")[0] == (stem, fires[0][1], fires[0][1])


def test_squeezenets_maps_are_those_of_the_paper() -> None:
    net = zoo("squeezenet")
    fires = [(128, 55, 55), (128, 55, 55), (256, 55, 55), (256, 27, 27), (384, 27, 27), (384, 27, 27)]
    assert of_op(net, "Concat") == [*fires, (512, 27, 27), (512, 13, 13)]
    assert of_op(net, "MaxPool2d") == [(96, 55, 55), (256, 27, 27), (512, 13, 13)]


DENSENETS = {
    "densenet121": (32, (6, 12, 24, 16)),
    "densenet161": (48, (6, 12, 36, 24)),
    "densenet169": (32, (6, 12, 32, 32)),
    "densenet201": (32, (6, 12, 48, 32)),
}


@pytest.mark.parametrize("variant", DENSENETS)
def test_densenet_layer_by_layer(variant: str) -> None:
    growth, depths = DENSENETS[variant]
    expected, into, size = [conv(3, 2 * growth, 7, 112)], 2 * growth, 56
    for block, depth in enumerate(depths):
        for _ in range(depth):
            expected += [conv(into, 4 * growth, 1, size), conv(4 * growth, growth, 3, size)]
            into += growth
        if block < 3:
            expected.append(conv(into, into // 2, 1, size))
            into, size = into // 2, size // 2
    net = zoo("densenet", variant)
    assert layers(net) == [*expected, linear(into, 1000)]
    norms = sum(2 * node.outputs[0].shape[0] for node in net.nodes if node.op == "BatchNorm2d")
    assert costs(net)[0] == sum(row[2] for row in layers(net)) + norms


def test_densenet121s_stages() -> None:
    net = zoo("densenet")
    halves = [id for id in shapes(net) if ".transition." in id and id.endswith(("conv2d", "avg_pool2d"))]
    assert picked(net, *halves) == [
        (128, 56, 56), (128, 28, 28), (256, 28, 28), (256, 14, 14), (512, 14, 14), (512, 7, 7),
    ]  # fmt: skip
    last = ("0.dense_layer.5", "1.dense_layer.11", "2.dense_layer.23", "3.dense_layer.15")
    assert picked(net, *(f"stages.{id}.parallel.join" for id in last)) == [
        (256, 56, 56), (512, 28, 28), (1024, 14, 14), (1024, 7, 7),
    ]  # fmt: skip


# ResNeXt, SE-ResNet


@pytest.mark.parametrize(
    ("variant", "cardinality", "width", "depths"),
    [
        ("resnext50", 32, 4, (3, 4, 6, 3)),
        ("resnext101_32x8d", 32, 8, (3, 4, 23, 3)),
        ("resnext101_64x4d", 64, 4, (3, 4, 23, 3)),
    ],
)
def test_resnext_layer_by_layer(variant: str, cardinality: int, width: int, depths: tuple[int, ...]) -> None:
    expected, into, size = [conv(3, 64, 7, 112)], 64, 56
    for stage, depth in enumerate(depths):
        inner, out = cardinality * width * 2**stage, 256 * 2**stage
        for member in range(depth):
            after = size // (2 if stage and not member else 1)
            expected += [conv(into, inner, 1, size), conv(inner, inner, 3, after, groups=cardinality)]
            expected.append(conv(inner, out, 1, after))
            if not member:
                expected.append(conv(into, out, 1, after))
            into, size = out, after
    assert layers(zoo("resnext", variant)) == [*expected, linear(2048, 1000)]


def test_se_resnet50_is_resnet50_and_its_gates() -> None:
    net, plain = zoo("se_resnet", "se_resnet50"), zoo("resnet", "resnet50_paper")
    gates = [row for row in layers(net) if row[1][1:] == (1, 1)]
    expected = []
    for channels, depth in [(256, 3), (512, 4), (1024, 6), (2048, 3)]:
        expected += [conv(channels, channels // 16, 1, 1, bias=1), conv(channels // 16, channels, 1, 1, bias=1)] * depth
    assert gates == expected
    assert [row for row in layers(net) if row not in gates] == layers(plain)
    delta = [sum(row[place] for row in gates) for place in (2, 3)]
    assert [a - b for a, b in zip(costs(net), costs(plain), strict=True)] == delta == [2_530_992, 2_514_944]
    assert [done for done, _ in residuals(net).values()] == [done for done, _ in residuals(plain).values()]


# arXiv:1505.04597, Figure 1: the numbers at the maps, from the input down and up again.
UNET = [
    (64, 570), (64, 568), (128, 282), (128, 280), (256, 138), (256, 136), (512, 66), (512, 64), (1024, 30), (1024, 28),
    (512, 54), (512, 52), (256, 102), (256, 100), (128, 198), (128, 196), (64, 390), (64, 388), (2, 388),
]  # fmt: skip


def test_unet_is_figure_1() -> None:
    net = zoo("unet")
    assert of_op(net, "Conv2d") == [(channels, size, size) for channels, size in UNET]
    assert of_op(net, "MaxPool2d") == [(64, 284, 284), (128, 140, 140), (256, 68, 68), (512, 32, 32)]
    assert of_op(net, "ConvTranspose2d") == [(512, 56, 56), (256, 104, 104), (128, 200, 200), (64, 392, 392)]
    assert of_op(net, "Concat") == [(1024, 56, 56), (512, 104, 104), (256, 200, 200), (128, 392, 392)]
    assert len(of_op(net, "Conv2d")) + len(of_op(net, "ConvTranspose2d")) == 23, "23 convolutional layers in total"
    types = type_table(net)
    cut = [types[node.inputs[0]].shape for node in net.nodes if node.op == "Crop"]
    assert cut == [(512, 64, 64), (256, 136, 136), (128, 280, 280), (64, 568, 568)]


# arXiv:1604.02878, Figure 2: the maps; each network has the heads that were released.
MAPS = {
    "pnet": ([(10, 10), (16, 3), (32, 1)], [(10, 5)], ["face", "box"]),
    "rnet": ([(28, 22), (48, 9), (64, 3)], [(28, 11), (48, 4)], ["face", "box"]),
    "onet": ([(32, 46), (64, 21), (64, 8), (128, 3)], [(32, 23), (64, 10), (64, 4)], ["face", "box", "landmarks"]),
}


@pytest.mark.parametrize("variant", MAPS)
def test_mtcnn(variant: str) -> None:
    net, (convs, pools, heads) = zoo("mtcnn", variant), MAPS[variant]
    found = [shape for shape in of_op(net, "Conv2d") if variant != "pnet" or shape[0] > 4]
    assert found == [(channels, size, size) for channels, size in convs]
    assert of_op(net, "MaxPool2d") == [(channels, size, size) for channels, size in pools]
    assert [name for name, _ in net.outputs] == heads
    types = type_table(net)
    assert [types[ref].shape[0] for _, ref in net.outputs] == [2, 4, 10][: len(heads)]


def test_onet_layer_by_layer() -> None:
    expected = [conv(3, 32, 3, 46, bias=1), conv(32, 64, 3, 21, bias=1), conv(64, 64, 3, 8, bias=1)]
    expected += [conv(64, 128, 2, 3, bias=1), linear(1152, 256), linear(256, 2), linear(256, 4), linear(256, 10)]
    net = zoo("mtcnn", "onet")
    assert layers(net) == expected
    assert costs(net)[0] == sum(row[2] for row in expected) + 32 + 64 + 64 + 128 + 256, "a slope a channel"


# arXiv:1512.02325, Figure 2: channels, side and default boxes of the six maps.
SSD = [(512, 38, 4), (1024, 19, 6), (512, 10, 6), (256, 5, 6), (256, 3, 4), (256, 1, 4)]


def test_ssd300_layer_by_layer() -> None:
    """From the paper's structure: VGG-16 up to conv5_3, conv6 (dilated) to conv11, a pair of predictors a map."""
    pairs = [
        [conv(channels, boxes * 21, 3, size, bias=1), conv(channels, boxes * 4, 3, size, bias=1)]
        for channels, size, boxes in SSD
    ]
    expected, into = [], 3
    for out, depth, size in [(64, 2, 300), (128, 2, 150), (256, 3, 75), (512, 3, 38), (512, 3, 19)]:
        for _ in range(depth):
            expected.append(conv(into, out, 3, size, bias=1))
            into = out
        expected += pairs.pop(0) if (into, size) == SSD[0][:2] else []
    expected += [conv(512, 1024, 3, 19, bias=1), conv(1024, 1024, 1, 19, bias=1), *pairs.pop(0)]
    for source, squeeze, out, before, after in [
        (1024, 256, 512, 19, 10), (512, 128, 256, 10, 5), (256, 128, 256, 5, 3), (256, 128, 256, 3, 1),
    ]:  # fmt: skip
        expected += [conv(source, squeeze, 1, before, bias=1), conv(squeeze, out, 3, after, bias=1), *pairs.pop(0)]
    net = zoo("ssd300")
    assert layers(net) == expected and not pairs
    scales = 512
    assert costs(net) == (sum(row[2] for row in expected) + scales, sum(row[3] for row in expected))
    assert costs(net) == (26_285_486, 31_373_537_792)
    assert sorted(layers(zoo("ssd300_nms"))) == sorted(expected)


def test_ssd300_has_8732_boxes() -> None:
    net = zoo("ssd300")
    counts = [size * size * boxes for _, size, boxes in SSD]
    assert sum(counts) == 8732
    pairs = [shape for count in counts for shape in ((count, 21), (count, 4))]
    assert of_op(net, "Reshape") == pairs
    types = type_table(net)
    sources = {node.id: types[node.inputs[0]].shape for node in net.nodes}
    heads = [shape for id, shape in sources.items() if ".heads." in id and id.endswith("conv2d")]
    assert heads == [(channels, size, size) for channels, size, _ in SSD for _ in range(2)]
    assert picked(net, "conv4_norm", "max_pool2d_3", "max_pool2d_5") == [(512, 38, 38), (256, 38, 38), (512, 19, 19)]
    names = [f"{map}.{head}" for map in ("p4_3", "p7", "p8", "p9", "p10", "p11") for head in ("class", "box")]
    assert [(name, types[ref].shape) for name, ref in net.outputs] == list(zip(names, pairs, strict=True))


def test_ssd300_with_its_detections() -> None:
    net = zoo("ssd300_nms")
    assert of_op(net, "Concat") == [(8732, 4), (8732, 21)]
    types = type_table(net)
    assert [(name, types[ref].shape) for name, ref in net.outputs] == [("output", (200, 6))]


# One changed number a spec


def sums(*rows: Row) -> tuple[int, int]:
    return sum(row[2] for row in rows), sum(row[3] for row in rows)


def dense(depth: int) -> tuple[int, int]:
    """The last block of DenseNet-121 at that depth, with the norm and the linear behind it."""
    params, macs = 0, 0
    for into in range(512, 512 + 32 * depth, 32):
        one, two = conv(into, 128, 1, 7), conv(128, 32, 3, 7)
        params, macs = params + 2 * into + one[2] + 256 + two[2], macs + one[3] + two[3]
    end = linear(512 + 32 * depth, 1000)
    return params + 2 * (512 + 32 * depth) + end[2], macs + end[3]


def gates(ratio: int) -> tuple[int, int]:
    stages = [(256, 3), (512, 4), (1024, 6), (2048, 3)]
    return sums(
        *[conv(c, c // ratio, 1, 1, bias=1) for c, depth in stages for _ in range(depth)],
        *[conv(c // ratio, c, 1, 1, bias=1) for c, depth in stages for _ in range(depth)],
    )


def added(*parts: tuple[int, int]) -> tuple[int, int]:
    return sum(part[0] for part in parts), sum(part[1] for part in parts)


MUTATIONS = {
    # F6 and the output behind it.
    "lenet": ("out_features: 84", "out_features: 88", lambda c: sums(linear(120, c), linear(c, 10)), (84, 88)),
    # The third convolution, and the fourth, of whose two groups each reads a half.
    "alexnet": (
        "[96, 256, 384, 384, 256]",
        "[96, 256, 400, 384, 256]",
        lambda c: sums(conv(256, c, 3, 13, bias=1), conv(c, 384, 3, 13, groups=2, bias=1)),
        (384, 400),
    ),
    # The 1×1 of 3a, and the four 1×1 of 3b that read the concat.
    "googlenet": (
        "[3a, 64, 96",
        "[3a, 72, 96",
        lambda c: sums(conv(192, c, 1, 28, bias=1), *[conv(192 + c, out, 1, 28) for out in (128, 128, 32, 64)]),
        (64, 72),
    ),
    # The projection of the first module, and what reads its concat in the second.
    "inception_v3": (
        "pool_features: 32, name",
        "pool_features: 40, name",
        lambda c: added(conv_bn(192, c, 1, 35), *[conv_bn(224 + c, out, 1, 35) for out in (64, 48, 64, 64)]),
        (32, 40),
    ),
    # The last module, which expands to four times as much twice, and the classifier.
    "squeezenet": (
        "64, name: fire9",
        "72, name: fire9",
        lambda c: sums(
            conv(512, c, 1, 13, bias=1),
            conv(c, 4 * c, 1, 13, bias=1),
            conv(c, 4 * c, 3, 13, bias=1),
            conv(8 * c, 1000, 1, 13),
        ),
        (64, 72),
    ),
    "densenet": ("depths: [6, 12, 24, 16]", "depths: [6, 12, 24, 17]", dense, (16, 17)),
    # The stem, the first 1×1 and the projection of the first block.
    "resnext": (
        "{out_channels: 64, kernel_size: 7",
        "{out_channels: 72, kernel_size: 7",
        lambda c: added(conv_bn(3, c, 7, 112), conv_bn(c, 128, 1, 56), conv_bn(c, 256, 1, 56)),
        (64, 72),
    ),
    "se_resnet": ("  reduction: 16 ", "  reduction: 8 ", gates, (16, 8)),
    # The bottom's two convolutions, and the transposed one behind them, which counts its input's places.
    "unet": (
        "16 * width, name: bottom",
        "17 * width, name: bottom",
        lambda k: added(
            sums(conv(512, 64 * k, 3, 30, bias=1), conv(64 * k, 64 * k, 3, 28, bias=1)),
            (4 * 64 * k * 512, 4 * 64 * k * 512 * 28 * 28),
        ),
        (16, 17),
    ),
    # O-Net's hidden layer, its slopes and the three heads.
    "mtcnn": (
        "  hidden: 256",
        "  hidden: 264",
        lambda c: added(sums(linear(1152, c), linear(c, 2), linear(c, 4), linear(c, 10)), (c, 0)),
        (256, 264),
    ),
    # The dilated convolution and the one behind it.
    "ssd300": (
        "1024, dilation: 6",
        "1032, dilation: 6",
        lambda c: sums(conv(512, c, 3, 19, bias=1), conv(c, 1024, 1, 19, bias=1)),
        (1024, 1032),
    ),
    "ssd300_nms": (
        "1024, dilation: 6",
        "1032, dilation: 6",
        lambda c: sums(conv(512, c, 3, 19, bias=1), conv(c, 1024, 1, 19, bias=1)),
        (1024, 1032),
    ),
    # The stem's convolution and norm, and all that reads it: three stacks, the squeeze, and the next cell's adjustment.
    "nasnet": (
        "  stem: 32",
        "  stem: 40",
        lambda c: added(
            sums(
                conv(3, c, 3, 111),
                conv(c, 11, 1, 111),
                *[conv(c, c, side, 56, groups=c) for side in (7, 7, 5)],
                *[conv(c, 11, 1, 56)] * 3,
                *[conv(c, 11, 1, 56)] * 2,
            ),
            (2 * c, 0),
        ),
        (32, 40),
    ),
}


@pytest.mark.parametrize("file", FILES)
def test_a_changed_number_moves_the_totals_by_the_formula(file: str) -> None:
    before, after, formula, (old, new) = MUTATIONS[file]
    params, macs = costs(zoo(file))
    (old_params, old_macs), (new_params, new_macs) = formula(old), formula(new)
    assert new_params > old_params and new_macs > old_macs
    assert costs(mutated(file, before, after)) == (params + new_params - old_params, macs + new_macs - old_macs)


# NASNet-A

# arXiv:1707.07012, Fig. 4: what the five sums of each cell join, h its own input and p the one before, both adjusted.
NORMAL = [
    ("5×5", "h", "3×3", "p"),
    ("5×5", "p", "3×3", "p"),
    ("avg", "h", "", "p"),
    ("avg", "p", "avg", "p"),
    ("3×3", "h", "", "h"),
]
REDUCTION = [
    ("5×5", "h", "7×7", "p"),
    ("max", "h", "7×7", "p"),
    ("avg", "h", "5×5", "p"),
    ("", "x2", "avg", "x1"),
    ("3×3", "x1", "max", "h"),
]


def came(net: Graph, cell: str, ref: str) -> tuple[str, str]:
    """What an operand of a sum is, and the value of the cell that it was made from."""
    nodes, last = {node.id: node for node in net.nodes}, ends(net, cell)
    what, at = "", ref.partition(":")[0]
    while at not in last:
        made = nodes[at]
        if made.op.endswith("Pool2d"):
            what = made.op[:3].lower()
        elif made.op == "Conv2d" and made.attrs["groups"] > 1:
            what = "×".join(map(str, made.attrs["kernel_size"]))
        at = made.inputs[0].node
    return what, last[at]


def ends(net: Graph, cell: str) -> dict[str, str]:
    """The values of a cell by the node that gives them."""
    found = {}
    for node in net.nodes:
        for value in ("h", "p", "x1", "x2", "x3", "x4", "x5"):
            if node.id == f"{cell}.{value}" or node.id.startswith(f"{cell}.{value}."):
                found[value] = node.id
    return {node: value for value, node in found.items()}


@pytest.mark.parametrize(("cell", "sums"), [("normal1.1", NORMAL), ("reduce1.0", REDUCTION)])
def test_the_sums_of_nasnets_cells_are_those_of_the_figure(cell: str, sums: list[tuple[str, ...]]) -> None:
    net = zoo("nasnet")
    wired = wires(net)
    for number, row in enumerate(sums, 1):
        left, right = (came(net, cell, ref) for ref in wired[f"{cell}.x{number}"])
        assert sorted([left, right]) == sorted([(row[0], row[1]), (row[2], row[3])]), (cell, number)


@pytest.mark.parametrize(
    ("variant", "cell", "read"),
    [
        ("nasnet_mobile", "stem2.0", ["stem1.0", "conv"]),
        ("nasnet_mobile", "normal1.0", ["stem2.0", "stem1.0"]),
        ("nasnet_mobile", "normal1.1", ["normal1.0", "stem2.0"]),
        ("nasnet_mobile", "reduce1.0", ["normal1.3", "normal1.2"]),
        ("nasnet_mobile", "normal2.0", ["reduce1.0", "normal1.3"]),
        ("nasnet_large", "reduce1.0", ["normal1.5", "normal1.4"]),
        ("nasnet_large", "skip2", ["reduce1.0", "normal1.4"]),  # Keras' skip_reduction
        ("nasnet_large", "normal2.0", ["skip2", "reduce1.0"]),
    ],
)
def test_each_cell_of_nasnet_reads_the_two_before(variant: str, cell: str, read: list[str]) -> None:
    net = zoo("nasnet", variant)
    wired, found = wires(net), []
    for value in "hp":
        first = next(node.id for node in net.nodes if node.id.startswith(f"{cell}.{value}."))
        source = wired[first][0]
        found.append(source.removesuffix(".concat") if source.endswith(".concat") else source.split(".")[0])
    assert found == read


def test_nasnets_shapes() -> None:
    """Keras' model.summary(): 111, 56, 28, 14 and 7 wide; each cell's concat has four or six times its filters."""
    concats = [shape for id, shape in shapes(zoo("nasnet")).items() if id.endswith(".concat")]
    sizes = [(44, 56), (88, 28), *[(264, 28)] * 4, (352, 14), *[(528, 14)] * 4, (704, 7), *[(1056, 7)] * 4]
    assert concats == [(channels, size, size) for channels, size in sizes]


# A block of the library that no spec of the zoo uses


def test_resnet_v2_by_the_pre_activation_block() -> None:
    """arXiv:1603.05027 at depth 50 with the stride in the 3×3; timm states 25.55 M parameters for its resnetv2_50."""
    net = graph(
        HEAD + "input: [3, 224, 224]\nlayers:\n"
        "  - Conv2d: {out_channels: 64, kernel_size: 7, stride: 2, padding: 3, bias: false}\n"
        "  - MaxPool2d: {kernel_size: 3, stride: 2, padding: 1}\n"
        "  - stages: PreActBottleneck\n"
        "    columns: {out_channels: [64, 128, 256, 512], repeat: [3, 4, 6, 3], stride: [1, 2, 2, 2]}\n"
        "    first_only: [stride]\n"
        "  - BatchNorm2d\n  - ReLU\n  - AdaptiveAvgPool2d: 1\n  - Flatten\n  - Linear: 1000\n"
    )
    assert layers(net) == layers(zoo("resnet", "resnet50"))
    norms = sum(2 * channels for channels, *_ in of_op(net, "BatchNorm2d"))
    assert costs(net)[0] == sum(row[2] for row in layers(net)) + norms == 25_549_352
    wired = wires(net)
    assert wired["stages.1.0.shortcut.conv2d"] == ["stages.1.0.pre"], "a projection reads the activated input"
    assert wired["stages.1.1.add"] == ["stages.1.1.conv2d", "stages.1.0.add"], "an identity the block's own"


# The ops of detectors

C38, BOXES, SCORES = by_length((84, 38, 38)), by_length((8732, 4)), by_length((8732, 21))
VECTOR, WIDE = TensorType((8,), "w"), by_length((8732, 5))


def run(name: str, values: dict[str, Any], *inputs: TensorType) -> TensorType:
    """The output of an op, its attributes as they are written."""
    op = OPS[name]
    stored = {key: read(op, op.attr(key) or op.attrs[0], value, key) for key, value in values.items()}
    return infer(op, complete(op, stored), inputs)[0]


@pytest.mark.parametrize(
    ("name", "values", "inputs", "code", "message"),
    [
        ("Permute", {"dims": ["h", "h", "c"]}, [C38], "ND301", "dims expects a list of axes by letter, each once"),
        ("Permute", {"dims": [1, 2, 0]}, [C38], "ND301", "such as [h, w, c], not [1, 2, 0]"),
        ("Permute", {"dims": ["h", "w"]}, [C38], "ND307", "dims [h, w] must name the axes of the input, 84×38×38"),
        ("Reshape", {"shape": [-1, -1]}, [BOXES], "ND301", "of which one may be -1, not [-1, -1]"),
        ("Reshape", {"shape": [0, 4]}, [BOXES], "ND301", "of which one may be -1, not [0, 4]"),
        ("Reshape", {"shape": [-1, 21]}, [BOXES], "ND309", "the 34928 elements of 8732×4 (t, c) are no multiple of 21"),
        ("Reshape", {"shape": [8732, 5]}, [BOXES], "ND309", "do not fill a shape of 43660; one size may be -1"),
        ("L2Norm", {}, [VECTOR], "ND307", "L2Norm needs the axis c; its input is 8 (w)"),
        ("NonMaxSuppression", {"max_output": 9}, [C38, SCORES], "ND307", "boxes with the axes t, c; they are 84×38×38"),
        (
            "NonMaxSuppression",
            {"max_output": 9},
            [WIDE, SCORES],
            "ND308",
            "a box has 4 coordinates, the first",
        ),
        ("NonMaxSuppression", {"max_output": 9}, [SCORES, BOXES], "ND308", "reads boxes, then scores"),
        ("NonMaxSuppression", {"max_output": 9}, [by_length((7, 4)), SCORES], "ND308", "t must be equal"),
    ],
)
def test_what_does_not_fit_an_op_of_detectors(
    name: str, values: dict[str, Any], inputs: list[TensorType], code: str, message: str
) -> None:
    with pytest.raises(RuleError) as caught:
        run(name, values, *inputs)
    assert caught.value.code == code and message in caught.value.message, caught.value.message


@given(st.permutations("chw"), st.lists(st.integers(1, 60), min_size=3, max_size=3))
def test_permute_keeps_each_axis_and_reshape_the_elements(order: list[str], sizes: list[int]) -> None:
    source = by_length(tuple(sizes))
    moved = run("Permute", {"dims": order}, source)
    assert moved.axes == "".join(order) and {moved.size(axis) == source.size(axis) for axis in "chw"} == {True}
    assert run("Permute", {"dims": ["c", "h", "w"]}, moved) == source
    flat = run("Reshape", {"shape": [-1, sizes[0]]}, source)
    assert (flat.axes, flat.elements, flat.shape[1]) == ("tc", source.elements, sizes[0])


def test_what_an_element_sees_behind_the_ops_of_detectors() -> None:
    permute, reshape = OPS["Permute"], OPS["Reshape"]
    assert permute.window({"dims": "hwc"}, (C38,)) == PASS
    assert permute.window({"dims": "cwh"}, (C38,)) is None, "a window speaks of an axis by its place"
    assert reshape.window({"shape": (-1, 21)}, (C38,)) is None
    assert OPS["NonMaxSuppression"].window({}, (BOXES, SCORES)) is None
