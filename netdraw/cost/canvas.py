"""What the figures of costs share: measured texts, fills with an ink that can be read on them, and the page."""

from __future__ import annotations

from typing import Any, Literal

from .. import text as font
from ..errors import Fault, OptionError
from ..page import UNITS, Width
from ..scene.compose import mix
from ..scene.model import Item, Paint, Path, Rectangle, Scene, Text
from ..scene.paths import number, polyline
from ..themes.model import Look, Theme

MARGIN = 0.35
"""Around the figure, in D."""
LEAST = 4.5
"""The least contrast of a text, by WCAG 2."""
LONGEST = 150
"""A description has no more characters."""

Anchor = Literal["start", "middle", "end"]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(fill: str, wanted: str) -> str:
    """The colour of a text on a fill: the one that is wanted where it can be read, else black or white."""
    if contrast(fill, wanted) >= LEAST:
        return wanted
    return max(("#000000", "#ffffff"), key=lambda color: contrast(fill, color))


def shade(look: Look, place: int) -> str:
    """The fill of the parts of one category in turn: its core, its ring, and what lies between."""
    return (look.core, look.ring, mix(look.core, look.ring, 0.5))[place % 3]


class Canvas:
    """Collects primitives; lengths are in the drawing's unit, `d` is the diameter of a cell in it."""

    def __init__(self, theme: Theme, page: Width) -> None:
        self.theme, self.page, self.d = theme, page, page.d
        self.colors = theme.colors
        self.items: list[Item] = []
        self.base, self.small, self.large = (size * page.d for size in theme.font[:3])
        self.margin = MARGIN * page.d
        self.line = theme.strokes.structure * page.d

    def width(self, said: str, size: float, weight: int = 400) -> float:
        """The advance width of a text."""
        return font.width(said, size, weight)

    def text(
        self, x: float, y: float, said: str, size: float, role: str, *, weight: int = 400, anchor: Anchor = "start",
        color: str = "",
    ) -> Text:  # fmt: skip
        """A line of text by its baseline; without a colour in that of text."""
        return Text(x, y, said, size, weight, anchor, color or self.colors.text, role)

    def reach(self) -> float:
        """Where the longest line of text that stands by itself ends."""
        lines = [item for item in self.items if isinstance(item, Text)]
        return max([item.x + self.width(item.text, item.size, item.weight) for item in lines], default=0.0)

    def middle(self, top: float, height: float, size: float) -> float:
        """The baseline of a text whose capitals stand in the middle of a band."""
        return top + height / 2 + font.CAP_HEIGHT * size / 2

    def box(self, x: float, y: float, width: float, height: float, fill: str, outline: str = "") -> Rectangle:
        """A rectangle; with an outline, a hairline inside it."""
        edge = self.line if outline else 0.0
        paint = Paint(fill, outline, edge)
        return Rectangle(x + edge / 2, y + edge / 2, max(0.0, width - edge), height - edge, 0.0, paint)

    def stroke(self, points: tuple[tuple[float, float], ...], color: str = "") -> Path:
        """A thin line."""
        return Path(polyline(points), Paint("", color or self.colors.line, self.line))

    def wrapped(self, said: str, size: float, room: float) -> list[str]:
        """The lines of a text that are no wider than the room, a single word excepted."""
        lines: list[str] = []
        for word in said.split():
            grown = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(grown, size) <= room:
                lines[-1] = grown
            else:
                lines.append(word)
        return lines

    def shortened(self, said: str, size: float, room: float) -> str:
        """A text that is no wider than the room; what is too much is left out at its beginning."""
        if self.width(said, size) <= room:
            return said
        return next((cut for n in range(1, len(said)) if self.width(cut := "…" + said[n:], size) <= room), "…")

    def check_width(self, least: float, width: float) -> None:
        """Raises OptionError where a figure needs more than it has."""
        if least > width + 1e-6:
            works = self.page.at(self.page.steps(least)).asked
            message = f"the figure does not fit a width of {self.page.asked}; the least that works is {works}"
            raise OptionError([Fault("ND622", message, where="--width")])

    def scene(self, width: float, height: float, title: str, description: str, meta: dict[str, Any]) -> Scene:
        """The figure, with what it is for those who cannot see it."""
        unit = self.page.unit
        scale = UNITS[unit].scale
        sizes = [value / scale for value in (width, height)]
        physical = [number(size) if unit == "px" else f"{size:.4f}".rstrip("0").rstrip(".") + unit for size in sizes]
        short = description if len(description) <= LONGEST else description[: LONGEST - 1].rstrip(" ,;") + "…"
        return Scene(
            width, height, (physical[0], physical[1]), self.colors.page, tuple(self.items), title, short, "en",
            (*meta.items(), ("theme", self.theme.name)),
        )  # fmt: skip
