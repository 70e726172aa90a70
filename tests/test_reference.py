"""The reference figures and their page are up to date, and what the page says of the hand-drawn figures is true."""

from __future__ import annotations

import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from figures import network

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "gallery" / "reference"
DATA: dict[str, Any] = yaml.safe_load((FOLDER / "figures.yaml").read_text(encoding="utf-8"))
NETWORKS = [name for row in DATA["figures"] for name in row["draws"]]
LABELS = [
    pytest.param(row, one, id=f"{row['title']}: {one['layer']}")
    for row in DATA["figures"]
    for one in row.get("labels", ())
]


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "scripts" / "build_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def page() -> str:
    return (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_all_is_up_to_date() -> None:
    made: dict[Path, bytes] = script().outputs()
    stale = [file.name for file, data in made.items() if not file.is_file() or file.read_bytes() != data]
    assert stale == [], "run scripts/build_reference.py and look at the figures"
    assert sorted(FOLDER.glob("*.svg")) == sorted(set(made) - {ROOT / "docs" / "reference.md"})


def test_every_reference_network_is_drawn() -> None:
    asked = "mobilenet_v1 mobilenet_v2 resnet50 vgg11 vgg13 vgg16 vgg19 googlenet inception_v3 densenet121 squeezenet"
    asked += " resnext50 se_resnet50 lenet alexnet ssd300 ssd300_nms pnet rnet onet unet"
    assert sorted(NETWORKS) == sorted(asked.split())


@pytest.mark.parametrize("theme", ["classic", "default"])
@pytest.mark.parametrize("name", NETWORKS)
def test_a_figure_states_the_totals_of_its_network(name: str, theme: str) -> None:
    file = FOLDER / f"{name}-{theme}.svg"
    root = ET.fromstring(file.read_bytes())
    meta = json.loads(root.findtext("{http://www.w3.org/2000/svg}metadata") or "")
    total = network(name).analysis.total
    assert (meta["totals"]["params"], meta["totals"]["macs"]) == (total.params, total.macs)
    assert f"gallery/reference/{file.name}" in page()


def test_the_folder_is_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 4_000_000


@pytest.mark.parametrize(("row", "label"), LABELS)
def test_a_label_called_wrong_or_missing_differs_from_what_is_computed(
    row: dict[str, Any], label: dict[str, str]
) -> None:
    if label["kind"] == "convention":
        return
    value = script().computed(tuple(row["draws"]), label.get("rule", "shape"), label["at"])
    assert value and value != label.get("says")


@pytest.mark.parametrize(
    ("at", "says", "value"),
    [
        ("stages.5.0.conv_bn_act", "576*14*14", "wrong"),
        ("adaptive_avg_pool2d", "1280*1*1", "missing"),
    ],
)
def test_a_label_that_turns_out_right_is_a_fault(at: str, says: str, value: str) -> None:
    with pytest.raises(script().Fault, match="is what is computed"):
        script().label(("mobilenet_v2",), {"kind": value, "layer": "a", "at": at, "says": says})


def test_a_right_label_that_differs_is_a_fault() -> None:
    with pytest.raises(script().Fault, match=r"3\*112\*112 is stated, 3\*224\*224 computed"):
        list(script().right(("resnet50",), "shape", {"input": "3*112*112"}))


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "false", "layer": "a", "at": "input", "says": "1"},
        {"kind": "wrong", "layer": "a", "says": "1"},
        {"kind": "wrong", "layer": "a", "at": "input", "says": "1", "no key": "a comma in a text without quotes"},
        {"kind": "wrong", "layer": "a", "at": "nowhere", "says": "1"},
    ],
)
def test_data_with_a_fault_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(script().Fault):
        script().label(("resnet50",), row)


# The right values of these are from the papers and from torchvision, not from our code.
@pytest.mark.parametrize(
    ("name", "rule", "at", "value"),
    [
        ("vgg19", "shape", "stages.2.conv_bn_act.0", "256*56*56"),
        ("googlenet", "kernel", "inception4.3.parallel.conv3", "1*1,144"),
        ("googlenet", "shape", "inception4.4", "832*14*14"),
        ("inception_v3", "kernel", "stem.conv_bn_act_4", "1*1,80"),
        ("mobilenet_v1", "weights", "conv_bn_act", "3*3*3*32"),
        ("mobilenet_v1", "weights", "linear", "1024*1000"),
        ("alexnet", "groups", "conv_bn_act_2", "2"),
        ("ssd300_nms", "dilation", "conv7.conv_bn_act", "6"),
        ("resnet50", "projections", "stages", "4"),
        ("resnet50", "repeat", "stages.2", "6"),
        ("squeezenet", "padding", "conv_bn_act", "0"),
        ("squeezenet", "modules", "max_pool2d_3", "4"),
        ("vgg11", "convolutions", "stages", "8"),
        ("vgg11", "linears", "", "3"),
        ("alexnet", "reads", "max_pool2d", "LocalResponseNorm"),
        ("lenet", "op", "s2", "AvgPool2d"),
        ("ssd300", "rounding", "max_pool2d_3", "ceil"),
        ("resnet50", "stride", "max_pool2d", "2"),
    ],
)
def test_a_rule(name: str, rule: str, at: str, value: str) -> None:
    assert script().computed((name,), rule, at) == value


def test_every_rule_is_tested() -> None:
    (mark,) = test_a_rule.pytestmark
    tested = {case[1] for case in mark.args[1]}
    assert tested == set(script().RULES)


def test_the_page_marks_what_is_wrong() -> None:
    wrong = [label for row in DATA["figures"] for label in row.get("labels", ()) if label["kind"] == "wrong"]
    marked = re.findall(r"\| ~~`([^`]+)`~~ \| \*\*`([^`]+)`\*\* \| ✗ wrong", page())
    assert [says for says, _ in marked] == [label["says"] for label in wrong]
    assert all(says != value for says, value in marked)


def test_the_originals_are_credited() -> None:
    credit = DATA["credit"]
    assert credit["licence"] == "CC BY-NC-SA"
    assert all(value in page() for value in credit.values())
    for row in DATA["figures"]:
        if "original" in row:
            assert f"The original is `{row['original']}`." in page()
            assert not list(ROOT.rglob(f"gallery/**/{row['original']}")), "no picture of theirs is kept"


def test_readme_names_every_spec() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Networks that come with it")[2]
    named = re.findall(r"`([a-z0-9_]+)`", table.partition("This is")[0])
    stems = sorted(file.stem for file in (ROOT / "specs").glob("*.yaml"))
    assert [stem for stem in stems if not any(name.startswith(stem) for name in named)] == []
    for name in named:
        assert network(name).graph.nodes
