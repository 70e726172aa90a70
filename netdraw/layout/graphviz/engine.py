"""The Graphviz that is found, and one run of it: only positions are asked for, so that its fonts do not matter."""

import json
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from typing import Any

from ...core.errors import Fault, OptionError, option
from ...core.records import NamedTuple

PURE, DOT = "graphviz-pure", "dot"
"""The program of the wheel, which is looked for beside the interpreter first, and that of Graphviz itself."""
VARIABLE = "NETDRAW_DOT"
"""Names another program."""
LIMIT = 20.0
"""Seconds that a graph may take."""
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


def positions(found: Engine, source: str) -> dict[str, Any]:
    """The graph laid out, as Graphviz writes it in JSON. Raises Late, and OptionError where it fails."""
    try:
        done = _run(found.path, "-Tjson0", source)
    except subprocess.TimeoutExpired:
        raise Late from None
    if done.returncode or not done.stdout:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1]
        message = f"{found.name} could not lay out the graph: {said}"
        raise OptionError([Fault("ND631", message, where=option("layout"))])
    return dict(json.loads(done.stdout))


def _run(program: str, flag: str, source: str = "") -> subprocess.CompletedProcess[str]:
    command = [program, flag]
    return subprocess.run(command, input=source, capture_output=True, encoding="utf-8", timeout=LIMIT, check=False)


def _name(program: str) -> str:
    """`graphviz-pure 0.2.2`, `graphviz 2.43.0`; "" for a program that does not run."""
    try:
        done = _run(program, "-V")
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    words = (done.stderr + done.stdout).replace("(", " ").split()
    if "version" not in words[:-1]:
        return ""
    at = words.index("version")
    return f"{words[at - 1]} {words[at + 1]}"
