"""`netdraw sweep`: one network under many values of its params."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, network_options, read_settings, remark, shared, source_argument
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
@network_options
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
    settings: tuple[str, ...],
    variant: str | None,
    cost: str,
    scale: float,
    transparent: bool,
    **view: Any,
) -> None:
    """Tell what SOURCE costs at every combination of some params' values, as a table or as a chart."""
    from ..api.formats import table_or_figure, tables
    from ..api.points import split_values
    from ..api.sweep import sweep
    from ..core.errors import both, gather

    try:
        values = split_values(over)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--over") from None
    params = read_settings(settings)
    files = tuple(dict.fromkeys(outputs or (STDOUT,)))
    found, formats = both(
        lambda: sweep(source, values, variant=variant, params=params, cost=cost),
        lambda: gather(*[partial(table_or_figure, file, format, tables(), "sweep") for file in files]),
    )
    remark(found.faults)
    made = []
    for file, (name, figure) in zip(files, formats, strict=True):
        if figure:
            drawing = found.draw(**view)
            remark(drawing.faults)
            made.append((file, drawing.to_bytes(name, scale=scale, transparent=transparent)))
        else:
            made.append((file, found.text(name).encode()))
    count = len(found.runs)
    deliver(made, f": {count} point{'s' if count > 1 else ''}")
