"""What somebody means who writes the name of another tool, or makes a slip of the pen; read only where a fault is told.

A name is answered by what it surely is: our own with other capitals, an op by its name elsewhere, a word of ours, what
another tool has and netdraw has not. Only then is it taken for a misspelt one of these, at most two letters away and
with the same digits: LayerNorm is no L2Norm, and Conv1d no Conv2d.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ...core.errors import near_miss, within_reach
from ...core.records import NamedTuple
from ...ops import OPS
from ..expressions.functions import FUNCTIONS
from ..keywords import RULES
from .foreign import ATTRIBUTES, BATCH, LAYERS, MISSING, NEUTRAL, NOTHING, WRITTEN

_PREFIX = re.compile(r"(?:[A-Za-z_]\w*\.)+")
_RANK = re.compile(r"[123]d$")
_CALL = re.compile(r"((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)\s*(?:\((.*)\))?")


def fold(name: str) -> str:
    """A name without its module, capitals and underlines: what `tf.nn.max_pool2d` and `MaxPool2D` have in common."""
    return _PREFIX.sub("", name).replace("_", "").lower()


def meant(word: str, known: Iterable[str], near: Iterable[str] = (), is_value: bool = False) -> str:
    """The tail of a message on a word that is no op or block; empty where nobody can tell what is meant.

    `known` are the ops and blocks that can be called, `near` other names that could stand in this place.
    """
    names, folded = _folded(tuple(known)), fold(word)
    if is_value and folded in NOTHING:
        return "; write none for no layer"
    found = names.own.get(folded) or _elsewhere(folded, names)
    if found:
        return f"; did you mean {_either(found)}?"
    told = _foreign(folded) or (is_value and _value(folded))
    if told:
        return told
    close = near_miss(word, near)
    return f"; did you mean '{close}'?" if close else _slip(folded, names) or _part(folded, names)


def op_meant(word: str, known: Iterable[str], near: Iterable[str] = (), is_value: bool = False) -> str:
    """The same for what can only be an op or block: where no slip explains it, how one that is missing is stated."""
    stated = "; where netdraw lacks an op, state its shape by Opaque: {out: [64, 32, 32]}"
    return meant(word, known, near, is_value) or stated


def small(word: str) -> str:
    """The tail of a message on a word in small letters that is the name of an op, here or elsewhere; else empty."""
    found = _ops(fold(word))
    return f"; did you mean {_either(found)}?" if found else ""


def attribute_meant(word: str, names: Iterable[str]) -> str | None:
    """The attribute of ours, one of `names`, that the word is in another tool; None where it is none."""
    folded = word.lower()
    return next((name for name in names if folded in ATTRIBUTES.get(name, "").split()), None)


def attribute_absent(word: str) -> str:
    """The tail of a message on an attribute of another tool that has no counterpart in this place; else empty."""
    folded = word.lower()
    if folded in NEUTRAL.split():
        return "; it changes neither shape nor cost, leave it out"
    if folded in BATCH:
        return "; shapes have no batch here, and all values are given, the last states as h_n: leave it out"
    told = [f"; {said}" for name, said in LAYERS.items() if folded == name or folded in ATTRIBUTES[name].split()]
    return told[0] if told else ""


def as_written(text: str) -> str | None:
    """How a text that calls or qualifies an op as Python does, `nn.LeakyReLU(0.1)`, is written; None for any other.

    A function of expressions, such as `max`, is none.
    """
    match = _CALL.fullmatch(text.strip())
    if match is None or (match[2] is None and "." not in text) or match[1] in FUNCTIONS:
        return None
    own = _ops(fold(match[1]))
    name = own[0] if own else _PREFIX.sub("", match[1])
    if not (own or name[0].isupper()):
        return None
    parts = [part.strip() for part in (match[2] or "").split(",") if part.strip()]
    if len(parts) == 1 and "=" not in parts[0]:
        return f"{{{name}: {parts[0]}}}"
    if not all("=" in part for part in parts):
        return f"{{{name}: {{…}}}} with the attributes by name"
    op = OPS.get(name)
    pairs = [tuple(map(str.strip, part.split("=", 1))) for part in parts]
    kept = [f"{key}: {value}" for key, value in pairs if op is None or op.attr(key)]
    return f"{{{name}: {{{', '.join(kept)}}}}}" if kept else name


class _Folded(NamedTuple):
    """Names by what they have in common: as `fold` has it, and without their rank, `MaxPool`."""

    own: Mapping[str, list[str]]
    ranks: Mapping[str, list[str]]


@lru_cache(maxsize=4)
def _folded(names: tuple[str, ...]) -> _Folded:
    """Made once for all faults of a text, which may have thousands of both."""
    own: dict[str, list[str]] = {}
    ranks: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        own.setdefault(fold(name), []).append(name)
        ranks.setdefault(_RANK.sub("", fold(name)), []).append(name)
    return _Folded(own, ranks)


def _ops(folded: str) -> list[str]:
    """The ops of this name, or that have it in another tool."""
    return _folded(tuple(OPS.names())).own.get(folded) or _elsewhere(folded, _folded(()))


def _elsewhere(folded: str, names: _Folded) -> list[str]:
    """The ops that have this name in another tool, and those whose name it is but for the rank: `MaxPool`."""
    return sorted({*_theirs(tuple(OPS.names())).get(folded, ()), *names.ranks.get(folded, ())})


@lru_cache(4)
def _theirs(ops: tuple[str, ...]) -> Mapping[str, list[str]]:
    """By the folded names that ops have in other tools, these ops."""
    found: dict[str, list[str]] = {}
    for op in ops:
        for name in (name for names in OPS[op].names.values() for name in names):
            found.setdefault(fold(name), []).append(op)
    return found


@lru_cache(1)
def _missing() -> frozenset[str]:
    """The folded names that stand for what is written in another way here, or is missing."""
    return frozenset([fold(name) for text in (*MISSING.values(), *WRITTEN.values()) for name in text.split()])


def _either(names: list[str]) -> str:
    """`'Add' or 'Mul'`."""
    quoted = [f"'{name}'" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]


def _value(folded: str) -> str:
    """A word that the attribute of some op takes, or `residual`: `SAME` is `same`, `VALID` is 0."""
    if folded in RULES:
        return f"; the residual rule is written {folded}"
    for op in map(OPS.__getitem__, OPS.names()):
        for attr in op.attrs:
            found = attr.kind.meant(folded)
            if found is not None:
                return f"; write {found}"
    return ""


def _foreign(folded: str) -> str:
    """What another tool has: what is written here for it, or that it is missing."""
    for written, names in WRITTEN.items():
        if folded in map(fold, names.split()):
            return f"; write {written}"
    for tool, names in MISSING.items():
        for name in names.split():
            if fold(name) == folded:
                return f"; netdraw has no {name} ({tool}) yet: state its shape by Opaque: {{out: [64, 32, 32]}}"
    return ""


def _slip(folded: str, names: _Folded) -> str:
    """The nearest name that is told apart by a slip of the pen, of ours before that of another tool."""
    if len(folded) < 3:
        return ""
    digits, theirs = _digits(folded), _theirs(tuple(OPS.names()))
    found = [
        (distance, place, name)
        for place, group in enumerate((names.own, names.ranks, theirs, _missing()))
        for name in within_reach(folded, group)
        if (place == 0 or len(name) > 4)
        and _digits(name) == digits
        and (distance := _distance(folded, name)) <= (2 if len(folded) > 4 else 1)
    ]
    if not found:
        return ""
    nearest = [name for *near, name in found if near == list(min(found)[:2])]
    own = {one for name in nearest for one in names.own.get(name) or _elsewhere(name, names)}
    return f"; did you mean {_either(sorted(own))}?" if own else _foreign(nearest[0])


def _part(folded: str, names: _Folded) -> str:
    """The blocks whose name begins so, or that begin the name: `Ghost`, `FireModule`."""
    blocks = [(name, own) for name, own in names.own.items() if own[0] not in OPS]
    found = [own[0] for name, own in blocks if len(folded) > 3 and name.startswith(folded)]
    found += [own[0] for name, own in blocks if len(name) > 2 and folded.startswith(name)]
    return f"; did you mean {_either(sorted(found)[-3:])}?" if found else ""


def _digits(name: str) -> list[str]:
    return re.findall(r"\d", name)


def _distance(one: str, other: str) -> int:
    """How many letters were added, left out, exchanged or swapped with their neighbour."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
