"""The layout `stack` over the zoo: nothing collides and nothing is lost, in one column and in several."""

from __future__ import annotations

import pytest
from layout_checks import collisions
from test_zoo_figures import ZOO, diagram, network

import netdraw
from netdraw.diagram.build import build
from netdraw.diagram.view import Depth, View
from netdraw.diagram.words import About
from netdraw.layout.base import Page, TooNarrow
from netdraw.layout.stack import stack
from netdraw.styles.all import metrics
from netdraw.themes.base import load
from netdraw.type.primitives import Ellipse, Group

PAGES = {
    "screen": (44.0, Page(1440.0, None, 20.0)),
    "page": (15.0, Page(174 / 25.4 * 72, 240 / 25.4 * 72, 15.0)),
    "low": (44.0, Page(None, 1000.0, 20.0)),
}
WIDE = ("googlenet", "googlenet_torchvision", "inception_v3", "nasnet", "nasnet_mobile", "nasnet_large", "ssd300")
REFUSED = {(name, "page", False) for name in WIDE}
"""What does not fit: network, page, whether unfolded."""


@pytest.mark.parametrize(("page", "unfold"), [*((page, False) for page in PAGES), ("low", True)])
@pytest.mark.parametrize("name", ZOO)
def test_nothing_collides_and_nothing_is_missing(name: str, page: str, unfold: bool) -> None:
    d, asked = PAGES[page]
    measure, found = metrics(load("default"), d), diagram(name, unfold)
    try:
        placed = stack(found, measure, asked)
    except TooNarrow:
        assert (name, page, unfold) in REFUSED
        return
    assert (name, page, unfold) not in REFUSED
    assert collisions(placed, found, measure) == []


CLOSED = ("mobilenet_v2", "googlenet", "inception_v3", "densenet121", "se_resnet50", "ssd300", "unet")


@pytest.mark.parametrize("depth", ["once", "block", "stage"])
@pytest.mark.parametrize("name", CLOSED)
def test_closed_blocks_collide_with_nothing(name: str, depth: Depth) -> None:
    net, (d, page) = network(name), PAGES["low"]
    found = build(net.graph, net.analysis, View(depth=depth), About(net.header.title or ""))
    measure = metrics(load("default"), d)
    assert collisions(stack(found, measure, page), found, measure) == []


@pytest.mark.parametrize("theme", ["classic", "dark", "print"])
def test_other_themes(theme: str) -> None:
    every = load(theme).bars == "every"
    found, measure = diagram("googlenet", False, every), metrics(load(theme), 44.0)
    assert collisions(stack(found, measure, PAGES["low"][1]), found, measure) == []


def test_texts_and_silhouettes_stand_upright() -> None:
    """A lying ellipse, 1×7, is wider than high in both; a tick lies across an upright line."""
    found, measure = diagram("inception_v3"), metrics(load("default"), 44.0)
    placed = stack(found, measure, PAGES["screen"][1])
    xs = {disc.id: disc.x for disc in placed.discs}
    line = [cell.id for cell in found.lines[0].cells if cell.where == "line"]
    assert len({round(xs[id], 3) for id in line}) == 1, "the line is one upright"
    assert all(tick.width > tick.height for tick in placed.ticks)
    ys = {disc.id: disc.y for disc in placed.discs}
    assert [ys[id] for id in line] == sorted(ys[id] for id in line)
    scene = netdraw.load("inception_v3").draw(layout="stack").scene
    rows = [
        item
        for group in scene.items
        if isinstance(group, Group) and ("category", "conv.row") in group.data
        for item in group.items
    ]
    ovals = [item for item in rows if isinstance(item, Ellipse)]
    assert ovals and all(item.rx > item.ry for item in ovals)


def test_columns_fill_the_height_and_are_no_higher() -> None:
    for height in (500, 700, 1000):
        drawing = netdraw.load("mobilenet_v2").draw(layout="stack", width="none", height=height, depth="layer")
        assert drawing.scene.height <= height
    with pytest.raises(netdraw.NetdrawError, match="ND627 the figure does not fit a height of 200"):
        netdraw.load("mobilenet_v2").draw(layout="stack", width="none", height=200, depth="layer")
