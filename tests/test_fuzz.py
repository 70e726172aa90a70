"""What `scripts/fuzz.py` does for as long as one likes, for some seconds: every command says the same of one source."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from fuzzing.judging import ask, judged
from fuzzing.kinds import KINDS

COUNTS = {"networks": 15, "specs": 60, "dicts": 60, "themes": 40, "options": 40}
"""How many of each are tried in one run of a test."""


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", COUNTS)
def test_all_commands_agree_on_what_is_wrong_and_on_every_sum(kind: str, seed: int) -> None:
    for number in range(COUNTS[kind]):
        case = KINDS[kind](Random(f"{kind} {seed} {number}"))
        assert case.found == [], case.source


def test_a_traceback_a_wrong_sum_and_a_missing_place_are_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    from netdraw.api.network import Network
    from netdraw.core.errors import Fault, SpecError

    def fails(*_: object, **__: object) -> None:
        raise SpecError([Fault("ND000", "no place")])

    assert judged("lenet") == []
    assert "ZeroDivisionError" in ask(lambda: 1 / 0).trouble
    with monkeypatch.context() as patch:
        patch.setattr(Network, "cost", lambda self, *_, **__: '{"parts": [{"macs": 1}]}')
        assert judged("lenet") == ["stages of cost: 1 MACs, but there are 416520"]
    with monkeypatch.context() as patch:
        patch.setattr(Network, "explain", fails)
        assert judged("lenet") == ["explain has a fault that load has not: ND000 no place"]
