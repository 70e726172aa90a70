"""Same input, same bytes: whatever the hash seed, the folder, the locale, and the programs on the path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = {"PYTHONHASHSEED": "0", "LC_ALL": "C"}


def render(folder: Path, *arguments: str, **environment: str) -> bytes:
    """What `netdraw render` writes in a process of its own."""
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "netdraw", "render", "-q", *arguments],
        cwd=folder,
        env={**os.environ, **BASE, **environment},
        check=True,
    )
    return (folder / arguments[-1]).read_bytes()


def fake_dot(folder: Path) -> str:
    """A PATH on which a `dot` is found that must not be asked for anything."""
    folder.mkdir()
    for name in ("dot", "graphviz-pure"):
        program = folder / name
        program.write_text("#!/bin/sh\necho ran >> " + str(folder / "log") + "\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("source", ["mobilenet_v2", "resnet50"])
@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_the_same_bytes(source: str, format: str, tmp_path: Path) -> None:
    name = f"net.{format}"
    first = render(tmp_path / "a", source, "-o", name)
    bin = fake_dot(tmp_path / "bin")
    assert first == render(tmp_path / "a", source, "-o", name), "a second run"
    assert first == render(tmp_path / "b c", source, "-o", name, PYTHONHASHSEED="1"), "another folder and hash seed"
    for locale in ("C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"):
        assert first == render(tmp_path / "a", source, "-o", name, LC_ALL=locale, LANG=locale), locale
    for zone, epoch in (("America/St_Johns", ""), ("Asia/Tokyo", "1700000000")):
        assert first == render(tmp_path / "a", source, "-o", name, TZ=zone, SOURCE_DATE_EPOCH=epoch), zone
    paths = {"with dot": bin + os.pathsep + os.environ["PATH"], "without": str(tmp_path / "a")}
    for what, path in paths.items():
        assert first == render(tmp_path / "a", source, "-o", name, PATH=path), what
    assert not (tmp_path / "bin" / "log").exists()


def test_a_file_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    spec = "netdraw: 1\nname: net\ninput: [3, 32, 32]\nlayers:\n  - ConvBNAct: 8\n  - Flatten\n  - Linear: 10\n"
    figures = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        (folder / "net.yaml").write_text(spec, encoding="utf-8")
        figures.append(render(folder, "net.yaml", "-o", "net.svg"))
    figures.append(render(tmp_path / "c", str(tmp_path / "a" / "net.yaml"), "-o", "net.svg"))
    assert len(set(figures)) == 1
