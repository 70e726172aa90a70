"""What a view changes: labels, bars, order, language, poolings drawn in, and what is switched off."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import branched
import handgraphs as hand
import pytest
from layout_checks import collisions
from measures import metrics

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.core.errors import OptionError
from netdraw.diagram.build import build
from netdraw.diagram.model import Cell, Diagram
from netdraw.diagram.said import template
from netdraw.diagram.said.labels import full_label, relative, shape_text
from netdraw.diagram.texts import About
from netdraw.diagram.view import BARS, View
from netdraw.graph.model import Graph
from netdraw.layout.base import Page
from netdraw.layout.strip.strip import strip
from netdraw.ops.base import Face
from netdraw.ops.tensor import UNKNOWN, by_length
from netdraw.render import render
from netdraw.scene.compose import compose
from netdraw.themes.base import load

MOBILENET, RESNET, VGG = hand.mobilenet_v2_graph(), hand.resnet50_graph(), hand.vgg16_graph()


def draw(graph: Graph, **view: object) -> Diagram:
    return build(graph, analyse(graph), View(**view), About("A net", "Someone, 2014.", 2014))  # type: ignore[arg-type]


def cell(diagram: Diagram, key: str) -> Cell:
    return next(cell for cell in diagram.lines[0].cells if cell.id == key)


@pytest.mark.parametrize("graph", [MOBILENET, RESNET, VGG], ids=["mobilenet", "resnet", "vgg"])
@pytest.mark.parametrize(
    "view",
    [
        {"labels": "full"},
        {"labels": "relative"},
        {"labels": r"{op} {kernel}\n{in}→{out}, {stride}"},
        {"lang": "zh"},
        {"fuse_pool": True, "lang": "zh", "labels": "full"},
        {"every_bar": True, "shape_order": "hwc"},
        {"legend": False, "title": False, "caption": False},
        *({"bars": value} for value in BARS),
    ],
)
@pytest.mark.parametrize("width", [1440.0, 900.0])
def test_nothing_touches_in_any_view(graph: Graph, view: dict[str, object], width: float) -> None:
    diagram, sizes = draw(graph, **view), metrics(load(), 44.0)
    found = collisions(strip(diagram, sizes, Page(width)), diagram, sizes)
    # The corner says both.
    assert [fault for fault in found if not (view.get("labels") == "relative" and fault.startswith("no ×"))] == []


@pytest.mark.parametrize(
    ("face", "label"),
    [
        (Face("conv", "3", "3×3", "64", "3", "/2"), "3×3, 64, /2"),
        (Face("conv", "1", "1×1", "64", "32"), "1×1, 64"),
        (Face("conv.group", "3", "3×3", "128", "128", groups="32", dilation="2"), "3×3, 128, G=32, d=2"),
        (Face("pool.max", "2", "2×2", stride="/2"), "2×2, /2"),
        (Face("pool.avg", label="global"), "global"),
        (Face("linear", out="1000", into="1280"), "1000"),
    ],
)
def test_full_labels_say_all_that_is_no_default(face: Face, label: str) -> None:
    assert full_label(face) == (label,)
    assert full_label(Face("add", "+")) == ()


@pytest.mark.parametrize(
    ("width", "base", "said"),
    [
        ("96", 16, "6k"),
        ("16", 16, "k"),
        ("24", 16, "24"),
        ("64", 256, "k/4"),
        ("96", 24, "4k"),
        ("", 16, ""),
        ("8", 0, "8"),
    ],
)
def test_relative_widths(width: str, base: int, said: str) -> None:
    assert relative(width, base) == said


def test_relative_labels_have_their_k_in_the_corner() -> None:
    diagram = draw(MOBILENET, labels="relative")
    boxes = {box.id: box for box in diagram.lines[0].boxes}
    assert [(box.note, box.repeat) for box in list(boxes.values())[:4]] == [
        ("k = 32", 1), ("k = 16", 1), ("k = 24", 1), ("k = 24", 1),
    ]  # fmt: skip
    labels = [one.label[0] for one in diagram.lines[0].cells if one.id.startswith("stages.1.0.")]
    assert labels == ["6k", "6k", "24"]
    placed = strip(diagram, metrics(load(), 44.0), Page(1440.0))
    corners = [words.text for words in placed.texts if words.role == "repeat"]
    assert "k = 16" in corners
    assert "k = 32, ×2" in corners


def test_templates() -> None:
    diagram = draw(MOBILENET, labels="{kernel}, {out}, {stride}\n{macs} · {params}")
    first = diagram.lines[0].cells[1]
    assert first.label == ("3×3, 32, /2", "10.8 M · 928")
    assert cell(diagram, "softmax").label == ("1000",)
    assert cell(diagram, "input").label == ("3",)
    assert draw(RESNET, labels="{name}: {op}").lines[0].cells[2].label == ("max_pool2d: MaxPool2d",)
    assert draw(MOBILENET, labels="{shape}", shape_order="hwc").lines[0].cells[1].label == ("112²×32",)


@pytest.mark.parametrize(
    ("text", "values", "lines"),
    [
        ("{kernel}, {out}", {"kernel": "3×3"}, ("3×3",)),
        ("{kernel}, {out}", {"out": "64"}, ("64",)),
        ("{kernel} {out} {stride}", {"kernel": "3×3", "stride": "/2"}, ("3×3 /2",)),
        ("in {in} · out {out}", {"out": "64"}, ("out 64",)),
        ("{in}→{out}", {"out": "64"}, ()),
        (r"{out}\ns {stride}", {"out": "64"}, ("64",)),
        ("{out}\ns {stride}", {"out": "64", "stride": "/2"}, ("64", "s /2")),
        ("× {out}", {"out": "64"}, ("× 64",)),
    ],
)
def test_a_part_without_its_field_is_left_out(text: str, values: dict[str, str], lines: tuple[str, ...]) -> None:
    assert template.fill(template.read(text), dict.fromkeys(template.FIELDS, "") | values) == lines


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{kernal}", r"unknown field '\{kernal\}'; did you mean 'kernel'\?"),
        ("{out", "a brace without its other"),
        ("{out}}", "a brace without its other"),
        ("ful", "no field in 'ful'; did you mean 'full'"),
        ("", "an empty template"),
        (r"{out}\n{in}\n{op}", "3 lines; a label has at most 2"),
    ],
)
def test_a_template_with_a_fault_is_refused(text: str, message: str) -> None:
    with pytest.raises(OptionError, match=message) as caught:
        draw(MOBILENET, labels=text)
    assert {fault.where for fault in caught.value.faults} == {"'labels'"}


def test_shapes_with_their_channels_last() -> None:
    assert shape_text(by_length((64, 112, 112)), "hwc") == "112²×64"
    assert shape_text(by_length((3, 160, 224)), "hwc") == "160×224×3"
    assert [shape_text(by_length(shape), "hwc") for shape in ((1000,), (64, 512), (2048, 1, 1))] == [
        "1000",
        "64×512",
        "2048",
    ]
    diagram = draw(MOBILENET, shape_order="hwc")
    assert diagram.words.subtitle == "224²×3"
    assert diagram.lines[0].bars[0].text == ("224²×3",)
    assert [bar.value for bar in diagram.lines[0].bars] == [bar.value for bar in draw(MOBILENET).lines[0].bars]
    assert "from 224²×3 to 1000" in diagram.words.description
    make = hand.Maker("two", (8, 4, 4))
    fine = make.op("Conv2d", out_channels=6, kernel_size=1)
    make.op("MaxPool2d", kernel_size=2)
    labels = [cell.label for cell in draw(make.graph(fine=fine, coarse=make.at), shape_order="hwc").lines[0].cells]
    assert labels[-2:] == [("fine", "4²×6"), ("coarse", "2²×6")]


@pytest.mark.parametrize("labels", ["compact", "full"])
def test_the_cells_of_a_gate_keep_their_width(labels: str) -> None:
    gates = [one for one in draw(hand.fork_graph(), labels=labels).lines[0].cells if one.where == "gate"]
    assert [one.label for one in gates if one.category == "conv"] == [("24",)]


def test_every_output_has_a_bar_if_asked() -> None:
    line = draw(RESNET, every_bar=True).lines[0]
    cells = [one for one in line.cells if one.where == "line"]
    assert [bar.cell for bar in line.bars] == [one.id for one in cells]
    assert all(bar.needed for bar in line.bars)
    assert line.bars[-1].text == ("1000",)
    assert draw(RESNET, every_bar=True, bars="none").lines[0].bars == ()


@pytest.mark.parametrize("graph", [MOBILENET, RESNET, VGG, hand.dense_graph(), hand.fork_graph()])
@pytest.mark.parametrize("value", ["params", "macs"])
def test_bars_of_costs_add_up_to_the_total(graph: Graph, value: str) -> None:
    bars = draw(graph, bars=value).lines[0].bars
    assert sum(bar.value for bar in bars) == getattr(analyse(graph).total, value)


def test_bars_of_memory_and_receptive_fields() -> None:
    memory = {bar.cell: bar for bar in draw(RESNET, bars="memory").lines[0].bars}
    assert (memory["input"].value, memory["input"].text) == (4 * 3 * 224 * 224, ("602 kB",))
    fields = [bar.value for bar in draw(RESNET, bars="receptive").lines[0].bars]
    assert fields[:2] == [7, 11]
    assert max(fields) == 427


def test_where_a_receptive_field_is_all_of_the_input_the_caption_says_so() -> None:
    whole = "A cell without one sees the whole input."
    assert whole in draw(RESNET, bars="receptive").words.caption
    assert whole not in draw(RESNET).words.caption
    make = hand.Maker("local", (3, 8, 8))
    make.conv(4)
    assert whole not in draw(make.graph(), bars="receptive").words.caption


def test_a_bar_of_what_is_not_counted_says_so() -> None:
    def unknown(op: str) -> Graph:
        nodes = [node._replace(outputs=(UNKNOWN,)) if node.op == op else node for node in VGG.nodes]
        return VGG._replace(nodes=tuple(nodes))

    bars = {bar.cell: bar for bar in draw(unknown("Softmax"), bars="macs").lines[0].bars}
    assert (bars["softmax"].value, bars["softmax"].text) == (0, ("?",))
    assert bars["linear_3"].text == ("4.10 M",)
    words = draw(unknown("Softmax"), bars="macs", cost="none").words
    assert "Not counted: Softmax." in words.caption and "One MAC is" in words.caption
    last = draw(unknown("Softmax"), bars="params").lines[0].bars[-1]
    assert (last.cell, last.text) == ("softmax", ("?",))


@pytest.mark.parametrize("bars", ["memory", "macs"])
def test_values_beside_each_other_keep_apart(bars: str) -> None:
    """They have spaces in them, so that what stands between two must be wider."""
    sizes = metrics(load(), 44.0)
    placed = strip(draw(RESNET, bars=bars), sizes, Page(None))
    texts = [words for words in placed.texts if words.role == "shape" and " " in words.text]
    ends = [(words.x, sizes.width(words.text, sizes.caption, 400) * 22) for words in texts]
    gaps = [b - half - (a + other) for (a, other), (b, half) in pairwise(ends)]
    assert gaps and min(gaps) > 0.3 * 44


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("params", "2 M parameters"),
        ("macs", "200 M MACs"),
        ("memory", "1 MB of memory"),
        ("receptive", "receptive field of 100 px"),
    ],
)
def test_the_key_of_the_bars_is_drawn_to_scale(value: str, key: str) -> None:
    diagram = draw(RESNET, bars=value)
    most = max(bar.value for bar in diagram.lines[0].bars)
    entry = diagram.legend[-1]
    assert (entry.category, entry.text) == ("bar", key)
    known = {"params": 2 * 10**6, "macs": 2 * 10**8, "memory": 10**6, "receptive": 100}[value]
    assert entry.share == pytest.approx(known / most)
    theme = load()
    placed = strip(diagram, metrics(theme, 44.0), Page(1440.0))
    bars = {rect.id: rect.height for rect in placed.bars}
    tallest = max(bars.values())
    root = ET.fromstring(render(compose(diagram, placed, metrics(theme, 44.0)), "svg", fonts="none"))
    legend = [one for one in root.iter() if one.get("class") == "legend" and one.tag.endswith("g")]
    assert float(legend[-1][0].get("height") or 0) == pytest.approx(tallest * entry.share, abs=0.02)
    assert value in ("memory", "receptive") or "all of ×n" in diagram.words.caption


def test_a_pooling_is_drawn_into_its_convolution() -> None:
    diagram, apart = draw(VGG, fuse_pool=True), draw(VGG)
    joined = [one for one in diagram.lines[0].cells if one.category == "conv.pool"]
    assert len(joined) == 5
    assert joined[0].label == ("64", "pool /2")
    assert joined[0].shape.shape == (64, 112, 112)
    assert joined[0].activation == "ReLU"
    assert not [one for one in diagram.lines[0].cells if one.category == "pool.max"]
    ids = [[key for one in figure.lines[0].cells for key in one.ids] for figure in (diagram, apart)]
    assert sorted(ids[0]) == sorted(ids[1])
    assert "convolution with pooling, ReLU" in [entry.text for entry in diagram.legend]
    stem = draw(RESNET, fuse_pool=True, labels="full").lines[0].cells[1]
    assert (stem.category, stem.label) == ("conv.pool", ("7×7, 64, /2", "pool 3×3, /2"))
    assert sum(one.macs or 0 for one in diagram.lines[0].cells) == analyse(VGG).total.macs


def test_switched_off() -> None:
    diagram = draw(MOBILENET, legend=False, title=False, caption=False)
    assert (diagram.legend, diagram.words.caption) == ((), "")
    placed = strip(diagram, metrics(load(), 44.0), Page(1440.0))
    roles = {words.role for words in placed.texts}
    assert not roles & {"title", "legend", "caption"}
    assert {"subtitle", "totals"} <= roles
    svg = render(compose(diagram, placed, metrics(load(), 44.0)), "svg", fonts="none").decode()
    assert re.search("<title[^>]*>A net</title>", svg)  # the picture keeps its name


def test_what_was_chosen_stands_in_the_metadata() -> None:
    diagram, sizes = draw(MOBILENET, lang="zh", bars="macs", highlight=("*",)), metrics(load(), 44.0)
    scene = compose(diagram, strip(diagram, sizes, Page(1440.0)), sizes)
    assert dict(scene.meta)["view"] == {"bars": "macs", "lang": "zh", "highlight": ["*"]}


def test_a_named_output_keeps_its_name_under_every_view() -> None:
    for view in ({"fuse_pool": True}, {"labels": "full"}, {"lang": "zh"}):
        assert "face" in netdraw.load("onet").draw(**view).to_bytes("svg").decode()  # type: ignore[arg-type]


def test_a_softmax_that_stands_for_several_outputs_keeps_their_name_under_every_view() -> None:

    text = branched.RETINANET.replace("padding: 1}]\n          box", "padding: 1}, Softmax: {dim: c}]\n          box")
    for view in ({}, {"labels": "full"}, {"lang": "zh"}):
        line = netdraw.load(text).draw(width="none", **view).diagram.lines[0]  # type: ignore[arg-type, union-attr]
        assert [cell.label for cell in line.cells if cell.category == "softmax"] == [("class", "×5")]


def test_the_stride_of_a_closed_block_is_that_of_its_map() -> None:
    """Not one against a vector that it reads before."""
    text = """
netdraw: 1
name: conditioned
inputs: {image: [3, 32, 32], code: [12]}
blocks:
  Modulated:
    inputs: [code, map]
    layers:
      - Linear: {out_features: 16, from: code}
      - Reshape: {shape: [16, 1, 1]}
      - Mul: {from: [map, -1]}
      - ConvBNAct: {out_channels: 16, stride: 2}
layers:
  - ConvBNAct: {out_channels: 16, from: image, name: first}
  - Modulated: {from: [code, first]}
  - Modulated: {from: [code, -1]}
"""
    line = netdraw.load(text).draw(depth="block").diagram.lines[0]  # type: ignore[union-attr]
    assert [cell.label for cell in line.cells if cell.category == "block"] == [("16", "3×3 /2")] * 2
