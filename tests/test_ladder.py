"""The ladder: which view wins, what is drawn closed on each rung, and that nothing is lost or touches on any."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from figures import MADE, network, viewed
from layout_checks import collisions
from measures import metrics

import netdraw
from netdraw.core.errors import OptionError
from netdraw.core.lengths import read_height, read_width
from netdraw.diagram.build import build
from netdraw.diagram.model import BLOCK, Cell, Diagram
from netdraw.diagram.texts import About
from netdraw.diagram.view import Depth, View
from netdraw.figure.ladder import RUNGS
from netdraw.layout.base import Page, TooNarrow
from netdraw.layout.strip.strip import strip
from netdraw.scene.compose import compose
from netdraw.spec.sources import zoo_names
from netdraw.themes.base import load as load_theme
from netdraw.type.primitives import Text

NS = "{http://www.w3.org/2000/svg}"
CLOSED: tuple[Depth, ...] = ("once", "block", "stage")
NETS = (
    "alexnet", "densenet121", "googlenet", "inception_v3", "lenet", "mobilenet_v1", "mobilenet_v2", "onet", "resnet50",
    "resnext50", "se_resnet50", "squeezenet", "ssd300", "ssd300_nms", "unet", "vgg16",
)  # fmt: skip


def diagram(name: str, depth: Depth, **view: Any) -> Diagram:
    return viewed(name, depth=depth, **view)


def blocks(name: str, depth: Depth) -> list[Cell]:
    return [cell for cell in diagram(name, depth).lines[0].cells if cell.category == BLOCK]


def picture(source: str, **view: Any) -> ET.Element:
    return ET.fromstring(network(source).draw(**view).to_bytes("svg"))


def groups(root: ET.Element, kind: str) -> list[ET.Element]:
    return [item for item in root.iter(NS + "g") if item.get("class") == kind]


def rung(source: str, **view: Any) -> str:
    return dict(network(source).draw(**view).scene.meta)["rung"]


def refused(source: str, **view: Any) -> str:
    with pytest.raises(OptionError) as caught:
        network(source).draw(**view)
    return str(caught.value)


# Which rung


def test_the_rungs_in_order() -> None:
    assert [name for name, _ in RUNGS] == ["as asked", "blocks once", "blocks closed", "stages closed"]
    found = [rung("mobilenet_v2", width="column", height=f"{height}mm") for height in (240, 152, 130, 110)]
    assert found == [name for name, _ in RUNGS]


def test_what_fits_is_drawn_as_asked() -> None:
    one = network("mobilenet_v2")
    for width in ("screen", "page", "column"):
        assert one.draw(width=width).scene.items == one.draw(width=width, depth="layer").scene.items


def test_a_box_too_wide_for_the_page_leads_to_the_next_rung() -> None:
    least = re.search(
        r"least that works is (\d+)mm", refused("inception_v3", width="10mm", height="none", depth="layer")
    )
    assert least
    narrower = int(least[1]) - 1
    assert rung("inception_v3", width=f"{narrower}mm", height="none") != "as asked"


def test_unfold_and_depth_switch_it_off() -> None:
    for view in ({"unfold": True}, {"depth": "layer"}, {"depth": "block", "unfold": True}):
        assert "ND627" in refused("mobilenet_v2", width="column", height="4.2in", **view)
    drawn = network("mobilenet_v2").draw(width="column", depth="stage")
    meta = dict(drawn.scene.meta)
    assert (meta["rung"], meta["view"]["depth"]) == ("as asked", "stage")


def test_metadata_and_caption_name_the_rung() -> None:
    said = {
        "blocks once": ("Blocks are drawn once below.", "各模块在下方展开一次。"),
        "blocks closed": ("Blocks are closed.", "模块未展开。"),
        "stages closed": ("Stages are closed.", "各级未展开。"),
    }
    for height, (name, texts) in zip((152, 130, 110), said.items(), strict=True):
        for lang, text in zip(("en", "zh"), texts, strict=True):
            root = picture("mobilenet_v2", width="column", height=f"{height}mm", lang=lang)
            meta = json.loads(next(root.iter(NS + "metadata")).text or "")
            caption = "".join(item.text or "" for item in root.iter(NS + "text") if item.get("class") == "caption")
            assert meta["rung"] == name and text.replace(" ", "") in caption.replace(" ", "")
    closed = [words.text for words in strip(diagram("lenet", "block"), SIZES, Page(None)).texts]
    assert not any("closed" in text for text in closed), "nothing of LeNet-5 is a block"


def test_a_try_is_pure() -> None:
    for depth in CLOSED:
        assert diagram("mobilenet_v2", depth) == diagram("mobilenet_v2", depth)
    before = network("resnet50").draw().to_bytes()
    one = network("resnet50").draw(width="column", height="110mm").to_bytes()
    assert one == netdraw.load("resnet50").draw(width="column", height="110mm").to_bytes()
    assert network("resnet50").draw().to_bytes() == before


# The page box


@pytest.mark.parametrize(
    ("height", "width", "drawn"),
    [
        (None, "174mm", 240 * 72 / 25.4),
        (None, "column", 240 * 72 / 25.4),
        (None, 1440, None),
        (None, "none", None),
        ("none", "page", None),
        (600, 1440, 600.0),
        ("6in", 1440, 576.0),
        ("96", "page", 72.0),
        ("6in", "column", 432.0),
        ("25.4mm", "300pt", 72.0),
    ],
)
def test_heights(height: Any, width: Any, drawn: float | None) -> None:
    found = read_height(height, read_width(width)).drawn
    assert found == (None if drawn is None else pytest.approx(drawn))


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        ({"height": "tall"}, "'height': ND626 'tall' is no height; write px"),
        ({"height": "none "}, "'height': ND626 'none ' is no height; did you mean 'none'?"),
        ({"height": 0}, "'height': ND626"),
        ({"height": True}, "'height': ND626"),
        ({"height": "-3in"}, "'height': ND626"),
        ({"depth": "blok"}, "'depth': ND623 unknown value 'blok'; did you mean 'block'?"),
        ({"depth": "once"}, "'depth': ND623"),
    ],
)
def test_options_that_do_not_fit(view: dict[str, Any], fault: str) -> None:
    assert refused("lenet", **view).startswith(fault)


@pytest.mark.parametrize(("unit", "step"), [("mm", 1), ("in", 0.1), ("", 1)])
def test_a_height_that_is_too_small_names_the_least_that_works(unit: str, step: float) -> None:
    width = f"600{unit}" if not unit else "column"
    found = re.search(
        r"ND627 .* least that works is ([\d.]+)" + unit, refused("resnet50", width=width, height=f"1{unit}")
    )
    assert found
    network("resnet50").draw(width=width, height=found[1] + unit)
    assert "ND627" in refused("resnet50", width=width, height=f"{float(found[1]) - step:g}{unit}")


@pytest.mark.parametrize("height", ["none", "240mm", "100mm"])
def test_the_least_width_holds_the_height_too(height: str) -> None:
    found = re.search(r"ND622 .* least that works is (\d+)mm", refused("mobilenet_v2", width="10mm", height=height))
    assert found
    network("mobilenet_v2").draw(width=f"{found[1]}mm", height=height)
    assert "least that works" in refused("mobilenet_v2", width=f"{int(found[1]) - 1}mm", height=height)


def test_where_no_width_helps_the_message_says_so() -> None:
    assert "none works with a height of 5mm" in refused("mobilenet_v2", width="10mm", height="5mm")


def test_a_figure_is_never_enlarged_beyond_its_height() -> None:
    for height in range(150, 160):
        shown = network("mobilenet_v2").draw(width="column", height=f"{height}mm").scene.physical[1]
        assert float(shown.removesuffix("in")) * 25.4 <= height + 0.01


# What it must reach


def test_mobilenet_v2_fits_a_column_of_6_inches() -> None:
    root = picture("mobilenet_v2", width="3.5in", height="6in")
    size = [float((root.get(side) or "").removesuffix("in")) for side in ("width", "height")]
    assert size[0] <= 3.5 and size[1] <= 6


def test_every_distinct_block_of_resnet_152_is_visible_on_a_page() -> None:
    for height in ("240mm", "80mm"):
        root = picture("resnet152", width="174mm", height=height)
        boxes = [box for box in groups(root, "box") if box.get("data-residual")]
        kinds = {(box.get("data-residual"), len(re.findall("conv2d", _inside(root, box)))) for box in boxes}
        assert {done for done, _ in kinds} == {"add", "project"}
        sizes = [float(text.get("font-size") or 0) for text in root.iter(NS + "text") if text.get("class") != "kernel"]
        box, scale = float((root.get("viewBox") or "").split()[2]), float((root.get("width") or "").removesuffix("mm"))
        assert min(sizes) * scale / 25.4 * 72 / box >= 5.995


def _inside(root: ET.Element, box: ET.Element) -> str:
    return " ".join(
        cell.get("data-ids") or "" for cell in groups(root, "cell") if cell.get("data-of") == box.get("data-id")
    )


def test_inception_v3_fits_a_page() -> None:
    width, height = network("inception_v3").draw(width="174mm", height="240mm").scene.physical
    assert float(width.removesuffix("mm")) <= 174 and float(height.removesuffix("mm")) <= 240


@pytest.mark.slow
@pytest.mark.parametrize("name", zoo_names())
def test_every_network_of_the_zoo_fits_a_column(name: str) -> None:
    width, height = network(name).draw(width="column").scene.physical
    assert float(width.removesuffix("in")) <= 3.5 + 1e-4
    assert float(height.removesuffix("in")) * 25.4 <= 240.01


# What is closed


@pytest.mark.slow
@pytest.mark.parametrize("depth", CLOSED)
@pytest.mark.parametrize("name", [*NETS, *MADE])
def test_costs_add_up_on_every_rung(name: str, depth: Depth) -> None:
    drawn, total = diagram(name, depth), network(name).analysis.total
    cells = [cell for line in drawn.lines for cell in line.cells]
    assert sum(cell.params for cell in cells) == total.params
    assert sum(cell.macs or 0 for cell in cells) == total.macs
    assert sum(bracket.cost or 0 for bracket in drawn.lines[0].brackets) == total.macs


@pytest.mark.parametrize("depth", CLOSED)
@pytest.mark.parametrize("name", ["mobilenet_v2", "googlenet", "unet", "vgg16", "densenet121"])
def test_unfolded_every_node_is_in_one_cell_or_tick(name: str, depth: Depth) -> None:
    line = diagram(name, depth, unfold=True).lines[0]
    ids = [one for cell in line.cells for one in cell.ids] + [one for tick in line.ticks for one in tick.ids]
    graph = network(name).graph
    assert sorted(ids) == sorted([*(key for key, _ in graph.inputs), *(node.id for node in graph.nodes)])


SIZES = metrics(load_theme("default"), 15.0)


@pytest.mark.slow
@pytest.mark.parametrize("depth", CLOSED)
@pytest.mark.parametrize(
    "view",
    [
        {"lang": "zh"},
        {"labels": "full"},
        {"labels": r"{op} {kernel}\n{in}→{out}, {macs}"},
        {"fuse_pool": True, "shape_order": "hwc"},
        {"every_bar": True},
        {"bars": "macs", "legend": False, "title": False, "caption": False},
        {"unfold": True, "cost": "none"},
    ],
)
@pytest.mark.parametrize("name", ["mobilenet_v2", "googlenet", "densenet121", "unet"])
def test_nothing_collides_in_any_view(name: str, view: dict[str, Any], depth: Depth) -> None:
    _check(diagram(name, depth, **view), 300.0)


def _check(drawn: Diagram, width: float | None) -> None:
    try:
        placed = strip(drawn, SIZES, Page(width))
    except TooNarrow as fault:
        placed = strip(drawn, SIZES, Page(fault.least))
    assert collisions(placed, drawn, SIZES) == []


@pytest.mark.parametrize(
    ("name", "depth", "said"),
    [
        ("vgg16", "block", ["Stage"] * 5),
        ("squeezenet", "block", ["Fire ×2", "Fire", "Fire", "Fire ×2", "Fire", "Fire"]),
        ("densenet121", "block", [
            "DenseLayer ×6, +32", "Transition", "DenseLayer ×12, +32", "Transition", "DenseLayer ×24, +32", "Transition",
            "DenseLayer ×16, +32",
        ]),
        ("mobilenet_v1", "block", [*["DepthwiseSeparable"] * 6, "DepthwiseSeparable ×5", *["DepthwiseSeparable"] * 2]),
        ("mobilenet_v2", "once", ["A", "B", "C", "B", "C ×2", "B", "C ×3", "D", "C ×2", "B", "C ×2", "D"]),
        ("mobilenet_v2", "stage", ["InvertedResidual" + times for times in ("", " ×2", " ×3", " ×4", " ×3", " ×3", "")]),
        ("resnet50", "stage", ["conv2_x", "conv3_x", "conv4_x", "conv5_x"]),
        ("googlenet", "stage", ["stage 1", "stage 2", "inception3", "inception4", "inception5"]),
        ("lenet", "block", []),
        ("inception_v3", "block", [
            "InceptionA", "InceptionA ×2", "InceptionB", "InceptionC", "InceptionC ×2", "InceptionC", "InceptionD",
            "InceptionE ×2",
        ]),
    ],
)  # fmt: skip
def test_what_is_closed(name: str, depth: Depth, said: list[str]) -> None:
    assert [f"{cell.kernel} {cell.times}".strip() for cell in blocks(name, depth)] == said


def test_a_closed_block_says_kernel_stride_and_channels() -> None:
    assert [cell.label for cell in blocks("mobilenet_v2", "block")][:3] == [
        ("16", "3×3"),
        ("24", "3×3 /2"),
        ("24", "3×3"),
    ]
    assert blocks("googlenet", "block")[0].label == ("256", "3a"), "its kernels are several, and it has a name"
    assert blocks("densenet121", "block")[1].label == ("128", "/2"), "a pooling has no weights"
    assert blocks("unet", "stage")[5].label[1] == "×2", "the map grows"
    assert diagram("mobilenet_v2", "block", labels="full").lines[0].cells[3].label == ("3×3, 24, /2",)


def test_no_arc_leads_into_a_closed_block() -> None:
    for depth in CLOSED:
        assert {edge.kind for edge in diagram("resnet50", depth).lines[0].edges} == {"flow"}


# What is drawn once


TITLED = {
    "googlenet": {"3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"},
    "squeezenet": {"fire2, fire3", "fire4", "fire5", "fire6, fire7", "fire8", "fire9"},
}
"""Blocks of one kind alone have the titles that the table knows them by."""


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("mobilenet_v2", {"A": 1, "B": 4, "C": 10, "D": 2}),
        ("resnet50", {"A": 1, "B": 12, "C": 3}),
        ("resnet152", {"A": 1, "B": 46, "C": 3}),
        ("googlenet", {"Inception": 9}),
        ("densenet121", {"DenseLayer": 58, "Transition": 3}),
        ("inception_v3", {"InceptionA": 3, "InceptionB": 1, "InceptionC": 4, "InceptionD": 1, "InceptionE": 2}),
        ("squeezenet", {"Fire": 8}),
        ("lenet", {}),
    ],
)
def test_the_kinds_of_blocks_and_how_many_there_are(name: str, kinds: dict[str, int]) -> None:
    lines = diagram(name, "once").lines[1:]
    found = {line.name: int(re.search(r"(\d+) block", line.note)[1]) for line in lines}  # type: ignore[index]
    assert found == kinds
    closed = diagram(name, "once").lines[0].cells
    said = {cell.kernel for cell in closed if cell.category == BLOCK}
    assert said == TITLED.get(name, set(kinds))
    assert sum(cell.repeat for cell in closed if cell.category == BLOCK) == sum(kinds.values())


def test_the_table_lists_the_widths_that_differ() -> None:
    (panel,) = diagram("googlenet", "once").lines[1:]
    assert panel.table[0] == ("", "1×1", "1×1", "3×3", "1×1", "5×5", "1×1", "")
    assert panel.table[1] == ("3a", "64", "96", "128", "16", "32", "32", "")
    assert panel.table[7] == ("4e, 5a", "256", "160", "320", "32", "128", "128", "×2")
    assert len(panel.table) == 9
    assert panel.parting == (2, 4, 6), "one branch has a column, two have two, and the last has one"
    bottleneck = diagram("resnet50", "once").lines[-1]
    assert [len(bottleneck.table[0]), bottleneck.parting] == [6, (4,)], "three on the line, and one on the arc"
    gated = diagram("se_resnet50", "once").lines[-1]
    assert gated.parting == (4, 6), "three on the line, two in the gate, and one on the arc"
    inception = {line.name: line for line in diagram("inception_v3", "once").lines[1:]}
    assert [row[0] for row in inception["InceptionC"].table[1:]] == ["mixed_6b", "mixed_6c, 6d", "mixed_6e"]
    dense, transition = diagram("densenet121", "once").lines[1:]
    assert dense.note == "one of 58 blocks", "its concat gives another width in each"
    assert dense.table == () and [row[1] for row in transition.table] == ["1×1", "128", "256", "512"]


def test_a_kind_with_several_reasons_says_what_they_share() -> None:
    boxes = [line.boxes[0] for line in diagram("mobilenet_v2", "once").lines[1:]]
    assert [box.reason for box in boxes] == ["32 → 16", "stride 2", "", "channels change"]
    assert diagram("mobilenet_v2", "once", lang="zh").lines[4].boxes[0].reason == "通道数改变"


def test_the_svg_of_blocks_drawn_once() -> None:
    root = picture("mobilenet_v2", width="column", height="6in")
    cells, total = groups(root, "cell"), network("mobilenet_v2").analysis.total
    closed = [cell for cell in cells if cell.get("data-category") == BLOCK]
    shown = [cell for cell in cells if cell.get("data-of")]
    assert sum(int(cell.get("data-macs", 0)) for cell in cells) == total.macs
    assert sum(int(cell.get("data-params", 0)) for cell in cells) == total.params
    assert len(closed) == 12 and not any(cell.get("data-macs") or cell.get("data-params") for cell in shown)
    assert {cell.get("data-of") for cell in shown} <= {cell.get("data-id") for cell in closed}
    for cell in shown:
        owner = next(one for one in closed if one.get("data-id") == cell.get("data-of"))
        assert set((cell.get("data-ids") or "").split()) <= set((owner.get("data-ids") or "").split())
    assert not any((cell.get("data-ids") or "").endswith((":in", ":out")) for cell in cells)
    nodes = network("mobilenet_v2").graph.nodes
    ids = {node.id for node in nodes if node.id.startswith("stages.1.0.")}
    assert ids == set((closed[1].get("data-ids") or "").split())


def test_what_folds_has_the_ids_of_its_last_member_and_the_sums_of_all() -> None:
    cell = next(cell for cell in blocks("mobilenet_v2", "block") if cell.times == "×3")
    macs = network("mobilenet_v2").analysis.groups
    assert all(one.startswith("stages.3.3.") for one in cell.ids)
    assert cell.macs == sum(macs[f"stages.3.{number}"].macs for number in (1, 2, 3)) and cell.repeat == 3


def test_a_block_with_several_inputs_and_outputs_is_drawn_open() -> None:
    text = """
netdraw: 1
name: two
input: [8, 16, 16]
blocks:
  Join:
    inputs: [left, right]
    layers:
      - Add: {from: [left, right]}
      - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
      - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}
layers:
  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1, name: one}
  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1, name: two}
  - Join: {from: [two, one], name: first}
  - Join: {from: [first, one], name: second}
"""
    made = netdraw.load(text)
    drawn = build(made.graph, made.analysis, View(depth="once"), About("two"))
    assert [(line.name, line.note) for line in drawn.lines[1:]] == [("Join", "2 blocks")]
    ports = [cell.id for cell in drawn.lines[1].cells if cell.where == "port"]
    assert ports == ["second:in2", "second:in", "second:out"]
    _check(drawn, None)


def test_a_table_stands_where_the_figure_is_least_high() -> None:
    """Beside a block or under it, each for itself; its numbers are right-aligned, its head is muted, they are not."""
    made, sizes = diagram("inception_v3", "once"), metrics(load_theme(), 15.0)
    placement = strip(made, sizes, Page(174 / 25.4 * 72))
    boxes = {rect.id: rect for rect in placement.boxes}
    tops = {}
    for line in made.lines[1:]:
        texts = [words for words in placement.texts if words.id == line.cells[0].id and words.role in ("head", "table")]
        if texts:
            box = next(boxes[box.id] for box in line.boxes)
            tops[line.name] = texts[0].y < box.y + box.height
            ends = {words.x for words in texts if words.anchor == "end" and words.text.isdigit()}
            assert len(ends) == len(line.table[0]) - 2
    assert tops == {"InceptionA": True, "InceptionC": False}
    theme = load_theme()
    scene = compose(made, placement, metrics(theme, 15.0))
    colors = {item.text: item.color for item in scene.items if isinstance(item, Text) and item.role == "label"}
    assert (colors["mixed_6b"], colors["1×7"]) == (theme.colors.text, theme.colors.muted)


def test_the_title_of_a_closed_stage_stands_in_its_cell_alone() -> None:
    titles = [bracket.title for bracket in diagram("resnet152", "stage").lines[0].brackets]
    assert titles == [None] * 6
    assert [cell.kernel for cell in blocks("resnet152", "stage")] == ["conv2_x", "conv3_x", "conv4_x", "conv5_x"]
    assert "conv2_x" in [bracket.title for bracket in diagram("resnet152", "block").lines[0].brackets]
