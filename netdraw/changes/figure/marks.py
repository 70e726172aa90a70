"""What a mark in a figure says of a change, in a few characters: `32 → 48`, `stride 1 → 2`, `ReLU → ReLU6`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.records import NamedTuple
from ...diagram.said.glossary import Glossary
from ...ops.base import Face
from ...tables.summary.report import DECISIONS
from ..model import Change, Edit
from ..tables import sentences as text


class Mark(NamedTuple):
    """One text, and the field of the cell's face that it says, so that the label need not: `out`, `stride`."""

    text: str
    part: str = ""


PARTS = ("stride", "dilation")
"""Attributes that a label shows in a field of their name."""
Faces = tuple[Face, Face]


def marks_of(row: Change, words: Glossary, faces: Faces | None = None, named: bool = False) -> tuple[Mark, ...]:
    """What was done to a layer, group, input or output, without what follows from it.

    `faces` are those of its cell before and after, if it gives the cell its face; where `named` its op is said, too.
    """
    found: list[Mark] = []
    other_op = any(edit.field == "op" for edit in row.edits)
    for edit in row.edits:
        if edit.field == "repeat" or (edit.field == "shape" and row.level != "input"):
            continue  # the first shows in the members, the other is told by bars
        if other_op and edit.field not in _SAID and None in edit.sides:
            continue  # an attribute that the other op has not
        mark = _mark(edit, words, faces)
        if mark.part == "out":
            # A depthwise convolution has as many groups as channels: the width is said once, and first.
            found = [mark, *(one for one in found if one != mark)]
        elif named and edit.field != "op":
            found.append(Mark(words.say("diff.part", what=row.what, how=mark.text)))
        else:
            found.append(mark)
    return tuple(found)


def _mark(edit: Edit, words: Glossary, faces: Faces | None) -> Mark:
    said = _SAID.get(edit.field)
    if said is not None:
        return Mark(said(edit, words))
    both = (text.value(edit.before), text.value(edit.after))
    if faces is not None and both == (faces[0].out, faces[1].out):
        return Mark(text.ARROW.join(both), "out")
    if faces is not None and edit.field not in PARTS and both == (faces[0].size, faces[1].size):
        return Mark(text.ARROW.join(both), "size")
    name = words.words.get(f"attr.{edit.field}", edit.field)
    return Mark(f"{name} {_pair(*map(_brief, edit.sides))}", edit.field if edit.field in PARTS else "")


def _pair(before: str, after: str) -> str:
    return f"{before}{text.ARROW}{after}"


def _brief(item: Any) -> str:
    """A value; one that is the same on all axes once."""
    if isinstance(item, tuple) and len({text.value((one,)) for one in item}) == 1:
        return text.value(item[:1])
    return text.value(item)


def _plainly(edit: Edit, words: Glossary) -> str:
    return _pair(text.value(edit.before), text.value(edit.after))


def _shape(edit: Edit, words: Glossary) -> str:
    return _pair(text.shapes(edit.before), text.shapes(edit.after))


def _renamed(edit: Edit, words: Glossary) -> str:
    """The old name and the new one: as much of the ids, from their ends, as tells them apart; a number is no name."""
    ids = [str(id).split(".") for id in (edit.before, edit.after)]
    for count in range(1, max(map(len, ids)) + 1):
        before, after = (id[-count:] for id in ids)
        if before != after and not (before[0].isdecimal() or after[0].isdecimal()):
            break
    return _pair(".".join(before), ".".join(after))


def _residual(edit: Edit, words: Glossary) -> str:
    before, after = (_decided(one, words) for one in edit.sides)
    if before != after:
        return _pair(before, after)
    return before if None in edit.sides else _plainly(edit, words)


def _decided(done: Any, words: Glossary) -> str:
    """What a residual rule did, without the reason, which stands in its box; a rule is said as it is."""
    keys = {said: key for key, said in DECISIONS.items()}
    if done is None or str(done).startswith("no add"):
        return words.say("diff.none")
    return words.say(f"diff.{keys[done]}") if done in keys else str(done)


_SAID: dict[str, Callable[[Edit, Glossary], str]] = {
    "shape": _shape,
    "id": _renamed,
    "behind": lambda edit, words: words.say("diff.moved"),
    "inputs": lambda edit, words: words.say("diff.input"),
    "shares": lambda edit, words: words.say("diff.weights"),
    "residual": _residual,
    "op": _plainly,
    "block": _plainly,
    "title": _plainly,
}
