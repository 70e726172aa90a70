"""Elements of networks that several ops make together: tokens, regions, products of matrices, axes by letter."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nets import built, costs, errors, graph, shapes

from netdraw.ops import OPS
from netdraw.ops.base import RuleError
from netdraw.ops.families.elementwise import joined
from netdraw.ops.rules import complete, infer
from netdraw.ops.tensor import TensorType, with_axis

MAPS = st.lists(st.integers(1, 6), min_size=2, max_size=3)


@given(MAPS, st.integers(1, 9))
def test_tokens_and_feature_map_undo_each_other(size: list[int], channels: int) -> None:
    source = TensorType((channels, *size), "c" + ("", "", "hw", "dhw")[len(size)])
    (tokens,) = infer(OPS["Tokens"], {}, (source,))
    assert tokens == TensorType((prod(size), channels), "tc")
    assert infer(OPS["FeatureMap"], {"size": tuple(size)}, (tokens,)) == (source,)


@given(st.permutations("cthwd"), st.integers(1, 4))
def test_a_norm_learns_for_the_axes_that_it_is_over_wherever_they_stand(letters: list[str], count: int) -> None:
    source = TensorType((2, 3, 5, 7), "".join(letters[:4]))
    dims = "".join(reversed(letters[:4][:count]))
    expected = prod([source.size(axis) or 0 for axis in dims])
    for name, times in (("LayerNorm", 2), ("RMSNorm", 1)):
        op = OPS[name]
        terms = op.params(complete(op, {"dims": dims}), (source,), (source,))
        assert sum(term.value for term in terms or ()) == times * expected


@given(st.lists(st.integers(1, 5), min_size=3, max_size=3), st.permutations("tchw"))
def test_products_of_matrices_by_counting(sizes: list[int], letters: list[str]) -> None:
    rows, inner, columns = sizes
    first = TensorType((rows, inner), "".join(letters[:2]))
    second = TensorType((inner, columns), "".join(letters[2:]))
    op = OPS["MatMul"]
    (made,) = infer(op, {}, (first, second))
    assert made == TensorType((rows, columns), first.axes)
    steps = [1 for _ in range(rows) for _ in range(columns) for _ in range(inner)]
    assert sum(term.value for term in op.counted({}, (first, second), (made,)) or ()) == len(steps)


def test_attention_that_is_written_out() -> None:
    """One head: queries, keys and values of 64 channels on 10 tokens; 3·64·64·10 and twice 10·10·64 products."""
    net = graph(
        "netdraw: 1\nname: head\ninput: [10, 64]\nlayers:\n"
        "  - Linear: {out_features: 192, bias: false}\n"
        "  - Chunk: {chunks: 3, name: qkv}\n"
        "  - Permute: {dims: [c, t], from: 'qkv:1'}\n"
        "  - MatMul: {from: ['qkv:0', -1]}\n"
        "  - Softmax\n"
        "  - MatMul: {from: [-1, 'qkv:2']}\n"
    )
    assert shapes(net)["mat_mul"] == (10, 10) and shapes(net)["mat_mul_2"] == (10, 64)
    assert costs(net) == (64 * 192, 10 * 64 * 192 + 2 * 10 * 10 * 64)


def test_heads_on_regions_count_for_each_of_them_and_learn_once() -> None:
    """The box head of torchvision's Mask R-CNN on 1,000 proposals: 13,895,680 and 466,375 parameters there."""
    net = graph(
        "netdraw: 1\nname: boxes\ninputs: {p2: [256, 200, 272], p3: [256, 100, 136], boxes: {t: 1000, c: 4}}\nlayers:\n"
        "  - MultiScaleRoIAlign: {output_size: 7, from: [p2, p3, boxes]}\n"
        "  - Permute: {dims: [d, c, h, w]}\n"
        "  - Reshape: {shape: {t: 1000, c: -1}}\n"
        "  - Linear: 1024\n  - ReLU\n  - Linear: 1024\n  - ReLU\n"
        "  - heads: {class: [{Linear: 91}], box: [{Linear: 364}]}\n"
    )
    assert costs(net) == (13_895_680 + 466_375, 1000 * (12544 * 1024 + 1024 * 1024 + 1024 * (91 + 364)))


def test_a_new_axis_stands_where_it_usually_does() -> None:
    placed = [("c", "t"), ("hw", "c"), ("cw", "h"), ("chw", "d"), ("ct", "d"), ("tc", "h"), ("c", "h")]
    assert [with_axis(axes, letter) for axes, letter in placed] == ["tc", "chw", "chw", "cdhw", "dct", "htc", "hc"]


IMAGE, VECTOR, TOKENS = TensorType((8, 4, 4), "chw"), TensorType((8,), "c"), TensorType((16, 8), "tc")


@pytest.mark.parametrize(
    ("first", "second", "repair"),
    [
        (IMAGE, VECTOR, "write Reshape: {shape: [8, 1, 1]} before 8 (c)"),
        (VECTOR, IMAGE, "write Reshape: {shape: [8, 1, 1]} before 8 (c)"),
        (TOKENS, VECTOR, "write Reshape: {shape: [1, 8]} before 8 (c)"),
        (TensorType((8, 9), "ct"), VECTOR, "write Reshape: {shape: {c: 8, t: 1}} before 8 (c)"),
        (TOKENS, TensorType((8, 16), "ct"), "write Permute: {dims: [t, c]} before 8×16 (c, t)"),
        (TOKENS, IMAGE, "write Tokens before 8×4×4 (c, h, w)"),
        (IMAGE, TOKENS, "write Tokens before 8×4×4 (c, h, w)"),
    ],
)
def test_what_brings_two_values_to_the_same_axes_is_said(first: TensorType, second: TensorType, repair: str) -> None:
    with pytest.raises(RuleError) as caught:
        joined("Mul", first, second)
    assert caught.value.message.endswith(f"all inputs need the same axes: {repair}")


@pytest.mark.parametrize("value", ["none", "tanh", "none if in_channels > 99 else tanh", "how"])
def test_none_is_a_word_where_an_attribute_has_it(value: str) -> None:
    text = f"netdraw: 1\nname: net\nparams: {{how: none}}\ninput: [8]\nlayers:\n  - GELU: {{approximate: {value}}}\n"
    assert errors(built(text)) == []


def test_inputs_written_as_a_list_of_names_are_said_to_be_read_by_from() -> None:
    (fault,) = errors(built("layers:\n  - ReLU: {name: a}\n  - Crop: [a, b]\n"))
    assert fault.endswith("; write 'Crop: {from: [a, b]}'")
