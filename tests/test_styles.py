"""Styles are exchanged: what each says in its cells, and a third one that only its own file knows."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path as File
from typing import Any

import figures
import pytest
import tall_style
from figures import Figure, drawn, faults
from measures import metrics

import netdraw
from netdraw.core.registry import Registry
from netdraw.diagram.model import Cell, LegendEntry
from netdraw.ops.categories import CATEGORIES
from netdraw.ops.tensor import by_length
from netdraw.scene.contrast import poor
from netdraw.scene.model import Scene
from netdraw.styles import base
from netdraw.styles.base import STYLES, Metrics, Setting, Side, Spot, Style
from netdraw.styles.boxes import is_join, written
from netdraw.themes.base import load
from netdraw.themes.base import names as theme_names
from netdraw.type.primitives import Ellipse, Group, Item, Path, Rectangle, Text, ratio
from netdraw.type.typeface import OURS

SIDES: tuple[Side, ...] = ("left", "right", "top", "bottom")
JOINED = ("BatchNorm2d", "ReLU")
CONV = Cell("c", ("c",), "conv", "3", "ReLU", ("64", "/2"), by_length((64, 56, 56)), after=JOINED, size="3×3")
EARLY = CONV._replace(before=JOINED, after=())


def texts(items: tuple[Item, ...]) -> list[str]:
    return [item.text for item in items if isinstance(item, Text)]


def painted(style: str, cell: Cell, small: bool = False, theme: str = "default", lang: str = "en") -> tuple[Item, ...]:
    return STYLES[style].paint(cell, Setting(load(theme), OURS, lang), Spot(0.0, 0.0, 100.0, small))


def frame(items: tuple[Item, ...]) -> tuple[float, float]:
    """Half of the width and the height of what is painted about the origin, texts apart."""
    xs, ys = [0.0], [0.0]
    for item in items:
        if isinstance(item, Rectangle):
            edge = item.paint.width / 2 if item.paint.stroke else 0.0
            xs.append(item.x + item.width + edge)
            ys.append(item.y + item.height + edge)
        elif isinstance(item, Ellipse):
            xs.append(item.cx + max(item.rx, item.ry))
            ys.append(item.cy + max(item.rx, item.ry))
    return max(xs), max(ys)


# Any style


@pytest.mark.parametrize("style", ["cells", "boxes"])
@pytest.mark.parametrize("category", [*CATEGORIES, "conv.unheard.of", "something.new"])
def test_every_category_is_drawn(style: str, category: str) -> None:
    """One that a style has no row for is drawn as the one above it, at last as another."""
    cell = CONV._replace(category=category)
    assert painted(style, cell)
    measure = metrics(load(), 44.0, style=style)
    for small in (False, True):
        size = measure.extent(cell, small)
        assert size.height > 0.1 and size.width > 0.1
        for side in SIDES:
            far = measure.border(cell, side, 0.0, True, small)
            assert 0 < far <= (size.width if side in ("left", "right") else size.height) / 2 + 1e-9


def test_what_is_asked_for_is_in_the_metadata_and_the_default_is_not() -> None:
    lenet = netdraw.load("lenet")
    assert '"style":"boxes"' in lenet.draw(style="boxes").to_bytes("svg").decode()
    assert '"style"' not in lenet.draw().to_bytes("svg").decode()
    with pytest.raises(netdraw.NetdrawError, match="did you mean 'boxes'"):
        lenet.draw(style="boxs")


# Boxes


def test_a_box_says_its_layer_in_words() -> None:
    assert texts(painted("boxes", CONV)) == ["3×3 conv", "64, /2", "BN, ReLU"]
    assert texts(painted("boxes", CONV, lang="zh")) == ["3×3 卷积", "64, /2", "BN, ReLU"]
    assert texts(painted("boxes", CONV, small=True)) == ["3×3 conv, 64, /2, BN, ReLU"]
    gate = CONV._replace(where="gate", after=("ReLU",), label=("16",))
    assert texts(painted("boxes", gate, small=True)) == ["3×3 conv", "16, ReLU"]
    assert texts(painted("boxes", EARLY, small=True)) == ["BN, ReLU, 3×3 conv, 64, /2"]
    early = gate._replace(before=JOINED, after=())
    assert texts(painted("boxes", early, small=True)) == ["BN, ReLU", "3×3 conv", "16"]
    pool = CONV._replace(category="pool.max", after=(), activation="", label=("/2",))
    assert texts(painted("boxes", pool)) == ["max pool", "3×3, /2"]
    grouped = CONV._replace(category="conv.group", kernel="G32", label=("128", "3×3 /2"))
    assert texts(painted("boxes", grouped))[:2] == ["3×3 conv", "128, /2, G32"]
    full = CONV._replace(label=("3×3, 64, /2",))
    assert texts(painted("boxes", full))[:2] == ["3×3 conv", "64, /2"]
    block = CONV._replace(category="block", kernel="Bottleneck", size="", after=(), activation="", label=("256",))
    assert texts(painted("boxes", block)) == ["Bottleneck", "256"]


def test_a_joined_band_stands_where_it_comes_and_is_filled_where_something_is_activated() -> None:
    def band(cell: Cell) -> tuple[Path, float]:
        items = painted("boxes", cell)
        (path,) = [item for item in items if isinstance(item, Path)]
        (words,) = [item for item in items if isinstance(item, Text) and item.text.startswith("BN")]
        return path, words.y

    after, low = band(CONV)
    before, high = band(EARLY)
    alone, _ = band(CONV._replace(after=JOINED[:1], activation=""))
    assert high < 0 < low
    assert after.paint.fill == before.paint.fill == load().look("conv").ring
    assert alone.paint.fill == load().colors.page
    plain = painted("boxes", CONV._replace(after=(), activation=""))
    assert not any(isinstance(item, Path) for item in plain)


def test_an_activation_before_and_a_norm_after_are_two_bands() -> None:
    cell = CONV._replace(before=("ReLU",), after=("BatchNorm2d",))
    items = painted("boxes", cell)
    top, foot = [item.paint.fill for item in items if isinstance(item, Path)]
    assert (top, foot) == (load().look("conv").ring, load().colors.page)
    words = [item for item in items if isinstance(item, Text)]
    assert [item.text for item in words] == ["ReLU", "3×3 conv", "64, /2", "BN"]
    assert [item.y for item in words] == sorted(item.y for item in words)
    measure = metrics(load(), 100.0, style="boxes")
    assert frame(items) == pytest.approx(tuple(50 * side for side in measure.extent(cell)))


# Before and after, in cells


def half(entry: Side, category: str = "conv", theme: str = "default") -> Path:
    """What is filled of the ring of a cell that is activated before."""
    spot = Spot(0.0, 0.0, 100.0, entry=entry)
    items = STYLES["cells"].paint(EARLY._replace(category=category), Setting(load(theme)), spot)
    (found,) = [item for item in items if isinstance(item, Path)]
    return found


@pytest.mark.parametrize("category", ["conv", "conv.depthwise", "conv.row", "conv.column", "linear"])
def test_the_half_of_the_ring_is_filled_where_the_line_comes_in(category: str) -> None:
    size = metrics(load(), 100.0).extent(EARLY._replace(category=category))
    for entry, axis, sign in (("left", 0, -1), ("top", 1, -1), ("right", 0, 1), ("bottom", 1, 1)):
        points = [step[-2:] for step in half(entry, category).steps if len(step) > 2]
        along = [sign * point[axis] for point in points]
        assert min(along) == pytest.approx(0.0, abs=1e-6)  # cut in the middle, across the line
        assert 80 * (size.width, size.height)[axis] / 2 < max(along) < 100.01 * (size.width, size.height)[axis] / 2


@pytest.mark.parametrize("theme", theme_names())
def test_before_after_and_linear_differ_without_colour(theme: str) -> None:
    page = load(theme).colors.page
    assert ratio(half("left", theme=theme).paint.fill, page) > 4.5
    forms = [CONV, EARLY, CONV._replace(activation="", after=())]
    shapes = [[(type(item), getattr(item, "rx", 0)) for item in painted("cells", cell, theme=theme)] for cell in forms]
    assert len({str(shape) for shape in shapes}) == 3
    assert [any(kind is Path for kind, _ in shape) for shape in shapes] == [False, True, False]


def test_the_core_of_a_cell_activated_before_holds_its_digits() -> None:
    for category, kernel in (("conv", "3"), ("conv.depthwise", "7"), ("conv.group", "G32")):
        spot, setting = Spot(0.0, 0.0, 100.0), Setting(load())
        items = STYLES["cells"].paint(EARLY._replace(category=category, kernel=kernel), setting, spot)
        core = [item for item in items if isinstance(item, Ellipse)][-1]
        (words,) = [item for item in items if isinstance(item, Text)]
        assert OURS.width(words.text, words.size, words.weight) < 2 * max(core.rx, core.ry)


def test_a_box_holds_its_words_and_is_what_it_says_it_takes() -> None:
    for small in (False, True):
        measure, items = metrics(load(), 100.0, style="boxes"), painted("boxes", CONV, small)
        size = measure.extent(CONV, small)
        assert frame(items) == pytest.approx((size.width * 50, size.height * 50))
        for item in items:
            if isinstance(item, Text):
                assert OURS.width(item.text, item.size, item.weight) < size.width * 100 - 30
                assert abs(item.y) < size.height * 50 - 4
    wide = written(CONV._replace(label=("a very long label",)), False, "en", 0.4, OURS)
    assert wide.width > written(CONV, False, "en", 0.4, OURS).width


def test_what_differs_is_marked_in_the_box() -> None:
    items = painted("boxes", CONV._replace(marked=(1,)))
    (mark,) = [item for item in items if isinstance(item, Path) and item.role == "mark"]
    (words,) = [item for item in items if isinstance(item, Text) and item.text == "/2"]
    assert words.weight == 600 and mark.steps[0][1] == words.x and mark.steps[0][2] > words.y


@pytest.mark.parametrize("theme", theme_names())
def test_words_in_boxes_can_be_read(theme: str) -> None:
    for category in CATEGORIES:
        for activation in ("ReLU", ""):
            cell = CONV._replace(
                category=category, activation=activation, after=("BatchNorm2d", activation)[: 1 + bool(activation)]
            )
            items, page = () if is_join(cell) else painted("boxes", cell, theme=theme), load(theme).colors.page
            scene = Scene(9.0, 9.0, ("9", "9"), page, items, "", "", "en", ())
            assert figures.told(poor(scene)) == [], category


def said(name: str, **view: Any) -> Iterator[tuple[Cell, list[str]]]:
    """The cells of a figure in boxes with all the texts in them, and under them."""
    drawing = netdraw.load(name).draw(style="boxes", **view)
    assert drawing.diagram
    cells = {cell.id: cell for line in drawing.diagram.lines for cell in line.cells}
    groups = [item for item in drawing.scene.items if isinstance(item, Group) and item.role == "cell"]
    assert drawing.placement and len(groups) == len(drawing.placement.cells)
    for cell, group in zip(drawing.placement.cells, groups, strict=True):
        yield cells[cell.id], texts(group.items)


@pytest.mark.parametrize("name", ["se_resnet50", "googlenet", "densenet121", "ssd300"])
def test_all_that_a_cell_says_is_said_once(name: str) -> None:
    """In the box or under it: nothing is left out, and nothing said twice."""
    for cell, found in said(name):
        whole = ", ".join(found)
        for part in cell.label:
            assert part in whole or cell.category == "input", (cell.id, part)
        if not is_join(cell):
            assert len(set(found)) == len(found), cell.id
            assert cell.size in whole, cell.id


def test_boxes_need_no_legend_but_for_discs() -> None:
    scene = netdraw.load("resnet18").draw(style="boxes").scene
    keys = [item for item in scene.items if isinstance(item, Group) and item.role == "legend"]
    assert [texts(item.items)[-1] for item in keys] == ["add, then ReLU"]


# A third one


@pytest.fixture
def tall(monkeypatch: pytest.MonkeyPatch) -> Style:
    """A style that a package adds: its entry point is all that is known of it."""
    point = EntryPoint("tall", "tall_style:TALL", "netdraw.styles")
    real = importlib.metadata.entry_points
    monkeypatch.setattr(
        importlib.metadata,
        "entry_points",
        lambda **asked: [point] if asked == {"group": point.group} else real(**asked),
    )
    fresh: Registry[Style] = Registry("styles", "netdraw.styles")
    monkeypatch.setattr(STYLES, "_items", {**STYLES._items})
    monkeypatch.setattr(STYLES, "_loaded", False)
    assert "tall" in STYLES and fresh.get("nothing") is None
    figures.sizes.cache_clear()
    return STYLES["tall"]


def test_a_third_style_is_found_by_its_entry_point(tall: Style) -> None:
    assert tall is tall_style.TALL
    assert "tall" in STYLES.names() and {"cells", "boxes"} <= set(STYLES.names())
    rectangles = [
        shape
        for item in netdraw.load("lenet").draw(style="tall").scene.items
        if isinstance(item, Group) and item.role == "cell"
        for shape in item.items
        if isinstance(shape, Rectangle)
    ]
    assert {(round(one.width / 44, 2), round(one.height / 44, 2)) for one in rectangles} == {(0.6, 2.0)}


LAYOUTS = [layout for layout in figures.DIMENSIONS["layout"] if layout != "auto"]
FEW = ["resnet50", "googlenet", "se_resnet50", "ssd300", "nasnet_mobile"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in FEW else [pytest.mark.sweep]) for name in figures.ZOO]
)
def test_a_third_style_draws_the_zoo_without_a_collision(tall: Style, name: str, layout: str) -> None:
    figure = Figure(name, "folded", "screen", "default", layout, "tall")
    assert faults(figure) == []
    found = drawn(figure)
    # Labels hang under what they speak of, however high that is.
    if layout == "strip":
        cells = {cell.id: cell for cell in found.placement.cells}
        under = [words for words in found.placement.texts if words.role == "label" and not cells[words.id].small]
        assert under
        assert all(words.y - cells[words.id].y == pytest.approx(1.477 * found.placement.d) for words in under)


def test_the_page_on_styles_shows_that_style() -> None:
    page = (File(__file__).parent.parent / "docs/styles.md").read_text(encoding="utf-8")
    assert f"```python\n{File(tall_style.__file__).read_text(encoding='utf-8')}```" in page


def test_the_least_that_a_style_says_is_its_extent_and_its_paint() -> None:
    """All else has a default: the border of a rectangle, labels and samples as in the default style."""
    measure = Metrics(44.0, Style("mine", tall_style.extent, tall_style.paint), Setting(load()))
    assert [measure.border(CONV, side, 0.2, False) for side in SIDES] == [0.3, 0.3, 1.0, 1.0]
    assert measure.style.label(CONV) == CONV.label
    assert measure.sample(LegendEntry("conv", "3", "", "convolution")) == (0.6, 2.0)
    assert base.Spacing() == measure.style.spacing
