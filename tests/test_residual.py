"""The residual rule, on resolved values: when it adds, and the reason where it does not."""

from __future__ import annotations

import pytest
from nets import built, codes, costs, errors, graph, residuals, shapes, wires, zoo

from netdraw.graph.model import Reason


def unit(layers: str, rule: str = "auto", before: str = "", shape: str = "[8, 16, 16]") -> str:
    return f"netdraw: 1\nname: net\ninput: {shape}\nlayers:\n{before}  - name: u\n    residual: {rule}\n    layers: {layers}\n"


@pytest.mark.parametrize(
    ("stride", "channels", "expected"),
    [
        (1, 8, ("add", "")),
        (2, 8, ("none", "stride 2")),
        (1, 12, ("none", "8 → 12")),
        (2, 12, ("none", "stride 2")),
    ],
)
def test_the_four_combinations(stride: int, channels: int, expected: tuple[str, str]) -> None:
    net = graph(unit(f"[{{Conv2d: {{out_channels: {channels}, kernel_size: 3, stride: {stride}, padding: same}}}}]"))
    assert residuals(net) == {"u": expected}
    assert ("u.add" in shapes(net)) == (expected[0] == "add")


def test_the_add_reads_the_main_path_and_then_the_input() -> None:
    net = graph(unit("[{Conv2d: {out_channels: 8, kernel_size: 1}}]"))
    assert wires(net)["u.add"] == ["u.conv2d", "input"]


def test_width_a_quarter_gives_mobilenet_v2_one_add_more() -> None:
    for width, adds in ((1.0, 10), (0.75, 10), (0.5, 10), (0.35, 10), (0.25, 11), (1.4, 10)):
        net = zoo("mobilenet_v2", width=width)
        assert [done for done, _ in residuals(net).values()].count("add") == adds


def test_padding_that_changes_the_size() -> None:
    net = graph(unit("[{Conv2d: {out_channels: 8, kernel_size: 3}}]"))
    assert residuals(net) == {"u": ("none", "16×16 in, 14×14 out")}


def test_a_1x1_map_at_stride_2_keeps_its_size_and_still_does_not_add() -> None:
    net = graph(unit("[{Conv2d: {out_channels: 8, kernel_size: 1, stride: 2}}]", shape="[8, 1, 1]"))
    assert shapes(net)["u.conv2d"] == (8, 1, 1)
    assert residuals(net) == {"u": ("none", "stride 2")}


def test_strides_are_per_axis() -> None:
    net = graph(unit("[{Conv2d: {out_channels: 8, kernel_size: 3, stride: [2, 1], padding: same}}]"))
    assert residuals(net) == {"u": ("none", "stride 2×1")}


def test_an_upsampling_counts_as_its_inverse() -> None:
    up = "{ConvTranspose2d: {out_channels: 8, kernel_size: 2, stride: 2}}"
    assert residuals(graph(unit(f"[{up}]"))) == {"u": ("none", "stride 1/2")}
    assert residuals(graph(unit(f"[{up}, {{MaxPool2d: 2}}]"))) == {"u": ("add", "")}


def test_paths_that_disagree_are_an_error() -> None:
    text = unit(
        "[{parallel: {a: [{Conv2d: {out_channels: 8, kernel_size: 9}}],"
        " b: [{Conv2d: {out_channels: 8, kernel_size: 1, stride: 2}}]}, join: Add}]"
    )
    assert codes(text) == ["ND411"]
    assert "stride 1 and stride 2" in errors(built(text))[0]


def test_paths_that_agree_are_fine() -> None:
    text = unit(
        "[{parallel: {a: [{MaxPool2d: 2}], b: [{Conv2d: {out_channels: 8, kernel_size: 2, stride: 2}}]}, join: Add}]"
    )
    assert residuals(graph(text)) == {"u": ("none", "stride 2")}


GATE = "{parallel: {x: [], gate: [{AdaptiveAvgPool2d: 1}, {Conv2d: {out_channels: 8, kernel_size: 1}}, Sigmoid]}, join: Mul}"


def test_a_squeeze_excite_gate_has_no_say() -> None:
    net = graph(unit(f"[{{Conv2d: {{out_channels: 8, kernel_size: 3, padding: same}}}}, {GATE}]"))
    assert residuals(net) == {"u": ("add", "")}
    strided = graph(unit(f"[{{Conv2d: {{out_channels: 8, kernel_size: 3, stride: 2, padding: same}}}}, {GATE}]"))
    assert residuals(strided) == {"u": ("none", "stride 2")}


def test_a_strided_gate_without_a_pool_is_broadcast_and_has_no_say() -> None:
    gate = "{parallel: {x: [], g: [{Conv2d: {out_channels: 8, kernel_size: 16, stride: 16}}]}, join: Mul}"
    assert residuals(graph(unit(f"[{gate}]"))) == {"u": ("add", "")}


def test_where_no_path_has_a_say_the_stride_is_1() -> None:
    net = graph(unit("[{AdaptiveAvgPool2d: 1}]", shape="[8, 1, 1]"))
    assert residuals(net) == {"u": ("add", "")}


def test_ranks_that_differ() -> None:
    net = graph(unit("[Flatten, {Linear: 8}]", shape="[8, 1, 1]"))
    assert residuals(net)["u"][0] == "none"


def test_always_adds_and_refuses_unequal_shapes() -> None:
    assert residuals(graph(unit("[ReLU]", "always"))) == {"u": ("add", "")}
    assert codes(unit("[{Conv2d: {out_channels: 9, kernel_size: 1}}]", "always")) == ["ND409"]


def test_always_does_not_ask_for_the_stride() -> None:
    up_down = "[{Conv2d: {out_channels: 8, kernel_size: 1, stride: 2}}]"
    assert residuals(graph(unit(up_down, "always", shape="[8, 1, 1]"))) == {"u": ("add", "")}


def test_none_never_adds() -> None:
    net = graph(unit("[ReLU]", "none"))
    assert residuals(net) == {"u": ("none", "")} and "u.add" not in shapes(net)


def test_project_is_the_identity_where_auto_would_add() -> None:
    net = graph(unit("[{Conv2d: {out_channels: 8, kernel_size: 1}}]", "project"))
    assert residuals(net) == {"u": ("add", "")}
    assert not any(".shortcut" in id for id in shapes(net))


def test_project_brings_channels_and_stride_by_a_linear_1x1() -> None:
    net = graph(unit("[{ConvBNAct: {out_channels: 12, stride: 2}}]", "project"))
    assert residuals(net) == {"u": ("project", "")}
    conv = next(node for node in net.nodes if node.id == "u.shortcut.conv2d")
    assert (conv.attrs["kernel_size"], conv.attrs["stride"], conv.attrs["out_channels"]) == ((1, 1), (2, 2), 12)
    assert [id for id in shapes(net) if id.startswith("u.shortcut")] == ["u.shortcut.conv2d", "u.shortcut.norm"]
    assert wires(net)["u.add"] == ["u.conv_bn_act.act", "u.shortcut.norm"]
    order = list(shapes(net))
    assert order.index("u.conv_bn_act.act") < order.index("u.shortcut.conv2d") < order.index("u.add")


@pytest.mark.parametrize(
    "layers",
    [
        "[{Conv2d: {out_channels: 9, kernel_size: 3}}]",
        "[{ConvTranspose2d: {out_channels: 9, kernel_size: 2, stride: 2}}]",
    ],
)
def test_project_asks_for_a_shortcut_where_a_1x1_cannot(layers: str) -> None:
    text = unit(layers, "project")
    assert codes(text) == ["ND410"] and "shortcut" in errors(built(text))[0]


def test_a_written_shortcut_and_its_start() -> None:
    rule = "{rule: project, shortcut: {from: pre, layers: [{Conv2d: {out_channels: 12, kernel_size: 1, bias: false}}]}}"
    net = graph(unit("[{ReLU: {name: pre}}, {Conv2d: {out_channels: 12, kernel_size: 1}}]", rule))
    assert wires(net)["u.shortcut.conv2d"] == ["u.pre"]
    assert residuals(net) == {"u": ("project", "")}


def test_a_shortcut_that_does_not_fit_is_an_error() -> None:
    rule = "{rule: project, shortcut: [{Conv2d: {out_channels: 5, kernel_size: 1}}]}"
    assert codes(unit("[{Conv2d: {out_channels: 12, kernel_size: 1}}]", rule)) == ["ND410"]


def test_after_runs_behind_the_add_and_also_without_one() -> None:
    rule = "{rule: auto, after: [ReLU]}"
    assert wires(graph(unit("[{Conv2d: {out_channels: 8, kernel_size: 1}}]", rule)))["u.after.relu"] == ["u.add"]
    assert wires(graph(unit("[{Conv2d: {out_channels: 9, kernel_size: 1}}]", rule)))["u.after.relu"] == ["u.conv2d"]


BLOCK = """
blocks:
  Unit:
    params: {out: required, act: ReLU}
    residual: auto
    layers: [{Conv2d: {out_channels: out, kernel_size: 1}}]
"""


def test_a_rule_beside_a_call_replaces_the_blocks_own_and_sees_its_params() -> None:
    text = BLOCK + "layers:\n  - Unit: {out: 5, residual: {rule: project, after: [act]}}\n"
    net = graph(text)
    assert residuals(net) == {"unit": ("project", "")}
    assert "unit.after.act" in shapes(net)
    plain = graph(BLOCK + "layers:\n  - Unit: {out: 3, residual: none}\n")
    assert residuals(plain) == {"unit": ("none", "")}


def test_under_repeat_the_rule_holds_for_every_member() -> None:
    net = graph(BLOCK + "layers:\n  - Unit: {out: 5, residual: project, repeat: 3}\n")
    assert residuals(net) == {"unit.0": ("project", ""), "unit.1": ("add", ""), "unit.2": ("add", "")}


def test_the_add_takes_another_name_where_the_list_has_it() -> None:
    net = graph(unit("[{ReLU: {name: add}}]"))
    assert residuals(net) == {"u": ("add", "")} and "u.add_2" in shapes(net)


def test_defaults_reach_the_default_shortcut() -> None:
    text = "defaults: {ConvBNAct: {norm: none}}\n" + BLOCK + "layers:\n  - Unit: {out: 5, residual: project}\n"
    net = graph(text)
    assert [id for id in shapes(net) if "shortcut" in id] == ["unit.shortcut.conv2d"]


def test_a_rule_beside_an_op_is_an_error() -> None:
    assert codes("layers: [{ReLU: {residual: auto}}]\n") == ["ND121"]


def test_the_default_projection_has_the_stride_of_each_axis() -> None:
    net = graph(unit("[{ConvBNAct: {out_channels: 12, stride: [2, 1]}}]", "project"))
    conv = next(node for node in net.nodes if node.id == "u.shortcut.conv2d")
    assert conv.attrs["stride"] == (2, 1) and shapes(net)["u.shortcut.conv2d"] == (12, 8, 16)


def test_a_projection_says_what_it_is_needed_for() -> None:
    net = graph(unit("[{ConvBNAct: {out_channels: 12}}]", "project"))
    (group,) = [group for group in net.groups if group.residual]
    assert group.residual is not None and (group.residual.reason, group.residual.needs) == (
        None,
        Reason("channels", ((8,), (12,))),
    )


@pytest.mark.parametrize("name", ["add", "add_2", "shortcut", "after", "join", "conv2d", "norm"])
@pytest.mark.parametrize(
    "form", ["{{ConvBNAct: {{out_channels: 9, name: {}}}}}", "{{layers: [{{ConvBNAct: 9}}], name: {}}}"]
)
def test_what_the_builder_adds_steps_aside_for_written_names(name: str, form: str) -> None:
    rule = "{rule: project, after: [ReLU]}"
    plain, taken = (graph(unit(f"[{form.format(one)}, {{ReLU: {{name: add_3}}}}]", rule)) for one in ("other", name))
    ids = [node.id for node in taken.nodes]
    assert len(set(ids)) == len(ids) and len({group.id for group in taken.groups}) == len(taken.groups)
    assert [node.op for node in taken.nodes] == [node.op for node in plain.nodes]
    assert costs(taken) == costs(plain)


def test_a_branch_may_be_called_join() -> None:
    net = graph(unit("[{parallel: {join: [ReLU], join_2: [ReLU]}, join: Add}]", "none"))
    assert list(shapes(net)) == ["u.parallel.join.relu", "u.parallel.join_2.relu", "u.parallel.join_3"]


def test_only_project_has_a_shortcut() -> None:
    assert codes(unit("[ReLU]", "{rule: auto, shortcut: [ReLU]}")) == ["ND118"]


def test_a_path_that_goes_from_tokens_to_a_map_and_back_has_no_stride_to_compare() -> None:
    map_of = "FeatureMap, {Conv2d: {out_channels: 8, kernel_size: 3, padding: same}}, Tokens"
    assert residuals(graph(unit(f"[{map_of}]", shape="[16, 8]"))) == {"u": ("add", "")}
    down = "FeatureMap, {Conv2d: {out_channels: 8, kernel_size: 2, stride: 2}}, Tokens"
    assert residuals(graph(unit(f"[{down}]", shape="[16, 8]"))) == {"u": ("none", "16×8 in, 4×8 out")}


def test_tokens_keep_the_stride_of_the_map_that_they_were() -> None:
    patches = "{Conv2d: {out_channels: 8, kernel_size: 4, stride: 4}}, Tokens, LayerNorm, FeatureMap"
    assert residuals(graph(unit(f"[{patches}]"))) == {"u": ("none", "stride 4")}
