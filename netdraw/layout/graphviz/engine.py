"""The Graphviz that is found, and one run of it: only positions are asked for, so that its fonts do not matter."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO

from ...core.errors import Fault, OptionError, option
from ...core.records import NamedTuple
from ...core.terminal import shown
from . import answer

PURE, DOT = "graphviz-pure", "dot"
"""The program of the wheel, which is looked for beside the interpreter first, and that of Graphviz itself."""
VARIABLE = "NETDRAW_DOT"
"""Names another program."""
LIMIT = 20.0
"""Seconds that a graph may take."""
MOST = 64 * 2**20
"""Bytes that a program may say; it lays out no graph of that size in time."""
STEP = 0.005
"""Seconds between looks at whether it is done."""
LINE = 200
"""How much is shown of what it says."""
INSTALL = "pip install graphviz-pure where there is a wheel for it, or install Graphviz"


class Engine(NamedTuple):
    """A program, and what it says it is."""

    path: str
    name: str


class Late(Exception):
    """The graph took longer than LIMIT."""


def find() -> Engine | None:
    """The engine: what NETDRAW_DOT names, else the wheel's beside this Python or on PATH, else `dot` on PATH."""
    return _known(os.environ.get(VARIABLE, ""), os.environ.get("PATH", ""))


@lru_cache(maxsize=8)
def _known(named: str, path: str) -> Engine | None:
    beside = os.path.dirname(sys.executable)
    for wanted, where in [(named, path)] if named else [(PURE, beside), (PURE, path), (DOT, path)]:
        program = shutil.which(wanted, path=where)
        if program and (name := _name(program)):
            return Engine(program, name)
    return None


def engine() -> Engine:
    """As `find`. Raises OptionError, saying what to install, where there is none."""
    found = find()
    if found is None:
        named = os.environ.get(VARIABLE)
        what = f"{VARIABLE} names no Graphviz that runs: {named}" if named else f"no Graphviz was found; {INSTALL}"
        raise OptionError([Fault("ND630", f"the layout 'dot' needs one, and {what}", where=option("layout"))])
    return found


class Said(NamedTuple):
    """What a program that has ended said, and its exit code."""

    code: int
    out: str
    err: str


def positions(found: Engine, source: str, asked: answer.Asked) -> answer.Answer:
    """The graph laid out. Raises Late, and OptionError where it fails or does not say all that is asked."""
    try:
        done = _run(found.path, "-Tjson0", source)
        if done.code or not done.out:
            said = (done.err.strip().splitlines() or ["no word"])[-1]
            raise _failed(f"{found.name} could not lay out the graph: {shown(said, LINE)}")
        return answer.read(done.out, asked)
    except (OSError, ValueError) as error:
        raise _failed(f"{found.name} gave no positions: {shown(str(error), LINE)}") from None


def _failed(message: str) -> OptionError:
    return OptionError([Fault("ND631", message, where=option("layout"))])


def _run(program: str, flag: str, source: str = "") -> Said:
    """Runs a program to its end. Raises Late past LIMIT, ValueError where it says more than MOST, OSError for none."""
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(source.encode())
        given.seek(0)
        process = subprocess.Popen([program, flag], stdin=given, stdout=out, stderr=err, start_new_session=True)
        try:
            _await(process, (out, err))
        finally:
            _end(process)
        out.seek(0)
        err.seek(0)
        texts = [file.read(MOST).decode("utf-8", "replace") for file in (out, err)]
        return Said(process.returncode, *texts)


def _await(process: subprocess.Popen[bytes], files: tuple[IO[bytes], ...]) -> None:
    end = time.monotonic() + LIMIT
    while True:
        done = process.poll() is not None
        if max(os.fstat(file.fileno()).st_size for file in files) > MOST:
            raise ValueError(f"more than {MOST:,} bytes")
        if done:
            return
        if time.monotonic() > end:
            raise Late
        time.sleep(STEP)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program, and all that it has started where the system can."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _name(program: str) -> str:
    """`graphviz-pure 0.2.2`, `graphviz 2.43.0`; "" for a program that does not run."""
    try:
        done = _run(program, "-V")
    except (OSError, ValueError, Late):
        return ""
    words = [word[:LINE] for word in (done.err + done.out).replace("(", " ").split()]
    if "version" not in words[:-1]:
        return ""
    at = words.index("version")
    return f"{words[at - 1]} {words[at + 1]}"
