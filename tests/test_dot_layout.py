"""The layout `dot` over the zoo: nothing collides, nothing is lost; its engine, its limits, its fallback."""

from __future__ import annotations

import random

import pytest
from engines import needs_engine
from layout_checks import collisions
from test_zoo_figures import ZOO, diagram

import netdraw
from netdraw import resources
from netdraw.diagram.build import build
from netdraw.diagram.view import View
from netdraw.diagram.words import About
from netdraw.layout.base import Page
from netdraw.layout.dot import dot
from netdraw.styles.cells import metrics
from netdraw.themes.base import load

PAGES = {"down": Page(1440.0, None, 20.0), "right": Page(None)}


@needs_engine
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ZOO)
def test_nothing_collides_and_nothing_is_missing(name: str, page: str) -> None:
    measure = metrics(load("default"), 44.0)
    found = diagram(name)
    assert collisions(dot(found, measure, PAGES[page]), found, measure) == []


def network(layers: str, header: str = "") -> netdraw.Network:
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
    return network("\n".join(lines) + "\n")


def concats(count: int) -> netdraw.Network:
    """A dense block whose every layer lists all that it reads."""
    lines = ["  - Conv2d: {out_channels: 16, kernel_size: 1}\n    name: x0"]
    for number in range(1, count):
        names = ", ".join(f"x{other}" for other in range(number))
        lines.append(f"  - Concat: {{from: [{names}]}}\n    name: c{number}" if number > 1 else "")
        lines.append(f"  - Conv2d: {{out_channels: 8, kernel_size: 3, padding: same}}\n    name: x{number}")
    names = ", ".join(f"x{other}" for other in range(count))
    return network("\n".join(filter(None, [*lines, f"  - Concat: {{from: [{names}]}}"])) + "\n")


def cell(block: str) -> netdraw.Network:
    """One cell of NASNet with inputs of its own, from the blocks of the zoo's spec."""
    spec = resources.read_text(resources.path("specs", "nasnet.yaml"))
    blocks = spec[spec.index("\nblocks:") : spec.index("\nlayers:")]
    head = f"netdraw: 1\nname: {block.lower()}_cell\ninputs: {{cur: [264, 28, 28], prev: [264, 28, 28]}}\n"
    return netdraw.load(f"{head}{blocks}\nlayers:\n  - {block}: {{out: 44, from: [cur, prev]}}\n")


ANY = {
    "tangled": tangled(200, 7, 30),
    "tangled-less": tangled(60, 8, 12),
    "concats": concats(9),
    "normal": cell("Normal"),
    "reduction": cell("Reduction"),
}


@needs_engine
@pytest.mark.parametrize(
    ("name", "page"),
    [(name, page) for name in ANY for page in PAGES if (name, page) != ("tangled", "down")],
)
def test_any_graph(name: str, page: str) -> None:
    net = ANY[name]
    measure, found = metrics(load("default"), 44.0), build(net.graph, net.analysis, View(), About("net"))
    placed = dot(found, measure, PAGES[page]._replace(width=None if page == "right" else 3000.0))
    assert collisions(placed, found, measure) == []
