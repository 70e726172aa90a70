"""`netdraw sweep`: one network under many values of its params."""

from __future__ import annotations

from typing import Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, remark, shared, source_argument


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
@click.option(
    "--cost",
    shell_complete=complete.cost,
    default="macs",
    show_default=True,
    metavar="UNIT",
    help="macs, flops (2 × MACs), params, none.",
)
@click.option("--x", metavar="MEASURE", help="What runs to the right: params, macs, flops, memory.")
@click.option("--y", metavar="MEASURE", help="What runs upwards.")
@click.option("--theme", shell_complete=complete.theme, default="default", show_default=True, metavar="NAME")
@click.option(
    "--width", shell_complete=complete.width, default="960", show_default=True, metavar="WIDTH", help="Of the chart."
)
@click.option("--title/--no-title", default=True, help="The chart's title; shown by default.")
@click.option("--caption/--no-caption", default=True, help="Its convention, below; shown by default.")
@click.option("--lang", shell_complete=complete.lang, default="en", show_default=True, metavar="LANGUAGE")
@click.option("--fonts", shell_complete=complete.fonts, default="embed", show_default=True, metavar="HOW")
@click.option("--scale", type=float, default=2.0, show_default=True, help="Pixels of a PNG per px of the chart.")
@shared
def command(
    source: str,
    over: tuple[str, ...],
    format: str | None,
    outputs: tuple[str, ...],
    variant: str | None,
    cost: str,
    scale: float,
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
            made.append((file, drawing.to_bytes(name, scale=scale)))
        else:
            made.append((file, found.text(name).encode()))
    deliver(made, f": {len(found.runs)} points")
