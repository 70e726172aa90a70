"""The SVG's contract, read back from its text alone; what is embedded; the same bytes."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import handmade
import pytest
import resvg_py
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from measures import metrics
from PIL import Image

from netdraw.core.errors import OptionError
from netdraw.diagram.outline import outline
from netdraw.render import escape, render, renderer
from netdraw.render.fonts import texts
from netdraw.scene.compose import compose
from netdraw.scene.model import Scene
from netdraw.themes.base import load
from netdraw.type.fontfiles import FAMILY, FAMILY_SC
from netdraw.type.primitives import Text
from netdraw.type.text import width

SVG = "{http://www.w3.org/2000/svg}"
SCENE = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(load(), 44.0))
TEXT_CLASSES = {"title", "totals", "label", "kernel", "shape", "cost", "reason", "name", "repeat", "legend", "caption"}


def _root(scene: Scene = SCENE, **options: str) -> ET.Element:
    return ET.fromstring(render(scene, "svg", **options).decode())  # type: ignore[arg-type]


def _of(kind: str, tag: str = "g") -> list[ET.Element]:
    return [one for one in _root().iter(SVG + tag) if one.get("class") == kind]


def _data(element: ET.Element) -> dict[str, str]:
    return {key.removeprefix("data-"): value for key, value in element.items() if key.startswith("data-")}


def _words(element: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(text.get("class"), text.text) for text in element.iter(SVG + "text")]


def test_the_root() -> None:
    root = _root()
    assert root.get("viewBox") == "0 0 655.3 372"
    assert (root.get("width"), root.get("height"), root.get("role"), root.get("lang")) == ("655.3", "372", "img", "en")
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (SVG + "title", "Nets & <Cells>")
    assert (description.tag, description.text) == (SVG + "desc", "A stem, two blocks.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert f"'{FAMILY}'" in (root.get("font-family") or "")
    assert (root.get("font-family") or "").endswith(", sans-serif")


def test_two_figures_in_one_page_have_ids_of_their_own() -> None:
    other = _root(SCENE._replace(title="Another"))
    assert other.get("aria-labelledby") != _root().get("aria-labelledby")


def test_the_metadata_is_one_json() -> None:
    (metadata,) = _root().iter(SVG + "metadata")
    told = json.loads(metadata.text or "")
    assert told.pop("outline") == outline(handmade.DIAGRAM)
    assert told == {
        "view": {},
        "rung": "as asked",
        "totals": {"params": 29_290, "macs": 714_147_072, "not_counted": []},
        "convention": "</metadata>",
        "theme": "default",
        "engine": "strip",
    }


def test_cells() -> None:
    cells = _of("cell")
    assert [_data(cell)["ids"] for cell in cells] == [" ".join(cell.ids) for cell in handmade.CELLS]
    assert _data(cells[1]) == {
        "ids": "stem.conv2d stem.batch_norm2d stem.relu6",
        "category": "conv",
        "macs": "10838016",
        "params": "928",
        "shape": "32×112×112",
        "repeat": "1",
    }
    assert _words(cells[1]) == [("kernel", "3"), ("label", "32"), ("label", "/2")]
    assert _data(cells[3])["repeat"] == "2"
    assert "macs" not in _data(cells[8])
    assert _data(cells[9])["output"] == "output"
    assert _words(cells[8])[1] == ("label", '<&"')


def test_boxes() -> None:
    first, second = _of("box")
    assert _data(first) == {"id": "b.1", "block": "InvertedResidual", "repeat": "2", "residual": "add"}
    assert set(_words(first)) == {("repeat", "×2"), ("name", "blocks")}
    assert _data(second) == {"id": "c", "block": "Other", "repeat": "1", "residual": "none", "reason": "stride 2"}
    assert _words(second) == [("reason", "stride 2")]


def test_edges_run_from_a_cells_last_id_to_the_nexts_first() -> None:
    edges = [(_data(edge)["from"], _data(edge)["to"]) for edge in _of("edge", "path")]
    cells = handmade.CELLS
    assert edges == [(a.ids[-1], b.ids[0]) for a, b in pairwise(cells)]
    (residual,) = _of("residual", "path")
    assert _data(residual) == {"from": "stem.relu6", "to": "b.1.add"}
    assert "Q" in (residual.get("d") or "")


def test_an_edge_in_two_pieces_is_one_path() -> None:
    (edge,) = (edge for edge in _of("edge", "path") if edge.get("data-to") == "odd")
    assert (edge.get("d") or "").count("M") == 2


def test_bars_brackets_and_ticks() -> None:
    bars = _of("bar")
    assert [_data(bar) for bar in bars] == [{"id": "input", "value": "224"}, {"id": "stem.relu6", "value": "112"}]
    assert _words(bars[1]) == [("shape", "32×112²"), ("shape", "16 + 16")]
    (bracket,) = _of("bracket")
    assert _data(bracket) == {"stage": "stem", "cost": "10838016"}
    assert _words(bracket) == [("cost", "10.8 M MACs · 2 %")]
    (tick,) = _of("tick")
    assert _data(tick) == {"ids": "flatten dropout"}


def test_texts_have_their_classes_and_no_tspans() -> None:
    root = _root()
    classes = [text.get("class") for text in root.iter(SVG + "text")]
    assert set(classes) <= TEXT_CLASSES
    assert classes.count("title") == classes.count("totals") == 1
    assert not list(root.iter(SVG + "tspan"))
    legend = [one for one in root.iter(SVG + "g") if one.get("class") == "legend"]
    assert _words(legend[0]) == [("kernel", "3"), ("legend", "convolution, ReLU6")]


def test_nothing_needs_css_filters_or_definitions() -> None:
    text = re.sub("<style>.*?</style>", "", render(SCENE, "svg").decode())
    for word in ("var(", "filter", "<defs", "url(", "style="):
        assert word not in text


def _fonts(scene: Scene) -> list[tuple[str, str, set[int]]]:
    """Family, weight and characters of every embedded font."""
    style = "".join(one.text or "" for one in _root(scene).iter(SVG + "style"))
    found = []
    for family, weight, data in re.findall(
        r"font-family:'([^']+)';font-weight:([\d ]+);src:url\(data:font/woff2;base64,([^)]+)\)", style
    ):
        font = TTFont(io.BytesIO(base64.b64decode(data)))
        found.append((family, weight, set(font.getBestCmap())))
    return found


def _text(text: str, weight: int = 400) -> Scene:
    return SCENE._replace(items=(Text(10, 20, text, 12, weight, "start", "#000000", "label"),))


def test_only_the_slices_touched_are_embedded() -> None:
    assert [(family, weight) for family, weight, _ in _fonts(SCENE)] == [(FAMILY, "400"), (FAMILY, "600")]
    assert [(family, weight) for family, weight, _ in _fonts(_text("plain"))] == [(FAMILY, "400")]
    assert len(_fonts(_text("Zürich ąę", 600))) == 2
    assert _fonts(SCENE._replace(items=())) == []


def test_every_character_that_is_drawn_is_embedded() -> None:
    for scene in (SCENE, _text("Zürich 卷积 → ×²")):
        has = set().union(*(characters for _, _, characters in _fonts(scene)))
        drawn = {ord(one) for text in _root(scene).iter(SVG + "text") for one in text.text or ""}
        assert drawn <= has


def test_chinese_is_a_subset_of_what_is_used() -> None:
    (family, weight, characters) = _fonts(_text("卷积"))[-1]
    assert (family, weight) == (FAMILY_SC, "400 600")
    assert {ord("卷"), ord("积")} <= characters
    assert len(characters) < 10


def test_fonts_may_be_left_out() -> None:
    assert not list(_root(fonts="none").iter(SVG + "style"))


def test_linked_fonts_are_named() -> None:
    root = _root(fonts="link")
    assert not list(root.iter(SVG + "style")) and f"'{FAMILY}'" in (root.get("font-family") or "")


@pytest.mark.parametrize("fonts", ["embed", "link", "both"])
def test_texts_are_told_how_wide_they_are(fonts: str) -> None:
    """So that none overflows where a reader takes another font."""
    root = _root(fonts=fonts)
    told = list(root.iter(SVG + "text"))
    wanted = list(texts(SCENE.items))
    assert len(told) == len(wanted) > 20
    for one, item in zip(told, wanted, strict=True):
        assert one.text == item.text and one.get("lengthAdjust") == "spacingAndGlyphs"
        assert float(one.get("textLength") or 0) == pytest.approx(width(item.text, item.size, item.weight), abs=0.006)
    assert "textLength" not in render(_text(""), "svg", fonts=fonts).decode()


def test_outlined_texts_are_paths_that_keep_their_words() -> None:
    root = _root(fonts="outline")
    assert not list(root.iter(SVG + "style")) and not list(root.iter(SVG + "text"))
    paths = [one for one in root.iter(SVG + "path") if one.get("aria-label") is not None]
    assert [(one.get("class"), one.get("aria-label")) for one in paths] == [
        (item.role, item.text) for item in texts(SCENE.items)
    ]
    assert root[0].text == SCENE.title and root.get("role") == "img"


def test_both_is_the_shapes_each_with_its_text_unseen_above_it() -> None:
    both, shapes = _root(fonts="both"), _root(fonts="outline")
    assert not list(both.iter(SVG + "style"))
    unseen = [one for one in both.iter(SVG + "text") if float(one.get("fill-opacity") or 1) < 0.005]
    assert [one.text for one in unseen] == [item.text for item in texts(SCENE.items)]
    for shape, said in pairwise(both.iter()):
        if said.tag == SVG + "text":
            assert shape.tag == SVG + "path" and shape.get("class") == said.get("class")
            assert shape.get("aria-hidden") == "true"  # or it would be read aloud twice
    drawn = [[one.get("d") for one in root.iter(SVG + "path")] for root in (both, shapes)]
    assert drawn[0] == drawn[1] and not [one for one in both.iter() if one.get("aria-label")]


@pytest.mark.parametrize("said", ["AVATAR 64×112²", "Zürich ‖ ≥", "卷积 3×3，激活", "a. → i! %"])
@pytest.mark.parametrize("weight", [400, 600])
@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_outlines_are_what_the_text_would_be(said: str, weight: int, anchor: str) -> None:
    scene = _text(said, weight)._replace(width=300, height=40, physical=("300", "40"))
    (item,) = texts(scene.items)
    scene = scene._replace(items=(item._replace(x=150, y=30, size=20, anchor=anchor),))
    pictures = [_pixels(render(scene, "svg", fonts=fonts).decode()) for fonts in ("none", "outline")]
    differ = [abs(a - b) for a, b in zip(*pictures, strict=True)]
    assert max(pictures[0]) > 200 and sum(differ) / len(differ) < 0.2 and max(differ) < 80


def _pixels(svg: str) -> bytes:
    """How dark each pixel is, at 2 pixels to the px."""
    from netdraw.type.fontfiles import font_files

    data = resvg_py.svg_to_bytes(svg_string=svg, zoom=2, font_files=font_files(), skip_system_fonts=True)
    return bytes(Image.open(io.BytesIO(data)).convert("L").point(lambda value: 255 - value).tobytes())


def test_an_outlined_character_that_no_font_has_is_a_box() -> None:
    found = render(_text("Cеть"), "svg", fonts="outline").decode()
    assert 'aria-label="Cеть"' in found
    assert found.replace("Cеть", "C□□□") == render(_text("C□□□"), "svg", fonts="outline").decode()
    for said in ("\x00", "\t", "\ud800", ""):
        ET.fromstring(render(_text(said), "svg", fonts="outline"))


def test_an_unknown_way_with_fonts_is_an_error() -> None:
    with pytest.raises(OptionError, match=r"ND609 unknown value 'embeded' of fonts; did you mean 'embed'\?"):
        render(SCENE, "svg", fonts="embeded")


def test_the_background_may_be_another() -> None:
    rect = next(_root(background="#123456").iter(SVG + "rect"))
    assert (rect.get("width"), rect.get("fill")) == ("100%", "#123456")


@pytest.mark.parametrize("text", ['<&">', "a\x00b\x1f", "\ud800", "\ufffe", "]]>", "a\tb\nc", "´é卷"])
def test_any_text_gives_well_formed_xml(text: str) -> None:
    scene = _text(text)._replace(title=text, description=text, meta=(("note", text),))
    root = ET.fromstring(render(scene, "svg"))
    expected = re.sub("[\x00\x1f\ud800\ufffe]", "\ufffd", text)
    assert root[0].text == expected
    assert next(root.iter(SVG + "text")).text == expected
    assert escape.attribute('<&">\n') == "&lt;&amp;&quot;&gt;&#10;"


@given(st.text())
def test_whatever_is_escaped_is_read_back(text: str) -> None:
    root = ET.fromstring(f'<a b="{escape.attribute(text)}">{escape.text(text)}</a>')
    kept = re.sub(escape._IMPOSSIBLE, "\ufffd", text)
    assert root.get("b") == kept
    assert (root.text or "").replace("\n", "") == kept.replace("\r", "").replace("\n", "")


def test_unknown_formats_have_their_near_miss() -> None:
    with pytest.raises(OptionError, match=r"ND606 unknown format 'svgg'; did you mean 'svg'\?"):
        render(SCENE, "svgg")
    assert renderer("SVG").name == renderer(".svg").name == "svg"


@pytest.mark.slow
def test_the_same_bytes_for_any_hash_seed(tmp_path: Path) -> None:
    here = Path(__file__).parent
    program = (
        "import sys, handmade; from netdraw.render import render; from netdraw.scene.compose import compose;"
        "from netdraw.themes.base import load; from measures import metrics;"
        "scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(load(), 44.0));"
        "sys.stdout.buffer.write(render(scene, sys.argv[1]))"
    )
    for format in ("svg", "png", "pdf"):
        outputs = []
        for seed in ("0", "1"):
            paths = os.pathsep.join((str(here), str(here.parent)))
            env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "LC_ALL": "C"}
            command = [sys.executable, "-c", program, format]
            outputs.append(subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, check=True).stdout)
        assert outputs[0] == outputs[1] == render(SCENE, format)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(JSON)
def test_values_are_written_as_pythons_json_has_them(value: object) -> None:
    assert escape.json(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))
