"""What follows from the table: the types of keywords, the JSON Schema of a view, a page of docs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .option import Option
from .table import ALT, COMPARED, COST_TABLE, FIGURES, FILE, GROUPS, NETWORK, OPTIONS, POINTS, TABLE, options_of

KEYWORDS = {
    "NetworkOptions": NETWORK,
    "ComparisonOptions": COMPARED,
    "DiffOptions": ("diff",),
    "SweepOptions": ("sweep",),
    "CostOptions": ("cost",),
    "PairOptions": ("pair",),
    "FileOptions": (FILE,),
}
"""By the name of a TypedDict, what has these keywords."""


def keywords() -> list[str]:
    """The lines of the module with the types of all keywords."""
    lines = [
        '"""The keywords of figures with their types. Made by scripts/build_docs.py of table.py; do not edit."""',
        *("", "import os", "from collections.abc import Iterable, Mapping, Sequence"),
        "from typing import Any, Literal, TypedDict",
    ]
    for name, things in KEYWORDS.items():
        lines += ["", "", f"class {name}(TypedDict, total=False):"]
        lines += [f"    {key}: {row.typed(things[0])}" for key, row in options_of(*things).items()]
    return lines


def schema() -> dict[str, Any]:
    """The JSON Schema of a view: the options of a network's figure, by their names in Python."""
    properties = {}
    for name, row in options_of(*NETWORK).items():
        told = {} if row.default is None else {"default": row.takes.told(row.default)}
        properties[name] = {"description": row.doc, **row.takes.schema(), **told}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a view: the options of a figure",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def page() -> Iterator[str]:
    """The lines of the page of docs: a table a group."""
    for group in GROUPS:
        yield from ("", f"## {group}", "", "| option | in Python | default | of | does |", "|---|---|---|---|---|")
        for row in OPTIONS:
            if row.group == group:
                cells = (f"`{flags(row)}`", f"`{row.name}`", _default(row), _of(row), f"{row.doc} `{row.example}`")
                yield "| " + " | ".join([cell.replace("|", "\\|") for cell in cells]) + " |"


def flags(row: Option) -> str:
    """The option as the command line has it."""
    if row.default is True:
        return f"--{row.words}/--no-{row.words}"
    return f"--{row.words} {row.takes.metavar}".rstrip()


def _default(row: Option) -> str:
    if isinstance(row.default, bool):
        return "on" if row.default else "off"
    found = {thing: row.shown(thing) for thing in row.of}
    common = row.shown(row.of[0])
    others = [f"{thing} `{said}`" for thing, said in found.items() if said and said != common]
    return ", ".join([*([f"`{common}`"] if common else []), *others])


def _of(row: Option) -> str:
    if set(FIGURES) <= set(row.of):
        return "every figure"
    names = {TABLE: "summary", COST_TABLE: "table of costs", POINTS: "sweep", ALT: "alt text", FILE: "file"}
    return ", ".join(dict.fromkeys(names.get(thing, thing) for thing in row.of))
