"""A scene as PNG: its SVG, rasterised by resvg with our fonts alone."""

from __future__ import annotations

import math
import os
from functools import partial

from ..core.errors import Fault, OptionError, option
from ..scene.model import Scene
from ..type import fontfiles
from . import fonts
from .base import NO_GLYPH, RENDERERS, Options, Renderer, px
from .svg import svg

MAX_PIXELS = 100_000_000
"""What a picture may have; it takes about 8 bytes a pixel to make. A larger one could end the whole process."""


def write(scene: Scene, options: Options) -> bytes:
    """The PNG of a scene, `scale` pixels to the px (a px is 1/96 in): its size is rounded up to whole pixels.

    Raises OptionError for a scale that is no positive number, and for a picture of more than MAX_PIXELS.
    """
    width, height = (px(length) for length in scene.physical)
    columns, rows = _size(width, height, options.scale)
    per_unit = options.scale * width / scene.width
    text = svg(scene, background=options.background, fonts="none", pixels=(columns, rows, per_unit))
    lost = fonts.unknown(scene)
    if lost:  # resvg has our fonts alone, and would leave a blank
        text = text.translate(dict.fromkeys(map(ord, lost), NO_GLYPH))
    import resvg_py  # late: start-up time

    draw = partial(resvg_py.svg_to_bytes, svg_string=text, skip_system_fonts=True)
    if not scene.fonts.files:
        return draw(font_files=_our_files(scene))
    import tempfile  # late: start-up time

    with tempfile.TemporaryDirectory() as folder:
        return draw(font_files=[*_user_files(scene, folder), *_our_files(scene)])


def _our_files(scene: Scene) -> list[str]:
    if not scene.fonts.ours:
        return []
    files = fontfiles.font_files()
    return files if fonts.chinese(scene) else files[:-1]  # the Chinese font is a megabyte to parse


def _user_files(scene: Scene, folder: str) -> list[str]:
    """The user's fonts as they are measured: the file itself would be drawn with its kerning and ligatures."""
    files = []
    for number, part in enumerate(fonts.parts(scene)):
        files.append(os.path.join(folder, f"{number}.ttf"))
        with open(files[-1], "wb") as handle:
            handle.write(part.file.ttf(part.characters, part.family, part.weights[0]))
    return files


def _size(width: float, height: float, scale: float) -> tuple[int, int]:
    """The size in pixels, rounded up; a hair above a whole number is no pixel more."""
    if not math.isfinite(scale) or scale <= 0:
        raise OptionError([Fault("ND607", f"the scale must be a number above 0, not {scale:g}", where=option("scale"))])
    columns, rows = (max(1, math.ceil(side * scale - 1e-6)) for side in (width, height))
    if columns * rows <= MAX_PIXELS:
        return columns, rows
    largest = math.floor(math.sqrt(MAX_PIXELS / (width * height)) * 100) / 100
    while largest > 0 and math.ceil(width * largest) * math.ceil(height * largest) > MAX_PIXELS:
        largest = round(largest - 0.01, 2)
    advice = f"the largest scale that fits is {largest:g}" if largest > 0 else "no scale fits; write an SVG"
    message = f"at scale {scale:g} the picture has {columns:,} × {rows:,} pixels, more than {MAX_PIXELS:,}; {advice}"
    raise OptionError([Fault("ND608", message, where=option("scale"))])


RENDERERS.add("png", Renderer("png", (".png",), write, takes=frozenset({"scale", "transparent"})))
