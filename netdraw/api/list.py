"""What there is, as rows under heads: networks, ops, blocks, themes, formats, codes; and the params of a spec."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..core.registry import Registry
from ..figure.options.table import NETWORK, options_of

Rows = list[tuple[str, ...]]


def _zoo() -> Rows:
    from ..core.numbers import grouped  # late: start-up time
    from ..spec.sources import zoo_names  # late: start-up time
    from .load import load_text  # late: start-up time

    rows: Rows = [("name", "title", "params", "MACs")]
    for name, text in zoo_names().items():
        net = load_text(text)
        total = net.analysis.total
        rows.append((name, net.header.title or "", grouped(total.params), grouped(total.macs)))
    return rows


def _ops() -> Rows:
    from ..ops import OPS  # late: start-up time

    return [("op", "what it does"), *((name, OPS[name].doc) for name in OPS.names())]


def _blocks() -> Rows:
    from ..spec.library import library_block, library_names  # late: start-up time

    found = [library_block(name) for name in library_names()]
    return [("block", "what it does"), *((block.name, block.doc) for block in found if block is not None)]


def _named(option: str) -> Rows:
    """The words that an option of figures takes."""
    return [(option,), *((name,) for name in options_of(*NETWORK)[option].takes.words())]


def _formats() -> Rows:
    from ..changes import DIFFS  # late: start-up time
    from ..render import RENDERERS  # late: start-up time
    from ..tables.summary import SUMMARIES  # late: start-up time

    rows: Rows = [("format", "suffixes", "command")]
    registries: dict[str, Registry[Any]] = {"render": RENDERERS, "summary": SUMMARIES, "diff": DIFFS}
    for command, formats in registries.items():
        rows += [(name, " ".join(formats[name].suffixes), command) for name in formats.names()]
    return rows


def _codes() -> Rows:
    from ..manual.entries import codes  # late: start-up time

    return [("code", "what it means"), *((name, code.title) for name, code in codes().items())]


LISTS: dict[str, Callable[[], Rows]] = {
    "zoo": _zoo,
    "ops": _ops,
    "blocks": _blocks,
    "styles": partial(_named, "style"),
    "themes": partial(_named, "theme"),
    "layouts": partial(_named, "layout"),
    "formats": _formats,
    "codes": _codes,
}
"""By name; entry points are read."""

NUMBERS = frozenset({"params", "MACs"})
"""Heads of columns with numbers."""


def params_of(source: str) -> Rows:
    """The params of a spec, with the values that they have under its variant. Raises NetdrawError."""
    from ..manual.entries import param_text  # late: start-up time
    from ..spec.sources import find  # late: start-up time
    from ..spec.statements import value_text  # late: start-up time
    from .load import parse_text  # late: start-up time

    spec, variant = parse_text(find(source))
    found = spec.variant(variant) if variant else None
    written = {arg.name: value_text(arg.value) for arg in (found.params if found else ())}
    return [("param", "value"), *((param.name, written.get(param.name, param_text(param))) for param in spec.params)]


def aligned(rows: Rows) -> list[str]:
    """Rows as lines of text; columns of numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = [head in NUMBERS and len(rows[0]) > 2 for head in rows[0]]
    lines = []
    for row in rows:
        cells = zip(row, widths, right, strict=True)
        lines.append("  ".join(cell.rjust(width) if number else cell.ljust(width) for cell, width, number in cells))
    return [line.rstrip() for line in lines]
