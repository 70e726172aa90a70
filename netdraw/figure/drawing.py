"""What a figure and a table can do once they are made: become files, and show themselves in a notebook."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..core.errors import Fault, OptionError, OutputError
from ..diagram.model import Diagram
from ..layout.base import Placement
from ..render import RENDERERS, Figure, render, renderer
from ..scene.model import Scene
from ..themes.model import Theme
from . import options
from .font_option import check_characters
from .medium import Medium

Bundle = dict[str, str]
"""By media type, what a notebook may show."""


class Drawing:
    """A figure with all its coordinates: saves itself in any format, and shows itself in a notebook.

    Nothing is placed anew for another format: all show one picture. `diagram` and `placement` are what the scene was
    composed of, None for one that was not.
    """

    def __init__(
        self,
        figure: Figure | Scene,
        fonts: str = "embed",
        diagram: Diagram | None = None,
        placement: Placement | None = None,
        theme: Theme | None = None,
        said: tuple[Fault, ...] = (),
    ) -> None:
        self.figure, self.fonts, self.theme = figure, fonts, theme
        self.diagram, self.placement, self.said = diagram, placement, said

    @property
    def scene(self) -> Scene:
        """The picture, primitive by primitive."""
        return self.figure.scene if isinstance(self.figure, Figure) else self.figure

    @property
    def alt(self) -> str:
        """What the network is, in 80 to 150 characters, for those who cannot see the figure."""
        return self.scene.description

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Warnings and notes: on what is left out, characters that no font has, fonts and themes of the user's."""
        from .remarks import remarks

        return (*self.said, *remarks(self.scene, self.theme))

    def to_bytes(self, format: str = "svg", *, scale: float = 2.0, transparent: bool = False) -> bytes:
        """The file's bytes; `scale` is pixels of a PNG per px, `transparent` leaves out the ground.

        Raises OptionError for what does not fit the format.
        """
        options.texts(format=format)
        if isinstance(scale, bool) or not isinstance(scale, int | float):
            raise OptionError([Fault("ND607", f"the scale must be a number above 0, not {scale!r}", where="--scale")])
        ground = "" if transparent else None
        return render(self.figure, format, scale=scale, background=ground, fonts=self.fonts)

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        format: str | None = None,
        scale: float = 2.0,
        transparent: bool = False,
    ) -> None:
        """Writes the file whole or not at all, in the format of its suffix. Raises OptionError and OutputError."""
        from ..core.output import write

        file = os.fspath(path)
        write(file, self.to_bytes(format or format_of(file), scale=scale, transparent=transparent))

    def _repr_svg_(self) -> str:
        return self.to_bytes("svg").decode()

    def _repr_mimebundle_(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> Bundle:
        return {"image/svg+xml": self._repr_svg_(), "text/plain": self.alt}


def drawing(scene: Scene, medium: Medium, fonts: str, said: tuple[Fault, ...] = ()) -> Drawing:
    """A scene that has no other form. Raises OptionError where the user's fonts lack characters of it."""
    check_characters(scene)
    return Drawing(scene, fonts, theme=medium.theme, said=said)


class Table:
    """A summary: the table of layers and the totals. As a string it is text; in a notebook a table."""

    def __init__(self, text: str, html: str) -> None:
        self.text, self.html = text, html

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> Bundle:
        return {"text/html": self.html, "text/plain": self.text}


def format_of(path: str) -> str:
    """The format that a file's suffix tells. Raises OptionError, naming the file, where it tells none."""
    suffix = os.path.splitext(path)[1]
    if os.path.isdir(path) or path.endswith(("/", os.sep)):
        raise OutputError([Fault("ND002", "this is a directory; name a file in it", where=path)])
    if not suffix:
        raise OptionError([Fault("ND606", "the file has no suffix that tells its format; write --format", where=path)])
    try:
        return renderer(suffix).name
    except OptionError as error:
        raise OptionError([fault._replace(where=path) for fault in error.faults]) from None


def scene_formats() -> list[str]:
    """The formats of figures that have places: those of several networks, too."""
    return [name for name in RENDERERS.names() if RENDERERS[name].reads == "scene"]


def figure_format(name: str) -> str | None:
    """The format of a figure of that name or suffix, or None where it is none of a figure."""
    return next((key for key in RENDERERS if name.lower() in (key, *RENDERERS[key].suffixes)), None)
