"""`netdraw cost`: where the cost of a network lies, and what separable convolutions save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..figure.options.table import COST_TABLE, FILE, PART, options_of
from . import complete
from .common import (
    STDOUT,
    as_command,
    deliver,
    made,
    network_options,
    read_settings,
    remark,
    shared,
    source_argument,
)  # fmt: skip
from .options import figure_options, file_options, given, of_drawing, option

if TYPE_CHECKING:
    from ..api.load import Drawing


@as_command
@source_argument
@network_options
@file_options(
    "by default stdout, for a pair NAME-pair-N.svg",
    "text, json, csv, md, html, latex; svg, png or pdf for a figure. By default the file's suffix says it, else text",
    complete.table_format,
)
@option("--pair", group=PART, type=int, metavar="N", help="Draw the filters of the N-th separable pair.")
@figure_options("cost", "pair", COST_TABLE, FILE)
@shared
def command(
    source: str,
    outputs: tuple[str, ...],
    format: str | None,
    pair: int | None,
    settings: tuple[str, ...],
    variant: str | None,
    **options: Any,
) -> None:
    """Tell where the MACs, parameters and memory of SOURCE lie, as a table or as a figure."""
    from ..api.formats import check_options, tables, tables_or_figures
    from ..api.load import find, load_text
    from ..core.errors import Errors

    params, view, errors = read_settings(settings), given(options), Errors()
    with errors:
        net = load_text(find(source), variant, params)
    texts, what = (tables(), "table of costs") if pair is None else ({}, "pair")
    found = tables_or_figures(dict.fromkeys(outputs or (STDOUT,)), format, texts, what, errors)
    made_of = {"table": (COST_TABLE,)} if pair is None else {"instead": "--pair"}
    check_options(view, ("cost",) if pair is None else ("pair",), found, errors, **made_of)
    errors.check()
    remark(net.faults)
    if pair is not None and not outputs:
        found = [one._replace(file=f"{net.name}-pair-{pair}.{one.format}") for one in found]
    by = {name: view[name] for name in options_of(COST_TABLE) if name in view}
    drawn = of_drawing(view)

    def draw() -> Drawing:
        return net.draw_cost(**drawn) if pair is None else net.draw_pair(pair, **drawn)

    deliver(made(found, view, lambda name: net.cost(name, **by).encode(), draw))
