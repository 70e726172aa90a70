"""Units of any blocks: what they cost, how they are told apart, and that every difference between two is marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures import network
from layout_checks import collisions, ink, segments
from measures import metrics

import netdraw
from netdraw.api.compare import compare
from netdraw.comparison.base import Compared
from netdraw.comparison.units.cells import units_as_cells
from netdraw.comparison.units.scaled import Scale
from netdraw.comparison.units.unitrows import units_as_words
from netdraw.comparison.units.units import Unit, find_units, pick_units
from netdraw.core.errors import NetdrawError
from netdraw.core.lengths import read_width
from netdraw.diagram.model import Diagram, Line
from netdraw.diagram.said.glossary import glossary
from netdraw.diagram.view import View
from netdraw.figure.medium import Medium
from netdraw.layout.base import Page
from netdraw.layout.score.aligned import aligned
from netdraw.themes.base import load
from netdraw.type.primitives import Group, Item, Text

ZOO = sorted(path.stem for path in (Path(__file__).parent.parent / "specs").glob("*.yaml"))
COMMON = Scale()
WITHOUT = ("alexnet", "lenet")
DRAW = {"units": units_as_cells, "words": units_as_words}


def spec(name: str, layers: str, block: str, input: str = "[64, 56, 56]", block_name: str = "Pair") -> netdraw.Network:
    head = f"netdraw: 1\nname: {name}\ntitle: {name}\ninput: {input}\n"
    return netdraw.load(f"{head}blocks:\n  {block_name}: {block}\nlayers: {layers}\n")


def pair(name: str, attributes: str, input: str = "[64, 56, 56]") -> netdraw.Network:
    """Two blocks of two 3×3 convolutions to 64 channels, the first with these attributes."""
    first, second = (f"{{Conv2d: {{out_channels: 64, kernel_size: 3, {one}}}}}" for one in (attributes, "padding: 1"))
    return spec(name, "[Pair, Pair]", f"{{layers: [{first}, ReLU, {second}, ReLU]}}", input)


def mixed(name: str, *branches: str) -> netdraw.Network:
    """A block of branches, which are lists of layers, and a concat."""
    ways = ", ".join(f"{letter}: [{one}]" for letter, one in zip("abcd", branches, strict=False))
    return spec(name, "[Mix, Mix]", f"{{layers: [{{parallel: {{{ways}}}, join: Concat}}]}}", block_name="Mix")


def conv(kernel: int, out: int = 32, more: str = "") -> str:
    return f"{{Conv2d: {{out_channels: {out}, kernel_size: {kernel}, padding: {kernel // 2}{more}}}}}, ReLU"


def units(net: netdraw.Network, scale: Scale = COMMON) -> list[Unit]:
    return find_units(net.graph, net.analysis, View(), glossary("en"), scale)


def drawn(kind: str, *nets: netdraw.Network, lang: str = "en", cost: str = "macs") -> Diagram:
    view = View(lang=lang, cost=cost)  # type: ignore[arg-type]
    those = [Compared(f"n{at}", net.header.title or net.name, net.graph, net.analysis) for at, net in enumerate(nets)]
    return DRAW[kind](pick_units(those, view, Scale(), lambda units: lambda unit: True), view, Scale())


def marked(line: Line) -> list[str]:
    """All that is marked in a row."""
    found = [cell.label[at] for cell in line.cells for at in cell.marked]
    found += [edge.text for edge in line.edges if edge.marked]
    found += [text for edge in line.edges for _, text in edge.missing]
    return sorted([*found, *(fork.text for fork in line.forks if fork.marked), *line.gone])


def second(one: netdraw.Network, other: netdraw.Network) -> list[str]:
    """What is marked in the other's first row, under the last of the one's."""
    found = drawn("words", one, other)
    return marked(next(line for line in found.lines if line.name == (other.header.title or other.name)))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", ["units", "words"])
@pytest.mark.parametrize("name", ZOO)
def test_the_units_of_every_network_are_drawn(name: str, kind: str, lang: str) -> None:
    net = network(name)
    found = drawn(kind, net, net, lang=lang)
    assert bool(found.lines) == (name not in WITHOUT)
    if found.lines and lang == "en":
        measure = metrics(load("default"), 44.0)
        assert collisions(aligned(found, measure, Page(None)), found, measure) == []


def test_one_channel_is_no_depthwise_convolution() -> None:
    """By hand: two 3×3 convolutions without padding, 54² and 52² places."""
    double, up = units(netdraw.load("unet"))
    assert double.cost
    assert double.cost.macs == 9 * 64 * 64 * (54**2 + 52**2)
    assert up.cost
    assert up.cost.macs == 4 * 64 * 32 * 56**2 + 9 * (64 * 32 * 110**2 + 32 * 32 * 108**2)
    grey, rgb = (pair("net", "padding: 1", input=f"[{count}, 32, 32]") for count in (1, 3))
    assert [unit.cost for unit in units(grey)] == [unit.cost for unit in units(rgb)]


def test_a_block_that_holds_another_beside_its_own_layers_is_one_unit() -> None:
    found = [(unit.kind.block, unit.kind.stands) for unit in units(netdraw.load("unet"))]
    assert found == [("DoubleConv", 5), ("Up", 4)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("padding: 1", "padding: 0", ["no padding"]),
        ("padding: 0", "padding: 1", ["same padding"]),
        ("padding: 1", "padding: 2, dilation: 2", ["dilation 2"]),
        ("padding: 2, dilation: 2", "padding: 1", ["dilation 1"]),
        ("padding: 1, stride: 2", "padding: 1", ["stride 1"]),
        ("padding: 1", "padding: 1, stride: 2", ["stride 2"]),
        ("padding: 1, groups: 4", "padding: 1, groups: 8", ["8 groups"]),
        ("padding: 1", "padding: 1, groups: 8", ["3×3 group convolution", "8 groups"]),
        ("padding: 1, groups: 8", "padding: 1", ["3×3 convolution"]),
        ("padding: 1", "padding: 1", []),
    ],
)
def test_what_differs_in_a_cell_is_marked_and_nothing_else(one: str, other: str, expected: list[str]) -> None:
    assert second(pair("one", one), pair("other", other)) == expected


DILATED = "{Conv2d: {out_channels: 32, kernel_size: 3, padding: 2, dilation: 2}}, ReLU"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((conv(1), conv(3)), (conv(1), conv(3)), []),
        ((conv(1), conv(3)), (conv(1), conv(5)), ["5×5 convolution"]),
        ((conv(1), conv(3)), (conv(1), DILATED), ["dilation 2"]),
        ((conv(1), DILATED), (conv(1), conv(3)), ["dilation 1"]),
        ((conv(1), conv(3), conv(5)), (conv(1), conv(5)), ["C", "C/2", "C/2", "no branch: 3×3 convolution"]),
        ((conv(1), conv(5)), (conv(1), conv(3), conv(5)), ["32", "32", "32", "3×3 convolution", "96", "ReLU"]),
        ((conv(1), f"{conv(1)}, {conv(3)}"), (conv(1), conv(3)), ["branch: no 1×1 convolution"]),
        ((conv(1), conv(3)), (conv(1), f"{conv(1)}, {conv(3)}"), ["1×1 convolution", "C/2", "ReLU"]),
    ],
)
def test_what_differs_on_branches_is_marked(one: tuple[str, ...], other: tuple[str, ...], expected: list[str]) -> None:
    assert second(mixed("one", *one), mixed("other", *other)) == expected


def test_an_activation_or_a_projection_that_is_gone_is_said() -> None:
    found = drawn("words", netdraw.load("resnet50"), netdraw.load("mobilenet_v2"))
    assert "shortcut: no 1×1 convolution" in marked(found.lines[1])
    projection = next(cell for cell in found.lines[2].cells if cell.where == "arc")
    assert (projection.label, projection.marked) == (("1×1", "2C", "stride 2"), (0, 1, 2))
    plain, rectified = (
        spec(name, "[Pair, Pair]", f"{{residual: {{rule: always{after}}}, layers: [{conv(3, 64)}, {conv(1, 64)}]}}")
        for name, after in (("plain", ""), ("rectified", ", after: [ReLU]"))
    )
    assert second(rectified, plain) == ["no ReLU"]
    assert second(plain, rectified) == ["ReLU"]


def test_a_normalisation_is_said_where_it_differs() -> None:
    plain, normed = (
        spec(
            name, "[Pair, Pair]", f"{{layers: [{conv(3, 64)}, {{Conv2d: {{out_channels: 64, kernel_size: 1}}}}{more}]}}"
        )
        for name, more in (("plain", ""), ("normed", ", BatchNorm2d"))
    )
    assert second(plain, normed) == ["BN"]
    assert second(normed, plain) == ["no BN"]


def test_what_comes_before_its_convolution_is_said() -> None:
    one = "{Conv2d: {out_channels: 64, kernel_size: 1}}"
    late, early, both = (
        spec(name, "[MaxPool2d: 2, Pair, Pair]", f"{{layers: [{order}, MaxPool2d: 2]}}")
        for name, order in (
            ("late", f"{one}, BatchNorm2d, ReLU"),
            ("early", f"BatchNorm2d, ReLU, {one}"),
            ("both", f"ReLU, {one}, BatchNorm2d"),
        )
    )
    assert sorted(second(late, early)) == ["BN before", "ReLU before"]
    assert sorted(second(early, late)) == ["BN", "ReLU"]
    assert second(early, both) == ["BN"]
    assert marked(drawn("words", early, late, lang="zh").lines[0]) == []
    assert "先 ReLU" in drawn("words", early, late, lang="zh").lines[0].cells[1].label


def test_the_cells_of_a_gate_are_said() -> None:
    line = drawn("words", netdraw.load("se_resnet50")).lines[1]
    said = [cell.label for cell in line.cells if cell.where == "gate"]
    assert said == [("average pooling", "global"), ("1×1", "C/16", "ReLU"), ("1×1", "C", "Sigmoid")]


def test_a_width_stands_before_a_fork() -> None:
    fire, *_ = drawn("words", netdraw.load("squeezenet")).lines
    assert [fork.text for fork in fire.forks] == ["C′/8"]
    found = drawn("words", netdraw.load("googlenet"))
    assert [fork.text for fork in found.lines[0].forks] == ["C"]
    measure = metrics(load("default"), 44.0)
    assert "C" in [words.text for words in aligned(found, measure, Page(None)).texts]


def test_an_output_that_is_not_free_is_no_width_of_its_own() -> None:
    dense = units(netdraw.load("densenet121"))[0]
    assert [width.text for width in dense.widths.values()][-1] == "C + 32"
    inception = units(netdraw.load("googlenet"))[0]
    assert not inception.has_output
    assert inception.listed
    words = drawn("words", netdraw.load("googlenet")).words
    assert words.totals == "MACs at C = 64, 56×56"
    assert "first block" in words.caption


def test_no_width_is_part_of_an_output_that_is_not_free() -> None:
    """One branch is a quarter of the output in both blocks, but the other does not go with it."""
    ways = "a: [{Conv2d: {out_channels: w, kernel_size: 1}}], b: [{Conv2d: {out_channels: 3 * w, kernel_size: 1}}]"
    block = f"{{params: {{w: required}}, layers: [{{parallel: {{{ways}}}, join: Concat}}]}}"
    (unit,) = units(spec("net", "[{Pair: {w: 8}}, {Pair: {w: 16}}]", block))
    assert [width.text for width in unit.widths.values()] == ["8, 16", "24, 48", "32, 64"]
    assert not unit.has_output


@pytest.mark.parametrize(
    ("cost", "total", "head"),
    [
        ("macs", "14.7 M MACs", "MACs at C = C′ = 64, 56×56"),
        ("flops", "29.3 M FLOPs", "FLOPs at C = C′ = 64, 56×56"),
        ("params", "4.93 k parameters", "parameters at C = C′ = 64"),  # 9·64 + 64·64, and two norms of 64: 4,928
        ("none", "", ""),
    ],
)
def test_the_cost_is_that_of_the_view(cost: str, total: str, head: str) -> None:
    found = drawn("words", netdraw.load("mobilenet_v1"), cost=cost)
    assert found.lines[0].totals == (total,)
    assert found.words.totals == head
    (bracket, _) = drawn("units", netdraw.load("mobilenet_v1"), cost=cost).lines[0].brackets
    assert (bracket.title or "").removeprefix("depthwise separable, stride 1").removeprefix(" · ") == total


def test_where_there_is_no_number_it_is_said_why() -> None:
    assert all(unit.cost for unit in units(netdraw.load("onet")))
    drawing = compare("resnext50", "resnet50", kind="words", channels=10)
    said = " ".join(text.text for text in texts(drawing.scene.items))
    assert "–" in [text.text for text in texts(drawing.scene.items)]
    assert "C/4 is no whole number at C = 10" in said
    assert "3×3 group convolution does not fit C = 10, 56×56" in said


def texts(items: tuple[Item, ...]) -> list[Text]:
    found = []
    for item in items:
        found += texts(item.items) if isinstance(item, Group) else [item] if isinstance(item, Text) else []
    return found


def warnings(drawing: netdraw.Drawing) -> list[str]:
    return [str(fault) for fault in drawing.faults if fault.severity == "warning"]


def test_picking_is_the_same_in_all_languages() -> None:
    for lang in ("en", "zh"):
        drawing = compare("mobilenet_v2", "resnet50", kind="words", only="*: add", lang=lang)
        assert warnings(drawing) == []
        with pytest.raises(NetdrawError, match="did you mean 'Bottleneck: add'"):
            compare("mobilenet_v2", "resnet50", kind="words", only="Bottleneck: ad", lang=lang)


def test_a_glob_meets_a_condition_whatever_else_tells_units_apart() -> None:
    drawing = compare("vgg16", "mobilenet_v2", kind="words", only="*: stride 2")
    assert warnings(drawing) == []
    notes = [text.text for text in texts(drawing.scene.items)]
    assert "stage, stride 2, 2 layers · 2 blocks" in notes
    assert "stage, stride 2, 3 layers · 3 blocks" in notes


def test_networks_of_which_nothing_is_shown_are_named() -> None:
    drawing = compare("vgg16", "mobilenet_v2", "lenet", kind="units", only="*: add")
    assert warnings(drawing) == [
        "'kind': ND655 warning: not in the figure, since they have no blocks of several layers: lenet",
        "'only': ND655 warning: not in the figure, since no unit of theirs is asked for: vgg16",
    ]
    assert drawing.scene.title == "MobileNetV2"
    with pytest.raises(NetdrawError, match=r"ND656 none of the networks has a block of several layers.*kind='whole'"):
        compare("lenet", "alexnet", kind="words")


def test_chinese_figures_have_no_english_reason() -> None:
    drawing = compare("mobilenet_v2", "resnet50", kind="words", lang="zh")
    assert not [text.text for text in texts(drawing.scene.items) if "stride" in text.text]
    assert "步长 2：不相加" in [text.text for text in texts(drawing.scene.items)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_width_keeps_clear_of_the_ways_above(lang: str) -> None:
    found = drawn("words", *map(netdraw.load, ("vgg16", "mobilenet_v1", "resnet50", "mobilenet_v2")), lang=lang)
    medium = Medium(load(), read_width("screen"), language=lang)
    measure = metrics(medium.theme, 44.0, medium.fonts)
    placement = aligned(found, measure, Page(None))
    assert collisions(placement, found, measure, medium.fonts) == []
    ways = [
        part for wire in placement.edges if wire.kind != "flow" for piece in wire.pieces for part in segments(piece)
    ]
    assert ways
    for words in placement.texts:
        if words.role == "width":
            frame = ink(words, medium.fonts)
            assert not any(frame.wider(0.14 * placement.d).meets(way) for way in ways if way.left == way.right)


def test_two_texts_of_what_is_missing_keep_apart() -> None:
    found = drawn("words", netdraw.load("vgg16"), netdraw.load("mobilenet_v1"))
    placement = aligned(found, metrics(load("default"), 44.0), Page(None))
    missing = [words for words in placement.texts if words.text.startswith("no ") and words.role == "label"]
    assert [words.text for words in missing] == ["no 3×3 convolution", "no 2×2 max pooling"]
    one, other = missing
    assert other.x - one.x - (one.underline + other.underline) / 2 > 0.25 * placement.d


def test_units_of_like_condition_stand_under_each_other() -> None:
    found = drawn("units", netdraw.load("mobilenet_v2"), netdraw.load("resnet50"))
    columns = [{bracket.title: bracket.resolution for bracket in line.brackets} for line in found.lines]
    assert columns[0]["inverted residual, add · 165 M MACs"] == columns[1]["bottleneck, add · 13.6 M MACs"]
    assert "inverted residual, channels change · 165 M MACs" in columns[0]
    assert {box.reason for box in found.lines[0].boxes} >= {"32 → 16: no add", "channels change: no add"}
