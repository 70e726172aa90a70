"""A diff for machines: JSON, whose keys stay, and CSV with plain numbers."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ...ops.tensor import TensorType
from ...tables.summary.data import structure_hash
from ..model import Change, Diff, Number, Side
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
        "inputs": {name: _plain(kind) for name, kind in side.graph.inputs},
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
        "edits": [{"field": one.field, "before": _plain(one.before), "after": _plain(one.after)} for one in row.edits],
        "params": _number(row.params),
        "macs": _number(row.macs),
        "layers": _number(row.layers),
        "within": row.within or None,
    }


def _plain(value: Any) -> Any:
    """Types as lists of sizes, tuples as lists."""
    if isinstance(value, TensorType):
        return list(value.shape) if value.known else None
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def write_json(diff: Diff, all: bool) -> str:
    """One object, two spaces a level; with `all` under `same_layers` those that are the same, too."""
    data = as_dict(diff)
    if all:
        data["same_layers"] = [_change(row) for row in diff.rows if row.kind == "same" and row.level == "layer"]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


HEAD = [
    "kind", "level", "before", "after", "what", "change", "within",
    "params_before", "params_after", "params_delta", "macs_before", "macs_after", "macs_delta",
]  # fmt: skip


def write_csv(diff: Diff, all: bool) -> str:
    """A line a change, and for each layer in shape only; numbers without signs or units, empty where not counted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for row in diff.rows:
        if row.differs or (row.level == "layer" and (all or row.kind == "shape")):
            numbers = [cell for number in (row.params, row.macs) for cell in (*number, number.delta)]
            writer.writerow(
                [row.kind, row.level, row.before, row.after, row.what, sentences.change(row), row.within, *numbers]
            )
    return out.getvalue()


DIFFS.add("json", Format("json", (".json",), write_json))
DIFFS.add("csv", Format("csv", (".csv",), write_csv))
