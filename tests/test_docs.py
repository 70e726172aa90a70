"""The examples of README and docs are specs that build, with the totals that they state."""

from __future__ import annotations

import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nets
import pytest
from click.testing import CliRunner
from figures import network

import netdraw
from netdraw.cli import cli
from netdraw.core.errors import Faults
from netdraw.ops import OPS
from netdraw.spec.keywords import RESERVED
from netdraw.spec.parser import parse
from netdraw.spec.schema import schema

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]*)(#[^)]*)?\)")
MADE = "<!-- Made by scripts/build_docs.py"


def examples() -> Iterator[object]:
    """Every YAML text in a page written by hand; a part of a spec, one without `layers`, is left out."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for index, example in enumerate(FENCE.findall(text)):
            if MADE not in text and re.search("^layers:", example, re.MULTILINE):
                yield pytest.param(example, id=f"{page.stem}-{index}")


def completed(text: str) -> str:
    """An example with the first lines that it lacks."""
    if text.startswith("netdraw:"):
        return text
    given = re.search("^inputs?:", text, re.MULTILINE)
    return "netdraw: 1\nname: example\n" + ("" if given else "input: [3, 32, 32]\n") + text


@pytest.mark.parametrize("text", list(examples()))
def test_an_example_builds(text: str) -> None:
    text = completed(text)
    faults = Faults()
    spec = parse(text, "example.yaml", faults)
    assert spec is not None and not faults.items
    for variant in [None, *(variant.name for variant in spec.variants)]:
        net = nets.graph(text, variant)
        if spec.header.expect:
            assert dict(zip(("params", "macs"), nets.costs(net), strict=True)) == dict(spec.header.expect)


def test_the_comments_on_residuals_are_what_the_rule_does() -> None:
    page = (ROOT / "docs/language.md").read_text(encoding="utf-8")
    (text,) = [example for example in FENCE.findall(page) if "# adds" in example]
    net = nets.graph("netdraw: 1\nname: example\ninput: [3, 32, 32]\n" + text)
    done = list(nets.residuals(net).values())
    assert done == [("add", ""), ("none", "stride 2"), ("none", "24 → 32"), ("project", ""), ("project", "")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target, _ in LINK.findall(text)] + re.findall(r'src="([^"]+)"', text)
    for target in targets:
        if target and not target.startswith("https://"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
    for anchor in [anchor for target, anchor in LINK.findall(text) if not target and anchor]:
        heads = [
            re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in re.findall(r"^#+ (.*)$", text, re.M)
        ]
        assert anchor[1:] in heads


def sections(page: str) -> dict[str, str]:
    """The text below each head of a page, by the anchor of the head."""
    parts = re.split(r"^#+ (.*)$", page, flags=re.MULTILINE)
    anchors = [re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in parts[1::2]]
    return dict(zip(anchors, parts[2::2], strict=True))


def maps(value: object) -> Iterator[set[str]]:
    """The keys of every map of the language that a schema states; those of calls are ops and blocks."""
    for key, item in value.items() if isinstance(value, dict) else ():
        if key == "properties":
            yield set(item)
        if key != "call":
            yield from maps(item)
    for item in value if isinstance(value, list) else ():
        yield from maps(item)


def test_every_key_of_the_schema_has_its_place_in_the_manual() -> None:
    """It stands in the table of all keys, and there links to a part of the page that tells of it."""
    parts = sections((ROOT / "docs/language.md").read_text(encoding="utf-8"))
    rows = dict(re.findall(r"^\| (.*?) \| (.*) \|$", parts["all-keys"], re.MULTILINE))
    places = {name: re.findall(r"\[`(\w+)`\]\(#([\w-]+)\)", row) for name, row in rows.items()}
    told = {name: {key for key, _ in links} for name, links in places.items()}
    made = schema()
    assert set().union(*told.values()) == set().union(*maps(made))
    assert told["a file"] == set(made["properties"])
    assert told["a block"] == set(made["properties"]["blocks"]["additionalProperties"]["properties"])
    assert told["a variant"] == set(made["properties"]["variants"]["additionalProperties"]["anyOf"][1]["properties"])
    assert told["beside any layer"] == RESERVED
    for key, anchor in [link for links in places.values() for link in links]:
        assert re.search(rf"`{key}\b|(^|[{{ ]){key}:[ \n]", parts[anchor], re.MULTILINE), (
            f"{key} is not told of in #{anchor}"
        )


def test_every_op_is_in_the_manual() -> None:
    page = (ROOT / "docs/ops.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE) == OPS.names()


def test_the_python_of_the_manual_gives_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All examples of the page in one run, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    code = "".join(re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, "docs/python.md", None, None)
    assert len(test.examples) > 40
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append)
    assert "".join(told) == ""
    assert sorted(file.name for file in tmp_path.iterdir()) == ["figure.pdf", "figure.png", "figure.svg"]


def test_the_alt_text_of_the_manual_is_what_is_printed() -> None:
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```text\n(.*?)\n```$", page, re.MULTILINE)
    assert text == netdraw.load("mobilenet_v2").alt()


def test_every_stage_is_plain_data() -> None:
    """What to_dict() gives has nothing in it that JSON would not give back."""
    for name in ("mobilenet_v2", "googlenet", "ssd300", "unet", "mtcnn"):
        net = network(name)
        drawing = net.draw()
        assert drawing.diagram is not None and drawing.placement is not None
        for stage in (net.spec, net.graph, net.analysis, drawing.diagram, drawing.placement, drawing.scene):
            plain = stage.to_dict()
            assert list(json.loads(json.dumps(plain))) == list(plain)


def test_the_page_on_diffs_shows_what_the_command_prints_and_its_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/diff.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```sh\n(netdraw diff [^\n]*)\n```\n\n```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(shown) == 2
    for command, text in shown:
        result = CliRunner().invoke(cli, command.split()[1:], prog_name="netdraw")
        assert (result.exit_code, result.stdout) == (1, text)
    for line in re.findall(r"^netdraw diff .*", page, re.MULTILINE):
        assert CliRunner().invoke(cli, line.split()[1:], prog_name="netdraw").exit_code == 1
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    exec(compile(code, "diff.md", "exec"), {})
