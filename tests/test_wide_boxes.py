"""A box that is wider than the page goes on in the next row, open where it is broken; one that fits is never broken."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache

import pytest
from figures import network, viewed
from layout_checks import calls, collisions
from measures import metrics

import netdraw
from netdraw.core.errors import OptionError
from netdraw.diagram.build import build
from netdraw.diagram.model import Diagram
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.base import Page, Placement, TooNarrow
from netdraw.layout.sizes import Ruler
from netdraw.layout.strip.forks import measured
from netdraw.layout.strip.order import line_order
from netdraw.layout.strip.rows import Breaks, held_together
from netdraw.layout.strip.strip import strip
from netdraw.spec.sources import zoo_names
from netdraw.styles.base import Metrics
from netdraw.themes.base import load

COLUMN, PAGE, SCREEN = (15.0, 3.5 * 72), (15.0, 174 / 25.4 * 72), (44.0, 700.0)
"""D and the page's width."""
NARROW = tuple((15.0, width) for width in (110.0, 130.0, 150.0, 180.0))
NS = "{http://www.w3.org/2000/svg}"

HEAD = "netdraw: 1\nname: wide\ninput: [3, 64, 64]\nlayers:\n  - ConvBNAct: 64\n"
TAIL = "  - ConvBNAct: {out_channels: 128, stride: 2}\n  - AdaptiveAvgPool2d: 1\n  - Flatten\n  - Linear: 10\n"
FORK = """      - parallel:
          a: [{ConvBNAct: {out_channels: 32, kernel_size: 1}}]
          b: [{ConvBNAct: {out_channels: 16, kernel_size: 1}}, {ConvBNAct: 32}]
        join: Concat
      - ConvBNAct: {out_channels: 64, kernel_size: 1}
"""


def chain(count: int, out: int = 64, by: int = 6) -> str:
    """So many convolutions, no two alike."""
    widths = [*(16 + 8 * number for number in range(count - 1)), out]
    return "".join(
        f"{' ' * by}- ConvBNAct: {{out_channels: {width}, kernel_size: {1 if number % 3 else 3}}}\n"
        for number, width in enumerate(widths)
    )


def group(body: str, *words: str) -> str:
    return f"{HEAD}  - layers:\n{body}{''.join(f'    {word}' + chr(10) for word in words)}{TAIL}"


INNER = f"      - ConvBNAct: 64\n      - layers:\n{chain(20, by=10)}        residual: always\n      - ConvBNAct: 64\n"
SHORT = f"      - ConvBNAct: 64\n      - layers:\n{chain(9, by=10)}        residual: always\n      - ConvBNAct: 32\n"
TAP = """netdraw: 1
name: tap
input: [8, 16, 16]
layers:
  - ConvBNAct: 8
  - layers:
      - ConvBNAct: 8
      - ConvBNAct: 8
      - ConvBNAct: 8
      - parallel:
          one: [ConvBNAct: 8]
          two: [heads: {side: [ConvBNAct: 8, ConvBNAct: 8, ConvBNAct: 8]}]
        join: Add
    residual: always
  - heads: {other: [ConvBNAct: 8, ConvBNAct: 8]}
  - ConvBNAct: 8
"""
SPECS = {
    "repeat": group(chain(12), "repeat: 4", "name: body"),
    "long": group(chain(30), "repeat: 3"),
    "residual": group(chain(13), "residual: always", "repeat: 3"),
    "project": group(chain(13, 96), "residual: project"),
    "reason": group(chain(13, 96), "residual: auto", "name: body"),
    "inner": group(INNER, "residual: always", "repeat: 2"),
    "short": group(SHORT, "repeat: 2"),
    "forks": group(FORK * 4, "repeat: 2"),
    "tap": TAP,
}


def net(name: str) -> netdraw.Network:
    return network(SPECS.get(name, name))


@cache
def diagram(name: str, unfold: bool = False) -> Diagram:
    return viewed(SPECS.get(name, name), unfold=unfold)


@cache
def sizes(d: float, theme: str = "default") -> Metrics:
    return metrics(load(theme), d)


def place(name: str, page: tuple[float, float], unfold: bool = False) -> Placement:
    return strip(diagram(name, unfold), sizes(page[0]), Page(page[1]))


def parts(placement: Placement, id: str = "") -> list[tuple[bool, bool]]:
    """What is open of each part of a box, from row to row: by default of the one that is broken."""
    broken = [rect.id for rect in placement.boxes if any(rect.cut)]
    return [rect.cut for rect in placement.boxes if rect.id == (id or (broken or [""])[0])]


def said(placement: Placement, role: str) -> list[str]:
    return [words.text for words in placement.texts if words.role == role]


@pytest.mark.slow
@pytest.mark.parametrize("page", [COLUMN, PAGE, SCREEN, *NARROW])
@pytest.mark.parametrize("name", SPECS)
def test_nothing_touches(name: str, page: tuple[float, float]) -> None:
    for theme in ("default", "classic"):
        measure = sizes(page[0], theme)
        for unfold in (False, True):
            try:
                found = strip(diagram(name, unfold), measure, Page(page[1]))
            except TooNarrow:
                assert page in NARROW and name in ("forks", "tap"), "a fork or tap is wider than the narrowest pages"
                continue
            assert collisions(found, diagram(name, unfold), measure) == []


def test_a_box_goes_on_in_the_next_row() -> None:
    assert parts(place("repeat", COLUMN)) == [(False, True), (True, False)]
    assert parts(place("long", COLUMN)) == [(False, True), (True, True), (True, False)]
    drawn, asked = net("repeat").draw(width="column"), net("repeat").draw(width="column", depth="layer")
    assert drawn.scene.items == asked.scene.items


def test_its_rows_reach_to_the_right_end_and_are_as_high_as_each_other() -> None:
    placement = place("long", COLUMN)
    rects = [rect for rect in placement.boxes if any(rect.cut)]
    assert len({round(rect.height, 6) for rect in rects}) == 1
    assert len({round(rect.x + rect.width, 6) for rect in rects if rect.cut[1]}) == 1


def test_what_it_says_it_says_once() -> None:
    placement = place("repeat", COLUMN)
    assert (said(placement, "repeat"), said(placement, "name")) == (["×4"], ["body"])
    first, last = (rect for rect in placement.boxes if any(rect.cut))
    (name,) = (words for words in placement.texts if words.role == "name")
    (repeat,) = (words for words in placement.texts if words.role == "repeat")
    assert first.y < name.y < first.y + first.height and last.y < repeat.y < last.y + last.height
    (reason,) = (words for words in place("reason", COLUMN).texts if words.role == "reason")
    assert reason.text == "64 → 96"


def test_an_arc_goes_on_under_its_letter() -> None:
    placement = place("residual", COLUMN)
    assert said(placement, "letter") == ["a", "a"]
    (arc,) = (wire for wire in placement.edges if wire.kind == "residual")
    assert len(arc.pieces) == 2 and arc.dot and arc.head
    nested = place("inner", COLUMN)
    assert sorted(said(nested, "letter")) == ["a"] * 4 + ["b"] * 4


def test_a_projection_stands_in_the_first_row() -> None:
    placement = place("project", COLUMN)
    first = next(rect for rect in placement.boxes if any(rect.cut))
    (disc,) = (disc for disc in placement.cells if disc.small)
    assert first.y < disc.y < first.y + first.height


def test_a_box_that_fits_is_whole() -> None:
    """The inner one fits into a row of its own, so only the outer one is broken."""
    placement = place("short", COLUMN)
    outer, inner = diagram("short").lines[0].boxes
    assert parts(placement, outer.id)[0] == (False, True) and parts(placement, inner.id) == [(False, False)]
    assert parts(place("repeat", PAGE)) == []
    for name in zoo_names():
        if not name.startswith("nasnet"):
            assert parts(place(name, COLUMN)) == [], "all boxes of the zoo but NASNet's cells fit into a column"


def test_one_without_cuts_sends_the_ladder_on() -> None:
    """Branches that meet are one place on the line."""
    with pytest.raises(OptionError) as caught:
        net("inception_v3").draw(width="30mm", height="none", depth="layer")
    least = re.search(r"the least that works is (\d+)mm", str(caught.value))
    assert least
    net("inception_v3").draw(width=f"{least[1]}mm", height="none", depth="layer")
    with pytest.raises(OptionError):
        net("inception_v3").draw(width=f"{int(least[1]) - 1}mm", height="none", depth="layer")


def test_the_least_width_holds_for_broken_boxes_too() -> None:
    with pytest.raises(TooNarrow) as caught:
        place("residual", (15.0, 40.0))
    place("residual", (15.0, caught.value.least))


def test_no_row_begins_inside_a_box_at_a_port_or_a_fork() -> None:
    axis = line_order(diagram("forks").lines[0])
    assert set(axis.forks) <= held_together(axis)
    skip = line_order(diagram("project").lines[0])
    (link,) = skip.routes
    assert {link.start + 2, link.start + 3} <= held_together(skip)


def test_the_svg_has_one_group_for_a_box() -> None:
    root = ET.fromstring(net("long").draw(width="column").to_bytes("svg"))
    (box,) = (item for item in root.iter(NS + "g") if item.get("class") == "box")
    assert len(box.findall(NS + "path")) == 6 and [text.text for text in box.findall(NS + "text")] == ["×3"]


@pytest.mark.slow
def test_breaking_is_linear_in_the_cells() -> None:
    """Work is counted in calls."""

    def work(count: int) -> int:
        text = group(chain(count), "repeat: 2")
        one = netdraw.load(text)
        drawn = build(one.graph, one.analysis, View(), About("wide"))
        grid = measured(line_order(drawn.lines[0]), Ruler(sizes(15.0)))
        return calls(lambda: Breaks(grid, []).fitting(252.0 / 15.0))

    assert work(800) < 4.4 * work(200)
