"""The group of commands, and the exit codes: 0 done, 1 the input is wrong, 2 wrong usage."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from ..core.errors import OPTION_WORDS, NetdrawError, near_miss
from ..core.input import FILES_READ, FilesRead
from ..core.terminal import INTERRUPTED, shown
from . import immediate
from .streams import flushed, show_error, unheard

COMMANDS = {
    "render": "Draw a network: SVG, PNG, PDF.",
    "check": "Find every fault of specs, and compare their totals with what they expect.",
    "summary": "The layer table and totals of a network.",
    "cost": "Where the cost of a network lies, and what separable convolutions save.",
    "sweep": "What a network costs at many values of its params, as a table or a chart.",
    "diff": "What differs between two networks, layer by layer, with what it costs.",
    "compare": "Draw several networks in one figure: families, whole networks, their blocks, a chart.",
    "explain": "Explain an error code, an op, a block, or one layer of a network with its numbers.",
    "list": "List networks of the zoo, ops, blocks, styles, themes, formats, codes, params.",
    "new": "Write a new spec to start from.",
    "schema": "Print the JSON Schema of specs, for editors.",
    "completion": "Print the script that completes commands and names in a shell.",
}
"""The commands in the order of the help, each with its line there."""

WRONG_USAGE = 2
_WORDED_BY_CLICK = click.MissingParameter, click.exceptions.NoArgsIsHelpError
"""Wrong usage that is told in several lines, none of them of the user's."""


class Commands(click.Group):
    """A group that knows its commands by name and imports only the one that is called."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return immediate.HELP

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"netdraw.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = near_miss(args[0], COMMANDS)
            hint = f"did you mean '{near}'?" if near else f"choose from {', '.join(COMMANDS)}"
            ctx.fail(f"no such command '{args[0]}'; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, *args: Any, **more: Any) -> NoReturn:
        """Runs the program; wrong usage, whose words may be anyone's, and help that cannot be written end in 2."""
        try:
            code = super().main(*args, **{**more, "standalone_mode": False})
        except click.Abort:
            code = INTERRUPTED
        except click.ClickException as error:
            if not isinstance(error, _WORDED_BY_CLICK):
                error.message = shown(error.message)  # type: ignore[misc]
            unheard(error.show)
            code = error.exit_code
        except NetdrawError as error:
            show_error(error)
            code = WRONG_USAGE
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; what is wrong with the input becomes a line a fault on stderr, and exit code 1."""
        words, kept = OPTION_WORDS.set(_in_words), FILES_READ.set(FilesRead())
        try:
            return super().invoke(ctx)
        except NetdrawError as error:
            from .common import flag

            show_error(error, notes=flag("verbose"))
            ctx.exit(1)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        finally:
            FILES_READ.reset(kept)
            OPTION_WORDS.reset(words)


def _in_words(name: str, value: str) -> str:
    """How faults name an option."""
    from .options import in_words

    return in_words(name, value)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@immediate.version
def cli() -> None:
    """Draw neural networks from YAML, with every number computed.

    A SOURCE is the path of a spec (also FILE#variant), - for standard input, or the name of a network of the zoo,
    such as mobilenet_v2 or resnet50.
    """


def run() -> NoReturn:
    """Runs the command that was called; ends without taking apart what it made, a twentieth of its time."""
    code: object = 0
    try:
        cli(prog_name="netdraw")
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit as end:
        code = end.code
    gc.freeze()
    out = flushed()
    os._exit(code if isinstance(code, int) and code else int(not out))
