"""Bytes to text: UTF-8, with or without a byte order mark, within the limit of size."""

from __future__ import annotations

import re

from ...core.errors import Faults, Span
from ...core.input import MAX_BYTES

_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return re.split(_BREAK, text)


def decode(data: bytes | str, path: str, faults: Faults) -> str | None:
    """The text of a file, or None and a fault."""
    start = Span(path, 1, 1)
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        faults.add("ND501", f"the file has more than {MAX_BYTES:,} bytes (4 MiB)", start)
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:2] == b"\0" or data[:1] == b"\0":
        faults.add("ND004", "the file is UTF-16 or binary, not text in UTF-8; save it as UTF-8", start)
    else:
        return _utf8(data, path, faults)
    return None


def _utf8(data: bytes, path: str, faults: Faults) -> str | None:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        byte = data[error.start]
        faults.add("ND004", f"the byte 0x{byte:02X} is not UTF-8; save the file as UTF-8", _end_of(before, path))
        return None
    plain = text.replace("\n", "").isprintable()
    if not plain and (bad := re.search(_UNPRINTABLE, text)):
        message = f"the character U+{ord(bad[0]):04X} cannot stand in a text; is this a binary file?"
        faults.add("ND004", message, _end_of(text[: bad.start()], path))
        return None
    return text


def _end_of(text: str, path: str) -> Span:
    lines = lines_of(text)
    return Span(path, len(lines), len(lines[-1]) + 1)
