"""`netdraw cost` and `netdraw summary --table`: formats by suffix, what is completed, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import netdraw
from netdraw.cli import cli


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="netdraw")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_suffix_says_the_format(folder: Path) -> None:
    net = netdraw.load("mobilenet_v1")
    names = ["a.svg", "a.PNG", "a.json", "a.tex", "a.md", "a"]
    result = run("cost", "mobilenet_v1", *[word for name in names for word in ("-o", name)])
    assert result.exit_code == 0 and result.stdout == ""
    assert (folder / "a.svg").read_bytes() == net.draw_cost().to_bytes("svg")
    assert (folder / "a.PNG").read_bytes()[:4] == b"\x89PNG"
    assert (folder / "a.json").read_text(encoding="utf-8") == net.cost("json")
    assert (folder / "a.tex").read_text(encoding="utf-8") == net.cost("latex")
    assert (folder / "a").read_text(encoding="utf-8") == net.cost()
    assert run("cost", "mobilenet_v1", "-f", "md", "--by", "stage").stdout == net.cost("md", by="stage")
    assert (
        run("cost", "mobilenet_v1", "-f", "svg", "--theme", "dark").stdout
        == net.draw_cost(theme="dark").to_bytes("svg").decode()
    )


def test_a_pair_is_a_figure(folder: Path) -> None:
    drawn = netdraw.load("mobilenet_v2").draw_pair(3, width="column").to_bytes("svg")
    assert run("cost", "mobilenet_v2", "--pair", "3", "--width", "column").stdout == ""
    assert (folder / "mobilenet_v2-pair-3.svg").read_bytes() == drawn
    assert run("cost", "mobilenet_v2", "--pair", "3", "--width", "column", "-o", "-").stdout == drawn.decode()


def test_params_and_variants_are_set(folder: Path) -> None:
    assert "1,814,073,344" in run("cost", "resnet", "--variant", "resnet18").stdout
    assert "149,497,088" in run("cost", "mobilenet_v1", "--set", "width=0.5").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["cost", "lenet", "--by", "kinds"], 1, "--by: ND623 unknown value 'kinds'; did you mean 'kind'?"),
        (
            ["cost", "lenet", "-o", "a.svgg"],
            1,
            "a.svgg: ND606 unknown format '.svgg' of a table of costs; did you mean 'svg'?",
        ),
        (["cost", "lenet", "-f", "jsn"], 1, "--format: ND606 unknown format 'jsn'"),
        (
            ["cost", "lenet", "--pair", "1"],
            1,
            "--pair: ND641 there is no pair 1; lenet has no depthwise separable pair",
        ),
        (["cost", "mobilenet_v1", "--pair", "1", "-f", "csv"], 1, "--format: ND606 unknown format 'csv'"),
        (["cost", "mobilenet_v1", "--pair", "1", "-o", "a.md"], 1, "a.md: ND606 unknown format '.md'"),
        (["cost", "mobilenet_v1", "--pair", "x"], 2, "Invalid value for '--pair'"),
        (["cost", "lenet", "-f", "svg", "--width", "9"], 1, "--width: ND622 the figure does not fit a width of 9"),
        (["cost", "lenet", "-f", "png", "--scale", "0"], 1, "--scale: ND607"),
        (["summary", "vgg11", "vgg13"], 2, "write --table paper"),
        (["summary", "vgg11", "--table", "papr"], 1, "--table: ND623 unknown value 'papr'; did you mean 'paper'?"),
        (["summary", "unet", "--table", "layers"], 1, "--table: ND640 unet is no plain chain"),
        (
            ["summary", "vgg11", "-o", "a.svg"],
            1,
            "a.svg: ND606 no table is written as '.svg'; its suffixes are .json, ",
        ),
        (["summary", "vgg11", "-o", "a.md", "-o", "a.foo", "--table", "paper"], 1, "a.foo: ND606 no table is written"),
        (["summary", "vgg11", "--table", "paper", "-f", "outline"], 1, "ND606 the format 'outline' has no such tables"),
    ],
)
def test_what_is_refused(arguments: list[str], code: int, said: str, folder: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == code and said in result.stderr
    assert list(folder.iterdir()) == []


def test_the_table_of_a_summary(folder: Path) -> None:
    net = netdraw.load("mobilenet_v1")
    assert run("summary", "mobilenet_v1", "--table", "paper", "-o", "a.tex").exit_code == 0
    assert (folder / "a.tex").read_text(encoding="utf-8") == net.summary("latex", table="paper")
    several = run("summary", "vgg11", "vgg19", "--table", "paper", "--cost", "flops", "-f", "csv")
    assert several.stdout == netdraw.tabulate("vgg11", "vgg19", format="csv", cost="flops")
    assert run("summary", "mobilenet_v1", "--table", "full").stdout == net.summary()


def test_the_faults_of_all_sources_are_told(folder: Path) -> None:
    head = "netdraw: 1\nname: a\ninput: [3, 8, 8]\nlayers: "
    (folder / "one.yaml").write_text(head + "[Cnv2d: 3, Liner: 3]\n", encoding="utf-8")
    (folder / "two.yaml").write_text(head + "[Conv2d: {out_channels: 3, kernl: 3}]\n", encoding="utf-8")
    sources = ["one.yaml", "lenet", "two.yaml", "nosuch"]
    result = run("summary", *sources, "--table", "paper")
    places = [line.split(": ")[0] for line in result.stderr.splitlines()]
    assert (result.exit_code, places) == (1, ["one.yaml:4:10", "one.yaml:4:20", "two.yaml:4:36", "nosuch"])
    with pytest.raises(netdraw.NetdrawError) as caught:
        netdraw.tabulate(*sources)
    assert [str(fault) for fault in caught.value.faults] == result.stderr.splitlines()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("netdraw cost lenet --by l", {"layer"}),
        ("netdraw cost lenet --format p", {"pdf", "png"}),
        ("netdraw cost lenet --format o", set()),
        ("netdraw cost lenet --format t", {"text"}),
        ("netdraw cost lenet --theme d", {"dark", "default"}),
        ("netdraw summary lenet --table p", {"paper"}),
        ("netdraw summary vgg --variant vgg1", {"vgg11", "vgg13", "vgg16", "vgg19"}),
        ("netdraw summary vgg11 vgg1", {"vgg11", "vgg13", "vgg16", "vgg19", "vgg1"}),
        ("netdraw cos", {"cost"}),
    ],
)
def test_values_are_completed(line: str, offered: set[str]) -> None:
    words = line.split()
    asked = {"_NETDRAW_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    shown = CliRunner().invoke(cli, env=asked, prog_name="netdraw").stdout
    assert {row.partition(",")[2] for row in shown.split()} == offered
