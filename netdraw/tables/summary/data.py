"""Summaries for machines: JSON, whose keys stay, and CSV with plain numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ...analysis.model import Figures, Stage
from ...diagram.said.glossary import glossary
from ...diagram.said.labels import reason_text
from ...graph.model import Graph, Node, Ref, type_to_dict
from ...ops.base import Rational
from ...ops.tensor import TensorType
from ..document import Document
from .base import SUMMARIES, Summary
from .report import Report, ReportLine


def write_json(report: Report) -> str:
    """One object, two spaces a level; a stable contract."""
    graph, analysis, results = report.graph, report.analysis, report.header.results
    data = {
        "name": graph.name,
        "title": report.title,
        "input": plain(graph.inputs[0][1]) if graph.inputs else None,
        "inputs": {name: plain(kind) for name, kind in graph.inputs},
        "outputs": {name: str(ref) for name, ref in graph.outputs},
        "params": analysis.total.params,
        "macs": analysis.total.macs,
        "activations": analysis.total.activations,
        "results": results._asdict() if results else None,
        "not_counted": list(analysis.not_counted),
        "hash": structure_hash(graph),
        "layers": _Rows(report.layers, partial(_layer, report=report)),
        "groups": _Rows([line for line in report.lines if line.group is not None], partial(_group, report=report)),
        "stages": _Rows(analysis.stages, _stage),
    }
    return json_text(data)


class _Rows(list[Any]):
    """What is made of each item, made when the item is written: `json` takes no iterator."""

    def __init__(self, items: Iterable[Any], make: Callable[[Any], Any]) -> None:
        super().__init__(items)
        self.make = make

    def __iter__(self) -> Iterator[Any]:
        return map(self.make, super().__iter__())


def json_text(data: Mapping[str, Any]) -> str:
    """One object, two spaces a level."""
    out = io.StringIO()
    json.dump(data, out, ensure_ascii=False, indent=2)  # piece by piece: `dumps` keeps all pieces of a large network
    out.write("\n")
    return out.getvalue()


def _layer(line: ReportLine, report: Report) -> dict[str, Any]:
    node, row = line.node, report.analysis.nodes[line.id]
    assert node is not None
    return {
        "id": node.id,
        "op": node.op,
        "title": node.title,
        "attrs": {key: plain(value) for key, value in node.attrs.items()},
        "inputs": [str(ref) for ref in node.inputs],
        "output": plain(node.outputs[0]),
        "outputs": plain(node.outputs),
        "params": _params(line, row),
        "macs": row.macs,
        "shares": node.shares,
        "group": node.group,
        "receptive_field": plain(row.receptive_field),
        "stride": None if row.stride is None else [_number(step) for step in row.stride],
        "activations": row.activations,
    }


def _params(line: ReportLine, row: Figures) -> int | None:
    """None where they are not known."""
    return None if line.least[0] else row.params


def _group(line: ReportLine, report: Report) -> dict[str, Any]:
    group, whole = line.group, report.analysis.groups[line.id]
    assert group is not None
    done = group.residual
    return {
        "id": group.id,
        "kind": group.kind,
        "block": group.block,
        "title": group.title,
        "parent": group.parent,
        "residual": done.done if done else None,
        "reason": reason_text(done.reason, glossary("en")) or None if done else None,
        "output": plain(line.output),
        "params": whole.params,
        "macs": whole.macs,
        "activations": whole.activations,
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "id": stage.id,
        "kind": stage.kind,
        "title": stage.title,
        "resolution": stage.resolution,
        "layers": list(stage.nodes),
        **stage.total._asdict(),
    }


def plain(value: Any) -> Any:
    """Types as lists of sizes, None where they are not known; tuples as lists, nested ones too."""
    if isinstance(value, TensorType):
        return list(value.shape) if value.known else None
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _number(value: Rational) -> int | float:
    return float(value) if value.denominator != 1 else int(value)


def structure_hash(graph: Graph) -> str:
    """The SHA-256, in hex, of ops, attributes, wiring and types; names and ids do not count."""
    from hashlib import sha256

    places = {name: -1 - place for place, (name, _) in enumerate(graph.inputs)}
    places.update({node.id: place for place, node in enumerate(graph.nodes)})

    def at(ref: Ref) -> list[int]:
        return [places[ref.node], ref.port]

    def of(node: Node) -> dict[str, Any]:
        return {
            "op": node.op,
            "attrs": {key: plain(value) for key, value in node.attrs.items()},
            "inputs": [at(ref) for ref in node.inputs],
            "outputs": [type_to_dict(kind) for kind in node.outputs],
            "shares": None if node.shares is None else places[node.shares],
        }

    found = sha256()
    parts: dict[str, Iterable[Any]] = {
        '{"inputs":[': (type_to_dict(kind) for _, kind in graph.inputs),
        '],"nodes":[': map(of, graph.nodes),
        '],"outputs":[': (at(ref) for _, ref in graph.outputs),
    }
    for begin, part in parts.items():  # piece by piece what JSON with sorted keys has of the whole
        found.update(begin.encode())
        for count, item in enumerate(part):
            found.update(("," * bool(count) + json.dumps(item, sort_keys=True, separators=(",", ":"))).encode())
    found.update(b"]}")
    return found.hexdigest()


def write_csv(report: Report) -> str:
    """A line a layer; numbers without signs or units, empty where nothing is known. FLOPs only where asked for, and
    whose weights a layer uses only where any are shared.
    """
    flops, shares = report.unit == "flops", bool(report.sharing)
    head = ["id", "op", "output", "params", "macs", *(["flops"] if flops else [])]
    rows: list[list[Any]] = [[*head, "activations", "receptive_field", "stride", *(["shares"] if shares else [])]]
    for line in report.layers:
        row = report.analysis.nodes[line.id]
        stride = None if row.stride is None else tuple(_number(step) for step in row.stride)
        cells = [
            line.id,
            line.what,
            _joined(line.output.shape),
            _params(line, row),
            row.macs,
            *([line.cost] if flops else []),
        ]
        cells += [row.activations, _joined(row.receptive_field), _joined(stride)]
        cells += [line.node and line.node.shares] if shares else []
        rows.append(cells)
    return csv_text(rows)


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """A line a row; None is empty. A text that a spreadsheet would take for a formula has a ' before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([map(_no_formula, row) for row in rows])
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


def _no_formula(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\r", "\n")  # which are quoted; the first is not
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def _csv_tables(document: Document) -> str:
    """A line a record under the names of all their columns, in order of appearance; empty where there is nothing."""
    names = list(dict.fromkeys(name for record in document.records for name in record))
    return csv_text([names, *([record.get(name) for name in names] for record in document.records)])


def _joined(sizes: tuple[float, ...] | None) -> str | None:
    return None if sizes is None else "x".join(f"{size:g}" if isinstance(size, float) else str(size) for size in sizes)


SUMMARIES.add("json", Summary("json", (".json",), write_json, lambda document: json_text(document.data), units=False))
SUMMARIES.add("csv", Summary("csv", (".csv",), write_csv, _csv_tables))
