"""Every error of the ops, with its code, its words and the attribute that it points at."""

from __future__ import annotations

from typing import Any

import pytest

from netdraw.manual.entries import codes
from netdraw.ops import OPS
from netdraw.ops.base import RuleError
from netdraw.ops.rules import complete, infer, plain, read
from netdraw.ops.tensor import TensorType, by_length

Shape = tuple[int, ...]


def fault_of_value(name: str, written: str, value: Any) -> RuleError:
    op = OPS[name]
    attr = op.attr(written)
    assert attr is not None
    with pytest.raises(RuleError) as caught:
        read(op, attr, value, written)
    return caught.value


def fault_of_rule(name: str, values: dict[str, Any], *inputs: TensorType) -> RuleError:
    op = OPS[name]
    stored = {}
    for written, value in values.items():
        attr = op.attr(written)
        assert attr is not None
        stored[attr.name] = read(op, attr, value, written)
    with pytest.raises(RuleError) as caught:
        infer(op, complete(op, stored), inputs)
    return caught.value


WHOLE = "a whole number of 1 or more"
LIMIT = "larger than 10^9, the limit of any size or count"


@pytest.mark.parametrize(
    ("name", "written", "value", "code", "message"),
    [
        ("Conv2d", "out_channels", "x", "ND301", f"out_channels expects {WHOLE}, not 'x'"),
        ("Conv2d", "out_channels", True, "ND301", f"out_channels expects {WHOLE}, not true"),
        ("Conv2d", "out_channels", None, "ND301", f"out_channels expects {WHOLE}, not nothing"),
        ("Conv2d", "out_channels", 0, "ND301", f"out_channels expects {WHOLE}, not 0"),
        (
            "Conv2d",
            "out_channels",
            -(10**30),
            "ND301",
            f"out_channels expects {WHOLE}, not a number of more than 18 digits",
        ),
        ("Conv2d", "out_channels", 1.5, "ND301", f"out_channels expects {WHOLE}, not 1.5"),
        ("Conv2d", "out_channels", float("nan"), "ND301", f"out_channels expects {WHOLE}, not nan"),
        ("Conv2d", "out_channels", float("inf"), "ND301", f"out_channels expects {WHOLE}, not inf"),
        ("Conv2d", "out_channels", [1, 2], "ND301", f"out_channels expects {WHOLE}, not [1, 2]"),
        ("Conv2d", "out_channels", {"a": 1}, "ND301", f"out_channels expects {WHOLE}, not {{a: 1}}"),
        ("Conv2d", "out_channels", 10**9 + 1, "ND505", f"out_channels of Conv2d is 1000000001, {LIMIT}"),
        ("Linear", "out_features", 1e10, "ND505", f"out_features of Linear is 10000000000.0, {LIMIT}"),
        (
            "Linear",
            "out_features",
            10**400,
            "ND505",
            f"out_features of Linear is a number of more than 18 digits, {LIMIT}",
        ),
        ("Conv2d", "kernel_size", [3, 3, 3], "ND301", f"kernel_size expects {WHOLE}, or a list of 2, not [3, 3, 3]"),
        ("Conv2d", "kernel_size", [3, 10**10], "ND505", f"kernel_size of Conv2d is [3, 10000000000], {LIMIT}"),
        (
            "Conv2d",
            "padding",
            "valid",
            "ND301",
            "padding expects same, a whole number of 0 or more, or a list of 2, where a pair is before and behind"
            ", not 'valid'; write 0",
        ),
        ("Conv2d", "bias", 1, "ND301", "bias expects true or false, not 1; write true"),
        ("MaxPool2d", "rounding", "up", "ND301", "rounding expects floor or ceil or caffe, not 'up'"),
        ("MaxPool2d", "ceil_mode", 1, "ND301", "ceil_mode expects true or false, not 1"),
        ("MaxPool2d", "ceil_mode", "caffe", "ND301", "ceil_mode expects true or false, not 'caffe'"),
        ("Dropout", "p", 2, "ND301", "p expects a number from 0 to 1, not 2"),
        ("LeakyReLU", "negative_slope", "x", "ND301", "negative_slope expects a number, not 'x'"),
        ("LeakyReLU", "negative_slope", float("inf"), "ND301", "negative_slope expects a number, not inf"),
        (
            "LeakyReLU",
            "negative_slope",
            10**400,
            "ND301",
            "negative_slope expects a number, not a number of more than 18 digits",
        ),
        ("BatchNorm2d", "eps", -1, "ND301", "eps expects a number from 0, not -1"),
        ("Concat", "dim", 1, "ND301", "dim expects the letter of an axis (c, t, d, h or w), not 1; write c"),
        ("Concat", "dim", "x", "ND301", "dim expects the letter of an axis (c, t, d, h or w), not 'x'"),
        ("Split", "sections", [], "ND301", f"sections expects {WHOLE}, or a list of them, not []"),
        ("Split", "sections", [1, "x"], "ND301", f"sections expects {WHOLE}, or a list of them, not [1, 'x']"),
        ("Slice", "start", 0.5, "ND301", "start expects a whole number, not 0.5"),
        (
            "Parameter",
            "shape",
            [1, 2, 3, 4, 5],
            "ND301",
            "shape expects a list of 1 to 4 sizes, or a map from letters (c, t, d, h, w) to sizes, not [1, 2, 3, 4, 5]",
        ),
        (
            "Parameter",
            "shape",
            {"q": 3},
            "ND301",
            "shape expects a list of 1 to 4 sizes, or a map from letters (c, t, d, h, w) to sizes, not {q: 3}",
        ),
    ],
)
def test_value_of_the_wrong_form(name: str, written: str, value: Any, code: str, message: str) -> None:
    fault = fault_of_value(name, written, value)
    assert (fault.code, fault.message) == (code, message)
    assert fault.attr == ("rounding" if written == "ceil_mode" else written)


CONV = {"out_channels": 8, "kernel_size": 3}
UP = {"out_channels": 8, "kernel_size": 2, "stride": 2}


@pytest.mark.parametrize(
    ("name", "values", "shapes", "code", "attr", "message"),
    [
        (
            "Conv2d",
            {**CONV, "groups": 3},
            [(64, 9, 9)],
            "ND304",
            "groups",
            "groups 3 does not divide the 64 input channels; both must be a multiple of it",
        ),
        (
            "Conv2d",
            {**CONV, "groups": 16},
            [(64, 9, 9)],
            "ND304",
            "groups",
            "groups 16 does not divide the 8 out_channels; both must be a multiple of it",
        ),
        (
            "ConvTranspose2d",
            {**UP, "groups": 3},
            [(64, 9, 9)],
            "ND304",
            "groups",
            "groups 3 does not divide the 64 input channels; both must be a multiple of it",
        ),
        (
            "Conv2d",
            {**CONV, "kernel_size": 7},
            [(3, 5, 9)],
            "ND305",
            "kernel_size",
            "kernel 7 is larger than its input, of height 5; use kernel_size 5 or less, or padding: same",
        ),
        (
            "Conv2d",
            {**CONV, "kernel_size": [3, 9], "padding": 1},
            [(3, 5, 6)],
            "ND305",
            "kernel_size",
            "kernel 9 is larger than its input, of width 6 with padding 1 at both ends (8)"
            "; use kernel_size 8 or less, or padding: same",
        ),
        (
            "Conv2d",
            {**CONV, "dilation": 4},
            [(3, 5, 9)],
            "ND305",
            "kernel_size",
            "kernel 3 at dilation 4 covers 9 and is larger than its input, of height 5"
            "; use kernel_size 2 or less, or padding: same",
        ),
        (
            "MaxPool2d",
            {"kernel_size": 2},
            [(3, 1, 1)],
            "ND305",
            "kernel_size",
            "kernel 2 is larger than its input, of height 1; use kernel_size 1 or less, or padding: same",
        ),
        (
            "ConvTranspose2d",
            {**UP, "padding": 1},
            [(3, 1, 1)],
            "ND305",
            "padding",
            "padding 1 takes 2 from a height of 2 and leaves nothing; use 0 or less",
        ),
        (
            "Linear",
            {"out_features": 10},
            [(512, 7, 7)],
            "ND306",
            None,
            "Linear acts on a vector or on tokens, not on an image, 512×7×7; write Flatten before it",
        ),
        (
            "Conv2d",
            CONV,
            [(512,)],
            "ND307",
            None,
            "Conv2d needs the axes c, h, w; its input is 512 (c): put it before Flatten",
        ),
        (
            "Conv2d",
            CONV,
            [(197, 768)],
            "ND307",
            None,
            "Conv2d needs the axes c, h, w; its input is 197×768 (t, c): write FeatureMap before it",
        ),
        (
            "BatchNorm2d",
            {},
            [(3, 4, 5, 6)],
            "ND307",
            None,
            "BatchNorm2d needs the axes c, h, w; its input is 3×4×5×6 (c, d, h, w): write BatchNorm3d",
        ),
        (
            "AdaptiveAvgPool2d",
            {"output_size": 1},
            [(512,)],
            "ND307",
            None,
            "AdaptiveAvgPool2d needs the axes c, h, w; its input is 512 (c): put it before Flatten",
        ),
        (
            "LocalResponseNorm",
            {"size": 5},
            [(512,)],
            "ND307",
            None,
            "LocalResponseNorm needs c and spatial axes; its input is 512 (c)",
        ),
        (
            "Concat",
            {"dim": "t"},
            [(3, 4, 4), (3, 4, 4)],
            "ND307",
            "dim",
            "Concat acts along t; its input 3×4×4 (c, h, w) has no such axis",
        ),
        (
            "Crop",
            {},
            [(3, 4, 4), (8,)],
            "ND307",
            None,
            "Crop needs two inputs with the same spatial axes; they are 3×4×4 (c, h, w) and 8 (c)",
        ),
        (
            "Mul",
            {},
            [(64, 56, 56), (1, 56, 56), (32, 56, 56)],
            "ND308",
            None,
            "Mul cannot join 64×56×56 and 32×56×56: channels 64 and 32; sizes must be equal, or 1",
        ),
        (
            "Mul",
            {},
            [(64, 56, 56), (64,)],
            "ND308",
            None,
            "Mul cannot join 64×56×56 (c, h, w) and 64 (c); all inputs need the same axes"
            ": write Reshape: {shape: [64, 1, 1]} before 64 (c)",
        ),
        (
            "Concat",
            {},
            [(64, 56, 56), (64, 56, 28)],
            "ND308",
            None,
            "Concat along c cannot join 64×56×56 (c, h, w) and 64×56×28 (c, h, w); all axes but c must be equal",
        ),
        (
            "MaxPool2d",
            {"kernel_size": 3, "padding": 2},
            [(3, 9, 9)],
            "ND309",
            "padding",
            "padding 2 is more than half of kernel_size 3; use 1 or less",
        ),
        (
            "ConvTranspose2d",
            {**UP, "output_padding": 2},
            [(3, 9, 9)],
            "ND309",
            "output_padding",
            "output_padding 2 must be smaller than the stride (2) or the dilation (1)",
        ),
        (
            "Split",
            {"sections": 3},
            [(64, 9, 9)],
            "ND310",
            "sections",
            "sections 3 does not divide the 64 of c; use a number that divides it, or a list of sizes",
        ),
        (
            "Split",
            {"sections": [10, 20]},
            [(64, 9, 9)],
            "ND310",
            "sections",
            "sections 10 + 20 are 30, but c is 64",
        ),
        (
            "Split",
            {"sections": 10**9},
            [(10**9, 1, 1)],
            "ND310",
            "sections",
            "sections 1000000000 is more than the 1024 that a Split may have",
        ),
        (
            "Slice",
            {"stop": 80},
            [(64, 9, 9)],
            "ND310",
            "stop",
            "a slice from 0 to 80 does not lie on c, of size 64"
            "; 0 ≤ start < stop ≤ 64 must hold, negative ones counted from the end",
        ),
        (
            "Slice",
            {"start": -65},
            [(64, 9, 9)],
            "ND310",
            "start",
            "a slice from -65 to 64 does not lie on c, of size 64"
            "; 0 ≤ start < stop ≤ 64 must hold, negative ones counted from the end",
        ),
        (
            "Crop",
            {},
            [(3, 9, 8), (3, 9, 9)],
            "ND310",
            None,
            "Crop cannot cut 3×9×8 to the size of 3×9×9: its width is smaller"
            "; the first input is cut, the second gives the size",
        ),
        ("ReLU", {}, [(3,), (3,)], "ND311", None, "ReLU takes 1 input, not 2"),
        (
            "Crop",
            {},
            [(3, 9, 8)],
            "ND311",
            None,
            "Crop takes 2 inputs, not 1, unless its size is written: Crop: {size: [h, w]}",
        ),
        ("Add", {}, [(3,)], "ND311", None, "Add takes 2 or more inputs, not 1"),
        ("Parameter", {"shape": [3]}, [(3,)], "ND311", None, "Parameter takes 0 inputs, not 1"),
        (
            "Flatten",
            {},
            [(1000, 10**6, 10**6)],
            "ND505",
            None,
            "Flatten gives 1000000000000000 (c): c is larger than 10^9, the limit of any size",
        ),
        (
            "ConvTranspose2d",
            {**UP, "stride": 10**9},
            [(3, 9, 9)],
            "ND505",
            None,
            "ConvTranspose2d gives 8×8000000002×8000000002 (c, h, w): h is larger than 10^9, the limit of any size",
        ),
    ],
)
def test_rule_that_cannot_be_applied(
    name: str, values: dict[str, Any], shapes: list[Shape], code: str, attr: str | None, message: str
) -> None:
    fault = fault_of_rule(name, values, *map(by_length, shapes))
    assert (fault.code, fault.attr, fault.message) == (code, attr, message)


def test_axes_in_another_order() -> None:
    fault = fault_of_rule("Linear", {"out_features": 10}, TensorType((8, 4), "ct"))
    assert (fault.code, fault.message) == (
        "ND307",
        "Linear acts on the last axis, which must be c; its input is 8×4 (c, t): write Permute: {dims: [t, c]} before it",
    )


@pytest.mark.parametrize(
    "code", ["ND301", "ND304", "ND305", "ND306", "ND307", "ND308", "ND309", "ND310", "ND311", "ND505"]
)
def test_codes_are_explained(code: str) -> None:
    assert codes()[code].title and len(codes()[code].text) > 60


def test_values_are_shown_as_a_person_writes_them() -> None:
    assert plain(list(range(12))) == "[0, 1, 2, 3, 4, 5, 6, 7, 8, …]"
    assert plain("x" * 100) == f"'{'x' * 59}…'"
    assert plain([True, None, 0.5, "a"]) == "[true, nothing, 0.5, 'a']"
    assert plain([10**5000]) == "[a number of more than 18 digits]"


ODD = [
    *(None, True, 1, -1, 0, 1.5, float("nan"), 10**400, "x", "", "c", object()),
    *([], [[]], [[1]], [None], [10**400], [True, False], ["c", "c"], ["c", 1], [["c"]], [1, [2, 3]], [[0, [1]]]),
    *({}, {"t": 64}, {"t": {"c": 1}}, {"t": 10**400}, {"c": [1]}, {"c": [[1]]}, {"c": None}, {1: 2}, [{"t": 1}]),
]


@pytest.mark.parametrize("name", OPS.names())
def test_an_odd_value_is_read_or_refused(name: str) -> None:
    op = OPS[name]
    for attr in op.attrs:
        for value in ODD:
            try:
                read(op, attr, value)
            except RuleError as error:
                assert error.attr == attr.name
