"""Reads files up to a limit, and remembers what a run has read, so that it writes over none of it."""

from __future__ import annotations

import os
import stat
import sys
from contextvars import ContextVar
from typing import IO

MIB = 2**20
MAX_BYTES = 4 * MIB
"""The most of a text."""


class FilesRead:
    """What one run has read: files by device and number, and by path the bytes of pipes, which give them only once."""

    def __init__(self) -> None:
        self.files: set[tuple[int, int]] = set()
        self.pipes: dict[str, bytes] = {}

    def note(self, stream: IO[bytes]) -> bool:
        """Remembers a file; False for what is none, such as a pipe."""
        try:
            status = os.fstat(stream.fileno())
        except OSError:  # bytes that a program gives for standard input
            return False
        if stat.S_ISREG(status.st_mode):
            self.files.add((status.st_dev, status.st_ino))
        return stat.S_ISREG(status.st_mode)


FILES_READ: ContextVar[FilesRead | None] = ContextVar("files_read", default=None)
"""The command line keeps them, since a command is one run; the library does not know what belongs together."""


def read(path: str, most: int) -> bytes:
    """The bytes of a file, pipe or device; `most + 1` of them where there are more. Raises OSError or ValueError."""
    known = FILES_READ.get()
    if known is not None and path in known.pipes:
        return known.pipes[path]
    with open(path, "rb") as handle:
        data = handle.read(most + 1)
        if known is not None and not known.note(handle):
            known.pipes[path] = data
    return data


def read_stdin(most: int) -> bytes:
    """The bytes of standard input, as `read` gives those of a file. Raises OSError where it is closed."""
    stream: IO[bytes] | None = getattr(sys.stdin, "buffer", None)  # Python has None for a closed one
    if stream is None:
        raise OSError("standard input is closed")
    known = FILES_READ.get()
    if known is not None:
        known.note(stream)
    return stream.read(most + 1)


def is_read(status: os.stat_result) -> bool:
    """Whether this run has read a file, by whatever name or link."""
    known = FILES_READ.get()
    return known is not None and (status.st_dev, status.st_ino) in known.files
