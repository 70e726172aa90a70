"""Which groups fold to ×n, and what a folded member stands for."""

from __future__ import annotations

from collections.abc import Callable

import handgraphs as hand
import pytest

from netdraw.analysis.cost import analyse
from netdraw.diagram.folding.drawn import DrawnNodes, draw_folded
from netdraw.diagram.folding.fuse import fuse
from netdraw.diagram.folding.index import index
from netdraw.graph.model import Graph, Ref

Body = Callable[[hand.Maker, int], object]


def folded(graph: Graph) -> DrawnNodes:
    table = index(graph)
    return draw_folded(table, fuse(table), analyse(graph))


def runs(graph: Graph) -> dict[str, tuple[int, int]]:
    """By the group that is drawn: how many members it stands for, and their growth."""
    return {key: (len(run.groups), run.growth) for key, run in folded(graph).folds.items()}


def repeated(body: Body, count: int, into: int = 8, kind: str = "block") -> hand.Maker:
    """A repeat of groups that `body` fills, on a map of `into` channels."""
    make = hand.Maker("repeat", (into, 16, 16))
    with make.inside("repeat", "repeat"):
        for number in range(count):
            with make.inside(str(number), kind, "Block", member=number):  # type: ignore[arg-type]
                body(make, number)
    return make


def two(make: hand.Maker, number: int) -> None:
    make.conv(8)
    make.conv(8)


def test_equal_members_fold() -> None:
    assert runs(repeated(two, 3).graph()) == {"repeat.2": (3, 0)}
    assert runs(repeated(two, 1).graph()) == {}


def test_the_networks_fold_as_their_papers_draw_them() -> None:
    assert runs(hand.mobilenet_v2_graph()) == {
        "stages.2.2": (2, 0),
        "stages.3.3": (3, 0),
        "stages.4.2": (2, 0),
        "stages.5.2": (2, 0),
    }
    assert runs(hand.resnet50_graph()) == {
        "stages.0.2": (2, 0),
        "stages.1.3": (3, 0),
        "stages.2.5": (5, 0),
        "stages.3.2": (2, 0),
    }
    assert runs(hand.vgg16_graph()) == {}


def test_the_first_may_differ_in_the_channels_of_its_input() -> None:
    assert runs(repeated(two, 3, into=16).graph()) == {"repeat.2": (3, 0)}


def test_a_later_member_may_not() -> None:
    def body(make: hand.Maker, number: int) -> None:
        make.conv(8)
        make.conv(4 if number == 1 else 8)

    assert runs(repeated(body, 4).graph()) == {"repeat.3": (2, 0)}


@pytest.mark.parametrize("kind", ["row", "branch"])
def test_rows_and_branches_never_fold(kind: str) -> None:
    assert runs(repeated(two, 3, kind=kind).graph()) == {}


def test_single_cells_never_fold() -> None:
    assert runs(repeated(lambda make, number: make.conv(8), 3).graph()) == {}


def test_other_attributes_do_not_fold() -> None:
    def body(make: hand.Maker, number: int) -> None:
        make.conv(8, 3 if number else 5)
        make.conv(8)

    assert runs(repeated(body, 3).graph()) == {"repeat.2": (2, 0)}


def test_other_wiring_does_not_fold() -> None:
    def body(make: hand.Maker, number: int) -> None:
        start = make.at
        make.conv(8)
        one = make.at
        make.conv(8)
        make.op("Add", make.at, one if number else start)

    assert runs(repeated(body, 3).graph()) == {"repeat.2": (2, 0)}


def test_other_types_do_not_fold() -> None:
    def body(make: hand.Maker, number: int) -> None:
        make.conv(8, 3, 2)
        make.conv(8)

    assert runs(repeated(body, 3).graph()) == {}


def test_nothing_folds_across_the_border_of_a_stage() -> None:
    """On a map of 1×1 a stride changes no type, but it begins a stage."""

    def body(make: hand.Maker, number: int) -> None:
        make.conv(8, 3, 2)
        make.conv(8)

    make = hand.Maker("tiny", (8, 1, 1))
    with make.inside("repeat", "repeat"):
        for number in range(3):
            with make.inside(str(number), "block", "Block", member=number):
                body(make, number)
    graph = make.graph()
    assert len(analyse(graph).stages) == 3
    assert runs(graph) == {}


def test_a_value_common_to_all_may_be_read() -> None:
    make = hand.Maker("common", a=(8, 8, 8), b=(8, 8, 8))
    for number in range(3):
        with make.inside(f"block_{number}", "block", "Block"):
            make.conv(8)
            make.op("Add", make.at, Ref("b"))
    assert runs(make.graph()) == {"block_2": (3, 0)}


def test_a_value_of_its_own_may_not() -> None:
    make = hand.Maker("own", a=(8, 8, 8), b=(8, 8, 8), c=(8, 8, 8))
    for name in "bc":
        with make.inside(name, "block", "Block"):
            make.conv(8)
            make.op("Add", make.at, Ref(name))
    assert runs(make.graph()) == {}


def two_back(count: int, channels: int) -> Graph:
    """Cells that read the two before; the first reads an input of so many channels."""
    make = hand.Maker("cells", a=(channels, 8, 8), b=(8, 8, 8))
    before, at = Ref("b"), Ref("a")
    for number in range(count):
        with make.inside(f"cell_{number}", "block", "Cell"):
            make.at = before
            make.conv(8)
            side, make.at = make.at, at
            make.conv(8)
            make.op("Add", make.at, side)
        before, at = at, make.at
    return make.graph()


def test_the_one_before_the_last_may_be_read() -> None:
    graph = two_back(4, 8)
    assert runs(graph) == {"cell_3": (4, 0)}
    table, drawn = index(graph), folded(graph)
    assert drawn.sources[table.places["cell_3.conv_bn_act.conv2d"]] == (-2,)
    assert drawn.sources[table.places["cell_3.conv_bn_act_2.conv2d"]] == (-1,)


def test_the_second_may_not_differ_in_what_it_reads() -> None:
    assert runs(two_back(5, 16)) == {"cell_4": (3, 0)}


def test_only_the_last_is_read_outside() -> None:
    make = repeated(two, 4)
    graph = make.graph(side=Ref("repeat.1.conv_bn_act_2.act"), output=make.at)
    assert runs(graph) == {"repeat.1": (2, 0), "repeat.3": (2, 0)}
    make = repeated(two, 4)
    make.op("Add", make.at, Ref("repeat.2.conv_bn_act_2.act"))
    assert runs(make.graph()) == {"repeat.2": (3, 0)}


def test_a_concat_may_grow_by_a_constant() -> None:
    assert runs(hand.dense_graph()) == {"layers.2": (3, 32)}


def test_shared_weights_fold_with_those_that_share() -> None:
    def body(make: hand.Maker, number: int) -> None:
        for place in ("", "_2"):
            shares = f"repeat.0.linear{place}" if number else None
            make.op("Linear", out_features=8, shares=shares)

    make = hand.Maker("shared", (8,))
    with make.inside("repeat", "repeat"):
        for number in range(3):
            with make.inside(str(number), "block", "Block", member=number):
                body(make, number)
    assert runs(make.graph()) == {"repeat.2": (2, 0)}


def test_runs_inside_runs_multiply() -> None:
    def body(make: hand.Maker, number: int) -> None:
        with make.inside("repeat", "repeat"):
            for inner in range(2):
                with make.inside(str(inner), "block", "Inner", member=inner):
                    two(make, inner)
        make.op("MaxPool2d", kernel_size=3, stride=1, padding=1)

    graph = repeated(body, 3).graph()
    assert runs(graph) == {"repeat.2": (3, 0), "repeat.2.repeat.1": (2, 0)}
    table, drawn = index(graph), folded(graph)
    assert drawn.repeats[table.places["repeat.2.repeat.1.conv_bn_act.conv2d"]] == 6
    assert drawn.repeats[table.places["repeat.2.max_pool2d"]] == 3


def test_the_last_member_carries_the_sum_and_reads_what_the_first_reads() -> None:
    graph = repeated(two, 3, into=16).graph()
    table, drawn, analysis = index(graph), folded(graph), analyse(graph)
    first = table.places["repeat.2.conv_bn_act.conv2d"]
    parts = [analysis.nodes[f"repeat.{number}.conv_bn_act.conv2d"] for number in range(3)]
    assert drawn.params[first] == sum(part.params for part in parts)
    assert drawn.macs[first] == sum(part.macs or 0 for part in parts)
    assert drawn.sources[first] == (-1,)
    assert drawn.shown == [node.id.startswith("repeat.2") for node in graph.nodes]


@pytest.mark.slow
def test_folding_is_linear_in_the_members() -> None:
    graph = repeated(two, 3000).graph()
    assert runs(graph) == {"repeat.2999": (3000, 0)}
