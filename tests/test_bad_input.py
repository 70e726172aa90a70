"""Each file of `bad/` has its faults, word for word, beside it in `golden/bad/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nets import IMAGE, built, codes, errors

BAD = [
    pytest.param(file, id=file.stem, marks=[pytest.mark.slow] if file.stem.startswith("repeat_") else [])
    for file in sorted((Path(__file__).parent / "bad").glob("*.yaml"))
]


def faults(text: str) -> str:
    from netdraw.core.errors import Faults
    from netdraw.graph.builder import build
    from netdraw.spec.parser import parse

    found = Faults()
    spec = parse(text, "net.yaml", found)
    rest = build(spec, noted=found.items).faults if spec is not None else ()
    return "".join(f"{fault}\n" for fault in (*found.sorted(), *rest))


@pytest.mark.parametrize("file", BAD)
def test_bad_input(file: Path, golden: Callable[[str, str], None]) -> None:
    """Every fault has a place in the file, too."""
    text = file.read_text(encoding="utf-8")
    lines, found = text.split("\n"), faults(text)
    assert "ND" in found
    golden(f"bad/{file.stem}.txt", found)
    for fault in found.splitlines():
        path, line, column, rest = fault.split(":", 3)
        assert path == "net.yaml" and rest.startswith(" ND")
        assert 1 <= int(line) <= len(lines) and 1 <= int(column) <= len(lines[int(line) - 1]) + 1


def test_three_faults_come_out_in_one_run() -> None:
    text = (
        "layers:\n  - Conv2d: {out_channels: 8, kernel_size: 3, groups: 2}\n"
        "  - MaxPool2d: {kernel_size: 2, strid: 2}\n  - Flatten\n  - Linear: 10 * q\n"
    )
    assert sorted(codes(text)) == ["ND105", "ND203", "ND304"]


def test_one_early_fault_breeds_no_other() -> None:
    layers = "".join(f"  - ConvBNAct: {{out_channels: in_channels * 2, name: c{i}}}\n" for i in range(5))
    text = f"layers:\n  - Conv2d: {{out_channels: 8, kernel_size: 64}}\n{layers}  - Flatten\n  - Linear: 10\n"
    assert codes(text) == ["ND305"]
    assert codes(text.replace("Conv2d:", "Conv2D:", 1)) == ["ND103"]


def test_60_000_levels_of_nesting() -> None:
    assert codes(IMAGE + "layers: " + "[" * 60_000 + "]" * 60_000 + "\n") == ["ND502"]
    assert codes(IMAGE + "layers:\n  - Conv2d: {out_channels: " + "(" * 60_000 + "1, kernel_size: 1}\n")


@pytest.mark.parametrize("repeat", ["1000000000", "10**9", "999999999999999999"])
def test_repeats_without_end_are_refused_at_once(repeat: str) -> None:
    assert codes(f"layers:\n  - ReLU: {{repeat: {repeat}}}\n")


def test_a_file_of_more_than_4_mib() -> None:
    assert codes(IMAGE + "layers: [ReLU]\n# " + "x" * (4 * 2**20)) == ["ND501"]


@pytest.mark.slow
def test_200_000_nodes_are_the_limit() -> None:
    assert codes("layers:\n  - layers: [ReLU, ReLU]\n    repeat: 100001\n") == ["ND506"]


def test_bytes_that_are_no_text() -> None:
    from netdraw.core.errors import Faults
    from netdraw.spec.parser import parse

    for data in (b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfen\x00e\x00", bytes(range(256))):
        found = Faults()
        assert parse(data, "net.yaml", found) is None
        assert [fault.code for fault in found.items] == ["ND004"]


@pytest.mark.slow
def test_what_is_wrong_is_never_a_traceback() -> None:
    """Every prefix of a spec, and every spec with one line left out, is read without an exception."""
    text = (Path(__file__).parents[1] / "specs" / "resnet.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for cut in range(len(lines)):
        for result in (built("".join(lines[:cut]) or " "), built("".join(lines[:cut] + lines[cut + 1 :]))):
            assert result.graph.nodes or errors(result)


def test_a_fault_in_a_library_block_is_shown_at_the_users_call() -> None:
    text = "netdraw: 1\nname: n\ninput: [16]\nlayers:\n  - ReLU\n  - DepthwiseSeparable: 8\n"
    (fault,) = [fault for fault in built(text).faults if fault.severity == "error"]
    assert fault.span is not None and (fault.span.path, fault.span.line) == ("net.yaml", 6)
    assert fault.message.endswith("(in ConvBNAct)") or fault.message.endswith("(in DepthwiseSeparable)")


def test_a_fault_in_a_block_of_the_file_names_the_call() -> None:
    text = "blocks:\n  B: {layers: [{Conv2d: {out_channels: 2, kernel_size: 9}}]}\n"
    calls = "layers:\n  - B: {name: b_1}\n  - {MaxPool2d: 8}\n  - B: {name: b_2}\n"
    (fault,) = [fault for fault in built(text + calls).faults if fault.severity == "error"]
    assert fault.message.endswith("(in b_2, called in line 9)")


INPUTS = "netdraw: 1\nname: n\ninputs: {src: [3, 8, 8], tgt: [3, 8, 8]}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("layers: [{ReLU: 3}]\n", "ND105"),
        ("layers: [{Add: [a, b]}]\n", "ND105"),
        ("layers: [{ConvBNAct: {out_channels: 3, act: {ReLU: 3}}}]\n", "ND105"),
        ("layers:\n  - stages: ConvBNAct\n    columns: {out_channels: [], repeat: [1, 2]}\n", "ND312"),
        ("params: {d: []}\nlayers:\n  - stages: ConvBNAct\n    columns: {out_channels: [8, 8], repeat: d}\n", "ND312"),
        (
            "layers:\n  - stages: ConvBNAct\n    columns: {n: {ReLU: 3}, c: out_channels}\n    rows: [[1, 8], [1, 8]]\n",
            "ND116",
        ),
        ("layers:\n  - stages: ConvBNAct\n    columns: {c: out_channels}\n    rows: []\n", "ND312"),
        ("layers:\n  - stages: ConvBNAct\n    columns: {c: out_channels}\n    rows: [[1, 2]]\n", "ND312"),
        ("layers:\n  - stages: ConvBNAct\n    columns: {name: {a: b}, out_channels: [8]}\n", "ND114"),
        ("params: {variant: 1}\nlayers: [ReLU]\n", "ND117"),
        (INPUTS + "layers: [{ReLU: {name: tgt, from: src}}, {Add: {from: [src, tgt]}}]\n", "ND401"),
    ],
)
def test_what_once_was_a_traceback_or_a_lie(text: str, code: str) -> None:
    assert code in codes(text)


def test_titles_of_rows_are_texts() -> None:
    text = "layers:\n  - stages: ConvBNAct\n    columns: {name: [1, none], out_channels: [8, 9]}\n"
    from nets import graph

    assert [group.title for group in graph(text).groups if group.kind == "row"] == ["1", "none"]
