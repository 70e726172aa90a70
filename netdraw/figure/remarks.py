"""What is to be said of a figure that was drawn: warnings and notes, none of which keeps it from being written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..core.errors import Fault
from ..render.fonts import unknown
from ..scene.model import Scene
from ..themes.model import Theme
from ..type.primitives import Group

if TYPE_CHECKING:
    from ..scene.contrast import Seen  # late: types alone

SHOWN = 5
"""So many pairs of colours are named."""


def remarks(scene: Scene, theme: Theme | None) -> tuple[Fault, ...]:
    """The warnings and notes on a figure, on its theme where that is none of ours."""
    own = (*_contrasts(scene, theme), *_rules(scene, theme)) if theme and theme.origin else ()
    return (*_characters(scene), *_licences(scene), *own)


def _characters(scene: Scene) -> Iterator[Fault]:
    """A warning where a text has characters that no font has."""
    if lost := " ".join(unknown(scene)):
        instead = "a PNG or PDF shows □, a browser another font: write it in other characters"
        yield Fault("ND624", f"no font of ours has {lost}; {instead}", where=scene.title, severity="warning")


def _licences(scene: Scene) -> Iterator[Fault]:
    """A warning for each font file whose licence bits are against what is done with it."""
    for path, forbids in {file.path: file.forbids for file in scene.fonts.files if file.forbids}.items():
        message = f"the font forbids {forbids} (OS/2 fsType), which all formats but PNG do"
        yield Fault("ND612", f"{message}; write that, or ask its maker", where=path, severity="warning")


def _contrasts(scene: Scene, theme: Theme) -> Iterator[Fault]:
    """A warning for each pair of colours in which a text cannot be read by all."""
    from ..scene.contrast import LEAST, poor  # late: start-up time

    pairs: dict[tuple[str, str], Seen] = {}
    for one in poor(scene):
        pairs.setdefault((one.text.color, one.ground), one)
    for (color, ground), one in list(pairs.items())[:SHOWN]:
        ratio = int(one.ratio * 100) / 100  # never shown as enough
        message = (
            f"{one.text.role} '{one.text.text}' in {color}{_named(theme, one)} on {ground} has a contrast of"
            f" {ratio:.2f}:1, which not all can read; {LEAST}:1 is the least"
        )
        yield Fault("ND614", message, where=theme.origin, severity="warning")


def _named(theme: Theme, one: Seen) -> str:
    """The key of a theme that gives a text its colour."""
    if one.text.role == "kernel":
        return f" (cells.{one.category}.ink)" if one.category else ""
    keys = [key for key in ("text", "muted") if getattr(theme.colors, key) == one.text.color]
    return f" (colors.{keys[0]})" if keys else ""


def _rules(scene: Scene, theme: Theme) -> Iterator[Fault]:
    """A note for each rule that fits no cell of the figure: it may be meant for another one."""
    cells = [dict(item.data) for item in scene.items if isinstance(item, Group) and item.role == "cell"]
    found = {(tuple(cell["ids"].split()), cell["category"]) for cell in cells}
    for rule in theme.rules:
        if not any(rule.fits(ids, category) for ids, category in found):
            named = " and ".join(filter(None, (rule.id and f"id '{rule.id}'", rule.category)))
            message = f"the rule for {named} fits no cell of this figure"
            yield Fault("ND615", message, where=rule.place or theme.origin, severity="note")
