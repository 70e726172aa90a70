"""Diagrams: cells, edges, boxes, brackets, bars, legend and words."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import handgraphs as hand
import pytest

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.core.numbers import share, short
from netdraw.diagram.build import build
from netdraw.diagram.model import Box, Cell, Diagram, Fork, Line
from netdraw.diagram.texts import About
from netdraw.diagram.view import COSTS, View
from netdraw.graph.model import Graph, Reason, Ref
from netdraw.ops.tensor import UNKNOWN


def two_towers_graph() -> Graph:
    """Two inputs, a Split with both ports read, a Parameter, a named output beside the chain's end."""
    make = hand.Maker("towers", left=(8, 16, 16), right=(4, 16, 16))
    left = make.op("Conv2d", out_channels=4, kernel_size=1)
    joined = make.op("Add", left, Ref("right"))
    split = make.op("Split", sections=2)
    make.op("Mul", split, Ref(split.node, 1))
    make.op("Dropout")
    make.op("Concat", make.at, joined)
    make.op("Flatten")
    make.op("Linear", out_features=5)
    return make.graph(map=joined, output=make.at)


GRAPHS: dict[str, Callable[[], Graph]] = {
    "mobilenet_v2": hand.mobilenet_v2_graph,
    "resnet50": hand.resnet50_graph,
    "vgg16": hand.vgg16_graph,
    "dense": hand.dense_graph,
    "fork": hand.fork_graph,
    "towers": two_towers_graph,
}


DEFAULT, NOTHING = View(), About()


def draw(graph: Graph, view: View = DEFAULT, about: About = NOTHING) -> Diagram:
    return build(graph, analyse(graph), view, about)


def line_of(graph: Graph, unfold: bool = False) -> Line:
    return draw(graph, View(unfold=unfold)).lines[0]


def cell(line: Line, key: str) -> Cell:
    return next(cell for cell in line.cells if cell.id == key)


def box(line: Line, key: str) -> Box:
    return next(box for box in line.boxes if box.id == key)


def fork_steps(fork: Fork) -> set[tuple[str, str]]:
    """The steps into a fork, along its branches, and out of it."""
    steps = set()
    for branch in fork.branches:
        steps |= set(pairwise((fork.start, *branch.cells, fork.join or "")))
        steps |= {step for inner in branch.forks for step in fork_steps(inner)}
    return steps


@pytest.mark.parametrize("name", GRAPHS)
def test_unfolded_every_id_is_there_once(name: str) -> None:
    graph = GRAPHS[name]()
    line = line_of(graph, unfold=True)
    shown = [key for cell in line.cells for key in cell.ids] + [key for tick in line.ticks for key in tick.ids]
    assert len(shown) == len(set(shown))
    assert set(shown) == {name for name, _ in graph.inputs} | {node.id for node in graph.nodes}


@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("name", GRAPHS)
def test_costs_add_up(name: str, unfold: bool) -> None:
    graph = GRAPHS[name]()
    total, line = analyse(graph).total, line_of(graph, unfold)
    assert sum(cell.macs or 0 for cell in line.cells) == total.macs
    assert sum(cell.params for cell in line.cells) == total.params
    assert sum(bracket.cost or 0 for bracket in line.brackets) == total.macs


@pytest.mark.parametrize("name", GRAPHS)
def test_edges_are_those_of_the_graph_each_once(name: str) -> None:
    graph = GRAPHS[name]()
    line = line_of(graph, unfold=True)
    owner = {key: cell.id for cell in line.cells for key in cell.ids}
    for tick in line.ticks:
        owner.update(dict.fromkeys(tick.ids, tick.after))
    ticks = {key for tick in line.ticks for key in tick.ids}
    expected = {
        (owner[ref.node], owner[node.id]) for node in graph.nodes if node.id not in ticks for ref in node.inputs
    }
    expected |= {(owner[ref.node], name) for name, ref in graph.outputs if name in [cell.id for cell in line.cells]}
    found = [(edge.source, edge.target) for edge in line.edges]
    assert len(found) == len(set(found))
    assert set(found) == {(source, target) for source, target in expected if source != target}


@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("name", GRAPHS)
def test_everything_stands_on_cells(name: str, unfold: bool) -> None:
    line = line_of(GRAPHS[name](), unfold)
    axis = [cell.id for cell in line.cells if cell.where == "line"]
    assert len({cell.id for cell in line.cells}) == len(line.cells)
    spans = [(box.first, box.last) for box in line.boxes]
    for first, last in spans + [(bracket.first, bracket.last) for bracket in line.brackets]:
        assert axis.index(first) <= axis.index(last)
    assert {bar.cell for bar in line.bars} <= set(axis)
    assert {edge.source for edge in line.edges} <= {cell.id for cell in line.cells}
    flows = {(edge.source, edge.target) for edge in line.edges if edge.kind == "flow"}
    steps = {*pairwise(axis), *(step for one in line.forks for step in fork_steps(one))}
    assert flows <= {*steps, *((a, b) for a, b in flows if {cell(line, a).where, cell(line, b).where} & {"gate"})}
    assert {box.parent for box in line.boxes if box.parent} <= {box.id for box in line.boxes}


@pytest.mark.parametrize("name", GRAPHS)
def test_to_dict_is_json(name: str) -> None:
    row = json.loads(json.dumps(draw(GRAPHS[name]()).to_dict()))
    assert set(row) == {"lines", "legend", "words", "meta", "marks"}


def test_mobilenet_v2_adds_ten_times_and_says_why_not_seven_times() -> None:
    line = line_of(hand.mobilenet_v2_graph(), unfold=True)
    assert [box.residual for box in line.boxes].count("add") == 10
    reasons = [box.reason for box in line.boxes if box.residual == "none"]
    assert reasons == ["32 → 16", "stride 2", "stride 2", "stride 2", "64 → 96", "stride 2", "160 → 320"]
    arcs = [edge for edge in line.edges if edge.kind == "residual"]
    assert [edge.target for edge in arcs] == [box.last for box in line.boxes if box.residual == "add"]


def test_mobilenet_v2_folded_is_the_figure_of_the_paper() -> None:
    line = line_of(hand.mobilenet_v2_graph())
    assert [(box.repeat, box.residual) for box in line.boxes] == [
        (1, "none"),
        (1, "none"),
        (1, "add"),
        (1, "none"),
        (2, "add"),
        (1, "none"),
        (3, "add"),
        (1, "none"),
        (2, "add"),
        (1, "none"),
        (2, "add"),
        (1, "none"),
    ]
    assert {box.name for box in line.boxes} == {None}  # one kind of block needs no name
    labels = [cell.label for cell in line.cells[:8]]
    assert labels == [("3",), ("32", "/2"), ("32",), ("16",), ("96",), ("96", "/2"), ("24",), ("144",)]
    costs = [f"{short(b.cost or 0)} · {share(b.cost or 0, 300774272)}" for b in line.brackets]
    assert costs == [
        "10.8 M · 4 %",
        "10.0 M · 3 %",
        "54.9 M · 18 %",
        "37.4 M · 12 %",
        "38.5 M · 13 %",
        "58.1 M · 19 %",
        "46.6 M · 15 %",
        "23.0 M · 8 %",
        "21.4 M · 7 %",
    ]
    assert [bar.text[0] for bar in line.bars] == (
        ["3×224²", "32×112²", "16×112²", "24×56²", "32×28²", "64×14²", "96×14²", "160×7²", "320×7²", "1280×7²", "1000"]
    )
    assert [bar.text[0] for bar in line.bars if not bar.needed] == ["32×112²", "1280×7²"]
    assert cell(line, "softmax").output == "output"
    assert cell(line, "stages.3.3.add").repeat == 3
    assert line.ticks == ((("flatten",), "adaptive_avg_pool2d", "linear"),)


def test_mobilenet_v2_legend_and_words() -> None:
    about = About("MobileNetV2", "Sandler et al., arXiv:1801.04381, Table 2", 2018)
    diagram = draw(hand.mobilenet_v2_graph(), about=about)
    assert [(entry.kernel, entry.text) for entry in diagram.legend] == [
        ("3", "convolution, ReLU6"),
        ("1", "linear convolution"),
        ("3", "depthwise, ReLU6"),
        ("", "average pooling"),
        ("", "fully connected"),
        ("", "softmax"),
        ("+", "add"),
    ]
    words = diagram.words
    assert (words.title, words.subtitle) == ("MobileNetV2", "3×224²")
    assert words.totals == "3.50 M parameters · 301 M MACs"
    assert words.caption == (
        "Sandler et al., arXiv:1801.04381, Table 2. One MAC is one multiply-add; convolution and linear layers count."
        " A bar is as high as its feature map."
    )
    assert words.description == (
        "MobileNetV2 (2018): neural network from 3×224² to 1000; 17 InvertedResidual blocks;"
        " 10 of 17 residual blocks add; 3.50 M parameters, 301 M MACs."
    )


def test_resnet50_is_as_its_mock_up() -> None:
    diagram = draw(hand.resnet50_graph())
    line = diagram.lines[0]
    boxes = [(box.repeat, box.residual) for box in line.boxes]
    assert boxes == [
        (1, "project"), (2, "add"), (1, "project"), (3, "add"), (1, "project"), (5, "add"), (1, "project"), (2, "add"),
    ]  # fmt: skip
    assert [(bracket.title, short(bracket.cost or 0)) for bracket in line.brackets] == [
        (None, "118 M"),
        ("conv2_x", "668 M"),
        ("conv3_x", "1.03 G"),
        ("conv4_x", "1.46 G"),
        ("conv5_x", "809 M"),
        (None, "2.05 M"),
    ]
    assert [bar.text[0] for bar in line.bars] == [
        "3×224²",
        "64×112²",
        "256×56²",
        "512×28²",
        "1024×14²",
        "2048×7²",
        "2048",
        "1000",
    ]
    assert [entry.text for entry in diagram.legend] == [
        "convolution, ReLU",
        "linear convolution",
        "max pooling",
        "average pooling",
        "fully connected",
        "softmax",
        "add, then ReLU",
    ]
    assert cell(line, "max_pool2d").label == ("/2",)
    assert cell(line, "adaptive_avg_pool2d").label == ("global",)


def test_a_cell_names_what_joined_it_before_and_after() -> None:
    make = hand.Maker("both", (4, 8, 8))
    for op in ("BatchNorm2d", "ReLU"):
        make.op(op)
    make.op("Conv2d", out_channels=4, kernel_size=1)
    make.op("MaxPool2d", kernel_size=2)
    make.op("Conv2d", out_channels=4, kernel_size=1)
    for op in ("BatchNorm2d", "ReLU6"):
        make.op(op)
    found = draw(make.graph())
    assert [(cell.before, cell.after, cell.activation) for cell in found.lines[0].cells[1:4]] == [
        (("BatchNorm2d", "ReLU"), (), "ReLU"),
        ((), (), ""),
        ((), ("BatchNorm2d", "ReLU6"), "ReLU6"),
    ]
    assert [cell.early for cell in found.lines[0].cells] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["BN, ReLU, then convolution", "ReLU, then depthwise", "linear convolution", "convolution, ReLU"]),
        ("zh", ["先 BN, ReLU，再卷积", "先 ReLU，再深度卷积", "线性卷积", "卷积，ReLU"]),
    ],
)
def test_the_legend_tells_an_activation_before_from_one_after(lang: str, expected: list[str]) -> None:
    layers = "[{MaxPool2d: 2}, Transition, {SeparableConv: 4}, {ConvBNAct: 4}]"
    drawn = netdraw.load(f"netdraw: 1\ninput: [4, 32, 32]\nlayers: {layers}").draw(lang=lang).diagram
    assert drawn and set(expected) <= {entry.text for entry in drawn.legend}


def legend(*orders: str) -> list[str]:
    """The texts of the legend's convolutions; each is given its ops, pooled behind."""
    make = hand.Maker("orders", (4, 64, 64))
    for order in orders:
        make.op("MaxPool2d", kernel_size=2)
        for op in order.split():
            make.op(op, **({"out_channels": 4, "kernel_size": 1} if op == "Conv2d" else {}))
    make.op("MaxPool2d", kernel_size=2)
    return [entry.text for entry in draw(make.graph()).legend if entry.category == "conv"]


def test_cells_that_look_alike_share_an_entry_whatever_stands_before_them() -> None:
    assert legend("ReLU Conv2d BatchNorm2d") == ["ReLU, then convolution, BN"]
    assert legend("ReLU Conv2d BatchNorm2d", "ReLU Conv2d") == ["ReLU, then convolution"]
    assert legend("BatchNorm2d ReLU Conv2d", "ReLU BatchNorm2d Conv2d", "Conv2d BatchNorm2d ReLU") == [
        "convolution, activated before (BN, ReLU / ReLU, BN)",
        "convolution, ReLU",
    ]


def test_a_projection_is_a_cell_on_the_arc() -> None:
    line = line_of(hand.resnet50_graph())
    arcs = [cell.id for cell in line.cells if cell.where == "arc"]
    assert arcs == [f"stages.{row}.0.shortcut.conv2d" for row in range(4)]
    residual = [(edge.source, edge.target) for edge in line.edges if edge.kind == "residual"]
    assert residual[:3] == [
        ("max_pool2d", "stages.0.0.shortcut.conv2d"),
        ("stages.0.0.shortcut.conv2d", "stages.0.0.add"),
        ("stages.0.0.add", "stages.0.2.add"),  # of the member drawn, from what the first reads
    ]
    unfolded = line_of(hand.resnet50_graph(), unfold=True)
    assert [box.residual for box in unfolded.boxes].count("add") == 12
    assert [box.residual for box in unfolded.boxes].count("project") == 4


def test_vgg16() -> None:
    line = line_of(hand.vgg16_graph())
    assert not line.boxes
    assert cell(line, "conv2d").activation == "ReLU"
    assert cell(line, "linear").activation == "ReLU"
    assert cell(line, "linear_3").activation == ""
    assert [bar.text[0] for bar in line.bars] == [
        "3×224²",
        "64×112²",
        "128×56²",
        "256×28²",
        "512×14²",
        "512×7²",
        "1000",
    ]
    assert [tick.after for tick in line.ticks] == ["max_pool2d_5", "linear", "linear_2"]
    ends = [(bracket.first, bracket.last) for bracket in line.brackets]
    assert ends[-2:] == [("conv2d_11", "max_pool2d_5"), ("linear", "softmax")]  # a tick before it is not its first cell


def test_stages_in_a_row_that_end_alike_have_one_bar() -> None:
    make = hand.Maker("alike", (8, 16, 16))
    with make.inside("stages", "stages"):
        for row, out in enumerate((8, 8, 4)):
            with make.inside(str(row), "row"):
                make.conv(out)
    assert [(bar.cell, bar.text) for bar in line_of(make.graph()).bars] == [
        ("input", ("8×16²",)),
        ("stages.1.conv_bn_act.conv2d", ("8×16²",)),
        ("output", ("4×16²",)),
    ]


def test_a_bar_that_is_not_needed_does_not_repeat_its_neighbour() -> None:
    make = hand.Maker("features", (8, 16, 16))
    make.conv(64)
    make.op("AdaptiveAvgPool2d", output_size=1)
    make.op("Flatten")
    assert [(bar.cell, bar.text) for bar in line_of(make.graph()).bars] == [
        ("input", ("8×16²",)),
        ("conv_bn_act.conv2d", ("64×16²",)),
        ("output", ("64",)),
    ]


def test_a_concat_says_its_arithmetic() -> None:
    line = line_of(hand.dense_graph())
    assert (box(line, "layers.2").repeat, box(line, "layers.2").growth) == (3, 32)
    assert [bar.text for bar in line.bars if bar.cell == "layers.2.parallel.join"] == [("160×32²", "64 + 32·3")]
    unfolded = line_of(hand.dense_graph(), unfold=True)
    assert [bar.text for bar in unfolded.bars if bar.cell == "layers.2.parallel.join"] == [("160×32²", "128 + 32")]


@pytest.mark.parametrize("between", [0, 1])
def test_a_concat_takes_the_bar_of_the_stride_before_it(between: int) -> None:
    """Where both have one size; its sum says more of the same map. The stride before has another size."""
    make = hand.Maker("up", (8, 32, 32))
    make.conv(16)
    skip = make.at
    make.conv(32, stride=2)
    make.conv(48)
    make.op("ConvTranspose2d", out_channels=16, kernel_size=2, stride=2, bias=False)
    for _ in range(between):
        make.conv(16)
    make.op("Concat", skip, make.at)
    make.conv(4)
    make.conv(4, stride=2)
    bars = {bar.cell: (bar.text, bar.needed) for bar in line_of(make.graph()).bars}
    assert bars["concat"] == (("32×32²", "16 + 16"), False)
    assert bars["conv_bn_act_2.conv2d"] == (("32×16²",), False)
    assert "conv_transpose2d" not in bars


def test_the_outermost_fork_is_a_box() -> None:
    line = line_of(hand.fork_graph(), unfold=True)
    assert [(box.id, box.repeat) for box in line.boxes] == [("parallel", 1), ("parallel_2", 1)]


def test_the_end_of_a_stage_leaves_its_bar_to_the_output() -> None:
    line = line_of(hand.fork_graph())
    assert line.cells[-1] == Cell("output", (), "output", "", "", ("24×32²",), line.cells[-1].shape, output="output")
    assert [bar.cell for bar in line.bars] == ["input", "parallel_2.join", "output"]


def test_several_inputs_and_outputs_are_cells() -> None:
    line = line_of(two_towers_graph())
    assert [cell.id for cell in line.cells] == [
        "left", "conv2d", "right", "add", "split", "mul", "concat", "linear", "map", "output",
    ]  # fmt: skip
    assert [cell.label for cell in line.cells[-2:]] == [("map", "4×16²"), ("5",)]
    kinds = {(edge.source, edge.target): edge.kind for edge in line.edges}
    assert kinds["left", "conv2d"] == "flow" and kinds["conv2d", "add"] == "flow"
    assert kinds["mul", "concat"] == "flow"  # through the tick
    assert kinds["add", "map"] == "flow" and cell(line, "map").where == "tap"
    assert draw(two_towers_graph()).words.subtitle == "left 8×16² · right 4×16²"


def test_groups_with_the_same_cells_are_one_box() -> None:
    make = hand.Maker("same", (8, 8, 8))
    with make.inside("repeat", "repeat"):
        for number in range(3):
            with make.inside(str(number), "layers", member=number):
                start = make.at
                with make.inside("block", "block", "Residual") as here:
                    make.conv(8, act="")
                    make.residual(here, "add", add=make.op("Add", make.at, start).node)
    assert line_of(make.graph()).boxes == (
        Box("repeat.2", "Residual", "repeat.2.block.conv_bn_act.conv2d", "repeat.2.block.add", 3, "add"),
    )


def test_nested_boxes_know_the_one_around() -> None:
    make = hand.Maker("nested", (8, 8, 8))
    for number in range(2):
        with make.inside(f"outer_{number}", "block", "Outer"):
            for _ in range(2):
                start = make.at
                with make.inside("inner", "block", "Inner") as here:
                    make.conv(8, act="")
                    make.residual(here, "add", add=make.op("Add", make.at, start).node)
            make.op("MaxPool2d", kernel_size=3, stride=1, padding=1)
    boxes = line_of(make.graph()).boxes
    assert [(box.id, box.parent, box.repeat, box.name) for box in boxes] == [
        ("outer_1", None, 2, "Outer"),
        ("outer_1.inner_2", "outer_1", 2, "Inner"),
    ]


def test_a_name_stands_where_the_kind_of_block_changes() -> None:
    make = hand.Maker("kinds", (8, 8, 8))
    for number, block in enumerate("AABA"):
        title = "last" if number == 3 else None
        with make.inside(f"block_{number}", "block", block, title=title) as here:
            make.conv(8)
            make.residual(here, "none", Reason("channels", ((number,), (8,))))
    assert [box.name for box in line_of(make.graph()).boxes] == ["A", None, "B", "last"]


@pytest.mark.parametrize("unit", COSTS)
def test_the_unit_is_said_everywhere(unit: str) -> None:
    diagram = draw(hand.mobilenet_v2_graph(), View(cost=unit))  # type: ignore[arg-type]
    words, brackets = diagram.words, diagram.lines[0].brackets
    expected = {
        "macs": ("MACs", 300774272, "3.50 M parameters · 301 M MACs", "One MAC is"),
        "flops": ("FLOPs", 601548544, "3.50 M parameters · 602 M FLOPs", "One multiply-add is two FLOPs"),
        "params": ("parameters", 3504872, "3.50 M parameters", "Parameters are"),
        "none": ("", 0, "", "A bar is"),
    }[unit]
    assert (words.unit, words.cost_total, words.totals) == expected[:3]
    assert words.caption.startswith(expected[3])
    assert sum(bracket.cost or 0 for bracket in brackets) == expected[1]
    assert {bracket.cost is None for bracket in brackets} == {unit == "none"}


def test_a_stage_without_a_cell_counts_with_the_next() -> None:
    make = hand.Maker("taken", (8, 16, 16))
    make.conv(8)
    make.op("MaxPool2d", kernel_size=2)
    for op in ("BatchNorm2d", "ReLU"):  # a run by itself, in the cell of the convolution behind
        make.op(op)
    make.op("Conv2d", out_channels=8, kernel_size=3, stride=2, padding=1)
    graph = make.graph()
    analysis = analyse(graph)
    assert [stage.total.params for stage in analysis.stages] == [592, 16, 584]
    brackets = draw(graph, View(cost="params")).lines[0].brackets
    assert [(bracket.first, bracket.cost) for bracket in brackets] == [
        ("conv_bn_act.conv2d", 592),
        ("batch_norm2d", 600),
    ]


def test_a_last_stage_without_a_cell_counts_with_the_one_before() -> None:
    make = hand.Maker("given", (8, 16, 16))
    with make.inside("stages", "stages"):
        with make.inside("0", "row"):
            make.op("Conv2d", out_channels=8, kernel_size=3)
        with make.inside("1", "row"):
            make.op("BatchNorm2d")  # in the cell of the convolution before
    brackets = draw(make.graph(), View(cost="params")).lines[0].brackets
    assert [(bracket.stage, bracket.cost) for bracket in brackets] == [("stages.0", 600)]


def test_without_a_cost_stages_keep_their_brackets_for_gaps_and_breaks() -> None:
    brackets = draw(hand.resnet50_graph(), View(cost="none")).lines[0].brackets
    titles = [None, *(f"conv{k}_x" for k in (2, 3, 4, 5)), None]
    assert [(bracket.title, bracket.cost) for bracket in brackets] == [(title, None) for title in titles]


def test_what_was_not_counted_is_said() -> None:
    graph = hand.vgg16_graph()
    linear = graph.nodes[-2]
    broken = graph._replace(nodes=(*graph.nodes[:-2], linear._replace(outputs=(UNKNOWN,)), graph.nodes[-1]))
    diagram = draw(broken)
    assert diagram.words.totals == "≥ 134 M parameters · ≥ 15.5 G MACs"
    assert "Not counted: Linear, Softmax." in diagram.words.caption
    assert "at least 134 M parameters and 15.5 G MACs" in diagram.words.description
    assert cell(diagram.lines[0], "linear_3")[2:4] == ("other", "?")
    assert cell(diagram.lines[0], "linear_3").macs is None


@pytest.mark.parametrize("title", ["", "N" * 20, "A title that is much too long " * 9])
@pytest.mark.parametrize("name", GRAPHS)
def test_descriptions_are_short_and_say_the_numbers(name: str, title: str) -> None:
    graph = GRAPHS[name]()
    description = draw(graph, about=About(title)).words.description
    assert 80 <= len(description) <= 150
    assert short(analyse(graph).total.macs) in description


def test_shapes_are_spelled_out_where_not_square() -> None:
    make = hand.Maker("wide", (3, 160, 224))
    make.op("Conv2d", out_channels=8, kernel_size=3, padding=1, groups=1, dilation=1)
    assert [bar.text for bar in line_of(make.graph()).bars] == [("3×160×224",), ("8×160×224",)]


def test_groups_stand_in_the_core() -> None:
    make = hand.Maker("groups", (64, 8, 8))
    make.op("Conv2d", out_channels=64, kernel_size=3, groups=32, stride=2)
    drawn = line_of(make.graph()).cells[1]
    assert (drawn.category, drawn.kernel, drawn.label) == ("conv.group", "G32", ("64", "3×3 /2"))


def test_the_same_diagram_every_time() -> None:
    graph = hand.resnet50_graph()
    assert draw(graph) == draw(graph)


def test_cells_that_look_alike_share_a_legend_entry() -> None:
    from nets import graph

    text = "layers:\n  - ConvBNAct: 8\n  - ConvBNAct: {out_channels: 8, act: SiLU}\n  - ConvBNAct: {out_channels: 8, act: none}\n"
    net = graph(text)
    words = [entry.text for entry in draw(net, View()).legend]
    assert words == ["convolution, activated (ReLU, SiLU)", "linear convolution", "output"]
