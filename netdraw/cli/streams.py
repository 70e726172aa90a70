"""What is written to the standard streams: results to stdout, faults and notes to stderr. Either may be closed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable

import click

from ..core.errors import MOST_FAULTS, Fault, NetdrawError, OutputError
from ..core.output import failure

COLORS = {"error": "red", "warning": "yellow", "note": "cyan"}
"""By severity, the gravest first."""
MOST_SHOWN = 100
"""So many faults of one input are shown; of the others only how many there are."""


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


def show(faults: Iterable[Fault], stopped: bool = False) -> None:
    """One fault a line, to stderr, in the order given: the first MOST_SHOWN, and the number of those left out.

    Errors are left out last, notes first. `stopped` says that a text was read no further than MOST_FAULTS errors.
    """
    found = list(faults)
    grave = sorted(range(len(found)), key=lambda place: list(COLORS).index(found[place].severity))
    for fault in [found[place] for place in sorted(grave[:MOST_SHOWN])]:
        _show(fault)
    if len(found) > MOST_SHOWN:
        end = f"; the text is read no further after {MOST_FAULTS:,} errors" if stopped else ""
        tell(f"and {len(found) - MOST_SHOWN:,} more{end}")


def show_error(error: NetdrawError, notes: bool = True) -> None:
    """The faults of an error; notes where they are wanted."""
    show((fault for fault in error.faults if notes or fault.severity != "note"), error.stopped)


def _show(fault: Fault) -> None:
    """One fault on a line."""
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
