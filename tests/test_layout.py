"""The strip: golden facts of two figures, and no collision in any."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product

import handgraphs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_checks import calls, collisions, ink
from measures import metrics

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.diagram.build import build
from netdraw.diagram.model import Bar, Box, Bracket, Cell, Diagram, Edge, FigureTexts, LegendEntry, Line, Tick
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.base import LAYOUTS, Page, Placement, TooNarrow
from netdraw.layout.collector import Collector
from netdraw.layout.sizes import Ruler
from netdraw.layout.strip import bands
from netdraw.layout.strip.forks import measured
from netdraw.layout.strip.order import line_order
from netdraw.layout.strip.rows import Breaks, Row, split
from netdraw.layout.strip.strip import common_of, draw_all, line_strips, strip
from netdraw.layout.wrap import balanced, even, wrap
from netdraw.ops.tensor import by_length
from netdraw.themes.base import load
from netdraw.type.text import CAP_HEIGHT

NETS = ("mobilenet_v2", "resnet50", "resnet152", "vgg16", "dense", "fork")
SCREEN = metrics(load(), 44.0)
PRINT = metrics(load(), 15.0)
PAGES = {
    "screen": (SCREEN, Page(1440.0)),
    "column": (PRINT, Page(252.0)),
    "page": (PRINT, Page(174 / 25.4 * 72)),
    "none": (SCREEN, Page(None)),
}


@cache
def diagram(name: str, unfold: bool = False) -> Diagram:
    graph = getattr(handgraphs, f"{name}_graph")()
    return build(graph, analyse(graph), View(unfold=unfold), About(title=name, source="Somebody et al., 2018"))


@cache
def placed(name: str, page: str = "screen", unfold: bool = False) -> Placement:
    return strip(diagram(name, unfold), *PAGES[page])


def rows_of(placement: Placement) -> list[list[str]]:
    """The ids of the cells on the line, row by row."""
    found: dict[float, list[str]] = {}
    for disc in placement.cells:
        if not disc.small:
            found.setdefault(round(disc.y, 3), []).append(disc.id)
    return [found[y] for y in sorted(found)]


def test_the_strip_is_registered() -> None:
    assert LAYOUTS["strip"] is strip


@pytest.mark.parametrize("unfold", [False, True])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NETS)
def test_nothing_collides(name: str, page: str, unfold: bool) -> None:
    assert collisions(placed(name, page, unfold), diagram(name, unfold), PAGES[page][0]) == []


def test_mobilenet_v2_breaks_in_three_rows_at_stages() -> None:
    first, second, third = rows_of(placed("mobilenet_v2"))
    assert first[0] == "input"
    assert [row[-1].split(".")[:2] for row in (first, second)] == [["stages", "2"], ["stages", "5"]]
    assert third[0].startswith("stages.6.")


def test_resnet_50_breaks_in_two_rows() -> None:
    first, second = rows_of(placed("resnet50"))
    assert first[-1].startswith("stages.1.")
    assert second[0].startswith("stages.2.")


def test_distances_in_d() -> None:
    figure = placed("mobilenet_v2")
    d = figure.d
    discs = {disc.id: disc for disc in figure.cells}
    second = rows_of(figure)[1]
    expand, depthwise, project = (discs[id] for id in second[:3])
    assert (depthwise.x - expand.x) / d == pytest.approx(1.3)
    assert (project.x - depthwise.x) / d == pytest.approx(1.3)
    box, beside = sorted((r for r in figure.boxes if r.y < expand.y < r.y + r.height), key=lambda r: r.x)[:2]
    assert (expand.x - d / 2 - box.x) / d == pytest.approx(0.25)
    assert (box.x + box.width - project.x - d / 2) / d == pytest.approx(0.25)
    assert (beside.x - box.x - box.width) / d == pytest.approx(0.35)
    assert box.y == beside.y and box.height == beside.height
    add = next(disc for disc in (discs[id] for id in second) if disc.id.endswith(".add"))
    last = next(discs[second[place - 1]] for place, id in enumerate(second) if id == add.id)
    assert (add.x - d / 4 - last.x - d / 2) / d == pytest.approx(0.3)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NETS)
def test_every_label_stands_in_one_distance_under_its_cell(name: str, page: str) -> None:
    """From the border of a cell, and of the room of one that is smaller, to the height of capitals; next lines below."""
    figure = placed(name, page)
    d, middles = figure.d, {disc.id: disc.y for disc in figure.cells if not disc.small}
    labels = [words for words in figure.texts if words.role == "label" and words.id in middles]
    gaps = {round((words.y - CAP_HEIGHT * words.size - middles[words.id]) / d - 0.5, 3) for words in labels}
    assert gaps == {0.193}
    nexts = [words for words in figure.texts if words.role == "sublabel" and words.id in middles]
    below = {round((words.y - middles[words.id]) / d, 3) for words in nexts}
    assert below <= {0.977 + 0.455, 0.977 + 2 * 0.455}


def test_stage_gaps_stretch_until_rows_are_flush() -> None:
    figure = placed("mobilenet_v2")
    d = figure.d
    second = [rect for rect in figure.boxes if rect.y == sorted({rect.y for rect in figure.boxes})[1]]
    assert figure.width - max(rect.x + rect.width for rect in second) == pytest.approx(0.9 * d)
    figure = placed("resnet50")
    ends = [max(r.x + r.width for r in figure.boxes if r.y == y) for y in sorted({rect.y for rect in figure.boxes})]
    assert figure.width - ends[0] == pytest.approx(0.9 * d)
    softmax = figure.cells[-1]
    assert figure.width - softmax.x - d / 2 == pytest.approx(0.35 * d)


def test_no_stage_gap_stretches_by_more_than_1_1() -> None:
    figure = placed("mobilenet_v2")
    top = min(rect.y for rect in figure.boxes)
    row = sorted((rect for rect in figure.boxes if rect.y == top), key=lambda rect: rect.x)
    gaps = [(b.x - a.x - a.width) / figure.d for a, b in pairwise(row)]
    assert max(gaps) == pytest.approx(1.8)
    assert min(gaps) == pytest.approx(0.35)


def test_a_row_that_goes_on_ends_in_a_head_at_the_right_edge() -> None:
    figure = placed("mobilenet_v2")
    broken = [wire for wire in figure.edges if wire.kind == "flow" and len(wire.pieces) > 1]
    assert len(broken) == figure.rows - 1
    for wire in broken:
        assert wire.pieces[0][-1][0] == pytest.approx(figure.width - 0.4 * figure.d)
        assert wire.pieces[1][0][0] == pytest.approx(0.6 * figure.d)


def test_a_residual_leaves_before_its_box_and_runs_over_the_cells() -> None:
    figure = placed("mobilenet_v2")
    residuals = [wire for wire in figure.edges if wire.kind == "residual"]
    assert residuals
    boxes, discs = {rect.id: rect for rect in figure.boxes}, {disc.id: disc for disc in figure.cells}
    for wire in residuals:
        (x, y), (_, over), _, (end, tip) = wire.pieces[0]
        add = discs[wire.target]
        box = boxes[wire.target.rsplit(".", 1)[0]]
        assert wire.dot and wire.head
        assert box.x < x < box.x + 0.25 * figure.d
        assert (y - over) / figure.d == pytest.approx(0.72)
        assert end == add.x and tip == pytest.approx(add.y - figure.d / 4)


def test_a_projection_rides_on_its_arc() -> None:
    figure = placed("resnet50")
    small = [disc for disc in figure.cells if disc.small]
    assert len(small) == 4
    line = figure.cells[0]
    for disc in small:
        into = next(wire for wire in figure.edges if wire.target == disc.id)
        out = next(wire for wire in figure.edges if wire.source == disc.id)
        assert into.dot and not into.head and out.head and not out.dot
        assert into.pieces[0][-1][0] == pytest.approx(disc.x - 0.31 * figure.d)
    assert (line.y - small[0].y) / figure.d == pytest.approx(0.88)


def test_brackets_span_their_cells_and_the_first_says_the_unit() -> None:
    figure = placed("mobilenet_v2")
    costs = [words.text for words in figure.texts if words.role == "cost"]
    assert costs[0] == "10.8 M MACs · 4 %"
    assert costs[2] == "54.9 M · 18 %"
    left, right = (min(r.x for r in figure.boxes), max(r.x + r.width for r in figure.boxes))
    xs = [x for span in figure.brackets for x, _ in span.points]
    assert max(xs) == pytest.approx(right)
    assert any(x == pytest.approx(left) for x in xs)
    (_, top), (_, bottom), *_ = figure.brackets[0].points
    assert (bottom - top) / figure.d == pytest.approx(0.2)


def test_bars_are_linear_and_bound_to_their_row() -> None:
    figure = placed("mobilenet_v2")
    heights = {bar.id: bar.height / figure.d for bar in figure.bars}
    values = {bar.cell: bar.value for bar in diagram("mobilenet_v2").lines[0].bars}
    assert heights["input"] == pytest.approx(1.2)
    assert all(height == pytest.approx(max(1.2 * values[id] / 224, 0.033)) for id, height in heights.items())
    assert all(bar.width / figure.d == pytest.approx(0.28) for bar in figure.bars)


def test_a_column_has_no_title_but_totals() -> None:
    roles = {words.role for words in placed("mobilenet_v2", "column").texts}
    assert "title" not in roles
    assert {"totals", "caption", "legend"} <= roles


def test_without_a_width_there_is_one_row() -> None:
    assert placed("resnet152", "none").rows == 1


def test_a_box_wider_than_the_page_says_the_least_width() -> None:
    with pytest.raises(TooNarrow) as caught:
        strip(diagram("mobilenet_v2"), SCREEN, Page(200.0))
    least = caught.value.least
    assert strip(diagram("mobilenet_v2"), SCREEN, Page(least)).width <= least + 1e-6
    with pytest.raises(TooNarrow):
        strip(diagram("mobilenet_v2"), SCREEN, Page(least - 1))


@pytest.mark.parametrize("name", NETS)
def test_a_figure_is_never_wider_than_its_page(name: str) -> None:
    assert placed(name).width <= 1440


def test_equal_input_gives_equal_places() -> None:
    assert strip(diagram("resnet50"), SCREEN, Page(1440.0)) == placed("resnet50")


# Diagrams written by hand.


def cell(id: str, category: str = "conv", *label: str, where: str = "line") -> Cell:
    return Cell(id, (id,), category, "3", "", label, by_length((8, 8, 8)), where=where)  # type: ignore[arg-type]


def chain(cells: list[Cell]) -> tuple[Edge, ...]:
    names = [one.id for one in cells if one.where == "line"]
    return tuple(Edge(a, b) for a, b in pairwise(names))


def figure_of(line: Line, legend: tuple[LegendEntry, ...] = ()) -> Diagram:
    total = sum(bracket.cost or 0 for bracket in line.brackets)
    words = FigureTexts("A net", "3×8²", "1 parameter", "One MAC is one multiply-add.", "MACs", total, "A net.")
    return Diagram((line,), legend, words)


def unet(levels: int, width: int = 2) -> Diagram:
    """A chain down and up again, a skip from every level to a concat."""
    names = [f"down{k}_{n}" for k in range(levels) for n in range(width)]
    skips = []
    cells = [cell(name, "conv", "64") for name in names]
    for level in reversed(range(levels)):
        cells += [cell(f"join{level}", "concat"), *(cell(f"up{level}_{n}", "conv", "64") for n in range(width))]
        skips.append(Edge(f"down{level}_{width - 1}", f"join{level}", "skip"))
    return figure_of(Line(tuple(cells), (), (*chain(cells), *skips), (), (), ()))


def test_skips_run_in_lanes_the_shortest_innermost() -> None:
    figure = strip(unet(4), SCREEN, Page(None))
    lanes = sorted((wire for wire in figure.edges if wire.kind == "skip"), key=lambda wire: wire.pieces[0][1][1])
    assert [wire.target for wire in lanes] == ["join0", "join1", "join2", "join3"]
    heights = [wire.pieces[0][1][1] for wire in lanes]
    assert [(b - a) / 44 for a, b in pairwise(heights)] == [pytest.approx(0.34)] * 3


@pytest.mark.parametrize("width", [300.0, 500.0, 700.0])
def test_a_lane_open_at_a_break_has_one_letter_on_both_sides(width: float) -> None:
    figure = strip(unet(4), SCREEN, Page(width))
    assert collisions(figure, unet(4), SCREEN) == []
    cut = [wire for wire in figure.edges if wire.kind == "skip" and len(wire.pieces) > 1]
    letters = [words.text for words in figure.texts if words.role == "letter"]
    assert cut
    assert sorted(set(letters)) == [chr(97 + n) for n in range(len(cut))]
    assert len(letters) == sum(2 * (len(wire.pieces) - 1) for wire in cut)


def test_labels_that_would_touch_widen_their_gap() -> None:
    cells = [cell("a", "conv", "1000000"), cell("b", "conv", "1000000"), cell("c", "conv", "8")]
    diagram = figure_of(Line(tuple(cells), (), chain(cells), (), (), ()))
    figure = strip(diagram, SCREEN, Page(None))
    a, b = (ink(words) for words in figure.texts if words.text == "1000000")
    assert b.left - a.right >= 0.12 * 44 - 0.1 * 44 * 0.43
    assert figure.cells[2].x - figure.cells[1].x == pytest.approx(1.3 * 44, abs=12)


def test_a_bar_without_room_is_left_out_where_it_is_not_needed() -> None:
    cells = [cell("a"), cell("b"), cell("c")]
    bars = [Bar("a", 8, ("100×100²",)), Bar("b", 8, ("100×100²",), needed=False), Bar("c", 8, ("100×100²",))]
    figure = strip(figure_of(Line(tuple(cells), (), chain(cells), (), (), tuple(bars))), SCREEN, Page(None))
    assert [bar.id for bar in figure.bars] == ["a", "c"]


def narrow(resolutions: str, costs: list[int]) -> Diagram:
    cells = [cell(f"c{n}") for n in range(len(costs))]
    brackets = [Bracket(f"s{n}", None, f"c{n}", f"c{n}", cost, resolutions[n]) for n, cost in enumerate(costs)]
    return figure_of(Line(tuple(cells), (), chain(cells), (), tuple(brackets), ()))


def test_narrow_neighbours_at_one_resolution_share_a_bracket() -> None:
    figure = strip(narrow("aaab", [10**6, 2 * 10**6, 10**6, 4 * 10**6]), SCREEN, Page(None))
    assert [(span.id, span.cost) for span in figure.brackets] == [("s0", 4 * 10**6), ("s3", 4 * 10**6)]
    assert [words.text for words in figure.texts if words.role == "cost"] == ["4.00 M MACs · 50 %", "4.00 M · 50 %"]


def test_costs_of_narrow_brackets_never_touch() -> None:
    diagram = narrow("abcde", [10**6] * 5)
    figure = strip(diagram, SCREEN, Page(None))
    assert len(figure.brackets) == 5
    assert collisions(figure, diagram, SCREEN) == []


def test_a_bracket_of_nothing_is_not_drawn() -> None:
    figure = strip(narrow("abc", [0, 5, 0]), SCREEN, Page(None))
    assert [span.id for span in figure.brackets] == ["s1"]


def test_a_bracket_cut_by_a_break_stays_open_there_and_tells_its_cost_once() -> None:
    cells = [cell(f"c{n}") for n in range(12)]
    line = Line(tuple(cells), (), chain(cells), (), (Bracket("s", None, "c0", "c11", 9000, "a"),), ())
    figure = strip(figure_of(line), SCREEN, Page(400.0))
    assert len(figure.brackets) == figure.rows > 1
    assert [len(span.points) for span in (figure.brackets[0], figure.brackets[-1])] == [3, 3]
    assert sum(span.cost is not None for span in figure.brackets) == 1
    assert sum(words.role == "cost" for words in figure.texts) == 1


def test_nested_boxes_and_their_arcs() -> None:
    cells = [
        cell("a", "conv", "8"),
        cell("b", "conv", "8"),
        cell("add1", "add"),
        cell("c", "conv", "8"),
        cell("add2", "add"),
    ]
    boxes = (
        Box("outer", "Outer", "b", "add2", 3, "add", name="Outer"),
        Box("inner", "Inner", "b", "add1", 2, "add", parent="outer"),
    )
    edges = (*chain(cells), Edge("a", "add1", "residual"), Edge("a", "add2", "residual"))
    diagram = figure_of(Line(tuple(cells), (), edges, boxes, (), ()))
    figure = strip(diagram, SCREEN, Page(None))
    assert collisions(figure, diagram, SCREEN) == []
    assert [rect.depth for rect in figure.boxes] == [0, 1]
    inner, outer = (wire for wire in figure.edges if wire.kind == "residual")
    assert outer.pieces[0][0][0] < inner.pieces[0][0][0]
    assert outer.pieces[0][1][1] < inner.pieces[0][1][1]


def test_lines_stand_one_under_the_other() -> None:
    cells = [cell("a", "conv", "8"), cell("b", "conv", "8")]
    others = [cell("c", "conv", "8"), cell("d", "conv", "8")]
    first = figure_of(Line(tuple(cells), (), chain(cells), (), (), (Bar("a", 8, ("8×8²",)),)))
    both = first._replace(lines=(*first.lines, Line(tuple(others), (), chain(others), (), (), ())))
    figure = strip(both, SCREEN, Page(1440.0))
    assert collisions(figure, both, SCREEN) == []
    assert rows_of(figure) == [["a", "b"], ["c", "d"]]


def test_growth_stands_on_a_line_of_its_own() -> None:
    cells = [cell("a", "conv", "8"), cell("b", "conv", "128"), cell("c", "conv", "32"), cell("d", "concat")]
    boxes = (Box("box", "Dense", "b", "d", 12, None, growth=32),)
    diagram = figure_of(Line(tuple(cells), (), chain(cells), boxes, (), ()))
    figure = strip(diagram, SCREEN, Page(None))
    assert collisions(figure, diagram, SCREEN) == []
    texts = {words.text: words for words in figure.texts}
    assert texts["×12, +32"].y > texts["128"].y + 0.4 * 44


def test_totals_stand_below_where_the_figure_is_too_narrow() -> None:
    cells = [cell("a"), cell("b")]
    diagram = figure_of(Line(tuple(cells), (), chain(cells), (), (), ()))
    wide = diagram._replace(words=diagram.words._replace(totals="25,600,000 parameters · 4,090,000,000 MACs"))
    figure = strip(wide, SCREEN, Page(1440.0))
    texts = {words.role: words for words in figure.texts}
    assert texts["totals"].y > texts["title"].y
    assert collisions(figure, wide, SCREEN) == []


def test_legend_and_caption_are_wrapped() -> None:
    legend = tuple(LegendEntry("conv", "3", "", f"transposed convolution {n}") for n in range(5))
    cells = [cell("a"), cell("b")]
    diagram = figure_of(Line(tuple(cells), (), chain(cells), (), (), ()), legend)
    diagram = diagram._replace(words=diagram.words._replace(caption="So it is written. " * 9))
    figure = strip(diagram, PRINT, Page(252.0))
    assert len({disc.y for disc in figure.legend}) > 1
    assert sum(words.role == "caption" for words in figure.texts) > 1
    assert collisions(figure, diagram, PRINT) == []


@pytest.mark.parametrize("name", ["mobilenet_v2", "unet", "googlenet", "ssd300", "nasnet_mobile"])
def test_drawing_changes_nothing_that_was_measured(name: str) -> None:
    """Drawn again, in other rows before, all stands where it did: boxes and their texts, forks, taps and shelves."""
    network = netdraw.load(name)
    drawn = build(network.graph, network.analysis, View(), About(name))
    strips = line_strips(drawn, Ruler(SCREEN))

    def places(room: float) -> Placement:
        collector = Collector(44.0)
        height = draw_all(collector, strips, [split(one.breaks, room) for one in strips], 0.0, common_of(drawn, room))
        return collector.placement(room, height)

    first = places(36.0)
    assert places(60.0) != first
    assert places(36.0) == first


def test_words_that_cannot_be_wrapped_have_a_least_width_too() -> None:
    legend = (LegendEntry("conv", "3", "", "a very long kind of transposed convolution"),)
    diagram = figure_of(Line((cell("a"),), (), (), (), (), ()), legend)
    with pytest.raises(TooNarrow) as caught:
        strip(diagram, SCREEN, Page(150.0))
    assert collisions(strip(diagram, SCREEN, Page(caught.value.least)), diagram, SCREEN) == []


def price(breaks: Breaks, rows: list[Row], width: float) -> float:
    """100 × slack² a row, 20 a break inside a stage and 5 more between bare cells, 30 for a short last row."""
    total = 30.0 if len(rows) > 1 and breaks.width(*rows[-1]) < width / 4 else 0.0
    for row in rows[:-1]:
        total += 100 * (max(0.0, width - breaks.width(*row) - breaks.stretch(*row)) / width) ** 2
        total += 0.0 if breaks.order.border(row.until) else 25.0
    return total


def test_rows_break_where_it_costs_least() -> None:
    """Against every way to break a short line."""
    diagram = narrow("abcdefgh", [10**6, 0, 10**6, 0, 0, 10**6, 0, 10**6])
    line = diagram.lines[0]._replace(brackets=tuple(b for b in diagram.lines[0].brackets if b.cost))
    grid = measured(line_order(line), Ruler(SCREEN))
    breaks = Breaks(grid, [])
    for width in (3.5, 5.0, 7.0, 9.0):
        prices = []
        for chosen in product([False, True], repeat=len(breaks.places) - 2):
            inner = [place for place, taken in zip(breaks.places[1:-1], chosen, strict=True) if taken]
            rows = [Row(a, b) for a, b in pairwise([0, *inner, breaks.count])]
            if all(breaks.width(*row) <= width for row in rows):
                prices.append(price(breaks, rows, width))
        assert price(breaks, split(breaks, width), width) == pytest.approx(min(prices))


def test_two_rows_that_lack_a_little_are_better_than_a_full_one_and_one_that_lacks_much() -> None:
    """The share that a row lacks counts squared; were it itself, three rows would begin with c0, c1 and c3."""
    labels = ["00000000", "0000", "0" * 16, "0" * 16]
    cells = [cell(f"c{number}", "conv", label) for number, label in enumerate(labels)]
    figure = strip(figure_of(Line(tuple(cells), (), chain(cells), (), (), ())), SCREEN, Page(6 * 44.0))
    assert rows_of(figure) == [["c0", "c1"], ["c2"], ["c3"]]


TAMPERED = {
    "a text on another": lambda p: p._replace(texts=(*p.texts, p.texts[5]._replace(x=p.texts[5].x + 3, id="other"))),
    "a text off the page": lambda p: p._replace(texts=(p.texts[0]._replace(x=-5.0), *p.texts[1:])),
    "a missing cell": lambda p: p._replace(cells=(*p.cells[:-1], p.cells[0])),
    "a cell too near": lambda p: p._replace(cells=(p.cells[0]._replace(x=p.cells[0].x + 9), *p.cells[1:])),
    "a box too small": lambda p: p._replace(boxes=(p.boxes[0]._replace(width=60.0), *p.boxes[1:])),
    "a text on a line": lambda p: p._replace(texts=(*p.texts, p.texts[0]._replace(x=130.0, y=p.cells[0].y + 4))),
    "a missing wire": lambda p: p._replace(edges=p.edges[1:]),
    "a missing cost": lambda p: p._replace(brackets=p.brackets[1:]),
    "a tick beside its wire": lambda p: p._replace(ticks=tuple(rect._replace(y=rect.y + 9) for rect in p.ticks)),
    "a tick on another wire": lambda p: p._replace(ticks=tuple(rect._replace(x=rect.x - 90) for rect in p.ticks)),
    "a missing junction": lambda p: p._replace(edges=tuple(wire._replace(dot=False) for wire in p.edges)),
}


@pytest.mark.parametrize("fault", TAMPERED)
def test_the_checker_sees(fault: str) -> None:
    assert collisions(TAMPERED[fault](placed("mobilenet_v2")), diagram("mobilenet_v2"), SCREEN)


def test_text_is_wrapped_by_its_measure() -> None:
    assert wrap("aa bb cc", 5, len) == ["aa bb", "cc"]
    assert wrap("abcdef gh", 4, len) == ["abcd", "ef", "gh"]
    assert wrap("", 4, len) == []


TEXT = st.text("0123456789×²/gAy", min_size=1, max_size=6)
CATEGORIES = st.sampled_from(["conv", "conv.depthwise", "conv.row", "pool", "linear", "concat"])


@st.composite
def outer_boxes(draw: st.DrawFn, cells: list[Cell], blocks: list[tuple[int, int]]) -> list[Box]:
    """At most one box around several blocks."""
    a, b = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    if not a < b < len(blocks):
        return []
    first, last = cells[blocks[a][0]].id, cells[blocks[b][1]].id
    return [
        Box(
            "outer",
            "Outer",
            first,
            last,
            draw(st.integers(1, 3)),
            None,
            draw(TEXT | st.just("")),
            draw(st.none() | TEXT),
        )
    ]


@st.composite
def blocks(draw: st.DrawFn, number: int, start: int) -> tuple[list[Cell], list[Edge], list[Box]]:
    """The next cells of a chain whose cell before is the one of number start - 1, perhaps in a box, with its arc."""
    count = draw(st.integers(1, 4))
    cells = [cell(f"c{start + n}", draw(CATEGORIES), *draw(st.lists(TEXT, max_size=2))) for n in range(count)]
    kind = draw(st.sampled_from(["bare", "repeat", "none", "add", "project"])) if number else "bare"
    if kind in ("add", "project"):
        cells.append(cell(f"c{start + count}", "add", *draw(st.lists(TEXT, max_size=1))))
    if kind == "bare":
        return cells, [], []
    residual = kind if kind != "repeat" else None
    reason = draw(TEXT) if kind == "none" else ""
    repeat, name, growth = draw(st.integers(1, 12)), draw(st.none() | TEXT), draw(st.sampled_from([0, 32]))
    first, last = cells[0].id, cells[-1].id
    box = Box(f"box{number}", "Block", first, last, repeat, residual, reason, name, None, growth)  # type: ignore[arg-type]
    sides = [f"side{number}_{n}" for n in range(draw(st.integers(1, 2)) if kind == "project" else 0)]
    way = [f"c{start - 1}", *sides, last] if kind in ("add", "project") else []
    return cells, [Edge(a, b, "residual") for a, b in pairwise(way)], [box]


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """A chain with boxes, labels, ticks, bars, brackets, residuals with and without projection, and skips."""
    cells: list[Cell] = []
    boxes: list[Box] = []
    edges: list[Edge] = []
    spans: list[tuple[int, int]] = []
    for number in range(draw(st.integers(1, 7))):
        more, arcs, around = draw(blocks(number, len(cells)))
        spans.append((len(cells), len(cells) + len(more) - 1))
        cells, edges, boxes = cells + more, edges + arcs, boxes + around
    boxes += draw(outer_boxes(cells, spans))
    line = [one.id for one in cells]
    places = st.integers(0, len(line) - 1)
    sides = [cell(edge.target, "conv", where="arc") for edge in edges if edge.target not in line]
    for a, b in draw(st.lists(st.tuples(places, places), max_size=3)):
        if a + 1 < b and not any((edge.source, edge.target) == (line[a], line[b]) for edge in edges):
            edges.append(Edge(line[a], line[b], "skip"))
    ticks = [Tick((f"tick{n}",), line[n]) for n in sorted(draw(st.sets(places, max_size=2)))]
    bars = [
        Bar(line[n], draw(st.integers(1, 224)), (draw(TEXT),), draw(st.booleans()))
        for n in sorted(draw(st.sets(places, max_size=5)))
    ]
    brackets = [
        Bracket(
            f"s{n}", draw(st.none() | TEXT), line[a], line[b], draw(st.integers(0, 10**9)), draw(st.sampled_from("ab"))
        )
        for n, (a, b) in enumerate(spans)
        if draw(st.booleans())
    ]
    legend = tuple(LegendEntry("conv", "3", "", draw(TEXT)) for _ in range(draw(st.integers(0, 4))))
    wires = tuple(dict.fromkeys([*chain(cells), *edges]))
    return figure_of(Line((*cells, *sides), tuple(ticks), wires, tuple(boxes), tuple(brackets), tuple(bars)), legend)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    diagrams(),
    st.sampled_from([("screen", None), ("none", None), ("screen", 700.0), ("column", None), ("screen", 450.0)]),
)
def test_no_diagram_has_a_collision(diagram: Diagram, page: tuple[str, float | None]) -> None:
    metrics, asked = PAGES[page[0]]
    asked = Page(page[1]) if page[1] else asked
    try:
        figure = strip(diagram, metrics, asked)
    except TooNarrow as fault:
        figure = strip(diagram, metrics, Page(fault.least))
        asked = Page(fault.least)
    assert collisions(figure, diagram, metrics) == []
    assert asked.width is None or figure.width <= asked.width + 1e-6


def test_work_grows_with_the_length_of_the_chain() -> None:
    def work(count: int) -> int:
        cells = [cell(f"c{n}", "conv", "64") for n in range(count)]
        diagram = figure_of(Line(tuple(cells), (), chain(cells), (), (), ()))
        return calls(lambda: strip(diagram, SCREEN, Page(1440.0)))

    assert work(2000) < 4.4 * work(500)


def test_where_nothing_is_a_map_bars_are_hairlines() -> None:
    assert bands.bar_height(1, 1) == bands.bar_height(1, 100) < bands.bar_height(50, 100)


def test_a_legend_leaves_no_entry_alone() -> None:
    assert even([4.0] * 5, 1.0, 20.0) == [3, 2]
    assert even([4.0] * 6, 1.0, 20.0) == [4, 2]
    assert even([4.0] * 4, 1.0, 19.0) == [4]
    assert even([30.0, 4.0], 1.0, 20.0) == [1, 1]
    assert even([], 1.0, 20.0) == []


def test_a_caption_leaves_no_widow() -> None:
    def width(text: str) -> float:
        return float(len(text))

    text = "aaaa bbbb cccc dddd eeee f"
    assert wrap(text, 24, width) == ["aaaa bbbb cccc dddd eeee", "f"]
    assert balanced(text, 24, width) == ["aaaa bbbb cccc", "dddd eeee f"]
    assert balanced("aaaa bbbb cccc dddd eeee ffff gggg", 24, width) == ["aaaa bbbb cccc dddd eeee", "ffff gggg"]
