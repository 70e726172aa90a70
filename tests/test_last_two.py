"""Blocks that read the two before them fold, and what follows reads the last two without a lie."""

from __future__ import annotations

import re

import pytest
from layout_checks import collisions
from measures import metrics

import netdraw
from netdraw.diagram.build import build
from netdraw.diagram.model import Diagram, Edge
from netdraw.diagram.texts import About
from netdraw.diagram.view import Depth, View
from netdraw.layout.base import Page, Placement
from netdraw.layout.strip.strip import strip
from netdraw.themes.base import load

CELLS = """netdraw: 1
name: cells
input: [3, 32, 32]
blocks:
  Cell:
    params: {out: required, stride: 1}
    inputs: [cur, prev]
    layers:
      - ConvBNAct: {from: prev, out_channels: out, kernel_size: 1, stride: stride, name: p}
      - ConvBNAct: {from: cur, out_channels: out, kernel_size: 3, stride: stride, name: c}
      - ConvBNAct: {out_channels: out, kernel_size: 3, name: c2}
      - Add: {from: [c2, p]}
layers:
  - ConvBNAct: 32
  - ConvBNAct: 32
  - Cell: {out: 32, from: [-1, -2], repeat: 4}
"""
REDUCED = CELLS + "  - Cell: {out: 64, stride: 2, from: [-1, -2]}\n  - ConvBNAct: 64\n"
TWICE = CELLS + "  - Cell: {out: 32, from: [-1, -2], repeat: 3}\n"
JOINED = CELLS + "  - Add: {from: [-1, -2]}\n"
TICKED = CELLS + "  - Dropout: {from: -2, name: d}\n  - Add: {from: [-1, -2]}\n"
PUT_OUT = CELLS.replace("repeat: 4", "repeat: 4, name: x") + "outputs: {early: x.2}\n"
BOTH = CELLS.replace("repeat: 4", "repeat: 4, name: x") + "  - Cell: {out: 32, from: [-1, -2], repeat: 2}\n"
BOTH += "  - Add: {from: [-1, x.2]}\n"
INSIDE = CELLS.replace("repeat: 4", "repeat: 4, name: x") + "  - Add: {from: [-1, x.2]}\n  - Add: {from: [-1, x.1]}\n"


def draw(text: str, depth: Depth = "layer", unfold: bool = False) -> Diagram:
    net = netdraw.load(text)
    return build(net.graph, net.analysis, View(depth=depth, unfold=unfold), About("cells"))


def members(diagram: Diagram) -> list[Edge]:
    return [edge for edge in diagram.lines[0].edges if edge.member]


def repeats(text: str) -> list[int]:
    return [box.repeat for box in draw(text).lines[0].boxes if box.repeat > 1]


def test_what_follows_reads_the_last_but_one() -> None:
    diagram = draw(REDUCED)
    assert repeats(REDUCED) == [4]
    assert members(diagram) == [Edge("cell.3.add", "cell_2.p.conv2d", "skip", 3)]
    plain = {(edge.source, edge.target) for edge in diagram.lines[0].edges if not edge.member}
    assert ("cell.3.add", "cell_2.c.conv2d") in plain and ("cell.3.add", "cell_2.p.conv2d") not in plain


def test_the_reader_may_be_a_run_itself() -> None:
    """The first of the second run reads the last two of the first, and so does what is drawn of it."""
    assert repeats(TWICE) == [4, 3]
    (edge,) = members(draw(TWICE))
    assert (edge.source, edge.target, edge.member) == ("cell.3.add", "cell_2.2.p.conv2d", 3)


def test_one_cell_may_read_both() -> None:
    edges = [edge for edge in draw(JOINED).lines[0].edges if edge.target == "add"]
    assert [(edge.source, edge.kind, edge.member) for edge in edges] == [
        ("cell.3.add", "flow", 0), ("cell.3.add", "skip", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [TICKED, PUT_OUT])
def test_what_has_no_cell_to_say_it_keeps_a_run_from_folding(text: str) -> None:
    assert repeats(text) == [] and members(draw(text)) == []


def test_an_earlier_member_that_is_read_ends_the_run() -> None:
    """The third and second are read later: the first three fold, of which the second is said, and the fourth stands
    alone, for it reads the last two.
    """
    assert repeats(INSIDE) == [3]
    assert {(edge.target, edge.member) for edge in members(draw(INSIDE))} == {("x.3.p.conv2d", 2), ("add_2", 2)}


def test_unfolded_there_is_nothing_to_say() -> None:
    assert members(draw(REDUCED, unfold=True)) == []


def test_no_cell_from_outside_stands_in_the_box() -> None:
    """The stem's second convolution and the cell's own two would be one branch beside the 1×1; they are not."""
    (line,) = draw(CELLS).lines
    (box,) = line.boxes
    order = [cell.id for cell in line.cells if cell.where == "line"]
    held = order[order.index(box.first) : order.index(box.last) + 1]
    assert len(held) == 4 and all(id.startswith("cell.3.") for id in held)
    assert line.forks == ()


def placed(text: str, depth: Depth, d: float, width: float | None) -> tuple[Diagram, Placement]:
    diagram = draw(text, depth)
    return diagram, strip(diagram, metrics(load(), d), Page(width))


@pytest.mark.parametrize("depth", ["layer", "block", "stage"])
@pytest.mark.parametrize("text", [CELLS, REDUCED, TWICE, JOINED, INSIDE, BOTH])
def test_nothing_touches_and_every_start_is_said(text: str, depth: Depth) -> None:
    for d, width in ((15.0, 2 * 72.0), (15.0, 3.5 * 72), (15.0, 174 / 25.4 * 72), (44.0, 700.0), (44.0, None)):
        diagram, placement = placed(text, depth, d, width)
        assert collisions(placement, diagram, metrics(load(), d)) == []
        said = sorted(words.text for words in placement.texts if words.role == "letter" and "×" in words.text)
        assert said == sorted(f"×{edge.member}" for edge in members(diagram))


def test_a_way_to_a_box_that_begins_a_row_comes_from_the_row_before() -> None:
    _, placement = placed(REDUCED, "layer", 15.0, 144.0)
    ways = [wire for wire in placement.edges if wire.target == "cell.3.c.conv2d"]
    assert [len(wire.pieces) for wire in ways] == [2] and not ways[0].dot


def test_the_svg_says_which_member() -> None:
    svg = netdraw.load(REDUCED).draw().to_bytes("svg").decode()
    (path,) = re.findall(r'<path class="edge"[^>]*data-member="3"[^>]*>', svg)
    assert 'data-to="cell_2.p.conv2d"' in path
