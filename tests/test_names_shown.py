"""Where a name or a label is shown that an author gave: everything that docs/language.md says of it, over one network."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import netdraw

EVERY = """
netdraw: 1
name: every
inputs: {image: [3, 64, 64], mask: [3, 64, 64]}
blocks:
  Unit:
    params: {out: required}
    layers:
      - ConvBNAct: {out_channels: out, name: inner}
      - ConvBNAct: out
layers:
  - Concat: {name: both, from: [image, mask]}
  - Conv2d: {name: stem, out_channels: 8, kernel_size: 3, padding: 1}
  - Conv2d: {label: Patches, out_channels: 8, kernel_size: 2, stride: 2}
  - ConvBNAct: {label: One call, out_channels: 8}
  - Unit: {name: body, out: 16}
  - Unit: {name: body2, label: Second body, out: 24}
  - MaxPool2d: 2
  - name: group
    layers: [{Unit: {out: 32}}]
  - name: group2
    label: Second group
    layers: [{ConvBNAct: 32}, {ConvBNAct: 48}]
  - MaxPool2d: 2
  - stages: Unit
    columns: {n: name, c: out}
    rows: [[row, 32], [row2, 64]]
  - parallel: {a: [{ConvBNAct: 64}], b: [{ConvBNAct: {out_channels: 64, kernel_size: 1}}]}
    name: fork
    join: Concat
  - Conv2d: {name: mask_head, out_channels: 1, kernel_size: 1}
  - name: repeated
    repeat: 3
    residual: auto
    from: fork
    layers: [{ConvBNAct: 128}, {ConvBNAct: 128}]
outputs: {masks: mask_head}
"""


@cache
def net() -> netdraw.Network:
    return netdraw.load(EVERY)


@cache
def texts(**view: Any) -> dict[str, list[str]]:
    """The texts of the figure by their class."""
    return shown(net().draw(**view).to_bytes("svg").decode())


def shown(svg: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, text in re.findall(r'<text class="(\w+)"[^>]*>([^<]*)</text>', svg):
        found.setdefault(role, []).append(text)
    return found


def test_boxes_brackets_cells_and_ends_of_a_figure() -> None:
    found = texts()
    assert found["name"] == ["fork", "repeated"]
    # What was named in a stage that nobody wrote, then those that are written; `repeated` is one, and has a box, too.
    assert [text for text in found["cost"] if "%" not in text] == [
        "both–Second body",
        "group",
        "Second group",
        "row",
        "row2",
        "repeated",
    ]
    labels = found["label"]
    assert labels.count("Patches") == labels.count("One call") == 1
    assert {"image", "mask", "masks"} <= set(labels), "several inputs, and an output beside the end"
    assert not {"stem", "both", "inner", "mask_head", "body"} & {text for texts in found.values() for text in texts}


SIDES = """
netdraw: 1
name: sides
input: [3, 64, 64]
blocks:
  Detect: {layers: [{heads: {box: [{ConvBNAct: 64}, {Conv2d: {out_channels: 4, kernel_size: 1}}]}}]}
layers:
  - ConvBNAct: {out_channels: 16, stride: 2, name: p1}
  - Conv2d: {out_channels: 16, kernel_size: 1, name: lateral}
  - ConvBNAct: {out_channels: 32, stride: 2, from: p1}
  - ConvBNAct: {out_channels: 32, name: p2}
  - ConvTranspose2d: {out_channels: 16, kernel_size: 2, stride: 2}
  - Add: {from: [-1, lateral]}
  - Detect: {name: large}
  - Detect: {from: p1, name: small}
outputs: {deep: p2}
"""
TOWERS = """
netdraw: 1
name: towers
inputs: {left: [3, 32, 32], right: [3, 32, 32]}
blocks:
  Tower: {layers: [{ConvBNAct: {out_channels: 8, stride: 2}}, {ConvBNAct: {out_channels: 8, stride: 2}}]}
layers:
  - Tower: {name: query, from: left}
  - Tower: {name: key, from: right, shares: query}
  - Concat: {from: [query, key]}
  - Conv2d: {out_channels: 4, kernel_size: 1}
"""


def test_a_bracket_is_called_after_what_stands_on_the_line() -> None:
    """Not after what is beside it, nor after a block whose name stands at its output; but alone this names its stage."""
    network = netdraw.load(SIDES)
    assert [stage.title for stage in network.analysis.stages] == ["p1", "p2", "large"]
    found = shown(network.draw().to_bytes("svg").decode())
    assert {"small.box", "large.box", "deep"} <= set(found["label"])
    assert not any("small" in text or "lateral" in text for text in found["cost"])
    named = netdraw.load(SIDES.replace("- Add: {", "- Add: {name: n1, "))
    assert named.analysis.stages[-1].title == "n1"


def test_towers_that_share_a_bracket_are_both_in_its_title() -> None:
    network = netdraw.load(TOWERS)
    (text,) = shown(network.draw().to_bytes("svg").decode())["cost"][:1]
    assert text.startswith("query, key ·"), text
    third = TOWERS.replace("right: [3, 32, 32]}", "right: [3, 32, 32], last: [3, 32, 32]}").replace(
        "key]", "key, third]"
    )
    third = third.replace("  - Concat", "  - Tower: {name: third, from: last, shares: query}\n  - Concat")
    (text,) = shown(netdraw.load(third).draw().to_bytes("svg").decode())["cost"][:1]
    assert text.startswith("query, key, third ·"), text
    assert "key" not in {stage.title for stage in network.analysis.stages}, "half of it is the end of the other tower"


def test_closed_towers_are_not_named_again() -> None:
    """Nor is a stage of one cell that has its name; nor is a stride said of what has no map."""
    towers = (
        TOWERS.replace("right: [3, 32, 32]", "right: [12]").split("blocks:")[0]
        + """
layers:
  - {name: image_tower, from: left, layers: [{ConvBNAct: 8}, {AdaptiveAvgPool2d: 1}, Flatten, {Linear: 4}]}
  - {name: word_tower, from: right, layers: [{Linear: 8}, ReLU, {Linear: 4}]}
  - Mul: {from: [image_tower, word_tower]}
  - Linear: 1
"""
    )
    found = shown(netdraw.load(towers).draw(depth="stage").to_bytes("svg").decode())
    assert {"image_tower", "word_tower"} <= set(found["kernel"])
    assert not any("tower" in text for text in found["cost"])
    assert not any("/" in text for role in ("label", "shape") for text in found[role])
    onet = shown(netdraw.load("onet").draw().to_bytes("svg").decode())
    assert "fully connected" in onet["label"] and not any("fully" in text for text in onet["cost"])
    open_ = shown(netdraw.load(towers).draw().to_bytes("svg").decode())["cost"]
    assert any(text.startswith("image_tower, word_tower") for text in open_)


def test_a_name_without_room_leaves_the_others() -> None:
    """A name that is longer than its bracket and its cost is left out; one that is longer than its bracket alone stands
    under its cost.
    """
    text = "netdraw: 1\nname: a\ninput: [3, 32, 32]\nlayers:\n"
    wide = (
        "  - {name: encoder, layers: [{ConvBNAct: 16}, {ConvBNAct: 16}, {ConvBNAct: {out_channels: 32, stride: 2}}]}\n"
    )
    head = "  - Conv2d: {out_channels: 2, kernel_size: 1, name: NAME}\n"
    for name, there in (("a_map_of_the_segments", False), ("some_map", True)):
        found = shown(netdraw.load(text + wide + head.replace("NAME", name)).draw().to_bytes("svg").decode())["cost"]
        assert any("encoder" in one for one in found) and (name in found) == there, found


def test_labels_of_ones_own_have_names() -> None:
    labels = texts(labels="{name}")["label"]
    assert {"stem", "both", "Patches", "mask_head", "One call"} <= set(labels)


def test_closed_blocks_and_stages() -> None:
    found = texts(depth="block")
    assert found["kernel"].count("Unit") == 5 and {"fork", "repeated"} <= set(found["kernel"])
    assert {"body", "Second body", "group", "row", "row2"} <= set(found["label"])
    assert "group" not in found["cost"] and "row" not in found["cost"], "which the closed block says"
    found = texts(depth="stage")
    assert {"group", "Second group", "row", "row2", "repeated"} <= set(found["kernel"])


def test_summaries() -> None:
    text = net().summary()
    for said in (
        "[Unit]",
        "[Unit, Second body]",
        "Conv2d, Patches",
        "[Unit, row]",
        "[ConvBNAct, One call]",
        "[Second group]",
    ):
        assert said in text
    for id in ("stem ", "body.inner ", "group.unit ", "fork.a ", "repeated.1 "):
        assert f"\n{id}" in text
    assert "- conv2d (Patches): Conv2d with" in net().summary("outline")
    for format in ("md", "html", "latex"):
        assert "Conv2d, Patches" in net().summary(format)
    data = json.loads(net().summary("json"))
    titles = {row["id"]: row["title"] for row in (*data["layers"], *data["groups"])}
    assert (titles["stem"], titles["conv2d"], titles["max_pool2d"]) == ("stem", "Patches", None)
    assert (titles["body2"], titles["group"], titles["stages.1"]) == ("Second body", "group", "row2")


def test_other_tables() -> None:
    operators = json.loads(net().summary("json", table="operators"))["rows"]
    assert [(row["operator"], row["title"]) for row in operators if row["title"]] == [
        ("conv2d 2×2", "Patches"), ("Unit", "row"), ("Unit", "row2"),
    ]  # fmt: skip
    assert "Unit, row2" in net().summary(table="operators")
    assert {"both–Second body", "row", "row2"} <= set(
        re.split(r"\s{2,}", net().summary(table="columns").replace("\n", "  "))
    )
    parts = [one.name for one in net().costs(by="stage").pieces]
    assert parts[1:] == ["group, 16²", "Second group, 8²", "row, 8²", "row2, 8²", "repeated, 8²"]
    blocks = [one.name for one in net().costs(by="block").pieces]
    assert {"body Unit", "body2 Unit Second body", "stages.0 Unit row", "repeated.1 repeated"} <= set(blocks)
    assert "title       Second body" in net().explain("body2") and "Patches" in net().explain("conv2d")


def test_comparisons_and_differences() -> None:
    other = EVERY.replace("Patches", "Pieces").replace("name: stem", "name: root").replace("out: 16", "out: 18")
    found = shown(netdraw.compare(EVERY, other, kind="whole", depth="block").to_bytes("svg").decode())
    assert {"Second body", "row2", "Pieces"} <= set(found["label"]) and {"fork", "repeated"} <= set(found["kernel"])
    told = netdraw.diff(EVERY, other).text()
    assert "title Patches → Pieces" in told and "renamed from stem" in told


def test_patterns_find_them() -> None:
    for glob in ("Patches", "Second*", "row2", "mask_head"):
        assert b'class="highlight"' in net().draw(highlight=[glob]).to_bytes("svg")


def test_the_manual_says_where() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "language.md").read_text(encoding="utf-8")
    section = manual.split("\n## Where names are shown\n")[1].split("\n## ")[0]
    places = re.findall(r"^\| (?!where|---)(.*?) \|", section, re.MULTILINE)
    assert places == [
        "a box", "a block drawn closed", "a stage drawn closed", "a bracket", "a single cell",
        "an input, where there are several; an output, likewise", "`summary`", "tables as papers print them", "`cost`",
        "comparisons", "`diff`", "`explain`",
    ], "what the tests above hold, in that order"  # fmt: skip
