"""The formats that a figure can be written in. A renderer is one file, which adds itself with its suffixes."""

from collections.abc import Callable
from typing import Any, Literal

from ..core.errors import Fault, OptionError, did_you_mean, option
from ..core.lengths import UNITS
from ..core.records import NamedTuple
from ..core.registry import Registry
from ..diagram.model import Diagram
from ..scene.model import Scene
from ..styles.base import Style
from ..themes.model import Theme

NO_GLYPH = "□"
"""Stands for a character that no font of ours has, where the reader has no other fonts."""


class Options(NamedTuple):
    """What a caller may ask of a format; each takes what concerns it.

    `scale` is pixels per px of the scene, `background` a colour `#rrggbb` instead of the scene's own ("" for none),
    `fonts` how an SVG comes to our fonts.
    """

    scale: float = 2.0
    background: str | None = None
    fonts: str = "embed"


class Figure(NamedTuple):
    """The picture, and what it was made from: the diagram as it was asked for, whatever fitted the page."""

    scene: Scene
    diagram: Diagram
    theme: Theme
    style: Style


class Renderer(NamedTuple):
    """One format: its name, the suffixes of its files (with the dot) and the function that writes it.

    `reads` is what that function takes: a Scene, or the whole Figure for a format without coordinates.
    """

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Any, Options], bytes]
    reads: Literal["scene", "figure"] = "scene"
    takes: frozenset[str] = frozenset()
    """The options that it has a use for: of those that concern how a file is written, and of all for a figure."""


def px(length: str) -> float:
    """One of a scene's physical lengths (`655.3`, `174mm`) in px."""
    unit = length.lstrip("0123456789.")
    return float(length.removesuffix(unit)) * (UNITS["px"].inch / UNITS[unit or "px"].inch)


RENDERERS: Registry[Renderer] = Registry("renderers", "netdraw.render")


def renderer(name: str) -> Renderer:
    """The renderer of a format (`svg`) or a suffix (`.svg`). Raises OptionError where there is none."""
    wanted = name.lower()
    found = RENDERERS.get(wanted.removeprefix("."))
    if found is not None:
        return found
    for key in RENDERERS:
        if wanted in RENDERERS[key].suffixes:
            return RENDERERS[key]
    shown = did_you_mean(wanted.removeprefix("."), RENDERERS)
    raise OptionError([Fault("ND606", f"unknown format '{name}'{shown}", where=option("format"))])


def render(
    figure: Figure | Scene, format: str, *, scale: float = 2.0, background: str | None = None, fonts: str = "embed"
) -> bytes:
    """The figure in a format; a scene alone is enough for those that have coordinates.

    Raises OptionError for an unknown format and for an option that does not fit it.
    """
    found, options = renderer(format), Options(scale, background, fonts)
    if found.reads == "scene":
        return found.write(figure.scene if isinstance(figure, Figure) else figure, options)
    if not isinstance(figure, Figure):
        message = f"the format {found.name} is for figures of one network alone"
        raise OptionError([Fault("ND606", message, where=option("format"))])
    return found.write(figure, options)
