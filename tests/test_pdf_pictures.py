"""PDF and SVG show the same picture, judged by poppler's programs. Skipped where they are missing.

Both are rasterised with SCALE pixels to the px and averaged to a quarter, since two rasterisers differ along every
edge. Of what is left, two things are measured: the mean difference of a channel, and how many pixels differ by more
than LOUD. Figures that are alike have 0.5 to 1.2 and 0 to 3. A label that stands 1 px away or is missing has more than
20 such pixels, an arc more than 300.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import netdraw
from netdraw.render import render
from netdraw.render.fonts import texts
from netdraw.scene.model import Scene
from netdraw.type.primitives import Group, Item, Path, Text

Image = pytest.importorskip("PIL.Image")
ImageChops = pytest.importorskip("PIL.ImageChops")
ImageStat = pytest.importorskip("PIL.ImageStat")

SCALE, LESS = 6, 4
LOUD = 96
MEAN = 1.5
"""The most that the pictures may differ on the whole, of 255."""
PIXELS = 8
"""The most pixels that may differ by more than LOUD."""

PROGRAMS = ("pdftoppm", "pdffonts", "pdftotext", "pdfinfo")
pytestmark = [
    pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason="no poppler here"),
    pytest.mark.slow,
]

FIGURES: dict[str, dict[str, Any]] = {
    "mobilenet_v2": {"width": "174mm"},
    "googlenet": {"width": "174mm", "theme": "classic"},
    "se_resnet50": {"width": "174mm", "lang": "zh"},
    "unet": {"width": "174mm", "theme": "dark"},
    "resnet18": {"width": "174mm", "theme": "print"},
    "densenet121": {"width": "174mm"},
    "ssd300": {"width": "174mm", "cost": "params"},
    "mobilenet_v1": {"width": "174mm", "labels": "full", "lang": "zh"},
    "squeezenet": {"width": "7in", "bars": "params"},
    "lenet": {"width": 600, "title": False},
    "nasnet_mobile": {"width": 1440, "only": "reduce1"},
}


@cache
def scene_of(name: str) -> Scene:
    return netdraw.draw(name, **FIGURES[name]).scene


def poppler(program: str, *arguments: str, pdf: bytes) -> bytes:
    return subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True).stdout


def compared(svg: Scene, pdf: Scene) -> tuple[float, int]:
    """The mean difference and the number of loud pixels between the PNG of one scene and the PDF of another."""
    ours = Image.open(io.BytesIO(render(svg, "png", scale=SCALE))).convert("RGB")
    data = poppler("pdftoppm", "-r", str(96 * SCALE), "-png", "-singlefile", "-", pdf=render(pdf, "pdf"))
    theirs = Image.open(io.BytesIO(data)).convert("RGB")
    assert abs(ours.width - theirs.width) <= 1 and abs(ours.height - theirs.height) <= 1
    # The last pixels of a page are covered in part, which each rasteriser shows in its way.
    size = (0, 0, *(min(sides) // LESS * LESS for sides in zip(ours.size, theirs.size, strict=True)))
    difference = ImageChops.difference(*(one.crop(size).reduce(LESS) for one in (ours, theirs)))
    channels = difference.split()
    loudest = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2])
    return sum(ImageStat.Stat(difference).mean) / 3, sum(loudest.histogram()[LOUD + 1 :])


@pytest.mark.parametrize("name", FIGURES)
def test_the_pdf_shows_what_the_svg_shows(name: str) -> None:
    mean, loud = compared(scene_of(name), scene_of(name))
    assert mean <= MEAN and loud <= PIXELS, f"mean {mean:.2f}, {loud} pixels"


def changed(items: tuple[Item, ...], fits: Callable[[Item], bool], change: Callable[[Any], Item | None]) -> Any:
    """The items with the third one that fits changed, or left out for None."""
    count = 0

    def through(items: tuple[Item, ...]) -> tuple[Item, ...]:
        nonlocal count
        kept: list[Item] = []
        for item in items:
            found: Item | None = item
            if fits(item):
                count += 1
                found = change(item) if count == 3 else item
            elif isinstance(item, Group):
                found = item._replace(items=through(item.items))
            kept += [] if found is None else [found]
        return tuple(kept)

    done = through(items)
    assert count >= 3
    return done


def is_label(item: Item) -> bool:
    return isinstance(item, Text) and item.role == "label"


DEFECTS: dict[str, tuple[Callable[[Item], bool], Callable[[Any], Item | None]]] = {
    "a label 1 px away": (is_label, lambda item: item._replace(x=item.x + 0.75)),
    "a label missing": (is_label, lambda item: None),
    "another label": (is_label, lambda item: item._replace(text="7")),
    "an arc missing": (lambda item: isinstance(item, Path) and item.role == "residual", lambda item: None),
    "an edge missing": (lambda item: isinstance(item, Path) and item.role == "edge", lambda item: None),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_tolerance_does_not_let_a_defect_pass(defect: str) -> None:
    scene = scene_of("mobilenet_v2")
    mean, loud = compared(scene, scene._replace(items=changed(scene.items, *DEFECTS[defect])))
    assert mean > MEAN or loud > PIXELS, f"mean {mean:.2f}, {loud} pixels"


@pytest.mark.parametrize("name", FIGURES)
def test_every_label_can_be_searched_for(name: str) -> None:
    scene = scene_of(name)
    said = poppler("pdftotext", "-raw", "-enc", "UTF-8", "-", "-", pdf=render(scene, "pdf")).decode()
    wanted = ["".join(item.text.split()) for item in texts(scene.items)]
    flat = "".join(said.split())
    assert [one for one in wanted if one not in flat] == []
    assert Counter(flat) == Counter("".join(wanted))


@pytest.mark.parametrize("name", ["mobilenet_v2", "se_resnet50"])
def test_poppler_sees_embedded_truetype_fonts(name: str) -> None:
    rows = poppler("pdffonts", "-", pdf=render(scene_of(name), "pdf")).decode().splitlines()[2:]
    assert len(rows) == (3 if name == "se_resnet50" else 2)
    for row in rows:
        assert re.fullmatch(r"[A-Z]{6}\+NetdrawSans\S+ +TrueType +\w+ +yes yes yes +\d+ +\d+", row)


def test_poppler_reads_what_the_file_says_of_itself() -> None:
    scene = scene_of("se_resnet50")
    told = poppler("pdfinfo", "-", pdf=render(scene, "pdf")).decode()
    found = dict(re.findall(r"^([\w ]+): +(.*)$", told, re.MULTILINE))
    assert (found["Title"], found["Subject"], found["Keywords"]) == (scene.title, scene.description, "Bottleneck")
    assert found["Page size"].startswith("488.") and found["Pages"] == "1"
    assert "CreationDate" not in found
