"""Which nodes share a cell."""

from __future__ import annotations

import handgraphs as hand
import pytest

import netdraw
from netdraw.diagram.folding.fuse import activated, fuse
from netdraw.diagram.folding.index import index
from netdraw.graph.model import Graph


def cells(graph: Graph) -> list[list[str]]:
    """The ids of each cell, in the order of their owners; a tick is by itself, in brackets."""
    table = index(graph)
    fused = fuse(table)
    found: dict[int, list[str]] = {}
    for place, owner in enumerate(fused.owners):
        name = graph.nodes[place].id
        found.setdefault(owner, []).append(f"({name})" if place in fused.ticks else name)
    return [found[owner] for owner in sorted(found)]


def test_norm_and_activation_join_the_convolution_before() -> None:
    make = hand.Maker("after", (3, 8, 8))
    make.op("Conv2d", out_channels=4, kernel_size=1)
    make.op("BatchNorm2d")
    make.op("ReLU")
    make.op("ReLU6")  # A second activation has a cell of its own.
    assert cells(make.graph()) == [["conv2d", "batch_norm2d", "relu"], ["relu6"]]


def test_only_where_it_is_the_only_reader() -> None:
    make = hand.Maker("two", (4, 8, 8))
    conv = make.op("Conv2d", out_channels=4, kernel_size=1)
    act = make.op("ReLU")
    make.op("Add", conv, act)
    assert cells(make.graph()) == [["conv2d"], ["relu"], ["add"]]
    make = hand.Maker("output", (4, 8, 8))
    conv = make.op("Conv2d", out_channels=4, kernel_size=1)
    act = make.op("ReLU")
    assert cells(make.graph(raw=conv, output=act)) == [["conv2d"], ["relu"]]


def test_pre_activation_joins_the_convolution_behind() -> None:
    make = hand.Maker("before", (4, 8, 8))
    make.op("MaxPool2d", kernel_size=2)
    for _ in range(2):
        make.op("BatchNorm2d")
        make.op("ReLU")
        make.op("Conv2d", out_channels=4, kernel_size=1)
    make.op("BatchNorm2d")
    make.op("ReLU")
    # A cell holds one norm and one activation: those behind the last convolution have their own.
    assert cells(make.graph()) == [
        ["max_pool2d"],
        ["batch_norm2d", "relu", "conv2d"],
        ["batch_norm2d_2", "relu_2", "conv2d_2"],
        ["batch_norm2d_3", "relu_3"],
    ]


def test_an_activation_before_and_a_norm_after() -> None:
    make = hand.Maker("separable", (4, 8, 8))
    make.op("MaxPool2d", kernel_size=2)
    for _ in range(2):
        make.op("ReLU")
        make.op("Conv2d", out_channels=4, kernel_size=1, groups=4)
        make.op("Conv2d", out_channels=4, kernel_size=1)
        make.op("BatchNorm2d")
    assert cells(make.graph()) == [
        ["max_pool2d"],
        ["relu", "conv2d"],
        ["conv2d_2", "batch_norm2d"],
        ["relu_2", "conv2d_3"],
        ["conv2d_4", "batch_norm2d_2"],
    ]


def test_a_norm_alone_is_no_pre_activation() -> None:
    make = hand.Maker("norm", (4, 8, 8))
    make.op("MaxPool2d", kernel_size=2)
    make.op("BatchNorm2d")
    make.op("Conv2d", out_channels=4, kernel_size=1)
    make.op("GELU")
    assert cells(make.graph()) == [["max_pool2d"], ["batch_norm2d"], ["conv2d", "gelu"]]


def chained(*layers: str, start: str = "MaxPool2d: 2", block: str = "") -> list[str]:
    """The ops of each cell of layers in the language, without the first."""
    text = f"netdraw: 1\ninput: [4, 16, 16]\n{block}layers:\n  - {start}\n"
    graph = netdraw.load(text + "".join(f"  - {layer}\n" for layer in layers)).graph
    ops = {node.id: node.op for node in graph.nodes}
    return [" ".join(ops[id.strip("()")] for id in cell) for cell in cells(graph)[1:]]


CONV, NORMED, LATE, EARLY = "Conv2d", "Conv2d BatchNorm2d", "Conv2d BatchNorm2d ReLU", "BatchNorm2d ReLU Conv2d"
PLAIN = "Conv2d: {out_channels: 4, kernel_size: 1}"
AFTER = "ConvBNAct: 4"
BEFORE = "blocks:\n  Pre: {layers: [BatchNorm2d, ReLU, {Conv2d: {out_channels: 4, kernel_size: 1}}]}\n"


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        # What is written in one block stays together, and a chain of others is left as it is.
        ((PLAIN, "Pre", "Pre", AFTER, PLAIN), [CONV, EARLY, EARLY, LATE, CONV]),
        ((AFTER, AFTER, PLAIN), [LATE, LATE, CONV]),
        (("ReLU", AFTER, AFTER, PLAIN), ["ReLU", LATE, LATE, CONV]),
        (("BatchNorm2d", "ReLU", AFTER, AFTER), ["BatchNorm2d ReLU", LATE, LATE]),
        # A chain of norms and activations, each before a convolution.
        (("BatchNorm2d", "ReLU", AFTER, AFTER, PLAIN), [EARLY] * 3),
        (("ReLU", "ActConvNorm: 4", "ActConvNorm: 4"), ["ReLU", "ReLU Conv2d BatchNorm2d", "ReLU Conv2d BatchNorm2d"]),
        (("ReLU", PLAIN, "ReLU", PLAIN), ["ReLU Conv2d", "ReLU Conv2d"]),
        ((PLAIN, "ReLU", PLAIN), ["Conv2d ReLU", CONV]),
        # A transition is activated before, and pooled behind.
        (("Transition", "Pre"), [EARLY, "AvgPool2d", EARLY]),
        (("SeparableConv: 4", "SeparableConv: 4"), ["ReLU Conv2d", NORMED] * 2),
    ],
)
def test_what_was_written_together_stays_together(layers: tuple[str, ...], expected: list[str]) -> None:
    assert chained(*layers, block=BEFORE) == expected


def test_what_a_projection_reads_too_is_a_cell_of_its_own() -> None:
    found = chained("PreActBottleneck: {out_channels: 4}", "PreActBottleneck: {out_channels: 4}")
    # The shortcut stands behind what it reads.
    assert found == ["BatchNorm2d ReLU", CONV, EARLY, EARLY, CONV, "Add", EARLY, EARLY, EARLY, "Add"]


def test_what_several_branches_read_makes_none_of_them_pre_activated() -> None:
    branch = f"[{{{AFTER}}}, {{{AFTER}}}]"
    found = chained("BatchNorm2d", "ReLU", f"parallel: {{a: {branch}, b: {branch}}}")
    assert found == ["BatchNorm2d ReLU", *[LATE] * 4, "Concat"]


def test_an_activation_joins_a_norm_that_has_a_cell_of_its_own() -> None:
    make = hand.Maker("norm", (4, 8, 8))
    make.op("MaxPool2d", kernel_size=2)
    make.op("BatchNorm2d")
    make.op("ReLU")
    make.op("MaxPool2d", kernel_size=2)
    make.op("ReLU")
    assert cells(make.graph()) == [["max_pool2d"], ["batch_norm2d", "relu"], ["max_pool2d_2"], ["relu_2"]]


def test_local_response_norm_never_joins() -> None:
    make = hand.Maker("lrn", (4, 8, 8))
    make.op("Conv2d", out_channels=4, kernel_size=1)
    make.op("ReLU")
    make.op("LocalResponseNorm", size=5)
    make.op("Conv2d", out_channels=4, kernel_size=1)
    assert cells(make.graph()) == [["conv2d", "relu"], ["local_response_norm"], ["conv2d_2"]]


def test_nothing_moves_across_the_border_of_a_block() -> None:
    make = hand.Maker("border", (4, 8, 8))
    make.conv(4, act="")
    start = make.at
    with make.inside("block", "block", "PreAct") as here:
        make.op("BatchNorm2d")
        make.op("ReLU")
        conv = make.op("Conv2d", out_channels=4, kernel_size=1)
        make.residual(here, "add", add=make.op("Add", conv, start).node)
    make.op("ReLU")
    assert cells(make.graph()) == [
        ["conv_bn_act.conv2d", "conv_bn_act.norm"],
        ["block.batch_norm2d", "block.relu", "block.conv2d"],
        ["block.add"],
        ["relu"],
    ]


def test_a_residual_rule_that_added_nothing_is_a_border_too() -> None:
    make = hand.Maker("none", (4, 8, 8))
    with make.inside("block", "block", "Linear") as here:
        make.conv(8, act="")
        make.residual(here, "none")
    make.op("ReLU")
    assert cells(make.graph())[-1] == ["relu"]


def test_a_mere_chain_is_transparent() -> None:
    make = hand.Maker("chain", (4, 8, 8))
    make.conv(4, act="")
    make.op("ReLU")
    assert cells(make.graph()) == [["conv_bn_act.conv2d", "conv_bn_act.norm", "relu"]]


def test_after_joins_the_add() -> None:
    found = cells(hand.resnet50_graph())
    assert ["stages.0.0.add", "stages.0.0.after.act"] in found
    assert ["stages.0.0.shortcut.conv2d", "stages.0.0.shortcut.norm"] in found


def test_a_norm_behind_an_add_has_a_cell_of_its_own() -> None:
    """In the small disc of a join it could not be seen; nor is it read as one that comes before or after."""
    for after, expected in ((["ReLU"], ["Add ReLU"]), (["BatchNorm2d", "ReLU"], ["Add", "BatchNorm2d ReLU"])):
        assert chained("Add: {from: [input, -1]}", *after, start=PLAIN) == expected


def test_ticks_join_nothing() -> None:
    make = hand.Maker("ticks", (4,))
    make.op("Linear", out_features=4)
    make.op("Dropout")
    make.op("ReLU")
    assert cells(make.graph()) == [["linear"], ["(dropout)"], ["relu"]]


def test_every_node_has_one_owner_that_owns_itself() -> None:
    for graph in (hand.mobilenet_v2_graph(), hand.dense_graph(), hand.fork_graph()):
        owners = fuse(index(graph)).owners
        assert len(owners) == len(graph.nodes)
        assert all(owners[owner] == owner for owner in owners)


def test_when_a_layer_is_activated() -> None:
    make = hand.Maker("when", (4, 8, 8))
    for op in ("ReLU", "Conv", "MaxPool", "Conv", "BatchNorm2d", "ReLU6", "MaxPool", "BatchNorm2d", "Conv"):
        sizes = {"Conv": {"out_channels": 4, "kernel_size": 1}, "MaxPool": {"kernel_size": 2}}
        make.op({"Conv": "Conv2d", "MaxPool": "MaxPool2d"}.get(op, op), **sizes.get(op, {}))
    assert activated(make.graph()) == {"conv2d": "before", "conv2d_2": "after"}


def test_a_layer_norm_joins_the_convolution_before_it_and_nothing_else() -> None:
    make = hand.Maker("convnext", (8, 8, 8))
    make.op("Conv2d", out_channels=8, kernel_size=7, padding="same", groups=8)
    make.op("LayerNorm")
    make.op("Conv2d", out_channels=32, kernel_size=1)
    make.op("GELU")
    assert cells(make.graph()) == [["conv2d", "layer_norm"], ["conv2d_2", "gelu"]]
    make = hand.Maker("transformer", (4, 8, 8))
    patches = make.op("Conv2d", out_channels=8, kernel_size=4, stride=4)
    tokens = make.op("Tokens")
    start = make.op("Add", tokens, make.op("Linear", tokens, out_features=8))
    make.op("LayerNorm", start)
    make.op("Linear", out_features=16)
    make.op("LayerScale")
    found = cells(make.graph())
    assert patches is not None and found[-2:] == [["layer_norm"], ["linear_2", "layer_scale"]]
