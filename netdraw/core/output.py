"""Writes files whole or not at all: a temporary file beside each, then a rename."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable

from . import input
from .errors import Fault, OutputError


def write(path: str, data: bytes) -> None:
    """Writes one file. Raises OutputError, and leaves what was there, where it cannot be written."""
    write_all([(path, data)])


def write_all(files: Iterable[tuple[str, bytes]]) -> None:
    """Writes all files or none: every one is on the disk before the first is renamed. Raises OutputError.

    A pipe or device is written to directly, as is what the shell has opened (/dev/stdout); one that nobody reads any
    more takes the rest in silence. Folders are never made. The mode is that of the file that is replaced, else what
    the umask gives.
    """
    waiting: list[tuple[str, str, str]] = []
    direct: list[tuple[str, bytes]] = []
    try:
        for path, data in files:
            target = os.path.realpath(path)
            _check_unread(path)
            if _is_direct(path):
                direct.append((path, data))
            else:
                _check(path, target)
                # Beside the target, and short, since the target's name may be as long as one can be.
                temporary = os.path.join(os.path.dirname(target), f".netdraw-{os.getpid()}-{len(waiting)}.tmp")
                waiting.append((temporary, target, path))
                _guarded(path, _fill, temporary, target, data)
        for path, data in direct:
            _guarded(path, _pour, path, data)
        while waiting:
            temporary, target, path = waiting[0]
            _guarded(path, os.replace, temporary, target)
            del waiting[0]
    finally:
        for temporary, _, _ in waiting:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _is_direct(path: str) -> bool:
    """Whether a path is no name of a file, but a pipe, a device, or what a process has open: /dev/stdout, /dev/fd/3."""
    if os.path.isdir(path) or not os.path.exists(path):
        return False
    return not os.path.isfile(path) or _is_open(path)


def _is_open(path: str) -> bool:
    folder, name = os.path.split(path)
    if name.isdecimal() and os.path.realpath(folder).startswith(("/proc/", "/dev/")):
        return True
    return os.path.islink(path) and _is_open(os.path.join(folder, os.readlink(path)))


def _check_unread(path: str) -> None:
    """Raises OutputError for a file that this run has read."""
    if os.path.exists(path) and input.is_read(os.stat(path)):
        message = "this file was read by the same command, and would be lost; give another name"
        raise OutputError([Fault("ND017", message, where=path)])


def _check(path: str, target: str) -> None:
    """Raises OutputError for what can be told beforehand."""
    folder = os.path.dirname(target)
    if not os.path.isdir(folder):
        shown = os.path.dirname(path) or folder
        what = "is no folder" if os.path.exists(folder) else "does not exist; make it first"
        raise OutputError([Fault("ND007", f"the folder '{shown}' {what}", where=path)])
    if os.path.isdir(target) or path.endswith(("/", os.sep)):
        raise OutputError([Fault("ND002", "this is a directory; name a file in it", where=path)])
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise OutputError([Fault("ND008", "the file is write-protected", where=path)])


def _fill(temporary: str, target: str, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):  # left by a process of the same number that was killed
        os.unlink(temporary)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(temporary, flags, 0o666), "wb") as handle:
        handle.write(data)
    if os.path.exists(target):
        os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))


def _pour(path: str, data: bytes) -> None:
    # Whoever reads may have enough before the end; a file that the shell has opened keeps what it has.
    with contextlib.suppress(BrokenPipeError), open(path, "ab") as handle:
        handle.write(data)


def _guarded(path: str, action: Callable[..., None], *args: object) -> None:
    """Runs one step; an OSError becomes an OutputError that names the file as it was given."""
    try:
        action(*args)
    except OSError as error:
        raise OutputError([failure(error, path)]) from None


def failure(error: OSError, path: str) -> Fault:
    """What went wrong when a file was written, in plain words."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        folder = os.path.dirname(path) or "."
        return Fault("ND008", f"no permission to write here: {error.strerror} ('{folder}')", where=path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault("ND009", "the disk is full; nothing was written", where=path)
    return Fault("ND009", f"the file cannot be written: {error.strerror or error}", where=path)
