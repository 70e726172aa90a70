"""The MobileNets of TF-slim and Caffe: what their sources state, and the rules of these followed independently here."""

from __future__ import annotations

import pytest
from nets import costs, zoo

import netdraw
from netdraw.graph.model import Graph, Node, type_table

# tensorflow/models, research/slim/nets/mobilenet_v1.py: the convolutions' weights and multiply-adds, summed there, by
# depth multiplier and input size.
SLIM_V1 = {(1.0, 224): (3_185_088, 567_716_352), (0.75, 128): (1_800_144, 106_002_432)}

# The same file and mobilenet_v2.py: for each layer its depth and its stride.
LAYERS_V1 = [
    (32, 2), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    *[(512, 1)] * 5, (1024, 2), (1024, 1),
]  # fmt: skip
LAYERS_V2 = [
    (32, 2), (16, 1), (24, 2), (24, 1), (32, 2), *[(32, 1)] * 2, (64, 2), *[(64, 1)] * 3, *[(96, 1)] * 3,
    (160, 2), *[(160, 1)] * 2, (320, 1),
]  # fmt: skip

# shicai/MobileNet-Caffe, mobilenet_v2_deploy.prototxt: of each block the channels and the stride of `dwise`, and the
# channels of `linear`; every block has an `expand`.
CAFFE_V2 = [
    (32, 1, 16), (96, 2, 24), (144, 1, 24), (144, 2, 32), *[(192, 1, 32)] * 2, (192, 1, 64), *[(384, 1, 64)] * 3,
    (384, 2, 96), *[(576, 1, 96)] * 2, (576, 2, 160), *[(960, 1, 160)] * 2, (960, 1, 320),
]  # fmt: skip


def convs(net: Graph) -> list[Node]:
    return [node for node in net.nodes if node.op == "Conv2d"]


def depthwise(net: Graph) -> list[Node]:
    return [node for node in convs(net) if node.attrs["groups"] > 1]


def weights(net: Graph, node: Node) -> int:
    high, wide = node.attrs["kernel_size"]
    into = type_table(net)[node.inputs[0]].shape[0]
    return high * wide * into // node.attrs["groups"] * node.attrs["out_channels"]


def products(net: Graph, node: Node) -> int:
    _, high, wide = node.outputs[0].shape
    return weights(net, node) * high * wide


@pytest.mark.parametrize(("setting", "expected"), SLIM_V1.items())
def test_slim_v1_has_the_products_that_its_source_lists(setting: tuple[float, int], expected: tuple[int, int]) -> None:
    net = zoo("mobilenet_v1", "mobilenet_v1_slim", width=setting[0], resolution=setting[1])
    assert (sum(weights(net, one) for one in convs(net)), sum(products(net, one) for one in convs(net))) == expected
    (classifier,) = (node for node in net.nodes if node.op == "Linear")
    assert classifier.outputs[0].shape == (1001,)  # number 0 is the background
    assert {node.op for node in net.nodes if node.id.endswith("act")} == {"ReLU6"}


@pytest.mark.parametrize(("width", "least"), [(1.0, 8), (0.25, 8), (0.2, 8), (0.1, 8), (0.1, 0), (0.05, 16)])
def test_no_layer_of_v1_is_narrower_than_min_depth(width: float, least: int) -> None:
    net = zoo("mobilenet_v1", width=width, min_depth=least)
    wide = [one.attrs["out_channels"] for one in convs(net) if one.attrs["groups"] == 1]
    assert wide == [max(int(depth * width), least) for depth, _ in LAYERS_V1]


def slim(layers: list[tuple[int, int]], output_stride: int) -> list[tuple[int, int, int]]:
    """Stride, rate and output size of each layer, at 224: once the output stride is reached the rate takes the strides."""
    found, current, rate, size = [], 1, 1, 224
    for _, stride in layers:
        if current == output_stride:
            step, dilation, rate = 1, rate, rate * stride
        else:
            step, dilation, current = stride, 1, current * stride
        size = -(-size // step)
        found.append((step, dilation, size))
    return found


@pytest.mark.parametrize("output_stride", [4, 8, 16, 32])
@pytest.mark.parametrize(("file", "layers"), [("mobilenet_v1", LAYERS_V1), ("mobilenet_v2", LAYERS_V2)])
def test_output_stride_is_slims(file: str, layers: list[tuple[int, int]], output_stride: int) -> None:
    net, plain = zoo(file, output_stride=output_stride), zoo(file)
    found = [(one.attrs["stride"], one.attrs["dilation"], one.outputs[0].shape[1]) for one in depthwise(net)]
    assert found == [((s, s), (d, d), size) for s, d, size in slim(layers, output_stride)[1:]]
    assert {one.attrs["dilation"] for one in convs(net) if one.attrs["groups"] == 1} == {(1, 1)}
    assert costs(net)[0] == costs(plain)[0]
    assert depthwise(net)[-1].outputs[0].shape[1:] == (224 // output_stride,) * 2


def test_output_stride_changes_no_residual() -> None:
    done = [
        [group.residual and group.residual.done for group in zoo("mobilenet_v2", output_stride=n).groups]
        for n in (32, 8)
    ]
    assert done[0] == done[1] and done[0].count("add") == 10


def test_caffe_v2_is_the_prototxt() -> None:
    net = zoo("mobilenet_v2", "mobilenet_v2_caffe")
    found = convs(net)
    assert [one.attrs["out_channels"] for one in (found[0], found[-1])] == [32, 1280] and len(found) == 2 + 3 * 17
    blocks = zip(found[1::3], found[2::3], found[3::3], strict=False)
    assert [
        (dwise.attrs["out_channels"], dwise.attrs["stride"][0], linear.attrs["out_channels"])
        for expand, dwise, linear in blocks
        if expand.attrs["out_channels"] == dwise.attrs["groups"]
    ] == CAFFE_V2
    assert sum(node.op == "Add" for node in net.nodes) == 10 and sum(node.op == "ReLU" for node in net.nodes) == 36
    assert costs(net) == (3_505_960, 429_111_936)


def test_what_the_caffe_model_costs_more_is_as_the_manual_says() -> None:
    """The stride comes one row later: of 28² and not 14² places are a block from 192 channels to 64 without its expansion,
    three blocks of 64, and the next expansion. The first block's expansion by 1 is there, of 112² places.
    """
    block = 2 * 64 * 384 + 9 * 384
    late = (9 * 192 + 192 * 64 + 3 * block + 64 * 384) * (28 * 28 - 14 * 14)
    first = 32 * 32 * 112 * 112
    macs = [costs(zoo("mobilenet_v2", variant))[1] for variant in ("mobilenet_v2_caffe", None)]
    assert macs[0] - macs[1] == late + first and [round(n / 1e6) for n in (late, first)] == [115, 13]


@pytest.mark.parametrize("name", ["mobilenet_v1", "mobilenet_v2"])
def test_an_output_stride_that_no_source_has_is_refused(name: str) -> None:
    for stride in (0, 7, 64):
        with pytest.raises(netdraw.NetdrawError) as error:
            netdraw.load(name, output_stride=stride)
        (fault,) = (fault for fault in error.value.faults if fault.severity == "error")
        assert (fault.code, fault.message) == ("ND309", f"output_stride is 2, 4, 8, 16 or 32, not {stride}")
        assert "output_stride" in str(fault.where)
