"""A scene as SVG: plain attributes, real text, the same bytes every time.

Numbers have at most two decimals; attributes stand in a fixed order; there are no filters, no CSS variables and no
ids but those of title and description.
"""

from __future__ import annotations

import json
from binascii import crc32
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from ..errors import Fault, OptionError, did_you_mean
from ..scene.model import Ellipse, Group, Item, Paint, Path, Rectangle, Scene, Text
from ..scene.paths import number
from . import fonts as faces
from .base import RENDERERS, Options, Renderer
from .escape import attribute, text

FONTS = ("embed", "none")


def svg(
    scene: Scene, *, background: str | None = None, fonts: str = "embed", pixels: tuple[int, int, float] | None = None
) -> str:
    """The SVG of a scene.

    `fonts` is `embed`, or `none` where the reader has our fonts. `pixels` gives width, height and scale of a raster:
    the drawing then states whole pixels and fills them.
    """
    parts = [_start(scene, pixels)]
    parts.append(_metadata(scene))
    if fonts == "embed":
        parts.append(f"<style>{faces.faces(scene)}</style>\n")
    page = scene.background if background is None else background
    if page:
        parts.append(f'<rect width="100%" height="100%" fill="{attribute(page)}"/>\n')
    _write(scene.items, parts.append)
    parts.append("</svg>\n")
    return "".join(parts)


def write(scene: Scene, options: Options) -> bytes:
    """The SVG as a file's bytes. Raises OptionError for an unknown way with fonts."""
    if options.fonts not in FONTS:
        message = f"unknown value '{options.fonts}' of fonts{did_you_mean(options.fonts, FONTS)}"
        raise OptionError([Fault("ND609", message, where="--fonts")])
    return svg(scene, background=options.background, fonts=options.fonts).encode()


def _start(scene: Scene, pixels: tuple[int, int, float] | None) -> str:
    """The root with title and description, whose ids differ between figures, so that a page may hold several."""
    if pixels is None:
        box, (width, height) = (scene.width, scene.height), scene.physical
    else:
        box, (width, height) = (pixels[0] / pixels[2], pixels[1] / pixels[2]), (str(pixels[0]), str(pixels[1]))
    mark = f"{crc32(f'{scene.title}/{scene.description}'.encode('utf-8', 'replace')):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(box[0])} {number(box[1])}"'
        f' width="{width}" height="{height}" role="img" aria-labelledby="title-{mark} desc-{mark}"'
        f' lang="{attribute(scene.language)}" font-family="{attribute(faces.family(scene))}">\n'
        f'<title id="title-{mark}">{text(scene.title)}</title>\n'
        f'<desc id="desc-{mark}">{text(scene.description)}</desc>\n'
    )


def _metadata(scene: Scene) -> str:
    data = json.dumps(dict(scene.meta), ensure_ascii=False, separators=(",", ":"))
    return f"<metadata>{text(data)}</metadata>\n"


def _write(items: Iterable[Item], add: Callable[[str], None]) -> None:
    """Every primitive in a line of its own."""
    for item in items:
        _WRITERS[type(item)](item, add)


def _ellipse(item: Ellipse, add: Callable[[str], None]) -> None:
    cx, cy = number(item.cx), number(item.cy)
    turn = f' transform="rotate({number(item.angle)} {cx} {cy})"' if item.angle else ""
    add(f'<ellipse cx="{cx}" cy="{cy}" rx="{number(item.rx)}" ry="{number(item.ry)}"{_paint(item.paint)}{turn}/>\n')


def _rectangle(item: Rectangle, add: Callable[[str], None]) -> None:
    x, y, width, height, radius, paint = item
    corners = f' rx="{number(radius)}"' if radius else ""
    size = f'width="{number(width)}" height="{number(height)}"'
    add(f'<rect x="{number(x)}" y="{number(y)}" {size}{corners}{_paint(paint)}/>\n')


def _path(item: Path, add: Callable[[str], None]) -> None:
    named = f' class="{item.role}"' if item.role else ""
    ends = ' stroke-linejoin="round" stroke-linecap="round"' if item.round else ""
    add(f'<path{named}{_data(item.data)} d="{item.d}"{_paint(item.paint)}{ends}/>\n')


def _text(item: Text, add: Callable[[str], None]) -> None:
    add(
        f'<text class="{item.role}" x="{number(item.x)}" y="{number(item.y)}"'
        f"{_type(item.size, item.weight, item.anchor, item.color)}>{text(item.text)}</text>\n"
    )


def _group(item: Group, add: Callable[[str], None]) -> None:
    add(f'<g class="{item.role}"{_data(item.data)}>\n')
    _write(item.items, add)
    add("</g>\n")


_WRITERS: dict[type, Callable[[Any, Callable[[str], None]], None]] = {
    Ellipse: _ellipse,
    Rectangle: _rectangle,
    Path: _path,
    Text: _text,
    Group: _group,
}


def _data(data: tuple[tuple[str, str], ...]) -> str:
    return "".join([f' data-{key}="{attribute(value)}"' for key, value in data])


@lru_cache(maxsize=1 << 10)
def _paint(paint: Paint) -> str:
    fill, stroke, width = paint
    line = f' stroke="{attribute(stroke)}" stroke-width="{number(width)}"' if stroke else ""
    return f' fill="{attribute(fill) or "none"}"{line}'


@lru_cache(maxsize=1 << 10)
def _type(size: float, weight: int, anchor: str, color: str) -> str:
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f' font-size="{number(size)}"{bold}{at} fill="{attribute(color)}"'


RENDERERS.add("svg", Renderer("svg", (".svg",), write))
