"""What every command says of one source, held against one another; what disagrees is a finding, in words."""

from __future__ import annotations

import json
import re
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import netdraw
from netdraw.api.check import check
from netdraw.api.load import find
from netdraw.api.network import Network
from netdraw.core.errors import Fault, NetdrawError

PATIENCE = 5.0
"""Seconds that one command may take."""
DATA_MACS = re.compile(r'<g class="(?:cell|tick)"[^>]* data-macs="(\d+)"')

Findings = list[str]


class Hang(BaseException):
    """A command took longer than it may; no `except Exception` stops it."""


class Said(NamedTuple):
    """What a command gave: its result, or the faults that it raised, or the traceback that it ended in."""

    result: Any = None
    faults: tuple[Fault, ...] = ()
    trouble: str = ""


@contextmanager
def patience(seconds: float = PATIENCE) -> Iterator[None]:
    """Raises Hang where what is inside takes longer, on systems that have such an alarm."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def ask(job: Callable[[], Any]) -> Said:
    """What a command says."""
    try:
        with patience():
            return Said(job())
    except NetdrawError as error:
        return Said(faults=error.faults)
    except Hang:
        return Said(trouble=f"takes more than {PATIENCE:g} s")
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Said(
            trouble=f"{type(error).__name__}: {error} ({last.filename.rpartition('netdraw/')[2]}:{last.lineno})"
        )


def judged(source: Any) -> Findings:
    """What is wrong with what the commands say of a source."""
    checked = ask(lambda: check(find(source)))
    loaded = ask(lambda: netdraw.load(source))
    found = [*_troubles({"check": checked, "load": loaded}), *_places(checked.faults or loaded.faults)]
    if found:
        return found
    if loaded.result is None:
        return [] if checked.faults else ["load finds faults that check does not"]
    only_variants = checked.faults and loaded.result.spec.variants
    wrong = [fault for fault in checked.faults if fault.severity == "error" and fault.code != "ND013"]
    if wrong and not only_variants:
        found.append(f"check finds what load does not: {wrong[0]}")
    return [*found, *_agree(loaded.result, source)]


def _agree(net: Network, source: Any) -> Findings:
    said = {
        "render": ask(lambda: net.draw(unfold=True, width="none", layout="strip").to_bytes("svg").decode()),
        "as asked": ask(lambda: net.draw(cost="params").to_bytes("svg")),
        "summary": ask(lambda: json.loads(net.summary("json"))),
        "cost": ask(lambda: json.loads(net.cost("json", by="stage"))),
        "explain": ask(lambda: net.explain(net.graph.nodes[-1].id)),
        "diff": ask(lambda: netdraw.diff(net, netdraw.load(source))),
    }
    found = _troubles(said)
    for name, one in said.items():
        found += [f"{name} has a fault that load has not: {fault}" for fault in one.faults if fault.code != "ND622"]
    return found or _sums(net, {name: one.result for name, one in said.items()})


def _sums(net: Network, said: dict[str, Any]) -> Findings:
    """Whether the totals are one another's, and the same in all."""
    macs = net.analysis.total.macs
    sums = {
        "summary": said["summary"]["macs"],
        "layers of the summary": sum(row["macs"] or 0 for row in said["summary"]["layers"]),
        "stages": sum(stage.total.macs for stage in net.analysis.stages),
        "stages of cost": sum(part["macs"] for part in said["cost"]["parts"]),
    }
    if said["render"]:
        sums["cells of the figure"] = sum(map(int, DATA_MACS.findall(said["render"])))
    found = [f"{name}: {value} MACs, but there are {macs}" for name, value in sums.items() if value != macs]
    return found if said["diff"].same else [*found, "a network differs from itself"]


def _troubles(said: dict[str, Said]) -> Findings:
    return [f"{name}: {one.trouble}" for name, one in said.items() if one.trouble]


def _places(faults: tuple[Fault, ...]) -> Findings:
    return [f"no place: {fault}" for fault in faults if fault.span is None and not fault.where]
