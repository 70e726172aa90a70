"""Weights that several layers use: who may name them, and that figures, tables and explanations tell of them."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from layout_checks import Frame, disc_frame, ink
from measures import metrics

import netdraw
from netdraw.analysis.sharing import find_sharing
from netdraw.core.errors import NetdrawError
from netdraw.themes.base import load
from netdraw.type.primitives import Ellipse, Group, Text
from netdraw.type.typeface import OURS

TWINS = """
netdraw: 1
name: siamese
inputs: {left: [1, 105, 105], right: [1, 105, 105]}
blocks:
  Twin:
    layers:
      - ConvBNAct: {out_channels: 64, kernel_size: 10, padding: 0, norm: none}
      - MaxPool2d: 2
      - ConvBNAct: {out_channels: 128, kernel_size: 7, padding: 0, norm: none}
      - MaxPool2d: 2
      - ConvBNAct: {out_channels: 128, kernel_size: 4, padding: 0, norm: none}
      - MaxPool2d: 2
      - ConvBNAct: {out_channels: 256, kernel_size: 4, padding: 0, norm: none}
      - Flatten
      - Linear: 4096
      - Sigmoid
layers:
  - Twin: {name: twin, from: left}
  - Twin: {name: other, from: right, shares: twin}
  - Concat: {from: [twin, other]}
  - Linear: 1
  - Sigmoid
"""
"""Koch et al. 2015, with a concat where they have |a - b|; which has 8,192 weights for their 4,096."""

TRIPLET = """
netdraw: 1
name: triplet
inputs: {anchor: [3, 64, 64], positive: [3, 64, 64], negative: [3, 64, 64]}
blocks:
  Tower:
    layers:
      - ConvBNAct: {out_channels: 16, stride: 2}
      - BasicBlock: {out_channels: 16, repeat: 2}
      - BasicBlock: {out_channels: 32, stride: 2}
      - AdaptiveAvgPool2d: 1
      - Flatten
layers:
  - Tower: {name: a, from: anchor}
  - Tower: {name: p, from: positive, shares: a}
  - Tower: {name: n, from: negative, shares: a}
  - Concat: {from: [a, p, n]}
"""

SETS = """
netdraw: 1
name: sets
input: [8, 16, 16]
layers:
  - ConvBNAct: {name: one, out_channels: 8}
  - Conv2d: {name: two, out_channels: 8, kernel_size: 3, padding: 1}
  - ConvBNAct: {out_channels: 8, shares: one}
  - Conv2d: {name: again, out_channels: 8, kernel_size: 3, padding: 1, shares: two}
  - Conv2d: {out_channels: 8, kernel_size: 1}
"""

HEAD = "netdraw: 1\nname: net\ninput: [8, 16, 16]\nlayers:\n"
CONV = "Conv2d: {{out_channels: 8, kernel_size: 1, {}}}"


@cache
def net(text: str) -> netdraw.Network:
    return netdraw.load(text)


def svg(text: str, **view: Any) -> str:
    return net(text).draw(**view).to_bytes("svg").decode()


def faults(layers: str) -> list[str]:
    with pytest.raises(NetdrawError) as raised:
        netdraw.load(HEAD + layers)
    return [fault.message for fault in raised.value.faults]


# Figures


def test_cells_with_shared_weights_have_a_sign_and_the_legend_says_so() -> None:
    assert net(TWINS).analysis.total.params == 38_955_841
    drawn = net(TWINS).draw()
    (line,) = drawn.diagram.lines
    assert {cell.id: cell.sign for cell in line.cells if cell.sign} == {
        cell.id: "=" for cell in line.cells if cell.category in ("conv", "linear") and cell.id != "linear"
    }
    assert [cell.shares for cell in line.cells if cell.id in ("twin.linear", "other.linear")] == [(), ("twin.linear",)]
    assert [entry.text for entry in drawn.diagram.legend if entry.sign] == ["shared weights"]
    picture = drawn.to_bytes("svg").decode()
    assert picture.count('data-shares="twin.') == 5 and picture.count("shared weights</text>") == 1
    assert picture.count("; shared weights") == 10, "in the outline, for those who cannot see the figure"
    assert "共享权重</text>" in svg(TWINS, lang="zh") and "shared weights" not in svg(SETS.replace("shares", "label"))
    assert "shared weights" in net(TWINS).draw().to_bytes("dot").decode()


def test_several_sets_of_weights_have_numbers() -> None:
    cells = net(SETS).draw().diagram.lines[0].cells
    assert [cell.sign for cell in cells] == ["", "1", "2", "1", "2", "", ""]
    (key,) = [entry for entry in net(SETS).draw().diagram.legend if entry.sign]
    assert (key.sign, key.text) == ("1", "shared weights, by number")


def test_a_closed_block_has_the_sign_and_says_its_kernel() -> None:
    cells = {cell.id: cell for cell in net(TWINS).draw(depth="block").diagram.lines[0].cells}
    assert (cells["twin"].sign, cells["other"].sign, cells["linear"].sign) == ("=", "=", "")
    assert cells["twin"].label == ("4096", "twin") and cells["other"].label == ("4096", "other")
    folded = TRIPLET.replace("repeat: 2", "repeat: 3")
    labels = [cell.label for cell in net(folded).draw(depth="block").diagram.lines[0].cells if cell.times == "×3"]
    assert labels == [("16", "3×3")] * 3, "though those of the others have no weights of their own"


@pytest.mark.parametrize("layout", ["strip", "stack", "dot"])
@pytest.mark.parametrize("style", ["cells", "boxes"])
@pytest.mark.parametrize("depth", ["layer", "block"])
def test_no_sign_touches_a_text_or_another_cell(style: str, layout: str, depth: str) -> None:
    for text in (TWINS, TRIPLET, SETS):
        drawing = net(text).draw(style=style, layout=layout, depth=depth)
        placement, diagram = drawing.placement, drawing.diagram
        cells = {cell.id: cell for cell in diagram.lines[0].cells}
        sizes = metrics(load(), 44.0, style=style)
        frames = {disc.id: disc_frame(disc, cells[disc.id], sizes) for disc in placement.cells}
        words = {f"'{one.text}'": ink(one) for one in placement.texts}
        groups = [item for item in drawing.scene.items if isinstance(item, Group) and item.role == "cell"]
        found = 0
        for (id, _), group in zip(frames.items(), groups, strict=True):
            for disc, said in pairwise(group.items):
                if isinstance(disc, Ellipse) and isinstance(said, Text) and said.text == cells[id].sign:
                    found += 1
                    sign = Frame(disc.cx - disc.rx, disc.cy - disc.ry, disc.cx + disc.rx, disc.cy + disc.ry)
                    inside = [item for item in group.items if isinstance(item, Text) and item is not said]
                    own = {f"'{one.text}' in it": text_frame(one) for one in inside}
                    others = {one: frame for one, frame in frames.items() if one != id}
                    assert [name for name, frame in (words | own | others).items() if sign.meets(frame)] == []
        assert found == sum(bool(cell.sign) for cell in cells.values()) > 1


def text_frame(text: Text) -> Frame:
    """What is drawn of a text in a cell."""
    left, top, right, bottom = OURS.ink(text.text, text.size, text.weight)
    x = text.x - OURS.width(text.text, text.size, text.weight) * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return Frame(x + left, text.y + top, x + right, text.y + bottom)


# Towers


def test_what_several_inputs_begin_stands_beside_each_other() -> None:
    drawing = net(TRIPLET).draw()
    (line,) = drawing.diagram.lines
    (fork,) = line.forks
    assert (fork.start, fork.join) == ("", "concat") and [one.cells[0] for one in fork.branches] == [
        "anchor", "positive", "negative",
    ]  # fmt: skip
    assert len({(box.block, box.repeat) for box in line.boxes}) == 2, "all towers fold alike, and have no box together"
    assert len(line.boxes) == 6
    places = {cell.id: cell for cell in drawing.placement.cells}
    assert [places[id].y for id in ("anchor", "positive", "negative")] == sorted(
        places[id].y for id in ("anchor", "positive", "negative")
    )
    assert drawing.placement.rows == 1 and places["anchor"].x < places["a.conv_bn_act.conv2d"].x < places["concat"].x
    assert [cell.label for cell in line.cells if cell.category == "input"] == [
        (name, "3×64²") for name in ("anchor", "positive", "negative")
    ]


def test_towers_that_are_too_wide_have_rows() -> None:
    assert net(TRIPLET).draw(width=600).placement.rows > 1
    (line,) = net(TRIPLET).draw(width=600).diagram.lines
    assert line.forks == () and [cell.label for cell in line.cells if cell.category == "input"] == [
        (name, "3") for name in ("anchor", "positive", "negative")
    ]


def test_inputs_that_do_not_simply_meet_begin_rows() -> None:
    text = TWINS.replace("  - Linear: 1\n", "  - Linear: 4096\n  - Add: {from: [-1, twin]}\n")
    (line,) = net(text).draw().diagram.lines
    assert not any(cell.where == "branch" for cell in line.cells if cell.category == "input")


@pytest.mark.parametrize(("blocks", "beside"), [(3, True), (9, False)])
def test_towers_of_their_own_stand_beside_each_other_where_they_are_short(blocks: int, beside: bool) -> None:
    text = (
        TRIPLET.replace(", shares: a", "")
        .replace("BasicBlock: {out_channels: 16, repeat: 2}", "ReLU")
        .replace(
            "BasicBlock: {out_channels: 32, stride: 2}",
            f"Conv2d: {{out_channels: 16, kernel_size: 1, repeat: {blocks}}}",
        )
    )
    (line,) = net(text).draw(width=3000).diagram.lines
    assert all((cell.where == "branch") == beside for cell in line.cells if cell.category == "input")


# Tables and explanations


def test_summaries_tell_whose_weights_are_used() -> None:
    text = net(TWINS).summary()
    assert re.search(r"^other +\[Twin\] +4096 +0 .* shares the weights of twin$", text, re.MULTILINE)
    assert re.search(r"^other.linear .* 0 .* shares the weights of twin.linear$", text, re.MULTILINE)
    said = "Shared weights count once: those of twin, also used by other."
    assert said in text.replace("\n", " ")
    for format in ("md", "html", "latex", "outline"):
        assert said in net(TWINS).summary(format).replace("\n", " ")
    assert (
        "  - linear: Linear with out_features 4096 gives 4096; 37,748,736 MACs; shares the weights of twin.linear"
        in (net(TWINS).summary("outline"))
    )
    rows = list(csv.DictReader(net(TWINS).summary("csv").splitlines()))
    assert {row["id"]: row["shares"] for row in rows if row["shares"]}["other.linear"] == "twin.linear"
    assert "shares" not in netdraw.load("lenet").summary("csv").splitlines()[0]
    assert f"siamese: {said}" in netdraw.tabulate(net(TWINS), net(SETS)).replace("\n", " ")


def test_costs_tell_what_counts_once() -> None:
    assert "Shared weights count once: those of twin, also used by other." in net(TWINS).cost().replace("\n", " ")
    assert json.loads(net(TWINS).cost("json"))["shared"] == [{"owner": "twin", "users": ["other"]}]
    assert "共享权重只计一次" in net(SETS).draw_cost(lang="zh").to_bytes("svg").decode()
    assert "also used by conv_bn_act; those of two, also used by again" in net(SETS).cost().replace("\n", " ")


def test_explain_says_why_there_are_no_parameters() -> None:
    explained = net(TWINS).explain("other")
    assert "0, since they are those of twin\n" in explained and "shared with  twin\n" in explained
    assert "shared with  other.linear\n" in net(TWINS).explain("twin.linear")
    text = HEAD + "  - ConvBNAct: {name: a, out_channels: 8}\n  - name: g\n    layers:\n"
    text += "      - ConvBNAct: {out_channels: 8, shares: a}\n      - Conv2d: {out_channels: 8, kernel_size: 1}\n"
    assert "72, since 2 of its layers use weights of others: a.conv2d, a.norm" in netdraw.load(text).explain("g")


def test_a_group_with_weights_of_its_own_is_no_sharer() -> None:
    """`g` uses those of `h` in one layer alone: it is the layers that share, not the groups."""
    text = "  - name: h\n    layers: [{Conv2d: {name: c, out_channels: 8, kernel_size: 1}}, {Conv2d: {name: d, out_channels: 8, "
    text += "kernel_size: 1}}]\n  - name: e\n    layers: [{Conv2d: {name: c, out_channels: 8, kernel_size: 1}}, ReLU]\n"
    whole = netdraw.load(HEAD + text + "  - ReLU\n")
    assert find_sharing(whole.graph, whole.analysis) == ()
    graph = whole.graph
    shared = graph._replace(
        nodes=tuple(node._replace(shares="h.c") if node.id == "e.c" else node for node in graph.nodes)
    )
    (found,) = find_sharing(shared, netdraw.analysis.cost.analyse(shared))
    assert (found.owner, found.users) == ("h", ("e",)), "all weights of e are among those of h"
    own = shared._replace(
        nodes=tuple(node._replace(shares="e.c") if node.id == "h.c" else node for node in graph.nodes)
    )
    (found,) = find_sharing(own, netdraw.analysis.cost.analyse(own))
    assert (found.owner, found.users) == ("e.c", ("h.c",)), "h has others of its own"


# What `shares` can name


def test_a_branch_shares_with_those_before_it() -> None:
    a, b = CONV.format("name: c"), CONV.format("shares: c")
    inner = f"{{parallel: {{s: [{{{b}}}], t: [{{{CONV.format('shares: q')}}}]}}, join: Concat}}"
    text = f"  - heads:\n      p: [{{{a}}}]\n      q: [{{{b}}}]\n      r: [{inner}]\n"
    shares = [node.shares for node in netdraw.load(HEAD + text).graph.nodes if node.op == "Conv2d"]
    assert shares == [None, "heads.p.c", "heads.p.c", "heads.p.c"]
    with_block = f"  - heads:\n      p: [{{{a}}}]\n      q: [B]\nblocks:\n  B:\n    layers: [{b}]\n"
    assert faults(with_block) == ["no layer is named 'c' here; choose from input (in heads.q.b, called in line 7)"], (
        "a block sees no names around it"
    )


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ("-1", "shares: '-1' is a value; write the name of a layer"),
        ("input", "shares: 'input' is a value; write the name of a layer"),
        ("one:0", "shares: 'one:0' is a value; write the name of a layer"),
        ("act", "shares: 'act' has 0 weights, this layer 72; shared weights are equal in count"),
        ("onne", "no layer is named 'onne' here; did you mean 'one'?"),
    ],
)
def test_what_is_no_layer_with_weights_is_a_fault(shares: str, message: str) -> None:
    before = "  - " + CONV.format("name: one") + "\n  - ReLU: {name: act}\n  - "
    assert faults(before + CONV.format(f"shares: {shares}") + "\n") == [message]


def test_two_layers_without_weights_share_none() -> None:
    assert faults("  - ReLU: {name: a}\n  - ReLU: {shares: a}\n") == ["shares: neither 'a' nor this layer has weights"]
