"""The command line: words for what the library does. One command a file; each is imported when it is called."""

import gc
import os
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from .commands import cli as cli

INTERRUPTED = 130
"""The exit code of a run that was broken off from outside."""


def main() -> NoReturn:
    """The program `netdraw`."""
    gc.set_threshold(1_000_000)  # before all else: a run is short, and nearly all that it makes it keeps to its end
    try:
        from .commands import run

        run()
    except KeyboardInterrupt:  # while modules are imported, or after all is done
        os._exit(INTERRUPTED)


def __getattr__(name: str) -> object:
    if name != "cli":
        raise AttributeError(f"module 'netdraw.cli' has no attribute '{name}'")
    from .commands import cli

    return cli
