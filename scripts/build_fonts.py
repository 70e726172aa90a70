"""Build `netdraw/type/fonts/` from the fonts of two npm packages; run by hand, the result is committed.

    npm pack @expo-google-fonts/source-sans-3@0.4.1 @expo-google-fonts/noto-sans-sc@0.4.3    # unpack both
    python scripts/build_fonts.py FOLDER

FOLDER is searched for the TTFs and licences by name. The same packages give the same bytes for one version of
fonttools and brotli. What is changed in the fonts and why: `netdraw/type/fonts/README.md`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "netdraw" / "type" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
LATIN = {400: "SourceSans3_400Regular.ttf", 600: "SourceSans3_600SemiBold.ttf"}
CHINESE = "NotoSansSC_400Regular.ttf"
LICENCES = {"source-sans-3": "OFL-SourceSans.txt", "noto-sans-sc": "OFL-NotoSansSC.txt"}

# The core: printable ASCII and the signs that figures use; every SVG embeds it, so each character has its price.
CORE = {*map(chr, range(0x20, 0x7F)), *"→×²³·−≥≤≈…′‖↑↓±", *"\xa0\u2009\u202f←↔–—‘’“”°≠∞√∑"}
# The rest: blocks whole, as far as the font has them.
BLOCKS = [
    (0x00A1, 0x00AC), (0x00AE, 0x017F),  # Latin-1 without the soft hyphen, which shapers hide; Latin Extended-A
    (0x01A0, 0x01A1), (0x01AF, 0x01B0), (0x01CD, 0x01DC), (0x0218, 0x021B),  # Vietnamese, Pinyin, Romanian
    (0x0370, 0x03FF), (0x1E80, 0x1E85), (0x1E9E, 0x1EF9),  # Greek; Welsh, German, Vietnamese
    (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x205F), (0x2070, 0x209F),  # punctuation, super- and subscripts
    (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F),  # currency, letterlike, number forms
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),  # arrows, mathematics, shapes
]  # fmt: skip
# Signs of networks that the Latin font lacks, and words of the field whose characters GB2312 has in level 2 only.
CHINESE_EXTRA = "⊕⊖⊗⊙∈∘∅" + "熵阈馈颈卷积池化残差瓶掩码嵌膨胀归激活锚蒸馏鲁棒耦衰叠滤裁剪"


def chinese_characters() -> set[str]:
    """GB2312: its rows of punctuation, numbers and fullwidth forms (1 to 3) and level 1 of the Hanzi (16 to 55)."""
    found = set(CHINESE_EXTRA)
    for row in [1, 2, 3, *range(16, 56)]:
        for cell in range(1, 95):
            found.update(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312", errors="ignore"))
    return found


def cut(font: TTFont, characters: Iterable[str], features: list[str]) -> TTFont:
    """Reduce the font in place to the characters and features; hints, glyph names and layout extras go."""
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "GDEF", "GSUB", "STAT", "vhea", "vmtx", "gasp", *([] if features else ["GPOS"])]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str, weight: int) -> None:
    """Give the font our family name; the reserved one must not name a modified version. Copyright and licence stay."""
    style = WEIGHTS[weight]
    full = family if style == "Regular" else f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style}"
    table = font["name"]
    kept = {i: str(table.getName(i, 3, 1)) for i in (0, 5, 13, 14)}
    new = {1: full, 2: "Regular", 3: f"{kept[5]};{postscript}", 4: full, 6: postscript, 16: family, 17: style}
    table.names = []
    for name_id, text in sorted({**kept, **new}.items()):
        table.setName(text, name_id, 3, 1, 0x409)


def source(file: Path) -> TTFont:
    """Open a font of the packages, set so that saving it leaves its dates as they are."""
    return TTFont(file, recalcTimestamp=False, lazy=False)


def latin_sets(font: TTFont) -> tuple[set[str], set[str]]:
    """The characters of the core and of the rest slice, disjoint.

    A character that shares its glyph with one of the core belongs to the core: kerning goes by glyph.
    """
    cmap = {chr(code): glyph for code, glyph in font.getBestCmap().items()}
    absent = CORE - cmap.keys()
    if absent:
        sys.exit(f"the font lacks {''.join(sorted(absent))}")
    glyphs = {cmap[character] for character in CORE}
    wanted = CORE | {chr(code) for first, last in BLOCKS for code in range(first, last + 1)} & cmap.keys()
    core = {character for character in wanted if cmap[character] in glyphs}
    return core, wanted - core


def kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Every nonzero pair of glyphs of the one kern lookup, as a shaper reads it: the first subtable that knows it."""
    lookups = font["GPOS"].table.LookupList.Lookup
    if len(lookups) != 1:
        sys.exit(f"expected one kern lookup, found {len(lookups)}")
    tables = [getattr(table, "ExtSubTable", table) for table in lookups[0].SubTable]
    order = font.getGlyphOrder()
    pairs = {(left, right): pair_value(tables, left, right) for left in order for right in order}
    return {pair: value for pair, value in pairs.items() if value}


def pair_value(tables: list[Any], left: str, right: str) -> int:
    """The kerning between two glyphs in font units."""
    for table in tables:
        if left not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            found = [record.Value1 for record in records if record.SecondGlyph == right]
            if not found:
                continue
            value = found[0]
        else:
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
            value = row[table.ClassDef2.classDefs.get(right, 0)].Value1
        return getattr(value, "XAdvance", 0) if value else 0
    return 0


def measures(font: TTFont, characters: Iterable[str]) -> dict[str, Any]:
    """Characters in one string; beside it their advances and, four numbers each, the ink box x0 y0 x1 y1 (y up)."""
    cmap, glyf = font.getBestCmap(), font["glyf"]
    ordered = sorted(characters)
    glyphs = [cmap[ord(character)] for character in ordered]
    edges = ("xMin", "yMin", "xMax", "yMax")
    return {
        "characters": "".join(ordered),
        "advance": [font["hmtx"][glyph][0] for glyph in glyphs],
        "ink": [getattr(glyf[glyph], edge, 0) for glyph in glyphs for edge in edges],
    }


def kern_strings(font: TTFont, characters: Iterable[str]) -> dict[str, str]:
    """Kerning value → the pairs of characters that have it, written one after the other."""
    cmap = font.getBestCmap()
    ordered = sorted(characters)
    pairs = kerning(font)
    found: dict[int, list[str]] = {}
    for left in ordered:
        for right in ordered:
            value = pairs.get((cmap[ord(left)], cmap[ord(right)]), 0)
            if value:
                found.setdefault(value, []).append(left + right)
    return {str(value): "".join(texts) for value, texts in sorted(found.items())}


def css_range(characters: Iterable[str]) -> str:
    """The characters as a CSS unicode-range."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def save(font: TTFont, name: str, flavor: str | None = None) -> None:
    font.flavor = flavor
    font.save(OUT / name)
    print(f"{(OUT / name).stat().st_size:>9,} {name}")


def write_json(name: str, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    (OUT / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{(OUT / name).stat().st_size:>9,} {name}")


def build_latin(files: dict[str, Path]) -> set[str]:
    """Write the Latin fonts, slices and metrics; gives the characters that they have."""
    core_json: dict[str, Any] = {}
    rest_json: dict[str, Any] = {}
    for weight, name in LATIN.items():
        core, rest = latin_sets(source(files[name]))
        fonts = {
            "core": cut(source(files[name]), core, ["kern"]),
            "rest": cut(source(files[name]), rest, []),
            "whole": cut(source(files[name]), core | rest, []),
        }
        # Browsers never kern across slices, so the whole font has the core's kerning alone: all draw the same.
        fonts["whole"]["GPOS"] = fonts["core"]["GPOS"]
        for font in fonts.values():
            rename(font, "Netdraw Sans", weight)
        core_json |= {"range": css_range(core), str(weight): measures(fonts["core"], core)}
        core_json[str(weight)]["kern"] = kern_strings(fonts["core"], core)
        rest_json |= {"range": css_range(rest), str(weight): measures(fonts["rest"], rest)}
        save(fonts["core"], f"NetdrawSans-{weight}-core.woff2", "woff2")
        save(fonts["rest"], f"NetdrawSans-{weight}-rest.woff2", "woff2")
        save(fonts["whole"], f"NetdrawSans-{weight}.ttf")
    write_json("metrics-core.json", core_json)
    write_json("metrics-rest.json", rest_json)
    return core | rest


def build_chinese(files: dict[str, Path], latin: set[str]) -> None:
    """Write the Chinese font and its metrics; what the Latin font has is left to it."""
    font = source(files[CHINESE])
    characters = (chinese_characters() - latin) & {chr(code) for code in font.getBestCmap()}
    cut(font, characters, [])
    rename(font, "Netdraw Sans SC", 400)
    write_json("metrics-sc.json", {"400": measures(font, characters)})
    save(font, "NetdrawSansSC-400.ttf")


def main(folder: Path) -> None:
    files = {file.name: file for file in folder.rglob("*.ttf")}
    OUT.mkdir(exist_ok=True)
    latin = build_latin(files)
    build_chinese(files, latin)
    for licence in folder.rglob("LICENSE_FONT"):
        target = next(name for package, name in LICENCES.items() if package in str(licence))
        (OUT / target).write_text(licence.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
