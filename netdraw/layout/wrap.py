"""Breaks a text into lines by measured words."""

from __future__ import annotations

from collections.abc import Callable


def wrap(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The lines of a text, each at most `room` wide; a word that is wider alone is cut where it must be."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined) <= room:
            lines[-1] = joined
            continue
        pieces = _pieces(word, room, width)
        lines.extend(pieces)
    return lines


def _pieces(word: str, room: float, width: Callable[[str], float]) -> list[str]:
    if width(word) <= room:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
