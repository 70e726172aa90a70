"""librsvg reads no embedded fonts; texts as shapes are what our PNG has, pixel by pixel. Skipped where it is missing."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import Any

import pytest
from PIL import Image, ImageChops

import netdraw
from netdraw.render.base import px
from netdraw.render.svg import svg

RSVG = shutil.which("rsvg-convert")
FIGURES: list[tuple[str, dict[str, Any]]] = [
    ("mobilenet_v2", {"width": "174mm"}),
    ("mobilenet_v2", {"lang": "zh"}),
    ("resnet18", {"style": "boxes", "theme": "dark"}),
    ("googlenet", {"layout": "stack"}),
    ("lenet", {"width": "column"}),
]
AWAY, LOUD, PIXELS = 1.0, 64, 20
"""How far a pixel may be from ours on average, of 255, and how many may be more than LOUD away: a letter has more."""

pytestmark = [pytest.mark.skipif(RSVG is None, reason="no rsvg-convert here"), pytest.mark.slow]


def grey(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def pictures(source: str, fonts: str, **view: Any) -> tuple[Image.Image, bytes]:
    """Our PNG of a figure, and librsvg's of its SVG at the same size."""
    drawing = netdraw.load(source).draw(**view)
    ours, scene = grey(drawing.to_bytes("png", scale=2)), drawing.scene
    size = (ours.width, ours.height, 2 * px(scene.physical[0]) / scene.width)
    assert RSVG is not None
    run = subprocess.run([RSVG], input=svg(scene, fonts=fonts, pixels=size).encode(), capture_output=True, check=True)
    return ours, run.stdout


def distance(one: Image.Image, other: Image.Image) -> tuple[float, int]:
    """The mean difference of pixels, and how many differ by more than LOUD."""
    assert one.size == other.size
    counts = ImageChops.difference(one, other).histogram()
    return sum(step * count for step, count in enumerate(counts)) / sum(counts), sum(counts[LOUD + 1 :])


@pytest.mark.parametrize(("source", "view"), FIGURES)
def test_texts_as_shapes_look_as_ours_do(source: str, view: dict[str, Any]) -> None:
    ours, found = pictures(source, "outline", **view)
    mean, loud = distance(ours, grey(found))
    assert mean < AWAY and loud < PIXELS


def test_the_text_above_its_shape_is_unseen() -> None:
    source, view = FIGURES[0]
    shapes, both = (grey(pictures(source, fonts, **view)[1]) for fonts in ("outline", "both"))
    (low, high) = ImageChops.difference(shapes, both).getextrema()
    assert low == 0 and high <= 1  # type: ignore[operator]


def test_the_text_above_its_shape_stays_in_a_pdf() -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("no poppler here")
    assert RSVG is not None
    words = {}
    for fonts in ("outline", "both"):
        data = netdraw.load("mobilenet_v2").draw(width="174mm", fonts=fonts).to_bytes("svg")
        pdf = subprocess.run([RSVG, "-f", "pdf"], input=data, capture_output=True, check=True).stdout
        words[fonts] = subprocess.run([pdftotext, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "average pooling" in words["both"] and not words["outline"].strip()


def test_a_font_that_is_embedded_is_not_read() -> None:
    """What docs/formats.md warns of, and what the two limits tell from texts as shapes."""
    source, view = FIGURES[0]
    ours, found = pictures(source, "embed", **view)
    mean, loud = distance(ours, grey(found))
    assert mean > 2 * AWAY and loud > 100 * PIXELS
