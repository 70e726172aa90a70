"""Draws every cell in every theme, into `docs/cells.svg`: a sheet to look at."""

from __future__ import annotations

from pathlib import Path

from netdraw.render import render
from netdraw.scene.model import Scene
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.styles.cells.paint import glyph
from netdraw.themes.base import load
from netdraw.themes.model import Theme
from netdraw.type import text
from netdraw.type.primitives import Item, Paint, Rectangle, Text

SHEET = Path(__file__).parent.parent / "docs" / "cells.svg"
THEMES = ("default", "classic", "dark", "print")
D = 44.0
COLUMNS, PITCH, LINE, MARGIN, HEAD = 9, 104.0, 78.0, 20.0, 40.0
KERNELS = {"conv": "3", "pool": "3", "block": "3a", "other": "?"}
"""What stands in the core of a category that has no letters, by its first word."""


def cells() -> list[tuple[str, str, str]]:
    """Every category with its kernel; where it can be activated once more after, and once before if it takes that: by
    where a star stands.
    """
    found = []
    for category, shape in GLYPHS.items():
        kernel = "" if shape.letters else KERNELS.get(category.split(".")[0], "")
        found.append((category, kernel, "{}"))
        if shape.linear != shape.activated:
            found.append((category, kernel, "{} *"))
            if category.startswith(("conv", "linear")):
                found.append((category, kernel, "* {}"))
    return found


def panel(theme: Theme, x: float, y: float) -> tuple[list[Item], float, float]:
    """The cells of one theme with their names, and how wide and high they are together."""
    colors = theme.colors
    drawn = cells()
    width = 2 * MARGIN + COLUMNS * PITCH
    height = 2 * MARGIN + HEAD + LINE * -(-len(drawn) // COLUMNS)
    items: list[Item] = [Rectangle(x, y, width, height, 0.0, Paint(colors.page))]
    items.append(Text(x + MARGIN, y + MARGIN + 12, theme.name, 20.0, 600, "start", colors.text, "title"))
    for number, (category, kernel, star) in enumerate(drawn):
        row, column = divmod(number, COLUMNS)
        cx, cy = x + MARGIN + PITCH * (column + 0.5), y + MARGIN + HEAD + LINE * row + D / 2 + 6
        look, before = theme.look(category), "left" if star.startswith("*") else None
        form = category, kernel, "*" in star
        items += glyph(*form, look, colors.page, cx, cy, D, before=before, shapes=theme.shapes)
        words = star.format(category)
        size = min(11.0, 11.0 * (PITCH - 4) / text.width(words, 11.0))
        items.append(Text(cx, cy + D / 2 + 14, words, size, 400, "middle", colors.muted, "label"))
    return items, width, height


def sheet() -> Scene:
    """All themes, two beside each other; a `*` tells an activated cell: behind its name after, before it before."""
    items: list[Item] = []
    width = height = 0.0
    for number, name in enumerate(THEMES):
        found, wide, high = panel(load(name), number % 2 * width, number // 2 * height)
        items += found
        width, height = wide, high
    size = 2 * width, 2 * height
    words = f"{len(GLYPHS)} kinds of cells in the themes {', '.join(THEMES)}; a star tells an activated one, "
    words += "before a name one that is activated before."
    return Scene(*size, (f"{size[0]:g}", f"{size[1]:g}"), "#ffffff", tuple(items), "Cells", words, "en", ())


if __name__ == "__main__":
    SHEET.write_bytes(render(sheet(), "svg"))
