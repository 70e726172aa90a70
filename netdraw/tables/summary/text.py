"""A summary for the terminal: aligned columns, groups with their subtotals before what they hold."""

from __future__ import annotations

from ...core.numbers import grouped
from ...graph.model import Group
from .. import text as tables_text
from . import phrases
from .base import SUMMARIES, Summary
from .report import Report, ReportLine

GAP = "  "


def write(report: Report) -> str:
    """The table, the totals and the convention."""
    head = ["layer", "op", "output", "params", *([report.heading] if report.heading else [])]
    parents = {group.parent for group in report.graph.groups}
    shown = [line for line in report.lines if line.group is None or _tells(line.group, parents)]
    rows = [_row(line, report) for line in shown]
    ends = ["total", "", "", f"{report.least_params}{grouped(report.analysis.total.params)}"]
    ends += [f"{report.least}{grouped(report.cost)}"] if report.heading else []
    widths = [max(len(row[place]) for row in (head, *rows, ends)) for place in range(len(head))]
    rule = "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    lines = [_head(report), "", _aligned(head, widths), rule]
    for line, row in zip(shown, rows, strict=True):
        lines.append(f"{_aligned(row, widths)}{GAP}{line.note}".rstrip())
    notes = tables_text.wrapped(report.convention, len(rule))
    return "\n".join([*lines, rule, _aligned(ends, widths), "", *notes, ""])


def _head(report: Report) -> str:
    name = "" if report.title == report.graph.name else f" ({report.graph.name})"
    return f"{report.title}{name}, input {phrases.input_text(report)}"


def _tells(group: Group, parents: set[str]) -> bool:
    """Whether a group has more to say than the layers in it: a chain in one block, such as ConvBNAct, has not."""
    return group.kind != "block" or group.residual is not None or group.id in parents


def _row(line: ReportLine, report: Report) -> list[str]:
    name = line.what if line.node is not None else f"[{line.what}]"
    row = [line.id, name, phrases.shape(line.output), phrases.params(line)]
    return [*row, phrases.cost(line)] if report.heading else row


def _aligned(row: list[str], widths: list[int]) -> str:
    """Texts to the left, numbers to the right."""
    words = [cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True)]
    numbers = [cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True)]
    return GAP.join([*words, *numbers]).rstrip()


SUMMARIES.add("text", Summary("text", (".txt",), write, tables_text.write))
