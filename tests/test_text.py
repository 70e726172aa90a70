"""Widths and ink are those of the shipped fonts, as read by fonttools and HarfBuzz and as drawn by resvg."""

from __future__ import annotations

import itertools
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import resvg_py
from fontTools.ttLib import TTFont

from netdraw.core import resources
from netdraw.type import fontfiles, text

SIGNS = "→×²³·−≥≤≈…′‖↑↓±"
GREEK = "αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
WORDS = "卷积残差连接倒残差与线性瓶颈池化归一化激活函数注意力嵌入掩码交叉熵阈值前馈深度可分离逐点膨胀锚框"
LABELS = [
    *("AVATAR To. WAVE", "3×3, 64 → 128", "300.8 M MACs", "ConvBNAct", "InvertedResidual ×17", "f(x) = αβγ ≥ 0"),
    *("fjord “Tor”, ‘V’", "Déjà vu, Łódź", "10⁻³ m² … ±2′", "224×224×3", "卷积 3×3", "深度可分离卷积（逐点）"),
]


@pytest.fixture(scope="module", params=text.WEIGHTS)
def weight(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def ttf(weight: int) -> TTFont:
    return TTFont(fontfiles.font_files()[text.WEIGHTS.index(weight)])


def ranges(part: str) -> set[str]:
    """The characters of a unicode-range."""
    found: set[str] = set()
    for item in text.unicode_range(part).split(","):
        first, _, last = item.removeprefix("U+").partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return found


def glyph_pairs(font: TTFont) -> dict[tuple[str, str], int]:
    """All kerning of the font, expanded from back to front so that the first subtable has the last word."""
    found: dict[tuple[str, str], int] = {}
    (lookup,) = font["GPOS"].table.LookupList.Lookup
    for outer in reversed(lookup.SubTable):
        table = getattr(outer, "ExtSubTable", outer)
        for index, left in enumerate(table.Coverage.glyphs):
            if table.Format == 1:
                for record in table.PairSet[index].PairValueRecord:
                    found[left, record.SecondGlyph] = record.Value1.XAdvance
                continue
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
            for right in font.getGlyphOrder():
                value = row[table.ClassDef2.classDefs.get(right, 0)].Value1
                found[left, right] = value.XAdvance if value else 0
    return found


def character_pairs(font: TTFont) -> dict[tuple[int, int], int]:
    """The nonzero kerning of the font by pair of code points."""
    cmap, pairs = font.getBestCmap(), glyph_pairs(font)
    found = {(a, b): pairs.get((cmap[a], cmap[b]), 0) for a, b in itertools.product(cmap, repeat=2)}
    return {pair: value for pair, value in found.items() if value}


@pytest.mark.slow
def test_widths_and_kerning_are_the_fonts_own(weight: int) -> None:
    font = ttf(weight)
    cmap, pairs = font.getBestCmap(), character_pairs(font)
    assert len(cmap) > 500 and len(pairs) > 1000
    units = {code: font["hmtx"][glyph][0] for code, glyph in cmap.items()}
    for code in cmap:
        assert text.width(chr(code), 1000, weight) == units[code]
    for a, b in itertools.product(cmap, repeat=2):
        found = text._units.__wrapped__(chr(a) + chr(b), weight)  # past the cache: a quarter of a million pairs
        assert found == units[a] + units[b] + pairs.get((a, b), 0), (a, b)


def test_widths_are_what_harfbuzz_shapes(weight: int) -> None:
    hb = pytest.importorskip("uharfbuzz")
    path = fontfiles.font_files()[text.WEIGHTS.index(weight)]
    font = hb.Font(hb.Face(hb.Blob.from_file_path(path)))
    for label in [*LABELS[:10], ASCII, SIGNS, GREEK]:
        buffer = hb.Buffer()
        buffer.add_str(label)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        assert text.width(label, 1000, weight) == sum(position.x_advance for position in buffer.glyph_positions)


def test_width_scales_and_kerns() -> None:
    assert text.width("", 12) == 0
    assert text.width("Conv", 24) == pytest.approx(2 * text.width("Conv", 12))
    assert text.width("AV", 10) < text.width("A", 10) + text.width("V", 10)
    assert text.width("Conv", 10, 600) > text.width("Conv", 10)
    assert len({text.width(digit, 10) for digit in "0123456789"}) == 1
    with pytest.raises(ValueError, match="weight 500"):
        text.width("a", 10, 500)


def test_chinese_is_measured() -> None:
    assert text.width("卷积", 10) == text.width("卷积", 10, 600) == 20
    assert text.width("卷积 3×3", 10) == pytest.approx(20 + text.width(" 3×3", 10))
    left, top, right, bottom = text.ink("卷积", 10)
    assert 0 < left < 1 and 19 < right < 20
    assert -9 < top < -8 and 0 < bottom < 1.2
    assert text.slices("卷积 3×3") == ("core", "sc")


def test_every_sign_that_we_write_is_in_the_font(weight: int) -> None:
    assert {*ASCII, *SIGNS, *GREEK} <= {chr(code) for code in ttf(weight).getBestCmap()}
    assert text.slices(ASCII + SIGNS) == ("core",)
    assert text.slices(GREEK) == ("rest",)
    assert text.missing(ASCII + SIGNS + GREEK) == ()
    assert text.missing(WORDS + "，。：；、（）《》“”！？①⊕⊗⊙∈") == ()


def test_all_hanzi_of_gb2312_level_1_are_there() -> None:
    pairs = itertools.product(range(0xB0, 0xD8), range(0xA1, 0xFF))
    hanzi = "".join(bytes(pair).decode("gb2312", errors="ignore") for pair in pairs)
    assert len(hanzi) == 3755
    assert text.missing(hanzi) == ()
    assert {chr(code) for code in TTFont(fontfiles.font_file_sc()).getBestCmap()} >= set(hanzi)


def test_missing_lists_each_once_and_measures_one_em() -> None:
    assert text.missing("a😀龘é卷😀") == ("😀", "龘")
    assert text.slices("a😀") == ("core",)
    assert text.width("a😀b", 10) == pytest.approx(text.width("a", 10) + 10 + text.width("b", 10))
    assert text.ink("😀", 10) == (0, -8.8, 10, 1.2)


def test_ranges_of_slices_are_disjoint_and_cover_the_font(weight: int) -> None:
    core, rest = ranges("core"), ranges("rest")
    assert not core & rest
    assert core | rest == {chr(code) for code in ttf(weight).getBestCmap()}
    for part, characters in (("core", core), ("rest", rest)):
        assert {chr(code) for code in TTFont(fontfiles.slice_file(weight, part)).getBestCmap()} == characters
    with pytest.raises(ValueError, match="sc"):
        fontfiles.slice_file(weight, "sc")
    with pytest.raises(ValueError, match="sc"):
        text.unicode_range("sc")


def test_slices_have_the_outlines_widths_and_kerning_of_the_whole_font(weight: int) -> None:
    """So that an SVG with slices and a PNG from the TTF show the same."""
    whole = ttf(weight)
    for part in text.SLICES:
        cut = TTFont(fontfiles.slice_file(weight, part))
        for code, glyph in cut.getBestCmap().items():
            name = whole.getBestCmap()[code]
            assert cut["hmtx"][glyph] == whole["hmtx"][name]
            flat = [font["glyf"][g].getCoordinates(font["glyf"])[0] for font, g in ((cut, glyph), (whole, name))]
            assert flat[0] == flat[1]
        assert ("GPOS" in cut) == (part == "core")
        assert "GSUB" not in cut
    core = TTFont(fontfiles.slice_file(weight, "core"))
    assert character_pairs(core) == character_pairs(whole)


def test_vertical_constants_are_the_fonts(weight: int) -> None:
    font = ttf(weight)
    assert font["head"].unitsPerEm == 1000
    assert (font["hhea"].ascent, font["hhea"].descent) == (text.ASCENT * 1000, -text.DESCENT * 1000)
    assert font["OS/2"].sCapHeight == text.CAP_HEIGHT * 1000
    assert font["OS/2"].sxHeight == pytest.approx(text.X_HEIGHT * 1000, abs=6)


def test_fonts_do_not_bear_the_reserved_name_and_keep_their_copyright() -> None:
    files = [*fontfiles.font_files()]
    files += [fontfiles.slice_file(weight, part) for weight in text.WEIGHTS for part in text.SLICES]
    for file in files:
        names = TTFont(file)["name"]
        for name_id in (1, 3, 4, 6, 16, 18, 21, 25):
            assert "source" not in (names.getDebugName(name_id) or "").lower(), file
        assert names.getDebugName(16) in (text.FAMILY, text.FAMILY_SC)
        assert "Adobe" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)


@pytest.mark.parametrize("name", ["OFL-SourceSans.txt", "OFL-NotoSansSC.txt"])
def test_licences_lie_beside_the_fonts(name: str) -> None:
    licence = resources.read_text(resources.package_path("type", "fonts", name))
    assert "Adobe" in licence.splitlines()[0]
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "OTHER DEALINGS IN THE FONT SOFTWARE" in licence


def test_chinese_subset_is_small_and_the_same_in_every_process(tmp_path: Path) -> None:
    first = fontfiles.subset_woff2(WORDS, fontfiles.font_file_sc())
    assert len(first) < 250 * len(set(WORDS)) + 1000
    script = (
        "import sys; from netdraw.type import fontfiles as f;"
        f"sys.stdout.buffer.write(f.subset_woff2({WORDS[::-1]!r}, f.font_file_sc()))"
    )
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONHASHSEED": "7"})
    assert again.stdout == first
    file = tmp_path / "subset.woff2"
    file.write_bytes(first)
    assert {chr(code) for code in TTFont(file).getBestCmap()} == set(WORDS)


@pytest.mark.slow
@pytest.mark.parametrize("label", LABELS)
def test_ink_is_what_resvg_draws(label: str, weight: int) -> None:
    x, y, size = 20, 60, 40
    total = int(text.width(label, size, weight)) + 2 * x
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="90"><text x="{x}" y="{y}" '
        f'font-family="{text.FALLBACK}" font-size="{size}" font-weight="{weight}">{label}</text></svg>'
    )
    drawn = resvg_py.svg_to_bytes(svg_string=svg, zoom=2, skip_system_fonts=True, font_files=fontfiles.font_files())
    left, top, right, bottom = pixel_box(bytes(drawn))
    expected = text.ink(label, size, weight)
    # Drawn at twice the size: the outermost pixels with ink hold the edges, so their centres are 0.25 away at most.
    found = [(edge + 0.5) / 2 - origin for edge, origin in zip((left, top, right, bottom), (x, y, x, y), strict=True)]
    assert found == pytest.approx(list(expected), abs=0.6)


def pixel_box(png: bytes) -> tuple[int, int, int, int]:
    """First and last column and row of an RGBA PNG with any opacity: left, top, right, bottom."""
    rows = rgba_rows(png)
    inked = [y for y, row in enumerate(rows) if any(row[3::4])]
    columns = [max(column) for column in zip(*(row[3::4] for row in rows), strict=True)]
    across = [x for x, alpha in enumerate(columns) if alpha]
    return across[0], inked[0], across[-1], inked[-1]


def rgba_rows(png: bytes) -> list[bytearray]:
    """The rows of an 8-bit RGBA PNG, unfiltered."""
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (8, 6)
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, stride = zlib.decompress(data), width * 4 + 1
    rows = [bytearray(4 + width * 4)]  # four zero bytes stand left of each row
    for y in range(height):
        line = bytearray(4) + raw[y * stride + 1 : (y + 1) * stride]
        unfilter(raw[y * stride], line, rows[-1])
        rows.append(line)
    return [row[4:] for row in rows[1:]]


def unfilter(kind: int, line: bytearray, above: bytearray) -> None:
    """Undo one PNG row filter in place."""
    for i in range(4, len(line)):
        a, b, c = line[i - 4], above[i], above[i - 4]
        nearest = min((a, b, c), key=lambda value: abs(a + b - c - value))
        line[i] = (line[i] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
