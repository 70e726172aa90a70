"""`netdraw new`: a spec to start from."""

from __future__ import annotations

import os

import click

from .common import CONTEXT, STDOUT, complete_source, deliver, note, shared


@click.command(context_settings=CONTEXT)
@click.argument("file")
@click.option("--from", "start", metavar="NAME", shell_complete=complete_source, help="A spec to copy: resnet18.")
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@shared
def command(file: str, start: str | None, force: bool) -> None:
    """Write FILE: a small network, or a copy of another spec with the values of its variant put in."""
    from ..api.new import copy_of, starter
    from ..core.errors import Fault, OutputError
    from ..spec.sources import find

    if file != STDOUT and os.path.lexists(file) and not os.path.isdir(file) and not force:
        raise OutputError([Fault("ND010", "the file exists; write --force to replace it", where=file)])
    text = starter(file) if start is None else copy_of(find(start))
    deliver([(file, text.encode())])
    if file != STDOUT:
        note(f"next: netdraw render {file}")
