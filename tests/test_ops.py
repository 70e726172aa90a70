"""The ops: their worked examples, and their formulas against counts by brute force."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netdraw import ops
from netdraw.ops import OPS, OpDef
from netdraw.ops.base import FAMILIES, PASS, REQUIRED, TRAITS, Example, Face, Follow, Refusal, RuleError, Window, total
from netdraw.ops.categories import CATEGORIES
from netdraw.ops.common import Slide
from netdraw.ops.families.conv import convolution
from netdraw.ops.families.transposed import transposed
from netdraw.ops.rules import complete, infer, read, refused
from netdraw.ops.tensor import Shape, TensorType, written

EXAMPLES = [(OPS[name], example) for name in OPS for example in OPS[name].examples]
REFUSALS = [(OPS[name], refusal) for name in OPS for refusal in refused(OPS[name])]


def attributes(op: OpDef, values: dict[str, Any]) -> dict[str, Any]:
    """The stored attributes of an op, from values as they are written."""
    stored = {}
    for name, value in values.items():
        attr = op.attr(name)
        assert attr is not None, name
        stored[attr.name] = read(op, attr, value, name)
    return complete(op, stored)


def run(name: str, values: dict[str, Any], *shapes: Shape) -> tuple[tuple[tuple[int, ...], ...], int, int]:
    """Output shapes, params and MACs."""
    op = OPS[name]
    attrs, inputs = attributes(op, values), tuple(map(written, shapes))
    outputs = infer(op, attrs, inputs)
    assert op.macs is not None
    return (
        tuple(o.shape for o in outputs),
        total(op.params(attrs, inputs, outputs)),
        total(op.macs(attrs, inputs, outputs)),
    )


def size_of(name: str, values: dict[str, Any], size: int, width: int = 8) -> int:
    """The height of the output, of an input of that height."""
    return run(name, values, (2, size, width))[0][0][1]


def face_of(name: str, values: dict[str, Any], *shapes: Shape) -> Face:
    op = OPS[name]
    attrs, inputs = attributes(op, values), tuple(map(written, shapes))
    return op.face(attrs, inputs, infer(op, attrs, inputs))


def window_of(name: str, values: dict[str, Any], *shapes: Shape) -> Window | None:
    op = OPS[name]
    return op.window(attributes(op, values), tuple(map(written, shapes)))


# What every definition must have


@pytest.mark.parametrize(("op", "example"), EXAMPLES, ids=lambda value: getattr(value, "name", ""))
def test_example(op: OpDef, example: Example) -> None:
    attrs, inputs = attributes(op, dict(example.attrs)), tuple(map(written, example.inputs))
    outputs = infer(op, attrs, inputs)
    assert [str(kind) for kind in outputs] == [str(written(shape)) for shape in example.outputs]
    assert [kind.axes for kind in outputs] == [written(shape).axes for shape in example.outputs]
    assert total(op.params(attrs, inputs, outputs)) == example.params
    assert total(op.counted(attrs, inputs, outputs)) == example.macs


@pytest.mark.parametrize(("op", "refusal"), REFUSALS, ids=lambda value: getattr(value, "name", ""))
def test_refusal(op: OpDef, refusal: Refusal) -> None:
    with pytest.raises(RuleError) as caught:
        infer(op, attributes(op, dict(refusal.attrs)), tuple(map(written, refusal.inputs)))
    assert (caught.value.code, caught.value.message) == (refusal.code, refusal.message)


def test_every_module_that_defines_ops_is_looked_through_for_them() -> None:
    folder = Path(ops.__file__).parent / "families"
    makers = re.compile(r"^from \.\.base import (?:\([^)]*|.*)\b(?:OPS|define|registered)\b", re.MULTILINE)
    own = {path.stem for path in folder.glob("[a-z]*.py") if makers.search(path.read_text(encoding="utf-8"))}
    assert own == set(FAMILIES) and len(FAMILIES) == len(own)


def test_of_the_families_those_up_to_the_one_that_has_an_op_are_imported() -> None:
    code = "import sys; from netdraw.ops import OPS; OPS['ReLU']; OPS['Conv2d']; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    last = FAMILIES.index("activation")
    assert [name for name in FAMILIES if f"netdraw.ops.families.{name}" in loaded] == list(FAMILIES[: last + 1])


@pytest.mark.parametrize("name", OPS.names())
def test_definition(name: str) -> None:
    op = OPS[name]
    assert len(op.examples) >= 2
    assert all(face_of(name, dict(e.attrs), *e.inputs).category in {*CATEGORIES, "tick"} for e in op.examples)
    assert op.name == name and op.doc.endswith(".")
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", op.snake)
    tools = {"pytorch", "onnx", "keras", "caffe"}
    assert tools <= set(op.names) <= tools | {"tensorflow", "darknet"} and op.names["pytorch"]
    assert all(attr.doc and attr.kind.expects and attr.kind.schema for attr in op.attrs)


def test_snake_names_are_unique() -> None:
    assert len({OPS[name].snake for name in OPS}) == len(list(OPS))


def test_inferred_sizes_are_never_attributes() -> None:
    for name in OPS:
        assert not {"in_channels", "in_features", "num_features"} & {attr.name for attr in OPS[name].attrs}


def test_defaults_are_in_stored_form() -> None:
    for op in (OPS[name] for name in OPS):
        for attr in op.attrs:
            if attr.default is not REQUIRED and attr.default is not None and not isinstance(attr.default, Follow):
                assert read(op, attr, attr.default) == attr.default, (op.name, attr.name)


@pytest.mark.parametrize(("op", "example"), EXAMPLES, ids=lambda value: getattr(value, "name", ""))
def test_costs_and_formulas_name_their_numbers(op: OpDef, example: Example) -> None:
    attrs, inputs = attributes(op, dict(example.attrs)), tuple(map(written, example.inputs))
    outputs = infer(op, attrs, inputs)
    assert op.macs is not None
    for term in (*(op.params(attrs, inputs, outputs) or ()), *(op.macs(attrs, inputs, outputs) or ())):
        assert term.factors and all(name for name, _ in term.factors)
    for line in op.formula(attrs, inputs, outputs):
        assert any(str(size) in line for output in outputs for size in output.shape)


# Sliding windows, by simulation


def simulated(size: int, slide: Slide) -> int:
    """How many positions a window takes that is moved step by step over the padded axis."""
    assert slide.padding is not None
    begin, end = -slide.padding, size + slide.padding
    starts = []
    while begin + slide.extent <= end:
        starts.append(begin)
        begin += slide.stride
    covered = starts[-1] + slide.extent == end if starts else False
    if slide.rounding != "floor" and not covered:
        behind = begin >= size
        if not (behind and (slide.rounding == "ceil" or slide.padding > 0)):
            starts.append(begin)
    return len(starts)


@given(
    size=st.integers(1, 40),
    kernel=st.integers(1, 7),
    stride=st.integers(1, 5),
    padding=st.integers(0, 3),
    dilation=st.integers(1, 3),
    rounding=st.sampled_from(["floor", "ceil", "caffe"]),
)
def test_positions_of_a_window(size: int, kernel: int, stride: int, padding: int, dilation: int, rounding: str) -> None:
    assume(2 * padding <= kernel)
    values = {"kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation, "rounding": rounding}
    slide = Slide(kernel, stride, padding, dilation, rounding)
    assume(size + 2 * padding >= slide.extent)
    assert size_of("MaxPool2d", values, size, 40) == simulated(size, slide)


@given(
    st.integers(1, 300),
    st.integers(1, 9),
    st.integers(1, 5),
    st.integers(1, 3),
    st.sampled_from(["Conv2d", "MaxPool2d"]),
)
def test_same_is_the_ceiling(size: int, kernel: int, stride: int, dilation: int, name: str) -> None:
    values = {"kernel_size": kernel, "stride": stride, "padding": "same", "dilation": dilation}
    if name == "Conv2d":
        values["out_channels"] = 1
    assert size_of(name, values, size) == math.ceil(size / stride)


@given(st.integers(1, 400), st.sampled_from([1, 3, 5, 7]), st.integers(1, 4), st.integers(1, 3))
def test_same_equals_half_the_odd_kernel(size: int, kernel: int, stride: int, dilation: int) -> None:
    values = {"out_channels": 1, "kernel_size": kernel, "stride": stride, "dilation": dilation}
    explicit = {**values, "padding": (kernel - 1) // 2 * dilation}
    assert size_of("Conv2d", {**values, "padding": "same"}, size) == size_of("Conv2d", explicit, size, 30)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "floor", "ceil", "caffe"),
    [
        (4, 1, 2, 0, 2, 2, 3),
        (4, 1, 3, 0, 2, 2, 2),
        (6, 1, 4, 0, 2, 2, 3),
        (5, 2, 4, 0, 1, 2, 2),
        (112, 3, 2, 0, 55, 56, 56),
        (75, 2, 2, 0, 37, 38, 38),
        (4, 2, 3, 1, 2, 2, 2),
        (3, 2, 2, 1, 2, 2, 2),
        (2, 3, 2, 0, None, 1, 1),
    ],
)
def test_roundings(size: int, kernel: int, stride: int, padding: int, floor: int | None, ceil: int, caffe: int) -> None:
    for rounding, expected in (("floor", floor), ("ceil", ceil), ("caffe", caffe)):
        values = {"kernel_size": kernel, "stride": stride, "padding": padding, "rounding": rounding}
        if expected is None:
            with pytest.raises(RuleError, match="larger than its input"):
                size_of("MaxPool2d", values, size)
        else:
            assert size_of("MaxPool2d", values, size) == expected, rounding


def test_caffe_and_ceil_differ_only_where_the_kernel_is_smaller_than_the_stride() -> None:
    differ = 0
    for size, kernel, stride, padding in product(range(1, 60), range(1, 8), range(1, 6), range(4)):
        if 2 * padding <= kernel <= size + 2 * padding:
            ceil, caffe = (Slide(kernel, stride, padding, 1, way).positions(size)[0] for way in ("ceil", "caffe"))
            differ += ceil != caffe
            assert ceil == caffe or kernel < stride
    assert differ > 0


@pytest.mark.parametrize(
    ("values", "chain"),
    [
        ({"kernel_size": 3, "stride": 2, "rounding": "ceil"}, [112, 56, 28, 14, 7]),
        ({"kernel_size": 3, "stride": 2, "ceil_mode": True}, [112, 56, 28, 14, 7]),
        ({"kernel_size": 3, "stride": 2, "ceil_mode": False}, [112, 55, 27, 13, 6]),
        ({"kernel_size": 3, "stride": 2, "padding": 1}, [112, 56, 28, 14, 7]),
        ({"kernel_size": 3, "stride": 2}, [227, 113, 56, 27]),
        ({"kernel_size": 2}, [224, 112, 56, 28, 14, 7]),
    ],
)
@pytest.mark.parametrize("name", ["MaxPool2d", "AvgPool2d"])
def test_chains_of_pooling(name: str, values: dict[str, Any], chain: list[int]) -> None:
    for before, after in pairwise(chain):
        assert run(name, values, (8, before, before))[0] == ((8, after, after),)


# Convolutions, by counting


@st.composite
def convolutions(draw: st.DrawFn) -> tuple[dict[str, Any], tuple[int, int, int]]:
    groups = draw(st.integers(1, 3))
    sides = st.integers(1, 3)
    values = {
        "out_channels": groups * draw(st.integers(1, 3)),
        "kernel_size": [draw(sides), draw(sides)],
        "stride": [draw(sides), draw(sides)],
        "padding": [draw(st.integers(0, 2)), draw(st.integers(0, 2))],
        "dilation": [draw(st.integers(1, 2)), draw(st.integers(1, 2))],
        "groups": groups,
        "bias": draw(st.booleans()),
    }
    return values, (groups * draw(st.integers(1, 3)), draw(st.integers(5, 9)), draw(st.integers(5, 9)))


def taps(values: dict[str, Any], channels: int) -> set[tuple[int, int, int, int]]:
    """The weights, each as (output channel, input channel, row, column): only within one group."""
    groups, out = values["groups"], values["out_channels"]
    pairs = ((o, i) for o in range(out) for i in range(channels) if o * groups // out == i * groups // channels)
    return {(o, i, y, x) for o, i in pairs for y, x in product(*map(range, values["kernel_size"]))}


@given(convolutions())
def test_convolution(case: tuple[dict[str, Any], tuple[int, int, int]]) -> None:
    values, shape = case
    weights = taps(values, shape[0])
    sizes = [
        simulated(shape[i + 1], Slide(*(values[key][i] for key in ("kernel_size", "stride", "padding", "dilation"))))
        for i in range(2)
    ]
    macs = sum(1 for _ in product(range(sizes[0]), range(sizes[1]), weights))
    params = len(weights) + (values["out_channels"] if values["bias"] else 0)
    assert run("Conv2d", values, shape) == (((values["out_channels"], *sizes),), params, macs)


def stamped(size: int, extra: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """The size on which every input element stamps its kernel, cut at both ends, grown at the far one."""
    touched = {place * stride + tap * dilation for place in range(size) for tap in range(kernel)}
    return max(touched) + 1 - 2 * padding + extra


@given(convolutions(), st.integers(0, 2))
def test_transposed_convolution(case: tuple[dict[str, Any], tuple[int, int, int]], extra: int) -> None:
    values, shape = case
    assume(all(extra < max(values["stride"][i], values["dilation"][i]) for i in range(2)))
    keys = ("kernel_size", "stride", "padding", "dilation")
    sizes = [stamped(shape[i + 1], extra, *(values[key][i] for key in keys)) for i in range(2)]
    assume(min(sizes) >= 1)
    weights = taps(values, shape[0])
    macs = sum(1 for _ in product(range(shape[1]), range(shape[2]), weights))
    params = len(weights) + (values["out_channels"] if values["bias"] else 0)
    made = run("ConvTranspose2d", {**values, "output_padding": extra}, shape)
    assert made == (((values["out_channels"], *sizes),), params, macs)


@given(convolutions())
def test_a_transposed_convolution_undoes_the_size_of_a_convolution(
    case: tuple[dict[str, Any], tuple[int, int, int]],
) -> None:
    values, shape = case
    ((_, height, width),) = run("Conv2d", values, shape)[0]
    axes = [(shape[i + 1] + 2 * values["padding"][i], values["stride"][i]) for i in range(2)]
    reach = [values["dilation"][i] * (values["kernel_size"][i] - 1) + 1 for i in range(2)]
    extra = [(room - reach[i]) % stride for i, (room, stride) in enumerate(axes)]
    back = {**values, "out_channels": shape[0], "output_padding": extra}
    assert run("ConvTranspose2d", back, (values["out_channels"], height, width))[0] == (shape,)


@pytest.mark.parametrize(("rank", "axes"), [(1, "ct"), (3, "cdhw")])
def test_the_rules_hold_for_other_ranks(rank: int, axes: str) -> None:
    source = TensorType((4, 9, 8, 7)[: rank + 1], axes)
    values = {"out_channels": 6, "kernel_size": 3, "stride": 2, "groups": 2, "bias": False}
    down, up = convolution(rank, "", {}, ()), transposed(rank, "", {}, ())
    (made,) = infer(down, attributes(down, values), (source,))
    assert made == TensorType((6, 4, 3, 3)[: rank + 1], axes)
    assert total(down.params(attributes(down, values), (source,), (made,))) == 3**rank * 2 * 6
    assert down.face(attributes(down, values), (source,), (made,)).size == "×".join("3" * rank)
    (back,) = infer(up, attributes(up, {**values, "out_channels": 4}), (made,))
    assert back == TensorType((4, 9, 7, 7)[: rank + 1], axes)


# Joins and parts


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans(), st.booleans()), min_size=3, max_size=3))
def test_broadcasting(axes: list[tuple[int, bool, bool]]) -> None:
    full = tuple(size for size, _, _ in axes)
    first = tuple(1 if single else size for size, single, _ in axes)
    second = tuple(1 if single else size for size, _, single in axes)
    expected = tuple(1 if a and b else size for size, a, b in axes)
    for name in ("Add", "Mul"):
        assert run(name, {}, first, second) == ((expected,), 0, 0)
        assert run(name, {}, full, first, second)[0] == (full,)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=6), st.sampled_from("chw"))
def test_concat_and_split_undo_each_other(sizes: list[int], axis: str) -> None:
    source = TensorType((5, 6, 7), "chw")
    parts = tuple(source.replace(**{axis: size}) for size in sizes)
    (joined,) = infer(OPS["Concat"], {"dim": axis}, parts)
    assert joined == source.replace(**{axis: sum(sizes)})
    assert infer(OPS["Split"], {"sections": tuple(sizes), "dim": axis}, (joined,)) == parts


@given(st.integers(1, 30), st.integers(-30, 30), st.one_of(st.none(), st.integers(-30, 30)))
def test_slice_is_pythons_or_an_error(size: int, start: int, stop: int | None) -> None:
    values = {"dim": "h", "start": start} if stop is None else {"dim": "h", "start": start, "stop": stop}
    last = size if stop is None else stop
    inside = -size <= start < size and -size <= last <= size
    expected = len(range(size)[start:stop])
    if inside and expected:
        assert size_of("Slice", values, size) == expected
    else:
        with pytest.raises(RuleError):
            size_of("Slice", values, size)


def test_parameter_axes() -> None:
    op = OPS["Parameter"]
    for shape, axes in (([8], "c"), ([4, 8], "tc"), ([3, 4, 5], "chw"), ([3, 2, 4, 5], "cdhw"), ({"t": 64}, "t")):
        assert infer(op, attributes(op, {"shape": shape}), ())[0].axes == axes


def test_linear_on_tokens_has_the_weights_once() -> None:
    assert run("Linear", {"out_features": 4}, (10, 8)) == (((10, 4),), 36, 320)
    assert run("Linear", {"out_features": 4}, (8,)) == (((4,),), 36, 32)


# What a figure and the analysis ask


@pytest.mark.parametrize(
    ("values", "category", "kernel", "size", "stride", "groups", "dilation"),
    [
        ({"kernel_size": 3}, "conv", "3", "3×3", "", "", ""),
        ({"kernel_size": 3, "stride": 2}, "conv", "3", "3×3", "/2", "", ""),
        ({"kernel_size": 3, "stride": [2, 1]}, "conv", "3", "3×3", "/2×1", "", ""),
        ({"kernel_size": 3, "dilation": 2}, "conv", "3", "3×3", "", "", "2"),
        ({"kernel_size": [1, 7]}, "conv.row", "7", "1×7", "", "", ""),
        ({"kernel_size": [7, 1]}, "conv.column", "7", "7×1", "", "", ""),
        ({"kernel_size": [3, 5]}, "conv", "3×5", "3×5", "", "", ""),
        ({"kernel_size": 3, "groups": 2}, "conv.group", "3", "3×3", "", "2", ""),
        ({"kernel_size": 3, "groups": 16}, "conv.depthwise", "3", "3×3", "", "", ""),
        ({"kernel_size": [1, 3], "groups": 16}, "conv.depthwise", "1×3", "1×3", "", "", ""),
    ],
)
def test_face_of_a_convolution(
    values: dict[str, Any], category: str, kernel: str, size: str, stride: str, groups: str, dilation: str
) -> None:
    face = face_of("Conv2d", {"out_channels": 32, "padding": "same", **values}, (16, 20, 20))
    expected = Face(category, kernel, size, "32", "16", stride, groups, dilation)
    assert face == expected


def test_faces_of_other_ops() -> None:
    up = {"out_channels": 4, "kernel_size": 2, "stride": 2}
    assert face_of("ConvTranspose2d", up, (8, 4, 4)) == Face("conv.transposed", "2", "2×2", "4", "8", "×2")
    assert face_of("MaxPool2d", {"kernel_size": 2}, (8, 4, 4)) == Face("pool.max", "2", "2×2", stride="/2")
    narrow = {"kernel_size": [1, 3], "stride": 1, "padding": [0, 1]}
    assert face_of("AvgPool2d", narrow, (8, 4, 4)) == Face("pool.avg.row", "3", "1×3")
    assert face_of("MaxPool2d", {"kernel_size": [2, 1]}, (8, 4, 4)) == Face(
        "pool.max.column", "2", "2×1", stride="/2×1"
    )
    assert face_of("AdaptiveAvgPool2d", {"output_size": 1}, (8, 4, 4)) == Face("pool.avg", label="global", sized="1×1")
    assert face_of("AdaptiveAvgPool2d", {"output_size": 2}, (8, 4, 4)) == Face("pool.avg", label="→ 2×2", sized="2×2")
    assert face_of("Linear", {"out_features": 10}, (8,)) == Face("linear", out="10", into="8")
    assert face_of("Softmax", {}, (10,)) == Face("softmax", out="10")
    assert face_of("Add", {}, (8,), (8,)).kernel == "+"
    assert face_of("Mul", {}, (8,), (8,)).kernel == "×"
    assert face_of("Concat", {}, (8,), (8,)) == Face("concat", "‖", out="16")
    assert face_of("ReLU6", {}, (8,)) == Face("activation", label="ReLU6")


def test_what_joins_what_in_a_cell() -> None:
    fuse = {name: OPS[name].fuse for name in OPS}
    anchors = {f"{name}{rank}d" for name in ("Conv", "ConvTranspose") for rank in (1, 2, 3)}
    anchors |= {"DeformConv2d", "Linear", "Bilinear", "Add"}
    assert {name for name, role in fuse.items() if role == "anchor"} == anchors
    norms = {name for name in OPS if re.fullmatch(r"(Batch|Instance)Norm[123]d|(Group|Layer|RMS)Norm", name)}
    assert len(norms) == 9
    assert {name for name, role in fuse.items() if role == "norm"} == norms | {"LayerScale"}
    drawn = {name: {face_of(name, dict(e.attrs), *e.inputs).category for e in OPS[name].examples} for name in OPS}
    assert {name for name, role in fuse.items() if role == "activation"} == {
        name for name, categories in drawn.items() if categories == {"activation"}
    }


def test_windows() -> None:
    conv = {"out_channels": 8, "kernel_size": [3, 1], "dilation": 2, "stride": [2, 1]}
    assert window_of("Conv2d", conv, (4, 9, 9)) == Window((5, 1), (2, 1))
    assert window_of("MaxPool2d", {"kernel_size": 3, "stride": 2}, (4, 9, 9)) == Window((3, 3), (2, 2))
    up = {"out_channels": 8, "kernel_size": 4, "stride": [2, 1]}
    assert window_of("ConvTranspose2d", up, (4, 9, 9)) == Window((2, 4), (Fraction(1, 2), 1))
    assert window_of("AdaptiveAvgPool2d", {"output_size": 1}, (4, 9, 9)) is None
    assert window_of("Flatten", {}, (4, 9, 9)) is None
    assert window_of("Softmax", {}, (4, 9, 9)) == PASS
    assert window_of("Softmax", {"dim": "h"}, (4, 9, 9)) is None
    for name in ("BatchNorm2d", "ReLU", "Dropout", "Identity", "Concat", "Add", "Crop"):
        assert window_of(name, {}, (4, 9, 9), (4, 9, 9)) == PASS


def formula_of(name: str, values: dict[str, Any], *shapes: tuple[int, ...]) -> tuple[str, ...]:
    op = OPS[name]
    attrs, inputs = attributes(op, values), tuple(map(written, shapes))
    return op.formula(attrs, inputs, infer(op, attrs, inputs))


def test_formulas_put_the_numbers_in() -> None:
    rule = "(in + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1"
    assert formula_of("Conv2d", {"out_channels": 1, "kernel_size": 3, "stride": 2, "padding": 1}, (3, 9, 5)) == (
        f"out_height = floor({rule} = floor((9 + 2·1 − 1·(3 − 1) − 1) / 2) + 1 = 5",
        f"out_width = floor({rule} = floor((5 + 2·1 − 1·(3 − 1) − 1) / 2) + 1 = 3",
    )
    assert formula_of("MaxPool2d", {"kernel_size": 1, "stride": 2, "rounding": "ceil"}, (3, 4, 4))[0] == (
        f"out_height = ceil({rule} = ceil((4 + 2·0 − 1·(1 − 1) − 1) / 2) + 1"
        " − 1, since the last window would start behind the input, = 2"
    )
    assert formula_of("MaxPool2d", {"kernel_size": 2, "padding": "same"}, (3, 5, 4)) == (
        "out_height = ceil(in / stride) = ceil(5 / 2) = 3",
        "out_width = ceil(in / stride) = ceil(4 / 2) = 2",
    )
    assert formula_of("Concat", {}, (3, 4, 4), (5, 4, 4)) == ("out_channels = 3 + 5 = 8",)
    assert formula_of("Flatten", {}, (3, 4, 5)) == ("out_channels = in_channels·in_height·in_width = 3·4·5 = 60",)


@pytest.mark.parametrize(
    ("op", "values", "padding", "rounding"),
    [
        ("Conv2d", {"kernel_size": 3}, "0", ""),
        ("Conv2d", {"kernel_size": 3, "padding": 1}, "", ""),
        ("Conv2d", {"kernel_size": 3, "padding": 1, "stride": 2}, "", ""),
        ("Conv2d", {"kernel_size": 3, "stride": 2}, "0", ""),
        ("Conv2d", {"kernel_size": 3, "padding": 2}, "2", ""),
        ("Conv2d", {"kernel_size": 3, "padding": 2, "dilation": 2}, "", ""),
        ("Conv2d", {"kernel_size": 7, "stride": 2, "padding": 3}, "", ""),
        ("Conv2d", {"kernel_size": 4, "stride": 4}, "", ""),
        ("Conv2d", {"kernel_size": [1, 7], "padding": [0, 3]}, "", ""),
        ("Conv2d", {"kernel_size": [3, 5], "padding": [1, 0]}, "1×0", ""),
        ("MaxPool2d", {"kernel_size": 2}, "", ""),
        ("MaxPool2d", {"kernel_size": 3, "stride": 2}, "0", ""),
        ("MaxPool2d", {"kernel_size": 3, "stride": 2, "rounding": "ceil"}, "", ""),
        ("MaxPool2d", {"kernel_size": 3, "stride": 2, "padding": 1, "rounding": "ceil"}, "1", "ceil"),
        ("ConvTranspose2d", {"kernel_size": 2, "stride": 2}, "", ""),
        ("ConvTranspose2d", {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1}, "", ""),
        ("ConvTranspose2d", {"kernel_size": 3, "stride": 2}, "0", ""),
    ],
)
def test_padding_is_said_where_a_map_does_not_become_its_stride_th_part(
    op: str, values: dict[str, Any], padding: str, rounding: str
) -> None:
    face = face_of(op, {**({"out_channels": 8} if "Conv" in op else {}), **values}, (8, 64, 64))
    assert (face.padding, face.rounding) == (padding, rounding)


UNTOLD = {
    "bias", "affine", "eps", "momentum", "p", "scale", "alpha", "beta", "k", "negative_slope", "num_parameters",
    "count_include_pad", "iou_threshold", "score_threshold", "size", "params", "macs", "elementwise_affine",
    "num_groups", "init_value", "approximate", "threshold", "min_val", "max_val", "exponent", "min", "max", "index",
    "shifts", "spatial_scale", "sampling_ratio", "aligned", "out_bias", "num_kv_heads", "head_dim", "shift_size",
    "relative_position_bias", "causal", "is_causal", "dropout", "dropout_p", "nonlinearity", "proj_size",
    "padding_idx", "mode",
    "norm_type", "align_corners", "value",
}  # fmt: skip
"""What changes neither a size nor the wiring."""
SIZES = {
    "out_channels", "out_features", "kernel_size", "sections", "start", "stop", "max_output", "shape", "dims",
    "output_padding", "out", "outputs", "category", "keepdim", "sizes", "chunks", "hidden_size", "num_embeddings",
    "embedding_dim", "bidirectional",
}  # fmt: skip
"""Kernels, widths, and what is as wide as an input; output_padding goes with the padding, a category is a look."""


def test_every_other_attribute_is_a_trait_of_a_face() -> None:
    told = {
        "output_size": "sized",
        "dim": "axis",
        "num_heads": "heads",
        "window_size": "window",
        "num_layers": "layers",
    }
    told |= {"scale_factor": "stride", "upscale_factor": "stride", "downscale_factor": "stride"}
    told |= dict.fromkeys("ctdhw", "padding")
    for op in map(OPS.__getitem__, OPS):
        for attr in op.attrs:
            if attr.name not in UNTOLD | SIZES:
                assert told.get(attr.name, attr.name) in TRAITS, (op.name, attr.name)


@pytest.mark.parametrize("name", OPS.names())
def test_what_multiplies_by_weights_is_counted(name: str) -> None:
    op = OPS[name]
    drawn = {face_of(name, dict(e.attrs), *e.inputs).category.partition(".")[0] for e in op.examples}
    if drawn & {"conv", "linear", "attention", "recurrent", "matmul"} and name != "Opaque":
        assert op.macs is not None and all(example.macs for example in op.examples)
