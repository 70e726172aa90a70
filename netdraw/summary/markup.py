"""Summaries as Markdown, HTML and LaTeX: one set of values, a template and an escape each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..numbers import grouped
from . import words
from .base import SUMMARIES, Summary
from .report import Report

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_MARKDOWN = {char: "\\" + char for char in "\\`*_[]<>|&$~#"}
_LATEX = {
    **{char: "\\" + char for char in "&%$#_{}"},
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", '"': r"\textquotedbl{}",
    "×": r"$\times$", "→": r"$\rightarrow$", "≥": r"$\geq$", "≤": r"$\leq$", "·": r"$\cdot$", "−": "$-$",
    "²": r"\textsuperscript{2}", "³": r"\textsuperscript{3}", "…": r"\dots{}",
}  # fmt: skip


def escaper(table: Mapping[str, str]) -> Callable[[str], str]:
    """The escape that replaces each character of a table."""
    signs = str.maketrans(dict(table))
    return lambda text: text.translate(signs)


escape_html, escape_markdown, escape_latex = map(escaper, (_HTML, _MARKDOWN, _LATEX))


def values(report: Report) -> dict[str, Any]:
    """What a template says, in texts that are not yet escaped."""
    rows = [
        {
            "id": line.id,
            "op": line.what,
            "output": words.shape(line.output),
            "params": words.params(line),
            "cost": words.cost(line),
        }
        for line in report.layers
    ]
    return {
        "title": report.title,
        "input": words.input_text(report),
        "heading": report.heading,
        "rows": rows,
        "params": f"{report.least_params}{grouped(report.analysis.total.params)}",
        "cost": f"{report.least}{grouped(report.cost)}",
        "convention": report.convention,
        "source": report.header.source or "",
    }


def _markdown(report: Report) -> str:
    from ..templating import fill

    return fill("summary/table.md.jinja", escape_markdown, **values(report))


def _html(report: Report) -> str:
    from ..templating import fill

    return fill("summary/table.html.jinja", escape_html, **values(report))


def _latex(report: Report) -> str:
    from ..templating import fill

    return fill("summary/table.tex.jinja", escape_latex, tex=True, **values(report))


SUMMARIES.add("md", Summary("md", (".md", ".markdown"), _markdown))
SUMMARIES.add("html", Summary("html", (".html", ".htm"), _html))
SUMMARIES.add("latex", Summary("latex", (".tex",), _latex))
