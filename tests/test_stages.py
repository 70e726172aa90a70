"""The division into stages: what belongs to which, wherever its statement stands, and that all who tell it agree."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netdraw
from netdraw.analysis.stages import line
from netdraw.changes.figure.deltas import stage_sums
from netdraw.diagram.view import View
from netdraw.layout.graphviz import engine

NS = "{http://www.w3.org/2000/svg}"
LAYERS = {
    "conv": "ConvBNAct: {{name: {0}, from: {1}, out_channels: 16}}",
    "down": "ConvBNAct: {{name: {0}, from: {1}, out_channels: 16, stride: 2}}",
    "side": "Conv2d: {{name: {0}, from: {1}, out_channels: 16, kernel_size: 1}}",
    "up": "ConvTranspose2d: {{name: {0}, from: {1}, out_channels: 16, kernel_size: 2, stride: 2}}",
    "pool": "MaxPool2d: {{name: {0}, from: {1}, kernel_size: 2}}",
    "add": "Add: {{name: {0}, from: [{1}]}}",
    "global": "AdaptiveAvgPool2d: {{name: {0}, from: {1}, output_size: 1}}",
    "flat": "Flatten: {{name: {0}, from: {1}}}",
    "fc": "Linear: {{name: {0}, from: {1}, out_features: 10}}",
}
"""Statements by kind, with a name and what they read."""


class Statement(NamedTuple):
    name: str
    sources: tuple[str, ...]
    kind: str


def text(statements: list[Statement], outputs: str, inputs: str = "input: [3, 64, 64]") -> str:
    """A file of these statements, in this order."""
    rows = [f"  - {LAYERS[one.kind].format(one.name, ', '.join(one.sources))}\n" for one in statements]
    return f"netdraw: 1\nname: net\n{inputs}\nlayers:\n{''.join(rows)}outputs: {{{outputs}}}\n"


def statements(lines: str) -> list[Statement]:
    """`name kind source …` a line."""
    words = [line.split() for line in lines.strip().splitlines()]
    return [Statement(name, tuple(sources), kind) for name, kind, *sources in words]


def parts(net: netdraw.Network) -> list[tuple[str, str]]:
    """By stage its kind, and the statements that are in it."""
    found = []
    for stage in net.analysis.stages:
        names = dict.fromkeys(id.partition(".")[0] for id in stage.nodes)
        found.append((stage.kind, " ".join(names)))
    return found


BACKBONE = "c1 down input\nc2 down c1\nc3 down c2\nc4 down c3\n"
PYRAMID = BACKBONE + (
    "l4 side c4\nl3 side c3\nl2 side c2\nu3 up l4\np3 add l3 u3\nu2 up p3\np2 add l2 u2\n"
    "h4 conv l4\nh3 conv p3\nh2 conv p2\no4 side h4\no3 side h3\no2 side h2\n"
)
NETWORKS = {
    "heads": (
        BACKBONE + "h2 conv c2\ni2 conv h2\nh3 conv c3\ni3 conv h3\nh4 conv c4\n",
        "a: i2, b: i3, c: h4",
        [("stage", "c1"), ("stage", "c2 h2 i2"), ("stage", "c3 h3 i3"), ("stage", "c4 h4")],
    ),
    "pyramid": (
        PYRAMID,
        "a: o2, b: o3, c: o4",
        [
            ("stage", "c1"), ("stage", "c2"), ("stage", "c3"), ("stage", "c4 l4 h4 o4"),
            ("stage", "l3 u3 p3 h3 o3"), ("stage", "l2 u2 p2 h2 o2"),
        ],
    ),
    "classifier with a head in its middle": (
        "c1 down input\nc2 down c1\nd2 conv c2\nc3 down d2\ng global c3\nf flat g\ny fc f\n"
        "s side c2\nsg global s\nsf flat sg\nsy fc sf\n",
        "main: y, aux: sy",
        [("stage", "c1"), ("stage", "c2 s sg sf sy d2"), ("stage", "c3"), ("head", "g f y")],
    ),
    "U-Net with ways beside it": (
        "e1 conv input\nm1 pool e1\ne2 conv m1\nm2 pool e2\nb conv m2\ns2 side e2\ns1 side e1\n"
        "u2 up b\nd2 add s2 u2\nx2 conv d2\nu1 up x2\nd1 add s1 u1\ny side d1\ndeep side x2\n",
        "mask: y, low: deep",
        [
            ("stage", "e1 m1"), ("stage", "e2 m2"), ("stage", "b"), ("stage", "s2 u2 d2 x2 deep"),
            ("stage", "s1 u1 d1 y"),
        ],
    ),
    "tower that joins later": (
        "c1 down input\nc2 down c1\nd2 conv c2\nc3 down d2\nd3 conv c3\nt1 down c1\nt2 down t1\nj add d3 t2\nc4 down j\n",
        "y: c4",
        [("stage", "c1"), ("stage", "c2 d2"), ("stage", "c3 d3 t1 t2 j"), ("stage", "c4")],
    ),
    "side part that reads several stages": (
        BACKBONE + "r2 down c2\nj add r2 c3\nk side j\n",
        "a: k, b: c4",
        [("stage", "c1"), ("stage", "c2 r2"), ("stage", "c3 j k"), ("stage", "c4")],
    ),
}  # fmt: skip
ORDERS = 4


def orders(lines: list[Statement], seed: int = 0) -> Iterator[list[Statement]]:
    """The statements in other orders, each behind what it reads."""
    from random import Random

    random = Random(seed)
    for _ in range(ORDERS):
        left, done, found = list(lines), {"input", "left", "right"}, []
        while left:
            one = random.choice([one for one in left if done.issuperset(one.sources)])
            left.remove(one)
            done.add(one.name)
            found.append(one)
        yield found


@pytest.mark.parametrize("name", NETWORKS)
def test_every_node_is_in_the_stage_that_it_enters_or_leaves(name: str) -> None:
    lines, outputs, expected = NETWORKS[name]
    net = netdraw.load(text(statements(lines), outputs))
    assert [(kind, sorted(names.split())) for kind, names in parts(net)] == [
        (kind, sorted(names.split())) for kind, names in expected
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_where_a_statement_stands_changes_nothing(name: str) -> None:
    lines, outputs, _ = NETWORKS[name]
    first = netdraw.load(text(statements(lines), outputs))
    for order in orders(statements(lines)):
        other = netdraw.load(text(order, outputs))
        assert other.analysis == first.analysis
        assert other.summary("json") == first.summary("json")
        assert other.draw().to_bytes("svg") == first.draw().to_bytes("svg")


@pytest.mark.parametrize("name", ["mobilenet_v2", "vgg16", "lenet"])
def test_the_line_of_a_chain_is_what_the_search_would_find(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = netdraw.load(name).graph
    units = [[place] for place in range(len(graph.nodes))]
    table = line.unit_graph(graph, units, [None] * len(units))
    found = line.find_lines(table, [False] * len(units))
    assert found == [line._line(table, range(len(units)), [False] * len(units))]
    assert line.is_chain(graph)
    monkeypatch.setattr(line, "is_chain", lambda graph: False)
    assert line.node_ranks(graph) == table.ranks


HEADS = """\
netdraw: 1
name: net
input: [3, 64, 64]
blocks:
  Detect:
    layers:
      - heads:
          box: [{ConvBNAct: 64}, {ConvBNAct: 64}, {Conv2d: {out_channels: 4, kernel_size: 1}}]
layers:
"""
DETECTED = [
    "  - ConvBNAct: {out_channels: 16, stride: 2}\n  - ConvBNAct: {out_channels: 16, name: p1}\n",
    "  - ConvBNAct: {out_channels: 32, stride: 2}\n  - ConvBNAct: {out_channels: 32, name: p2}\n",
    "  - ConvBNAct: {out_channels: 64, stride: 2}\n  - ConvBNAct: {out_channels: 64, name: p3}\n",
]
DETECTORS = [f"  - Detect: {{from: p{number}, name: head{number}}}\n" for number in (1, 2, 3)]
MACS = [50_249_728, 17_760_256, 8_273_920]
"""Of each two convolutions with their three of the head: 9·3·16·32² + 9·16²·32² + 9·16·64·32² + 9·64²·32² + 64·4·32²."""


def brackets(net: netdraw.Network, **view: Any) -> list[ET.Element]:
    root = ET.fromstring(net.draw(**view).to_bytes("svg"))
    return [item for item in root.iter(NS + "g") if item.get("class") == "bracket"]


@pytest.mark.parametrize("depth", ["layer", "stage"])
def test_heads_stand_at_the_end_of_a_file_or_behind_what_they_read(depth: str) -> None:
    late = netdraw.load(HEADS + "".join(DETECTED + DETECTORS))
    early = netdraw.load(HEADS + "".join(a + b for a, b in zip(DETECTED, DETECTORS, strict=True)))
    assert late.draw(depth=depth).to_bytes("svg") == early.draw(depth=depth).to_bytes("svg")
    assert [stage.total.macs for stage in late.analysis.stages] == MACS
    assert [int(item.get("data-cost", 0)) for item in brackets(late, depth=depth)] == MACS
    assert [piece.amount.macs for piece in late.costs(by="stage").pieces] == MACS


def test_what_reads_another_input_is_in_the_stage_that_it_enters() -> None:
    lines = statements("c1 down left\nc2 down c1\nd1 down right\nd2 down d1\nj add c2 d2\nc3 down j\n")
    net = netdraw.load(text(lines, "y: c3", "inputs: {left: [3, 64, 64], right: [1, 64, 64]}"))
    assert parts(net) == [("stage", "c1"), ("stage", "d1 d2 c2 j"), ("stage", "c3")] or parts(net) == [
        ("stage", "c1"), ("stage", "c2 d1 d2 j"), ("stage", "c3"),
    ]  # fmt: skip


def test_parts_that_nothing_joins_have_stages_of_their_own() -> None:
    lines = statements("c1 down left\nc2 down c1\nd1 down right\nd2 down d1\n")
    net = netdraw.load(text(lines, "a: c2, b: d2", "inputs: {left: [3, 64, 64], right: [1, 64, 64]}"))
    assert parts(net) == [("stage", "c1"), ("stage", "c2"), ("stage", "d1"), ("stage", "d2")]


WRITTEN = """\
layers:
  - {name: one, layers: [{ConvBNAct: {out_channels: 64, name: end}}, {ConvBNAct: 64}]}
  - MaxPool2d: {kernel_size: 2, name: pool}
  - {name: two, layers: [{ConvBNAct: 64}]}
  - Conv2d: {from: one, out_channels: 4, kernel_size: 1, name: side}
  - Conv2d: {from: two, out_channels: 4, kernel_size: 1, name: last}
outputs: {a: side, b: last}
"""


def test_what_leaves_a_written_stage_is_in_it_and_what_leaves_the_last_behind_it() -> None:
    net = netdraw.load("netdraw: 1\nname: net\ninput: [3, 32, 32]\n" + WRITTEN)
    assert parts(net) == [("stage", "one side pool"), ("stage", "two"), ("head", "last")]


def test_stages_that_one_fork_holds_share_a_bracket() -> None:
    lines, outputs, _ = NETWORKS["tower that joins later"]
    net = netdraw.load(text(statements(lines), outputs))
    own = {stage.id: stage.total.macs for stage in net.analysis.stages}
    told = [(item.get("data-stages"), int(item.get("data-cost", 0))) for item in brackets(net)]
    both = own["c2.conv2d"] + own["c3.conv2d"]
    assert told == [(None, own["c1.conv2d"]), ("c2.conv2d c3.conv2d", both), (None, own["c4.conv2d"])]


@pytest.mark.parametrize("foreign", [True, False])
def test_the_last_bracket_reaches_over_a_fan_of_its_own_stage_alone(foreign: bool) -> None:
    """The long head of another stage stands with those that the line ends with, behind its letter."""
    lines = BACKBONE + "x side c4\ny side c4\n" + "h conv c2\ni conv h\nj conv i\nk conv j\nl conv k\n" * foreign
    net = netdraw.load(text(statements(lines), "a: x, b: y" + ", c: l" * foreign))
    placement = net.draw(width="none").placement
    assert placement is not None
    (last,) = [one for one in placement.brackets if one.id == "c4.conv2d"]
    heads = [cell.x for cell in placement.cells if cell.id.partition(".")[0] in "xyhijkl"]
    end = max(x for x, _ in last.points)
    assert end < min(heads) if foreign else end > max(heads)


@pytest.mark.skipif(engine.find() is None, reason="no Graphviz is found")
@pytest.mark.parametrize("name", NETWORKS)
def test_brackets_beside_a_graph_hold_rows_of_their_own_alone(name: str) -> None:
    lines, outputs, _ = NETWORKS[name]
    net = netdraw.load(text(statements(lines), outputs))
    drawing = net.draw(layout="dot", width=400)
    of = {node: stage.id for stage in net.analysis.stages for node in stage.nodes}
    placed = {cell.id: cell.y for cell in drawing.placement.cells}
    spans = drawing.placement.brackets
    for cell in drawing.diagram.lines[0].cells:
        for span in spans:
            ys = [y for _, y in span.points]
            if cell.last in of and min(ys) < placed[cell.id] < max(ys):
                assert of[cell.last] in span.stages
    assert sum(span.cost or 0 for span in spans) == net.analysis.total.macs


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Statement], str]:
    """Statements whose values all have 16 channels, joined where they have one size; what nobody reads is an output."""
    lines: list[Statement] = [Statement("n0", ("input",), "down")]
    size = {"n0": 1}
    for number in range(1, draw(st.integers(3, 12))):
        name, near = f"n{number}", draw(st.booleans())
        source = lines[-1].name if near else draw(st.sampled_from([one.name for one in lines]))
        alike = [one.name for one in lines if size[one.name] == size[source] and one.name != source]
        kinds = ["conv", "side", *["down"] * (size[source] < 4), *["up"] * (size[source] > 1), *["add"] * bool(alike)]
        kind = draw(st.sampled_from(kinds))
        sources = (source, draw(st.sampled_from(alike))) if kind == "add" else (source,)
        size[name] = size[source] + {"down": 1, "up": -1}.get(kind, 0)
        lines.append(Statement(name, sources, kind))
    read = {source for one in lines for source in one.sources}
    return lines, ", ".join(f"o_{one.name}: {one.name}" for one in lines if one.name not in read)


SOME = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(networks(), st.integers(0, 99))
def test_no_number_and_no_picture_depends_on_the_order(network: tuple[list[Statement], str], seed: int) -> None:
    lines, outputs = network
    first = netdraw.load(text(lines, outputs))
    other = netdraw.load(text(next(orders(lines, seed)), outputs))
    assert other.analysis == first.analysis
    assert other.cost("json", by="stage") == first.cost("json", by="stage")
    assert other.draw().to_bytes("svg") == first.draw().to_bytes("svg")


@SOME
@given(networks())
def test_all_who_tell_of_stages_agree(network: tuple[list[Statement], str]) -> None:
    lines, outputs = network
    net = netdraw.load(text(lines, outputs))
    own = {stage.id: stage for stage in net.analysis.stages}
    assert sorted(id for one in own.values() for id in one.nodes) == sorted(node.id for node in net.graph.nodes)
    assert sum(one.total.macs for one in own.values()) == net.analysis.total.macs
    told = json.loads(net.summary("json"))["stages"]
    assert [(one["id"], one["layers"], one["macs"]) for one in told] == [
        (one.id, list(one.nodes), one.total.macs) for one in own.values()
    ]
    assert [(list(piece.ids), piece.amount.macs) for piece in net.costs(by="stage").pieces] == [
        (one["layers"], one["macs"]) for one in told
    ]
    found = brackets(net)
    named = [item.get("data-stages", item.get("data-stage", "")).split() for item in found if item.get("data-cost")]
    costs = [int(item.get("data-cost", 0)) for item in found if item.get("data-cost")]
    assert costs == [sum(own[id].total.macs for id in ids) for ids in named]
    assert sum(costs) == net.analysis.total.macs


@SOME
@given(networks())
def test_a_diff_counts_what_came_in_its_stages(network: tuple[list[Statement], str]) -> None:
    lines, outputs = network
    one, other = (text(lines, outputs).replace("16", width) for width in ("16", "32"))
    diff = netdraw.diff(one, other)
    before, after = (
        {stage.id: stage.total.macs for stage in side.analysis.stages} for side in (diff.before, diff.after)
    )
    gone, found = stage_sums(diff, View())
    assert not gone and found == {id: after[id] - before[id] for id in after}
