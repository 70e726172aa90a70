"""The layout `stack`: what stands upright in it, and its columns. Its figures are in test_zoo_figures."""

from __future__ import annotations

import pytest
from figures import PAGES, diagram, sizes

import netdraw
from netdraw.layout.stack import stack
from netdraw.type.primitives import Ellipse, Group


def test_texts_and_silhouettes_stand_upright() -> None:
    """A lying ellipse, 1×7, is wider than high in both; a tick lies across an upright line."""
    found = diagram("inception_v3")
    placed = stack(found, sizes(), PAGES["screen"][1])
    xs = {disc.id: disc.x for disc in placed.cells}
    line = [cell.id for cell in found.lines[0].cells if cell.where == "line"]
    assert len({round(xs[id], 3) for id in line}) == 1, "the line is one upright"
    assert all(tick.width > tick.height for tick in placed.ticks)
    ys = {disc.id: disc.y for disc in placed.cells}
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
