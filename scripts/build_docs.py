"""Writes what in docs/ follows from the code: ops, library blocks, fault codes, modules, and figures.

`python scripts/build_docs.py` writes them, `--check` only says which are out of date.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterable
from pathlib import Path

import netdraw
from netdraw.cli.streams import MOST_SHOWN
from netdraw.core.errors import MOST_FAULTS
from netdraw.figure.options import derived
from netdraw.manual.entries import axes_of, codes, default_text, shapes_text
from netdraw.ops import OPS, OpDef
from netdraw.ops.base import REQUIRED, Attr, Example, Refusal
from netdraw.ops.rules import plain, refused
from netdraw.spec.library import library_block, library_names, library_text

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Made by scripts/build_docs.py; do not edit. -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """The lines of a Markdown table, with an empty line behind."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines] + [""]


def default(attr: Attr) -> str:
    text = default_text(attr)
    return text if attr.default is REQUIRED else f"`{text}`"


def called(op: OpDef, example: Example | Refusal) -> str:
    """The call as a spec has it."""
    values = ", ".join(f"{key}: {plain(value)}".replace("'", "") for key, value in example.attrs.items())
    return f"`- {op.name}: {{{values}}}`" if values else f"`- {op.name}`"


def op_lines(op: OpDef) -> list[str]:
    lines = [f"## {op.name}", "", op.doc, ""]
    if op.attrs:
        rows = []
        for attr in op.attrs:
            also = "".join(f"; also read as `{alias}`" for alias in attr.aliases)
            rows.append([f"`{attr.name}`", attr.kind.expects, default(attr), attr.doc + also])
        lines += table(["attribute", "value", "default", "meaning"], rows)
    lines += [f"Axes: {'; '.join(axes_of(op))}.", "", *example_lines(op), *refusal_lines(op)]
    elsewhere = [f"{tool}: {', '.join(f'`{name}`' for name in names)}" for tool, names in op.names.items()]
    if elsewhere:
        lines += [f"Elsewhere: {'; '.join(elsewhere)}.", ""]
    return lines


def example_lines(op: OpDef) -> list[str]:
    def row(example: Example) -> list[str]:
        costs = [f"{example.params:,}", "not counted" if op.macs is None else f"{example.macs:,}"]
        return [called(op, example), shapes_text(example.inputs), shapes_text(example.outputs), *costs, example.note]

    return table(["example", "input", "output", "params", "MACs", ""], map(row, op.examples)) if op.examples else []


def refusal_lines(op: OpDef) -> list[str]:
    rows = [[called(op, one), shapes_text(one.inputs), f"{one.code}: {one.message}"] for one in refused(op)]
    return table(["refused", "input", "message"], rows) if rows else []


def ops_page() -> list[str]:
    lines = ["# Ops", "", MADE, ""]
    lines += [
        "The first attribute is the one that the short form sets: `- Linear: 10` is",
        "`- Linear: {out_features: 10}`.",
    ]
    lines += ["Shapes are without batch. The examples are tests.", ""]
    for name in OPS.names():
        lines += op_lines(OPS[name])
    return lines


def blocks_page() -> list[str]:
    lines = ["# Library blocks", "", MADE, ""]
    lines += [
        "Blocks that every spec can call. They are written in the spec language; a block of the same name in a",
        "spec takes its place.",
        "",
    ]
    for name in library_names():
        block = library_block(name)
        assert block is not None
        lines += [f"## {name}", "", block.doc, "", "```yaml", library_text(block).rstrip(), "```", ""]
    return lines


def errors_page() -> list[str]:
    lines = ["# Faults", "", MADE, ""]
    lines += ["Every message has a code, and a code is permanent. `netdraw explain ND305` prints what stands here.", ""]
    lines += [
        "A command exits with 0 where it is done, 1 where a source or the value of an option is wrong, and 2 where",
        "the command line cannot be read; `diff` with 0 for the same, 1 for different, 2 for trouble.",
        "",
        f"Of more than {MOST_SHOWN} faults the first {MOST_SHOWN} are shown, errors before warnings and notes, and how",
        f"many more there are; `check` counts for each SOURCE. A text is read no further after {MOST_FAULTS:,} errors.",
        "",
    ]
    for key, code in codes().items():
        lines += [f"## {key}: {code.title}", "", "```text", code.text, "```", ""]
    return lines


def options_page() -> list[str]:
    lines = ["# Options of figures", "", MADE, ""]
    lines += ["The same names are keywords in Python, options on the command line and keys in a view, whose JSON"]
    lines += [
        "Schema `netdraw schema view` prints. What a command takes but has no use for, it refuses.",
        *derived.page(),
    ]
    return lines


def modules_page() -> list[str]:
    """Every module and class of the package with the first sentence of what it says of itself."""
    lines = [
        "# Modules and classes",
        "",
        MADE,
        "",
        "What each says of itself; the words are in [Architecture](architecture.md).",
        "",
    ]
    package, folder = DOCS.parent / "netdraw", ""
    for file in sorted(package.rglob("*.py"), key=lambda file: (file.parent.as_posix(), file.name)):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree) or "_data" in file.parts:
            continue
        if folder != (folder := file.parent.relative_to(package.parent).as_posix()):
            lines += ["", f"## {folder}/", ""]
        lines.append(f"- **{file.name}**: {sentence(tree)}")
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        lines += [f"  - `{node.name}`: {sentence(node)}" for node in classes if ast.get_docstring(node)]
    return lines


def sentence(node: ast.Module | ast.ClassDef) -> str:
    """The first paragraph of a docstring, up to the end of its first sentence."""
    text = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    return text.partition(". ")[0].rstrip(".") + "."


def boxes_figure() -> list[str]:
    return netdraw.load("resnet50").draw(style="boxes").to_bytes("svg").decode().splitlines()


def cost_figure() -> list[str]:
    return netdraw.load("mobilenet_v1").draw_cost().to_bytes("svg").decode().splitlines()


def pair_figure() -> list[str]:
    return netdraw.load("mobilenet_v1").draw_pair(1).to_bytes("svg").decode().splitlines()


def compared(*sources: str, **view: object) -> list[str]:
    return netdraw.compare(*sources, **view).to_bytes("svg").decode().splitlines()  # type: ignore[arg-type]


def family_figure() -> list[str]:
    return compared("vgg11", "vgg13", "vgg16", "vgg19")


def units_figure() -> list[str]:
    return compared("mobilenet_v1", "mobilenet_v2", kind="units")


def whole_figure() -> list[str]:
    return compared("alexnet", "vgg16", "resnet50", "mobilenet_v2", "densenet121")


def words_figure() -> list[str]:
    return compared("mobilenet_v1", "mobilenet_v2", "resnet50", kind="words", only=["*: stride 1", "*: add"])


CHARTED = (
    *("alexnet", "vgg16", "vgg19", "googlenet", "inception_v3", "resnet18", "resnet50", "resnet152", "mobilenet_v1"),
    *("mobilenet_v2", "squeezenet", "densenet121"),
)


RATED = (
    *("vgg11", "vgg16", "vgg19", "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "densenet121"),
    *("densenet161", "densenet201", "mobilenet_v1_025", "mobilenet_v1_050", "mobilenet_v1_075", "mobilenet_v1"),
    *("mobilenet_v2", "squeezenet1_0", "squeezenet1_1", "nasnet_mobile", "nasnet_large"),
)


def chart_figure() -> list[str]:
    return compared(*CHARTED)


def results_figure() -> list[str]:
    return compared(*RATED, kind="chart", y="top1")


def diff_figure() -> list[str]:
    return netdraw.diff("resnet50", "se_resnet50").draw().to_bytes("svg").decode().splitlines()


def sweep_figure() -> list[str]:
    found = netdraw.sweep("mobilenet_v1", {"width": [1, 0.75, 0.5, 0.25], "resolution": [224, 192, 160, 128]})
    return found.draw().to_bytes("svg").decode().splitlines()


PAGES = {
    "ops.md": ops_page,
    "blocks.md": blocks_page,
    "errors.md": errors_page,
    "options.md": options_page,
    "modules.md": modules_page,
    "../netdraw/figure/options/keywords.py": derived.keywords,
    "boxes.svg": boxes_figure,
    "cost.svg": cost_figure,
    "pair.svg": pair_figure,
    "family.svg": family_figure,
    "whole.svg": whole_figure,
    "units.svg": units_figure,
    "words.svg": words_figure,
    "chart.svg": chart_figure,
    "results.svg": results_figure,
    "diff.svg": diff_figure,
    "sweep.svg": sweep_figure,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is out of date")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        file, text = DOCS / name, "\n".join(page()).rstrip() + "\n"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            stale.append(f"docs/{name}")
            if not check:
                file.write_text(text, encoding="utf-8", newline="\n")
    print(f"{'out of date' if check else 'written'}: {', '.join(stale)}" if stale else "docs are up to date")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
