"""What a terminal needs: texts of others as lines that do no harm there, and the code of a run that it broke off."""

from __future__ import annotations

INTERRUPTED = 130
"""What a program that was interrupted exits with."""
LONGEST = 1000
"""A longer line is cut in its middle, so that what it says last is seen."""
_END = 300
"""How much of its end is kept."""
_KEPT = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200c\u200d\u202f\u205f\u3000"
"""Spaces, and what joins or parts letters: Python counts them as not printable, but they do no harm."""


def shown(text: str, longest: int = LONGEST) -> str:
    """A text as a line of its own: what is not printable, line breaks too, is written as in Python (`\\x1b`), and a
    text that is longer than so many characters is clipped.
    """
    if len(text) > longest:  # cut first: a large file may stand in a message
        end = min(_END, longest // 3)
        text = f"{text[: longest - end]} … {text[-end:]}"
    return text if text.isprintable() else "".join(map(_escaped, text))


def shown_lines(text: str) -> str:
    """A text of several lines, whose breaks are ours, with all else escaped."""
    if text.replace("\n", "").isprintable():
        return text
    return "\n".join(["".join(map(_escaped, line)) for line in text.split("\n")])


def _escaped(character: str) -> str:
    if character.isprintable() or character in _KEPT:
        return character
    return character.encode("unicode_escape").decode("ascii")
