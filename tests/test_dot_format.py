"""`-f dot`: a graph that Graphviz reads, with every cell, box and edge of the diagram, in the theme's colours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from engines import needs_engine
from figures import network

import netdraw
from netdraw.diagram.model import Box, Cell, Diagram, Edge, FigureTexts, Line
from netdraw.layout.graphviz import engine
from netdraw.ops.tensor import by_length
from netdraw.render import Figure, render, renderer
from netdraw.spec.sources import zoo_names
from netdraw.styles.cells import CELLS
from netdraw.type.primitives import ratio

ZOO = [*zoo_names()]


@cache
def source(name: str, **view: Any) -> str:
    return network(name).draw(**view).to_bytes("dot").decode()


def read(text: str) -> dict[str, Any]:
    found = engine.engine()
    done = subprocess.run([found.path, "-Tjson0"], input=text, capture_output=True, encoding="utf-8", check=True)
    assert "syntax" not in done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.slow
@needs_engine
@pytest.mark.parametrize("name", ZOO)
def test_graphviz_reads_every_cell_box_and_edge(name: str) -> None:
    drawing = network(name).draw()
    diagram, graph = drawing.figure.diagram, read(source(name))
    clusters = [item for item in graph["objects"] if item["name"].startswith("cluster")]
    nodes = {item["_gvid"]: item["name"] for item in graph["objects"] if item not in clusters}
    lines = diagram.lines
    assert sorted(nodes.values()) == sorted(cell.id for line in lines for cell in line.cells)
    assert sorted(item["id"] for item in clusters) == sorted(box.id for line in lines for box in line.boxes)
    drawn = sorted((nodes[edge["tail"]], nodes[edge["head"]]) for edge in graph["edges"])
    assert drawn == sorted((edge.source, edge.target) for line in lines for edge in line.edges)


@needs_engine
def test_a_cell_lies_in_its_box_branches_and_projections_too() -> None:
    for name, box, cells in (
        (
            "googlenet",
            "inception3.0.parallel",
            ["inception3.0.parallel.conv1", "inception3.0.parallel.pool.max_pool2d"],
        ),
        ("resnet50", "stages.0.0", ["stages.0.0.shortcut", "stages.0.0.add"]),
    ):
        graph = read(source(name))
        names = {item["_gvid"]: item["name"] for item in graph["objects"]}
        (cluster,) = [item for item in graph["objects"] if item.get("id") == box]
        held = [names[number] for number in cluster["nodes"]]
        assert all(any(one.startswith(cell) for one in held) for cell in cells)
        assert all(one.startswith(box) for one in held)


@pytest.mark.parametrize("theme", ["default", "classic", "dark", "print"])
def test_what_stands_in_a_node_can_be_read(theme: str) -> None:
    net = netdraw.load("se_resnet50")
    look = net.draw(theme=theme).figure.theme
    text = source("se_resnet50", theme=theme)
    for cell in net.draw(theme=theme).figure.diagram.lines[0].cells:
        colors = look.look(cell.category, cell.ids)
        assert f'fillcolor="{colors.core}"' in text and f'fontcolor="{colors.ink}"' in text
        assert ratio(colors.core, colors.ink) >= 4.5


def test_words_follow_language_and_labels() -> None:
    text = source("mobilenet_v2", lang="zh", labels="full")
    assert "卷积" in text and "3×3, 32, /2" in text and "301 M MACs" not in text


def test_what_comes_before_a_layer_is_said_before_it() -> None:
    assert 'label="BN, ReLU, then convolution 1\\n' in source("densenet121")
    assert 'label="BN, ReLU\\n1×1 conv\\n' in source("densenet121", style="boxes")
    assert 'label="convolution 7 ReLU\\n' in source("densenet121")


ODD = ('a"b', "c\\", "d:e:n", "<b>f</b>", "node", "g\\nh", "ü → ×")
"""Names that DOT would take for something else."""


def odd() -> Figure:
    type_ = by_length((3, 8, 8))
    cells = tuple(Cell(id, (id,), "conv", "3", "ReLU", (f"{id}, /2",), type_) for id in ODD)
    edges = tuple(Edge(a, b) for a, b in pairwise(ODD))
    boxes = (Box("<box>", "Block\\", ODD[0], ODD[2], 3, "add", 'no "add"', "<name>"),)
    words = FigureTexts('"T\\', "", "", "", "", 0, "<d>")
    scene = netdraw.load("lenet").draw().scene
    theme = netdraw.load("lenet").draw().figure.theme
    return Figure(scene, Diagram((Line(cells, (), edges, boxes, (), ()),), (), words), theme, CELLS)


@needs_engine
def test_no_name_is_taken_for_dot() -> None:
    graph = read(render(odd(), "dot").decode())
    nodes = [item for item in graph["objects"] if not item["name"].startswith("cluster")]
    assert len(nodes) == len(ODD) and len(graph["edges"]) == len(ODD) - 1
    said = {item["id"] for item in nodes}
    assert {'a"b', "d:e:n", "<b>f</b>", "node", "ü → ×"} <= said
    assert not any("headport" in edge for edge in graph["edges"])


def test_the_suffixes_and_the_same_bytes() -> None:
    assert renderer(".gv").name == renderer("DOT").name == "dot"
    code = "import netdraw, sys; sys.stdout.buffer.write(netdraw.load('googlenet').draw().to_bytes('dot'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.decode() == source("googlenet")
