"""Tables by stage of networks that are no chain: forks, heads, joins and tokens; the order of rows; added columns."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pytest

import netdraw

HEAD = "netdraw: 1\nname: own\ninput: [3, 32, 32]\n"
FORK = "parallel: {a: [{ConvBNAct: 8}], b: [{ConvBNAct: {out_channels: 8, kernel_size: 5}}]}"
BLOCKS = f"""\
blocks:
  Split: {{layers: [{{{FORK}, join: Concat}}]}}
  Two: {{layers: [Split, Split]}}
  Apart:
    outputs: {{p: p, q: q}}
    layers: [{{Conv2d: {{out_channels: 4, kernel_size: 1, name: p}}}},
             {{Conv2d: {{out_channels: 5, kernel_size: 1, name: q, from: input}}}}]
"""
TOKENS = """\
netdraw: 1
name: tokens
input: {t: 64, c: 128}
layers:
  - repeat: 6
    residual: always
    layers: [Linear: 512, GELU, Linear: 128]
  - Linear: 10
"""


def rows(*sources: str, table: Any = "columns") -> list[list[dict[str, Any]]]:
    """The rows of each network."""
    found = json.loads(netdraw.tabulate(*sources, format="json", table=table))
    return [network["rows"] for network in found["networks"]]


def records(*sources: str) -> list[dict[str, str]]:
    """The rows of several networks together."""
    return list(csv.DictReader(io.StringIO(netdraw.tabulate(*sources, format="csv"))))


def lines(source: str) -> list[str]:
    """The parts of one network in a line each."""
    (found,) = rows(source)
    parts = [part for row in found for part in row["parts"]]
    return ["; ".join(part["lines"]) + (f" ×{part['times']}" if part["times"] > 1 else "") for part in parts]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "nasnet_mobile",
            "Reduction, 44|Reduction, 88|Normal, 264 ×4|Reduction, 352|Normal, 528 ×4|Reduction, 704|Normal, 1056 ×4",
        ),
        ("squeezenet1_0", "Fire, 128 ×2|Fire, 256|Fire, 256|Fire, 384 ×2|Fire, 512|Fire, 512"),
        ("googlenet_torchvision", "Inception, 256|Inception, 480|Inception, 512 ×3|Inception, 528|Inception, 832"),
        ("inception_v3", "InceptionA, 256|InceptionA, 288 ×2|InceptionB, 768|InceptionC, 768 ×4|InceptionD, 1280"),
    ],
)
def test_a_block_with_several_branches_is_its_name_and_channels(source: str, blocks: str) -> None:
    found = "|".join(line for line in lines(source) if line[0].isupper())
    assert found.startswith(blocks)


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        # Joined to what goes round, with the channels of the join.
        ("[{parallel: {skip: [], new: [{ConvBNAct: 12}]}, join: Concat}]", ["3×3, 12; concat, 15"]),
        ("[{parallel: {skip: [], new: [{ConvBNAct: 3}]}, join: Add}]", ["3×3, 3"]),
        # Forks without a name, alone and in what repeats; by reference; with a title.
        (f"[{{{FORK}, join: Concat}}]", ["concat, 16"]),
        (f"[{{{FORK}, join: Add}}]", ["add, 8"]),
        (f"[{{repeat: 2, layers: [{{ConvBNAct: 9}}, {{{FORK}, join: Add}}]}}]", ["3×3, 9; add, 8 ×2"]),
        (
            "[{repeat: 2, layers: [{ConvBNAct: {out_channels: 8, name: p}}, "
            "{ConvBNAct: {out_channels: 8, name: q, from: input}}, {Concat: {from: [p, q]}}]}]",
            ["concat, 16 ×2"],
        ),
        (f"[{{name: mixed, {FORK}, join: Concat}}]", ["mixed, 16"]),
        # A block that only holds others one behind the other is told by these.
        ("[Split, {ReLU: {}}, Two]", ["Split, 16 ×3"]),
        # A concat inside a block that repeats is told, the one that ends it is not: its channels grow.
        (
            "[{repeat: 2, layers: [{parallel: {skip: [], new: [{ConvBNAct: 4}]}, join: Concat}]}]",
            ["3×3, 4 ×2"],
        ),
        (
            "[{repeat: 2, layers: [{ConvBNAct: {out_channels: 4, name: p}}, {ConvBNAct: 4}, {Concat: {from: [p, -1]}}, "
            "{ConvBNAct: 3}]}]",
            ["3×3, 4; 3×3, 4; concat, 8; 3×3, 3 ×2"],
        ),
    ],
)  # fmt: skip
def test_branches(layers: str, expected: list[str]) -> None:
    assert lines(HEAD + BLOCKS + f"layers: {layers}\n") == expected


def test_what_stays_a_matrix() -> None:
    """The layers of one way are told, whatever goes round them: ResNet's, DenseNet's and SE-ResNet's papers do so."""
    assert "1×1, 64; 3×3, 64; 1×1, 256 ×3" in lines("resnet50")
    assert "1×1, 128; 3×3, 32 ×6" in lines("densenet121")
    assert "1×1, 64; 3×3, 64; 1×1, 256; 1×1, 16; 1×1, 256 ×3" in lines("se_resnet50")


def test_what_is_concatenated_by_reference_is_told() -> None:
    found = "|".join(lines("unet"))
    assert "up 2×2, 512, stride 1/2; concat, 1024; 3×3, 512" in found
    assert "up 2×2, 64, stride 1/2; concat, 128; 3×3, 64" in found


def test_heads_have_the_names_of_their_outputs() -> None:
    heads = "[{ConvBNAct: {out_channels: 16, stride: 2}}, {heads: {class: [{Conv2d: 10}], box_1: [{Conv2d: 4}]}}]"
    given = HEAD + "defaults: {Conv2d: {kernel_size: 1}}\nlayers: " + heads + "\n"
    assert lines(given) == ["3×3, 16, stride 2", "class: 1×1, 10", "box_1: 1×1, 4"]
    found = lines("ssd300")
    at = found.index("p4_3: L2 norm")
    assert found[at - 1] == "3×3, 512 ×3"
    assert found[at + 1 : at + 4] == ["p4_3.class: 3×3, 84", "p4_3.box: 3×3, 16", "2×2 max pool, stride 2"]
    assert sum(line.startswith("p") and ".class: " in line for line in found) == 6
    assert lines("mtcnn")[-3:] == ["face: 2-d fc; face: softmax", "box: 4-d fc", "landmarks: 10-d fc"]


def test_a_head_is_not_the_end_of_its_stage() -> None:
    layers = (
        "[{ConvBNAct: {out_channels: 8, stride: 2}}, {heads: {aux: [{AdaptiveAvgPool2d: 1}, Flatten, {Linear: 9}]}}, "
    )
    (found,) = rows(HEAD + f"layers: {layers}{{ConvBNAct: {{out_channels: 16, stride: 2}}}}]\n")
    assert [row["names"][1] for row in found] == ["16×16", "8×8"]
    assert found[0]["parts"][1]["lines"] == ["aux: average pool", "aux: 9-d fc"]


DETECT = """\
blocks:
  Detect: {layers: [{heads: {box: [{Conv2d: {out_channels: 4, kernel_size: 1}}]}}]}
layers:
  - ConvBNAct: {out_channels: 8, stride: 2, name: p1}
  - ConvBNAct: {out_channels: 16, stride: 2, name: p2}
  - ConvBNAct: {out_channels: 32, stride: 2, name: p3}
"""


def test_the_line_that_leads_to_one_head_is_none() -> None:
    """What lies between the last head but one and the last head alone leads to that, and is no part of it."""
    last = ["3×3, 16, stride 2", "medium.box: 1×1, 4", "3×3, 32, stride 2"]
    calls = "".join(f"  - Detect: {{from: {p}, name: {name}}}\n" for p, name in (("p1", "small"), ("p2", "medium")))
    found = [
        part
        for line in lines(HEAD + DETECT + calls + "  - Detect: {from: p3, name: large}\n")
        for part in line.split("; ")
    ]
    assert found == ["3×3, 8, stride 2", "small.box: 1×1, 4", *last, "large.box: 1×1, 4"]
    main = [part for line in lines(HEAD + DETECT + calls + "outputs: {main: p3}\n") for part in line.split("; ")]
    assert main == found[:-1]
    both = DETECT.replace("layers: [{heads: {box:", "layers: [{ConvBNAct: 9}, {heads: {class: [{Conv2d: 3}], box:")
    both = (
        both.replace("blocks:", "defaults: {Conv2d: {kernel_size: 1}}\nblocks:")
        + calls
        + "  - Detect: {name: large, from: p3}\n"
    )
    found = [part for line in lines(HEAD + both) for part in line.split("; ")]
    assert found[-3:] == ["large: 3×3, 9", "large.class: 1×1, 3", "large.box: 1×1, 4"]


def test_a_tower_beside_the_line_has_its_name() -> None:
    given = """\
netdraw: 1
name: towers
inputs: {left: [3, 32, 32], right: [3, 32, 32]}
blocks:
  Tower: {layers: [{ConvBNAct: {out_channels: 8, stride: 2}}, {AdaptiveAvgPool2d: 1}, Flatten, {Linear: 4}]}
layers:
  - Tower: {name: a, from: left}
  - Tower: {name: b, from: right, shares: a}
  - Concat: {from: [a, b]}
"""
    found = [part for line in lines(given) for part in line.split("; ")]
    assert found == [
        "3×3, 8, stride 2", "average pool, 4-d fc",
        "b: 3×3, 8, stride 2", "b: average pool", "b: 4-d fc", "concat, 8",
    ]  # fmt: skip
    stages = given.replace("left: [3, 32, 32]", "left: [12]").replace(
        "Tower: {name: a, from: left}", "Linear: {name: a, out_features: 4, from: left}"
    )
    stages = stages.replace(
        "  - Tower: {name: b, from: right, shares: a}", "  - name: b\n    from: right\n    layers: [{Tower: {}}]"
    )
    assert "3×3, 8, stride 2; average pool, 4-d fc" in lines(stages), "what gives a map has a line of its own"


def test_what_is_no_head_has_no_name() -> None:
    """Maps that are handed out lie on one way; blocks whose ways do not meet are named by themselves."""
    given = HEAD + "layers: [{ConvBNAct: {out_channels: 8, name: a}}, {ConvBNAct: {out_channels: 9, name: b}}]\n"
    assert lines(given + "outputs: {low: a, high: b}\n") == ["3×3, 8; 3×3, 9"]
    apart = HEAD + BLOCKS + "layers: [{Apart: {name: x}}, {Concat: {from: ['x:p', 'x:q']}}]\n"
    assert lines(apart) == ["x: 1×1, 4; x: 1×1, 5", "concat, 9"]


# Sizes and order


def test_the_size_of_tokens_is_their_number() -> None:
    (found,) = rows(TOKENS)
    assert [row["names"] for row in found] == [["stage 1", "64"]]
    assert [part["lines"] for part in found[0]["parts"]] == [["512-d fc", "128-d fc"], ["10-d fc"]]
    both = json.loads(netdraw.tabulate(TOKENS, "lenet", format="json"))["networks"]
    assert not {row["names"][1] for row in both[0]["rows"]} & {row["names"][1] for row in both[1]["rows"]}


@pytest.mark.parametrize(
    "sources", [[TOKENS, "lenet", "mobilenet_v2"], ["resnet18", "vgg16", "lenet", "alexnet"], ["unet", "resnet18"]]
)
def test_rows_stand_by_size_and_in_the_order_of_every_column(sources: list[str]) -> None:
    table = records(*sources)
    sizes = [math.prod(map(int, row["size"].split("×"))) for row in table]
    if "unet" not in sources:  # U-Net's own sizes rise again
        assert sizes == sorted(sizes, reverse=True)
    for name, own in zip(list(table[0])[2:], rows(*sources), strict=True):
        assert [row["size"] for row in table if row[name]] == [row["names"][1] for row in own]


def test_segments_of_chains_are_aligned_from_the_first() -> None:
    table = [tuple(row.values()) for row in records("alexnet", "lenet")]
    assert table[2:8] == [
        ("conv11-96, /4; LRN", "conv5-6"), ("maxpool 3×3, /2", "avgpool"), ("conv5-256, g=2; LRN", "conv5-16"),
        ("maxpool 3×3, /2", "avgpool"), ("conv3-384; conv3-384, g=2; conv3-256, g=2", "conv5-120"),
        ("maxpool 3×3, /2", ""),
    ]  # fmt: skip
    assert table[8:] == [("FC-4096", ""), ("FC-4096", "FC-84"), ("FC-1000", "FC-10"), ("soft-max", "soft-max")]


# Columns that are added


def operators(source: str) -> Any:
    return json.loads(netdraw.load(source).summary("json", table="operators"))


def test_operators_tell_channels_and_stride_where_no_letter_does() -> None:
    found = operators("googlenet")
    assert list(found["columns"]) == ["c1", "r3", "c3", "r5", "c5", "p", "c", "s"]
    said = [(row["operator"], row["c"], row["s"]) for row in found["rows"]]
    assert said[:5] == [
        ("conv2d 7×7", "64", "2"), ("maxpool 3×3", "64", "2"), ("LRN", "64", None),
        ("conv2d 1×1", "64", "1"), ("conv2d 3×3", "192", "1"),
    ]  # fmt: skip
    assert said[7:9] == [("Inception", "256", "1"), ("Inception", "480", "1")]
    assert said[-2:] == [("avgpool 7×7", "1024", None), ("linear", "1000", None)]
    # Each row reads what the one before hands on.
    assert [row["input"].split(" × ")[-1] for row in found["rows"]][1:] == [row["c"] for row in found["rows"]][:-1]
    wide = operators("resnet50")
    assert [row["c"] for row in wide["rows"]] == ["64", "64", "256", "512", "1024", "2048", "2048", "1000"]
    assert "s" not in wide["columns"] and wide["columns"]["stride"] == "stride"


def test_letters_that_tell_all_have_no_column_beside_them() -> None:
    assert operators("mobilenet_v2")["columns"] == {"t": "expand", "c": "out", "n": "repeat", "s": "stride"}


def test_a_row_tells_the_stride_and_the_dilation_that_it_has() -> None:
    """Where a block does not take the stride that its row sets; a column of no paper stands where its rows differ."""
    v2 = json.loads(netdraw.load("mobilenet_v2", output_stride=8).summary("json", table="operators"))
    assert [row["s"] for row in v2["rows"]][1:8] == ["1", "2", "2", "1", "1", "1", "1"]
    assert "dilation" not in operators("mobilenet_v1")["columns"]
    v1 = json.loads(netdraw.load("mobilenet_v1", output_stride=8).summary("json", table="operators"))
    assert [row["dilation"] for row in v1["rows"]][1:10] == ["1", "1", "1", "1", "1", "1", "2", "2", "4"]
    assert [row["s"] for row in v1["rows"]][1:10] == ["1", "2", "1", "2", "1", "1", "1", "1", "1"]


def test_heads_are_rows_of_operators() -> None:
    said = [(row["operator"], row["channels"]) for row in operators("mtcnn")["rows"]]
    assert said[-3:] == [("face: linear", "2"), ("box: linear", "4"), ("landmarks: linear", "10")]


GHOST = """\
blocks:
  Ghost:
    params: {out: required, act: ReLU}
    layers:
      - ConvBNAct: {out_channels: out // 2, kernel_size: 1, act: act}
      - parallel: {primary: [], cheap: [{ConvBNAct: {out_channels: in_channels, groups: in_channels, act: act}}]}
  Bottleneck:
    params: {mid: required, out: required}
    residual: project
    layers: [{Ghost: mid}, {Ghost: {out: out, act: none}}]
layers: [{Bottleneck: {mid: 16, out: 16}}]
"""
SHUFFLE = """\
ops:
  Shuffle: {category: shuffle, params: 0, macs: 0}
blocks:
  Unit:
    let: {half: in_channels // 2}
    layers:
      - Split: {name: halves, sections: 2}
      - parallel:
          left: []
          right:
            - ConvBNAct: {out_channels: half, kernel_size: 1, from: halves:1}
            - ConvBNAct: {out_channels: half, groups: half, act: none}
      - Shuffle
layers: [{ConvBNAct: 16}, {Unit: {repeat: 3}}]
"""
GROWTH = """\
layers: [{ConvBNAct: 16}, {DenseLayer: {growth: 8, repeat: 3}}]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # GhostNet, arXiv:1911.11907: each ghost module sets its width by what it joins, the last one too.
        (GHOST, ["1×1, 8; dw 3×3, 8; concat, 16; 1×1, 8; dw 3×3, 8; concat, 16"]),
        # ShuffleNetV2, arXiv:1807.11164, Figure 3c: half the input is joined, not the input.
        (SHUFFLE, ["3×3, 16", "split; 1×1, 8; dw 3×3, 8; concat, 16; Shuffle, 16 ×3"]),
        # DenseNet, arXiv:1608.06993, Table 1: the input itself is joined.
        (GROWTH, ["3×3, 16", "1×1, 32; 3×3, 8 ×3"]),
    ],
)
def test_a_concat_is_left_out_where_the_input_itself_is_joined(text: str, expected: list[str]) -> None:
    assert lines(HEAD.replace("[3, ", "[16, ") + text) == expected
