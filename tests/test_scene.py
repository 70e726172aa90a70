"""Glyphs in their proportions, and diagrams composed with places into scenes."""

from __future__ import annotations

import handmade
import pytest
from figures import Figure, drawn
from measures import metrics

from netdraw.core.numbers import number
from netdraw.diagram.model import Cell, LegendEntry
from netdraw.ops.tensor import UNKNOWN
from netdraw.render.svg import drawn as data
from netdraw.scene.compose import compose
from netdraw.styles.cells import measures as style
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.styles.cells.paint import glyph
from netdraw.themes.base import load
from netdraw.type import paths
from netdraw.type.primitives import Ellipse, Group, Item, Path, Rectangle, Text
from netdraw.type.text import CAP_HEIGHT, width

THEME = load()
PAGE = THEME.colors.page


def _glyph(category: str, kernel: str = "", activated: bool = False, d: float = 44.0) -> tuple[Item, ...]:
    return glyph(category, kernel, activated, THEME.look(category), PAGE, 100.0, 50.0, d)


def _cell(category: str) -> Cell:
    return Cell("id", ("id",), category, "", "", (), UNKNOWN)


def _ellipses(items: tuple[Item, ...]) -> list[Ellipse]:
    return [item for item in items if isinstance(item, Ellipse)]


def test_an_activated_convolution_has_a_filled_ring() -> None:
    ring, core = _ellipses(_glyph("conv", "3", True))
    look = THEME.look("conv")
    assert (ring.rx, ring.ry, ring.paint.fill, ring.paint.stroke) == (22, 22, look.ring, "")
    assert (ring.rx - core.rx) / 44 == pytest.approx(0.105)
    assert (core.paint.fill, core.paint.stroke) == (look.core, "#ffffff")
    assert core.paint.width / 44 == pytest.approx(0.022)


def test_a_linear_convolution_has_an_outlined_ring_of_the_same_size() -> None:
    ring, core = _ellipses(_glyph("conv", "1"))
    look = THEME.look("conv")
    assert ring.rx + ring.paint.width / 2 == pytest.approx(22)
    assert (ring.paint.fill, ring.paint.stroke) == (PAGE, look.ring)
    assert ring.paint.width / 44 == pytest.approx(0.045)
    assert (22 - core.rx) / 44 == pytest.approx(0.12)
    assert core.paint.fill == look.core


def test_a_depthwise_convolution_leans() -> None:
    ring, _ = _ellipses(_glyph("conv.depthwise", "3", True))
    assert (ring.rx, ring.ry) == (22, pytest.approx(13.2))
    assert ring.angle == -60
    wide, high = style.silhouette("conv.depthwise")
    assert (wide, high) == (pytest.approx(0.721, abs=1e-3), pytest.approx(0.917, abs=1e-3))


@pytest.mark.parametrize("category", GLYPHS)
@pytest.mark.parametrize("activated", [False, True])
@pytest.mark.parametrize("d", [44.0, 26.0])
def test_every_glyph_stays_within_its_extent_and_scales(category: str, activated: bool, d: float) -> None:
    size = style.silhouette(category)
    for item in _glyph(category, "", activated, d):
        if isinstance(item, Ellipse) and not item.angle and item.cy == 50:
            edge = item.paint.width / 2
            assert 2 * (item.rx + edge) <= size.width * d + 1e-6
            assert 2 * (item.ry + edge) <= size.height * d + 1e-6
            assert item.cx == 100


def test_fully_connected_tells_whether_it_is_activated() -> None:
    assert len(_ellipses(_glyph("linear"))) == 1
    assert len(_ellipses(_glyph("linear", "", True))) == 2


@pytest.mark.parametrize(("kernel", "size"), [("3", 0.42), ("11", 0.36), ("LRN", 0.30), ("3×5×7", 0.24)])
def test_the_kernel_stands_in_the_middle(kernel: str, size: float) -> None:
    text = _glyph("conv", kernel, True)[-1]
    assert isinstance(text, Text)
    assert text.size / 44 <= size + 1e-9
    assert text.size / 44 >= size * 0.95
    assert (text.x, text.anchor, text.weight, text.role) == (100, "middle", 600, "kernel")
    assert text.y - CAP_HEIGHT * text.size / 2 == pytest.approx(50)


@pytest.mark.parametrize("category", ["conv", "conv.depthwise", "conv.row", "conv.column"])
@pytest.mark.parametrize("kernel", ["1", "11", "3×5", "G32"])
def test_no_kernel_is_wider_than_its_core(category: str, kernel: str) -> None:
    _, core = _ellipses(_glyph(category, kernel, True))
    assert width(kernel, style.kernel_size(category, kernel) * 44, 600) < 2 * max(core.rx, core.ry)


@pytest.mark.parametrize(
    ("category", "kernel"),
    [("add", "+"), ("mul", "×"), ("concat", "‖")]
    + [
        (name, "")
        for name in ("add", "sub", "mul", "div", "pow", "matmul", "concat", "split", "slice", "crop", "shuffle")
    ],
)
def test_signs_are_strokes_that_stay_within_their_disc(category: str, kernel: str) -> None:
    disc, sign = _glyph(category, kernel)
    assert isinstance(disc, Ellipse)
    assert isinstance(sign, Path)
    assert (disc.rx, disc.paint.fill) == (11, THEME.look(category).core)
    assert sign.paint.stroke == THEME.look(category).ink
    for arm in style.sign(category, kernel):
        for x, y in arm:
            assert (x * x + y * y) ** 0.5 * style.SIGN <= 0.25 - style.sign_line(category, kernel)


def test_softmax_has_its_triangle() -> None:
    _, triangle = _glyph("softmax")
    assert isinstance(triangle, Path)
    assert data(triangle.steps).startswith("M100 36.36L")
    assert triangle.steps[-1] == ("Z",)


def test_letters_stand_where_a_cell_brings_none() -> None:
    said = [item.text for category in ("attention", "norm.layer", "nms") for item in _glyph(category)[-1:]]  # type: ignore[union-attr]
    assert said == ["A", "LN", "NMS"]
    assert isinstance(last := _glyph("conv.group", "G32")[-1], Text)
    assert last.text == "G32"
    assert style.content("attention", "8") == "8"


@pytest.mark.parametrize("category", ["recurrent.rnn", "recurrent.lstm", "recurrent.gru", "recurrent.bidirectional"])
def test_a_loop_handle_stands_over_its_disc(category: str) -> None:
    loop, disc, *_ = _ellipses(_glyph(category))
    top = loop.cy - loop.ry - loop.paint.width / 2
    assert top == pytest.approx(50 - 44 * (0.5 + style.rise(_cell(category))))
    assert loop.cy + loop.ry < disc.cy
    assert (loop.paint.fill, style.rise(_cell("conv"))) == ("", 0.0)


def test_a_bidirectional_cell_has_a_square_and_a_gru_a_triangle() -> None:
    paths_of = [
        [[step[0] for step in item.steps] for item in _glyph(name) if isinstance(item, Path)]
        for name in ("recurrent.bidirectional", "recurrent.gru")
    ]
    assert [path.count("L") for (path,) in paths_of] == [3, 2]


def test_a_closed_block_is_as_wide_as_its_name() -> None:
    (box, name) = _glyph("block", "InvertedResidual")
    assert isinstance(box, Rectangle)
    assert isinstance(name, Text)
    size = style.silhouette("block", "InvertedResidual")
    assert box.width + box.paint.width == pytest.approx(size.width * 44)
    assert box.height + box.paint.width == pytest.approx(44)
    assert box.x + box.width / 2 == pytest.approx(100)
    assert width(name.text, name.size, name.weight) < box.width - 20
    assert style.silhouette("block", "a") == (1.0, 1.0)


def test_the_classic_theme_keeps_the_proportions_of_its_grid() -> None:
    theme = load("classic")

    def drawn(category: str) -> list[Ellipse]:
        return _ellipses(glyph(category, "", True, theme.look(category), PAGE, 0, 0, 74.0, shapes=theme.shapes))

    ring, core = drawn("conv")
    assert (ring.rx, core.paint.width) == (37, pytest.approx(1, abs=1e-3))
    assert 2 * core.rx == pytest.approx(59, abs=0.01)
    assert ring.rx - core.rx - core.paint.width / 2 == pytest.approx(7, abs=0.01)
    for category, half in (("conv.row", (37, 21.5)), ("conv.column", (21.5, 37)), ("conv.depthwise", (37, 21.5))):
        assert (drawn(category)[0].rx, drawn(category)[0].ry) == pytest.approx(half, abs=0.01)
    assert 2 * drawn("concat")[0].rx == 37
    assert metrics(theme, 74.0).extent(_cell("conv.depthwise")) < style.silhouette("conv.depthwise")


def test_numbers() -> None:
    assert [number(value) for value in (1.0, 0.5, 1.25, -0.001, 100.0, 2.345678, -3.1)] == [
        "1", "0.5", "1.25", "0", "100", "2.35", "-3.1",
    ]  # fmt: skip


def test_rounded_corners() -> None:
    assert data(paths.polyline(((0, 10), (0, 0), (20, 0)))) == "M0 10V0H20"
    assert data(paths.polyline(((0, 10), (0, 0), (20, 0)), 4)) == "M0 10V4Q0 0 4 0H20"
    assert data(paths.polyline(((0, 10), (0, 0), (4, 0), (4, 10)), 4)) == "M0 10V2Q0 0 2 0Q4 0 4 2V10"
    assert data(paths.polyline(((0, 0), (3, 4)))) == "M0 0L3 4"
    assert data(paths.polyline(((5, 5), (5, 5), (9, 5)), 2)) == "M5 5H9"


def test_heads_point_along_the_line() -> None:
    assert data(paths.head(((0, 0), (10, 0)), 4, 2)) == "M10 0L6 2L6 -2Z"
    assert data(paths.head(((3, 0), (3, 8)), 4, 1)) == "M3 8L2 4L4 4Z"
    assert paths.shortened(((0, 0), (10, 0)), 3) == ((0, 0), (7, 0))


def test_nothing_placed_is_lost() -> None:
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0))
    kinds: dict[str, int] = {}
    texts = []

    def walk(items: tuple[Item, ...]) -> None:
        for item in items:
            if isinstance(item, Group):
                kinds[item.role] = kinds.get(item.role, 0) + 1
                walk(item.items)
            elif isinstance(item, Text) and item.role != "kernel":
                texts.append((item.text, item.x, item.y))

    walk(scene.items)
    places = handmade.PLACEMENT
    assert kinds == {"box": 2, "tick": 1, "cell": len(places.cells), "bar": 2, "bracket": 1, "legend": 2}
    assert sorted(texts) == sorted((words.text, words.x, words.y) for words in places.texts)


@pytest.mark.parametrize("name", ["resnet50", "unet", "densenet121"])
def test_where_an_arc_or_a_lane_leaves_the_line_is_a_dot(name: str) -> None:
    found = drawn(Figure(name))
    wires = [wire for wire in found.placement.edges if wire.dot]
    dots = {(item.cx, item.cy, item.rx) for item in found.scene.items if isinstance(item, Ellipse)}
    assert dots == {(*wire.pieces[0][0], 0.075 * 44.0) for wire in wires}
    assert len(wires) == {"resnet50": 8, "unet": 4, "densenet121": 4}[name]


def test_small_discs_are_larger_in_the_legend_but_not_as_large_as_a_convolution() -> None:
    """At the size that they have beside a convolution on the line, what stands in them could not be read."""
    entries = ("conv", "add")
    diagram = handmade.DIAGRAM._replace(legend=tuple(LegendEntry(one, "", "", one) for one in entries))
    scene = compose(diagram, handmade.PLACEMENT, metrics(THEME, 44.0))
    keys = [item for item in scene.items if isinstance(item, Group) and item.role == "legend"]
    conv, add = (max(one.rx for one in _ellipses(key.items)) for key in keys)
    on_the_line = style.silhouette("add").width / style.silhouette("conv").width
    assert conv == pytest.approx(handmade.PLACEMENT.legend[0].d / 2, rel=0.05)
    assert add / conv == pytest.approx(1.44 * on_the_line, rel=0.05) and add < 0.8 * conv


def test_a_text_of_nothing_known_is_drawn_all_the_same() -> None:
    words = handmade.PLACEMENT.texts[0]._replace(id="gone", role="label", text="left over")
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT._replace(texts=(words,)), metrics(THEME, 44.0))
    assert [item.text for item in scene.items if isinstance(item, Text)] == ["left over"]


def test_texts_and_cells_lie_above_boxes_and_wires() -> None:
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0))
    order = [item.role if isinstance(item, Group | Path | Text) else "" for item in scene.items]
    last_wire = max(index for index, role in enumerate(order) if role in ("edge", "residual"))
    assert max(index for index, role in enumerate(order) if role == "box") < order.index("edge")
    assert last_wire < order.index("tick") < order.index("cell") < order.index("bar") < order.index("title")


def test_a_nested_box_is_one_step_darker() -> None:
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0))
    fills = [
        item.items[0].paint.fill
        for item in scene.items
        if isinstance(item, Group) and item.role == "box" and isinstance(item.items[0], Rectangle)
    ]
    assert fills[0] == THEME.colors.tint != fills[1]


def test_of_a_bracket_cut_in_two_the_part_with_the_cost_has_the_text() -> None:
    (span,) = handmade.PLACEMENT.brackets
    cut = handmade.PLACEMENT._replace(brackets=(span._replace(cost=None), span))
    scene = compose(handmade.DIAGRAM, cut, metrics(THEME, 44.0))
    groups = [item for item in scene.items if isinstance(item, Group) and item.role == "bracket"]
    assert [group.data for group in groups] == [(("stage", "stem"),), (("stage", "stem"), ("cost", "10838016"))]
    assert [len(group.items) for group in groups] == [1, 2]


def test_physical_size() -> None:
    assert compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0)).physical == ("655.3", "372")
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0), unit="mm", scale=8.3)
    assert scene.physical == ("78.9518mm", "44.8193mm")


def test_a_scene_as_plain_data() -> None:
    row = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0)).to_dict()
    assert row["items"][0]["kind"] == "group"
    assert row["items"][0]["items"][0]["kind"] == "rectangle"
