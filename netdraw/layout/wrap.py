"""Breaks a text into lines by measured words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

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
        else:
            lines += _pieces(word, room, width)
    return lines


def balanced(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """As `wrap`; but where the last line would hold less than a quarter, all lines share the text evenly."""
    lines = wrap(text, room, width)
    if len(lines) < 2 or width(lines[-1]) >= room / 4:
        return lines
    return wrap(text, _least(room, len(lines), lambda least: len(wrap(text, least, width))), width)


def even(widths: Sequence[float], gap: float, room: float) -> list[int]:
    """How many things of those widths stand on each line; where the last would hold less than a quarter, all share."""
    lines = filled(widths, gap, room)
    if len(lines) > 1 and sum(widths[-lines[-1] :]) + gap * (lines[-1] - 1) < room / 4:
        return filled(widths, gap, _least(room, len(lines), lambda least: len(filled(widths, gap, least))))
    return lines


def filled(widths: Sequence[float], gap: float, room: float) -> list[int]:
    """How many stand on each line that is filled as far as it goes."""
    lines: list[int] = []
    x = room
    for wide in widths:
        if lines and x + gap + wide <= room:
            lines[-1] += 1
            x += gap + wide
        else:
            lines.append(1)
            x = wide
    return lines


def _least(room: float, count: int, lines: Callable[[float], int]) -> float:
    """About the least room that gives no more than `count` lines."""
    narrow, wide = room / count, room
    for _ in range(8):
        middle = (narrow + wide) / 2
        if lines(middle) > count:
            narrow = middle
        else:
            wide = middle
    return wide


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
