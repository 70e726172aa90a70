"""What boxes and brackets are called."""

from __future__ import annotations

import pytest

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build
from netdraw.diagram.elements.boxes import joined
from netdraw.diagram.model import Box, Line
from netdraw.diagram.texts import About
from netdraw.diagram.view import View


def line(source: str) -> Line:
    graph = netdraw.load(source).graph
    return build(graph, analyse(graph), View(), About("", "", None)).lines[0]


def outer(source: str) -> list[Box]:
    return [box for box in line(source).boxes if box.parent is None]


def test_a_fork_has_the_title_and_the_block_of_its_row() -> None:
    boxes = outer("googlenet")
    assert [box.name for box in boxes] == ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]
    assert {box.block for box in boxes} == {"Inception"}


def test_folded_members_with_titles_of_their_own_are_all_said() -> None:
    names = [box.name for box in outer("inception_v3")]
    assert names == [
        "mixed_5b", "mixed_5c, mixed_5d", "mixed_6a", "mixed_6b", "mixed_6c, mixed_6d", "mixed_6e", "mixed_7a",
        "mixed_7b, mixed_7c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "said"),
    [([], None), (["a"], "a"), (["a", "a"], "a"), (["a", "b"], "a, b"), (["a", "b", "c", "d"], "a–d")],
)
def test_titles_of_members(titles: list[str], said: str | None) -> None:
    assert joined(titles) == said


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("resnet50", ["118 M MACs · 3 %", "conv2_x · 668 M · 16 %"]),
        ("densenet121", ["118 M MACs · 4 %", "1.14 G · 40 %", "Dense block 1", "816 M · 29 %", "Dense block 2"]),
    ],
)
def test_titles_of_stages_stand_on_a_line_of_their_own_where_they_must(source: str, texts: list[str]) -> None:
    svg = netdraw.load(source).draw(width=1440).to_bytes("svg").decode()
    told = [part.partition("<")[0] for part in svg.split('class="cost"')[1:]]
    assert [text.partition(">")[2] for text in told][: len(texts)] == texts
