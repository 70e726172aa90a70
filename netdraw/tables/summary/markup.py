"""Summaries as Markdown, HTML and LaTeX: one set of values, a template and an escape each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.numbers import grouped
from ...core.templating import fill
from .. import latex as tables_latex
from .. import markup as tables
from ..escapes import escape_html, escape_latex, escape_markdown, needs
from ..latex_fit import first_column
from . import phrases
from .base import SUMMARIES, Summary
from .report import Report


def values(report: Report) -> dict[str, Any]:
    """What a template says, in texts that are not yet escaped."""
    rows = [
        {
            "id": line.id,
            "op": line.called,
            "output": str(line.output),
            "params": phrases.params(line),
            "cost": phrases.cost(line),
        }
        for line in report.layers
    ]
    return {
        "title": report.title,
        "input": phrases.input_text(report),
        "heading": report.heading,
        "rows": rows,
        "params": f"{report.least_params}{grouped(report.analysis.total.params)}",
        "cost": f"{report.least}{grouped(report.cost)}",
        "convention": report.notes,
        "source": report.header.source or "",
    }


def _filled(template: str, escape: Callable[[str], str]) -> Callable[[Report], str]:
    return lambda report: fill(f"summary/{template}.jinja", escape, **values(report))


fragment = _filled("fragment.html", escape_html)
"""The table as HTML that stands in a page of others: no head, no style, nothing around it."""


def _latex(report: Report) -> str:
    said = values(report)
    heads = {"id": "layer", "op": "op", "output": "output", "params": "params"}
    heads |= {"cost": report.heading} if report.heading else {}
    columns = [[heads[key], *(row[key] for row in said["rows"]), said.get(key, "")] for key in heads]
    fitting, names = first_column(columns)
    broken = "" if names is None else f"{names:.0f}"
    made = fill("summary/table.tex.jinja", escape_latex, tex=True, names=broken, **said)
    body = "\n".join(["{", *fitting.commands, made + "}", ""]) if fitting.commands else made
    return needs(["array", "longtable"] if broken else ["longtable"], body) + body


SUMMARIES.add("md", Summary("md", (".md", ".markdown"), _filled("table.md", escape_markdown), tables.markdown))
SUMMARIES.add("html", Summary("html", (".html", ".htm"), _filled("table.html", escape_html), tables.html))
SUMMARIES.add("latex", Summary("latex", (".tex",), _latex, tables_latex.latex))
