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
    caches = (library.library_block, library._files, library._read)

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
