"""Networks that are written with the library's blocks, in tests/networks: their totals to the digit, and their figures.

Each file expects what its source gives, counted by torch 2.13: learnable parameters, and the products of convolutions,
linear layers and attention.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from figures import Figure, drawn, faults
from layout_checks import disc_frame

import netdraw
from netdraw.api.check import check
from netdraw.api.load import find
from netdraw.layout.base import PlacedEdge

FILES = sorted((Path(__file__).parent / "networks").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_totals_of_every_variant(file: Path) -> None:
    found = check(find(str(file)))
    assert found.faults == () and all(line.endswith("MACs, as expected") for line in found.lines)
    for variant in (None, *(variant.name for variant in netdraw.load(str(file)).spec.variants)):
        assert {*dict(netdraw.load(str(file), variant=variant).header.expect)} == {"params", "macs"}


@pytest.mark.parametrize("style", ["cells", "boxes"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_wrong_in_its_figure(file: Path, style: str) -> None:
    assert faults(Figure(str(file), style=style)) == []


@pytest.mark.parametrize(
    ("name", "view", "page", "layout", "style"),
    [
        ("networks vit", "blocks once", "narrow", "auto", "boxes"),  # the least width was less than itself
        ("networks ghostnet", "folded", "narrow", "strip", "boxes"),  # a row too short for the cells on its shortcut
        ("networks detr", "folded", "page", "dot", "cells"),  # a box widened over its neighbour
        ("networks detr", "folded", "one row", "dot", "boxes"),
        ("made encoder_decoder", "folded", "page", "dot", "cells"),  # and over what the box around it says
        ("networks vit", "folded", "one row", "dot", "boxes"),  # nested boxes that leave no room before the next cell
        ("networks mobilenet_v3_large", "blocks once", "narrow", "stack", "cells"),  # a legend wider than its page
    ],
)
def test_nothing_is_wrong_where_it_once_was(name: str, view: str, page: str, layout: str, style: str) -> None:
    found = Figure(name, view=view, page=page, layout=layout, style=style)
    assert faults(found) == []


def test_a_gate_stands_whole_in_its_box_and_its_lanes_are_few() -> None:
    """The convolution of the skip stands over the add that reads it, not where the skip begins."""
    net = netdraw.load(str(FILES[0].with_name("attention_unet.yaml")))
    assert net.draw().placement.engine == "strip"
    found = drawn(Figure("networks attention_unet"))
    discs = {disc.id: disc for disc in found.placement.cells}
    cells = {cell.id: cell for cell in found.diagram.lines[0].cells}
    gates = [box for box in found.placement.boxes if "attention_gate" in box.id]
    assert len(gates) == 4
    for box in gates:
        skip = next(id for id in discs if id.startswith(f"{box.id}.") and ".skip" in id)
        frame = disc_frame(discs[skip], cells[skip], found.metrics)
        assert box.x < frame.left and frame.right < box.x + box.width
        assert box.y < frame.top and frame.bottom < box.y + box.height


def test_a_fork_that_outputs_leave_is_no_unit() -> None:
    assert drawn(Figure("networks vae")).placement.boxes == ()


def test_dilated_stages_are_told_apart_by_their_width() -> None:
    """As those of the backbone are with strides; and the head is none of them."""
    net = netdraw.load(str(FILES[0].with_name("deeplabv3_resnet50.yaml")))
    stages = net.analysis.stages
    assert [stage.resolution for stage in stages] == ["130²", "130²", "65²", "65²", "65²", "65²", "520²"]
    assert [stage.title for stage in stages] == [None] * 5 + ["head", None]
    begins = [stage.id.removeprefix("backbone.").partition(".conv")[0] for stage in stages[1:5]]
    assert begins == ["stages.0.0", "stages.1.0", "bottleneck", "bottleneck_3"]


def test_a_decoder_stands_on_the_line_that_its_queries_begin() -> None:
    """Its ×6 holds no queries, which the first block alone reads; the memory, which all read, comes from above."""
    line = drawn(Figure("networks detr")).diagram.lines[0]
    assert line.tags == () and line.shelves == ()
    cells = [cell.id for cell in line.cells]
    decoder = next(box for box in line.boxes if "decoder" in box.id and box.repeat == 6)
    assert cells.index("queries") + 1 == cells.index(decoder.first)
    inside = cells[cells.index(decoder.first) : cells.index(decoder.last)]
    entering = [(edge.source, edge.kind) for edge in line.edges if edge.target in inside and edge.source not in inside]
    assert [kind for source, kind in entering if source == "queries"] == ["flow", "residual"]
    assert [kind for source, kind in entering if source != "queries"] == ["skip"]


MANY_LANES = "\n".join(
    [
        "netdraw: 1\nname: many_lanes\ninput: [8, 32, 32]\nlayers:",
        *(f"  - Conv2d: {{out_channels: 8, kernel_size: 1, name: x{number}}}" for number in range(14)),
        *["  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}"] * 12,
        "  - Add: {from: [-1, x3]}",
        *["  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}"] * 12,
        f"  - Add: {{from: [-1, {', '.join(f'x{number}' for number in range(13))}]}}",
        "  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}",
        "  - Add: {from: [-1, x13]}",
    ]
)
"""More lanes than a row shows that they only pass; in the middle of one of those x3 is read."""


def lane_ends(figure: Figure) -> list[tuple[str, bool, bool]]:
    """Of the skips of a figure: the source, whether each begins on the line, and whether on the lane of another."""
    placement = drawn(figure).placement
    lines = {piece[0][1] for edge in placement.edges if edge.kind == "flow" for piece in edge.pieces}
    skips = [edge for edge in placement.edges if edge.kind == "skip"]
    lanes = [(edge.source, edge.pieces) for edge in skips if edge.pieces[0][0][1] in lines]
    levels = [
        (source, a, b) for source, pieces in lanes for piece in pieces for a, b in pairwise(piece) if a[1] == b[1]
    ]

    def lies_on(edge: PlacedEdge) -> bool:
        x, y = edge.pieces[0][0]
        return any(one == edge.source and a[1] == y and a[0] < x < b[0] for one, a, b in levels)

    return [(edge.source, edge.pieces[0][0][1] in lines, lies_on(edge)) for edge in skips]


@pytest.mark.parametrize(
    "figure",
    [
        Figure("networks attention_unet"),
        Figure("networks detr", view="unfolded"),
        Figure(MANY_LANES, page="column"),
    ],
    ids=["attention_unet", "detr", "many lanes"],
)
def test_lanes_of_one_cell_are_one(figure: Figure) -> None:
    """What a second cell reads leaves the lane of the first with a junction, in a row that many lanes pass, too."""
    ends = lane_ends(figure)
    sources = [source for source, on_line, _ in ends if on_line]
    assert any(not on_line for _, on_line, _ in ends)
    assert all(on_line or on_lane for _, on_line, on_lane in ends)
    assert len(sources) == len(set(sources))


def test_of_lanes_that_pass_one_that_is_read_is_drawn() -> None:
    texts = [text.text for text in drawn(Figure(MANY_LANES, page="column")).placement.texts if "skips" in text.text]
    assert texts == ["13 skips pass"]
