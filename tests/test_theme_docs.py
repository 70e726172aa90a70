"""Every theme in the manual is read without a fault, drawn, and right by the schema; every key is shown there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import netdraw
from netdraw.cli import cli
from netdraw.core import resources
from netdraw.manual.entries import schemas
from netdraw.themes.base import load, names
from netdraw.themes.check import COLOR_KEYS, KEYS
from netdraw.themes.model import Colors, Font, Shapes, Strokes

PAGE = (Path(__file__).parent.parent / "docs" / "themes.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = [
    *(resources.package_path("themes", f"{name}.yaml") for name in names()),
    *(Path(__file__).parent / "themes").glob("*.yaml"),
]
SCHEMA = schemas()["theme"]()


def faults(data: Any) -> list[str]:
    """What a validator says of a theme."""
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return [error.json_path for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)]


@pytest.mark.slow
@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_of_the_manual_is_drawn(text: str) -> None:
    plain = netdraw.load("mobilenet_v2").draw()
    drawing = netdraw.load("mobilenet_v2").draw(theme=text)
    assert [fault for fault in drawing.faults if fault.severity != "note"] == []
    assert drawing.to_bytes("svg") != plain.to_bytes("svg")
    assert faults(yaml.safe_load(text)) == []


def test_every_key_has_an_example() -> None:
    found = [yaml.safe_load(text) for text in EXAMPLES]
    assert {key for theme in found for key in theme} == set(KEYS)
    sections = {"colors": Colors._fields, "strokes": Strokes._fields, "shapes": Shapes._fields, "font": Font._fields}
    for section, keys in sections.items():
        assert {key for theme in found for key in theme.get(section, {})} == set(keys)
    looks = [look for theme in found for look in (*theme.get("cells", {}).values(), *theme.get("rules", ()))]
    assert {key for look in looks for key in look} == {*COLOR_KEYS, "id", "category"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).stem)
def test_themes_are_right_by_the_schema(file: str | Path) -> None:
    assert faults(yaml.safe_load(Path(file).read_text(encoding="utf-8"))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        {"theme": 2},
        {"nmae": "x"},
        {"colors": {"text": "red"}},
        {"colors": {"txt": "#000000"}},
        {"colors": {"text": "#0000"}},
        {"cells": {"conv.depthwse": {"core": "text"}}},
        {"cells": {"conv": {"core": "txt"}}},
        {"strokes": {"flow": 0}},
        {"shapes": {"lean": 2}},
        {"font": {"family": "Comic Sans"}},
        {"bars": "all"},
        {"rules": [{"core": "text"}]},
        {"rules": [{"id": "x"}]},
        {"rules": {"id": "x", "core": "text"}},
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(change: dict[str, Any]) -> None:
    theme = {"theme": 1, **change}
    assert faults(theme)
    with pytest.raises(netdraw.NetdrawError):
        load(theme)


def test_the_command_writes_it() -> None:
    result = CliRunner().invoke(cli, ["schema", "--theme"], prog_name="netdraw")
    assert result.exit_code == 0 and yaml.safe_load(result.stdout) == SCHEMA
    assert tuple(SCHEMA["properties"]) == KEYS and all(
        "description" in value for value in SCHEMA["properties"].values()
    )
