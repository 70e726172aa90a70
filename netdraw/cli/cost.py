"""`netdraw cost`: where the cost of a network lies, and what separable convolutions save."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, network_options, read_settings, remark, shared, source_argument
from .view import view_options

if TYPE_CHECKING:
    from ..api.load import Drawing, Network


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
    help="text, json, csv, md, html, latex; svg, png or pdf for a figure.  [default: by the file's suffix, else text]",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Where to; by default stdout, for a pair NAME-pair-N.svg.",
)
@click.option("--pair", type=int, metavar="N", help="Draw the filters of the N-th separable pair.")
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
    from ..api.formats import table_or_figure, tables
    from ..api.load import load_text
    from ..core.errors import both, gather
    from ..figure.options import choices
    from ..spec.sources import find

    params, texts = read_settings(settings), {} if pair is not None else tables()
    files, what = dict.fromkeys(outputs or (STDOUT,)), "table of costs" if pair is None else "pair"
    net, (formats, _) = both(
        lambda: load_text(find(source), variant, params),
        lambda: both(
            lambda: gather(*[partial(table_or_figure, file, format, texts, what) for file in files]),
            lambda: choices(by=by),
        ),
    )
    remark(net.faults)
    made = []
    for file, (name, figure) in zip(files, formats, strict=True):
        if pair is not None and not outputs:
            file = f"{net.name}-pair-{pair}.{name}"
        if figure:
            data = _drawn(net, pair, by, view).to_bytes(name, scale=scale, transparent=transparent)
        else:
            data = net.cost(name, by=by).encode()  # type: ignore[arg-type]
        made.append((file, data))
    deliver(made)


def _drawn(net: Network, pair: int | None, by: Any, view: dict[str, Any]) -> Drawing:
    drawing = net.draw_cost(by=by, **view) if pair is None else net.draw_pair(pair, **view)
    remark(drawing.faults)
    return drawing
