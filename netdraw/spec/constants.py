"""Values that are the same whatever the names in scope hold: a wrong one is a fault even where it is never used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..core.errors import Faults
from ..core.records import NamedTuple
from ..ops import OpDef
from ..ops.base import RuleError
from ..ops.rules import read
from .expressions.expr import ExprError, MapScope
from .keywords import SCOPE_WORDS, is_snake_case
from .model import POISON, Arg, Const, Formula, LetterMap, ListValue, OpValue, Value

ALIKE = 0.8
"""The ratio, as difflib has it, from which one word is a slip of the pen for another."""
Scope = tuple[set[str], ...]
"""The names that a value can see, innermost first; a set may grow until the whole file is read."""


class AnyName(set[str]):
    """The names of a scope that is not known while the file is read: any that a param may have."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and is_snake_case(name)


class Use(NamedTuple):
    """An op or block that was read, with its arguments and the names that these can see.

    `whole` where it has all the arguments that it will get: one that a param holds gets more where it is called.
    """

    value: OpValue
    scope: Scope
    whole: bool = False


class VariesError(Exception):
    """A value that depends on where it is read."""


def check_constant(op: OpDef, arg: Arg, scope: Scope, faults: Faults) -> None:
    """Notes a constant argument that its attribute does not take."""
    attr = op.attr(arg.name) if arg.name else next(iter(op.attrs), None)
    if attr is None:
        return
    try:
        read(op, attr, _constant(arg.value, scope, attr.kind.words), arg.name)
    except RuleError as error:
        told = slip(arg.value.text, (*visible(scope), *SCOPE_WORDS)) if isinstance(arg.value, Formula) else ""
        faults.add("ND203" if told else error.code, told or error.message, arg.value.span)
    except (VariesError, ExprError):
        pass


@lru_cache(maxsize=256)
def slip(word: str, names: tuple[str, ...]) -> str:
    """The message for a word that no scope has where it is all but one of its names; else empty."""
    alike = [name for name in names if sum(map(word.count, {*name})) >= ALIKE * (len(word) + len(name)) / 2]
    if not alike or len(word) <= 3 or not word.islower():
        return ""  # most words: `same`
    from difflib import get_close_matches  # late: start-up time

    close = get_close_matches(word, sorted(alike), n=1, cutoff=ALIKE)
    return f"unknown name '{word}'; did you mean '{close[0]}'?" if close else ""


def in_scope(name: str, scope: Scope) -> bool:
    """Whether a name may have a value."""
    return name in SCOPE_WORDS or any(name in names for names in scope)


def visible(scope: Scope) -> list[str]:
    """The names in scope that are known, sorted."""
    return sorted(set[str]().union(*scope))


def ops_in(value: Value) -> Iterator[OpValue]:
    """The ops and blocks that stand in a value, those in their arguments, too."""
    inner: tuple[Value, ...] = ()
    if isinstance(value, OpValue):
        yield value
        inner = tuple(arg.value for arg in value.args)
    elif isinstance(value, ListValue):
        inner = value.items
    elif isinstance(value, LetterMap):
        inner = tuple(item for _, item in value.items)
    for item in inner:
        yield from ops_in(item)


def _constant(value: Value, scope: Scope, words: frozenset[str]) -> Any:
    """What a value is in every run; raises VariesError where it depends on a name, or could not be read."""
    if isinstance(value, ListValue):
        return [_constant(item, scope, words) for item in value.items]
    if isinstance(value, LetterMap):
        return {letter: _constant(item, scope, words) for letter, item in value.items}
    if isinstance(value, OpValue):
        return value.name
    if isinstance(value, Const):
        if value.value is POISON:
            raise VariesError
        return value.value
    if value.text in words or (value.expr.names == {value.text} and not in_scope(value.text, scope)):
        return value.text
    if value.expr.names:
        raise VariesError
    nothing: Mapping[str, object] = {}
    return value.expr.evaluate(MapScope(nothing))
