"""Python's own values as a tree: a spec given as a dict, a param given as a keyword or an option.

There is no text, so a place is where the value lies, such as `<dict>.layers[2]`, with line 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ...core.errors import Faults, Span
from ..expressions.functions import LARGEST
from .tree import Mapping, Scalar, Sequence, Tree
from .walk import MAX_DEPTH, MAX_NODES, TOO_DEEP, Stop


def tree_of(value: Any, place: str, faults: Faults) -> Tree | None:
    """The tree that a text with this value would give; None, with a fault, where no text could.

    Maps, lists, tuples, numbers, truth values, texts and None; within the limits of a text.
    """
    reader = _Reader(faults)
    try:
        tree = reader.read(value, place, 0)
    except Stop as stop:
        faults.add(stop.code, stop.message, stop.span)
        return None
    return tree if reader.whole else None


class _Reader:
    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.nodes = 0
        self.whole = True

    def read(self, value: Any, place: str, depth: int) -> Tree:
        span = Span(place, 0, 0)
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise Stop("ND502", TOO_DEEP, span)
        if self.nodes > MAX_NODES:
            raise Stop("ND503", f"more than {MAX_NODES:,} values", span)
        for kind, reader in _KINDS:
            if isinstance(value, kind):
                return reader(self, value, span, depth)
        return self.wrong("ND114", f"expected a map, a list, a number, a text or None, found {_name(value)}", span)

    def wrong(self, code: str, message: str, span: Span) -> Tree:
        self.faults.add(code, message, span)
        self.whole = False
        return Scalar(value=None, text="", quoted=False, span=span)

    def mapping(self, value: dict[Any, Any], span: Span, depth: int) -> Tree:
        items = []
        for key, item in value.items():
            place = f"{span.path}.{key}"
            if not isinstance(key, str):
                self.wrong("ND112", f"a key must be a text, not {_name(key)}", span)
                continue
            word = Scalar(value=key, text=key, quoted=False, span=Span(place, 0, 0))
            items.append((word, self.read(item, place, depth + 1)))
        return Mapping(tuple(items), span, True)

    def sequence(self, value: list[Any], span: Span, depth: int) -> Tree:
        items = (self.read(item, f"{span.path}[{index}]", depth + 1) for index, item in enumerate(value))
        return Sequence(tuple(items), span, True)

    def number(self, value: float, span: Span, depth: int) -> Tree:
        if not math.isfinite(value):
            return self.wrong("ND113", f"{value} is no number that a network can have; give a finite number", span)
        if abs(value) > LARGEST:
            return self.wrong("ND208", "the number is too large; the limit is 10^18", span)
        return Scalar(value=value, text=str(value), quoted=False, span=span)

    def plain(self, value: Any, span: Span, depth: int) -> Tree:
        text = {None: "", True: "true", False: "false"}.get(value, value)
        return Scalar(value=value, text=text, quoted=False, span=span)


def _name(value: Any) -> str:
    return f"a value of type {type(value).__name__}"


_KINDS: tuple[tuple[Any, Callable[[_Reader, Any, Span, int], Tree]], ...] = (
    ((str, bool, type(None)), _Reader.plain),
    ((int, float), _Reader.number),
    ((list, tuple), _Reader.sequence),
    (dict, _Reader.mapping),
)
