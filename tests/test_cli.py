"""The command line: what each command does, says and exits with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import netdraw
from netdraw.api.load import load
from netdraw.api.new import copy_of
from netdraw.cli import cli
from netdraw.cli.commands import COMMANDS
from netdraw.core import resources
from netdraw.manual.entries import codes
from netdraw.spec.sources import zoo_names
from netdraw.tables.summary.data import structure_hash

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
GOOD = """\
netdraw: 1
name: small
params: {width: 8}
input: [3, 8, 8]
layers: [Conv2d: {out_channels: width, kernel_size: 3}]
"""
WARNS = GOOD + "blocks: {Unused: {layers: [ReLU]}}\n"
SHADOWS = GOOD.replace("[Conv2d", "[Fresh, Conv2d").replace("Fresh", "ConvBNAct: 3") + (
    "blocks: {ConvBNAct: {params: {out: required}, layers: [Conv2d: {out_channels: out, kernel_size: 1}]}}\n"
)


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(cli, arguments, input=input, prog_name="netdraw")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# The group


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = run(name, "-h")
    assert result.exit_code == 0 and f"Usage: netdraw {name}" in result.stdout
    command = import_module(f"netdraw.cli.{name}").command
    options = {text for param in command.params for text in param.opts}
    assert {"-q", "-v", "--strict", "--color", "-V"} <= options
    assert not any(isinstance(param.type, click.Path | click.File) for param in command.params)


def test_help_and_version() -> None:
    listed = re.findall(r"^  (\w+)  ", run("--help").stdout, re.MULTILINE)
    assert listed == list(COMMANDS)
    assert run("-V").stdout == run("list", "--version").stdout == f"netdraw {netdraw.__version__}\n"
    files = {path.stem for path in Path(import_module("netdraw.cli").__file__ or "").parent.glob("*.py")}
    assert files - {"__init__", "commands", "common", "complete", "immediate", "options", "streams"} == set(COMMANDS)


def test_help_loads_no_command() -> None:
    code = (
        "import sys\nfrom netdraw.cli import cli\n"
        "try:\n    cli(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if name.startswith('netdraw') or name in ('yaml', 'jinja2')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    expected = [
        "netdraw",
        "netdraw.cli",
        "netdraw.cli.commands",
        "netdraw.cli.immediate",
        "netdraw.cli.streams",
        "netdraw.core",
        "netdraw.core.errors",
        "netdraw.core.input",
        "netdraw.core.output",
        "netdraw.core.records",
        "netdraw.core.terminal",
    ]
    assert done.stdout.splitlines()[-1] == str(expected)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rendr", "x"], "no such command 'rendr'; did you mean 'render'?"),
        (["zzz"], "no such command 'zzz'; choose from render"),
        (["render"], "Missing argument 'SOURCE'"),
        (["render", "resnet18", "--thme", "x"], "--theme"),
        (["render", "resnet18", "--scale", "big"], "'big' is not a valid float"),
        (["render", "resnet18", "--set", "width"], "'width' is not of the form name=value"),
        (["render", "resnet18", "--set", "=3"], "'=3' is not of the form name=value"),
        (["check"], "give a SOURCE, or --zoo"),
        (["list", "themess"], "'themess' is not one of"),
        (["list", "params"], "say of which network"),
        (["list", "ops", "resnet18"], "'resnet18' is too much"),
        (["diff", "resnet18"], "give two sources; or one, with --set-b"),
        (["diff", "-", "-"], "only one of the two can be read from standard input"),
        (["diff", "lenet", "vgg11", "--set-b", "width"], "'width' is not of the form name=value"),
        (["explain", "resnet18"], "say which layer of resnet18"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, folder: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 and said in result.stderr and result.stdout == ""
    assert names(folder) == []


# render


def test_render_without_an_output(folder: Path) -> None:
    result = run("render", "resnet18")
    assert result.exit_code == 0 and result.stdout == "" and names(folder) == ["resnet18.svg"]
    assert re.fullmatch(
        r"wrote resnet18.svg: [\d.]+ × [\d.]+ px, 11,689,512 parameters, 1,814,073,344 MACs\n", result.stderr
    )
    assert (folder / "resnet18.svg").read_bytes() == load("resnet18").draw().to_bytes("svg")
    assert run("render", "resnet18", "-q", "-f", "png").stderr == ""
    assert (folder / "resnet18.png").read_bytes() == load("resnet18").draw().to_bytes("png", scale=2)


def test_render_to_several_files_and_to_stdout(folder: Path) -> None:
    (folder / "net.yaml").write_text(GOOD, encoding="utf-8")
    result = run("render", "net.yaml", "-o", "a.svg", "-o", "a.PNG", "-o", "-", "--scale", "1")
    assert result.exit_code == 0 and names(folder) == ["a.PNG", "a.svg", "net.yaml"]
    assert result.stdout_bytes == (folder / "a.svg").read_bytes()
    assert (folder / "a.PNG").read_bytes() == load(GOOD).draw().to_bytes("png", scale=1)
    assert run("render", "net.yaml", "-o", "-", "-f", "png").stdout_bytes.startswith(b"\x89PNG")
    assert run("render", "net.yaml", "-o", "figure", "-f", "svg").exit_code == 0
    assert (folder / "figure").read_bytes() == (folder / "a.svg").read_bytes()


def test_render_passes_its_options_on(folder: Path) -> None:
    options = [
        "--width",
        "174mm",
        "--theme",
        "dark",
        "--cost",
        "params",
        "--unfold",
        "--set",
        "width=0.5",
        "--fonts",
        "none",
    ]
    assert run("render", "mobilenet_v2", "-o", "-", *options).stdout_bytes == load("mobilenet_v2", width=0.5).draw(
        width="174mm", theme="dark", cost="params", unfold=True, fonts="none"
    ).to_bytes("svg")


def test_render_from_standard_input(folder: Path) -> None:
    assert run("render", "-", input=GOOD).exit_code == 0
    assert names(folder) == ["small.svg"]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["resnet18", "--theme", "defualt"], "--theme: ND601 unknown theme 'defualt'; did you mean 'default'?"),
        (["resnet18", "-f", "pgn"], "--format: ND606 unknown format 'pgn'; did you mean 'png'?"),
        (["resnet18", "-o", "a.pgn"], "a.pgn: ND606 unknown format '.pgn'; did you mean 'png'?"),
        (["resnet18", "-o", "a"], "a: ND606 the file has no suffix that tells its format; write --format"),
        (["resnet18", "-o", "no/a.svg"], "no/a.svg: ND007 the folder 'no' does not exist; make it first"),
        (
            ["resnet18", "-o", "a.svg", "-o", "no/a.svg"],
            "no/a.svg: ND007 the folder 'no' does not exist; make it first",
        ),
        (
            ["resnet18", "-o", "a.svg", "-o", "a.gif"],
            "a.gif: ND606 unknown format '.gif'; choose from dot, pdf, png, svg",
        ),
        (["resnet18", "--cost", "mac"], "--cost: ND623 unknown value 'mac'; did you mean 'macs'?"),
        (["resnet18", "--fonts", "imbed"], "--fonts: ND609"),
        (["resnet18", "--width", "wide"], "--width: ND621 'wide' is no width; "),
        (
            ["resnet18", "--width", "10"],
            "--width: ND622 the figure does not fit a width of 10; the least that works is ",
        ),
        (["resnet18", "-f", "png", "--scale", "0"], "--scale: ND607"),
        (["resnet18", "-f", "png", "--scale", "1000"], "--scale: ND608"),
        (
            ["resnet18", "--variant", "resnet19"],
            "specs/resnet.yaml: ND011 no variant 'resnet19'; did you mean 'resnet18'?",
        ),
        (["resnet18", "--set", "depts=3"], "--set depts: ND413 no param 'depts'; did you mean 'depths'?"),
        (["resnet18", "--set", "depths="], "--set depths: ND014 a value is missing after '='; write name=value"),
        (["resnet18", "--set", "depths=[1,"], "--set depths: ND101"),
        (["resnet18", "--set", "block=Bottlenek"], "--set block: ND103"),
        (["resnet18", "--set", "classes=true"], "--set classes: ND301 out_features expects"),
        (["resnet19"], "resnet19: ND006"),
        (["none.yaml"], "none.yaml: ND001 no such file"),
        (["."], ".: ND002 this is a directory; name a file in it"),
    ],
)
def test_what_is_wrong_with_the_input(arguments: list[str], fault: str, folder: Path) -> None:
    result = run("render", *arguments)
    assert result.exit_code == 1 and result.stderr.startswith(fault) and result.stdout == ""
    assert names(folder) == []


def test_settings_are_values_of_the_language(folder: Path) -> None:
    def ops(*settings: str) -> list[str]:
        flags = [word for setting in settings for word in ("--set", setting)]
        result = run("summary", "resnet18", "-f", "json", *flags)
        assert result.exit_code == 0, result.stderr
        return [layer["op"] for layer in json.loads(result.stdout)["layers"]]

    assert ops("depths=[1,1,1,1]").count("Add") == 4
    assert ops("depths=[1, 1, 1, 1]", "depths=[2, 1, 1, 1]").count("Add") == 5
    assert ops("block=Bottleneck") == ops("block = Bottleneck") != ops()
    assert "LeakyReLU" in ops("block={BasicBlock: {act: {LeakyReLU: 0.1}}}")
    assert ops("classes=5 * 2") == ops()


@pytest.mark.parametrize("file", BAD[::6], ids=lambda file: file.stem)
def test_a_bad_file_gives_its_faults_and_writes_nothing(file: Path, folder: Path) -> None:
    result = run("render", str(file), "-o", "a.svg")
    golden = (file.parent.parent / "golden" / "bad" / f"{file.stem}.txt").read_text(encoding="utf-8")
    errors = [line for line in golden.splitlines() if ": warning: " not in line and ": note: " not in line]
    said = [line.replace(str(file), "net.yaml") for line in result.stderr.splitlines()]
    assert result.exit_code == 1 and set(errors) <= set(said) and names(folder) == []
    assert all(re.search(r" (ND\d{3}) ", line)[1] in codes() for line in said)  # type: ignore[index]


def test_warnings_and_notes(folder: Path) -> None:
    (folder / "warns.yaml").write_text(WARNS, encoding="utf-8")
    (folder / "shadows.yaml").write_text(SHADOWS, encoding="utf-8")
    warning = "warns.yaml:6:10: ND415 warning: the block Unused is never called\n"
    assert run("render", "warns.yaml", "-o", "-").stderr == warning
    assert run("render", "warns.yaml", "-o", "-", "-q").stderr == ""
    strict = run("render", "warns.yaml", "-o", "a.svg", "--strict", "-q")
    assert strict.exit_code == 1 and strict.stderr == warning and not (folder / "a.svg").exists()
    assert run("render", "shadows.yaml", "-o", "-", "--strict").stderr == ""
    assert "ND414 note: the block ConvBNAct" in run("render", "shadows.yaml", "-o", "-", "-v").stderr
    assert "ND414" in run("check", "shadows.yaml").stderr


def test_colour_only_where_it_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("render", "resnet19").stderr
    assert "\x1b[31m" in run("render", "resnet19", "--color").stderr
    assert "\x1b" not in run("render", "resnet19", "--no-color").stderr


# check


def test_check_reports_every_fault_of_every_source(folder: Path) -> None:
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "bad.yaml").write_text(GOOD.replace("Conv2d", "Conv2D"), encoding="utf-8")
    result = run("check", "bad.yaml", "none.yaml", "good.yaml")
    assert result.exit_code == 1 and result.stdout == "good.yaml: 224 parameters, 7,776 MACs\n"
    assert [line.split(" ")[1] for line in result.stderr.splitlines()] == ["ND103", "ND001"]
    assert run("check", "good.yaml", "-q").stdout == ""


def test_every_command_warns_of_totals_that_are_not_expected(folder: Path) -> None:
    (folder / "net.yaml").write_text(
        f"{GOOD}expect: {{macs: 7775}}\nvariants:\n  wide: {{width: 16}}\n", encoding="utf-8"
    )
    warning = "net.yaml:6:16: ND013 warning: small expects 7,775 macs, but has 7,776"
    for command in (
        ["render", "net.yaml", "--alt"], ["summary", "net.yaml"], ["cost", "net.yaml"], ["explain", "net.yaml", "input"],
        ["compare", "net.yaml", "net.yaml#wide", "-o", "both.svg"], ["diff", "net.yaml", "net.yaml#wide"],
    ):  # fmt: skip
        said = run(*command)
        assert said.stderr.splitlines()[:1] == [warning] and said.exit_code == (command[0] == "diff"), command
        assert run(*command, "--strict").exit_code == (2 if command[0] == "diff" else 1), command
    assert "ND013" not in run("summary", "net.yaml", "--set", "width=9").stderr + run("summary", "net.yaml#wide").stderr
    assert "ND013" not in run("sweep", "net.yaml", "--over", "width=8,16").stderr
    (fault,) = netdraw.load(str(folder / "net.yaml")).faults
    assert str(fault) == str(folder / warning)


def test_check_compares_what_is_expected_of_file_and_variants(folder: Path) -> None:
    text = (
        GOOD
        + "expect: {params: 224, macs: 7775}\nvariants:\n  wide: {width: 16, expect: {params: 1}}\n  any: {width: 9}\n"
    )
    (folder / "net.yaml").write_text(text, encoding="utf-8")
    assert run("check", "net.yaml").stderr.splitlines() == [
        "net.yaml:6:29: ND013 small expects 7,775 macs, but has 7,776",
        "net.yaml:8:38: ND013 wide expects 1 params, but has 448",
    ]
    assert run("check", "net.yaml#wide").exit_code == run("check", "net.yaml", "--variant", "wide").exit_code == 1
    assert run("check", "net.yaml#any").stdout == "net.yaml#any: 252 parameters, 8,748 MACs\n"
    assert run("check", "net.yaml", "--set", "width=10").exit_code == 0
    (folder / "net.yaml").write_text(
        text.replace("7775", "7776").replace("params: 1}", "params: 448}"), encoding="utf-8"
    )
    assert run("check", "net.yaml").stdout.count("as expected") == 2


def test_check_finds_the_faults_of_variants_alone(folder: Path) -> None:
    text = GOOD + "variants: {huge: {width: 10000000000}, none: {width: none}}\n"
    (folder / "net.yaml").write_text(text, encoding="utf-8")
    codes = [line.split(" ")[1] for line in run("check", "net.yaml").stderr.splitlines()]
    assert codes == ["ND505", "ND301"]
    (folder / "net.yaml").write_text(text.replace("width: 8", "width: required"), encoding="utf-8")
    assert [line.split(" ")[1] for line in run("check", "net.yaml").stderr.splitlines()] == codes


def test_check_of_the_zoo() -> None:
    result = run("check", "--zoo", "--strict")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert len(lines) >= 18 and all(line.endswith(", as expected") for line in lines)


# summary, explain, list, schema, completion


def test_summary(folder: Path) -> None:
    net = load("vgg11")
    assert run("summary", "vgg11").stdout == net.summary()
    assert run("summary", "vgg11", "--cost", "flops").stdout == net.summary(cost="flops")
    result = run("summary", "vgg11", "-o", "a.json", "-o", "a.TEX", "-o", "a.txt", "-o", "-", "-f", "md")
    assert result.stdout == net.summary("md") and result.exit_code == 0
    assert (folder / "a.json").read_text(encoding="utf-8") == net.summary("md")
    assert run("summary", "vgg11", "-o", "b.json", "-o", "b.tex", "-o", "b", "-q").stderr == ""
    assert (folder / "b.json").read_text(encoding="utf-8") == net.summary("json")
    assert (folder / "b.tex").read_text(encoding="utf-8") == net.summary("latex")
    assert (folder / "b").read_text(encoding="utf-8") == net.summary("text")
    assert run("summary", "vgg11", "-f", "jsn").stderr.startswith("--format: ND606 unknown format 'jsn'")


def test_alt_prints_what_the_network_is_and_draws_nothing(folder: Path) -> None:
    result = run("render", "mobilenet_v2", "--alt", "--lang", "zh")
    assert (result.exit_code, result.stderr, names(folder)) == (0, "", [])
    assert result.stdout == load("mobilenet_v2").alt(lang="zh") + "\n"
    assert run("render", "resnet", "--variant", "resnet18", "--alt").stdout.startswith("ResNet-18 (2015): ")
    refused = run("render", "lenet", "--alt", "-o", "a.svg")
    assert (refused.exit_code, names(folder)) == (2, []) and "--alt draws nothing" in refused.stderr
    assert run("render", "lenet", "--alt", "--lang", "xx").stderr.startswith("--lang: ND623")


def test_transparent_leaves_out_the_ground(folder: Path) -> None:
    assert run("render", "lenet", "--transparent", "-o", "a.svg", "-o", "a.png", "-o", "a.pdf").exit_code == 0
    drawing = load("lenet").draw()
    for name in names(folder):
        assert (
            (folder / name).read_bytes() == drawing.to_bytes(name[2:], transparent=True) != drawing.to_bytes(name[2:])
        )


def test_explain() -> None:
    assert run("explain", "nd305").stdout.startswith("ND305  kernel larger than its input\n")
    assert run("explain", "Conv2d").stdout.startswith("Conv2d\n\nConvolution over an image")
    assert "  residual: {rule: project" in run("explain", "Bottleneck").stdout
    assert "auto: stride 2, so no add" in run("explain", "mobilenet_v2", "stages.1.0").stdout
    assert "gives 64" not in run("explain", "resnet", "linear", "--variant", "resnet18", "--set", "classes=7").stderr
    assert (
        "512 × 7 + 7 = 3,591"
        in run("explain", "resnet", "linear", "--variant", "resnet18", "--set", "classes=7").stdout
    )
    unknown = run("explain", "Conv2D")
    assert unknown.exit_code == 1
    assert unknown.stderr == "Conv2D: ND012 neither a code, an op nor a block has this name; did you mean 'Conv2d'?\n"
    nowhere = run("explain", "resnet18", "stages.1.0.bn")
    assert nowhere.exit_code == 1 and "ND012 resnet18 has no layer or group" in nowhere.stderr


def test_list() -> None:
    zoo = run("list").stdout
    for name in zoo_names():
        assert re.search(rf"^{name} ", zoo, re.MULTILINE)
    assert re.search(r"^resnet18 +ResNet-18 +11,689,512 +1,814,073,344$", zoo, re.MULTILINE)
    for what, name in {"ops": "Conv2d", "blocks": "ConvBNAct", "themes": "dark", "layouts": "strip"}.items():
        assert re.search(rf"^{name}\b", run("list", what).stdout, re.MULTILINE)
    assert re.search(r"^png +\.png +render$", run("list", "formats").stdout, re.MULTILINE)
    assert re.search(r"^latex +\.tex +summary$", run("list", "formats").stdout, re.MULTILINE)
    assert re.search(r"^md +\.md \.markdown +diff$", run("list", "formats").stdout, re.MULTILINE)
    assert len(run("list", "codes").stdout.splitlines()) == len(codes()) + 1
    assert run("list", "params", "resnet18").stdout.splitlines() == [
        "param       value",
        "block       BasicBlock",
        "depths      [2, 2, 2, 2]",
        "resolution  224",
        "classes     1000",
    ]
    assert run("list", "params", "resnet19").exit_code == 1


def test_schema(folder: Path) -> None:
    data = json.loads(run("schema").stdout)
    assert data["$schema"].startswith("https://json-schema.org/")
    assert run("schema", "-o", "netdraw.schema.json").exit_code == 0
    assert json.loads((folder / "netdraw.schema.json").read_text(encoding="utf-8")) == data


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0 and "_NETDRAW_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("netdraw re", {"render"}),
        ("netdraw render resnet1", {"resnet18", "resnet101", "resnet152"}),
        ("netdraw explain Bottle", {"Bottleneck"}),
        ("netdraw list th", {"themes"}),
        ("netdraw diff lenet resnet1", {"resnet18", "resnet101", "resnet152"}),
    ],
)
def test_what_is_completed(words: str, expected: set[str]) -> None:
    environment = {
        **os.environ,
        "_NETDRAW_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "PYTHONPATH": str(Path(netdraw.__file__).parents[1]),
    }
    code = "import sys; sys.argv = ['netdraw']; from netdraw.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert expected <= {line.partition(",")[2] for line in done.stdout.splitlines()}, done.stderr


# diff


def test_diff_exits_as_grep_does(folder: Path) -> None:
    (folder / "net.yaml").write_text(GOOD, encoding="utf-8")
    same = run("diff", "net.yaml", "net.yaml")
    assert same.exit_code == 0 and "no difference in 1 layer, 224 parameters" in same.stdout
    other = run("diff", "net.yaml", "--set-b", "width=16")
    assert other.exit_code == 1 and other.stdout.startswith("small → small (width=16)\n") and other.stderr == ""
    assert other.stdout == netdraw.diff("net.yaml", load("net.yaml", width=16)).text()
    assert run("diff", "net.yaml", "--set", "width=16", "--set-a", "width=4", "--set-b", "width=4").exit_code == 0
    quiet = run("diff", "net.yaml", "--set-b", "width=16", "-q")
    assert quiet.exit_code == 1 and quiet.stdout == quiet.stderr == ""


def test_a_fault_of_a_param_names_its_option_and_its_source() -> None:
    own = run("diff", "lenet", "--set-a", "foo=1", "--set-b", "bar=[")
    assert own.exit_code == 2 and [line.partition(": ")[0] for line in own.stderr.splitlines()] == [
        "--set-a foo of lenet",
        "--set-b bar of lenet",
    ]
    for command in ("diff", "compare"):
        both = run(command, "lenet", "vgg16", "--set", "foo=1").stderr.splitlines()
        assert [line.partition(": ")[0] for line in both] == ["--set foo of lenet", "--set foo of vgg16"]
    assert run("compare", "lenet", "--set", "foo=1").stderr.startswith("--set foo: ND413")
    assert "Invalid value for --set-b: 'x' is not" in run("diff", "lenet", "--set-b", "x").stderr


def test_diff_tells_the_faults_of_both(folder: Path) -> None:
    (folder / "bad.yaml").write_text(GOOD.replace("Conv2d", "Conv9d"), encoding="utf-8")
    result = run("diff", "bad.yaml", "resnet19")
    assert result.exit_code == 2 and result.stdout == ""
    assert "bad.yaml:5:10: ND103" in result.stderr and "resnet19: ND006" in result.stderr
    (folder / "warns.yaml").write_text(WARNS, encoding="utf-8")
    assert "warning" in run("diff", "warns.yaml", "warns.yaml").stderr
    assert run("diff", "warns.yaml", "warns.yaml", "--strict").exit_code == 2
    assert run("diff", "lenet", "alexnet", "-f", "jsn").exit_code == 2
    assert run("diff", "lenet", "alexnet", "-o", "no_folder/x.md").exit_code == 2
    figure = run("diff", "lenet", "alexnet", "-o", "x.dot")
    assert figure.exit_code == 2 and "x.dot: ND606 unknown format '.dot' of a diff; choose from csv, " in figure.stderr
    assert "ND606 unknown format 'sgv' of a diff; did you mean" in run("diff", "lenet", "lenet", "-f", "sgv").stderr
    assert names(folder) == ["bad.yaml", "warns.yaml"]


def test_diff_draws_a_figure(folder: Path) -> None:
    result = run(
        "diff", "lenet", "alexnet", "-o", "a.svg", "-o", "a.png", "-o", "a.pdf", "--theme", "dark", "--no-title"
    )
    assert result.exit_code == 1 and names(folder) == ["a.pdf", "a.png", "a.svg"] and "wrote a.png" in result.stderr
    svg = (folder / "a.svg").read_text(encoding="utf-8")
    assert 'class="title"' not in svg and "#0d1117" in svg and 'data-ids="alexnet/' in svg
    assert (folder / "a.png").read_bytes()[:4] == b"\x89PNG" and (folder / "a.pdf").read_bytes()[:5] == b"%PDF-"
    printed = run("diff", "lenet", "lenet", "-f", "svg", "--lang", "zh")
    assert printed.exit_code == 0 and printed.stdout.startswith("<svg") and "没有差异。" in printed.stdout
    narrow = run("diff", "lenet", "alexnet", "-o", "b.svg", "--width", "100")
    assert narrow.exit_code == 2 and "ND622" in narrow.stderr and not (folder / "b.svg").exists()


def test_diff_to_files_and_from_standard_input(folder: Path) -> None:
    result = run("diff", "-", "lenet", "-o", "a.md", "-o", "a.csv", "-o", "a.txt", "-o", "-", "-f", "json", input=GOOD)
    assert result.exit_code == 1 and json.loads(result.stdout)["before"]["name"] == "small"
    assert names(folder) == ["a.csv", "a.md", "a.txt"] and "wrote a.md" in result.stderr
    assert json.loads((folder / "a.md").read_text(encoding="utf-8"))
    assert run("diff", "-", "lenet", "-o", "a.md", input=GOOD).stdout == ""
    assert (folder / "a.md").read_text(encoding="utf-8").startswith("### small → lenet\n")
    whole = run("diff", "lenet", "lenet", "--all").stdout
    assert whole.count("  Conv2d  ") == 3 and len(whole.splitlines()) > 13


def test_diff_in_colour_only_where_it_is_asked_for() -> None:
    plain, colored = (run("diff", "resnet18", "resnet34", flag).stdout_bytes for flag in ("--no-color", "--color"))
    assert b"\x1b" not in plain and plain == run("diff", "resnet18", "resnet34").stdout_bytes
    assert b"\x1b[33m~ stages.0\x1b[0m " in colored and re.sub(rb"\x1b\[\d+m", b"", colored) == plain
    assert b"\x1b" not in run("diff", "resnet18", "resnet34", "--color", "-f", "md").stdout_bytes


# new


def test_new_begins_a_spec_that_is_right(folder: Path) -> None:
    result = run("new", "my_net.yaml")
    assert result.exit_code == 0 and result.stderr == "wrote my_net.yaml\nnext: netdraw render my_net.yaml\n"
    assert run("check", "my_net.yaml", "--strict").exit_code == 0
    assert load("my_net.yaml").name == "my_net"
    assert run("render", "my_net.yaml").exit_code == 0 and names(folder) == ["my_net.svg", "my_net.yaml"]


def test_new_does_not_replace_a_file(folder: Path) -> None:
    (folder / "net.yaml").write_text("mine", encoding="utf-8")
    result = run("new", "net.yaml")
    assert result.exit_code == 1 and "net.yaml: ND010 the file exists; write --force to replace it" in result.stderr
    assert (folder / "net.yaml").read_text(encoding="utf-8") == "mine"
    assert run("new", "net.yaml", "--force").exit_code == 0 and run("check", "net.yaml").exit_code == 0
    assert run("new", "no/net.yaml").stderr.startswith("no/net.yaml: ND007")
    assert run("new", "a.yaml", "--from", "resnet19").stderr.startswith("resnet19: ND006")
    assert names(folder) == ["net.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("name", zoo_names())
def test_new_from_the_zoo_is_the_same_network(name: str, folder: Path) -> None:
    assert run("new", "net.yaml", "--from", name, "-q").stderr == ""
    before, after = load(name), load("net.yaml")
    assert structure_hash(after.graph) == structure_hash(before.graph)
    assert (after.header, after.name, after.spec.variants) == (before.header, before.name, ())
    assert run("check", "net.yaml", "--strict").exit_code == 0


def test_new_keeps_comments() -> None:
    text = copy_of(zoo_names()["mobilenet_v1_050"])
    original = resources.read_text(resources.path("specs", "mobilenet_v1.yaml"))
    assert all(line in text for line in original.splitlines() if line.startswith("#"))
    assert "params: {width: 0.5, min_depth: 0, resolution: 224, classes: 1000, " in text and "variants" not in text


def test_new_from_texts_of_many_forms(folder: Path) -> None:
    text = """\
netdraw: 1
name: 'it''s'   # a name
title: "a \\"title\\""
# of the params
params:
  width: 8      # kept
  act: {LeakyReLU: 0.1}
  depths:
    - 1
    - 2
  plain: [1, 2,   # inside
    3]
input: [3, 8, 8]
# the variants go
variants:
  wide:
    title: "x: y"
    year: 2020
    width: 16
    act: ReLU
    plain: [4]
    depths: [3]
# the end stays
layers: [Conv2d: {out_channels: width, kernel_size: 3}, act]
""".replace("it''s", "its")
    (folder / "old.yaml").write_text(text, encoding="utf-8")
    assert run("new", "new.yaml", "--from", "old.yaml#wide").exit_code == 0
    assert (
        (folder / "new.yaml").read_text(encoding="utf-8")
        == """\
netdraw: 1
year: 2020
name: wide   # a name
title: "x: y"
# of the params
params:
  width: 16      # kept
  act: ReLU
  depths:
    [3]
  plain: [4]
input: [3, 8, 8]
# the end stays
layers: [Conv2d: {out_channels: width, kernel_size: 3}, act]
"""
    )


def test_new_refuses_what_it_cannot_follow(folder: Path) -> None:
    text = GOOD.replace("{width: 8}", "{width: &w 8, other: *w}") + "variants: {wide: {width: 16}}\n"
    (folder / "old.yaml").write_text(text, encoding="utf-8")
    result = run("new", "new.yaml", "--from", "old.yaml#wide")
    assert (result.exit_code, names(folder)) in ((0, ["new.yaml", "old.yaml"]), (1, ["old.yaml"]))
    if result.exit_code:
        assert result.stderr.startswith("old.yaml: ND015")
    else:
        assert load("new.yaml").graph.nodes == load("old.yaml#wide").graph.nodes


# Whole processes


def process(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "netdraw", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(netdraw.__file__).parents[1])},
        **options,  # type: ignore[call-overload]
    )


def test_a_pipe_that_closes_gives_no_traceback() -> None:
    done = process("summary", "resnet152", "-f", "json")
    assert done.stdout and done.stderr
    done.stdout.read(10)
    done.stdout.close()
    assert b"Traceback" not in done.stderr.read()
    done.wait()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_gives_no_traceback() -> None:
    # Where a shell started the tests in the background, the signal would be ignored.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    done = process("render", "-", stdin=subprocess.PIPE, **heard)
    assert done.stdin
    done.stdin.write(b"#" * 2**20)  # more than a pipe holds: once written, it is being read
    done.send_signal(signal.SIGINT)
    _, said = done.communicate(timeout=20)
    assert (done.returncode, b"Traceback" in said) == (130, False), said


@pytest.mark.parametrize("arguments", [["summary", "resnet18"], ["explain", "Conv2d"]])
def test_bytes_do_not_follow_the_locale(arguments: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(Path(netdraw.__file__).parents[1])}
    command = [sys.executable, "-m", "netdraw", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == run(*arguments).stdout and "×" in done.stdout.decode()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_standard_output_gives_no_traceback() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "netdraw", "summary", "resnet18"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(netdraw.__file__).parents[1])},
        )
    assert done.returncode == 1 and b"Traceback" not in done.stderr and b"ND009" in done.stderr


def test_a_binary_file_and_broken_bytes(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(bytes(range(256)))
    for arguments in (["check", "a.yaml"], ["render", "-"]):
        result = run(*arguments, input=bytes(range(256)))
        assert result.exit_code == 1 and "ND004" in result.stderr


def test_a_result_is_typed(golden: Callable[[str, str], None]) -> None:
    golden("explain/mobilenet_v2.txt", run("explain", "mobilenet_v2", "stages.1.0").stdout)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("netdraw render mobilenet_v2 --theme d", {"dark", "default"}),
        ("netdraw render mobilenet_v2 --set w", {"width="}),
        ("netdraw render vgg --variant vgg1", {"vgg11", "vgg13", "vgg16", "vgg19"}),
        ("netdraw render lenet --width p", {"page"}),
        ("netdraw render lenet --cost f", {"flops"}),
        ("netdraw render lenet --format p", {"pdf", "png"}),
        ("netdraw summary lenet --format j", {"json"}),
        ("netdraw diff lenet alexnet --format h", {"html"}),
        ("netdraw diff lenet alexnet --format s", {"svg"}),
        ("netdraw diff lenet alexnet --theme da", {"dark"}),
        ("netdraw compare lenet alexnet --format p", {"pdf", "png"}),
        ("netdraw diff mobilenet_v2 --set-b w", {"width="}),
        ("netdraw explain mobilenet_v2 stages.6.0.conv_bn_act_3.c", {"stages.6.0.conv_bn_act_3.conv2d"}),
        ("netdraw render no_such_network --set w", set()),
    ],
)
def test_values_of_options_are_completed(line: str, offered: set[str]) -> None:
    words = line.split()
    asked = {"_NETDRAW_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    shown = CliRunner().invoke(cli, env=asked, prog_name="netdraw").stdout
    assert {row.partition(",")[2] for row in shown.split()} == offered
