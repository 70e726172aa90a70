"""The figure of a diff: its marks are what the diff says, nothing collides, and turned round it says the same."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from layout_checks import calls, collisions
from measures import metrics
from nets import graph
from test_diff import MANY, both, lines, sides
from test_properties import SMALL, networks

import netdraw
from netdraw.changes import Difference, difference
from netdraw.changes.figure.deltas import signed, stage_sums
from netdraw.changes.figure.figure import apart, figure
from netdraw.core.errors import NetdrawError
from netdraw.diagram.model import Diagram
from netdraw.diagram.view import View
from netdraw.layout.base import Page, TooNarrow
from netdraw.layout.score.aligned import aligned
from netdraw.styles.base import unshared
from netdraw.themes.base import load
from netdraw.type.primitives import Group, Item, Path, Text

PAIRS = [
    *(("resnet50", "resnet101"), ("resnet50", "resnet50_paper"), ("vgg16", "vgg19"), ("resnet18", "resnet50")),
    *(("mobilenet_v1", "mobilenet_v2"), ("densenet121", "densenet169"), ("resnet50", "se_resnet50")),
    *(("squeezenet1_0", "unet"), ("googlenet", "inception_v3"), ("onet", "nasnet"), ("ssd300_nms", "resnet18")),
]
Said = tuple[list[tuple[str, str]], list[tuple[str, str]]]
"""By line, the ids of cells and boxes with what is marked at them."""


def marked(found: Diagram) -> Said:
    said: Said = ([], [])
    for own, line in zip(said, found.lines, strict=True):
        for cell in line.cells:
            own += [(cell.id.partition("/")[2], cell.label[place]) for place in cell.marked]
        for box in line.boxes:
            own += [(box.id.partition("/")[2], text) for text in (box.mark, *box.marks) if text]
    return said


def drawn(one: object, other: object, **view: object) -> Diagram:
    return figure(netdraw.diff(one, other), View(**view))  # type: ignore[arg-type]


def marks(one: object, other: object) -> Said:
    return marked(drawn(one, other))


# What is marked


def test_a_width_marks_every_changed_layer_and_no_other() -> None:
    """All that the diff says of MobileNetV2 at width 1.4, a depthwise convolution's groups said with its channels."""
    found = netdraw.diff("mobilenet_v2", netdraw.load("mobilenet_v2", width=1.4))
    expected = {}
    for row in found.changes:
        (edit,) = [edit for edit in row.edits if edit.field == "out_channels"]
        expected[row.after] = f"{edit.before} → {edit.after}"
    upper, lower = marked(figure(found, View()))
    line = figure(found, View()).lines[1]
    stands = {cell.id.partition("/")[2]: cell.repeat for cell in line.cells}
    assert upper == [] and dict(lower) == {id: expected[id] for id, _ in lower}
    assert len(lower) == len(dict(lower)) and sum(stands[id] for id, _ in lower) == len(expected) == 52
    assert all(cell.label[0].count("→") == (cell.category.startswith("conv")) for cell in line.cells if cell.label)


def test_an_inserted_block() -> None:
    one = lines("ConvBNAct: 32", "ConvBNAct: 64")
    assert marks(one, lines("ConvBNAct: 32", "ConvBNAct: 32", "ConvBNAct: 64")) == (
        [],
        [("conv_bn_act_2.conv2d", "added")],
    )
    block = "{layers: [{ConvBNAct: 32}, {ConvBNAct: 32}], residual: auto, repeat: %d}"
    other = lines("ConvBNAct: 32", block % 1, "ConvBNAct: 64")
    assert marks(one, other) == ([], [("group.0", "added")])
    assert marks(one, lines("ConvBNAct: 32", block % 3, "ConvBNAct: 64")) == ([], [("group.2", "added, ×3")])


def test_a_stride_is_said_once() -> None:
    found = drawn(lines("ConvBNAct: 32", "ReLU"), lines("ConvBNAct: {out_channels: 32, stride: 2}", "ReLU"))
    assert marked(found) == ([], [("conv_bn_act.conv2d", "stride 1 → 2")])
    cell = next(cell for cell in found.lines[1].cells if cell.marked)
    assert cell.label == ("32", "stride 1 → 2") and cell.marked == (1,)


def test_a_removed_layer_is_marked_in_the_upper_line() -> None:
    one, other = lines("ConvBNAct: 8", "MaxPool2d: 2", "ConvBNAct: 16"), lines("ConvBNAct: 8", "ConvBNAct: 16")
    assert marks(one, other) == ([("max_pool2d", "removed")], [])


def test_what_has_no_cell_is_marked_at_the_cell_before_it() -> None:
    one, other = lines("ConvBNAct: 8", "Flatten", "Linear: 4"), lines("ConvBNAct: 8", "Flatten", "Dropout", "Linear: 4")
    assert marks(one, other) == ([], [("conv_bn_act.conv2d", "Dropout: added")])
    changed = other.replace("Dropout", "Dropout: 0.2")
    assert marks(other, changed) == ([], [("conv_bn_act.conv2d", "Dropout: p 0.5 → 0.2")])
    assert marks(lines("ConvBNAct: 8"), lines("ConvBNAct: {out_channels: 8, norm: none}")) == (
        [("conv_bn_act.conv2d", "BatchNorm2d: removed")],
        [("conv_bn_act.conv2d", "bias false → true")],
    )


def test_a_name() -> None:
    one = lines("Conv2d: {name: a, out_channels: 8, kernel_size: 1}")
    assert marks(one, one.replace("a,", "b,")) == ([], [("b", "a → b")])
    grouped = one.replace("- Conv2d", "- layers: [{Conv2d").replace("1}", "1}}]\n    name: g")
    assert [text for _, text in marks(one, grouped)[1]] == ["a → g.a", "moved"]
    long = one.replace("a,", "a_convolution,"), one.replace("a,", "another_convolution,")
    assert [text for _, text in marks(*long)[1]] == ["a_convolution", "→ another_convolution"]
    one = lines("{name: enc, layers: [{ConvBNAct: 8}, {ConvBNAct: 8}]}")
    assert marks(one, one.replace("enc", "dec")) == ([], [("dec.conv_bn_act.conv2d", "group: enc → dec")])
    one = one.replace("]}", "], residual: auto}").replace("layers:\n", "layers:\n  - ConvBNAct: 8\n")
    assert marks(one, one.replace("enc", "dec")) == ([], [("dec", "enc → dec")])


def test_an_activation_and_a_kernel() -> None:
    one, other = lines("ConvBNAct: 8"), lines("ConvBNAct: {out_channels: 8, act: {LeakyReLU: 0.2}, kernel_size: 5}")
    assert marks(one, other) == ([], [("conv_bn_act.conv2d", "3×3 → 5×5"), ("conv_bn_act.conv2d", "ReLU → LeakyReLU")])


def test_an_activation_that_came_before_its_layer() -> None:
    layers = ("{name: norm}", "{name: act}", "{name: conv, out_channels: 3, kernel_size: 1}")
    ops = [f"{op}: {values}" for op, values in zip(("BatchNorm2d", "ReLU", "Conv2d"), layers, strict=True)]
    late, early = (lines("MaxPool2d: 2", *order, "MaxPool2d: 2") for order in ((ops[2], *ops[:2]), ops))
    assert ("norm", "activated before, not after") in marks(late, early)[1]
    assert ("conv", "activated after, not before") in marks(early, late)[1]


def test_what_moved_is_marked_in_both_lines() -> None:
    one, other = lines("ConvBNAct: 32", "MaxPool2d: 2", "Flatten"), lines("MaxPool2d: 2", "ConvBNAct: 32", "Flatten")
    assert marks(one, other) == ([("max_pool2d", "moved")], [("max_pool2d", "moved")])


@pytest.mark.parametrize(
    ("one", "other", "box", "mark"),
    [
        ("resnet50", "resnet101", "stages.2.22", "×5 → ×22"),
        ("resnet101", "resnet50", "stages.2.5", "×22 → ×5"),
        ("densenet121", "densenet201", "stages.2.dense_layer.47", "×24 → ×48, +32"),
    ],
)
def test_another_repeat_count(one: str, other: str, box: str, mark: str) -> None:
    upper, lower = marks(one, other)
    assert (box, mark) in lower and not any("×" in text for _, text in upper)
    assert one != "resnet50" or lower == [(box, mark)]


def test_a_block_that_came_to_repeat() -> None:
    block = "{layers: [{ConvBNAct: 8}, {Conv2d: {out_channels: 8, kernel_size: 1}}]%s}"
    one, other = lines("ConvBNAct: 8", block % ""), lines("ConvBNAct: 8", block % ", repeat: 3")
    assert marks(one, other) == ([], [("group.2", "×1 → ×3")])
    assert marks(other, one) == ([("group.2", "2 removed, ×3")], [])


def test_a_residual_rule_and_a_block() -> None:
    block = "{layers: [{ConvBNAct: 8}, {ConvBNAct: 8}]%s}"
    one, other = lines("ConvBNAct: 8", block % ", residual: auto"), lines("ConvBNAct: 16", block % ", residual: auto")
    assert marks(one, other)[1] == [("conv_bn_act.conv2d", "8 → 16"), ("group", "add → no add")]
    assert marks(one, other)[0] == [("group.add", "removed")]
    upper, lower = marks("resnet34", "resnet50")
    assert [text for _, text in lower].count("BasicBlock → Bottleneck") == 4 and upper == []


def test_members_that_did_not_change_alike_are_marked_where_they_are_drawn_apart() -> None:
    """In the second line they are one cell, in the first each its own; where both lines fold them by their number."""
    block = "{layers: [{ConvBNAct: {out_channels: 8, kernel_size: %s}}, {ConvBNAct: 8}], repeat: 1}"
    apart_ = lines("ConvBNAct: 8", *(block % size for size in (3, 5, 3)))
    same = lines("ConvBNAct: 8", *(block % size for size in (3, 3, 3)))
    assert marks(apart_, same) == ([("group_2.0.conv_bn_act.conv2d", "5×5 → 3×3")], [])
    upper, lower = marks(same, apart_)
    assert upper == [] and [text for _, text in lower] == ["3×3 → 5×5"]


def test_some_of_several() -> None:
    """Both lines fold, but not the same members: of those that one cell stands for, some have changed."""
    block = "{layers: [{ConvBNAct: {name: a, out_channels: 8, act: %s}}, {ConvBNAct: {name: b, out_channels: 8}}]}"
    before, after = ["ReLU"] * 3 + ["SiLU"] * 3, ["SiLU"] * 5 + ["ReLU"]
    one, other = (lines("ConvBNAct: 8", *(block % act for act in acts)) for acts in (before, after))
    upper, lower = marks(one, other)
    assert upper == [("group_3", "1 of 3: moved")]
    assert lower == [("group_5.a.conv2d", "2 of 5: ReLU → SiLU"), ("group_6.a.conv2d", "group: moved")]


def test_inputs_and_outputs() -> None:
    assert marks(lines("ReLU"), lines("ReLU").replace("32, 32", "16, 16"))[1] == [("input", "3×32² → 3×16²")]
    heads = "heads: {x: [{Linear: 2}]%s}"
    _, lower = marks(lines("Flatten", heads % ""), lines("Flatten", heads % ", y: [{Linear: 3}]"))
    assert sorted(lower) == [("heads.y.linear", "added"), ("y", "added")]


def test_a_projection_is_marked_over_its_cell() -> None:
    found = drawn("resnet18", "resnet50")
    cells = {cell.id: cell for cell in found.lines[1].cells}
    arc = cells["resnet50/stages.1.0.shortcut.conv2d"]
    assert arc.where == "arc" and arc.label[0] == "128 → 512" and 0 in arc.marked
    placement = aligned(found, metrics(load("default"), 44.0), Page(None))
    (words,) = [words for words in placement.texts if words.id == arc.id]
    assert words.text == "128 → 512" and words.underline > 0 and words.weight == 600


# What is said once, and what it costs


def test_what_both_say_is_said_below() -> None:
    found = drawn("vgg16", "vgg19")
    assert [sum(bool(unshared(cell)) for cell in line.cells) for line in found.lines] == [0, len(found.lines[1].cells)]
    assert [len(line.bars) for line in found.lines] == [0, 7]
    shapes = drawn("resnet50", netdraw.load("resnet50", classes=10))
    assert [unshared(cell) for cell in shapes.lines[0].cells if unshared(cell)] == [
        ("1000",)
    ]  # the Softmax's, in shape only


def bars(found: Diagram) -> list[dict[str, tuple[str, ...]]]:
    return [{bar.cell.partition("/")[2]: bar.text for bar in line.bars} for line in found.lines]


LONG = (
    *("ConvBNAct: {out_channels: 16, stride: 2}", "{name: enc, layers: [{ConvBNAct: 16}, {ConvBNAct: 16}], repeat: 3}"),
    *("InvertedResidual: {out_channels: 16, expand: 6}", "InvertedResidual: {out_channels: 24, expand: 6, stride: 2}"),
    *("MaxPool2d: 2", "Conv2d: {out_channels: 32, kernel_size: 3, padding: 1}", "ReLU", "AdaptiveAvgPool2d: 1"),
)


def test_bars_stand_in_both_lines_at_the_same_cells() -> None:
    """Maps that are the same are said once, below; maps that differ under both, whichever line has chosen the place."""
    one = lines(*LONG)
    upper, lower = bars(drawn(one, one.replace("repeat: 3", "repeat: 5")))
    assert upper == {} and set(bars(drawn(one, one))[1].values()) <= set(lower.values())
    upper, lower = bars(drawn(one, one.replace("expand: 6, stride: 2", "expand: 6")))
    assert set(upper) < set(lower) and all(upper[cell] != lower[cell] for cell in upper) and upper


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_bar_stands_alone_only_where_the_other_line_says_the_same_or_has_no_such_cell(one: str, other: str) -> None:
    picture = drawn(one, other)
    columns = [{cell.id: cell.column for cell in line.cells} for line in picture.lines]
    found = netdraw.diff(one, other)
    names = [line.cells[0].id.partition("/")[0] for line in picture.lines]
    rows = [row for row in found.rows if row.level == "layer" and row.before and row.after]
    ids = [{id: cell.id for cell in line.cells for id in cell.ids} for line in picture.lines]
    both = [{bar.cell: bar.text for bar in line.bars} for line in picture.lines]
    for row in rows:
        mine, its = ids[0].get(f"{names[0]}/{row.before}"), ids[1].get(f"{names[1]}/{row.after}")
        if mine and its and columns[0][mine] == columns[1][its] >= 0 and mine in both[0]:
            assert its in both[1] and both[0][mine] != both[1][its]


@pytest.mark.slow
@pytest.mark.parametrize("cost", ["macs", "flops", "params", "none"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_changes_of_all_stages_are_that_of_the_totals(one: str, other: str, cost: str) -> None:
    found = netdraw.diff(one, other)
    view = View(cost=cost)  # type: ignore[arg-type]
    totals = found.totals
    whole = {"params": totals.params.delta, "flops": 2 * totals.macs.delta, "none": 0}.get(cost, totals.macs.delta)
    assert sum(delta for own in stage_sums(found, view) for delta in own.values()) == whole
    lower = figure(found, view).lines[1]
    deltas = {"none": (), "params": (signed(totals.params.delta),)}
    assert lower.deltas == deltas.get(cost, (signed(totals.params.delta), signed(whole)))


def test_stages_say_by_how_much_they_changed() -> None:
    titles = [bracket.title for bracket in drawn("resnet50", "resnet101").lines[1].brackets]
    assert titles == ["conv2_x", "conv3_x", "conv4_x · +3.71 G MACs", "conv5_x"]
    assert [bracket.title for bracket in drawn("resnet50", "resnet101", cost="none").lines[1].brackets][2] == "conv4_x"
    assert [signed(number) for number in (992_000, -1, 0)] == ["+992 k", "−1", "±0"]


def test_titles_params_and_inputs_tell_the_lines_apart() -> None:
    found = drawn("mobilenet_v2", netdraw.load("mobilenet_v2", width=1.4, resolution=192))
    assert found.words.title == "MobileNetV2 → MobileNetV2 (width=1.4, resolution=192)"
    assert [(line.name, line.note) for line in found.lines] == [
        ("MobileNetV2", "3×224²"),
        ("MobileNetV2", "width=1.4, resolution=192 · 3×192²"),
    ]
    assert found.words.subtitle == "" and drawn("vgg16", "vgg19").words.subtitle == "3×224²"
    assert apart(["/x/y/a.yaml", "/x/z/a.yaml"]) == ["y/a.yaml", "z/a.yaml"]
    assert apart(["/x/a.yaml", "a.yaml"]) == ["/x/a.yaml", "a.yaml"]


def test_of_one_name_the_note_stands_in_every_system() -> None:
    found = drawn("mobilenet_v2", netdraw.load("mobilenet_v2", width=1.4))
    measure = metrics(load("default"), 44.0)
    placement = aligned(found, measure, Page(1000.0))
    said = [words.text for words in placement.texts if words.role == "kind"]
    assert placement.rows > 2 and said.count("MobileNetV2") == 2 * placement.rows
    assert said.count("width=1.4") == placement.rows
    assert collisions(placement, found, measure) == []
    other = drawn("googlenet", "inception_v3")
    placement = aligned(other, measure, Page(1000.0))
    said = [words.text for words in placement.texts if words.role == "kind"]
    assert placement.rows > 1 and said.count("3×299²") == 1 and said.count("Inception v3") == placement.rows


def test_no_difference_is_said() -> None:
    found = netdraw.diff("lenet", "lenet")
    assert marked(figure(found, View())) == ([], [])
    assert figure(found, View()).words.caption.startswith("No difference. ")
    assert "Underlined" not in figure(found, View()).words.caption
    assert figure(found, View()).lines[1].deltas == ("±0", "±0")
    one = lines("ConvBNAct: {name: a, out_channels: 8}")
    renamed, wider = drawn(one, one.replace("a,", "b,")), drawn(one, one.replace("8", "16"))
    assert "Under a stage" in wider.words.caption and "Under a stage" not in renamed.words.caption


# Any two networks

TURNED = {"added": "removed", "removed": "added"}


def turned(text: str) -> str:
    """What the figure of the other direction says."""
    parts = text.split(" → ")
    if len(parts) == 2 and ":" not in text:
        words = parts[0].rsplit(" ", 1)
        return f"{' '.join([*words[:-1], parts[1]])} → {words[-1]}"
    return TURNED.get(text, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lines("ConvBNAct: 8", "ConvBNAct: 8"), lines("ConvBNAct: 16", "MaxPool2d: 2", "ConvBNAct: {out_channels: 8, stride: 2}")),
        (lines("ConvBNAct: 8", "MaxPool2d: 2"), lines("ConvBNAct: {out_channels: 8, act: SiLU, kernel_size: 5}")),
    ],
)  # fmt: skip
def test_the_other_way_round(one: str, other: str) -> None:
    forth, back = marks(one, other), marks(other, one)
    came = [[text for _, text in own if text in TURNED] for own in (*forth, *back)]
    assert came[0] == [turned(text) for text in came[3]] and came[1] == [turned(text) for text in came[2]]
    changed = [sorted(text for _, text in own if text not in TURNED) for own in (forth[1], back[1])]
    assert changed[0] == sorted(map(turned, changed[1])) != []
    assert [text for _, text in forth[0] + back[0] if text not in TURNED] == []


def test_some_members_of_a_run_that_no_block_holds_were_added() -> None:
    """Two blocks that repeat twice fold to one box: of its second cells one is new."""
    once = lines("ConvBNAct: {out_channels: 1, repeat: 2}", "ConvBNAct: {out_channels: 1, groups: 1}")
    assert [text for _, text in marks(once, once.replace("groups: 1", "groups: 1, repeat: 2"))[1]] == ["1 of 2: added"]


CONV = "  - {ConvBNAct: {out_channels: 1}}\n"


@pytest.mark.slow
@SMALL
@given(st.tuples(networks(), networks()))
@example(
    (
        f"layers:\n{CONV}",
        "layers:\n  - {layers: [{MaxPool2d: {kernel_size: 3, stride: 2, padding: same}}], residual: project}\n",
    )
)
@example(
    (
        f"layers:\n{CONV * 2}  - {{layers: [{{ConvBNAct: 1}}], residual: project}}\n",
        "layers:\n  - {layers: [{Dropout: 0.1}], residual: auto}\n",
    )
)
@example(
    (
        f"layers:\n{CONV * 2}  - {{layers: [{{ConvBNAct: 1}}], residual: auto}}\n",
        "layers:\n  - {layers: [{Dropout: 0.1}]}\n",
    )
)
def test_any_two_networks_can_be_drawn(texts: tuple[str, str]) -> None:
    nets = both(texts)
    if nets is None:
        return
    found = difference(*nets)
    picture = figure(found, View())
    holds(found, picture)
    measure = metrics(load("default"), 44.0)
    assert collisions(aligned(picture, measure, Page(None)), picture, measure) == []


def holds(found: Difference, picture: Diagram) -> None:
    """There are marks where something differs, no others, and columns hold what goes together."""
    texts = [text for own in marked(picture) for _, text in own]
    assert bool(texts) == (not found.same)
    for line in picture.lines:
        columns = [cell.column for cell in line.cells if cell.where in ("line", "port")]
        assert all(a < b for a, b in pairwise(columns)) and min(columns, default=0) >= 0
    kinds = Counter(row.kind for row in found.changes)
    for kind, side in (("added", 1), ("removed", 0)):
        said = any(kind in text or "×" in text for _, text in marked(picture)[side])
        assert said or not kinds[kind] or any("→ ×" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("page", [700.0, 1440.0, None])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_nothing_collides(one: str, other: str, page: float | None) -> None:
    found = netdraw.diff(one, other)
    picture = figure(found, View())
    holds(found, picture)
    touches_nothing(picture, page)


def touches_nothing(picture: Diagram, page: float | None, theme: str = "default") -> None:
    measure = metrics(load(theme), 44.0)
    try:
        placement = aligned(picture, measure, Page(page))
    except TooNarrow as fault:
        placement = aligned(picture, measure, Page(fault.least))
    assert collisions(placement, picture, measure) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("theme", ["classic", "dark", "print"])
def test_nothing_collides_in_any_theme_and_language(theme: str, lang: str) -> None:
    for one, other in (PAIRS[0], PAIRS[3], PAIRS[6]):
        touches_nothing(drawn(one, other, lang=lang), 1440.0, theme)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_stands_under_each_other_goes_together(one: str, other: str) -> None:
    """Of layers that are a pair as many as possible have one column; a cell has one place on its line."""
    found = netdraw.diff(one, other)
    picture = figure(found, View())
    columns = [{id: cell.column for cell in line.cells for id in cell.ids} for line in picture.lines]
    names = [line.cells[0].id.partition("/")[0] for line in picture.lines]
    rows = [row for row in found.rows if row.level == "layer" and row.before and row.after and row.kind == "same"]
    pairs = [(columns[0].get(f"{names[0]}/{row.before}"), columns[1].get(f"{names[1]}/{row.after}")) for row in rows]
    shown = [(a, b) for a, b in pairs if a is not None and b is not None and min(a, b) >= 0]
    assert sum(a == b for a, b in shown) >= 0.9 * len(shown)


@pytest.mark.slow
def test_it_is_linear_in_the_cells() -> None:
    def work(count: int) -> int:
        layers = ["ConvBNAct: 8", "MaxPool2d: {kernel_size: 3, stride: 1, padding: 1}"] * count
        other = [layer.replace("8", "16") for number, layer in enumerate(layers) if number % 37]
        found = difference(*sides(graph(lines(*layers)), graph(lines(*other))))
        return calls(lambda: figure(found, View()))

    small, large = work(100), work(400)
    assert large < 5 * small


# As a drawing


def test_marks_are_told_by_more_than_their_colour() -> None:
    drawing = netdraw.diff(*MANY).draw()
    color = load("default").colors.highlight
    texts = [item for item in flat(drawing.scene.items) if isinstance(item, Text) and item.color == color]
    under = [item for item in flat(drawing.scene.items) if isinstance(item, Path) and item.role == "mark"]
    assert texts and len(under) == len(texts) and {text.weight for text in texts} == {600}
    outline = dict(drawing.scene.meta)["outline"]
    assert any("8 → 12" in line for line in outline)


def flat(items: tuple[Item, ...]) -> list[Item]:
    return [one for item in items for one in (flat(item.items) if isinstance(item, Group) else [item])]


def test_the_same_bytes_twice() -> None:
    first, second = (netdraw.diff("resnet18", "resnet50").draw(theme="dark").to_bytes("svg") for _ in range(2))
    assert first == second


def test_options() -> None:
    found = netdraw.diff("lenet", "alexnet")
    svg = found.draw(lang="zh", title=False, legend=False, caption=False, cost="none", fonts="link").to_bytes().decode()
    assert 'class="title"' not in svg and 'class="caption"' not in svg and "删除" in svg
    assert 200 < float(found.draw(width="300mm").scene.physical[0].removesuffix("mm")) <= 300
    for options, code in (({"wdith": 3}, "ND620"), ({"lang": "xx"}, "ND623"), ({"width": 90}, "ND622")):
        with pytest.raises(NetdrawError) as caught:
            found.draw(**options)
        assert [fault.code for fault in caught.value.faults] == [code]


def test_a_notebook_shows_the_figure_with_the_tables() -> None:
    shown = netdraw.diff("lenet", "alexnet")._repr_html_()
    assert shown.startswith("<svg") and shown.count("</svg>") == 1 and '<div class="netdraw-diff">' in shown
    assert "<svg" not in netdraw.diff("lenet", "lenet")._repr_html_()
