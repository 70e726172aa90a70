"""In a browser the texts are as wide as we computed them. Skipped where there is no Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import netdraw
from netdraw.render.fonts import chinese, texts
from netdraw.type import text

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=10000",
)  # fmt: skip
ASK = """<script>
document.fonts.ready.then(() => {
  const answer = ANSWER;
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify(answer);
  document.body.replaceChildren(told);
});
</script>"""
FIND = """(() => {
  if (!window.find("average pooling")) return null;
  const at = getSelection().getRangeAt(0).getBoundingClientRect();
  const there = document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2);
  return [String(getSelection()), there.tagName, there.textContent];
})()"""
"""What is marked when a text is searched, and the element that a mouse meets there, which a drag would mark."""
SHARE = 0.02
"""By how much a text may be wider or narrower than computed."""

pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"), pytest.mark.slow]


def asked(svg: str, folder: Path, expression: str) -> Any:
    """The value of an expression of JavaScript in a page with the SVG."""
    page = folder / "page.html"
    script = ASK.replace("ANSWER", expression)
    page.write_text(f'<!doctype html><meta charset="utf-8"><body>{svg}{script}</body>', encoding="utf-8")
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri()]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True)
    found = re.search(r'<pre id="told">(.*?)</pre>', run.stdout, re.DOTALL)
    assert found, run.stderr
    return json.loads(unescape(found[1]))


def measured(svg: str, folder: Path, width: str = "one.getComputedTextLength()") -> list[float]:
    """The width of every text of an SVG in Chromium, in the SVG's units."""
    widths: list[float] = asked(svg, folder, f'[...document.querySelectorAll("text")].map(one => {width})')
    return widths


def free(svg: str) -> str:
    """The SVG with texts as wide as their font makes them."""
    return re.sub(r' textLength="[^"]*"', "", svg)


@pytest.mark.parametrize(("source", "lang"), [("mobilenet_v2", "en"), ("googlenet", "en"), ("mobilenet_v2", "zh")])
def test_texts_are_as_wide_as_computed(source: str, lang: str, tmp_path: Path) -> None:
    drawing = netdraw.load(source).draw(width=1440, lang=lang)
    wanted = list(texts(drawing.scene.items))
    assert chinese(drawing.scene) == (lang == "zh")
    widths = measured(free(drawing.to_bytes("svg").decode()), tmp_path)
    assert len(widths) == len(wanted)
    computed = [text.width(one.text, one.size, one.weight) for one in wanted]
    wrong = [
        (one.text, width, own)
        for one, width, own in zip(wanted, widths, computed, strict=True)
        if abs(width - own) > SHARE * own
    ]
    assert wrong == []


def test_linked_texts_keep_their_width_in_another_font(tmp_path: Path) -> None:
    """The families are named, and not there: the browser draws with a font of its own."""
    drawing = netdraw.load("mobilenet_v2").draw(width=1440, fonts="link")
    wanted = [text.width(one.text, one.size, one.weight) for one in texts(drawing.scene.items)]
    svg = drawing.to_bytes("svg").decode().replace(text.FALLBACK, "monospace")
    assert "Netdraw Sans" not in svg
    found = measured(svg, tmp_path, "one.getBBox().width")
    assert [(a, b) for a, b in zip(found, wanted, strict=True) if abs(a - b) > 0.5 + SHARE * b] == []
    loose = measured(free(svg), tmp_path, "one.getBBox().width")
    assert any(abs(a - b) > 5 * SHARE * b for a, b in zip(loose, wanted, strict=True))


@pytest.mark.parametrize("fonts", ["embed", "both", "outline"])
def test_what_can_be_searched_and_marked(fonts: str, tmp_path: Path) -> None:
    """A text without colour, above its shape, is found and marked as a painted one is; a shape alone is not."""
    svg = netdraw.load("mobilenet_v2").draw(width="174mm", fonts=fonts).to_bytes("svg").decode()
    said = "average pooling"
    assert asked(svg, tmp_path, FIND) == (None if fonts == "outline" else [said, "text", said])


def test_texts_in_a_font_of_the_users_are_as_wide_as_computed(tmp_path: Path) -> None:
    import fontfactory

    file = tmp_path / "squares.ttf"
    file.write_bytes(fontfactory.data(fontfactory.made()))
    drawing = netdraw.load("mobilenet_v2").draw(width=2400, font=file)
    wanted = list(texts(drawing.scene.items))
    widths = measured(free(drawing.to_bytes("svg").decode()), tmp_path)
    computed = [drawing.scene.fonts.width(one.text, one.size, one.weight) for one in wanted]
    assert widths == pytest.approx(computed, rel=SHARE)
