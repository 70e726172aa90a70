"""What is written flat folds as written groups do: pieces between cut nodes, in periods, with nothing lost."""

from __future__ import annotations

from typing import Any

import handgraphs as hand
import pytest
from layout_checks import calls, collisions
from measures import metrics

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build
from netdraw.diagram.elements.assemble import line_parts
from netdraw.diagram.folding.fuse import fuse
from netdraw.diagram.folding.index import index
from netdraw.diagram.folding.ungrouped import with_pieces
from netdraw.diagram.model import Box, Diagram
from netdraw.diagram.texts import About
from netdraw.diagram.view import Depth, View
from netdraw.graph.model import Graph, Ref
from netdraw.layout.base import Page
from netdraw.layout.strip.strip import strip
from netdraw.themes.base import load

DEPTHS: tuple[Depth, ...] = ("layer", "once", "block", "stage")


def layer(make: hand.Maker, out: int, kernel: int = 3, stride: int = 1, groups: int = 1, act: str = "ReLU") -> Ref:
    """A convolution with its norm and activation, in no group."""
    make.conv_nodes(out, kernel, stride, groups, act)
    return make.at


def unit(make: hand.Maker, out: int, stride: int = 1) -> None:
    """The six layers of a MobileNet unit."""
    layer(make, make.channels(), 3, stride, make.channels())
    layer(make, out, 1)


def mobilenet() -> Graph:
    make = hand.Maker("mobilenet", (3, 64, 64))
    layer(make, 32, 3, 2)
    for out, stride in ((64, 1), (128, 2), *[(128, 1)] * 5, (256, 2)):
        unit(make, out, stride)
    hand.classifier(make, 10)
    return make.graph()


def residual(make: hand.Maker, out: int, stride: int = 1, act: bool = True) -> None:
    """A basic block of ResNet as layers; a projection where it does not keep its shape."""
    start, kept = make.at, stride == 1 and make.channels() == out
    layer(make, out, 3, stride)
    main = layer(make, out, act="")
    if not kept:
        make.at = start
        start = layer(make, out, 1, stride, act="")
    make.op("Add", main, start)
    if act:
        make.op("ReLU")


def resnet34() -> Graph:
    make = hand.Maker("resnet34", (3, 64, 64))
    layer(make, 64, 7, 2)
    make.op("MaxPool2d", kernel_size=3, stride=2, padding=1)
    for out, count in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for number in range(count):
            residual(make, out, 2 if out > 64 and not number else 1)
    hand.classifier(make, 10)
    return make.graph()


def dense(count: int = 6) -> Graph:
    make = hand.Maker("dense", (3, 16, 16))
    layer(make, 64)
    for _ in range(count):
        start = make.at
        make.op("BatchNorm2d")
        make.op("ReLU")
        layer(make, 128, 1)
        make.op("Concat", start, make.op("Conv2d", out_channels=32, kernel_size=3, padding=1), dim="c")
    hand.classifier(make, 10)
    return make.graph()


def forked(act: bool) -> Graph:
    make = hand.Maker("forked", (32, 16, 16))
    for _ in range(3):
        start, ends = make.at, []
        for kernel in (1, 3):
            make.at = start
            ends.append(layer(make, 16, kernel))
        make.op("Concat", *ends, dim="c")
        if act:
            make.op("LeakyReLU")
    return make.graph()


def draw(graph: Graph, **view: Any) -> Diagram:
    return build(graph, analyse(graph), View(**view), About("A net"))


def repeats(graph: Graph) -> list[tuple[int, int]]:
    """The ×n of the boxes and their growth, in order."""
    return [(box.repeat, box.growth) for box in draw(graph).lines[0].boxes if box.repeat > 1]


def boxes(graph: Graph) -> list[Box]:
    return [box for box in draw(graph).lines[0].boxes if box.repeat > 1]


FLAT = {"mobilenet": mobilenet(), "resnet34": resnet34(), "dense": dense(), "forked": forked(True)}


def test_units_written_out_fold_as_the_paper_has_them() -> None:
    (box,) = boxes(mobilenet())
    assert (box.repeat, box.block, box.name) == (5, "", None)
    cells = {cell.id: cell for cell in draw(mobilenet()).lines[0].cells}
    assert [cells[id].category for id in (box.first, box.last)] == ["conv.depthwise", "conv"]
    assert (cells[box.first].repeat, cells[box.first].params) == (5, 5 * (128 * 9 + 2 * 128))


def test_a_resnet_of_bare_layers() -> None:
    assert repeats(resnet34()) == [(3, 0), (3, 0), (5, 0), (2, 0)]


def test_a_dense_block_of_bare_layers_grows() -> None:
    assert repeats(dense()) == [(6, 32)]


@pytest.mark.parametrize("act", [True, False])
def test_forks(act: bool) -> None:
    """Where a piece is a fork and nothing else, one box does for both."""
    assert repeats(forked(act)) == [(3, 0)]
    assert len(draw(forked(act)).lines[0].boxes) == 1 + act


def test_the_id_of_a_box_is_of_its_first_and_last_node() -> None:
    make = hand.Maker("units", (8, 8, 8))
    for _ in range(3):
        unit(make, 8)
    (box,) = boxes(make.graph())
    assert box.id == f"{box.first}:{make.at.node}" == "conv2d_5:act_6"


def test_names_do_not_matter_but_attributes_do() -> None:
    make = hand.Maker("units", (8, 8, 8))
    for number in range(4):
        layer(make, 8, 3)
        make.op("Conv2d", segment=f"named{number}", out_channels=8, kernel_size=5 if number == 3 else 1, padding="same")
    assert repeats(make.graph()) == [(3, 0)]


def test_single_cells_never_fold_however_many() -> None:
    for count in (2, 3, 4, 40):
        make = hand.Maker("chain", (16, 8, 8))
        for _ in range(count):
            layer(make, 16)
        assert repeats(make.graph()) == []
    assert repeats(hand.vgg16_graph()) == []


def test_a_shorter_period_comes_first() -> None:
    make = hand.Maker("periods", (8, 8, 8))
    for _ in range(2):
        for _ in range(2):
            layer(make, 8, 3)
            layer(make, 8, 1)
        layer(make, 8, 5)
    assert repeats(make.graph()) == [(2, 0), (2, 0)]


def test_an_equal_first_member_is_preferred() -> None:
    """As many members fit one layer later, where the first reads what the others read."""
    make = hand.Maker("turned", (32, 8, 8))
    layer(make, 64, 1)
    for _ in range(3):
        layer(make, 64, 3)
        layer(make, 64, 1)
    (box,) = boxes(make.graph())
    cells = {cell.id: cell.kernel for cell in draw(make.graph()).lines[0].cells}
    assert (box.repeat, cells[box.first], cells[box.last]) == (3, "3", "1")


def test_the_first_may_differ_in_the_channels_of_its_input() -> None:
    make = hand.Maker("first", (24, 8, 8))
    for _ in range(3):
        layer(make, 64, 3)
        layer(make, 16, 1)
    assert repeats(make.graph()) == [(3, 0)]


@pytest.mark.parametrize(("length", "found"), [(32, [(2, 0)]), (33, [])])
def test_a_period_has_at_most_32_pieces(length: int, found: list[tuple[int, int]]) -> None:
    make = hand.Maker("long", (8, 8, 8))
    for _ in range(2):
        for number in range(length):
            make.op("Conv2d", out_channels=8, kernel_size=2 * number + 1, padding="same")
    assert repeats(make.graph()) == found


def test_only_the_last_is_read_outside() -> None:
    make = hand.Maker("read", (8, 8, 8))
    marks = []
    for _ in range(6):
        unit(make, 8)
        marks.append(make.at)
    # A value that is read far behind goes on beside the line, and nothing between is a cut.
    make.op("Add", make.at, marks[2])
    assert repeats(make.graph()) == [(3, 0)]
    output = hand.Maker("output", (8, 8, 8))
    for _ in range(6):
        unit(output, 8)
    assert repeats(output.graph(side=Ref("act_6"), output=output.at)) == [(3, 0), (3, 0)]


def test_nothing_folds_across_a_stage() -> None:
    make = hand.Maker("stages", (8, 1, 1))
    for _ in range(4):
        layer(make, 8, 3, 2)
        layer(make, 8, 1)
    assert len(analyse(make.graph()).stages) == 4
    assert repeats(make.graph()) == []


def test_blocks_are_left_as_they_are() -> None:
    """A block of several cells ends what is loose; one of a single cell is a layer."""
    make = hand.Maker("blocks", (8, 8, 8))
    for _ in range(2):
        with make.inside("pair", "block", "Pair"):
            make.conv(8)
            make.conv(8)
        layer(make, 8, 1)
    assert repeats(make.graph()) == []
    make = hand.Maker("layers", (8, 8, 8))
    for _ in range(2):
        make.conv(8, 3)
        make.conv(8, 1)
    assert repeats(make.graph()) == [(2, 0)]


def test_members_rows_and_blocks_are_not_looked_into() -> None:
    for kind in ("block", "row", "branch", "repeat"):
        make = hand.Maker("inside", (8, 8, 8))
        with make.inside("whole", kind):  # type: ignore[arg-type]
            for _ in range(3):
                unit(make, 8)
        assert repeats(make.graph()) == []
    make = hand.Maker("group", (8, 8, 8))
    with make.inside("encoder", "layers", title="encoder"):
        for _ in range(3):
            unit(make, 8)
    assert repeats(make.graph()) == [(3, 0)]


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", FLAT)
def test_folding_changes_no_total_and_nothing_touches(name: str, depth: Depth) -> None:
    diagram, total = draw(FLAT[name], depth=depth), analyse(FLAT[name]).total
    cells = [cell for line in diagram.lines for cell in line.cells]
    assert (sum(cell.macs or 0 for cell in cells), sum(cell.params for cell in cells)) == (total.macs, total.params)
    for d, width in ((15.0, 3.5 * 72), (15.0, 174 / 25.4 * 72), (44.0, 1440.0)):
        sizes = metrics(load(), d)
        assert collisions(strip(diagram, sizes, Page(width)), diagram, sizes) == []


def test_unfolded_every_layer_stands_by_itself() -> None:
    drawn = draw(mobilenet(), unfold=True)
    assert repeats(mobilenet()) and not [box for box in drawn.lines[0].boxes if box.repeat > 1]
    assert len(drawn.lines[0].cells) == 1 + 1 + 16 + 3


def test_a_network_as_one_writes_it() -> None:
    one = "{Conv2d: {out_channels: 16, kernel_size: 1}}, BatchNorm2d, ReLU"
    text = f"netdraw: 1\nname: flat\ninput: [16, 8, 8]\nlayers: [{', '.join([one, 'MaxPool2d: 1'] * 4)}]\n"
    root = netdraw.load(text).draw().to_bytes("svg").decode()
    assert 'data-repeat="4"' in root and 'data-id="conv2d_4:max_pool2d_4"' in root


@pytest.mark.slow
def test_folding_is_linear_in_the_layers() -> None:
    """Work is counted in calls: of ten thousand nodes ten times that of a thousand."""

    def work(count: int, period: int) -> int:
        make = hand.Maker("flat", (8, 8, 8))
        for number in range(count):
            make.op("Conv2d", out_channels=8, kernel_size=1 + 2 * (number % period), padding="same")
        graph = make.graph()
        table, costs = index(graph), analyse(graph)
        fused = fuse(table)
        return calls(lambda: with_pieces(table, fused, costs))

    for period in (1, 2, 37):
        assert work(10_000, period) <= 10.5 * work(1_000, period)
    graph = hand.Maker("units", (8, 8, 8))
    for _ in range(1667):
        unit(graph, 8)
    parts = line_parts(graph.graph(), analyse(graph.graph()), View())
    assert [box.repeat for box in parts.boxes] == [1667]
