"""Which layer of one network is which of another."""

from __future__ import annotations

from nets import graph, zoo

from netdraw.analysis.align import Alignment, align

Ids = tuple[str | None, str | None]


def aligned(one: str, other: str) -> Alignment:
    """The alignment of two lists of layers."""
    return align(graph("layers:\n" + one), graph("layers:\n" + other))


def unlike(found: Alignment) -> set[Ids]:
    """The pairs, groups too, whose ids are not the same."""
    return {pair[:2] for pair in (*found.groups, *found.nodes) if pair.one != pair.other}


def moved(found: Alignment) -> set[Ids]:
    return {pair[:2] for pair in (*found.groups, *found.nodes) if pair.moved}


def renamed(found: Alignment) -> set[Ids]:
    return {pair[:2] for pair in (*found.groups, *found.nodes) if pair.renamed}


A, B, POOL = "  - ConvBNAct: 32\n", "  - ConvBNAct: 64\n", "  - MaxPool2d: 2\n"


def test_every_id_is_in_one_pair_and_the_order_is_that_of_the_second() -> None:
    one, other = zoo("resnet", "resnet34"), zoo("resnet", "resnet50")
    found = align(one, other)
    for items, mine, its in ((found.nodes, one.nodes, other.nodes), (found.groups, one.groups, other.groups)):
        assert sorted(pair.one for pair in items if pair.one) == sorted(item.id for item in mine)
        assert [pair.other for pair in items if pair.other] == [item.id for item in its]


def test_a_width_leaves_every_layer_in_its_place() -> None:
    found = align(zoo("mobilenet_v2"), zoo("mobilenet_v2", width=1.4))
    assert unlike(found) == moved(found) == renamed(found) == set()


def test_doubled_widths_are_no_shift() -> None:
    found = aligned(A + B + "  - ConvBNAct: 128\n", B + "  - ConvBNAct: 128\n  - ConvBNAct: 256\n")
    assert unlike(found) == set()


def test_an_insertion_moves_the_count_but_not_the_layers() -> None:
    found = aligned(A + B + POOL, A + "  - ConvBNAct: 48\n" + B + POOL)
    assert {("conv_bn_act_2", "conv_bn_act_3"), (None, "conv_bn_act_2")} <= unlike(found)
    assert moved(found) == renamed(found) == set()


def test_neighbours_that_changed_places() -> None:
    assert len(moved(aligned(A + B, B + A))) == 1
    assert moved(aligned(A + B + POOL, A + POOL + B)) == {("max_pool2d", "max_pool2d")}


CONV = "  - Conv2d: {{out_channels: {}, kernel_size: {}, padding: same}}\n"
DEPTHWISE = "  - Conv2d: {out_channels: in_channels, kernel_size: 3, padding: same, groups: in_channels}\n"
C3, C5, C7, POINTWISE = (CONV.format(32, size) for size in (3, 5, 7, 1))
NORM, RELU = "  - BatchNorm2d\n", "  - ReLU\n"


def pairs(one: str, other: str) -> set[Ids]:
    """The nodes that go together."""
    return {pair[:2] for pair in aligned(one, other).nodes if pair.one and pair.other}


def test_depthwise_goes_with_depthwise_whatever_stands_around() -> None:
    one = POINTWISE + DEPTHWISE + RELU + CONV.format(64, 1) + RELU
    other = POINTWISE + CONV.format(96, 1) + RELU + DEPTHWISE + RELU + CONV.format(64, 1)
    for more in ("", RELU):
        found = pairs(one, other + more)
        assert {("conv2d", "conv2d"), ("conv2d_2", "conv2d_3"), ("conv2d_3", "conv2d_4"), ("relu", "relu_2")} <= found
        assert (("relu_2", "relu_3") in found) == bool(more) and not moved(aligned(one, other + more))
    blocks = "  - {}: {{out_channels: {}{}}}\n"
    one = blocks.format("ConvBNAct", "in_channels, groups: in_channels", "") + blocks.format(
        "ConvBNAct", 64, ", kernel_size: 1"
    )
    other = blocks.format("ConvBNAct", 18, ", kernel_size: 1, act: ReLU6") + one.replace("}", ", act: ReLU6}")
    assert {pair[:2] for pair in aligned(one, other).groups} == {
        (None, "conv_bn_act"), ("conv_bn_act", "conv_bn_act_2"), ("conv_bn_act_2", "conv_bn_act_3"),
    }  # fmt: skip


def test_in_mobilenet_v2_what_expands_is_new_and_the_depthwise_stays() -> None:
    found = align(zoo("mobilenet_v1"), zoo("mobilenet_v2"))
    groups = {pair.other: pair.one for pair in found.groups}
    for stage in range(1, 7):
        names = [f"stages.{stage}.0.conv_bn_act{count}" for count in ("", "_2", "_3")]
        assert [groups[name] for name in names] == [None, *names[:2]]


def test_plain_layers_that_changed_places_take_along_what_follows_them() -> None:
    begin = CONV.format(32, 9)
    for between in (RELU, NORM + RELU, POOL):
        found = aligned(begin + C3 + between + C5 + between, begin + C5 + between + C3 + between)
        assert {("conv2d_2", "conv2d_3"), ("conv2d_3", "conv2d_2")} <= unlike(found)
        assert sum(one.startswith("conv2d") for one, _ in moved(found) if one) == 1
        first, second = ("max_pool2d", "max_pool2d_2") if between == POOL else ("relu", "relu_2")
        assert {(first, second), (second, first)} <= unlike(found)
    turned = aligned(begin + C3 + RELU + C5 + RELU + C7 + RELU, begin + C7 + RELU + C3 + RELU + C5 + RELU)
    assert {one for one, _ in moved(turned)} == {"conv2d_4", "relu_3"}


def test_widths_that_changed_places_at_a_distance() -> None:
    found = aligned(A + POOL + B + POOL, B + POOL + A + POOL)
    assert {("conv_bn_act", "conv_bn_act_2"), ("conv_bn_act_2", "conv_bn_act")} <= unlike(found)
    assert {("max_pool2d", "max_pool2d_2"), ("max_pool2d_2", "max_pool2d")} <= unlike(found)


def test_an_inserted_layer_takes_nothing_from_the_one_before_it() -> None:
    """A norm stays where it is in order, though it now follows another layer."""
    found = aligned(C3 + NORM + RELU, C3 + C7 + NORM + RELU)
    assert unlike(found) == {(None, "conv2d_2")} and moved(found) == set()
    found = aligned(C3 + RELU + C3 + RELU, C3 + RELU + CONV.format(64, 1) + NORM + RELU + C3 + RELU)
    assert {other for one, other in unlike(found) if one is None} == {"conv2d_2", "batch_norm2d", "relu_2"}


def test_a_layer_of_another_kernel_keeps_its_place() -> None:
    assert unlike(aligned(C3 + RELU + C3 + RELU, C5 + RELU + C5 + RELU)) == set()
    assert unlike(aligned(C3 + RELU + C3, C3 + RELU + C5)) == set()


def test_a_pooling_outvotes_no_convolution() -> None:
    found = aligned(A + C3 + POOL, A + POOL + C5)
    assert pairs(A + C3 + POOL, A + POOL + C5) >= {("conv2d", "conv2d"), ("max_pool2d", "max_pool2d")}
    assert moved(found) == {("max_pool2d", "max_pool2d")}


def test_an_activation_that_moved_alone() -> None:
    assert moved(aligned(C3 + RELU + C5, C3 + C5 + RELU)) == {("relu", "relu")}


def test_names_come_first() -> None:
    one = "  - ConvBNAct: {name: stem, out_channels: 64}\n  - ConvBNAct: {name: body, out_channels: 128}\n"
    other = "  - ConvBNAct: {name: stem, out_channels: 128}\n  - ConvBNAct: {name: body, out_channels: 256}\n"
    assert unlike(aligned(one, other)) == set()


def test_another_name_for_the_same() -> None:
    found = aligned(
        "  - ConvBNAct: {name: stem, out_channels: 64}\n" + B, "  - ConvBNAct: {name: begin, out_channels: 64}\n" + B
    )
    assert renamed(found) == {("stem", "begin")}


def test_another_repeat_count() -> None:
    found = align(zoo("resnet", "resnet50"), zoo("resnet", "resnet101"))
    assert {one for one, _ in unlike(found)} == {None}
    assert {str(other).split(".")[1] for _, other in unlike(found)} == {"2"}


def test_a_block_that_comes_to_repeat_is_its_first_member() -> None:
    found = aligned(A, "  - ConvBNAct: {out_channels: 32, repeat: 2}\n")
    assert ("conv_bn_act.conv2d", "conv_bn_act.0.conv2d") in unlike(found)
    assert {other for one, other in unlike(found) if one is None} >= {"conv_bn_act.1", "conv_bn_act.1.act"}
    assert renamed(found) == set()
    single = aligned(
        "  - Conv2d: {out_channels: 3, kernel_size: 1}\n", "  - Conv2d: {out_channels: 3, kernel_size: 1, repeat: 2}\n"
    )
    assert ("conv2d", "conv2d.0") in unlike(single) and renamed(single) == set()


def test_what_reads_the_same_goes_together_wherever_it_is_written() -> None:
    found = aligned(A + B + POOL, f"  - layers: [{{ConvBNAct: 32}}, {{ConvBNAct: 64}}]\n    name: body\n{POOL}")
    assert renamed(found) == {("conv_bn_act", "body.conv_bn_act"), ("conv_bn_act_2", "body.conv_bn_act_2")}
    assert {one for one, _ in unlike(found) if one is None} == {None}


def test_a_named_layer_that_moved_into_another_list() -> None:
    one = "  - layers: [{ConvBNAct: 32}, {MaxPool2d: {name: p, kernel_size: 2}}]\n    name: a\n  - layers: [{ConvBNAct: 8}]\n    name: b\n"
    other = "  - layers: [{ConvBNAct: 32}]\n    name: a\n  - layers: [{ConvBNAct: 8}, {MaxPool2d: {name: p, kernel_size: 2}}]\n    name: b\n"
    assert moved(aligned(one, other)) == {("a.p", "b.p")}


def test_an_activation_or_a_pooling_of_another_kind_keeps_its_place() -> None:
    assert unlike(aligned(A + "  - ReLU\n", A + "  - SiLU\n")) == {("relu", "silu")}
    assert unlike(aligned(A + POOL, A + "  - AvgPool2d: 2\n")) == {("max_pool2d", "avg_pool2d")}
    assert unlike(aligned(A + POOL, A + "  - Flatten\n")) == {("max_pool2d", None), (None, "flatten")}


def test_blocks_that_have_nothing_in_common_are_no_pair() -> None:
    squeeze = "  - SqueezeExcite\n"
    assert {("conv_bn_act_2", None), (None, "squeeze_excite")} <= unlike(aligned(A + B, A + squeeze))
    named = "  - {}: {{name: body{}}}\n"
    found = aligned(A + named.format("ConvBNAct", ", out_channels: 32"), A + named.format("SqueezeExcite", ""))
    assert ("body", "body") in {pair[:2] for pair in found.groups}


def test_it_says_the_same_from_both_sides() -> None:
    plain = C3 + RELU + C5 + RELU, C5 + RELU + C3 + RELU
    for one, other in ((A + B, B + A), (A + B + POOL, POOL + B), (A, A + A + A), plain):
        found, back = aligned(one, other), aligned(other, one)
        turned = {(pair.other, pair.one, *pair[2:]) for pair in (*back.nodes, *back.groups)}
        assert {tuple(pair) for pair in (*found.nodes, *found.groups)} == turned


def test_inputs_go_by_name_then_by_place() -> None:
    one = graph("netdraw: 1\nname: n\ninputs: {a: [3], b: [3]}\nlayers: [Add: {from: [a, b]}]\n")
    other = graph("netdraw: 1\nname: n\ninputs: {a: [3], c: [3]}\nlayers: [Add: {from: [a, c]}]\n")
    assert [tuple(pair) for pair in align(one, other).inputs] == [("a", "a", False, False), ("b", "c", False, True)]
