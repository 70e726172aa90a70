"""A picture as primitives with coordinates, a resolved look, and the id that each stands for. No semantics."""

from typing import Any

from ..core.records import NamedTuple
from ..type.primitives import Item, Paint
from ..type.typeface import OURS, Fonts


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
