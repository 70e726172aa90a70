"""What a figure and a table can do once they are made: become files, and show themselves in a notebook."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core.errors import Errors, Fault
from ..diagram.model import Diagram
from ..layout.base import Placement
from ..render import Figure, render, renderer
from ..scene.model import Scene
from ..themes.model import Theme
from .choice import Choice, read_options, takes
from .font_option import check_characters
from .formats import format_of, unused
from .options.kinds import AnyText
from .options.table import FILE

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from .options.keywords import FileOptions  # late: types alone

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
        from .remarks import remarks  # late: start-up time

        return (*self.said, *remarks(self.scene, self.theme))

    @takes(FILE)
    def to_bytes(self, format: str = "svg", **file: Unpack[FileOptions]) -> bytes:
        """The file's bytes; `scale` is pixels of a PNG per px, `transparent` leaves out the ground.

        Raises OptionError for what does not fit the format, and for an option that it has no use for.
        """
        errors = Errors()
        values = read_options((FILE,), file, errors).values
        with errors:
            found = renderer(AnyText("NAME").read(format, "format"))
            errors.add(*unused(file, [found]))
        errors.check()
        ground = "" if values["transparent"] else None
        return render(self.figure, found.name, scale=values["scale"], background=ground, fonts=self.fonts)

    @takes(FILE)
    def save(self, path: str | os.PathLike[str], *, format: str | None = None, **file: Unpack[FileOptions]) -> None:
        """Writes the file whole or not at all, in the format of its suffix. Raises OptionError and OutputError."""
        from ..core.output import write  # late: start-up time

        name = os.fspath(path)
        write(name, self.to_bytes(format or format_of(name), **file))

    def _repr_svg_(self) -> str:
        return self.to_bytes("svg").decode()

    def _repr_mimebundle_(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> Bundle:
        return {"image/svg+xml": self._repr_svg_(), "text/plain": self.alt}


def drawing(scene: Scene, choice: Choice, said: tuple[Fault, ...] = ()) -> Drawing:
    """A scene that has no other form. Raises OptionError where the user's fonts lack characters of it."""
    check_characters(scene)
    return Drawing(chosen(scene, choice), choice.values["fonts"], theme=choice.values["theme"], said=said)


def chosen(scene: Scene, choice: Choice) -> Scene:
    """The scene whose metadata hold the options that were given."""
    rest = [(key, value) for key, value in scene.meta if key != "view"]
    return scene._replace(meta=(("view", dict(choice.given)), *rest))


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
