"""What `scripts/fuzz.py` does for as long as one likes, for some seconds: every command says the same of one source."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from netdraw.api.diff import Difference
from netdraw.api.load import find
from netdraw.api.network import Network
from netdraw.core.errors import Fault, SpecError
from netdraw.figure.drawing import Drawing

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from fuzzing import judging
from fuzzing.judging import ask, ask_of, judged
from fuzzing.kinds import KINDS

COUNTS = {"networks": 8, "specs": 30, "dicts": 30, "themes": 30, "options": 30, "fonts": 10}
"""How many of each are tried in one run of a test."""


def hold(kind: str, seed: int) -> None:
    for number in range(COUNTS[kind]):
        case = KINDS[kind](Random(f"{kind} {seed} {number}"))
        assert case.found == [], case.source


@pytest.mark.parametrize("kind", COUNTS)
def test_all_commands_agree_on_what_is_wrong_and_on_every_sum(kind: str) -> None:
    hold(kind, 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("kind", COUNTS)
def test_they_agree_on_more_of_them(kind: str, seed: int) -> None:
    hold(kind, seed)


def test_a_traceback_a_wrong_sum_and_a_missing_place_are_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise SpecError([Fault("ND000", "no place")])

    assert judged("lenet") == []
    assert "ZeroDivisionError" in ask(lambda: 1 / 0).trouble
    with monkeypatch.context() as patch:
        patch.setattr(Network, "explain", fails)
        assert judged("lenet") == ["explain has a fault that load has not: ND000 no place"]


def test_a_hang_is_a_finding_by_the_time_that_the_processor_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "PATIENCE", 0.05)
    assert ask(lambda: time.sleep(0.2)).trouble == ""
    assert ask(lambda: [None for _ in iter(int, 1)]).trouble == "takes more than 0.05 s of processor time"


@pytest.mark.parametrize(("repeat", "trouble"), [(1, "takes more than 0.05"), (400, "")])
def test_a_large_network_has_more_time(monkeypatch: pytest.MonkeyPatch, repeat: int, trouble: str) -> None:
    monkeypatch.setattr(judging, "PATIENCE", 0.05)
    text = find(f"netdraw: 1\nname: large\ninput: [3]\nlayers:\n  - ReLU:\n    repeat: {repeat}\n")
    started = time.process_time()
    said = ask_of(text, lambda: [None for _ in iter(lambda: time.process_time() - started > 0.15, True)])
    assert said.trouble.startswith(trouble) and bool(said.trouble) == bool(trouble)


PARTS = [f"parts of cost by {by}" for by in ("stage", "block", "layer")]
FIGURES = [f"figure with {view}" for view in judging.VIEWS]


@pytest.mark.parametrize(
    ("thing", "method", "said", "other", "expected"),
    [
        (Network, "cost", '"macs": 117600', '"macs": 1', [*PARTS[:1], "cost by stage", *PARTS[1:]]),
        (Network, "summary", '"macs": 117600', '"macs": 1', ["layers of summary", "stages of summary"]),
        (Network, "summary", '"s2"', '"c1"', ["the stages of the summary do not hold every layer once"]),
        (Network, "alt", "LeNet", "another", FIGURES),
        (Drawing, "to_bytes", b'data-macs="117600"', b'data-macs="1"', FIGURES),
        (Drawing, "to_bytes", b'data-cost="48120"', b'data-cost="1"', ["figure with --cost params"]),
        (Difference, "text", '"same": true', '"same": false', ["a network differs from itself"]),
    ],
)
def test_what_differs_anywhere_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, thing: type, method: str, said: Any, other: Any, expected: list[str]
) -> None:
    true = getattr(thing, method)
    monkeypatch.setattr(thing, method, lambda *args, **more: true(*args, **more).replace(said, other))
    assert [line.partition(":")[0] for line in judged("lenet")] == expected


def test_layers_that_do_not_add_up_to_a_diff_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    method = Difference.text
    monkeypatch.setattr(
        Difference, "text", lambda *args, **more: method(*args, **more).replace('"delta": ', '"delta": 1')
    )
    assert [line.partition(":")[0] for line in judged("densenet")][:1] == ["diff with a variant"]
