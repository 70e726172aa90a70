"""The words that several formats of a summary share."""

from __future__ import annotations

from typing import Any

from ...core.numbers import grouped
from ...graph.model import Node
from ...ops.rules import default_of
from .report import Report, ReportLine


def stated(node: Node) -> dict[str, Any]:
    """The attributes that are not the op's defaults."""
    attrs = node.attrs
    given = [attr for attr in node.definition.attrs if attr.name in attrs]
    return {attr.name: attrs[attr.name] for attr in given if attrs[attr.name] != default_of(attr, attrs)}


def attributes(node: Node) -> str:
    """What is not the default: `out_channels 64, kernel_size 7×7, stride 2×2`."""
    return ", ".join(f"{name} {written(value)}" for name, value in stated(node).items())


def written(value: Any) -> str:
    """A value of an attribute in a sentence."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "none"}[value]
    if isinstance(value, tuple):
        return "×".join(written(item[1]) if isinstance(item, tuple) else written(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def cost(line: ReportLine) -> str:
    """The cost in full, `not counted` where the op has no rule, `≥` before that of a group with such a layer."""
    return "not counted" if line.cost is None else line.least[1] + grouped(line.cost)


def params(line: ReportLine) -> str:
    """The parameters in full, `not counted` where they are not stated."""
    if line.node is not None and line.least[0]:
        return "not counted"
    return line.least[0] + grouped(line.params)


def totals(report: Report) -> str:
    """`3,504,872 parameters, 300,774,272 MACs`."""
    learned = f"{report.least_params}{grouped(report.analysis.total.params)} parameters"
    return f"{learned}, {report.least}{grouped(report.cost)} {report.heading}" if report.heading else learned


def input_text(report: Report) -> str:
    """`3×224×224`; several with their names."""
    inputs = report.graph.inputs
    return str(inputs[0][1]) if len(inputs) == 1 else ", ".join(f"{name} {kind}" for name, kind in inputs)
