"""Reads the text of an expression into a closure, by recursive descent.

The parser is our own, so that what is accepted, and the column of a fault, are the same on every version of
Python. Its grammar and its results are Python's, for the part of Python that it accepts.
"""

import re
from collections.abc import Callable

from ...core.errors import did_you_mean
from ...core.records import NamedTuple
from . import closures, functions
from .closures import ExprError, Run, Step
from .functions import FUNCTIONS, CalcError

MAX_LENGTH = 1000
MAX_DEPTH = 32

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_.])"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|&&|\|\||[-+*/%<>()\[\],])"
    r"|(?P<end>\Z)|(?P<bad>.))",
    re.DOTALL,
)
WORDS = {"and", "or", "not", "if", "else", "in", "is", "for", "lambda"}
CONSTANTS: dict[str, object] = {"true": True, "True": True, "false": False, "False": False}
_COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
_INSTEAD = {
    "&&": "write 'and'",
    "||": "write 'or'",
    "!": "write 'not', or '!=' for unequal",
    "=": "write '==' to compare",
    "×": "write '*'",
    "·": "write '*'",
    "÷": "write '/'",
    "−": "write '-'",
    "^": "powers are not allowed, write them as products",
    "**": "powers are not allowed, write them as products",
    "'": "a text is not allowed in an expression; leave out the quotes around a word",
    '"': "a text is not allowed in an expression; leave out the quotes around a word",
    ".": "attributes are not allowed",
    "{": "braces are not allowed",
    "in": "compare with '=='",
    "is": "compare with '=='",
    "for": "loops are not allowed",
    "lambda": "functions cannot be defined here",
}


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        message = f"the expression has {len(text):,} characters; the limit is {MAX_LENGTH:,}: split it up with 'let'"
        raise ExprError("ND504", message, 0)
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "end"
        found.append(_Token(kind, match[kind], match.start(kind)))
        if kind == "bad":
            break
    return found


class Parser:
    """One expression by recursive descent; chains of one rank are flat, so that only nesting nests."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.skips = False
        self.depth = 0
        self.position = 0
        self.tokens: list[_Token] = []

    def whole(self) -> Run:
        self.tokens = _tokens(self.text)
        if self.now.kind == "end":
            raise ExprError("ND201", "the expression is empty", 0)
        run = self.condition()
        if self.now.kind != "end":
            raise self.surprise("an operator, or the end of the expression")
        return run

    @property
    def now(self) -> _Token:
        return self.tokens[self.position]

    def take(self, *texts: str) -> _Token | None:
        """Steps over the token if it is one of these signs or words."""
        token = self.tokens[self.position]
        if token.text in texts and token.kind != "end":
            self.position += 1
            return token
        return None

    def need(self, text: str, opened: _Token) -> None:
        if not self.take(text):
            if self.now.kind == "end":
                raise ExprError("ND201", f"the '{opened.text}' here is never closed by '{text}'", opened.offset)
            raise self.surprise(f"'{text}'")

    def surprise(self, expected: str) -> ExprError:
        """The error for the token at hand, where something else was expected."""
        token = self.now
        if token.text in _INSTEAD:
            message = f"'{token.text}' is not allowed in an expression: {_INSTEAD[token.text]}"
            return ExprError("ND202", message, token.offset)
        tail = _glued(self.text, token) if token.kind == "bad" else token.text
        early = f"'{_short(self.text)}' ends too early"
        where = early if token.kind == "end" else f"cannot be read at '{_short(tail)}'"
        return ExprError("ND201", f"the expression {where}: expected {expected}", token.offset)

    def nested(self, part: Callable[[], Run]) -> Run:
        """A part one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"the expression is nested deeper than {MAX_DEPTH} levels: split it up with 'let'"
            raise ExprError("ND504", message, self.now.offset)
        run = part()
        self.depth -= 1
        return run

    def condition(self) -> Run:
        value = self.alternatives()
        if not (sign := self.take("if")):
            return value
        self.skips, test = True, self.alternatives()
        if not self.take("else"):
            raise self.surprise("'else' and the other value")
        return closures.choice(test, value, self.nested(self.condition), sign.offset)

    def alternatives(self) -> Run:
        return self.logic("or", lambda: self.logic("and", self.negation))

    def logic(self, word: str, part: Callable[[], Run]) -> Run:
        parts = [part()]
        offset = self.now.offset
        while self.take(word):
            self.skips = True
            parts.append(part())
        return parts[0] if len(parts) == 1 else closures.logic(word, parts, offset)

    def negation(self) -> Run:
        if sign := self.take("not"):
            return closures.negation(self.nested(self.negation), sign.offset)
        return self.chain(_COMPARISONS, self.total, closures.comparisons)

    def total(self) -> Run:
        return self.chain({"+", "-"}, self.product, closures.arithmetic)

    def product(self) -> Run:
        return self.chain({"*", "/", "//", "%"}, self.signed, closures.arithmetic)

    def chain(self, signs: set[str], part: Callable[[], Run], build: Callable[[Run, list[Step]], Run]) -> Run:
        first = part()
        steps: list[Step] = []
        while sign := self.take(*signs):
            steps.append((sign.text, part(), sign.offset))
        self.skips |= build is closures.comparisons and len(steps) > 1
        return build(first, steps) if steps else first

    def signed(self) -> Run:
        if sign := self.take("-"):
            return closures.arithmetic(lambda scope: 0, [("-", self.nested(self.signed), sign.offset)])
        return self.item()

    def item(self) -> Run:
        run = self.atom()
        steps: list[tuple[Run, int]] = []
        while opened := self.take("["):
            steps.append((self.nested(self.condition), opened.offset))
            self.need("]", opened)
        if self.now.text == "(":
            raise ExprError("ND202", "only a function can be called: " + ", ".join(FUNCTIONS), self.now.offset)
        return closures.items(run, steps) if steps else run

    def atom(self) -> Run:
        token = self.now
        if token.kind == "number":
            self.position += 1
            return closures.constant(_number(token))
        if token.kind == "word" and token.text not in WORDS:
            self.position += 1
            return self.call(token) if self.now.text == "(" else self.name(token)
        if self.take("("):
            run = self.nested(self.condition)
            self.need(")", token)
            return run
        if self.take("["):
            return closures.sequence(self.values("]", token), token.offset)
        raise self.surprise("a number, a name, a list or '('")

    def name(self, token: _Token) -> Run:
        if token.text in CONSTANTS:
            return closures.constant(CONSTANTS[token.text])
        self.names.add(token.text)
        return closures.name(token.text, token.offset)

    def call(self, name: _Token) -> Run:
        function = FUNCTIONS.get(name.text)
        if function is None:
            tail = did_you_mean(name.text, FUNCTIONS)
            raise ExprError("ND204", f"unknown function '{name.text}'{tail}", name.offset)
        opened = self.now
        self.position += 1
        arguments = self.values(")", opened)
        count, least, most = len(arguments), function.least, function.most
        if count < least or (most is not None and count > most):
            wanted = "1 or more" if most is None else f"{least}" if most == least else f"{least} to {most}"
            raise ExprError("ND204", f"{name.text} takes {wanted} value(s), not {count}", name.offset)
        return closures.call(function.run, arguments, name.offset)

    def values(self, close: str, opened: _Token) -> list[Run]:
        """Values with commas between, up to the closing bracket."""
        if self.take(close):
            return []
        found = [self.nested(self.condition)]
        while self.take(","):
            found.append(self.nested(self.condition))
        self.need(close, opened)
        return found


def _number(token: _Token) -> functions.Number:
    try:
        value = int(token.text) if token.text.isdigit() and len(token.text) < 30 else float(token.text)
        return functions.bounded(value)
    except CalcError as error:
        message = f"the number {_short(token.text)} is too large; the limit is 10^18"
        raise ExprError(error.code, message, token.offset) from None


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:20] + "..."


def _glued(text: str, token: _Token) -> str:
    """The token with what stands on its right without a space: `3x`, not just `3`."""
    found = re.compile(r"[A-Za-z0-9_.]*").match(text, token.offset)
    return (found and found[0]) or token.text
