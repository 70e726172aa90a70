"""Every network of the zoo, and some that it lacks: nothing collides, nothing is lost, everything adds up."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from figures import (
    DIMENSIONS,
    FEW,
    MADE,
    NETWORKS,
    PAIRS,
    SAMPLE,
    ZOO,
    Figure,
    cover,
    diagram,
    drawn,
    faults,
    network,
    swept,
    viewed,
)

from netdraw.diagram.model import Cell
from netdraw.diagram.view import CostUnit, cost_of
from netdraw.layout.all import MOST_LANES, open_lanes
from netdraw.ops.base import OPS
from netdraw.scene.contrast import seen

UNLABELLED = ("add", "mul", "norm")
"""The categories whose cells may have no label: what they are stands in the cell. So do poolings at stride 1."""
SMALL = ("arc", "gate")
"""A cell on a way above the line may have none; a gate's width stands over it, a projection's is that of its block."""


@pytest.mark.parametrize("figure", swept())
def test_nothing_collides_nothing_is_missing_and_everything_can_be_read(figure: Figure) -> None:
    assert faults(figure) == []


def test_a_sample_has_every_value_and_a_sweep_every_pair() -> None:
    values = [NETWORKS, *DIMENSIONS.values()]
    for number, every in enumerate([[*ZOO, *MADE, *FEW], *DIMENSIONS.values()]):
        assert {figure[number] for figure in SAMPLE} == set(every)
    for one, other in combinations(range(1, len(values)), 2):
        wanted = {(name, *pair) for name in NETWORKS for pair in product(values[one], values[other])}
        assert {(figure.network, figure[one], figure[other]) for figure in PAIRS} == wanted
    assert set(SAMPLE) < set(PAIRS)
    most = sorted(map(len, DIMENSIONS.values()))[-2:]
    assert len(PAIRS) <= 1.3 * len(NETWORKS) * most[0] * most[1], "few"


def test_few_rows_cover_every_pair() -> None:
    assert cover(["ab"]) == [("a",), ("b",)]
    assert cover(["ab", "x"]) == [("a", "x"), ("b", "x")]
    assert sorted(cover(["ab", "xy", "12"])) == [("a", "x", "1"), ("a", "y", "2"), ("b", "x", "2"), ("b", "y", "1")]


def test_every_text_is_looked_at() -> None:
    found = drawn(Figure("mobilenet_v2"))
    assert len(list(seen(found.scene))) >= len([words for words in found.placement.texts if words.text]) > 40


@pytest.mark.slow
def test_what_fits_no_column_and_no_page() -> None:
    """No row begins among branches that meet."""
    refused = {name for name in ZOO if drawn(Figure(name, page="column")).refused}
    assert refused == {"nasnet_large"}
    wide = {name for name in ZOO if drawn(Figure(name, page="page", layout="stack")).refused}
    assert wide == {"nasnet", "nasnet_mobile", "nasnet_large"}


def test_nothing_in_the_zoo_has_too_many_lanes() -> None:
    """What has more goes to the layout `dot`."""
    assert max(open_lanes(diagram(name)) for name in ZOO) <= MOST_LANES


@pytest.mark.parametrize("view", ["folded", "unfolded"])
@pytest.mark.parametrize("name", ZOO)
def test_every_cell_has_its_label(name: str, view: str) -> None:
    nodes = {node.id: node for node in network(name).graph.nodes}

    def told(cell: Cell) -> bool:
        if cell.where in SMALL or cell.category.partition(".")[0] in UNLABELLED:
            return True
        return cell.category.startswith("pool.") and bool(cell.kernel) and set(nodes[cell.id].attrs["stride"]) == {1}

    assert [
        cell.id for line in diagram(name, view).lines for cell in line.cells if not (cell.label or told(cell))
    ] == []


@pytest.mark.parametrize("view", ["folded", "unfolded"])
@pytest.mark.parametrize("name", ZOO)
def test_what_is_shown_adds_up(name: str, view: str) -> None:
    (line,), total = diagram(name, view).lines, network(name).analysis.total
    assert sum(cell.params for cell in line.cells) == total.params
    assert sum(cell.macs or 0 for cell in line.cells) == total.macs
    assert sum(bracket.cost or 0 for bracket in line.brackets) == total.macs


@pytest.mark.parametrize("name", ["googlenet", "inception_v3", "squeezenet", "densenet121", "unet"])
def test_every_concat_says_its_sum_where_every_output_has_a_bar(name: str) -> None:
    """One beside another of the same size, too, which has no bar by default."""
    (line,) = diagram(name, every_bar=True).lines
    concats = {cell.id for cell in line.cells if cell.category == "concat" and cell.where == "line"}
    assert concats == {bar.cell for bar in line.bars if len(bar.text) == 2}
    assert all(" + " in bar.text[1] for bar in line.bars if bar.cell in concats)


@pytest.mark.slow
@pytest.mark.parametrize("name", ZOO)
def test_brackets_add_up_in_every_unit(name: str) -> None:
    """Heads, gates and projections stand off the line; what they cost is in a bracket all the same."""
    units: tuple[CostUnit, ...] = ("macs", "flops", "params")
    for unit, depth in product(units, ("layer", "block", "stage")):
        found = viewed(name, cost=unit, depth=depth)
        told = sum(bracket.cost or 0 for bracket in found.lines[0].brackets)
        assert told == found.words.cost_total == cost_of(network(name).analysis.total, unit)


@pytest.mark.parametrize("name", ZOO)
def test_unfolded_every_edge_is_one_wire_or_lies_in_a_cell(name: str) -> None:
    """And no edge is drawn that is none; what only gives a size is no edge, what has no cell hands on what it reads."""
    (line,), graph = diagram(name, "unfolded").lines, network(name).graph
    owner = {id: cell.id for cell in line.cells for id in cell.ids}
    reads = {node.id: [ref.node for ref in node.inputs[: OPS[node.op].carries]] for node in graph.nodes}
    ticks = {id for tick in line.ticks for id in tick.ids}
    assert sorted([*owner, *ticks]) == sorted([*reads, *(input for input, _ in graph.inputs)])

    def behind(id: str) -> str:
        return behind(reads[id][0]) if id in ticks else owner[id]

    wanted = {(behind(source), owner[id]) for id in reads if id not in ticks for source in reads[id]}
    ends = {cell.output: cell.id for cell in line.cells if cell.category == "output"}
    wanted |= {(behind(ref.node), ends[output]) for output, ref in graph.outputs if output in ends}
    drawn = [(edge.source, edge.target) for edge in line.edges]
    assert sorted(drawn) == sorted(edge for edge in wanted if edge[0] != edge[1])
    assert len(ends) + sum(cell.category == "softmax" and bool(cell.output) for cell in line.cells) == len(
        graph.outputs
    )
