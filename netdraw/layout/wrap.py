"""Breaks a text into lines by measured words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_PIECE = r"(?:[^\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff])[\u3001\u3002\uff00-\uffef]*"
"""What stays together: a run without Chinese, or a Chinese character; with the punctuation behind."""


def wrap(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The lines of a text, each at most `room` wide; a word that is wider alone is cut where it must be.

    Chinese may break between any two characters, but not before its punctuation.
    """
    lines: list[str] = []
    for space, word in _words(text):
        joined = f"{lines[-1]}{space}{word}" if lines else word
        if lines and width(joined) <= room:
            lines[-1] = joined
            continue
        pieces = _pieces(word, room, width)
        lines.extend(pieces)
    return lines


def balanced(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """As `wrap`; but where the last line would hold less than a quarter, all lines share the text evenly."""
    lines = wrap(text, room, width)
    if len(lines) < 2 or width(lines[-1]) >= room / 4:
        return lines
    narrow, wide = room / len(lines), room
    for _ in range(8):
        middle = (narrow + wide) / 2
        if len(wrap(text, middle, width)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return wrap(text, wide, width)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """What may stand on a line of its own, behind the space that is before it on the same line."""
    for word in text.split():
        pieces = [word] if word.isascii() else re.findall(_PIECE, word) or [word]
        for number, piece in enumerate(pieces):
            yield ("" if number else " "), piece


def _pieces(word: str, room: float, width: Callable[[str], float]) -> list[str]:
    if width(word) <= room:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
