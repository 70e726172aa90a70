"""Every network of the zoo at four widths in every theme: nothing collides, nothing is lost, everything adds up."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from layout_checks import collisions

import netdraw
from netdraw.diagram.build import build
from netdraw.diagram.model import Cell, Diagram
from netdraw.diagram.view import CostUnit, Depth, View, cost_of
from netdraw.diagram.words import About
from netdraw.layout.auto import MOST_LANES, open_lanes
from netdraw.layout.base import Page, Placement, TooNarrow
from netdraw.layout.strip.strip import strip
from netdraw.ops.base import OPS
from netdraw.spec.sources import zoo_names
from netdraw.styles.all import metrics
from netdraw.styles.base import Metrics
from netdraw.themes.base import load

ZOO = [*zoo_names()]
THEMES = ("default", "classic", "dark", "print")
WIDTHS = {"3.5in": (15.0, 3.5 * 72), "174mm": (15.0, 174 / 25.4 * 72), "1600": (44.0, 1600.0), "none": (44.0, None)}
"""D and the page's width, in pt and px."""
REFUSED = {("nasnet_large", "3.5in", False)}
"""What does not fit: network, width, whether unfolded. No row begins among branches that meet."""
UNLABELLED = ("add", "mul", "norm")
"""The categories whose cells may have no label: what they are stands in the cell. So do poolings at stride 1."""
SMALL = ("arc", "gate")
"""A cell on a way above the line may have none; a gate's width stands over it, a projection's is that of its block."""


@cache
def network(name: str) -> netdraw.Network:
    return netdraw.load(name)


@cache
def diagram(name: str, unfold: bool = False, every_bar: bool = False) -> Diagram:
    net = network(name)
    about = About(net.header.title or "", net.header.source or "", net.header.year)
    return build(net.graph, net.analysis, View(unfold=unfold, every_bar=every_bar), about)


@cache
def measures(theme: str) -> tuple[bool, float, float, float, tuple[object, ...]]:
    """All that a layout takes from a theme: themes that agree in it give one picture in other colours."""
    found = load(theme)
    return found.bars == "every", found.font.base, found.font.caption, found.font.title, tuple(found.shapes)


def placed(name: str, theme: str, width: str, unfold: bool) -> tuple[Placement, Metrics] | None:
    """The placement with its metrics; None where it does not fit, which must be known."""
    d, page = WIDTHS[width]
    measure = metrics(load(theme), d)
    try:
        return strip(diagram(name, unfold, measures(theme)[0]), measure, Page(page)), measure
    except TooNarrow:
        assert (name, width, unfold) in REFUSED
        return None


DIFFERENT = [theme for number, theme in enumerate(THEMES) if measures(theme) not in map(measures, THEMES[:number])]
VIEWS = [*product(WIDTHS, DIFFERENT, [False]), ("1600", "default", True), ("none", "default", True)]


@pytest.mark.parametrize(("width", "theme", "unfold"), VIEWS)
@pytest.mark.parametrize("name", ZOO)
def test_nothing_collides_and_nothing_is_missing(name: str, width: str, theme: str, unfold: bool) -> None:
    found = placed(name, theme, width, unfold)
    if found is not None:
        assert collisions(found[0], diagram(name, unfold, measures(theme)[0]), found[1]) == []
        assert (name, width, unfold) not in REFUSED


def test_nothing_in_the_zoo_has_too_many_lanes() -> None:
    """What has more goes to the layout `dot`."""
    assert max(open_lanes(diagram(name)) for name in ZOO) <= MOST_LANES


@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("name", ZOO)
def test_every_cell_has_its_label(name: str, unfold: bool) -> None:
    nodes = {node.id: node for node in network(name).graph.nodes}

    def told(cell: Cell) -> bool:
        if cell.where in SMALL or cell.category.partition(".")[0] in UNLABELLED:
            return True
        return cell.category.startswith("pool.") and bool(cell.kernel) and set(nodes[cell.id].attrs["stride"]) == {1}

    assert [
        cell.id for line in diagram(name, unfold).lines for cell in line.cells if not (cell.label or told(cell))
    ] == []


@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("name", ZOO)
def test_what_is_shown_adds_up(name: str, unfold: bool) -> None:
    (line,), total = diagram(name, unfold).lines, network(name).analysis.total
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


@pytest.mark.parametrize("depth", ["layer", "block", "stage"])
@pytest.mark.parametrize("unit", ["macs", "flops", "params"])
@pytest.mark.parametrize("name", ZOO)
def test_brackets_add_up_in_every_unit(name: str, unit: CostUnit, depth: Depth) -> None:
    """Heads, gates and projections stand off the line; what they cost is in a bracket all the same."""
    net = network(name)
    found = build(net.graph, net.analysis, View(cost=unit, depth=depth), About())
    told = sum(bracket.cost or 0 for bracket in found.lines[0].brackets)
    assert told == found.words.cost_total == cost_of(net.analysis.total, unit)


@pytest.mark.parametrize("name", ZOO)
def test_unfolded_every_edge_is_one_wire_or_lies_in_a_cell(name: str) -> None:
    """And no edge is drawn that is none; what only gives a size is no edge, what has no cell hands on what it reads."""
    (line,), graph = diagram(name, True).lines, network(name).graph
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
