"""What differs between two networks, as an object that writes itself, draws itself, and shows itself in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.gc_pause import paused
from ..figure.choice import Choice, choose, takes
from ..figure.drawing import Drawing, drawing
from ..figure.several import line_up
from ..scene.model import Scene
from .compare import compare
from .model import Diff, Side
from .tables.base import diff_format
from .tables.data import as_dict

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from ..figure.options.keywords import DiffOptions  # late: types alone


class Difference(Diff):
    """A Diff with all that can be made of it."""

    __slots__ = ()

    def text(self, format: str = "text", *, all: bool = False) -> str:
        """As text, md, html, json or csv; `all` shows the layers that are the same, too. Raises OptionError."""
        return diff_format(format).write(self, all)

    def to_dict(self) -> dict[str, Any]:
        """What the JSON has."""
        return as_dict(self)

    @takes("diff")
    def draw(self, **view: Unpack[DiffOptions]) -> Drawing:
        """The figure: both networks in common columns, what differs is marked; docs/options.md has all options.

        Raises OptionError for an unknown option or value, and for a width or height that it does not fit.
        """
        choice = choose(("diff",), view)
        return drawing(self._drawn(choice), choice)

    @paused()
    def _drawn(self, choice: Choice) -> Scene:
        from .figure.figure import figure  # late: a table needs no figure

        return line_up([figure(self, choice.view)], choice.medium)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """The figure with the tables under it; where nothing differs only the words."""
        from .tables.markup import fragment  # late: templates are for HTML alone

        return fragment(self) if self.same else f"{self.draw().to_bytes().decode()}\n{fragment(self)}"


def difference(before: Side, after: Side) -> Difference:
    """What differs between two networks."""
    return Difference(*compare(before, after))
