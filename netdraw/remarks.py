"""What is to be said of a figure that was drawn: warnings and notes, none of which keeps it from being written."""

from __future__ import annotations

from collections.abc import Iterator

from .errors import Fault
from .render.fonts import unknown
from .scene.model import Scene


def remarks(scene: Scene) -> tuple[Fault, ...]:
    """The warnings and notes on a figure."""
    return (*_characters(scene), *_licences(scene))


def _characters(scene: Scene) -> Iterator[Fault]:
    """A warning where a text has characters that no font has."""
    lost = unknown(scene)
    if lost:
        shown = " ".join(lost)
        message = f"no font of ours has {shown}; a PNG shows □, a browser another font: write it in other characters"
        yield Fault("ND624", message, where=scene.title, severity="warning")


def _licences(scene: Scene) -> Iterator[Fault]:
    """A warning for each font file whose licence bits are against what is done with it."""
    for path, forbids in {file.path: file.forbids for file in scene.fonts.files if file.forbids}.items():
        message = f"the font forbids {forbids} (OS/2 fsType), which an SVG does; write a PNG, or ask who made the font"
        yield Fault("ND612", message, where=path, severity="warning")
