"""`docs/cells.svg` shows every cell in every theme, as the code draws them now."""

from __future__ import annotations

import runpy
from pathlib import Path

from netdraw.render import render
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.themes.base import names
from netdraw.type.primitives import Text

SCRIPT = Path(__file__).parent.parent / "scripts" / "build_cells.py"


def test_the_sheet_is_up_to_date() -> None:
    made = runpy.run_path(str(SCRIPT))
    assert render(made["sheet"](), "svg") == made["SHEET"].read_bytes(), "run python scripts/build_cells.py"


def test_every_cell_and_theme_is_on_it() -> None:
    made = runpy.run_path(str(SCRIPT))
    assert sorted(made["THEMES"]) == names()
    said = [item.text.strip("* ") for item in made["sheet"]().items if isinstance(item, Text)]
    assert all(said.count(name) >= len(names()) for name in GLYPHS)
