"""What README says holds: its specs, figures, numbers, commands and its Python."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import nets
import pytest

from netdraw.cli import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


LINES = [line for block in blocks("sh") for line in block.splitlines()]
COMMANDS = [
    part for line in LINES for part in line.replace(".venv/bin/", "").split(" && ") if part.startswith("netdraw ")
]


def gallery() -> ModuleType:
    """The script that draws README's figures."""
    spec = importlib.util.spec_from_file_location("build_gallery", ROOT / "scripts" / "build_gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_figures_are_what_the_tool_makes_today() -> None:
    figures: dict[str, bytes] = gallery().figures()
    assert {"mobilenet_v2.svg", "tiny_cifar.svg"} <= set(figures)
    for name, data in figures.items():
        assert f"gallery/{name}" in README
        assert (ROOT / "gallery" / name).read_bytes() == data, "run scripts/build_gallery.py and look at the figure"


def test_a_picture_is_at_the_top() -> None:
    assert README.splitlines()[2].startswith("![MobileNetV2")


def test_the_first_spec_is_short_and_stands_beside_its_figure() -> None:
    first = blocks("yaml")[0]
    assert first.startswith("netdraw: 1") and len(first.splitlines()) <= 15
    beside = README[README.index(first) : README.index("</table>")]
    assert "gallery/tiny_cifar.svg" in beside


def test_the_table_is_the_one_of_the_spec() -> None:
    def lines(text: str) -> list[str]:
        return [stripped for line in text.splitlines() if (stripped := line.partition("#")[0].strip())]

    (part,) = [block for block in blocks("yaml") if block.startswith("- stages")]
    whole = lines((ROOT / "specs" / "mobilenet_v2.yaml").read_text(encoding="utf-8"))
    start = whole.index(lines(part)[0])
    assert whole[start : start + len(lines(part))] == lines(part)


def test_the_numbers_are_computed() -> None:
    net = nets.zoo("mobilenet_v2")
    done = [did for did, _ in nets.residuals(net).values()]
    params, macs = nets.costs(net)
    said = f"{len(done)} blocks, {done.count('add')} of which add, {params:,} parameters and {macs:,} multiply-adds"
    assert said in " ".join(README.split())


def test_two_lines_install() -> None:
    first, second = [line for line in LINES if line.startswith("python3 -m venv")]
    assert "pip install . &&" in first and first.endswith(COMMANDS[0])
    assert "pip install -e '.[test]' &&" in second and "pytest" in second


def test_what_the_line_leaves_out_runs_in_ci() -> None:
    options = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert '"-m", "not sweep"]' in options and "\nstep .venv/bin/pytest -n auto -m sweep\n" in script


def test_the_commands_are_all_there() -> None:
    listed = re.findall(r"^\| `netdraw (\w+)", README, re.MULTILINE)
    assert sorted(listed) == sorted(cli.list_commands(click.Context(cli)))


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_line_runs(command: str, tmp_path: Path) -> None:
    arguments = shlex.split(command)[1:]
    subprocess.run([sys.executable, "-m", "netdraw", *arguments], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    for name in re.findall(r"-o (\S+)", command):
        assert (tmp_path / name).stat().st_size > 1000


def test_the_explanation_is_what_the_command_prints() -> None:
    (text,) = blocks("text")
    (command,) = [command for command in COMMANDS if " explain " in command]
    arguments = [sys.executable, "-X", "utf8", "-m", "netdraw", *command.split()[1:]]
    done = subprocess.run(arguments, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.startswith(text)


def test_the_python_runs(tmp_path: Path) -> None:
    (code,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "1,968,680 parameters" in done.stdout
    assert (tmp_path / "mobilenet_v2_050.svg").read_bytes().startswith(b"<svg")
