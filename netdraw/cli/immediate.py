"""Options that print a text and end. Those of click would look for translations, even when they are not given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .. import __version__
from .streams import emit


def _immediate(text: Callable[[click.Context], str], help: str) -> dict[str, Any]:
    """The settings of an option that prints the text."""

    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            emit(f"{text(ctx)}\n")
            ctx.exit()

    return {"is_flag": True, "is_eager": True, "expose_value": False, "callback": show, "help": help}


HELP = click.Option(["-h", "--help"], **_immediate(click.Context.get_help, "Show this message and exit."))
version = click.option(
    "-V", "--version", **_immediate(lambda _: f"netdraw {__version__}", "Show the version and exit.")
)
