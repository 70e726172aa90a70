"""What may import what, the one door of each package from outside, and what is loaded on the way to a figure."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from netdraw.spec.source import compile_texts

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "netdraw"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)

ORDER = (
    *("core", "type", "ops", "spec", "graph", "analysis", "diagram", "themes", "styles", "layout", "scene", "render"),
    *("figure", "tables", "charts", "comparison", "changes", "cost", "manual", "api", "cli"),
)
"""The folders of the package: each may import those before it, and no other."""

STAGES = {"analysis", "diagram", "graph", "layout", "ops", "render", "scene", "spec", "styles", "themes"}
"""What the command line reaches through `api` alone."""

DOORS = {
    "brotli": set[str](),
    "click": {"cli/"},
    "fontTools": {"type/fontfiles.py", "type/userfont.py"},
    "graphviz": {"layout/graphviz/dot.py", "render/dot.py"},
    "jinja2": {"core/templating.py"},
    "reportlab": {"render/pdffile.py"},
    "resvg_py": {"render/png.py"},
    "typing_extensions": {"api/", "changes/difference.py", "figure/"},  # for types alone
    "yaml": {"spec/source.py"},
}
"""Files, or folders, that may import a package from outside; one that is not named here may not be imported."""

LATE = "# late:"
"""The comment of an import inside a function, with its reason: it is not needed on the way of most figures."""

LOADED = {"click"}
"""What `netdraw render mobilenet_v2 -o x.svg` loads besides the standard library and netdraw, texts being compiled."""
HEAVY = {
    *("asyncio", "dataclasses", "email", "encodings.utf_8_sig", "importlib.metadata", "importlib.resources", "locale"),
    *("logging", "unittest"),
}
"""Of the standard library, what it must not load."""


class Import(NamedTuple):
    """One imported module: its full name, the line, and whether it is imported in a function."""

    module: str
    line: int
    late: bool


@cache
def imports(file: str) -> tuple[Import, ...]:
    """All that a file imports, anywhere in it; of the package, the modules themselves."""
    parts = ["netdraw", *file.removesuffix(".py").removesuffix("/__init__").split("/")]
    package = parts if file.endswith("__init__.py") else parts[:-1]
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    early = set(map(id, tree.body))
    early |= {id(inner) for node in tree.body if isinstance(node, ast.If) for inner in node.body}  # for types alone
    found = []
    for node in ast.walk(tree):
        late = id(node) not in early
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno, late) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *filter(None, (node.module or "").split("."))])
            inner = [f"{name}.{alias.name}" for alias in node.names]
            found += [Import(full if full in MODULES else name, node.lineno, late) for full in inner]
    return tuple(dict.fromkeys(found))


def module_of(file: str) -> str:
    return ".".join(["netdraw", *file.removesuffix(".py").removesuffix("__init__").strip("/").split("/")]).rstrip(".")


MODULES = {module_of(file): file for file in FILES}


def ours(file: str) -> Iterator[tuple[str, Import]]:
    """The files of the package that a file imports."""
    for found in imports(file):
        if found.module in MODULES and MODULES[found.module] != file:
            yield MODULES[found.module], found


def test_at_the_top_stand_folders_alone() -> None:
    loose = {path.name for path in PACKAGE.iterdir() if path.is_file()}
    assert loose == {"__init__.py", "__main__.py", "py.typed"}
    folders = {file.split("/")[0] for file in FILES if "/" in file}
    assert folders == set(ORDER)


@pytest.mark.parametrize("folder", ORDER)
def test_the_arrows_point_one_way(folder: str) -> None:
    """Imports inside functions, and those for types alone, are arrows like the others."""
    allowed = ORDER[: ORDER.index(folder) + 1]
    wrong = [
        f"netdraw/{file}:{found.line} imports {found.module}"
        for file in FILES
        if file.startswith(folder + "/")
        for other, found in ours(file)
        if other.split("/")[0] not in allowed and other != "__init__.py"
    ]
    assert wrong == []


def rooms() -> list[str]:
    """Every folder of the package, with a slash at its end; the first is the package."""
    return sorted({"", *(file[: place + 1] for file in FILES for place, letter in enumerate(file) if letter == "/")})


@pytest.mark.parametrize("room", rooms())
def test_there_is_no_circle(room: str) -> None:
    """Neither between the modules of a folder nor between its rooms, each taken as one."""

    def part(file: str) -> str:
        return file.removeprefix(room).split("/")[0]

    arrows: dict[str, set[str]] = {}
    for file in FILES:
        if file.startswith(room) and file != "__init__.py":
            targets = (other for other, _ in ours(file) if other.startswith(room) and other != "__init__.py")
            arrows.setdefault(part(file), set()).update(part(other) for other in targets)
    for own, others in arrows.items():
        others.discard(own)
    try:
        tuple(TopologicalSorter(arrows).static_order())
    except CycleError as error:
        pytest.fail(f"netdraw/{room}: {' ← '.join(error.args[1])}")


def test_the_parts_of_the_whole_tree_make_no_circle() -> None:
    """Module by module, across all folders."""
    arrows = {file: {other for other, _ in ours(file) if other != "__init__.py"} for file in FILES if "/" in file}
    tuple(TopologicalSorter(arrows).static_order())


def test_the_command_line_does_not_reach_into_the_stages() -> None:
    wrong = [
        f"netdraw/{file}:{found.line} imports {found.module}"
        for file in FILES
        if file.startswith("cli/")
        for other, found in ours(file)
        if other.split("/")[0] in STAGES
    ]
    assert wrong == []


def test_imports_inside_functions_say_why() -> None:
    """All of `cli` imports what a command needs when it is called; packages from outside have their doors."""
    silent = []
    for file in FILES:
        lines = (PACKAGE / file).read_text(encoding="utf-8").splitlines()
        for found in imports(file):
            text = lines[found.line - 1]
            inner = found.late and found.module.startswith("netdraw.")
            if inner and not file.startswith("cli/") and file != "__init__.py" and LATE not in text:
                silent.append(f"netdraw/{file}:{found.line} {text.strip()}")
    assert silent == []


def test_a_package_from_outside_has_one_door() -> None:
    wrong = []
    for file in FILES:
        for found in imports(file):
            name = found.module.split(".")[0]
            if name != "netdraw" and name not in sys.stdlib_module_names:
                doors = DOORS.get(name, set())
                if not any(file == door or (file.startswith(door) and door.endswith("/")) for door in doors):
                    wrong.append(f"netdraw/{file}:{found.line} imports {name}; its doors are {sorted(doors)}")
    assert wrong == []


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
from netdraw.cli import cli
try:
    cli(prog_name="netdraw")
except SystemExit as end:
    assert not end.code, end.code
"""


FURTHER = {
    *(
        "netdraw.diagram.closing.closing",
        "netdraw.diagram.closing.blockkinds",
        "netdraw.diagram.closing.openblocks",
        "netdraw.layout.strip.panels",
    ),
    *(
        "netdraw.analysis.cut",
        "netdraw.diagram.elements.highlight",
        "netdraw.diagram.only",
        "netdraw.graph.select",
    ),
    *("netdraw.scene.contrast", "netdraw.scene.frames", "netdraw.type.userfont"),
    *("netdraw.graph.shares", "netdraw.spec.trees.data"),
    *(
        "netdraw.analysis.order",
        "netdraw.diagram.branches.forks",
        "netdraw.diagram.elements.forkgroups",
        "netdraw.diagram.tags",
        "netdraw.graph.branches",
        "netdraw.layout.strip.branches",
        "netdraw.ops.families.cut",
        "netdraw.ops.families.opaque",
    ),
    *("netdraw.layout.graphviz.dot", "netdraw.layout.graphviz.engine", "subprocess"),
}
"""What a figure without branches that fits as it was asked does not need."""


def test_what_a_figure_loads(tmp_path: Path) -> None:
    compile_texts()
    modules = loaded(RENDER, "render", "mobilenet_v2", "-o", "x.svg", cwd=tmp_path)
    assert os.listdir(tmp_path) == ["x.svg"]
    assert outside(modules) == LOADED
    assert modules & HEAVY == set()
    assert modules & FURTHER == set()
