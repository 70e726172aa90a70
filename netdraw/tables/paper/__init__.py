"""Tables as papers print them. Which form a table has follows from the structure of the networks, never from a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...core.errors import Fault, OptionError, option
from ..document import Document
from ..summary.report import Report
from . import columns, layers, operators
from .steps import Steps, find_steps

__all__ = ["FORMS", "document"]


def document(reports: Sequence[Report], form: str) -> Document:
    """The table of one or several networks; `form` is a key of FORMS. Raises OptionError where it does not fit."""
    return FORMS[form](reports, [find_steps(report.graph) for report in reports])


def _chosen(reports: Sequence[Report], found: Sequence[Steps]) -> Document:
    """Several networks have a column each. One that is a plain chain is listed layer by layer; one whose `stages` are
    rows under letters of their own has its operators listed; any other is told by stage, in a single column.
    """
    if len(reports) > 1:
        return columns.document(reports, found)
    if found[0].chain:
        return layers.document(reports[0], found[0])
    rows = operators.table_rows(found[0])
    if any(letter != target for row in rows for letter, target, _ in row.cells):
        return operators.document(reports[0], found[0])
    return columns.document(reports, found)


def _layers(reports: Sequence[Report], found: Sequence[Steps]) -> Document:
    _alone(reports, "layers")
    if not found[0].chain:
        raise _unfit(f"{reports[0].graph.name} is no plain chain of layers, which the form 'layers' needs")
    return layers.document(reports[0], found[0])


def _operators(reports: Sequence[Report], found: Sequence[Steps]) -> Document:
    _alone(reports, "operators")
    if not operators.table_rows(found[0]):
        raise _unfit(f"{reports[0].graph.name} has no stages, whose rows the form 'operators' needs")
    return operators.document(reports[0], found[0])


def _alone(reports: Sequence[Report], form: str) -> None:
    if len(reports) > 1:
        raise _unfit(f"the form '{form}' is of one network; several stand in 'columns'")


def _unfit(message: str) -> OptionError:
    return OptionError([Fault("ND640", message, where=option("table"))])


FORMS: Mapping[str, Callable[[Sequence[Report], Sequence[Steps]], Document]] = {
    "paper": _chosen,
    "layers": _layers,
    "operators": _operators,
    "columns": columns.document,
}
"""The forms by name; `paper` chooses one of the others."""
