"""`netdraw sweep`: one network under many values of its params."""

from __future__ import annotations

from typing import Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, remark, shared, source_argument
from .view import view_options


@click.command(context_settings=CONTEXT)
@source_argument
@click.option(
    "--over",
    multiple=True,
    shell_complete=complete.setting,
    metavar="NAME=VALUE,VALUE",
    help="The values of a param; repeatable: every combination is a point.",
)
@click.option(
    "-f",
    "--format",
    shell_complete=complete.cost_format,
    metavar="NAME",
    help="text, md, csv, json, html, latex; svg, png or pdf for the chart.  [default: text]",
)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; by default stdout.")
@click.option(
    "--variant", shell_complete=complete.variant, metavar="NAME", help="The variant of the file; the same as FILE#NAME."
)
@click.option("--x", metavar="MEASURE", help="What runs to the right: params, macs, flops, memory.")
@click.option("--y", metavar="MEASURE", help="What runs upwards.")
@view_options(
    *("cost", "theme", "width", "title", "caption", "lang", "fonts", "font", "scale", "transparent"),
    width={"default": "960"},
)
@shared
def command(
    source: str,
    over: tuple[str, ...],
    format: str | None,
    outputs: tuple[str, ...],
    variant: str | None,
    cost: str,
    scale: float,
    transparent: bool,
    **view: Any,
) -> None:
    """Tell what SOURCE costs at every combination of some params' values, as a table or as a chart."""
    from ..sweeping import split_values, sweep, table_or_figure

    try:
        values = split_values(over)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--over") from None
    found = sweep(source, values, variant=variant, cost=cost)
    made = []
    for file in dict.fromkeys(outputs or (STDOUT,)):
        name, figure = table_or_figure("" if file == STDOUT else file, format)
        if figure:
            drawing = found.draw(**view)
            remark(drawing.faults)
            made.append((file, drawing.to_bytes(name, scale=scale, transparent=transparent)))
        else:
            made.append((file, found.text(name).encode()))
    deliver(made, f": {len(found.runs)} points")
