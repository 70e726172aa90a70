"""Texts of the package, kept compiled as Python keeps its modules (`docs/decisions/compiled-texts.md`)."""

from __future__ import annotations

import marshal
import os
from binascii import crc32
from collections.abc import Callable, Mapping
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

_CODE = compile("", "", "exec")
_DATA = "json1"
"""The form of the compiled JSON files."""
Make = Callable[[bytes], tuple[Any, ...]]
"""Compiles a text to a tuple of plain values; raises ValueError where it cannot."""


class OwnText(bytes):
    """The bytes of a text that is part of the package, and the file that they are in."""

    file: str


def own_text(file: str) -> OwnText:
    """The text of that file, which is part of the package; no other may be kept compiled."""
    with open(file, "rb") as handle:
        text = OwnText(handle.read())
    text.file = file
    return text


def compiled(text: OwnText, form: str, make: Make) -> tuple[Any, ...] | None:
    """What `make` makes of a text: from `__pycache__` beside its file, or made now, and stored there if that may be.

    `form` names what is made, with its version: what was stored in another form is not read.
    None where the text cannot be compiled, or what is stored is damaged.
    """
    try:
        code = _Loader(text, form, make).get_code(form)
        packed, checksum = code.co_consts if code else ()
        made: tuple[Any, ...] | None = marshal.loads(packed) if crc32(packed) == checksum else None
    except Exception:  # damage shows in many ways
        return None
    return made


def data(file: str) -> Any:
    """What a JSON file of the package holds."""
    text = own_text(file)
    return (compiled(text, _DATA, _parsed) or _parsed(text))[0]


def compile_data() -> None:
    """Compiles all JSON files of the package now."""
    for folder, _, names in os.walk(os.path.dirname(os.path.dirname(__file__))):
        for name in names:
            if name.endswith(".json"):
                data(os.path.join(folder, name))


def _parsed(text: bytes) -> tuple[Any, ...]:
    import json  # late: start-up time

    return (json.loads(text),)


class _Loader(SourceFileLoader):
    """Python's own loader, for one text; its `path` is what the stored file is called after."""

    def __init__(self, text: OwnText, form: str, make: Make) -> None:
        super().__init__(form, f"{text.file}-{form}.text")
        self.text, self.make = text, make

    def path_stats(self, path: str) -> Mapping[str, Any]:
        return super().path_stats(self.text.file)

    def get_data(self, path: str) -> bytes:
        return self.text if path == self.path else super().get_data(path)

    def source_to_code(self, data: Any, path: Any, **_: Any) -> CodeType:  # type: ignore[override]
        packed = marshal.dumps(self.make(data))
        return _CODE.replace(co_consts=(packed, crc32(packed)))
