"""What differs between two networks: each kind of change, the sums, and every format."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nets import HEAD, built, errors, graph
from test_properties import SMALL, networks

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.changes import DIFFS, Difference, Side, difference
from netdraw.changes.model import Change, Decision, Edit, Number
from netdraw.changes.tables.entries import effects, entries
from netdraw.changes.tables.sentences import percent
from netdraw.core.errors import NetdrawError, OptionError
from netdraw.graph.model import Graph, Group, Node, Reason, Ref

IMAGE = HEAD + "input: [3, 32, 32]\nlayers:\n"
FORMATS = ["csv", "html", "json", "md", "text"]
TURNED = {"added": "removed", "removed": "added"}


def lines(*layers: str, head: str = IMAGE) -> str:
    return head + "".join(f"  - {layer}\n" for layer in layers)


def differs(one: str, other: str) -> Difference:
    return netdraw.diff(one, other)


def told(found: Difference) -> list[tuple[str, str, dict[str, tuple[object, object]]]]:
    """Kind, id and edits without shapes, of what was done; what came or went with its group is left out."""
    return [
        (row.kind, row.id, {edit.field: (edit.before, edit.after) for edit in row.edits if edit.field != "shape"})
        for row in found.changes
        if not row.within
    ]


def sides(*nets: Graph) -> list[Side]:
    return [Side(net.name, "", net, analyse(net)) for net in nets]


def adds_up(found: Difference) -> None:
    """The lines that are shown, and all layers, add up to the difference of the totals."""
    totals = found.totals
    layers = [row for row in found.rows if row.level == "layer"]
    assert sum(row.params.delta for row in layers) == totals.params.delta
    assert sum(row.macs.delta for row in layers) == totals.macs.delta
    assert sum(row.layers.delta for row in layers) == totals.layers.delta
    shown = [entry for entry in (*entries(found), *effects(found)) if not entry.inner]
    assert sum(entry.params for entry in shown) == totals.params.delta
    assert sum(entry.macs or 0 for entry in shown) == totals.macs.delta


# Kinds of change


def test_a_width() -> None:
    found = differs(lines("ConvBNAct: 32", "ConvBNAct: 64"), lines("ConvBNAct: 48", "ConvBNAct: 64"))
    assert told(found) == [("changed", "conv_bn_act.conv2d", {"out_channels": (32, 48)})]
    (change,) = found.changes
    assert (change.params, change.macs.delta) == (Number(864, 1296), 432 * 32 * 32)
    assert [row.id for row in found.consequences] == ["conv_bn_act.norm", "conv_bn_act.act", "conv_bn_act_2.conv2d"]
    assert "out_channels 32 → 48, shape 32×32² → 48×32²" in found.text()
    adds_up(found)


def test_mobilenet_v2_at_another_width_names_every_changed_layer_and_no_other() -> None:
    one, other = netdraw.load("mobilenet_v2"), netdraw.load("mobilenet_v2", width=1.4)
    found = netdraw.diff(one, other)
    there = {node.id: node for node in other.graph.nodes}
    changed = [node.id for node in one.graph.nodes if node.attrs != there[node.id].attrs]
    assert [row.id for row in found.changes] == changed and len(changed) == 52
    shapes = [node.id for node in one.graph.nodes if node.outputs != there[node.id].outputs]
    costs = [id for id, row in one.analysis.nodes.items() if row != other.analysis.nodes[id]]
    assert {row.id for row in found.consequences} == {*shapes, *costs} - set(changed)
    adds_up(found)


def test_an_inserted_block_is_one_line() -> None:
    found = differs(lines("ConvBNAct: 32", "ConvBNAct: 64"), lines("ConvBNAct: 32", "ConvBNAct: 32", "ConvBNAct: 64"))
    ((kind, id, _),) = told(found)
    assert (kind, id) == ("added", "conv_bn_act_2") and len(found.changes) == 4
    assert "+ conv_bn_act_2  ConvBNAct of 3 layers, gives 32×32²" in found.text()
    adds_up(found)


def test_a_stride() -> None:
    found = differs(lines("ConvBNAct: 32", "ReLU"), lines("ConvBNAct: {out_channels: 32, stride: 2}", "ReLU"))
    assert told(found) == [("changed", "conv_bn_act.conv2d", {"stride": ((1, 1), (2, 2))})]
    assert "stride 1×1 → 2×2, shape 32×32² → 32×16²" in found.text()


def test_a_reordered_pair() -> None:
    found = differs(
        lines("ConvBNAct: 32", "MaxPool2d: 2", "Flatten"), lines("MaxPool2d: 2", "ConvBNAct: 32", "Flatten")
    )
    assert told(found) == [("moved", "max_pool2d", {"behind": ("conv_bn_act", None)})]
    assert "→ max_pool2d" in found.text() and "moved: behind conv_bn_act → the first" in found.text()
    adds_up(found)


def test_a_reordered_pair_of_plain_layers_has_moved_and_nothing_else() -> None:
    """The activations go with their layers, and are not said to have moved."""
    layers = [f"Conv2d: {{out_channels: 3, kernel_size: {size}, padding: same}}" for size in (3, 5)]
    for between in (("ReLU",), ("BatchNorm2d", "ReLU")):
        one, other = ([part for layer in order for part in (layer, *between)] for order in (layers, layers[::-1]))
        found = differs(lines(*one), lines(*other))
        ((kind, id, edits),) = told(found)
        assert (kind, id) == ("moved", "conv2d_2") and edits == {"behind": (None, "relu")}
        assert [row for row in found.rows if row.params.delta or row.macs.delta] == [] and not found.consequences


def test_depthwise_separable_to_inverted_residual() -> None:
    """The expansion is added; the depthwise convolution has another width, the last one no activation."""
    conv = "Conv2d: {out_channels: %s, kernel_size: %d, padding: same, groups: %s}"
    depthwise, wide = conv % ("in_channels", 3, "in_channels"), "Conv2d: {out_channels: 8, kernel_size: 1}"
    one = lines(depthwise, "ReLU", wide, "ReLU")
    found = differs(one, lines(conv % (18, 1, 1), "ReLU", depthwise, "ReLU", wide))
    assert [(kind, id) for kind, id, _ in told(found)] == [
        ("added", "conv2d"),
        ("added", "relu"),
        ("changed", "conv2d_2"),
        ("removed", "relu_2"),
    ]
    assert told(found)[2][2] == {"out_channels": (3, 18), "groups": (3, 18)}
    adds_up(found)


def test_a_renamed_layer_is_said_once() -> None:
    found = differs(lines("ConvBNAct: {name: a, out_channels: 8}"), lines("ConvBNAct: {name: b, out_channels: 8}"))
    assert told(found) == [("renamed", "b", {"id": ("a", "b")})]
    assert "renamed from a" in found.text() and found.totals.params.delta == 0 and not found.same


def test_a_renamed_repeat_is_one_line() -> None:
    one = lines("{name: enc, repeat: 3, layers: [{ConvBNAct: 8}, {ConvBNAct: 8}]}")
    found = differs(one, one.replace("enc", "body"))
    assert told(found) == [("renamed", "body", {"id": ("enc", "body")})]
    assert "1 group renamed" in found.text()


def test_brackets_are_explained_where_there_are_some() -> None:
    one = lines("{name: enc, layers: [{ConvBNAct: 8}, {ConvBNAct: 8}]}")
    for format in ("text", "md", "html"):
        assert "in brackets" not in differs(one, one.replace("enc", "body")).text(format)
        assert "in brackets" in netdraw.diff("resnet50", "resnet101").text(format)


def test_what_left_a_repeat_is_no_loss_of_it() -> None:
    """Its lines add up: those of groups are the sums of the layers that both have in them."""
    group = "layers: [{ConvBNAct: 8}, {ConvBNAct: {out_channels: %d, kernel_size: 5}}]"
    one = lines("ReLU", "{repeat: 3, %s}" % (group % 8))
    found = differs(one, lines("ReLU", *("{%s}" % (group % width) for width in (8, 8, 12))))
    rows = {row.id: row for row in found.rows if row.level == "group"}
    assert rows["group"].edits == (Edit("repeat", 3, 1),) and rows["group"].params.delta == 0
    assert rows["group_3"].params.delta == rows["group_3"].params.after - rows["group_3"].params.before > 0
    assert rows["group_3"].params.delta == found.totals.params.delta
    adds_up(found)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (1000, 1743, "+74.3 %"), (1000, 9990, "+899.0 %"), (1000, 10_000, "×10.0"), (1000, 12_540, "×12.5"),
        (10, 182_680, "×18,268"), (10, 182_675, "×18,268"), (1000, 999_500, "×1,000"), (1000, 100, "÷10.0"),
        (182_680, 10, "÷18,268"), (1000, 0, "−100.0 %"), (0, 5, ""), (5, 5, ""), (10**6, 10**6 + 1, "+<0.1 %"),
    ],
)  # fmt: skip
def test_per_cent_and_factors(before: int, after: int, said: str) -> None:
    assert percent(Number(before, after)) == said


def test_another_repeat_count_is_said_as_such() -> None:
    found = netdraw.diff("resnet50", "resnet101")
    first, *others = told(found)
    assert first == ("changed", "stages.2", {"repeat": (6, 23)})
    assert [(kind, id) for kind, id, _ in others] == [("added", f"stages.2.{n}") for n in range(6, 23)]
    text = found.text()
    assert "stages.2.{6…22} ×17  Bottleneck of 10 layers, gives 1024×14²" in text and len(text.splitlines()) < 20
    adds_up(found)


@pytest.mark.parametrize("layer", ["ConvBNAct: {out_channels: 8%s}", "Conv2d: {out_channels: 8, kernel_size: 1%s}"])
def test_what_stood_once_comes_to_repeat(layer: str) -> None:
    found = differs(lines(layer % ""), lines(layer % ", repeat: 3"))
    first, *others = told(found)
    assert first[2] == {"repeat": (1, 3)} and {kind for kind, _, _ in others} == {"added"}
    assert sum(row.layers.delta for row in found.changes if row.level == "layer") == found.totals.layers.delta > 0
    adds_up(found)
    back = told(differs(lines(layer % ", repeat: 3"), lines(layer % "")))
    assert back[0][2] == {"repeat": (3, 1)} and {kind for kind, _, _ in back[1:]} == {"removed"}


def test_a_changed_activation() -> None:
    found = differs(lines("ConvBNAct: 8"), lines("ConvBNAct: {out_channels: 8, act: SiLU}"))
    assert told(found) == [("changed", "conv_bn_act.act", {"op": ("ReLU", "SiLU")})]
    found = differs(lines("ConvBNAct: 8"), lines("ConvBNAct: {out_channels: 8, act: {LeakyReLU: 0.2}}"))
    assert told(found)[0][2] == {"op": ("ReLU", "LeakyReLU"), "negative_slope": (None, 0.2)}


def test_a_residual_that_goes_and_one_that_cannot_add() -> None:
    rest = ("ConvBNAct: 8", "ConvBNAct: 4")
    block = "layers: [{ConvBNAct: 8}]"
    found = differs(lines(rest[0], f"{{{block}, residual: auto}}", rest[1]), lines(rest[0], f"{{{block}}}", rest[1]))
    assert told(found) == [
        ("changed", "group", {"residual": (Decision("add"), None)}),
        ("removed", "group.add", {}),
    ]
    assert "residual: adds its input → none" in found.text()
    found = differs(
        lines("ConvBNAct: 8", f"{{{block}, residual: auto}}"), lines("ConvBNAct: 16", f"{{{block}, residual: auto}}")
    )
    decisions = Decision("add"), Decision("none", Reason("channels", ((16,), (8,))))
    assert ("changed", "group", {"residual": decisions}) in told(found)
    edits = [edit for row in found.to_dict()["changes"] for edit in row["edits"]]
    assert {"field": "residual", "before": "adds its input", "after": "no add (16 → 8)"} in edits


def test_another_resolution_is_said_in_the_head() -> None:
    found = netdraw.diff("mobilenet_v2", netdraw.load("mobilenet_v2", resolution=192))
    assert told(found) == [("changed", "input", {})]
    assert found.text().splitlines()[:2] == [
        "mobilenet_v2 → mobilenet_v2 (resolution=192)",
        "input 3×224² → 3×192²: not the same",
    ]
    assert len(found.consequences) == 149 and "52 × Conv2d" in found.text()
    adds_up(found)


def test_inputs_and_outputs_that_come_go_and_change() -> None:
    one = HEAD + "inputs: {a: [3], b: [3]}\nlayers: [Add: {from: [a, b]}]\n"
    other = HEAD + "inputs: {a: [3], c: [3], d: [3]}\nlayers: [Add: {from: [a, c, d]}]\n"
    found = told(differs(one, other))
    assert ("renamed", "c", {"id": ("b", "c")}) in found and ("added", "d", {}) in found
    assert ("changed", "add", {"inputs": (("a", "b"), ("a", "c", "d"))}) in found
    heads = "heads: {x: [{Linear: 2}]%s}"
    found = told(differs(lines("Flatten", heads % ""), lines("Flatten", heads % ", y: [{Linear: 3}]")))
    assert ("added", "y", {"inputs": (None, "heads.y.linear")}) in found


def test_shared_weights() -> None:
    conv = "Conv2d: {name: %s, out_channels: 3, kernel_size: 1%s}"
    one, other = (lines(conv % ("x", ""), conv % ("y", more)) for more in (", shares: x", ""))
    found = differs(one, other)
    assert told(found) == [("changed", "y", {"shares": ("x", None)})] and found.totals.params.delta == 12
    assert "weights those of x → its own" in found.text()
    adds_up(found)
    renamed = differs(one, one.replace("x", "z"))
    assert [(kind, id) for kind, id, _ in told(renamed)] == [("renamed", "z")]


def test_another_source_is_a_change_and_what_lies_between_is_none() -> None:
    layers = [f"ConvBNAct: {{name: {name}, out_channels: 8}}" for name in "abc"]
    found = differs(lines(*layers, "Add: {from: [c, a]}"), lines(*layers, "Add: {from: [c, b]}"))
    assert told(found) == [("changed", "add", {"inputs": (("c.act", "a.act"), ("c.act", "b.act"))})]
    branches = "{parallel: {a: [], b: [{ConvBNAct: 8}]%s}, join: Concat}"
    found = differs(lines(branches % "", "ReLU"), lines(branches % ", c: [{ReLU: {}}]", "ReLU"))
    assert [(kind, id) for kind, id, _ in told(found)] == [("added", "parallel.c")]


def test_another_block_in_a_row_is_said_of_the_row() -> None:
    found = told(netdraw.diff("resnet34", "resnet50"))
    blocks = [id for _, id, edits in found if "block" in edits]
    assert blocks == ["stages.0", "stages.1", "stages.2", "stages.3"]


def test_an_attribute_may_have_the_name_of_an_edit() -> None:
    flat, one, other = "Flatten", "Reshape: {shape: [-1, 96]}", "Reshape: {shape: [-1, 48]}"
    found = differs(lines(flat, one), lines(flat, other))
    (change,) = found.changes
    assert [(edit.field, edit.attribute) for edit in change.edits] == [("shape", True), ("shape", False)]
    assert "reshape  shape -1×96 → -1×48, shape 32×96 → 64×48" in found.text()
    assert all(found.text(name) for name in FORMATS)
    assert "shape -1×96 → -1×48" in found.draw().to_bytes().decode()
    for before, after in ((lines(flat), lines(flat, one)), (lines(flat, one), lines(flat))):
        assert "Reshape, shape -1×96, gives 32×96" in differs(before, after).text()


def test_a_title_is_a_name() -> None:
    found = differs(lines("ConvBNAct: {out_channels: 8, label: x}"), lines("ConvBNAct: {out_channels: 8, label: y}"))
    assert told(found) == [("renamed", "conv_bn_act", {"title": ("x", "y")})]


def test_what_has_no_rule_is_not_counted() -> None:
    one, other = graph(lines("ReLU", "SiLU")), graph(lines("ReLU"))
    analysis = analyse(one)
    unknown = analysis._replace(
        nodes={key: row._replace(macs=None) for key, row in analysis.nodes.items()}, not_counted=("relu",)
    )
    found = difference(Side("a", "", one, unknown), Side("b", "", other, analyse(other)))
    (effect,) = effects(found)
    assert effect.macs is None and "not counted" in found.text() and "≥ 0" in found.text()


# The same


def test_with_itself() -> None:
    found = netdraw.diff("mobilenet_v2", "mobilenet_v2")
    assert found.same and found.changes == found.consequences == ()
    said = "no difference in 153 layers, 3,504,872 parameters, 300,774,272 MACs"
    assert said in found.text() and said[1:] in found.text("md") and said[1:] in found.text("html")
    assert json.loads(found.text("json"))["same"] is True and len(found.text("csv").splitlines()) == 1


def test_titles_and_sources_do_not_count() -> None:
    one = lines("ReLU")
    assert differs(one, one.replace("name: net", "name: other\ntitle: Another")).same


def test_labels_tell_the_two_apart(tmp_path: object) -> None:
    assert netdraw.diff("resnet18", "resnet34").before.label == "resnet18"
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(lines("ReLU"), encoding="utf-8")  # type: ignore[operator]
    found = netdraw.diff(f"{tmp_path}/a.yaml", f"{tmp_path}/b.yaml")
    assert (found.before.label, found.after.label) == (f"{tmp_path}/a.yaml", f"{tmp_path}/b.yaml")


def test_the_faults_of_both_are_told() -> None:
    with pytest.raises(NetdrawError) as caught:
        netdraw.diff(lines("Conv9d: 3"), lines("Lunear: 3"))
    assert [fault.code for fault in caught.value.faults] == ["ND103", "ND103"]


# Formats

MANY = (
    lines("ConvBNAct: 8", "{layers: [{ConvBNAct: 8}], residual: auto}", "MaxPool2d: 2", "Conv2d: {name: a_b, out_channels: 4, kernel_size: 1}", "ReLU", "ConvBNAct: {name: many, out_channels: 16, repeat: 4}"),
    lines("ConvBNAct: 12", "{layers: [{ConvBNAct: 8}], residual: auto}", "Conv2d: {name: b_c, out_channels: 4, kernel_size: 1}", "MaxPool2d: 2", "SiLU", "Dropout", "ConvBNAct: {name: many, out_channels: 24, repeat: 5}"),
)  # fmt: skip


def test_there_are_five_formats() -> None:
    assert DIFFS.names() == FORMATS
    with pytest.raises(OptionError, match=r"'format': ND606 unknown format 'jsn' of a diff; did you mean 'json'\?"):
        netdraw.diff("vgg11", "vgg11").text("jsn")


@pytest.mark.parametrize("format", FORMATS)
def test_goldens(format: str, golden: Callable[[str, str], None]) -> None:
    golden(f"diff/many.{format}.txt", differs(*MANY).text(format))


def test_all_shows_every_layer_once() -> None:
    found = differs(*MANY)
    ids = {row.id for row in found.rows if row.level == "layer"}
    shown = [line.split()[1 if line[0] != " " else 0] for line in found.text(all=True).splitlines()[9:] if line.strip()]
    assert ids <= set(shown)
    rows = list(csv.DictReader(io.StringIO(found.text("csv", all=True))))
    assert {row["after"] or row["before"] for row in rows if row["level"] == "layer"} == ids
    data = json.loads(found.text("json", all=True))
    layers = [row for key in ("changes", "consequences", "same_layers") for row in data[key] if row["level"] == "layer"]
    assert len(layers) == len([row for row in found.rows if row.level == "layer"])


def test_json_and_csv_add_up() -> None:
    found = differs(*MANY)
    data = found.to_dict()
    layers = [row for key in ("changes", "consequences") for row in data[key] if row["level"] == "layer"]
    assert sum(row["params"]["delta"] for row in layers) == data["totals"]["params"]["delta"]
    assert json.loads(found.text("json")) == json.loads(json.dumps(data))
    rows = list(csv.DictReader(io.StringIO(found.text("csv"))))
    assert sum(int(row["macs_delta"]) for row in rows if row["level"] == "layer") == found.totals.macs.delta


def test_texts_are_escaped() -> None:
    one = lines("ConvBNAct: {out_channels: 8, label: 'a|b_<c>'}")
    found = differs(one, one.replace("a|b_<c>", "x"))
    assert r"title a\|b\_\<c\> → x" in found.text("md")
    parser = HTMLParser()
    parser.feed(found.text("html"))
    assert "a|b_&lt;c&gt;" in found.text("html") and "<c>" not in found.text("html")


def test_it_shows_itself() -> None:
    found = differs(*MANY)
    assert str(found) == found.text()
    assert "<table>" in found._repr_html_() and "<html" not in found._repr_html_()


# Properties


@st.composite
def two(draw: st.DrawFn) -> tuple[str, str]:
    """Two networks, mostly with most layers in common."""
    one = draw(networks())
    if draw(st.booleans()):
        return one, draw(networks())
    body = one.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(1, len(body)))
        what = draw(st.sampled_from(["add", "drop", "swap", "width"]))
        if what == "add":
            body.insert(place, draw(networks()).splitlines()[1])
        elif what == "drop" and len(body) > 2:
            del body[min(place, len(body) - 1)]
        elif what == "swap" and len(body) > 2:
            body.append(body.pop(1))
        else:
            body = [line.replace("out_channels: 1", "out_channels: 2") for line in body]
    return one, "\n".join(body) + "\n"


def both(texts: tuple[str, str]) -> list[Side] | None:
    results = [built(text) for text in texts]
    return None if any(map(errors, results)) else sides(*(result.graph for result in results))


def turned(row: Change) -> Change:
    swap = Number(row.params.after, row.params.before), Number(row.macs.after, row.macs.before)
    edits = tuple(
        sorted((Edit(edit.field, edit.after, edit.before) for edit in row.edits), key=lambda edit: edit.field)
    )
    kind = TURNED.get(row.kind, row.kind)
    return Change(
        kind,
        row.level,
        row.after,
        row.before,
        "",
        edits,
        *swap,
        Number(row.layers.after, row.layers.before),
        row.within,
    )  # type: ignore[arg-type]


@pytest.mark.slow
@SMALL
@given(two())
def test_a_diff_is_the_other_turned_round_and_adds_up(texts: tuple[str, str]) -> None:
    nets = both(texts)
    if nets is None:
        return
    one, other = nets
    found, back = difference(one, other), difference(other, one)
    assert {turned(turned(row)) for row in found.rows} == set(map(turned, back.rows))
    adds_up(found)
    assert [row.after for row in found.rows if row.level == "layer" and row.after] == [n.id for n in other.graph.nodes]
    before = [row.before for row in found.rows if row.level == "layer" and row.before]
    assert sorted(before) == sorted(node.id for node in one.graph.nodes)
    for format in FORMATS:
        found.text(format)


@SMALL
@given(networks())
def test_a_network_does_not_differ_from_itself(text: str) -> None:
    nets = both((text, text))
    if nets is not None:
        found = difference(*nets)
        assert found.same and not found.consequences


def with_other_names(net: Graph) -> Graph:
    """The same network with another name for every layer and group; members keep their places."""

    def other(id: str) -> str:
        return ".".join(part if part.isdecimal() else f"new_{part}" for part in id.split("."))

    def node(one: Node) -> Node:
        inputs = tuple(Ref(other(ref.node), ref.port) for ref in one.inputs)
        return one._replace(
            id=other(one.id),
            inputs=inputs,
            group=other(one.group) if one.group else "",
            shares=one.shares and other(one.shares),
        )

    def group(one: Group) -> Group:
        return one._replace(id=other(one.id), parent=other(one.parent) if one.parent else "")

    inputs = tuple((other(name), kind) for name, kind in net.inputs)
    outputs = tuple((other(name), Ref(other(ref.node), ref.port)) for name, ref in net.outputs)
    return Graph(net.name, inputs, tuple(map(node, net.nodes)), tuple(map(group, net.groups)), outputs)


@SMALL
@given(networks())
def test_other_names_are_nothing_but_renames(text: str) -> None:
    result = built(text)
    if errors(result):
        return
    found = difference(*sides(result.graph, with_other_names(result.graph)))
    assert {row.kind for row in found.changes} == {"renamed"} and not found.consequences
    assert found.totals.params.delta == found.totals.macs.delta == 0


@pytest.mark.slow
def test_it_is_linear_in_the_layers() -> None:
    def calls(count: int) -> int:
        layers = ["Conv2d: {out_channels: 8, kernel_size: 1}", "ReLU"] * count
        other = [layer.replace("8", "16") for number, layer in enumerate(layers) if number % 37]
        one = sides(graph(lines(*layers)), graph(lines(*other)))
        made = 0

        def count_call(frame: object, event: str, argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(count_call)
        try:
            difference(*one).text()
        finally:
            sys.setprofile(None)
        return made

    assert calls(1200) < 2.3 * calls(600)
