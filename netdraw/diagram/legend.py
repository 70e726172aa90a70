"""The legend: one entry for each kind of cell that a figure uses."""

from __future__ import annotations

from .cells import Cells
from .index import Index
from .model import Cell, LegendEntry

WORDS = {
    "activation": "activation",
    "add": "add",
    "attention": "attention",
    "concat": "concat",
    "conv": "convolution",
    "conv.column": "column convolution",
    "conv.depthwise": "depthwise",
    "conv.group": "group convolution",
    "conv.row": "row convolution",
    "conv.transposed": "transposed convolution",
    "linear": "fully connected",
    "mul": "multiply",
    "norm.batch": "batch normalisation",
    "norm.group": "group normalisation",
    "norm.instance": "instance normalisation",
    "norm.layer": "layer normalisation",
    "norm.lrn": "local response normalisation",
    "output": "output",
    "parameter": "parameter",
    "pool.avg": "average pooling",
    "pool.max": "max pooling",
    "slice": "slice",
    "softmax": "softmax",
    "split": "split",
}
"""What a category is called; one without an entry is called by its own name."""


def make_legend(index: Index, made: Cells) -> tuple[LegendEntry, ...]:
    """Categories in order of appearance, joins last, the kinds of one category together; an input has no entry."""
    groups: dict[tuple[bool, str], dict[str, LegendEntry]] = {}
    for number, cell in enumerate(made.cells):
        if cell.category == "input":
            continue
        place = made.places[number]
        joins = 0 <= place < len(index.nodes) and len(index.sources[place]) > 1
        entries = groups.setdefault((joins, cell.category), {})
        if cell.activation not in entries:
            entries[cell.activation] = LegendEntry(cell.category, cell.kernel, cell.activation, _text(cell, joins))
    ordered = sorted(groups, key=lambda key: key[0])  # Stable: within both parts the order of appearance stays.
    return tuple([entry for key in ordered for entry in groups[key].values()])


def _text(cell: Cell, joins: bool) -> str:
    word = WORDS.get(cell.category, cell.category.replace(".", " "))
    if cell.activation:
        return f"{word}, {'then ' if joins else ''}{cell.activation}"
    return f"linear {word}" if cell.category.startswith("conv") else word
