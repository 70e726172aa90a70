"""Letters in circles where a figure is no strip, and in what is read of a diagram without its places."""

from __future__ import annotations

from functools import cache

import branched
import pytest
from layout_checks import collisions, mark_frame
from measures import metrics
from test_highlight import frames, middles

import netdraw
from netdraw.diagram.branches.branching import Branching
from netdraw.diagram.branches.forks import find_forks
from netdraw.diagram.build import build, build_only
from netdraw.diagram.elements.assemble import line_parts
from netdraw.diagram.folding.barecells import find_pairs
from netdraw.diagram.inside import inside
from netdraw.diagram.model import Diagram
from netdraw.diagram.only import only
from netdraw.diagram.outline import outline
from netdraw.diagram.tags import untagged, upwards
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.base import Page
from netdraw.layout.graphviz import engine
from netdraw.layout.graphviz.dot import dot
from netdraw.layout.stack import stack
from netdraw.themes.base import load
from netdraw.type.primitives import Group

MEASURE = metrics(load("default"), 44.0)
TAGGED = ("nasnet_normal", "nasnet_reduction", "nasnet_a", "retinanet")
PAGES = {"one": Page(6000.0, None, 20.0), "columns": Page(None, 1000.0, 20.0)}


@cache
def network(name: str) -> netdraw.Network:
    return netdraw.load(branched.ALL.get(name, name))


@cache
def diagram(name: str, unfold: bool = False) -> Diagram:
    net = network(name)
    return build(net.graph, net.analysis, View(unfold=unfold), About(name))


# Stack and dot


@pytest.mark.slow
@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", branched.ALL)
def test_any_graph_as_a_stack(name: str, page: str, unfold: bool) -> None:
    found = diagram(name, unfold)
    assert collisions(stack(found, MEASURE, PAGES[page]), found, MEASURE) == []


def test_letters_stand_upright_in_a_stack() -> None:
    """In the order of the strip from above, each circle as wide and as high as there."""
    found = diagram("nasnet_a")
    placed = stack(found, MEASURE, PAGES["one"])
    assert placed.tags and all(mark.width >= mark.height for mark in placed.tags)
    ends = [mark for mark in placed.tags if mark.stub]
    sources = {tag.id: tag.source for line in found.lines for tag in line.tags}
    discs = {disc.id: disc for disc in placed.cells}
    for mark in ends:
        begin, *_, end = mark.stub
        assert discs[sources[mark.id]].y <= begin[1] <= end[1] <= mark_frame(mark).bottom, "it leads downwards"


@pytest.mark.slow
@pytest.mark.skipif(engine.find() is None, reason="no Graphviz is found")
@pytest.mark.parametrize("name", TAGGED)
def test_a_graph_leads_every_way_by_itself(name: str) -> None:
    found = diagram(name)
    placed = dot(found, MEASURE, PAGES["one"])
    assert found.lines[0].tags and placed.tags == ()
    assert {(wire.source, wire.target) for wire in placed.edges} == {
        (edge.source, edge.target) for edge in found.lines[0].edges
    }
    assert collisions(placed, found, MEASURE) == []


# What is read of a diagram


@pytest.mark.parametrize("name", [*TAGGED, "learned", "encoder_decoder"])
def test_without_its_tags_a_line_has_all_cells_once(name: str) -> None:
    (line,) = diagram(name).lines
    bare = untagged(line)
    ids = {cell.id for cell in line.cells}
    forks, shelves = list(bare.forks), list(upwards(bare.shelves))
    beside = [one for shelf in shelves for one in shelf.branch.cells]
    forks += [fork for shelf in shelves for fork in shelf.branch.forks]
    for fork in forks:
        assert fork.start in ids or not fork.start
        for branch in fork.branches:
            assert branch.cells or branch.forks
            beside += branch.cells
            forks += branch.forks
    assert len(beside) == len(set(beside)) and set(beside) <= ids
    assert len(outline(diagram(name))) == len([c for c in line.cells if c.where != "port"]) + len(
        [*line.boxes, *line.brackets]
    )


@pytest.mark.parametrize("name", ["nasnet_mobile", "nasnet_large"])
def test_a_box_holds_all_cells_of_its_block(name: str) -> None:
    """Those on branches that begin with letters, and those on shelves."""
    (line,) = diagram(name).lines
    found = inside(line)
    boxes = [box.id for box in line.boxes]
    for cell in line.cells:
        around = [id for id in boxes if cell.id.startswith(f"{id}.")]
        assert found.cells[cell.id] == max(around, key=len, default="")


def test_shelves_stand_behind_those_that_they_stand_over() -> None:
    shelves = diagram("nasnet_a").lines[0].shelves
    over = shelves[0]._replace(over=shelves[1].branch.cells[0], branch=shelves[0].branch._replace(cells=("x",)))
    third = over._replace(over="x", branch=over.branch._replace(cells=("y",)))
    assert upwards([third, over, shelves[1]]) == [shelves[1], over, third]


def test_parts_of_one_figure_have_letters_of_their_own() -> None:
    net = network("nasnet_mobile")
    figure = build_only(only(net.graph, net.analysis, "reduce*"), View(only="reduce*"), About(""))
    found = {(tag.letter, number, tag.source) for number, line in enumerate(figure.lines) for tag in line.tags}
    assert len(figure.lines) == 2 and len({letter for letter, _, _ in found}) == len(found) == 8


def test_a_frame_goes_around_a_shelf_with_its_block() -> None:
    scene = netdraw.draw("nasnet_mobile", highlight=["reduce1", "normal1.3.p"]).scene
    whole, one = [shape for _, shape in frames(scene)]
    spots = middles(scene)
    for id, (x, y) in spots.items():
        held = whole.x < x < whole.x + whole.width and whole.y < y < whole.y + whole.height
        assert held == id.startswith("reduce1.")
    x, y = spots["normal1.3.p.act_conv_norm.act"]
    assert one.x < x < one.x + one.width < x + 44 and one.y < y < one.y + one.height < y + 44


def test_an_output_that_stands_for_several_is_found_by_each_of_its_names() -> None:
    net = network("retinanet")
    names = [name for name, _ in net.graph.outputs]
    for name in names:
        scene = net.draw(highlight=[name]).scene
        groups = [item for item in scene.items if isinstance(item, Group) and item.role == "highlight"]
        assert len(groups) == 1 and len(groups[0].items) == 1


# Repeats


def shape(starts: dict[str, str]) -> Branching:
    """That of a cell of NASNet, were it in a ×n: by the cells in it the first of these."""
    net = network("nasnet_normal")
    parts = line_parts(net.graph, net.analysis, View())
    pairs = find_pairs(parts.table, parts.fused, parts.drawn, parts.made)
    cells = parts.made.cells
    numbers = {cell.id: number for number, cell in enumerate(cells)}
    first = [0] * len(cells)
    for cell, start in starts.items():
        first[numbers[cell]] = numbers[start]
    return find_forks(cells, pairs, parts.order, first, ())


def test_no_region_begins_before_the_repeat_around_its_end() -> None:
    known = diagram("nasnet_normal").lines[0]
    assert shape({}).tags
    (fork,) = [fork for fork in known.forks if fork.join and fork.join.endswith("concat")]
    inner = sorted(cell for branch in untagged(known).forks[0].branches for cell in branch.cells)
    assert shape({fork.join or "": inner[-1]}).tags == ()
