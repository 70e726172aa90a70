"""The figure of a diff with its options, as something that saves and shows itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.gc_pause import paused
from ...figure.choice import Choice, choose
from ...figure.drawing import Drawing, drawing
from ...figure.options.signature import takes
from ...figure.several import line_up
from ...scene.model import Scene
from ..model import Diff
from .figure import figure

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from ...figure.options.keywords import DiffOptions  # late: types alone


@takes("diff")
def draw(diff: Diff, **view: Unpack[DiffOptions]) -> Drawing:
    """The first network above the second. Without a width it is as wide as a comparison.

    Raises OptionError for an unknown option or value, and for a width or height that it does not fit.
    """
    choice = choose(("diff",), view)
    return drawing(_drawn(diff, choice), choice)


@paused()
def _drawn(diff: Diff, choice: Choice) -> Scene:
    return line_up([figure(diff, choice.view)], choice.medium)
