"""`netdraw render`: the figure of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from . import complete
from .common import (
    CONTEXT,
    STDOUT,
    deliver,
    emit,
    network_options,
    read_settings,
    remark,
    shared,
    source_argument,
)

if TYPE_CHECKING:
    from ..api import Drawing


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
@click.option(
    "--theme",
    shell_complete=complete.theme,
    default="default",
    show_default=True,
    metavar="NAME",
    help="A theme, or the path of one.",
)
@click.option(
    "--layout",
    shell_complete=complete.layout,
    default="auto",
    show_default=True,
    metavar="NAME",
    help="strip, stack (downwards), dot (by Graphviz), or auto: strip, but dot above eight lanes.",
)
@click.option(
    "--width",
    shell_complete=complete.width,
    default="screen",
    show_default=True,
    metavar="WIDTH",
    help="px as a bare number, 174mm, 3.5in, screen (1440 px), page (174 mm), column (3.5 in), none (one row).",
)
@click.option(
    "--height",
    metavar="HEIGHT",
    help="The most it may be high, px, mm or in, or none; by default 240mm where the width is in mm or in.",
)
@click.option("--depth", metavar="DEPTH", help="What is drawn: stage, block (closed) or layer; by default what fits.")
@click.option(
    "--cost",
    shell_complete=complete.cost,
    default="macs",
    show_default=True,
    metavar="UNIT",
    help="macs, flops (2 × MACs), params, none.",
)
@click.option("--unfold", is_flag=True, help="Draw every member of a repeat.")
@click.option(
    "--labels",
    shell_complete=complete.labels,
    default="compact",
    show_default=True,
    metavar="HOW",
    help="compact, full, relative, or a template such as '{kernel}, {out}'.",
)
@click.option(
    "--bars",
    shell_complete=complete.bars,
    default="shape",
    show_default=True,
    metavar="VALUE",
    help="What bars show: shape, params, macs, memory, receptive, none.",
)
@click.option(
    "--shape-order",
    shell_complete=complete.shape_order,
    default="chw",
    show_default=True,
    metavar="ORDER",
    help="chw or hwc.",
)
@click.option("--fuse-pool", is_flag=True, help="Draw a convolution and the pooling behind it as one cell.")
@click.option("--legend/--no-legend", default=True, help="The kinds of cells, below; shown by default.")
@click.option("--title/--no-title", default=True, help="The title; shown by default.")
@click.option("--caption/--no-caption", default=True, help="Source and convention, below; shown by default.")
@click.option(
    "--lang",
    shell_complete=complete.lang,
    default="en",
    show_default=True,
    metavar="LANGUAGE",
    help="The figure's words: en, zh.",
)
@click.option(
    "--fonts",
    shell_complete=complete.fonts,
    default="embed",
    show_default=True,
    metavar="HOW",
    help="How an SVG comes to its fonts: embed, link, outline, none.",
)
@click.option(
    "--only",
    shell_complete=complete.node,
    metavar="GLOB",
    help="Draw a part: a pattern of ids or titles, such as stages.3 or conv3_x.",
)
@click.option(
    "--highlight",
    shell_complete=complete.node,
    multiple=True,
    metavar="GLOB",
    help="Frame what a pattern of ids or titles names; repeatable.",
)
@click.option(
    "--font",
    shell_complete=complete.file,
    multiple=True,
    metavar="FILE",
    help="A font file to draw in; repeatable: a bold one, one for more characters, netdraw for ours.",
)
@click.option("--scale", type=float, default=2.0, show_default=True, help="Pixels of a PNG per px of the figure.")
@click.option("--transparent", is_flag=True, help="Leave out the ground, for a page of another colour.")
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
    from ..api import format_of, load_text
    from ..sources import find

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
    from ..fitting import RUNGS
    from ..numbers import grouped

    meta, (across, down) = dict(drawing.scene.meta), drawing.scene.physical
    total, rung = meta["totals"], meta["rung"]
    unit = "" if across[-1].isalpha() else " px"
    least = "≥ " if total["not_counted"] else ""
    costs = f"{grouped(total['params'])} parameters, {least}{grouped(total['macs'])} MACs"
    fits = f"; {rung}, to fit" if rung != RUNGS[0][0] else ""
    return f"{across} × {down}{unit}, {costs}{fits}"
