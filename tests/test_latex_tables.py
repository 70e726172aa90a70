"""Tables of LaTeX: what is escaped, that they fit the page, and that they compile where there is a TeX."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import netdraw
from netdraw.tables import latex_fit
from netdraw.tables.document import CellLines, Document, Table, TableCell, TableColumn, TableRow, cell, row
from netdraw.tables.escapes import GREEK, SIGNS, escape_latex, needs
from netdraw.tables.latex import latex
from netdraw.tables.latex_fit import COLUMN, HEIGHT, PAGE, SIZES, fit, pages, width

RESNETS = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"]
SEVERAL = [
    RESNETS, ["vgg11", "vgg13", "vgg16", "vgg19"], ["mobilenet_v1"], ["mobilenet_v2"], ["googlenet"], ["ssd300"],
    ["nasnet_mobile"], ["lenet"], ["mtcnn"], ["mobilenet_v1", "mobilenet_v2"], ["resnet18", "vgg16", "lenet", "alexnet"],
]  # fmt: skip
COSTS = [("mobilenet_v1", "kind"), ("googlenet", "block"), ("resnet50", "stage"), ("mobilenet_v2", "layer")]
TEX = shutil.which("pdflatex")


def made() -> list[str]:
    """Tables of all kinds, wide and narrow, high and low."""
    texts = [netdraw.tabulate(*sources, format="latex") for sources in SEVERAL]
    texts += [netdraw.load(name).cost("latex", by=by) for name, by in COSTS]  # type: ignore[arg-type]
    over: dict[str, Sequence[Any]] = {"width": [1, 0.5], "resolution": [224, 128]}
    return [*texts, netdraw.sweep("mobilenet_v1", over).text("latex")]


def named(title: str) -> netdraw.Network:
    return netdraw.load({"netdraw": 1, "name": "n", "title": title, "input": [8], "layers": [{"Linear": 4}]})


def texts(title: str) -> list[str]:
    """What writes LaTeX, for a network of that title."""
    net = named(title)
    return [net.summary("latex"), net.summary("latex", table="paper"), net.cost("latex")]


# Escapes


def test_letters_and_signs_are_commands() -> None:
    assert escape_latex("MobileNet α=0.5, Ω|<b>") == (
        r"MobileNet $\alpha$=0.5, $\Omega$\textbar{}\textless{}b\textgreater{}"
    )
    assert escape_latex("".join([*GREEK, *SIGNS, '≥−…–—×⁰⁹₀₉"|^~\\&%$#_{}'])).isascii()
    assert escape_latex("αο") == r"$\alpha$$o$" and escape_latex("ΑΒ") == "AB"


def test_what_pdflatex_cannot_set_is_said_first() -> None:
    for text in texts("网络 α é"):
        first, second = text.splitlines()[:2]
        assert first.startswith("% Needs ") and second.startswith("% pdfLaTeX cannot set ")
        assert "网络: compile with XeLaTeX or LuaLaTeX" in second and "é:" not in second
    assert all("pdfLaTeX" not in text for text in texts("α é “q” ½ ≤ ™"))
    assert needs(["x"], "aé") == "% Needs \\usepackage{x}; the text is UTF-8.\n"


def test_no_cell_is_an_argument_of_the_command_before_it() -> None:
    lines = CellLines(("[a]", " *b", "c[d]"))
    cells = TableRow((TableCell((lines,)), cell("[e]")), rule=True)
    table = Table("[f]", (TableColumn("[g]"), TableColumn("*h")), (row(["[i]", "j"]), cells))
    made = latex(Document("[k]", (table,), (), (), {}))
    for said in ("{[}a] \\\\  {*}b \\\\ c[d]", "& {[}e]", "{[}g] & {*}h", "{[}i] & j"):
        assert said in made
    assert not re.search(r"(\\\\|rule)\s*[\[*]", made)


# Fit


def table(*widths: int, rows: int = 2) -> Table:
    """A table whose cells have so many digits, each half an em wide."""
    return Table(
        "", tuple(TableColumn("", "c") for _ in widths), tuple(row(["0" * n for n in widths]) for _ in range(rows))
    )


def test_the_type_is_the_largest_that_fits() -> None:
    assert width("0000") == 2.0
    one = fit(table(20))
    assert (one.wide, one.size.name, one.gap, one.shrunk, one.commands) == (False, "", 6.0, False, [])
    assert fit(table(37)).gap == 3.0  # 37 × 5 pt × 1.03 = 190.6 pt
    assert fit(table(39)).size.name == "small"
    assert fit(table(43)).size.name == "footnotesize" and not fit(table(43)).wide
    assert fit(table(50)) == (True, SIZES[0], 6.0, False)
    assert fit(table(75)).commands == [r"\footnotesize"]
    assert fit(table(77)).commands == [r"\footnotesize", r"\setlength{\tabcolsep}{3pt}"]
    assert fit(table(100)) == (True, SIZES[-1], 3.0, True)


def test_cells_over_columns_and_matrices_count() -> None:
    wide = Table("", (TableColumn("", span=2), TableColumn("")), (row(["0", "0"]),))
    assert latex_fit._columns(wide) == [0.5, 0.5]
    wide = wide._replace(rows=(*wide.rows, row([])._replace(cells=(cell("0" * 10, columns=2), None))))
    assert latex_fit._columns(wide) == [0.5, 4.5]
    assert latex_fit._part(CellLines(("00",), 3)) > 1.0


def test_high_tables_take_smaller_type_then_more_pages() -> None:
    assert fit(table(10, rows=38)).size.name == ""
    assert fit(table(10, rows=42)).size.name == "small"
    high = table(10, rows=200)
    found = pages(high, fit(high))
    assert len(found) > 1 and [one for page in found for one in page] == list(high.rows)
    assert all(latex_fit._height(page, fit(high).size) <= HEIGHT for page in found)
    joined = high._replace(rows=(row(["x"])._replace(cells=(cell("x", rows=150),)), *high.rows[1:]))
    assert len(pages(joined, fit(joined))[0]) == 150


def test_a_table_of_several_pages_keeps_its_number() -> None:
    net = netdraw.load("resnet152")
    parts = net.cost("latex", by="layer").split(r"\begin{table*}")[1:]
    assert len(parts) > 3 and r"\caption{Continued.}" not in parts[0]
    assert all(r"\addtocounter{table}{-1}" in part and r"\caption{Continued.}" in part for part in parts[1:])
    rows = [line for part in parts for line in part.splitlines() if line.endswith(r"\\")]
    assert len(rows) == len(parts) + len(net.graph.nodes) + 1  # each page has the words over the columns


def test_what_fits_in_no_type_is_scaled() -> None:
    text = netdraw.tabulate(*RESNETS, format="latex")
    assert "graphicx" in text.splitlines()[0] and text.count(r"\resizebox{\ifdim\width>\textwidth") == 1
    assert r"\end{tabular}}" in text
    assert "resizebox" not in netdraw.tabulate("mobilenet_v2", format="latex")


def test_names_break_where_a_full_table_is_too_wide() -> None:
    text = netdraw.load("googlenet").summary("latex")
    assert r"\begin{longtable}{>{\raggedright}p{" in text and r".\allowbreak{}" in text and "{array,longtable}" in text
    text = netdraw.load("lenet").summary("latex")
    assert r"\begin{longtable}{lllrr}" in text and "allowbreak" not in text


# Compiled


def compiled(texts: list[str], options: str, folder: Path) -> str:
    """The log of one document of all texts, a page each."""
    assert TEX is not None
    packages = {name for text in texts for name in re.findall(r"\\usepackage\{([\w,]+)\}", text)[0].split(",")}
    head = rf"\documentclass[{options}]{{article}}" + "".join(rf"\usepackage{{{name}}}" for name in sorted(packages))
    body = "\n\\clearpage\n".join(texts)
    (folder / "t.tex").write_text(f"{head}\\begin{{document}}\n{body}\\end{{document}}\n", encoding="utf-8")
    command = [TEX, "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
    for _ in range(2):  # a longtable knows its widths in the second run
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
        assert done.returncode == 0, done.stdout[-2000:]
    return done.stdout


@pytest.mark.skipif(TEX is None, reason="no pdflatex here")
@pytest.mark.parametrize("options", ["", "twocolumn"])
def test_tables_fit_the_page(options: str, tmp_path: Path) -> None:
    """No line is too wide, and no table too high, in one column and in two."""
    log = compiled(made(), options, tmp_path)
    assert re.findall(r"Overfull \\hbox.*|Float too large.*", log) == []


@pytest.mark.skipif(TEX is None, reason="no pdflatex here")
def test_full_tables_fit_the_page(tmp_path: Path) -> None:
    names = ["lenet", "mobilenet_v2", "googlenet", "se_resnet50", "inception_v3"]
    log = compiled([netdraw.load(name).summary("latex") for name in names], "", tmp_path)
    assert re.findall(r"Overfull \\hbox.*", log) == []


@pytest.mark.skipif(TEX is None, reason="no pdflatex here")
def test_titles_with_letters_and_signs_compile(tmp_path: Path) -> None:
    signs = " ".join([*(char for group in GREEK for char in group), *SIGNS])
    compiled([*texts('α=0.5 | <b> "z" “q” ½ ² ≤ ™ é ~^\\&%$#_{}'), *texts(signs)], "", tmp_path)


@pytest.mark.skipif(TEX is None, reason="no pdflatex here")
def test_widths_are_estimated_well(tmp_path: Path) -> None:
    """Against the boxes of TeX, as far as the margin goes."""
    words = ["0123456789", "MobileNet", "3×3, 512", "conv3-64, g=32", "average pool, softmax", "1.81×10⁹", "224² × 3"]
    boxes = "".join(rf"\sbox0{{{escape_latex(word)}}}\typeout{{W \the\wd0}}" for word in words)
    log = compiled(["% \\usepackage{booktabs}\n" + boxes], "", tmp_path)
    measured = [float(found) / 10 for found in re.findall(r"^W ([\d.]+)pt", log, re.MULTILINE)]
    assert len(measured) == len(words)
    for word, real in zip(words, measured, strict=True):
        assert width(word) == pytest.approx(real, rel=0.06), word
    assert COLUMN < PAGE
