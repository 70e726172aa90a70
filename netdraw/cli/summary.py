"""`netdraw summary`: the layer table and totals."""

from __future__ import annotations

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, network_options, read_settings, remark, shared, source_argument


@click.command(context_settings=CONTEXT)
@source_argument
@click.option(
    "-f",
    "--format",
    shell_complete=complete.format,
    metavar="NAME",
    help="text, json, csv, md, html, latex or outline.  [default: text]",
)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; by default stdout.")
@network_options
@click.option(
    "--cost",
    shell_complete=complete.cost,
    default="macs",
    show_default=True,
    metavar="UNIT",
    help="macs, flops (2 × MACs), params, none.",
)
@shared
def command(
    source: str,
    format: str | None,
    outputs: tuple[str, ...],
    settings: tuple[str, ...],
    variant: str | None,
    cost: str,
) -> None:
    """Print the layers of SOURCE with their shapes and costs."""
    from ..api import load_text, summary_format_of
    from ..sources import find

    net = load_text(find(source), variant, read_settings(settings))
    remark(net.faults)
    made = [(file, net.summary(format or summary_format_of(file), cost=cost).encode()) for file in outputs or (STDOUT,)]  # type: ignore[arg-type]
    deliver(made)
