"""What is not a chain: forks, gates, taps and heads, lanes, several inputs; and that nothing collides."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from functools import cache
from itertools import pairwise

import branched
import nets
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from layout_checks import calls, collisions
from measures import metrics

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.diagram.branches.branching import Branching, is_series
from netdraw.diagram.branches.forks import find_forks
from netdraw.diagram.build import build
from netdraw.diagram.elements.assemble import line_parts
from netdraw.diagram.folding.barecells import BareCell, find_pairs
from netdraw.diagram.model import Diagram, Fork, Line
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.base import Page, Placement, TooNarrow
from netdraw.layout.strip.strip import strip
from netdraw.ops.tensor import UNKNOWN
from netdraw.themes.base import load

NS = "{http://www.w3.org/2000/svg}"
SCREEN = metrics(load(), 44.0)
PRINT = metrics(load(), 15.0)
PAGES = {
    "screen": (SCREEN, Page(1440.0)),
    "page": (PRINT, Page(174 / 25.4 * 72)),
    "column": (PRINT, Page(252.0)),
    "none": (SCREEN, Page(None)),
}


def diagram_of(text: str, unfold: bool = False) -> Diagram:
    graph = nets.graph(text)
    return build(graph, analyse(graph), View(unfold=unfold), About(source="Somebody et al., 2018"))


@cache
def diagram(name: str, unfold: bool = False) -> Diagram:
    return diagram_of(branched.ALL[name], unfold)


def line(name: str, unfold: bool = False) -> Line:
    return diagram(name, unfold).lines[0]


@cache
def placed(name: str, page: str = "screen", unfold: bool = False) -> Placement:
    return strip(diagram(name, unfold), *PAGES[page])


def fork(name: str, join: str | None) -> Fork:
    return next(fork for fork in line(name).forks if fork.join == join)


def where(name: str, place: str) -> list[str]:
    return [cell.id for cell in line(name).cells if cell.where == place]


@pytest.mark.parametrize("name", branched.ALL)
def test_costs_of_cells_and_brackets_add_up(name: str) -> None:
    total = analyse(nets.graph(branched.ALL[name])).total
    assert sum(cell.macs or 0 for cell in line(name).cells) == total.macs
    assert sum(cell.params for cell in line(name).cells) == total.params
    assert sum(bracket.cost or 0 for bracket in line(name).brackets) == total.macs


def test_an_inception_block_is_a_fork_of_four_branches_as_written() -> None:
    found = fork("inception", "inception.parallel.join")
    assert found.start == "max_pool2d_2"
    assert [len(branch.cells) for branch in found.branches] == [1, 2, 2, 2]
    assert found.branches[3].cells[0] == "inception.parallel.pool.max_pool2d"
    assert [box.id for box in line("inception").boxes][:2] == ["inception", "inception_2"]


def test_nested_forks() -> None:
    found = fork("nested", "e_3.parallel.join")
    inner = [[branch.cells for branch in one.branches] for branch in found.branches for one in branch.forks]
    assert [len(branches) for branches in inner] == [2, 2]
    assert [len(branch.cells) for branch in found.branches] == [1, 2, 3, 2]
    kinds = {(edge.source, edge.target): edge.kind for edge in line("nested").edges}
    assert {kinds[edge] for edge in kinds if edge[1] == found.join} == {"flow"}


def test_branches_of_branches_with_the_same_ends_are_flat() -> None:
    text = """
layers:
  - Conv2d: {out_channels: 8, kernel_size: 1}
    name: start
  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1, from: start}
    name: a
  - Conv2d: {out_channels: 8, kernel_size: 5, padding: 2, from: start}
    name: b
  - Conv2d: {out_channels: 8, kernel_size: 7, padding: 3, from: start}
    name: c1
  - Conv2d: {out_channels: 8, kernel_size: 7, padding: 3}
    name: c2
  - Add: {from: [a, b, c2]}
"""
    (found,) = diagram_of(text).lines[0].forks
    assert [branch.cells for branch in found.branches] == [("a",), ("b",), ("c1", "c2")]
    assert [box.first for box in diagram_of(text).lines[0].boxes] == [found.join]


def test_a_branch_that_splits_and_ends_in_the_outer_join_stays_a_branch() -> None:
    """Its stem, then its ways in rows of their own; each arrives at the outer concat. Nothing is a lane."""
    found = fork("inception_v4", "c.2.concat")
    stems = [branch.cells for branch in found.branches]
    assert [len(cells) for cells in stems] == [2, 1, 1, 3]
    (inner,), (other,) = (branch.forks for branch in found.branches[2:])
    assert inner.join == other.join == found.join and inner.start == stems[2][-1] and other.start == stems[3][-1]
    assert {edge.kind for edge in line("inception_v4").edges} == {"flow"}
    figure = placed("inception_v4")
    ends = sorted(wire.pieces[-1][-1][1] for wire in figure.edges if wire.target == found.join)
    assert len(ends) == 6 and min(b - a for a, b in pairwise(ends)) > 0.08 * figure.d


def test_side_chains_stand_over_their_start_and_lead_on_as_lanes() -> None:
    cells = {cell.id: cell for cell in line("fusion").cells}
    figure = placed("fusion")
    discs = {disc.id: disc for disc in figure.cells}
    chains = {fork.start: [branch.cells for branch in fork.branches] for fork in line("fusion").forks}
    assert list(chains.values()) == [[("s1",)], [("s2",)], [("up2",)], [("conv2d", "conv_bn_act.conv2d", "s3")]]
    for start, branches in chains.items():
        for one in branches:
            assert all(discs[cell].y < discs[start].y and discs[cell].x > discs[start].x for cell in one)
            assert [edge.kind for edge in line("fusion").edges if edge.source == one[-1]] == ["skip"]
            assert all(cells[cell].where == "tap" for cell in one)


def test_what_gathers_side_chains_stands_on_a_shelf_over_the_line() -> None:
    (shelf,) = line("fusion").shelves
    assert shelf.branch.cells == ("concat", "gathered.conv2d") and shelf.over == "concat_2"
    figure = placed("fusion")
    discs = {disc.id: disc for disc in figure.cells}
    assert all(discs[cell].y < discs[shelf.over].y for cell in shelf.branch.cells)
    down = next(wire for wire in figure.edges if (wire.source, wire.target) == (shelf.branch.cells[-1], shelf.over))
    assert down.kind == "flow" and down.head and down.pieces[0][-1][1] < discs[shelf.over].y


def test_ssd_with_its_detections_has_its_predictions_over_the_line() -> None:
    net = netdraw.load("ssd300_nms")
    (one,) = build(net.graph, net.analysis, View(), About("")).lines
    assert [branch.over for branch in one.shelves] == ["non_max_suppression"]
    assert sum(len(fork.branches) for fork in one.forks) == 10 and len(one.forks) == 6
    main = [cell for cell in one.cells if cell.where == "line" and cell.category.startswith("conv")]
    assert [cell.id for cell in main if "map" in cell.id] == ["map6.conv2d"], "the longest path has one of the twelve"
    kinds = [edge.kind for edge in one.edges if edge.target in ("offsets", "concat")]
    assert sorted(kinds) == ["flow"] + ["skip"] * 11


def test_what_else_reads_keeps_a_gathering_cell_on_the_line() -> None:
    """A cell that gathers more than side chains and links stays, and with it what leads to it."""
    text = branched.FUSION.replace("from: [s1, s2, s3, one]", "from: [s1, s2, s3, one, long]").replace(
        "  - Concat: {from: [s1",
        "  - ConvBNAct: {out_channels: 8, from: one, name: l1}\n  - layers: [{ConvBNAct: 8}, {ConvBNAct: 8}, {ConvBNAct: 8}]\n    name: long\n  - Concat: {from: [s1",
    )
    (one,) = diagram_of(text).lines
    assert one.shelves == () and {fork.start for fork in one.forks} == {"two_b.conv2d"}


def test_the_box_of_a_fork_is_its_block() -> None:
    assert [box.block for box in line("fire").boxes] == ["Fire"] * 3
    assert all(box.first.endswith("conv_bn_act.conv2d") for box in line("fire").boxes)


def test_rows_of_branches_are_symmetric_and_far_enough_apart() -> None:
    figure = placed("inception")
    discs = {disc.id: disc for disc in figure.cells}
    found = fork("inception", "inception.parallel.join")
    ys = [(discs[branch.cells[0]].y - discs[found.join or ""].y) / figure.d for branch in found.branches]
    assert ys == pytest.approx([-2.58, -0.86, 0.86, 2.58])
    centres = [(discs[b.cells[0]].x + discs[b.cells[-1]].x) / 2 for b in found.branches]
    assert max(centres) - min(centres) < 0.1 * figure.d


def test_branches_arrive_on_ports_of_their_own() -> None:
    figure = placed("inception")
    ends = [wire.pieces[-1][-1][1] for wire in figure.edges if wire.target == "inception.parallel.join"]
    steps = [(b - a) / figure.d for a, b in pairwise(ends)]
    assert steps == pytest.approx([0.12] * 3)


def test_a_gate_stands_small_over_the_line() -> None:
    gates = where("gate", "gate")
    assert gates and len(gates) % 3 == 0
    figure = placed("gate")
    discs = {disc.id: disc for disc in figure.cells}
    assert all(discs[id].small for id in gates)
    assert all(cell.category != "mul" for cell in line("gate").cells if cell.where != "line")
    assert {edge.kind for edge in line("gate").edges if edge.source in gates} == {"flow"}


def test_the_widths_of_a_gate_stand_over_its_cells_apart() -> None:
    figure = placed("gate")
    discs = {disc.id: disc for disc in figure.cells}
    gates = {cell.id: cell for cell in line("gate").cells if cell.where == "gate"}
    said = [words for words in figure.texts if words.id in gates]
    assert [words.text for words in said[:2]] == ["8", "32"] and len(said) == 2 * len(gates) // 3
    assert all(words.x == discs[words.id].x and words.y < discs[words.id].y - 0.31 * figure.d for words in said)
    wide = diagram_of(branched.GATE.replace("[1, 16, 1, 1]", "[1, 512, 1, 1]"))
    assert {"768", "3072"} <= {words.text for words in strip(wide, SCREEN, Page(None)).texts}
    assert collisions(strip(wide, SCREEN, Page(None)), wide, SCREEN) == []


def test_taps_stand_over_the_line_and_the_last_fans_out() -> None:
    starts = [fork.start for fork in line("taps").forks]
    assert len(starts) == 5 and all(fork.join is None for fork in line("taps").forks)
    figure = placed("taps")
    discs = {disc.id: disc for disc in figure.cells}
    assert all(discs[id].y < discs["input"].y for id in where("taps", "tap") if "p10" not in id)
    assert discs["p10.class"].x == pytest.approx(discs["p10.box"].x)
    assert discs["p10.class"].x == max(disc.x for disc in figure.cells)


def test_heads_are_aligned_and_say_their_names() -> None:
    figure = placed("heads")
    outputs = [disc for disc in figure.cells if disc.id in ("box", "landmarks") or disc.id.endswith("softmax")]
    assert len({round(disc.x, 6) for disc in outputs}) == 1 and len(outputs) == 3
    said = {words.text for words in figure.texts if words.role == "label"}
    assert {"class", "box", "landmarks"} <= said
    texts = {words.text: words for words in figure.texts if words.role == "label"}
    ends = [texts[text] for text in ("10", "landmarks")]
    width, other = (SCREEN.width(words.text, SCREEN.base, 400) * figure.d for words in ends)
    assert ends[1].x - ends[0].x - (width + other) / 2 > 0.2 * figure.d  # or it reads as one text
    labels = [cell.label for cell in line("heads").cells if cell.output is not None]
    assert all(label[1].isdigit() for label in labels)  # a softmax says its shape, too


@pytest.mark.parametrize("name", ["heads", "taps"])
def test_the_last_bracket_holds_the_heads_that_it_counts(name: str) -> None:
    figure, stage = placed(name), line(name).brackets[-1].stage
    (span,) = [span for span in figure.brackets if span.id == stage]
    ends = [disc.x + disc.d / 2 for disc in figure.cells]
    assert max(x for x, _ in span.points) == pytest.approx(max(ends))


def test_skips_of_a_unet_stay_lanes() -> None:
    assert line("unet").forks == ()
    assert [edge.kind for edge in line("unet").edges].count("skip") == 3


def test_an_identity_beside_branches_is_an_arc_over_them() -> None:
    figure = placed("arcs")
    found = fork("arcs", "parallel.join")
    arc = next(wire for wire in figure.edges if (wire.source, wire.target) == (found.start, found.join))
    discs = {disc.id: disc for disc in figure.cells}
    assert arc.kind == "skip" and arc.pieces[0][1][1] < min(discs[b.cells[0]].y for b in found.branches)


def test_a_growing_concat_is_an_arc_in_a_box_that_says_so() -> None:
    assert line("dense").forks == ()
    assert [(box.repeat, box.growth) for box in line("dense").boxes] == [(6, 32), (12, 32)]
    assert {"×6, +32", "×12, +32"} <= {words.text for words in placed("dense").texts}


def test_what_two_inputs_begin_stands_beside_each_other_up_to_where_it_meets() -> None:
    figure = placed("two_inputs")
    discs = {disc.id: disc for disc in figure.cells}
    assert figure.rows == 1 and discs["left"].y < discs["concat"].y < discs["right"].y
    assert discs["left"].x == pytest.approx(discs["right"].x) and not figure.boxes


def test_without_towers_a_further_input_begins_a_row_of_its_own() -> None:
    graph = nets.graph(branched.TWO_INPUTS)
    figure = strip(build(graph, analyse(graph), View(towers=False), About()), *PAGES["screen"])
    discs = {disc.id: disc for disc in figure.cells}
    assert (
        figure.rows == 2 and discs["left"].x == pytest.approx(discs["right"].x) and discs["right"].y > discs["left"].y
    )
    assert [words.text for words in figure.texts if words.role == "letter"] == ["a", "a"]


def tags(name: str) -> dict[str, list[tuple[str, ...]]]:
    """By the cell that has a letter, what each of its tags leads to; the one at its end to nothing."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for tag in line(name).tags:
        found.setdefault(tag.source, []).append(tag.readers)
    return found


def test_what_several_read_off_the_line_has_a_letter_and_the_rest_is_a_fork() -> None:
    """NASNet-A's normal cell: both inputs are lettered, and the concat's six branches begin with their tags."""
    (one,) = line("nasnet_normal").forks
    order = [cell.id for cell in line("nasnet_normal").cells if cell.where == "line"]
    assert order == ["now", "normal.h.relu", "normal.concat", "output"] and one.start == "" and one.join == order[2]
    ends = [branch.cells[-1].rpartition(".")[2] for branch in one.branches]
    assert ends == ["relu:tag5", "y1", "y2", "y3", "y4", "y5"], "in the order in which the concat reads them"
    found = tags("nasnet_normal")
    assert {source: len(readers) for source, readers in found.items()} == {"normal.p.relu": 6, "normal.h.relu": 4}
    assert ("normal.l2.relu", "normal.r2.relu") in found["normal.p.relu"], "one tag where one branch forks"
    assert ("normal.l5.relu", "normal.y5") in found["normal.h.relu"], "and where a link runs beside it"
    (shelf,) = line("nasnet_normal").shelves
    assert shelf.branch.cells == ("before", "normal.p.relu", "normal.p.relu:tag") and shelf.over == order[1]


def test_values_inside_a_cell_that_several_read_have_letters_too() -> None:
    (one,) = line("nasnet_reduction").forks
    ends = [branch.cells[-1] for branch in one.branches]
    assert ends[:3] == ["reduction.y1:tag", "reduction.y2:tag", "reduction.y2:tag2"]
    assert set(tags("nasnet_reduction")) == {f"reduction.{one}" for one in ("p.relu", "h.relu", "y1", "y2")}
    figure = placed("nasnet_reduction")
    assert len([wire for wire in figure.edges if wire.target == one.join]) == 4


@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("name", ["nasnet", "nasnet_normal", "nasnet_reduction", "nasnet_a"])
def test_every_edge_of_a_lettered_value_begins_at_one_tag(name: str, unfold: bool) -> None:
    one = line(name, unfold)
    told = [(tag.source, reader) for tag in one.tags for reader in tag.readers]
    sources = {tag.source for tag in one.tags}
    assert sorted(told) == sorted((edge.source, edge.target) for edge in one.edges if edge.source in sources)
    assert sorted(tag.source for tag in one.tags if not tag.readers) == sorted(sources)


def test_letters_are_those_of_one_value_and_of_no_lane() -> None:
    figure = placed("nasnet_a")
    by_letter: dict[str, set[str]] = {}
    for tag in line("nasnet_a").tags:
        by_letter.setdefault(tag.letter, set()).add(tag.source)
    assert all(len(sources) == 1 for sources in by_letter.values()) and len(by_letter) == 14
    lanes = {words.text for words in figure.texts if words.role == "letter"}
    assert lanes and not lanes & set(by_letter)


def test_cells_in_a_row_stay_on_the_line_each_with_its_own_letters() -> None:
    order = [cell.id for cell in line("nasnet_a").cells if cell.where == "line"]
    assert [id.partition(".")[0] for id in order if id.endswith("concat")] == [
        "normal", "normal_2", "normal_3", "reduction", "normal_4", "normal_5",
    ]  # fmt: skip
    begins = [id for id in order if id.endswith(("h.relu", "p.relu"))]
    assert sorted(shelf.over for shelf in line("nasnet_a").shelves) == sorted(begins) and len(begins) == 6
    lanes = {edge.kind for edge in line("nasnet_a").edges if edge.target.endswith("p.relu")} - {"flow"}
    assert lanes == {"skip"}, "what a cell reads of the one before the last"


def test_no_letter_where_the_line_would_have_to_be_cut() -> None:
    """The norm of SSD's first map is read by two predictions; nothing of the line may get a letter for that."""
    for name in ("ssd300_nms", "unet", "densenet121", "inception_v3"):
        net = netdraw.load(name)
        assert build(net.graph, net.analysis, View(), About("")).lines[0].tags == ()
    assert line("fusion").tags == line("two_inputs").tags == ()


def test_tags_in_the_svg_say_what_they_stand_for() -> None:
    net = netdraw.load(branched.NASNET_NORMAL)
    root = ET.fromstring(net.draw().to_bytes("svg"))
    groups = [item for item in root.iter(NS + "g") if item.get("class") == "tag"]
    edges = {(item.get("data-from"), item.get("data-to")) for item in root.iter(NS + "path") if item.get("data-to")}
    for group in groups:
        (text,) = [item for item in group if item.tag == NS + "text"]
        assert text.text == group.get("data-letter") and text.get("class") == "kernel"
        assert all((group.get("data-from"), to) in edges for to in (group.get("data-to") or "").split())
        assert bool(group.get("data-to")) != any(item.tag == NS + "path" for item in group)
    assert len(groups) == 10 and len(edges) == len(line("nasnet_normal").edges)


def test_a_parameter_hangs_over_what_reads_it() -> None:
    shelves = {shelf.over: shelf.branch.cells for shelf in line("learned").shelves}
    assert shelves == {
        "joined": ("token",),
        "add": ("positions",),
        "shifted_2.add": ("shifted_2.shift",),
        "shifted_2.parallel.b.mul": ("shifted_2.parallel.b.scale",),
    }
    assert [len(one.branches) for one in line("learned").forks] == [2], "what it hangs over is still on a branch"
    figure = placed("learned")
    discs = {disc.id: disc for disc in figure.cells}
    for over, (cell,) in shelves.items():
        (wire,) = [wire for wire in figure.edges if wire.source == cell]
        assert wire.target == over and wire.kind == "flow" and wire.head
        assert discs[cell].y < discs[over].y - figure.d / 2 and 0 < discs[over].x - discs[cell].x < 2 * figure.d


@pytest.mark.parametrize("outputs", ["{out: conv, prior: sized}", "{prior: sized, out: conv}"])
def test_what_leads_from_a_parameter_to_an_output_stays_on_the_line(outputs: str) -> None:
    text = f"""
input: [3, 8, 8]
layers:
  - Parameter: {{shape: [8], name: anchors}}
  - ReLU: {{name: sized}}
  - Conv2d: {{out_channels: 4, kernel_size: 1, from: input, name: conv}}
outputs: {outputs}
"""
    (one,) = diagram_of(nets.HEAD + text).lines
    assert (one.forks, one.shelves, {cell.where for cell in one.cells}) == ((), (), {"line"})


def test_a_parameter_that_several_read_has_a_letter() -> None:
    text = """
input: {t: 17, c: 8}
layers:
  - Parameter: {shape: {t: 17, c: 8}, name: shared}
  - Linear: {out_features: 8, from: input}
  - Add: {from: [-1, shared], name: one}
  - Linear: 8
  - Add: {from: [-1, shared], name: two}
  - Linear: 8
"""
    made = diagram_of(nets.HEAD + text)
    (one,) = made.lines
    assert {shelf.over: shelf.branch.cells for shelf in one.shelves} == {
        "one": ("shared:tag1",), "two": ("shared:tag2",), "linear": ("shared", "shared:tag"),
    }  # fmt: skip
    assert collisions(strip(made, *PAGES["screen"]), made, SCREEN) == []


def test_the_further_input_of_a_box_comes_through_its_top() -> None:
    """The encoder's output into every decoder: past the boxes' borders, to a cell over the row of the second input."""
    figure = placed("encoder_decoder")
    assert figure.rows == 2
    (lane,) = [wire for wire in figure.edges if wire.target == "decoder.5.cross.key"]
    boxes = {rect.id: rect for rect in figure.boxes}
    x, y = lane.pieces[-1][-1]
    for id in ("decoder.5", "decoder.5.cross"):
        assert boxes[id].x < x < boxes[id].x + boxes[id].width and lane.pieces[-1][-2][1] < boxes[id].y < y
    order = [cell.id for cell in line("encoder_decoder").cells if cell.where == "line"]
    assert order[order.index("decoder.5.cross.query") + 1] == "decoder.5.cross.mul", "the row goes on beside it"
    kinds = {(edge.source, edge.target): edge.kind for edge in line("encoder_decoder").edges}
    assert kinds["decoder.5.cross.query", "decoder.5.cross.mul"] == "flow"


def test_a_condition_of_every_block_comes_by_letter() -> None:
    shelves = {shelf.over: shelf.branch.cells for shelf in line("conditioned").shelves}
    assert shelves.pop("conv2d") == ("time", "linear", "embedded", "embedded:tag")
    assert [cells[0].partition(":")[0] for cells in shelves.values()] == ["embedded"] * 3
    order = [cell.id for cell in line("conditioned").cells if cell.where == "line"]
    assert order[0] == "image" and set(shelves) <= set(order)


def last_fan(name: str, unfold: bool = False) -> Fork:
    """The fan that ends the line."""
    return max((fork for fork in line(name, unfold).forks if fork.join is None), key=lambda fork: len(fork.branches))


def test_long_heads_fan_out_at_the_end_behind_the_letters_of_what_they_read() -> None:
    """But those of the cell that the line ends with, which fan out from it."""
    fan = last_fan("pyramid")
    assert fan.start == "m3" and fan.join is None
    begins = [branch.cells[0].partition(":")[0] for branch in fan.branches]
    assert begins == ["p3.heads.class.conv_bn_act.conv2d", "p3.heads.box.conv_bn_act.conv2d", "m5", "m5", "m4", "m4"]
    taps = {fork.start: fork.branches[0].cells for fork in line("pyramid").forks if fork != fan}
    assert taps == {"m5": ("m5:out",), "m4": ("m4:out",)}
    figure = placed("pyramid")
    discs = {disc.id: disc for disc in figure.cells}
    outputs = [cell.id for cell in line("pyramid").cells if cell.category == "output"]
    assert len({round(discs[id].x, 6) for id in outputs}) == 1 and len(outputs) == 6
    assert all(mark.dot for mark in figure.tags if mark.id in ("m5:out", "m4:out"))


def test_short_heads_stay_where_they_leave() -> None:
    for name in ("taps", "heads"):
        assert line(name).tags == ()


def test_heads_that_share_their_weights_are_drawn_once() -> None:
    """RetinaNet's: one row for five classifiers, with the letters of all five maps, their costs and their ids."""
    fan = last_fan("retinanet")
    assert (fan.start, fan.join, len(fan.branches)) == ("", None, 2)
    cells = {cell.id: cell for cell in line("retinanet").cells}
    levels = ["p6", "relu", "p3", "p4", "p5"]
    analysis = netdraw.load(branched.RETINANET).analysis.nodes
    for branch, kind, name in zip(fan.branches, ("class", "box"), ("class", "box"), strict=True):
        assert [id.partition(":")[0] for id in branch.cells[:5]] == levels
        row = [cells[id] for id in branch.cells[5:]]
        assert [cell.repeat for cell in row[:-1]] == [5] * 5 and row[-1].label == (name, "×5")
        assert row[0].ids[::2] == tuple(f"h{n}.heads.{kind}.conv_bn_act.0.conv2d" for n in range(3, 8))
        assert row[0].params == sum(analysis[id].params for id in row[0].ids) == 64 * 64 * 9 + 64
        assert row[0].macs == sum(analysis[id].macs or 0 for id in row[0].ids)
        assert row[-1].output == " ".join(f"h{n}.{kind}" for n in (7, 3, 4, 5, 6))
    edges = {(edge.source, edge.target, edge.kind) for edge in line("retinanet").edges}
    first = fan.branches[0].cells[5]
    assert {(level, first, "flow") for level in levels} <= edges
    assert [box.repeat for box in line("retinanet").boxes if box.first in fan.branches[0].cells] == [5]
    assert sum(cell.category == "output" for cell in cells.values()) == 2
    assert {words.text for words in placed("retinanet").texts if words.role == "repeat"} == {"×5"}


def test_unfolded_heads_that_share_their_weights_are_drawn_each() -> None:
    fan = last_fan("retinanet", unfold=True)
    assert len(fan.branches) == 10 and all(len(branch.cells) <= 7 for branch in fan.branches)
    assert not any(box.repeat > 1 for box in line("retinanet", unfold=True).boxes)


def test_heads_that_differ_or_do_not_share_are_drawn_each() -> None:
    apart = branched.RETINANET.replace(", name: h7, shares: h3", ", name: h7")
    (one,) = diagram_of(apart).lines
    assert [cell.repeat for cell in one.cells if cell.id.startswith("h3.heads") and "conv2d" in cell.id] == [4] * 10
    assert max(len(fork.branches) for fork in one.forks) == 4


@st.composite
def chains(draw: st.DrawFn, depth: int, least: int = 0) -> list[object]:
    """Layers that keep 8 channels: convolutions, forks, gates and residuals in one another."""
    kinds = ["conv", "conv", "residual", "gate", "fork", "heads"][: 6 if depth else 2]
    return [draw(layers(draw(st.sampled_from(kinds)), depth)) for _ in range(draw(st.integers(least, 3)))]


@st.composite
def layers(draw: st.DrawFn, kind: str, depth: int) -> object:
    conv = {"ConvBNAct": {"out_channels": 8, "kernel_size": draw(st.sampled_from([1, 3, 5]))}}
    inner = chains(depth - 1)
    if kind == "conv":
        return conv
    if kind == "residual":
        return {"layers": [conv, *draw(inner)], "residual": "always"}
    if kind == "gate":
        return {"parallel": {"x": [], "g": [{"AdaptiveAvgPool2d": 1}, conv]}, "join": "Mul"}
    if kind == "heads":
        return {"heads": {"h": draw(chains(0, 1))}}
    branches = {f"b{n}": draw(chains(depth - 1, 1)) for n in range(draw(st.integers(2, 4)))}
    if draw(st.booleans()):
        branches["x"] = []
    return {"parallel": branches, "join": "Add"}


def written(layers: list[object]) -> str:
    """As YAML in flow style, every `heads` with a name of its own."""
    count = 0

    def named(item: object) -> object:
        nonlocal count
        if isinstance(item, list):
            return [named(one) for one in item]
        if isinstance(item, dict):
            if "heads" in item:
                count += 1
                return {"heads": {f"h{count}": named(item["heads"]["h"])}}
            return {key: named(value) for key, value in item.items()}
        return item

    return "layers:\n" + "".join(f"  - {json.dumps(named(layer))}\n" for layer in layers)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chains(3, 1), st.booleans(), st.sampled_from(["screen", "none", "column"]))
def test_no_nest_of_forks_has_a_collision(layers: list[object], unfold: bool, page: str) -> None:
    stem = {"ConvBNAct": {"out_channels": 8}}
    made = diagram_of(written([stem, *layers, stem]), unfold)
    metrics, asked = PAGES[page]
    try:
        figure = strip(made, metrics, asked)
    except TooNarrow as fault:
        figure = strip(made, metrics, Page(fault.least))
    assert collisions(figure, made, metrics) == []


@st.composite
def headed(draw: st.DrawFn, names: list[str]) -> list[dict[str, object]]:
    """Heads of some length on some cells; those of one length may share their weights."""
    conv = {"Conv2d": {"out_channels": 8, "kernel_size": 1}}
    first: dict[int, str] = {}
    found = []
    for number, name in enumerate(draw(st.lists(st.sampled_from(names), max_size=4))):
        length = draw(st.sampled_from([1, 2, 5]))
        heads = {"layers": [{"heads": {f"h{number}": [conv] * length}}], "from": name, "name": f"g{number}"}
        if length in first and draw(st.booleans()):
            heads["shares"] = first[length]
        first.setdefault(length, f"g{number}")
        found.append(heads)
    return found


def bare_cells(kinds: list[str], arcs: set[int]) -> list[BareCell]:
    cells = [
        BareCell(str(number), number - 1, (), kind, UNKNOWN, arc=number in arcs) for number, kind in enumerate(kinds)
    ]
    return [*cells[:-1], cells[-1]._replace(names=("output",))]


@st.composite
def chained(draw: st.DrawFn) -> tuple[list[BareCell], set[tuple[int, int]]]:
    """Cells in a chain, some of them on arcs, and what runs beside it."""
    count = draw(st.integers(2, 8))
    arcs = {number for number in range(1, count - 1) if draw(st.integers(0, 4)) == 0}
    kinds = ["input", *(draw(st.sampled_from(["conv", "add", "add", "mul"])) for _ in range(1, count))]
    cells = bare_cells(kinds, arcs)
    pairs = set(pairwise([number for number in range(count) if number not in arcs]))
    for arc in arcs:
        pairs |= {(draw(st.integers(0, arc - 1)), arc), (arc, draw(st.integers(arc + 1, count - 1)))}
    more = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    return cells, pairs | set(draw(st.lists(more, max_size=3)))


@settings(max_examples=200, deadline=None)
@given(chained())
def test_the_search_finds_nothing_where_all_is_in_series(made: tuple[list[BareCell], set[tuple[int, int]]]) -> None:
    cells, pairs = made
    assume(is_series(cells, pairs))
    assert find_forks(cells, pairs, range(len(cells)), [0] * len(cells), ()) == Branching({}, ())


def test_an_arc_that_leads_to_two_cells_is_not_in_series() -> None:
    cells = bare_cells(["input", "conv", "conv", "add", "add"], {1})
    pairs = {(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (3, 4)}
    assert not is_series(cells, pairs)
    assert find_forks(cells, pairs, range(5), [0] * 5, ()).where == {2: "tap"}


def test_residual_networks_are_in_series_and_gates_are_not() -> None:
    """Squeeze and excitation is nested as a residual is, but its cells leave the line."""
    for name, expected in [("resnet50", True), ("vgg16", True), ("se_resnet50", False), ("googlenet", False)]:
        net = netdraw.load(name)
        parts = line_parts(net.graph, net.analysis, View())
        pairs = find_pairs(parts.table, parts.fused, parts.drawn, parts.made)
        assert is_series(parts.made.cells, pairs) is expected, name


@st.composite
def tangles(draw: st.DrawFn) -> str:
    """Any graph: cells that read any earlier ones, and a last one that reads what nothing else does."""
    inputs = draw(st.sampled_from([["input"], ["one", "two"]]))
    names, unread = [*inputs], set(inputs)
    layers = []
    for number in range(draw(st.integers(2, 12))):
        kind = draw(st.sampled_from(["conv", "conv", "conv", "add", "add", "parameter"]))
        most = {"conv": 1, "add": 3, "parameter": 0}[kind]
        near = names[-draw(st.integers(1, len(names))) :]
        reads = draw(st.lists(st.sampled_from(near), min_size=min(most, 2, len(near)), max_size=most, unique=True))
        name = f"n{number}"
        if most == 0:
            layers.append({"Parameter": {"shape": [8, 16, 16], "name": name}})
        elif len(reads) == 1:
            layers.append({"Conv2d": {"out_channels": 8, "kernel_size": 1, "from": reads[0], "name": name}})
        else:
            layers.append({"Add": {"from": reads, "name": name}})
        names.append(name)
        unread = (unread - set(reads)) | {name}
    layers += draw(headed(names))
    rest = sorted(unread)
    conv = {"Conv2d": {"out_channels": 8, "kernel_size": 1, "from": rest[0]}}
    layers.append({"Add": {"from": rest}} if len(rest) > 1 else conv)
    shapes = "{one: [8, 16, 16], two: [8, 16, 16]}"
    head = nets.HEAD + ("input: [8, 16, 16]" if len(inputs) == 1 else f"inputs: {shapes}") + "\nlayers:\n"
    return head + "".join(f"  - {json.dumps(layer)}\n" for layer in layers)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tangles(), st.sampled_from(["screen", "none", "column"]), st.booleans())
def test_no_graph_loses_an_edge_or_has_a_collision(text: str, page: str, unfold: bool) -> None:
    graph = nets.graph(text)
    analysis = analyse(graph)
    made = build(graph, analysis, View(unfold=unfold), About())
    metrics, asked = PAGES[page]
    try:
        figure = strip(made, metrics, asked)
    except TooNarrow as fault:
        figure = strip(made, metrics, Page(fault.least))
    assert collisions(figure, made, metrics) == []
    cells, total = made.lines[0].cells, analysis.total
    assert (sum(cell.params for cell in cells), sum(cell.macs or 0 for cell in cells)) == (total.params, total.macs)
    owner = {id: cell.id for cell in cells for id in cell.ids}
    if len(owner) < len(graph.nodes) + len(graph.inputs):
        return  # of what is folded only the last has cells
    wanted = {(owner[ref.node], owner[node.id]) for node in graph.nodes for ref in node.inputs}
    drawn = {(edge.source, edge.target) for edge in made.lines[0].edges}
    outputs = {cell.id for cell in cells if cell.category == "output"}
    assert {edge for edge in drawn if edge[1] not in outputs} == wanted and len(drawn - wanted) == len(outputs)


@pytest.mark.slow
def test_work_grows_with_the_number_of_forks() -> None:
    block = {"parallel": {"a": [{"ReLU": {}}, {"ReLU": {}}], "b": [{"ReLU": {}}], "c": [{"ReLU": {}}]}, "join": "Add"}

    def work(count: int) -> int:
        graph = nets.graph(written([block] * count))
        analysis = analyse(graph)
        return calls(lambda: strip(build(graph, analysis, View(unfold=True), About()), *PAGES["screen"]))

    assert work(200) < 4.4 * work(50)


def test_a_placement_says_how_many_lanes_run_side_by_side() -> None:
    found = {name: placed(name).lanes for name in branched.ALL}
    assert {name: found[name] for name in ("inception", "unet", "fusion", "nasnet_normal", "nasnet_a", "dense")} == {
        "inception": 0, "unet": 3, "fusion": 2, "nasnet_normal": 1, "nasnet_a": 2, "dense": 1,
    }  # fmt: skip
    net = netdraw.load("ssd300_nms")
    made = build(net.graph, net.analysis, View(), About(""))
    assert strip(made, *PAGES["screen"]).lanes == strip(made, *PAGES["none"]).lanes == 2
    assert max(found.values()) <= 8, "what the design allows a strip"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cells", "parameters", "heads"])
def test_work_grows_with_what_stands_off_the_line(kind: str) -> None:
    """With letters, shelves and heads as with all else."""

    def work(count: int) -> int:
        if kind == "cells":
            text = branched.NASNET_A.replace("repeat: 3", f"repeat: {count}")
        elif kind == "parameters":
            text = branched.LEARNED.replace("  - Linear: 10", "  - Shifted\n" * count + "  - Linear: 10")
        else:
            levels = [f"  - Conv2d: {{out_channels: 64, kernel_size: 1, name: q{n}}}\n" for n in range(count)]
            heads = [f"  - Head: {{from: q{n}, name: g{n}, shares: h3}}\n" for n in range(count)]
            text = branched.RETINANET + "".join(levels) + "".join(heads)
            text = text.replace(
                "  - Conv2d: {out_channels: 64, kernel_size: 1, name: q0}",
                "  - Conv2d: {out_channels: 64, kernel_size: 1, from: p3, name: q0}",
            )
        graph = nets.graph(text)
        analysis = analyse(graph)
        view = View(unfold=kind != "heads")
        return calls(lambda: strip(build(graph, analysis, view, About()), *PAGES["none"]))

    assert work(80) < 4.4 * work(20)
