"""`netdraw render`: the figure of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from . import complete
from .common import CONTEXT, STDOUT, deliver, emit, network_options, read_settings, remark, shared, source_argument
from .view import view_options

if TYPE_CHECKING:
    from ..api.load import Drawing


@click.command(context_settings=CONTEXT)
@source_argument
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; repeatable, - is stdout.")
@click.option(
    "-f",
    "--format",
    shell_complete=complete.format,
    metavar="NAME",
    help="svg, png, pdf or dot; by default the file's suffix says it.",
)
@network_options
@view_options(
    *("theme", "layout", "width", "height", "depth", "cost", "unfold", "labels", "bars", "shape-order", "fuse-pool"),
    *("legend", "title", "caption", "lang", "fonts", "only", "highlight", "font", "scale", "transparent"),
)
@click.option("--alt", is_flag=True, help="Print what the network is, in 80 to 150 characters, and draw nothing.")
@shared
def command(
    source: str,
    outputs: tuple[str, ...],
    format: str | None,
    settings: tuple[str, ...],
    variant: str | None,
    scale: float,
    transparent: bool,
    alt: bool,
    **view: Any,
) -> None:
    """Draw SOURCE. Without -o the figure is written to NAME.svg in this folder."""
    from ..api.load import format_of, load_text
    from ..spec.sources import find

    net = load_text(find(source), variant, read_settings(settings))
    remark(net.faults)
    if alt:
        if outputs:
            raise click.UsageError("--alt draws nothing; leave out -o, or leave out --alt")
        emit(f"{net.alt(lang=view['lang'], shape_order=view['shape_order'])}\n")
        return
    files = tuple(dict.fromkeys(outputs)) or (f"{net.name}.{format or 'svg'}",)
    formats = [format or ("svg" if file == STDOUT else format_of(file)) for file in files]
    drawing = net.draw(**view)
    remark(drawing.faults)
    made = {name: drawing.to_bytes(name, scale=scale, transparent=transparent) for name in formats}
    deliver(((file, made[name]) for file, name in zip(files, formats, strict=True)), f": {_said(drawing)}")


def _said(drawing: Drawing) -> str:
    """`1440 × 600 px, 3,504,872 parameters, 300,774,272 MACs`; and what was closed so that it fits."""
    from ..core.numbers import grouped
    from ..figure.ladder import RUNGS

    (across, down), meta = drawing.scene.physical, drawing.diagram and drawing.diagram.meta
    assert meta is not None  # which the figure of a network has
    total, rung = meta.totals, meta.rung
    unit = "" if across[-1].isalpha() else " px"
    least = "≥ " if total.not_counted else ""
    costs = f"{grouped(total.params)} parameters, {least}{grouped(total.macs)} MACs"
    fits = f"; {rung}, to fit" if rung != RUNGS[0][0] else ""
    return f"{across} × {down}{unit}, {costs}{fits}"
