"""What is written to the standard streams: results to stdout, faults and notes to stderr. Either may be closed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable

import click

from ..core.errors import Fault, OutputError
from ..core.output import failure

COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}


def emit(data: bytes | str) -> None:
    """A result, to stdout: to a terminal as text, else the same bytes in every locale. Raises OutputError where it
    cannot be written, UsageError where stdout is closed.
    """
    if sys.stdout is None:
        raise click.UsageError("standard output is closed, so that the result has no place to go")
    if isinstance(data, str) and not sys.stdout.isatty():
        data = data.encode()
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        raise  # whoever reads has enough; click ends the program
    except OSError as error:
        raise OutputError([failure(error, "stdout")]) from None


def show(faults: Iterable[Fault]) -> None:
    """One fault a line, to stderr."""
    for fault in faults:
        code = click.style(fault.code, fg=COLORS[fault.severity], bold=True)
        start = f"{click.style(fault.place, bold=True)}: " if fault.place else ""
        tell(f"{start}{code} {fault.said}")


def tell(line: str) -> None:
    """A line to stderr."""
    unheard(lambda: click.echo(line, err=True))


def unheard(say: Callable[[], object]) -> None:
    """Says something on stderr; that nobody hears it, where that is closed or full, is no fault of what was asked."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            say()


def flushed() -> bool:
    """Whether all results are out."""
    unheard(lambda: sys.stderr.flush())
    try:
        return sys.stdout is None or sys.stdout.flush() is None
    except (OSError, ValueError):
        return False
