"""The spec language: values, scope, variants, stages and wiring."""

from __future__ import annotations

from nets import HEAD, built, codes, costs, errors, graph, node, shapes, wires


def attrs(text: str, id: str = "conv2d") -> dict[str, object]:
    return dict(node(graph(text), id).attrs)


def test_a_layer_is_a_name_a_name_with_its_first_attribute_or_a_map() -> None:
    net = graph("layers:\n  - MaxPool2d: 2\n  - MaxPool2d: {kernel_size: 2}\n  - Flatten\n  - Linear: 10\n")
    assert list(shapes(net).values()) == [(3, 16, 16), (3, 8, 8), (192,), (10,)]


def test_reserved_words_stand_beside_or_inside() -> None:
    beside = graph("layers:\n  - ReLU:\n    name: a\n  - Add:\n    from: [a, input]\n")
    inside = graph("layers:\n  - ReLU: {name: a}\n  - Add: {from: [a, input]}\n")
    assert wires(beside) == wires(inside) == {"a": ["input"], "add": ["a", "input"]}


def test_op_values_words_and_none() -> None:
    text = (
        "blocks:\n  U:\n    params: {act: ReLU, norm: BatchNorm2d, pad: same}\n    layers:\n"
        "      - Conv2d: {out_channels: 4, kernel_size: 3, padding: pad, bias: norm == none}\n      - norm\n      - act\n"
    )
    assert list(shapes(graph(text + "layers: [U]\n"))) == ["u.conv2d", "u.norm", "u.act"]
    plain = graph(text + "layers: [{U: {norm: none, act: {LeakyReLU: 0.1}}}]\n")
    assert list(shapes(plain)) == ["u.conv2d", "u.act"]
    assert node(plain, "u.conv2d").attrs["bias"] is True and node(plain, "u.act").attrs["negative_slope"] == 0.1
    assert shapes(plain)["u.conv2d"] == (4, 32, 32)


def test_a_choice_wins_over_a_name() -> None:
    text = "params: {same: 3, floor: 1}\nlayers:\n  - Conv2d: {out_channels: same, kernel_size: 3, padding: same}\n"
    assert attrs(text)["padding"] == "same" and attrs(text)["out_channels"] == 3


def test_input_sizes_are_those_of_the_layer() -> None:
    text = (
        "layers:\n  - Conv2d: {out_channels: in_channels * 2, kernel_size: 2, stride: 2}\n"
        "  - Conv2d: {out_channels: in_channels + in_height, kernel_size: 1}\n"
    )
    assert list(shapes(graph(text)).values()) == [(6, 16, 16), (22, 16, 16)]


def test_let_is_read_once_at_entry_in_order() -> None:
    text = (
        "blocks:\n  U:\n    let: {a: in_channels, b: a * 2}\n    layers:\n"
        "      - Conv2d: {out_channels: 7, kernel_size: 1}\n      - Conv2d: {out_channels: b, kernel_size: 1}\n"
        "layers: [U]\n"
    )
    assert list(shapes(graph(text)).values())[-1] == (6, 32, 32)


def test_lookup_goes_let_params_file() -> None:
    text = (
        "params: {n: 2, m: 3}\nblocks:\n  U:\n    params: {n: 4, m: 5}\n    let: {n: 6}\n    layers:\n"
        "      - Conv2d: {out_channels: n, kernel_size: 1}\n      - Conv2d: {out_channels: m, kernel_size: 1}\n"
        "layers: [{U: {m: m + n}}, {Conv2d: {out_channels: n, kernel_size: 1}}]\n"
    )
    assert [shape[0] for shape in shapes(graph(text)).values()] == [6, 5, 2]


def test_library_blocks_do_not_see_the_files_params() -> None:
    text = "params: {kernel_size: 7}\nlayers:\n  - ConvBNAct: 8\n"
    assert node(graph(text), "conv_bn_act.conv2d").attrs["kernel_size"] == (3, 3)


def test_params_may_use_the_params_before_them() -> None:
    text = "params: {a: 2, b: a * 3}\nlayers:\n  - Conv2d: {out_channels: b, kernel_size: 1}\n"
    assert attrs(text)["out_channels"] == 6
    assert codes("params: {b: a * 3, a: 2}\nlayers:\n  - Conv2d: {out_channels: b, kernel_size: 1}\n") == ["ND203"]


def test_index_is_lexical() -> None:
    net = graph("layers:\n  - Conv2d: {out_channels: 4 * (index + 1), kernel_size: 1, repeat: 3}\n")
    assert [shape[0] for shape in shapes(net).values()] == [4, 8, 12]
    inner = (
        "blocks:\n  U: {layers: [{Conv2d: {out_channels: index + 1, kernel_size: 1}}]}\nlayers: [{U: {repeat: 2}}]\n"
    )
    assert codes(inner) == ["ND209"]
    nested = (
        "layers:\n  - layers: [{Conv2d: {out_channels: index + 1, kernel_size: 1, repeat: 2}},"
        " {Conv2d: {out_channels: index + 5, kernel_size: 1}}]\n    repeat: 2\n"
    )
    assert [shape[0] for shape in shapes(graph(nested)).values()] == [1, 2, 5, 1, 2, 6]


def test_an_op_values_arguments_are_read_where_it_is_written() -> None:
    text = (
        "blocks:\n  U:\n    params: {n: 1, layer: required}\n    layers: [layer]\n"
        "params: {n: 6}\nlayers:\n  - U: {n: 2, layer: {ConvBNAct: n}}\n"
    )
    assert shapes(graph(text))["u.layer.conv2d"] == (6, 32, 32)


def test_defaults_reach_inside_library_blocks_and_a_written_argument_wins() -> None:
    text = "params: {slope: 0.3}\ndefaults: {ConvBNAct: {act: {LeakyReLU: slope}}}\nlayers:\n"
    text += "  - DepthwiseSeparable: 8\n  - ConvBNAct: 8\n  - ConvBNAct: {out_channels: 8, act: none}\n"
    net = graph(text)
    assert node(net, "conv_bn_act.act").attrs == {"negative_slope": 0.3}
    assert "conv_bn_act_2.act" not in shapes(net)
    ops = [item.op for item in net.nodes if item.id.startswith("depthwise_separable")]
    assert ops.count("ReLU") == 2, "the block writes its own act, which wins"


def test_defaults_may_give_what_is_required() -> None:
    net = graph("defaults: {Conv2d: {kernel_size: 5}}\nlayers: [{Conv2d: 4}]\n")
    assert shapes(net) == {"conv2d": (4, 28, 28)}


VARIANTS = """
title: Base
params: {n: 4, act: ReLU}
expect: {params: 16, macs: 12288}
variants:
  wide: {n: 8, title: Wide}
  same: {}
layers:
  - Conv2d: {out_channels: n, kernel_size: 1}
  - act
"""


def test_variants_set_params() -> None:
    assert shapes(graph(VARIANTS))["conv2d"][0] == 4
    assert shapes(graph(VARIANTS, "wide"))["conv2d"][0] == 8
    assert graph(VARIANTS, "wide").name == "wide"
    assert codes(VARIANTS.replace("n: 8", "m: 8")) == ["ND413"]


def test_stages_as_rows_with_letters_and_formulas() -> None:
    text = (
        "params: {width: 0.5}\nlayers:\n  - stages: ConvBNAct\n"
        "    columns: {c: {out_channels: divisible(c * width)}, n: {repeat: ceil(n * width)}, s: stride}\n"
        "    first_only: [stride]\n    rows: [[32, 3, 2], [64, 1, 1]]\n"
    )
    convs = {id: shape for id, shape in shapes(graph(text)).items() if id.endswith("conv2d")}
    assert convs == {
        "stages.0.0.conv2d": (16, 16, 16),
        "stages.0.1.conv2d": (16, 16, 16),
        "stages.1.0.conv2d": (32, 16, 16),
    }


def test_stages_as_a_map_of_lists_with_scalars_params_and_titles() -> None:
    text = (
        "params: {block: ConvBNAct, depths: [1, 2]}\nlayers:\n  - stages: block\n"
        "    columns: {name: [conv 2, conv3_x], out_channels: [4, 8], repeat: depths, kernel_size: 1}\n"
    )
    net = graph(text)
    assert [id for id in shapes(net) if id.endswith("conv2d")] == [
        f"stages.{id}.conv2d" for id in ("0.0", "1.0", "1.1")
    ]
    assert [group.title for group in net.groups if group.kind == "row"] == ["conv 2", "conv3_x"]


def test_stages_whose_lists_differ_in_length() -> None:
    text = "layers:\n  - stages: ConvBNAct\n    columns: {out_channels: [4, 8], stride: [1, 2, 1]}\n"
    assert codes(text) == ["ND312"]


def test_from_steps_names_members_and_ports() -> None:
    text = (
        "layers:\n  - Conv2d: {out_channels: 4, kernel_size: 1, repeat: 3, name: c}\n"
        "  - Concat: {from: [c.0, c.1, c, -2]}\n  - Split: {sections: 2, name: s}\n"
        "  - Concat: {from: ['s:1', 's:0']}\n"
    )
    assert wires(graph(text))["concat"] == ["c.0", "c.1", "c.2", "c.1"]
    assert wires(graph(text))["concat_2"] == ["s:1", "s"]


def test_the_first_step_back_is_the_lists_input() -> None:
    assert wires(graph("layers: [{Add: {from: [-1, -1]}}]\n")) == {"add": ["input", "input"]}
    assert codes("layers: [{Add: {from: [-1, -2]}}]\n") == ["ND404"]


def test_under_repeat_a_name_holds_for_the_first_member() -> None:
    text = "layers:\n  - ReLU: {name: a}\n  - ReLU: {name: b}\n  - Add: {from: [a, b], repeat: 2}\n"
    assert wires(graph(text))["add.0"] == ["a", "b"] and wires(graph(text))["add.1"] == ["add.0", "b"]


def test_input_is_that_of_the_innermost_block_or_group() -> None:
    text = (
        "layers:\n  - ReLU: {name: a}\n  - layers:\n      - ReLU\n"
        "      - parallel: {x: [ReLU, {Add: {from: [-1, input]}}], y: []}\n"
    )
    assert wires(graph(text))["group.parallel.x.add"] == ["group.parallel.x.relu", "a"]


def test_a_block_with_several_inputs_and_named_outputs() -> None:
    text = (
        "blocks:\n  Two:\n    inputs: [cur, prev]\n    outputs: {early: a}\n    layers:\n"
        "      - ReLU: {from: prev, name: a}\n      - Add: {from: [cur, a]}\n"
        "layers:\n  - ReLU: {name: x}\n  - Two: {from: [x, input], name: t}\n  - Add: {from: [t, 't:early']}\n"
    )
    assert wires(graph(text)) == {"x": ["input"], "t.a": ["input"], "t.add": ["x", "t.a"], "add": ["t.add", "t.a"]}
    assert codes(text.replace("from: [x, input]", "from: [x]")) == ["ND311"]


def test_a_dense_layer_is_a_parallel_with_an_empty_branch() -> None:
    text = "layers:\n  - parallel: {skip: [], new: [{Conv2d: {out_channels: 4, kernel_size: 1}}]}\n    repeat: 3\n"
    assert [shape for id, shape in shapes(graph(text)).items() if id.endswith("join")] == [
        (7, 32, 32),
        (11, 32, 32),
        (15, 32, 32),
    ]


def test_heads_are_outputs_by_their_path_and_the_chain_passes() -> None:
    text = (
        "blocks:\n  Head: {layers: [{heads: {cls: [ReLU], box: [ReLU]}}]}\n"
        "layers:\n  - ReLU\n  - Head: {name: p3}\n  - ReLU\n  - Head: {name: p4}\n"
    )
    net = graph(text)
    assert [name for name, _ in net.outputs] == ["p3.cls", "p3.box", "p4.cls", "p4.box"]
    assert wires(net)["relu_2"] == ["relu"]


def test_the_chains_end_is_an_output_unless_something_consumes_it() -> None:
    assert [name for name, _ in graph("layers: [ReLU]\n").outputs] == ["output"]
    assert [name for name, _ in graph("layers: [ReLU, {heads: {a: [ReLU]}}]\n").outputs] == ["a"]
    net = graph("layers: [{ReLU: {name: a}}, ReLU]\noutputs: {early: a}\n")
    assert [(name, str(ref)) for name, ref in net.outputs] == [("output", "relu"), ("early", "a")]


def test_several_inputs_and_shared_weights() -> None:
    text = HEAD + (
        "inputs: {src: [16, 8], tgt: {t: 4, c: 8}}\nlayers:\n  - Linear: {out_features: 8, name: a, from: src}\n"
        "  - Linear: {out_features: 8, from: tgt, shares: a, name: b}\n  - Concat: {from: [a, b], dim: t}\n"
    )
    net = graph(text)
    assert [name for name, _ in net.inputs] == ["src", "tgt"] and node(net, "b").shares == "a"
    assert costs(net) == (72, 8 * 8 * 16 + 8 * 8 * 4)
    assert codes(text.replace("{out_features: 8, from", "{out_features: 9, from")) == ["ND412", "ND308"]


def test_a_whole_block_can_share() -> None:
    text = (
        "layers:\n  - ConvBNAct: {out_channels: 3, name: a}\n  - ConvBNAct: {out_channels: 3, name: b, shares: a}\n"
        "  - ConvBNAct: {out_channels: 3, shares: b}\n"
    )
    net = graph(text)
    assert [item.shares for item in net.nodes if item.op == "Conv2d"] == [None, "a.conv2d", "a.conv2d"]


def test_a_repeat_of_nothing_gives_no_layer() -> None:
    net = graph("layers: [ReLU, {ReLU: {repeat: 0, name: gone}}, Identity]\n")
    assert list(shapes(net)) == ["relu", "identity"]
    assert codes("layers: [ReLU, {ReLU: {repeat: 0, name: gone}}, {Add: {from: [gone, -1]}}]\n") == ["ND402"]


def test_parameters_are_read_by_name() -> None:
    text = (
        HEAD
        + "input: {t: 4, c: 8}\nlayers:\n  - Parameter: {shape: [1, 8], name: cls}\n  - Concat: {from: [cls, input], dim: t}\n"
    )
    assert shapes(graph(text))["concat"] == (5, 8)


def test_remarks_on_blocks() -> None:
    text = "blocks:\n  ConvBNAct: {params: {out_channels: 1}, layers: [ReLU]}\n  Unused: {layers: [ReLU]}\nlayers: [ConvBNAct]\n"
    result = built(text)
    assert errors(result) == []
    assert [(fault.code, fault.severity) for fault in result.faults] == [("ND414", "note"), ("ND415", "warning")]


def test_shapes_by_letter_are_values() -> None:
    text = HEAD + (
        "params: {n: 4}\ninput: {t: 4, c: 8}\nlayers:\n  - Parameter: {shape: {t: n - 3, c: in_channels}, name: cls}\n"
        "  - Concat: {from: [cls, input], dim: t}\n"
    )
    assert shapes(graph(text)) == {"cls": (1, 8), "concat": (5, 8)}


def test_defaults_have_no_layer_whose_input_they_could_use() -> None:
    text = "defaults: {ConvBNAct: {groups: in_channels}}\nlayers: [{ConvBNAct: 6}]\n"
    assert codes(text) == ["ND210"]


def test_a_block_that_a_param_of_some_variant_holds_is_not_called_unused() -> None:
    text = (
        "params: {unit: One}\nblocks:\n  One: {layers: [ReLU]}\n"
        "  Two: {layers: [ReLU6]}\nlayers:\n  - unit\nvariants:\n  n2: {unit: Two}\n"
    )
    assert built(text).faults == ()
