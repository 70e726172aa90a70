"""Figures in fonts of the user's: measured and drawn in them, in every format, and refused where they do not do."""

from __future__ import annotations

import base64
import io
import re
import shutil
from itertools import pairwise
from pathlib import Path

import fontfactory
import pytest
from click.testing import CliRunner
from fontfactory import ASCII, SIGNS, data, made, wild
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from layout_checks import collisions
from measures import metrics
from test_text import rgba_rows

import netdraw
from netdraw.cli import cli
from netdraw.core.errors import NetdrawError, OptionError, SourceError
from netdraw.core.numbers import number
from netdraw.diagram.build import build
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.figure.font_option import read_fonts
from netdraw.layout.base import Page
from netdraw.layout.strip.strip import strip
from netdraw.render import render
from netdraw.render.fonts import family, parts, texts
from netdraw.scene.model import Scene
from netdraw.themes.base import load
from netdraw.type import fontfiles
from netdraw.type.primitives import Text
from netdraw.type.typeface import OURS, Fonts

NETWORKS = ("mobilenet_v2", "googlenet", "unet", "densenet121", "ssd300", "se_resnet50")


def saved(folder: Path, name: str, content: bytes) -> str:
    file = folder / name
    file.write_bytes(content)
    return str(file)


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> str:
    return saved(tmp_path_factory.mktemp("fonts"), "squares.ttf", data(made()))


# Measuring


def test_widths_are_those_of_the_file(squares: str) -> None:
    fonts = read_fonts(squares)
    for one in ASCII + SIGNS:
        assert fonts.width(one, fontfactory.EM) == pytest.approx(wild(one))
    assert fonts.width("AVTo", 100) == pytest.approx(sum(map(wild, "AVTo")) * 100 / fontfactory.EM)
    left, top, right, bottom = fonts.ink("A", fontfactory.EM)
    assert (left, top, bottom) == (pytest.approx(wild("A") // 20), pytest.approx(-1400), 0)
    assert right == pytest.approx(wild("A") - wild("A") // 20)
    assert fonts.ink("  ", 10) == (0, 0, 0, 0)
    assert fonts.cap_height == pytest.approx(1400 / fontfactory.EM)


@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
@pytest.mark.parametrize("cubic", [False, True])
def test_every_kind_of_file_is_measured_alike(tmp_path: Path, squares: str, flavor: str | None, cubic: bool) -> None:
    file = saved(tmp_path, "x.font", data(made(cubic=cubic), flavor))
    assert read_fonts(file).width("Wide, 3×3", 10) == pytest.approx(read_fonts(squares).width("Wide, 3×3", 10))
    assert read_fonts(file).ink("Wide, 3×3", 10) == pytest.approx(read_fonts(squares).ink("Wide, 3×3", 10))


def test_a_collection_stands_for_its_first_font(tmp_path: Path, squares: str) -> None:
    file = saved(tmp_path, "x.ttc", fontfactory.collection(made(), made("ab")))
    assert read_fonts(file).width("Wide", 10) == pytest.approx(read_fonts(squares).width("Wide", 10))


def test_ours_is_ours() -> None:
    assert read_fonts(None) is OURS and read_fonts("netdraw") is OURS and read_fonts([]) is OURS


def test_a_bold_file_stands_for_bold_texts(tmp_path: Path, squares: str) -> None:
    bold = saved(tmp_path, "bold.ttf", data(made(ASCII, weight=700, family="Wild Squares")))
    for order in ([squares, bold], [bold, squares]):
        fonts = read_fonts(order)
        regular, heavy, signs = fonts.file("a", 400), fonts.file("a", 600), fonts.file("×", 600)
        assert regular and heavy and signs
        assert (regular.path, heavy.path, signs.path) == (squares, bold, squares)
    alone = read_fonts(bold).file("a", 400)
    assert alone and alone.path == bold


def test_a_variable_font_is_taken_at_both_weights(tmp_path: Path) -> None:
    file = saved(tmp_path, "var.ttf", data(made(axis=(400, 400, 800))))
    fonts = read_fonts(file)
    assert [font.weight for font in fonts.files] == [400, 600]
    assert fonts.width("A", fontfactory.EM, 400) == pytest.approx(wild("A"))
    assert fonts.width("A", fontfactory.EM, 600) == pytest.approx(wild("A") * 1.25, abs=2)
    drawing = netdraw.load("lenet").draw(font=[file, "netdraw"])
    for part in parts(drawing.scene):
        font = TTFont(io.BytesIO(part.file.ttf("A", "x", 400)))
        assert "fvar" not in font
        assert font["hmtx"][font.getBestCmap()[65]][0] == pytest.approx(
            fonts.width("A", fontfactory.EM, part.weights[0]), abs=1
        )


# Drawing


@pytest.mark.slow
@pytest.mark.parametrize("width", ["174mm", 1440])
@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_touches_in_wild_widths(name: str, width: str | int, squares: str) -> None:
    net, fonts = netdraw.load(name), read_fonts([squares, "netdraw"])
    about = About(net.header.title or "", net.header.source or "", net.header.year)
    diagram = build(net.graph, net.analysis, View(), about)
    measure = metrics(load(), 15.0 if width == "174mm" else 44.0, fonts)
    placed = strip(diagram, measure, Page(2.0 * 174 / 25.4 * 72 if width == "174mm" else 2 * 1440.0))
    assert collisions(placed, diagram, measure, fonts) == []
    # The same places in a font of other widths would not do; only SSD's labels have room for any.
    ours = metrics(load(), measure.d)
    if name != "ssd300":
        assert collisions(strip(diagram, ours, Page(2 * 1440.0)), diagram, ours, fonts)


def test_our_own_font_under_another_name(tmp_path: Path) -> None:
    files = [shutil.copy(fontfiles.font_file(weight), tmp_path / f"other-{weight}.ttf") for weight in (400, 600)]
    plain, drawn = netdraw.load("mobilenet_v2").draw(), netdraw.load("mobilenet_v2").draw(font=files)
    said = [[item.text for item in texts(one.scene.items)] for one in (plain, drawn)]
    assert said[0] == said[1]
    assert family(drawn.scene).startswith("'Netdraw Sans',")
    assert drawn.faults == ()
    png = drawn.to_bytes("png", scale=1)
    assert png.startswith(b"\x89PNG") and drawn.to_bytes("png", scale=1) == png


def embedded(svg: str) -> list[tuple[str, str, TTFont]]:
    """The faces of an SVG: family, weights and font."""
    found = re.findall(
        r"@font-face\{font-family:'([^']*)';font-weight:([\d ]+);src:url\(data:font/woff2;base64,([^)]*)", svg
    )
    return [(family, weights, TTFont(io.BytesIO(base64.b64decode(code)))) for family, weights, code in found]


def test_an_svg_embeds_what_it_needs_of_the_font(squares: str) -> None:
    drawing = netdraw.load("mobilenet_v2").draw(font=[squares])
    svg = drawing.to_bytes("svg").decode()
    assert svg == netdraw.load("mobilenet_v2").draw(font=squares).to_bytes("svg").decode()
    assert " font-family=\"'Wild Squares', sans-serif\">" in svg
    ((family, weights, font),) = embedded(svg)
    assert (family, weights) == ("Wild Squares", "400 600")  # or a browser would embolden it
    used = {character for item in texts(drawing.scene.items) for character in item.text}
    assert set(map(chr, font.getBestCmap())) == used
    assert not {"GPOS", "GSUB", "kern"} & set(font.keys())


def test_a_character_comes_from_the_first_file_that_has_it(squares: str) -> None:
    svg = netdraw.load("mobilenet_v2").draw(font=[squares, "netdraw"], lang="zh").to_bytes("svg").decode()
    families = [family for family, _, _ in embedded(svg)]
    assert families == ["Wild Squares", "Netdraw Sans SC"]
    assert f"font-family=\"'Wild Squares', {fontfiles.FALLBACK}\"" in svg


@pytest.mark.parametrize("cubic", [False, True])
def test_a_png_is_drawn_in_the_font(tmp_path: Path, cubic: bool) -> None:
    """The squares of a text fill as much of it as they should: a blank or another font would not."""
    fonts = read_fonts(saved(tmp_path, "x.ttf", data(made(cubic=cubic))))
    words = Text(10.0, 50.0, "AVAToWfi", 40.0, 400, "start", "#000000", "label")
    scene = Scene(400.0, 80.0, ("400", "80"), "#ffffff", (words,), "t", "d", "en", (), fonts)
    rows = rgba_rows(render(scene, "png", scale=1))
    dark = [x for x in range(400) for row in rows[25:50] if row[4 * x] < 128]
    left, _, right, _ = fonts.ink(words.text, words.size)
    assert min(dark) == pytest.approx(10 + left, abs=1) and max(dark) == pytest.approx(10 + right, abs=1.5)
    whole = sum(fonts.ink(one, 40.0)[2] - fonts.ink(one, 40.0)[0] for one in words.text)
    assert len(set(dark)) == pytest.approx(whole, abs=9)


# What does not do


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no font, but empty"),
        (b"netdraw: 1\nname: x\n", "no font, but a text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "no font, but a PNG picture"),
        (b"%PDF-1.4\n", "no font, but a PDF"),
        (b"PK\x03\x04" + bytes(40), "no font, but a ZIP archive; unpack it first"),
        (b"%!PS-AdobeFont-1.0: X\n", "a Type 1 font"),
        (bytes(range(256)), "no font, but some other binary file"),
    ],
)
def test_what_is_no_font_is_said_to_be_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    file = saved(tmp_path, "x.ttf", content)
    with pytest.raises(OptionError) as caught:
        netdraw.load("lenet").draw(font=file)
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("ND610", file)
    assert words in fault.message


@pytest.mark.slow
def test_a_damaged_font_is_no_traceback(tmp_path: Path) -> None:
    for cubic in (False, True):
        whole = data(made(cubic=cubic))
        for cut in range(0, len(whole), max(1, len(whole) // 40)):
            broken = bytearray(whole)
            broken[cut : cut + 16] = b"\xff" * 16
            for content in (whole[:cut], bytes(broken)):
                try:
                    netdraw.load("lenet").draw(font=saved(tmp_path, "x.ttf", content)).to_bytes("png", scale=0.2)
                except OptionError as error:
                    assert {fault.code for fault in error.faults} <= {"ND610", "ND611", "ND622"}


def test_a_font_without_outlines_or_characters(tmp_path: Path) -> None:
    bare = made()
    del bare["glyf"], bare["loca"]
    unnamed = made()
    unnamed["cmap"].tables = []
    for font, words in ((bare, "without outlines"), (unnamed, "does not say which characters")):
        with pytest.raises(OptionError, match=f"ND610 this is a font .*{words}|ND610 this is a font {words}"):
            read_fonts(saved(tmp_path, "x.ttf", data(font)))


def test_a_font_that_lacks_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, "few.ttf", data(made(set(ASCII + SIGNS) - set("×²Q7"))))
    result = CliRunner().invoke(cli, ["render", "mobilenet_v2", "--font", "few.ttf"], prog_name="netdraw")
    assert result.exit_code == 1
    assert re.search(r"few\.ttf: ND611 the font lacks 7 ² × \(as in '.*'\); give one more --font", result.stderr)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["few.ttf"]
    more = ["render", "mobilenet_v2", "--font", "few.ttf", "--font", "netdraw"]
    result = CliRunner().invoke(cli, more, prog_name="netdraw")
    assert result.exit_code == 0 and (tmp_path / "mobilenet_v2.svg").is_file()


def test_two_files_that_lack_the_same(tmp_path: Path) -> None:
    files = [saved(tmp_path, f"{name}.ttf", data(made(name + ASCII))) for name in "ab"]
    with pytest.raises(OptionError, match="ND611 the files given lack ² · × "):
        netdraw.load("lenet").draw(font=files, title=False, caption=False)


def test_paths_that_are_none(tmp_path: Path) -> None:
    saved(tmp_path, "squares.ttf", b"x")
    with pytest.raises(SourceError, match=r"ND001 no such file; did you mean 'squares\.ttf'"):
        read_fonts(tmp_path / "square.ttf")
    with pytest.raises(SourceError, match="ND002"):
        read_fonts(tmp_path)
    for wrong in (3, [3], [["x"]], True):
        with pytest.raises(OptionError, match="ND623 'font' takes the path"):
            netdraw.load("lenet").draw(font=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bits", "said"), [(0, ""), (2, "embedding"), (0x100, "subsetting"), (0x200, "embedding"), (4, ""), (8, "")]
)
def test_licence_bits_are_warned_of(tmp_path: Path, bits: int, said: str) -> None:
    drawing = netdraw.load("lenet").draw(font=saved(tmp_path, "x.ttf", data(made(embedding=bits))))
    warnings = [fault for fault in drawing.faults if fault.code == "ND612"]
    assert [fault.severity for fault in warnings] == ["warning"] * bool(said)
    assert not said or f"forbids {said}" in warnings[0].message


def test_a_character_that_no_font_has_is_a_warning_where_ours_are_asked_too(squares: str) -> None:
    source = "netdraw: 1\nname: a\ntitle: 'A \u0e01'\ninput: [3]\nlayers: [{Linear: 3}]\n"
    with pytest.raises(NetdrawError, match="ND611"):
        netdraw.draw(source, font=squares)
    (fault,) = netdraw.draw(source, font=[squares, "netdraw"]).faults
    assert (fault.code, fault.severity) == ("ND624", "warning")


def test_names_of_families_are_safe(tmp_path: Path) -> None:
    file = saved(tmp_path, "x.ttf", data(made(family='It\'s <a> "font" & more')))
    svg = netdraw.load("lenet").draw(font=file).to_bytes("svg").decode()
    assert "font-family:'It s a font more'" in svg
    assert Fonts(read_fonts(file).files * 2, False).families() == ("It s a font more", "It s a font more 2")


def test_a_pdf_has_the_users_font(squares: str) -> None:
    """Its glyphs are embedded, as wide as they were measured; what it lacks ours draw."""
    pdf = netdraw.load("lenet").draw(font=[squares, "netdraw"]).to_bytes("pdf")
    assert pdf == netdraw.load("lenet").draw(font=[squares, "netdraw"]).to_bytes("pdf")
    family = read_fonts(squares).files[0].family.replace(" ", "")
    assert family.encode() in pdf


def test_outlines_are_those_of_the_users_font(squares: str) -> None:
    drawn = netdraw.load("lenet").draw(font=[squares, "netdraw"], fonts="outline").to_bytes("svg").decode()
    ours = netdraw.load("lenet").draw(fonts="outline").to_bytes("svg").decode()
    label = re.compile(r'aria-label="120"[^>]* d="([^"]*)"')
    assert label.search(drawn)[1] != label.search(ours)[1]  # type: ignore[index]
    assert "<text" not in drawn


def test_linked_texts_are_as_wide_as_the_users_font(squares: str) -> None:
    drawn = netdraw.load("lenet").draw(font=[squares, "netdraw"], fonts="link")
    (label,) = [text for text in texts(drawn.scene.items) if text.text == "120"][:1]
    wide = drawn.scene.fonts.width("120", label.size)
    assert f'textLength="{number(wide)}"' in drawn.to_bytes("svg").decode()


@pytest.mark.parametrize("family", ["Wild Squares", "思源黑体"])
def test_two_fonts_of_one_name_in_a_pdf(tmp_path: Path, squares: str, family: str) -> None:
    bold = saved(tmp_path, "bold.ttf", data(made(ASCII, weight=700, family=family)))
    again = saved(tmp_path, "again.ttf", data(made("3×", family=family)))
    written = netdraw.load("lenet").draw(font=[again, squares, bold]).to_bytes("pdf")
    names = re.findall(rb"/BaseFont /([A-Z]{6}\+[!-~]+)", written)
    assert len(names) == len(set(names)) == 3


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
@pytest.mark.parametrize(("table", "field", "value"), [("head", "magicNumber", 1), ("hhea", "tableVersion", 7)])
def test_tables_that_programs_would_refuse(tmp_path: Path, table: str, field: str, value: int, format: str) -> None:
    font = made()
    setattr(font[table], field, value)
    with pytest.raises(OptionError, match="ND610 this is a font that is damaged"):
        netdraw.load("lenet").draw(font=saved(tmp_path, "x.ttf", data(font))).to_bytes(format)


def test_a_font_that_only_the_pdf_cannot_take(tmp_path: Path) -> None:
    font = made()
    font["hhea"].metricDataFormat = 3
    drawing = netdraw.load("lenet").draw(font=(file := saved(tmp_path, "x.ttf", data(font))))
    with pytest.raises(OptionError) as caught:
        drawing.to_bytes("pdf")
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("ND610", file) and "TTFError" in fault.message


def test_parts_of_parts_end(tmp_path: Path) -> None:
    """Forty glyphs, each of which is the next one twice."""
    font = made()
    order = font.getGlyphOrder()[1:42]
    for name, part in pairwise(order):
        pen = TTGlyphPen(dict.fromkeys(order))
        for _ in range(2):
            pen.addComponent(part, (1, 0, 0, 1, 0, 0))
        glyph = font["glyf"].glyphs[name] = pen.glyph()
        glyph.xMin = glyph.yMin = glyph.xMax = glyph.yMax = 0
    font.recalcBBoxes = False
    with pytest.raises(OptionError, match=r"ND610 this is a font that is damaged .*100,000 parts"):
        netdraw.load("lenet").draw(font=saved(tmp_path, "x.ttf", data(font)))
