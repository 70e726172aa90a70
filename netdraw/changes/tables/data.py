"""A diff for machines: JSON, whose keys stay, and CSV with plain numbers."""

from __future__ import annotations

from typing import Any

from ...tables.summary.data import csv_text, json_text, plain, structure_hash
from ..model import Change, Decision, Diff, Number, Side
from . import sentences
from .base import DIFFS, Format


def as_dict(diff: Diff) -> dict[str, Any]:
    """A stable contract; `changes` are what was done, `consequences` the layers in shape only.

    `groups` are those whose numbers, or that themselves, are not the same.
    """
    return {
        "same": diff.same,
        "before": _side(diff.before),
        "after": _side(diff.after),
        "totals": {key: _number(number) for key, number in diff.totals._asdict().items()},
        "changes": [_change(row) for row in diff.changes],
        "consequences": [_change(row) for row in diff.consequences],
        "groups": [_change(row) for row in diff.rows if row.level == "group" and row.kind != "same"],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "label": side.label,
        "name": side.graph.name,
        "title": side.title,
        "inputs": {name: plain(kind) for name, kind in side.graph.inputs},
        "not_counted": list(side.analysis.not_counted),
        "hash": structure_hash(side.graph),
    }


def _number(number: Number) -> dict[str, Any]:
    return {"before": number.before, "after": number.after, "delta": number.delta}


def _change(row: Change) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "level": row.level,
        "before": row.before,
        "after": row.after,
        "what": row.what,
        "edits": [
            {"field": one.field, "before": _written(one.before), "after": _written(one.after)} for one in row.edits
        ],
        "params": _number(row.params),
        "macs": _number(row.macs),
        "layers": _number(row.layers),
        "within": row.within or None,
    }


def _written(value: Any) -> Any:
    return sentences.decided(value) if isinstance(value, Decision) else plain(value)


def write_json(diff: Diff, all: bool) -> str:
    """One object, two spaces a level; with `all` under `same_layers` those that are the same, too."""
    data = as_dict(diff)
    if all:
        data["same_layers"] = [_change(row) for row in diff.rows if row.kind == "same" and row.level == "layer"]
    return json_text(data)


HEAD = [
    "kind", "level", "before", "after", "what", "change", "within",
    "params_before", "params_after", "params_delta", "macs_before", "macs_after", "macs_delta",
]  # fmt: skip


def write_csv(diff: Diff, all: bool) -> str:
    """A line a change, and for each layer in shape only; numbers without signs or units, empty where not counted."""
    rows: list[list[Any]] = [HEAD]
    for row in diff.rows:
        if row.differs or (row.level == "layer" and (all or row.kind == "shape")):
            said = [row.kind, row.level, row.before, row.after, row.what, sentences.change(row), row.within]
            rows.append([*said, *row.params, row.params.delta, *row.macs, row.macs.delta])
    return csv_text(rows)


DIFFS.add("json", Format("json", (".json",), write_json))
DIFFS.add("csv", Format("csv", (".csv",), write_csv))
