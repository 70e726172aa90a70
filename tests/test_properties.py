"""Properties of whole networks that are made at random."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nets import built, costs, errors, graph, residuals

from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build as diagram
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.graph.model import Graph, type_table

ACTS = st.sampled_from(["ReLU", "ReLU6", "none", "SiLU", "{LeakyReLU: 0.2}"])
SMALL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def layer(draw: st.DrawFn, depth: int = 0) -> str:
    """One layer in flow style that fits an image of any size and channels."""
    kind = draw(
        st.sampled_from(["conv", "dw", "pool", "act", "group", "parallel", "unit"] if depth < 2 else ["conv", "act"])
    )
    repeat = f", repeat: {draw(st.integers(1, 4))}" if draw(st.booleans()) else ""
    if kind == "conv":
        out, act, stride = draw(st.integers(1, 40)), draw(ACTS), draw(st.sampled_from([1, 1, 1, 2]))
        return f"{{ConvBNAct: {{out_channels: {out}, stride: {stride}, act: {act}{repeat}}}}}"
    if kind == "dw":
        return f"{{ConvBNAct: {{out_channels: in_channels, groups: in_channels{repeat}}}}}"
    if kind == "pool":
        return "{MaxPool2d: {kernel_size: 3, stride: 2, padding: same}}"
    if kind == "act":
        return draw(st.sampled_from(["ReLU", "Sigmoid", "BatchNorm2d", "{Dropout: 0.1}", "Identity"]))
    inner = "[" + ", ".join(draw(st.lists(layer(depth=depth + 1), min_size=1, max_size=3))) + "]"
    if kind == "group":
        rule = draw(
            st.sampled_from(
                [
                    *("", ", residual: auto", ", residual: project", ", residual: {rule: auto, after: [ReLU]}"),
                    ", residual: auto if in_channels > 8 else project",
                ]
            )
        )
        return f"{{layers: {inner}{rule}{repeat}}}"
    if kind == "unit":
        return f"{{DepthwiseSeparable: {{out_channels: {draw(st.integers(1, 40))}{repeat}}}}}"
    same = "{Conv2d: {out_channels: in_channels, kernel_size: 3, padding: same}}"
    more = draw(
        st.sampled_from(
            [
                *("", f", c: {{repeat: {draw(st.integers(0, 3))}, layers: [{same}, ReLU]}}"),
                *(f", c: {{when: in_channels > 8, layers: [{same}]}}", ", c: {when: in_channels > 8, layers: []}"),
            ]
        )
    )
    first = draw(st.sampled_from(["[]", "{when: in_channels > 8, layers: []}"]))
    return f"{{parallel: {{a: {first}, b: [{same}]{more}}}, join: {draw(st.sampled_from(['Concat', 'Add']))}{repeat}}}"


@st.composite
def networks(draw: st.DrawFn) -> str:
    body = "".join(f"  - {item}\n" for item in draw(st.lists(layer(), min_size=1, max_size=8)))
    tail = draw(st.sampled_from(["", "  - AdaptiveAvgPool2d: 1\n  - Flatten\n  - Linear: 10\n  - Softmax\n"]))
    return f"layers:\n{body}{tail}"


@SMALL
@given(networks())
def test_a_random_network_has_a_graph_or_a_fault(text: str) -> None:
    result = built(text)
    for node in result.graph.nodes:
        assert errors(result) or all(kind.known for kind in node.outputs)
    json.dumps(result.to_dict())


@SMALL
@given(networks())
def test_costs_add_up_over_nodes_groups_stages_and_cells(text: str) -> None:
    if errors(built(text)):
        return
    net = graph(text)
    analysis = analyse(net)
    assert (analysis.total.params, analysis.total.macs) == costs(net)
    assert sum(row.params for row in analysis.nodes.values()) == analysis.total.params
    assert sum(stage.total.macs for stage in analysis.stages) == analysis.total.macs
    assert sorted(id for stage in analysis.stages for id in stage.nodes) == sorted(node.id for node in net.nodes)
    for unfold in (False, True):
        line = diagram(net, analysis, View(unfold=unfold), About()).lines[0]
        assert sum(cell.macs or 0 for cell in line.cells) == analysis.total.macs
        assert sum(cell.params for cell in line.cells) == analysis.total.params
        assert sum(item.cost or 0 for item in line.brackets) == analysis.total.macs


@SMALL
@given(networks())
def test_unfolded_every_node_is_in_one_cell_or_tick(text: str) -> None:
    if errors(built(text)):
        return
    net = graph(text)
    line = diagram(net, analyse(net), View(unfold=True), About()).lines[0]
    ids = [id for item in (*line.cells, *line.ticks) for id in item.ids]
    assert sorted(ids) == sorted([*(name for name, _ in net.inputs), *(node.id for node in net.nodes)])
    places = [cell.id for cell in line.cells]
    assert len(set(places)) == len(places)
    assert all(edge.source in places and edge.target in places for edge in line.edges)


@SMALL
@given(networks())
def test_a_rule_adds_exactly_where_stride_channels_and_sizes_allow(text: str) -> None:
    if errors(built(text)):
        return
    net = graph(text)
    types, inside = type_table(net), Inside(net)
    for id, (done, reason) in residuals(net).items():
        start, end = inside.ends(id)
        if done == "add":
            assert types[start].shape == types[end].shape and reason == ""
        if done == "none" and reason and not reason.startswith("stride"):
            assert types[start].shape != types[end].shape


class Inside:
    """The value that enters a group and the one that its main path gives."""

    def __init__(self, net: Graph) -> None:
        self.net = net

    def ends(self, id: str) -> tuple:
        nodes = [node for node in self.net.nodes if (node.group + ".").startswith(id + ".")]
        body = [node for node in nodes if not any(part in node.id for part in (f"{id}.shortcut", f"{id}.after"))]
        adds = [node for node in nodes if node.id in (f"{id}.add", f"{id}.add_2")]
        ids = {node.id for node in nodes}
        start = next(ref for node in body for ref in node.inputs if ref.node not in ids)
        main = adds[-1].inputs[0] if adds else None
        if main is None:
            from netdraw.graph.model import Ref

            main = Ref(body[-1].id)
        return start, main


@SMALL
@given(networks(), st.integers(2, 5))
def test_a_repeat_is_the_same_as_writing_it_out(text: str, count: int) -> None:
    if errors(built(text)):
        return
    lines = [line for line in text.splitlines()[1:] if "Linear" not in line and "Flatten" not in line]
    body = "[" + ", ".join(line.strip()[2:] for line in lines if "Softmax" not in line) + "]"
    repeated = built(f"layers:\n  - layers: {body}\n    repeat: {count}\n")
    written = built("layers:\n" + f"  - layers: {body}\n" * count)
    if errors(repeated) or errors(written):
        return
    assert costs(repeated.graph) == costs(written.graph)
    assert [node.op for node in repeated.graph.nodes] == [node.op for node in written.graph.nodes]
    assert repeated.graph.nodes[-1].outputs == written.graph.nodes[-1].outputs
