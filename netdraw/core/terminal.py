"""What a terminal needs: texts of others as lines that do no harm there, and the code of a run that it broke off."""

from __future__ import annotations

INTERRUPTED = 130
"""What a program that was interrupted exits with."""
LONGEST = 1000
"""How many characters a line has at most; what it says last is seen, too."""
_END = 300
"""So many of them are its end, where a line is clipped."""
_KEPT = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200c\u200d\u202f\u205f\u3000"
"""Spaces, and what joins or parts letters: Python counts them as not printable, but they do no harm."""


def shown(text: str, longest: int = LONGEST) -> str:
    """A text as a line of its own, clipped; what is not printable, or breaks it, is escaped as in Python (`\\x1b`)."""
    text = clipped(text, longest)  # first: a large file may stand in a message
    return text if text.isprintable() else "".join(map(_escaped, text))


def clipped(text: str, longest: int) -> str:
    """A text without its middle where it has more characters than that."""
    if len(text) <= longest:
        return text
    end = min(_END, longest // 3)
    return f"{text[: longest - end]} … {text[-end:]}"


def shown_lines(text: str) -> str:
    """A text of several lines, whose breaks are ours, with all else escaped."""
    if text.replace("\n", "").isprintable():
        return text
    return "\n".join(["".join(map(_escaped, line)) for line in text.split("\n")])


def _escaped(character: str) -> str:
    """What shows a character without doing what it does."""
    if character.isprintable() or character in _KEPT:
        return character
    return character.encode("unicode_escape").decode("ascii")
