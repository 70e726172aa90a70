"""The JSON Schema accepts every right spec, and refuses what an editor should mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import pytest
import yaml
from test_api import DICT
from test_docs import completed, examples
from test_opaque import DEFORMABLE

from netdraw.core import resources
from netdraw.ops import OPS
from netdraw.spec.keywords import CAP_WORD, RESERVED, SNAKE_CASE, STRUCTURES, is_cap_word, is_snake_case
from netdraw.spec.library import library_names
from netdraw.spec.parser import KEYS
from netdraw.spec.schema import schema
from netdraw.themes.check import HEX, is_hex

ZOO = resources.names("specs", ".yaml")
SCHEMA = schema()


def test_the_schema_knows_all_words_of_the_language() -> None:
    assert set(SCHEMA["properties"]) == set(KEYS)
    call = SCHEMA["$defs"]["call"]["properties"]
    assert set(call) == {*OPS.names(), *library_names(), *RESERVED}
    beside = {key for shape in SCHEMA["$defs"]["layer"]["anyOf"][1:-1] for key in shape["properties"]}
    assert beside >= RESERVED | set(STRUCTURES)


def test_the_schema_knows_all_attributes() -> None:
    for name in OPS.names():
        shapes = SCHEMA["$defs"]["call"]["properties"][name]["anyOf"]
        attributes = set(shapes[-1]["properties"]) - RESERVED
        assert attributes == {word for attr in OPS[name].attrs for word in (attr.name, *attr.aliases)}


def refs(value: Any) -> set[str]:
    """Every name that is referred to."""
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(refs(item) for item in value.values()))
    return set().union(*(refs(item) for item in value)) if isinstance(value, list) else set()


def test_references_lead_somewhere() -> None:
    assert refs(SCHEMA) == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


@cache
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def faults(data: Any) -> list[str]:
    """What a validator says of a spec."""
    return [error.json_path for error in validator().iter_errors(data)]


@pytest.mark.parametrize("name", ZOO)
def test_the_zoo_is_right(name: str) -> None:
    assert faults(yaml.safe_load(resources.read_text(resources.path("specs", f"{name}.yaml")))) == []


@pytest.mark.parametrize("text", list(examples()))
def test_the_examples_of_the_manual_are_right(text: str) -> None:
    assert faults(yaml.safe_load(completed(text))) == []


@pytest.mark.parametrize(
    "layer",
    [
        "Flatten",
        "act",
        {"Linear": 10},
        {"Linear": None},
        {"Linear": "classes"},
        {"Conv2d": {"out_channels": "width", "kernel_size": [1, "k"], "padding": "same", "repeat": 2}},
        {"Conv2d": {"out_channels": 8, "kernel_size": 3}, "when": "width > 1", "name": "stem"},
        {"Add": {"from": ["a", -1, "split:1"]}},
        {"MyBlock": {"anything": ["at", {"LeakyReLU": 0.1}]}},
        {
            "Opaque": {
                "out": {"c": 64, "h": "in_height // 2"},
                "params": "9 * in_channels",
                "category": "conv.depthwise",
            }
        },
        {"Opaque": {"outputs": {"boxes": [100, 4], "scores": {"c": "k"}}}},
        {"act": {"inplace": True}},
        {"parallel": {"a": [], "b": ["ReLU"]}, "join": "Add"},
        {"heads": {"box": [{"Linear": 4}]}},
        {"layers": ["ReLU"], "repeat": "n", "residual": {"rule": "project", "after": ["ReLU"]}},
        {"stages": "block", "columns": {"c": {"out": "c * 2"}, "n": "repeat"}, "rows": [[1, 2]]},
        {"stages": "block", "columns": {"SE": "se", "R": "residual"}, "rows": [[True, "none"]]},
        {"parallel": {"a": {"when": "k > 1", "layers": []}, "b": {"repeat": "k", "layers": ["ReLU"]}}},
        {"layers": ["ReLU"], "residual": "auto if shortcut else none", "outputs": {"skip": "encoder.e1"}},
        {"layers": ["ReLU"], "residual": {"rule": "rule"}},
    ],
)
def test_layers_that_are_right(layer: Any) -> None:
    assert faults({**DICT, "input": [3, 16, 16], "layers": [layer]}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"netdraw": 2},
        {"layer": []},
        {"input": [1, 2, 3, 4, 5]},
        {"input": {"x": 3}},
        {"inputs": {"a": [3]}},
        {"expect": {"flops": 1}},
        {"results": {"top1": 0, "source": "mine"}},
        {"results": {"top1": 71.9}},
        {"results": {"top5": 91, "top1": 71.9, "source": "mine"}},
        {"layers": [{"Conv2d": {"out_channel": 8}}]},
        {"layers": [{"Conv2d": {"out_channels": [8]}}]},
        {"layers": [{"Conv2d": {"out_channels": 0}}]},
        {"layers": [{"Conv2d": 8, "Name": "stem", "repeat": -1}]},
        {"layers": [{"parallel": {"a": []}, "rows": []}]},
        {"layers": [{"heads": {}}]},
        {"layers": [{"Opaque": {"category": 3}}]},
        {"ops": {"lower": {}}},
        {"ops": {"Foo": {"param": 3}}},
        {"ops": {"Foo": {"params": [3]}}},
        {"ops": {"Foo": {"out": [0]}}},
        {"layers": [{"layers": ["ReLU"], "residual": True}]},
        {"layers": [{"layers": ["ReLU"], "residual": {"rule": ["auto"]}}]},
        {"layers": [{"parallel": {"a": {"wen": True, "layers": []}}}]},
        {"layers": [{"Add": {"from": ["encoder.E1"]}}]},
        {"layers": [{"ReLU": None, "outputs": {"a": "b"}}], "variants": {"small": {"about": {"en": "x"}}}},
        {"blocks": {"lower": {"layers": []}}},
        {"blocks": {"Unit": {"param": {}, "layers": []}}},
    ],
)
def test_what_an_editor_marks(change: dict[str, Any]) -> None:
    assert faults({**DICT, "input": [3, 16, 16], **change}) != []


def test_right_specs_of_other_tests_are_right_here() -> None:
    assert faults({**DICT, "input": [3, 16, 16]}) == []
    assert faults(yaml.safe_load("netdraw: 1\ninput: {t: 8, c: 4}\nlayers: [Linear: 3]")) == []
    assert faults({**DICT, "input": [3, 16, 16], **yaml.safe_load(DEFORMABLE)}) == []


@pytest.mark.parametrize(
    ("pattern", "asked"),
    [(CAP_WORD, is_cap_word), (SNAKE_CASE, is_snake_case), (HEX, is_hex)],
    ids=["cap", "snake", "hex"],
)
def test_a_schema_takes_what_the_reader_takes(pattern: str, asked: Callable[[str], bool]) -> None:
    signs = ["", *map("".join, product("aZ0_é#-", repeat=3)), *"aZ0_#é", *product("#0fFg")]
    for text in ["#0fF", "#0fFa", "#00ff7F", "#00ff7g", "0fF0", "ConvBN2d", "conv_bn_2d", *map("".join, signs)]:
        assert asked(text) == (re.fullmatch(pattern, text) is not None), text
