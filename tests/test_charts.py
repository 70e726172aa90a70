"""Charts: axes with plain values, labels that touch nothing, marks told apart by shape."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import netdraw
from netdraw.api.compare import compare
from netdraw.charts.candidates import Candidates
from netdraw.charts.draw import draw
from netdraw.charts.geometry import Area, AreaIndex, crosses
from netdraw.charts.labels import place
from netdraw.charts.measures import COUNTED, MEASURES, measure, measured
from netdraw.charts.model import Axis, Chart, Point, Series
from netdraw.charts.occupied import Occupied, Room
from netdraw.charts.scale import scale, value_text
from netdraw.core.errors import NetdrawError, OptionError
from netdraw.core.lengths import read_width
from netdraw.figure.medium import Medium
from netdraw.scene.model import Scene
from netdraw.spec.sources import zoo_names
from netdraw.themes.base import load
from netdraw.type import text
from netdraw.type.primitives import Group, Item, Path, Text, ratio

THEMES = ("default", "dark", "classic", "print")


def texts(items: tuple[Item, ...]) -> list[Text]:
    found = []
    for item in items:
        found += texts(item.items) if isinstance(item, Group) else [item] if isinstance(item, Text) else []
    return found


def ink(one: Text) -> Area:
    left, top, right, bottom = text.ink(one.text, one.size, one.weight)
    x = one.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[one.anchor] * text.width(one.text, one.size, one.weight)
    return Area(x + left, one.y + top, x + right, one.y + bottom)


def touching(scene: Scene) -> list[str]:
    found = [(one.text, ink(one)) for one in texts(scene.items)]
    page = Area(0.0, 0.0, scene.width, scene.height)
    wrong = [f"{a} on {b}" for (a, one), (b, other) in combinations(found, 2) if one.meets(other)]
    return wrong + [f"{name} leaves the page" for name, area in found if not page.holds(area)]


TWELVE = ("alexnet", "vgg16", "vgg19", "googlenet", "inception_v3", "resnet18", "resnet50", "resnet152",
          "mobilenet_v1", "mobilenet_v2", "squeezenet", "densenet121")  # fmt: skip
CROWDED = ("vgg13", "vgg16", "resnet50", "se_resnet50", "resnext50", "densenet201", "inception_v3")
TWENTY_FIVE = tuple(name for name in zoo_names() if any(sign.isdigit() for sign in name))[:25]
FIGURES = {"12": TWELVE, "crowded": CROWDED, "25": TWENTY_FIVE, "zoo": tuple(zoo_names())}


@cache
def network(name: str) -> netdraw.Network:
    return netdraw.load(name)


def charted(figure: str, theme: str = "default", width: str | float = "174mm", y: str = "params") -> Scene:
    return drawn_once(figure, theme, width, y)


@cache
def drawn_once(figure: str, theme: str, width: str | float, y: str) -> Scene:
    return compare(*map(network, FIGURES[figure]), kind="chart", theme=theme, width=width, y=y).scene


def points(scene: Scene) -> list[Group]:
    return [item for item in scene.items if isinstance(item, Group) and item.role == "point"]


def labels(scene: Scene) -> dict[str, Area]:
    """By id, the ink of the words beside each point."""
    return {
        dict(group.data)["id"]: ink(item)
        for group in points(scene)
        for item in group.items
        if isinstance(item, Text) and item.role == "label"
    }


@pytest.mark.slow
@pytest.mark.parametrize("y", ["params", "top1"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", ["3.5in", "174mm", 960])
@pytest.mark.parametrize("figure", FIGURES)
def test_nothing_touches_in_a_chart_of_the_zoo(figure: str, width: str | float, theme: str, y: str) -> None:
    scene = charted(figure, theme, width, y)
    assert touching(scene) == []
    d = read_width(width).d
    found = labels(scene)
    for (a, one), (b, other) in combinations(found.items(), 2):
        assert not one.grown(0.149 * d).meets(other), (a, b)
    shown = {(point.label, point.x, point.y) for point in charted_points(scene)}
    assert len(found) == len(shown), "every network has its words, those that are alike in all have them once"


def charted_points(scene: Scene) -> list[Point]:
    chart = dict(scene.meta)["chart"]
    return [Point(**point) for series in chart["series"] for point in series["points"]]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_leader_ends_at_the_nearer_side_of_its_words(figure: str) -> None:
    """At the middle height of the capitals, and without crossing any words."""
    scene = charted(figure, width="3.5in")
    found = labels(scene)
    checked = 0
    for group in points(scene):
        for leader in group.items:
            if not isinstance(leader, Path) or leader.role != "leader":
                continue
            checked += 1
            (_, x, y), (_, *end) = leader.steps
            (words,) = [item for item in group.items if isinstance(item, Text)]
            left, right = words.x, words.x + text.width(words.text, words.size, words.weight)
            nearer = left if abs(left - x) < abs(right - x) else right
            assert abs(end[0] - nearer) < 0.12 * 15
            assert end[1] == pytest.approx(words.y - 0.34 * words.size, abs=0.02)
            assert not any(crosses(area, (x, y), (end[0], end[1])) for area in found.values())
    assert checked or figure == "12"


def test_where_names_do_not_fit_numbers_stand_for_them() -> None:
    scene = charted("zoo", width="3.5in")
    beside = {
        dict(group.data)["id"]: group.items[-1].text for group in points(scene) if isinstance(group.items[-1], Text)
    }  # type: ignore[union-attr]
    below = [one.text for one in texts(scene.items) if one.role == "legend"]
    assert sorted(beside.values(), key=int) == [str(n) for n in range(1, len(beside) + 1)]
    assert [words.split()[0] for words in below] == [str(n) for n in range(1, len(beside) + 1)]
    assert f"{beside['mobilenet_v2']} MobileNetV2" in below
    assert f"{beside['resnet50_paper']} resnet50_paper" in below, "a title that is another point's is no name"
    named = charted("12", width="3.5in")
    assert {one.text for one in texts(named.items) if one.role == "label"} >= {"VGG-16", "MobileNetV2"}


def test_a_name_on_the_axis_stays_on_the_page() -> None:
    series = (Series("s", (Point("a", 1e6, 1, "a"), Point("b", 9.99e8, 2, "b"))),)
    for high in (9.99e8, 1e9, 1.05e9, 1.2e9, 2e10):
        series = (Series("s", (Point("a", 1e6, 1, "a"), Point("b", high, 2, "b"))),)
        assert (
            touching(draw(Chart("t", Axis("x"), Axis("y"), series), Medium(load("default"), read_width("3.5in")))) == []
        )


def test_two_hundred_networks_have_their_words_and_a_thousand_points_are_drawn() -> None:
    def scattered(count: int) -> Scene:
        spread = tuple(
            Point(f"p{n}", 1e6 * 1.05 ** (37 * n % count), 1e5 * 1.03 ** (61 * n % count), f"Net-{n}")
            for n in range(count)
        )
        return draw(
            Chart("t", Axis("x"), Axis("y"), (Series("s", spread, False),)),
            Medium(load("default"), read_width("3.5in")),
        )

    scene = scattered(200)
    assert touching(scene) == []
    assert len(labels(scene)) == 200
    assert len(points(scattered(1000))) == 1000


def test_series_beyond_the_hues_have_other_shapes() -> None:
    series = tuple(Series(f"s{n}", (Point(f"p{n}", n + 1, n + 1, f"p{n}"),)) for n in range(32))
    scene = draw(Chart("t", Axis("x"), Axis("y"), series), Medium(load("default"), read_width("960")))
    marks = [[item for item in group.items if not isinstance(item, Text)][-1] for group in points(scene)]
    kinds = {(type(mark).__name__, len(getattr(mark, "steps", ())), mark.paint) for mark in marks}  # type: ignore[union-attr]
    assert len(kinds) == 32


@pytest.mark.parametrize("theme", ["default", "dark", "print"])
def test_marks_are_seen_on_the_page(theme: str) -> None:
    scene = charted("zoo", theme)
    for group in points(scene):
        mark = [item for item in group.items if not isinstance(item, Text)][-1]
        page, paint = scene.background or "#ffffff", mark.paint  # type: ignore[union-attr]
        assert ratio(paint.stroke if paint.fill == page else paint.fill, page) > 2


# Measures


def test_measures_are_of_the_networks_totals() -> None:
    total = network("resnet18").analysis.total
    found = measured(total, 69.758)
    assert (found.params, found.macs, found.flops) == (total.params, total.macs, 2 * total.macs)
    assert found.memory == 4 * total.activations
    assert [found.by(one) for one in MEASURES.values()] == [found.params, found.macs, found.flops, found.memory, 69.758]
    assert measured(total).by(MEASURES["top1"]) is None
    assert set(MEASURES) - set(COUNTED) == {"top1"}
    assert [name for name, one in MEASURES.items() if not one.log] == ["top1"]
    with pytest.raises(OptionError, match="'y': ND662 top1 is stated of a network as it is, so that a sweep has none"):
        measure("top1", "y", COUNTED)
    with pytest.raises(OptionError, match="'x': ND662 unknown measure 'tpo1'; did you mean 'top1'"):
        measure("tpo1", "x")


def test_top1_is_on_a_linear_axis_with_its_sources_below() -> None:
    drawing = compare(*map(network, TWELVE), y="top1")
    chart = dict(drawing.scene.meta)["chart"]
    assert (chart["x"], chart["y"]) == ({"name": "MACs", "log": True}, {"name": "top-1 accuracy in %", "log": False})
    shown = {point.id: point for point in charted_points(drawing.scene)}
    assert set(shown) == set(TWELVE) - {"alexnet", "googlenet"}
    assert shown["resnet50"].y == 76.13
    assert "as the specs state it: torchvision 0.28, IMAGENET1K_V1; Howard et al.," in chart["caption"]
    assert chart["caption"].endswith("Without: AlexNet, GoogLeNet.")
    assert [str(fault) for fault in drawing.faults if fault.severity == "warning"] == [
        "'y': ND674 warning: not in the chart, since their specs state no top1: alexnet, googlenet"
    ]
    assert chart["description"].endswith("for 10 networks.")


def test_a_caption_names_eight_sources_and_twelve_networks() -> None:
    def spec(number: int, more: str) -> str:
        return f"netdraw: 1\nname: net{number}\ninput: [3]\n{more}layers: [Linear: {number}]\n"

    stated = [spec(n, f"results: {{top1: {50 + n}, source: s{n}}}\n") for n in range(1, 11)]
    bare = [spec(n, "") for n in range(11, 25)]
    caption = dict(compare(*stated, *bare, y="top1").scene.meta)["chart"]["caption"]
    assert "state it: s1; s2; s3; s4; s5; s6; s7; s8; 2 more." in caption
    assert caption.endswith("net21, net22, 2 more.")


def test_both_axes_can_be_chosen() -> None:
    nets = [network(name) for name in ("vgg11", "resnet18", "mobilenet_v2")]
    total = nets[2].analysis.total
    found = {point.id: point for point in charted_points(compare(*nets, x="memory", y="flops").scene)}["mobilenet_v2"]
    assert (found.x, found.y) == (4 * total.activations, 2 * total.macs)
    assert compare(*nets, x="macs", y="params").scene.items == compare(*nets, kind="chart").scene.items


def test_what_cannot_be_charted_is_said() -> None:
    def faults(*names: str, **view: object) -> list[str]:
        with pytest.raises(OptionError) as caught:
            compare(*names, **view)  # type: ignore[arg-type]
        return [str(fault) for fault in caught.value.faults]

    assert faults("lenet", "unet", y="top1") == [
        "'y': ND672 none of the networks states top1; write results: {top1: 71.9, source: …} into their specs,"
        " or choose another 'y'"
    ]
    assert faults("vgg11", "vgg13", x="top1", params={"classes": 10})[0].startswith("'x': ND672 none of the networks")
    assert faults("vgg11", "vgg13", kind="whole", y="top1") == [
        "'y': ND673 'y' is no option of kind='whole'; write it with kind='chart'"
    ]


def test_points_stand_at_their_values() -> None:
    scene = compare("vgg11", "resnet18", "mobilenet_v2", kind="chart").scene
    points = {dict(item.data)["id"]: dict(item.data) for item in scene.items if isinstance(item, Group) and item.role == "point"}  # fmt: skip
    total = netdraw.load("resnet18").analysis.total
    assert float(points["resnet18"]["x"]) == pytest.approx(total.macs, rel=1e-5)
    assert float(points["resnet18"]["y"]) == pytest.approx(total.params, rel=1e-5)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.5, "0.5"), (1.0, "1"), (999, "999"), (1000, "1 k"), (2e7, "20 M"), (1.5e9, "1.5 G"), (-20, "−20"), (0, "0")],
)
def test_values_are_said_in_as_few_digits_as_they_have(value: float, said: str) -> None:
    assert value_text(value) == said


@given(st.lists(st.floats(1e-3, 1e12), min_size=1, max_size=9), st.booleans())
def test_an_axis_holds_all_values_and_names_some(values: list[float], log: bool) -> None:
    found = scale(Axis("x", log), values)
    assert all(-1e-9 <= found.at(value) <= 1 + 1e-9 for value in values)
    assert 1 <= len(found.ticks) <= 8
    assert all(-1e-6 <= found.at(tick) <= 1 + 1e-6 for tick in found.ticks)
    assert list(found.ticks) == sorted(set(found.ticks))


def test_equal_ratios_take_equal_room() -> None:
    found = scale(Axis("x"), [1e6, 1e9])
    assert found.at(1e7) - found.at(1e6) == pytest.approx(found.at(1e9) - found.at(1e8))
    assert scale(Axis("x"), [0.0, 1e9]).log is False


@given(
    st.lists(st.tuples(st.floats(50, 950), st.floats(50, 550)), min_size=1, max_size=25),
    st.lists(st.floats(20, 120), min_size=25, max_size=25),
)
def test_labels_touch_neither_each_other_nor_a_mark(points: list[tuple[float, float]], widths: list[float]) -> None:
    board = Occupied(Area(0, 0, 1000, 600), [], points, 6, Room(6, 4, 2, 300))
    placed = place(board, [(wide, 20.0) for wide in widths[: len(points)]], whole=False)
    found = [one for one in placed or () if one]
    assert len(found) == len(points)
    for one, other in combinations(found, 2):
        assert not one.area.grown(5.9).meets(other.area)
        assert not (one.leader and crosses(other.area, *one.leader))
    for one in found:
        assert board.inside.holds(one.area)
        assert not any(one.area.meets(mark) for mark in board.own)


@given(
    st.lists(st.tuples(*[st.floats(-500, 500)] * 4), min_size=1, max_size=20), st.tuples(*[st.floats(-500, 500)] * 4)
)
def test_what_an_area_meets_is_found(corners: list[tuple[float, ...]], asked: tuple[float, ...]) -> None:
    areas = [Area(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in (*corners, asked)]
    *things, area = areas
    near = AreaIndex(37.0, [(one, one) for one in things])
    assert {one for one in things if one.meets(area)} == {one for one in near.find(area) if one.meets(area)}


@given(
    st.tuples(*[st.integers(-300, 300)] * 2),
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
    st.tuples(st.integers(10, 120), st.integers(8, 24)),
)
def test_sets_of_candidates_hold_what_their_areas_and_leaders_say(
    corner: tuple[int, int], extent: tuple[int, int], size: tuple[int, int]
) -> None:
    candidates, point = Candidates(10.1, 290.3, 4.07), (20.02, 30.03)
    area = Area(*corner, corner[0] + extent[0], corner[1] + extent[1])
    meeting, within = (find(area, 1.0, point, size) for find in (candidates.meeting, candidates.within))
    behind = candidates.behind(area, 1.0, point)
    wide = area.grown(1.0)
    for number in range(len(candidates.ends)):
        label, leader = candidates.placed(number, point, size)
        assert (meeting >> number & 1, within >> number & 1) == (label.meets(wide), wide.holds(label))
        if behind >> number & 1:
            assert crosses(wide, *leader)
        else:
            assert not wide.holds(Area(*leader[1], *leader[1]))


def test_a_line_crosses_an_area_only_where_it_passes_through() -> None:
    area = Area(0, 0, 10, 10)
    assert crosses(area, (-5, 5), (15, 5))
    assert crosses(area, (-5, -5), (15, 15))
    assert not crosses(area, (-5, 0), (15, 0))
    assert not crosses(area, (-5, 5), (-1, 5))
    assert not crosses(area, (-5, 8), (5, 18))


def test_series_are_told_apart_by_shape() -> None:
    series = tuple(Series(f"s{n}", (Point(f"p{n}", n + 1, n + 1, f"p{n}"),)) for n in range(4))
    scene = draw(Chart("t", Axis("x"), Axis("y"), series), Medium(load("print"), read_width("800")))
    marks = [item.items[1] for item in scene.items if isinstance(item, Group) and item.role == "point"]
    kinds = [(type(mark).__name__, len(getattr(mark, "steps", ()))) for mark in marks]
    assert len(set(kinds)) == 4


def test_a_chart_of_one_value_has_room() -> None:
    scene = draw(
        Chart("t", Axis("x"), Axis("y"), (Series("s", (Point("p", 5, 5, "p"),)),)),
        Medium(load("default"), read_width("800")),
    )
    (point,) = [item for item in scene.items if isinstance(item, Group) and item.role == "point"]
    assert math.isfinite(point.items[1].cx)  # type: ignore[union-attr]


def test_unequal_inputs_are_shown() -> None:
    nets = [network(name) for name in ("alexnet", "inception_v3", "resnet18", "vgg11")]
    caption = dict(compare(*nets, kind="chart").scene.meta)["chart"]["caption"]
    assert caption.endswith("Inputs differ: AlexNet 3×227²; Inception v3 3×299²; the others 3×224².")
    assert "Inputs" not in dict(compare(*nets[2:], kind="chart").scene.meta)["chart"]["caption"]


def test_an_axis_says_that_it_is_logarithmic_where_it_is() -> None:
    nets = [network(name) for name in ("vgg11", "resnet18", "mobilenet_v2")]
    axes = [one.text for one in texts(compare(*nets, y="top1").scene.items) if one.role == "axis"]
    assert axes == ["top-1 accuracy in %", "MACs, logarithmic"]


@pytest.mark.parametrize("theme", THEMES)
def test_no_two_series_of_the_zoo_look_alike(theme: str) -> None:
    scene = charted("zoo", theme, y="top1")
    keys = [item.items[0] for item in scene.items if isinstance(item, Group) and item.role == "legend"]
    looks = {(type(mark).__name__, len(getattr(mark, "steps", ())), mark.paint.fill, mark.paint.stroke) for mark in keys}  # type: ignore[union-attr]  # fmt: skip
    assert len(keys) >= 8 and len(looks) == len(keys)
    if theme == "print":
        shapes = {(kind, corners, fill == scene.background) for kind, corners, fill, _ in looks}
        assert len(shapes) == min(len(keys), 8), "told apart without any hue"


def test_what_has_no_room_is_refused() -> None:
    nets = [network(name) for name in ("vgg11", "vgg13", "resnet18")]
    with pytest.raises(
        OptionError, match="ND622 the figure does not fit a width of 150; the least that works is"
    ) as error:
        compare(*nets, kind="chart", width=150)
    least = int(error.value.faults[0].message.rpartition(" ")[2])
    assert touching(compare(*nets, kind="chart", width=least).scene) == []


def test_close_values_have_names_of_their_own() -> None:
    found = scale(Axis("x"), [299.461e6, 299.474e6])
    said = [value_text(tick) for tick in found.ticks]
    assert len(set(said)) == len(said) >= 3
    assert scale(Axis("x"), [0.0, 0.0]).low <= 0 < scale(Axis("x"), [0.0, 0.0]).high == 1.06
    alone = scale(Axis("x", log=False), [72.0])
    assert (alone.low > 65, alone.high < 80) == (True, True)


def test_options_of_another_kind_are_refused() -> None:
    def faults(**view: object) -> list[str]:
        with pytest.raises(NetdrawError) as caught:
            compare("vgg11", "resnet18", **view)  # type: ignore[arg-type]
        return [str(fault) for fault in caught.value.faults]

    assert faults(kind="family", only="x", channels=3, size=4) == [
        f"'{name}': ND673 '{name}' is no option of kind='family'; write it with kind='units' or kind='words'"
        for name in ("only", "channels", "size")
    ]
    assert faults(x="params") == ["'y': ND662 both axes have params; choose another measure for one of them"]
    assert faults(kind=5)[0].startswith("'kind': ND623 'kind' takes a text")
    assert faults(only=3)[0].startswith("'only': ND623 'only' takes a pattern")
    assert [said.split()[1] for said in faults(kind="wrods", theme="drak", width="x", lang="de", cost="mac")] == [
        "ND621", "ND623", "ND623", "ND601", "ND650",
    ]  # fmt: skip
    drawn = [compare("vgg11", "resnet18", channels=32, **kind).scene.items for kind in ({}, {"kind": "units"})]  # type: ignore[arg-type]
    assert drawn[0] == drawn[1]
