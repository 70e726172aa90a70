"""A diff for the terminal: totals, then a line for each change, its numbers in columns at the end."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.terminal import shown, shown_lines
from ...tables.summary.text import GAP, aligned
from ..model import SIGNS, Diff
from . import sentences
from .base import DIFFS, Format
from .entries import Entry, effects, entries

ROOM = 64
"""How wide the column of what changed may be; a longer text goes on in the next line."""


def write(diff: Diff, all: bool) -> str:
    """Head, totals, counts, and the lines."""
    head = [shown(sentences.title(diff)), f"input {sentences.inputs(diff)}"]
    if diff.same and not all:
        return shown_lines("\n".join([*head, "", sentences.same(diff), ""]))
    lines = [*head, "", *_totals(diff), "", sentences.counts(diff) or sentences.same(diff), ""]
    listed = entries(diff, all)
    results = [] if all else effects(diff)
    lines += _table([*listed, *results], len(listed))
    if any(entry.bracketed for entry in listed):
        lines += ["", "Numbers in brackets are those of a group; the lines of its layers have them, too."]
    return shown_lines("\n".join([*lines, ""]))


def _totals(diff: Diff) -> list[str]:
    rows = [["", "before", "after", "Δ", ""], *sentences.totals(diff)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [aligned(row, widths, 1) for row in rows]


def _table(rows: Sequence[Entry], shown: int) -> list[str]:
    """The lines of changes, and under a gap those of what follows from them."""
    if not rows:
        return []
    # Digits stand under digits where other numbers are in brackets.
    numbers = [[text if text[-1] == ")" else f"{text} " for text in entry.numbers] for entry in rows]
    cells = [(entry, _wrapped(entry.text), own) for entry, own in zip(rows, numbers, strict=True)]
    id_width = max(len(entry.id) for entry in rows)
    room = max(len(line) for _, lines, _ in cells for line in lines)
    heads = ("Δ params", "Δ MACs")
    widths = [max(map(len, column)) for column in zip(heads, *numbers, strict=True)]

    def line(sign: str, id: str, text: str, numbers: Sequence[str]) -> str:
        ends = [cell.rjust(width) for cell, width in zip(numbers, widths, strict=True)]
        return GAP.join([f"{sign} {id.ljust(id_width)}", text.ljust(room), *ends]).rstrip()

    lines = [line(" ", "", "", heads)]
    for number, (entry, texts, own) in enumerate(cells):
        lines += [""] if number == shown and shown else []
        lines.append(line(SIGNS[entry.kind], entry.id, texts[0], own))
        lines += [line(" ", "", text, ("", "")) for text in texts[1:]]
    return lines


def _wrapped(text: str) -> list[str]:
    """A text in lines that are broken behind commas."""
    lines = [""]
    for part in text.split(", "):
        joined = f"{lines[-1]}, {part}" if lines[-1] else part
        if lines[-1] and len(joined) > ROOM:
            lines[-1] += ","
            lines.append(part)
        else:
            lines[-1] = joined
    return lines


DIFFS.add("text", Format("text", (".txt",), write))
