"""A scene as PDF: the same shapes as its SVG, text as text in our fonts, nothing rasterised."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..core.errors import Fault, OptionError, option
from ..core.numbers import number
from ..scene.model import Scene
from ..type.primitives import Ellipse, Group, Item, Paint, Path, Rectangle, Steps, Text
from . import escape, fonts
from .base import NO_GLYPH, RENDERERS, Options, Renderer, px

if TYPE_CHECKING:
    from .pdffile import File  # late: types alone

POINT = 72 / 96
"""Points to the px."""

_ARC = 4 / 3 * (math.sqrt(2) - 1)
"""How far the handles of a quarter of a circle reach, in its radius."""
_START = "4 M"
"""The longest tip of a corner that SVG draws, in line widths; a PDF by itself allows 10."""


def write(scene: Scene, options: Options) -> bytes:
    """The PDF of a scene, its page as large as the SVG: a px is 1/96 in. Raises OptionError without reportlab."""
    try:
        from .pdffile import File  # late: reportlab
    except ModuleNotFoundError as error:
        lacking = str(error.name).partition(".")[0]
        message = f"a PDF needs the package {lacking}, which is not installed: pip install reportlab"
        raise OptionError([Fault("ND690", message, where=option("format"))]) from None
    width, height = (POINT * px(length) for length in scene.physical)
    file = File(width, height, scene.language, _info(scene))
    page = _Content(file, scene)
    ground = scene.background if options.background is None else options.background
    if ground:
        page.add(f"{_color(ground)} rg 0 0 {' '.join(map(_fine, file.size))} re f")
    scale = file.size[0] / scene.width
    page.add(f"{_fine(scale)} 0 0 {_fine(-scale)} 0 {_fine(file.size[1])} cm {_START}")
    page.write(scene.items)
    return file.finish("\n".join(page.parts))


def _info(scene: Scene) -> dict[str, str]:
    """What the file says of itself; the keywords are the kinds of blocks, in order of appearance."""
    blocks = (dict(item.data).get("block", "") for item in scene.items if isinstance(item, Group))
    kinds = dict.fromkeys(filter(None, blocks))
    texts = {"Title": scene.title, "Subject": scene.description, "Keywords": ", ".join(kinds)}
    texts = {key: escape.possible(value) for key, value in texts.items() if value}
    return {**texts, "Creator": "netdraw", "Producer": "reportlab"}


class _Content:
    """The drawing as operators; what a stroke or fill already is, is not said again."""

    def __init__(self, file: File, scene: Scene) -> None:
        self.file, self.fonts, self.find = file, scene.fonts, fonts.finder(scene)
        self.lost: dict[int, str] = dict.fromkeys(map(ord, fonts.unknown(scene)), NO_GLYPH)
        self.parts: list[str] = []
        self.add = self.parts.append
        self.said: dict[str, str] = {}

    def write(self, items: Iterable[Item]) -> None:
        for item in items:
            if isinstance(item, Group):
                self.write(item.items)
            elif isinstance(item, Text):
                self.text(item)
            else:
                self.paint(_OUTLINES[type(item)](item), item.paint, isinstance(item, Path) and item.round)

    def set(self, operator: str, value: str) -> None:
        """Sets a part of the graphics state, where it is not so already."""
        if self.said.get(operator) != value:
            self.said[operator] = value
            self.add(f"{value} {operator}")

    def paint(self, outline: str, paint: Paint, round: bool = False) -> None:
        """Fills and strokes an outline."""
        if not paint.fill and not paint.stroke:
            return
        if paint.fill:
            self.set("rg", _color(paint.fill))
        if paint.stroke:
            self.set("RG", _color(paint.stroke))
            self.set("w", number(paint.width))
            self.set("J", "1" if round else "0")
            self.set("j", "1" if round else "0")
        self.add(f"{outline} {'B' if paint.fill and paint.stroke else 'f' if paint.fill else 'S'}")

    def text(self, item: Text) -> None:
        """One line of text; the page is upside down, and the text the other way round again."""
        item = fonts.replaced(item, self.lost)
        if not item.text:
            return
        self.set("rg", _color(item.color))
        self.add(f"BT 1 0 0 -1 {_fine(fonts.start(item, self.fonts))} {number(item.y)} Tm")
        for name, shown in self.runs(item.text, item.weight):
            self.add(f"{name} {number(item.size)} Tf [{shown}] TJ")
        self.add("ET")

    def runs(self, said: str, weight: int) -> Iterator[tuple[str, str]]:
        """The parts of a text in one font each: its name on the page, and its codes with the kerning between."""
        coded: list[tuple[str, int]] = []
        for file, characters in groupby(said, lambda character: self.find(character, weight)):
            coded += self.file.codes("".join(characters), file)
        kerning = [kern for _, kern in self.fonts.steps(said, weight)]
        for name, run in groupby(zip(coded, kerning, strict=True), lambda one: one[0][0]):
            codes = "".join(f"{code:02x}" + (f"> {-kern} <" if kern else "") for (_, code), kern in run)
            yield name, f"<{codes}>"


def _oval(item: Ellipse) -> str:
    """Four curves, from the end of the first axis; the angle is clockwise where y goes down."""
    cx, cy, rx, ry, _, angle = item
    turn = math.radians(angle)
    ux, uy, vx, vy = rx * math.cos(turn), rx * math.sin(turn), -ry * math.sin(turn), ry * math.cos(turn)
    parts = [f"{_fine(cx + ux)} {_fine(cy + uy)} m"]
    for _ in range(4):
        handles = ((ux + _ARC * vx, uy + _ARC * vy), (vx + _ARC * ux, vy + _ARC * uy), (vx, vy))
        parts.append(" ".join(f"{_fine(cx + x)} {_fine(cy + y)}" for x, y in handles) + " c")
        ux, uy, vx, vy = vx, vy, -ux, -uy
    return " ".join([*parts, "h"])


def _rounded(item: Rectangle) -> str:
    """A rectangle with round corners, clockwise from the upper left one's end."""
    x, y, width, height, radius, _ = item
    r = min(radius, width / 2, height / 2)
    if not r:
        return f"{' '.join(map(number, (x, y, width, height)))} re"
    parts = [f"{_fine(x + r)} {_fine(y)} m"]
    right, low = x + width, y + height
    # along (dx, dy) to the corner, then a quarter turn to the right
    for cx, cy, dx, dy in ((right, y, 1, 0), (right, low, 0, 1), (x, low, -1, 0), (x, y, 0, -1)):
        begin, end = (cx - r * dx, cy - r * dy), (cx - r * dy, cy + r * dx)
        near = (begin[0] + _ARC * r * dx, begin[1] + _ARC * r * dy)
        far = (end[0] + _ARC * r * dy, end[1] - _ARC * r * dx)
        parts.append(f"{_fine(begin[0])} {_fine(begin[1])} l")
        parts.append(" ".join(f"{_fine(px)} {_fine(py)}" for px, py in (near, far, end)) + " c")
    return " ".join([*parts, "h"])


def _outline(steps: Steps) -> str:
    """A path as PDF writes it: H and V are lines, a curve with one handle becomes one with two. As exact as an SVG."""
    parts: list[str] = []
    x = y = 0.0
    for letter, *exact in steps:
        values = [round(value, 2) for value in exact]
        if letter == "Z":
            parts.append("h")
            continue
        if letter == "Q":
            hx, hy, *values = values
            near = x + (hx - x) * 2 / 3, y + (hy - y) * 2 / 3
            far = values[0] + (hx - values[0]) * 2 / 3, values[1] + (hy - values[1]) * 2 / 3
            parts.append(" ".join(map(_fine, (*near, *far))))
        x = values[0] if letter != "V" else x
        y = values[-1] if letter != "H" else y
        parts.append(f"{number(x)} {number(y)} {'m' if letter == 'M' else 'c' if letter == 'Q' else 'l'}")
    return " ".join(parts)


_OUTLINES: dict[type, Callable[[Any], str]] = {
    Ellipse: _oval,
    Rectangle: _rounded,
    Path: lambda item: _outline(item.steps),
}


@lru_cache(maxsize=1 << 8)
def _color(color: str) -> str:
    """`#rrggbb` as three shares."""
    return " ".join(_fine(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))


def _fine(value: float) -> str:
    """At most four decimals, without trailing zeros."""
    shown = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


RENDERERS.add("pdf", Renderer("pdf", (".pdf",), write, takes=frozenset({"transparent"})))
