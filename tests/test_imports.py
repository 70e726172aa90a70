"""What may import what, the one door of each package from outside, and what is loaded on the way to a figure."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "netdraw"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)

LAYERS = [
    {"errors", "collector", "registry", "resources", "numbers"},
    {"fontfiles"},
    {"text", "userfont"},
    {"typeface"},
    {"ops"},
    {"spec"},
    {"sources", "settings"},
    {"graph"},
    {"analysis"},
    {"diagram"},
    {"comparison"},
    {"styles", "themes"},
    {"layout"},
    {"scene"},
    {"render"},
    {
        *(
            "cost",
            "explain",
            "fitting",
            "fontoption",
            "importers",
            "lining",
            "manual",
            "medium",
            "options",
            "output",
            "page",
        ),
        *("summary", "templating"),
    },
    {"remarks"},
    {"drawing"},
    {"network"},
    {"changes", "charts"},
    {"api"},
    {"checking", "differing", "formats", "listing", "starter"},
    {"charting", "points"},
    {"comparisons"},
    {"comparing", "sweeping"},
    {"site", "ext", "cli"},
]
"""A part may import those of its line and of the lines above. The top of the package imports when it is asked."""
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}

STAGES = {"analysis", "diagram", "graph", "layout", "ops", "render", "scene", "spec", "styles", "themes"}
"""What the ways in reach through the top of the package alone."""

DOORS = {
    "brotli": set[str](),
    "click": {"cli/"},
    "fontTools": {"fontfiles.py", "userfont.py"},
    "graphviz": {"layout/dot.py", "render/dot.py"},
    "jinja2": {"templating.py"},
    "reportlab": {"render/pdffile.py"},
    "resvg_py": {"render/png.py"},
    "yaml": {"spec/source.py"},
}
"""Files, or folders, that may import a package from outside; one that is not named here may not be imported."""

LOADED = {"click", "yaml"}
"""What `netdraw render mobilenet_v2 -o x.svg` loads besides the standard library and netdraw."""
HEAVY = {"asyncio", "dataclasses", "email", "importlib.metadata", "importlib.resources", "logging", "unittest"}
"""Of the standard library, what it must not load."""


def imports(file: str) -> Iterator[tuple[str, int]]:
    """The full name of each module that a file imports, anywhere in it, and the line."""
    parts = ["netdraw", *file.removesuffix(".py").removesuffix("/__init__").split("/")]
    package = parts if file.endswith("__init__.py") else parts[:-1]
    for node in ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *(node.module or "").split(".")]).rstrip(".")
            if name == "netdraw":
                named = ((f"netdraw.{alias.name}", node.lineno) for alias in node.names)
                yield from (found for found in named if part(found[0]) in RANK)
            else:
                yield name, node.lineno


def part(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("file", FILES)
def test_the_arrows_point_one_way(file: str) -> None:
    own = file.split("/")[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    assert own in RANK, f"{own} has no place among the layers"
    for module, line in imports(file):
        if module.startswith("netdraw."):
            other = part(module)
            assert RANK[other] <= RANK[own], f"netdraw/{file}:{line} imports {module}"


@pytest.mark.parametrize("file", FILES)
def test_the_ways_in_do_not_reach_into_the_stages(file: str) -> None:
    if file.split("/")[0] in ("site", "ext", "cli"):
        for module, line in imports(file):
            if module.startswith("netdraw.") and part(module) in STAGES:
                pytest.fail(f"netdraw/{file}:{line} imports {module}")


@pytest.mark.parametrize("file", FILES)
def test_a_package_from_outside_has_one_door(file: str) -> None:
    for module, line in imports(file):
        name = module.split(".")[0]
        if name != "netdraw" and name not in sys.stdlib_module_names:
            doors = DOORS.get(name, set())
            assert any(file == door or (file.startswith(door) and door.endswith("/")) for door in doors), (
                f"netdraw/{file}:{line} imports {name}; its doors are {sorted(doors)}"
            )


def loaded(code: str, *arguments: str, cwd: Path) -> set[str]:
    """The modules that a fresh process loads while it runs the code."""
    text = (
        f"import sys, json\nbefore = set(sys.modules)\n{code}\njson.dump(sorted(set(sys.modules) - before), sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", text, *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def outside(modules: set[str]) -> set[str]:
    """The packages among them that are neither of the standard library nor ours, nor made up by a C extension."""
    names = {module.split(".")[0] for module in modules} - set(sys.stdlib_module_names) - {"netdraw"}
    return {name for name in names if "cython" not in name and name != "_yaml"}


def test_importing_netdraw_loads_nothing_from_outside(tmp_path: Path) -> None:
    assert outside(loaded("import netdraw", cwd=tmp_path)) == set()


RENDER = """
from netdraw.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


FURTHER = {
    *("netdraw.diagram.closing", "netdraw.diagram.kinds", "netdraw.diagram.once", "netdraw.layout.panels"),
    *("netdraw.diagram.cut", "netdraw.diagram.marks", "netdraw.diagram.only", "netdraw.diagram.select"),
    *("netdraw.scene.contrast", "netdraw.scene.frames", "netdraw.userfont"),
    *("netdraw.layout.dot", "netdraw.layout.engine", "subprocess"),
}
"""What a figure that fits as it was asked does not need."""


def test_what_a_figure_loads(tmp_path: Path) -> None:
    modules = loaded(RENDER, "render", "mobilenet_v2", "-o", "x.svg", cwd=tmp_path)
    assert os.listdir(tmp_path) == ["x.svg"]
    assert outside(modules) == LOADED
    assert modules & HEAVY == set()
    assert modules & FURTHER == set()
