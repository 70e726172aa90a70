"""The layout `stack`: what stands upright in it, and its columns. Its figures are in test_zoo_figures."""

from __future__ import annotations

import pytest
from figures import PAGES, diagram, sizes, viewed

import netdraw
from netdraw.layout.stack import stack
from netdraw.type.primitives import Ellipse, Group, Path


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


@pytest.mark.parametrize(("layout", "side"), [("strip", "left"), ("stack", "top")])
def test_the_line_comes_in_from_the_left_and_in_a_stack_from_above(layout: str, side: str) -> None:
    """Which half of a ring is filled follows, in the legend, too."""
    drawing = netdraw.load("densenet121").draw(layout=layout)
    assert drawing.placement and {placed.entry for placed in drawing.placement.cells} == {side}
    halves = [found for group in drawing.scene.items if isinstance(group, Group) and (found := half(group))]
    assert len(halves) == 11 + 1 and {width > height for width, height in halves} == {side == "top"}


def test_what_is_drawn_open_below_a_stack_runs_to_the_right() -> None:
    found = viewed("densenet121", depth="once")
    below = {cell.id for line in found.lines[1:] for cell in line.cells}
    entries = {(placed.id in below, placed.entry) for placed in stack(found, sizes(), PAGES["screen"][1]).cells}
    assert entries == {(False, "top"), (True, "left")}


def half(group: Group) -> tuple[float, float] | None:
    """The width and height of the half ring that stands in a cell or in a sample of the legend."""
    if group.role not in ("cell", "legend"):
        return None
    for item in group.items:
        if isinstance(item, Path) and any(step[0] == "Q" for step in item.steps):
            xs, ys = zip(*[step[-2:] for step in item.steps if step[0] == "Q"], strict=True)
            return max(xs) - min(xs), max(ys) - min(ys)
    return None
