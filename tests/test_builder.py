"""Ids, groups and hand-over values of the builder, and the hand-written instances of the types."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction

import pytest
from nets import built, graph, shapes, wires, zoo

from netdraw.core.errors import Fault, Span
from netdraw.graph.model import Built, Graph, Group, Node, Reason, Ref, Residual, type_table
from netdraw.ops.tensor import UNKNOWN, TensorType, by_length


def test_a_graph_written_by_hand() -> None:
    image, out = TensorType((3, 8, 8), "chw"), TensorType((4, 8, 8), "chw")
    conv = Node(
        "conv2d", "Conv2d", {"out_channels": 4, "stride": (1, 1)}, (Ref("input"),), (out,), "u", Span("a", 1, 2)
    )
    unit = Group(
        "u", "block", "Unit", None, "", 0, Residual("auto", "none", Reason("sizes", ((8, 8), (Fraction(7, 2), 7))))
    )
    net = Graph("tiny", (("input", image),), (conv,), (unit,), (("output", Ref("conv2d")),))
    row = Built(net, (Fault("ND103", "unknown", Span("a", 1, 2)),)).to_dict()
    assert json.loads(json.dumps(row)) == row
    assert row["faults"] == ["a:1:2: ND103 unknown"]
    assert row["graph"]["nodes"][0]["attrs"] == {"out_channels": 4, "stride": [1, 1]}
    assert row["graph"]["groups"][0]["residual"]["reason"] == {"kind": "sizes", "values": [[8, 8], ["7/2", 7]]}
    assert net.type_of(Ref("conv2d")) == out and net.type_of(Ref("input")) == image
    assert net.type_of(Ref("nothing")) == UNKNOWN


def test_tensor_types() -> None:
    kind = by_length((64, 56, 28))
    assert (kind.axes, kind.elements, str(kind), kind.spatial) == ("chw", 64 * 56 * 28, "64×56×28", "hw")
    assert kind.replace(c=8, w=1).shape == (8, 56, 1)
    assert by_length((5, 7)).axes == "tc" and by_length((5,)).axes == "c" and by_length((1, 2, 3, 4)).axes == "cdhw"
    assert not UNKNOWN.known and str(UNKNOWN) == "?"


def test_a_built_graph_can_be_pickled() -> None:
    net = zoo("resnet", "resnet18")
    assert pickle.loads(pickle.dumps(net)) == net


def test_ids_of_mobilenet_v2() -> None:
    ids = list(shapes(zoo("mobilenet_v2")))
    assert ids[:3] == ["conv_bn_act.conv2d", "conv_bn_act.norm", "conv_bn_act.act"]
    assert "stages.0.0.conv_bn_act_2.conv2d" in ids and "stages.0.0.conv_bn_act.conv2d" not in ids
    assert "stages.1.0.conv_bn_act.conv2d" in ids and "stages.1.1.add" in ids
    assert ids[-4:] == ["adaptive_avg_pool2d", "flatten", "linear", "softmax"]


def test_groups_are_a_tree_in_order() -> None:
    net = zoo("mobilenet_v2")
    groups = {group.id: group for group in net.groups}
    assert len(groups) == len(net.groups)
    assert all(group.parent == "" or group.parent in groups for group in net.groups)
    assert all(node.group == "" or node.group in groups for node in net.nodes)
    assert (groups["stages"].kind, groups["stages.1"].kind, groups["stages.1.0"].kind) == ("stages", "row", "block")
    assert (groups["stages.1.1"].member, groups["stages.1.1"].block) == (1, "InvertedResidual")


@pytest.mark.parametrize(
    ("layers", "ids"),
    [
        ("[ReLU, ReLU, ReLU]", ["relu", "relu_2", "relu_3"]),
        ("[ReLU, {ReLU: {name: act}}, ReLU]", ["relu", "act", "relu_2"]),
        ("[{ReLU: {name: relu}}, ReLU]", ["relu", "relu_2"]),
        ("[{ReLU: {when: false}}, ReLU]", ["relu_2"]),
        ("[{ReLU: {repeat: 1}}]", ["relu.0"]),
        ("[{layers: [ReLU]}, {layers: [ReLU], name: stage2}]", ["group.relu", "stage2.relu"]),
        ("[{parallel: {a: [ReLU], b: []}}]", ["parallel.a.relu", "parallel.join"]),
        ("[{ReLU: {name: x}}, {heads: {a: [ReLU]}}, ReLU]", ["x", "heads.a.relu", "relu"]),
        ("[{layers: [ReLU], repeat: 2}]", ["group.0.relu", "group.1.relu"]),
        (
            "[{stages: ConvBNAct, columns: {c: out_channels}, rows: [[4]]}]",
            ["stages.0.conv2d", "stages.0.norm", "stages.0.act"],
        ),
    ],
)
def test_segments(layers: str, ids: list[str]) -> None:
    assert list(shapes(graph(f"layers: {layers}\n"))) == ids


def test_a_layer_of_another_kind_moves_no_id() -> None:
    before = set(shapes(graph("layers: [ReLU, {Dropout: 0.5}, ReLU]\n")))
    after = set(shapes(graph("layers: [ReLU, Identity, {Dropout: 0.5}, ReLU]\n")))
    assert after - before == {"identity"}


def test_nodes_are_in_topological_order() -> None:
    for name in ("mobilenet_v1", "mobilenet_v2", "resnet", "vgg"):
        net, seen = zoo(name), {"input"}
        for id, sources in wires(net).items():
            assert set(sources) <= seen
            seen.add(id)


def test_a_failed_node_is_unknown_and_breeds_no_fault() -> None:
    result = built("layers:\n  - Conv2d: {out_channels: 8, kernel_size: 99}\n  - ReLU\n  - Flatten\n  - Linear: 10\n")
    assert [fault.code for fault in result.faults] == ["ND305"]
    assert [node.outputs[0].known for node in result.graph.nodes] == [False, False, False, False]


def test_every_span_leads_back_to_the_text() -> None:
    net = zoo("mobilenet_v2")
    assert all(node.span is not None and node.span.line > 0 for node in net.nodes)
    linear = next(node for node in net.nodes if node.id == "linear")
    assert linear.span is not None and str(linear.span).startswith("specs/mobilenet_v2.yaml:")


def test_types_of_every_value_are_in_the_table() -> None:
    net = zoo("resnet", "resnet18")
    table = type_table(net)
    assert all(ref in table for node in net.nodes for ref in node.inputs)
