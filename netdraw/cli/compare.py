"""`netdraw compare`: one figure of several networks."""

from __future__ import annotations

from typing import Any

import click

from ..figure.options.table import COMPARED, FILE
from . import complete
from .common import as_command, deliver, read_settings, remark, setting_option, unit_of
from .options import figure_options, file_options, given, of_drawing


@as_command
@click.argument("sources", nargs=-1, shell_complete=complete.source)
@setting_option("--set", "settings", of="all sources")
@file_options("repeatable", "svg, png or pdf; by default the file's suffix says it", complete.figure_format)
@figure_options(*COMPARED, FILE)
def command(
    sources: tuple[str, ...], outputs: tuple[str, ...], format: str | None, settings: tuple[str, ...], **options: Any
) -> None:
    """Draw SOURCES in one figure. Without -o it is written to compare.svg in this folder."""
    from ..api.compare import compare
    from ..api.formats import check_options, tables_or_figures, written
    from ..core.errors import Errors

    params, view, errors = read_settings(settings), given(options), Errors()
    with errors:
        drawing = compare(*sources, params=params, **of_drawing(view))
    files = dict.fromkeys(outputs) or (f"compare.{format or 'svg'}",)
    found = tables_or_figures(files, format, {}, "comparison", errors)
    check_options(view, COMPARED, found, errors)
    errors.check()
    remark(drawing.faults)
    made = written(drawing, [one.format for one in found], view)
    across, down = drawing.scene.physical
    size = f": {across} × {down}{unit_of(across)}, {len(sources)} networks"
    deliver([(one.file, made[one.format]) for one in found], size)
