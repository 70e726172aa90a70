"""`netdraw summary`: the layer table and totals."""

from __future__ import annotations

from typing import Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, network_options, read_settings, remark, shared, sources_argument
from .view import view_options


@click.command(context_settings=CONTEXT)
@sources_argument
@click.option(
    "-f",
    "--format",
    shell_complete=complete.format,
    metavar="NAME",
    help="text, json, csv, md, html, latex or outline.  [default: text]",
)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; by default stdout.")
@network_options
@view_options("cost")
@click.option(
    "--table",
    shell_complete=complete.table,
    default="full",
    show_default=True,
    metavar="TABLE",
    help="full, or paper: as papers print it (layers, operators or columns; several SOURCEs have a column each).",
)
@shared
def command(
    source: tuple[str, ...],
    format: str | None,
    outputs: tuple[str, ...],
    settings: tuple[str, ...],
    variant: str | None,
    cost: str,
    table: str,
) -> None:
    """Print the layers of SOURCE with their shapes and costs, or a table of several as papers print it."""
    from ..api.load import load_each, summary_format_of, tabulate

    if len(source) > 1 and table == "full":
        raise click.UsageError("several networks have one table only as papers print it; write --table paper")
    files = outputs or (STDOUT,)
    formats = [format or summary_format_of(file) for file in files]
    values = read_settings(settings)
    nets = load_each([(one, values) for one in source], variant)
    remark(fault for net in nets for fault in net.faults)
    made = []
    for file, name in zip(files, formats, strict=True):
        view: dict[str, Any] = {"format": name, "cost": cost}
        said = nets[0].summary(**view) if table == "full" else tabulate(*nets, table=table, **view)  # type: ignore[arg-type]
        made.append((file, said.encode()))
    deliver(made)
