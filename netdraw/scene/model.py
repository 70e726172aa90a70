"""A picture as primitives with coordinates, a resolved look, and the id that each stands for. No semantics."""

from typing import Any, Literal, NamedTuple

from ..type.typeface import OURS, Fonts


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


class Path(NamedTuple):
    """`d` as SVG writes it, with absolute M, L, H, V, Q and Z only. `role` is its class, "" for none."""

    d: str
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
    anchor: Literal["start", "middle", "end"]
    color: str
    role: str


class Group(NamedTuple):
    """Things that stand for one id: `role` is the class, `data` its attributes in order."""

    role: str
    data: tuple[tuple[str, str], ...]
    items: "tuple[Item, ...]"


Item = Ellipse | Rectangle | Path | Text | Group


class Scene(NamedTuple):
    """The whole picture. `width` and `height` are in the drawing's unit; `physical` is what the SVG states."""

    width: float
    height: float
    physical: tuple[str, str]
    background: str
    items: tuple[Item, ...]
    title: str
    description: str
    language: str
    meta: tuple[tuple[str, Any], ...]
    fonts: Fonts = OURS
    """What its texts were measured in, and are drawn in."""

    def to_dict(self) -> dict[str, Any]:
        row = self._asdict()
        row["items"] = [_plain(item) for item in self.items]
        row["meta"] = dict(self.meta)
        row["fonts"] = list(self.fonts.families())
        return row


def _plain(value: Any) -> Any:
    """Primitives as dicts that name their kind; other tuples as lists."""
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        if fields:
            named = {name: _plain(item) for name, item in zip(fields, value, strict=True)}
            return named if isinstance(value, Paint) else {"kind": type(value).__name__.lower(), **named}
        return [_plain(item) for item in value]
    return value
