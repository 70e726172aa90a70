"""The lines of a diff for people: groups that came or went as one, members that changed alike as one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

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
    params: int
    macs: int | None
    inner: bool = False

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
    rows = [row for row in diff.rows if (row.differs and not row.within) or _is_stage(row, stages)]
    return [entry for run in _folded(_runs(rows, _members(diff))) for entry in _entries(run)]


def _is_stage(row: Change, stages: Container[str]) -> bool:
    """Whether a group heads the lines of its layers though nothing was done to itself."""
    return row.level == "group" and row.kind == "shape" and row.after in stages


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
        text = sentences.only(rows[0]) if one else f"shape only{named}"
        found.append(
            Entry(kind="shape", id=rows[0].id if one else f"{len(rows)} × {op}", text=text, params=params, macs=macs)
        )
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
    """Rows by the innermost member that they are in."""
    parent, place = "", -1
    held: list[Change] = []
    for row in rows:
        at, number = _member(row.id, members)
        if held and ((at, number) != (parent, place) or not at):
            yield _MemberRun(parent, place, place, tuple(held))
            held = []
        parent, place = at, number
        held.append(row)
    if held:
        yield _MemberRun(parent, place, place, tuple(held))


def _member(id: str, members: dict[str, tuple[str, int]]) -> tuple[str, int]:
    while id:
        if id in members:
            return members[id]
        id = id.rpartition(".")[0]
    return "", -1


def _folded(runs: Iterator[_MemberRun]) -> Iterator[_MemberRun]:
    last: _MemberRun | None = None
    for run in runs:
        if last and run.parent and run.parent == last.parent and run.first == last.last + 1 and _alike(last, run):
            last = last._replace(last=run.last)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _alike(one: _MemberRun, other: _MemberRun) -> bool:
    """Whether all is the same but the number of the member."""
    return [_key(row, one) for row in one.rows] == [_key(row, other) for row in other.rows]


def _key(row: Change, run: _MemberRun) -> object:
    start = f"{run.parent}.{run.first}"
    ids = [id and (id.removeprefix(start), id.startswith(start)) for id in (row.before, row.after)]
    moved = [edit._replace(before=None, after=None) if edit.field == "behind" else edit for edit in row.edits]
    return row.kind, row.level, ids, row.what, moved, row.params, row.macs, row.layers


def _entries(run: _MemberRun) -> Iterator[Entry]:
    count = run.last - run.first + 1
    start, several = f"{run.parent}.{run.first}", f"{run.parent}.{{{run.first}…{run.last}}}"
    for row in run.rows:
        entry = _entry(row)
        if count > 1:
            macs = None if entry.macs is None else entry.macs * count
            id = f"{several}{entry.id.removeprefix(start)} ×{count}"
            text = entry.text.replace(f"{start}.", f"{several}.")
            entry = entry._replace(id=id, text=text, params=entry.params * count, macs=macs)
        yield entry


def _entry(row: Change) -> Entry:
    known = row.macs.before is not None and row.macs.after is not None
    inner = row.level == "group" and row.kind not in ("added", "removed")
    kind: Kind = "same" if inner and row.kind == "shape" else row.kind  # it has no sign
    return Entry(
        kind=kind,
        id=row.id,
        text=sentences.change(row),
        params=row.params.delta,
        macs=row.macs.delta if known else None,
        inner=inner,
    )
