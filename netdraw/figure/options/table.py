"""The options of figures, each in one row. The keywords in Python and their types, the command line with its help, the
checks, completion, `docs/options.md` and the JSON Schema of a view follow from these rows.
"""

from __future__ import annotations

from typing import Literal, get_args

from ...diagram.said.glossary import LANGUAGES
from ...diagram.view import BARS, BYS, COSTS, DEPTHS, LABELS, SHAPE_ORDERS
from .kinds import (
    AnyText,
    CountKind,
    FontKind,
    HeightKind,
    NumberKind,
    Pattern,
    Patterns,
    Registered,
    Switch,
    ThemeKind,
    WidthKind,
    Words,
)
from .option import Maker, Option

NETWORK, LINES, UNITS = ("network",), ("family", "whole"), ("units", "words")
COLUMNS = (*LINES, *UNITS, "diff")
"""Figures of several networks in common columns."""
COMPARED = (*LINES, *UNITS, "chart")
"""The kinds of comparison."""
FIGURES = (*NETWORK, *COLUMNS, "chart", "sweep", "cost", "pair")
ALT, TABLE, COST_TABLE, POINTS, FILE = "alt", "summary", "costs", "points", "file"
"""What is no figure: the alt text, the tables of layers and of costs, what a sweep counts, a file that is written."""


_COMPARE = Maker("compare", "compare", "resnet18 resnet34")
CALLS: dict[str, Maker] = {
    "network": Maker("Network.draw", "render", "resnet18"),
    **dict.fromkeys(COMPARED, _COMPARE),
    "diff": Maker("Difference.draw", "diff", "resnet18 resnet34"),
    "sweep": Maker("Sweep.draw", "sweep", "mobilenet_v1 --over width=1,0.5"),
    "cost": Maker("Network.draw_cost", "cost", "mobilenet_v1"),
    "pair": Maker("Network.draw_pair", "cost", "mobilenet_v1 --pair 1"),
    ALT: Maker("Network.alt", "render", "resnet18 --alt"),
    TABLE: Maker("Network.summary", "summary", "resnet18"),
    COST_TABLE: Maker("Network.cost", "cost", "mobilenet_v1"),
    POINTS: Maker("sweep", "sweep", "mobilenet_v1 --over width=1,0.5"),
    FILE: Maker("Drawing.save", "render", "resnet18"),
}
TableForm = Literal["full", "paper", "layers", "operators", "columns"]
TABLES: tuple[TableForm, ...] = get_args(TableForm)
"""The tables of a summary: every layer, or as papers print them (`paper` chooses one of the three that follow)."""
MEASURES = ("params", "macs", "flops", "memory", "top1")


COMPARISON, PAGE, PART, TEXTS, LOOKS, AROUND, OUTPUT = (
    "Comparison", "Page", "What is drawn", "Labels and numbers", "Looks", "Around the figure", "Files",
)  # fmt: skip

GROUPS = (COMPARISON, PAGE, PART, TEXTS, LOOKS, AROUND, OUTPUT)

OPTIONS = (
    Option(
        name="kind", flag="as", takes=AnyText("KIND", COMPARED), default=None, of=COMPARED, group=COMPARISON,
        doc="family, whole, units, words or chart; by default what fits the sources.",
        example="--as words",
    ),
    Option(
        name="x", takes=Words("MEASURE", MEASURES, code="ND662", what="measure"), default=None,
        of=("chart", "sweep"), group=COMPARISON,
        doc="What a chart has to the right: params, macs, flops, memory; of networks also top1. By default the cost.",
        example="--x macs",
    ),
    Option(
        name="y", takes=Words("MEASURE", MEASURES, code="ND662", what="measure"), default=None,
        of=("chart", "sweep"), group=COMPARISON,
        doc="What a chart has upwards; by default params.",
        example="--y memory",
    ),
    Option(
        name="channels", takes=CountKind(), default=64, of=UNITS, group=COMPARISON,
        doc="With units and words: the width of the input that costs are at.",
        example="--as units --channels 128",
    ),
    Option(
        name="size", takes=CountKind(), default=56, of=UNITS, group=COMPARISON,
        doc="With units and words: the map's size that costs are at.",
        example="--as units --size 28",
    ),
    Option(
        name="only", takes=Patterns("'*: stride 2'"), default=(), of=UNITS, group=COMPARISON,
        doc="With units and words: those of this name, or with this block; repeatable.",
        example="--as words --only '*: stride 2'",
    ),
    Option(
        name="by", takes=Words("PART", BYS), default="kind", of=("cost", COST_TABLE), group=PART,
        doc="What costs are added up by: kind (of layer), stage, block or layer.",
        example="--by stage",
    ),
    Option(
        name="table", takes=Words("TABLE", TABLES), default="full", of=(TABLE,), group=PART,
        doc="full, or paper: as papers print it (layers, operators or columns; several SOURCEs have a column each).",
        example="--table paper",
    ),
    Option(
        name="width", takes=WidthKind(), default="screen", of=FIGURES, group=PAGE,
        defaults={**dict.fromkeys((*COLUMNS, "chart")), "cost": 760, "pair": 760, "sweep": 960},
        doc="px as a bare number, 174mm, 3.5in, screen (1440 px), page (174 mm), column (3.5 in), none (one row)."
            " Several networks by default have what few rows need, up to 1.5 screens.",
        example="--width column",
    ),
    Option(
        name="height", takes=HeightKind(), default=None, of=(*NETWORK, *COLUMNS), group=PAGE,
        doc="The most it may be high, px, mm or in, or none; by default 240mm where the width is in mm or in.",
        example="--width 174mm --height 120mm",
    ),
    Option(
        name="layout", takes=Registered("layout", "netdraw.layout.all", "LAYOUTS"), default="auto", of=NETWORK,
        group=PAGE,
        doc="strip, stack (downwards), dot (by Graphviz), or auto: strip, but dot above eight lanes.",
        example="--layout stack",
    ),
    Option(
        name="only", takes=Pattern("stages.3"), default=None, of=NETWORK, group=PART,
        doc="Draw a part: a pattern of ids or titles, such as stages.3 or conv3_x.",
        example="--only conv3_x",
    ),
    Option(
        name="highlight", takes=Patterns("stages.1.*"), default=(), of=NETWORK, group=PART,
        doc="Frame what a pattern of ids or titles names; repeatable.",
        example="--highlight 'stages.1.*'",
    ),
    Option(
        name="depth", takes=Words("DEPTH", DEPTHS), default=None, of=(*NETWORK, *LINES), group=PART,
        doc="What is drawn closed, as one cell: every stage, every block, or layer: nothing. By default what fits.",
        example="--depth block",
    ),
    Option(
        name="unfold", takes=Switch(), default=False, of=NETWORK, group=PART,
        doc="Draw every member of a repeat.",
        example="--unfold",
    ),
    Option(
        name="fuse_pool", takes=Switch(), default=False, of=NETWORK, group=PART,
        doc="Draw a convolution and the pooling behind it as one cell.",
        example="--fuse-pool",
    ),
    Option(
        name="cost", takes=Words("UNIT", COSTS), default="macs", of=(*NETWORK, *COLUMNS, "chart", POINTS, TABLE),
        group=TEXTS,
        doc="What is counted: macs, flops (2 × MACs), params, none.",
        example="--cost flops",
    ),
    Option(
        name="labels", takes=AnyText("HOW", LABELS), default="compact", of=NETWORK, group=TEXTS,
        doc="compact, full, relative, or a template such as '{kernel}, {out}'.",
        example="--labels '{kernel}, {out}'",
    ),
    Option(
        name="bars", takes=Words("VALUE", BARS), default="shape", of=NETWORK, group=TEXTS,
        doc="What bars show: shape, params, macs, memory, receptive, none.",
        example="--bars params",
    ),
    Option(
        name="shape_order", takes=Words("ORDER", SHAPE_ORDERS), default="chw", of=(*NETWORK, ALT), group=TEXTS,
        doc="The order in which maps are written: chw or hwc.",
        example="--shape-order hwc",
    ),
    Option(
        name="lang", takes=Words("LANGUAGE", LANGUAGES), default="en", of=(*FIGURES, ALT), group=TEXTS,
        doc="The figure's words: en, zh.",
        example="--lang zh",
    ),
    Option(
        name="style", takes=Registered("style", "netdraw.styles.base", "STYLES"), default="cells",
        of=(*NETWORK, *LINES, "units", "diff"), group=LOOKS,
        doc="How a layer looks: cells, or boxes with words in them; netdraw list styles has all.",
        example="--style boxes",
    ),
    Option(
        name="theme", takes=ThemeKind(), default="default", of=FIGURES, group=LOOKS,
        doc="Colours and strokes: a theme's name (netdraw list themes), or the path of a file.",
        example="--theme dark",
    ),
    Option(
        name="font", takes=FontKind(), default=None, of=FIGURES, group=LOOKS,
        doc="A font file to draw in; repeatable: a bold one, one for more characters, netdraw for ours.",
        example="--font Mine.ttf --font netdraw",
    ),
    Option(
        name="legend", takes=Switch(), default=True, of=(*NETWORK, *COLUMNS), group=AROUND,
        doc="The kinds of cells, below; shown by default.",
        example="--no-legend",
    ),
    Option(
        name="title", takes=Switch(), default=True, of=(*NETWORK, *COLUMNS, "chart", "sweep"), group=AROUND,
        doc="The title; shown by default.",
        example="--no-title",
    ),
    Option(
        name="caption", takes=Switch(), default=True, of=(*NETWORK, *COLUMNS, "chart", "sweep"), group=AROUND,
        doc="Source and convention, below; shown by default.",
        example="--no-caption",
    ),
    Option(
        name="fonts", takes=Words("HOW", ("embed", "link", "outline", "both", "none"), code="ND609"), default="embed",
        of=FIGURES, group=OUTPUT, written=True,
        doc="How an SVG comes to its fonts: embed, link, outline, both (shapes, and the text unseen above them), none.",
        example="--fonts outline",
    ),
    Option(
        name="scale", takes=NumberKind(), default=2.0, of=(FILE,), group=OUTPUT, written=True,
        doc="Pixels of a PNG per px of the figure.",
        example="-f png --scale 3",
    ),
    Option(
        name="transparent", takes=Switch(), default=False, of=(FILE,), group=OUTPUT, written=True,
        doc="Leave out the ground, for a page of another colour.",
        example="--transparent",
    ),
)  # fmt: skip


def options_of(*things: str) -> dict[str, Option]:
    """The options of these figures, tables and files, by name."""
    return {row.name: row for row in OPTIONS if not set(things).isdisjoint(row.of)}
