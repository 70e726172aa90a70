"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netdraw.core import output
from netdraw.core.errors import OutputError

posix = pytest.mark.skipif(os.name != "posix", reason="modes and devices of POSIX")


def refused(action: Callable[[], object]) -> str:
    with pytest.raises(OutputError) as caught:
        action()
    (fault,) = caught.value.faults
    return str(fault)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    output.write(str(file), b"one")
    output.write(str(file), b"two")
    assert file.read_bytes() == b"two" and names(tmp_path) == ["a.svg"]


def test_a_name_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    output.write("a.svg", b"one")
    assert names(tmp_path) == ["a.svg"]


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    path = str(tmp_path / "no" / "a.svg")
    folder = os.path.dirname(path)
    assert (
        refused(lambda: output.write(path, b"")) == f"{path}: ND007 the folder '{folder}' does not exist; make it first"
    )
    (tmp_path / "no").touch()
    assert refused(lambda: output.write(path, b"")) == f"{path}: ND007 the folder '{folder}' is no folder"
    assert names(tmp_path) == ["no"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "ND002" in refused(lambda: output.write(str(tmp_path), b""))
    assert "ND002" in refused(lambda: output.write(f"{tmp_path}/a/", b"")) or names(tmp_path) == []
    assert names(tmp_path) == []


FAILURES = [
    (errno.ENOSPC, "ND009 the disk is full; nothing was written"),
    (errno.EACCES, "ND008 no permission to write here"),
    (errno.EROFS, "ND008 no permission to write here"),
    (errno.EIO, "ND009 the file cannot be written"),
]


@pytest.mark.parametrize(("number", "said"), FAILURES)
@pytest.mark.parametrize("step", ["open", "write", "replace"])
def test_a_failure_leaves_what_was_there(
    number: int, said: str, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.svg"
    file.write_bytes(b"old")

    def fail(*_: object) -> Any:
        raise OSError(number, os.strerror(number))

    class Full:
        """A file on a full disk."""

        def __init__(self, number: int, mode: str) -> None:
            self.number = number

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.number)

        write = fail

    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr("builtins.open", Full)
        else:
            patch.setattr(os, step, fail)
        found = refused(lambda: output.write(str(file), b"new"))
    assert found.startswith(f"{file}: {said}")
    assert file.read_bytes() == b"old" and names(tmp_path) == ["a.svg"]


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    good, bad = str(tmp_path / "a.svg"), str(tmp_path / "no" / "b.svg")
    refused(lambda: output.write_all([(good, b"a"), (bad, b"b")]))
    assert names(tmp_path) == []
    output.write_all([(good, b"a"), (str(tmp_path / "b.svg"), b"b")])
    assert names(tmp_path) == ["a.svg", "b.svg"]


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        output.write(str(tmp_path / "a.svg"), b"one")
    assert names(tmp_path) == []


@posix
def test_the_mode_is_what_the_umask_gives_or_what_it_was(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    before = os.umask(0o027)
    try:
        output.write(str(file), b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    file.chmod(0o600)
    output.write(str(file), b"two")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.svg", tmp_path / "link.svg"
    real.write_bytes(b"old")
    link.symlink_to(real)
    output.write(str(link), b"new")
    assert link.is_symlink() and real.read_bytes() == b"new"


@posix
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    output.write(str(pipe), b"one")
    reader.join(10)
    assert found == [b"one"] and stat.S_ISFIFO(pipe.stat().st_mode)


@posix
def test_what_the_shell_has_opened_is_written_to(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"one ")
    log = os.open(file, os.O_WRONLY | os.O_APPEND)
    ends = os.pipe()
    try:
        link = tmp_path / "link"
        link.symlink_to(f"/dev/fd/{log}")
        for path in (f"/dev/fd/{ends[1]}", str(link)):
            output.write(path, b"two")
        assert (file.read_bytes(), os.read(ends[0], 9)) == (b"one two", b"two")
        os.close(ends[0])
        output.write(f"/dev/fd/{ends[1]}", bytes(2**20))  # nobody reads it any more
    finally:
        os.close(ends[1])
        os.close(log)
    assert names(tmp_path) == ["link", "log"]


@posix
def test_a_write_protected_file_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.svg"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    assert refused(lambda: output.write(str(file), b"new")) == f"{file}: ND008 the file is write-protected"
    assert file.read_bytes() == b"old"


def test_the_longest_name(tmp_path: Path) -> None:
    name = "a" * 251 + ".svg"
    output.write(str(tmp_path / name), b"one")
    assert names(tmp_path) == [name]
