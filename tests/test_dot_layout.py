"""The layout `dot`: graphs that only it can place; its engine, its limits, its fallback."""

from __future__ import annotations

import copy
import functools
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from engines import needs_engine
from figures import sizes
from layout_checks import collisions

import netdraw
from netdraw.core import resources
from netdraw.diagram.build import build
from netdraw.diagram.model import Bracket
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.base import Page
from netdraw.layout.graphviz import engine, splines
from netdraw.layout.graphviz.answer import Asked, read
from netdraw.layout.graphviz.dot import dot
from netdraw.layout.graphviz.sidespans import side_spans
from netdraw.type.primitives import Group, Text

PYTHON = sys.executable
PAGES = {"down": Page(1440.0, None, 20.0), "right": Page(None)}


def written(layers: str, header: str = "") -> netdraw.Network:
    return netdraw.load(f"netdraw: 1\nname: net\ninput: [16, 32, 32]\n{header}layers:\n{layers}")


def tangled(count: int, seed: int, longs: int) -> netdraw.Network:
    """A network of `count` convolutions, each fed by the one before, and `longs` edges over random distances."""
    draw = random.Random(seed)
    reads: dict[int, set[int]] = {}
    for _ in range(longs):
        start = draw.randrange(count - 3)
        reads.setdefault(draw.randrange(start + 2, count), set()).add(start)
    lines = []
    for number in range(count):
        sources = sorted(reads.get(number, set()) - {number - 1})
        if sources:
            names = ", ".join([f"n{number - 1}", *(f"n{source}" for source in sources)])
            lines.append(f"  - Add: {{from: [{names}]}}\n    name: n{number}")
        else:
            lines.append(f"  - Conv2d: {{out_channels: 16, kernel_size: 3, padding: same}}\n    name: n{number}")
    return written("\n".join(lines) + "\n")


def concats(count: int) -> netdraw.Network:
    """A dense block whose every layer lists all that it reads."""
    lines = ["  - Conv2d: {out_channels: 16, kernel_size: 1}\n    name: x0"]
    for number in range(1, count):
        names = ", ".join(f"x{other}" for other in range(number))
        lines.append(f"  - Concat: {{from: [{names}]}}\n    name: c{number}" if number > 1 else "")
        lines.append(f"  - Conv2d: {{out_channels: 8, kernel_size: 3, padding: same}}\n    name: x{number}")
    names = ", ".join(f"x{other}" for other in range(count))
    return written("\n".join(filter(None, [*lines, f"  - Concat: {{from: [{names}]}}"])) + "\n")


def nasnet(name: str, inputs: str, *layers: str) -> netdraw.Network:
    """Layers of the blocks of NASNet in the zoo's spec."""
    spec = resources.read_text(resources.path("specs", "nasnet.yaml"))
    blocks = spec[spec.index("\nblocks:") : spec.index("\nlayers:")]
    listed = "".join(f"  - {layer}\n" for layer in layers)
    return netdraw.load(f"netdraw: 1\nname: {name}\n{inputs}\n{blocks}\nlayers:\n{listed}")


def cell(block: str) -> netdraw.Network:
    """One cell with inputs of its own."""
    inputs = "inputs: {cur: [264, 28, 28], prev: [264, 28, 28]}"
    return nasnet(f"{block.lower()}_cell", inputs, f"{block}: {{out: 44, from: [cur, prev]}}")


ANY = {
    "tangled": tangled(200, 7, 30),
    "tangled-less": tangled(60, 8, 12),
    "concats": concats(9),
    "normal": cell("Normal"),
    "reduction": cell("Reduction"),
    "stems": nasnet(
        "stems",
        "input: [3, 224, 224]",
        "ConvBNAct: {name: conv, out_channels: 32, stride: 2, act: none}",
        "Reduction: {name: one, out: 11, first: true, from: [conv, conv]}",
        "Reduction: {name: two, out: 22, from: [one, conv]}",
    ),
}


@pytest.mark.slow
@needs_engine
@pytest.mark.parametrize(
    ("name", "page"),
    [(name, page) for name in ANY for page in PAGES if (name, page) != ("tangled", "down")],
)
def test_any_graph(name: str, page: str) -> None:
    net = ANY[name]
    measure, found = sizes(), build(net.graph, net.analysis, View(), About("net"))
    placed = dot(found, measure, PAGES[page]._replace(width=None if page == "right" else 3000.0))
    assert collisions(placed, found, measure) == []


def test_brackets_beside_a_graph_are_one_where_one_has_no_row_of_its_own() -> None:
    """A row is what lies beside one another; along rows with cells of several there is no bracket."""
    cells = {"one": ("a", "b"), "two": ("c",), "three": ("d", "e")}
    made = [
        Bracket(stage, None, own[0], own[-1], cost, "", stages=(stage,), cells=own)
        for cost, (stage, own) in enumerate(cells.items(), 1)
    ]
    placed = [("a", 0.0, 1.0), ("b", 2.0, 3.0), ("c", 2.5, 3.5), ("d", 4.0, 5.0), ("e", 6.0, 7.0)]
    found = [(bracket.stages, bracket.cost, low, high) for bracket, low, high in side_spans(made, placed)]
    assert found == [(("one", "two"), 3, 0.0, 3.5), (("three",), 3, 4.0, 7.0)]
    placed[4] = ("e", 0.5, 1.5)  # beside the first of all
    spans = side_spans(made, placed)
    assert [(bracket.stages, bracket.cost, low, high) for bracket, low, high in spans] == [
        (("one", "two"), 3, 2.0, 3.5), (("three",), 3, 4.0, 5.0),
    ]  # fmt: skip


def test_a_stage_in_several_places_has_a_bracket_for_each_and_says_its_cost_once() -> None:
    made = [
        Bracket("one", None, "a", "b", 5, "", cells=("a", "b")),
        Bracket("two", None, "c", "c", 7, "", cells=("c",)),
    ]
    spans = side_spans(made, [("a", 0.0, 1.0), ("c", 2.0, 3.0), ("b", 4.0, 6.0)])
    assert [(one.stage, one.cost, one.more, low) for one, low, _ in spans] == [
        ("one", None, True, 0.0), ("one", 5, False, 4.0), ("two", 7, False, 2.0),
    ]  # fmt: skip


# The engine


@needs_engine
def test_the_line_comes_in_where_the_graph_says() -> None:
    net, ruler = netdraw.load("densenet121"), sizes()
    found = build(net.graph, net.analysis, View(), About(net.title))
    for width, side in ((None, "left"), (600.0, "top")):
        assert {placed.entry for placed in dot(found, ruler, Page(width)).cells} == {side}


@needs_engine
def test_the_metadata_names_the_engine() -> None:
    found = engine.engine()
    for layout, said in (("dot", f"dot, {found.name}"), ("strip", "strip"), ("stack", "stack"), ("auto", "strip")):
        drawing = netdraw.load("lenet").draw(layout=layout)
        assert dict(drawing.scene.meta)["engine"] == said
    assert dict(ANY["tangled"].draw(width="none").scene.meta)["engine"] == f"dot, {found.name}"


def fake(folder: Path, name: str, code: str) -> str:
    """A program that says it is a Graphviz, and does what the code does."""
    file = folder / name
    file.write_text(
        f"#!{PYTHON}\nimport sys, time\nif '-V' in sys.argv: sys.exit('dot - graphviz version 9.9 (0)')\n{code}\n"
    )
    file.chmod(0o755)
    return str(file)


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_where_the_engine_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = tmp_path / "empty"
    nowhere.mkdir()
    (tmp_path / "python").touch()
    monkeypatch.setenv("PATH", str(nowhere))
    monkeypatch.setattr(sys, "executable", str(nowhere / "python"))
    monkeypatch.delenv("NETDRAW_DOT", raising=False)
    assert engine.find() is None
    for name in ("dot", "graphviz-pure"):  # the wheel's comes before dot on PATH
        fake(tmp_path, name, "")
        monkeypatch.setenv("PATH", str(tmp_path))
        engine._known.cache_clear()
        found = engine.find()
        assert found is not None and found == (str(tmp_path / name), "graphviz 9.9")
    beside = tmp_path / "bin"
    beside.mkdir()
    wanted = fake(beside, "graphviz-pure", "")
    engine._known.cache_clear()
    monkeypatch.setattr(sys, "executable", str(beside / "python"))
    assert engine.engine().path == wanted
    monkeypatch.setenv("NETDRAW_DOT", other := fake(tmp_path, "mine", ""))
    assert engine.engine().path == other
    engine._known.cache_clear()


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "sys.exit('syntax error in line 3')",
            "ND631 graphviz 9.9 could not lay out the graph: syntax error in line 3",
        ),
        ("", "ND631 graphviz 9.9 could not lay out the graph: no word"),
        ("sys.exit(chr(27) + '[2J' + 'y' * 999)", r"graph: \\x1b\[2Jy+ … y+$"),
        ("print('{}')", "gave no positions: 9 of 9 positions are missing"),
        ("print('[1, 2]')", "gave no positions: no JSON object"),
        ("print('hello')", "gave no positions: no JSON that can be read"),
        ("print('[' * 99999)", "gave no positions: no JSON that can be read"),
        ("sys.stdout.buffer.write(bytes(range(256)))", "gave no positions: no JSON that can be read"),
        ("while True: print('x' * 2**20)", "gave no positions: more than 67,108,864 bytes"),
    ],
)
def test_an_engine_that_fails(code: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETDRAW_DOT", fake(tmp_path, "bad", code))
    with pytest.raises(netdraw.NetdrawError, match=message):
        netdraw.load("lenet").draw(layout="dot")


SOME = Asked(frozenset(["cell_0"]), frozenset(["cluster_0"]), 1)
WHOLE: dict[str, Any] = {
    "bb": "0,0,90,80",
    "objects": [{"name": "cluster_0", "bb": "1,2,3,4"}, {"name": "cell_0", "pos": "5,6"}, {"name": "other"}],
    "edges": [{"id": "0", "pos": "e,9,9 1,1 2,2 3,3 4,4"}],
}


def test_an_answer_has_all_that_was_asked() -> None:
    found = read(json.dumps(WHOLE), SOME)
    assert found == (90, 80, {"cell_0": (5, 6)}, {"cluster_0": (1, 2, 3, 4)}, (((1, 1), (2, 2), (3, 3), (4, 4)),))


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("bb",), "0,0,nan,1", "is no place"),
        (("bb",), "0,0,1e400,1", "is no place"),
        (("bb",), "9,0,1,1", "turned round"),
        (("bb",), "1,2", "values to unpack"),
        (("bb",), 5, "a bb is missing"),
        (("objects",), {"a": 1}, "no list of JSON objects"),
        (("objects", 0), 7, "no list of JSON objects"),
        (("objects", 0, "name"), [1], "a name is missing"),
        (("objects", 0, "name"), "cluster_-1", "1 of 1 positions are missing"),
        (("objects", 0, "bb"), "3,2,1,4", "turned round"),
        (("objects", 1, "pos"), "x,y", "could not convert"),
        (("objects", 1, "pos"), "1,2,3", "values to unpack"),
        (("objects", 1, "pos"), None, "a pos is missing"),
        (("edges", 0, "id"), "1", "1 of 1 positions are missing"),
        (("edges", 0, "pos"), "", "no spline"),
        (("edges", 0, "pos"), "1,1 2,2", "no spline"),
        (("edges", 0, "pos"), "1,1 2,2 3,3 inf,4", "is no place"),
    ],
)
def test_an_answer_that_is_broken(place: tuple[Any, ...], value: object, words: str) -> None:
    broken = copy.deepcopy(WHOLE)
    *way, last = place
    functools.reduce(lambda part, key: part[key], way, broken)[last] = value
    with pytest.raises(ValueError, match=words):
        read(json.dumps(broken), SOME)


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_past_the_limit_the_figure_is_a_stack_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETDRAW_DOT", fake(tmp_path, "slow", "time.sleep(600)"))
    assert engine.engine().name == "graphviz 9.9"
    monkeypatch.setattr(engine, "LIMIT", 0.2)
    scene = netdraw.load("lenet").draw(layout="dot").scene
    assert dict(scene.meta)["engine"] == "stack"
    said = " ".join(item.text for item in scene.items if isinstance(item, Text) and item.role == "caption")
    assert said.endswith("Graphviz took more than 0.2 s: drawn as a stack.")
    chinese = netdraw.load("lenet").draw(layout="dot", lang="zh").scene
    assert any(isinstance(item, Text) and "0.2" in item.text for item in chinese.items)


def test_without_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The zoo needs none, a strip or a stack can show it; who has a tangled graph is told in one line what to install."""
    monkeypatch.setenv("NETDRAW_DOT", "no such program")
    for layout in ("strip", "stack", "auto"):
        netdraw.load("googlenet").draw(layout=layout)
    tangled = ANY["tangled"]
    for net, view in ((netdraw.load("googlenet"), {"layout": "dot"}), (tangled, {})):
        with pytest.raises(
            netdraw.NetdrawError, match="ND630 the layout 'dot' needs one, and NETDRAW_DOT names no Graphviz"
        ):
            net.draw(**view)
    tangled.draw(layout="strip", width="none")
    monkeypatch.delenv("NETDRAW_DOT")
    monkeypatch.setattr(engine, "_known", lambda *asked: None)
    with pytest.raises(netdraw.NetdrawError) as caught:
        tangled.draw()
    assert "pip install graphviz-pure" in str(caught.value) and len(str(caught.value).splitlines()) == 1


@needs_engine
def test_the_same_bytes_twice_whatever_the_hash_seed() -> None:
    code = "import netdraw, sys; sys.stdout.buffer.write(netdraw.load('googlenet').draw(layout='dot').to_bytes('svg'))"
    runs = set()
    for seed in ("1", "2"):
        place = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        runs.add(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=place).stdout)
    assert len(runs) == 1


# The page


@needs_engine
def test_a_wide_graph_is_drawn_smaller_but_never_below_the_least_text() -> None:
    net = netdraw.load("inception_v3")
    wide, narrow = (net.draw(layout="dot", depth="layer", width=width).scene for width in (4000, 700))
    sizes = [
        {
            item.size
            for group in scene.items
            if isinstance(group, Group)
            for item in group.items
            if isinstance(item, Text)
        }
        for scene in (wide, narrow)
    ]
    assert min(sizes[1]) < min(sizes[0]) and narrow.width <= 700
    with pytest.raises(
        netdraw.NetdrawError, match=r"ND622 the figure does not fit a width of 300; the least that works is \d+$"
    ) as caught:
        net.draw(layout="dot", depth="layer", width=300)
    least = int(str(caught.value).rsplit(" ", 1)[1])
    assert net.draw(layout="dot", depth="layer", width=least).scene.width <= least
    with pytest.raises(netdraw.NetdrawError):
        net.draw(layout="dot", depth="layer", width=least - 1)


@needs_engine
@pytest.mark.parametrize(
    ("view", "across"),
    [({"width": "none"}, True), ({"width": 2400, "height": 900}, True), ({"width": 900, "height": 3000}, False)],
)
def test_a_page_that_is_wider_than_high_has_the_graph_run_to_the_right(view: dict[str, Any], across: bool) -> None:
    scene = netdraw.load("lenet").draw(layout="dot", depth="layer", **view).scene
    assert (scene.width > scene.height) == across


def test_short_cuts_are_what_has_another_way_beside_it() -> None:
    edges = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("a", "e"), ("e", "d"), ("a", "d")]
    assert splines.short_cuts(edges) == {2, 6}
