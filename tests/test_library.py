"""The library of blocks: which file a block is in, and what is said where a file is none of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nets import built, errors, graph

from netdraw.core.errors import SpecError
from netdraw.manual.entries import entry
from netdraw.ops import OPS
from netdraw.spec import library

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a block in a file of a library that stands in place of ours."""
    (tmp_path / "blocks").mkdir()
    caches = (library.library_block, library.library_names, library._files, library._read)

    def file(name: str, block: str) -> None:
        text = (
            f"{block}:\n  params: {{out: required}}\n  layers:\n    - Conv2d: {{out_channels: out, kernel_size: 1}}\n"
        )
        (tmp_path / "blocks" / name).write_text(text, encoding="utf-8")

    ours = library.resources.package_path

    def path(folder: str, *parts: str) -> str:
        return str(tmp_path.joinpath(folder, *parts)) if folder == "blocks" else ours(folder, *parts)

    with monkeypatch.context() as patch:
        patch.setattr(library.resources, "package_path", path)
        for cache in caches:
            cache.cache_clear()
        yield file
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(
    ("block", "file", "segment"),
    [
        ("MBConv", "mbconv", "mb_conv"),
        ("MBConv", "mb_conv", "mb_conv"),
        ("FPNBlock", "fpn_block", "fpn_block"),
        ("FPNBlock", "fpnblock", "fpn_block"),
        ("SEBlock", "seblock", "se_block"),
        ("MixConv2", "mix_conv_2", "mix_conv2"),
    ],
)
def test_underlines_in_the_name_of_a_file_are_free(write: Write, block: str, file: str, segment: str) -> None:
    write(f"{file}.yaml", block)
    (node,) = graph(f"layers: [{block}: 8]").nodes
    assert node.id == f"{segment}.conv2d" and node.span is not None and node.span.path == f"netdraw/blocks/{file}.yaml"
    assert f"  {block}:\n" in (entry(block) or "")


def test_a_name_that_differs_in_capitals_is_another(write: Write) -> None:
    write("mbconv.yaml", "MBConv")
    (error,) = errors(built("layers: [MbConv: 8]"))
    assert error.endswith("ND103 unknown op or block 'MbConv'; did you mean 'MBConv'?")


def test_two_files_that_could_be_meant(write: Write) -> None:
    write("mbconv.yaml", "MBConv")
    write("mb_conv.yaml", "MBConv")
    said = "mb_conv.yaml and mbconv.yaml could both be the file of the block MBConv; a block has one"
    with pytest.raises(SpecError, match=said):
        graph("layers: [MBConv: 8]")
    assert len(graph("layers: [ReLU]").nodes) == 1


def test_a_file_under_another_name_is_told_once_its_block_is_called(write: Write) -> None:
    write("mobile.yaml", "MBConv")
    said = r"netdraw/blocks/mobile.yaml:1:1: ND123 the file of the block MBConv is called mb_conv.yaml, not mobile.yaml"
    with pytest.raises(SpecError, match=said):
        graph("layers: [MBConv: 8]")


def test_what_is_proposed_can_be_called() -> None:
    names = library.names_with({})
    assert set(names.known()) == {*OPS.names(), *library.library_names()}
    assert all(names.target(name) is not None for name in names.known())


def test_no_file_is_parsed_for_the_names_that_are_proposed() -> None:
    for cache in (library.library_names, library._read):
        cache.cache_clear()
    assert "ConvBNAct" in library.library_names()
    assert library._read.cache_info().currsize == 0


# Kernels of 3 and 5, every one of which takes the dilation; a 1×1 sees one place at any.
DILATED = {
    "ActConvNorm: {out_channels: 8, kernel_size: 3, ": ["conv2d"],
    "BasicBlock: {out_channels: 8, ": ["conv_bn_act.conv2d", "conv_bn_act_2.conv2d"],
    "Bottleneck: {out_channels: 8, ": ["conv_bn_act_2.conv2d"],
    "C2f: {out_channels: 8, ": [
        "group.0.parallel.new.group.conv_bn_act.conv2d",
        "group.0.parallel.new.group.conv_bn_act_2.conv2d",
    ],
    "C3: {out_channels: 8, ": ["parallel.deep.group.0.conv_bn_act_2.conv2d"],
    "ConvBNAct: {out_channels: 8, ": ["conv2d"],
    "ConvNeXtBlock: {": ["conv2d"],
    "DenseBlock: {num_layers: 1, ": ["dense_layer.0.parallel.new.conv2d_2"],
    "DenseLayer: {": ["parallel.new.conv2d_2"],
    "DepthwiseSeparable: {out_channels: 8, ": ["conv_bn_act.conv2d"],
    "DoubleConv: {out_channels: 8, ": ["conv_bn_act.conv2d", "conv_bn_act_2.conv2d"],
    "Fire: {squeeze: 4, ": ["parallel.expand_3x3.conv_bn_act.conv2d"],
    "FusedMBConv: {out_channels: 8, ": ["conv_bn_act.conv2d"],
    "GhostBottleneck: {mid_channels: 16, out_channels: 8, stride: 2, ": [
        "conv_bn_act.conv2d",
        "ghost_module.parallel.cheap.conv_bn_act.conv2d",
        "ghost_module_2.parallel.cheap.conv_bn_act.conv2d",
        "shortcut.conv_bn_act.conv2d",
    ],
    "GhostModule: {out_channels: 8, ": ["parallel.cheap.conv_bn_act.conv2d"],
    "InvertedResidual: {out_channels: 8, ": ["conv_bn_act_2.conv2d"],
    "MBConv: {out_channels: 8, ": ["conv_bn_act_2.conv2d"],
    "PreActBottleneck: {out_channels: 8, ": ["conv_bn_act_2.conv2d"],
    "RepVGGBlock: {out_channels: 8, ": ["parallel.conv3.conv_bn_act.conv2d"],
    "ShuffleUnit: {out_channels: 8, groups: 2, ": ["parallel.deep.conv_bn_act_2.conv2d"],
    "ShuffleUnitV2: {out_channels: 8, ": ["group.conv_bn_act_2.conv2d"],
    "SeparableConv: {out_channels: 8, kernel_size: 5, ": ["conv2d"],
}
POINTWISE = {
    *("AttentionGate", "FactorizedReduction", "PatchMerging", "SPPF", "SqueezeExcite", "SwinBlock", "Transition")
}
"""Those whose convolutions are all 1×1."""
AS_PRINTED = {"ASPP", "CBAM", "FPN", "Inception", *(f"Inception{letter}" for letter in "ABCDE"), "PAN"}
"""Those that are as one paper has them; the rates of an ASPP are dilations themselves."""
OF_OTHER_INPUTS = {"TemporalBlock", "UpBlock"}
"""Those whose dilation is tested with their totals."""
WITHOUT = {"SelfAttention", "TransformerDecoderBlock", "TransformerEncoderBlock"}
"""Those that have no convolution."""


@pytest.mark.parametrize("call", DILATED)
def test_dilation_reaches_every_larger_kernel(call: str) -> None:
    plain, dilated = (graph(f"netdraw: 1\ninput: [8, 28, 28]\nlayers: [{{{call}dilation: {d}}}}}]") for d in (1, 3))
    found = {node.id.partition(".")[2] for node in dilated.nodes if node.attrs.get("dilation", (1, 1)) != (1, 1)}
    assert found == set(DILATED[call])
    larger = {node.id.partition(".")[2] for node in plain.nodes if max(node.attrs.get("kernel_size", (1,))) > 1}
    assert found == larger and {
        node.attrs["dilation"] for node in dilated.nodes if node.id.partition(".")[2] in found
    } == {(3, 3)}
    assert [node.outputs for node in plain.nodes] == [node.outputs for node in dilated.nodes]


def test_every_block_with_a_convolution_takes_a_dilation() -> None:
    blocks = {call.partition(":")[0] for call in DILATED} | POINTWISE
    assert blocks | AS_PRINTED | OF_OTHER_INPUTS | WITHOUT == set(library.library_names())


# torchvision.models.mobilenetv2.InvertedResidual: int(round(inp * expand_ratio)); MobileNetV3-Small expands 24 to 88.
@pytest.mark.parametrize(
    ("channels", "expand", "hidden"), [(24, "88 / 24", 88), (24, 3.67, 88), (16, 4.5, 72), (5, 2.5, 12), (7, 2.5, 18)]
)
def test_an_expansion_may_be_a_fraction(channels: int, expand: object, hidden: int) -> None:
    net = graph(
        f"netdraw: 1\ninput: [{channels}, 8, 8]\nlayers: [{{InvertedResidual: {{out_channels: 8, expand: {expand}}}}}]"
    )
    assert [node.attrs["out_channels"] for node in net.nodes if node.op == "Conv2d"] == [hidden, hidden, 8]
