"""Where the cost lies, and what separable pairs save: against the tables of MobileNet's paper, and adding up.

Source of the published numbers: Howard et al., MobileNets, arXiv:1704.04861, Tables 2, 3 and 4. Table 2 prints 1.19 %
for the MACs of the 3×3 convolution: its digits are swapped, since its column adds up to 99.29 %; it is 1.91 %. The 4866
million of Table 4 leave the classifier out.
"""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from typing import Any

import pytest
from figures import network

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.analysis.separable import compare, find_pairs
from netdraw.core.errors import OptionError
from netdraw.cost import costs, document
from netdraw.cost.phrases import percent
from netdraw.cost.report import Amount, layers_of, total_of
from netdraw.diagram.said.glossary import glossary
from netdraw.diagram.view import BYS, By
from netdraw.ops import OPS
from netdraw.spec.sources import zoo_names
from netdraw.tables.summary.base import written

HEAD = "netdraw: 1\nname: net\n"
TABLE_2 = {
    "convolution 1×1": (94.86, 74.59),
    "depthwise 3×3": (3.06, 1.06),
    "convolution 3×3": (1.91, 0.02),
    "fully connected": (0.18, 24.33),
}
TABLE_3 = {"macs": 52_283_392, "standard_macs": 462_422_016, "weights": 266_752, "standard_weights": 2_359_296}
TABLE_4 = {"macs": 568_740_352, "weights": 4_209_088, "standard_macs": 4_867_293_184, "standard_weights": 29_281_120}
ZOO = ["mobilenet_v1", "mobilenet_v2", "resnet50", "densenet121", "googlenet", "ssd300", "unet", "pnet"]


def parts(source: str, by: By = "kind") -> dict[str, Amount]:
    return {piece.name: piece.amount for piece in network(source).costs(by=by).pieces}


def pairs(source: str) -> tuple[Any, ...]:
    net = network(source)
    return find_pairs(net.graph, net.analysis)


# By kind, stage, block, layer


def test_the_shares_of_mobilenet_are_those_of_its_paper() -> None:
    known = netdraw.load("mobilenet_v1").costs()
    found = {
        piece.name: (
            round(100 * piece.amount.macs / known.total.macs, 2),
            round(100 * piece.amount.weights / known.total.weights, 2),
        )
        for piece in known.pieces
        if piece.amount.weights
    }
    assert found == TABLE_2
    assert sum(macs for macs, _ in TABLE_2.values()) == pytest.approx(100, abs=0.02)
    lines = [line.split() for line in netdraw.load("mobilenet_v1").cost().splitlines()]
    assert ["convolution", "1×1", "13", "539,492,352", "94.86", "%", "3,139,584", "74.19", "%"] in [
        line[:9] for line in lines
    ]


@pytest.mark.parametrize("source", ZOO)
def test_the_dearest_kind_comes_first(source: str) -> None:
    """By MACs, where these are equal by parameters; so in the table, too."""
    net = network(source)
    found = [(piece.amount.macs, piece.amount.params) for piece in net.costs().pieces]
    assert found == sorted(found, reverse=True) and found[0] > found[-1]
    rows = list(csv.reader(io.StringIO(net.cost("csv"))))
    assert [row[0] for row in rows[1:3]] == [piece.name for piece in net.costs().pieces[:2]]


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("source", ZOO)
def test_parts_add_up_and_hold_every_layer_once(source: str, by: By) -> None:
    net = network(source)
    whole = net.costs(by=by)
    ids = [id for piece in whole.pieces for id in piece.ids]
    assert sorted(ids) == sorted(node.id for node in net.graph.nodes)
    total = net.analysis.total
    assert (whole.total.macs, whole.total.params) == (total.macs, total.params)
    assert whole.total.memory == 4 * total.activations and whole.total.layers == len(net.graph.nodes)
    if by != "kind":
        assert ids == [node.id for node in net.graph.nodes]


@pytest.mark.parametrize("source", sorted(zoo_names()))
def test_the_weights_are_the_params_without_biases_and_norms(source: str) -> None:
    net = network(source)
    found = total_of(layers_of(net.graph, net.analysis, glossary("en"))).weights
    expected = 0
    for node in net.graph.nodes:
        row = net.analysis.nodes[node.id]
        if row.macs:
            bias = node.attrs.get("out_channels", node.attrs.get("out_features", 0)) if node.attrs.get("bias") else 0
            expected += row.params - (bias if row.params else 0)
    assert found == expected


def test_kinds_name_kernels_groups_and_directions() -> None:
    text = """
input: [8, 16, 16]
layers:
  - Conv2d: {out_channels: 8, kernel_size: [1, 7], padding: same}
  - Conv2d: {out_channels: 8, kernel_size: 3, groups: 4}
  - Conv2d: {out_channels: 8, kernel_size: 5, groups: 8, padding: same}
  - ConvTranspose2d: {out_channels: 4, kernel_size: 2, stride: 2}
  - MaxPool2d: 2
  - MaxPool2d: 7
"""
    assert set(parts(HEAD + text)) == {
        "row convolution 1×7", "group convolution 3×3", "depthwise 5×5", "transposed convolution 2×2", "max pooling",
    }  # fmt: skip
    assert parts(HEAD + text)["max pooling"].layers == 2


def test_a_shared_weight_counts_once() -> None:
    text = "input: [4]\nlayers:\n  - Linear: {name: a, out_features: 4}\n  - Linear: {out_features: 4, shares: a}\n"
    assert parts(HEAD + text)["fully connected"] == Amount(2, 32, 20, 16, 32)


def test_stages_and_blocks_have_their_names() -> None:
    assert list(parts("resnet18", "stage"))[:3] == ["stem", "conv2_x, 56²", "conv3_x, 28²"]
    assert list(parts("mobilenet_v1", "stage"))[1] == "stage 1, 112²"
    blocks = list(parts("resnet18", "block"))
    assert blocks[:3] == ["conv_bn_act.conv2d", "max_pool2d", "stages.0.0 BasicBlock"]
    assert len([name for name in blocks if "BasicBlock" in name]) == 8


def test_percents() -> None:
    assert percent(1, 3) == "33.33 %" and percent(2, 3, 0) == "67 %" and percent(1, 8, 1) == "12.5 %"
    assert percent(0, 3) == "0.00 %" and percent(1, 10**6) == "<0.01 %" and percent(1, 0) == "–"


# Pairs


def test_the_pairs_of_mobilenet_cost_what_the_formula_says() -> None:
    found = pairs("mobilenet_v1")
    assert len(found) == 13
    for pair in found:
        (dk, other), m, n, (df, _) = pair.kernel, pair.into, pair.out, pair.places
        assert dk == other
        assert pair.depthwise_macs == dk * dk * m * df * df and pair.pointwise_macs == m * n * df * df
        assert pair.standard_macs == dk * dk * m * n * df * df
        assert pair.ratio == pair.counted == Fraction(1, n) + Fraction(1, dk**2)
        assert f"{float(pair.ratio):.12f}" == f"{1 / n + 1 / dk**2:.12f}"


def test_the_layer_of_table_3() -> None:
    (first, *others) = [
        pair for pair in pairs("mobilenet_v1") if (pair.into, pair.out, pair.places[0]) == (512, 512, 14)
    ]
    assert len(others) == 4
    assert {key: getattr(first, key) for key in TABLE_3} == TABLE_3


def test_the_whole_of_table_4() -> None:
    net = netdraw.load("mobilenet_v1")
    whole = compare(net.graph, net.analysis, pairs("mobilenet_v1"))
    assert whole._asdict() == TABLE_4
    classifier = net.analysis.nodes["linear"].macs
    assert classifier is not None
    assert f"{(whole.standard_macs - classifier) / 1e6:.0f}" == "4866"
    assert f"{whole.standard_weights / 1e6:.1f}" == "29.3"


def test_the_network_of_standard_convolutions_is_that_one() -> None:
    """The same built: each pair as one ConvBNAct."""
    text = netdraw.load("mobilenet_v1").text.data
    assert isinstance(text, bytes)
    standard = text.decode().replace("stages: DepthwiseSeparable", "stages: ConvBNAct")
    standard_costs = netdraw.load(standard).costs()
    found = standard_costs.total.macs, standard_costs.total.weights
    assert found == (TABLE_4["standard_macs"], TABLE_4["standard_weights"])
    assert standard_costs.pairs == () and standard_costs.standard is None


def test_pairs_of_other_kernels_strides_and_multipliers() -> None:
    text = """
input: [6, 20, 30]
layers:
  - Conv2d: {name: dw, out_channels: 12, kernel_size: [3, 5], groups: 6, stride: [2, 1], padding: same, bias: true}
  - PReLU
  - Conv2d: {name: pw, out_channels: 7, kernel_size: 1}
"""
    (pair,) = pairs(HEAD + text)
    assert (pair.kernel, pair.places, pair.into, pair.out, pair.multiplier) == ((3, 5), (10, 30), 6, 7, 2)
    assert pair.ratio == pair.counted == 2 * (Fraction(1, 7) + Fraction(1, 15))
    assert (pair.weights, pair.standard_weights) == (15 * 12 + 12 * 7, 15 * 6 * 7)


@pytest.mark.parametrize(
    "between",
    [
        "  - MaxPool2d: 2\n",
        "  - MaxPool2d: {kernel_size: 3, stride: 1, padding: 1}\n",
        "  - Conv2d: {out_channels: 8, kernel_size: 3, groups: 8, padding: same}\n",
        "  - {ReLU: {name: r}}\n  - Add: {from: [r, dw]}\n",
    ],
)
def test_what_stands_between_breaks_a_pair(between: str) -> None:
    text = f"""
input: [8, 16, 16]
layers:
  - Conv2d: {{name: dw, out_channels: 8, kernel_size: 3, groups: 8, padding: same}}
{between}  - Conv2d: {{name: pw, out_channels: 16, kernel_size: 1}}
"""
    assert all(pair.depthwise != "dw" for pair in pairs(HEAD + text))


def test_mobilenet_v2_has_a_pair_a_block_and_a_plain_network_none() -> None:
    assert [pair.multiplier for pair in pairs("mobilenet_v2")] == [1] * 17
    assert pairs("resnet50") == () and "separable" not in netdraw.load("resnet50").cost()


# Formats


def test_json_is_the_same_and_adds_up() -> None:
    data = json.loads(netdraw.load("mobilenet_v1").cost("json"))
    assert data["standard"] == TABLE_4 and len(data["pairs"]) == 13 and data["by"] == "kind"
    assert data["pairs"][0]["ratio"] == data["pairs"][0]["counted"] == [73, 576]
    for unit in ("macs", "params", "weights", "memory"):
        assert sum(part[unit] for part in data["parts"]) == data["total"][unit]
        assert sum(part["shares"][unit] for part in data["parts"]) == pytest.approx(1)


def test_csv_has_plain_numbers() -> None:
    rows = list(csv.DictReader(io.StringIO(netdraw.load("resnet50").cost("csv", by="stage"))))
    assert [row["stage"] for row in rows][:2] == ["stem", "conv2_x, 56²"]
    assert sum(int(row["macs"]) for row in rows) == 4_089_184_256
    assert sum(float(row["params_share"]) for row in rows) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("format", ["text", "md", "html", "latex"])
def test_every_format_says_the_shares_and_the_convention(format: str) -> None:
    said = netdraw.load("mobilenet_v1").cost(format)
    for words in ("94.86", "74.59", "4,867,293,184", "29,281,120", "Weights are kernels alone"):
        assert words in said


def test_what_is_not_counted_is_named() -> None:
    graph = netdraw.load(HEAD + "input: [4]\nlayers: [Linear: 4, ReLU]\n").graph
    OPS.add("Mystery", OPS["ReLU"]._replace(name="Mystery", macs=None))
    try:
        graph = graph._replace(nodes=(graph.nodes[0], graph.nodes[1]._replace(op="Mystery")))
        made = document(costs(graph, analyse(graph), "Net", "kind"))
    finally:
        del OPS._items["Mystery"]
    said = written(made, "text")
    assert "≥ 16" in said and "Not counted: Mystery." in said
    assert json.loads(written(made, "json"))["not_counted"] == ["relu"]


def test_unknown_words() -> None:
    net = netdraw.load("lenet")
    with pytest.raises(OptionError, match="'by': ND623 unknown value 'kinds'; did you mean 'kind'"):
        net.cost(by="kinds")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="'format': ND606 unknown format 'jsn' of a summary; did you mean 'json'"):
        net.cost("jsn")
    with pytest.raises(OptionError, match="'format': ND606 the format 'outline' has no such tables; choose from csv"):
        net.cost("outline")


def test_a_pair_that_shares_its_weights_does_so_as_a_standard_convolution_too() -> None:
    shared = """\
  - Conv2d: {name: d1, out_channels: 8, kernel_size: 3, padding: 1, groups: 8, bias: false}
  - Conv2d: {name: p1, out_channels: 8, kernel_size: 1, bias: false}
  - Conv2d: {name: d2, out_channels: 8, kernel_size: 3, padding: 1, groups: 8, bias: false, shares: d1}
  - Conv2d: {name: p2, out_channels: 8, kernel_size: 1, bias: false, shares: p1}
"""
    found = netdraw.load(f"{HEAD}input: [8, 16, 16]\nlayers:\n{shared}").costs().standard
    assert found is not None
    assert (found.weights, found.standard_weights) == (8 * 9 + 8 * 8, 9 * 8 * 8)
    assert found.standard_macs == 2 * 9 * 8 * 8 * 16 * 16


def test_the_table_of_pairs_has_a_column_for_multipliers_where_there_are_some() -> None:
    several = """\
  - Conv2d: {name: d1, out_channels: 16, kernel_size: 3, padding: 1, groups: 8, bias: false}
  - Conv2d: {name: p1, out_channels: 20, kernel_size: 1, bias: false}
"""
    said = netdraw.load(f"{HEAD}input: [8, 16, 16]\nlayers:\n{several}").cost()
    assert "Dk·Dk·m·M·DF·DF + m·M·N·DF·DF MACs instead of Dk·Dk·M·N·DF·DF" in said
    row = next(line.split() for line in said.splitlines() if line.split()[:1] == ["1"])
    assert row[3:6] == ["8", "2", "20"] and float(row[-1]) == pytest.approx(2 * (1 / 20 + 1 / 9), abs=1e-6)
    assert " m " not in netdraw.load("mobilenet_v1").cost()
