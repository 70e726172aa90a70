"""A summary to be read aloud: an indented tree of groups and layers with shapes, attributes and residual decisions."""

from __future__ import annotations

from ...core.numbers import grouped, short
from ...core.terminal import shown, shown_lines
from ...graph.model import free_title
from . import phrases
from .base import SUMMARIES, Summary
from .report import Report, ReportLine


def write(report: Report) -> str:
    """One line a group or layer, two spaces a level."""
    lines = [f"{shown(report.title)}: input {phrases.input_text(report)}; {phrases.totals(report)}."]
    lines += [f"{'  ' * line.depth}- {_sentence(line, report)}" for line in report.lines]
    outputs = ", ".join(f"{name} from {ref}" for name, ref in report.graph.outputs)
    return shown_lines("\n".join([*lines, f"Outputs: {outputs}.", report.notes, ""]))


def _sentence(line: ReportLine, report: Report) -> str:
    segment = line.id.rpartition(".")[2]
    if line.node is None:
        named = segment if line.called == segment else f"{segment} ({line.called})"
        parts = [f"{named}: gives {line.output}", line.note]
        learned, cost = line.least
        parts.append(f"{learned}{short(line.params)} parameters" if line.params or learned else "")
        costs = report.heading and (line.cost or cost)
        parts.append(f"{cost}{short(line.cost or 0)} {report.heading}" if costs else "")
        return "; ".join(filter(None, parts))
    attributes = phrases.attributes(line.node)
    title = free_title(line.node)
    named = f"{segment} ({title})" if title else segment
    parts = [f"{named}: {line.what}{f' with {attributes}' if attributes else ''} gives {line.output}"]
    if len(line.node.inputs) > 1:
        parts.append(f"from {' and '.join(map(str, line.node.inputs))}")
    parts.append(f"{grouped(line.params)} parameters" if line.params else "")
    if report.heading and line.cost != 0:
        parts.append("cost not counted" if line.cost is None else f"{grouped(line.cost)} {report.heading}")
    parts.append(line.note)
    return "; ".join(filter(None, parts))


SUMMARIES.add("outline", Summary("outline", (), write))
