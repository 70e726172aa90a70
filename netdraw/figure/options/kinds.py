"""The kinds of values that options take: how one is checked, offered by a shell, typed in Python and in a schema."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from ...core.errors import Fault, OptionError, did_you_mean, option
from ...core.lengths import NAMED, UNITS, Width, read_height, read_width

Schema = Mapping[str, Any]


class Kind:
    """`metavar` stands for a value in the help, `python` is its type; one that is `several` may be repeated.

    `offers` is what a shell completes: words, the nodes of the network, or files. `form` is the JSON Schema of a value
    where that is always the same; `says` is what a value that does not fit is told, with a `code`.
    """

    metavar = ""
    python = "str"
    several = False
    offers = "words"
    number: type[int] | type[float] | None = None
    form: Mapping[str, Any] = {"type": "string"}
    says, code = "{option} takes a text", "ND623"

    def words(self) -> Iterable[str]:
        """The values, or some of them, that are words."""
        return ()

    def schema(self) -> Schema:
        """The JSON Schema of a value."""
        return self.form

    def fits(self, value: Any) -> bool:
        """Whether it is a value of this kind."""
        return isinstance(value, str)

    def read(self, value: Any, name: str) -> Any:
        """The value of the option of that name, checked. Raises OptionError or, for a theme, SpecError."""
        if not self.fits(value):
            message = f"{self.says.format(option=option(name), name=name)}, not {value!r}"
            raise wrong(name, message, self.code)
        return value

    def told(self, value: Any) -> Any:
        """The value as the metadata of a figure have it: plain data, without folders."""
        return value


def wrong(name: str, message: str, code: str = "ND623") -> OptionError:
    """What to raise for a value of an option."""
    return OptionError([Fault(code, message, where=option(name))])


class Switch(Kind):
    """On or off."""

    python, says = "bool", "{option} is True or False"
    form: Mapping[str, Any] = {"type": "boolean"}

    def fits(self, value: Any) -> bool:
        return isinstance(value, bool)


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
        if super().read(value, name) not in getattr(import_module(self.module), self.registry):
            raise wrong(name, f"unknown {self.what} '{value}'{did_you_mean(value, self.words())}")
        return value


class AnyText(Kind):
    """Any text; some words have a meaning. Who uses it checks more."""

    def __init__(self, metavar: str, words: Iterable[str] = ()) -> None:
        self.metavar, self._words = metavar, tuple(words)

    def words(self) -> Iterable[str]:
        return self._words


class Pattern(Kind):
    """A pattern of ids or titles, `such` as this."""

    metavar, offers = "GLOB", "nodes"
    form: Mapping[str, Any] = {"type": "string", "minLength": 1}

    def __init__(self, such: str) -> None:
        self.says = f"{{option}} takes a pattern of ids, such as {such}"

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and bool(value)


class Patterns(Pattern):
    """One pattern or several; read as a tuple, each once."""

    python, several = "str | Sequence[str]", True
    form: Mapping[str, Any] = {"anyOf": [Pattern.form, {"type": "array", "items": Pattern.form}]}

    def __init__(self, such: str) -> None:
        self.says = f"{{option}} takes a pattern, such as {such}, or a list of them"

    def fits(self, value: Any) -> bool:
        return isinstance(value, str | list | tuple) and all(map(super().fits, self.told(value)))

    def read(self, value: Any, name: str) -> Any:
        return tuple(dict.fromkeys(self.told(super().read(value, name))))

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


class NumberKind(Kind):
    """A number above 0."""

    metavar, python, number = "NUMBER", "float", float
    form: Mapping[str, Any] = {"type": "number", "exclusiveMinimum": 0}
    says, code = "the {name} must be a number above 0", "ND607"

    def fits(self, value: Any) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0


class CountKind(Kind):
    """A whole number above 0."""

    metavar, python, number = "NUMBER", "int", int
    form: Mapping[str, Any] = {"type": "integer", "minimum": 1}
    says, code = "{name} is a whole number above 0", "ND652"

    def fits(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1 << 20


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

    metavar, several, offers = "FILE", True, "files"
    python = "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"
    form: Mapping[str, Any] = {"anyOf": [Kind.form, {"type": "array", "items": Kind.form}]}

    def read(self, value: Any, name: str) -> Any:
        from ..font_option import read_fonts  # late: start-up time

        return read_fonts(value)

    def told(self, value: Any) -> Any:
        files = [value] if isinstance(value, str | os.PathLike) else list(value)
        return [os.path.basename(os.fspath(file)) for file in files]
