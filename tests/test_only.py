"""A part of a network as a figure: its cells, its ends, its numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from figures import network
from layout_checks import collisions
from measures import metrics
from nets import graph

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.cli import cli
from netdraw.core.errors import OptionError
from netdraw.diagram.build import build_only
from netdraw.diagram.model import Cell, Diagram
from netdraw.diagram.only import Only, about_part, only
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.graph.model import Graph
from netdraw.graph.select import select
from netdraw.layout.base import Page, TooNarrow
from netdraw.layout.strip.strip import strip
from netdraw.ops.base import OPS
from netdraw.spec.sources import zoo_files, zoo_names
from netdraw.themes.base import load

FAMILIES = [netdraw.load(text.path.split("/")[1].removesuffix(".yaml")).name for text in zoo_files()]


def globs(name: str) -> list[str]:
    """Several parts of a network: its first and last stage, two of them, every block of a kind, single layers."""
    found = network(name).graph
    stages = [group.id for group in found.groups if group.kind == "row"] or [
        group.id for group in found.groups if not group.parent
    ]
    blocks = [group.block for group in found.groups if group.block and group.residual]
    picked = [*stages[:1], *stages[-1:], *(blocks[:1]), found.nodes[0].id, found.nodes[-1].id, "*"]
    if len(stages) > 3 and "." in stages[1]:
        picked.append(stages[1].rpartition(".")[0] + ".[12]")
    return list(dict.fromkeys(picked))


CASES = [(name, glob) for name in FAMILIES for glob in globs(name)]


@cache
def chosen(name: str, glob: str) -> Only:
    net = network(name)
    return only(net.graph, net.analysis, glob)


@cache
def diagram(name: str, glob: str, unfold: bool = False) -> Diagram:
    net = network(name)
    view = View(unfold=unfold, only=glob)
    about = about_part(About(net.header.title or net.name), chosen(name, glob), net.analysis, view)
    return build_only(chosen(name, glob), view, about)


def wanted(found: Graph, glob: str) -> set[str]:
    return {found.nodes[place].id for unit in select(found, glob) for place in unit.places}


# Every family of the zoo


@pytest.mark.slow
@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize(("name", "glob"), CASES)
def test_nothing_collides_and_nothing_is_missing(name: str, glob: str, unfold: bool) -> None:
    figure, measure = diagram(name, glob, unfold), metrics(load(), 44.0)
    try:
        placed = strip(figure, measure, Page(1440.0))
    except TooNarrow as fault:
        placed = strip(figure, measure, Page(fault.least))
    assert collisions(placed, figure, measure) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "glob"), CASES)
def test_it_has_the_layers_named_and_their_numbers(name: str, glob: str) -> None:
    figure, net = diagram(name, glob, True), network(name)
    ends = {cell.id for line in figure.lines for cell in line.cells if cell.category == "input"}
    shown = [id for line in figure.lines for cell in line.cells for id in cell.ids if cell.id not in ends]
    shown += [id for line in figure.lines for tick in line.ticks for id in tick.ids]
    named = wanted(net.graph, glob)
    assert len(shown) == len(set(shown)) and named <= set(shown)
    between = {node.id: node for node in net.graph.nodes if node.id in set(shown) - named}
    groups = {group.id for group in net.graph.groups if group.id in {unit.parent for unit in select(net.graph, glob)}}
    assert {node.group for node in between.values()} <= groups | {""}  # loose, between its neighbours
    rows = [net.analysis.nodes[id] for id in shown]
    assert figure.meta
    totals = figure.meta.totals
    assert totals.params == sum(row.params for row in rows) == sum(cell.params for cell in cells(figure))
    assert totals.macs == sum(row.macs or 0 for row in rows) == sum(cell.macs or 0 for cell in cells(figure))
    folded = diagram(name, glob)
    assert folded.meta and folded.meta.totals == totals
    assert sum(cell.params for cell in cells(folded)) == totals.params
    told = [bracket.cost or 0 for line in folded.lines for bracket in line.brackets]
    assert not told or sum(told) == totals.macs == folded.words.cost_total


def cells(figure: Diagram) -> list[Cell]:
    return [cell for line in figure.lines for cell in line.cells]


@pytest.mark.parametrize(("name", "glob"), CASES)
def test_what_crosses_its_border_is_an_end(name: str, glob: str) -> None:
    """Every value read from outside is an input of its shape, every value read outside an output."""
    net = network(name)
    for part in chosen(name, glob).parts:
        own = {node.id for node in part.graph.nodes}
        inside = [node for node in net.graph.nodes if node.id in own]
        read = {ref for node in inside for ref in node.inputs if ref.node not in own}
        assert sorted(str(kind) for _, kind in part.graph.inputs) == sorted(str(net.graph.type_of(ref)) for ref in read)
        given = {ref for node in net.graph.nodes if node.id not in own for ref in node.inputs if ref.node in own}
        given |= {ref for _, ref in net.graph.outputs if ref.node in own}
        assert {ref for _, ref in part.graph.outputs} == given
        names = [name for name, _ in part.graph.inputs + part.graph.outputs]
        assert len(names) == len(set(names)) and not set(names) & own
        assert not any(" " in name for name, _ in part.graph.inputs)
        for before, after in zip(inside, part.graph.nodes, strict=True):
            assert (before.id, before.op, before.outputs) == (after.id, after.op, after.outputs)
            assert len(before.inputs) == len(after.inputs) >= OPS[after.op].arity[0]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_whole_by_a_star_is_the_whole(name: str) -> None:
    net, found = network(name), chosen(name, "*")
    (part,) = found.parts
    top = {group.id for group in net.graph.groups if not group.parent}
    kept = [group for group in net.graph.groups if group.id in {one.id for one in part.graph.groups}]
    assert part.graph._replace(name="") == net.graph._replace(name="", groups=tuple(kept))
    assert {group.id for group in net.graph.groups} - {group.id for group in kept} <= top  # empty ones
    assert part.analysis == (net.analysis if len(net.analysis.stages) > 1 else net.analysis._replace(stages=()))


# What it says


def said(source: str, glob: str, **view: object) -> dict[str, str]:
    words = network(source).draw(only=glob, **view)  # type: ignore[arg-type]
    from netdraw.render.fonts import texts

    found: dict[str, str] = {}
    for item in texts(words.scene.items):
        found[item.role] = f"{found[item.role]} {item.text}" if item.role in found else item.text
    return found


def test_title_totals_and_caption_say_what_they_are_of() -> None:
    found = said("resnet50", "conv4_x")
    assert found["title"] == "conv4_x of ResNet-50"
    assert found["totals"] == "7.10 M parameters · 1.46 G MACs"
    assert "Totals are of this part, which has 36 % of all MACs." in found["caption"]
    assert "cost" not in found  # one bracket around everything would say the same
    found = said("resnet50", "conv[34]_x")
    assert found["title"] == "conv3_x, conv4_x of ResNet-50"
    assert "Totals and shares are of this part, which has 61 % of all MACs." in found["caption"]
    assert "conv3_x · 1.03 G MACs · 41 %" in found["cost"] and "conv4_x · 1.46 G · 59 %" in found["cost"]
    assert said("resnet50", "conv4_x", cost="params")["caption"].count("28 % of all parameters.") == 1
    assert "of this part" not in said("resnet50", "conv4_x", cost="none")["caption"]
    assert "总量仅指此部分，占全部次乘加的 36 %" in said("resnet50", "conv4_x", lang="zh")["caption"]
    assert said("resnet50", "conv4_x", lang="zh")["title"] == "ResNet-50 的 conv4_x"


@pytest.mark.parametrize(
    ("name", "glob", "title"),
    [
        ("googlenet", "4*", "4a–4e of GoogLeNet"),
        ("mobilenet_v2", "stages.3", "stages.3 of MobileNetV2"),
        ("mobilenet_v2", "stages.[23]", "stages.[23] of MobileNetV2"),
        ("inception_v3", "mixed_7b", "mixed_7b of Inception v3"),
        ("resnet50", "Bottleneck", "conv2_x–conv5_x of ResNet-50"),
        ("resnet50", "*.conv2d", "*.conv2d of ResNet-50"),
    ],
)
def test_titles(name: str, glob: str, title: str) -> None:
    assert said(name, glob)["title"] == title


def test_ids_come_before_titles_and_titles_before_kinds() -> None:
    text = (
        "netdraw: 1\nname: n\ninput: [3, 8, 8]\nlayers:\n"
        "  - ConvBNAct: {out_channels: 4, name: pool, label: stem}\n"
        "  - ConvBNAct: {out_channels: 4, name: b, label: pool}\n"
        "  - MaxPool2d: {kernel_size: 2, label: stem}\n"
    )
    found = graph(text)
    assert [unit.id for unit in select(found, "pool")] == ["pool"]
    assert [unit.id for unit in select(found, "stem")] == ["pool", "max_pool2d"]
    assert [unit.id for unit in select(found, "ConvBNAct")] == ["pool", "b"]
    assert [unit.id for unit in select(found, "MaxPool?d")] == ["max_pool2d"]
    assert [unit.id for unit in select(found, "*")] == ["pool", "b", "max_pool2d", "input", "output"]
    assert select(found, "nothing") == []


def test_parts_that_stand_apart_have_a_line_each() -> None:
    figure = diagram("se_resnet50", "*.gate")
    assert len(figure.lines) == 16
    assert [line.cells[0].label for line in figure.lines][2:4] == [
        ("256", "stages.0.2.gate"),
        ("512", "stages.1.0.gate"),
    ]
    assert [line.cells[0].label[1] for line in diagram("inception_v3", "mixed_[57]b").lines] == ["mixed_5b", "mixed_7b"]
    assert sum(bracket.cost or 0 for line in figure.lines for bracket in line.brackets) == figure.words.cost_total
    assert figure.words.subtitle == ""
    ids = [cell.id for line in figure.lines for cell in line.cells]
    assert len(ids) == len(set(ids))
    assert len(figure.legend) == len(set(figure.legend))


def test_loose_layers_between_groups_are_part_of_them() -> None:
    (part,) = chosen("unet", "down[12]").parts
    assert [node.op for node in part.graph.nodes] == ["Conv2d", "ReLU"] * 2 + ["MaxPool2d"] + ["Conv2d", "ReLU"] * 2
    assert [name for name, _ in part.graph.outputs] == ["output", "→ up1"]
    assert len(chosen("vgg16", "MaxPool2d").parts) == 5


def test_what_is_read_and_given_is_named() -> None:
    (part,) = chosen("unet", "up1").parts
    assert [name for name, _ in part.graph.inputs] == ["up2", "down1"]
    (part,) = chosen("mobilenet_v2", "stages.3").parts
    assert [name for name, _ in part.graph.inputs + part.graph.outputs] == ["input", "output"]
    (part,) = chosen("ssd300", "p9").parts
    assert [name for name, _ in part.graph.outputs] == ["p9.class", "p9.box"]


def test_a_part_of_a_residual_block_has_no_residual() -> None:
    (part,) = chosen("resnet50", "stages.1.1.conv_bn_act_2").parts
    assert not [group for group in part.graph.groups if group.residual]
    assert [group.id for group in part.graph.groups] == ["stages.1.1.conv_bn_act_2"]
    (block,) = chosen("resnet50", "stages.1.1").parts
    assert [group.residual.done for group in block.graph.groups if group.residual] == ["add"]


def test_shared_weights_count_as_in_the_whole() -> None:
    text = (
        "netdraw: 1\nname: n\ninput: [8]\nlayers:\n  - Linear: {out_features: 8, name: a}\n  - ReLU\n"
        "  - Linear: {out_features: 8, name: b, shares: a}\n"
    )
    net = graph(text)
    parts = [only(net, analyse(net), name) for name in ("a", "b")]
    assert [one.whole.analysis.total.params for one in parts] == [72, 0]
    assert [one.parts[0].graph.nodes[0].shares for one in parts] == [None, None]


@pytest.mark.parametrize("depth", ["stage", "block", "layer"])
@pytest.mark.parametrize(
    ("name", "glob"), [("resnet50", "stages.[12]"), ("inception_v3", "mixed_7*"), ("densenet121", "stages.0")]
)
def test_closing_folding_and_labels_work_on_parts(name: str, glob: str, depth: str) -> None:
    for view in ({}, {"bars": "macs"}, {"labels": "relative"}, {"unfold": depth == "layer"}, {"width": "3.5in"}):
        drawing = network(name).draw(only=glob, depth=depth, **view)  # type: ignore[arg-type]
        assert dict(drawing.scene.meta)["view"]["only"] == glob


# What is wrong


@pytest.mark.parametrize(
    ("name", "glob", "words"),
    [
        ("resnet50", "conv9_x", "'conv9_x' meets nothing in resnet50; did you mean 'conv5_x'?"),
        ("mobilenet_v2", "stage.3", "did you mean 'stages.3'?"),
        ("resnet50", "add", "; write '*.add' for stages.0.0.add and 15 more"),
        ("lenet", "zzz*", "'zzz*' meets nothing in lenet; it has c1, act, "),
        ("lenet", "input", "'input' is an input or output of lenet, no layer"),
    ],
)
def test_a_pattern_that_meets_nothing(name: str, glob: str, words: str) -> None:
    with pytest.raises(OptionError) as caught:
        network(name).draw(only=glob)
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("ND628", "'only'") and words in fault.message


@pytest.mark.parametrize("wrong", ["", 3, ["a"], True])
def test_what_is_no_pattern(wrong: object) -> None:
    with pytest.raises(OptionError, match="ND623 'only' takes a pattern"):
        network("lenet").draw(only=wrong)  # type: ignore[arg-type]


def test_the_command_line_says_the_totals_of_the_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, ["render", "resnet50", "--only", "conv4_x"], prog_name="netdraw")
    assert result.exit_code == 0 and "7,098,368 parameters, 1,464,336,384 MACs" in result.stderr
    result = CliRunner().invoke(cli, ["render", "resnet50", "--only", "conv9_x", "-o", "x.svg"], prog_name="netdraw")
    assert result.exit_code == 1 and "--only: ND628" in result.stderr and not (tmp_path / "x.svg").exists()


def test_all_names_of_the_zoo_are_families_or_variants() -> None:
    assert set(FAMILIES) <= set(zoo_names())
