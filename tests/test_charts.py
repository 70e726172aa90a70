"""Charts: axes with plain values, labels that touch nothing, marks told apart by shape."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import netdraw
from netdraw import text
from netdraw.charts.draw import draw
from netdraw.charts.labels import Area, Board, crosses, place
from netdraw.charts.model import Axis, Chart, Point, Series
from netdraw.charts.scale import scale, value_text
from netdraw.comparing import compare
from netdraw.page import read_width
from netdraw.scene.model import Group, Item, Scene, Text
from netdraw.themes.base import load

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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [None, "3.5in", "174mm", 700])
def test_nothing_touches_in_a_chart_of_the_zoo(theme: str, width: str | float | None) -> None:
    names = ["vgg11", "vgg13", "vgg16", "vgg19", "resnet18", "resnet34", "resnet50", "resnet101", "resnet152",
             "densenet121", "densenet169", "densenet201", "alexnet", "googlenet", "squeezenet", "mobilenet_v2"]  # fmt: skip
    scene = compare(*names, kind="chart", theme=theme, width=width).scene
    assert touching(scene) == []
    points = [item for item in scene.items if isinstance(item, Group) and item.role == "point"]
    assert sorted(dict(point.data)["id"] for point in points) == sorted(names)


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
    board = Board(Area(0, 0, 1000, 600), [], points, 6)
    found = place(board, points, [(wide, 20.0) for wide in widths[: len(points)]], 4)
    for one, other in combinations(found, 2):
        assert not one.area.meets(other.area)
    for placed in found:
        assert board.inside.holds(placed.area)
        assert not any(placed.area.meets(board.mark(*point)) for point in points)


def test_a_line_crosses_an_area_only_where_it_passes_through() -> None:
    area = Area(0, 0, 10, 10)
    assert crosses(area, (-5, 5), (15, 5))
    assert crosses(area, (-5, -5), (15, 15))
    assert not crosses(area, (-5, 0), (15, 0))
    assert not crosses(area, (-5, 5), (-1, 5))
    assert not crosses(area, (-5, 8), (5, 18))


def test_series_are_told_apart_by_shape() -> None:
    series = tuple(Series(f"s{n}", (Point(f"p{n}", n + 1, n + 1, f"p{n}"),)) for n in range(4))
    scene = draw(Chart("t", Axis("x"), Axis("y"), series), load("print"), read_width("800"))
    marks = [item.items[1] for item in scene.items if isinstance(item, Group) and item.role == "point"]
    kinds = [(type(mark).__name__, getattr(mark, "d", "").count("L")) for mark in marks]
    assert len(set(kinds)) == 4


def test_a_chart_of_one_value_has_room() -> None:
    scene = draw(Chart("t", Axis("x"), Axis("y"), (Series("s", (Point("p", 5, 5, "p"),)),)), load(), read_width("800"))
    (point,) = [item for item in scene.items if isinstance(item, Group) and item.role == "point"]
    assert math.isfinite(point.items[1].cx)  # type: ignore[union-attr]
