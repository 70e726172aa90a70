"""Summaries: what each format says, escaped for it; and what a machine can rely on."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from figures import network

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.core.errors import OptionError
from netdraw.graph.model import Graph
from netdraw.ops import OPS
from netdraw.spec.model import Header
from netdraw.spec.sources import zoo_names
from netdraw.tables.summary import SUMMARIES, report, summary
from netdraw.tables.summary.data import csv_text, structure_hash
from netdraw.tables.summary.markup import escape_html, escape_latex, escape_markdown

ZOO = sorted(zoo_names())
FORMATS = ["csv", "html", "json", "latex", "md", "outline", "text"]
NASTY = """\
netdraw: 1
name: nasty
title: 'A|B <b> & 50% $x_1$ \\cmd {#} "q" `c` ~ ^ [l]'
source: "x & y <z>"
input: [3, 8, 8]
layers:
  - Conv2d: {name: first_one, out_channels: 4, kernel_size: 3}
  - layers: [ReLU, {Conv2d: {out_channels: 4, kernel_size: 3, padding: 1}}]
    label: 'a|b_<c>'
    residual: auto
"""


def loaded(source: str, format: str, **options: Any) -> str:
    return network(source).summary(format, **options)


def test_there_are_seven_formats() -> None:
    assert SUMMARIES.names() == FORMATS
    with pytest.raises(OptionError, match=r"'format': ND606 unknown format 'jsn' of a summary; did you mean 'json'\?"):
        netdraw.load("vgg11").summary("jsn")
    with pytest.raises(OptionError, match="'cost': ND623"):
        netdraw.load("vgg11").summary(cost="mac")  # type: ignore[arg-type]
    for table in ("full", "paper"):
        with pytest.raises(
            OptionError, match="'cost': ND673 'cost' is no option of format='json'; it is one of csv, html"
        ):
            netdraw.load("vgg11").summary("json", cost="params", table=table)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", FORMATS)
def test_goldens(format: str, golden: Callable[[str, str], None]) -> None:
    text = """\
netdraw: 1
name: tiny
title: Tiny
input: [3, 16, 16]
layers:
  - ConvBNAct: {out_channels: 8, stride: 2}
  - stages: InvertedResidual
    columns: {c: out_channels, n: repeat, s: stride}
    first_only: [stride]
    rows: [[8, 1, 1], [12, 2, 2]]
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 10
  - Softmax
"""
    golden(f"summary/tiny.{format}.txt", netdraw.load(text).summary(format))


# JSON


@pytest.mark.slow
@pytest.mark.parametrize("source", ZOO)
def test_json_adds_up(source: str) -> None:
    net, data = network(source), json.loads(loaded(source, "json"))
    assert {"name", "input", "params", "macs", "not_counted", "hash", "layers"} <= set(data)
    layers = data["layers"]
    assert sum(layer["params"] for layer in layers) == data["params"] == net.analysis.total.params
    assert sum(layer["macs"] or 0 for layer in layers) == data["macs"] == net.analysis.total.macs
    assert [layer["id"] for layer in layers] == [node.id for node in net.graph.nodes]
    ids = {layer["id"] for layer in layers} | set(data["inputs"])
    assert {ref.split(":")[0] for layer in layers for ref in layer["inputs"]} <= ids
    assert all(layer["output"] == layer["outputs"][0] for layer in layers)
    groups = {group["id"]: group for group in data["groups"]}
    assert {layer["group"] for layer in layers} <= {*groups, ""}
    top = sum(layer["macs"] or 0 for layer in layers if not layer["group"])
    assert top + sum(group["macs"] for group in groups.values() if not group["parent"]) == data["macs"]


def test_json_says_all_that_the_contract_names() -> None:
    data = json.loads(loaded("resnet18", "json"))
    assert data["input"] == [3, 224, 224] and data["name"] == "resnet18" and data["not_counted"] == []
    keys = {"id", "op", "attrs", "inputs", "output", "outputs", "params", "macs", "shares", "group"}
    assert all({*keys, "receptive_field", "stride", "activations"} <= set(layer) for layer in data["layers"])
    stem = data["layers"][0]
    assert stem["attrs"]["kernel_size"] == [7, 7] and stem["receptive_field"] == [7, 7] and stem["stride"] == [2, 2]
    assert stem["activations"] == 64 * 112 * 112
    last = data["layers"][-1]
    assert last["receptive_field"] is None and last["stride"] is None
    done = {group["id"]: (group["residual"], group["reason"]) for group in data["groups"]}
    assert done["stages.0.0"] == ("add", None) and done["stages.1.0"] == ("project", None) and done["stages"][0] is None


def test_json_of_upsampling_and_ports() -> None:
    text = """\
netdraw: 1
name: ports
input: [4, 8, 8]
layers:
  - ConvTranspose2d: {out_channels: 6, kernel_size: 2, stride: 2}
  - Split: {name: parts, sections: 3}
  - Add: {from: ["parts:0", "parts:2"]}
  - Concat: {from: [-1, "parts:1"]}
"""
    layers = json.loads(netdraw.load(text).summary("json"))["layers"]
    assert layers[0]["stride"] == [0.5, 0.5]
    assert layers[1]["outputs"] == [[2, 16, 16]] * 3
    assert layers[2]["inputs"] == ["parts", "parts:2"]


# The hash


def test_the_hash_is_of_the_structure() -> None:
    base = netdraw.load("resnet18").graph
    known = structure_hash(base)
    assert re.fullmatch("[0-9a-f]{64}", known)
    renamed = netdraw.load("resnet18").graph._replace(name="other")
    assert structure_hash(renamed) == known
    assert structure_hash(netdraw.load("resnet", block="BasicBlock", depths=[2, 2, 2, 2]).graph) == known


@pytest.mark.parametrize(
    "change", ["Conv2d: {out_channels: 6, kernel_size: 3}", "ReLU6", "Conv2d: {out_channels: 4, kernel_size: 1}"]
)
def test_the_hash_follows_ops_attributes_and_types(change: str) -> None:
    head = "netdraw: 1\nname: n\ninput: [3, 8, 8]\nlayers:\n  - Conv2d: {out_channels: 4, kernel_size: 3}\n"
    base = structure_hash(netdraw.load(f"{head}  - ReLU\n").graph)
    assert structure_hash(netdraw.load(f"{head}  - {change}\n").graph) != base


def test_the_hash_follows_wiring_and_sharing() -> None:
    head = "netdraw: 1\nname: n\ninput: [4]\nlayers:\n  - Linear: {name: a, out_features: 4}\n"
    tails = (
        "{name: b, out_features: 4}",
        "{name: b, out_features: 4, from: a}",
        "{name: b, out_features: 4, shares: a}",
    )
    texts = [f"{head}  - Linear: {tail}\n  - Add: {{from: [a, b]}}\n" for tail in tails]
    first, same, shared = (structure_hash(netdraw.load(text).graph) for text in texts)
    assert first == same != shared
    other = texts[0].replace("from: [a, b]", "from: [b, a]")
    assert structure_hash(netdraw.load(other).graph) != first
    assert structure_hash(netdraw.load(texts[0].replace("name: b", "name: c").replace(", b]", ", c]")).graph) == first


# CSV


@pytest.mark.parametrize("source", ["mobilenet_v2", "resnet50", "vgg16"])
def test_csv_adds_up(source: str) -> None:
    rows = list(csv.DictReader(io.StringIO(loaded(source, "csv"))))
    total = network(source).analysis.total
    assert sum(int(row["params"]) for row in rows) == total.params
    assert sum(int(row["macs"]) for row in rows) == total.macs
    assert list(rows[0]) == ["id", "op", "output", "params", "macs", "activations", "receptive_field", "stride"]
    flops = list(csv.DictReader(io.StringIO(loaded(source, "csv", cost="flops"))))
    assert [2 * int(row["macs"]) for row in flops] == [int(row["flops"]) for row in flops]


# Text and outline


def test_text_is_aligned_and_says_the_convention() -> None:
    lines = loaded("mobilenet_v2", "text").splitlines()
    assert lines[0] == "MobileNetV2 (mobilenet_v2), input 3×224×224"
    assert lines[-1].startswith("One MAC is one multiply-add")
    head = next(line for line in lines if line.startswith("layer "))
    start, end = head.index("output"), head.index("MACs") + len("MACs")
    first = next(line for line in lines if line.startswith("conv_bn_act.conv2d"))
    assert first[start:].startswith("32×112×112") and first[:end].endswith("10,838,016")
    total = next(line for line in lines if line.startswith("total"))
    assert total.split() == ["total", "3,504,872", "300,774,272"]
    block = next(line for line in lines if line.startswith("stages.1.0 "))
    assert "[InvertedResidual]" in block and block.endswith("stride 2, so no add")


def test_text_shows_every_group_and_block() -> None:
    text = "netdraw: 1\nname: n\ninput: [3, 8, 8]\nlayers:\n  - {layers: [ReLU, ReLU6], name: part}\n  - ConvBNAct: 4\n"
    shown = [line.split()[:2] for line in netdraw.load(text).summary().splitlines()]
    assert ["part", "[part]"] in shown and ["conv_bn_act", "[ConvBNAct]"] in shown


def test_flops_are_labelled() -> None:
    for format in ("text", "md", "html"):
        shown = html.unescape(loaded("vgg11", format, cost="flops"))
        assert "FLOPs (2 × MACs)" in shown and f"{2 * 7_609_090_048:,}" in shown and "is two FLOPs" in shown
    for cost in ("params", "none"):
        assert "MAC" not in loaded("vgg11", "text", cost=cost) and "132,863,336" in loaded("vgg11", "text", cost=cost)


def test_the_outline_tells_shapes_and_residuals() -> None:
    lines = loaded("mobilenet_v2", "outline").splitlines()
    assert lines[0] == "MobileNetV2: input 3×224×224; 3,504,872 parameters, 300,774,272 MACs."
    assert "    - 0 (InvertedResidual): gives 24×56×56; stride 2, so no add; 5.14 k parameters; 29.2 M MACs" in lines
    assert "    - 1 (InvertedResidual): gives 24×56×56; adds its input; 8.83 k parameters; 25.7 M MACs" in lines
    assert (
        "      - add: Add gives 24×56×56; from stages.1.1.conv_bn_act_3.norm and stages.1.0.conv_bn_act_3.norm" in lines
    )


# What is not counted


@pytest.fixture
def uncounted() -> Graph:
    """A network whose ReLU has no rule."""
    net = netdraw.load("netdraw: 1\nname: n\ninput: [4]\nlayers: [Linear: 4, ReLU]\n").graph
    OPS.add("Mystery", OPS["ReLU"]._replace(name="Mystery", macs=None))
    return net._replace(nodes=(net.nodes[0], net.nodes[1]._replace(op="Mystery")))


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_not_counted_is_named(format: str, uncounted: Graph) -> None:
    try:
        made = summary(format).write(report(uncounted, analyse(uncounted), Header(), "macs"))
    finally:
        del OPS._items["Mystery"]
    if format == "json":
        assert json.loads(made)["not_counted"] == ["relu"] and json.loads(made)["layers"][1]["macs"] is None
    elif format == "csv":
        assert [row["macs"] for row in csv.DictReader(io.StringIO(made))] == ["16", ""]
    else:
        assert ("$\\geq$ 16" if format == "latex" else "≥ 16") in made
        assert "not counted" in made and "Not counted: Mystery." in " ".join(made.split())


# Markup


class Table(HTMLParser):
    """The cells of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def test_html_is_escaped_and_whole() -> None:
    page = netdraw.load(NASTY).summary("html")
    table = Table(page)
    assert table.open == [] and table.rows[1][:3] == ["first_one", "Conv2d", "4×6×6"]
    assert "<b>" not in page and "A|B &lt;b&gt; &amp; 50%" in page
    assert 'lang="en"' in page and '<meta charset="utf-8">' in page


def test_markdown_is_escaped() -> None:
    lines = netdraw.load(NASTY).summary("md").splitlines()
    assert lines[0] == r"""## A\|B \<b\> \& 50% \$x\_1\$ \\cmd {\#} "q" \`c\` \~ ^ \[l\]"""
    cells = {len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")}
    assert cells == {6}
    assert any(line.startswith(r"| first\_one | Conv2d | 4×6×6 |") for line in lines)


def test_latex_is_escaped() -> None:
    text = netdraw.load(NASTY).summary("latex")
    assert r"A\textbar{}B \textless{}b\textgreater{} \& 50\% \$x\_1\$ \textbackslash{}cmd \{\#\}" in text
    assert r"\texttt{first\_one} & Conv2d & 4$\times$6$\times$6 &" in text
    body = re.sub(r"\\[&%$#_{}]|\\[a-z]+|\$\\[a-z]+\$", "", "".join(text.splitlines(keepends=True)[1:]))
    assert body.count("{") == body.count("}") and not set("#%_^~") & set(body)
    assert all(
        line.count("&") - line.count(r"\&") == 4 for line in text.splitlines() if line.endswith(r"\\") and " & " in line
    )
    assert text.isascii()


@pytest.mark.parametrize("source", ZOO)
def test_latex_needs_no_package_for_its_signs(source: str) -> None:
    text = loaded(source, "latex")
    assert {char for char in text if not char.isascii()} <= set("éèüöäçñáíóúø")


def test_every_value_is_escaped_once() -> None:
    assert escape_html("<&>\"'") == "&lt;&amp;&gt;&quot;&#39;"
    assert escape_markdown("a_b|c") == r"a\_b\|c"
    assert escape_latex("\\{") == r"\textbackslash{}\{"


def test_no_cell_of_a_csv_is_a_formula() -> None:
    texts = ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "＝1", "-1", "+2.5e3", "a=1", "", "'=1"]
    (row,) = csv.reader(io.StringIO(csv_text([[*texts, -1, None, 2.5]]), newline=""))
    assert row[:7] == [*(f"'{text}" for text in texts[:5]), "'\na", "'＝1"]
    assert row[7:] == [*texts[7:], "-1", "", "2.5"]


def test_every_table_of_csv_is_guarded() -> None:
    convolution = "{Conv2d: {out_channels: 4, kernel_size: 3}}"
    net = netdraw.load(
        f"netdraw: 1\nname: n\ninput: [3, 8, 8]\nlayers:\n- {{layers: [{convolution}], name: a, label: '=b'}}\n"
        f"- {{layers: [{convolution}], name: c, label: '@d'}}\n"
    )
    for table in (netdraw.tabulate(net, format="csv", table="columns"), net.cost("csv", by="stage")):
        heads = [row[0][:3] for row in csv.reader(io.StringIO(table))]
        assert {"'=b", "'@d"} <= set(heads)
