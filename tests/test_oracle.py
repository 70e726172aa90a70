"""Layers drawn by lot against what is counted out (`tests/oracle`), and against PyTorch where it is installed.

`pytest tests/test_oracle.py --layers 100000 --layers-seed 7` tries as many as one likes.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any

import pytest
from oracle.base import Impossible, Layer
from oracle.counting import fitting, overhanging, same, spread, weights
from oracle.held import counted_out, differs, layers, said, said_of_text
from oracle.table import TABLE, WITHOUT
from oracle.torchside import torch_differs

from netdraw.ops import OPS
from netdraw.ops.base import RuleError
from netdraw.ops.common import Slide

TEXTS = 50
"""Of so many layers one goes through a text."""


@pytest.fixture
def drawn(pytestconfig: pytest.Config) -> list[Layer]:
    return list(layers(pytestconfig.getoption("--layers-seed"), pytestconfig.getoption("--layers")))


def test_every_op_is_in_the_table_or_there_is_a_reason() -> None:
    assert sorted([*TABLE, *WITHOUT]) == OPS.names()


def test_every_rule_gives_what_is_counted_out(drawn: list[Layer]) -> None:
    assert [line for layer in drawn if (line := differs(layer, said(layer)))] == []


def test_so_does_a_text(drawn: list[Layer]) -> None:
    tried = [layer for layer in islice(drawn, 0, None, TEXTS) if layer.inputs]
    assert [line for layer in tried if (line := differs(layer, said_of_text(layer)))] == []


def test_of_every_op_most_layers_are_possible_and_of_most_ops_some_are_not() -> None:
    found = Counter((layer.op, isinstance(counted_out(layer), Impossible)) for layer in layers(0, 3000))
    assert all(found[op, False] > 0.4 * found[op, True] for op in TABLE)
    assert sum(found[op, True] > 0 for op in TABLE) > len(TABLE) / 2


@pytest.mark.parametrize(
    ("counted", "known"),
    [
        (fitting(224, 7, 2, 3, 1), 112),  # ResNet
        (fitting(227, 11, 4, 0, 1), 55),  # AlexNet
        (overhanging(112, 3, 2, 0, 1, True), 56),  # GoogLeNet
        (overhanging(4, 1, 2, 0, 1, False), 3),  # Caffe
        (overhanging(4, 1, 2, 0, 1, True), 2),  # PyTorch
        (same(75, 2, 2, 1), 38),  # SSD300
        (spread(28, 2, 2, 1, 0, 0), 56),  # U-Net
        (spread(16, 4, 2, 1, 0, 1), 32),  # FCN
        (weights(48, 128, 1), 6144),
        (weights(96, 256, 2), 12288),  # AlexNet's second
    ],
)
def test_what_is_counted_out_is_what_papers_say(counted: int, known: int) -> None:
    assert counted == known


ADVICE = re.compile(r"use (?:kernel_size )?(\d+) or less")


def at_most(value: Any, most: int) -> Any:
    """One number for all axes, or one for each, or for each end."""
    return [at_most(one, most) for one in value] if isinstance(value, list) else min(value, most)


def test_a_number_that_a_fault_asks_for_mends_it(drawn: list[Layer]) -> None:
    """Where one number is written for all axes, and where there is one for each."""
    faults = [(layer, error) for layer in drawn if isinstance(error := said(layer), RuleError)]
    advised = [(layer, error, int(found[1])) for layer, error in faults if (found := ADVICE.search(error.message))]
    for layer, error, most in advised:
        mended = at_most(layer.attrs[error.attr], most)
        after = said(layer._replace(attrs={**layer.attrs, error.attr: mended}))
        assert not isinstance(after, RuleError) or (after.code, after.attr) != (error.code, error.attr), layer


def _one_more(true: Any) -> Any:
    return lambda *given: (true(*given)[0] + 1, False)


def test_a_wrong_rule_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slide, "positions", _one_more(Slide.positions))
    wrong = {layer.op for layer in layers(0, 1500) if differs(layer, said(layer))} - {"DeformConv2d"}
    assert wrong == {f"{name}{rank}d" for name in ("Conv", "MaxPool", "AvgPool", "LPPool") for rank in (1, 2, 3)}


@pytest.mark.slow
def test_pytorch_says_the_same(drawn: list[Layer]) -> None:
    torch = pytest.importorskip("torch")
    tried = ((layer, number % TEXTS == 0) for number, layer in enumerate(drawn))
    assert [line for layer, costs in tried if (line := torch_differs(torch, layer, costs))] == []
