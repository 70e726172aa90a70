"""The raster: its size, its colours where the scene says, and what is too large."""

from __future__ import annotations

import struct
import zlib

import handmade
import pytest
from measures import metrics

from netdraw.core.errors import OptionError
from netdraw.render import render
from netdraw.scene.compose import compose
from netdraw.scene.model import Scene
from netdraw.themes.base import load
from netdraw.type.primitives import Text

THEME = load()
SCENE = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0))


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def _rows(png: bytes) -> list[bytearray]:
    """The RGBA rows of a PNG of 8 bits without interlace."""
    assert png[24:29] == b"\x08\x06\x00\x00\x00"
    width, height = _size(png)
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, stride = zlib.decompress(data), 4 * width
    rows, above = [], bytearray(stride)
    for y in range(height):
        start = y * (stride + 1)
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above)
        rows.append(above)
    return rows


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    for i in range(len(row)):
        left, up, corner = ((row[i - 4] if i >= 4 else 0), above[i], (above[i - 4] if i >= 4 else 0))
        if kind == 4:
            p = left + up - corner
            best = min((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner))[2]
        else:
            best = (0, left, up, (left + up) // 2)[kind]
        row[i] = (row[i] + best) & 255
    return row


def _at(rows: list[bytearray], x: float, y: float) -> str:
    row, i = rows[int(y)], 4 * int(x)
    assert row[i + 3] == 255
    return "#" + row[i : i + 3].hex()


def _text(text: str) -> Scene:
    return SCENE._replace(
        width=100, height=20, physical=("100", "20"), items=(Text(2, 15, text, 12, 400, "start", "#000000", "label"),)
    )


@pytest.mark.parametrize(("scale", "size"), [(1, (656, 372)), (2, (1311, 744)), (0.5, (328, 186)), (1.5, (983, 558))])
def test_the_size_is_rounded_up(scale: float, size: tuple[int, int]) -> None:
    assert _size(render(SCENE, "png", scale=scale)) == size


def test_two_is_the_default_scale() -> None:
    assert _size(render(SCENE, "png")) == (1311, 744)


def test_a_size_on_paper_counts_as_96_to_the_inch() -> None:
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(THEME, 44.0), unit="in", scale=655.3)
    assert _size(render(scene, "png")) == (192, 109)


def test_every_cell_is_drawn_in_its_colour() -> None:
    rows = _rows(render(SCENE, "png", scale=1))
    assert _at(rows, 2, 2) == THEME.colors.page
    assert _at(rows, 652, 369) == THEME.colors.page
    for cell, disc in zip(handmade.CELLS, handmade.PLACEMENT.cells, strict=True):
        look = THEME.look(cell.category)
        if cell.category == "add":
            assert _at(rows, disc.x, disc.y) == look.ink
        elif cell.category == "softmax":
            assert _at(rows, disc.x, disc.y) == look.ring
        else:  # a third of the way up, beside whatever stands in the core
            assert _at(rows, disc.x + 1, disc.y - 12) in (look.core, look.ink)
    assert _at(rows, handmade.PLACEMENT.bars[0].x + 6, handmade.PLACEMENT.bars[0].y + 20) == THEME.colors.bar


def test_the_whole_page_is_painted_to_its_last_pixel() -> None:
    rows = _rows(render(SCENE, "png", scale=1.37, background="#00ff00"))
    assert {_at(rows, x, y) for x in (0, len(rows[0]) // 4 - 1) for y in (0, len(rows) - 1)} == {"#00ff00"}


@pytest.mark.parametrize("text", ["plain", "→ ×² ≥ ‖", "Zürich", "卷积"])
def test_every_text_of_ours_is_drawn(text: str) -> None:
    rows = _rows(render(_text(text), "png"))
    assert any(_at(rows, x, y) == "#000000" for y in range(len(rows)) for x in range(100))


def test_the_same_bytes_twice() -> None:
    assert render(SCENE, "png") == render(SCENE, "png")


def test_too_large_a_picture_names_the_scale_that_fits() -> None:
    scene = SCENE._replace(width=9000, height=6000, physical=("9000", "6000"), items=())
    with pytest.raises(OptionError) as caught:
        render(scene, "png", scale=4)
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("ND608", "'scale'")
    assert "36,000 × 24,000 pixels" in fault.message
    assert fault.message.endswith("the largest scale that fits is 1.36")
    with pytest.raises(OptionError):
        render(scene, "png", scale=1.37)


@pytest.mark.slow
def test_the_scale_that_is_named_does_fit() -> None:
    scene = _text("x")._replace(width=20000, height=3000, physical=("20000", "3000"))
    with pytest.raises(OptionError, match=r"the largest scale that fits is 1\.29"):
        render(scene, "png")
    assert _size(render(scene, "png", scale=1.29)) == (25800, 3870)


def test_a_picture_that_no_scale_makes_fit() -> None:
    scene = SCENE._replace(physical=("9000000000", "6000000000"))
    with pytest.raises(OptionError, match="no scale fits; write an SVG"):
        render(scene, "png", scale=1)


@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf")])
def test_a_scale_is_a_positive_number(scale: float) -> None:
    with pytest.raises(OptionError, match="ND607"):
        render(SCENE, "png", scale=scale)
