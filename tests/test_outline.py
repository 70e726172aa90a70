"""The long outline: one line for every stage, box and cell of a figure, to be read aloud."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from figures import viewed

import netdraw
from netdraw.diagram.outline import INDENT, outline
from netdraw.spec.sources import zoo_names

SVG = "{http://www.w3.org/2000/svg}"


def test_mobilenet_v2() -> None:
    lines = outline(viewed("mobilenet_v2"))
    assert lines[:7] == [
        "input; 3; gives 3×224²",
        "stage: 10.8 M MACs",
        "  convolution, ReLU6; kernel 3; 32 /2; gives 32×112²",
        "stage: 10.0 M MACs",
        "  InvertedResidual; 32 → 16, so no add",
        "    depthwise, ReLU6; kernel 3; 32; gives 32×112²",
        "    linear convolution; kernel 1; 16; gives 16×112²",
    ]
    assert "  InvertedResidual ×3; adds its input" in lines and "    add; gives 24×56²" in lines


def test_branches_stand_in_their_box_and_stage() -> None:
    lines = outline(viewed("googlenet"))
    start = lines.index("  3a")
    assert lines[start - 1] == "inception3: 432 M MACs"
    box = lines[start + 1 : lines.index("  3b")]
    assert len(box) == 8 and all(line.startswith("    in a branch; ") for line in box[:-1])
    assert box[-1] == "    concat; 256; gives 256×28²"


def test_what_comes_before_a_layer_is_said_before_it() -> None:
    lines = outline(viewed("nasnet_mobile"))
    assert "    ReLU, then convolution, BN; kernel 1; 22; gives 22×56²" in lines
    lines = outline(viewed("densenet121", lang="zh"), "zh")
    assert "    先 BN, ReLU，再卷积；核 3；32；输出 32×56²" in lines


def test_it_speaks_the_language_of_the_figure() -> None:
    lines = outline(viewed("se_resnet50", lang="zh"), "zh")
    assert "conv2_x：668 M 次乘加" in lines and "  Bottleneck；与投影后的输入相加" in lines
    assert "    门控；平均池化；全局；输出 256" in lines
    left = {word for line in lines for word in re.findall("[A-Za-z]{2,}", line)}
    assert left <= {"conv", "Bottleneck", "ReLU", "Sigmoid", "softmax"}


@pytest.mark.slow
@pytest.mark.parametrize("name", zoo_names())
def test_every_cell_and_box_has_a_line(name: str) -> None:
    for view in ({}, {"unfold": True}, {"depth": "once"}, {"depth": "stage"}, {"cost": "none"}):
        made = viewed(name, **view)
        lines = outline(made)
        cells = [cell for line in made.lines for cell in line.cells if cell.where != "port"]
        parts = sum(len(line.boxes) + len(line.brackets) + bool(line.name) for line in made.lines)
        assert len(lines) == len(cells) + parts
        depths = [(len(line) - len(line.lstrip())) // len(INDENT) for line in lines]
        assert min(depths) >= 0 and all(b <= a + 1 for a, b in pairwise(depths))
        assert depths[0] == 0 and depths[-1] <= 2


def test_the_svg_holds_it() -> None:
    drawing = netdraw.draw("lenet", shape_order="hwc")
    root = ET.fromstring(drawing.to_bytes("svg"))
    (metadata,) = root.iter(SVG + "metadata")
    told = json.loads(metadata.text or "")["outline"]
    assert told == dict(drawing.scene.meta)["outline"] and told[0] == "input; 1; gives 32²×1"
