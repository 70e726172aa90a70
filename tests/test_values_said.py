"""Values of tokens, signals and volumes, and the ops on them, as figures, tables and the manual say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from test_ops import face_of
from test_view import draw

import netdraw
from netdraw.diagram.model import Cell
from netdraw.diagram.said.glossary import LANGUAGES, glossary
from netdraw.diagram.said.labels import cell_label, kernel_text, shape_text
from netdraw.graph.model import Graph
from netdraw.manual.entries import entry
from netdraw.ops import OPS
from netdraw.ops.base import Face
from netdraw.ops.categories import nearest
from netdraw.ops.tensor import Shape, written
from netdraw.styles.boxes import BoxText
from netdraw.styles.boxes import written as in_box
from netdraw.styles.cells.glyphs import GLYPHS
from netdraw.type.typeface import OURS

HEAD = "netdraw: 1\nname: net\n"


@pytest.mark.parametrize(
    ("shape", "first", "last"),
    [
        ((197, 768), "197×768", "197×768"),
        ({"c": 32, "t": 183}, "32×183", "183×32"),
        ({"c": 32, "t": 1}, "32", "32"),
        ((64, 16, 56, 56), "64×16×56²", "16×56²×64"),
        ((64, 16, 16, 16), "64×16³", "16³×64"),
        ((64, 16, 16, 8), "64×16×16×8", "16×16×8×64"),
        ((64, 16, 1, 1), "64×16×1×1", "16×1×1×64"),
        ((64, 1, 1, 1), "64", "64"),
    ],
)
def test_shapes_in_both_orders(shape: Shape, first: str, last: str) -> None:
    assert (shape_text(written(shape)), shape_text(written(shape), "hwc")) == (first, last)


MODES = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3, "area": 2}
"""The modes of an upsampling that a figure says, and on how many axes each is."""


def sized(mode: str) -> Shape:
    return {"c": 8, **dict.fromkeys(("t", "hw", "dhw")[MODES[mode] - 1], 4)}


def faces() -> list[tuple[str, Face]]:
    """Every op's face in each of its examples that a figure shows."""
    found = [(name, face_of(name, {**one.attrs}, *one.inputs)) for name in OPS.names() for one in OPS[name].examples]
    return [(name, face) for name, face in found if face.category != "tick"]


def test_the_cell_of_every_op_has_a_word_of_its_own_in_every_language() -> None:
    for name, face in faces():
        for language in LANGUAGES:
            assert f"cell.{face.category}" in glossary(language).words, (name, face.category)


def test_what_every_op_says_in_a_word_is_said_in_chinese() -> None:
    words = glossary("zh")
    told = {face.label for name, face in faces() if face.category.partition(".")[0] not in ("activation", "other")}
    english = {label for label in told if label.isalpha()}
    english |= {mode for mode in MODES if face_of("Upsample", {"scale_factor": 3, "mode": mode}, sized(mode)).label}
    assert {"unpool", "bilinear", "global"} <= english
    assert [label for label in english if words.word(label) == label] == []


def test_norms_in_a_band_have_their_letters() -> None:
    for name in OPS.names():
        if OPS[name].fuse == "norm":
            assert glossary("en").fused([name]) != name, name


def test_only_what_has_a_title_below_it_is_drawn_as_other() -> None:
    assert [name for name, face in faces() if nearest(face.category, GLYPHS) == "other" and not face.title] == []


def network(layers: str, given: str) -> Graph:
    return netdraw.load(f"{HEAD}input: {given}\nlayers:\n{layers}").graph


def texts(layers: str, given: str, **view: Any) -> list[str]:
    return [one.text for one in draw(network(layers, given), **view).legend]


def test_a_map_made_smaller_is_no_shuffle_of_channels() -> None:
    layers = "  - PixelUnshuffle: 2\n  - ChannelShuffle: 4\n  - PixelShuffle: 2\n  - Upsample: {scale_factor: 0.5}\n"
    assert texts(layers, "[64, 28, 28]")[:3] == ["downsample", "channel shuffle", "upsample"]
    assert texts(layers, "[64, 28, 28]", lang="zh")[:3] == ["下采样", "通道重排", "上采样"]


def test_kernels_of_a_volume_are_short_where_they_can_be() -> None:
    volume = (4, 8, 16, 16)
    conv = {"out_channels": 8, "padding": "same"}
    kernels = [3, [1, 3, 3], [3, 1, 1], [3, 5, 7]]
    said = [face_of("Conv3d", {**conv, "kernel_size": kernel}, volume) for kernel in kernels]
    assert [kernel_text(face) for face in said] == ["3", "1×3²", "3×1²", "3×5×7"]
    assert kernel_text(face_of("Conv2d", {**conv, "kernel_size": [3, 5]}, (4, 16, 16))) == "3×5"


@pytest.mark.parametrize(
    ("op", "values", "inputs", "label"),
    [
        ("MultiheadAttention", {"num_heads": 8}, [(64, 512)], ("512", "h=8")),
        ("MultiheadAttention", {"num_heads": 8, "num_kv_heads": 2}, [(64, 512)], ("512", "h=8 G=2")),
        ("MultiheadAttention", {"num_heads": 8, "window_size": 7}, [(512, 14, 14)], ("512", "h=8 w=7")),
        ("ScaledDotProductAttention", {"num_heads": 4, "num_kv_heads": 1}, [(9, 64), (9, 16), (9, 16)], ("64", "h=4 G=1")),
        ("LSTM", {"hidden_size": 256}, [(64, 512)], ("256",)),
        ("LSTM", {"hidden_size": 256, "proj_size": 32}, [(64, 512)], ("32",)),
        ("GRU", {"hidden_size": 256, "bidirectional": True, "num_layers": 3}, [(64, 512)], ("2×256", "L=3")),
        ("Concat", {"dim": "t"}, [(1, 768), (196, 768)], ("t=197",)),
        ("Concat", {}, [(64, 8, 8), (32, 8, 8)], ("96",)),
        ("Stack", {"dim": "t"}, [(384,), (384,)], ("t=2",)),
        ("Slice", {"dim": "t", "stop": 1}, [(197, 768)], ("t=1",)),
        ("LPPool2d", {"norm_type": 2, "kernel_size": 3, "stride": 2}, [(8, 9, 9)], ("3×3 /2",)),
        ("Conv1d", {"out_channels": 64, "kernel_size": 7, "stride": 2, "dilation": 2}, [{"c": 4, "t": 99}], ("64", "d=2 /2")),
    ],
)  # fmt: skip
def test_labels(op: str, values: Mapping[str, Any], inputs: list[Shape], label: tuple[str, ...]) -> None:
    assert cell_label(face_of(op, {**values}, *inputs)) == label


def labels_of(layers: str, given: str, **view: Any) -> list[tuple[str, ...]]:
    return [cell.label for cell in draw(network(layers, given), **view).lines[0].cells[1:-1]]


def test_what_is_done_along_an_axis_alone_says_which() -> None:
    layers = "  - Mean: {dim: c, keepdim: true}\n  - Max: {dim: [h, w]}\n"
    assert labels_of(layers, "[8, 9, 9]") == [("along c",), ("global",)]
    assert labels_of(layers, "[8, 9, 9]", lang="zh", labels="full") == [("沿 c 轴",), ("全局",)]


def boxed(layers: str, given: str) -> list[BoxText]:
    cells: tuple[Cell, ...] = draw(network(layers, given)).lines[0].cells
    return [in_box(cell, False, "en", 0.4, OURS) for cell in cells[1:-1]]


def lines(box: BoxText) -> list[str]:
    return ["".join([part.text for part in row]) for row in box.lines]


def test_a_box_tells_the_kernel_of_a_signal_from_a_count_and_from_its_width() -> None:
    layers = "  - Conv1d: {out_channels: 128, kernel_size: 1}\n  - BatchNorm1d\n  - Conv1d: {out_channels: 31, kernel_size: 3}\n"
    one, other = boxed(layers, "{c: 8, t: 99}")
    assert (lines(one), one.foot) == (["conv 1", "128"], "BN")
    assert lines(other) == ["conv 3", "31"]


def test_a_box_says_the_kernel_of_a_volume_once() -> None:
    layers = "  - Conv3d: {out_channels: 8, kernel_size: [1, 3, 3]}\n  - MaxPool3d: {kernel_size: [1, 2, 2]}\n"
    layers += "  - LPPool3d: {norm_type: 2, kernel_size: 2}\n"
    said = [lines(box) for box in boxed(layers, "[4, 8, 16, 16]")]
    assert said == [["1×3×3 conv", "8"], ["max pool", "1×2×2, /1×2×2"], ["Lp pool", "2×2×2, /2"]]


def paper(layers: str, given: str) -> list[list[str]]:
    """The rows of a table of layers: kind and stride, filter, input."""
    text = netdraw.load(f"{HEAD}input: {given}\nlayers:\n{layers}").summary("csv", table="paper")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_papers_tell_layers_of_tokens() -> None:
    layers = (
        "  - Embedding: {num_embeddings: 1000, embedding_dim: 64}\n  - MultiheadAttention: 4\n"
        "  - LSTM: {hidden_size: 32, bidirectional: true}\n  - Mean: {dim: t}\n  - Linear: 10\n"
    )
    rows = paper(layers, "{t: 20}")
    assert [row[0] for row in rows[:3]] == ["Embedding", "Attention", "Bidirectional LSTM"]
    assert [row[2] for row in rows[:2]] == ["1000 × 64", "h=4"]
    assert rows[-1][3] == "64"


@pytest.mark.parametrize(
    ("given", "rank", "into"),
    [("{c: 8, t: 99}", 1, "1 × 8"), ("[8, 9, 9]", 2, "1 × 1 × 8"), ("[8, 9, 9, 9]", 3, "1 × 1 × 1 × 8")],
)
def test_papers_give_a_vector_as_many_sizes_as_a_map(given: str, rank: int, into: str) -> None:
    layers = f"  - AdaptiveAvgPool{rank}d: 1\n  - Flatten\n  - Linear: 10\n"
    assert paper(layers, given)[-1][3] == into


BLOCK = "    residual: auto\n    layers:\n      - {layer}\n      - ReLU\n      - {layer}\n"


@pytest.mark.parametrize(
    ("given", "layer", "size"),
    [
        ("{c: 8, t: 99}", "Conv1d: {out_channels: 8, kernel_size: 3, padding: 1}", "56"),
        ("[8, 16, 16]", "Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}", "56×56"),
        ("[8, 4, 16, 16]", "Conv3d: {out_channels: 8, kernel_size: 3, padding: 1}", "56×56×56"),
        ("[99, 8]", "Linear: 8", "t = 3136"),
    ],
)
def test_units_are_counted_at_the_size_that_is_said(given: str, layer: str, size: str) -> None:
    text = f"{HEAD}input: {given}\nblocks:\n  Unit:\n{BLOCK.format(layer=layer)}layers: [Unit, Unit]\n"
    one, other = netdraw.load(text), netdraw.load(text.replace("name: net", "name: same"))
    assert f"MACs at C = 64, {size}<" in netdraw.compare(one, other, kind="units").to_bytes().decode()


def test_the_manual_has_the_axes_that_do_not_follow_from_a_shape() -> None:
    said = entry("Conv1d") or ""
    assert "1×187 (c, t) → 32×183 (c, t)" in said
    assert "  197×768, {" in said  # tokens are what two sizes are
