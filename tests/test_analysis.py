"""Costs, receptive fields and stages."""

from __future__ import annotations

import json
from fractions import Fraction

import handgraphs as hand
import pytest

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.analysis.model import Analysis
from netdraw.analysis.receptive import EVERYTHING, Field, at_input, through
from netdraw.graph.model import Graph, Ref
from netdraw.ops.base import PASS, Window
from netdraw.ops.tensor import UNKNOWN

GRAPHS = {
    "mobilenet_v2": hand.mobilenet_v2_graph,
    "resnet50": hand.resnet50_graph,
    "vgg16": hand.vgg16_graph,
    "dense": hand.dense_graph,
    "fork": hand.fork_graph,
}


def stages(analysis: Analysis) -> list[tuple[str, int, str]]:
    return [(stage.kind, stage.total.macs, stage.resolution) for stage in analysis.stages]


@pytest.mark.parametrize(
    ("name", "params", "macs"),
    [("mobilenet_v2", 3504872, 300774272), ("resnet50", 25557032, 4089184256), ("vgg16", 138357544, 15470264320)],
)
def test_totals_are_the_published_ones(name: str, params: int, macs: int) -> None:
    total = analyse(GRAPHS[name]()).total
    assert (total.params, total.macs) == (params, macs)


@pytest.mark.parametrize("name", GRAPHS)
def test_parts_add_up_to_the_whole(name: str) -> None:
    graph = GRAPHS[name]()
    analysis = analyse(graph)
    assert sum(row.macs or 0 for row in analysis.nodes.values()) == analysis.total.macs
    assert sum(stage.total.params for stage in analysis.stages) == analysis.total.params
    assert sum(stage.total.macs for stage in analysis.stages) == analysis.total.macs
    for group in graph.groups:
        inside = [row for key, row in analysis.nodes.items() if key.startswith(f"{group.id}.")]
        assert analysis.groups[group.id].params == sum(row.params for row in inside)
        assert analysis.groups[group.id].activations == sum(row.activations for row in inside)


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_is_in_one_stage(name: str) -> None:
    graph = GRAPHS[name]()
    inside = [key for stage in analyse(graph).stages for key in stage.nodes]
    assert inside == [node.id for node in graph.nodes]


@pytest.mark.parametrize("name", GRAPHS)
def test_to_dict_is_json(name: str) -> None:
    row = json.loads(json.dumps(analyse(GRAPHS[name]()).to_dict()))
    assert set(row) == {"nodes", "groups", "stages", "total", "not_counted", "unknown"}


def test_receptive_field_and_stride_follow_the_closed_formula() -> None:
    nodes = analyse(hand.vgg16_graph()).nodes
    assert nodes["conv2d_2"].receptive_field == (5, 5)
    assert nodes["max_pool2d"].receptive_field == (6, 6)
    assert nodes["max_pool2d_5"].receptive_field == (212, 212)  # VGG16's is known
    assert nodes["max_pool2d_5"].stride == (32, 32)
    assert nodes["flatten"].receptive_field is None
    assert nodes["flatten"].stride is None


def test_a_join_sees_the_largest_over_its_paths() -> None:
    nodes = analyse(hand.resnet50_graph()).nodes
    assert nodes["stages.0.0.shortcut.norm"].receptive_field == (11, 11)
    assert nodes["stages.0.0.conv_bn_act_3.norm"].receptive_field == (19, 19)
    assert nodes["stages.0.0.add"].receptive_field == (19, 19)
    assert nodes["stages.3.2.add"].receptive_field == (427, 427)  # ResNet-50 with the stride in the 3×3
    assert nodes["stages.3.2.add"].stride == (32, 32)


def test_axes_are_by_themselves() -> None:
    make = hand.Maker("axes", (3, 32, 32))
    make.op("Conv2d", out_channels=4, kernel_size=[1, 7], stride=[1, 2], padding=[0, 3])
    make.op("Conv2d", out_channels=4, kernel_size=3, padding=1, dilation=1)
    row = analyse(make.graph()).nodes["conv2d_2"]
    assert (row.receptive_field, row.stride) == ((3, 11), (1, 2))


def test_a_gate_sees_everything_but_has_no_say_in_the_stride() -> None:
    row = analyse(hand.fork_graph()).nodes["mul"]
    assert (row.receptive_field, row.stride) == (None, (1, 1))


def test_through_is_exact() -> None:
    up = through(Window((1,), (Fraction(1, 3),)), [Field((5,), (2,))])
    assert up == Field((5,), (Fraction(2, 3),))
    down = through(Window((3,), (3,)), [up])
    assert down == Field((Fraction(19, 3),), (2,))
    assert down is not None and down.stride is not None and type(down.stride[0]) is int
    assert through(PASS, [Field((3,), (1,)), Field((5,), (2,))]) == Field((5,), (2,))
    assert through(None, [at_input(2)]) == EVERYTHING
    assert through(PASS, [None, at_input(1)]) == at_input(1)
    assert through(PASS, [None]) is None
    assert through(Window((3,), (1,)), [at_input(2)]) == EVERYTHING


def test_a_fractional_field_is_rounded_up() -> None:
    make = hand.Maker("up", (3, 8, 8))
    make.op("ConvTranspose2d", out_channels=3, kernel_size=2, stride=2)
    make.op("Conv2d", out_channels=3, kernel_size=2)
    assert analyse(make.graph()).nodes["conv2d"].receptive_field == (2, 2)  # 1 + 1/2


def test_shared_weights_count_once() -> None:
    make = hand.Maker("shared", (8,))
    first = make.op("Linear", out_features=8)
    make.op("Linear", out_features=8, shares=first.node)
    analysis = analyse(make.graph())
    assert (analysis.total.params, analysis.total.macs) == (72, 128)
    assert analysis.nodes["linear_2"].params == 0


def test_a_node_whose_rule_failed_is_not_counted() -> None:
    graph = hand.vgg16_graph()
    last = graph.nodes[-1]
    broken = graph._replace(nodes=(*graph.nodes[:-1], last._replace(outputs=(UNKNOWN,))))
    analysis = analyse(broken)
    assert analysis.not_counted == analysis.unknown == ("softmax",)
    assert analysis.nodes["softmax"].macs is None
    assert analysis.total.macs == 15470264320


def test_rows_of_stages_are_stages() -> None:
    found = stages(analyse(hand.mobilenet_v2_graph()))
    assert found[0] == ("stem", 10838016, "112²")
    assert found[3] == ("stage", 37443840, "28²")
    assert found[-1] == ("head", 21350400, "")
    assert [kind for kind, _, _ in found] == ["stem", *["stage"] * 7, "head"]


def test_a_pooling_closes_its_run() -> None:
    analysis = analyse(hand.vgg16_graph())
    assert [stage.nodes[-1] for stage in analysis.stages[:2]] == ["max_pool2d", "max_pool2d_2"]
    assert stages(analysis) == [
        ("stage", 1936392192, "112²"),
        ("stage", 2774532096, "56²"),
        ("stage", 4624220160, "28²"),
        ("stage", 4624220160, "14²"),
        ("stage", 1387266048, "7²"),
        ("head", 123633664, ""),
    ]


def named(loose: tuple[int, ...]) -> Graph:
    """Two named groups of two convolutions, with convolutions of these strides and a pooling between."""
    make = hand.Maker("named", (8, 64, 64))
    make.conv(8)
    for title in ("enc", "dec"):
        with make.inside(title, "layers", title=title):
            make.conv(64)
            make.conv(64)
        if title == "enc":
            make.op("MaxPool2d", kernel_size=2)
            for stride in loose:
                make.conv(8, 3, stride)
    hand.classifier(make, 10)
    return make.graph()


def test_named_groups_are_stages_and_loose_nodes_join_a_neighbour() -> None:
    analysis = analyse(named((1, 2, 1)))
    assert [(stage.kind, stage.title) for stage in analysis.stages] == [
        ("stem", None),
        ("stage", "enc"),
        ("stage", "dec"),
        ("head", None),
    ]
    enc, dec = analysis.stages[1:3]
    assert enc.nodes[-1] == "conv_bn_act_2.act"  # the pooling and the first convolution behind it, at one stride
    assert dec.nodes[0] == "conv_bn_act_3.conv2d"  # the one that changes the stride


def test_named_groups_of_little_cost_are_no_stages() -> None:
    make = hand.Maker("little", (8, 64, 64))
    make.conv(512)
    with make.inside("small", "layers", title="small"):
        make.conv(1)
    (stage,) = analyse(make.graph()).stages
    assert (stage.id, stage.title) == ("conv_bn_act.conv2d", "small"), "it is no stage, but named in one"


@pytest.mark.parametrize(("inside", "count"), [(60, 0), (74, 0), (75, 1), (80, 1)])
def test_named_groups_are_stages_where_they_hold_three_quarters(inside: int, count: int) -> None:
    """Of the MACs: 1×1 convolutions from 1 channel to so many, and from these to the rest of 100."""
    make = hand.Maker("share", (1, 8, 8))
    with make.inside("most", "layers", title="most"):
        make.op("Conv2d", out_channels=inside, kernel_size=1)
    make.op("Conv2d", Ref("input"), out_channels=100 - inside, kernel_size=1)
    analysis = analyse(make.graph())
    assert analysis.total.macs == 100 * 8 * 8
    assert [stage.id for stage in analysis.stages].count("most") == count


def test_a_run_is_not_divided_inside_a_fork() -> None:
    make = hand.Maker("fork", (8, 32, 32))
    make.conv(8)
    start, ends = make.at, []
    with make.inside("parallel", "parallel"):
        for key, strides in (("a", (2,)), ("b", (1, 2)), ("c", (1, 1, 2))):
            make.at = start
            with make.inside(key, "branch"):
                for stride in strides:
                    make.conv(8, 3, stride)
            ends.append(make.at)
        make.op("Concat", *ends, segment="join")
    make.conv(8)
    found = analyse(make.graph()).stages
    assert [(stage.nodes[0], stage.resolution) for stage in found] == [
        ("conv_bn_act.conv2d", "32²"),
        ("parallel.a.conv_bn_act.conv2d", "16²"),
    ]


def test_token_networks_run_by_block_kind() -> None:
    make = hand.Maker("tokens", (16, 8))
    make.op("Linear", out_features=8)
    for block in ("Mixer", "Mixer", "Encoder"):
        with make.inside(block.lower(), "block", block):
            make.op("Linear", out_features=8)
            make.op("ReLU")
    make.op("Linear", out_features=4)
    found = analyse(make.graph()).stages
    assert [(stage.kind, len(stage.nodes)) for stage in found] == [("stem", 1), ("stage", 4), ("stage", 2), ("head", 1)]


def test_a_graph_without_nodes_has_no_stages() -> None:
    analysis = analyse(Graph("none", hand.vgg16_graph().inputs, (), (), (("output", Ref("input")),)))
    assert (analysis.stages, analysis.total.macs) == ((), 0)


def test_what_only_leads_to_an_output_belongs_to_the_stage_before_it() -> None:
    stages = {stage.title: stage for stage in netdraw.load("ssd300").analysis.stages}
    assert stages["conv4"].nodes[-2:] == ("p4_3.heads.box.reshape", "max_pool2d_4")
    assert stages["conv8"].nodes[-1] == "p8.heads.box.reshape"
    assert "p7.heads.class.conv2d" in stages["conv6, conv7"].nodes
