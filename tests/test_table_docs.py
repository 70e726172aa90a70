"""The pages on costs and tables: their commands print what stands below them, and their Python runs."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from netdraw.cli import cli

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("cost.md", "tables.md", "comparing.md")
FENCES = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> Iterator[object]:
    """Every block in a language, and the output that stands after it, "" for none."""
    for page in PAGES:
        found = FENCES.findall((DOCS / page).read_text(encoding="utf-8"))
        for place, (kind, code) in enumerate(found):
            if kind == language:
                after = found[place + 1] if place + 1 < len(found) else ("", "")
                yield pytest.param(code, after[1] if after[0] == "text" else "", id=f"{page}-{place}")


@pytest.mark.slow
@pytest.mark.parametrize(("code", "expected"), list(blocks("sh")))
def test_a_command_prints_what_the_page_says(
    code: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (line,) = code.replace("\\\n", "").splitlines()
    result = CliRunner().invoke(cli, shlex.split(line)[1:], prog_name="netdraw")
    assert result.exit_code == 0, result.output
    assert expected.rstrip("\n") in result.stdout
    assert bool(result.stdout) == (" -o " not in line)
    for name in re.findall(r"-o (\S+)", line):
        assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize(("code", "expected"), list(blocks("python")))
def test_the_python_runs(code: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "page", "exec"), {})
    assert out.getvalue().endswith(expected)


def test_the_rules_name_every_form() -> None:
    from netdraw.tables.paper import FORMS

    page = (DOCS / "tables.md").read_text(encoding="utf-8")
    assert all(f"**{form}.**" in page for form in FORMS if form != "paper")
