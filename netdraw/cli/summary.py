"""`netdraw summary`: the layer table and totals."""

from __future__ import annotations

from typing import Any

import click

from ..figure.options.table import TABLE
from . import complete
from .common import STDOUT, as_command, chosen, deliver, network_options, remark
from .options import figure_options, file_options, given


@as_command
@click.argument("source", nargs=-1, required=True, shell_complete=complete.source)
@network_options
@file_options(
    "by default stdout",
    "text, json, csv, md, html, latex or outline; by default the file's suffix says it, else text",
    complete.format,
)
@figure_options(TABLE)
def command(source: tuple[str, ...], outputs: tuple[str, ...], format: str | None, **options: Any) -> None:
    """Print the layers of SOURCE with their shapes and costs, or a table of several as papers print it."""
    from ..api.load import load_each, tabulate
    from ..tables.summary.base import of_suffix

    view = given(options)
    full = view.get("table", "full") == "full"
    if len(source) > 1 and full:
        raise click.UsageError("several networks have one table only as papers print it; write --table paper")
    files = outputs or (STDOUT,)
    formats = [format or of_suffix(file).name for file in files]
    which = chosen()
    nets = load_each([(one, which["params"]) for one in source], which["variant"])
    remark(fault for net in nets for fault in net.faults)
    made = []
    for file, name in zip(files, formats, strict=True):
        said = nets[0].summary(name, **view) if full else tabulate(*nets, format=name, **view)
        made.append((file, said.encode()))
    deliver(made)
