"""A scene as SVG: plain attributes, real text, the same bytes every time.

Numbers have at most two decimals; attributes stand in a fixed order; there are no filters, no CSS variables and no
ids but those of title and description. Only `outline` and `both` write texts as shapes.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from ..core.errors import Fault, OptionError, did_you_mean, option
from ..core.numbers import number
from ..scene.model import Scene
from ..type.primitives import Ellipse, Group, Item, Paint, Path, Rectangle, Steps, Text
from . import fonts as faces
from .base import RENDERERS, Options, Renderer
from .escape import attribute, json, text

UNSEEN = "0.004"
"""The opacity of texts above their shapes: a step of 255, the least that no program takes for nothing."""

Add = Callable[[str], None]
Say = Callable[[Text, Add], None]


def svg(
    scene: Scene, *, background: str | None = None, fonts: str = "embed", pixels: tuple[int, int, float] | None = None
) -> str:
    """The SVG of a scene.

    `fonts` is `embed`, `link` to name them, `outline` for shapes in the place of texts, `both` for shapes with the
    texts unseen above them, or `none` where the reader has our fonts. All but the last tell of each text how wide it
    is. Raises OptionError for another. `pixels` gives width, height and scale of a raster: the drawing then states
    whole pixels and fills them.
    """
    if fonts not in FONTS:
        message = f"unknown value '{fonts}' of fonts{did_you_mean(fonts, FONTS)}"
        raise OptionError([Fault("ND609", message, where=option("fonts"))])
    parts = [_start(scene, pixels), f"<metadata>{text(json(dict(scene.meta)))}</metadata>\n"]
    if fonts == "embed":
        parts.append(f"<style>{faces.faces(scene)}</style>\n")
    page = scene.background if background is None else background
    if page:
        parts.append(f'<rect width="100%" height="100%" fill="{attribute(page)}"/>\n')
    _write(scene.items, parts.append, FONTS[fonts](scene))
    parts.append("</svg>\n")
    return "".join(parts)


def write(scene: Scene, options: Options) -> bytes:
    """The SVG as a file's bytes. Raises OptionError for an unknown way with fonts."""
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


def _write(items: Iterable[Item], add: Add, say: Say) -> None:
    """Every primitive in a line of its own."""
    for item in items:
        if isinstance(item, Group):
            add(f'<g class="{item.role}"{_data(item.data)}>\n')
            _write(item.items, add, say)
            add("</g>\n")
        elif isinstance(item, Text):
            say(item, add)
        else:
            _WRITERS[type(item)](item, add)


def _ellipse(item: Ellipse, add: Add) -> None:
    cx, cy = number(item.cx), number(item.cy)
    turn = f' transform="rotate({number(item.angle)} {cx} {cy})"' if item.angle else ""
    add(f'<ellipse cx="{cx}" cy="{cy}" rx="{number(item.rx)}" ry="{number(item.ry)}"{_paint(item.paint)}{turn}/>\n')


def _rectangle(item: Rectangle, add: Add) -> None:
    x, y, width, height, radius, paint = item
    corners = f' rx="{number(radius)}"' if radius else ""
    size = f'width="{number(width)}" height="{number(height)}"'
    add(f'<rect x="{number(x)}" y="{number(y)}" {size}{corners}{_paint(paint)}/>\n')


def _path(item: Path, add: Add) -> None:
    named = f' class="{item.role}"' if item.role else ""
    ends = ' stroke-linejoin="round" stroke-linecap="round"' if item.round else ""
    add(f'<path{named}{_data(item.data)} d="{drawn(item.steps)}"{_paint(item.paint)}{ends}/>\n')


def drawn(steps: Steps) -> str:
    """Path data."""
    return "".join([step[0] + " ".join(map(number, step[1:])) for step in steps])


def _text(item: Text, add: Add, more: str = "") -> None:
    add(
        f'<text class="{item.role}" x="{number(item.x)}" y="{number(item.y)}"'
        f"{_type(item.size, item.weight, item.anchor, item.color)}{more}>{text(item.text)}</text>\n"
    )


def _sized(scene: Scene, more: str = "") -> Say:
    """Texts that are as wide as computed in whatever font they are drawn."""

    def say(item: Text, add: Add) -> None:
        wide = number(scene.fonts.width(item.text, item.size, item.weight))
        _text(item, add, (f' textLength="{wide}" lengthAdjust="spacingAndGlyphs"' if wide != "0" else "") + more)

    return say


def _outlined(scene: Scene) -> Say:
    from .outlines import outlined  # late: only texts as shapes

    find = faces.finder(scene)
    return lambda item, add: add(outlined(item, scene.fonts, find))


def _both(scene: Scene) -> Say:
    """Shapes, and above each its text, too faint to be seen (docs/decisions/fontless.md)."""
    from .outlines import outlined  # late: only texts as shapes

    find, unseen = faces.finder(scene), _sized(scene, f' fill-opacity="{UNSEEN}"')

    def say(item: Text, add: Add) -> None:
        add(outlined(item, scene.fonts, find, label=False))
        unseen(item, add)

    return say


_WRITERS: dict[type, Callable[[Any, Add], None]] = {Ellipse: _ellipse, Rectangle: _rectangle, Path: _path}

FONTS: dict[str, Callable[[Scene], Say]] = {
    "embed": _sized,
    "link": _sized,
    "outline": _outlined,
    "both": _both,
    "none": lambda scene: _text,
}
"""How the texts of a scene are written, by the ways that `--fonts` knows."""


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


RENDERERS.add("svg", Renderer("svg", (".svg",), write, takes=frozenset({"fonts", "transparent"})))
