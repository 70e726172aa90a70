"""Values that are ops or blocks: wherever one is written, what is wrong with it is told once, at its place."""

from __future__ import annotations

import re

import pytest

import netdraw
from netdraw.core.errors import NetdrawError
from netdraw.graph.builder import check_known
from netdraw.graph.model import Graph, Node, Ref
from netdraw.ops.tensor import UNKNOWN

HEAD = "netdraw: 1\nname: net\ninput: [16, 8, 8]\n"
BODY = "layers: [{ConvBNAct: {out_channels: 8, act: act}}]\n"
UNIT = "blocks: {U: {params: {act: VALUE}, layers: [act]}}\n"
STAGES = "layers:\n  - stages: ConvBNAct\n    "

POSITIONS = {
    "an argument": "layers: [{ConvBNAct: {out_channels: 8, act: VALUE}}]\n",
    "an argument that a block hands on": "layers: [{DepthwiseSeparable: {out_channels: 8, act: VALUE}}]\n",
    "an argument of a layer that is left out": "layers: [ReLU, {ConvBNAct: {out_channels: 8, act: VALUE, when: false}}]\n",
    "an argument of a layer repeated 0 times": "layers: [ReLU, {ConvBNAct: {out_channels: 8, act: VALUE, repeat: 0}}]\n",
    "an argument in a branch": "layers:\n  - parallel: {a: [], b: [{ConvBNAct: {out_channels: 8, act: VALUE}}]}\n",
    "an argument in a head": "layers:\n  - ReLU\n  - heads: {a: [{ConvBNAct: {out_channels: 8, act: VALUE}}]}\n",
    "an argument behind the add": (
        "layers:\n  - layers: [ReLU]\n"
        "    residual: {rule: always, after: [{ConvBNAct: {out_channels: 8, act: VALUE}}]}\n"
    ),
    "an argument of the shortcut": (
        "layers:\n  - layers: [{ConvBNAct: 8}]\n"
        "    residual: {rule: project, shortcut: [{ConvBNAct: {out_channels: 8, act: VALUE}}]}\n"
    ),
    "a param": "params: {act: VALUE}\n" + BODY,
    "a param that is never used": "params: {act: VALUE}\nlayers: [ReLU]\n",
    "a param that a variant replaces": "params: {act: VALUE}\nvariants: {v: {act: none}}\n" + BODY,
    "a variant that is not asked for": "params: {act: ReLU}\nvariants: {v: {act: VALUE}}\n" + BODY,
    "an argument of a param": "params: {unit: {ConvBNAct: {out_channels: 8, act: VALUE}}}\nlayers: [unit]\n",
    "an argument of a param never used": "params: {unit: {ConvBNAct: {out_channels: 8, act: VALUE}}}\nlayers: [ReLU]\n",
    "an item of a param": "params: {acts: [ReLU, VALUE]}\nlayers: [{ConvBNAct: {out_channels: 8, act: 'acts[1]'}}]\n",
    "a default": "defaults: {ConvBNAct: {act: VALUE}}\nlayers: [{ConvBNAct: 8}]\n",
    "a default that is never used": "defaults: {Bottleneck: {gate: VALUE}}\nlayers: [ReLU]\n",
    "a default that a call replaces": "defaults: {ConvBNAct: {act: VALUE}}\nparams: {act: none}\n" + BODY,
    "a block's param": UNIT + "layers: [U]\n",
    "a block's param that the call replaces": UNIT + "layers: [{U: {act: ReLU}}]\n",
    "a block's param that is never used": UNIT + "layers: [ReLU]\n",
    "a block's let": "blocks: {U: {let: {act: VALUE}, layers: [act]}}\nlayers: [U]\n",
    "a column": STAGES + "columns: {out_channels: [8, 8], act: [ReLU, VALUE]}\n",
    "a column with one value": STAGES + "columns: {out_channels: [8, 8], act: VALUE}\n",
    "a cell": STAGES + "columns: {c: out_channels, a: act}\n    rows: [[8, ReLU], [8, VALUE]]\n",
    "a column's expression": STAGES + "columns: {c: {act: VALUE}, d: out_channels}\n    rows: [[8, 8]]\n",
    "the block of stages": "layers:\n  - stages: VALUE\n    columns: {repeat: [1, 2]}\n",
    "the block of stages, by a param": "params: {b: VALUE}\nlayers:\n  - stages: b\n    columns: {repeat: [1, 2]}\n",
    "a join": "layers:\n  - parallel: {a: [], b: [ReLU]}\n    join: VALUE\n",
    "a join, by a param": "params: {j: VALUE}\nlayers:\n  - parallel: {a: [], b: [ReLU]}\n    join: j\n",
    "a join in a block never called": (
        "blocks: {U: {layers: [{parallel: {a: [], b: [ReLU]}, join: VALUE}]}}\nlayers: [ReLU]\n"
    ),
}

FAULTS = {
    "an unknown name": ("^Relu", "ND103"),
    "an unknown name with an argument": ("{^LeakyRelu: 0.1}", "ND103"),
    "an unknown name with a map": ("{^Relu: {slope: 0.1}}", "ND103"),
    "an unknown attribute": ("{LeakyReLU: {^slope: 0.1}}", "ND105"),
    "an attribute of what has none": ("{ReLU: ^3}", "ND105"),
    "a word for a number": ("{LeakyReLU: ^steep}", "ND301"),
    "a list for a number": ("{LeakyReLU: {negative_slope: ^[1, 2]}}", "ND301"),
    "an op for a number": ("{LeakyReLU: ^ReLU}", "ND301"),
    "an unknown op for a number": ("{LeakyReLU: {negative_slope: ^Relu}}", "ND301"),
    "too small a number": ("{PReLU: ^0}", "ND301"),
    "too large a number": ("{PReLU: ^2000000000}", "ND505"),
    "a constant expression": ("{PReLU: ^2 - 3}", "ND301"),
    "an attribute twice": ("{MaxPool2d: {kernel_size: 1, ceil_mode: true, ^rounding: ceil}}", "ND104"),
}
MISSING = {"bare": "^LocalResponseNorm", "with an argument": "{^LocalResponseNorm: {k: 2}}"}
USED = [
    *("an argument", "an argument that a block hands on", "an argument in a branch", "an argument in a head"),
    *("a param", "an item of a param", "a default", "a block's param", "a block's let", "a column", "a cell"),
    *("the block of stages", "the block of stages, by a param"),
    *("a join", "a join, by a param", "a join in a block never called"),
]
"""Where nothing more is said of a value, so that an argument that it lacks is missing."""


def told(text: str, **params: object) -> list[str]:
    """The errors of a text, as the user sees them."""
    try:
        netdraw.load(text, **params)
    except NetdrawError as error:
        return [str(fault) for fault in error.faults if fault.severity == "error"]
    return []


def marked(position: str, value: str) -> tuple[str, str]:
    """The text with a value in its place, and the place of the fault that `^` marks."""
    text = HEAD + position.replace("VALUE", value)
    before, _, after = text.partition("^")
    return before + after, f"<text>:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize("position", POSITIONS)
def test_every_fault_of_a_value_is_told_once_at_its_place(position: str) -> None:
    for name, (value, code) in FAULTS.items():
        if "join" in position and "MaxPool2d" in value:
            continue  # which takes one input alone
        text, place = marked(POSITIONS[position], value)
        found = told(text)
        assert [fault.split(" ")[:2] for fault in found] == [[f"{place}:", code]], (name, text, found)


@pytest.mark.parametrize("position", USED)
def test_what_a_value_lacks_is_told_once_where_it_is_used(position: str) -> None:
    for value in MISSING.values():
        text, place = marked(POSITIONS[position], value)
        (fault,) = told(text)
        if "column" in position or position.startswith("the block of stages"):
            place = place.partition(":")[0]  # a column could have given it
        assert fault.startswith(place) and "ND302 LocalResponseNorm needs size" in fault, (text, fault)


@pytest.mark.parametrize("position", [name for name in POSITIONS if not name.startswith("a join")])
def test_a_right_value_is_no_fault(position: str) -> None:
    for value in ("SiLU", "{LeakyReLU: 0.1}", "{LeakyReLU: {negative_slope: 0.1}}"):
        assert told(HEAD + POSITIONS[position].replace("VALUE", value)) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Relu", "ND103 unknown op or block 'Relu'; did you mean 'ReLU'?"),
        ({"LeakyRelu": 0.1}, "ND103 unknown op or block 'LeakyRelu'; did you mean 'LeakyReLU'?"),
        ({"LeakyReLU": {"slope": 1}}, "ND105 unknown attribute 'slope' of LeakyReLU; did you mean 'negative_slope'?"),
        ({"LeakyReLU": "steep"}, "ND301 negative_slope expects a number, not 'steep'"),
        ("LocalResponseNorm", "ND302 LocalResponseNorm needs size; write 'LocalResponseNorm: {size: …}'"),
        ("relu", "ND213 the param 'act' holds 'relu', which is no op or block; did you mean 'ReLU'?"),
        (3, "ND213 the param 'act' holds 3, which is no op or block"),
    ],
)
def test_a_value_from_outside_is_told_by_its_param(value: object, said: str) -> None:
    text = HEAD + "params: {act: ReLU}\n" + BODY
    (fault,) = told(text, act=value)
    assert fault.startswith("param act") and said in fault
    unused = HEAD + "params: {act: ReLU}\nlayers: [ReLU]\n"
    assert len(told(unused, act=value)) == (0 if "ND302" in said or "ND213" in said else 1)


@pytest.mark.parametrize(
    "value", ["ReLU if true else ^Relu", "^Relu if false else ReLU", "none if ^Relu == ReLU else ReLU"]
)
def test_an_unknown_op_in_an_expression_is_told_even_where_it_is_not_taken(value: str) -> None:
    for position in ("an argument", "a param that is never used", "a block's let"):
        text, place = marked(POSITIONS[position], value)
        assert [fault.split(" ")[:2] for fault in told(text)] == [[f"{place}:", "ND103"]]


def test_a_word_that_some_scope_may_know_is_not_judged_before_it_is_used() -> None:
    """A block's own name, and a letter of a table, are values; a name of another block is none."""
    unit = "blocks: {U: {params: {slope: 1, act: {LeakyReLU: slope}}, layers: [act]}}\n"
    assert told(HEAD + unit + "layers: [ReLU]\n") == []
    table = "columns: {s: {act: {LeakyReLU: s}}, c: out_channels}\n    rows: [[1, 8]]\n"
    assert told(HEAD + STAGES + table) == []
    (fault,) = told(HEAD + unit + "layers: [{ConvBNAct: {out_channels: 8, act: {LeakyReLU: slope}}}]\n")
    assert "ND301" in fault


def test_a_rule_beside_a_call_sees_the_params_of_the_block_and_its_faults_are_told() -> None:
    unit = "blocks: {U: {params: {act: ReLU}, layers: [ReLU]}}\n"
    call = "layers: [{U: {residual: {rule: always, after: [LAYER]}}}]\n"
    assert told(HEAD + unit + call.replace("LAYER", "act")) == []
    (fault,) = told(HEAD + unit + call.replace("LAYER", "atc"))
    assert "ND103 'atc' is neither an op or block nor a param; did you mean 'act'?" in fault
    (fault,) = told(HEAD + unit + call.replace("LAYER", "{ConvBNAct: {out_channels: 16, act: Relu}}"))
    assert "ND103 unknown op or block 'Relu'" in fault


TWO = {
    "two values": ("{Conv2d: {out_channels: x, kernel_size: y}}", "ND301 ND301"),
    "a name and a value": ("{Conv2d: {out_channels: 8, kernel_size: y, strid: 2}}", "ND105 ND301"),
    "a name and what is missing": ("{Conv2d: {kernel_size: 3, foo: 2}}", "ND105 ND302"),
    "a value and what is missing": ("{Conv2d: {kernel_size: y}}", "ND301 ND302"),
    "two names": ("{Conv2d: {out_channels: 8, kernel_size: 3, foo: 2, bar: 2}}", "ND105 ND105"),
    "a value and a source": ("{Conv2d: {out_channels: 8, kernel_size: y, from: nowhere}}", "ND301 ND402"),
    "a name and a source": ("{Conv2d: {out_channels: 8, kernel_size: 3, foo: 1, from: nowhere}}", "ND105 ND402"),
    "a value and the number of inputs": (
        "{Conv2d: {out_channels: 8, kernel_size: y, from: [input, input]}}",
        "ND301 ND311",
    ),
    "a value and a repeat": ("{Conv2d: {out_channels: 8, kernel_size: y, repeat: 1.5}}", "ND212 ND301"),
    "a value and a condition": ("{Conv2d: {out_channels: 8, kernel_size: y, when: 3}}", "ND211 ND301"),
    "a value and a rule": ("{Conv2d: {out_channels: 8, kernel_size: y, residual: auto}}", "ND121 ND301"),
    "a block's argument and its inputs": (
        "{ConvBNAct: {foo: 8, out_channels: 8, from: [input, input]}}",
        "ND105 ND311",
    ),
    "the value of a block's and its inputs": (
        "{ConvBNAct: {out_channels: 8, act: {PReLU: 0}, from: [input, input]}}",
        "ND301 ND311",
    ),
    "groups and a kernel": ("{Conv2d: {out_channels: 8, kernel_size: 9, groups: 3}}", "ND304 ND305"),
    "groups and padding": (
        "{ConvTranspose2d: {out_channels: 8, kernel_size: 1, padding: 9, groups: 3}}",
        "ND304 ND305",
    ),
    "padding and a kernel": ("{MaxPool2d: {kernel_size: [2, 20], padding: [2, 0]}}", "ND305 ND309"),
    "a column and a cell": (
        "{stages: ConvBNAct, columns: {out_channels: [8, 8], foo: 1, act: [ReLU, {PReLU: 0}]}}",
        "ND105 ND301",
    ),
    "what stands beside": ("{Conv2d: {out_channels: 8, kernel_size: 3}, strid: 2, paddin: 1}", "ND105 ND105"),
}


@pytest.mark.parametrize("name", TWO)
def test_two_faults_of_a_layer_are_both_told(name: str) -> None:
    layer, codes = TWO[name]
    found = told(f"{HEAD}layers: [{layer}]\n")
    assert " ".join(sorted(re.findall(r": (ND\d+) ", "\n".join(found)))) == codes, found


def test_values_that_are_equal_but_of_another_form_are_judged_by_themselves() -> None:
    conv = "Conv2d: {out_channels: 16, kernel_size: 1, bias: given}"
    text = f"{HEAD}blocks: {{Own: {{params: {{given: required}}, layers: [{conv}]}}}}\n"
    faults = told(text + "layers: [Own: true, Own: 1, Own: true]\n")
    assert len(faults) == 1 and "bias expects true or false, not 1" in faults[0]


@pytest.mark.parametrize("value", ["Add", "MaxPool2d", "{PReLU: 3}", "relu", "3", "[ReLU]", "{SqueezeExcite: 99}"])
def test_what_does_not_fit_a_library_block_lies_in_the_value(value: str) -> None:
    (fault,) = told(HEAD + "layers:\n  - ConvBNAct:\n      out_channels: 8\n      act: " + value + "\n")
    assert fault.startswith("<text>:7:"), fault


def test_a_misspelt_argument_is_not_missing_too() -> None:
    (fault,) = told(HEAD + "layers: [{Conv2d: {out_chanels: 8, kernel_size: 3}}]\n")
    assert "ND105" in fault and "did you mean 'out_channels'?" in fault


def test_a_shape_that_is_not_known_never_leaves_without_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    node = Node(id="odd", op="ReLU", attrs={}, inputs=(Ref("input"),), outputs=(UNKNOWN,))
    graph = Graph("net", (), (node,), (), ())
    from netdraw.core.errors import Faults

    faults = Faults()
    check_known(graph, faults)
    assert [fault.code for fault in faults.items] == ["ND901"] and "'odd'" in faults.items[0].message
    monkeypatch.setattr("netdraw.api.load.build", lambda *given: netdraw.graph.builder.Built(graph))
    (fault,) = told(HEAD + "layers: [ReLU]\n")
    assert "ND901" in fault


def test_the_reduction_of_a_gate_is_told_by_its_number() -> None:
    (fault,) = told(HEAD + "layers:\n  - SqueezeExcite: 32\n")
    assert fault.startswith("<text>:5:20: ND309 SqueezeExcite: reduction 32 leaves none of the 16 channels")
    assert told(HEAD + "layers:\n  - SqueezeExcite: 16\n  - SqueezeExcite: {reduction: 99, squeeze: 4}\n") == []
    (fault,) = told(HEAD.replace("16", "8") + "layers:\n  - SqueezeExcite\n")
    assert fault.startswith("<text>:5:5: ND309")
    (fault,) = told(HEAD + "layers:\n  - SqueezeExcite: fast\n")
    assert fault.startswith("<text>:5:20: ND20"), "it lies in the value, not in the block"
    assert "reduction" in netdraw.spec.library.library_block("SqueezeExcite").doc  # type: ignore[union-attr]


def test_a_block_of_the_file_says_what_it_requires() -> None:
    unit = (
        "blocks:\n  U:\n    params: {n: required}\n    require: {n: {that: n % 2 == 0, say: '{n} is odd, {m} too'}}\n"
    )
    unit += "    layers: [{Conv2d: {out_channels: n, kernel_size: 1}}]\n"
    assert told(HEAD + unit + "layers: [{U: 2}]\n") == []
    (fault,) = told(HEAD + unit + "layers: [{U: 3}]\n")
    assert "ND309 U: 3 is odd, {m} too" in fault and fault.startswith("<text>:9:14:")
    for wrong, code in (("{m: {that: true, say: x}}", "ND413"), ("{n: {that: true}}", "ND115"), ("{n: 3}", "ND114")):
        broken = unit.replace("{n: {that: n % 2 == 0, say: '{n} is odd, {m} too'}}", wrong)
        assert [fault.split(" ")[1] for fault in told(HEAD + broken + "layers: [{U: 2}]\n")] == [code]
