"""Tables as papers print them: every number of the papers' own tables, the rules of their forms, and each format.

Sources: MobileNet, arXiv:1704.04861, Table 1 (it prints s2 for the last depthwise row, with 7 × 7 before and after it:
its stride is 1); MobileNetV2, arXiv:1801.04381, Table 2; ResNet, arXiv:1512.03385, Table 1 (its FLOPs are
multiply-adds, and are cut off, not rounded); VGG, arXiv:1409.1556, Tables 1 and 2.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

import netdraw
from netdraw.core.errors import OptionError
from netdraw.core.numbers import power
from netdraw.figure.options.table import TABLES
from netdraw.tables.paper import FORMS
from netdraw.tables.paper.columns import merged
from netdraw.tables.paper.layers import find_runs

MOBILENET = """\
Conv / s2|3 × 3 × 3 × 32|224 × 224 × 3|1
Conv dw / s1|3 × 3 × 32 dw|112 × 112 × 32|1
Conv / s1|1 × 1 × 32 × 64|112 × 112 × 32|1
Conv dw / s2|3 × 3 × 64 dw|112 × 112 × 64|1
Conv / s1|1 × 1 × 64 × 128|56 × 56 × 64|1
Conv dw / s1|3 × 3 × 128 dw|56 × 56 × 128|1
Conv / s1|1 × 1 × 128 × 128|56 × 56 × 128|1
Conv dw / s2|3 × 3 × 128 dw|56 × 56 × 128|1
Conv / s1|1 × 1 × 128 × 256|28 × 28 × 128|1
Conv dw / s1|3 × 3 × 256 dw|28 × 28 × 256|1
Conv / s1|1 × 1 × 256 × 256|28 × 28 × 256|1
Conv dw / s2|3 × 3 × 256 dw|28 × 28 × 256|1
Conv / s1|1 × 1 × 256 × 512|14 × 14 × 256|1
Conv dw / s1|3 × 3 × 512 dw|14 × 14 × 512|5
Conv / s1|1 × 1 × 512 × 512|14 × 14 × 512|5
Conv dw / s2|3 × 3 × 512 dw|14 × 14 × 512|1
Conv / s1|1 × 1 × 512 × 1024|7 × 7 × 512|1
Conv dw / s1|3 × 3 × 1024 dw|7 × 7 × 1024|1
Conv / s1|1 × 1 × 1024 × 1024|7 × 7 × 1024|1
Avg Pool / s1|Pool 7 × 7|7 × 7 × 1024|1
FC / s1|1024 × 1000|1 × 1 × 1024|1
Softmax / s1|Classifier|1 × 1 × 1000|1
"""
MOBILENET_V2 = """\
224 × 224 × 3|conv2d||32|1|2
112 × 112 × 32|bottleneck|1|16|1|1
112 × 112 × 16|bottleneck|6|24|2|2
56 × 56 × 24|bottleneck|6|32|3|2
28 × 28 × 32|bottleneck|6|64|4|2
14 × 14 × 64|bottleneck|6|96|3|1
14 × 14 × 96|bottleneck|6|160|3|2
7 × 7 × 160|bottleneck|6|320|1|1
7 × 7 × 320|conv2d 1x1||1280|1|1
7 × 7 × 1280|avgpool 7x7|||1|
1 × 1 × 1280|conv2d 1x1||k|1|
"""
OPERATORS = {"InvertedResidual": "bottleneck", "conv2d 3×3": "conv2d", "linear": "conv2d 1x1"}
"""Ours to the paper's: it does not name the 3×3 kernel, and its classifier is a 1×1 convolution on a map of 1×1."""
RESNET = {
    "resnet18": ([("3×3", 64), ("3×3", 64)], [2, 2, 2, 2], "1.8"),
    "resnet34": ([("3×3", 64), ("3×3", 64)], [3, 4, 6, 3], "3.6"),
    "resnet50_paper": ([("1×1", 64), ("3×3", 64), ("1×1", 256)], [3, 4, 6, 3], "3.8"),
    "resnet101": ([("1×1", 64), ("3×3", 64), ("1×1", 256)], [3, 4, 23, 3], "7.8"),
    "resnet152": ([("1×1", 64), ("3×3", 64), ("1×1", 256)], [3, 8, 36, 3], "11.5"),
}
"""Lines of conv2_x, repeats, and MACs; the zoo's 101 and 152 have their stride in the 3×3 convolution, where the paper's
7.6 and 11.3 have it in the first 1×1."""
VGG = {
    "vgg11": ([1, 1, 2, 2, 2], 11, 133),
    "vgg13": ([2, 2, 2, 2, 2], 13, 133),
    "vgg16": ([2, 2, 3, 3, 3], 16, 138),
    "vgg19": ([2, 2, 4, 4, 4], 19, 144),
}
FORMATS = ["text", "md", "html", "latex", "csv", "json"]
TABLE_SOURCES = [
    ["mobilenet_v1"],
    ["mobilenet_v2"],
    list(RESNET),
    list(VGG),
    ["googlenet"],
    ["ssd300"],
    ["densenet121"],
]
OWN = """\
netdraw: 1
name: own_net
title: 'Own & 50% {net}_1 #'
input: [3, 20, 30]
layers:
  - Conv2d: {out_channels: 8, kernel_size: [3, 5], stride: [2, 1], padding: same}
  - stages: DepthwiseSeparable
    columns: {w_c: {out_channels: 2 * w_c}, k: kernel_size, n: repeat}
    rows: [[4, 3, 1], [8, 5, 2]]
  - parallel: {skip: [], new: [ReLU, {Conv2d: {out_channels: 16, kernel_size: 1}}]}
    join: Add
  - Flatten
  - Linear: 7
"""


def rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.splitlines()]


def data(*sources: str, **options: Any) -> Any:
    return json.loads(netdraw.tabulate(*sources, format="json", **options))


# The papers' tables


def test_mobilenet_as_in_its_paper() -> None:
    found = data("mobilenet_v1")
    assert found["form"] == "layers"
    said = [
        [f"{row['type']} / s{row['stride']}", row["filter"], row["input"], str(row["repeat"])] for row in found["rows"]
    ]
    assert said == rows(MOBILENET)
    assert sum(row["repeat"] for row in found["rows"] if row["filter"][0].isdigit()) == 28


def test_mobilenet_v2_as_in_its_paper() -> None:
    found = data("mobilenet_v2")
    assert found["form"] == "operators" and list(found["columns"]) == ["t", "c", "n", "s"]
    for row, (input, operator, *cells) in zip(found["rows"], rows(MOBILENET_V2), strict=True):
        named = OPERATORS.get(row["operator"], row["operator"].replace("×", "x"))
        expected = [cell.replace("k", "1000") for cell in cells]
        assert [row["input"], named, *(row[letter] or "" for letter in "tcns")] == [input, operator, *expected]
    assert sum(int(row["n"]) for row in found["rows"] if row["operator"] == "InvertedResidual") == 17
    assert "| 112² × 16 | InvertedResidual | 6 | 24 | 2 | 2 |" in netdraw.tabulate("mobilenet_v2", format="md")


def test_the_widths_of_rows_are_those_that_come_out() -> None:
    found = json.loads(netdraw.load("mobilenet_v2", width=0.5).summary("json", table="paper"))["rows"]
    assert [row["c"] for row in found if row["c"]] == ["16", "8", "16", "16", "32", "48", "80", "160", "1280", "1000"]
    into = [int(row["input"].rpartition(" × ")[2]) for row in found]
    assert into[1:9] == [int(row["c"]) for row in found[:8]]


def test_resnets_as_in_their_paper() -> None:
    found = data(*RESNET)
    sizes = ["112×112", "56×56", "56×56", "28×28", "14×14", "7×7", "1×1"]
    for network, (lines, repeats, cost) in zip(found["networks"], RESNET.values(), strict=True):
        assert [row["names"][1] for row in network["rows"]] == sizes
        assert [row["names"][0] for row in network["rows"]][1:6] == [
            "conv2_x",
            "conv2_x",
            "conv3_x",
            "conv4_x",
            "conv5_x",
        ]
        parts = [row["parts"] for row in network["rows"]]
        assert parts[0] == [{"lines": ["7×7, 64, stride 2"], "times": 1}]
        assert parts[1] == [{"lines": ["3×3 max pool, stride 2"], "times": 1}]
        for stage, times in enumerate(repeats):
            wide = [f"{kernel}, {width * 2**stage}" for kernel, width in lines]
            assert parts[2 + stage] == [{"lines": wide, "times": times}]
        assert parts[6] == [{"lines": ["average pool, 1000-d fc, softmax"], "times": 1}]
        assert str(int(network["macs"] / 1e8) / 10) == cost


def test_vggs_as_in_their_paper() -> None:
    found = data(*VGG)
    widths = [64, 128, 256, 512, 512]
    for network, (depths, layers, params) in zip(found["networks"], VGG.values(), strict=True):
        parts = [row["parts"][0]["lines"] for row in network["rows"]]
        assert parts[0] == [f"{layers} weight layers"] and parts[1] == ["input 224×224×3"]
        for stage, (depth, width) in enumerate(zip(depths, widths, strict=True)):
            assert parts[2 + 2 * stage] == [f"conv3-{width}"] * depth and parts[3 + 2 * stage] == ["maxpool"]
        assert parts[12:] == [["FC-4096"], ["FC-4096"], ["FC-1000"], ["soft-max"]]
        assert round(network["params"] / 1e6) == params
    text = netdraw.tabulate(*VGG)
    assert text.count("maxpool") == 5 and text.count("FC-4096") == 2


def test_the_five_configurations_of_vgg() -> None:
    """C, which is not in the zoo, has 1×1 convolutions: 133,638,952 parameters and 11,770,888,192 MACs."""
    text = netdraw.load("vgg16").text.data
    assert isinstance(text, bytes)
    third = "- ConvBNAct: {out_channels: out_channels, kernel_size: 1}\n        when: depth > 2\n      - MaxPool2d: 2"
    c = text.decode().replace("- MaxPool2d: 2", third).replace("repeat: depth\n", "repeat: min(depth, 2)\n")
    found = data("vgg11", "vgg13", c.replace("VGG-16", "VGG C"), "vgg16", "vgg19")["networks"]
    assert (found[2]["params"], found[2]["macs"]) == (133_638_952, 11_770_888_192)
    assert [round(network["params"] / 1e6) for network in found] == [133, 133, 134, 138, 144]
    parts = [row["parts"][0]["lines"] for row in found[2]["rows"]]
    assert parts[0] == ["16 weight layers"] and parts[6] == ["conv3-256", "conv3-256", "conv1-256"]
    assert all(len(network["rows"]) == 16 for network in found)


def test_the_modules_of_googlenet_as_in_its_paper() -> None:
    """Szegedy et al., arXiv:1409.4842, Table 1: #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj of 3a to 5b."""
    found = [row for row in data("googlenet")["rows"] if row["operator"] == "Inception"]
    assert [[int(row[letter]) for letter in ("c1", "r3", "c3", "r5", "c5", "p")] for row in found] == [
        [64, 96, 128, 16, 32, 32], [128, 128, 192, 32, 96, 64], [192, 96, 208, 16, 48, 64], [160, 112, 224, 24, 64, 64],
        [128, 128, 256, 24, 64, 64], [112, 144, 288, 32, 64, 64], [256, 160, 320, 32, 128, 128],
        [256, 160, 320, 32, 128, 128], [384, 192, 384, 48, 128, 128],
    ]  # fmt: skip
    assert [row["input"].split(" × ")[0] for row in found] == ["28"] * 2 + ["14"] * 5 + ["7"] * 2


def test_what_networks_have_alike_stands_across_their_columns() -> None:
    page = Page(netdraw.tabulate("resnet18", "resnet50", format="html"))
    assert ("7×7, 64, stride 2", "2", "") in page.cells and ("average pool, 1000-d fc, softmax", "2", "") in page.cells
    assert ("conv2_x", "", "2") in page.cells and ("56×56", "", "2") in page.cells
    assert page.open == []


# The rules


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("lenet", "layers"), ("vgg16", "layers"), ("alexnet", "layers"), ("mobilenet_v1", "layers"),
        ("mobilenet_v2", "operators"), (OWN, "operators"),
        ("googlenet", "operators"), ("resnet50", "columns"), ("densenet121", "columns"), ("unet", "columns"),
    ],
)  # fmt: skip
def test_the_form_follows_from_the_structure(source: str, form: str) -> None:
    assert data(source)["form"] == form


def test_names_say_nothing() -> None:
    """The same network under other names has the same table."""
    text = netdraw.load("mobilenet_v2").text.data
    assert isinstance(text, bytes)
    renamed = (
        text.decode()
        .replace("mobilenet_v2", "other")
        .replace("InvertedResidual", "Unit")
        .replace("MobileNetV2", "Other")
    )
    one, other = data("mobilenet_v2"), data(renamed)
    for row in one["rows"]:
        row["operator"] = row["operator"].replace("InvertedResidual", "Unit")
    assert one["rows"] == other["rows"]


def test_a_network_of_ones_own() -> None:
    found = data(OWN)["rows"]
    assert [list(row.values()) for row in found] == [
        ["20 × 30 × 3", "conv2d 3×5", "8", "3×5", "1", "2×1"],
        ["10 × 30 × 8", "DepthwiseSeparable", "8", "3", "1", "1"],
        ["10 × 30 × 8", "DepthwiseSeparable", "16", "5", "2", "1"],
        ["10 × 30 × 16", "parallel", "16", None, "1", "1"],
        ["1 × 1 × 4800", "linear", "7", None, "1", None],
    ]


def test_networks_with_unlike_stages_are_aligned_by_size() -> None:
    found = list(csv.DictReader(io.StringIO(netdraw.tabulate("resnet18", "vgg11", "googlenet", format="csv"))))
    assert {"resnet18", "vgg11", "googlenet"} <= set(found[0])
    assert [row["size"] for row in found if row["resnet18"]] == [
        "112×112",
        "56×56",
        "56×56",
        "28×28",
        "14×14",
        "7×7",
        "1×1",
    ]


def test_keys_are_merged_in_order() -> None:
    assert merged([["a", "c"], ["a", "b", "c"], ["a", "c", "d"]], {}) == ["a", "b", "c", "d"]
    assert sorted(merged([["a", "b"], ["b", "a"]], {})) == ["a", "b"]


def test_rows_that_repeat_are_found() -> None:
    lines = [(letter, "", "") for letter in "abababccd"]
    assert [(run.rows, run.times) for run in find_runs(lines)] == [((0, 1), 3), ((6,), 2), ((8,), 1)]


def test_powers() -> None:
    assert [power(n) for n in (7, 999, 1000, 11689512, 1814073344, 999_950_000)] == [
        "7", "999", "1.00×10³", "11.7×10⁶", "1.81×10⁹", "1.00×10⁹",
    ]  # fmt: skip


def test_the_forms_are_the_options() -> None:
    assert ("full", *FORMS) == TABLES
    for action, said in [
        (lambda: data("resnet18", table="layers"), "'table': ND640 resnet18 is no plain chain of layers"),
        (lambda: data("unet", table="operators"), "'table': ND640 unet has no stages"),
        (lambda: data("vgg11", "vgg13", table="layers"), "ND640 the form 'layers' is of one network"),
        (lambda: data("vgg11", "vgg13", table="full"), "ND640 the table 'full' is of one network"),
        (lambda: netdraw.tabulate(), "ND640 there is no network"),
        (lambda: data("vgg11", table="papr"), "'table': ND623 unknown value 'papr'; did you mean 'paper'"),
        (lambda: netdraw.tabulate("vgg11", format="outline"), "ND606 the format 'outline' has no such tables"),
    ]:
        with pytest.raises(OptionError, match=re.escape(said)):
            action()
    assert json.loads(netdraw.load("mobilenet_v1").summary("json", table="operators"))["form"] == "operators"
    assert "FLOPs (2 × MACs)" in netdraw.tabulate("resnet18", "resnet34", cost="flops")
    assert "MACs" not in netdraw.tabulate("resnet18", "resnet34", cost="none").split("params")[1]


# Formats


class Page(HTMLParser):
    """The cells of a page with their spans, and the tags that are left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag in ("td", "th"):
            given = dict(attrs)
            self.cells.append(("", given.get("colspan", ""), given.get("rowspan", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open or "th" in self.open:
            text, columns, rows = self.cells[-1]
            self.cells[-1] = (text + data.strip("\n"), columns, rows)


@pytest.mark.parametrize("sources", [*TABLE_SOURCES, [OWN]])
def test_latex_is_well_formed(sources: list[str]) -> None:
    text = netdraw.tabulate(*sources, format="latex")
    assert text.isascii()
    opened: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\{([\w*]+)\}", text):
        opened.append(name) if what == "begin" else None
        assert what == "begin" or opened.pop() == name
    assert opened == []
    plain = re.sub(r"\\[{}]", "", text)
    assert plain.count("{") == plain.count("}")
    (columns,) = re.findall(r"\\begin\{tabular\}\{(\w+)\}", text)  # those of lists in cells have @{}
    for line in text.splitlines():
        if line.endswith(r"\\"):
            wide = [int(number) - 1 for number in re.findall(r"\\multicolumn\{(\d+)\}", line)]
            # The lines of a matrix or stack are parted by the same sign as rows.
            assert len(re.findall(r"(?<!\\)&", line)) + sum(wide) == len(columns) - 1, line
    needed = re.findall(r"\\usepackage\{([\w,]+)\}", text)[0].split(",")
    assert ("multirow" in needed) == (r"\multirow" in text) and ("amsmath" in needed) == ("bmatrix" in text)


@pytest.mark.parametrize("sources", TABLE_SOURCES)
def test_markdown_has_as_many_cells_in_every_row(sources: list[str]) -> None:
    lines = [line for line in netdraw.tabulate(*sources, format="md").splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1
    assert re.fullmatch(r"[|:-]+", lines[1])


@pytest.mark.parametrize("sources", TABLE_SOURCES)
def test_text_is_aligned(sources: list[str]) -> None:
    lines = netdraw.tabulate(*sources).splitlines()
    table = lines[2 : lines.index("", 3)]
    rules = {len(line) for line in table if set(line) == {"─"}}
    assert len(rules) == 1 and max(map(len, table)) <= rules.pop()


def test_notes_are_no_wider_than_their_table() -> None:
    for text in (
        netdraw.load("lenet").cost(),
        netdraw.load("mobilenet_v1").cost(by="layer"),
        netdraw.tabulate("lenet"),
    ):
        lines = text.splitlines()
        wide = max(len(line) for line in lines if line.startswith("─"))
        assert max(map(len, lines)) <= max(wide, 80)
    note = "One MAC is one multiply-add; convolution and linear layers count. Parameters are what is learned;"
    assert f"\n{note}\nrunning statistics" in netdraw.load("lenet").cost()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "sources", [["mobilenet_v1"], ["mobilenet_v2"], ["resnet18", "resnet50"], ["vgg11", "vgg13"]], ids="-".join
)
def test_goldens(format: str, sources: list[str], golden: Any) -> None:
    golden(f"paper/{'-'.join(sources)}.{format}.txt", netdraw.tabulate(*sources, format=format))
