"""Slips that YAML swallows between `{}` or `[]`: commas in an expression, and colons without a space."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.errors import Span
from .tree import NumberError, Scalar, Tree, resolve

Note = Callable[[str, str, Span], None]


def depth(text: str) -> int:
    """How many round brackets a text leaves open; below 0 where it closes more than it opens."""
    return text.count("(") - text.count(")")


def _plain(node: Tree) -> bool:
    return isinstance(node, Scalar) and not node.quoted


def rejoin(children: list[Any], mapping: bool, note: Note) -> list[Any]:
    """Puts together again the expressions that commas have cut, and notes that they need quotes.

    `{a: max(1, w)}` arrives as the value `max(1` and a key `w)` without a value. What cannot be put together
    becomes a 1, or is dropped where it is such a key.
    """
    step = 2 if mapping else 1
    found: list[Any] = []
    place = 0
    while place < len(children):
        *keys, value = children[place : place + step]
        place += step
        if mapping and _plain(keys[0]) and depth(keys[0].text):
            _say(keys[0].text, keys[0].span, note)
            continue
        if _plain(value) and depth(value.text):
            count, text = _whole(value.text, children[place:], step)
            place += count * step
            _say(text, value.span, note)
            value = Scalar(value=1 if depth(text) else text, text=text, quoted=False, span=value.span, lead=None)
        found += (*keys, value)
    return found


def _whole(text: str, rest: list[Any], step: int) -> tuple[int, str]:
    """How many of the following children belong to the expression, and its whole text.

    Where its brackets never match, keys without a value still belong to it: they make no sense of their own.
    """
    joined, taken = text, 0
    for count, place in enumerate(range(0, len(rest), step), 1):
        piece = rest[place]
        if not _plain(piece) or (step == 2 and not _missing(rest[place + 1])) or depth(joined) <= 0:
            break
        joined += f", {piece.text}"
        if depth(joined) == 0:
            return count, joined
        taken = count
    return (taken, text) if step == 2 else (0, text)


def _say(text: str, span: Span, note: Note) -> None:
    if depth(text):
        message = f"'{text}' has a bracket without its partner; an expression with a comma needs quotes in {{}} and []"
    else:
        message = f'an expression with a comma needs quotes in {{}} and []: write "{text}"'
    note("ND110", message, span)


def _missing(value: Tree) -> bool:
    return isinstance(value, Scalar) and not value.quoted and not value.text


def spaced(key: Scalar, value: Tree, note: Note) -> tuple[Scalar, Tree]:
    """`{a:3}` is a key `a:3` without a value: notes it, and gives the pair that was meant."""
    name, _, text = key.text.partition(":")
    if key.quoted or not name or not text or not _missing(value):
        return key, value
    note("ND111", f"a space is missing after the colon: write '{name}: {text}'", key.span)
    place = Span(key.span.path, key.span.line, key.span.column + len(name) + 1)
    try:
        meant = resolve(text)
    except NumberError:
        meant = 1
    word = Scalar(value=name, text=name, quoted=False, span=key.span)
    return word, Scalar(value=meant, text=text, quoted=False, span=place, lead=0)
