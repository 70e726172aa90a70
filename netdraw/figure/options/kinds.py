"""The kinds of values that options take: how one is checked, offered by a shell, typed in Python and in a schema."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from ...core.errors import Fault, OptionError, did_you_mean, option
from ...core.lengths import NAMED, UNITS, Width, read_height, read_width

Schema = dict[str, Any]


class Kind:
    """`metavar` stands for a value in the help, `python` is its type; one that is `several` may be repeated.

    `offers` is what a shell completes: words, the nodes of the network, or files.
    """

    metavar = ""
    python = "str"
    several = False
    offers = "words"
    number: type[int] | type[float] | None = None

    def words(self) -> Iterable[str]:
        """The values, or some of them, that are words."""
        return ()

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return {"type": "string"}

    def read(self, value: Any, name: str) -> Any:
        """The value of the option of that name, checked. Raises OptionError or, for a theme, SpecError."""
        return value

    def told(self, value: Any) -> Any:
        """The value as the metadata of a figure have it: plain data, without folders."""
        return value


def wrong(name: str, message: str, code: str = "ND623") -> OptionError:
    """What to raise for a value of an option."""
    return OptionError([Fault(code, message, where=option(name))])


class Switch(Kind):
    """On or off."""

    python = "bool"

    def schema(self) -> Schema:
        return {"type": "boolean"}

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, bool):
            raise wrong(name, f"{option(name)} is True or False, not {value!r}")
        return value


class Words(Kind):
    """One of a few words."""

    def __init__(self, metavar: str, values: Iterable[str], code: str = "ND623", what: str = "value") -> None:
        self.metavar, self.values, self.code, self.what = metavar, tuple(values), code, what
        self.python = "Literal[" + ", ".join([f'"{value}"' for value in self.values]) + "]"

    def words(self) -> Iterable[str]:
        return self.values

    def schema(self) -> Schema:
        return {"enum": list(self.values)}

    def read(self, value: Any, name: str) -> Any:
        if value not in self.values:
            raise wrong(name, f"unknown {self.what} '{value}'{did_you_mean(str(value), self.values)}", self.code)
        return value


class Registered(Kind):
    """A name of a registry, which is imported when it is needed: `module` and the registry's name in it."""

    def __init__(self, what: str, module: str, registry: str) -> None:
        self.what, self.module, self.registry = what, module, registry
        self.metavar = "NAME"

    def words(self) -> Iterable[str]:
        return sorted(getattr(import_module(self.module), self.registry))

    def schema(self) -> Schema:
        return {"enum": list(self.words())}

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            raise wrong(name, f"{option(name)} takes a text, not {value!r}")
        if value not in getattr(import_module(self.module), self.registry):
            raise wrong(name, f"unknown {self.what} '{value}'{did_you_mean(value, self.words())}")
        return value


class AnyText(Kind):
    """Any text; some words have a meaning. Who uses it checks more."""

    def __init__(self, metavar: str, words: Iterable[str] = ()) -> None:
        self.metavar, self._words = metavar, tuple(words)

    def words(self) -> Iterable[str]:
        return self._words

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            raise wrong(name, f"{option(name)} takes a text, not {value!r}")
        return value


class Pattern(Kind):
    """A pattern of ids or titles, `such` as this."""

    metavar, offers = "GLOB", "nodes"

    def __init__(self, such: str) -> None:
        self.such = such

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1}

    def read(self, value: Any, name: str) -> Any:
        if not isinstance(value, str) or not value:
            raise wrong(name, f"{option(name)} takes a pattern of ids, such as {self.such}, not {value!r}")
        return value


class Patterns(Pattern):
    """One pattern or several; read as a tuple, each once."""

    python, several = "str | Sequence[str]", True

    def schema(self) -> Schema:
        one = super().schema()
        return {"anyOf": [one, {"type": "array", "items": one}]}

    def read(self, value: Any, name: str) -> Any:
        found = [value] if isinstance(value, str) else value
        if isinstance(found, list | tuple) and all(isinstance(one, str) and one for one in found):
            return tuple(dict.fromkeys(found))
        message = f"{option(name)} takes a pattern, such as {self.such}, or a list of them, not {value!r}"
        raise wrong(name, message)

    def told(self, value: Any) -> Any:
        return [value] if isinstance(value, str) else list(value)


class WidthKind(Kind):
    """A width, by its length or by its name."""

    metavar, python = "WIDTH", "str | float"
    named: tuple[str, ...] = (*NAMED, "none")

    def words(self) -> Iterable[str]:
        return self.named

    def schema(self) -> Schema:
        units = "|".join(UNITS)
        text = {"type": "string", "pattern": rf"^({'|'.join(self.named)}|[0-9]+(\.[0-9]+)?({units})?)$"}
        return {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, text]}

    def read(self, value: Any, name: str) -> Any:
        return read_width(value)


class HeightKind(WidthKind):
    """A height; it is read beside a width, and only checked here."""

    metavar, named = "HEIGHT", ("none",)

    def read(self, value: Any, name: str) -> Any:
        read_height(value, Width(None, "px"))
        return value


class Number(Kind):
    """A number above 0."""

    metavar, python, number = "NUMBER", "float", float

    def schema(self) -> Schema:
        return {"type": "number", "exclusiveMinimum": 0}

    def read(self, value: Any, name: str) -> Any:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if not plain or not math.isfinite(value) or value <= 0:
            raise wrong(name, f"the {name} must be a number above 0, not {value!r}", "ND607")
        return value


class Count(Kind):
    """A whole number above 0."""

    metavar, python, number = "NUMBER", "int", int

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1}

    def read(self, value: Any, name: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 1 << 20:
            raise wrong(name, f"{name} is a whole number above 0, not {value!r}", "ND652")
        return value


class ThemeKind(Kind):
    """A theme's name, the path of its file, its text, or a dict."""

    metavar, python = "NAME", "str | os.PathLike[str] | Mapping[str, Any]"

    def words(self) -> Iterable[str]:
        from ...themes.base import names  # late: start-up time

        return names()

    def schema(self) -> Schema:
        return {"type": ["string", "object"], "examples": list(self.words())}

    def read(self, value: Any, name: str) -> Any:
        from ...themes.base import load  # late: start-up time

        return load(value)

    def told(self, value: Any) -> Any:
        return dict(value) if isinstance(value, Mapping) else os.path.basename(os.fspath(value))


class FontKind(Kind):
    """Font files, in the order in which a character is looked for."""

    metavar, python, several, offers = (
        "FILE",
        "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]",
        True,
        "files",
    )

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

    def read(self, value: Any, name: str) -> Any:
        from ..font_option import read_fonts  # late: start-up time

        return read_fonts(value)

    def told(self, value: Any) -> Any:
        files = [value] if isinstance(value, str | os.PathLike) else list(value)
        return [os.path.basename(os.fspath(file)) for file in files]
