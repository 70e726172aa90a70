"""The options of one figure, as they were given: checked, read, and made into a view and a medium."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from ..core.errors import Errors, Fault, did_you_mean
from ..core.lengths import read_height, read_width
from ..core.records import NamedTuple
from ..diagram.view import View
from ..styles.base import DEFAULT, STYLES
from ..type.typeface import OURS
from .medium import Medium
from .options.option import Option
from .options.table import CALLS, NETWORK, OPTIONS, options_of

Function = TypeVar("Function", bound=Callable[..., Any])


class Choice(NamedTuple):
    """The value of every option of some figures or tables, by name, None where there is none.

    `given` are those that differ from the default, as plain data for the figure's metadata.
    """

    things: tuple[str, ...]
    values: Mapping[str, Any]
    given: Mapping[str, Any]

    @property
    def view(self) -> View:
        """What the diagram shows."""
        rows, network = options_of(*self.things), options_of(*NETWORK)
        own = [name for name in rows if name in View._fields and rows[name] is network.get(name)]
        shown = {name: self.values[name] for name in own if self.values[name] is not None}
        every_bar = "bars" in rows and self.values["theme"].bars == "every"
        return View(**shown, every_bar=every_bar)

    @property
    def medium(self) -> Medium:
        """What the figure is drawn with and on; where no width is given, as wide as a screen."""
        values = self.values
        page = values["width"] or read_width("screen")
        height = values.get("height")
        return Medium(
            theme=values["theme"],
            page=page,
            fonts=values["font"] or OURS,
            language=values["lang"],
            style=STYLES[values.get("style", DEFAULT)],
            height=None if height is None else read_height(height, page),
            free=values["width"] is None,
        )


def read_options(things: tuple[str, ...], given: Mapping[str, Any], errors: Errors) -> Choice:
    """The options that these figures or tables have. All faults are kept in `errors`; a wrong value is the default."""
    rows = options_of(*things)
    errors.add(*[_unknown(name, rows) for name in given if name not in rows])
    values: dict[str, Any] = {}
    told: dict[str, Any] = {}
    for name, row in rows.items():
        default, values[name] = row.default_of(things[0]), None
        value = given.get(name, default)
        if value is None and default is None:
            continue
        with errors:
            values[name] = row.takes.read(value, name)
            if value != default:
                told[name] = row.takes.told(value)
    return Choice(things, values, told)


def choose(things: tuple[str, ...], given: Mapping[str, Any]) -> Choice:
    """As `read_options`, where nothing else can fail. Raises OptionError and SpecError with all faults in one."""
    errors = Errors()
    found = read_options(things, given, errors)
    errors.check()
    return found


def _unknown(name: str, rows: Mapping[str, Option]) -> Fault:
    """What to say of a keyword that is no option here: what has it, or the near miss."""
    calls = dict.fromkeys(CALLS[thing].call for row in OPTIONS if row.name == name for thing in row.of)
    hint = f"; it is one of {', '.join(calls)}" if calls else did_you_mean(name, rows)
    return Fault("ND620", f"unknown option '{name}'{hint}")


def takes(*things: str) -> Callable[[Function], Function]:
    """Shows the options of figures in the signature of a function that has them as `**keywords`."""

    def signed(function: Function) -> Function:
        known = inspect.signature(function)
        own = [one for one in known.parameters.values() if one.kind != inspect.Parameter.VAR_KEYWORD]
        keyword = partial(inspect.Parameter, kind=inspect.Parameter.KEYWORD_ONLY)
        for name, row in options_of(*things).items():
            own.append(keyword(name, default=row.default_of(things[0]), annotation=row.typed(things[0])))
        function.__signature__ = known.replace(parameters=own)  # type: ignore[attr-defined]
        return function

    return signed
