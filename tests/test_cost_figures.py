"""The figures of costs: nothing touches, everything can be read in every theme, and lengths are shares."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from figures import network
from layout_checks import Frame

import netdraw
from netdraw.core.errors import OptionError
from netdraw.cost.formulas import lines_of, ratio_of
from netdraw.cost.shares import MOST
from netdraw.diagram.said.glossary import glossary
from netdraw.diagram.view import BYS, By
from netdraw.figure.canvas import LONGEST, ink_on
from netdraw.scene.model import Scene
from netdraw.themes.base import load as load_theme
from netdraw.themes.base import names as theme_names
from netdraw.type import text as font
from netdraw.type.primitives import Ellipse, Group, Item, Rectangle, Text, ratio
from netdraw.type.primitives import Path as Outline

OWN = """\
netdraw: 1
name: own
input: [6, 20, 30]
layers:
  - Conv2d: {name: dw, out_channels: 12, kernel_size: [3, 5], groups: 6, stride: [2, 1], padding: same}
  - PReLU
  - Conv2d: {name: pw, out_channels: 7, kernel_size: 1}
"""
DW_1 = OWN.replace("[3, 5]", "1").replace("stride: [2, 1], ", "")
DW_11 = OWN.replace("[3, 5]", "11")
SOURCES = ["mobilenet_v1", "mobilenet_v2", "resnet50", "inception_v3", "lenet", "ssd300"]
PAIRS = [("mobilenet_v1", 1), ("mobilenet_v1", 13), ("mobilenet_v2", 17), (OWN, 1), (DW_1, 1), (DW_11, 1)]
SVG = "{http://www.w3.org/2000/svg}"


def flat(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items)
        else:
            yield item


def ink(item: Text) -> Frame:
    left, top, right, bottom = font.ink(item.text, item.size, item.weight)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
    x = item.x - share * font.width(item.text, item.size, item.weight)
    return Frame(x + left, item.y + top, x + right, item.y + bottom)


def check(scene: Scene) -> None:
    """No text touches another or leaves the page; each can be read on what lies under it."""
    items = list(flat(scene.items))
    texts = [(item, ink(item)) for item in items if isinstance(item, Text)]
    page = Frame(0, 0, scene.width, scene.height)
    for item, frame in texts:
        assert page.holds(frame), item.text
        assert font.missing(item.text) == (), item.text
    for (one, frame), (other, second) in combinations(texts, 2):
        assert not frame.meets(second), (one.text, other.text)
    boxes = [
        (item, Frame(item.x, item.y, item.x + item.width, item.y + item.height))
        for item in items
        if isinstance(item, Rectangle)
    ]
    for item, frame in texts:
        under = [(box, place) for box, place in boxes if place.meets(frame)]
        if item.role == "kernel":
            ((box, place),) = under
            assert place.holds(frame), item.text
            assert ratio(box.paint.fill, item.color) >= 4.5, item.text
        else:
            assert under == [], item.text
            assert ratio(scene.background, item.color) >= 4.5, item.text


def scene_of(source: str, **options: object) -> Scene:
    return network(source).draw_cost(**options).scene  # type: ignore[arg-type]


# Bars


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("source", SOURCES)
def test_bars_can_be_read_in_every_theme(source: str, theme: str) -> None:
    check(scene_of(source, theme=theme))


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("width", [1440, 620, "page", "column", "none"])
def test_bars_can_be_read_at_every_width(by: By, width: str | float) -> None:
    for source in ("mobilenet_v1", "resnet50"):
        check(scene_of(source, by=by, width=width))


def groups(scene: Scene, role: str) -> list[Group]:
    return [item for item in scene.items if isinstance(item, Group) and item.role == role]


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("source", SOURCES)
def test_parts_are_as_long_as_their_shares(source: str, by: By) -> None:
    net = network(source)
    total = net.costs(by=by).total
    found = groups(net.draw_cost(by=by).scene, "part")
    lengths = {}
    for unit in ("macs", "params", "memory"):
        parts = [dict(group.data) for group in found if dict(group.data)["unit"] == unit]
        values = [int(part["value"]) for part in parts]
        assert sum(values) == getattr(total, unit)
        assert len({part["letter"] for part in parts}) == len(parts) <= MOST
        boxes = [group.items[0] for group in found if dict(group.data)["unit"] == unit]
        widths = [box.width + box.paint.width for box in boxes if isinstance(box, Rectangle)]
        lengths[unit] = sum(widths)
        for value, wide in zip(values, widths, strict=True):
            assert wide == pytest.approx(lengths[unit] * value / sum(values), abs=0.01)
    assert len({round(length, 3) for length in lengths.values()}) == 1


def test_the_table_has_every_part_once_and_the_papers_share() -> None:
    scene = scene_of("mobilenet_v1")
    rows = [[item.text for item in group.items if isinstance(item, Text)] for group in groups(scene, "legend")]
    assert rows[0] == ["A", "convolution 1×1", "94.86 %", "74.19 %", "17.91 %"]
    assert [row[0] for row in rows] == list("ABCDEFGHI")
    assert len(groups(scene_of("resnet50", by="layer"), "legend")) == MOST


def test_parts_are_told_apart_without_colour() -> None:
    """Where two parts have one fill, they have letters of their own, and a line between them."""
    for group in groups(scene_of("resnet50", by="stage", theme="print"), "part"):
        box = group.items[0]
        assert isinstance(box, Rectangle)
        if box.width > 5:
            assert box.paint.stroke and box.paint.stroke != box.paint.fill


# Pairs


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(("source", "number"), PAIRS)
def test_a_pair_can_be_read(source: str, number: int, theme: str) -> None:
    for width in (760, "column", "none"):
        scene = network(source).draw_pair(number, theme=theme, width=width).scene
        check(scene)
        blocks = [path for path in flat(scene.items) if isinstance(path, Outline) and path.round]
        assert len(blocks) == 2 * 4 * 3


def test_blocks_do_not_hide_each_other() -> None:
    for source, number in PAIRS:
        scene = network(source).draw_pair(number).scene
        for group in groups(scene, "filters"):
            fronts = sorted(item.x for item in group.items if isinstance(item, Rectangle))
            (one, *_) = [item for item in group.items if isinstance(item, Rectangle)]
            assert all(b - a > one.width for a, b in pairwise(fronts))


def test_the_numbers_of_a_pair_are_put_in() -> None:
    (pair, *_) = netdraw.load("mobilenet_v1").costs().pairs
    standard, depthwise, pointwise = lines_of(pair, glossary("en"))
    assert standard == (
        "Standard convolution: 64 filters of 3×3×32",
        "Dk·Dk·M·N·DF·DF = 3·3·32·64·112·112 = 231,211,008 MACs",
    )
    assert depthwise.formula == "Dk·Dk·M·DF·DF = 3·3·32·112·112 = 3,612,672 MACs"
    assert pointwise.formula == "M·N·DF·DF = 32·64·112·112 = 25,690,112 MACs"
    assert "1/N + 1/Dk² = 1/64 + 1/(3·3) = 73/576 = 0.1267;" in ratio_of(pair, glossary("en")).formula
    (own,) = netdraw.load(OWN).costs().pairs
    assert lines_of(own, glossary("en"))[1].formula == "Kh·Kw·M·m·Fh·Fw = 3·5·6·2·10·30 = 54,000 MACs"
    assert ratio_of(own, glossary("en")).formula.startswith(
        "m·(1/N + 1/(Kh·Kw)) = 2·(1/7 + 1/(3·5)) = 44/105 = 0.4190;"
    )


@pytest.mark.parametrize(("source", "number"), PAIRS)
def test_every_formula_multiplies_out(source: str, number: int) -> None:
    pair = network(source).costs().pairs[number - 1]
    for line in lines_of(pair, glossary("en")):
        _, product, whole = line.formula.removesuffix(" MACs").split(" = ")
        assert eval(product.replace("·", "*")) == int(whole.replace(",", ""))


# What both have in common


def figures() -> Iterator[netdraw.Drawing]:
    net = netdraw.load("mobilenet_v1")
    yield net.draw_cost()
    yield net.draw_pair(1)


def test_a_figure_says_what_it_is() -> None:
    for drawing in figures():
        root = ET.fromstring(drawing.to_bytes("svg"))
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert root.get("role") == "img" and root.get("lang") == "en"
        assert title is not None and (title.text or "").startswith("MobileNet: ")
        assert description is not None and 40 < len(description.text or "") <= LONGEST
        assert drawing.faults == () and drawing.to_bytes("png")[:4] == b"\x89PNG"


def test_the_same_bytes_every_time() -> None:
    assert [drawing.to_bytes("svg") for drawing in figures()] == [drawing.to_bytes("svg") for drawing in figures()]


def test_goldens(golden: object) -> None:
    for name, drawing in zip(("bars", "pair"), figures(), strict=True):
        golden(f"cost/{name}.svg", netdraw.Drawing(drawing.scene, "none").to_bytes("svg").decode())  # type: ignore[operator]


def test_widths_and_numbers_that_do_not_fit() -> None:
    net = netdraw.load("mobilenet_v1")
    with pytest.raises(
        OptionError, match=r"'width': ND622 the figure does not fit a width of 100; the least that works is (\d+)"
    ) as caught:
        net.draw_cost(width=100)
    net.draw_cost(width=float(str(caught.value).split()[-1]))
    with pytest.raises(OptionError, match=r"the least that works is \d+mm"):
        net.draw_pair(1, width="20mm")
    for number in (0, 14, "1", True):
        with pytest.raises(OptionError, match=r"'pair': ND641 there is no pair .*; mobilenet_v1 has the pairs 1 to 13"):
            net.draw_pair(number)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="ND641 there is no pair 1; lenet has no depthwise separable pair"):
        netdraw.load("lenet").draw_pair(1)
    with pytest.raises(OptionError, match="ND601"):
        net.draw_cost(theme="drk")


def test_paper_sizes_are_stated(tmp_path: Path) -> None:
    file = tmp_path / "cost.svg"
    netdraw.load("mobilenet_v1").draw_cost(width="column").save(file)
    assert 'width="3.5in"' in file.read_text(encoding="utf-8")


def test_ink_is_readable_on_every_fill() -> None:
    for name in theme_names():
        for look in load_theme(name).cells.values():
            for fill in (look.core, look.ring):
                assert ratio(fill, ink_on(fill, look.ink)) >= 4.5


# Titles, letters, few filters

LONG = "A network whose title goes on and on, for a paper with many words in the name of what it is about"
NARROW = OWN.replace("name: own", f"name: own\ntitle: {LONG!r}").replace("out_channels: 7", "out_channels: {few}")


@pytest.mark.parametrize("width", ["column", 760])
def test_a_long_title_is_wrapped(width: str | float) -> None:
    net = netdraw.load(NARROW.replace("{few}", "7"))
    for scene in (net.draw_cost(width=width).scene, net.draw_pair(1, width=width).scene):
        check(scene)
        lines = [item.text for item in flat(scene.items) if isinstance(item, Text) and item.role == "title"]
        assert len(lines) > 1 and " ".join(lines) == LONG


@pytest.mark.parametrize("few", [1, 2, 3, 4, 5])
def test_few_filters_are_all_drawn(few: int) -> None:
    scene = netdraw.load(NARROW.replace("{few}", str(few))).draw_pair(1).scene
    check(scene)
    standard, _, pointwise = groups(scene, "filters")
    for row in (standard, pointwise):
        fronts = [item for item in row.items if isinstance(item, Rectangle)]
        assert len(fronts) == min(few, 4)
        assert any(isinstance(item, Ellipse) for item in row.items) == (few > 4)
        assert f"N = {few}" in [item.text for item in row.items if isinstance(item, Text)]
    said = [item.text for item in flat(scene.items) if isinstance(item, Text)]
    assert f"Pointwise convolution: {few} filter{'s' if few > 1 else ''} of 1×1×12" in said


def test_letters_find_room_on_both_sides_of_their_parts() -> None:
    """The classifier of MobileNet has 0.18 % of the MACs, at the end of the bar; 0.52 % of the parameters are norms."""
    letters = [item.text for item in scene_of("mobilenet_v1").items if isinstance(item, Text) and item.role == "legend"]
    assert letters[: letters.index("MACs")] == ["B", "C", "D", "B", "C", "E", "C", "D", "H", "I"]
