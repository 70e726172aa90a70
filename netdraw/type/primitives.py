"""What a picture is made of: shapes and texts with coordinates, in plain colours. No semantics."""

from functools import lru_cache
from typing import Literal

from ..core.records import NamedTuple

Anchor = Literal["start", "middle", "end"]
BEFORE: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text stands before its point, by its anchor."""


class Paint(NamedTuple):
    """Plain colours (`#rrggbb`, "" for none) and a line width in the drawing's unit."""

    fill: str = ""
    stroke: str = ""
    width: float = 0.0


class Ellipse(NamedTuple):
    cx: float
    cy: float
    rx: float
    ry: float
    paint: Paint
    angle: float = 0.0
    """Clockwise, in degrees."""


class Rectangle(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    radius: float
    paint: Paint


To = tuple[Literal["M", "L"], float, float]
"""Where a piece begins, or a line from there to (x, y)."""
Straight = tuple[Literal["H", "V"], float]
"""A level line to x, or an upright one to y."""
Curve = tuple[Literal["Q"], float, float, float, float]
"""A curve with one handle: that, and where it ends."""
Close = tuple[Literal["Z"]]
Step = To | Straight | Curve | Close
Steps = tuple[Step, ...]


class Path(NamedTuple):
    """A line or an area by its steps, all absolute. `role` is its class, "" for none."""

    steps: Steps
    paint: Paint
    role: str = ""
    data: tuple[tuple[str, str], ...] = ()
    round: bool = False
    """Round joins and caps."""


class Text(NamedTuple):
    """One line of text by its baseline; `role` is its class."""

    x: float
    y: float
    text: str
    size: float
    weight: int
    anchor: Anchor
    color: str
    role: str


class Group(NamedTuple):
    """Things that stand for one id: `role` is the class, `data` its attributes in order."""

    role: str
    data: tuple[tuple[str, str], ...]
    items: "tuple[Item, ...]"


Item = Ellipse | Rectangle | Path | Text | Group


def mix(a: str, b: str, share: float) -> str:
    """The colour that lies at `share` of the way from a to b, each `#rrggbb`."""
    pairs = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)


def ratio(a: str, b: str) -> float:
    """The contrast of two colours, each `#rrggbb`, as WCAG 2 computes it: from 1 to 21."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=1 << 8)
def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
