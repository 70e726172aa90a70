"""The PDF's structure, read from its bytes alone: the page, its fonts, what it says of itself, every shape and text."""

from __future__ import annotations

import re
import sys
import zlib

import handmade
import pytest
from measures import metrics

import netdraw
from netdraw.core.errors import OptionError
from netdraw.render import render
from netdraw.render.base import NO_GLYPH
from netdraw.render.fonts import texts
from netdraw.render.pdf import _outline
from netdraw.scene.compose import compose
from netdraw.scene.model import Scene
from netdraw.themes.base import load
from netdraw.type import text
from netdraw.type.primitives import Ellipse, Group, Item, Paint, Path, Rectangle, Text

SCENE = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(load(), 44.0))
NUMBER = r"(-?[\d.]+)"


def streams(pdf: bytes) -> list[bytes]:
    """All streams, unpacked: the page's, then those of the fonts."""
    return [zlib.decompress(data) for data in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)]


def content(pdf: bytes) -> str:
    """The operators of the page."""
    (found,) = [data for data in streams(pdf) if b" cm " in data[:200]]
    return found.decode("ascii")


def box(pdf: bytes) -> tuple[float, ...]:
    found = re.search(rb"/MediaBox \[([^\]]*)\]", pdf)
    assert found
    return tuple(map(float, found[1].split()))


def only(*items: Item) -> Scene:
    return SCENE._replace(width=100, height=50, physical=("100", "50"), items=items)


def line(said: str, weight: int = 400, anchor: str = "start") -> Scene:
    return only(Text(10, 20, said, 12, weight, anchor, "#000000", "label"))  # type: ignore[arg-type]


def shapes(items: tuple[Item, ...]) -> list[Ellipse | Rectangle | Path]:
    found: list[Ellipse | Rectangle | Path] = []
    for item in items:
        if isinstance(item, Group):
            found += shapes(item.items)
        elif not isinstance(item, Text):
            found.append(item)
    return found


@pytest.mark.parametrize(
    ("unit", "scale", "size"),
    [
        ("px", 1.0, (655.3 * 0.75, 372 * 0.75)),
        ("pt", 1.0, (655.3, 372)),
        ("mm", 72 / 25.4, (655.3, 372)),
        ("in", 72.0, (655.3, 372)),
    ],
)
def test_the_page_is_as_large_as_the_figure(unit: str, scale: float, size: tuple[float, float]) -> None:
    pdf = render(compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(load(), 44.0), unit=unit, scale=scale), "pdf")
    assert box(pdf) == pytest.approx((0, 0, *size), abs=0.01)
    assert b"/UserUnit" not in pdf and pdf.startswith(b"%PDF-1.4")


def test_a_width_on_paper_is_met_exactly() -> None:
    assert box(netdraw.draw("mobilenet_v2", width="174mm").to_bytes("pdf"))[2] == pytest.approx(
        174 / 25.4 * 72, abs=1e-3
    )


def test_a_page_larger_than_a_pdf_can_count_counts_in_larger_units() -> None:
    pdf = render(SCENE._replace(physical=("40000", "2000")), "pdf")
    assert box(pdf) == (0, 0, 10000, 500) and b"/UserUnit 3" in pdf and pdf.startswith(b"%PDF-1.6")
    assert b"/UserUnit" not in render(SCENE._replace(physical=("14400pt", "14400pt")), "pdf")


def test_fonts_are_truetype_subsets_and_nothing_is_a_raster() -> None:
    pdf = netdraw.draw("resnet18", lang="zh").to_bytes("pdf")
    assert set(re.findall(rb"/Subtype /(\w+)", pdf)) == {b"TrueType"}
    names = set(re.findall(rb"/BaseFont /(\S+)", pdf))
    families = {name.partition(b"+")[2] for name in names}
    assert families == {b"NetdrawSans-Regular", b"NetdrawSans-SemiBold", b"NetdrawSansSC-Regular"}
    assert all(re.fullmatch(rb"[A-Z]{6}\+[\w-]+", name) for name in names)
    assert pdf.count(b"/FontFile2") == len(names) == pdf.count(b"/ToUnicode")
    assert set(re.findall(rb"/FontName /(\S+)", pdf)) == names
    assert b"/XObject" not in pdf and b"/Type3" not in pdf and b"/Helvetica" not in pdf


def test_subsets_of_other_characters_have_other_tags() -> None:
    """Programs that join files take two fonts of one name for one."""
    tags = {
        tuple(re.findall(rb"/BaseFont /(\w{6})\+", render(line(said), "pdf"))) for said in ("abc", "abd", "ab", "cab")
    }
    assert len(tags) == 4


def test_many_characters_make_several_fonts_of_one_file() -> None:
    said = "".join(chr(code) for code in range(0x21, 0x250) if not text.missing(chr(code)))
    assert len(set(said)) > 256
    pdf = render(line(said), "pdf")
    assert len(re.findall(rb"/BaseFont", pdf)) == content(pdf).count(" Tf ") == 2


def test_the_file_says_what_it_is_and_when_it_was_made_it_does_not() -> None:
    pdf = render(SCENE, "pdf")
    assert b"/Title (Nets & <Cells>)" in pdf and b"/Subject (A stem, two blocks.)" in pdf
    assert b"/Keywords (InvertedResidual, Other)" in pdf and b"/Lang (en)" in pdf
    assert b"Date" not in pdf and b"/Author" not in pdf and b"D:20" not in pdf
    chinese = render(SCENE._replace(title="网络", language="zh"), "pdf")
    assert b"/Title (" in chinese and b"/Lang (zh)" in chinese


def test_every_shape_and_every_text_is_drawn() -> None:
    for scene in (SCENE, netdraw.draw("googlenet", theme="classic").scene, netdraw.draw("unet").scene):
        drawn = content(render(scene, "pdf"))
        painted = [one for one in shapes(scene.items) if one.paint.fill or one.paint.stroke]
        assert len(re.findall(r" [fSB]$", drawn, re.MULTILINE)) == len(painted) + 1  # the page's ground
        assert drawn.count("BT ") == len(list(texts(scene.items)))


def test_nothing_is_painted_where_nothing_is_behind() -> None:
    scene = only(Rectangle(1, 2, 3, 4, 0, Paint("#ff0000")))
    assert " f" in content(render(scene, "pdf", background="#ffffff")).split(" cm ")[0]
    drawn = content(render(scene, "pdf", background=""))
    assert drawn.startswith("0.75 0 0 -0.75 0 37.5 cm") and drawn.endswith("1 0 0 rg\n1 2 3 4 re f")


def test_a_path_with_all_its_steps() -> None:
    drawn = _outline(handmade.steps("M1 2H4V5L7 8Q10 8 10 11ZM-1 -2V.5"))
    assert drawn == "1 2 m 4 2 l 4 5 l 7 8 l 9 8 10 9 10 11 c h -1 -2 m -1 0.5 l"


def test_lines_end_and_turn_as_in_the_svg() -> None:
    sharp, soft = (Path(handmade.steps("M1 1L5 5"), Paint("", "#000000", 2), "", (), one) for one in (False, True))
    drawn = content(render(only(sharp, soft, sharp, soft, soft), "pdf", background=""))
    assert drawn.startswith("0.75 0 0 -0.75 0 37.5 cm 4 M\n")
    ends = re.findall(r"^([01]) J$", drawn, re.MULTILINE)
    assert ends == re.findall(r"^([01]) j$", drawn, re.MULTILINE) == ["0", "1", "0", "1"]
    assert drawn.count("2 w") == 1 and drawn.count(" S") == 5


def test_an_ellipse_turns_as_in_the_svg() -> None:
    drawn = content(render(only(Ellipse(50, 20, 10, 5, Paint("#000000"), 90)), "pdf", background=""))
    points = [tuple(map(float, one)) for one in re.findall(rf"{NUMBER} {NUMBER} (?:m|c)\b", drawn)]
    assert points[:4] == [(50, 30), (45, 20), (50, 10), (55, 20)]


@pytest.mark.parametrize("weight", [400, 600])
@pytest.mark.parametrize("said", ["AVATAR To 1×1", "Zürich ‖ ≥", "卷积 3×3，激活", "V" * 300])
def test_a_text_is_as_wide_as_measured(said: str, weight: int) -> None:
    steps = text.steps(said, weight)
    assert len(steps) == len(said)
    assert sum(map(sum, steps)) * 12 / 1000 == pytest.approx(text.width(said, 12, weight))
    starts = {}
    for anchor in ("start", "middle", "end"):
        drawn = content(render(line(said, weight, anchor), "pdf"))
        found = re.search(rf"1 0 0 -1 {NUMBER} 20 Tm", drawn)
        assert found
        starts[anchor] = float(found[1])
        kerns = [-int(one) for one in re.findall(r"> (-?\d+) <", drawn)]
        assert kerns == [kern for _, kern in steps if kern]
    wide = text.width(said, 12, weight)
    assert starts == pytest.approx({"start": 10, "middle": 10 - wide / 2, "end": 10 - wide}, abs=1e-3)


@pytest.mark.parametrize("said", ["a\x00b\x1f", "\ud800", "\ufffe", "Сеть", "(\\)", "a\tb\nc", "\u00a0", "", "𝔸"])
def test_any_text_gives_a_file(said: str) -> None:
    scene = line(said)._replace(title=said, description=said)
    assert render(scene, "pdf").endswith(b"%%EOF\n")


def test_a_character_that_no_font_has_is_a_box() -> None:
    assert content(render(line("Cеть"), "pdf")) == content(render(line(f"C{NO_GLYPH * 3}"), "pdf"))


def test_without_reportlab_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "netdraw.render.pdffile", raising=False)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    monkeypatch.setitem(sys.modules, "reportlab.pdfbase", None)
    with pytest.raises(OptionError) as caught:
        render(SCENE, "pdf")
    (fault,) = caught.value.faults
    assert (
        str(fault) == "'format': ND690 a PDF needs the package reportlab, which is not installed: pip install reportlab"
    )
