"""A summary for the terminal: aligned columns, groups with their subtotals before what they hold."""

from __future__ import annotations

from ...core.numbers import grouped
from ...core.terminal import shown, shown_lines
from .. import text as tables_text
from . import phrases
from .base import SUMMARIES, Summary
from .report import Report, ReportLine

GAP = "  "


def write(report: Report) -> str:
    """The table, the totals and the convention."""
    head = ["layer", "op", "output", "params", *([report.heading] if report.heading else [])]
    rows = [_row(line, report) for line in report.lines]
    ends = ["total", "", "", f"{report.least_params}{grouped(report.analysis.total.params)}"]
    ends += [f"{report.least}{grouped(report.cost)}"] if report.heading else []
    widths = [max(map(len, column)) for column in zip(head, *rows, ends, strict=True)]
    rule = "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    name = "" if report.title == report.graph.name else f" ({report.graph.name})"
    said = f"{report.title}{name}, input {phrases.input_text(report)}"
    lines = [shown(said), "", aligned(head, widths), rule]
    for line, row in zip(report.lines, rows, strict=True):
        lines.append(f"{aligned(row, widths)}{GAP}{line.note}".rstrip())
    notes = tables_text.wrapped(report.notes, len(rule))
    return shown_lines("\n".join([*lines, rule, aligned(ends, widths), "", *notes, ""]))


def _row(line: ReportLine, report: Report) -> list[str]:
    name = line.called if line.node is not None else f"[{line.called}]"
    row = [line.id, name, str(line.output), phrases.params(line)]
    return [*row, phrases.cost(line)] if report.heading else row


def aligned(row: list[str], widths: list[int], texts: int = 3) -> str:
    """The texts, which come first, to the left, numbers to the right."""
    columns = enumerate(zip(row, widths, strict=True))
    return GAP.join([cell.ljust(wide) if n < texts else cell.rjust(wide) for n, (cell, wide) in columns]).rstrip()


SUMMARIES.add("text", Summary("text", (".txt",), write, tables_text.write))
