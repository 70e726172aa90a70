"""Several networks in one figure: units and their widths, common columns, marks, and pictures without a collision."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise, product

import pytest
from figures import network
from hypothesis import given
from hypothesis import strategies as st
from layout_checks import collisions
from measures import metrics

import netdraw
from netdraw.api.compare import compare
from netdraw.api.diff import titles
from netdraw.comparison.about import describe
from netdraw.comparison.base import Compared, sources, unique
from netdraw.comparison.columns import AlignKey, columns, weight
from netdraw.comparison.family import family, whole
from netdraw.comparison.kinds import KINDS
from netdraw.comparison.units.cells import units_as_cells
from netdraw.comparison.units.scaled import Scale
from netdraw.comparison.units.unitrows import units_as_words
from netdraw.comparison.units.units import Picked, Unit, find_units, pick_units
from netdraw.comparison.units.widths import width
from netdraw.core.errors import NetdrawError
from netdraw.core.numbers import share, short, short_column
from netdraw.diagram.build import build
from netdraw.diagram.model import Cell, Diagram
from netdraw.diagram.said.glossary import glossary
from netdraw.diagram.texts import About
from netdraw.diagram.view import View
from netdraw.layout.base import Page, Placement, TooNarrow
from netdraw.layout.score.aligned import aligned
from netdraw.layout.sizes import MARGIN, Ruler
from netdraw.layout.strip.strip import line_strip
from netdraw.scene.model import Scene
from netdraw.spec.sources import zoo_names
from netdraw.styles.base import Metrics, unshared
from netdraw.themes.base import load
from netdraw.type.primitives import Group, Item, Text

COMMON = Scale()
VGG = ("vgg11", "vgg13", "vgg16", "vgg19")
RESNET = ("resnet18", "resnet34", "resnet50", "resnet101", "resnet152")
DENSENET = ("densenet121", "densenet169", "densenet201")
MOBILE = ("mobilenet_v1", "mobilenet_v2", "resnet50")
MIXED = ("squeezenet", "se_resnet50", "vgg16", "densenet121", "googlenet", "resnext50")
FIGURES = [
    *product(("family", "whole"), (VGG, RESNET, DENSENET, MOBILE, ("googlenet", "inception_v3"), ("unet", "ssd300"))),
    *product(("units", "words"), (MOBILE, MIXED, ("vgg16", "resnet50"))),
]


def all_units(nets: list[Compared]) -> Picked:
    return pick_units(nets, View(), Scale(), lambda units: lambda unit: True)


DRAW = {
    "family": lambda nets: family(nets, View()),
    "whole": lambda nets: whole(nets, View()),
    "units": lambda nets: units_as_cells(all_units(nets), View(), Scale()),
    "words": lambda nets: units_as_words(all_units(nets), View(), Scale()),
}


def compared(names: tuple[str, ...]) -> list[Compared]:
    nets = [network(name) for name in names]
    return [
        Compared(name, net.header.title or name, net.graph, net.analysis, net.header.source or "", net.spec.name)
        for name, net in zip(unique(names), nets, strict=True)
    ]


@cache
def diagram(kind: str, names: tuple[str, ...]) -> Diagram:
    return DRAW[kind](compared(names))


def units(name: str, scale: Scale = COMMON) -> list[Unit]:
    net = network(name)
    return find_units(net.graph, net.analysis, View(), glossary("en"), scale)


def placed(kind: str, names: tuple[str, ...], page: float | None, theme: str = "default") -> tuple[Placement, Metrics]:
    measure = metrics(load(theme), 44.0)
    try:
        return aligned(diagram(kind, names), measure, Page(page)), measure
    except TooNarrow as fault:
        return aligned(diagram(kind, names), measure, Page(fault.least)), measure


@pytest.mark.parametrize(
    ("values", "inputs", "outputs", "text"),
    [
        ([96, 144], [16, 24], [24, 32], "6C"),
        ([16, 24], [16, 24], [24, 32], "C"),
        ([64, 128], [256, 512], [256, 512], "C/4"),
        ([24, 36], [16, 24], [24, 36], "3C/2"),
        ([24, 32], [16, 24], [24, 32], "C′"),
        ([12, 16], [16, 24], [24, 32], "C′/2"),
        ([128, 128], [64, 96], [96, 128], "128"),
        ([1, 2, 3, 4], [64, 64, 65, 65], [7, 8, 9, 10], "1…4"),
        ([32, 48], [64, 65], [7, 9], "32, 48"),
    ],
)
def test_a_width_is_a_multiple_where_it_is_the_same_one_everywhere(
    values: list[int], inputs: list[int], outputs: list[int], text: str
) -> None:
    found = width(values, inputs, outputs)
    assert found.text == text
    assert found.at(64, 64) == (found.ratio * 64 if found.of else values[0])


def test_the_units_of_mobilenet_v2_are_four() -> None:
    """Counts from the paper's Table 2: 17 blocks, 10 of which add."""
    assert [(unit.condition.text, unit.kind.stands) for unit in units("mobilenet_v2")] == [
        ("32 → 16", 1),
        ("stride 2", 4),
        ("add", 10),
        ("channels change", 2),
    ]


@pytest.mark.parametrize(
    ("name", "condition", "macs"),
    [
        ("mobilenet_v1", "stride 1", 9 * 64 * 56**2 + 64 * 64 * 56**2),
        ("mobilenet_v2", "add", (64 * 384 + 9 * 384 + 384 * 64) * 56**2),
        ("mobilenet_v2", "stride 2", 64 * 384 * 56**2 + (9 * 384 + 384 * 64) * 28**2),
        ("resnet50", "add", (64 * 16 + 9 * 16 * 16 + 16 * 64) * 56**2),
        ("resnext50", "add", (64 * 32 + 9 * 32 + 32 * 64) * 56**2),  # 32 groups of one channel
        ("vgg16", "stride 2, 2 layers", 2 * 9 * 64 * 64 * 56**2),
        ("mobilenet_v1", "stride 2", (9 * 64 + 64 * 128) * 28**2),
        ("mobilenet_v2", "32 → 16", (9 * 64 + 64 * 32) * 56**2),
        ("resnet50", "64 → 256", (64 * 64 + 9 * 64 * 64 + 64 * 256 + 64 * 256) * 56**2),
        ("resnet50", "stride 2", (64 * 32 * 56**2 + (9 * 32 * 32 + 32 * 128 + 64 * 128) * 28**2)),
    ],
)
def test_what_a_unit_costs_at_a_common_input(name: str, condition: str, macs: int) -> None:
    (unit,) = [unit for unit in units(name) if unit.condition.text == condition]
    assert unit.cost
    assert unit.cost.macs == macs


@pytest.mark.parametrize("name", ["mobilenet_v2", "resnet50", "se_resnet50", "inception_v3", "densenet121"])
def test_at_its_own_input_a_unit_costs_what_its_block_was_counted(name: str) -> None:
    net = network(name)
    checked = 0
    for number, unit in enumerate(units(name)):
        kind = unit.parts.table.graph.inputs[0][1]
        if all(width.of == "C" or (not width.of and len(unit.kind.blocks) == 1) for width in unit.widths.values()):
            channels, height = kind.size("c"), kind.size("h")
            assert channels and height
            again = units(name, Scale(channels, height))[number]
            assert again.cost == net.analysis.groups[unit.kind.blocks[0].id]._replace(activations=0)
            checked += 1
    assert checked


def keys(text: str) -> list[AlignKey]:
    names = {"d": "conv.depthwise", "c": "conv", "+": "add", "p": "pool.max"}
    return [AlignKey(names[word[0]], word[1:]) for word in text.split()]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["d3 c1", "c1 d3 c1", "c1 d3 c1 +", "c1 c3 c1 +"], [[1, 2], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3]]),
        (["c3 p2", "c3 c3 p2", "c3 c3 c3 p2"], [[0, 3], [0, 1, 3], [0, 1, 2, 3]]),
        (["c3 c3 c3 p2", "c3 p2"], [[0, 1, 2, 3], [0, 3]]),
        (["c3 +", "p2"], [[0, 1], [2]]),
    ],
)
def test_cells_share_columns_by_op_and_kernel(lines: list[str], expected: list[list[int]]) -> None:
    assert columns([keys(line) for line in lines], weight) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Two pairs of one kernel are more than a pair that is alike, which is more than one of them.
        (["c5 c3 c1", "d3 d1 c5"], [[0, 1, 2], [1, 2, 3]]),
        (["c5 c3", "d3 c5"], [[1, 2], [0, 1]]),
        (["c3 c5", "c5 d3"], [[0, 1], [1, 2]]),
        # A pair of one kernel is more than two pairs of one family.
        (["c3 +2 p2", "+1 p3 d3"], [[2, 3, 4], [0, 1, 2]]),
    ],
)
def test_what_a_kernel_in_common_weighs(lines: list[str], expected: list[list[int]]) -> None:
    assert columns([keys(line) for line in lines], weight) == expected


@given(st.lists(st.lists(st.sampled_from(keys("c1 c3 d3 + p2")), max_size=6), min_size=1, max_size=4))
def test_columns_grow_and_hold_only_what_is_alike(lines: list[list[AlignKey]]) -> None:
    found = columns(lines, weight)
    held: dict[int, list[AlignKey]] = {}
    for line, own in zip(lines, found, strict=True):
        assert all(a < b for a, b in pairwise(own))
        for key, column in zip(line, own, strict=True):
            held.setdefault(column, []).append(key)
    assert sorted(held) == list(range(len(held)))
    for together in held.values():
        assert len({key.family for key in together}) == 1


@pytest.mark.slow
@pytest.mark.parametrize("page", [700.0, 1440.0, None])
@pytest.mark.parametrize(("kind", "names"), FIGURES)
def test_nothing_collides_and_nothing_is_missing(kind: str, names: tuple[str, ...], page: float | None) -> None:
    placement, measure = placed(kind, names, page)
    assert collisions(placement, diagram(kind, names), measure) == []


@pytest.mark.parametrize("theme", ["classic", "dark", "print"])
@pytest.mark.parametrize(("kind", "names"), [("family", VGG), ("whole", MOBILE), ("units", MOBILE), ("words", MOBILE)])
def test_nothing_collides_in_any_theme(kind: str, names: tuple[str, ...], theme: str) -> None:
    placement, measure = placed(kind, names, 1440.0, theme)
    assert collisions(placement, diagram(kind, names), measure) == []


@pytest.mark.parametrize(("kind", "names"), FIGURES)
def test_cells_of_one_column_stand_under_each_other(kind: str, names: tuple[str, ...]) -> None:
    placement, _ = placed(kind, names, None)
    at = {disc.id: disc.x for disc in placement.cells}
    held: dict[int, set[float]] = {}
    for line in diagram(kind, names).lines:
        for cell in line.cells:
            if cell.column >= 0:
                held.setdefault(cell.column, set()).add(round(at[cell.id], 6))
    assert max(map(len, held.values())) == 1
    assert len(held) > 1


def cells(found: Diagram, line: int) -> list[Cell]:
    return [cell for cell in found.lines[line].cells if cell.where == "line"]


def test_the_stages_of_vgg_begin_in_one_column() -> None:
    """Its poolings stand under each other, and so do the first convolutions of each stage."""
    found = diagram("family", VGG)
    pools = [[cell.column for cell in cells(found, n) if cell.category == "pool.max"] for n in range(4)]
    assert len(pools[0]) == 5
    assert pools == [pools[0]] * 4
    rows = [cells(found, number) for number in range(4)]
    first = [[b.column for a, b in pairwise(row) if a.category == "pool.max"] for row in rows]
    assert first == [first[0]] * 4


def test_what_lines_share_is_said_once() -> None:
    found = diagram("family", VGG)
    said = [sum(bool(unshared(cell)) for cell in line.cells) for line in found.lines]
    assert said == [0, 0, 0, len(found.lines[3].cells)]
    assert [len(line.bars) for line in found.lines[:3]] == [0, 0, 0]
    assert [len(line.brackets) for line in found.lines] == [0, 0, 0, 5]


def test_a_difference_is_said_in_its_line() -> None:
    """DenseNet-169's third block is longer than that of 121 and 201: labels stand where they differ."""
    found = diagram("family", DENSENET)
    labelled = [{cell.label for cell in line.cells if cell.category == "concat"} for line in found.lines]
    assert ("1024",) in labelled[0]
    assert ("1280",) in labelled[1]
    assert ("1792",) in labelled[2]


def texts(items: tuple[Item, ...]) -> list[Text]:
    found = []
    for item in items:
        if isinstance(item, Group):
            found += texts(item.items)
        elif isinstance(item, Text):
            found.append(item)
    return found


def test_every_difference_of_the_row_above_is_marked_and_no_other() -> None:
    drawing = compare(
        "mobilenet_v1", "mobilenet_v2", kind="words", only=["*: stride 1", "*: stride 2", "*: add", "Depth*"]
    )
    color = load("default").colors.highlight
    marked = [(text.text, text.weight) for text in texts(drawing.scene.items) if text.color == color]
    assert sorted(marked) == sorted([
        ("2C", 600), ("stride 2", 600),  # a stride of MobileNet's unit
        ("1×1 convolution", 600), ("ReLU6", 600), ("ReLU6", 600), ("linear", 600), ("6C", 600), ("6C", 600), ("C′", 600),
        ("stride 1", 600), ("add", 600), ("C", 600), ("C", 600),
    ])  # fmt: skip


def test_what_the_row_above_has_alone_is_said_too() -> None:
    drawing = compare("resnet50", "vgg16", kind="words", only=["Bottleneck: add", "Stage: stride 2, 2 layers"])
    said = [text.text for text in texts(drawing.scene.items)]
    assert "no 1×1 convolution" in said
    assert "no add" in said


def test_ids_begin_with_their_network() -> None:
    drawing = compare("vgg11", "vgg13")
    groups = [item for item in drawing.scene.items if isinstance(item, Group) and item.role == "cell"]
    ids = [dict(group.data)["ids"] for group in groups]
    assert {one.split("/")[0] for one in ids if one} == {"vgg11", "vgg13"}
    for name in ("vgg11", "vgg13"):
        whole = {f"{name}/{node.id}" for node in network(name).graph.nodes}
        shown = {one for text in ids for one in text.split() if one.startswith(name)}
        ticks = [item for item in drawing.scene.items if isinstance(item, Group) and item.role == "tick"]
        shown |= {one for tick in ticks for one in dict(tick.data)["ids"].split() if one.startswith(name)}
        assert shown - {f"{name}/input"} == whole


def test_the_same_network_twice_keeps_its_ids_apart() -> None:
    svg = compare("vgg11", "vgg11", kind="whole").to_bytes("svg").decode()
    assert 'data-ids="vgg11_2/' in svg
    assert unique(["a", "a", "a_2"]) == ["a", "a_2", "a_2_2"]


@pytest.mark.parametrize("kind", ["family", "whole", "units", "words", "chart"])
def test_the_same_bytes_twice(kind: str) -> None:
    first, second = (compare("mobilenet_v1", "mobilenet_v2", kind=kind).to_bytes("svg") for _ in range(2))
    assert first == second


def test_shares_are_of_the_own_network() -> None:
    """Each line's brackets add up to its own total, and say their share of it."""
    found = diagram("whole", MOBILE)
    for line, name in zip(found.lines, MOBILE, strict=True):
        assert sum(bracket.cost or 0 for bracket in line.brackets) == network(name).analysis.total.macs
        assert line.cost_total == network(name).analysis.total.macs


def test_unequal_inputs_are_said() -> None:
    said = [text.text for text in texts(compare("vgg16", "inception_v3").scene.items)]
    assert "3×224²" in said
    assert "3×299²" in said


@pytest.mark.parametrize(
    ("names", "kind"), [(VGG, "family"), (("vgg11", "resnet50"), "whole"), ((*VGG, *RESNET), "chart")]
)
def test_the_kind_follows_from_the_sources(names: tuple[str, ...], kind: str) -> None:
    nets = [network(name) for name in names]
    assert compare(*nets).scene.items == compare(*nets, kind=kind).scene.items


def faults(*args: object, **options: object) -> list[str]:
    with pytest.raises(NetdrawError) as caught:
        compare(*args, **options)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.slow
def test_what_cannot_be_compared_is_said() -> None:
    assert faults() == ["ND651 nothing was given to compare; name two networks or more"]
    assert faults("vgg11") == ["ND651 one network was given to compare; name two networks or more"]
    assert faults(*["vgg11"] * 9, kind="whole") == [
        "ND651 9 networks were given; kind='whole' compares 8 at most; kind='chart' takes up to 200"
    ]
    assert faults(*["vgg11"] * 201) == ["ND651 201 networks were given; kind='chart' compares 200 at most"]
    assert faults("vgg11", "vgg13", kind="wrods") == [
        "'kind': ND650 unknown kind 'wrods' of comparison; did you mean 'words'?"
    ]
    assert faults("vgg11", "vgg13", channels=0, size="x") == [
        "'channels': ND652 channels is a whole number above 0, not 0",
        "'size': ND652 size is a whole number above 0, not 'x'",
    ]
    assert faults("mobilenet_v2", "vgg13", kind="units", only="InvertedResidal") == [
        "'only': ND653 no unit is called 'InvertedResidal'; did you mean 'InvertedResidual'?"
    ]
    assert "ND622" in faults("vgg11", "vgg13", width=200)[0]


def test_one_source_that_fails_does_not_hide_the_others() -> None:
    assert [fault.split(":")[0] for fault in faults("resnet51", "vgg12")] == ["resnet51", "vgg12"]


def test_a_figure_is_as_wide_as_it_needs_where_no_width_is_asked() -> None:
    scene: Scene = compare("squeezenet", "googlenet", "densenet121", kind="words").scene
    assert scene.width > 1440 or scene.width <= 1440
    assert compare("vgg11", "vgg13", width=900).scene.width <= 900


def test_sources_of_a_family_are_said_once() -> None:
    assert sources(["Smith, Table 1, A", "Smith, Table 1, B"]) == ["Smith, Table 1"]
    assert sources(["Smith", "", "Smith"]) == ["Smith"]
    assert sources(["Smith, A", "Jones, B"]) == ["Smith, A", "Jones, B"]


def test_every_kind_is_drawn_in_chinese() -> None:
    for kind in KINDS:
        drawing = compare("mobilenet_v1", "mobilenet_v2", kind=kind, lang="zh")
        assert drawing.scene.language == "zh"
        assert {fault.severity for fault in drawing.faults} <= {"note"}


def test_ratios_are_exact() -> None:
    assert width([1, 2], [3, 6], [5, 7]).ratio == Fraction(1, 3)


@pytest.mark.parametrize(("kind", "names"), [one for one in FIGURES if one[0] in ("family", "whole")])
def test_every_line_holds_what_its_network_shows_alone(kind: str, names: tuple[str, ...]) -> None:
    """The same cells with the same edges, and costs that add up; a label that is left out stands in a line below."""
    found = diagram(kind, names)
    for number, (name, line) in enumerate(zip(unique(names), found.lines, strict=True)):
        net = network(names[number])
        (alone,) = build(net.graph, net.analysis, View(), About()).lines
        assert [cell.id for cell in line.cells] == [f"{name}/{cell.id}" for cell in alone.cells]
        wanted = [(f"{name}/{edge.source}", f"{name}/{edge.target}") for edge in alone.edges]
        assert [(edge.source, edge.target) for edge in line.edges] == wanted
        assert sum(cell.params for cell in line.cells) == net.analysis.total.params
        assert sum(cell.macs or 0 for cell in line.cells) == net.analysis.total.macs
        below = {
            cell.column: cell.label for under in reversed(found.lines[number:]) for cell in under.cells if cell.label
        }
        for mine, own in zip(line.cells, alone.cells, strict=True):
            if own.where != "arc":
                shared = below.get(mine.column) if mine.column >= 0 and own.label else None
                assert (mine.label or shared or ()) == own.label, mine.id


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(zoo_names()))
def test_the_shares_of_a_line_are_those_of_its_own_figure(name: str) -> None:
    """Whatever hangs on the line, and whatever stands above it."""
    net, view = network(name), View()
    ruler = Ruler(metrics(load("default"), 44.0))
    alone = build(net.graph, net.analysis, view, About())
    together = diagram("whole", ("lenet", name))
    own, line = (
        line_strip(found.lines[number], found, ruler, first=False).brackets
        for found, number in ((alone, 0), (together, 1))
    )
    assert [stage.texts for stage in line] == [stage.texts for stage in own]
    assert any("%" in text for stage in own for text in stage.texts) or not net.analysis.total.macs


def test_what_is_no_share_is_not_said() -> None:
    assert share(7, 0) == ""
    assert share(0, 7) == "0 %"


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ([132_863_336, 133_047_848, 143_667_240], ["132.9 M", "133.0 M", "143.7 M"]),
        ([7_610_000_000, 11_300_000_000], ["7.61 G", "11.3 G"]),
        ([26_284_974, 26_284_974], ["26.3 M", "26.3 M"]),
        ([1_000_000_001, 1_000_000_002, 2_000_000_000], ["1.00 G", "1.00 G", "2.00 G"]),  # no five digits tell them
        ([999_960, 1_000_000], ["999.96 k", "1.0000 M"]),
    ],
)
def test_unequal_numbers_under_each_other_are_told_apart(numbers: list[int], texts: list[str]) -> None:
    assert short_column(numbers) == texts


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (999, "999"), (1000, "1.00 k"), (1005, "1.01 k"), (12_349, "12.3 k"), (12_350, "12.4 k"),
        (999_499, "999 k"), (999_500, "1.00 M"), (2_044_999, "2.04 M"), (2_045_000, "2.05 M"), (2_055_000, "2.06 M"),
        (999_499_999, "999 M"), (999_500_000, "1.00 G"),
    ],
)  # fmt: skip
def test_halves_are_rounded_up_and_into_the_next_unit(number: int, text: str) -> None:
    assert short(number) == text


@given(st.integers(0, 10**25))
def test_three_digits_are_those_of_any_number(number: int) -> None:
    text = short(number, 5)
    digits = [one for one in text.partition("×")[0] if one.isdigit()]
    assert len(digits) == min(max(len(str(number)), 1), 5) if number < 1000 else len(digits) == 5
    if 1000 <= number < 10**20:
        value = Fraction(text.split()[0]) * 1000 ** ("kMGTPE".index(text[-1]) + 1)
        assert abs(value - number) * 20_000 <= number


def test_totals_of_a_column_tell_vgg_11_from_vgg_13() -> None:
    assert [line.totals[0] for line in diagram("family", VGG).lines] == ["132.9 M", "133.0 M", "138.4 M", "143.7 M"]


def test_networks_of_one_title_have_their_names() -> None:
    """With the params that were given; one that is the same has the same."""
    nets = [network("resnet50"), network("resnet50_paper"), network("vgg16"), network("vgg16")]
    wide = [netdraw.load("mobilenet_v2"), netdraw.load("mobilenet_v2", width=1.4)]
    assert titles(nets) == ["resnet50", "resnet50_paper", "VGG-16", "VGG-16"]
    assert titles(wide) == ["mobilenet_v2", "mobilenet_v2 (width=1.4)"]
    for kind in ("family", "whole", "units", "words", "chart"):
        said = [text.text for text in texts(compare(*nets[:2], kind=kind).scene.items)]
        assert "resnet50_paper" in " ".join(said), kind


def test_the_same_network_twice_is_said() -> None:
    assert [fault.code for fault in compare("vgg16", "vgg16").faults] == ["ND654"]
    assert compare("vgg16", "vgg19").faults == ()


def right(words: object, measure: Metrics) -> float:
    wide = measure.width(words.text, words.size / measure.d, words.weight) * measure.d  # type: ignore[attr-defined]
    return words.x + {"start": 1.0, "middle": 0.5, "end": 0.0}[words.anchor] * wide  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "names", "page"),
    [
        ("whole", ("unet", "ssd300"), 1000.0),
        ("whole", ("lenet", "resnet152"), 1200.0),
        ("family", DENSENET, 1000.0),
        ("family", RESNET, 1440.0),
        ("family", VGG, None),
    ],
)
def test_totals_stand_under_their_heads_behind_the_last_rows(
    kind: str, names: tuple[str, ...], page: float | None
) -> None:
    """In each system in which a line ends, and no further from the longest of its rows than from each other."""
    placement, measure = placed(kind, names, page)
    heads = [one for one in placement.texts if one.role == "head"]
    totals = [one for one in placement.texts if one.role == "table"]
    assert len(totals) == 2 * len(names)
    systems = {round(one.x, 3) for one in totals}
    assert {round(one.x, 3) for one in heads} == systems
    assert len(heads) == len(systems)
    for x in sorted(systems)[::2]:
        mine = [one for one in totals if round(one.x, 3) == x]
        assert min(one.y for one in mine) > max(one.y for one in heads if round(one.x, 3) == x)
        lasts = [disc for disc in placement.cells if any(abs(disc.y - one.y) < 3 * measure.d for one in mine)]
        widest = max(measure.width(one.text, one.size / measure.d, 400) for one in [*mine, *heads]) * measure.d
        assert x - widest - max(disc.x for disc in lasts) < 3 * measure.d


def systems(*names: str, **options: object) -> int:
    """How often the name of the first network stands beside a row."""
    scene = compare(*names, **options).scene  # type: ignore[arg-type]
    first = network(names[0]).header.title
    return sum(text.text == first for text in texts(scene.items))


@pytest.mark.slow
def test_without_a_width_a_family_has_as_few_rows_as_fit_one_and_a_half_screens() -> None:
    assert systems(*VGG) == systems(*DENSENET) == 1
    assert compare(*VGG).scene.width < 1.3 * 1440
    assert systems(*RESNET) == 2
    assert compare(*RESNET).scene.width < 1.02 * 1440, "two need no more"
    assert systems(*VGG, width="screen") == 2
    assert systems(*RESNET, width="none") == 1


def test_labels_of_an_unlike_box_serve_no_other() -> None:
    """ResNet-34's blocks have labels of their own wherever those below are bottlenecks; ResNet-18's are its."""
    found = diagram("family", RESNET)
    said = [[cell.label[0] for cell in cells(found, n) if cell.category == "conv" and unshared(cell)] for n in range(5)]
    assert said[0] == []
    assert said[1] == ["64", "64"] + [width for width in ("128", "256", "512") for _ in range(4)]
    assert said[2] == said[3] == []
    assert len(said[4]) == 1 + 3 * 8


def test_a_bar_is_kept_or_dropped_in_a_whole_column() -> None:
    names = ("mobilenet_v1", "mobilenet_v1_075", "mobilenet_v1_050", "mobilenet_v1_025")
    placement, _ = placed("family", names, None)
    column = {cell.id: cell.column for line in diagram("family", names).lines for cell in line.cells}
    barred = [{column[bar.id] for bar in placement.bars if bar.id.startswith(f"{name}/")} for name in names]
    assert barred[0] == barred[1] == barred[2]
    assert len(barred[0]) == 10
    assert barred[3] - barred[0] == {0, max(column.values())}, "what all share is said in the last"


def test_layers_are_aligned_whether_they_stand_in_a_stage_or_not() -> None:
    """What is a stage of SSD is a part of the head where its detections are drawn, too."""
    found = diagram("family", ("ssd300", "ssd300_nms"))
    own, other = ([cell for cell in cells(found, line) if cell.category != "input"] for line in (0, 1))
    assert [(cell.kernel, cell.column) for cell in own] == [(cell.kernel, cell.column) for cell in other[: len(own)]]
    assert [bracket.title for bracket in found.lines[0].brackets] == ["conv8", "conv9", "conv10", "conv11"]
    assert [bracket.title for bracket in found.lines[1].brackets] == [
        "conv1",
        "conv2",
        "conv3",
        "conv4",
        "conv5",
        "conv6, conv7",
    ]


def test_equal_blocks_share_columns_whatever_their_stages_are() -> None:
    """GoogLeNet's last stage ends in a pooling of its map, which is the head's in torchvision's variant."""
    found = diagram("family", ("googlenet", "googlenet_torchvision"))
    ends = [[cell.column for cell in cells(found, line) if cell.category == "concat"] for line in (0, 1)]
    assert len(ends[0]) == 9
    assert ends[0] == ends[1]


def test_stages_of_networks_unlike_each_other_begin_together() -> None:
    """No cell of one stage stands under or behind the first of a later one."""
    found = diagram("family", MOBILE)
    strides: dict[int, list[int]] = {}
    for name, line in zip(MOBILE, range(3), strict=True):
        nodes = network(name).analysis.nodes
        ends = {node: stage for stage in network(name).analysis.stages if stage.kind == "stage" for node in stage.nodes}
        for cell in cells(found, line):
            stage = ends.get(cell.last.partition("/")[2])
            if stage:
                strides.setdefault(nodes[stage.nodes[-1]].stride[0], []).append(cell.column)  # type: ignore[index]
    assert sorted(strides) == [2, 4, 8, 16, 32]
    for low, high in pairwise(sorted(strides)):
        assert max(strides[low]) < min(strides[high])


EIGHT = ("alexnet", "vgg16", "googlenet", "inception_v3", "resnet50", "mobilenet_v2", "densenet121", "squeezenet")


def closed(*names: str, **options: object) -> str:
    """What the caption says to be closed."""
    said = " ".join(text.text for text in texts(compare(*names, kind="whole", **options).scene.items))  # type: ignore[arg-type]
    return next((what for what in ("Blocks", "Stages") if f"{what} are closed" in said), "")


@pytest.mark.slow
def test_whole_networks_are_closed_where_they_would_be_high() -> None:
    """On a screen higher than that is wide, on paper than a page."""
    assert closed("vgg16", "resnet50") == ""
    assert closed("googlenet", "inception_v3") == "Blocks"
    assert closed(*EIGHT) == "Stages"
    assert systems(*EIGHT, kind="whole") == 1
    assert compare(*EIGHT).scene.height < 1.5 * 1440
    assert closed("vgg16", "resnet50", width="174mm") == ""
    assert closed("googlenet", "inception_v3", width="3.5in") == "Stages", "no block fits"


@pytest.mark.parametrize("names", [("unet", "ssd300"), ("resnet50", "unet"), EIGHT])
def test_whole_stages_under_each_other_have_one_stride(names: tuple[str, ...]) -> None:
    """Down and up again: none of U-Net's way up stands under what has another resolution."""
    held: dict[int, set[object]] = {}
    for name, line in zip(names, diagram("whole", names).lines, strict=True):
        net = network(name).analysis
        of = {node: stage for stage in net.stages if stage.kind == "stage" for node in stage.nodes}
        for cell in line.cells:
            stage = of.get(cell.last.partition("/")[2])
            if stage and cell.column >= 0:
                strides = [net.nodes[node].stride for node in stage.nodes]
                held.setdefault(cell.column, set()).add([one for one in strides if one][-1])
    assert max(map(len, held.values())) == 1


def test_a_closed_stage_gives_what_the_next_one_reads() -> None:
    """SSD's boxes hang on its stages, and are read by none of them."""
    ssd = network("ssd300")
    (line,) = build(ssd.graph, ssd.analysis, View(depth="stage"), About()).lines
    closed = {cell.kernel: (cell.label, cell.shape.shape) for cell in line.cells if cell.category == "block"}
    assert closed["conv8"] == (("512", "3×3 /2"), (512, 10, 10))
    assert closed["conv10"][1] == (256, 3, 3)


def test_what_is_closed_can_be_asked_for() -> None:
    assert closed("vgg16", "resnet50", depth="block") == "Blocks"
    assert closed("vgg16", "resnet50", depth="stage") == "Stages"
    assert closed(*EIGHT, depth="layer") == ""
    found = texts(compare(*RESNET, depth="block").scene.items)
    assert "Bottleneck" in [text.text for text in found]
    assert faults("vgg16", "resnet50", depth="blok") == ["'depth': ND623 unknown value 'blok'; did you mean 'block'?"]
    for kind in ("units", "words", "chart"):
        assert "ND673" in faults("vgg16", "resnet50", kind=kind, depth="block")[0]


def test_heads_in_chinese_are_names_not_measure_words() -> None:
    said = [text.text for text in texts(compare(*VGG, lang="zh").scene.items)]
    assert {"参数量", "乘加次数"} <= set(said)
    assert not {"个参数", "次乘加"} & set(said)


@pytest.mark.parametrize("names", [MOBILE, (*MOBILE, "se_resnet50"), MIXED])
def test_texts_of_brackets_keep_to_the_margin(names: tuple[str, ...]) -> None:
    placement, measure = placed("units", names, None)
    told = [one for one in placement.texts if one.role == "cost"]
    assert told
    assert max(right(one, measure) for one in told) <= placement.width - MARGIN * measure.d + 0.01


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", ["family", "whole", "units", "words"])
@pytest.mark.parametrize(
    "names", [VGG, ("mobilenet_v1", "vgg11"), ("googlenet", "resnet18"), EIGHT, ("vgg16", "vgg16")]
)
def test_who_cannot_see_it_is_told_the_facts(names: tuple[str, ...], kind: str, lang: str) -> None:
    alt = compare(*names, kind=kind, lang=lang).alt
    assert 80 <= len(alt) <= 150
    shown = names if kind in ("family", "whole") else [name for name in names if name != "alexnet"]
    assert network(shown[0]).header.title in alt, "AlexNet has no units"  # type: ignore[operator]
    lowest = min((network(name).analysis.total for name in names), key=lambda total: total.macs)
    assert short(lowest.macs).split()[0] in alt


def test_long_titles_leave_room_for_the_facts() -> None:
    one = compared(("vgg16", "resnet50"))
    long = [net._replace(title=f"{net.title} {'of a long name ' * 12}") for net in one]
    for how in ("family", "words"):
        said = describe(long, how, glossary("en"), units=3 if how == "words" else 0)  # type: ignore[arg-type]
        assert len(said) <= 150
        assert "25.6 to 138 M parameters" in said
    assert "and 1 more" in describe([one[0], long[1]], "family", glossary("en"))


def test_authors_alone_are_no_source() -> None:
    assert sources(["Smith et al., A, Table 1", "Smith et al., B"]) == ["Smith et al., A, Table 1", "Smith et al., B"]
