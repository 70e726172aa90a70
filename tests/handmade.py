"""A small figure set by hand, in D = 44: a stem, a block ×2 that adds, a row that goes on, a head, a legend."""

from __future__ import annotations

import re
from itertools import pairwise

from netdraw.diagram.model import (
    Bar,
    Box,
    Bracket,
    Cell,
    Diagram,
    Edge,
    FigureTexts,
    LegendEntry,
    Line,
    Meta,
    Tick,
    Totals,
)
from netdraw.diagram.view import View
from netdraw.layout.base import PlacedBracket, PlacedCell, PlacedEdge, Placement, Rect
from netdraw.layout.base import PlacedText as Placed
from netdraw.ops.tensor import by_length
from netdraw.styles.cells.measures import silhouette
from netdraw.type.primitives import Steps

D = 44.0


def steps(data: str) -> Steps:
    """The steps of a path as SVG writes it."""
    found = [(part[0], *map(float, part[1:].split())) for part in re.findall("[MLHVQZ][^MLHVQZ]*", data)]
    return tuple(found)  # type: ignore[arg-type]


BASE, CAPTION, TITLE = 0.43 * D, 0.40 * D, 0.575 * D

CELLS = (
    Cell("input", ("input",), "input", "", "", ("3",), by_length((3, 224, 224))),
    Cell(
        "stem.conv2d",
        ("stem.conv2d", "stem.batch_norm2d", "stem.relu6"),
        "conv", "3", "ReLU6", ("32", "/2"), by_length((32, 112, 112)), 928, 10_838_016,
    ),
    Cell(
        "b.1.expand.conv2d", ("b.1.expand.conv2d", "b.1.expand.relu6"),
        "conv", "1", "ReLU6", ("192",), by_length((192, 112, 112)), 12_288, 154_140_672, 2,
    ),
    Cell(
        "b.1.dw.conv2d", ("b.1.dw.conv2d", "b.1.dw.relu6"),
        "conv.depthwise", "3", "ReLU6", ("192",), by_length((192, 112, 112)), 3_456, 43_352_064, 2,
    ),
    Cell("b.1.conv2d", ("b.1.conv2d",), "conv", "1", "", ("32",), by_length((32, 112, 112)), 12_288, 154_140_672, 2),
    Cell("b.1.add", ("b.1.add",), "add", "+", "", (), by_length((32, 112, 112)), 0, 0, 2),
    Cell("pool", ("pool",), "pool.avg", "", "", ("global",), by_length((32, 1, 1)), 0, 0),
    Cell("fc", ("fc",), "linear", "", "", ("10",), by_length((10,)), 330, 320),
    Cell("odd", ("odd",), "other", "?", "", ("<&\"",), by_length((10,)), 0, None),
    Cell("softmax", ("softmax",), "softmax", "", "", ("10",), by_length((10,)), 0, 0, output="output"),
)  # fmt: skip
IDS = [cell.id for cell in CELLS]
EDGES = (*(Edge(a, b) for a, b in pairwise(IDS)), Edge("stem.conv2d", "b.1.add", "residual"))
BOX = Box("b.1", "InvertedResidual", "b.1.expand.conv2d", "b.1.add", 2, "add", name="blocks")
LINE = Line(
    CELLS,
    (Tick(("flatten", "dropout"), "pool"),),
    EDGES,
    (BOX, Box("c", "Other", "pool", "fc", 1, "none", "stride 2")),
    (Bracket("stem", None, "stem.conv2d", "stem.conv2d", 10_838_016, "112"),),
    (Bar("input", 224, ("3×224²",)), Bar("stem.conv2d", 112, ("32×112²", "16 + 16"))),
)
DIAGRAM = Diagram(
    (LINE,),
    (LegendEntry("conv", "3", "ReLU6", "convolution, ReLU6"), LegendEntry("linear", "", "", "fully connected")),
    FigureTexts(
        "Nets & <Cells>", "3×224²", "29 k parameters · 714 M MACs", "A bar is as high as its map.",
        "MACs", 714_147_072, "A stem, two blocks.",
    ),
    Meta(View(), "as asked", Totals(29_290, 714_147_072, ()), "</metadata>"),
)  # fmt: skip

XS = (37.4, 94.6, 180.0, 237.2, 294.4, 340.6, 420.0, 477.2, 534.4, 591.6)
Y = 110.7


def _texts() -> tuple[Placed, ...]:
    found = [
        Placed("", "title", "Nets & <Cells>", 15.4, 39.4, "start", TITLE, 600),
        Placed("", "subtitle", "3×224²", 200.0, 39.4, "start", BASE),
        Placed("", "totals", "29 k parameters · 714 M MACs", 640.0, 39.4, "end", BASE),
        Placed("", "caption", "A bar is as high as its map.", 15.4, 360.0, "start", CAPTION),
        Placed("b.1", "repeat", "×2", 360.0, 178.1, "end", 0.466 * D, 600),
        Placed("b.1", "name", "blocks", 156.0, 76.0, "start", CAPTION),
        Placed("c", "reason", "stride 2", 448.0, 80.8, "middle", CAPTION),
        Placed("stem", "cost", "10.8 M MACs · 2 %", 94.6, 308.2, "middle", CAPTION),
        Placed("input", "shape", "3×224²", 37.4, 269.4, "middle", CAPTION),
        Placed("stem.conv2d", "shape", "32×112²", 94.6, 269.4, "middle", CAPTION),
        Placed("stem.conv2d", "shape", "16 + 16", 94.6, 285.0, "middle", CAPTION),
        Placed("0", "legend", "convolution, ReLU6", 47.4, 336.0, "start", CAPTION),
        Placed("1", "legend", "fully connected", 247.2, 336.0, "start", CAPTION),
    ]
    for cell, x in zip(CELLS, XS, strict=True):
        for index, line in enumerate(cell.label):
            role = "sublabel" if index else "label"
            size = CAPTION if index else BASE
            found.append(Placed(cell.id, role, line, x, Y + 43 + 20 * index, "middle", size))  # type: ignore[arg-type]
    return tuple(found)


def _wires() -> tuple[PlacedEdge, ...]:
    found = []
    half = [silhouette(cell.category).width * D / 2 for cell in CELLS]
    for index, (a, b) in enumerate(pairwise(XS)):
        edge, begin, end = EDGES[index], (a + half[index], Y), (b - half[index + 1], Y)
        pieces: tuple[tuple[tuple[float, float], ...], ...] = ((begin, end),)
        if edge.target == "odd":  # as if it went on in the next row
            pieces = ((begin, (begin[0] + 5, Y)), ((end[0] - 3, Y), end))
        found.append(PlacedEdge(edge.source, edge.target, edge.kind, pieces))
    arc = ((152.0, Y), (152.0, 79.0), (340.6, 79.0), (340.6, Y - 11))
    found.append(PlacedEdge("stem.conv2d", "b.1.add", "residual", (arc,), 0.16 * D, dot=True, head=True))
    return tuple(found)


PLACEMENT = Placement(
    width=655.3,
    height=372.0,
    d=D,
    cells=tuple(PlacedCell(cell.id, x, Y, D) for cell, x in zip(CELLS, XS, strict=True)),
    boxes=(Rect("b.1", 147.0, 59.2, 221.0, 127.7), Rect("c", 393.0, 59.2, 112.0, 127.7, 1)),
    ticks=(Rect("flatten", 447.0, Y - 6.6, 3.0, 13.2),),
    edges=_wires(),
    brackets=(PlacedBracket("stem", ((73.6, 281.4), (73.6, 290.2), (115.6, 290.2), (115.6, 281.4)), 10_838_016),),
    bars=(Rect("input", 31.2, 196.6, 12.3, 52.8), Rect("stem.conv2d", 88.4, 223.0, 12.3, 26.4)),
    texts=_texts(),
    legend=(PlacedCell("0", 28.4, 330.0, 26.0), PlacedCell("1", 228.2, 330.0, 26.0)),
    rows=1,
)
