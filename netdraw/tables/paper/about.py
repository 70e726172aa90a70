"""What every table of a paper says of its network for machines."""

from __future__ import annotations

from typing import Any

from ..summary import words
from ..summary.report import Report

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def about(report: Report, form: str) -> dict[str, Any]:
    """The head of the data."""
    total = report.analysis.total
    return {
        "form": form,
        "name": report.graph.name,
        "title": report.title,
        "params": total.params,
        "macs": total.macs,
    }


def notes(*reports: Report) -> tuple[str, ...]:
    """The totals of a single network, and the convention."""
    totals = f"{words.totals(reports[0])}." if len(reports) == 1 else ""
    return tuple(filter(None, (totals, reports[0].convention)))


def power(number: int) -> str:
    """Three significant digits and a power of a thousand: `1.81×10⁹`; below a thousand the number itself."""
    if number < 1000:
        return str(number)
    lead, digits = str(round(number, 3 - len(str(number)))), 0
    digits = (len(lead) - 1) // 3 * 3
    whole = len(lead) - digits
    tail = lead[whole : max(3, whole)]
    return f"{lead[:whole]}{'.' if tail else ''}{tail}×10{str(digits).translate(_RAISED)}"
