"""What CONTRIBUTING says of a new format is done: as a file of ours, and as an entry point of another package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import netdraw
from netdraw.type.primitives import Group, Item, Text

ROOT = Path(__file__).resolve().parent.parent
ENTRY = "[netdraw.renderers]\ntikz = their_tikz:TIKZ\n"


def example() -> str:
    """The module that CONTRIBUTING shows."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (code,) = re.findall(
        r"^```python\n(.*?)^```$", text[text.index("**A format**") :].split("**A layout**")[0], re.M | re.S
    )
    return str(code)


def ours(folder: Path) -> None:
    shutil.copytree(ROOT / "netdraw", folder / "netdraw", ignore=shutil.ignore_patterns("__pycache__"))
    for data in ("specs", "templates"):
        shutil.copytree(ROOT / data, folder / "netdraw/_data" / data)
    (folder / "netdraw/render/tikz.py").write_text(example(), encoding="utf-8")


def theirs(folder: Path) -> None:
    (folder / "their_tikz.py").write_text(example(), encoding="utf-8")
    (folder / "their_tikz-1.dist-info").mkdir()
    (folder / "their_tikz-1.dist-info/entry_points.txt").write_text(ENTRY, encoding="utf-8")
    (folder / "their_tikz-1.dist-info/METADATA").write_text("Name: their_tikz\nVersion: 1\n", encoding="utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "netdraw", *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def texts(items: tuple[Item, ...]) -> list[str]:
    found = []
    for item in items:
        found += texts(item.items) if isinstance(item, Group) else [item.text] if isinstance(item, Text) else []
    return found


@pytest.mark.parametrize("place", [ours, theirs])
def test_a_new_format_is_one_file(place: type, tmp_path: Path) -> None:
    place(tmp_path)
    done = run(tmp_path, "render", "resnet18", "-o", "resnet18.tikz")
    assert done.returncode == 0, done.stderr
    picture = (tmp_path / "resnet18.tikz").read_text(encoding="utf-8")
    assert picture.startswith(r"\begin{tikzpicture}") and picture.endswith("\\end{tikzpicture}\n")
    assert picture.count(r"\node") == len(texts(netdraw.draw("resnet18").scene.items)) > 40
    assert "tikz" in run(tmp_path, "list", "formats").stdout
    refused = run(tmp_path, "render", "resnet18", "-o", "x.tikz", "--scale", "2")
    assert refused.returncode and "--scale" in refused.stderr and not (tmp_path / "x.tikz").exists()
