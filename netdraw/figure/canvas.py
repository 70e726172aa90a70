"""What is drawn on that is no diagram, such as costs and charts: measured texts, fills, inks that can be read."""

from __future__ import annotations

from typing import Any

from ..diagram.said.glossary import glossary
from ..layout.wrap import wrap
from ..scene.contrast import LEAST
from ..scene.model import Scene
from ..themes.model import Look
from ..type.paths import polyline
from ..type.primitives import Anchor, Item, Paint, Path, Rectangle, Text, mix, ratio
from .medium import Medium

MARGIN = 0.35
"""Around the figure, in D."""
HEADER_GAP = 0.28
"""Between the title and what is said of it, in D."""
LONGEST = 150
"""A description has no more characters."""


def ink_on(fill: str, wanted: str) -> str:
    """The colour of a text on a fill: the one that is wanted where it can be read, else black or white."""
    if ratio(fill, wanted) >= LEAST:
        return wanted
    return max(("#000000", "#ffffff"), key=lambda color: ratio(fill, color))


def shade(look: Look, place: int) -> str:
    """The fill of the parts of one category in turn: its core, its ring, and what lies between."""
    return (look.core, look.ring, mix(look.core, look.ring, 0.5))[place % 3]


class Canvas:
    """Collects primitives; lengths are in the drawing's unit, `d` is the diameter of a cell in it."""

    def __init__(self, medium: Medium, margin: float = MARGIN) -> None:
        self.medium, self.theme, self.d = medium, medium.theme, medium.d
        self.words, self.width = glossary(medium.language), medium.width
        self.colors, theme = medium.theme.colors, medium.theme
        self.items: list[Item] = []
        self.base, self.small, self.large = (
            size * self.d for size in (theme.font.base, theme.font.caption, theme.font.title)
        )
        self.margin = margin * self.d
        self.line = theme.strokes.structure * self.d

    def text(
        self, x: float, y: float, said: str, size: float, role: str, *, weight: int = 400, anchor: Anchor = "start",
        color: str = "",
    ) -> Text:  # fmt: skip
        """A line of text by its baseline; without a colour in that of text."""
        shown = color or self.colors.text
        return Text(x, y, said, size, weight=weight, anchor=anchor, color=shown, role=role)

    def write(self, x: float, y: float, said: str, size: float, role: str, **look: Any) -> None:
        """Puts a line of text on the canvas, which `text` makes."""
        self.items.append(self.text(x, y, said, size, role, **look))

    def header(self, title: str, said: str, width: float) -> float:
        """The title, wrapped, and behind its last line or below what is said of it; gives the last baseline."""
        room, y = width - 2 * self.margin, self.margin - 0.2 * self.large
        lines = wrap(title, room, lambda line: self.width(line, self.large, 600)) or [""]
        for line in lines:
            y += 1.2 * self.large
            self.write(self.margin, y, line, self.large, "title", weight=600)
        x = self.margin + self.width(lines[-1], self.large, 600) + HEADER_GAP * self.d
        if x + self.width(said, self.base) > width - self.margin:
            x, y = self.margin, y + 1.35 * self.base
        self.write(x, y, said, self.base, "totals", color=self.colors.muted)
        return y

    def reach(self) -> float:
        """Where the longest line of text that stands by itself ends."""
        lines = [item for item in self.items if isinstance(item, Text)]
        return max([item.x + self.width(item.text, item.size, item.weight) for item in lines], default=0.0)

    def middle(self, top: float, height: float, size: float) -> float:
        """The baseline of a text whose capitals stand in the middle of a band."""
        return top + height / 2 + self.medium.fonts.cap_height * size / 2

    def box(self, x: float, y: float, width: float, height: float, fill: str, outline: str = "") -> Rectangle:
        """A rectangle; with an outline, a hairline inside it."""
        edge = self.line if outline else 0.0
        wide, paint = max(0.0, width - edge), Paint(fill, outline, edge)
        return Rectangle(x + edge / 2, y + edge / 2, wide, height - edge, radius=0.0, paint=paint)

    def stroke(self, points: tuple[tuple[float, float], ...], color: str = "") -> Path:
        """A thin line."""
        return Path(polyline(points), Paint("", color or self.colors.line, self.line))

    def wrapped(self, said: str, size: float, room: float) -> list[str]:
        """The lines of a text that are no wider than the room."""
        return wrap(said, room, lambda line: self.width(line, size))

    def shortened(self, said: str, size: float, room: float) -> str:
        """A text that is no wider than the room; what is too much is left out at its beginning."""
        if self.width(said, size) <= room:
            return said
        return next((cut for n in range(1, len(said)) if self.width(cut := "…" + said[n:], size) <= room), "…")

    def check_width(self, least: float, width: float) -> None:
        """Raises OptionError where a figure needs more than it has."""
        if least > width + 1e-6:
            raise self.medium.too_narrow(least)

    def scene(self, width: float, height: float, title: str, description: str, meta: dict[str, Any]) -> Scene:
        """The figure, with what it is for those who cannot see it."""
        short = description if len(description) <= LONGEST else description[: LONGEST - 1].rstrip(" ,;") + "…"
        return Scene(
            width=width,
            height=height,
            physical=self.medium.physical(width, height),
            background=self.colors.page,
            items=tuple(self.items),
            title=title,
            description=short,
            language=self.medium.language,
            meta=(*meta.items(), ("theme", self.theme.name)),
            fonts=self.medium.fonts,
        )
