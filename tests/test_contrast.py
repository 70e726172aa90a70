"""Every text of every figure can be read: its contrast with what was drawn beneath it, found from the scene alone."""

from __future__ import annotations

from typing import Any

import pytest
from figures import sizes, told, viewed
from handmade import steps

import netdraw
from netdraw.layout.base import Page
from netdraw.layout.strip.strip import strip
from netdraw.scene.compose import compose
from netdraw.scene.contrast import LEAST, poor, seen
from netdraw.scene.model import Scene
from netdraw.themes.base import names
from netdraw.type.primitives import Ellipse, Group, Paint, Path, Rectangle, Text, ratio


@pytest.mark.parametrize("theme", names())
@pytest.mark.parametrize("view", [{"depth": "once"}, {"depth": "block"}, {"depth": "stage"}, {"fuse_pool": True}])
@pytest.mark.parametrize("name", ["mobilenet_v2", "inception_v3"])
def test_frames_over_closed_blocks_and_panels_too(name: str, view: dict[str, Any], theme: str) -> None:
    figure = viewed(name, highlight=("*.*",), **view)
    measure = sizes(theme=theme)
    assert told(poor(compose(figure, strip(figure, measure, Page(None)), measure))) == []


def scene(*items: object, page: str = "#ffffff") -> Scene:
    return Scene(200.0, 100.0, ("200", "100"), page, tuple(items), "t", "d", "en", ())  # type: ignore[arg-type]


WORDS = Text(100.0, 50.0, "Words", 16.0, 400, "middle", "#000000", "label")


def test_the_ground_is_what_was_filled_last_before_the_text() -> None:
    below = Rectangle(0.0, 0.0, 200.0, 100.0, 0.0, Paint("#222222"))
    disc = Ellipse(100.0, 46.0, 60.0, 30.0, Paint("#eeeeee"))
    assert {one.ground for one in seen(scene(WORDS))} == {"#ffffff"}
    assert {one.ground for one in seen(scene(WORDS, page=""))} == {"#ffffff"}
    assert {one.ground for one in seen(scene(below, WORDS))} == {"#222222"}
    assert {one.ground for one in seen(scene(WORDS, below))} == {"#ffffff"}
    assert {one.ground for one in seen(scene(Group("box", (), (below,)), disc, WORDS))} == {"#eeeeee"}
    assert {one.ground for one in seen(scene(below, disc._replace(rx=10.0), WORDS))} == {"#222222", "#eeeeee"}
    assert {one.ground for one in seen(scene(disc._replace(paint=Paint("", "#000000", 2.0)), WORDS))} == {"#ffffff"}


def test_what_is_turned_or_has_corners_is_a_ground_where_it_is() -> None:
    lying = Ellipse(100.0, 46.0, 60.0, 12.0, Paint("#333333"))
    assert {one.ground for one in seen(scene(lying, WORDS))} == {"#333333"}
    assert "#ffffff" in {one.ground for one in seen(scene(lying._replace(angle=90.0), WORDS))}
    for path in ("M60 30H140V60H60Z", "M0 0L1 0L1 1ZM60 30L140 30L140 60L60 60Z", "M60 30H140V60L100 60Q80 60 60 60Z"):
        assert {one.ground for one in seen(scene(Path(steps(path), Paint("#444444")), WORDS))} == {"#444444"}
    away = Path(steps("M0 0L9 0L9 9ZM190 90L199 90L199 99Z"), Paint("#444444"))  # with the text between its pieces
    assert {one.ground for one in seen(scene(away, WORDS))} == {"#ffffff"}


def test_the_worst_comes_first_and_those_alike_once() -> None:
    pale = WORDS._replace(color="#999999")
    found = poor(scene(pale, pale._replace(y=80.0), WORDS._replace(color="#dddddd"), WORDS))
    assert [one.text.color for one in found] == ["#dddddd", "#999999"]
    assert found[0].ratio < found[1].ratio < LEAST
    assert ratio("#777777", "#ffffff") < LEAST < ratio("#767676", "#ffffff")


def test_a_theme_of_the_users_is_warned_of() -> None:
    mine = {"theme": 1, "colors": {"muted": "#b0b0b0"}, "cells": {"conv": {"ink": "#ffb0e0"}}}
    drawing = netdraw.load("mobilenet_v2").draw(theme=mine)
    said = [fault.message for fault in drawing.faults]
    assert {(fault.code, fault.severity, fault.where) for fault in drawing.faults} == {("ND614", "warning", "<dict>")}
    assert any(
        "in #b0b0b0 (colors.muted) on #f3f6fb has a contrast of 2.00:1, which not all can read" in one for one in said
    )
    assert any("kernel '3' in #ffb0e0 (cells.conv.ink) on #c9379f has a contrast of 2." in one for one in said)
    assert netdraw.load("mobilenet_v2").draw(theme={"theme": 1, "extends": "dark"}).faults == ()


@pytest.mark.parametrize(("lean", "ring"), [(0.2, 0.05), (0.4, 0.05), (0.4, 0.1), (0.5, 0.2), (1.0, 0.3), (0.7, 0.3)])
def test_what_stands_in_a_smaller_core_stays_in_it(lean: float, ring: float) -> None:
    shapes = {"lean": lean, "ring": ring, "hairline": 0.01}
    assert netdraw.load("mobilenet_v2").draw(theme={"theme": 1, "shapes": shapes}).faults == ()


def test_a_ring_that_leaves_no_core_is_drawn_and_warned_of() -> None:
    drawing = netdraw.load("mobilenet_v2").draw(theme={"theme": 1, "shapes": {"lean": 0.2, "ring": 0.4}})
    assert {fault.code for fault in drawing.faults} == {"ND614"}
    assert ' r="-' not in (svg := drawing.to_bytes("svg").decode()) and 'rx="-' not in svg and 'ry="-' not in svg
