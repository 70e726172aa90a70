"""The tree that a YAML text gives: scalars, sequences and mappings, each with its place."""

import re

from ...core.errors import Span
from ...core.records import NamedTuple
from ..expressions.functions import LARGEST, CalcError

Value = bool | int | float | str | None


class Scalar(NamedTuple):
    """A single value. `text` is what was written, without quotes; a quoted one is always a str."""

    value: Value
    text: str
    quoted: bool
    span: Span
    lead: int | None = 0
    """How many characters stand between `span` and `text` (1 for a quote); None where it is on several lines."""


class Sequence(NamedTuple):
    """A list; `flow` where it was written in brackets."""

    items: "tuple[Tree, ...]"
    span: Span
    flow: bool


class Mapping(NamedTuple):
    """Pairs in the order of the text, each key once; `flow` where it was written in braces."""

    items: "tuple[tuple[Scalar, Tree], ...]"
    span: Span
    flow: bool

    def get(self, key: str) -> "Tree | None":
        """The value of a key, or None where the key is not there."""
        for name, value in self.items:
            if name.text == key:
                return value
        return None


Tree = Scalar | Sequence | Mapping

_WORDS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_START = frozenset("0123456789+-.")
_DECIMAL = _NUMBER_START.union("eE")
"""All that a decimal number may hold: of the texts of these, those are numbers that are so in Python."""
PLAIN_START = frozenset("abcdeghijklmopqrsuvwxyzABCDEGHIJKLMOPQRSUVWXYZ")
"""Letters at which no number, null, true or false begins: such a plain scalar is a str."""
_BASED = r"0o[0-7]+|0x[0-9a-fA-F]+"
_NOT_FINITE = r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
_MISSING_SPACE = r"[A-Za-z_][A-Za-z0-9_]*:[^\s:]"
"""These three are rare: they are compiled when a text comes this far."""


class NumberError(CalcError):
    """A plain scalar is a number, but none that can be used."""


def resolve(text: str) -> Value:
    """The value of a plain scalar by the core rules of YAML 1.2: `no`, `on` and `1:30` are strings, 012 is 12.

    Raises NumberError for NaN, infinity and numbers beyond LARGEST.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _DECIMAL.issuperset(text):
        return _decimal(text)
    if text[0] == "0" and re.fullmatch(_BASED, text):
        return _bounded(text, int(text, 0) if len(text) < 30 else LARGEST + 1)
    if "." in text and re.fullmatch(_NOT_FINITE, text):
        raise NumberError("ND113", f"{text} is no number that a network can have; write a finite number")
    return text


def _decimal(text: str) -> Value:
    try:
        value = float(text)
    except ValueError:
        return text
    whole = text.lstrip("+-").isdigit() and len(text) < 30
    return _bounded(text, int(text) if whole else value)


def _bounded(text: str, value: float) -> float:
    if -LARGEST <= value <= LARGEST:
        return value
    short = text if len(text) <= 24 else text[:20] + "..."
    raise NumberError("ND208", f"the number {short} is too large; the limit is 10^18. Put a text in quotes")


def looks_like_missing_space(text: str) -> bool:
    """Whether a plain scalar is probably `key: value` without the space, such as `stride:2`."""
    return ":" in text and re.match(_MISSING_SPACE, text) is not None
