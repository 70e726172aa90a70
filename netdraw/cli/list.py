"""`netdraw list`: what there is."""

from __future__ import annotations

import click

from ..core.terminal import shown
from . import complete
from .common import as_command
from .streams import emit

KINDS = ("zoo", "ops", "blocks", "styles", "themes", "layouts", "formats", "codes", "params")


@as_command
@click.argument("what", default="zoo", type=click.Choice(KINDS))
@click.argument("source", required=False, shell_complete=complete.source)
def command(what: str, source: str | None) -> None:
    """List WHAT there is; by default the networks of the zoo, with their sizes. `params` takes a SOURCE."""
    from ..api.list import LISTS, aligned, params_of

    if what in LISTS:
        if source is not None:
            raise click.UsageError(f"'{source}' is too much; netdraw list {what} takes no source")
        rows = LISTS[what]()
    elif source is None:
        raise click.UsageError(f"say of which network: netdraw list {what} SOURCE")
    else:
        rows = params_of(source)
    emit("".join(f"{shown(line)}\n" for line in aligned(rows)))
