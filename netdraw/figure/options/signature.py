"""The signatures of functions that take the options of figures as keywords."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from .table import Option, options_of

Function = TypeVar("Function", bound=Callable[..., Any])


def takes(*things: str) -> Callable[[Function], Function]:
    """Shows the options of figures in the signature of a function that has them as `**keywords`."""

    def signed(function: Function) -> Function:
        known = inspect.signature(function)
        own = [one for one in known.parameters.values() if one.kind != inspect.Parameter.VAR_KEYWORD]
        more = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=row.default_of(things[0]),
                annotation=typed(row, things[0]),
            )
            for name, row in options_of(*things).items()
        ]
        function.__signature__ = known.replace(parameters=[*own, *more])  # type: ignore[attr-defined]
        return function

    return signed


def typed(row: Option, thing: str) -> str:
    """The type of an option's keyword."""
    return f"{row.takes.python} | None" if row.default_of(thing) is None else row.takes.python
