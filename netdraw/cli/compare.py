"""`netdraw compare`: one figure of several networks."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from . import complete
from .common import CONTEXT, complete_source, deliver, read_settings, remark, shared
from .view import several_options, view_options


@click.command(context_settings=CONTEXT)
@click.argument("sources", nargs=-1, shell_complete=complete_source)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; the suffix says the format.")
@click.option(
    "-f", "--format", shell_complete=complete.figure_format, metavar="NAME", help="The format, whatever the suffix."
)
@click.option(
    "--as",
    "kind",
    shell_complete=complete.comparison,
    metavar="KIND",
    help="family, whole, units, words or chart; by default what fits the sources.",
)
@click.option(
    "--x",
    shell_complete=complete.measure,
    metavar="MEASURE",
    help="With chart: what runs to the right, params, macs, flops, memory or top1.",
)
@click.option("--y", shell_complete=complete.measure, metavar="MEASURE", help="With chart: what runs upwards.")
@click.option(
    "--only", multiple=True, metavar="GLOB", help="With units and words: those of this name, or with this block."
)
@click.option("--channels", type=int, help="With units and words: the width that costs are at.  [default: 64]")
@click.option("--size", type=int, help="With units and words: the map's size that costs are at.  [default: 56]")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A param of all sources, as in YAML; repeatable.",
)
@view_options("depth", depth={"help": "With family and whole, what is closed: stage, block or layer (nothing)."})
@several_options
@shared
def command(
    sources: tuple[str, ...],
    outputs: tuple[str, ...],
    format: str | None,
    settings: tuple[str, ...],
    scale: float,
    transparent: bool,
    **view: Any,
) -> None:
    """Draw SOURCES in one figure. Without -o it is written to compare.svg in this folder."""
    from ..api.compare import compare
    from ..api.formats import table_or_figure
    from ..core.errors import both, gather

    params = read_settings(settings)
    files = tuple(dict.fromkeys(outputs)) or (f"compare.{format or 'svg'}",)
    drawing, formats = both(
        lambda: compare(*sources, params=params, **view),
        lambda: gather(*[partial(table_or_figure, file, format, {}, "comparison") for file in files]),
    )
    remark(drawing.faults)
    names = [name for name, _ in formats]
    made = {name: drawing.to_bytes(name, scale=scale, transparent=transparent) for name in names}
    across, down = drawing.scene.physical
    unit = "" if across[-1].isalpha() else " px"
    size = f": {across} × {down}{unit}, {len(sources)} networks"
    deliver(((file, made[name]) for file, name in zip(files, names, strict=True)), size)
