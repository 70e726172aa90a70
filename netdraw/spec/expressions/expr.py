"""Expressions: numbers, lists, names, arithmetic, comparisons, conditions and a few functions; nothing else.

A text is read once into closures and can then be evaluated often. The parser is our own, so that what is
accepted, and the column of a fault, are the same on every version of Python.
"""

import re
from collections.abc import Iterable, Mapping

from ...core.errors import Faults, Span
from ...core.records import NamedTuple
from . import closures
from .closures import ExprError, Run, Scope
from .parser import CONSTANTS, MAX_DEPTH, MAX_LENGTH, WORDS, Parser

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "Expr", "ExprError", "MapScope", "Scope", "compile", "is_bare_word"]


class MapScope(NamedTuple):
    """The scope that a mapping gives."""

    values: Mapping[str, object]

    def lookup(self, name: str) -> object:
        return self.values[name]

    def names(self) -> Iterable[str]:
        return self.values


class Expr(NamedTuple):
    """An expression that was read: its text, the place of it, the names it looks up; it `skips` where some of these may
    not be asked for, as in a branch that is not taken.
    """

    text: str
    span: Span
    lead: int | None
    names: frozenset[str]
    run: Run
    skips: bool = False

    def place(self, name: str) -> Span:
        """Where a name first stands in it."""
        found = re.search(rf"\b{name}\b", self.text)
        return _place(self.span, self.lead, found.start() if found else 0)

    def evaluate(self, scope: Scope) -> object:
        """Its value; raises ExprError, with the span of the part that failed."""
        try:
            return self.run(scope)
        except ExprError as error:
            if error.span is None:  # else it comes from another expression, which `lookup` evaluated
                error.span = _place(self.span, self.lead, error.offset)
            raise


def compile(text: str, span: Span, faults: Faults, lead: int | None = 0) -> Expr | None:
    """Reads an expression; None, with a fault, where it cannot be read.

    `lead` is the number of characters between `span` and the text (1 for a quote), None where the text is not
    on one line as written; see `Scalar.lead`.
    """
    if is_bare_word(text):  # most are
        return Expr(text=text, span=span, lead=lead, names=frozenset((text,)), run=closures.name(text, 0))
    parser = Parser(text)
    try:
        run = parser.whole()
    except ExprError as error:
        faults.add(error.code, error.message, _place(span, lead, error.offset))
        return None
    return Expr(text=text, span=span, lead=lead, names=frozenset(parser.names), run=run, skips=parser.skips)


def is_bare_word(text: str) -> bool:
    """Whether the text is one name, such as `same`, `width` or `ReLU6`, and no word of the language."""
    return text.isascii() and text.isidentifier() and text not in WORDS and text not in CONSTANTS


def _place(span: Span, lead: int | None, offset: int) -> Span:
    return span if lead is None else Span(span.path, span.line, span.column + lead + offset)
