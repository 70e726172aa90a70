"""What CONTRIBUTING says of a new option is done, in a copy of the package, and all follows that it says will."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASKED = """
import inspect, json, sys
import netdraw
from click.testing import CliRunner
from netdraw.cli import cli
from netdraw.figure.options import derived

def run(*words):
    done = CliRunner().invoke(cli, words, prog_name="netdraw")
    return done.exit_code, done.stdout, done.stderr

said = {}
try:
    netdraw.draw("lenet", notee="x")
except netdraw.NetdrawError as error:
    said["near"] = str(error)
try:
    netdraw.draw("lenet", note=3)
except netdraw.NetdrawError as error:
    said["wrong"] = str(error)
said["signature"] = repr(inspect.signature(netdraw.Network.draw).parameters["note"])
said["help"] = run("render", "--help")[1]
said["svg"] = run("render", "lenet", "-o", "-", "--note", "Trained by us.")[1]
said["plain"] = run("render", "lenet", "-o", "-")[1]
said["dot"] = run("render", "lenet", "-f", "dot", "-o", "-", "--note", "x")[2]
said["schema"] = json.loads(run("schema", "view")[1])["properties"]["note"]
said["docs"] = [line for line in derived.page() if "note" in line]
said["types"] = derived.keywords()
print(json.dumps(said))
"""


def blocks(language: str) -> list[str]:
    """The fenced texts of what CONTRIBUTING says of an option."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text[text.index("**An option**") :].split("\nPackages of others")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def test_a_new_option_is_a_row_and_what_it_does(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "netdraw", tmp_path / "netdraw", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("specs", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / "netdraw/_data" / folder)
    (row,), (change,) = blocks("python"), blocks("diff")
    table, used = tmp_path / "netdraw/figure/options/table.py", tmp_path / "netdraw/api/network.py"
    text = table.read_text(encoding="utf-8")
    assert text.rstrip().count("\nOPTIONS = (\n") == 1
    table.write_text(text.replace("\nOPTIONS = (\n", f"\nOPTIONS = (\n{row.rstrip()},\n"), encoding="utf-8")
    before, after = (re.findall(rf"^\{sign}(.*)$", change, re.MULTILINE)[0] for sign in "-+")
    text = used.read_text(encoding="utf-8")
    assert text.count(before) == 1
    used.write_text(text.replace(before, after), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["near"] == "ND620 unknown option 'notee'; did you mean 'note'?"
    assert said["wrong"] == "'note': ND623 'note' takes a text, not 3"
    assert "note: 'str' = ''" in said["signature"] and "    note: str" in said["types"]
    assert "--note TEXT" in said["help"] and "A sentence of your own" in said["help"]
    assert "Trained by us." in said["svg"] and '"view":{"note":"Trained by us."}' in said["svg"]
    assert "Trained by us." not in said["plain"] and '"view":{}' in said["plain"]
    assert "--note: ND673 --note is no option of --format dot; it is one of pdf, png, svg" in said["dot"]
    assert said["schema"] == {
        "description": "A sentence of your own at the end of the caption.",
        "type": "string",
        "default": "",
    }
    assert len(said["docs"]) == 1
