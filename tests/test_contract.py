"""The SVG's contract: what a script can read from a figure alone."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from figures import network

import netdraw

NS = "{http://www.w3.org/2000/svg}"
ZOO = [
    "mobilenet_v1", "mobilenet_v2", "vgg11", "vgg13", "vgg16", "vgg19",
    "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnet50_paper",
    "lenet", "alexnet", "googlenet", "inception_v3", "densenet121", "squeezenet1_0", "se_resnet50", "ssd300", "unet",
]  # fmt: skip


def picture(source: str, **view: object) -> ET.Element:
    return ET.fromstring(network(source).draw(**view).to_bytes("svg"))


def groups(root: ET.Element, kind: str) -> list[ET.Element]:
    return [item for item in root.iter(NS + "g") if item.get("class") == kind]


def texts(root: ET.Element, kind: str) -> list[str]:
    return [item.text or "" for item in root.iter(NS + "text") if item.get("class") == kind]


def cost(root: ET.Element, key: str) -> int:
    return sum(int(cell.get(key, 0)) for cell in groups(root, "cell"))


def test_mobilenet_v2_unfolded_from_the_svg_alone() -> None:
    root = picture("mobilenet_v2", unfold=True)
    ids = [id for kind in ("cell", "tick") for item in groups(root, kind) for id in item.get("data-ids", "").split()]
    summary = json.loads(netdraw.load("mobilenet_v2").summary("json"))
    assert sorted(ids) == sorted(["input", *(layer["id"] for layer in summary["layers"])])
    boxes = groups(root, "box")
    assert [box.get("data-residual") for box in boxes].count("add") == 10
    reasons = [box.get("data-reason") for box in boxes if box.get("data-residual") == "none"]
    assert sorted(reasons) == ["160 → 320", "32 → 16", "64 → 96", "stride 2", "stride 2", "stride 2", "stride 2"]
    assert texts(root, "reason") == [box.get("data-reason") for box in boxes if box.get("data-residual") == "none"]
    assert (cost(root, "data-params"), cost(root, "data-macs")) == (3_504_872, 300_774_272)


@pytest.mark.parametrize("source", ZOO)
def test_costs_add_up_folded_and_unfolded(source: str) -> None:
    total = network(source).analysis.total
    for unfold in (False, True):
        root = picture(source, unfold=unfold)
        assert (cost(root, "data-params"), cost(root, "data-macs")) == (total.params, total.macs)
        assert sum(int(item.get("data-cost", 0)) for item in groups(root, "bracket")) == total.macs


@pytest.mark.parametrize("unit", ["macs", "flops", "params"])
def test_brackets_add_up_in_every_unit(unit: str) -> None:
    total = netdraw.load("resnet50").analysis.total
    root = picture("resnet50", cost=unit)
    whole = {"macs": total.macs, "flops": 2 * total.macs, "params": total.params}[unit]
    assert sum(int(item.get("data-cost", 0)) for item in groups(root, "bracket")) == whole


def test_no_cost_is_shown_where_none_is_asked() -> None:
    root = picture("resnet50", cost="none")
    assert texts(root, "totals") == [] and not any("%" in text for text in texts(root, "cost"))


@pytest.mark.parametrize("source", ZOO)
def test_unfolded_every_node_is_drawn_once(source: str) -> None:
    root = picture(source, unfold=True)
    ids = [id for kind in ("cell", "tick") for item in groups(root, kind) for id in item.get("data-ids", "").split()]
    assert sorted(ids) == sorted(["input", *(node.id for node in network(source).graph.nodes)])


@pytest.mark.parametrize("source", ["mobilenet_v2", "resnet50", "vgg16", "googlenet", "unet"])
def test_edges_run_from_a_cells_last_id_to_the_next_cells_first(source: str) -> None:
    root = picture(source, unfold=True)
    cells = groups(root, "cell")
    first = {cell.get("data-ids", "").split()[0] for cell in cells}
    last = {cell.get("data-ids", "").split()[-1] for cell in cells}
    edges = [item for item in root.iter(NS + "path") if item.get("class") in ("edge", "residual")]
    assert {edge.get("data-from") for edge in edges} <= last and {edge.get("data-to") for edge in edges} <= first
    pairs = [(edge.get("data-from"), edge.get("data-to")) for edge in edges]
    assert len(set(pairs)) == len(pairs)
    net = network(source).graph
    owner = {id: cell.get("data-ids", "") for cell in cells for id in cell.get("data-ids", "").split()}
    ticks = {id for item in groups(root, "tick") for id in item.get("data-ids", "").split()}
    reads = {node.id: [ref.node for ref in node.inputs] for node in net.nodes}

    def behind(id: str) -> str:
        return behind(reads[id][0]) if id in ticks else id

    expected = {
        (owner[behind(source_id)].split()[-1], owner[node.id].split()[0])
        for node in net.nodes
        if node.id not in ticks
        for source_id in (ref.node for ref in node.inputs)
        if owner[behind(source_id)] != owner[node.id]
    }
    assert set(pairs) == expected


def test_what_only_gives_a_size_is_no_wire_and_a_tick_stands_on_its_lane() -> None:
    root = picture("unet", width=1440)
    ticks = {item.get("data-ids"): item[0].get("d", "") for item in groups(root, "tick")}
    assert sorted(map(str, ticks)) == sorted(["down4", "dropout", "up4.copy", "up3.copy", "up2.copy", "up1.copy"])
    assert not any("tick" in text for text in texts(root, "legend"))
    pairs = [(item.get("data-from"), item.get("data-to")) for item in root.iter(NS + "path") if item.get("data-to")]
    assert [target for source, target in pairs if source == "up1.up"] == ["up1.concat"]
    tops = {ids: float(path.partition("V")[0].split()[1]) for ids, path in ticks.items()}
    assert tops["up3.copy"] < tops["up4.copy"] < tops["dropout"] == tops["down4"]


def test_resnet50_unfolded_has_12_adds_and_4_projections() -> None:
    done = [box.get("data-residual") for box in groups(picture("resnet50", unfold=True), "box")]
    assert (done.count("add"), done.count("project")) == (12, 4)


def test_the_metadata_is_one_json() -> None:
    root = picture("mobilenet_v2")
    meta = json.loads(next(root.iter(NS + "metadata")).text or "")
    assert meta["totals"]["macs"] == 300_774_272 and meta["view"] == {}
    assert "multiply-add" in meta["convention"]


def test_texts_have_their_classes_and_no_tspans() -> None:
    root = picture("mobilenet_v2")
    allowed = {"title", "totals", "label", "kernel", "shape", "cost", "reason", "name", "repeat", "legend", "caption"}
    assert {item.get("class") for item in root.iter(NS + "text")} <= allowed
    assert next(root.iter(NS + "tspan"), None) is None
    assert texts(root, "title") == ["MobileNetV2"]
    assert texts(root, "totals") == ["3.50 M parameters · 301 M MACs"]
    assert texts(root, "repeat") == ["×2", "×3", "×2", "×2"]


def test_accessible_names() -> None:
    root = picture("mobilenet_v2")
    assert root.get("role") == "img" and root.get("lang") == "en"
    labels = (root.get("aria-labelledby") or "").split()
    assert [root.find(f".//*[@id='{label}']") is not None for label in labels] == [True, True]


@pytest.mark.parametrize(("width", "unit"), [("174mm", "mm"), ("3.5in", "in"), (1440, ""), ("none", "")])
def test_the_size_carries_the_unit_asked(width: object, unit: str) -> None:
    root = picture("mobilenet_v2", width=width)
    shown = root.get("width") or ""
    assert shown.endswith(unit) and root.get("viewBox")
    number = float(shown.removesuffix(unit))
    if unit == "mm":
        assert number <= 174
    if unit == "in":
        assert number <= 3.5


def test_what_stands_before_a_layer_in_its_cell_is_told() -> None:
    found = [item.get("data-before") for item in groups(picture("densenet121"), "cell")]
    assert found.count("BatchNorm2d ReLU") == 11 and set(found) == {None, "BatchNorm2d ReLU"}
    assert {item.get("data-before") for item in groups(picture("resnet50"), "cell")} == {None}
