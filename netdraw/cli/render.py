"""`netdraw render`: the figure of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..core.terminal import shown
from ..figure.options.table import ALT, FILE, NETWORK
from . import complete
from .common import STDOUT, as_command, deliver, load_chosen, network_options, remark, source_argument, unit_of
from .options import NETWORK as SPEC
from .options import figure_options, file_options, given, of_drawing, option
from .streams import emit

if TYPE_CHECKING:
    from ..figure.drawing import Drawing


@as_command
@source_argument
@network_options
@option("--alt", group=SPEC, is_flag=True, help="Print what it is, in 80 to 150 characters, and draw nothing.")
@file_options("repeatable, - is stdout", "svg, png, pdf or dot; by default the file's suffix says it", complete.format)
@figure_options(*NETWORK, FILE)
def command(source: str, outputs: tuple[str, ...], format: str | None, alt: bool, **options: Any) -> None:
    """Draw SOURCE. Without -o the figure is written to NAME.svg in this folder."""
    from ..api.formats import Output, check_options, figures_of, written
    from ..core.errors import Errors

    view, errors = given(options), Errors()
    if alt and (outputs or format):
        raise click.UsageError("--alt draws nothing; leave out -o and -f, or leave out --alt")
    with errors:
        net = load_chosen(source)
    if alt:
        check_options(view, (), [Output(STDOUT, "text", False)], errors, table=(ALT,), instead="--alt")
    else:
        found = figures_of(dict.fromkeys(outputs) or ("figure.svg",), format, errors)
        check_options(view, NETWORK, found, errors)
    errors.check()
    remark(net.faults)
    if alt:
        emit(f"{shown(net.alt(**view))}\n")
        return
    drawing = net.draw(**of_drawing(view))
    remark(drawing.faults)
    made = written(drawing, [one.format for one in found], view)
    files = [one.file for one in found] if outputs else [f"{net.name}.{found[0].format}"]
    deliver([(file, made[one.format]) for file, one in zip(files, found, strict=True)], f": {_said(drawing)}")


def _said(drawing: Drawing) -> str:
    """`1440 × 600 px, 3,504,872 parameters, 300,774,272 MACs`; and what was closed so that it fits."""
    from ..core.numbers import grouped, least
    from ..figure.ladder import RUNGS

    (across, down), meta = drawing.scene.physical, drawing.diagram and drawing.diagram.meta
    assert meta is not None  # which the figure of a network has
    total, rung = meta.totals, meta.rung
    params = f"{least(total.unknown)}{grouped(total.params)} parameters"
    costs = f"{params}, {least(total.not_counted)}{grouped(total.macs)} MACs"
    fits = f"; {rung}, to fit" if rung != RUNGS[0][0] else ""
    return f"{across} × {down}{unit_of(across)}, {costs}{fits}"
