"""What a mark in a figure says of a change, in a few characters: `32 → 48`, `stride 1 → 2`, `ReLU → ReLU6`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.records import NamedTuple
from ...diagram.said.glossary import Glossary
from ...ops.base import Face
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
    other_op = any(edit.part == "op" for edit in row.edits)
    for edit in row.edits:
        if edit.part == "repeat" or (edit.part == "shape" and row.level != "input"):
            continue  # the first shows in the members, the other is told by bars
        if other_op and edit.part not in _SAID and None in edit.sides:
            continue  # an attribute that the other op has not
        mark = _mark(edit, words, faces)
        if mark.part == "out":
            # A depthwise convolution has as many groups as channels: the width is said once, and first.
            found = [mark, *(one for one in found if one != mark)]
        elif named and edit.part != "op":
            found.append(Mark(words.say("diff.part", what=row.what, how=mark.text)))
        else:
            found.append(mark)
    return tuple(found)


def _mark(edit: Edit, words: Glossary, faces: Faces | None) -> Mark:
    said = _SAID.get(edit.part)
    if said is not None:
        return Mark(said(edit, words))
    both = (text.value(edit.before), text.value(edit.after))
    if faces is not None and both == (faces[0].out, faces[1].out):
        return Mark(text.pair(edit), "out")
    if faces is not None and edit.field not in PARTS and both == (faces[0].size, faces[1].size):
        return Mark(text.pair(edit), "size")
    name = words.words.get(f"attr.{edit.field}", edit.field)
    return Mark(f"{name} {text.pair(edit, _brief)}", edit.field if edit.field in PARTS else "")


def _brief(item: Any) -> str:
    """A value; one that is the same on all axes once."""
    if isinstance(item, tuple) and len({text.value((one,)) for one in item}) == 1:
        return text.value(item[:1])
    return text.value(item)


def _renamed(edit: Edit, words: Glossary) -> str:
    """The old name and the new one: as much of the ids, from their ends, as tells them apart; a number is no name."""
    ids = [str(id).split(".") for id in (edit.before, edit.after)]
    for count in range(1, max(map(len, ids)) + 1):
        before, after = (id[-count:] for id in ids)
        if before != after and not (before[0].isdecimal() or after[0].isdecimal()):
            break
    return f"{'.'.join(before)}{text.ARROW}{'.'.join(after)}"


def _residual(edit: Edit, words: Glossary) -> str:
    """What the rules did, without the reasons, which stand in boxes, where that differs; rules are said as they are."""
    said = [
        done if isinstance(done, str) else words.say(f"diff.{done.done if done else 'none'}") for done in edit.sides
    ]
    if said[0] != said[1]:
        return text.ARROW.join(said)
    return said[0] if None in edit.sides else text.pair(edit, text.decided)


_SAID: dict[str, Callable[[Edit, Glossary], str]] = {
    "shape": lambda edit, words: text.pair(edit, text.shapes),
    "id": _renamed,
    "behind": lambda edit, words: words.say("diff.moved"),
    "inputs": lambda edit, words: words.say("diff.input"),
    "shares": lambda edit, words: words.say("diff.weights"),
    "residual": _residual,
    "activated": lambda edit, words: words.say(f"diff.activated.{edit.after}"),
    **dict.fromkeys(("op", "block", "title"), lambda edit, words: text.pair(edit)),
}
