"""`netdraw cost`: where the cost of a network lies, and what separable convolutions save."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, network_options, read_settings, remark, shared, source_argument
from .view import view_options

if TYPE_CHECKING:
    from ..api import Drawing, Network


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
    shell_complete=complete.cost_format,
    metavar="NAME",
    help="text, json, csv, md, html, latex; svg or png for a figure.  [default: by the file's suffix, else text]",
)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; by default stdout.")
@click.option("--pair", type=int, metavar="N", help="Draw the filters of the N-th separable pair instead.")
@network_options
@view_options(*("theme", "width", "lang", "fonts", "font", "scale", "transparent"), width={"default": "760"})
@shared
def command(
    source: str,
    by: str,
    format: str | None,
    outputs: tuple[str, ...],
    pair: int | None,
    settings: tuple[str, ...],
    variant: str | None,
    scale: float,
    transparent: bool,
    **view: Any,
) -> None:
    """Tell where the MACs, parameters and memory of SOURCE lie, as a table or as a figure."""
    from ..api import load_text
    from ..sources import find

    net = load_text(find(source), variant, read_settings(settings))
    remark(net.faults)
    files = outputs or ((STDOUT,) if pair is None else (f"{net.name}-pair-{pair}.{format or 'svg'}",))
    makers = [_maker(file, format, pair) for file in files]
    as_file = {"scale": scale, "transparent": transparent}
    deliver([(file, make(net, pair, by, as_file, view)) for file, make in zip(files, makers, strict=True)])


def _maker(file: str, format: str | None, pair: int | None) -> Any:
    """What makes the bytes of one file: a figure or a table."""
    from ..api import figure_format, format_of, summary_format_of, table_format

    figure = figure_format(format or os.path.splitext(file)[1])
    if figure is None and pair is not None:
        # A pair is a figure: what is no format of one is told as `render` tells it.
        figure = format or ("svg" if file == STDOUT else format_of(file))
    if figure is not None:
        return lambda net, pair, by, as_file, view: _drawn(net, pair, by, view).to_bytes(figure, **as_file)
    if format is None and os.path.splitext(file)[1] and table_format(file) is None:
        format_of(file)  # it raises: the suffix is one of neither a table nor a figure
    table = format or summary_format_of(file)
    return lambda net, pair, by, as_file, view: net.cost(table, by=by).encode()


def _drawn(net: Network, pair: int | None, by: Any, view: dict[str, Any]) -> Drawing:
    drawing = net.draw_cost(by=by, **view) if pair is None else net.draw_pair(pair, **view)
    remark(drawing.faults)
    return drawing
