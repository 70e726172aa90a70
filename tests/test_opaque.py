"""Opaque, and ops that a spec defines: what is stated is what every output tells, and what is not stated is not counted."""

from __future__ import annotations

import json
import re

import pytest
from nets import built, errors

import netdraw
from netdraw.ops import OPS
from netdraw.ops.rules import infer
from netdraw.ops.tensor import by_length

HEAD = "netdraw: 1\nname: own\ninput: [64, 32, 32]\n"
OPAQUE = "layers:\n  - Opaque: "
DEFORMABLE = """\
ops:
  DeformableConv:
    doc: A convolution at places that are learned.
    attributes: {out_channels: required, kernel_size: 3, stride: 1, area: kernel_size * kernel_size}
    out: {c: out_channels, h: in_height // stride, w: in_width // stride}
    params: area * in_channels * (out_channels + 2 * area)
    macs: area * in_channels * (out_channels + 2 * area) * out_height * out_width
    category: conv
    label: deformable
  Mish: {category: activation, params: 0, macs: 0}
"""
# By hand: 9 · 64 · (64 + 2 · 9) weights; each once a place, of 32² and of 16².
WEIGHTS = 47_232
TEXTS = re.compile(r"<text[^>]*>([^<]*)</text>")


def load(text: str) -> netdraw.Network:
    return netdraw.load(HEAD + text)


def shapes_of(net: netdraw.Network, id: str) -> list[tuple[int, ...]]:
    return [kind.shape for kind in next(node for node in net.graph.nodes if node.id == id).outputs]


@pytest.mark.parametrize(
    ("stated", "shape"),
    [
        ("{out: [8, in_height // 2, in_width // 4]}", (8, 16, 8)),
        ("{out: {c: in_channels * 2}}", (128, 32, 32)),
        ("{out: {h: in_height / 2}}", (64, 16, 32)),
        ("{out: [in_height * in_width, in_channels]}", (1024, 64)),
        ('{out: "in_shapes[0]"}', (64, 32, 32)),
        ('{from: [input, input], out: {c: "in_shapes[0][0] + in_shapes[1][0]"}}', (128, 32, 32)),
        ("[10]", (10,)),
        ("{category: pool.max}", (64, 32, 32)),
        ("{out: none, params: none}", (64, 32, 32)),
    ],
)
def test_the_shape_is_what_is_stated_else_the_inputs(stated: str, shape: tuple[int, ...]) -> None:
    assert shapes_of(load(OPAQUE + stated), "opaque") == [shape]


def test_names_around_the_layer_are_put_in() -> None:
    net = load(
        "params: {width: 0.5}\nblocks:\n  Unit:\n    params: {out: required}\n    let: {half: out // 2}\n    layers:\n"
        "      - Opaque: {out: {c: half, h: in_height // 2}, macs: half * out_channels * width}\n"
        "layers:\n  - Unit: {out: 32}\n  - Unit: {out: 24}\n"
    )
    assert [shapes_of(net, f"unit{k}.opaque") for k in ("", "_2")] == [[(16, 16, 32)], [(12, 8, 32)]]
    assert [row.macs for row in net.analysis.nodes.values()] == [16 * 16 // 2, 12 * 12 // 2]
    assert net.graph.nodes[0].attrs["out"] == "{c: 16, h: in_height // 2}"
    assert "out = {c: half, h: in_height // 2} = {c: 16, h: in_height // 2} = 16×16×32" in net.explain("unit.opaque")


def test_outputs_are_ports_by_name() -> None:
    net = load(
        "layers:\n  - Opaque:\n      name: rpn\n      outputs: {boxes: [300, 4], scores: {c: 5}}\n"
        '      macs: "in_shapes[0][0] + out_shapes[1][0]"\n      params: out_tokens\n'
        "  - Linear: {name: box, out_features: 8, from: rpn:boxes}\n"
        "  - Conv2d: {name: score, out_channels: 2, kernel_size: 1, from: rpn:scores}\n"
        "outputs: {boxes: box}\n"
    )
    assert shapes_of(net, "rpn") == [(300, 4), (5, 32, 32)]
    assert shapes_of(net, "box") == [(300, 8)] and shapes_of(net, "score") == [(2, 32, 32)]
    assert (net.analysis.nodes["rpn"].params, net.analysis.nodes["rpn"].macs) == (300, 64 + 5)
    assert "boxes, scores" in TEXTS.findall(net.draw().to_bytes("svg").decode())


def test_costs_are_counted_and_told_with_their_formula() -> None:
    net = load(DEFORMABLE + "layers:\n  - DeformableConv: 64\n  - DeformableConv: {out_channels: 64, stride: 2}\n")
    assert [(row.params, row.macs) for row in net.analysis.nodes.values()] == [
        (WEIGHTS, WEIGHTS * 32 * 32),
        (WEIGHTS, WEIGHTS * 16 * 16),
    ]
    told = net.explain("deformable_conv_2")
    assert "is           A convolution at places that are learned." in told
    assert "params       area * in_channels * (out_channels + 2 * area) = 47,232" in told
    assert "out = {c: out_channels, h: in_height // stride, w: in_width // stride} = 64×16×16" in told
    assert "attributes   out_channels 64, stride 2\n" in told
    assert not net.analysis.not_counted and not net.analysis.unknown


@pytest.mark.parametrize(
    ("stated", "params", "macs"),
    [("{params: 7, macs: 9}", "7", "9"), ("{params: 7}", "7", "≥ 0"), ("{macs: 9}", "≥ 0", "9"), ("", "≥ 0", "≥ 0")],
)
def test_what_is_not_stated_is_not_counted_anywhere(stated: str, params: str, macs: str) -> None:
    net = load(OPAQUE + (stated or "{category: other}") + "\n")
    left = "Not counted: Opaque." if "≥" in params + macs else ""
    assert f"{params} parameters" in net.summary("outline") and f"{macs} MACs" in net.summary("outline")
    assert ("not counted" in net.summary()) == bool(left) and left in net.summary().replace("\n", " ")
    data = json.loads(net.summary("json"))["layers"][0]
    assert (data["params"], data["macs"]) == (None if "≥" in params else 7, None if "≥" in macs else 9)
    said = " ".join(TEXTS.findall(net.draw().to_bytes("svg").decode()))
    assert f"{params} parameters · {macs} MACs" in said and left in said
    assert (f"at least {params[2:]} parameters" in net.alt()) == ("≥" in params)
    assert net.explain("opaque").count("not counted: not stated") == (params + macs).count("≥")
    columns = ("≥" in params, "≥" in macs, "≥" in params + macs)  # the last are the weights
    assert net.cost().count("≥") == 2 * sum(columns)  # in its row, and in the total


def test_shares_of_what_is_not_counted_are_not_told_and_others_are_the_most_they_can_be() -> None:
    net = load("layers:\n  - Conv2d: {out_channels: 8, kernel_size: 1}\n  - Opaque: {params: 8}\n")
    said = {line.split()[0]: " ".join(line.split()) for line in net.cost(by="layer").splitlines() if line}
    assert said["conv2d"] == "conv2d 1 524,288 ≤ 100.00 % 520 98.48 % 512 ≤ 100.00 % 32,768 50.00 %"
    assert said["opaque"] == "opaque 1 ≥ 0 – 8 1.52 % ≥ 0 – 32,768 50.00 %"
    figure = TEXTS.findall(net.draw_cost(by="layer").to_bytes("svg").decode())
    assert "≤ 100.00 %" in figure and "98.48 %" in figure and "–" in figure


def test_a_total_that_is_expected_of_what_is_not_counted_is_told_so() -> None:
    net = load("expect: {params: 5, macs: 3}\nlayers:\n  - Opaque: {params: 5}\n")
    (fault,) = net.faults
    assert str(fault).endswith("ND013 warning: own expects 3 macs, but has ≥ 0; the macs of 'opaque' are not stated")


def test_a_part_lacks_what_its_own_layers_do_not_state() -> None:
    net = load("layers:\n  - {name: a, layers: [ConvBNAct: 8, Opaque]}\n  - {name: b, layers: [ConvBNAct: 8, ReLU]}\n")
    for part, signs in (("a", 2), ("b", 0)):
        said = TEXTS.findall(net.draw(only=part).to_bytes("svg").decode())
        assert [text.count("≥") for text in said if "parameters" in text and "MACs" in text] == [signs]


@pytest.mark.parametrize("style", ["cells", "boxes"])
def test_figures_say_what_an_op_is_called(style: str) -> None:
    text = DEFORMABLE + (
        "layers:\n  - DeformableConv: 48\n  - DeformableConv: {out_channels: 40, stride: 2, label: the second}\n"
        "  - Opaque\n  - Opaque: {label: mixer}\n"
    )
    said = TEXTS.findall(load(text).draw(style=style).to_bytes("svg").decode())
    for name in ("deformable", "the second", "Opaque", "mixer"):
        assert name in said
    assert any(text.endswith("40, /2") for text in said)


def test_a_defined_op_is_one_like_any_other() -> None:
    net = load(
        DEFORMABLE
        + "params: {op: {DeformableConv: 24}}\ndefaults: {ConvBNAct: {act: Mish}, DeformableConv: {stride: 2}}\n"
        "layers:\n  - ConvBNAct: 16\n  - op\n  - DeformableConv: {out_channels: 8, stride: 1, macs: 5}\n"
    )
    ids = [(node.id, node.op, node.outputs[0].shape) for node in net.graph.nodes]
    assert ids[2:] == [
        ("conv_bn_act.act", "Mish", (16, 32, 32)),
        ("op", "DeformableConv", (24, 16, 16)),
        ("deformable_conv", "DeformableConv", (8, 16, 16)),
    ]
    assert net.analysis.nodes["deformable_conv"].macs == 5
    cell = net.draw().diagram.lines[0].cells[1]  # type: ignore[union-attr]
    assert (cell.after, cell.activation) == (("BatchNorm2d", "Mish"), "Mish")
    assert (
        "DeformableConv" not in OPS and netdraw.load(HEAD + "layers: [ReLU]").graph.nodes[0].definition is OPS["ReLU"]
    )


def test_two_files_may_define_one_name() -> None:
    one, other = (load(f"ops: {{Gain: {{params: {n}, macs: 0}}}}\nlayers: [Gain]\n") for n in (3, 5))
    assert [net.analysis.total.params for net in (one, other)] == [3, 5]
    (change,) = netdraw.diff(one, other).changes
    assert [(edit.field, edit.before, edit.after) for edit in change.edits] == [("params", "3", "5")]


def test_a_definition_may_stand_for_an_op_of_ours_and_is_remarked() -> None:
    net = load("ops: {ReLU: {category: other, out: {c: 3}}, Unused: {}}\nlayers: [ReLU]\n")
    assert shapes_of(net, "re_lu") == [(3, 32, 32)]
    assert [(fault.code, fault.severity) for fault in net.faults] == [("ND414", "note"), ("ND415", "warning")]


def test_the_rule_holds_at_another_input() -> None:
    node = load(OPAQUE + "{out: {h: in_height // 2}, macs: out_height}\n").graph.nodes[0]
    op, inputs = node.definition, (by_length((8, 10, 6)),)
    outputs = infer(op, node.attrs, inputs)
    assert outputs[0].shape == (8, 5, 6) and op.counted(node.attrs, inputs, outputs)[0].value == 5  # type: ignore[index]


def test_the_stride_follows_from_the_sizes() -> None:
    net = load(
        "layers:\n  - residual: auto\n    layers:\n      - Opaque: {out: {h: in_height // 2, w: in_width // 2}}\n"
        "  - residual: auto\n    layers: [Opaque]\n  - ConvBNAct: 8\n"
    )
    done = [group.residual for group in net.graph.groups if group.residual]
    assert [(one.done, one.reason and one.reason.kind) for one in done] == [("none", "stride"), ("add", None)]
    row = net.analysis.nodes["conv_bn_act.conv2d"]
    assert (row.receptive_field, row.stride) == (None, (2, 2))


SHAPE = "a list of 1 to 4 sizes, or a map from letters (c, t, d, h, w) to sizes"
FAULTS = {
    "{out: 5}": (f"5:19: ND301 out expects {SHAPE}, not 5",),
    "{out: [1, 2, 3, 4, 5]}": (f"5:19: ND301 out expects {SHAPE}, not [1, 2, 3, 4, 5]",),
    "{out: {}}": (f"5:19: ND301 out expects {SHAPE}, not {{}}",),
    "{out: {c: -4}}": ("5:19: ND301 c of out is a whole number of 1 or more, not -4",),
    "{out: {h: in_height / 5}}": (
        "5:19: ND301 h of out is a whole number of 1 or more, not 6.4; round it, by // or floor",
    ),
    "{out: [2000000000]}": ("5:19: ND505 c of out is 2000000000, larger than 10^9, the limit of any size",),
    "{out: {t: 4}}": (
        "5:19: ND307 out names the axis t, which the input 64×32×32 (c, h, w) lacks; "
        "a list states a shape with other axes",
    ),
    "{out: [8, in_heigt, 8]}": ("5:23: ND203 unknown name 'in_heigt'; did you mean 'in_height'?",),
    "{out: [in_tokens]}": ("5:20: ND210 in_tokens: the input of this layer has no tokens",),
    "{out: [out_height]}": ("5:20: ND210 out_height: only params and macs see the output",),
    "{out: {c: ReLU}}": ("5:19: ND301 c of out is a whole number of 1 or more, not 'ReLU'",),
    "{outputs: {a: 3}}": (f"5:23: ND301 outputs a expects {SHAPE}, not 3",),
    "{outputs: [3]}": ("5:23: ND301 outputs expects a map from names to shapes, not [3]",),
    "{out: [3], outputs: {a: [3]}}": (
        "5:33: ND309 out states one output, outputs several; write one of them",
    ),
    "{params: -1}": ("5:22: ND301 params is a whole number of 0 or more, not -1",),
    "{params: 1.5, macs: true}": ("5:22: ND301 params is a whole number of 0 or more, not 1.5",),
    "{macs: in_channels // 0}": ("5:32: ND206 '//' divides by zero",),
    "{category: convv}": (
        "5:24: ND301 category expects the category of a cell, such as conv or pool.max, not 'convv'; "
        "did you mean 'conv'?",
    ),
    "{category: conv.depthwize}": (
        "5:24: ND301 category expects the category of a cell, such as conv or pool.max, not 'conv.depthwize'; "
        "did you mean 'conv.depthwise'?",
    ),
    "{shape: [3]}": (
        "5:14: ND105 unknown attribute 'shape' of Opaque; choose from category, macs, out, outputs, params",
    ),
}  # fmt: skip


@pytest.mark.parametrize("stated", FAULTS)
def test_faults_of_a_call(stated: str) -> None:
    assert errors(built(HEAD + OPAQUE + stated)) == [f"net.yaml:{text}" for text in FAULTS[stated]]


DEFINED = {
    "{attributes: {out: 3}}": "5:22: ND117 'out' is what an op states of itself; give the attribute another name",
    "{attributes: {in_height: 3}}": "5:22: ND117 'in_height' has a meaning of its own; give the attribute another name",
    "{attributes: {A: 3}}": "5:22: ND116 an attribute is snake_case, such as 'a', not 'A'",
    "{attributes: {a: ReLU}}": "5:25: ND301 a expects a number, true or false, or a list of numbers, not ReLU",
    "{attributes: {a: b, b: 1}}": "5:25: ND203 unknown name 'b'; a default sees the attributes before it",
    "{out: {c: wdth}, attributes: {width: 3}}": "5:18: ND203 unknown name 'wdth'; did you mean 'width'?",
    "{out: {c: out_height}}": "5:18: ND203 unknown name 'out_height'; did you mean 'in_height'?",
    "{category: activatio}": "5:19: ND301 category expects the category of a cell, such as conv or pool.max, "
    "not 'activatio'; did you mean 'activation'?",
    "{outputs: {a: [3]}, out: [3]}": "5:18: ND309 out states one output, outputs several; write one of them",
    "{param: 3}": "5:9: ND105 unknown key 'param' in the op Foo; did you mean 'params'?",
    "3": "5:8: ND114 expected a map with attributes, out, params, macs or category, found '3'",
    "{out: 64}": f"5:14: ND301 out expects {SHAPE}, not 64",
    "{params: 2.5}": "5:17: ND301 params is a whole number of 0 or more, not 2.5",
    "{attributes: {a: 0}, out: {c: 4 // a}}": "5:40: ND206 '//' divides by zero",
}


@pytest.mark.parametrize("definition", DEFINED)
def test_faults_of_a_definition(definition: str) -> None:
    text = f"{HEAD}ops:\n  Foo: {definition}\nlayers:\n  - Foo\n  - ReLU\n"
    assert errors(built(text)) == [f"net.yaml:{DEFINED[definition]}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ops: {foo: {}}\nlayers: [ReLU]", "4:7: ND116 an op's name is a CapWord, such as Snake, not 'foo'"),
        ("ops: {Foo: {}}\nblocks: {Foo: {layers: [ReLU]}}\nlayers: [Foo]", "4:7: ND401 a block of this file"),
        ("ops: {Foo: {}}\nlayers: [Foz]", "5:10: ND103 unknown op or block 'Foz'; did you mean 'Foo'?"),
        ("ops: {Foo: {attributes: {gain: 1}}}\nlayers: [{Foo: {gian: 2}}]", "5:17: ND105 unknown attribute 'gian' of Foo"),
        ("ops: {Foo: {attributes: {gain: required}}}\nlayers: [Foo]", "5:10: ND302 Foo needs gain"),
        ("layers:\n  - Opaque: {name: a, out: [-1]}\n  - Linear: {out_features: 3, from: a:b}", "5:28: ND301 c of out"),
    ],
)  # fmt: skip
def test_faults_around_it(text: str, message: str) -> None:
    (fault,) = errors(built(HEAD + text))
    assert fault.startswith(f"net.yaml:{message}")


def test_units_tell_the_op_and_its_width_in_terms_of_the_input() -> None:
    unit = (
        "blocks:\n  Unit:\n    residual: project\n    params: {out: required}\n    layers:\n"
        "      - ConvBNAct: {out_channels: out // 4, kernel_size: 1}\n      - DeformableConv: out // 4\n"
        "      - ConvBNAct: {out_channels: out, kernel_size: 1, act: none}\n"
        "layers: [{Unit: 64}, {Unit: 128}]\n"
    )
    nets = [load(DEFORMABLE + unit), load(DEFORMABLE + unit.replace("128", "96"))]
    cells = TEXTS.findall(netdraw.compare(*nets, kind="units").to_bytes("svg").decode())
    assert cells[cells.index("deformable") + 1] == "C/4"
    words = TEXTS.findall(netdraw.compare(*nets, kind="words", lang="zh").to_bytes("svg").decode())
    assert "deformable" in words
