"""The command line: words for what the library does. One command a file; each is imported when it is called."""

import gc
import os
from typing import TYPE_CHECKING, NoReturn

from ..core.terminal import INTERRUPTED

if TYPE_CHECKING:
    from .commands import cli as cli


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
