"""The options of figures: all that follows from their table agrees with it, and with what is drawn."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, get_args, get_type_hints

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

import netdraw
from netdraw.changes.difference import Difference
from netdraw.cli import cli
from netdraw.cli.commands import COMMANDS
from netdraw.cli.options import Command
from netdraw.core.errors import NetdrawError, OptionError
from netdraw.diagram.view import View
from netdraw.figure.choice import choose
from netdraw.figure.formats import heeds
from netdraw.figure.options import derived, keywords
from netdraw.figure.options.kinds import Switch, Words
from netdraw.figure.options.table import (
    ALT,
    CALLS,
    COMPARED,
    COST_TABLE,
    FIGURES,
    FILE,
    GROUPS,
    NETWORK,
    OPTIONS,
    POINTS,
    TABLE,
    Option,
    options_of,
)  # fmt: skip
from netdraw.render import RENDERERS
from netdraw.render.base import Options as Written

ROOT = Path(__file__).resolve().parent.parent
SMALL = "netdraw: 1\nname: small\ninput: [3, 8, 8]\nlayers: [ConvBNAct: 4, Flatten, Linear: 2, Softmax]\n"
FUNCTIONS: dict[tuple[str, ...], Callable[..., Any]] = {
    NETWORK: netdraw.Network.draw,
    COMPARED: netdraw.compare,
    ("diff",): Difference.draw,
    ("sweep",): import_module("netdraw.api.sweep").Sweep.draw,
    ("cost",): netdraw.Network.draw_cost,
    ("pair",): netdraw.Network.draw_pair,
    (FILE,): netdraw.Drawing.to_bytes,
}
MADE = {
    "render": (*NETWORK, ALT, FILE),
    "compare": (*COMPARED, FILE),
    "diff": ("diff", FILE),
    "sweep": ("sweep", POINTS, FILE),
    "cost": ("cost", "pair", COST_TABLE, FILE),
    "summary": (TABLE,),
}
"""By command, what it makes."""
WRONG: dict[str, Any] = {
    "kind": "wrods", "x": "weight", "y": "weight", "channels": 0, "size": 0, "by": "kinds", "table": "papr",
    "width": "colum", "height": "tall", "layout": "stripe", "depth": "blok", "cost": "mac", "bars": "shap",
    "shape_order": "hcw", "lang": "de", "style": "cell", "theme": "drak", "fonts": "embd", "scale": -1.5,
    "labels": "{kernal}", "only": "zzz", "highlight": "zzz", "font": "no.ttf",
}  # fmt: skip
"""By option, a value that does not fit, for those that are no switch."""


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments, prog_name="netdraw")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def command_of(name: str) -> Command:
    found: Command = import_module(f"netdraw.cli.{name}").command
    return found


# What follows from the table


def test_the_table_and_the_view_agree() -> None:
    rows = options_of(*NETWORK)
    assert set(View._fields) - set(rows) == {"every_bar", "towers"}, "which are the theme's and the ladder's"
    told = {"depth": "layer", "only": ""}
    for name in set(View._fields) & set(rows):
        assert View._field_defaults[name] == (told[name] if rows[name].default is None else rows[name].default)
    hints = get_type_hints(View)
    for name, row in rows.items():
        if name in View._fields and isinstance(row.takes, Words) and name not in ("lang", "depth"):
            assert get_args(hints[name]) == row.takes.values
    assert set(rows["depth"].takes.words()) == set(get_args(hints["depth"])) - {"once"}
    assert choose(NETWORK, {}).view == View()


def test_what_is_written_is_what_formats_are_asked_for() -> None:
    written = {row.name for row in OPTIONS if row.written}
    assert written == {"fonts", "scale", "transparent"}
    assert set(Written._fields) == (written - {"transparent"}) | {"background"}
    known = {row.name for row in OPTIONS}
    for name in RENDERERS.names():
        assert RENDERERS[name].takes <= known


@pytest.mark.parametrize("things", FUNCTIONS, ids=lambda things: things[0])
def test_the_keywords_are_those_of_the_table(things: tuple[str, ...]) -> None:
    shown = inspect.signature(FUNCTIONS[things]).parameters
    rows = options_of(*things)
    options = {name: one for name, one in shown.items() if name in rows}
    assert list(options) == list(rows)
    assert {name: one.default for name, one in options.items()} == {
        name: row.default_of(things[0]) for name, row in rows.items()
    }
    assert all(one.kind == inspect.Parameter.KEYWORD_ONLY for one in options.values())
    (typed,) = [name for name, others in derived.KEYWORDS.items() if others == things]
    assert list(getattr(keywords, typed).__annotations__) == list(rows)


def test_all_doors_have_the_keywords() -> None:
    assert set(derived.KEYWORDS.values()) == set(FUNCTIONS)
    assert inspect.signature(netdraw.draw).parameters.keys() >= options_of(*NETWORK).keys()
    assert inspect.signature(netdraw.Drawing.save).parameters.keys() >= options_of(FILE).keys()


@pytest.mark.parametrize("name", MADE)
def test_the_command_line_has_the_options_of_the_table(name: str) -> None:
    found = {param.name: param for param in command_of(name).params if getattr(param, "group", "") in GROUPS}
    rows = options_of(*MADE[name])
    own = {"outputs", "format", "pair", "everything"}
    assert set(found) - own == set(rows)
    for key, row in rows.items():
        assert f"--{row.words}" in found[key].opts
        assert isinstance(found[key], click.Option) and row.doc in str(found[key].help)  # type: ignore[union-attr]


def test_no_other_command_has_options_of_figures() -> None:
    for name in set(COMMANDS) - set(MADE):
        assert {f"--{row.words}" for row in OPTIONS} & {
            word for one in command_of(name).params for word in one.opts
        } <= {"--theme"}


@pytest.mark.parametrize("name", MADE)
def test_help_has_groups_in_order_and_examples(name: str) -> None:
    lines = run(name, "--help").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    heads = [line.removesuffix(":") for line in lines if line.endswith(":") and not line.startswith(" ")]
    groups = [group for group in GROUPS if any(row.group == group for row in options_of(*MADE[name]).values())]
    assert [head for head in heads if head in groups] == groups and heads[-1] == "Examples"
    examples = [line.strip() for line in lines if line.startswith(f"  netdraw {name} ")]
    assert len(examples) >= min(2, len(groups))


def examples() -> list[Any]:
    return list(_examples())


def _examples() -> Iterator[Any]:
    for row in OPTIONS:
        for command, call in dict.fromkeys((CALLS[thing].command, CALLS[thing]) for thing in row.of):
            if row.name != "font":
                yield pytest.param(
                    command,
                    [*call.source.split(), *re.findall(r"'([^']*)'|(\S+)", row.example)],
                    id=f"{row.name}-{call.call}",
                )


@pytest.mark.parametrize(("command", "words"), examples())
def test_an_example_does_what_it_says(
    command: str, words: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["".join(word) for word in words]
    figure = [] if command in ("render", "compare") or "--table" in arguments or command == "summary" else ["-f", "svg"]
    if "-f" in arguments or "--alt" in arguments or "--pair" in arguments:
        figure = []
    result = run(command, *arguments, *figure)
    assert result.exit_code == (1 if command == "diff" else 0), result.stderr


def test_the_schema_of_a_view_is_valid_and_allows_what_is_drawn() -> None:
    schema = json.loads(run("schema", "view").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == list(options_of(*NETWORK))
    for name, row in options_of(*NETWORK).items():
        assert schema["properties"][name]["description"] == row.doc
    defaults = {name: one["default"] for name, one in schema["properties"].items() if "default" in one}
    jsonschema.validate(defaults, schema)
    assert netdraw.draw(SMALL, **defaults).scene.items == netdraw.draw(SMALL).scene.items
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"thme": "dark"}, schema)


@pytest.mark.parametrize(("name", "value"), [
    *(("width", value) for value in (90, 0.5, 0, -1, True, "screen", "174mm", "3.5in", "none", "12 parsecs", "0mm", "12")),
    *(("height", value) for value in (90, 0, "none", "240mm", "page", "3pt")),
    *(("highlight", value) for value in ("a", ["a", "b"], [], "", 3, ["a", 3])),
    *(("legend", value) for value in (True, 1, "yes")),
    *(("cost", value) for value in ("macs", "mac", None)),
    *(("style", value) for value in ("cells", "cell", 3)),
])  # fmt: skip
def test_the_schema_and_the_checks_say_the_same(name: str, value: Any) -> None:
    allowed = jsonschema.Draft202012Validator(derived.schema()["properties"][name]).is_valid(value)
    try:
        choose(NETWORK, {name: value})
    except OptionError:
        read = False
    else:
        read = True
    if value != "0mm":  # a pattern does not compute
        assert allowed == read


def test_the_page_of_docs_names_every_option() -> None:
    page = (ROOT / "docs/options.md").read_text(encoding="utf-8")
    for row in OPTIONS:
        assert f"`{row.name}`" in page and row.example in page


def test_a_shell_completes_every_word() -> None:
    for row in OPTIONS:
        words = list(row.takes.words())
        (command, *_) = [name for name, things in MADE.items() if not set(things).isdisjoint(row.of)]
        (param,) = [one for one in command_of(command).params if one.name == row.name and isinstance(one, click.Option)]
        with click.Context(command_of(command)) as ctx:
            if words and row is options_of(*MADE[command])[row.name]:
                assert [item.value for item in param.shell_complete(ctx, "")] == words


# Faults


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_the_same_in_both_words(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    row = next(one for one in OPTIONS if one.name == name and (name != "only" or one.of == NETWORK))
    calls: dict[str, Callable[..., Any]] = {
        "Network.draw": lambda **view: netdraw.draw("resnet18", **view),
        "compare": lambda **view: netdraw.compare("resnet18", "resnet34", **view),
        "Network.draw_cost": lambda **view: netdraw.load("resnet18").draw_cost(**view),
        "Network.summary": lambda **view: netdraw.load("resnet18").summary(**view),
        "Drawing.save": lambda **file: netdraw.draw(SMALL).to_bytes("png", **file),
    }
    call = next(CALLS[thing] for thing in row.of if CALLS[thing].call in calls)
    with pytest.raises(NetdrawError) as caught:
        calls[call.call](**{name: WRONG[name]})
    sources = "resnet18 resnet34" if call.command == "compare" else "resnet18"
    more = {"scale": ["-f", "png"], "by": ["-f", "svg"]}.get(name, [])
    result = run(call.command, *sources.split(), f"--{row.words}", str(WRONG[name]), *more)
    assert result.exit_code == 1
    (fault,) = caught.value.faults
    assert result.stderr == str(fault).replace(f"'{name}'", f"--{row.words}") + "\n"
    if name not in ("font",):
        assert fault.where == f"'{name}'"
    assert list(tmp_path.iterdir()) == []


def test_all_faults_in_one_run_and_all_unknown_options() -> None:
    values = {name: value for name, value in WRONG.items() if name in options_of(*NETWORK) and name != "font"}
    late = {"labels", "only", "highlight"}  # which a network has to be drawn for
    with pytest.raises(NetdrawError) as caught:
        netdraw.draw(SMALL, **values, unfold="yes", thme="dark")
    said = [fault.where or fault.message for fault in caught.value.faults]
    assert said == [
        "unknown option 'thme'; did you mean 'theme'?",
        *[f"'{name}'" for name in options_of(*NETWORK) if name in {*values, "unfold"} - late],
    ]
    with pytest.raises(OptionError, match=r"ND620 unknown option 'kind'; it is one of compare$"):
        netdraw.draw(SMALL, kind="words")  # type: ignore[call-arg]
    assert "No such option: --thme" in run("render", "lenet", "--thme", "x").stderr.replace("'", "").replace(
        "option ", "option: ", 1
    )


@pytest.mark.parametrize("row", [row for row in OPTIONS if isinstance(row.takes, Switch)], ids=lambda row: row.name)
def test_a_switch_is_on_or_off(row: Option) -> None:
    with pytest.raises(OptionError, match=f"'{row.name}': ND623 '{row.name}' is True or False, not 1"):
        choose((row.of[0],), {row.name: 1})


def test_a_spec_and_options_that_are_wrong_are_told_together(tmp_path: Path) -> None:
    file = tmp_path / "net.yaml"
    file.write_text(SMALL.replace("Flatten", "Flaten"), encoding="utf-8")
    result = run("render", str(file), "--theme", "drak", "-o", str(tmp_path / "x.svgg"), "--scale", "0")
    assert [line.split(" ND")[1][:3] for line in result.stderr.splitlines()] == [
        "103",
        "606",
        "607",
        "601",
    ] or result.exit_code


# What is not used


VALUES = {
    **{row.name: str(next(iter(row.takes.words()), "")) for row in OPTIONS},
    "width": "900", "height": "900", "channels": "64", "size": "56", "only": "*", "highlight": "*", "font": "x.ttf",
    "scale": "2", "labels": "full", "kind": "whole", "style": "cells",
}  # fmt: skip


def words_of(row: Option) -> list[str]:
    """An option as the command line has it, with a value."""
    if isinstance(row.takes, Switch):
        return [f"--no-{row.words}" if row.default else f"--{row.words}"]
    return [f"--{row.words}", VALUES[row.name]]


@pytest.mark.parametrize(("command", "row"), [
    pytest.param(command, row, id=f"{command}-{row.words}-{row.of[0]}")
    for command, row in product(MADE, OPTIONS) if row.name not in options_of(*MADE[command])
])  # fmt: skip
def test_an_option_of_other_commands_is_no_option(command: str, row: Option) -> None:
    result = run(command, "lenet", *words_of(row)[:1])
    assert result.exit_code == 2
    calls = {f"netdraw {CALLS[thing].command}" for thing in row.of}
    said = " ".join(result.stderr.split())
    assert f"No such option: {words_of(row)[0]}; it is one of" in said and all(call in said for call in calls)


@pytest.mark.parametrize(("format", "row"), [
    pytest.param(name, row, id=f"{name}-{row.words}")
    for name, row in product(RENDERERS.names(), options_of(*NETWORK, FILE).values()) if not heeds(RENDERERS[name], row.name)
])  # fmt: skip
def test_what_a_format_has_no_use_for_is_refused(format: str, row: Option) -> None:
    result = run("render", "lenet", "-f", format, "-o", "-", *words_of(row))
    able = ", ".join(one for one in RENDERERS.names() if heeds(RENDERERS[one], row.name))
    flag = words_of(row)[0].replace("--no-", "--")
    line = f"{flag}: ND673 {flag} is no option of --format {format}; it is one of {able}"
    assert (result.exit_code, line in result.stderr.splitlines()) == (1, True)


TEXTS = {
    "diff": (["resnet18", "resnet34"], ("md", "json")),
    "cost": (["lenet"], ("text", "json")),
    "sweep": (["lenet", "--over", "classes=1,2"], ("text", "csv")),
}
OF_TEXTS = {*options_of(COST_TABLE), *options_of(POINTS)}


@pytest.mark.parametrize(("command", "format", "row"), [
    pytest.param(command, format, row, id=f"{command}-{format}-{row.words}")
    for command, (_, formats) in TEXTS.items() for format in formats
    for row in options_of(*MADE[command]).values() if row.name not in OF_TEXTS or (command, row.name) == ("diff", "cost")
])  # fmt: skip
def test_a_text_has_no_use_for_options_of_figures(command: str, format: str, row: Option) -> None:
    result = run(command, *TEXTS[command][0], "-f", format, *words_of(row))
    flag = words_of(row)[0].replace("--no-", "--")
    assert result.exit_code == (2 if command == "diff" else 1)
    assert f"{flag}: ND673 {flag} is no option of --format {format}; it is one of" in result.stderr


@pytest.mark.parametrize(("kind", "row"), [
    pytest.param(kind, row, id=f"{kind}-{row.words}")
    for kind, row in product(COMPARED, options_of(*COMPARED).values()) if row.name not in options_of(kind)
])  # fmt: skip
def test_a_kind_of_comparison_has_no_use_for_options_of_others(kind: str, row: Option) -> None:
    result = run("compare", "resnet18", "resnet34", "--as", kind, "-o", "-", *words_of(row))
    flag = words_of(row)[0].replace("--no-", "--")
    able = " or ".join(f"--as {other}" for other in COMPARED if row.name in options_of(other))
    assert result.exit_code == 1
    assert f"{flag}: ND673 {flag} is no option of --as {kind}; write it with {able}" in result.stderr.splitlines()


def test_the_alt_text_and_a_pair_have_few_options() -> None:
    for row in options_of(*NETWORK, FILE).values():
        result = run("render", "lenet", "--alt", *words_of(row))
        used = row.name in options_of(ALT)
        assert result.exit_code == (0 if used else 1) and ("ND673" in result.stderr) != used
    assert "ND673 --by is no option of --pair" in run("cost", "mobilenet_v1", "--pair", "1", "--by", "stage").stderr
    assert "ND673 --all is no option of figures" in run("diff", "lenet", "alexnet", "--all", "-f", "svg").stderr


def test_an_option_that_one_of_several_files_has_a_use_for_is_taken(tmp_path: Path) -> None:
    files = [str(tmp_path / name) for name in ("a.svg", "a.png", "a.dot")]
    outputs = [word for file in files for word in ("-o", file)]
    assert run("render", "lenet", *outputs, "--scale", "1", "--fonts", "link", "--width", "900").exit_code == 0
    assert (tmp_path / "a.png").read_bytes() == netdraw.draw("lenet", width=900).to_bytes("png", scale=1)
    with pytest.raises(OptionError, match=r"'scale': ND673 'scale' is no option of format='svg'; it is one of png"):
        netdraw.draw(SMALL).to_bytes("svg", scale=2.0)


@cache
def drawn(thing: str, **view: Any) -> Any:
    """A figure of each thing, as its items."""
    one, other = netdraw.load("resnet18"), netdraw.load("resnet34")
    calls: dict[str, Callable[..., netdraw.Drawing]] = {
        **{kind: lambda kind=kind, **view: netdraw.compare(one, other, kind=kind, **view) for kind in COMPARED},
        "network": one.draw,
        "diff": netdraw.diff(one, other).draw,
        "sweep": netdraw.sweep("mobilenet_v1", {"width": [1, 0.5]}).draw,
        "cost": one.draw_cost,
        "pair": lambda **view: netdraw.load("mobilenet_v1").draw_pair(1, **view),
    }
    drawing = calls[thing](**view)
    return drawing.scene.items, drawing.to_bytes("svg").replace(b"\n", b"").split(b"</metadata>")[1]


OTHER: dict[str, Any] = {
    "kind": None, "x": "memory", "y": "memory", "channels": 32, "size": 28, "only": "*", "by": "stage", "width": 1500,
    "layout": "stack", "highlight": "stages.1", "depth": "stage", "unfold": True, "fuse_pool": True, "cost": "flops",
    "labels": "full", "bars": "macs", "shape_order": "hwc", "lang": "zh", "theme": "classic", "legend": False,
    "title": False, "caption": False, "fonts": "link", "style": "boxes",
}  # fmt: skip


@pytest.mark.parametrize(("thing", "name"), [
    pytest.param(thing, name, id=f"{thing}-{name}")
    for thing in FIGURES for name in options_of(thing) if OTHER.get(name) is not None
])  # fmt: skip
def test_a_figure_has_a_use_for_all_of_its_options(thing: str, name: str) -> None:
    """One that changes nothing would have to be refused."""
    value = {"only": "BasicBlock: stride 2" if thing in ("units", "words") else "stages.1"}.get(name, OTHER[name])
    if name == "width" and thing in ("network", "units", "words", "pair"):  # which only refuse one that is too small
        with pytest.raises(OptionError, match="ND622"):
            drawn(thing, width=20)
    else:
        assert drawn(thing, **{name: value}) != drawn(thing)


# Metadata


@pytest.mark.parametrize("thing", FIGURES)
def test_metadata_hold_what_was_asked_and_differs(thing: str) -> None:
    one, other = netdraw.load("resnet18"), netdraw.load("resnet34")
    calls: dict[str, Callable[..., netdraw.Drawing]] = {
        **{kind: lambda kind=kind, **view: netdraw.compare(one, other, kind=kind, **view) for kind in COMPARED},
        "network": one.draw,
        "diff": netdraw.diff(one, other).draw,
        "sweep": netdraw.sweep("mobilenet_v1", {"width": [1, 0.5]}).draw,
        "cost": one.draw_cost,
        "pair": lambda **view: netdraw.load("mobilenet_v1").draw_pair(1, **view),
    }
    given = {"theme": "dark", "lang": "zh", "fonts": "embed"}
    svg = calls[thing](**given).to_bytes("svg").decode()
    view = json.loads(re.findall("<metadata>(.*?)</metadata>", svg)[0])["view"]
    expected = {"lang": "zh", "theme": "dark"}
    assert view == ({"kind": thing, **expected} if thing in COMPARED else expected)


def test_metadata_hold_plain_data_without_folders(tmp_path: Path) -> None:
    theme = tmp_path / "mine.yaml"
    theme.write_text("theme: 1\ncolors: {line: '#123456'}\n", encoding="utf-8")
    font = next((ROOT / "netdraw/type/fonts").glob("*.ttf"))
    drawing = netdraw.draw(
        "resnet18", theme=theme, font=[font, "netdraw"], width="174mm", highlight="stages.1", legend=False
    )
    view = dict(drawing.scene.meta)["view"]
    assert json.loads(json.dumps(view)) == view == {
        "width": "174mm", "highlight": ["stages.1"], "theme": "mine.yaml", "font": [font.name, "netdraw"], "legend": False,
    }  # fmt: skip
    assert dict(netdraw.draw("resnet18", width="screen", theme="default", legend=True).scene.meta)["view"] == {}


# Heights of figures of several networks


@pytest.mark.parametrize("kind", ["family", "whole", "units", "words", "diff"])
def test_a_height_is_kept_or_the_least_is_named(kind: str) -> None:
    one, other = netdraw.load("resnet18"), netdraw.load("mobilenet_v2")

    def draw(**view: Any) -> netdraw.Drawing:
        return (
            netdraw.diff(one, other).draw(**view) if kind == "diff" else netdraw.compare(one, other, kind=kind, **view)
        )

    def high(drawing: netdraw.Drawing) -> float:
        return float(drawing.scene.physical[1])

    with pytest.raises(
        OptionError, match=r"'height': ND627 the figure does not fit a height of 10; the least that"
    ) as caught:
        draw(height=10)
    least = int(caught.value.faults[0].message.rpartition(" ")[2])
    assert least - 1 <= high(draw(height=least)) <= least
    with pytest.raises(OptionError, match="ND627"):
        draw(height=least - 1)
    assert high(draw(height="none")) >= high(draw(height=least))


def test_a_height_closes_what_it_must() -> None:
    names = ("resnet18", "mobilenet_v2")
    open_, low = (netdraw.compare(*names, kind="whole", height=height) for height in ("none", 700))
    assert float(low.scene.physical[1]) <= 700 < float(open_.scene.physical[1])
    assert (
        netdraw.compare(*names, kind="whole", height="none").scene.items
        == netdraw.compare(*names, kind="whole", depth="layer").scene.items
    )
