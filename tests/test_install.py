"""Wheel, sdist and editable checkout install into empty environments, and draw the same from each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import netdraw
from netdraw.spec.source import compile_texts

ROOT = Path(__file__).resolve().parent.parent
HERE = {"PYTHONPATH": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, run where no checkout lies."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **HERE},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def built(kind: str, folder: Path) -> Path:
    """The file that `python -m build --KIND` makes of the checkout."""
    run(sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, ROOT, cwd=folder.parent)
    (file,) = folder.iterdir()
    return file


def requirement(kind: str, folder: Path) -> list[str | Path]:
    """What pip is to install."""
    return ["-e", ROOT] if kind == "editable" else [built(kind, folder)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["wheel", *(pytest.param(one, marks=pytest.mark.sweep) for one in ("sdist", "editable"))]
)
def test_an_installed_netdraw_draws_the_same_bytes(kind: str, tmp_path: Path) -> None:
    environment, cwd = tmp_path / "environment", tmp_path / "elsewhere"
    cwd.mkdir()
    run(sys.executable, "-m", "venv", environment, cwd=cwd)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", *requirement(kind, tmp_path / "dist"), cwd=cwd)
    program = shutil.which("netdraw", path=str(programs))
    assert program is not None
    run(program, "render", "mobilenet_v2", "-o", "net.svg", "-o", "net.png", "-o", "net.pdf", cwd=cwd)
    drawing = netdraw.draw("mobilenet_v2")
    assert (cwd / "net.svg").read_bytes() == drawing.to_bytes("svg")
    assert (cwd / "net.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (cwd / "net.pdf").read_bytes() == drawing.to_bytes("pdf")
    code = "import netdraw, importlib.metadata as m; print(netdraw.__version__, m.version('netdraw'), netdraw.__file__)"
    version, recorded, file = run(programs / "python", "-c", code, cwd=cwd).split(maxsplit=2)
    assert version == recorded == netdraw.__version__
    assert Path(file.strip()).is_relative_to(ROOT if kind == "editable" else environment)
    assert not (ROOT / "netdraw" / "_data").exists()


def tracked() -> set[str]:
    """The files of the checkout as git knows them."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a checkout")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return {name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()}


@pytest.mark.slow
def test_the_wheel_has_the_package_its_data_and_the_licences(tmp_path: Path) -> None:
    files = tracked()
    compile_texts()
    with zipfile.ZipFile(built("wheel", tmp_path / "dist")) as wheel:
        names = set(wheel.namelist())
    expected = {name for name in files if name.startswith("netdraw/")}
    expected |= {f"netdraw/_data/{name}" for name in files if name.startswith(("specs/", "templates/"))}
    found = {name for name in names if ".dist-info/" not in name}
    assert expected <= found
    assert not {name for name in found if not name.startswith("netdraw/") or "__pycache__" in name}
    licences = {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "OFL-NotoSansSC.txt", "OFL-SourceSans.txt"}


@pytest.mark.slow
def test_the_sdist_has_all_that_is_tracked(tmp_path: Path) -> None:
    files = tracked()
    compile_texts()
    with tarfile.open(built("sdist", tmp_path / "dist")) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert files - names <= {".gitattributes"}
    assert not {name for name in names if "__pycache__" in name}
