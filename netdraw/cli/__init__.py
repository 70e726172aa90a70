"""The command line: words for what the library does. One command a file; each is imported when it is called."""

import gc
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from .commands import cli as cli


def main() -> NoReturn:
    """The program `netdraw`."""
    gc.set_threshold(1_000_000)  # before all else: a run is short, and nearly all that it makes it keeps to its end
    from .commands import run

    run()


def __getattr__(name: str) -> object:
    if name != "cli":
        raise AttributeError(f"module 'netdraw.cli' has no attribute '{name}'")
    from .commands import cli

    return cli
