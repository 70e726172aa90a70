"""The costs of a network as tables: its parts, its separable pairs, and the network without these."""

from __future__ import annotations

from typing import Any

from ..core.numbers import grouped, least
from ..tables.document import Document, Record, Table, TableColumn, TableRow, row
from .phrases import UNITS, by_text, convention, percent, place_of, share_text, size_text
from .report import Amount, Costs, Piece

_HEADS = {"macs": "MACs", "params": "params", "weights": "weights", "memory": "bytes"}


def document(costs: Costs) -> Document:
    """The tables, and the same as records and data."""
    tables = (_parts(costs), *([_pairs(costs), _whole(costs)] if costs.standard else []))
    name = "" if costs.title == costs.name else f" ({costs.name})"
    title, notes = f"{costs.title}{name}: {by_text(costs)}", (convention(costs, "weights", "memory"),)
    records = tuple(_record(one, costs) for one in costs.pieces)
    return Document(title=title, tables=tables, notes=notes, records=records, data=data(costs))


def _parts(costs: Costs) -> Table:
    """A row a part, and the total."""
    columns = [TableColumn(costs.by), TableColumn("layers", "r")]
    for head in _HEADS.values():
        columns += [TableColumn(head, "r"), TableColumn("%", "r")]
    rows = [_line(piece, costs) for piece in costs.pieces]
    total = ["total", str(costs.total.layers)]
    for unit in _HEADS:
        whole = getattr(costs.total, unit)
        total += [least(costs.missing(unit)) + grouped(whole), percent(whole, whole)]
    return Table("", tuple(columns), (*rows, row(total)._replace(rule=True)))


def _line(piece: Piece, costs: Costs) -> TableRow:
    texts = [piece.name, str(piece.amount.layers)]
    for unit in _HEADS:
        said = least(costs.lacks(piece.ids, unit)) + grouped(getattr(piece.amount, unit))
        texts += [said, share_text(costs, piece.ids, piece.amount, unit)]
    return row(texts)


def _pairs(costs: Costs) -> Table:
    """A row a pair: the formula's letters, the products, and their ratio."""
    several = any(pair.multiplier > 1 for pair in costs.pairs)
    letter, ratio = (("m",), "m·(1/N + 1/Dk²)") if several else ((), "1/N + 1/Dk²")
    heads = ("pair", "in", "Dk", "M", *letter, "N", "DF", "depthwise", "pointwise", "standard", ratio)
    columns = tuple(TableColumn(head, "l" if place == 1 else "r") for place, head in enumerate(heads))
    rows = []
    for number, pair in enumerate(costs.pairs, 1):
        channels = [pair.into, *([pair.multiplier] if several else []), pair.out]
        sizes = [size_text(pair.kernel), *map(str, channels), size_text(pair.places)]
        products = [pair.depthwise_macs, pair.pointwise_macs, pair.standard_macs]
        rows.append(row([str(number), place_of(pair), *sizes, *map(grouped, products), f"{float(pair.ratio):.6f}"]))
    middle = "m·M" if several else "M"
    formula = f"Dk·Dk·{middle}·DF·DF + {middle}·N·DF·DF MACs instead of Dk·Dk·M·N·DF·DF"
    return Table(f"Depthwise separable pairs: {formula}", columns, tuple(rows))


def _whole(costs: Costs) -> Table:
    """The network beside the same with standard convolutions."""
    assert costs.standard is not None
    macs, kernels, standard_macs, standard_kernels = costs.standard
    columns = (TableColumn("network"), TableColumn("MACs", "r"), TableColumn("weights", "r"))
    rows = (
        row(["as it is", grouped(macs), grouped(kernels)]),
        row(["with standard convolutions", grouped(standard_macs), grouped(standard_kernels)]),
        row(["share", percent(macs, standard_macs), percent(kernels, standard_kernels)]),
    )
    return Table("The whole network, with a standard convolution for each pair", columns, rows)


def _record(piece: Piece, costs: Costs) -> Record:
    """A line of CSV; shares are of 1."""
    found: dict[str, str | int | float | None] = {costs.by: piece.name, "layers": piece.amount.layers}
    for unit in UNITS:
        value, whole = getattr(piece.amount, unit), getattr(costs.total, unit)
        found[unit] = value
        found[f"{unit}_share"] = round(value / whole, 6) if whole else None
    return found


def data(costs: Costs) -> dict[str, Any]:
    """The costs for machines; a stable contract. `memory` is in bytes, shares are of 1, a ratio is a fraction too."""
    return {
        "name": costs.name,
        "title": costs.title,
        "by": costs.by,
        "total": costs.total._asdict(),
        "not_counted": [id for id, _ in costs.not_counted],
        "shared": [{"owner": one.owner, "users": list(one.users)} for one in costs.sharing],
        "parts": [_part_data(piece, costs.total) for piece in costs.pieces],
        "pairs": [
            {**pair._asdict(), "ratio": pair.ratio.as_integer_ratio(), "counted": pair.counted.as_integer_ratio()}
            for pair in costs.pairs
        ],
        "standard": costs.standard._asdict() if costs.standard else None,
    }


def _part_data(piece: Piece, total: Amount) -> dict[str, Any]:
    shares = {unit: getattr(piece.amount, unit) / (getattr(total, unit) or 1) for unit in UNITS}
    data = {"name": piece.name, "category": piece.category, **piece.amount._asdict()}
    return {**data, "shares": shares, "ids": list(piece.ids)}
