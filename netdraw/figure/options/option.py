"""What is said of an option in its row, and where it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.records import NamedTuple
from .kinds import Kind


class Maker(NamedTuple):
    """Where something is made: the function, and the command with a source or two for an example."""

    call: str
    command: str
    source: str


class Option(NamedTuple):
    """One option: `of` is what has it, `group` the head that it stands under in the help, `example` is for the shell.

    `flag` is its name on the command line where that is another; `defaults` are those of figures that have their own.
    One that is `written` concerns only formats that name it in what they take.
    """

    name: str
    takes: Kind
    default: Any
    of: tuple[str, ...]
    group: str
    doc: str
    example: str = ""
    flag: str = ""
    defaults: Mapping[str, Any] = {}
    written: bool = False

    @property
    def words(self) -> str:
        """Its name on the command line."""
        return self.flag or self.name.replace("_", "-")

    def default_of(self, thing: str) -> Any:
        """What holds where it is not given."""
        return self.defaults.get(thing, self.default)

    def shown(self, thing: str) -> str:
        """The default as one would write it; "" where there is none, or it is a switch."""
        default = self.default_of(thing)
        if default is None or isinstance(default, bool | tuple):
            return ""
        return f"{default:g}" if isinstance(default, float) else f"{default}"

    def typed(self, thing: str) -> str:
        """The type of its keyword."""
        return f"{self.takes.python} | None" if self.default_of(thing) is None else self.takes.python
