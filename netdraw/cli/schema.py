"""`netdraw schema`: the JSON Schema of specs, of themes, or of views."""

from __future__ import annotations

import click

from ..figure.options.table import OUTPUT
from .common import STDOUT, as_command, deliver
from .options import option

WHAT = ("spec", "theme", "view")


@as_command
@click.argument("what", default="spec", type=click.Choice(WHAT))
@option("--theme", hidden=True, group=OUTPUT, is_flag=True, help="The same as: schema theme.")
@option("-o", "--output", group=OUTPUT, default=STDOUT, metavar="FILE", help="Where to; by default stdout.")
def command(what: str, theme: bool, output: str) -> None:
    """Print the JSON Schema of WHAT: specs (from the ops and blocks that there are), themes, or views, which are the
    options of a figure.

    An editor with the YAML language server completes and checks a file whose first line is

    \b
    # yaml-language-server: $schema=netdraw.schema.json
    """
    import json

    from ..figure.options.derived import schema as view_schema
    from ..manual.entries import schemas

    found = {**schemas(), "view": view_schema}["theme" if theme else what]()
    deliver([(output, (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())])
