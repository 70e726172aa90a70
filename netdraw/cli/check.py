"""`netdraw check`: every fault of specs, and their totals against what they expect."""

from __future__ import annotations

import click

from ..core.terminal import shown
from . import complete
from .common import as_command, chosen, flag, network_options, remark
from .options import NETWORK, option
from .streams import emit, show_error


@as_command
@click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=complete.source)
@option("--zoo", group=NETWORK, is_flag=True, help="Check the specs that travel with netdraw, too.")
@network_options
def command(sources: tuple[str, ...], zoo: bool) -> None:
    """Report every fault of each SOURCE: the file and each of its variants, or the variant that is named.

    Where a spec says what it expects, its totals are compared; not under --set.
    """
    from ..api.check import check
    from ..api.load import FoundSpec, find, zoo_files
    from ..core.errors import NetdrawError

    if not sources and not zoo:
        raise click.UsageError("give a SOURCE, or --zoo")
    which = chosen()
    texts: list[FoundSpec | str] = [*sources, *(zoo_files() if zoo else ())]
    failed = False
    for item in texts:
        try:
            result = check(find(item) if isinstance(item, str) else item, **which)
            remark(result.faults, notes=True)
        except NetdrawError as error:
            show_error(error)
            failed = True
        else:
            if not flag("quiet"):
                emit("".join(f"{shown(line)}\n" for line in result.lines))
    if failed:
        click.get_current_context().exit(1)
