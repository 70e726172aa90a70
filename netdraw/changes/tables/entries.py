"""The lines of a diff for people: groups that came or went as one, members that changed alike as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ...core.records import NamedTuple
from ..model import Change, Diff, Kind
from . import sentences

OF_A_KIND = 3
"""Layers in shape only are named up to so many of one op."""


class Entry(NamedTuple):
    """One line. `macs` is None where nothing is known; `inner` says that the numbers are those of the lines below."""

    kind: Kind
    id: str
    text: str
    params: int | None
    macs: int | None
    inner: bool = False

    @property
    def numbers(self) -> list[str]:
        """The change of its parameters and MACs; those of a group in brackets."""
        texts = ["not counted" if one is None else sentences.delta(one) for one in (self.params, self.macs)]
        return [f"({text})" if self.inner and text != "0" else text for text in texts]

    @property
    def bracketed(self) -> bool:
        """Whether one of its numbers stands in brackets."""
        return self.inner and (self.params, self.macs) != (0, 0)


class _MemberRun(NamedTuple):
    """Changes in members from `first` to `last` of one repeat, which are alike."""

    parent: str
    first: int
    last: int
    rows: tuple[Change, ...]


def entries(diff: Diff, all: bool = False) -> list[Entry]:
    """A line for each thing that differs; with `all` for each layer, and none folded."""
    if all:
        return [_entry(row) for row in diff.rows if row.differs or row.level == "layer"]
    stages = {stage.id for stage in diff.after.analysis.stages}
    rows = [
        row
        for row in diff.rows
        if (row.differs and not row.within)
        # A stage heads the lines of its layers though nothing was done to itself.
        or (row.level == "group" and row.kind == "shape" and row.after in stages)
    ]
    return [entry for run in _folded(_runs(rows, _members(diff))) for entry in _entries(run)]


def effects(diff: Diff) -> list[Entry]:
    """The layers in shape only, a line for each op; by name where there are few."""
    by_op: dict[str, list[Change]] = {}
    for row in diff.consequences:
        by_op.setdefault(row.what, []).append(row)
    found = []
    for op, rows in by_op.items():
        params = sum(row.params.delta for row in rows)
        macs = None if any(None in row.macs for row in rows) else sum(row.macs.delta for row in rows)
        named = "" if len(rows) > OF_A_KIND else f": {', '.join(row.id for row in rows)}"
        one = len(rows) == 1
        id, text = (rows[0].id, sentences.only(rows[0])) if one else (f"{len(rows)} × {op}", f"shape only{named}")
        found.append(Entry(kind="shape", id=id, text=text, params=params, macs=macs))
    return found


def _members(diff: Diff) -> dict[str, tuple[str, int]]:
    """By the id of a member, which may be a single layer, its repeat and its place there."""
    found = {}
    for graph in (diff.before.graph, diff.after.graph):
        repeats = {group.id for group in graph.groups if group.kind == "repeat"}
        found.update({one.id: (one.parent, one.member) for one in graph.groups if one.member is not None})
        for node in graph.nodes:
            last = node.id.rpartition(".")[2]
            if node.group in repeats and last.isdecimal():
                found[node.id] = node.group, int(last)
    return found


def _runs(rows: Sequence[Change], members: dict[str, tuple[str, int]]) -> Iterator[_MemberRun]:
    """Rows by the innermost member that they are in; those in none one by one."""
    for (parent, place), held in groupby(rows, lambda row: _member(row.id, members)):
        if parent:
            yield _MemberRun(parent, place, place, tuple(held))
        else:
            yield from (_MemberRun(parent, place, place, (row,)) for row in held)


def _member(id: str, members: dict[str, tuple[str, int]]) -> tuple[str, int]:
    while id and id not in members:
        id = id.rpartition(".")[0]
    return members.get(id, ("", -1))


def _folded(runs: Iterable[_MemberRun]) -> list[_MemberRun]:
    """One for members that stand one behind the other where all is the same but their numbers."""
    found: list[_MemberRun] = []
    for run in runs:
        last = found[-1] if found else run
        follows = run.parent and run.parent == last.parent and run.first == last.last + 1
        if follows and [_key(row, last) for row in last.rows] == [_key(row, run) for row in run.rows]:
            found[-1] = last._replace(last=run.last)
        else:
            found.append(run)
    return found


def _key(row: Change, run: _MemberRun) -> object:
    start = f"{run.parent}.{run.first}"
    ids = [id and (id.removeprefix(start), id.startswith(start)) for id in (row.before, row.after)]
    moved = [edit._replace(before=None, after=None) if edit.part == "behind" else edit for edit in row.edits]
    return row.kind, row.level, ids, row.what, moved, row.params, row.macs, row.layers


def _entries(run: _MemberRun) -> Iterator[Entry]:
    count = run.last - run.first + 1
    start, several = f"{run.parent}.{run.first}", f"{run.parent}.{{{run.first}…{run.last}}}"
    for row in run.rows:
        entry = _entry(row)
        if count > 1:
            params, macs = (None if one is None else one * count for one in (entry.params, entry.macs))
            id = f"{several}{entry.id.removeprefix(start)} ×{count}"
            text = entry.text.replace(f"{start}.", f"{several}.")
            entry = entry._replace(id=id, text=text, params=params, macs=macs)
        yield entry


def _entry(row: Change) -> Entry:
    inner = row.level == "group" and row.kind not in ("added", "removed")
    kind: Kind = "same" if inner and row.kind == "shape" else row.kind  # it has no sign
    return Entry(
        kind=kind,
        id=row.id,
        text=sentences.change(row),
        params=None if None in row.params else row.params.delta,
        macs=None if None in row.macs else row.macs.delta,
        inner=inner,
    )
