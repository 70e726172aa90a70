"""Explanations: of codes, ops, blocks, and of every node and group with its numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from figures import network

import netdraw
from netdraw.core.errors import OptionError
from netdraw.manual.entries import codes, entry, read_codes, subjects
from netdraw.ops import OPS
from netdraw.spec.library import library_block, library_names
from netdraw.spec.sources import zoo_names

PACKAGE = Path(netdraw.__file__).parent
USED = {code for path in PACKAGE.rglob("*.py") for code in re.findall(r'"(ND\d{3})"', path.read_text(encoding="utf-8"))}


def said(source: str, id: str) -> dict[str, str]:
    """The lines of an explanation by their label; those of one label joined."""
    found: dict[str, str] = {}
    label = ""
    for line in network(source).explain(id).splitlines()[1:]:
        named, _, text = line.strip().partition("  ")
        if line.startswith("   "):
            text = line.strip()
        else:
            label = named
        found[label] = f"{found[label]} | {text.strip()}" if label in found else text.strip()
    return found


# The manual


def test_every_code_that_is_used_is_explained_and_the_other_way_round() -> None:
    assert set(codes()) == USED
    assert list(codes()) == sorted(codes())


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("## ND1: short\nText.", "ND1: short"),
        ("## ND001 no colon\nText.", "ND001 no colon"),
        ("## ND001: no text\n\n", "ND001: no text"),
        ("## ND001: one\nText.\n# ND002: two\nText.", "ND001: one"),
        ("## ND002: two\nText.\n## ND001: one\nText.", "ND001: one"),
        ("## ND001: one\nText.\n## ND001: again\nText.", "ND001: again"),
    ],
)
def test_a_document_of_codes_in_another_form(document: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"'## {said}'"):
        read_codes(document)


def test_a_document_of_codes() -> None:
    found = read_codes(
        "# Codes\nFor the reader.\n\n## ND001: one\n\nText,\nmore.\n\n    input: 3\n\nEnd.\n## ND003: three\nText.\n"
    )
    assert found["ND001"] == ("one", "Text,\nmore.\n    input: 3\nEnd.") and list(found) == ["ND001", "ND003"]


@pytest.mark.parametrize("name", codes())
def test_a_code_says_what_to_write(name: str) -> None:
    code = codes()[name]
    assert 1 <= len(code.text.splitlines()) - 1 <= 6 and not code.title.endswith(".")
    assert entry(name) == entry(name.lower()) == f"{name}  {code.title}\n\n{code.text}\n"


@pytest.mark.parametrize("name", OPS.names())
def test_an_op_has_its_attributes_and_examples(name: str) -> None:
    text, op = entry(name) or "", OPS[name]
    assert text.startswith(f"{name}\n\n{op.doc}\n")
    for attr in op.attrs:
        assert re.search(rf"^  {attr.name} .*{re.escape(attr.doc)}", text, re.MULTILINE)
    for example in op.examples:
        assert f"{example.params:,} params" in text or not example.params
        assert example.note in text


@pytest.mark.parametrize("name", library_names())
def test_a_block_has_its_params_and_its_text(name: str) -> None:
    text = entry(name) or ""
    assert text.startswith(f"{name}\n\n") and f"  {name}:\n" in text
    block = library_block(name)
    assert block is not None and block.doc in text
    assert all(re.search(rf"^  {param.name} ", text, re.MULTILINE) for param in block.params)


def test_what_has_no_entry() -> None:
    assert entry("Conv2D") is None and entry("ND999") is None and entry("../themes/default") is None
    assert {"ND305", "Conv2d", "Bottleneck"} <= set(subjects())


# Nodes


def test_a_convolution() -> None:
    found = said("mobilenet_v2", "stages.1.0.conv_bn_act_2.conv2d")
    assert found["input"] == "96×112×112 (c, h, w), from stages.1.0.conv_bn_act.act"
    assert found["output"] == "96×56×56 (c, h, w)"
    assert "ceil(112 / 2) = 56" in found["shape rule"]
    product = "kernel_height × kernel_width × in_channels/groups × out_channels"
    assert found["params"] == f"{product} = 3 × 3 × 1 × 96 = 864"
    assert found["MACs"] == f"{product} × out_height × out_width = 3 × 3 × 1 × 96 × 56 × 56 = 2,709,504"
    assert found["FLOPs"] == "2 × MACs = 5,419,008"
    assert found["receptive field"] == "11×11, stride 4×4 in the input"
    assert found["written at"] == "netdraw/blocks/conv_bn_act.yaml:5:7"


def test_a_sum_of_products() -> None:
    found = said("vgg16", "linear_3")
    assert found["params"] == "in_features × out_features + bias = 4,096 × 1,000 + 1,000 = 4,097,000"
    assert found["read by"] == "softmax"
    assert said("vgg16", "softmax")["read by"] == "the output 'output'"


def test_shared_weights_and_the_input() -> None:
    text = (
        "netdraw: 1\nname: n\ninput: [4]\nlayers:\n  - Linear: {name: a, out_features: 4}\n"
        "  - Linear: {out_features: 4, shares: a}\n"
    )
    assert said(text, "linear")["params"].startswith("0, since they are those of a: in_features × out_features")
    assert said(text, "input") == {"shape": "4 (c)", "read by": "a"}


# Groups


def test_the_residual_decisions() -> None:
    assert said("mobilenet_v2", "stages.1.0")["residual"] == "auto: stride 2, so no add"
    assert said("mobilenet_v2", "stages.0.0")["residual"] == "auto: 32 → 16, so no add"
    adds = said("mobilenet_v2", "stages.1.1")["residual"]
    assert adds.startswith("auto: adds its input, since the stride is 1 and the shapes are equal | stages.1.1.add = ")
    projects = said("resnet50", "stages.1.0")["residual"]
    assert projects.startswith("project: adds its input, projected, since stride 2")
    assert "shortcut: stages.1.0.shortcut.conv2d, stages.1.0.shortcut.norm, gives 512×28×28" in projects


def test_a_rule_that_an_expression_gave_is_told_with_it() -> None:
    layers = "    layers: [{Conv2d: {out_channels: 3, kernel_size: 1}}]\n"
    text = "netdraw: 1\nname: n\ninput: [3, 8, 8]\nparams: {skip: true}\nlayers:\n  - residual: RULE\n" + layers
    rules = {"auto if skip else none": "auto if skip else none gives auto: adds its input", "none": "none, so no add"}
    for rule, expected in rules.items():
        net = netdraw.load(text.replace("RULE", rule))
        assert re.search(rf"residual +{expected}", net.explain("group"))
    assert "auto if skip else none gives none, so no add" in netdraw.load(
        text.replace("RULE", "auto if skip else none"), skip=False
    ).explain("group")


def test_a_group_has_its_ends_and_subtotals() -> None:
    net, found = netdraw.load("resnet50"), said("resnet50", "stages.1")
    assert found["input"] == "256×56×56 (c, h, w), from stages.0.2.after.act"
    assert found["output"] == "512×28×28 (c, h, w)" and found["title"] == "conv3_x"
    assert found["params"] == f"{net.analysis.groups['stages.1'].params:,}"
    assert found["holds"] == "0, 1, 2, 3"
    assert said("resnet50", "stages.1.0")["holds"].endswith("conv_bn_act_3, shortcut, add, after")


@pytest.mark.slow
@pytest.mark.parametrize("source", zoo_names())
def test_every_id_is_explained(source: str) -> None:
    net = network(source)
    step = 1 + len(net.graph.nodes) // 60
    for item in [*net.graph.nodes[::step], *net.graph.groups[::step]]:
        text = net.explain(item.id)
        assert text.startswith(f"{item.id}  ") and "= ? " not in text
    for node in net.graph.nodes[::step]:
        params = next(line for line in net.explain(node.id).splitlines() if line.startswith("  params "))
        assert node.shares or params.endswith(f"{net.analysis.nodes[node.id].params:,}")


@pytest.mark.parametrize(
    ("id", "hint"),
    [
        ("stages.1.0.cnv_bn_act", "did you mean 'stages.1.0.conv_bn_act'?"),
        ("conv2d", "there are conv_bn_act.conv2d, "),
        ("zzz", "it begins with conv_bn_act.conv2d, "),
    ],
)
def test_an_unknown_id_names_the_nearest(id: str, hint: str) -> None:
    with pytest.raises(OptionError) as caught:
        netdraw.load("mobilenet_v2").explain(id)
    assert f"{id}: ND012 mobilenet_v2 has no layer or group '{id}'; {hint}" in str(caught.value)
