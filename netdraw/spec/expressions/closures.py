"""How the parts of an expression run: each part is a closure from a scope to a value, built once.

Chains (`a + b - c`, `a or b or c`) run in a loop, so that only nesting nests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from ...core.errors import Span, did_you_mean
from . import functions
from .functions import FUNCTIONS, CalcError

T = TypeVar("T")


class Scope(Protocol):
    """Where an expression finds its names."""

    def lookup(self, name: str) -> object:
        """The value of a name; raises KeyError where there is none."""

    def names(self) -> Iterable[str]:
        """All names that `lookup` knows, for messages."""


class ExprError(CalcError):
    """An expression cannot be read or evaluated.

    `offset` is the place inside the expression; `span`, once it is known, the place in the file.
    """

    def __init__(self, code: str, message: str, offset: int) -> None:
        super().__init__(code, message)
        self.offset = offset
        self.span: Span | None = None


Run = Callable[[Scope], object]
Step = tuple[str, Run, int]
"""A sign, the part at its right, and the offset of the sign."""


def _at(offset: int, function: Callable[..., T], *values: Any) -> T:
    """What the function makes of values; where it cannot be computed, that is the fault of what stands there."""
    try:
        return function(*values)
    except CalcError as error:
        raise ExprError(error.code, error.message, offset) from None


def constant(value: object) -> Run:
    return lambda scope: value


def name(word: str, offset: int) -> Run:
    def run(scope: Scope) -> object:
        try:
            return scope.lookup(word)
        except KeyError:
            raise ExprError("ND203", _unknown(word, scope), offset) from None

    return run


def _unknown(word: str, scope: Scope) -> str:
    if word in FUNCTIONS:
        return f"'{word}' is a function: write {word}(...)"
    return f"unknown name '{word}'{did_you_mean(word, scope.names())}"


def arithmetic(first: Run, steps: list[Step]) -> Run:
    """`first + a - b`, from left to right."""

    def run(scope: Scope) -> object:
        value = first(scope)
        for sign, part, offset in steps:
            value = _at(offset, functions.arithmetic, sign, value, part(scope))
        return value

    return run


def comparisons(first: Run, steps: list[Step]) -> Run:
    """`first < a <= b`: every neighbouring pair must hold; it stops at the first that does not."""

    def run(scope: Scope) -> object:
        left = first(scope)
        for sign, part, offset in steps:
            right = part(scope)
            if not _at(offset, functions.compare, sign, left, right):
                return False
            left = right
        return True

    return run


def logic(word: str, parts: list[Run], offset: int) -> Run:
    """`a or b or c`: the first value that settles it, else the last, as in Python."""
    settles = word == "or"

    def run(scope: Scope) -> object:
        value: object = None
        for part in parts:
            value = part(scope)
            if _at(offset, functions.truth, value, f"'{word}'") is settles:
                break
        return value

    return run


def negation(part: Run, offset: int) -> Run:
    return lambda scope: not _at(offset, functions.truth, part(scope), "'not'")


def choice(test: Run, yes: Run, no: Run, offset: int) -> Run:
    return lambda scope: yes(scope) if _at(offset, functions.truth, test(scope), "'if'") else no(scope)


def sequence(parts: list[Run], offset: int) -> Run:
    return lambda scope: _at(offset, functions.listed, tuple([part(scope) for part in parts]))


def items(first: Run, steps: list[tuple[Run, int]]) -> Run:
    """`first[a][b]`."""

    def run(scope: Scope) -> object:
        value = first(scope)
        for part, offset in steps:
            value = _at(offset, functions.item, value, part(scope))
        return value

    return run


def call(function: Callable[[list[object]], functions.Number], arguments: list[Run], offset: int) -> Run:
    """`function(a, b)`."""
    return lambda scope: _at(offset, functions.called, function, [part(scope) for part in arguments])
