"""The formats that a figure can be written in. A renderer is one file, which adds itself with its suffixes."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from ..diagram.model import Diagram
from ..errors import Fault, OptionError, did_you_mean
from ..registry import Registry
from ..scene.model import Scene
from ..themes.model import Theme


class Options(NamedTuple):
    """What a caller may ask of a format; each takes what concerns it.

    `scale` is pixels per px of the scene, `background` a colour `#rrggbb` instead of the scene's own, `fonts` whether
    an SVG embeds what it needs of our fonts or only names them (`none`).
    """

    scale: float = 2.0
    background: str | None = None
    fonts: str = "embed"


class Figure(NamedTuple):
    """The picture, and what it was made from: the diagram as it was asked for, whatever fitted the page."""

    scene: Scene
    diagram: Diagram
    theme: Theme


class Renderer(NamedTuple):
    """One format: its name, the suffixes of its files (with the dot) and the function that writes it.

    `reads` is what that function takes: a Scene, or the whole Figure for a format without coordinates.
    """

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Any, Options], bytes]
    reads: Literal["scene", "figure"] = "scene"


RENDERERS: Registry[Renderer] = Registry("renderers")


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
    raise OptionError([Fault("ND606", f"unknown format '{name}'{shown}", where="--format")])


def render(
    figure: Figure | Scene, format: str, *, scale: float = 2.0, background: str | None = None, fonts: str = "embed"
) -> bytes:
    """The figure in a format; a scene alone is enough for those that have coordinates.

    Raises OptionError for an unknown format and for an option that does not fit it.
    """
    found, options = renderer(format), Options(scale, background, fonts)
    if found.reads == "scene" and isinstance(figure, Figure):
        return found.write(figure.scene, options)
    return found.write(figure, options)
