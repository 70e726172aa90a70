"""Words for broken YAML: what is wrong and what to write, in place of the parser's own terms.

Where it is plain what was meant, the text is mended without moving anything, so that the rest can be read.
"""

from __future__ import annotations

import re

from ...core.records import NamedTuple
from ..expressions.closures import ExprError
from ..expressions.parser import Parser
from .encoding import lines_of


class Problem(NamedTuple):
    """What the parser says: its words, line and column from 1, and where the part began that it was reading."""

    text: str
    line: int
    column: int
    context: tuple[int, int] | None


class Broken(NamedTuple):
    """A fault in plain words, its line and column, and the text without it where that is possible."""

    code: str
    message: str
    place: tuple[int, int]
    mended: str | None = None


_BARE = re.compile(r"(\s*(?:-\s+)*)([A-Za-z_][A-Za-z0-9_]*)\s*(?:#.*)?")
_PAIR = re.compile(r"(\s*)([A-Za-z_][A-Za-z0-9_]*\s*:(?:\s.*)?)")
_TIGHT = re.compile(r"(\s*(?:-\s+)*)([A-Za-z_][A-Za-z0-9_]*):([^\s:/].*)")
_STARTS = re.compile(r"(?:: |, |- |[{\[])\s*")


def explain(text: str, problem: Problem) -> Broken:
    """The fault that a syntax error is, in plain words."""
    lines = lines_of(text)
    for rule in (_tab, _no_space, _bare_name, _brackets):
        if found := rule(lines, problem, text):
            return found
    return _plain_words(problem)


def _tab(lines: list[str], problem: Problem, text: str) -> Broken | None:
    line = lines[problem.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" not in indent:
        return None
    return Broken("ND102", "a tab indents this line; write spaces", (problem.line, indent.index("\t") + 1))


def _above(lines: list[str], number: int) -> int | None:
    """The number of the last line above that says something."""
    return next((above for above in range(number - 1, 0, -1) if lines[above - 1].strip()[:1] not in ("", "#")), None)


def _no_space(lines: list[str], problem: Problem, text: str) -> Broken | None:
    """`stride:2` on a line of its own."""
    if not problem.text.startswith(("mapping values are not allowed", "could not find expected ':'")):
        return None
    for number in (problem.context[0] if problem.context else None, _above(lines, problem.line), problem.line):
        if number and (found := _TIGHT.fullmatch(lines[number - 1])):
            name, value = found[2], found[3]
            message = f"a space is missing after the colon: write '{name}: {value.strip()}'"
            return Broken("ND111", message, (number, len(found[1]) + 1))
    return None


def _bare_name(lines: list[str], problem: Problem, text: str) -> Broken | None:
    """A line that is only a name, and under it a deeper `key: value`."""
    if not problem.text.startswith(("mapping values are not allowed", "expected <block end>")):
        return None
    number, pair = _above(lines, problem.line), _PAIR.fullmatch(lines[problem.line - 1])
    bare = _BARE.fullmatch(lines[number - 1]) if number else None
    if number is None or pair is None or bare is None:
        return None
    lead, name, indent = bare[1], bare[2], len(pair[1])
    if indent <= len(lead) - len(lead.lstrip()):
        return None
    deeper = indent > len(lead)
    also = "" if deeper else ", and indent these deeper than it"
    message = f"'{name}' needs a colon before keys that belong to it: write '{name}:'{also}, or '{name}: {{{pair[2]}}}'"
    end = len(lead) + len(name)
    mended = _replaced(text, lines, number, end, end, ":") if deeper else None
    return Broken("ND109", message, (number, len(lead) + 1), mended)


def _replaced(text: str, lines: list[str], number: int, start: int, end: int, new: str) -> str:
    """The text with a part of one line replaced; all its lines stay where they are."""
    line = lines[number - 1]
    changed = line[:start] + new + line[end:]
    return "\n".join([*lines[: number - 1], changed, *lines[number:]])


def _brackets(lines: list[str], problem: Problem, text: str) -> Broken | None:
    """An expression with square brackets, such as `w[0]` in braces, or `[1, 2][i]` anywhere."""
    if not problem.text.startswith(("expected ',' or", "expected <block end>", "expected the node content")):
        return None
    line = lines[problem.line - 1]
    for match in _STARTS.finditer(line, 0, problem.column):
        start = match.end()
        end = _end(line, start)
        expression = line[start:end].rstrip()
        if start < problem.column <= end and "[" in expression and _readable(expression):
            message = f'an expression with square brackets needs quotes here: write "{expression}"'
            stand_in = "1".ljust(end - start)
            mended = _replaced(text, lines, problem.line, start, end, stand_in)
            return Broken("ND110", message, (problem.line, start + 1), mended)
    return None


def _end(line: str, start: int) -> int:
    """Where the value that starts there ends: before a comma or a bracket that is not its own, or a comment."""
    depth = 0
    for place in range(start, len(line)):
        sign = line[place]
        if sign in "([":
            depth += 1
        elif depth == 0 and (sign in ",]}" or line.startswith(" #", place)):
            return place
        elif sign in ")]":
            depth -= 1
    return len(line)


def _readable(expression: str) -> bool:
    try:
        Parser(expression).whole()
    except ExprError:
        return False
    return True


_COLON = """a colon is not expected here: indent the keys of one map alike, put inner keys in braces
('Conv2d: {out_channels: 32}'), and a text with a colon in quotes""".replace("\n", " ")
_UNFIT = """this does not fit what began at PLACE: give the lines of one list or map the same indentation,
every item a '- ', every key a ': '""".replace("\n", " ")
_COMMA = "the 'SIGN' here is not closed by 'CLOSE', or a comma is missing, before PLACE"
_QUOTE = "the quote that opens here is never closed"
_OWN = "'*', '&', '>' and '|' at the start of a value are YAML's own: put the value in quotes"
_KEY = "this line is no 'key: value': a colon and a space are missing (in a list, the space after the dash)"
_SPACE = "a space is missing after this colon: write 'key: value'"
_WORDS: tuple[tuple[str, str, str, bool], ...] = (  # the parser's words, code, our words, at the start of the context
    ("mapping values are not allowed", "ND101", _COLON, False),
    ("expected <block end>", "ND101", _UNFIT, False),
    ("expected ',' or '}'", "ND101", _COMMA.replace("SIGN", "{").replace("CLOSE", "}"), True),
    ("expected ',' or ']'", "ND101", _COMMA.replace("SIGN", "[").replace("CLOSE", "]"), True),
    ("expected the node content", "ND101", "a value is missing here, or begins with a sign that needs quotes", False),
    ("found unexpected end of stream", "ND101", _QUOTE, True),
    ("found unexpected document separator", "ND101", _QUOTE, True),
    ("could not find expected ':'", "ND101", _KEY, True),
    ("found unexpected ':'", "ND111", _SPACE, False),
    ("found unknown escape", "ND101", "YAML does not know this backslash: write \\\\, or use single quotes", False),
    ("expected alphabetic or numeric", "ND101", _OWN, False),
    ("expected chomping or indentation", "ND101", _OWN, False),
    ("expected a comment or a line break", "ND101", _OWN, False),
    ("found undefined tag handle", "ND106", "a YAML tag ('!') is not allowed: remove it, or quote the value", False),
)


def _plain_words(problem: Problem) -> Broken:
    here = (problem.line, problem.column)
    if found := re.search(r"found character '(.*)' that cannot start", problem.text):
        return Broken("ND101", f"a value cannot begin with {found[1]}: put it in quotes", here)
    start = problem.context or here
    for words, code, message, at_start in _WORDS:
        if problem.text.startswith(words):
            line, column = here if at_start else start
            return Broken(code, message.replace("PLACE", f"line {line}, column {column}"), start if at_start else here)
    return Broken("ND101", f"this is not valid YAML: {problem.text}", here)
