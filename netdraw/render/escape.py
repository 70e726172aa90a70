"""Text into XML and values into JSON: what a character would break is escaped, what XML cannot hold is replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_ATTRIBUTE = {**_TEXT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}
_SPECIAL = re.compile('[&<>"\r\n\t]')
# XML 1.0 has no control characters, no half of a surrogate pair, and not the last two characters of a plane's first.
_IMPOSSIBLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_JSON = {number: f"\\u{number:04x}" for number in range(32)}
_JSON |= {ord(sign): f"\\{letter}" for sign, letter in zip('"\\\b\f\n\r\t', '"\\bfnrt', strict=True)}
_WORDS = {None: "null", True: "true", False: "false"}


def text(value: str) -> str:
    """The content of an element."""
    return possible(value).translate(_TEXT) if _SPECIAL.search(value) else possible(value)


def attribute(value: str) -> str:
    """The value of an attribute, to stand in double quotes."""
    return possible(value).translate(_ATTRIBUTE) if _SPECIAL.search(value) else possible(value)


def possible(value: str) -> str:
    """Each character that XML cannot hold, nor any text of a PDF, becomes U+FFFD."""
    return value if value.isprintable() else re.sub(_IMPOSSIBLE, "\ufffd", value)


def json(value: Any) -> str:
    """A value as `json.dumps` writes it without spaces and escapes of letters; to import that takes longer."""
    if isinstance(value, str):
        return f'"{value.translate(_JSON)}"'
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, Mapping):
        return "{" + ",".join([f"{json(key)}:{json(item)}" for key, item in value.items()]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(json, value)) + "]"
    return repr(value)
