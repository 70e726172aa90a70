"""The figures that tests look at: networks and diagrams made once a process, and what can be wrong with a figure.

A figure is a network in a style, a layout, on a page, in a theme and a view. All of them are too many for a test, so
that the tests take `SAMPLE`, in which every value occurs, and `PAIRS`, in which every network has every pair of values
(those of FILES in `PAIRS` alone, but for a few);
`scripts/sweep_figures.py` takes them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

import branched
import pytest
from layout_checks import collisions
from measures import metrics

import netdraw
from netdraw.diagram.build import build
from netdraw.diagram.model import Diagram
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.all import LAYOUTS
from netdraw.layout.base import Page, Placement, TooNarrow
from netdraw.layout.graphviz import engine
from netdraw.scene.compose import compose
from netdraw.scene.contrast import Seen, poor
from netdraw.scene.model import Scene
from netdraw.spec.sources import zoo_names
from netdraw.styles.base import STYLES, Metrics
from netdraw.themes.base import load
from netdraw.themes.base import names as theme_names

ZOO = [*zoo_names()]
MADE = {f"made {name}": text for name, text in branched.ALL.items()}
"""What the zoo lacks, by name."""
HERE = Path(__file__).parent
FILES = {
    f"{folder} {file.stem}": str(file)
    for folder in ("networks", "specs_sequence")
    for file in sorted((HERE / folder).glob("*.yaml"))
}
"""Whole networks of the kinds that the zoo lacks, by name."""
FEW = [
    *("networks vit", "networks c3d", "networks detr", "networks yolov8n"),
    *("networks attention_unet", "specs_sequence crnn", "specs_sequence transformer"),
]
"""Those of them that the sample has."""
NETWORKS = [*ZOO, *MADE, *FILES]
VIEWS: dict[str, dict[str, Any]] = {
    "folded": {},
    "unfolded": {"unfold": True},
    "blocks once": {"depth": "once"},
    "blocks closed": {"depth": "block"},
    "stages closed": {"depth": "stage"},
}
PAGES = {
    "screen": (44.0, Page(1440.0, None, 20.0)),
    "page": (15.0, Page(174 / 25.4 * 72)),
    "column": (15.0, Page(3.5 * 72)),
    "narrow": (15.0, Page(150.0)),
    "one row": (44.0, Page(None)),
    "one column": (44.0, Page(None, 1000.0, 20.0)),
}
"""D and the page, in px or pt."""


def styles() -> list[str]:
    """All that there are."""
    return STYLES.names()


DIMENSIONS: dict[str, Sequence[str]] = {
    "view": [*VIEWS],
    "page": [*PAGES],
    "theme": theme_names(),
    "layout": [layout for layout in sorted(LAYOUTS) if layout != "dot" or engine.find()],
    "style": styles(),
}


class Figure(NamedTuple):
    """What is drawn, and how: a value of every dimension."""

    network: str
    view: str = "folded"
    page: str = "screen"
    theme: str = "default"
    layout: str = "strip"
    style: str = "cells"


@cache
def network(name: str) -> netdraw.Network:
    """The network of any source, or one of MADE or FILES."""
    return netdraw.load(MADE.get(name) or FILES.get(name, name))


@cache
def diagram(name: str, view: str = "folded", every_bar: bool = False) -> Diagram:
    return viewed(name, every_bar=every_bar, **VIEWS[view])


def viewed(name: str, **view: Any) -> Diagram:
    """The diagram of a network in any view."""
    net = network(name)
    about = About(net.header.title or "", net.header.source or "", net.header.year)
    return build(net.graph, net.analysis, View(**view), about)


@cache
def sizes(page: str = "screen", theme: str = "default", style: str = "cells") -> Metrics:
    return metrics(load(theme), PAGES[page][0], style=style)


class Drawn(NamedTuple):
    """What a figure consists of; `refused` where it needs a wider page, and has the least that works."""

    diagram: Diagram
    metrics: Metrics
    placement: Placement
    scene: Scene
    refused: bool


def drawn(figure: Figure) -> Drawn:
    """A figure, on the least page that works where it does not fit its own."""
    theme = load(figure.theme)
    shown = diagram(figure.network, figure.view, theme.bars == "every")
    measures, page = sizes(figure.page, figure.theme, figure.style), PAGES[figure.page][1]
    try:
        placement, refused = LAYOUTS[figure.layout](shown, measures, page), False
    except TooNarrow as fault:
        placement, refused = LAYOUTS[figure.layout](shown, measures, page._replace(width=fault.least)), True
    return Drawn(shown, measures, placement, compose(shown, placement, measures), refused)


def faults(figure: Figure) -> list[str]:
    """All that is wrong with a figure: what touches, what is missing, and what cannot be read."""
    found = drawn(figure)
    return [*collisions(found.placement, found.diagram, found.metrics), *told(poor(found.scene))]


def told(found: list[Seen]) -> list[str]:
    """Texts of poor contrast in words."""
    return [f"{one.text.text} ({one.text.role}): {one.text.color} on {one.ground} is {one.ratio:.2f}" for one in found]


def cover(dimensions: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Few rows with a value of every dimension, in which every pair of values of two dimensions occurs; always the same.

    Every row begins with a pair that is still missing, and takes of each dimension the value that adds most pairs.
    """
    numbered = [[(number, value) for value in values] for number, values in enumerate(dimensions)]
    missing = {frozenset(pair): None for one, other in combinations(numbered, 2) for pair in product(one, other)}
    rows = [] if missing else [(value,) for value in dimensions[0]]
    while missing:
        row = dict(next(iter(missing)))
        for number in sorted(set(range(len(numbered))) - row.keys(), key=lambda number: -len(numbered[number])):
            others = [*row.items()]
            row[number] = max(
                numbered[number], key=lambda value: sum(frozenset((value, other)) in missing for other in others)
            )[1]
        for pair in combinations(row.items(), 2):
            missing.pop(frozenset(pair), None)
        rows.append(tuple(row[number] for number in range(len(numbered))))
    return rows


ROWS = cover([*DIMENSIONS.values()])
SAMPLE = [Figure(name, *ROWS[number % len(ROWS)]) for number, name in enumerate([*ZOO, *MADE, *FEW])]
"""Every network of the zoo and of those made, and a few whole ones, once, one row after the other."""
PAIRS = [Figure(name, *row) for name in NETWORKS for row in ROWS]
"""Every network in every row."""


def swept() -> list[Any]:
    """The figures of PAIRS for a test: those of SAMPLE as they are, the others marked as a sweep."""
    sample = set(SAMPLE)
    found = []
    for figure in PAIRS:
        marks = [] if figure in sample else [pytest.mark.sweep]
        found.append(pytest.param(figure, id="-".join(figure), marks=marks))
    return found
