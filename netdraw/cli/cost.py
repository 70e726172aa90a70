"""`netdraw cost`: where the cost of a network lies, and what separable convolutions save."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..figure.options.table import COST_TABLE, FILE, PART, options_of
from . import complete
from .common import STDOUT, as_command, deliver, load_chosen, made, network_options, remark, source_argument
from .options import figure_options, file_options, given, of_drawing, option


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
def command(source: str, outputs: tuple[str, ...], format: str | None, pair: int | None, **options: Any) -> None:
    """Tell where the MACs, parameters and memory of SOURCE lie, as a table or as a figure."""
    from ..api.formats import check_options, tables, tables_or_figures
    from ..core.errors import Errors

    view, errors = given(options), Errors()
    with errors:
        net = load_chosen(source)
    texts, what = (tables(), "table of costs") if pair is None else ({}, "pair")
    found = tables_or_figures(dict.fromkeys(outputs or (STDOUT,)), format, texts, what, errors)
    made_of = {"table": (COST_TABLE,)} if pair is None else {"instead": "--pair"}
    check_options(view, ("cost",) if pair is None else ("pair",), found, errors, **made_of)
    errors.check()
    remark(net.faults)
    if pair is not None and not outputs:
        found = [one._replace(file=f"{net.name}-pair-{pair}.{one.format}") for one in found]
    by = {name: view[name] for name in options_of(COST_TABLE) if name in view}
    draw = net.draw_cost if pair is None else partial(net.draw_pair, pair)
    deliver(made(found, view, lambda name: net.cost(name, **by), lambda: draw(**of_drawing(view))))
