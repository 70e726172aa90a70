"""What commands share: options, and how faults, notes and results are written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from .. import __version__
from ..core.errors import Fault, NetdrawError, OutputError
from ..core.output import failure, write_all
from . import complete

Command = TypeVar("Command", bound=Callable[..., Any])
COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}
STDOUT = "-"
CONTEXT = {"help_option_names": ["-h", "--help"]}


def shared(command: Command) -> Command:
    """The options of every command: -q, -v, --strict, --color, -V. They live in the context, not in the arguments."""
    options = (
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_keep, help="Say nothing but errors."),
        click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_keep, help="Say notes, too."),
        click.option("--strict", is_flag=True, expose_value=False, callback=_keep, help="Warnings fail like errors."),
        click.option(
            "--color/--no-color",
            default=None,
            expose_value=False,
            callback=_color,
            help="Colour messages; by default on a terminal only.",
        ),
        click.version_option(__version__, "-V", "--version", prog_name="netdraw", message="%(prog)s %(version)s"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _keep(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    ctx.meta[f"netdraw.{param.name}"] = value


def _color(ctx: click.Context, param: click.Parameter, value: bool | None) -> None:
    ctx.color = ctx.find_root().color = False if value is None and os.environ.get("NO_COLOR") else value


def asked(flag: str) -> bool:
    """Whether a shared flag was given: quiet, verbose or strict."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(f"netdraw.{flag}"))


def source_argument(command: Command) -> Command:
    """SOURCE; a plain string, which the library opens."""
    return click.argument("source", shell_complete=complete_source)(command)


def sources_argument(command: Command) -> Command:
    """SOURCE, one or several."""
    return click.argument("source", nargs=-1, required=True, shell_complete=complete_source)(command)


def complete_source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Names of the zoo, and files."""
    from click.shell_completion import CompletionItem

    from ..spec.sources import zoo_names

    names = [CompletionItem(name) for name in zoo_names() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def network_options(command: Command) -> Command:
    """--set and --variant."""
    setting = click.option(
        "--set",
        "settings",
        multiple=True,
        shell_complete=complete.setting,
        metavar="NAME=VALUE",
        help="A param of the file, as in YAML; repeatable.",
    )
    variant = click.option(
        "--variant",
        shell_complete=complete.variant,
        metavar="NAME",
        help="The variant of the file; the same as FILE#NAME.",
    )
    return setting(variant(command))


def read_settings(settings: Iterable[str], option: str = "--set", source: str = "") -> dict[str, Any]:
    """The values of an option like --set by name, where several sources are read for this one; an option of another
    form is wrong usage.
    """
    written = list(settings)
    if not written:
        return {}
    from ..spec.settings import SyntaxFault, split

    try:
        return dict(split(written, option, source))
    except SyntaxFault as fault:
        raise click.BadParameter(str(fault), param_hint=option) from None


def remark(faults: Iterable[Fault], *, notes: bool = False) -> None:
    """Shows warnings, and notes where they are asked for; raises NetdrawError under --strict for warnings."""
    found = tuple(faults)
    warnings = tuple(fault for fault in found if fault.severity == "warning")
    if warnings and asked("strict"):
        raise NetdrawError(found if notes or asked("verbose") else warnings)
    if not asked("quiet"):
        show(fault for fault in found if fault.severity == "warning" or notes or asked("verbose"))


def show(faults: Iterable[Fault]) -> None:
    """One fault a line, to stderr."""
    for fault in faults:
        place = str(fault.span) if fault.span else fault.where
        level = "" if fault.severity == "error" else f"{fault.severity}: "
        code = click.style(fault.code, fg=COLORS[fault.severity], bold=True)
        start = f"{click.style(place, bold=True)}: " if place else ""
        click.echo(f"{start}{code} {level}{fault.message}", err=True, color=_context_color())


def note(text: str) -> None:
    """Says what was done, to stderr; not under -q."""
    if not asked("quiet"):
        click.echo(text, err=True, color=_context_color())


def _context_color() -> bool | None:
    ctx = click.get_current_context(silent=True)
    return ctx.color if ctx else None


def emit(data: bytes | str) -> None:
    """A result, to stdout: to a terminal as text, else the same bytes in every locale. Raises OutputError."""
    if isinstance(data, str) and not sys.stdout.isatty():
        data = data.encode()
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        raise  # whoever reads has enough; click ends the program
    except OSError as error:
        raise OutputError([failure(error, "stdout")]) from None


def deliver(results: Iterable[tuple[str, bytes]], more: str = "") -> None:
    """Writes results, all of them or none: to files, and to stdout where the path is `-`; says so, and `more`."""
    made = list(results)
    write_all((path, data) for path, data in made if path != STDOUT)
    for path, data in made:
        if path == STDOUT:
            emit(data)
        else:
            note(f"wrote {path}{more}")
