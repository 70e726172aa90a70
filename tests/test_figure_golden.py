"""The pictures of the zoo as text, so that every change of a coordinate, colour or word is seen; look before you renew.

The fonts are left out of the SVG: what a slice holds is another test's matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import netdraw
from netdraw.render.svg import svg

FIGURES: dict[str, tuple[str, dict[str, Any]]] = {
    "mobilenet_v2": ("mobilenet_v2", {}),
    "mobilenet_v2-column": ("mobilenet_v2", {"width": "column"}),
    "mobilenet_v1": ("mobilenet_v1", {}),
    "resnet50-dark": ("resnet50", {"theme": "dark"}),
    "resnet18-unfolded": ("resnet18", {"cost": "params", "unfold": True}),
    "vgg16-page": ("vgg16", {"width": "page", "cost": "flops"}),
    "resnet50-only": ("resnet50", {"only": "conv[34]_x", "highlight": "stages.2.1"}),
    "googlenet-only": ("googlenet", {"only": "4*", "width": "page"}),
    "mobilenet_v2-highlight": (
        "mobilenet_v2",
        {"highlight": ["stages.1", "softmax", "*.2.1.conv_bn_act_2"], "theme": "print"},
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_svg(name: str, golden: Callable[[str, str], None]) -> None:
    source, view = FIGURES[name]
    golden(f"svg/{name}.svg", svg(netdraw.load(source).draw(**view).scene, fonts="none"))


@pytest.mark.parametrize("source", ["mobilenet_v2", "resnet50"])
def test_scene(source: str, golden: Callable[[str, str], None]) -> None:
    row = netdraw.load(source).draw().scene.to_dict()
    items = row.pop("items")
    lines = [json.dumps(item, ensure_ascii=False) for item in (row, *items)]
    golden(f"scene/{source}.jsonl", "\n".join(lines) + "\n")


@pytest.mark.parametrize("source", ["mobilenet_v2", "resnet50"])
def test_diagram(source: str, golden: Callable[[str, str], None]) -> None:
    from netdraw.diagram.build import build
    from netdraw.diagram.texts import About
    from netdraw.diagram.view import View

    net = netdraw.load(source)
    line = build(net.graph, net.analysis, View(), About(net.header.title or "")).to_dict()["lines"][0]
    rows = [
        json.dumps({kind: item}, ensure_ascii=False)
        for kind, items in line.items()
        if isinstance(items, list)
        for item in items
    ]
    golden(f"diagram/{source}.jsonl", "\n".join(rows) + "\n")
