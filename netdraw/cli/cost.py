"""`netdraw cost`: where the cost of a network lies, and what separable convolutions save."""

from __future__ import annotations

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, network_options, read_settings, remark, shared, source_argument


@click.command(context_settings=CONTEXT)
@source_argument
@click.option(
    "--by",
    shell_complete=complete.by,
    default="kind",
    show_default=True,
    metavar="PART",
    help="kind (of layer), stage, block or layer.",
)
@click.option(
    "-f",
    "--format",
    shell_complete=complete.format,
    metavar="NAME",
    help="text, json, csv, md, html, latex.  [default: text]",
)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; by default stdout.")
@network_options
@shared
def command(
    source: str,
    by: str,
    format: str | None,
    outputs: tuple[str, ...],
    settings: tuple[str, ...],
    variant: str | None,
) -> None:
    """Print where the MACs, parameters and memory of SOURCE lie."""
    from ..api import load_text, summary_format_of
    from ..sources import find

    net = load_text(find(source), variant, read_settings(settings))
    remark(net.faults)
    made = [(file, net.cost(format or summary_format_of(file), by=by).encode()) for file in outputs or (STDOUT,)]  # type: ignore[arg-type]
    deliver(made)
