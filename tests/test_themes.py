"""Themes: what they may say, what they inherit, and that everything written in their colours can be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import netdraw
from netdraw.cli import cli
from netdraw.core.errors import NetdrawError, OptionError, SpecError
from netdraw.scene.compose import tint
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.themes.base import load, names
from netdraw.type.primitives import mix, ratio


def test_contrast_is_computed_as_wcag_says() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#5b9bd5", "#ffffff") == pytest.approx(2.96, abs=0.01)


@pytest.mark.parametrize("name", names())
def test_text_can_be_read(name: str) -> None:
    theme = load(name)
    grounds = [theme.colors.page, *(tint(theme.colors, depth) for depth in range(5))]
    for ground in grounds:
        assert ratio(theme.colors.text, ground) >= 4.5
        assert ratio(theme.colors.muted, ground) >= 4.5
    for color in (theme.colors.line, theme.colors.bar):
        # The pale blue of the classic figures is kept for what is no text.
        assert ratio(color, theme.colors.page) >= (2.9 if name == "classic" else 3)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("category", GLYPHS)
def test_what_stands_in_a_core_can_be_read(name: str, category: str) -> None:
    look = load(name).look(category)
    assert ratio(look.ink, look.core) >= 4.5


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("category", GLYPHS)
def test_every_cell_stands_out_from_the_page(name: str, category: str) -> None:
    theme = load(name)
    look = theme.look(category)
    edges = [color for color in (look.core, look.ring, look.outline) if color]
    assert max(ratio(color, theme.colors.page) for color in edges) >= 2.2


def test_no_two_families_share_a_look() -> None:
    theme = load()
    looks = [
        theme.look(category)
        for category in ("input", "output", "conv", "pool.max", "pool.avg", "linear", "norm", "add", "concat")
    ]
    assert len({look.core for look in looks}) == len(looks)


def test_a_category_falls_back_to_the_one_above() -> None:
    theme = load()
    assert theme.look("conv.depthwise") == theme.look("conv")
    assert theme.look("conv.transposed").core != theme.look("conv").core
    assert theme.look("conv.transposed").ink == theme.look("conv").ink
    assert theme.look("of.a.plugin") == theme.look("other")


def test_dark_changes_the_page_and_keeps_the_cells() -> None:
    light, dark = load("default"), load("dark")
    assert dark.name == "dark"
    assert dark.colors != light.colors
    assert dark.look("conv") == light.look("conv")
    assert dark.look("activation").core == dark.colors.page
    assert (dark.strokes, dark.font) == (light.strokes, light.font)


def test_a_file_on_top_of_the_default(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "theme: 1\nname: mine\ncolors: {line: '#ABC'}\n"
        "cells:\n  conv: {core: text, outline: none}\n  conv.row: {ink: '#ff0000'}\n"
        "strokes: {flow: 0.1}\nfont: {base: 0.5, family: Netdraw Sans}\n"
        "rules: [{id: 'stages.1.*', core: '#00ff00'}, {category: pool, id: 'x*', ring: bar}]\n"
    )
    theme = load(str(file))
    default = load()
    assert theme.colors.line == "#aabbcc"
    assert theme.look("conv").core == default.colors.text
    assert theme.look("conv").ring == default.look("conv").ring
    assert theme.look("conv.row")[:3] == theme.look("conv")[:3]
    assert theme.look("conv.row").ink == "#ff0000"
    assert (theme.strokes.flow, theme.strokes.residual) == (0.1, 0.06)
    assert (theme.font.base, theme.font.title) == (0.5, 0.575)
    assert theme.look("conv", ("stages.1.0.conv2d", "other")).core == "#00ff00"
    assert theme.look("conv", ("stages.2.0.conv2d",)).core == default.colors.text
    assert theme.look("pool.max", ("x1",)).ring == default.colors.bar
    assert theme.look("conv", ("x1",)).ring == default.look("conv").ring


def test_a_file_may_extend_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("theme: 1\nname: a\nextends: dark\ncolors: {text: '#ffffff'}\n")
    (tmp_path / "b.yaml").write_text("theme: 1\nname: b\nextends: a.yaml\ncolors: {line: '#123456'}\n")
    theme = load(str(tmp_path / "b.yaml"))
    assert (theme.colors.text, theme.colors.line) == ("#ffffff", "#123456")
    assert theme.colors.page == load("dark").colors.page


@pytest.mark.parametrize(
    ("text", "code", "words", "place"),
    [
        ("theme: 1\ncolor: {}\n", "ND105", "unknown key 'color' in a theme; did you mean 'colors'?", "2:1"),
        ("theme: 1\ncolors: {txt: '#fff'}\n", "ND105", "unknown key 'txt' in 'colors'; did you mean 'text'?", "2:10"),
        ("theme: 1\ncolors: {text: '#ffff'}\n", "ND604", "unknown colour '#ffff'; write it as '#1f3a57'", "2:16"),
        ("theme: 1\ncolors:\n  text: #fff\n", "ND114", "a colour in quotes", "3:8"),
        ("theme: 1\ncells: {conv: {core: txet}}\n", "ND604", "unknown colour 'txet'; did you mean 'text'?", "2:22"),
        (
            "theme: 1\ncells: {conv: {cor: text}}\n",
            "ND105",
            "unknown key 'cor' in 'conv'; did you mean 'core'?",
            "2:16",
        ),
        ("theme: 1\ncells: {conv.depthwse: {core: text}}\n", "ND603", "did you mean 'conv.depthwise'?", "2:9"),
        ("theme: 1\nstrokes: {flow: 0}\n", "ND114", "above 0", "2:17"),
        ("theme: 1\nstrokes: {flow: true}\n", "ND114", "found 'true'", "2:17"),
        ("theme: 1\nfont: {base: 99}\n", "ND114", "found '99'", "2:14"),
        ("theme: 1\nfont: {family: Comic Sans}\n", "ND605", "no metrics of the font 'Comic Sans'", "2:16"),
        ("theme: 1\nrules: [{core: text}]\n", "ND114", "a rule with an id", "2:9"),
        ("theme: 1\nrules: {id: x}\n", "ND114", "a list of rules", "2:8"),
        ("theme: 2\n", "ND119", "unsupported version 2; this netdraw reads version 1", "1:8"),
        ("name: x\n", "ND119", "the first line says", "1:1"),
        ("[1]\n", "ND114", "expected a theme", "1:1"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, code: str, words: str, place: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(SpecError) as caught:
        load(str(file))
    (fault,) = caught.value.faults
    assert fault.code == code
    assert words in fault.message
    assert str(fault.span).endswith(f"mine.yaml:{place}")


@pytest.mark.parametrize(
    "text",
    [
        "s3cret:x:0:0\nroot:x:0:0:s3cret:/root\n",
        "apiVersion: v1\nrules: [s3cret]\npassword: s3cret\n",
        "# theme: 1\nuser: [s3cret\n",
        "site:\n  theme: dark\npassword: s3cret\n",
        "- s3cret\n",
        "s3cret",
    ],
)
def test_nothing_is_shown_of_a_file_that_is_no_theme(tmp_path: Path, text: str) -> None:
    file, above = tmp_path / "file", tmp_path / "above.yaml"
    file.write_text(text)
    above.write_text("theme: 1\nextends: file.yaml\n")
    (tmp_path / "file.yaml").write_text(text)
    for path, read in ((file, file), (above, tmp_path / "file.yaml")):
        with pytest.raises(SpecError) as caught:
            load(str(path))
        assert str(caught.value) == f"{read}:1:1: ND114 expected a theme: a map that begins with theme: 1"


def test_all_faults_in_one_run(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("theme: 1\ncolors: {text: red}\nstrokes: {flow: wide}\nfonts: {}\n")
    with pytest.raises(SpecError) as caught:
        load(str(file))
    assert [fault.code for fault in caught.value.faults] == ["ND604", "ND114", "ND105"]


def test_an_unknown_theme_has_its_near_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("theme: 1\n")
    for asked, words in {
        "drak": r"unknown theme 'drak'; did you mean 'dark'\?",
        "mine": r"unknown theme 'mine'; did you mean the file 'mine\.yaml'\?",
        "min.yaml": r"there is no theme file 'min\.yaml'; did you mean 'mine\.yaml'\?",
        "./mien.yaml": r"there is no theme file '\./mien\.yaml'; did you mean '\./mine\.yaml'\?",
        "drak.yaml": r"there is no theme file 'drak\.yaml'; did you mean 'dark'\?",
        "no/such.yaml": r"there is no theme file 'no/such\.yaml', nor a folder 'no'",
        "./": r"'\./' is a folder",
    }.items():
        with pytest.raises(OptionError, match=f"'theme': ND601 {words}"):
            load(asked)


@pytest.mark.parametrize("asked", [3, None, ["dark"], True])
def test_what_is_no_theme(asked: object) -> None:
    with pytest.raises(OptionError, match="ND623 'theme' takes a name, a path or a dict"):
        load(asked)  # type: ignore[arg-type]


def test_themes_that_extend_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("theme: 1\nname: a\nextends: b.yaml\n")
    (tmp_path / "b.yaml").write_text("theme: 1\nextends: ./a.yaml\n")
    with pytest.raises(SpecError) as caught:
        load(str(tmp_path / "a.yaml"))
    (fault,) = caught.value.faults
    assert str(fault).startswith(f"{tmp_path / 'b.yaml'}:2:10: ND602 the theme extends itself: ")
    assert fault.message.count("a.yaml") == 2


def test_a_theme_may_have_the_name_of_the_one_that_it_changes(tmp_path: Path) -> None:
    (tmp_path / "dark.yaml").write_text("theme: 1\nextends: dark\ncolors: {text: '#eeeeee'}\n")
    theme = load(tmp_path / "dark.yaml")
    assert (theme.colors.text, theme.colors.page, theme.name) == ("#eeeeee", load("dark").colors.page, "dark")


def test_a_dict_and_a_text_are_themes() -> None:
    keys = {
        "theme": 1,
        "name": "mine",
        "extends": "dark",
        "colors": {"line": "#abcdef"},
        "rules": [{"category": "pool", "core": "text"}],
    }
    text = "theme: 1\nname: mine\nextends: dark\ncolors: {line: '#abcdef'}\nrules: [{category: pool, core: text}]\n"
    one, other = load(keys), load(text)
    assert (one.origin, other.origin, load().origin) == ("<dict>", "<text>", "")
    bare = [
        theme._replace(origin="", rules=tuple(rule._replace(place="") for rule in theme.rules))
        for theme in (one, other)
    ]
    assert bare[0] == bare[1] and one.colors.line == "#abcdef" and one.look("pool.max").core == one.colors.text


def test_the_faults_of_a_dict_say_where_in_it() -> None:
    with pytest.raises(SpecError) as caught:
        load({"theme": 1, "colors": {"txt": "#000000"}, "rules": [{"id": "x", "core": "red"}]})
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("ND105", "<dict>.colors.txt"), ("ND604", "<dict>.rules[0].core"),
    ]  # fmt: skip


def test_later_rules_win_and_a_category_stands_for_those_under_it() -> None:
    rules = [
        {"category": "conv", "core": "#111111", "ring": "#222222"},
        {"id": "stages.3*", "core": "#333333"},
        {"id": "*.2.*", "category": "conv.depthwise", "core": "#444444"},
    ]
    theme = load({"theme": 1, "rules": rules})
    assert theme.look("conv.depthwise", ("stages.1.0",))[:2] == ("#111111", "#222222")
    assert theme.look("conv.depthwise", ("stages.3.2.x",))[:2] == ("#444444", "#222222")
    assert theme.look("conv", ("stages.3.2.x",)).core == theme.look("add", ("stages.3.add",)).core == "#333333"


def test_a_rule_that_fits_nothing_is_a_note(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("theme: 1\nrules:\n  - {id: stages.9.*, core: text}\n  - {category: pool, core: text, ink: page}\n")
    (fault,) = netdraw.load("mobilenet_v2").draw(theme=file).faults
    assert (fault.code, fault.severity, fault.where) == ("ND615", "note", f"{file}:3:5")
    assert "'stages.9.*' fits no cell" in fault.message
    assert (
        netdraw.load("lenet")
        .draw(theme={"theme": 1, "rules": [{"category": "pool.avg", "core": "text", "ink": "page"}]})
        .faults
        == ()
    )


BAD = sorted((Path(__file__).parent / "bad_themes").glob("*.yaml"))


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_bad_themes(file: Path, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """All faults in one run, each with its place, word for word."""
    monkeypatch.chdir(file.parent)
    with pytest.raises(NetdrawError) as caught:
        load(file.name)
    lines = [str(fault) for fault in caught.value.faults]
    assert all(re.match(r"\w+\.yaml:\d+:\d+: ND\d{3} ", line) for line in lines)
    golden(f"bad_themes/{file.stem}.txt", "".join(f"{line}\n" for line in lines))


def test_a_theme_for_a_network_on_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "x.svg"
    result = CliRunner().invoke(
        cli, ["render", "lenet", "--theme", str(BAD[0].parent / "network.yaml"), "-o", str(out)]
    )
    assert result.exit_code == 1 and "network.yaml:1:1: ND613 this is a network" in result.stderr and not out.exists()


def test_a_theme_of_the_users_is_drawn(golden: Callable[[str, str], None]) -> None:
    drawing = netdraw.load("mobilenet_v2").draw(
        theme=Path(__file__).parent / "themes" / "journal.yaml", highlight="stages.1", fonts="none"
    )
    assert drawing.faults == ()
    golden("themes/journal.svg", drawing.to_bytes("svg").decode())


def test_mixing() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#102030", "#405060", 0) == "#102030"
