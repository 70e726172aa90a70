"""Each file of `bad/` has its faults, word for word, beside it in `golden/bad/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nets import IMAGE, built, codes

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def faults(text: str) -> str:
    from netdraw.errors import Faults
    from netdraw.graph.builder import build
    from netdraw.spec.parser import parse

    found = Faults()
    spec = parse(text, "net.yaml", found)
    rest = build(spec).faults if spec is not None else ()
    return "".join(f"{fault}\n" for fault in (*found.sorted(), *rest))


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_bad_input(file: Path, golden: Callable[[str, str], None]) -> None:
    text = faults(file.read_text(encoding="utf-8"))
    assert "ND" in text
    golden(f"bad/{file.stem}.txt", text)


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_every_fault_has_a_place_in_the_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    for fault in faults(text).splitlines():
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


def test_200_000_nodes_are_the_limit() -> None:
    assert codes("layers:\n  - layers: [ReLU, ReLU]\n    repeat: 100001\n") == ["ND506"]


def test_bytes_that_are_no_text() -> None:
    from netdraw.errors import Faults
    from netdraw.spec.parser import parse

    for data in (b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfen\x00e\x00", bytes(range(256))):
        found = Faults()
        assert parse(data, "net.yaml", found) is None
        assert [fault.code for fault in found.items] == ["ND004"]


def test_what_is_wrong_is_never_a_traceback() -> None:
    """Every prefix of a spec, and every spec with one line left out, is read without an exception."""
    text = (Path(__file__).parents[1] / "specs" / "resnet.yaml").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for cut in range(len(lines)):
        built("".join(lines[:cut]) or " ")
        built("".join(lines[:cut] + lines[cut + 1 :]))
