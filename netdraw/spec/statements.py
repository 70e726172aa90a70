"""Values that are kept as they are written, until the op that they are stated of knows its input."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..core.records import NamedTuple
from ..ops.base import RuleError
from ..ops.kinds import Stated
from ..ops.rules import plain
from ..ops.stated import COST_SCOPE, OUT_SHAPES
from .expressions.expr import ExprError
from .model import Const, Formula, LetterMap, ListValue, OpValue, Value


class _Scope(NamedTuple):
    """The names of an expression: those with values, and all that are `known` where it stands, for messages."""

    values: Mapping[str, Any]
    known: tuple[str, ...]

    def lookup(self, name: str) -> object:
        if name not in self.values and name in COST_SCOPE:
            side, _, axis = name.partition("_")
            lack = f"the {'input' if side == 'in' else 'output'} of this layer has no {axis}"
            if side == "out" and OUT_SHAPES not in self.values:
                lack = "only params and macs see the output"
            raise ExprError("ND210", f"{name}: {lack}", 0)
        return self.values[name]

    def names(self) -> Iterable[str]:
        return dict.fromkeys((*self.known, *self.values))


def state(value: Value, around: Mapping[str, Any], known: Iterable[str], attr: str) -> Stated:
    """A value as it is written, stated of the attribute `attr`.

    `around` are the values of the names in it that do not depend on the op; `known` are all names that it could use.
    """
    text, names = value_text(value), tuple(known)

    def run(scope: Mapping[str, Any]) -> Any:
        try:
            return evaluate(value, _Scope({**scope, **around}, names))
        except ExprError as error:
            raise RuleError(error.code, error.message, attr, error.span) from None

    return Stated.of(_put_in(text, around), text, run)


def evaluate(value: Value, scope: _Scope) -> Any:
    """A value with the names of a scope; lists and maps part by part. Raises ExprError."""
    if isinstance(value, Formula):
        return value.expr.evaluate(scope)
    if isinstance(value, ListValue):
        return [evaluate(item, scope) for item in value.items]
    if isinstance(value, LetterMap):
        return {name: evaluate(item, scope) for name, item in value.items}
    return value.value if isinstance(value, Const) else value.name


def formulas(value: Value) -> Iterator[Formula]:
    """All expressions in a value."""
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, ListValue):
        for item in value.items:
            yield from formulas(item)
    elif isinstance(value, LetterMap):
        for _, item in value.items:
            yield from formulas(item)


def _put_in(text: str, values: Mapping[str, Any]) -> str:
    """A text with values for names; what is called as a function is none."""
    if not values:
        return text
    names = "|".join(map(re.escape, values))
    return re.sub(rf"(?<![\w.])({names})\b(?!\s*\()", lambda match: plain(values[match[0]]), text)


def value_text(value: Value) -> str:
    """A value as it is written in a spec."""
    if isinstance(value, Const):
        return value.value if isinstance(value.value, str) else plain(value.value)
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, ListValue):
        return f"[{', '.join(map(value_text, value.items))}]"
    if isinstance(value, LetterMap):
        return f"{{{', '.join(f'{name}: {value_text(item)}' for name, item in value.items)}}}"
    return _op_text(value)


def _op_text(value: OpValue) -> str:
    args = [f"{arg.name}: {value_text(arg.value)}" if arg.name else value_text(arg.value) for arg in value.args]
    if not args:
        return value.name
    return f"{{{value.name}: {args[0]}}}" if not value.args[0].name else f"{{{value.name}: {{{', '.join(args)}}}}}"
