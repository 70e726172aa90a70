"""What was not counted is said wherever a cost stands: by its stage, its block, its bar, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import handgraphs as hand
import pytest
from layout_checks import collisions
from measures import metrics

from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build
from netdraw.diagram.model import BLOCK, Diagram
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.graph.model import Graph
from netdraw.layout.base import Page
from netdraw.layout.strip.strip import strip
from netdraw.ops.base import OPS
from netdraw.ops.tensor import UNKNOWN
from netdraw.spec.model import Header
from netdraw.tables.summary import phrases as summary_words
from netdraw.tables.summary.outline import write as outline
from netdraw.tables.summary.report import report
from netdraw.tables.summary.text import write as text
from netdraw.themes.base import load

SIZES = metrics(load(), 44.0)


@pytest.fixture(autouse=True)
def mystery() -> Iterator[None]:
    """An op without a rule for its cost."""
    OPS.add("Mystery", OPS["ReLU"]._replace(name="Mystery", macs=None, fuse="none"))
    yield
    OPS._items.pop("Mystery")


def block(make: hand.Maker, name: str, out: int, odd: bool = False, stride: int = 1) -> None:
    with make.inside(name, "row", "Block", title=name):
        make.conv(out, 3, stride)
        if odd:
            make.op("Mystery")
        make.conv(out)
        make.conv(out)


def network() -> Graph:
    """Three stages, of which the second has something that is not counted."""
    make = hand.Maker("odd", (3, 64, 64))
    with make.inside("stages", "stages"):
        block(make, "one", 16)
        block(make, "two", 32, True, 2)
        block(make, "three", 64, False, 2)
    return make.graph()


def broken() -> Graph:
    """The rule of a convolution in the second stage failed, and with it all that reads it."""
    graph = network()
    nodes = list(graph.nodes)
    bad: set[str] = set()
    for place, node in enumerate(nodes):
        if node.id == "stages.two.conv_bn_act_2.conv2d" or any(ref.node in bad for ref in node.inputs):
            nodes[place] = node._replace(outputs=(UNKNOWN,))
            bad.add(node.id)
    return graph._replace(nodes=tuple(nodes))


def draw(graph: Graph, **view: Any) -> Diagram:
    return build(graph, analyse(graph), View(**view), About("Odd"))


def costs(diagram: Diagram) -> list[str]:
    """The costs under the brackets; the titles stand under them."""
    placement = strip(diagram, SIZES, Page(1440.0))
    assert collisions(placement, diagram, SIZES) == []
    return [words.text for words in placement.texts if words.role == "cost" and words.text[-1] in "%0MGk"]


def test_a_stage_says_that_something_is_missing() -> None:
    diagram = draw(network())
    assert [bracket.least for bracket in diagram.lines[0].brackets] == [False, True, False]
    assert diagram.words.totals == "121 k parameters · ≥ 67.8 M MACs"
    assert costs(diagram) == ["20.6 M MACs · ≤ 30 %", "≥ 23.6 M", "23.6 M · ≤ 35 %"]


def test_a_cost_that_counts_all_has_no_sign() -> None:
    for unit in ("params", "none"):
        diagram = draw(network(), cost=unit)
        assert not any(bracket.least for bracket in diagram.lines[0].brackets) and not diagram.words.least
        assert not any("≥" in text or "≤" in text for text in (*costs(diagram), diagram.words.totals))


def test_parameters_are_missing_where_types_are() -> None:
    diagram = draw(broken(), cost="params")
    assert diagram.words.totals.startswith("≥ ")
    assert [bracket.least for bracket in diagram.lines[0].brackets] == [False, True, True]
    assert [text.count("≥") for text in costs(diagram)] == [0, 1, 1]
    assert diagram.words.description.endswith("MACs.") and "at least" in diagram.words.description
    assert "至少" in draw(broken(), lang="zh").words.description


def test_a_stage_of_which_nothing_is_counted_keeps_its_bracket() -> None:
    three = draw(broken()).lines[0].brackets[-1]
    assert (three.cost, three.least) == (0, True) and costs(draw(broken()))[-1].endswith("≥ 0")


def test_a_share_of_next_to_nothing_needs_no_sign() -> None:
    make = hand.Maker("small", (3, 64, 64))
    with make.inside("stages", "stages"):
        block(make, "one", 1)
        block(make, "two", 256, True, 2)
    texts = costs(draw(make.graph()))
    assert texts[0].endswith(" · <1 %") and "≤" not in texts[0]


def test_cells_and_closed_blocks_in_a_template() -> None:
    def said(depth: str) -> dict[str, tuple[str, ...]]:
        (line, *_) = draw(network(), depth=depth, labels="{macs}").lines
        return {cell.id: cell.label for cell in line.cells if cell.category == BLOCK or "relu" in cell.id}

    assert said("layer") == {"stages.two.relu": ("≥ 0",)}
    closed = said("stage")
    assert [label[0].startswith("≥ ") for label in closed.values()] == [False, True, False]


def test_bars() -> None:
    texts = [bar.text[0] for bar in draw(network(), bars="macs").lines[0].bars]
    assert [text for text in texts if text[0] in "?≥"] == ["?"]
    assert not any(bar.text[0][0] in "?≥" for bar in draw(network(), bars="params").lines[0].bars)


def test_a_summary_says_it_at_every_group() -> None:
    graph = network()
    made = report(graph, analyse(graph), Header(), "macs")
    signs = {line.id: line.least for line in made.lines if line.group is not None}
    assert {id for id, sign in signs.items() if sign[1]} == {"stages", "stages.two"}
    assert all(sign[0] == "" for sign in signs.values())
    rows = {row.split()[0]: row for row in text(made).splitlines() if row.strip()}
    assert "≥ 23,592,960" in rows["stages.two"] and "≥" not in rows["stages.three"]
    assert "two (Block): gives 32×32×32; 23.2 k parameters; ≥ 23.6 M MACs" in outline(made)
    lost = broken()
    whole = report(lost, analyse(lost), Header(), "macs")
    assert summary_words.totals(whole).startswith("≥ ")
    assert [line.least for line in whole.lines if line.id == "stages.three"] == [("≥ ", "≥ ")]
