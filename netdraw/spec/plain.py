"""A spec as plain data, for JSON: values as they are written, places as texts, every form of layer with its kind."""

from typing import Any

from ..core.errors import Span
from .model import Call, Const, Formula, GroupLayer, Heads, LetterMap, ListValue, OpValue, Parallel, Stages

KINDS: dict[type, str] = {
    Call: "call", GroupLayer: "layers", Stages: "stages", Parallel: "parallel", Heads: "heads", OpValue: "op",
}  # fmt: skip


def plain(value: Any) -> Any:
    """Numbers as numbers, expressions as their text, lists and maps of sizes as such; all else by its fields."""
    if isinstance(value, Const):
        return value.value
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, Span):
        return str(value)
    if isinstance(value, ListValue):
        return [plain(item) for item in value.items]
    if isinstance(value, LetterMap):
        return {letter: plain(item) for letter, item in value.items}
    if not isinstance(value, tuple):
        return value
    fields = getattr(value, "_fields", None)
    if not fields:
        return [plain(item) for item in value]
    named = {name: plain(item) for name, item in zip(fields, value, strict=True)}
    kind = KINDS.get(type(value))
    return {"kind": kind, **named} if kind else named
