"""What no file of ours may say, and the characters that may be drawn."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from netdraw.type import text

ROOT = Path(__file__).resolve().parent.parent
DRAWN = ["analysis", "diagram", "layout", "core/numbers.py", "ops", "scene", "styles"]
"""The parts of the package whose texts may end up in a figure."""

HOMES = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|mnt)/|\b[A-Z]:\\\\?Users")
HOSTS = re.compile(
    r"\b(?:[a-z0-9-]+\.)*(?:" + "|".join(["py" + "pi", "pythonhost" + "ed", "npm" + "js"]) + r")\.(?:org|com)"
)


def files() -> Iterator[Path]:
    """The files that are tracked or about to be; of an unpacked sdist all."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        yield from (ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file())
    else:
        hidden = {".venv", "__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
        yield from (path for path in sorted(ROOT.rglob("*")) if path.is_file() and not hidden & set(path.parts))


@pytest.mark.parametrize("pattern", [HOMES, HOSTS], ids=["homes", "hosts"])
def test_no_file_names_a_place_on_one_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = []
    for file in files():
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{file.relative_to(ROOT)}:{n}: {line[:100]}" for n, line in enumerate(lines, 1) if pattern.search(line)
        ]
    assert found == []


def test_no_lock_file() -> None:
    assert not [file.name for file in files() if file.suffix == ".lock"]


SKETCHED = "⇄"
"""Stands in DOT alone, which is drawn in the reader's fonts."""


def literals(file: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module that is no docstring, with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def test_what_we_write_into_figures_is_in_our_fonts() -> None:
    lacking = []
    for name in DRAWN:
        part = ROOT / "netdraw" / name
        for file in sorted(part.rglob("*.py")) if part.is_dir() else [part]:
            for line, literal in literals(file):
                printable = "".join(
                    character for character in literal if character.isprintable() and character != SKETCHED
                )
                if missing := text.missing(printable):
                    lacking.append(f"{file.relative_to(ROOT)}:{line}: {' '.join(missing)}")
    assert lacking == []


@pytest.mark.parametrize("file", sorted((ROOT / "specs").glob("*.yaml")), ids=lambda file: file.stem)
def test_what_a_spec_says_is_in_our_fonts(file: Path) -> None:
    assert text.missing(file.read_text(encoding="utf-8").replace("\n", "")) == ()


def test_the_signs_of_figures_are_in_our_fonts() -> None:
    greek = "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
    assert text.missing("→×²³·−≥≤≈…′‖↑↓±–—“”‘’" + greek) == ()
