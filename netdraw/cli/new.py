"""`netdraw new`: a spec to start from."""

from __future__ import annotations

import os

import click

from ..figure.options.table import OUTPUT
from . import complete
from .common import STDOUT, as_command, deliver, note
from .options import NETWORK, option


@as_command
@click.argument("file")
@option(
    "--from", "start", group=NETWORK, metavar="NAME", shell_complete=complete.source, help="A spec to copy: resnet18."
)
@option("--force", group=OUTPUT, is_flag=True, help="Replace FILE where it exists.")
def command(file: str, start: str | None, force: bool) -> None:
    """Write FILE: a small network, or a copy of another spec with the values of its variant put in."""
    from ..api.load import find
    from ..api.new import copy_of, starter
    from ..core.errors import Fault, OutputError

    if file != STDOUT and os.path.lexists(file) and not os.path.isdir(file) and not force:
        raise OutputError([Fault("ND010", "the file exists; write --force to replace it", where=file)])
    text = starter(file) if start is None else copy_of(find(start))
    deliver([(file, text.encode())])
    if file != STDOUT:
        note(f"next: netdraw render {file}")
