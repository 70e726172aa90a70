"""Structure that takes values: rules, branches and columns by expressions, and names inside of what has a name."""

from __future__ import annotations

import pytest
from nets import built, codes, costs, errors, graph, node, residuals, shapes, wires

from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.graph.model import Graph
from netdraw.spec.schema import schema

UNIT = (
    "blocks:\n  Unit:\n    params: {out: 3, stride: 1, shortcut: true}\n    residual: RULE\n    layers:\n"
    "      - Conv2d: {out_channels: out, kernel_size: 3, stride: stride, padding: same}\n"
)


def done(text: str) -> list[str]:
    """What the rule of every group that has one did."""
    return [what for what, _ in residuals(graph(text)).values()]


# Rules


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("project if stride == 1 else none", ["add", "project", "none"]),
        ("auto if shortcut else none", ["add", "none", "none"]),
        ("{rule: always if out == 3 and stride == 1 else project}", ["add", "project", "project"]),
    ],
)
def test_a_rule_may_be_an_expression(rule: str, expected: list[str]) -> None:
    assert done(UNIT.replace("RULE", rule) + "layers: [Unit, {Unit: {out: 4}}, {Unit: {stride: 2}}]\n") == expected


def test_a_rule_may_be_a_param_or_let_that_has_a_word_or_chooses_one() -> None:
    text = UNIT.replace("RULE", "rule").replace("shortcut: true", "rule: auto") + "layers: [Unit, {Unit: RULE}]\n"
    for given, expected in (("{rule: none}", "none"), ("{rule: auto if 1 > 2 else none}", "none"), ("{}", "add")):
        assert done(text.replace("Unit: RULE", f"Unit: {given}")) == ["add", expected]
    let = UNIT.replace("RULE", "rule\n    let: {rule: auto if shortcut else none}")
    assert done(let + "layers: [Unit, {Unit: {shortcut: false}}]\n") == ["add", "none"]


def test_the_input_of_a_rule_is_that_of_its_block() -> None:
    text = (
        UNIT.replace("RULE", "auto if in_channels == 3 else none") + "layers: [{Unit: {repeat: 2}}, {Unit: {out: 4}}]\n"
    )
    assert done(text) == ["add", "add", "none"]
    assert done(text.replace("{out: 4}", "{out: 4, repeat: 2}")) == ["add", "add", "none", "none"]


def test_a_rule_beside_a_call_sees_the_names_of_the_block_and_behind_them_those_of_the_call() -> None:
    text = "params: {skip: true, stride: 7}\n" + UNIT.replace("RULE", "none")
    library = "layers:\n  - InvertedResidual: {out_channels: 3, residual: auto if skip and stride == 1 else none}\n"
    assert done(text.replace("blocks", "x", 0).split("blocks")[0] + library) == ["add"]
    each = "layers:\n  - Unit: {repeat: 3, residual: none if index == 1 else auto}\n"
    assert done(text + each) == ["add", "none", "add"]


def test_a_shortcut_and_what_is_after_hold_for_a_rule_that_is_computed() -> None:
    long = "{rule: project if stride == 1 else none, shortcut: [{Conv2d: {out_channels: out, kernel_size: 1}}], after: [ReLU]}"
    net = graph(UNIT.replace("RULE", long) + "layers: [{Unit: {out: 4}}, {Unit: {stride: 2}}]\n")
    projected = ["unit.conv2d", "unit.shortcut.conv2d", "unit.add", "unit.after.relu"]
    assert list(shapes(net)) == [*projected, "unit_2.conv2d", "unit_2.after.relu"]


def test_a_column_of_stages_may_be_the_rule() -> None:
    lists = "  - stages: Unit\n    columns: {stride: [1, 1, 2], residual: [auto, none, auto], repeat: [1, 2, 1]}\n"
    rows = "  - stages: Unit\n    columns: {S: stride, R: {residual: auto if R > 0 else none}}\n    rows: [[1, 0], [1, 1]]\n"
    bare = "  - stages: Unit\n    columns: {s: stride, r: residual}\n    rows: [[1, none], [1, always]]\n"
    text = UNIT.replace("RULE", "project") + "layers:\n"
    assert done(text + lists) == ["add", "none", "none", "none"]
    assert done(text + rows) == done(text + bare) == ["none", "add"]
    first = lists.replace("[1, 2, 1]}", "[2, 1, 1]}\n    first_only: [residual]").replace("[auto, none", "[none, none")
    assert done(text + first) == ["none", "add", "none", "none"], "the second falls back on the block's own"
    own = first.replace("- stages: Unit", "- residual: {rule: auto, after: [ReLU]}\n    stages: Unit")
    assert len([id for id in shapes(graph(text + own)) if id.endswith("after.relu")]) == 4


def test_mobilenet_v2_as_it_was_written_for_cifar() -> None:
    """kuangliu/pytorch-cifar: projected where the channels differ, and never at stride 2; counted by torch 2.13."""
    net = graph(
        """netdraw: 1
name: mobilenet_v2_cifar
input: [3, 32, 32]
blocks:
  Block:
    params: {out: required, stride: 1, expand: 6}
    let: {hidden: in_channels * expand}
    residual: project if stride == 1 else none
    layers:
      - ConvBNAct: {out_channels: hidden, kernel_size: 1}
      - ConvBNAct: {out_channels: hidden, stride: stride, groups: hidden}
      - ConvBNAct: {out_channels: out, kernel_size: 1, act: none}
layers:
  - ConvBNAct: 32
  - stages: Block
    columns: {t: expand, c: out, n: repeat, s: stride}
    first_only: [stride]
    rows: [[1, 16, 1, 1], [6, 24, 2, 1], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]]
  - ConvBNAct: {out_channels: 1280, kernel_size: 1}
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 10
"""
    )
    assert costs(net) == (2_296_922, 91_154_944)


def test_a_value_that_is_no_rule_is_one_fault_where_it_was_written() -> None:
    flag = UNIT.replace("RULE", "shortcut") + "layers: [Unit, {Unit: {shortcut: false}}]\n"
    (fault,) = errors(built(flag))
    assert fault.startswith("net.yaml:7:15: ND118") and "write 'auto if shortcut else none'" in fault
    word = UNIT.replace("RULE", "shortcut").replace("true", "projekt") + "layers: [Unit, Unit]\n"
    (fault,) = errors(built(word))
    assert fault.startswith("net.yaml:6:43: ND118") and "did you mean 'project'?" in fault
    (fault,) = errors(built(UNIT.replace("RULE", "projekt if stride == 1 else none") + "layers: [Unit]\n"))
    assert fault.startswith("net.yaml:7:15: ND203") and "did you mean 'project'?" in fault


def test_a_word_may_be_chosen_and_compared_wherever_it_may_stand() -> None:
    text = (
        "params: {pad: same if 1 < 2 else 0}\nlayers:\n"
        "  - Conv2d: {out_channels: 4 if pad == same else 8, kernel_size: 3, padding: same if in_channels == 3 else 0}\n"
        "  - MaxPool2d: {kernel_size: 3, stride: 2, rounding: ceil if pad == same else floor}\n"
    )
    assert list(shapes(graph(text)).values()) == [(4, 32, 32), (4, 16, 16)]
    assert codes("layers: [{Conv2d: {out_channels: c * 2, kernel_size: 1}}]\n") == ["ND203"], "an axis is no word here"


# Branches

MIX = """params: {k: 1, n: 2}
layers:
  - parallel:
      a: [{Conv2d: {out_channels: 3, kernel_size: 3, padding: same}}]
      b: {when: k > 1, layers: [{Conv2d: {out_channels: 3, kernel_size: 1}}]}
      c: {repeat: n, layers: [{Conv2d: {out_channels: 3, kernel_size: 2 * index + 1, padding: same}}]}
    join: Add
    name: mix
"""


def mix(**params: int) -> str:
    given = {"k": 1, "n": 2, **params}
    return MIX.replace("{k: 1, n: 2}", f"{{k: {given['k']}, n: {given['n']}}}")


def test_a_branch_is_there_if_its_condition_holds_and_as_often_as_it_repeats() -> None:
    assert wires(graph(mix()))["mix.join"] == ["mix.a.conv2d", "mix.c.0.conv2d", "mix.c.1.conv2d"]
    assert wires(graph(mix(k=2, n=1)))["mix.join"] == ["mix.a.conv2d", "mix.b.conv2d", "mix.c.0.conv2d"]
    net = graph(mix())
    assert node(net, "mix.c.1.conv2d").attrs["kernel_size"] == (3, 3), "each copy has its index"
    found = [(group.id, group.kind, group.title, group.member) for group in net.groups]
    assert found[:3] == [
        ("mix", "parallel", "mix", None),
        ("mix.a", "branch", "a", None),
        ("mix.c", "repeat", "c", None),
    ]
    assert found[3:] == [("mix.c.0", "branch", "c", 0), ("mix.c.1", "branch", "c", 1)]


def test_one_branch_alone_is_not_joined_and_none_is_no_layer() -> None:
    alone = graph(mix(n=0) + "  - ReLU: {from: mix}\n")
    assert wires(alone) == {"mix.a.conv2d": ["input"], "relu": ["mix.a.conv2d"]}
    none = (
        mix(n=0)
        .replace("a: [{Conv2d", "a: {when: k > 1, layers: [{Conv2d")
        .replace("same}}]\n      b", "same}}]}\n      b")
    )
    assert wires(graph(none + "  - ReLU\n")) == {"relu": ["input"]}
    (fault,) = errors(built(none + "  - ReLU: {from: mix}\n"))
    assert "ND402 'mix' is left out here" in fault
    written = "layers: [{parallel: {a: [ReLU]}, join: Add}]\n"
    assert codes(written) == ["ND311"], "a single branch that was written so is a slip"


def test_a_condition_of_a_branch_reads_the_input_of_all() -> None:
    wide = "[{Conv2d: {out_channels: 8, kernel_size: 1}}, {Conv2d: {out_channels: 3, kernel_size: 1}}]"
    text = f"layers: [{{parallel: {{a: {wide}, b: {{when: in_channels == 3, repeat: in_channels - 1, layers: []}}}}, join: Add}}]\n"
    assert wires(graph(text))["parallel.join"] == ["parallel.a.conv2d_2", "input", "input"]


def test_a_branch_that_when_has_emptied_is_a_warning() -> None:
    text = "params: {k: 1}\nlayers:\n  - parallel:\n      a: [{Conv2d: {out_channels: 3, kernel_size: 1}}]\n      c: BRANCH\n    join: Add\n"
    for branch, warned in (
        ("[{ReLU: {when: k > 1}}]", True),
        ("[{layers: [{ReLU: {when: k > 1}}]}]", True),
        ("[{ReLU: {when: k > 1}}, {Sigmoid: {when: k == 1}}]", False),
        ("[]", False),
        ("{when: k == 1, layers: []}", False),
        ("[{ReLU: {repeat: k - 1}}]", False),
    ):
        result = built(text.replace("BRANCH", branch))
        found = [(fault.code, fault.severity, fault.span and fault.span.line) for fault in result.faults]
        assert found == ([("ND416", "warning", 8)] if warned else []), branch


def test_other_words_beside_the_layers_of_a_branch_are_those_of_a_group() -> None:
    text = "layers: [{parallel: {a: {layers: [ReLU], name: x, residual: auto}, b: {layers: [ReLU]}}, join: Add, name: p}]\n"
    net = graph(text + "outputs: {y: p.a.x}\n")
    assert list(shapes(net)) == ["p.a.x.relu", "p.a.x.add", "p.b.relu", "p.join"]
    assert str(dict(net.outputs)["y"]) == "p.a.x.add"


def test_heads_come_and_go_and_repeat() -> None:
    text = "params: {n: 2, k: 1}\nlayers:\n  - heads:\n      box: {when: k > 1, layers: [ReLU]}\n      task: {repeat: n, layers: [Sigmoid]}\n    name: out\n"
    net = graph(text + "  - Add: {from: ['out:task.0', out.task.1]}\n")
    assert [(name, str(ref)) for name, ref in net.outputs] == [
        ("output", "add"),
        ("task.0", "out.task.0.sigmoid"),
        ("task.1", "out.task.1.sigmoid"),
    ]
    assert wires(net)["add"] == ["out.task.0.sigmoid", "out.task.1.sigmoid"]


def test_a_branch_that_repeats_without_end_is_refused() -> None:
    assert codes(mix(n=10**6)) == ["ND506"]
    assert codes(mix(n=-1)) == ["ND212"]


# Columns

BNECK = """netdraw: 1
name: mobilenet_v3_large
input: [3, 224, 224]
blocks:
  Bneck:
    params: {k: required, exp: required, out: required, se: false, act: ReLU, stride: 1}
    residual: auto
    layers:
      - ConvBNAct: {out_channels: exp, kernel_size: 1, act: act}
        when: exp != in_channels
      - ConvBNAct: {out_channels: exp, kernel_size: k, stride: stride, groups: exp, act: act}
      - SqueezeExcite: {squeeze: divisible(exp // 4), gate: Hardsigmoid}
        when: se
      - ConvBNAct: {out_channels: out, kernel_size: 1, act: none}
layers:
  - ConvBNAct: {out_channels: 16, stride: 2, act: Hardswish}
  - stages: Bneck
    columns: {k: k, exp: exp, c: out, SE: {se: SE == 1}, NL: act, s: stride}
    rows:
      - [3, 16, 16, 0, ReLU, 1]
      - [3, 64, 24, 0, ReLU, 2]
      - [3, 72, 24, 0, ReLU, 1]
      - [5, 72, 40, 1, ReLU, 2]
      - [5, 120, 40, 1, ReLU, 1]
      - [5, 120, 40, 1, ReLU, 1]
      - [3, 240, 80, 0, Hardswish, 2]
      - [3, 200, 80, 0, Hardswish, 1]
      - [3, 184, 80, 0, Hardswish, 1]
      - [3, 184, 80, 0, Hardswish, 1]
      - [3, 480, 112, 1, Hardswish, 1]
      - [3, 672, 112, 1, Hardswish, 1]
      - [5, 672, 160, 1, Hardswish, 2]
      - [5, 960, 160, 1, Hardswish, 1]
      - [5, 960, 160, 1, Hardswish, 1]
  - ConvBNAct: {out_channels: 960, kernel_size: 1, act: Hardswish}
  - AdaptiveAvgPool2d: 1
  - Flatten
  - Linear: 1280
  - Hardswish
  - Linear: 1000
"""


def test_the_table_of_mobilenet_v3_stays_as_it_is_printed() -> None:
    """arXiv:1905.02244, Table 1; the totals are those of torchvision's mobilenet_v3_large."""
    net = graph(BNECK)
    assert costs(net) == (5_483_032, 216_589_760)
    row = next(group for group in net.groups if group.id == "stages.3")
    assert [letter for letter, _, _ in row.cells] == ["k", "exp", "c", "SE", "NL", "s"]


def test_a_letter_in_capitals_is_its_cell_in_every_expression() -> None:
    text = "layers:\n  - stages: ConvBNAct\n    columns: {C: {out_channels: C}, A: {act: A}, K: {kernel_size: K * 1}}\n"
    net = graph(text + "    rows: [[8, ReLU6, 1], [4, none, 3]]\n")
    assert {item.op for item in net.nodes} == {"Conv2d", "BatchNorm2d", "ReLU6"}
    assert [item.attrs["out_channels"] for item in net.nodes if item.op == "Conv2d"] == [8, 4]


def test_a_param_in_capitals_is_one_fault_and_proposes_its_name() -> None:
    bad = BNECK.replace("se: false", "SE: false").replace("when: se", "when: SE").replace("{se: SE", "{SE: SE")
    (fault,) = built(bad).faults
    assert str(fault) == "net.yaml:6:57: ND116 a param is snake_case, such as 'se', not 'SE'"
    everywhere = (
        "params: {Wide: 2, my_act: ReLU}\nblocks:\n  U:\n    params: {Act: ReLU}\n    let: {Out: Wide * 4}\n    layers:\n"
        "      - Conv2d: {out_channels: Out, kernel_size: 1}\n      - Act\nlayers: [{U: {Act: ReLU6}}]\n"
        "variants:\n  big: {Wide: 4}\n"
    )
    assert codes(everywhere) == ["ND116"] * 3


def test_a_block_that_cannot_be_reached_for_another_fault_is_not_called_unused() -> None:
    broken = BNECK.replace("columns:", "colums:")
    assert [fault.code for fault in built(broken).faults] == ["ND115", "ND105"]
    dropped = BNECK.replace("  - stages: Bneck", "  - when: false\n    stages: Bneck")
    assert built(dropped).faults == ()
    alone = BNECK.replace("- stages: Bneck", "- stages: InvertedResidual").replace(
        "k: k, exp: exp, c: out, SE: {se: SE == 1}", "k: kernel_size, exp: expand, c: out_channels, SE: repeat"
    )
    assert "ND415" in [fault.code for fault in built(alone).faults]


def test_first_only_takes_attributes_and_is_led_there_from_a_letter() -> None:
    text = "layers:\n  - stages: ConvBNAct\n    columns: {c: out_channels, s: stride}\n    first_only: NAME\n    rows: [[8, 2]]\n"
    assert codes(text.replace("NAME", "stride")) == []
    for name, hint in (("s", "; the column 's' sets 'stride'"), ("strid", "; did you mean 'stride'?")):
        (fault,) = errors(built(text.replace("NAME", name)))
        assert fault.endswith(f"ND105 first_only names '{name}', which is no attribute of a column{hint}")


# Names

NESTED = """layers:
  - name: encoder
    layers:
      - Conv2d: {out_channels: 3, kernel_size: 1, name: e1}
      - name: deep
        layers: [{Conv2d: {out_channels: 3, kernel_size: 1, name: d1}}, {ReLU: {name: off, when: false}}]
      - ReLU
    outputs: {skip: e1, low: deep.d1}
  - name: loop
    repeat: 2
    layers: [{Conv2d: {out_channels: 3, kernel_size: 1, name: x}}, ReLU]
"""


def read(source: str) -> str:
    """The node that a source behind NESTED reads."""
    return wires(graph(NESTED + f"  - Add: {{from: [{source}, -1]}}\n"))["add"][0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("encoder.e1", "encoder.e1"),
        ("encoder.deep.d1", "encoder.deep.d1"),
        ("encoder.deep", "encoder.deep.d1"),
        ("'encoder:skip'", "encoder.e1"),
        ("'encoder:low'", "encoder.deep.d1"),
        ("loop.x", "loop.1.x"),
        ("loop.0.x", "loop.0.x"),
        ("loop.0", "loop.0.relu"),
    ],
)
def test_a_name_inside_is_read_by_its_path(source: str, expected: str) -> None:
    assert read(source) == expected


def test_paths_are_read_in_outputs_shares_blocks_and_shortcuts() -> None:
    text = NESTED + "  - Conv2d: {out_channels: 3, kernel_size: 1, name: tied, shares: encoder.deep.d1}\n"
    net = graph(text + "outputs: {low: encoder.deep.d1, first: loop.0.x}\n")
    assert {name: str(ref) for name, ref in net.outputs} == {
        "output": "tied",
        "low": "encoder.deep.d1",
        "first": "loop.0.x",
    }
    assert node(net, "tied").shares == "encoder.deep.d1"
    inner = NESTED.replace("layers:\n", "", 1).replace("\n", "\n    ")
    rule = "{rule: project, shortcut: {from: encoder.e1, layers: [{Conv2d: {out_channels: 4, kernel_size: 1}}]}}"
    block = f"blocks:\n  U:\n    outputs: {{e: encoder.e1}}\n    residual: {rule}\n    layers:\n    {inner}  - Conv2d: {{out_channels: 4, kernel_size: 1}}\n"
    found = wires(
        graph(
            block
            + "layers: [{U: {name: u}}, {Conv2d: {out_channels: 4, kernel_size: 1, from: 'u:e'}}, {Add: {from: [-1, u, u.encoder.e1]}}]\n".replace(
                ", u.encoder.e1", ""
            )
        )
    )
    assert found["u.shortcut.conv2d"] == ["u.encoder.e1"] and found["conv2d"] == ["u.encoder.e1"]


def test_a_name_in_a_call_of_a_block_and_in_a_branch_is_read_alike() -> None:
    text = "blocks:\n  U: {layers: [{ReLU: {name: a}}, {Sigmoid: {name: b}}]}\nlayers:\n  - U: {name: u}\n"
    text += "  - parallel: {left: [{U: {name: v}}, ReLU], right: {repeat: 2, layers: [{ReLU: {name: w}}]}}\n    join: Add\n    name: mix\n"
    net = graph(text + "  - Add: {from: [u.a, mix.left.v.a, mix.left, mix.right.0.w, mix.right, -1]}\n")
    expected = ["u.a", "mix.left.v.a", "mix.left.relu", "mix.right.0.w", "mix.right.1.w", "mix.join"]
    assert wires(net)["add"] == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("e1", "ND402 no layer is named 'e1' here; write 'encoder.e1'"),
        ("d1", "ND402 no layer is named 'd1' here; write 'encoder.deep.d1'"),
        ("deep.d1", "ND402 no layer is named 'deep' here; write 'encoder.deep.d1'"),
        ("encdoer.e1", "ND402 no layer is named 'encdoer' here; did you mean 'encoder.e1'?"),
        ("encoder.dep", "ND402 no layer in 'encoder' is named 'dep'; did you mean 'encoder.deep'?"),
        ("encoder.d1", "ND402 no layer in 'encoder' is named 'd1'; write 'encoder.deep.d1'"),
        ("encoder.zzz", "ND402 no layer in 'encoder' is named 'zzz'; it has e1, deep"),
        ("encoder.deep.off", "ND402 'encoder.deep.off' is left out here: its `when` or `repeat` gives no layer"),
        ("encoder.skip", "ND402 'skip' is an output of 'encoder'; write 'encoder:skip'"),
        ("'encoder:e1'", "ND407 'encoder' has no output 'e1'; for the layer of that name inside write 'encoder.e1'"),
        ("loop.2.x", "ND407 'loop.2.x': 'loop' has 2 members, 0 to 1"),
        ("encoder.e1.conv2d", "a layer inside is read by the name that was given to it"),
        ("conv2d", "ND402 'conv2d' has no name, this is its id alone; write 'name: conv2d' beside it"),
        ("later.y", "ND403 'later' comes later; a layer reads what stands before it"),
    ],
)
def test_what_cannot_be_read_says_what_was_meant(source: str, message: str) -> None:
    text = NESTED + "  - Conv2d: {out_channels: 3, kernel_size: 1}\n"
    text += f"  - Add: {{from: [{source}, -1]}}\n  - name: later\n    layers: [{{ReLU: {{name: y}}}}]\n"
    (fault,) = errors(built(text))
    assert message in fault and fault.startswith("net.yaml:16:")


def test_the_group_around_a_layer_has_no_value_yet() -> None:
    text = "layers:\n  - name: g\n    layers: [{ReLU: {name: a}}, {Sigmoid: {from: SOURCE}}]\n"
    assert "'g' is the group around this layer; write 'a'" in errors(built(text.replace("SOURCE", "g.a")))[0]
    for source in ("g", "g.0.a"):
        (fault,) = errors(built(text.replace("SOURCE", source)))
        assert "'g' is the group around this layer, which has no value yet" in fault


# Inputs, dead ends, the schema


def test_several_inputs_under_input_are_led_to_inputs() -> None:
    text = "netdraw: 1\nname: n\ninput: {image: [3, 8, 8], table: [9]}\nlayers:\n  - Flatten: {from: image, name: a}\n"
    text += "  - Concat: {from: [a, table]}\n  - Linear: q\n"
    first, second = errors(built(text))
    assert first == (
        "net.yaml:3:8: ND114 'input' is a single shape; for several inputs write inputs: {image: …, table: …}"
    )
    assert "ND301" in second, "and the rest is read as it was meant"
    assert "a single shape stands under 'input'" in errors(built("netdraw: 1\ninputs: [3]\nlayers: [ReLU]\n"))[0]


def test_one_input_that_has_a_name_is_read_by_it() -> None:
    text = "netdraw: 1\nname: n\ninputs: {image: [3, 8, 8]}\nblocks:\n  B: {inputs: [below], layers: [{ReLU: {from: below}}]}\n"
    text += "layers:\n  - B\n  - Add: {from: [image, -1]}\noutputs: {whole: image}\n"
    assert not errors(built(text))
    assert [node.inputs[0].node for node in graph(text).nodes] == ["image", "image"]
    (fault,) = errors(built(text.replace("[image, -1]", "[imag, -1]")))
    assert fault.endswith("ND402 no layer is named 'imag' here; did you mean 'image'?")


def test_a_dead_end_in_a_library_block_lies_where_that_is_called() -> None:
    (fault,) = errors(built("layers:\n  - ConvBNAct: 8\n  - ReLU: {from: input}\n"))
    assert fault.startswith("net.yaml:5:5: ND405 'conv_bn_act.act' reaches no output")
    own = "params: {act: ReLU}\nblocks:\n  Own: {layers: [ReLU, {ConvBNAct: {out_channels: 8, act: act}}]}\nlayers:\n"
    calls = "  - ConvBNAct: {out_channels: 8, act: act}\n  - Own: {from: input}\n  - ReLU: {from: input}\n"
    places = [fault.split(":")[1:3] for fault in errors(built(own + calls))]
    assert places == [["6", "25"], ["8", "5"]], "and not where the value of a param stands"


def test_a_dead_end_proves_nothing_where_a_layer_could_not_be_read() -> None:
    assert codes("layers:\n  - ReLU: {name: a}\n  - ReLU\n  - Add: {from: [a, B]}\n") == ["ND114"]


def test_the_long_form_of_a_branch_and_the_outputs_of_a_group_are_in_the_schema() -> None:
    definitions = schema()["$defs"]
    long = definitions["branch"]["anyOf"][0]
    assert {"layers", "when", "repeat", "outputs"} <= set(long["properties"]) and long["required"] == ["layers"]


def test_ids_do_not_move_by_a_name_that_is_read() -> None:
    def ids(net: Graph) -> list[str]:
        return list(shapes(net))

    assert ids(graph(NESTED)) == ids(graph(NESTED + "  - Add: {from: [encoder.e1, -1]}\n"))[:-1]


def test_a_branch_left_alone_is_drawn_without_a_box() -> None:
    block = "blocks:\n  U:\n    layers:\n      - parallel:\n          a: [{Conv2d: {out_channels: 3, kernel_size: 1}}]\n          b: BRANCH\n        join: Add\n"
    for branch, boxes in (("{when: false, layers: [ReLU]}", 0), ("[]", 2), ("{repeat: 1, layers: [ReLU]}", 2)):
        net = graph(block.replace("BRANCH", branch) + "layers: [U, MaxPool2d: 2, U]\n")
        (line,) = build(net, analyse(net), View(), About()).lines
        assert len(line.boxes) == boxes, branch
