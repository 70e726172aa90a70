"""A diff as Markdown, for a pull request, and as HTML: one set of values, a template and an escape each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.templating import fill
from ...tables.escapes import escape_html, escape_markdown
from ..model import SIGNS, Diff
from . import sentences
from .base import DIFFS, Format
from .entries import Entry, effects, entries


def values(diff: Diff, all: bool) -> dict[str, Any]:
    """What a template says, in texts that are not yet escaped."""
    shown = entries(diff, all)
    return {
        "before": diff.before.label,
        "after": diff.after.label,
        "input": sentences.inputs(diff),
        "same": sentences.same(diff) if diff.same else "",
        "totals": sentences.totals(diff),
        "counts": sentences.counts(diff),
        "rows": [_row(entry) for entry in shown],
        "effects": [] if all else [_row(entry) for entry in effects(diff)],
        "only": "" if all else sentences.plural(len(diff.consequences), "layer"),
        "bracketed": any(entry.bracketed for entry in shown),
    }


def _row(entry: Entry) -> dict[str, Any]:
    sign, (params, macs) = SIGNS[entry.kind].strip(), entry.numbers
    return {"kind": entry.kind, "sign": sign, "id": entry.id, "text": entry.text, "params": params, "macs": macs}


def _filled(template: str, escape: Callable[[str], str]) -> Callable[[Diff, bool], str]:
    return lambda diff, all: fill(f"diff/{template}.jinja", escape, **values(diff, all))


def fragment(diff: Diff) -> str:
    """The tables alone, for a notebook."""
    return fill("diff/tables.html.jinja", escape_html, **values(diff, False))


DIFFS.add("md", Format("md", (".md", ".markdown"), _filled("table.md", escape_markdown)))
DIFFS.add("html", Format("html", (".html", ".htm"), _filled("page.html", escape_html)))
