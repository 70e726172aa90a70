"""`netdraw schema`: the JSON Schema of specs, or of themes."""

from __future__ import annotations

import click

from .common import CONTEXT, STDOUT, deliver, shared


@click.command(context_settings=CONTEXT)
@click.option("--theme", is_flag=True, help="That of themes.")
@click.option("-o", "--output", default=STDOUT, metavar="FILE", help="Where to; by default stdout.")
@shared
def command(theme: bool, output: str) -> None:
    """Print the JSON Schema of specs, made from the ops and blocks that there are; with --theme that of themes.

    An editor with the YAML language server completes and checks a file whose first line is

    \b
    # yaml-language-server: $schema=netdraw.schema.json
    """
    import json

    from ..manual.entries import schema, theme_schema

    found = theme_schema() if theme else schema()
    deliver([(output, (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode())])
