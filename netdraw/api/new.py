"""Specs to start from: a small one, or a copy of another whose variant is made the file's own."""

from __future__ import annotations

import os
from itertools import accumulate

from ..core.errors import Fault, Faults, NetdrawError, SourceError, SpecError
from ..core.records import NamedTuple
from ..spec.keywords import is_snake_case
from ..spec.source import read
from ..spec.sources import FoundSpec
from ..spec.trees.encoding import decode
from ..spec.trees.tree import Mapping, Scalar, Sequence, Tree
from .load import load_text
from .network import Network

STARTER = """\
netdraw: 1
name: {name}
title: My network
input: [3, 32, 32]            # channels, height, width
params: {{width: 32, classes: 10}}

layers:
  - ConvBNAct: width          # 3×3, batch norm, ReLU; `netdraw explain ConvBNAct` says more
  - InvertedResidual: {{out_channels: width, repeat: 2}}
  - MaxPool2d: 2
  - ConvBNAct: width * 2
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: classes
  - Softmax
"""
_PARTS = ("variants", "aliases")
"""What a copy does not keep."""
_OF_ONE = ("expect", "results")
"""What the file says holds no longer where a variant changes its params."""


class TextEdit(NamedTuple):
    """A part of the text, by offsets, and what stands there instead."""

    start: int
    end: int
    text: str


def starter(file: str) -> str:
    """A small network, named after the file where its name can be one."""
    stem = os.path.basename(file).partition(".")[0]
    return STARTER.format(name=stem if is_snake_case(stem) else "my_network")


def copy_of(text: FoundSpec) -> str:
    """The text of a spec with the values of its variant put in, comments and all else kept.

    Raises NetdrawError where the text has faults, or no such variant.
    """
    faults = Faults()
    if not isinstance(text.data, bytes | str) or text.read(faults) is None or faults:
        raise SpecError(faults.sorted())
    written, tree = decode(text.data, text.path, faults), read(text.data, text.path, faults)
    if written is None or not isinstance(tree, Mapping):
        raise SpecError(faults.sorted())
    place = _Places(written)
    dropped = [place.section(tree, key) for key, _ in tree.items if key.text in _PARTS]
    before = load_text(text) if text.variant is not None else None  # raises where there is no such variant
    if before is None or before.variant is None:
        return _applied(written, dropped)
    variants = tree.get("variants")
    body = variants.get(before.variant) if isinstance(variants, Mapping) else None
    assert body is not None
    made = _applied(written, [*dropped, *_replaced(place, tree, before.variant, body)])
    _compare(made, before)
    return made


def _compare(made: str, before: Network) -> None:
    """Raises SourceError where a copy is not the same network: a text can be written in ways that are not followed."""
    try:
        after = load_text(FoundSpec(made, before.text.path))
        same = (after.analysis.total, after.header) == (before.analysis.total, before.header)
    except NetdrawError:
        same = False
    if not same:
        message = f"cannot put the values of '{before.variant}' into the text; copy the file and edit its params"
        raise SourceError([Fault("ND015", message, where=before.text.path)])


def _replaced(place: _Places, tree: Mapping, name: str, body: Tree) -> list[TextEdit]:
    """The variant's name, header and params in the place of the file's."""
    own, given = _by_key(tree.get("params")), _by_key(body)
    edits, added = [], []
    for key, old in tree.items:
        if key.text == "name":
            edits.append(place.edit(old, name))
        elif key.text in _OF_ONE and key.text not in given and any(word in own for word in given):
            edits.append(place.section(tree, key))
        elif key.text in given and key.text not in own:
            edits.append(place.edit(old, flow(given[key.text])))
    for word, value in given.items():
        if word in own:
            edits.append(place.edit(own[word], flow(value)))
        elif tree.get(word) is None:
            added.append(f"{word}: {flow(value)}\n")
    if tree.get("name") is None:
        added.insert(0, f"name: {name}\n")
    head = place.section(tree, tree.items[0][0])
    return [*edits, TextEdit(head.end, head.end, "".join(added))] if added else edits


def _by_key(tree: Tree | None) -> dict[str, Tree]:
    return {key.text: value for key, value in tree.items} if isinstance(tree, Mapping) else {}


def _applied(written: str, edits: list[TextEdit]) -> str:
    for edit in sorted(edits, reverse=True):
        written = written[: edit.start] + edit.text + written[edit.end :]
    return written.rstrip("\n") + "\n"


class _Places:
    """Where the parts of a text begin and end."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.lines = written.splitlines(keepends=True)
        self.starts = list(accumulate(map(len, self.lines), initial=0))

    def offset(self, tree: Tree) -> int:
        return self.starts[tree.span.line - 1] + tree.span.column - 1

    def section(self, tree: Mapping, key: Scalar) -> TextEdit:
        """The lines of a key at the top, with the comments right above it, up to those of the next key."""
        below = [other.span.line for other, _ in tree.items if other.span.line > key.span.line]
        end = self._first_line(min(below)) if below else len(self.lines) + 1
        return TextEdit(self.starts[self._first_line(key.span.line) - 1], self.starts[end - 1], "")

    def _first_line(self, line: int) -> int:
        """The first line of the comments that stand right above a line."""
        while line > 1 and self.lines[line - 2].startswith("#"):
            line -= 1
        return line

    def edit(self, old: Tree, new: str) -> TextEdit:
        """Another text in the place of a value."""
        return TextEdit(self.offset(old), self._end(old), new)

    def _end(self, tree: Tree) -> int:
        """Where a value ends: behind its last child and the bracket that closes it, or behind its last letter."""
        start = self.offset(tree)
        if isinstance(tree, Scalar):
            return self._quoted(start) if tree.quoted else start + len(tree.text)
        inner = [value for _, value in tree.items] if isinstance(tree, Mapping) else list(tree.items)
        end = self._end(inner[-1]) if inner else start + 1
        return self._closed(end, "}" if isinstance(tree, Mapping) else "]") if tree.flow else end

    def _quoted(self, start: int) -> int:
        """Behind the quote that closes a text; in it a backslash or a second quote takes the next letter along."""
        quote, at = self.written[start], start + 1
        pairs = ("''",) if quote == "'" else ('\\"', "\\\\")
        while self.written[at] != quote or self.written[at : at + 2] in pairs:
            at += 2 if self.written[at : at + 2] in pairs else 1
        return at + 1

    def _closed(self, at: int, bracket: str) -> int:
        """Behind the bracket that closes a collection; between its last value and it stand spaces and comments."""
        while self.written[at] != bracket:
            at = self.written.index("\n", at) if self.written[at] == "#" else at + 1
        return at + 1


def flow(tree: Tree) -> str:
    """A tree on one line."""
    if isinstance(tree, Scalar):
        escaped = tree.text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"' if tree.quoted else tree.text
    if isinstance(tree, Sequence):
        return f"[{', '.join(map(flow, tree.items))}]"
    return f"{{{', '.join(f'{flow(key)}: {flow(value)}' for key, value in tree.items)}}}"
