"""What all figures beside the one of a network have in common: options, and texts that can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fontfactory import data, made
from layout_checks import Frame
from test_contrast import told

import netdraw
from netdraw.cli import cli
from netdraw.core.errors import NetdrawError
from netdraw.figure.drawing import Drawing
from netdraw.render.fonts import texts
from netdraw.scene.contrast import poor, seen
from netdraw.scene.model import Scene
from netdraw.themes.base import names as theme_names
from netdraw.type.primitives import Text

VGG = ("vgg11", "vgg13", "vgg16", "vgg19")
MIXED = ("mobilenet_v1", "mobilenet_v2", "resnet50", "se_resnet50", "resnext50", "vgg16")
CHARTED = (*VGG, *MIXED[:-1], "densenet121", "googlenet", "squeezenet", "nasnet")
OVER = {"width": [1.4, 1.0, 0.75, 0.5], "resolution": [224, 192, 160]}
Draw = Callable[..., Drawing]


@cache
def network(name: str, **params: Any) -> netdraw.Network:
    return netdraw.load(name, **params)


def comparison(kind: str, *names: str, **fixed: Any) -> Draw:
    return lambda **view: netdraw.compare(*map(network, names), kind=kind, **fixed, **view)


def difference(one: str, other: str, **params: Any) -> Draw:
    return lambda **view: netdraw.diff(network(one), network(other, **params)).draw(**view)


FIGURES: dict[str, Draw] = {
    "family": comparison("family", *VGG),
    "family of two makes": comparison("family", "mobilenet_v1", "mobilenet_v2"),
    "whole": comparison("whole", *MIXED[:4]),
    "whole, branches": comparison("whole", "googlenet", "inception_v3", "unet"),
    "units": comparison("units", *MIXED),
    "words": comparison("words", *MIXED),
    "chart": comparison("chart", *CHARTED),
    "chart of results": comparison("chart", *CHARTED, y="top1"),
    "diff of another width": difference("mobilenet_v2", "mobilenet_v2", width=1.4),
    "diff of two makes": difference("mobilenet_v1", "mobilenet_v2"),
    "diff with added branches": difference("resnet50", "se_resnet50"),
    "sweep": lambda **view: netdraw.sweep("mobilenet_v2", OVER).draw(**view),
    "cost by kind": lambda **view: network("inception_v3").draw_cost(**view),
    "cost by stage": lambda **view: network("mobilenet_v2").draw_cost(by="stage", **view),
    "pair": lambda **view: network("mobilenet_v1").draw_pair(3, **view),
}


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("fonts") / "squares.ttf"
    file.write_bytes(data(made(characters="".join(map(chr, range(0x20, 0x7F))) + "×·²³→−≥≤±…′–“”’¹⁄")))
    return str(file)


@pytest.mark.slow
@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("figure", FIGURES)
def test_every_text_can_be_read_in_every_theme(figure: str, theme: str) -> None:
    scene = FIGURES[figure](theme=theme).scene
    assert told(poor(scene)) == []
    assert {one.text.text for one in seen(scene)} >= {item.text for item in texts(scene.items) if item.text}


def frames(scene: Scene) -> list[tuple[str, Frame]]:
    """Every text with the frame of its ink, in the fonts of the scene."""
    return [(item.text, ink(scene, item)) for item in texts(scene.items) if item.text]


def ink(scene: Scene, item: Text) -> Frame:
    left, top, right, bottom = scene.fonts.ink(item.text, item.size, item.weight)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
    x = item.x - share * scene.fonts.width(item.text, item.size, item.weight)
    return Frame(x + left, item.y + top, x + right, item.y + bottom)


def overlaps(scene: Scene) -> list[str]:
    """Texts that touch another, or leave the page."""
    found = sorted(frames(scene), key=lambda one: one[1].left)
    wrong = []
    for place, (said, one) in enumerate(found):
        if one.left < 0 or one.top < 0 or one.right > scene.width + 0.01 or one.bottom > scene.height + 0.01:
            wrong.append(f"{said} leaves the page")
        for other_said, other in found[place + 1 :]:
            if other.left >= one.right:
                break
            if other.top < one.bottom and one.top < other.bottom:
                wrong.append(f"{said} on {other_said}")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_a_font_of_the_users_is_measured_and_drawn_in(figure: str, squares: str) -> None:
    """With letters as much as eight times as wide as others, no text touches another."""
    room = {} if "chart" in figure or figure == "sweep" else {"width": 2400}
    drawing = FIGURES[figure](font=squares, **room)
    assert [file.path for file in drawing.scene.fonts.files] == [squares]
    assert overlaps(drawing.scene) == []
    assert b"Wild Squares" in drawing.to_bytes("svg")
    assert drawing.to_bytes("pdf").startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_no_text_touches_another_in_either_language(figure: str) -> None:
    for lang in ("en", "zh"):
        drawing = FIGURES[figure](lang=lang)
        assert overlaps(drawing.scene) == []
        assert not [fault for fault in drawing.faults if fault.severity == "warning" and fault not in drawing.said]
        assert drawing.scene.language == lang
        chinese = any("\u4e00" <= one <= "\u9fff" for said, _ in frames(drawing.scene) for one in said)
        assert chinese == (lang == "zh"), "words of the language, and of it alone"


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_a_theme_may_be_a_dict(figure: str) -> None:
    made_up = {"theme": 1, "name": "ours", "extends": "default", "colors": {"page": "#fffff0"}}
    drawing = FIGURES[figure](theme=made_up)
    assert drawing.scene.background == "#fffff0"
    assert b"#fffff0" in drawing.to_bytes("svg")


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_the_same_bytes_twice(figure: str) -> None:
    draw = FIGURES[figure]
    assert draw().to_bytes("svg") == draw().to_bytes("svg")
    assert draw().to_bytes("pdf") == draw().to_bytes("pdf")


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES)
def test_characters_that_a_font_lacks_are_told(figure: str, tmp_path: Path) -> None:
    few = tmp_path / "few.ttf"
    few.write_bytes(data(made(characters="abcdefghijklmnop 0123456789")))
    with pytest.raises(NetdrawError) as caught:
        FIGURES[figure](font=str(few), width=4000)
    assert [fault.code for fault in caught.value.faults] == ["ND611"]
    assert FIGURES[figure](font=[str(few), "netdraw"], width=4000).scene.fonts.ours


@pytest.mark.parametrize(
    "command",
    [
        ("compare", "vgg11", "vgg13"),
        ("compare", "vgg11", "resnet50", "--as", "chart"),
        ("diff", "vgg11", "vgg13"),
        ("sweep", "vgg11", "--over", "resolution=224,192"),
        ("cost", "mobilenet_v1"),
        ("cost", "mobilenet_v1", "--pair", "1"),
    ],
    ids=" ".join,
)
def test_the_commands_have_the_options(command: tuple[str, ...], squares: str, tmp_path: Path) -> None:
    theme = tmp_path / "mine.yaml"
    theme.write_text("theme: 1\nname: mine\nextends: default\ncolors: {page: '#fffff0'}\n", encoding="utf-8")
    file = tmp_path / "figure.svg"
    options = ["--font", squares, "--font", "netdraw", "--theme", str(theme), "--lang", "zh", "-o", str(file)]
    done = CliRunner().invoke(cli, [*command, *options])
    assert done.exit_code == (1 if command[0] == "diff" else 0), done.output
    made_svg = file.read_text(encoding="utf-8")
    assert "#fffff0" in made_svg and "Wild Squares" in made_svg and ' lang="zh"' in made_svg
