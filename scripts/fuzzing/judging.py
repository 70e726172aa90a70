"""What every command says of one source, held against one another; what disagrees is a finding, in words."""

from __future__ import annotations

import json
import re
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from html import unescape
from typing import Any, NamedTuple

import netdraw
from netdraw.api.check import check
from netdraw.api.load import FoundSpec, find, load_text
from netdraw.api.network import Network
from netdraw.core.errors import Fault, Faults, NetdrawError
from netdraw.diagram.view import BYS, DEPTHS, By
from netdraw.graph.builder import build
from netdraw.graph.state import MAX_NODES
from netdraw.spec.model import Spec

PATIENCE = 5.0
"""Seconds of processor time that one command may take; the clock runs faster on a machine with other work."""
A_LAYER = 0.0005
"""Seconds more for each layer that it may look at: a text of ten lines may repeat one 100,000 times."""
DATA = {unit: re.compile(rf'<g class="(?:cell|tick)"[^>]* data-{unit}="(\d+)"') for unit in ("macs", "params")}
BRACKET = re.compile(r'<g class="bracket" data-stage="([^"]+)"(?: data-stages="([^"]+)")? data-cost="(\d+)"')
METADATA, DESCRIPTION = re.compile(r"<metadata>(.*?)</metadata>", re.S), re.compile(r"<desc[^>]*>(.*?)</desc>", re.S)
VIEWS: dict[str, dict[str, Any]] = {
    "--unfold": {"unfold": True, "width": "none", "layout": "strip"},
    **{f"--depth {depth}": {"depth": depth, "width": "none", "layout": "strip"} for depth in DEPTHS},
    "--cost params": {"cost": "params"},
}
"""Of each network a figure in each: whatever is drawn closed, or once for several, all say the same."""
ALLOWED = ("ND622",)
"""Faults of figures that a good network may have: it is too large for the page."""

Findings = list[str]


class Hang(BaseException):
    """A command took longer than it may; no `except Exception` stops it."""


class ReadOnce(FoundSpec):
    """A spec that is read once for all that is asked of it: to read it is half of what a broken one takes."""

    @cached_property
    def once(self) -> tuple[Spec | None, list[Fault]]:
        """What reading gives, and what it notes."""
        noted = Faults()
        return super().read(noted), noted.items

    def read(self, faults: Faults) -> Spec | None:
        spec, noted = self.once
        faults.take(noted)
        return spec


class Figure(NamedTuple):
    """The data of a figure: the sums over its cells, the stages and the cost of each bracket, and what it says."""

    cells: dict[str, int]
    brackets: dict[str, tuple[list[str], int]]
    totals: dict[str, int]
    description: str


class Said(NamedTuple):
    """What a command gave: its result, or the faults that it raised, or the traceback that it ended in."""

    result: Any = None
    faults: tuple[Fault, ...] = ()
    trouble: str = ""
    hangs: bool = False


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Raises Hang where what is inside takes longer, by ITIMER_PROF, on systems that have it."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def ask(job: Callable[[], Any], seconds: float | None = None) -> Said:
    """What a command says, in the time that it may take."""
    seconds = PATIENCE if seconds is None else seconds
    try:
        with patience(seconds):
            return Said(job())
    except NetdrawError as error:
        return Said(faults=error.faults)
    except Hang:
        return Said(trouble=f"takes more than {seconds:g} s of processor time", hangs=True)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Said(
            trouble=f"{type(error).__name__}: {error} ({last.filename.rpartition('netdraw/')[2]}:{last.lineno})"
        )


def ask_of(text: FoundSpec, job: Callable[[], Any]) -> Said:
    """The same of a text; where that takes long it is asked again, with time for all the layers that there are."""
    said = ask(job)
    if not said.hangs:
        return said
    layers = ask(lambda: _layers(text), PATIENCE + A_LAYER * MAX_NODES).result or 0
    return ask(job, PATIENCE + A_LAYER * layers)


def _layers(text: FoundSpec) -> int:
    """How many layers the file and its variants have, with those at fault."""
    spec = text.read(Faults())
    if spec is None:
        return 0
    names = [None, *(variant.name for variant in spec.variants)]
    return sum(len(build(spec, name).graph.nodes) for name in names)


def judged(source: Any) -> Findings:
    """What is wrong with what the commands say of a source."""
    text = ReadOnce(*find(source))
    checked, loaded = ask_of(text, lambda: check(text)), ask_of(text, lambda: load_text(text))
    found = [*_troubles({"check": checked, "load": loaded}), *_places(checked.faults or loaded.faults, source)]
    if found:
        return found
    if loaded.result is None:
        return [] if checked.faults else ["load finds faults that check does not"]
    only_variants = checked.faults and loaded.result.spec.variants
    wrong = [fault for fault in checked.faults if fault.severity == "error" and fault.code != "ND013"]
    if wrong and not only_variants:
        found.append(f"check finds what load does not: {wrong[0]}")
    return [*found, *_agree(loaded.result, text, source)]


def _agree(net: Network, text: FoundSpec, source: Any) -> Findings:
    """What differs among what is said of a network; it is held against one that is read anew."""
    jobs: dict[str, Callable[[], Any]] = {
        "summary": lambda: json.loads(net.summary("json")),
        "explain": lambda: net.explain(net.graph.nodes[-1].id),
        "diff": lambda: json.loads(netdraw.diff(net, netdraw.load(source)).text("json")),
        **{f"cost by {by}": partial(_cost, net, by) for by in BYS},
        **{f"figure with {view}": partial(drawn, net, view) for view in VIEWS},
    }
    if net.spec.variants and not net.variant:
        other = net.spec.variants[0].name
        jobs["diff with a variant"] = lambda: json.loads(_diff(net, text, other))
    said = {name: ask_of(text, job) for name, job in jobs.items()}
    found = _troubles(said)
    for name, one in said.items():
        faults = [fault for fault in one.faults if fault.code not in ALLOWED and name != "diff with a variant"]
        found += [f"{name} has a fault that load has not: {fault}" for fault in faults]
    given = {name: one.result for name, one in said.items() if one.result is not None}
    return found or [line for name, one in given.items() for line in _wrong(net, name, one)]


def _cost(net: Network, by: By) -> Any:
    return json.loads(net.cost("json", by=by))


def _diff(net: Network, text: FoundSpec, variant: str) -> str:
    return netdraw.diff(net, load_text(text, variant)).text("json", all=True)


def drawn(net: Network, view: str) -> Figure:
    """What a figure says in its data."""
    text = net.draw(**VIEWS[view]).to_bytes("svg").decode()
    brackets = {}
    for stage, stages, cost in BRACKET.findall(text):
        brackets[stage] = (stages or stage).split(" "), int(cost)
    meta = json.loads(unescape(METADATA.findall(text)[0]))
    sums = {unit: sum(map(int, pattern.findall(text))) for unit, pattern in DATA.items()}
    return Figure(sums, brackets, {unit: meta["totals"][unit] for unit in DATA}, unescape(DESCRIPTION.findall(text)[0]))


def _wrong(net: Network, name: str, said: Any) -> Findings:
    """Where what one of them says is not what the analysis does."""
    total = net.analysis.total
    whole = {"macs": total.macs, "params": total.params}
    if isinstance(said, Figure):
        return _wrong_figure(net, name, said, whole)
    if name == "diff with a variant":
        return _wrong_diff(name, said)
    if name == "diff":
        return [] if said["same"] else ["a network differs from itself"]
    if name == "explain":
        return []
    parts = {"parts": said["parts"]} if name.startswith("cost") else {key: said[key] for key in ("layers", "stages")}
    sums = {key: {unit: sum(row[unit] or 0 for row in rows) for unit in whole} for key, rows in parts.items()}
    found = [f"{key} of {name}: {value}, but there are {whole}" for key, value in sums.items() if value != whole]
    stages = [(stage.total.macs, stage.total.params) for stage in net.analysis.stages]
    if "stages" in parts and sorted(id for row in said["stages"] for id in row["layers"]) != sorted(net.analysis.nodes):
        found.append("the stages of the summary do not hold every layer once")
    if name == "cost by stage" and [(part["macs"], part["params"]) for part in said["parts"]] != stages:
        found.append(f"{name}: {said['parts']}, but the stages are {stages}")
    return found


def _wrong_figure(net: Network, name: str, figure: Figure, whole: dict[str, int]) -> Findings:
    """Its cells, its totals, its description and its brackets."""
    unit: Any = VIEWS[name.removeprefix("figure with ")].get("cost", "macs")
    costs = {stage.id: getattr(stage.total, unit) for stage in net.analysis.stages}
    found = [f"{name}: cells of {figure.cells}, but there are {whole}"] if figure.cells != whole else []
    found += [f"{name}: totals {figure.totals}, but there are {whole}"] if figure.totals != whole else []
    found += [f"{name}: described as {figure.description!r}"] if figure.description != net.alt() else []
    for stage, (stages, cost) in figure.brackets.items():
        if sum(map(costs.__getitem__, stages)) != cost:
            found.append(f"{name}: a bracket of {cost} at {stage}, but {stages} are among {costs}")
    held = [stage for stages, _ in figure.brackets.values() for stage in stages]
    missing = [stage for stage, cost in costs.items() if cost and held and held.count(stage) != 1]
    return [*found, *([f"{name}: in no bracket, or in several: {missing}"] if missing else [])]


def _wrong_diff(name: str, said: Any) -> Findings:
    """Whether what was done to the layers, and what follows from it, adds up to the difference of the totals."""
    rows = [row for row in (*said["changes"], *said["consequences"]) if row["level"] == "layer"]
    found = []
    for unit in ("macs", "params"):
        total, delta = said["totals"][unit]["delta"], sum(row[unit]["delta"] for row in rows)
        if total != delta:
            found.append(f"{name}: {unit} of the layers differ by {delta}, those of the networks by {total}")
    return found


def _troubles(said: dict[str, Said]) -> Findings:
    return [f"{name}: {one.trouble}" for name, one in said.items() if one.trouble]


def _places(faults: tuple[Fault, ...], source: Any) -> Findings:
    """Faults that lie nowhere, or in no line of the text."""
    lines = source.splitlines() if isinstance(source, str) and "\n" in source else []
    found = [f"no place: {fault}" for fault in faults if fault.span is None and not fault.where]
    for fault in faults:
        if fault.span and lines and not (0 < fault.span.line <= len(lines) + 1 and fault.span.column > 0):
            found.append(f"not in the text: {fault}")
    return found
