"""Same input, same bytes: whatever the hash seed, the folder, the locale, and the programs on the path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = {"PYTHONHASHSEED": "0", "LC_ALL": "C"}


FILES = ("net.svg", "net.png", "net.pdf")


def rendered(folder: Path, source: str, **environment: str) -> dict[str, bytes]:
    """What `netdraw render` writes in a process of its own, by file."""
    folder.mkdir(exist_ok=True)
    outputs = [part for name in FILES for part in ("-o", name)]
    command = [sys.executable, "-m", "netdraw", "render", "-q", source, "--scale", "0.5", *outputs]
    subprocess.run(command, cwd=folder, env={**os.environ, **BASE, **environment}, check=True)
    return {name: (folder / name).read_bytes() for name in FILES}


def fake_dot(folder: Path) -> str:
    """A PATH on which a `dot` is found that must not be asked for anything."""
    folder.mkdir()
    for name in ("dot", "graphviz-pure"):
        program = folder / name
        program.write_text("#!/bin/sh\necho ran >> " + str(folder / "log") + "\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
    return str(folder)


@pytest.mark.slow
@pytest.mark.parametrize("source", ["mobilenet_v2", pytest.param("resnet50", marks=pytest.mark.sweep)])
def test_the_same_bytes(source: str, tmp_path: Path) -> None:
    bin = fake_dot(tmp_path / "bin")
    runs = {
        "a second run": ("a", {}),
        "another folder and hash seed": ("b c", {"PYTHONHASHSEED": "1"}),
        **{locale: ("a", {"LC_ALL": locale, "LANG": locale}) for locale in ("C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")},
        "St John's": ("a", {"TZ": "America/St_Johns", "SOURCE_DATE_EPOCH": ""}),
        "Tokyo": ("a", {"TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1700000000"}),
        "with dot": ("a", {"PATH": bin + os.pathsep + os.environ["PATH"]}),
        "without dot": ("a", {"PATH": str(tmp_path / "a")}),
    }
    first = rendered(tmp_path / "a", source)
    for what, (folder, environment) in runs.items():
        found = rendered(tmp_path / folder, source, **environment)
        assert [name for name in FILES if found[name] != first[name]] == [], what
    assert not (tmp_path / "bin" / "log").exists()


@pytest.mark.slow
def test_a_file_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    spec = "netdraw: 1\nname: net\ninput: [3, 32, 32]\nlayers:\n  - ConvBNAct: 8\n  - Flatten\n  - Linear: 10\n"
    figures = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        (folder / "net.yaml").write_text(spec, encoding="utf-8")
        figures.append(rendered(folder, "net.yaml"))
    figures.append(rendered(tmp_path / "c", str(tmp_path / "a" / "net.yaml")))
    assert figures[0] == figures[1] == figures[2]
