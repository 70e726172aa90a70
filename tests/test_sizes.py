"""How large things may be: functions, their parameters, modules; and records of many fields are made by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "netdraw"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)

LINES, PARAMETERS, FIELDS, MODULE = 45, 8, 4, 350


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}", node


def test_no_function_is_long() -> None:
    assert [place for place, node in functions() if (node.end_lineno or 0) - node.lineno >= LINES] == []


def test_many_parameters_are_keywords() -> None:
    def positional(node: ast.FunctionDef) -> list[str]:
        names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        return names[1:] if names[:1] in (["self"], ["cls"]) else names

    assert [place for place, node in functions() if len(positional(node)) > PARAMETERS] == []


def test_no_module_is_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert [f"{path.relative_to(PACKAGE)}: {count}" for path, count in lengths.items() if count > MODULE] == []


def test_small_modules_stand_for_something() -> None:
    """A module of few lines is a door to a package from outside, registers something, or begins a command."""
    doors = {"core/gc_pause.py", "core/templating.py", "render/escape.py"}
    small = []
    for path in FILES:
        text, name = path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix()
        registers = ".add(" in text or "Registry[" in text or name.startswith("cli/")
        if len(text.splitlines()) < 40 and path.name not in ("__init__.py", "__main__.py"):
            small += [] if registers or name in doors else [name]
    assert small == []


def test_records_of_many_fields_are_made_by_name() -> None:
    """A value in the wrong place is then seen."""
    fields: dict[str, int] = {}
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "NamedTuple" for base in node.bases):
                count = sum(isinstance(part, ast.AnnAssign) for part in node.body)
                fields[node.name] = max(count, fields.get(node.name, 0))
    positional = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.func.id}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and fields.get(node.func.id, 0) > FIELDS
        if len(node.args) > FIELDS
    ]
    assert positional == []
