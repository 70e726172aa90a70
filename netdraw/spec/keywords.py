"""The words of the language: which names are CapWords or snake_case, what is reserved, and the segments of ids."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache

CAP_WORD = "[A-Z][A-Za-z0-9]*"
SNAKE_CASE = "[a-z][a-z0-9_]*"
"""What a form is, for a schema; the functions below ask the same without a regular expression, to start sooner."""

_HUMPS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"

RESERVED = frozenset({"name", "from", "when", "repeat", "residual", "label", "shares"})
"""They stand beside a layer or inside its map; no op or block has an attribute so named."""

STRUCTURES = ("layers", "stages", "parallel", "heads")
"""Keys that make a layer a structure instead of a call."""

SCOPE_WORDS = frozenset({"index", "input", "none", "in_channels", "in_depth", "in_height", "in_width", "in_tokens"})
"""Names that every scope has; a param or `let` may not take them."""

AXIS_LETTERS = frozenset("ctdhw")
"""Channels, tokens, depth, height, width."""

RULES = ("auto", "always", "project", "none")


@lru_cache(1024)
def is_cap_word(text: str) -> bool:
    """Whether the text is the name of an op or a block by its form."""
    return text.isascii() and text.isalnum() and text[0].isupper()


@lru_cache(1024)
def is_snake_case(text: str) -> bool:
    """Whether the text is the name of a param, attribute, layer or `let` by its form."""
    return text.isascii() and text.replace("_", "").isalnum() and text.islower() and text[0].isalpha()


def is_identifier(text: str) -> bool:
    """Whether an expression can name a value so: letters of any case, digits and `_`."""
    return text.isascii() and text.isidentifier()


def snake(name: str) -> str:
    """A block's segment in an id: `InvertedResidual` gives `inverted_residual`, `ConvBNAct` `conv_bn_act`."""
    return re.sub(_HUMPS, "_", name).lower()


def free(kind: str, taken: Container[str]) -> str:
    """The segment of what the builder adds to a list: `add`, else `add_2`, … where written names have taken it."""
    segment, count = kind, 1
    while segment in taken:
        count += 1
        segment = f"{kind}_{count}"
    return segment


class Segments:
    """Gives each layer of one list its segment: its name, else its kind with `_k` from the second on."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._counts: dict[str, int] = {}

    def next(self, kind: str) -> str:
        """The segment of the next unnamed layer of this kind; a written name is never taken twice."""
        while True:
            count = self._counts[kind] = self._counts.get(kind, 0) + 1
            segment = kind if count == 1 else f"{kind}_{count}"
            if segment not in self._taken:
                self._taken.add(segment)
                return segment
