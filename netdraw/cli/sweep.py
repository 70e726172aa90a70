"""`netdraw sweep`: one network under many values of its params."""

from __future__ import annotations

from typing import Any

import click

from ..figure.options.table import FILE, POINTS, options_of
from . import complete
from .common import STDOUT, as_command, chosen, deliver, made, network_options, remark, source_argument
from .options import NETWORK, figure_options, file_options, given, of_drawing, option


@as_command
@source_argument
@option(
    "--over",
    group=NETWORK,
    multiple=True,
    shell_complete=complete.setting,
    metavar="NAME=VALUE,VALUE",
    help="The values of a param; repeatable: every combination is a point.",
)
@network_options
@file_options(
    "by default stdout",
    "text, md, csv, json, html, latex; svg, png or pdf for the chart. By default the file's suffix says it, else text",
    complete.table_format,
)
@figure_options("sweep", POINTS, FILE)
def command(source: str, over: tuple[str, ...], outputs: tuple[str, ...], format: str | None, **options: Any) -> None:
    """Tell what SOURCE costs at every combination of some params' values, as a table or as a chart."""
    from ..api.formats import check_options, tables, tables_or_figures
    from ..api.points import split_values
    from ..api.sweep import sweep
    from ..core.errors import Errors

    try:
        values = split_values(over)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--over") from None
    which, view, errors = chosen(), given(options), Errors()
    counted = {name: view[name] for name in options_of(POINTS) if name in view}
    with errors:
        swept = sweep(source, values, **which, **counted)
    found = tables_or_figures(dict.fromkeys(outputs or (STDOUT,)), format, tables(), "sweep", errors)
    drawn = {name: value for name, value in view.items() if name not in counted}
    check_options(drawn, ("sweep",), found, errors)
    errors.check()
    remark(swept.faults)
    count = len(swept.runs)
    files = made(found, view, swept.text, lambda: swept.draw(**of_drawing(drawn)))
    deliver(files, f": {count} point{'s' if count > 1 else ''}")
