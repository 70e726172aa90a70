"""Tables for machines: the records as CSV, the data as JSON."""

from __future__ import annotations

import csv
import io
import json

from .document import Document


def write_csv(document: Document) -> str:
    """A line a record under the names of all their columns, in order of appearance; empty where there is nothing."""
    names = list(dict.fromkeys(name for record in document.records for name in record))
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(names)
    for record in document.records:
        values = (record.get(name) for name in names)
        lines.writerow(["" if value is None else str(value) for value in values])
    return out.getvalue()


def write_json(document: Document) -> str:
    """One object, two spaces a level."""
    return json.dumps(document.data, ensure_ascii=False, indent=2) + "\n"
