"""`netdraw schema`: the JSON Schema of specs."""

from __future__ import annotations

import click

from .common import CONTEXT, STDOUT, deliver, shared


@click.command(context_settings=CONTEXT)
@click.option("-o", "--output", default=STDOUT, metavar="FILE", help="Where to; by default stdout.")
@shared
def command(output: str) -> None:
    """Print the JSON Schema of specs, made from the ops and blocks that there are.

    An editor with the YAML language server completes and checks a spec whose first line is

    \b
    # yaml-language-server: $schema=netdraw.schema.json
    """
    import json

    from ..manual import schema

    deliver([(output, (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode())])
